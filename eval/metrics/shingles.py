"""All stretches of 25 characters in some texts, so that it can be told which of another text stand in them.

Kept as one 64-bit number each, 8 bytes a character of the texts. Two different stretches share a number with a chance
of 2**-43 at the most, for code points have 21 bits: among 40 million stretches, one that does not stand there is taken
for one that does once in some 200,000 times.
"""

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from index.fold import folded_text

SIZE = 25  # characters; Weller et al. 2023
_SEED = 25  # of the multipliers; any will do
_FACTORS = np.random.default_rng(_SEED).integers(0, 2**63, SIZE, dtype=np.uint64) * np.uint64(2) + np.uint64(1)


class Shingles:
    """The stretches of `SIZE` characters that stand in `texts`, folded."""

    def __init__(self, texts: Iterable[str]) -> None:
        held = [_numbers(folded_text(text)) for text in texts]
        self._numbers = np.unique(np.concatenate(held)) if held else np.empty(0, np.uint64)

    def __len__(self) -> int:
        """How many different stretches there are."""
        return len(self._numbers)

    def holds(self, text: str) -> tuple[int, int]:
        """How many of the stretches of `text` stand in the texts, and how many it has."""
        asked = _numbers(folded_text(text))
        if not len(self._numbers):
            return 0, len(asked)
        at = np.searchsorted(self._numbers, asked).clip(max=len(self._numbers) - 1)
        return int((self._numbers[at] == asked).sum()), len(asked)


def _numbers(text: str) -> NDArray[np.uint64]:
    """A number for each stretch of the text, in order."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    count = len(points) - SIZE + 1
    if count <= 0:
        return np.empty(0, np.uint64)
    return np.asarray(sum(_parts(points, count)), np.uint64)


def _parts(points: NDArray[np.uint64], count: int) -> Iterator[NDArray[np.uint64]]:
    for n, factor in enumerate(_FACTORS):
        yield points[n : n + count] * factor
