"""Question -> Answer: the whole of it in one place."""

import time
from collections.abc import Generator, Iterator, Set
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import TYPE_CHECKING

from index.archives import ArchiveTable, load_table
from index.crossencoder import Reranker
from index.errors import ArchiveError
from index.manifest import Manifest
from index.store import Index
from rag.answer import Answer, Draft
from rag.answering import Shown, Writing
from rag.compose import Composer, ExtractiveComposer, nearest
from rag.confidence import FLOOR, NEAR, confidence
from rag.consult import consult
from rag.counterpart import Counterparts
from rag.evidence import Evidence, weigh
from rag.located import Located
from rag.lookup import Lookup
from rag.phrases import nothing_found
from rag.question import Question
from rag.quote import locate_quotation
from rag.readon import read_on
from rag.rerank import rerank
from rag.retrieve import HITS, WAYS, Retriever, Search, Way
from rag.sentences import SentenceBook
from rag.verify import Gate

if TYPE_CHECKING:
    from rag.conversation import Conversation

STAGES = ("retrieve", "weigh", "compose", "verify")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """An answer and how it came about: what was found, what was drafted, and the seconds that each stage took.

    `manifest` is that of the generation that was asked, in these `ways`; `reranker` the name of one that looked again.
    """

    answer: Answer
    search: Search
    evidence: tuple[Evidence, ...]
    draft: Draft
    seconds: dict[str, float]
    manifest: Manifest
    ways: frozenset[Way] = WAYS
    reranker: str | None = None


Event = Search | Shown | Trace  # of an answer that is being made; a Search is first, a Trace last


