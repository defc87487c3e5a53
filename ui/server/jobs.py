"""Long work that readers start on the page: one piece at a time of each kind, in a thread of its own.

Work is told how to report its progress, and stops at the next report after it was cancelled.
"""

import secrets
import time
from collections.abc import Callable
from threading import Event, Lock, Thread

from index.errors import ArchiveError
from ui.page.working import CANCELLED, Far

Advance = Callable[[int, int], None]  # done, of so many
_KEPT = 100  # jobs that have ended and can still be asked about


class CancelledError(Exception):
    """The work was cancelled by its reader. No trouble, so no ArchiveError."""


class Busy(ArchiveError):  # noqa: N818 - a state, told as it stands
    """Work of this kind is under way already."""


class Job:
    """A piece of work: how far it is, and when it has `ended`, what it gave or why it gave nothing.

    `trouble` is "cancelled" if its reader cancelled it; else words for its reader, or None. `owner` is who began it,
    as `Asked.reader` says it; where nobody must say who they are, the `id`, which cannot be guessed, is all there is.
    """

    def __init__(self, id_: str, kind: str, owner: str) -> None:
        self.id = id_
        self.kind = kind
        self.owner = owner
        self.done = 0
        self.total = 0
        self.result: object = None
        self.trouble: str | None = None
        self.cancelled = Event()
        self.ended = Event()
        self._begun = time.monotonic()
        self._over: float | None = None

    def advance(self, done: int, total: int) -> None:
        """Tell how far it is.

        Raises: CancelledError if it is to stop.
        """
        if self.cancelled.is_set():
            raise CancelledError
        self.done, self.total = done, total

    @property
    def far(self) -> Far:
        """How far it is, as the page shows it; its seconds stand still once it has ended."""
        seconds = (self._over or time.monotonic()) - self._begun
        return Far(done=self.done, total=self.total, seconds=seconds, stopping=self.cancelled.is_set())

    def do(self, work: Callable[[Advance], object]) -> None:
        """Do the work, whatever comes of it."""
        try:
            self.result = work(self.advance)
        except CancelledError:
            self.trouble = CANCELLED
        except ArchiveError as error:
            self.trouble = str(error)
        except Exception as error:  # noqa: BLE001 - whatever it is, the reader must not wait for ever
            self.trouble = f"{type(error).__name__}: {error}"
        finally:
            self._over = time.monotonic()
            self.ended.set()


class Jobs:
    """The jobs of one server."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._jobs: dict[str, Job] = {}

    def start(self, kind: str, work: Callable[[Advance], object], owner: str = "") -> Job:
        """Begin `work` in a thread.

        Raises: Busy if other work of this `kind` is under way.
        """
        with self._lock:
            if any(job.kind == kind and not job.ended.is_set() for job in self._jobs.values()):
                raise Busy(f"other work of this kind ({kind}) is under way; try again when it has ended")
            job = Job(secrets.token_urlsafe(16), kind, owner)
            self._jobs[job.id] = job
            for old in [id_ for id_, its in self._jobs.items() if its.ended.is_set()][:-_KEPT]:
                del self._jobs[old]
        Thread(target=job.do, args=[work], name=f"does a job: {kind}", daemon=True).start()
        return job

    def job(self, id_: str, owner: str | None = None) -> Job | None:
        """The job of this id, if it is known, and, if `owner` is given, theirs."""
        job = self._jobs.get(id_)
        return job if job is not None and owner in (None, job.owner) else None
