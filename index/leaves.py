"""Leaves of a file: `30-32`, `2-2ob`, `474–82`, `0141`; read, written plainly, and compared.

A leaf has two sides, so each is a place on a line of sides: leaf 2 is 4, its verso 5. `2-4` runs from the face of
leaf 2 to the face of leaf 4.
"""

import re
from collections.abc import Sequence
from typing import Literal

from index.labels import label_at
from index.tokens import DASHES, Token, romanised

Leaves = tuple[tuple[str, str], ...]  # (first, last) pairs, a single leaf twice
Relation = Literal["exact", "leaf_in_range", "overlap", "same_file"]

VERSO = frozenset({"ob", "obor", "oborot", "rev", "verso", "v", "zv"})
_LEAF = re.compile(
    r"(?P<number>\d+)(?P<letter>[^\W\d_])?(?P<verso>v|\W*(?:об|ob|obor|oborot|rev|verso|зв|zv)\W*)?", re.IGNORECASE
)
_LETTERS = 64  # places kept between two leaves for those inserted later: 5a, 5b ...


def plain_leaf(printed: str) -> str:
    """A leaf without padding, `v` for its verso: `0141` is `141`, `2 об.` is `2v`; unchanged if it is no leaf."""
    leaf = _parts(printed)
    return leaf[0] + leaf[1] + ("v" if leaf[2] else "") if leaf else printed


def _parts(printed: str) -> tuple[str, str, bool] | None:
    """Number, letter and whether it is the verso. The Latin v is the verso's, the Cyrillic в a letter."""
    match = _LEAF.fullmatch(printed.strip())
    if match is None:
        return None
    letter, verso = match["letter"] or "", match["verso"]
    if letter in ("v", "V") and not verso:
        letter, verso = "", "v"
    return match["number"].lstrip("0") or "0", letter, bool(verso)


def plain_leaves(leaves: Leaves) -> Leaves:
    """The leaves written plainly, shortened ends in full: ("474", "82") is ("474", "482")."""
    return tuple(_plain_range(first, last) for first, last in leaves)


def _plain_range(first: str, last: str) -> tuple[str, str]:
    one, two = _parts(first), _parts(last)
    if one is None or two is None:
        return plain_leaf(first), plain_leaf(last)
    start, end = one[0], two[0]
    printed = re.match(r"\d*", last.strip())[0]  # type: ignore[index]  # it always matches
    if _less(end, start) and len(printed) < len(start):
        end = start[: -len(printed)] + printed  # 104-9 is 104-109, 106-07 is 106-107
    return plain_leaf(first), end + two[1] + ("v" if two[2] else "")


def _less(one: str, two: str) -> bool:
    """Whether a number without leading zeros is less than another, however long they are."""
    return (len(one), one) < (len(two), two)


def runs_backwards(pair: tuple[str, str]) -> bool:
    """Whether a range ends before it begins, even with a shortened end written out."""
    first, last = _plain_range(*pair)
    return _place(first) > _place(last)


def _place(leaf: str) -> int:
    """The place of a plain leaf on the line of sides."""
    parts = _parts(leaf)
    if parts is None:
        return -1
    number, letter, verso = parts
    inserted = 2 * (ord(romanised(letter)[:1] or "a") - ord("a") + 1) if letter else 0
    return int(number[:12]) * _LETTERS + inserted + verso


def _intervals(leaves: Leaves) -> list[tuple[int, int]]:
    """The stretches of sides that the leaves cover, in order, those that follow one another joined."""
    joined: list[tuple[int, int]] = []
    for first, last in sorted((_place(a), _place(b)) for a, b in plain_leaves(leaves)):
        end = joined[-1][1] if joined else -_LETTERS
        both_faces = first % _LETTERS == 0 == end % _LETTERS  # 11 and 12 are 11-12
        if joined and first <= end + (_LETTERS if both_faces else 1):
            joined[-1] = (joined[-1][0], max(last, end))
        else:
            joined.append((first, last))
    return joined


def relation(asked: Leaves, held: Leaves) -> Relation:
    """How the leaves asked for lie to those that a reference to the same file gives."""
    if not asked or not held:
        return "exact" if not asked and not held else "same_file"
    wanted, given = _intervals(asked), _intervals(held)
    if wanted == given:
        return "exact"
    if all(any(a <= first and last <= b for a, b in given) for first, last in wanted):
        return "leaf_in_range"
    if any(first <= b and a <= last for first, last in wanted for a, b in given):
        return "overlap"
    return "same_file"


