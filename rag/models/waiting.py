"""Who asks a model that answers few at once waits for a turn: first come, first served."""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Lock

from rag.models.call import Call
from rag.models.trouble import Trouble


class Turns:
    """So many `places`, and a queue of those who wait for one."""

    def __init__(self, places: int) -> None:
        self._free = places
        self._lock = Lock()
        self._waiting: deque[Event] = deque()

    @contextmanager
    def turn(self, call: Call, seconds: float) -> Iterator[None]:
        """A place, as soon as it is one's turn; given back at the end.

        Raises: Trouble if `seconds` pass before, or the call is hung up.
        """
        turn = self._queued()
        call.connected(turn.set)  # so that hanging up ends the wait
        turn.wait(seconds)
        if not self._has_come(turn):
            raise Trouble("busy", "is busy: it answers others, and no turn came within the time allowed")
        try:
            yield
        finally:
            self._pass_on()

    def _queued(self) -> Event:
        turn = Event()
        with self._lock:
            if self._free:
                self._free -= 1
                turn.set()
            else:
                self._waiting.append(turn)
        return turn

    def _has_come(self, turn: Event) -> bool:
        with self._lock:
            if turn in self._waiting:
                self._waiting.remove(turn)
                return False
            return True

    def _pass_on(self) -> None:
        with self._lock:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._free += 1
