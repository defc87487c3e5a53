"""The numbers of quotations, which run through a whole answer; the same place has the same number."""

from collections.abc import Iterable, Iterator, Sequence

from index.document import Language, Span
from rag.answer import Citation

_Place = tuple[str, Language, Span]


class Numbering:
    """Numbers quotations from 1, in the order in which they come."""

    def __init__(self) -> None:
        self._numbers: dict[_Place, int] = {}

    def of(self, citations: Iterable[Citation]) -> tuple[tuple[int, ...], tuple[tuple[int, Citation], ...]]:
        """The number of each, and, with their numbers, those that had none before."""
        numbers, new = [], []
        for citation in citations:
            place = citation.document.id, citation.language, citation.span
            if place not in self._numbers:
                self._numbers[place] = len(self._numbers) + 1
                new.append((self._numbers[place], citation))
            numbers.append(self._numbers[place])
        return tuple(numbers), tuple(new)

    def copy(self) -> "Numbering":
        """The same so far."""
        other = Numbering()
        other._numbers = dict(self._numbers)
        return other


def pointed(text: str, at: Sequence[int], numbers: Iterable[int]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """`text` in pieces, each with the numbers that stand after it; at its end, if `at` is empty."""
    numbered = list(numbers)
    start = 0
    for place in sorted({*at, len(text)}):
        here = [n for n, own in zip(numbered, at or [len(text)] * len(numbered), strict=True) if own == place]
        yield text[start:place], tuple(dict.fromkeys(here))
        start = place
