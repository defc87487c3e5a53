"""A language model between several readers: so many are written for at once, some wait, the others are told."""

from collections.abc import Iterator, Sequence
from threading import BoundedSemaphore, Lock

from rag.answer import Words, Written
from rag.compose import Composer
from rag.errors import LanguageModelError
from rag.evidence import Evidence
from rag.question import Question

AT_ONCE = 8  # readers that a model writes for at the same time
MOST_WAITING = 16  # readers that wait for their turn; whoever comes then is answered by the documents alone
_LOOK_UP = 0.2  # seconds between two looks whether a waiting reader is still there


class Shared:
    """Lets `composer` write for AT_ONCE readers at the same time; see Composer. Safe to use from several threads."""

    def __init__(self, composer: Composer) -> None:
        self.name = composer.name
        self.model = composer.model
        self.language_model = composer.language_model
        self._composer = composer
        self._slots = BoundedSemaphore(AT_ONCE)
        self._waiting = 0
        self._lock = Lock()

    def write(self, question: Question, evidence: Sequence[Evidence]) -> Iterator[Written]:
        """See Composer; while a reader waits, empty Words come, so that the wait can be broken off.

        Raises: LanguageModelError, also where MOST_WAITING readers wait already.
        """
        yield from self._turn()
        try:
            yield from self._composer.write(question, evidence)
        finally:
            self._slots.release()

    def _turn(self) -> Iterator[Written]:
        """Ends when the reader's turn has come, with a slot taken."""
        with self._lock:
            if self._waiting >= MOST_WAITING:
                raise LanguageModelError(f"{self._waiting} readers are waiting for it already", "busy")
            self._waiting += 1
        try:
            while not self._slots.acquire(timeout=_LOOK_UP):
                yield Words(text="")
        finally:
            with self._lock:
                self._waiting -= 1
