"""Whether two documents give the same number, or the same date, for the same thing.

Nothing is guessed: the two sentences must share most of their words, both must count the same thing or give one date,
and what they give is compared by keys.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Literal

from index.disagreement import said, stands
from index.document import Language
from index.particulars import Particular, particulars
from rag.evidence import Weighed
from rag.extractive.repeats import shared, telling, words_of
from rag.extractive.wish import Wish
from rag.kinds import marks
from rag.question import Question

_SAME_MATTER = 0.5  # of the telling words, figures left out, that two sentences share if they speak of one thing
_COUNTED = re.compile(r"(?:\s+[^\W\d_]+(?:-[^\W\d_]+)*){1,4}(?=[\s.,;:!?)]|$)")  # "27 cubic meters of timber"
_DIGITS = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Compared:
    """Two sentences of two documents, the figure that each gives as printed, and whether they are the same."""

    one: Weighed
    two: Weighed
    kind: Literal["number", "date"]
    figures: tuple[str, str]
    same: bool


def compared(question: Question, wished: Wish, chosen: Sequence[Weighed]) -> Compared | None:
    """The first two of the `chosen` that give, in two documents, the number or date asked for; None without such.

    The earlier document comes first. Where the question names a day or a number, it asks for one case among several,
    and nothing is compared.
    """
    own = marks(question.language, question.text)
    if own.dates or own.numbers:
        return None
    for pair in combinations(chosen, 2):
        one, two = sorted(pair, key=_first_day)
        if one.hit.document.id != two.hit.document.id and one.language == two.language and _one_matter(one, two):
            if "number" in wished.kinds and (found := _numbers(question, one, two)):
                return found
            if "time" in wished.kinds and (found := _dates(question, one, two)):
                return found
    return None


def _first_day(sentence: Weighed) -> date:
    known = sentence.hit.document.date
    return known.earliest if known else date.max


def _one_matter(one: Weighed, two: Weighed) -> bool:
    bare = [frozenset(s for s in telling(x.language, words_of(x)) if not _DIGITS.search(s)) for x in (one, two)]
    return shared(*bare) >= _SAME_MATTER


def _numbers(question: Question, one: Weighed, two: Weighed) -> Compared | None:
    """The numbers with which both count what the question names, or the only thing that both count."""
    counted = [dict(_counted(x)) for x in (one, two)]
    both = {unit: (counted[0][unit], counted[1][unit]) for unit in counted[0] if unit in counted[1]}
    asked = {both[unit] for unit in telling(question.language, question.text) if unit in both}
    if len(pairs := asked or set(both.values())) != 1:
        return None
    ((first, second),) = pairs
    figures = (first.span.of(words_of(one)), second.span.of(words_of(two)))
    return Compared(one, two, "number", figures, first.key == second.key)


def _counted(sentence: Weighed) -> Iterator[tuple[str, Particular]]:
    """The stems of the words after a number, of what is counted, each with the number; none that two numbers have."""
    words = words_of(sentence)
    seen: dict[str, list[Particular]] = {}
    numbers = _figures(sentence.language, words, "number")
    ends = [following.span.start for following in numbers[1:]]
    for number, end in zip(numbers, [*ends, len(words)], strict=True):
        if following := _COUNTED.match(words, number.span.end, end):
            for stem in telling(sentence.language, following[0]):
                seen.setdefault(stem, []).append(number)
    return ((stem, numbers[0]) for stem, numbers in seen.items() if len(numbers) == 1)


def _dates(question: Question, one: Weighed, two: Weighed) -> Compared | None:
    """The dates of two sentences that give one each which the question has not."""
    asked = {found.key for found in _figures(question.language, question.text, "date")}
    told = [[d for d in _figures(x.language, words_of(x), "date") if d.key not in asked] for x in (one, two)]
    if [len(dates) for dates in told] != [1, 1]:
        return None
    (first,), (second,) = told
    same = stands(first, said([second], "")) or stands(second, said([first], ""))
    return Compared(one, two, "date", (first.span.of(words_of(one)), second.span.of(words_of(two))), same)


def _figures(language: Language, words: str, kind: str) -> list[Particular]:
    return [one for one in particulars(language, words) if one.kind == kind]
