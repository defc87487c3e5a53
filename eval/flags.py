"""What a sentence says and a source in the same language has not: numbers, dates, names, quoted words; and negations.

A small number spelt in words, a Roman numeral and an ordinal may be said of a source that does not say them
("both", "the first"): they are flagged only where the source has another in their place.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from eval.exchanged import exchanged
from eval.sourcetext import SourceText, bare
from eval.styles import are_styles
from eval.support import Flag
from index.capitals import capitals
from index.disagreement import stands
from index.document import Language, Span
from index.lexical import telling_stems
from index.names import built_in_names
from index.negation import NOT, negations
from index.particulars import Particular, figures
from index.spelling import name_keys

QUOTED_WORDS, QUOTED_LETTERS = 4, 20  # from so many on, words in quotation marks are a quotation
_QUOTED = re.compile(r"[\"“„«]([^\"“”„«»]{2,})[\"”“»]")
TAKEN = 0.75  # of a sentence's telling words in one of the source, from which on it is taken from that one
_ELLIPSIS = re.compile(r"\s*[\[(]?\s*(?:\.{3}|…)\s*[\])]?\s*")
_DIGIT = re.compile(r"\d")
_SMALL = 12  # a number in words up to this may be unsaid
_AROUND = 40  # characters on either side of a particular that tell what it is said of
_SHARED = 2  # telling words that must be the same about both
_PART = re.compile(r"[-‐‑'’]")
_MANTISSA = re.compile(r"\d[\d.,]*\d")


class Near(NamedTuple):
    """The sources of a claim in its own language, each with the stretch that covers it best."""

    source: SourceText
    place: Span

    @property
    def window(self) -> str:
        """The words of the stretch."""
        return self.place.of(self.source.text)


def missing(language: Language, claim: str, near: Sequence[Near]) -> Iterator[Flag]:
    """The particulars and quotations of `claim` that none of the sources has. `near`: the best source first."""
    found = {flag.span: flag for flag in _exchanged(language, claim, near)}
    found |= {flag.span: flag for flag in _figures(language, claim, near)}
    yield from found.values()
    yield from _names(language, claim, near)
    yield from _quotations(claim, near)


def _exchanged(language: Language, claim: str, near: Sequence[Near]) -> Iterator[Flag]:
    """Figures in whose place the sentence that `claim` is taken from has others, if it is taken from one."""
    stems = set(telling_stems(language, claim))
    for source, place in near[:1]:
        shares = [
            (len(stems & set(source.stems[n])) / len(stems), span)
            for n, span in enumerate(source.sentences)
            if stems and place.holds(span)
        ]
        share, span = max(shares, default=(0.0, place))
        if share < TAKEN or span.of(source.text).strip() == claim.strip():
            continue
        words = span.of(source.text)
        for one, other in exchanged(language, claim, language, words):
            yield _flag("date" if one.kind == "date" else "number", claim, one.span, other.span.of(words))


def _figures(language: Language, claim: str, near: Sequence[Near]) -> Iterator[Flag]:
    held = frozenset[str]().union(*(one.source.figures for one in near))
    told = list(figures(language, claim))
    for one in told:
        if stands(one, held) or _mantissa(one, claim) in held:
            continue
        instead = _instead(language, claim, one, near, told)
        if instead is None and _may_be_unsaid(one, claim):
            continue
        kind = "date" if one.kind == "date" else "number"
        flag = _flag(kind, claim, one.span, instead)
        beside = None if instead else _beside(language, one, near)
        yield replace(flag, reason=f"{flag.reason}; the nearest passage has {beside!r}") if beside else flag


def _beside(language: Language, one: Particular, near: Sequence[Near]) -> str | None:
    """The only figure of the same kind in the stretch that covers the claim best; told, and nothing follows from it."""
    window = near[0].window if near else ""
    found = [other.span.of(window) for other in figures(language, window) if other.kind == one.kind]
    return found[0] if len(found) == 1 else None


def _mantissa(one: Particular, claim: str) -> str:
    """The digits of "100.1 million", which a source may print with a unit of its own."""
    match = _MANTISSA.search(one.span.of(claim))
    return match[0] if match and one.kind == "number" else one.key


def _may_be_unsaid(one: Particular, claim: str) -> bool:
    if _DIGIT.search(one.span.of(claim)):
        return False
    return one.kind == "number" and float(one.key) <= _SMALL


def _instead(
    language: Language, claim: str, one: Particular, near: Sequence[Near], told: Sequence[Particular]
) -> str | None:
    """The figure of the same kind that the best source has of the same thing, if the claim does not say that too."""
    ours = {other.key for other in told}
    for source in near[:1]:
        for other in figures(language, source.window):
            if (
                other.kind == one.kind
                and other.key not in ours
                and _alike(language, claim, one.span, source, other.span)
            ):
                return other.span.of(source.window)
    return None


def _alike(language: Language, claim: str, span: Span, near: Near, other: Span) -> bool:
    """Whether the same words stand about two places."""
    return len(_about(language, claim, span) & _about(language, near.window, other)) >= _SHARED


def _about(language: Language, text: str, span: Span) -> set[str]:
    before = text[max(0, span.start - _AROUND) : span.start]
    after = text[span.end : span.end + _AROUND]
    cut = before.split(" ", 1)[-1] if span.start > _AROUND else before
    return set(telling_stems(language, f"{cut} ; {after.rpartition(' ')[0] if len(after) == _AROUND else after}"))


def _names(language: Language, claim: str, near: Sequence[Near]) -> Iterator[Flag]:
    keys = frozenset[str]().union(*(one.source.names for one in near))
    stems = {stem for one in near for stem in one.source.places}
    classes: set[str] | None = None
    for span in capitals(language, claim):
        word = span.of(claim)
        if _is_held(language, word, keys, stems):
            continue
        if classes is None:
            classes = {name.key for one in near for name in built_in_names().mentions(language, one.window)}
        if any(name.key in classes and name.span.meets(span) for name in built_in_names().mentions(language, claim)):
            continue
        yield _flag("name", claim, span, _other_name(language, claim, span, near))


def _is_held(language: Language, word: str, keys: frozenset[str], stems: set[str]) -> bool:
    own = set(telling_stems(language, word))
    if own <= stems or name_keys(word) & keys:
        return True
    return all(name_keys(part) & keys for part in _PART.split(word) if part)


def _other_name(language: Language, claim: str, span: Span, near: Sequence[Near]) -> str | None:
    """The name that the best source has of the same thing, if the claim does not have that too."""
    ours = {key for one in capitals(language, claim) for key in name_keys(one.of(claim))}
    for source in near[:1]:
        for other in capitals(language, source.window):
            fresh = not name_keys(other.of(source.window)) & ours
            if fresh and _alike(language, claim, span, source, other):
                return other.of(source.window)
    return None


def _quotations(claim: str, near: Sequence[Near]) -> Iterator[Flag]:
    for match in _QUOTED.finditer(claim):
        words = match[1]
        if len(words.split()) < QUOTED_WORDS and len(words) < QUOTED_LETTERS:
            continue
        parts = [part for part in map(bare, _ELLIPSIS.split(words)) if part]
        if not any(all(part in one.source.folded for part in parts) for one in near):
            yield Flag(
                kind="quotation", words=words, span=Span(*match.span(1)), reason=f"no source has the words {words!r}"
            )


def _flag(kind: str, claim: str, span: Span, instead: str | None) -> Flag:
    words = span.of(claim)
    reason = f"no source has the {kind} {words!r}"
    if instead:
        reason += f"; the nearest has {instead!r} in its place"
    if kind == "date" and instead and are_styles(words, instead):
        reason += "; these may be one day in the Old and the New Style, which is not checked"
    return Flag(kind=kind, words=words, span=span, reason=reason, instead=instead)  # type: ignore[arg-type]


def negation_hint(language: Language, claim: str, window: str) -> Iterator[Flag]:
    """A hint where one of a sentence and the stretch that covers it denies and the other does not; never counted."""
    ours = [span for span, key in negations(language, claim) if key == NOT]
    theirs = [span for span, key in negations(language, window) if key == NOT]
    if ours and not theirs:
        words = ours[0].of(claim)
        yield Flag(kind="negation", words=words, span=ours[0], reason=f"{words!r} denies; the nearest source does not")
    elif theirs and not ours:
        words = theirs[0].of(window)
        whole = Span(0, len(claim))
        yield Flag(kind="negation", words=claim, span=whole, reason=f"the nearest source denies with {words!r}")
