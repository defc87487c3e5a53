"""An answer on its way: what a composer drafts, and what is left of it once every quotation has been checked.

A Citation holds no words of its own: they are read out of the document at its span. Only rag/verify.py makes
an Answer, and nothing but an Answer is shown.
"""

from dataclasses import dataclass
from typing import Literal

from index.document import ArchivalReference, Document, Language, Span
from rag.question import Question

Verdict = Literal["exact", "typographic"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """Words that a composer says stand in a document, at `span` if it knows. Nothing is known of it yet."""

    document_id: str
    language: Language
    words: str
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of a draft, and the quotations it rests on."""

    text: str
    quotations: tuple[Quotation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a composer made of what was found; not to be shown. `reason` says why it is empty, if it is."""

    composer: str
    sentences: tuple[Sentence, ...] = ()
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Parallel:
    """Where the counterpart of a quotation stands in the other text of its document.

    `confidence`, 0 to 1: how likely it is that just these two face each other.
    """

    document: Document
    language: Language
    span: Span
    confidence: float

    @property
    def words(self) -> str:
        """The counterpart, as it stands."""
        return self.span.of(self.document.texts[self.language])


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A place in a document that a quotation was found at; its words are what stands there.

    `verdict` tells how the quotation agreed with them: to the letter, or but for typography.
    """

    document: Document
    language: Language
    span: Span
    verdict: Verdict
    parallel: Parallel | None

    def __post_init__(self) -> None:
        text = self.document.texts[self.language]
        if not 0 <= self.span.start < self.span.end <= len(text):
            raise ValueError(f"{self.span} is no place in the {self.language} text of {self.document.id!r}")

    @property
    def words(self) -> str:
        """The quotation, as it stands in the document."""
        return self.span.of(self.document.texts[self.language])

    @property
    def paragraph(self) -> int:
        """The number, from 1, of the paragraph the quotation begins in."""
        return self.document.paragraph_at(self.language, self.span.start)

    @property
    def references(self) -> tuple[ArchivalReference, ...]:
        """Every archival reference of the document, as the catalogue has them."""
        return self.document.references


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A sentence of an answer with the places it rests on, at least one."""

    text: str
    citations: tuple[Citation, ...]

    def __post_init__(self) -> None:
        if not self.citations:
            raise ValueError("a statement without a citation")


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """A drafted sentence that is not stated, because a quotation of it could not be verified."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What may be shown. `documents` are those cited, or, if it abstains, the nearest; `reason` says why it does.

    `confidence`, 0 to 1: how likely it is, by what was found, that the archive answers the question at all.
    """

    question: Question
    statements: tuple[Statement, ...]
    withheld: tuple[Withheld, ...]
    documents: tuple[Document, ...]
    reason: str | None
    composer: str
    confidence: float

    @property
    def abstained(self) -> bool:
        """Whether nothing is stated."""
        return not self.statements
