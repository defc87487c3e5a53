"""Quotations stitched together: real words of several places, made one sentence by whoever quotes them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.wording import Wording
from rag.shortlist import Region

LEAST_FRAGMENT = 4  # words; shorter stretches stand in many places by chance
LEAST_COVERED = 0.9  # of a stitched quotation's words: they come from its fragments


@dataclass(frozen=True, slots=True)
class Fragment:
    """Words `first` up to `last` of a quotation, which stand in `region` from word `at` on."""

    first: int
    last: int
    region: Region
    at: int

    @property
    def size(self) -> int:
        """How many words it has."""
        return self.last - self.first


def stitch(sought: Wording, regions: Sequence[Region]) -> list[Fragment]:
    """The fewest fragments that together make up a quotation, in its order; none if they leave much unexplained."""
    starts = _starts(regions)
    fragments: list[Fragment] = []
    at = 0
    while at <= len(sought.keys) - LEAST_FRAGMENT:
        longest = max(_fragments(sought, at, starts), key=lambda f: (f.size, _beside(f, fragments)), default=None)
        if longest is not None:
            fragments.append(longest)
        at = longest.last if longest else at + 1
    covered = sum(fragment.size for fragment in fragments)
    return fragments if len(fragments) > 1 and covered >= LEAST_COVERED * len(sought.keys) else []


def _beside(fragment: Fragment, before: Sequence[Fragment]) -> bool:
    """Whether the document of a fragment has been drawn on already, and so is the likelier source."""
    return any(other.region.document_id == fragment.region.document_id for other in before)


_Starts = dict[tuple[str, ...], list[tuple[Region, int]]]


def _starts(regions: Sequence[Region]) -> _Starts:
    """Where each run of LEAST_FRAGMENT words stands."""
    starts: _Starts = defaultdict(list)
    for region in regions:
        keys = region.wording.keys
        for at in range(len(keys) - LEAST_FRAGMENT + 1):
            starts[keys[at : at + LEAST_FRAGMENT]].append((region, at))
    return starts


def _fragments(sought: Wording, first: int, starts: _Starts) -> Iterator[Fragment]:
    """The longest fragments from word `first` of the quotation on, one for each place where its first words stand."""
    for region, at in starts.get(sought.keys[first : first + LEAST_FRAGMENT], ()):
        size = LEAST_FRAGMENT
        held = region.wording.keys
        while (
            first + size < len(sought.keys) and at + size < len(held) and sought.keys[first + size] == held[at + size]
        ):
            size += 1
        yield Fragment(first, first + size, region, at)
