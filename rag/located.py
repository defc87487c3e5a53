"""What is found out about a quotation: where it stands, and how exactly."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from index.document import ArchivalReference
from index.leaves import Relation
from rag.answer import Place

if TYPE_CHECKING:
    from rag.difference import Difference

QuoteVerdict = Literal["exact", "typographic", "altered", "stitched", "absent"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand(Place):
    """A place where a quotation, or the part `quoted` of it, stands, and how.

    `differences` tell where the words are not the same; `omitted` that words are left out and marked as such;
    `added` are words that the quotation has in brackets and the text has not.
    """

    quoted: str
    verdict: QuoteVerdict
    differences: "tuple[Difference, ...]" = ()
    omitted: bool = False
    added: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """The reference that a quotation was given with: for each document that is held under it, how well it fits."""

    asked: tuple[ArchivalReference, ...]
    held: dict[str, Relation]

    def match(self, place: Place) -> Relation | None:
        """How the reference fits the document of a place; None if that is not held under it."""
        return self.held.get(place.document.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """A quotation and its verdict.

    `stands` are the places, best first; of a stitched quotation its parts, in order. `more` counts passages that
    have the words too and were not looked at. `closest` are the nearest sentences, where the quotation is absent.
    `note` is what else the reader should know.
    """

    quotation: str
    verdict: QuoteVerdict
    stands: tuple[Stand, ...] = ()
    more: int = 0
    closest: tuple[Stand, ...] = ()
    claim: Claim | None = None
    note: str | None = None

    @property
    def claim_holds(self) -> bool | None:
        """Whether a place of the quotation is held under the reference that it was given with; None without one."""
        if self.claim is None:
            return None
        return any(self.claim.match(stand) for stand in self.stands)
