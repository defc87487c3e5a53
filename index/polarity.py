"""Where one of two facing sentences denies what the other affirms.

Negations are counted on both sides and paired in their order by where they stand in the sentence. Words that deny by
their sense alone ("failed", «отсутствует») may stand for one. What affirms by denying twice («нельзя не») must not face
a plain "impossible".
"""

import re
from collections.abc import Mapping
from itertools import combinations
from typing import NamedTuple

from index.document import LANGUAGES, Language, Span, other
from index.negation import AGAIN, cancelled, negations

_MOST = 8  # negations of a sentence; one with more is not looked into
_BY_SENSE: dict[Language, re.Pattern[str]] = {
    "en": re.compile(
        r"\b(?:fail|lack|absen|prevent|avoid|refus|reject|den(?:y|ie)|prohibit|forbid|forbad|bann|exclud|except|hardly"
        r"|scarcely|barely|rarely|seldom|minor|outside|ceas|rather than|instead|at most|at least|until|unless|free of"
        r"|other than|anything but|despite|regardless|otherwise|[a-z]{3,}less\b|far from|short of|opposed|contrary"
        r"|mis(?:quot|understand|manag|handl|treat|us)|dis(?:agree|regard|miss|allow|continu|appear)|un[a-z]{5,}ed\b)"
    ),
    "ru": re.compile(
        r"\b(?:отсутств|отказ|лиш[аеи]|избе[жг]|запре[тщ]|исключ|кроме|вряд|едва|мало|редко|против|перест|прекра|вместо"
        r"|без\w{4,}|бес\w{4,}|отри[цч]|отверг|недо\w{4,}|не\w{3,}(?:ть|ла|ло|ли|ет|ит|ют)\b|вопреки|помимо|иначе|потер|вне\b)"
    ),
}
_CANNOT: dict[Language, re.Pattern[str]] = {
    "en": re.compile(
        r"\b(?:impossible|cannot|can['’]t|can not|could not|couldn['’]t|unable|not possible)\b", re.IGNORECASE
    ),
    "ru": re.compile(r"\b(?:нельзя|невозможно|не (?:мо[гж]\w+|в (?:состоянии|силах)))", re.IGNORECASE),
}


class Mismatch(NamedTuple):
    """A negation that the facing sentence has not; `instead` stands there for it, where that can be told."""

    language: Language
    span: Span
    instead: Span | None
    affirms: bool = False  # it is a double negation, and what faces it denies


def mismatches(texts: Mapping[Language, str]) -> list[Mismatch]:
    """Negations of the two facing sentences that do not agree. Spans are places in the sentence of their language."""
    denials = {x: [span for span, key in negations(x, texts[x]) if key != AGAIN] for x in LANGUAGES}
    if max(map(len, denials.values())) > _MOST:
        return []
    found = [miss for x in LANGUAGES for miss in _denied_affirmations(x, texts, denials)]
    for language in LANGUAGES:
        found += _surplus(language, texts, denials)
    return found


def _denied_affirmations(
    language: Language, texts: Mapping[Language, str], denials: dict[Language, list[Span]]
) -> list[Mismatch]:
    """Double negations that face a plain denial of what is possible; that denial is taken out of `denials`."""
    facing = other(language)
    double = list(cancelled(language, texts[language]))
    ours = [m for m in _CANNOT[language].finditer(texts[language]) if not any(_meets(m, span) for span in double)]
    theirs = [Span(*m.span()) for m in _CANNOT[facing].finditer(texts[facing])]
    theirs = [span for span in theirs if not any(span.meets(one) for one in cancelled(facing, texts[facing]))]
    found = []
    for span in double[: max(0, len(theirs) - len(ours))]:
        place = _place(span, texts[language])
        denied = min(theirs, key=lambda one: abs(_place(one, texts[facing]) - place))
        theirs.remove(denied)
        denials[facing] = [one for one in denials[facing] if not one.meets(denied)]
        found.append(Mismatch(language, span, denied, affirms=True))
    return found


def _meets(match: re.Match[str], span: Span) -> bool:
    return Span(*match.span()).meets(span)


def _surplus(language: Language, texts: Mapping[Language, str], denials: dict[Language, list[Span]]) -> list[Mismatch]:
    """The negations of one side that are more than the other can answer for."""
    ours, theirs = denials[language], denials[other(language)]
    facing = texts[other(language)]
    softer = [m for m in _BY_SENSE[other(language)].finditer(facing.lower()) if not any(_meets(m, s) for s in theirs)]
    count = len(ours) - len(theirs)
    if count <= 0 or count <= len(softer):
        return []
    return [Mismatch(language, span, None) for span in _unpaired(ours, texts[language], theirs, facing)]


def _unpaired(ours: list[Span], text: str, theirs: list[Span], facing: str) -> list[Span]:
    """What is left of `ours` when as many as `theirs` are paired with them in order, at the nearest places."""
    places = [_place(span, text) for span in ours]
    wanted = [_place(span, facing) for span in theirs]

    def distance(kept: tuple[int, ...]) -> float:
        return sum(abs(places[n] - place) for n, place in zip(kept, wanted, strict=True))

    kept = min(combinations(range(len(ours)), len(theirs)), key=distance)
    return [span for n, span in enumerate(ours) if n not in kept]


def _place(span: Span, text: str) -> float:
    """Where in a text a span lies: 0 at its beginning, 1 at its end."""
    return (span.start + span.end) / 2 / max(1, len(text))
