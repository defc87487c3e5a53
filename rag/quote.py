"""From a quotation to where its words stand in the archive, and how exactly.

It proves where words stand, not that they were fairly chosen. A quotation that stands nowhere is said to; the nearest
sentences are then shown beside it, never as if they were it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from index.archives import ArchiveTable
from index.document import LANGUAGES
from index.store import Index
from index.wording import Wording
from rag.counterpart import Counterparts
from rag.difference import likeness, nearest
from rag.located import Claim, Located, Stand
from rag.lookup import look_up
from rag.question import foreign
from rag.quoted import Quoted
from rag.shortlist import Region, alike, in_order
from rag.stands import GRADES, Stands, sequences
from rag.stitch import LEAST_FRAGMENT, stitch

LEAST_ALTERED_WORDS = 4  # of a quotation that may be called altered; fewer are too like some others
LEAST_LIKENESS = 0.5  # of an altered quotation of many words to what stands there; of n words, 1 / n more
_COMPARED = 8  # stretches compared by the letters of their words, of those nearest by whole words
_CLOSEST = 3  # shown where a quotation is absent
_LEAST_CLOSE = 0.4  # likeness; in a large archive some sentence always has 0.3
_NAMES = {"ru": "Russian", "en": "English"}


def locate_quotation(
    index: Index,
    counterparts: Counterparts,
    text: str,
    reference: str | None = None,
    archives: ArchiveTable | None = None,
) -> Located:
    """Every place where a quotation stands: exactly, but for typography, altered, or stitched of several.

    If it is given with a `reference`, whether a document under that reference has the words is told besides.

    Raises: LocatorError if the quotation, or the reference, is nothing that can be looked for; IndexDamagedError.
    """
    quoted = Quoted.of(text)
    claim = _claim(index, reference, archives) if reference is not None else None
    return replace(_located(index, Stands(index, counterparts), quoted), claim=claim)


def _claim(index: Index, reference: str, archives: ArchiveTable | None) -> Claim:
    lookup = look_up(index.catalogue, reference, archives)
    return Claim(asked=lookup.asked, held={held.document_id: held.match for held in lookup.found})


def _located(index: Index, stands: Stands, quoted: Quoted) -> Located:
    words, ordered, near = quoted.words, in_order(index, quoted), alike(index, quoted)
    regions = {(r.document_id, r.language, r.start): r for r in (*ordered.regions, *near.regions)}.values()
    if found := _standing(stands, regions, quoted):
        return Located(quotation=quoted.text, verdict=found[0].verdict, stands=found, more=ordered.more)
    compared = _compared(near.regions, words) if len(words.keys) >= LEAST_ALTERED_WORDS else []
    least = LEAST_LIKENESS + 1 / len(words.keys)
    altered = [c for c in compared if c.likeness >= max(least, compared[0].likeness)]
    parts = stitch(words, near.regions)
    if sum(part.size for part in parts) >= LEAST_FRAGMENT + max((c.kept for c in compared), default=0):
        told = tuple(stands.whole(f.region, words.part(f.first, f.last), f.at, f.at + f.size) for f in parts)
        return Located(quotation=quoted.text, verdict="stitched", stands=told)
    if altered:
        told = tuple(stands.altered(c.region, words, c.first, c.last) for c in altered)
        return Located(quotation=quoted.text, verdict="altered", stands=told)
    close = [c for c in compared if c.likeness >= _LEAST_CLOSE][:_CLOSEST]
    closest = tuple(stands.sentence(c.region, c.first, c.last) for c in close)
    return Located(quotation=quoted.text, verdict="absent", closest=closest, note=_why_absent(index, quoted))


def _standing(stands: Stands, regions: Iterable[Region], quoted: Quoted) -> tuple[Stand, ...]:
    """The places that have all the words, those first that agree best; without what the quotation marks as left out."""
    found = [stands.whole(r, quoted.words, *place) for r in regions for place in r.wording.places(quoted.words)]
    if not found and quoted.abridged:
        found = [stands.abridged(r, quoted, chain) for r in regions for chain in sequences(r, quoted.pieces)]
    places = {(stand.document.id, stand.language, stand.span): stand for stand in found}
    return tuple(sorted(places.values(), key=lambda s: (GRADES.index(s.verdict), s.document.id, s.language, s.span)))


@dataclass(frozen=True, slots=True)
class _Compared:
    """A stretch of a region, its words `first` up to `last`: how like a quotation it is, and how many words agree."""

    region: Region
    first: int
    last: int
    likeness: float
    kept: int


def _compared(regions: Sequence[Region], sought: Wording) -> list[_Compared]:
    """The stretches nearest to the quotation, nearest first: by whole words, then by their letters."""
    rough = [(*nearest(sought.keys, region.wording.keys), region) for region in regions]
    rough.sort(key=lambda found: found[0])
    found = [
        _Compared(region, first, last, likeness(sought, region.wording.part(first, last)), len(sought.keys) - edits)
        for edits, first, last, region in rough[:_COMPARED]
        if first < last
    ]
    return sorted(found, key=lambda compared: -compared.likeness)


def _why_absent(index: Index, quoted: Quoted) -> str | None:
    """Why the archive could not have the words, if that can be seen."""
    counts = index.manifest.counts
    if not any(counts[f"passages_{language}"] for language in quoted.languages):
        held = " and ".join(_NAMES[language] for language in LANGUAGES if counts[f"passages_{language}"])
        return f"this archive has texts in {held} only"
    if len(quoted.languages) == 1 and (tongue := foreign(quoted.text, quoted.languages[0])):
        return f"the words seem to be {tongue}; this archive's texts are Russian and English"
    return None
