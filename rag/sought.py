"""Where the words that a question asks with stand in a text, in its own language or in the other."""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache

from index.disagreement import said, stands
from index.document import Language, Span
from index.lexical import telling_stems
from index.names import NameTable, built_in_names
from index.particulars import figures
from rag.question import Question

_KEPT = 400  # texts of one question, mostly sentences; an answer shows some tens
_WORD = re.compile(r"[^\W_]+(?:[\u0300\u0301\u00ad][^\W_]*)*")


def sought(question: Question) -> "Sought":
    """What a question seeks; of the last questions it is kept, with what was found already."""
    return _sought(question.language, question.text)


@lru_cache(maxsize=64)
def _sought(language: Language, text: str) -> "Sought":
    return Sought(language, text)


class Sought:
    """What a question seeks: words that tell something, by their stems; names, numbers and dates, in either language.

    `names` None takes the table that comes with Delo.
    """

    def __init__(self, language: Language, text: str, names: NameTable | None = None) -> None:
        self._language: Language = language
        self._text = text
        self._names = names or built_in_names()
        self._found: dict[tuple[Language, str], tuple[Span, ...]] = {}

    def places(self, language: Language, text: str) -> tuple[Span, ...]:
        """Where they stand in a text in `language`: whole words, in order, none overlapping another."""
        if (language, text) not in self._found:
            found = [*self._words(language, text), *self._named(language, text), *self._figures(language, text)]
            if len(self._found) == _KEPT:
                self._found.clear()
            self._found[language, text] = _joined(found)
        return self._found[language, text]

    @cached_property
    def _stems(self) -> frozenset[str]:
        return frozenset(telling_stems(self._language, self._text))

    @cached_property
    def _keys(self) -> frozenset[str]:
        return frozenset(mention.key for mention in self._names.mentions(self._language, self._text))

    @cached_property
    def _held(self) -> frozenset[str]:
        """The keys of its numbers and dates."""
        return said(figures(self._language, self._text), self._text)

    def _words(self, language: Language, text: str) -> Iterator[Span]:
        if language == self._language:
            for word in _WORD.finditer(text):
                if not self._stems.isdisjoint(_stems_of(language, word[0])):
                    yield Span(*word.span())

    def _named(self, language: Language, text: str) -> Iterator[Span]:
        if self._keys:
            yield from (mention.span for mention in self._names.mentions(language, text) if mention.key in self._keys)

    def _figures(self, language: Language, text: str) -> Iterator[Span]:
        if self._held:
            yield from (one.span for one in figures(language, text) if stands(one, self._held))


@lru_cache(maxsize=50_000)
def _stems_of(language: Language, word: str) -> tuple[str, ...]:
    return tuple(telling_stems(language, word))


def _joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans in order, those that share a code point as one."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start < found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)
