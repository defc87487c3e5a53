"""Work that goes on step by step in a thread of its own, looked at now and then."""

import asyncio
from collections.abc import AsyncGenerator, Generator
from contextlib import closing, suppress
from threading import Event, Thread

_ALIVE = 2.0  # seconds after which a look is given although nothing is new: whoever has gone is noticed only then

Steps = Generator[None, None, None]


async def paced(steps: Steps, pause: float) -> AsyncGenerator[None, None]:
    """Do `steps`, and give a look after some were done, at most one in `pause` seconds; one at once after the last.

    However long a step takes, no other work waits for it. Closing this closes `steps` after the step under way.

    Raises: whatever a step raises.
    """
    work = _Work(steps)
    try:
        while not work.over.is_set():
            await _within(_ALIVE, work.new)
            work.new.clear()
            if not work.over.is_set():
                yield
                await _within(pause, work.over)
        yield
    finally:
        work.closed.set()
    if work.trouble is not None:
        raise work.trouble


class _Work:
    """Steps that are done in a thread: whether something is `new`, whether all is `over`, and with what trouble."""

    def __init__(self, steps: Steps) -> None:
        self.new = asyncio.Event()
        self.over = asyncio.Event()
        self.closed = Event()
        self.trouble: Exception | None = None
        self._loop = asyncio.get_running_loop()
        Thread(target=self._do, args=[steps], name="answers a question", daemon=True).start()

    def _do(self, steps: Steps) -> None:
        try:
            with closing(steps):
                for _ in steps:
                    if self.closed.is_set():
                        return
                    self._tell(self.new)
        except Exception as error:  # noqa: BLE001 - raised again where the work is looked at
            self.trouble = error
        finally:
            self._tell(self.over)
            self._tell(self.new)

    def _tell(self, event: asyncio.Event) -> None:
        with suppress(RuntimeError):  # the loop has ended: nobody looks any more
            self._loop.call_soon_threadsafe(event.set)


async def _within(seconds: float, event: asyncio.Event) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(event.wait(), seconds)
