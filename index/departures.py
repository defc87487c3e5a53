"""Where a translation departs from its original: what a reader should look at, with a reason that can be checked.

A number, date or name that stands in one text and not in the other; a negation that does not match; a sentence without
counterpart; a length that is unusual for the document. It works on facing sentences (beads) and knows no meanings, so a
flag is a reason to look, and no flag no proof. How often it is right is measured by `python -m eval.departures`.
"""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from index import reasons
from index.disagreement import disagreements
from index.document import LANGUAGES, Departure, DepartureKind, Language, SentenceBead, Span, covering, other
from index.names import NameTable, built_in_names
from index.negation import negations
from index.polarity import Mismatch, mismatches
from index.reasons import quoted
from index.unmatched import Names, Trust, compare
from index.wordpairs import WordPairs

LEAST_CONFIDENCE = 0.3  # of a bead whose sides are compared; below it they may not belong together
SURE = 0.7  # confidence of a bead from which on what it lacks is not looked for in those next to it
LEAST_LETTERS = 12  # of a sentence that is missed; shorter ones are headings, marks, "Yes."
LENGTH_VARIANCE = 6.8  # per character; Gale and Church 1993
MOST_SURPLUS = 5.0  # standard deviations of length that are usual; see DECISIONS.md
_PARTICLE = 7  # letters of the longest particle, "neither"
_NEXT_WORD = re.compile(r"\s+[^\W\d_]+")


def compared(
    texts: Mapping[Language, str], beads: Sequence[SentenceBead], names: NameTable | None = None
) -> tuple[SentenceBead, ...]:
    """The beads of a document, each with its departures; as they were if it has one text only.

    `names` None takes the table that comes with Delo. Cost: about a millisecond a bead.
    """
    if len(texts) < len(LANGUAGES):
        return tuple(beads)
    comparison = _Comparison(texts, beads, names or built_in_names())
    return tuple(replace(bead, departures=tuple(comparison.of(n))) for n, bead in enumerate(beads))


def departures(
    texts: Mapping[Language, str], beads: Sequence[SentenceBead], names: NameTable | None = None
) -> tuple[Departure, ...]:
    """The departures of a document, in the order of its beads; see `compared`."""
    return tuple(departure for bead in compared(texts, beads, names) for departure in bead.departures)


class _Comparison:
    """The texts of a document side by side."""

    def __init__(self, texts: Mapping[Language, str], beads: Sequence[SentenceBead], table: NameTable) -> None:
        self._texts = texts
        self._beads = beads
        self._pairs = [n for n, b in enumerate(beads) if len(b.spans) == 2 and b.confidence >= LEAST_CONFIDENCE]
        self._sides = {n: {x: beads[n].spans[x].of(texts[x]) for x in LANGUAGES} for n in self._pairs}
        self._names: dict[int, Names] = {n: compare(side, side, table) for n, side in self._sides.items()}
        self._trust = Trust(list(self._names.values()), texts)
        self._ratio = self._length("en") / max(1, self._length("ru"))

    @cached_property
    def _words(self) -> WordPairs:
        return WordPairs(list(self._sides.values()))

    def _length(self, language: Language) -> int:
        return sum(len(side[language]) for side in self._sides.values())

    def of(self, n: int) -> Iterator[Departure]:
        """The departures in a bead."""
        if n in self._sides:
            yield from self._particulars(n)
            yield from self._name_departures(n)
            yield from self._negations(n)
            yield from self._lengths(n)
        elif len(self._beads[n].spans) == 1:
            yield from self._missing(self._beads[n])

    def _placed(self, n: int, spans: Mapping[Language, Span | None]) -> dict[Language, Span]:
        """Places in the sentences of a bead as places in the texts."""
        starts = {x: self._beads[n].spans[x].start for x in LANGUAGES}
        return {x: span.shifted(starts[x]) for x, span in spans.items() if span}

    def _particulars(self, n: int) -> Iterator[Departure]:
        sides = self._sides[n]
        for miss in disagreements(sides, self._around(n)):
            facing = other(miss.language)
            here = quoted(miss.language, miss.span.of(sides[miss.language]))
            there = _shown(facing, miss.instead, sides)
            reason = reasons.lacks(here, facing) if there is None else reasons.faces(here, there)
            kind: DepartureKind = "date" if miss.kind == "date" else "number"
            yield Departure(kind, self._placed(n, {miss.language: miss.span, facing: miss.instead}), *reason)

    def _around(self, n: int) -> Mapping[Language, str]:
        """The sentences of a bead, and where it is not sure those of the beads next to it."""
        near = [self._beads[n]] if self._beads[n].confidence >= SURE else self._beads[max(0, n - 1) : n + 2]
        return {x: covering([b.spans[x] for b in near if x in b.spans]).of(self._texts[x]) for x in LANGUAGES}

    def _name_departures(self, n: int) -> Iterator[Departure]:
        sides = self._sides[n]
        for language, name, instead in self._trust.misses(self._names[n], sides):
            facing = other(language)
            spans = {language: name.span, facing: instead.span if instead else None}
            here = quoted(language, name.span.of(sides[language]))
            reason = reasons.unnamed(here, facing, _shown(facing, spans[facing], sides))
            yield Departure("name", self._placed(n, spans), *reason)

    def _negations(self, n: int) -> Iterator[Departure]:
        sides = self._sides[n]
        for miss in mismatches(sides):
            facing = other(miss.language)
            instead = miss.instead or self._affirmed(miss, sides)
            here = quoted(miss.language, _denied(sides[miss.language], miss.span))
            reason = reasons.denied(here, facing, _shown(facing, instead, sides), affirms=miss.affirms)
            yield Departure("negation", self._placed(n, {miss.language: miss.span, facing: instead}), *reason)

    def _affirmed(self, miss: Mismatch, sides: Mapping[Language, str]) -> Span | None:
        """The word facing a denied one, if the document shows which that is, and it is not denied itself."""
        facing, text = other(miss.language), sides[miss.language]
        denied = [span for span, _ in negations(facing, sides[facing])]
        word = _denied(text, miss.span).split()[-1]
        found = self._words.facing(miss.language, word, sides[facing], miss.span.start / len(text))
        return None if found is None or any(span.meets(found) for span in denied) else found

    def _lengths(self, n: int) -> Iterator[Departure]:
        """Whether one side is much longer than is usual in this document."""
        ru, en = (len(self._sides[n][x]) for x in LANGUAGES)
        expected = ru * self._ratio
        surplus = (en - expected) / math.sqrt(max(1.0, (en + expected) / 2) * LENGTH_VARIANCE)
        if len(self._pairs) > 1 and abs(surplus) > MOST_SURPLUS:
            yield Departure("length", dict(self._beads[n].spans), *reasons.unusual(en, ru, longer=surplus > 0))

    def _missing(self, bead: SentenceBead) -> Iterator[Departure]:
        ((language, span),) = bead.spans.items()
        if len(re.findall(r"[^\W\d_]", span.of(self._texts[language]))) >= LEAST_LETTERS:
            yield Departure("missing", {language: span}, *reasons.unfaced(language, other(language)))


def _shown(language: Language, span: Span | None, sides: Mapping[Language, str]) -> str | None:
    """The words at a place of a sentence, quoted; None if there is no place."""
    return quoted(language, span.of(sides[language])) if span else None


def _denied(text: str, span: Span) -> str:
    """A negation, with the word after it if it is a particle."""
    words = span.of(text)
    if len(words) > _PARTICLE and " " not in words:
        return words
    match = _NEXT_WORD.match(text, span.end)
    return text[span.start : match.end() if match else span.end]
