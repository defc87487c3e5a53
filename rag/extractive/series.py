"""Items of a list in running text: paragraphs or sentences whose openings tell that they belong together.

Three kinds of opening: the same frame with another word in it ("From the military side", "From the political side";
«С одной стороны», «С другой стороны»), ordinals ("Firstly", «во-вторых», "3."), and words that go on ("Moreover",
«Кроме того»).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from index.document import Document, Language, Span
from index.lexical import telling_stems

_NEAR = 2  # paragraphs from the last item within which one that goes on still belongs to it
_OPENING_CHARS = 80  # in which the words that open a sentence stand
_FIRST, _LATER = {
    "en": r"first(?:ly)?(?: of all)?\b|in the first place|to begin with|on the one hand",
    "ru": r"во-первых|прежде всего|первое[:,—-]|с одной стороны",
}, {
    "en": r"second(?:ly)?\b(?! world)|third(?:ly)?\b|fourth(?:ly)?\b|fifth(?:ly)?\b|in the (?:second|third) place"
    r"|finally|lastly|on the other hand",
    "ru": r"во-вторых|в-третьих|в-четв[её]ртых|в-пятых|наконец|с другой стороны|втор(?:ое|ая)[:,—-]|третье[:,—-]",
}  # fmt: skip
_NUMBERED = r"[(\[]?(?:\d{1,2}|[a-zа-я])[.)]\s"
_PREPOSITIONS: dict[Language, str] = {
    "en": r"(?:from|in|on|as|for|with|by|at|under|of|to|within|among|through)(?: (?:the|a|an|its|our|their|your))?",
    "ru": r"(?:с|со|в|во|на|по|для|при|из|от|под|у|к|среди|через)",
}
_GOES_ON: dict[Language, str] = {
    "en": r"moreover|furthermore|in addition|besides|also|likewise|similarly|another|what is more",
    "ru": r"кроме (?:того|этого)|помимо (?:того|этого)|к тому же|также|далее|сверх того|более того|вместе с тем"
    r"|равным образом",
}


def _compiled(words: str) -> re.Pattern[str]:
    return re.compile(rf"[\s\"“„«(—–-]*(?:{words})", re.IGNORECASE)


_FRAMED = {  # a preposition, a word, and one that says of what sort it is: "from the military side"
    x: _compiled(rf"(?P<before>{words}) (?P<word>[\w-]+) (?P<after>\w{{3,}})\b") for x, words in _PREPOSITIONS.items()
}
_ORDINAL = {x: _compiled(f"{_FIRST[x]}|{_LATER[x]}|{_NUMBERED}") for x in ("en", "ru")}
_BEGINS = {x: _compiled(rf"{_FIRST[x]}|[(\[]?(?:1|[aа])[.)]\s") for x in ("en", "ru")}
_ADDS = {x: _compiled(rf"(?:{words})\b") for x, words in _GOES_ON.items()}


@dataclass(frozen=True, slots=True)
class Series:
    """Items of one list, in their order in the text: each from its opening to the next one's, or its paragraph's end.

    `sure` counts those from the first on whose openings are parallel or ordinal; the others go on from them.
    """

    items: tuple[Span, ...]
    sure: int


def series_in(document: Document, language: Language, sentences: Sequence[Span]) -> tuple[Series, ...]:
    """The lists in one text of a document, opened by its paragraphs or by some of its `sentences`."""
    paragraphs = document.paragraphs(language)
    if not paragraphs:
        return ()
    starts = sorted({p.start for p in paragraphs} | {s.start for s in sentences})
    text = document.texts[language]
    openings = [_Opening(start, n, text[start : start + _OPENING_CHARS]) for start, n in _numbered(starts, paragraphs)]
    found = [*_parallel(openings, language), *_ordinal(openings, language)]
    return tuple(_series(group, openings, paragraphs, language) for group in found)


@dataclass(frozen=True, slots=True)
class _Opening:
    """Where a sentence begins, the number of its paragraph, and its first words."""

    start: int
    paragraph: int
    words: str


def _numbered(starts: Sequence[int], paragraphs: Sequence[Span]) -> Iterator[tuple[int, int]]:
    number = -1
    for start in starts:
        while number + 1 < len(paragraphs) and paragraphs[number + 1].start <= start:
            number += 1
        yield start, max(0, number)


def _parallel(openings: Sequence[_Opening], language: Language) -> Iterator[list[_Opening]]:
    """Openings that are the same but for one word, which stands inside them."""
    framed = [(frame, word, one) for one in openings for frame, word in _frames(language, one.words)]
    framed.sort(key=lambda told: (told[0], told[2].start))
    for _, same in groupby(framed, key=lambda told: told[0]):
        by_word = {word: one for _, word, one in reversed(list(same))}  # the first of each
        if len(by_word) > 1:
            yield sorted(by_word.values(), key=lambda one: one.start)


@lru_cache(maxsize=10_000)
def _frames(language: Language, words: str) -> tuple[tuple[str, str], ...]:
    """The frame of an opening and the word left out of it: "from the _ side", "military"; at most one."""
    match = _FRAMED[language].match(words)
    if not match or not telling_stems(language, match["after"]):
        return ()
    before, word, after = (match[name].lower() for name in ("before", "word", "after"))
    return ((f"{' '.join(before.split())} _ {after}", word),)


def _ordinal(openings: Sequence[_Opening], language: Language) -> Iterator[list[_Opening]]:
    """Runs of openings that count; a first one begins a new run."""
    run: list[_Opening] = []
    for one in openings:
        if not _ORDINAL[language].match(one.words):
            continue
        if run and (_BEGINS[language].match(one.words) or one.paragraph - run[-1].paragraph > _NEAR):
            yield from [run] if len(run) > 1 else []
            run = []
        run.append(one)
    yield from [run] if len(run) > 1 else []


def _series(
    group: Sequence[_Opening], openings: Sequence[_Opening], paragraphs: Sequence[Span], language: Language
) -> Series:
    """The list that parallel or counting openings begin, and what goes on from the last of them."""
    every = list(group)
    for one in openings:
        near = 0 <= one.paragraph - every[-1].paragraph <= _NEAR
        if one.start > every[-1].start and near and _ADDS[language].match(one.words):
            every.append(one)
    ends = [one.start for one in every[1:]]
    items = [
        Span(one.start, min(paragraphs[one.paragraph].end, following))
        for one, following in zip(every, [*ends, paragraphs[-1].end], strict=True)
    ]
    return Series(tuple(items), len(group))
