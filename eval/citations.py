"""What became of a citation: what it names, and whether that is right, level by level down to the leaf.

It is held against the reference of the source that really holds what it is cited for. A document that lies in two
archives may be cited in either. What its own reference has not, such as leaves, is not judged.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from eval.answers import Cited, Source
from eval.judgement import LEVELS, CitationFinding, Level, QuoteFinding
from eval.sources import Sources
from eval.support import Support
from index.document import ArchivalReference, Language
from index.leaves import count, relation, runs_backwards, shared
from index.places import holder_key, number_key
from index.reference import read_references

_NAMING: Mapping[Language, re.Pattern[str]] = {
    "en": re.compile(
        r"\b(?:English (?:text|translation)|in translation|английск\w+ (?:текст|перевод)\w*)", re.IGNORECASE
    ),
    "ru": re.compile(r"\b(?:Russian (?:text|original)|русск\w+ (?:текст|оригинал)\w*|подлинник\w*)", re.IGNORECASE),
}
_KEPT = 20_000  # references and citations whose parts are remembered
_NUMBERED: tuple[Level, ...] = ("fond", "opis", "papka", "delo")


@dataclass(frozen=True)
class Resolved:
    """A citation and what is held under it. `beside` lies in the same file, on other leaves than it names."""

    cited: Cited
    sources: tuple[str, ...]
    beside: tuple[str, ...] = ()

    @cached_property
    def known(self) -> bool:
        """Whether it names something that is held."""
        return bool(self.sources or self.beside)

    @cached_property
    def well_formed(self) -> bool:
        """Whether it is of a form that can be read; a marker or an id is, if it names something."""
        if self.cited.references:
            backwards = any(runs_backwards(pair) for r in self.cited.references for pair in r.leaves)
            return not backwards and not _problems(self.cited.text)
        return self.cited.source is not None


def resolve(cited: Cited, sources: Sources) -> Resolved:
    """What is held under a citation."""
    if cited.source is not None:
        return Resolved(cited, (cited.source,) if sources.get(cited.source) else ())
    right: dict[str, None] = {}
    beside: dict[str, None] = {}
    for reference in cited.references:
        for id_, match in sources.under(reference).items():
            source = sources.get(id_)
            elsewhere = match == "same_file" and bool(reference.leaves) and source and _has_leaves(reference, source)
            (beside if elsewhere else right)[id_] = None
    return Resolved(cited, tuple(right), tuple(id_ for id_ in beside if id_ not in right))


def _has_leaves(asked: ArchivalReference, source: Source) -> bool:
    own = _own(asked, source)
    return own is not None and bool(own.leaves)


@dataclass(frozen=True, slots=True, kw_only=True)
class Needed:
    """What a sentence should cite: the ids of the sources that hold its quotations, or bear it out."""

    sources: tuple[str, ...]
    quotations: tuple[QuoteFinding, ...] = ()

    def target(self, one: Resolved, others: Sequence[Resolved]) -> str | None:
        """The source that a citation is to be held against; None if that is not known, or others cite all there is."""
        if named := next((id_ for id_ in self.sources if id_ in one.sources), None):
            return named
        covered = {id_ for other in others for id_ in other.sources}
        left = [id_ for id_ in self.sources if id_ not in covered]
        return next((id_ for id_ in left if id_ in one.beside), left[0] if left else None)


def finding(
    one: Resolved, others: Sequence[Resolved], needed: Needed, sources: Sources, supports: Support | None
) -> CitationFinding:
    """What became of a citation beside `others` in one sentence; `supports` tells whether it alone bears that out."""
    right_id = needed.target(one, others)
    right = sources.get(right_id) if right_id is not None else None
    held = [_against(asked, right) for asked in one.cited.references] if right else []
    levels = {level: all(h.levels[level] for h in held if level in h.levels)
              for level in LEVELS if any(level in h.levels for h in held)}  # fmt: skip
    counted = [h for h in held if h.cited is not None and h.needed is not None and h.shared is not None]
    cited, wanted = sum(h.cited or 0 for h in counted), sum(h.needed or 0 for h in counted)
    common = sum(h.shared or 0 for h in counted)
    return CitationFinding(
        text=one.cited.text,
        resolvable=one.known,
        well_formed=one.well_formed,
        sources=one.sources or one.beside,
        levels=levels,
        exact_leaf=_exact_leaf(held, levels),
        overlap=common / (cited + wanted - common) if counted else None,
        cited=cited if counted else None,
        needed=wanted if counted else None,
        twin=_twin(one, needed),
        supports=supports,
        reason=_reason(one, right, levels),
    )


@dataclass(frozen=True, slots=True)
class _Held:
    """A reference held against a source's own: levels, and leaves named, needed and common to both."""

    levels: Mapping[Level, bool]
    own_leaves: bool
    cited: int | None = None
    needed: int | None = None
    shared: int | None = None


