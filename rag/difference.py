"""What differs between a quotation and the words that stand in a document, word by word."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import partial_ratio_alignment

from index.document import Language, Span
from index.particulars import particulars
from index.wording import Wording, same_print

Mark = Literal["number", "date", "name", "negation", "punctuation"]


@dataclass(frozen=True, slots=True)
class Difference:
    """Words of a quotation, and what stands in their place; either may be "".

    `marks` names what weighs in it: a number, a date, a name or a negation changed; or only punctuation did.
    """

    quoted: str
    stands: str
    marks: tuple[Mark, ...]


def nearest(sought: Sequence[str], held: Sequence[str]) -> tuple[int, int, int]:
    """How many words must change to turn `sought` into the stretch of `held` nearest to it, and that stretch.

    Returns: the edits, and the first and one past the last word of the stretch; of equals the shortest, earliest.
    Cost: one pass over `held` for each word of `sought`.
    Source: Sellers, Journal of Algorithms 1 (1980), row by row.
    """
    size = len(held) + 1
    places = np.arange(size, dtype=np.int64)
    numbers = {word: n for n, word in enumerate(dict.fromkeys(held))}
    words = np.array([numbers[word] for word in held], dtype=np.int64)
    best = size - 1 - places  # edits * size + how far the start is from the end of `held`
    for word in sought:
        kept = best[:-1] + size * (words != numbers.get(word, -1))
        row = np.minimum(best + size, np.concatenate((best[:1] + size, kept)))
        best = np.minimum.accumulate(row - places * size) + places * size
    end = int(np.argmin(best // size))
    edits, left = divmod(int(best[end]), size)
    return edits, size - 1 - left, end


def likeness(sought: Wording, held: Wording) -> float:
    """1 if the words are the same, less the more of them differ; a word misprinted counts by its letters. 0 to 1."""
    cost = sum(
        max(b - a, d - c) * Levenshtein.normalized_distance("".join(sought.keys[a:b]), "".join(held.keys[c:d]))
        for a, b, c, d in _changes(sought, held)
    )
    return max(0.0, 1 - cost / max(1, len(sought.keys)))


def aligned(sought: str, held: str) -> tuple[float, int, int]:
    """How like `sought` the stretch of `held` is that is most like it, 0 to 1, and where that begins and ends.

    Letters inserted and deleted count, as in rapidfuzz's `partial_ratio_alignment`; if `held` is the shorter, the whole
    of it is compared.
    """
    if not sought or not held:
        return 0.0, 0, 0
    if len(held) <= len(sought):
        found = partial_ratio_alignment(held, sought)
        return (found.score * len(held) / len(sought) / 100, 0, len(held)) if found else (0.0, 0, 0)
    found = partial_ratio_alignment(sought, held)
    return (found.score / 100, found.dest_start, found.dest_end) if found else (0.0, 0, 0)


def differences(language: Language, sought: Wording, held: Wording) -> Iterator[Difference]:
    """Each stretch in which the words of a quotation and those that stand there differ, in order.

    Where all words agree, the punctuation between them may not: that is one difference over the whole.
    """
    changes = list(_changes(sought, held))
    weighty = [[(p.kind, p.span) for p in particulars(language, side.text)] for side in (sought, held)]
    for a, b, c, d in changes:
        spans = [side.span(x, y) if x < y else None for side, x, y in ((sought, a, b), (held, c, d))]
        marks = {
            kind for found, span in zip(weighty, spans, strict=True) for kind, at in found if span and at.meets(span)
        }
        yield Difference(_shown(sought, spans[0]), _shown(held, spans[1]), tuple(sorted(marks)))
    if not changes and not same_print(sought.text, held.text):
        yield Difference(sought.text, held.text, ("punctuation",))


def _shown(side: Wording, span: Span | None) -> str:
    return span.of(side.text) if span else ""


def _changes(sought: Wording, held: Wording) -> Iterator[tuple[int, int, int, int]]:
    """Stretches of words that differ, of either side, and not only in where they are parted."""
    a = c = 0
    for same in Levenshtein.opcodes(sought.keys, held.keys):
        if same.tag == "equal":
            yield from _unlike(sought, held, a, same.src_start, c, same.dest_start)
            a, c = same.src_end, same.dest_end
    yield from _unlike(sought, held, a, len(sought.keys), c, len(held.keys))


def _unlike(sought: Wording, held: Wording, a: int, b: int, c: int, d: int) -> Iterator[tuple[int, int, int, int]]:
    if "".join(sought.keys[a:b]) != "".join(held.keys[c:d]):
        yield a, b, c, d
