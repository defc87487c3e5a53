"""Numbers, dates and names that stand in one of two facing sentences and not in the other.

Numbers and dates are compared by their keys. A date agrees with one that is less exact. A number that is spelt and
small is missed only where the other side has another one instead, for both languages can do without ("both", "a week").
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from index.document import LANGUAGES, Language, Span, other
from index.particulars import Kind, Particular, figures

_SMALL = 12  # a number spelt in words, up to this, may be said without one: "both", "a week", «дюжина»
_DIGITS = re.compile(r"\d+")


class Missing(NamedTuple):
    """A particular that the facing sentence has not; `instead` stands there and has none here in turn."""

    language: Language
    kind: Kind
    span: Span
    instead: Span | None


def disagreements(texts: Mapping[Language, str], around: Mapping[Language, str]) -> list[Missing]:
    """The numbers and dates of two facing sentences that do not agree. Spans are places in the sentences.

    `around` is what stands about each sentence in its text, the sentence included: what is there is not missing, for a
    translator moves things from one sentence to the next, and an alignment may err by one.
    """
    found = {x: sorted(figures(x, texts[x]), key=lambda one: one.span) for x in LANGUAGES}
    near = {x: found[x] if around[x] == texts[x] else figures(x, around[x]) for x in LANGUAGES}
    held = {x: said(near[x], around[x]) for x in LANGUAGES}
    lacking = {x: [p for p in found[x] if not stands(p, held[other(x)])] for x in LANGUAGES}
    missed = []
    for language in LANGUAGES:
        for one in lacking[language]:
            instead = _instead(one, lacking[other(language)])
            if instead or not _may_be_unsaid(one, texts[language]):
                missed.append(Missing(language, one.kind, one.span, instead))
    return _once(missed)


def _once(missed: Sequence[Missing]) -> list[Missing]:
    """Two that stand for each other are told once, from the Russian side."""
    told = {m.instead for m in missed if m.language == LANGUAGES[0] and m.instead}
    return [m for m in missed if m.language == LANGUAGES[0] or m.span not in told]


def _instead(one: Particular, others: Sequence[Particular]) -> Span | None:
    return next((other_.span for other_ in others if (other_.kind == "date") == (one.kind == "date")), None)


def _may_be_unsaid(one: Particular, text: str) -> bool:
    spelt = not _DIGITS.search(one.span.of(text))
    if one.kind == "date":
        return spelt or one.key.startswith("--")
    return one.key in ("0", "1") or (spelt and (float(one.key) <= _SMALL or one.key in ("100", "1000")))


def said(told: Iterable[Particular], text: str) -> frozenset[str]:
    """Every key of the figures of a text, and of its dates also the parts."""
    parts: set[str] = set(_DIGITS.findall(re.sub(r"(?<=\d)[\s,.](?=\d{3})", "", text)))
    for one in told:
        parts.update(_parts(one))
    return frozenset(parts)


def _parts(one: Particular) -> Iterator[str]:
    """What a number or a date says: itself, and of a date its year, its month, and its day of any year (after "*")."""
    yield one.key
    if one.kind != "date":
        return
    year, _, rest = one.key.rpartition("--") if one.key.startswith("--") else one.key.partition("-")
    if year:
        yield year
        yield year.rstrip("s")[-2:]
    if rest:
        yield from (f"*-{rest}", f"*-{rest[:2]}", str(int(rest[-2:])))
        if year:
            yield f"{year}-{rest[:2]}"


def stands(one: Particular, held: frozenset[str]) -> bool:
    """Whether a number or date is among the keys `held` of another text, or one that can be the same date."""
    key = one.key
    if key in held or one.kind != "date":
        return key in held
    if key.startswith("--"):
        return f"*-{key[2:]}" in held
    if key.endswith("s"):
        return key[:-1] in held or key[2:4] in held
    _, _, rest = key.partition("-")
    return bool(rest) and f"--{rest}" in held
