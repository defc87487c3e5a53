"""Question -> Answer: the whole of it in one place."""

from pathlib import Path
from threading import Lock

from index.store import Index
from rag.answer import Answer, Draft
from rag.compose import Composer, ExtractiveComposer
from rag.counterpart import Counterparts
from rag.evidence import Evidence, relevant, weigh
from rag.phrases import nothing_found
from rag.question import Question
from rag.retrieve import HITS, Retriever, Search
from rag.sentences import SentenceBook
from rag.verify import verify


class Pipeline:
    """Answers questions from the newest published generation of an index; safe to use from several threads."""

    def __init__(self, home: Path, composer: Composer | None = None) -> None:
        self._home = home
        self._composer = composer or ExtractiveComposer()
        self._lock = Lock()
        self._reader = _Reader(Index.open(home))

    @classmethod
    def open(cls, home: Path, composer: Composer | None = None) -> "Pipeline":
        """A pipeline over the index at `home`.

        Raises: IndexMissingError, IndexStaleError, IndexDamagedError.
        """
        return cls(home, composer)

    @property
    def index(self) -> Index:
        """The newest published generation."""
        return self._newest().index

    def search(self, question: Question, *, count: int = HITS) -> Search:
        """The `count` passages that fit `question` best, whether or not they answer it."""
        return self._newest().retriever.retrieve(question, count=count)

    def ask(self, question: Question) -> Answer:
        """Answer `question` from the archive, every quotation checked against its document.

        Raises: IndexDamagedError, ModelError.
        """
        reader = self._newest()
        search = reader.retriever.retrieve(question)
        evidence = relevant(weigh(question, search, reader.book, reader.index.scale), search.passages)
        draft = self._drafted(question, search, evidence, reader)
        return verify(question, draft, search, reader.counterparts)

    def _drafted(self, question: Question, search: Search, evidence: list[Evidence], reader: "_Reader") -> Draft:
        if evidence:
            return self._composer.compose(question, evidence)
        documents = reader.index.manifest.counts["documents"]
        reason = nothing_found(search, question.filters, question.language, documents)
        return Draft(composer=self._composer.name, reason=reason)

    def _newest(self) -> "_Reader":
        with self._lock:
            if not self._reader.index.is_current():
                self._reader = _Reader(Index.open(self._home))
            return self._reader


class _Reader:
    """What is needed to answer from one generation."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.retriever = Retriever(index)
        self.book = SentenceBook(index.embedder)
        self.counterparts = Counterparts(index.catalogue.passages, self.book, index.scale)
