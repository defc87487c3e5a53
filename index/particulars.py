"""The particulars of a text: its numbers, dates, names and negations, each with its place and a key.

A sentence is checked by them: what it says of numbers and names must stand in what it rests on. The keys of numbers
and dates are the same in Russian and English: "fifty thousand" and «50 тыс.» are "50000", «12 августа с.г.» and
"August 12 of this year" are "--08-12". Negations have keys as in `index.negation`,
names as in `index.spelling`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from index.capitals import capitals
from index.days import dates
from index.document import Language, Span
from index.negation import negations
from index.numerals import numbers
from index.spelling import name_key

Kind = Literal["number", "date", "name", "negation"]


@dataclass(frozen=True, slots=True)
class Particular:
    """A number, date, name or negation: its place in the text, and a key in which its spellings agree."""

    kind: Kind
    span: Span
    key: str


def particulars(language: Language, text: str) -> tuple[Particular, ...]:
    """The particulars of `text`, in order of place. Cost: some 50 microseconds a sentence."""
    found = list(figures(language, text))
    found += [Particular("negation", span, key) for span, key in negations(language, text)]
    taken = [one.span for one in found if one.kind != "negation"]
    found += [
        Particular("name", span, name_key(span.of(text)))
        for span in capitals(language, text)
        if not any(span.meets(other) for other in taken)
    ]
    return tuple(sorted(found, key=lambda one: one.span))


def figures(language: Language, text: str) -> Iterator[Particular]:
    """The dates of `text`, then its other numbers."""
    dated = list(dates(language, text))
    yield from (Particular("date", span, key) for span, key in dated)
    yield from (Particular("number", span, key) for span, key in numbers(language, _without(text, dated)))


def _without(text: str, dated: list[tuple[Span, str]]) -> str:
    """The text with its dates blotted out, all places kept."""
    for span, _ in dated:
        text = text[: span.start] + ";" * (span.end - span.start) + text[span.end :]
    return text
