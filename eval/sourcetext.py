"""A source made ready to be looked into: its sentences, the stems in them, its figures and names.

What is made of a text is remembered, so that many sentences can be held against it.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property, lru_cache
from itertools import pairwise

from eval.longtext import LongText
from eval.tongue import Tongue, tongue
from index.disagreement import said
from index.document import Language, Span, stripped
from index.fold import folded_text
from index.lexical import telling_stems
from index.particulars import figures
from index.sentence import sentences
from index.spelling import name_keys

LONG = 60_000  # characters; of a longer source only the stretches are read closely in which a sentence may stand
_SENTENCE = 600  # characters; a longer stretch without a full stop is cut at a space
_KEPT, _KEPT_LONG = 256, 4  # texts remembered
_MARK = "zqzq"  # a word that no text has, to part sentences
_BLANK_LINE = re.compile(r"\n\s*\n")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SHORT = re.compile(r"(?<![\w.,])(\d+(?:[.,]\d+)*) ?(?:-\s?)?([kK]|bn|[mM]n|[mM]|[bB])\b")
_TIMES = {"k": "thousand", "m": "million", "mn": "million", "b": "billion", "bn": "billion"}


class SourceText:
    """A text in Russian or English; `language` None, with the `reason`, if it is in neither.

    `whole`: whether it is all of a source, not a stretch of one.
    """

    def __init__(self, text: str, language: Language | None = None) -> None:
        self.text = text
        self.whole = language is None
        told = tongue(text) if language is None else Tongue(language)
        self.language, self.reason = told.language, told.reason

    @cached_property
    def sentences(self) -> list[Span]:
        """The sentences, long ones cut."""
        whole: list[Span] = []
        at = 0
        for gap in [*_BLANK_LINE.finditer(self.text), None]:
            whole += sentences(self.text, Span(at, gap.start() if gap else len(self.text)))
            at = gap.end() if gap else at
        return [part for span in whole for part in _cut(self.text, span)]

    @cached_property
    def stems(self) -> list[list[str]]:
        """The stems of the telling words of each sentence."""
        if self.language is None:
            return [[] for _ in self.sentences]
        joined = f" {_MARK} ".join(span.of(self.text) for span in self.sentences)
        found: list[list[str]] = [[]]
        for stem in telling_stems(self.language, joined):
            if stem == _MARK:
                found.append([])
            else:
                found[-1].append(stem)
        return found

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """For each stem the sentences that have it, in order."""
        found: dict[str, list[int]] = defaultdict(list)
        for n, words in enumerate(self.stems):
            for stem in dict.fromkeys(words):
                found[stem].append(n)
        return dict(found)

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """The stems that follow each other."""
        words = [stem for sentence in self.stems for stem in sentence]
        return frozenset(pairwise(words))

    @cached_property
    def folded(self) -> str:
        """The text without its typography."""
        return folded_text(self.text)

    @cached_property
    def folded_sentences(self) -> frozenset[str]:
        """The sentences without their typography and end marks."""
        return frozenset(bare(span.of(self.text)) for span in self.sentences)

    def by_stems(self, stems: Sequence[str]) -> list[tuple[int, "SourceText"]]:
        """Where a sentence with these `stems` may stand: itself, or if it is long its stretches and their places."""
        return self._stretches(self._long.by_stems(stems)) if self._long else [(0, self)]

    def by_clues(self, claim: str) -> list[tuple[int, "SourceText"]]:
        """The same for a sentence in the other language."""
        return self._stretches(self._long.by_clues(claim)) if self._long else [(0, self)]

    def _stretches(self, spans: Sequence[Span]) -> list[tuple[int, "SourceText"]]:
        return [(span.start, _stretch(span.of(self.text), self.language)) for span in spans]

    @cached_property
    def _long(self) -> LongText | None:
        return LongText(self.text, self.language) if self.language and len(self.text) > LONG else None

    @cached_property
    def figures(self) -> frozenset[str]:
        """The keys of its numbers and dates."""
        return frozenset().union(*(_figures(language, self.text) for language in (self.language,) if language))

    @cached_property
    def names(self) -> frozenset[str]:
        """The keys of all its words, under which a name of either script can be found."""
        parts = set(_WORD.findall(self.text))
        return frozenset[str]().union(*map(name_keys, parts)) if parts else frozenset()


def bare(words: str) -> str:
    """Words without typography, outer marks and white space."""
    return folded_text(words).strip(" .!?…\"'")


def _figures(language: Language, text: str) -> frozenset[str]:
    """The keys of the numbers and dates of a text, "100k" read as a hundred thousand too."""
    plain = said(figures(language, text), text)
    if not (short := _SHORT.findall(text)):
        return plain
    spelt = "; ".join(f"{number} {_TIMES[unit.lower()]}" for number, unit in short)
    return plain | said(figures("en", spelt), spelt)


def _cut(text: str, span: Span) -> list[Span]:
    """A sentence, in pieces if it is very long."""
    found = []
    while span.end - span.start > _SENTENCE:
        at = text.rfind(" ", span.start + 1, span.start + _SENTENCE)
        at = at if at > span.start else span.start + _SENTENCE
        found.append(stripped(text, Span(span.start, at)))
        span = Span(at, span.end)
    return [one for one in [*found, stripped(text, span)] if one.start < one.end]


@lru_cache(maxsize=_KEPT)
def _stretch(text: str, language: Language | None) -> SourceText:
    return SourceText(text, language)


@lru_cache(maxsize=_KEPT)
def _ready(text: str) -> SourceText:
    return SourceText(text)


@lru_cache(maxsize=_KEPT_LONG)
def _ready_long(text: str) -> SourceText:
    return SourceText(text)


def source_text(text: str) -> SourceText:
    """The text made ready; the same one for the same text while it is remembered."""
    return _ready(text) if len(text) <= LONG else _ready_long(text)
