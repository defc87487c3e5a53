"""Composers: from what was found to a draft. The default chooses sentences and writes none."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Protocol

from index.document import Document, covering
from rag.answer import Quotation, Sentence, Written
from rag.evidence import Evidence, Weighed
from rag.extractive.agreement import compared
from rag.extractive.choosing import choose
from rag.extractive.repeats import words_of
from rag.extractive.wish import wish
from rag.phrases import comparison, later, source_line
from rag.question import Question

if TYPE_CHECKING:
    from rag.llm import LanguageModel

MOST_NEAREST = 2  # sentences quoted where there is no answer; more would look like one
_BLANK_LINE = re.compile(r"\n\s*\n")


class Composer(Protocol):
    """Drafts an answer from relevant evidence; what it writes between quotations is its own."""

    @property
    def name(self) -> str:
        """What it is called in records."""
        ...

    @property
    def model(self) -> str | None:
        """The name of the language model that writes; None if none does."""
        ...

    @property
    def language_model(self) -> "LanguageModel | None":
        """That model itself, to understand questions by."""
        ...

    def write(self, question: Question, evidence: Sequence[Evidence]) -> Iterator[Written]:
        """The draft, piece by piece as it is made; `evidence` is not empty, most relevant first.

        Every Sentence may be preceded by the Words that it begins with, and by those of its quotations that are known
        already, so that a reader sees it grow. Closing the iterator stops the work.

        Raises: LanguageModelError, at any piece.
        """
        ...


class ExtractiveComposer:
    """Chooses the sentences that carry the answer and lets them speak, document by document. Deterministic."""

    name = "extractive"
    model = None
    language_model = None

    def write(self, question: Question, evidence: Sequence[Evidence]) -> Iterator[Written]:
        """See Composer. What two documents say differently, or alike, comes first and side by side."""
        wished = wish(question.language, question.text)
        chosen = choose(question, evidence)
        found = compared(question, wished, chosen)
        if found:
            text = comparison(found, question.language)
            yield Sentence(text=text, quotations=(_quotation(found.one), _quotation(found.two)))
            chosen = tuple(s for s in chosen if s not in (found.one, found.two))
        before: Document | None = None
        for document, sentences in _by_document(chosen, by_date=wished.course or "time" in wished.kinds):
            line = source_line(document, question.language)
            follows = wished.course and before is not None and _is_later(document, before)
            whole = sentences if wished.several or wished.cause else _joined(sentences)
            yield Sentence(
                text=later(line, question.language) if follows else line, quotations=tuple(map(_quotation, whole))
            )
            before = document


def nearest(question: Question, evidence: Sequence[Evidence]) -> tuple[Quotation, ...]:
    """The MOST_NEAREST sentences that would be the first to carry an answer, if there is one; for a reader to judge."""
    return tuple(map(_quotation, choose(question, evidence)[:MOST_NEAREST]))


def _by_document(chosen: Sequence[Weighed], *, by_date: bool) -> list[tuple[Document, list[Weighed]]]:
    """The sentences of each document in their order in the text; the documents by date, or the best first."""
    held: dict[str, list[Weighed]] = {}
    for sentence in chosen:
        held.setdefault(sentence.hit.document.id, []).append(sentence)
    of_each = [(s[0].hit.document, sorted(s, key=lambda x: (x.language, x.span))) for s in held.values()]
    return sorted(of_each, key=lambda told: _first_day(told[0])) if by_date else of_each


def _first_day(document: Document) -> date:
    """The first day that its date can mean; those without a date come last."""
    return document.date.earliest if document.date else date.max


def _is_later(one: Document, other: Document) -> bool:
    """Whether it is sure, by their dates, that one document is later than the other."""
    return bool(one.date and other.date and one.date.earliest > other.date.latest)


def _joined(sentences: Sequence[Weighed]) -> list[Weighed]:
    """Sentences in order, those that follow each other in one paragraph as one."""
    whole: list[Weighed] = []
    for sentence in sentences:
        if whole and _follows(whole[-1], sentence):
            whole[-1] = replace(whole[-1], span=covering([whole[-1].span, sentence.span]))
        else:
            whole.append(sentence)
    return whole


def _follows(one: Weighed, two: Weighed) -> bool:
    """Whether nothing but white space in one paragraph lies between two sentences."""
    if one.language != two.language:
        return False
    between = two.hit.document.texts[two.language][one.span.end : two.span.start]
    return one.span.end <= two.span.start and not between.strip() and not _BLANK_LINE.search(between)


def _quotation(chosen: Weighed) -> Quotation:
    return Quotation(
        document_id=chosen.hit.document.id, language=chosen.language, words=words_of(chosen), span=chosen.span
    )
