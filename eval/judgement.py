"""What was found out about an answer: whether each sentence is borne out, what became of each quotation and citation.

These are plain values, so that a run can be kept, shown and compared without its index.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from eval.support import Support
from index.document import Span

QuoteStatus = Literal["exact", "typographic", "altered", "absent"]
Level = Literal["archive", "fond", "opis", "papka", "delo", "leaf"]
LEVELS: tuple[Level, ...] = ("archive", "fond", "opis", "papka", "delo", "leaf")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Words of a quotation, and what stands in their place; either may be "". `marks`: number, date, name ..."""

    quoted: str
    stands: str
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteFinding:
    """What became of a quotation.

    `source`, `language`, `span` and `stands` are the place with the words, or the nearest to them. `located`: whether
    that place is in what the sentence cites; None if it cites nothing that is known. `occurrences` counts the places
    with these words. `critical`: altered in a number, a date, a name or a negation.
    """

    words: str
    status: QuoteStatus
    source: str | None = None
    language: str | None = None
    span: Span | None = None
    stands: str = ""
    changes: tuple[Change, ...] = ()
    critical: bool = False
    located: bool | None = None
    occurrences: int = 0
    translation: bool = False  # given as quoted in a language in which its source has no text
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationFinding:
    """What became of a citation.

    `levels` tells level by level whether it is right for what it is cited for; a level that the archive's own reference
    has not, or that cannot be known, is absent. `sources` are the ids held under it. `needed` counts the leaves that
    would do, `cited` those named; `overlap` is the share of both together that they share.
    """

    text: str
    resolvable: bool
    well_formed: bool
    sources: tuple[str, ...] = ()
    levels: Mapping[Level, bool] = field(default_factory=dict)
    exact_leaf: bool | None = None
    overlap: float | None = None
    cited: int | None = None
    needed: int | None = None
    twin: bool | None = None  # whether it names the text that is quoted: original or translation
    supports: Support | None = None  # whether this source alone bears the sentence out
    irrelevant: bool | None = None  # in ALCE's sense; None where that is undecided
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceFinding:
    """What became of a sentence.

    `worthy`: whether it says anything that needs a source; headings, refusals and remarks about the answer do not.
    `support` is that of the narrowest of three scopes that bears it out: what it cites; what else came with the answer
    (`elsewhere` is then "uncited"); the archive ("archive"). Where none does, it is what the narrowest says that holds
    anything. Of an answer that cites nothing at all, what came with it counts as cited. `texts` are the id and the
    language of each text that `support.evidence` counts, `stands` the words that stand there.
    """

    text: str
    worthy: bool
    support: Support | None = None  # None if it is not worthy
    elsewhere: Literal["uncited", "archive"] | None = None
    texts: tuple[tuple[str, str], ...] = ()
    stands: str = ""
    quotations: tuple[QuoteFinding, ...] = ()
    citations: tuple[CitationFinding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What was found out about one answer. `unchecked` says in words what could not be checked."""

    id: str
    refused: bool
    sentences: tuple[SentenceFinding, ...]
    unchecked: tuple[str, ...] = ()
