"""An answer on its way: what a composer drafts, and what is left of it once every quotation has been checked.

A Citation holds no words of its own: they are read out of the document at its span. Only rag/verify.py makes
an Answer, and nothing but an Answer is shown.
"""

from dataclasses import dataclass
from typing import Literal

from index.document import ArchivalReference, Departure, Document, Language, SentenceBead, Span
from rag.question import Question

Verdict = Literal["exact", "typographic"]
Voice = Literal["archive", "model"]  # whose words stand round the quotations: fixed phrases, or a language model's


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """Words that a composer says stand in a document, at `span` if it knows. Nothing is known of it yet."""

    document_id: str
    language: Language
    words: str
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of a draft, and the quotations it rests on.

    `at` tells after how many characters of `text` each quotation was pointed at; at its end, if it is empty. `said` is
    what a language model really wrote, pointers and all.
    """

    text: str
    quotations: tuple[Quotation, ...]
    at: tuple[int, ...] = ()
    voice: Voice = "archive"
    said: str = ""

    def __post_init__(self) -> None:
        if self.at and len(self.at) != len(self.quotations):
            raise ValueError(f"{len(self.quotations)} quotations, but {len(self.at)} places for them")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """More words of the sentence that is being written; pointers are never among them."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A line for the reader about how an answer came about, in the language of the question."""

    text: str


Written = Words | Quotation | Sentence | Remark  # what a composer gives, piece by piece; see rag/compose.py


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a composer made of what was found; not to be shown. `reason` says why it is empty, if it is.

    `model` is the name of the language model that wrote it, if one did.
    """

    composer: str
    sentences: tuple[Sentence, ...] = ()
    reason: str | None = None
    model: str | None = None
    remarks: tuple[str, ...] = ()


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
class Place:
    """A stretch of one text of a document, and what faces it in the other; its words are what stands there.

    `departures` are places in it, or in what faces it, where the two texts should be compared. `beads` are the aligned
    sentences of both, in order, if they are known; `rag.aligned` makes rows of them.
    """

    document: Document
    language: Language
    span: Span
    parallel: Parallel | None
    departures: tuple[Departure, ...] = ()
    beads: tuple[SentenceBead, ...] = ()

    def __post_init__(self) -> None:
        text = self.document.texts[self.language]
        if not 0 <= self.span.start < self.span.end <= len(text):
            raise ValueError(f"{self.span} is no place in the {self.language} text of {self.document.id!r}")

    @property
    def words(self) -> str:
        """The words at the place, as they stand in the document."""
        return self.span.of(self.document.texts[self.language])

    @property
    def paragraph(self) -> int:
        """The number, from 1, of the paragraph the place begins in."""
        return self.document.paragraph_at(self.language, self.span.start)

    @property
    def references(self) -> tuple[ArchivalReference, ...]:
        """Every archival reference of the document, as the catalogue has them."""
        return self.document.references


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation(Place):
    """A place that a quotation was found at.

    `verdict` tells how the quotation agreed with what stands there: to the letter, or but for typography.
    """

    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A sentence of an answer with the places it rests on, at least one; `at` and `voice` as in Sentence."""

    text: str
    citations: tuple[Citation, ...]
    at: tuple[int, ...] = ()
    voice: Voice = "archive"

    def __post_init__(self) -> None:
        if not self.citations:
            raise ValueError("a statement without a citation")
        if self.at and len(self.at) != len(self.citations):
            raise ValueError(f"{len(self.citations)} citations, but {len(self.at)} places for them")


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """A drafted sentence that is not stated: a quotation could not be verified, or nothing quoted bears it out."""

    text: str
    reason: str
    voice: Voice = "archive"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What may be shown. `documents` are those cited, or, if it abstains, the nearest; `reason` says why it does.

    `nearest` are then places that come nearest to the question, for its reader to judge; they answer nothing.

    `confidence`, 0 to 1: how likely it is, by what was found, that the archive answers the question at all.
    `remarks` tell how it came about, such as that a language model could not be reached; `model` is the one that wrote
    some of it.
    """

    question: Question
    statements: tuple[Statement, ...]
    withheld: tuple[Withheld, ...]
    documents: tuple[Document, ...]
    reason: str | None
    composer: str
    confidence: float
    remarks: tuple[str, ...] = ()
    model: str | None = None
    nearest: tuple[Citation, ...] = ()

    @property
    def abstained(self) -> bool:
        """Whether nothing is stated."""
        return not self.statements
