"""Quotations in running text: what stands between quotation marks of whatever style, and in block quotes.

A quotation has at least four words, or two words and 20 characters; less is a name, a title or a word held at arm's
length. Quotations within a quotation belong to it.
"""

import re
from collections.abc import Iterator

from eval.answers import Quoted
from index.document import Span, stripped

LEAST_WORDS = 4
LEAST_CHARS = 20
_CLOSERS = {"“": "”“", "„": "“”", "«": "»", "‟": "”", "‹": "›", "‘": "’", "'": "'"}
_ANY = re.compile(f'["{"".join({*_CLOSERS, *"".join(_CLOSERS.values())})}]')
_OPENING = re.compile(r"(?:^|[\s(\[{—–\-/«„“:])$")
_BLOCK = re.compile(r"^[^\S\n]*>[^\S\n]?", re.MULTILINE)
_LETTER = re.compile(r"\w")
_MOST_NESTED = 40  # marks open at once; text with more is no prose


def marked(text: str) -> list[Span]:
    """The places of all that stands between quotation marks, those within others left out; the marks are not in it."""
    found: list[Span] = []
    opened: list[tuple[int, str]] = []  # place, and the marks that close it
    for match in _ANY.finditer(text):
        at, mark = match.start(), match[0]
        if opened and mark in opened[-1][1] and _may_close(text, at, mark):
            start, _ = opened.pop()
            found.append(Span(start + 1, at))
        elif closes := _opens(text, at, mark):
            opened = [*opened[-_MOST_NESTED:], (at, closes)]
        elif (n := _outer(opened, mark)) is not None:
            found.append(Span(opened[n][0] + 1, at))
            opened = opened[:n]
    return _outermost(found)


def _opens(text: str, at: int, mark: str) -> str:
    """The marks that would close a quotation opened at this place; "" if none is opened."""
    before = _OPENING.search(text, max(0, at - 1), at) is not None
    if mark == "'":
        return "'" if before and text[at + 1 : at + 2].isalpha() else ""
    if mark == '"':
        return '"' if before else ""
    if mark == "‘":
        return "’" if before else ""
    return _CLOSERS.get(mark, "")


def _may_close(text: str, at: int, mark: str) -> bool:
    """Whether a mark that can close a quotation does: an apostrophe, and a mark that opens another, do not."""
    after = text[at + 1 : at + 2]
    if mark in "’'":
        return not _LETTER.match(after)
    if mark in '“"':
        return not (_LETTER.match(after) and _OPENING.search(text, max(0, at - 1), at))
    return True


def _outer(opened: list[tuple[int, str]], mark: str) -> int | None:
    """Which of the quotations still open a mark closes, where those within it were never closed."""
    if mark not in "»”›":
        return None
    return next((n for n in range(len(opened) - 1, -1, -1) if mark in opened[n][1]), None)


def _outermost(spans: list[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def is_quotation(words: str) -> bool:
    """Whether words between quotation marks are long enough to be a quotation."""
    count = len(re.findall(r"\w+(?:[-'’]\w+)*", words))
    return count >= LEAST_WORDS or (count > 1 and len(words.strip()) >= LEAST_CHARS)


def quotations(text: str) -> Iterator[Quoted]:
    """The quotations in a sentence, in order; one that a block quote gives is in its place, without its marks."""
    if block := _BLOCK.search(text):
        head = Span(0, block.start())
        yield from _between_marks(text, head)
        body = stripped(text, Span(block.end(), len(text)))
        words = _BLOCK.sub("", body.of(text))
        inner = words.strip('"“”„«» \n')
        if is_quotation(inner):
            yield Quoted(words=inner, span=body)
        return
    yield from _between_marks(text, Span(0, len(text)))


def _between_marks(text: str, within: Span) -> Iterator[Quoted]:
    for span in marked(within.of(text)):
        words = span.of(text)
        if is_quotation(words):
            yield Quoted(words=words, span=span)
