"""Whether a sentence denies what it repeats, or affirms what that denies."""

import re
from collections.abc import Iterable

from index.document import Language
from index.lexical import telling_stems
from index.negation import NOT, negations

_ALIKE = (
    0.75  # of the telling words of each of two sentences that stand in the other, for one to be a copy of the other
)
_PARTS = re.compile(  # of a sentence, each of which denies or affirms by itself
    r"[,;:()—–]|\s+(?:but|and|that|because|since|until|although|которы\w+|что|и|но|а|однако|хотя|поскольку)\s+",
    re.IGNORECASE,
)


def contradicts(language: Language, text: str, cited: Iterable[tuple[Language, str]]) -> bool:
    """Whether `text` denies what it nearly repeats of `cited`, or the other way round.

    It may repeat a whole sentence, or a part of one between two marks.
    """
    own = [words for x, words in cited if x == language]
    alike = [words for words in own if nearly(language, text, words)]
    alike = alike or [part for words in own for part in _PARTS.split(words) if nearly(language, text, part)]
    return bool(alike) and all(_denies(language, text) != _denies(language, words) for words in alike)


def nearly(language: Language, one: str, two: str) -> bool:
    """Whether two sentences of one language say nearly the same in nearly the same words."""
    ours, theirs = set(telling_stems(language, one)), set(telling_stems(language, two))
    shared = len(ours & theirs)
    return bool(shared) and shared >= _ALIKE * len(ours) and shared >= _ALIKE * len(theirs)


def _denies(language: Language, text: str) -> int:
    """1 if `text` denies an odd number of times, else 0."""
    return sum(key == NOT or key.startswith("un-") for _, key in negations(language, text)) % 2
