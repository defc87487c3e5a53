"""A hatch at which programs are served: so many at once, some may wait, the others are told to come again.

It has threads of its own, so that programs, however many ask, take none from the readers of the page.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from index.errors import ArchiveError

AT_ONCE = 4  # programs that are answered at the same time; the cores are shared with readers
MOST_WAITING = 32  # programs that wait for their turn; at 50 ms an answer, the last of them waits for half a second

Given = TypeVar("Given")


class HatchBusyError(ArchiveError):
    """Too many programs ask at the same time."""


class Hatch:
    """Does work for programs; used from one event loop."""

    def __init__(self, at_once: int = AT_ONCE, most_waiting: int = MOST_WAITING) -> None:
        self._threads = ThreadPoolExecutor(at_once, thread_name_prefix="answers a program")
        self._most = at_once + most_waiting
        self._inside = 0

    async def serve(self, work: Callable[[], Given]) -> Given:
        """Do `work` when its turn comes, and give what it gives.

        Raises: HatchBusyError if too many wait already; whatever `work` raises.
        """
        if self._inside >= self._most:
            raise HatchBusyError(f"{self._inside} programs are being answered or wait; ask again in a moment")
        self._inside += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)
        finally:
            self._inside -= 1
