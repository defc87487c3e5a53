"""Words in pieces of four letters that are the same in either script: Сталинграда and Stalingrad share most of them.

So inflected and compounded words are known again, and names and loan words across the two languages.
"""

import re
from functools import lru_cache

from index.tokens import romanised

LETTERS = 4  # of a piece; an end of the word counts as one
_WORD = re.compile(r"[^\W\d_]{2,}")
_SAME_SOUND = (("kh", "h"), ("ks", "x"), ("ph", "f"), ("ck", "k"))


@lru_cache(maxsize=20_000)
def pieces(text: str) -> frozenset[str]:
    """The pieces of the words of `text`; a shorter word is a piece itself. The last 20,000 texts are kept."""
    return frozenset(piece for word in _WORD.findall(text) for piece in _pieces(word))


@lru_cache(maxsize=50_000)
def _pieces(word: str) -> tuple[str, ...]:
    plain = romanised(word)
    for spelt, sound in _SAME_SOUND:
        plain = plain.replace(spelt, sound)
    marked = f"^{plain}$"
    return tuple(marked[at : at + LETTERS] for at in range(max(1, len(marked) - LETTERS + 1)))
