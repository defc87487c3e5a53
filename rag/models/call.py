"""One request to a language model under way: its pieces as they come, in time, and hung up when nobody waits for it.

No engine bounds the whole time that an answer may take, nor can one be told to stop while it waits. So each request is
made in a thread of its own, and whoever waits can leave.
"""

import time
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Lock, Thread

from rag.models.trouble import too_slow

SILENCE = 30.0  # seconds between two pieces; a model that writes at all writes a word a second


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a model is asked: `streamed`, its answer comes in pieces; `seconds` are all that it may take."""

    prompt: str
    system: str | None
    max_tokens: int
    seconds: float
    streamed: bool


class Call:
    """The line to a model while a request is under way; may be hung up from another thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._cut: Callable[[], None] | None = None
        self._end: Callable[[], None] | None = None
        self.over = False

    def connected(self, cut: Callable[[], None]) -> None:
        """`cut` ends the connection, at once and from any thread."""
        with self._lock:
            self._cut = cut
            over = self.over
        if over:
            cut()

    def answered(self, end: Callable[[], None]) -> None:
        """`end` lets go of what holds the answer, in the thread that makes the request."""
        self._end = end

    def end(self) -> None:
        """Let go of the answer, in the thread that made the request."""
        if self._end is not None:
            self._end()

    def hang_up(self) -> None:
        """Let the request end: nobody waits for it any more."""
        with self._lock:
            self.over = True
            cut = self._cut
        if cut is not None:
            cut()


Say = Callable[[Call], Generator[str, None, None]]


def spoken(say: Say, name: str, seconds: float, silence: float = SILENCE) -> Generator[str, None, None]:
    """The pieces of what `say` gives, in a thread of its own; closing this hangs up.

    Raises: what `say` raises; Trouble after `seconds` in all, or `silence` after the first piece.
    """
    box: SimpleQueue[str | Exception | None] = SimpleQueue()
    call = Call()
    Thread(target=_ask, args=(say, call, box), name=f"asks {name}", daemon=True).start()
    end = time.monotonic() + seconds
    most = seconds
    try:
        while True:
            told = box.get(timeout=max(0.0, min(most, end - time.monotonic())))
            if isinstance(told, Exception):
                raise told
            if told is None:
                return
            most = silence
            yield told
    except Empty:
        raise too_slow() from None
    finally:
        call.hang_up()


def _ask(say: Say, call: Call, box: "SimpleQueue[str | Exception | None]") -> None:
    try:
        with closing(say(call)) as pieces:
            for piece in pieces:
                box.put(piece)
                if call.over:
                    return
        box.put(None)
    except Exception as error:  # noqa: BLE001 - any engine, any error: it is told in the other thread
        box.put(error)
