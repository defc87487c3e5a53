"""Reads what a language model writes, as it comes: words, pointers at numbered sentences, ends of sentences.

A pointer is `[[3.2]]`, a range `[[3.2-4]]`, a list `[[3.2, 5.1]]`; also what models make of it, as far as only one
thing can be meant: `[3.2]`, `【3.2】`, `[[3.2]`. Everything is read letter by letter, so the pieces that it comes in
make no difference. A pointer is never among the words, nor is half of one.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from index.sentence import sentences
from rag.pointed.unmarked import Unmarked

MOST_RANGE = 12  # sentences that one range may point at; a model that names more has lost count
_OPENING, _CLOSING = "[【［〔", "]】］〕"
_LONGEST = 48  # characters between brackets that may be a pointer
_ITEM = re.compile(r"(?<![\d.])(\d{1,4})\.(\d{1,4})(?:\s*[-–—]\s*(?:(\d{1,4})\.)?(\d{1,4}))?(?![\d.])")
_BETWEEN = re.compile(r"(?:[\s,;&/]|and|и)*")
_FIGURES = re.compile(r"[\d\s.,;:/&-]*")
_NUMBERISH = frozenset(".,;:-–—/ ")
_STOP = re.compile(r"[.!?…]+[»”“\"'’)\]]*$")
_OPENERS = frozenset("«„“\"'‘(—–-")
_LINE_END = frozenset("\n")
_CLOSERS = frozenset(".,;:!?…)»”")
_SEEN = 60  # characters before a stop that tell whether it ends a sentence
_MARKS = 20  # characters that a stop may have, closing marks included

Place = tuple[int, int]  # the number of a document, and of a sentence in it


@dataclass(frozen=True, slots=True)
class Pointer:
    """The sentences pointed at, in the order named; none if it is not one that can be understood."""

    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class End:
    """A sentence ends; `said` is what the model really wrote for it."""

    said: str


Read = str | Pointer | End


class PointerReader:
    """Reads one answer: `feed` it every piece, then `close` it."""

    def __init__(self) -> None:
        self._unmarked = Unmarked()
        self._brackets = _Brackets()
        self._prose = _Prose()

    def feed(self, piece: str) -> Iterator[Read]:
        """What is certain now: words in whatever portions, pointers, ends."""
        for letter in piece:
            self._prose.hears(letter)
            yield from self._read(self._unmarked.feed(letter))

    def close(self) -> Iterator[Read]:
        """The rest, when no more comes; the last sentence ends."""
        yield from self._read(self._unmarked.close())
        for token in self._brackets.close():
            yield from self._prose.feed(token)
        yield from self._prose.close()

    def _read(self, letters: str) -> Iterator[Read]:
        for letter in letters:
            for token in self._brackets.feed(letter):
                yield from self._prose.feed(token)


class _Brackets:
    """Letters -> letters and pointers."""

    def __init__(self) -> None:
        self._opened = 0  # brackets that are open
        self._closing = 0  # more closing brackets of a pointer that may come
        self._inside = ""
        self._lost = False  # in the figures of a bracket that never closed

    def feed(self, letter: str) -> Iterator[str | Pointer]:
        if letter in _CLOSING and (self._closing or self._lost) and not self._opened:
            self._closing, self._lost = 1 if self._lost else self._closing - 1, False
            return
        self._closing = 0
        if self._lost and (letter.isdigit() or letter in _NUMBERISH):
            return
        self._lost = False
        if letter in _OPENING:
            yield from self._open()
        elif not self._opened:
            yield letter
        elif letter in _CLOSING:
            yield from self._close()
        elif letter == "\n" or len(self._inside) >= _LONGEST:
            yield from self._give_up()
            if not (self._lost and (letter.isdigit() or letter in _NUMBERISH)):
                yield letter
        else:
            self._inside += letter

    def close(self) -> Iterator[str | Pointer]:
        if self._opened:
            yield from self._give_up()

    def _open(self) -> Iterator[str | Pointer]:
        if self._opened and self._inside.strip():
            yield from self._give_up()
        self._opened, self._lost = self._opened + 1, False

    def _close(self) -> Iterator[str | Pointer]:
        inside, opened = self._taken()
        self._closing = opened if opened == 1 else opened - 1  # `[3.2]]` is met as well
        if places := _whole(inside):
            yield Pointer(places)
        elif opened == 1 and not _FIGURES.fullmatch(inside):
            yield from f"[{inside}]"
            self._closing = 0
        elif opened == 1 and inside.strip().isdigit() and len(inside.strip()) > 3:
            yield from inside  # a year in brackets
        else:
            yield Pointer(())

    def _give_up(self) -> Iterator[str | Pointer]:
        """The bracket does not close: what it begins with may be a pointer all the same, the rest is words."""
        inside, opened = self._taken()
        found = _ITEM.match(inside) if opened > 1 else None
        if found and inside[found.end() :].strip():
            yield Pointer(tuple(_places(found)))
            inside = inside[found.end() :]
        if _FIGURES.fullmatch(inside):
            self._lost = True
            yield Pointer(())
        else:
            yield from inside

    def _taken(self) -> tuple[str, int]:
        inside, opened = self._inside, self._opened
        self._inside, self._opened = "", 0
        return unicodedata.normalize("NFKC", inside), opened


def _whole(inside: str) -> tuple[Place, ...]:
    """What a bracket points at, if it holds nothing but pointers."""
    at, found = 0, list[Place]()
    for item in _ITEM.finditer(inside):
        if not _BETWEEN.fullmatch(inside, at, item.start()):
            return ()
        found += _places(item)
        at = item.end()
    return tuple(dict.fromkeys(found)) if _BETWEEN.fullmatch(inside, at) else ()


def _places(item: re.Match[str]) -> Iterator[Place]:
    document, first = int(item[1]), int(item[2])
    last = int(item[4]) if item[4] else first
    if (item[3] is None or int(item[3]) == document) and first <= last < first + MOST_RANGE:
        yield from ((document, number) for number in range(first, last + 1))


class _Prose:
    """Letters and pointers -> words with single spaces, pointers, and the ends of sentences."""

    def __init__(self) -> None:
        self._text = ""  # of the sentence under way
        self._gap = ""  # white space, and what may open the next sentence, not given out yet
        self._first: int | None = None  # where the first pointer of the sentence stands
        self._pointed = False  # a pointer came since the last letter
        self._raw, self._told = "", 0  # what was really written, and how much of it belongs to the sentence

    def hears(self, letter: str) -> None:
        """A letter is written; it is read in a moment."""
        self._raw += letter

    def feed(self, token: str | Pointer) -> Iterator[Read]:
        if isinstance(token, Pointer):
            yield from self._points(token)
        elif token.isspace():
            new = "\n" if token in _LINE_END and self._gap.count("\n") < 2 else " "
            self._gap += new if new == "\n" or not self._gap else ""
        elif self._gap and token in _OPENERS and _STOP.search(self._text[-_MARKS:]):
            self._gap += token
        elif token.isprintable():
            yield from self._letter(token)

    def close(self) -> Iterator[Read]:
        if opened := self._gap.strip():
            yield from self._given(opened)
        if self._text or self._first is not None:
            self._told = len(self._raw)
            yield self._end()

    def _points(self, pointer: Pointer) -> Iterator[Read]:
        complete = bool(self._gap.strip(" ")) or (self._first == 0 and bool(self._gap))
        if self._text and self._first is not None and complete and self._ends("X"):
            yield self._end()
        self._first = len(self._text) if self._first is None else self._first
        self._pointed, self._told = True, len(self._raw)
        yield pointer

    def _letter(self, letter: str) -> Iterator[Read]:
        if self._text and self._ends(letter):
            opened = self._gap.strip()
            yield self._end()
            letter = opened + letter
        yield from self._given(letter)

    def _given(self, letters: str) -> Iterator[Read]:
        """More words of the sentence, with the space before them."""
        opened = self._gap.strip() if letters != self._gap.strip() else ""
        space = self._text and self._spaced(letters[0])
        words = (" " if space else "") + opened + letters
        self._gap, self._pointed = "", False
        self._text += words
        self._told = len(self._raw)
        yield words

    def _spaced(self, letter: str) -> bool:
        if self._gap:
            return not (self._pointed and letter in _CLOSERS)
        before = self._text[-1]
        joined = before.islower() and letter.isupper()
        return self._pointed and letter.isalnum() and (joined or before in _CLOSERS)

    def _ends(self, letter: str) -> bool:
        """Whether the sentence has ended, now that `letter` follows; a lead-in goes on after its colon."""
        if self._text[-1] in ":," or not (self._gap or self._pointed):
            return False
        if (lines := self._gap.count("\n")) and (lines > 1 or not letter.islower()):
            return any(c.isalnum() for c in self._text)
        if not _STOP.search(self._text[-_MARKS:]):
            return False
        before = self._text[-_SEEN:]
        return any(span.start > len(before) for span in sentences(f"{before} {self._gap.strip()}{letter}"))

    def _end(self) -> End:
        rest = self._raw[self._told :]
        self._told += len(rest) - len(rest.lstrip(_CLOSING))
        said, self._raw = self._raw[: self._told], self._raw[self._told :]
        self._text, self._gap, self._first, self._pointed, self._told = "", "", None, False, 0
        return End(said.strip())