def count(leaves: Leaves) -> int:
    """How many leaves these are; one of which both sides are named counts once."""
    return _count(_intervals(leaves))


def shared(one: Leaves, two: Leaves) -> int:
    """How many leaves two lists have in common; a leaf and its verso alone have none."""
    both = [(max(a, c), min(b, d)) for a, b in _intervals(one) for c, d in _intervals(two)]
    return _count([(first, last) for first, last in both if first <= last])


def _count(intervals: Sequence[tuple[int, int]]) -> int:
    numbers = sorted((first // _LETTERS, last // _LETTERS) for first, last in intervals)
    total, end = 0, -1
    for first, last in numbers:
        total += max(0, last - max(first, end + 1) + 1)
        end = max(end, last)
    return total


def read_leaves(text: Sequence[Token], at: int, source: str) -> tuple[Leaves, int]:
    """The leaves printed at token `at`, such as `30-32, 35 об.`, and the first token after them."""
    found: list[tuple[str, str]] = []
    here = at
    while True:
        ends, after = _range(text, here, source)
        if ends is None or (found and not _goes_on(text, after)):
            break
        found.append(ends)
        at = after
        if _word(text, at) in ("i", "and") and _word(text, at + 1) in VERSO:  # "л. 5 и об.": both sides
            found[-1] = (ends[0], f"{ends[1]}v")
            at = _past_dot(text, at + 2)
        if not (_mark(text, at) in (",", "&") or _word(text, at) in ("and", "i", "und")):
            break
        here = at + 1 + (_mark(text, at) == "," and _word(text, at + 1) in ("and", "i", "und"))
    return tuple(found), at


def _range(text: Sequence[Token], at: int, source: str) -> tuple[tuple[str, str] | None, int]:
    first, at = _leaf(text, at, source)
    if first is None:
        return None, at
    if _mark(text, at) in DASHES:
        last, after = _leaf(text, at + 1, source)
        if last is not None:
            return (first, last), after
    return (first, first), at


def _leaf(text: Sequence[Token], at: int, source: str) -> tuple[str | None, int]:
    """One leaf as printed, without brackets, and the token after it."""
    opened = _mark(text, at) == "["
    at += opened
    if at >= len(text) or text[at].kind != "number":
        return None, at
    start = at
    at += 1
    if at < len(text) and text[at].kind == "word" and text[at].glued and _is_suffix(text[at].plain):
        at += 1
    at = _verso(text, at)
    printed = source[text[start].start : text[at - 1].end].rstrip(" .")
    return printed, at + (opened and _mark(text, at) == "]")


def _is_suffix(plain: str) -> bool:
    return plain in VERSO or len(plain) == 1 or (len(plain) == 3 and plain[1:] == "ob")


def _verso(text: Sequence[Token], at: int) -> int:
    """The token after a mark of the verso that stands at `at`, or `at`."""
    here = at + (_mark(text, at) in DASHES or _mark(text, at) == "(")
    word = _word(text, here)
    if word in VERSO and (word != "v" or text[here].glued):
        closed = _past_dot(text, here + 1)
        return closed + (_mark(text, at) == "(" and _mark(text, closed) == ")")
    return _past_dot(text, at) if at and _word(text, at - 1) in VERSO else at


def _past_dot(text: Sequence[Token], at: int) -> int:
    return at + (_mark(text, at) == "." and text[at].glued)


def _goes_on(text: Sequence[Token], after: int) -> bool:
    """Whether a further number is a leaf: no word that makes it something else follows, such as a month."""
    if _is_label(text, after + (_mark(text, after) == ".")):
        return True
    if after < len(text) and text[after].kind != "mark":
        return _word(text, after) in ("and", "i", "und")
    if _mark(text, after) == "." and _word(text, after + 1):
        return not text[after + 1].text.islower()  # "4. doboz"
    return _mark(text, after) not in "/:"


def _is_label(text: Sequence[Token], at: int) -> bool:
    """Whether a label with its number stands at `at`."""
    name, behind = label_at(text, at)
    behind += _mark(text, behind) == "."
    behind += _mark(text, behind) in "№#"
    behind += _mark(text, behind) == "["
    return bool(name) and behind < len(text) and text[behind].kind == "number"


def _mark(text: Sequence[Token], at: int) -> str:
    return text[at].text if at < len(text) and text[at].kind == "mark" else " "


def _word(text: Sequence[Token], at: int) -> str:
    return text[at].plain if at < len(text) and text[at].kind == "word" else ""