def _against(asked: ArchivalReference, source: Source) -> _Held:
    own = _own(asked, source)
    if own is None:
        return _Held({}, own_leaves=False)
    levels = dict(_levels(asked, own))
    if not asked.leaves or not own.leaves:
        return _Held(levels, own_leaves=bool(own.leaves))
    return _Held(levels, True, count(asked.leaves), count(own.leaves), shared(asked.leaves, own.leaves))


def _own(asked: ArchivalReference, source: Source) -> ArchivalReference | None:
    """The reference of a source that agrees best with the one asked for: in most levels, the widest first."""

    def agreement(own: ArchivalReference) -> tuple[int, tuple[bool, ...]]:
        levels = dict(_levels(asked, own))
        return sum(levels.values()) - sum(not right for right in levels.values()), tuple(levels.values())

    return max(source.references, key=agreement, default=None)


@lru_cache(maxsize=_KEPT)
def _levels(asked: ArchivalReference, own: ArchivalReference) -> tuple[tuple[Level, bool], ...]:
    """Each level that both references have, and whether they agree in it."""
    keys: dict[Level, tuple[str | None, str | None]] = {"archive": (holder_key(asked), holder_key(own))}
    keys |= {level: (number_key(getattr(asked, level)), number_key(getattr(own, level))) for level in _NUMBERED}
    found: list[tuple[Level, bool]] = [(level, one == two) for level, (one, two) in keys.items() if one and two]
    if asked.leaves and own.leaves:
        found.append(("leaf", relation(asked.leaves, own.leaves) != "same_file"))
    return tuple(found)


@lru_cache(maxsize=_KEPT)
def _problems(text: str) -> tuple[str, ...]:
    """What in a printed citation could not be understood."""
    return read_references(text).problems


def _exact_leaf(held: Sequence[_Held], levels: Mapping[Level, bool]) -> bool | None:
    """Whether all is right down to the leaf; None where the source's own reference has no leaves."""
    if not any(h.own_leaves for h in held):
        return None
    return "leaf" in levels and all(levels.values())


def _twin(one: Resolved, needed: Needed) -> bool | None:
    """Whether the text that is named, original or translation, is the one quoted; None where none is named."""
    named = _language_named(one.cited.text)
    quoted = {q.language for q in needed.quotations if q.source in one.sources and q.status != "absent"}
    return named in quoted if named and quoted else None


def _language_named(text: str) -> Language | None:
    return next((language for language, form in _NAMING.items() if form.search(text)), None)


def _reason(one: Resolved, right: Source | None, levels: Mapping[Level, bool]) -> str:
    wrong = [level for level, agrees in levels.items() if not agrees]
    stands = ""
    if right is not None:
        printed = "; ".join(reference.text for reference in right.references)
        stands = f"what it is cited for stands in {right.id!r}" + (f": {printed}" if printed else "")
    if not one.known:
        return "nothing is held under it" + (f"; {stands}" if stands else "")
    if wrong:
        return f"wrong {', '.join(wrong)}; {stands}"
    if right is not None and right.id not in one.sources:
        return stands
    return "" if right is None else "right" + ("" if levels else ", by the source that it names")