class Pipeline:
    """Answers questions from the newest published generation of an index; safe to use from several threads."""

    def __init__(
        self,
        home: Path,
        composer: Composer | None = None,
        reranker: Reranker | None = None,
        ways: Set[Way] = WAYS,
    ) -> None:
        self._home = home
        self._reranker = reranker
        self._ways = ways
        self._composer: Composer = composer or ExtractiveComposer()
        self._lock = Lock()
        self._closed = False
        self._reader = _Reader(Index.open(home), ways)

    @classmethod
    def open(
        cls,
        home: Path,
        composer: Composer | None = None,
        reranker: Reranker | None = None,
        ways: Set[Way] = WAYS,
    ) -> "Pipeline":
        """A pipeline over the index at `home`; `reranker` takes a second look at the best sentences, if given.

        `ways` of searching are all of them, unless it is asked what one adds.

        Raises: IndexMissingError, IndexStaleError, IndexDamagedError.
        """
        return cls(home, composer, reranker, ways)

    def close(self) -> None:
        """Let go of the index; questions that are being answered are still answered."""
        with self._lock:
            self._closed = True
            self._retire(self._reader)

    def __enter__(self) -> "Pipeline":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @contextmanager
    def opened(self) -> Iterator[Index]:
        """The newest published generation, which stays open meanwhile."""
        with self._newest() as reader:
            yield reader.index

    @property
    def composer(self) -> Composer:
        """Who writes the answers, unless another is given."""
        return self._composer

    @property
    def ways(self) -> frozenset[Way]:
        """In which ways it is searched."""
        return frozenset(self._ways)

    @property
    def reranker(self) -> str | None:
        """The name of the model that looks again, if one does."""
        return self._reranker.name if self._reranker else None

    def understand(self, text: str, conversation: "Conversation", composer: Composer | None = None) -> Question:
        """The question that `text` asks in a conversation; a language model that `composer` lets write helps, if any.

        Raises: QuestionError, IndexDamagedError.
        """
        from rag.conversation import understand

        model = (composer or self._composer).language_model
        with self._newest() as reader:
            return understand(text, conversation, reader.index, model)

    def prepare(self) -> None:
        """Load what the first question would wait for: model, stores, the detector of languages.

        What is wrong with the archive is left for that question to tell.
        """
        with suppress(ArchiveError):
            for _ in self.stream(Question.of("What does this archive hold?"), composer=ExtractiveComposer()):
                pass

    def search(self, question: Question, *, count: int = HITS) -> Search:
        """The `count` passages that fit `question` best, whether or not they answer it."""
        with self._newest() as reader:
            return reader.retriever.retrieve(question, count=count)

    def ask(self, question: Question) -> Answer:
        """Answer `question` from the archive, every quotation checked against its document.

        Raises: IndexDamagedError, ModelError.
        """
        return self.trace(question).answer

    def trace(self, question: Question, *, among: Set[str] | None = None) -> Trace:
        """Answer `question`, and tell how; `among` names the only documents that may be used.

        Raises: IndexDamagedError, ModelError.
        """
        return next(event for event in self.stream(question, among=among) if isinstance(event, Trace))

    def stream(
        self, question: Question, *, among: Set[str] | None = None, composer: Composer | None = None
    ) -> Generator[Event, None, None]:
        """Answer `question` while its reader looks on: what was found, then what may be shown of it; last, the Trace.

        What Words, Citations, Statements, Withheld and Remarks are to each other: see `rag.answering.Writing.by`.
        `composer` is that of the pipeline unless another is given. A language model that fails raises nothing: then the
        documents alone speak. Closing the iterator stops the work.

        Raises: IndexDamagedError, ModelError.
        """
        with self._newest() as reader:
            at = [time.perf_counter()]
            search = reader.retriever.retrieve(question, among=among)
            at.append(time.perf_counter())
            evidence = weigh(question, search, reader.book, reader.index)
            sure = confidence(question, search, evidence)
            evidence = read_on(question, search, evidence, reader.book, reader.index)
            if self._reranker and sure >= FLOOR:
                evidence = rerank(question, evidence, self._reranker)
            at.append(time.perf_counter())
            yield search
            gate = Gate(question, search, reader.counterparts)
            writing, chosen = Writing(question, gate), composer or self._composer
            if sure >= FLOOR:
                yield from writing.by(chosen, evidence)
            at.append(time.perf_counter())
            draft = self._draft(question, search, chosen, writing, reader)
            near = nearest(question, evidence) if NEAR <= sure < FLOOR else ()
            answer = gate.answer(draft, writing.outcomes, confidence=sure, nearest=near)
            at.append(time.perf_counter())
        taken = {name: end - start for name, start, end in zip(STAGES, at, at[1:], strict=False)}
        taken["compose"] -= writing.seconds
        taken["verify"] += writing.seconds
        yield Trace(
            answer=answer,
            search=search,
            evidence=tuple(evidence),
            draft=draft,
            seconds=taken,
            manifest=reader.index.manifest,
            ways=self.ways,
            reranker=self.reranker,
        )

    def quote(self, text: str, reference: str | None = None) -> Located:
        """Where a quotation stands, and whether under the `reference` that it is given with; see rag/quote.py.

        Raises: LocatorError, IndexDamagedError.
        """
        with self._newest() as reader:
            return locate_quotation(reader.index, reader.counterparts, text, reference, reader.archives)

    def consult(self, text: str) -> Lookup | Located:
        """What a reference, a quotation or a document's number leads to; see rag/consult.py.

        Raises: LocatorError, IndexDamagedError.
        """
        with self._newest() as reader:
            return consult(reader.index, reader.counterparts, text, reader.archives)

    @staticmethod
    def _draft(question: Question, search: Search, composer: Composer, writing: Writing, reader: "_Reader") -> Draft:
        """What was written, and by whom; if nothing was, why."""
        model = composer.model if any(s.voice == "model" for s in writing.sentences) else None
        documents = reader.index.manifest.counts["documents"]
        nothing = nothing_found(search, question.filters, question.language, documents)
        return Draft(
            composer=composer.name if model or composer.model is None else ExtractiveComposer.name,
            sentences=tuple(writing.sentences),
            reason=None if writing.sentences else nothing,
            model=model,
            remarks=tuple(writing.remarks),
        )

    @contextmanager
    def _newest(self) -> Iterator["_Reader"]:
        with self._lock:
            if self._closed:
                raise ValueError("the pipeline is closed")
            if not self._reader.index.is_current():
                outdated, self._reader = self._reader, _Reader(Index.open(self._home), self._ways)
                self._retire(outdated)
            reader = self._reader
            reader.users += 1
        try:
            yield reader
        finally:
            with self._lock:
                reader.users -= 1
                if reader.retired:
                    self._retire(reader)

    @staticmethod
    def _retire(reader: "_Reader") -> None:
        """Close what nobody will use again, as soon as nobody uses it."""
        reader.retired = True
        if not reader.users:
            reader.index.close()


class _Reader:
    """What is needed to answer from one generation."""

    def __init__(self, index: Index, ways: Set[Way]) -> None:
        self.index = index
        self.users = 0  # questions that are being answered from it
        self.retired = False
        self.retriever = Retriever(index, ways)
        self.book = SentenceBook(index.catalogue)
        self.counterparts = Counterparts(index.catalogue)

    @cached_property
    def archives(self) -> ArchiveTable:
        """The table of archives, with what the user added to it."""
        return load_table(self.index.home)
