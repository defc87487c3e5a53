"""Figures of a sentence that were exchanged: the one sentence that it is taken from has others in their place.

What stands somewhere near is no help then: "ten of the eight tugs" is wrong where the source has ten of the twelve,
even if it has an eight in the next sentence.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from index.disagreement import said, stands
from index.document import Language
from index.particulars import Particular, figures


def exchanged(
    language: Language, claim: str, source_language: Language, sentence: str
) -> Iterator[tuple[Particular, Particular]]:
    """The figures that `claim` says more often than `sentence`, each with one that this says more often than the claim.

    Only a date stands for a date. Spans are places in the claim, and in the sentence.
    """
    ours, theirs = list(figures(language, claim)), list(figures(source_language, sentence))
    free = _surplus(theirs, ours, claim)
    for one in _surplus(ours, theirs, sentence):
        facing = next((other for other in free if (other.kind == "date") == (one.kind == "date")), None)
        if facing is not None:
            free.remove(facing)
            yield one, facing


def _surplus(ours: Sequence[Particular], theirs: Sequence[Particular], text: str) -> list[Particular]:
    """Of our figures those that the other side, whose words are `text`, has not, or has less often."""
    left = Counter(one.key for one in theirs)
    keys, held = frozenset(left), said(theirs, text)
    found = []
    for one in ours:
        if left[one.key]:
            left[one.key] -= 1
        elif one.key in keys or not stands(one, held):
            found.append(one)
    return found
