"""Words looked for in one document's texts: in any form that has the same stem, whatever the typography."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from index.document import Language, Span, blocks
from index.lexical import stems
from index.wording import Wording, word_key

_ALIKE = {c: f"{c}{other}" for c, other in zip("abekmhopctyxi", "авекмнорстухі", strict=True)}
_ALIKE |= {"e": "eеё", "и": "ий"}
_ACCENTED = "\u00c0-\u024f"  # Latin letters, some of which are plain ones with an accent
# Possessive throughout: nothing is tried twice, so that no words can make a search slow.
_BETWEEN = "(?:[\u0300-\u036f\u00ad\u200b\u200c\u200d\u2060\ufeff]|[-‐‑][^\\S\\n]*+\\n\\s*+(?=[^\\W\\d_]))"
_UNSEEN = f"{_BETWEEN}*+"
_LETTERS = f"(?:[^\\W_]|{_BETWEEN})*+"


@dataclass(frozen=True, slots=True)
class _Word:
    """A word that is looked for: its key, and its stem, if other words can have the same."""

    key: str
    stem: str | None

    @property
    def pattern(self) -> str:
        """What every word begins with that has the key or the stem, and the rest of that word."""
        alike = zip(self.key, word_key(self.stem) if self.stem else self.key, strict=False)
        letters = (c for c, _ in takewhile(lambda pair: pair[0] == pair[1], alike) if c.isalnum())
        begun = _UNSEEN.join(f"[{_ALIKE.get(c, c)}{_ACCENTED if c.isascii() else ''}]" for c in letters)
        return (begun or r"[^\W_]") + _LETTERS

    def fits(self, language: Language, word: str) -> bool:
        """Whether a word of a text is this one, or a form of it."""
        return word_key(word) == self.key or (self.stem is not None and _stem(language, word) == self.stem)


def finds(language: Language, text: str, sought: str) -> Iterator[Span]:
    """Where the words of `sought` stand in `text` side by side, in order, no two places sharing a word.

    A word is found in every form with its stem; a number, or what has one letter only, just as it is. Nothing is found
    across a blank line. Cost: linear in the text, and then in what is found.
    """
    wanted = Wording.of(sought)
    words = [_Word(key, _stem(language, span.of(sought))) for key, span in zip(wanted.keys, wanted.spans, strict=True)]
    if not words:
        return
    pattern = re.compile(r"(?<![^\W_])" + r"[\W_]++".join(f"({word.pattern})" for word in words), re.IGNORECASE)
    for block in blocks(text):
        at = block.start
        while match := pattern.search(text, at, block.end):
            fits = all(word.fits(language, found) for word, found in zip(words, match.groups(), strict=True))
            if fits:
                yield Span(match.start(), match.end())
            at = match.end() if fits else match.end(1)


@lru_cache(maxsize=50_000)
def _stem(language: Language, word: str) -> str | None:
    """The stem of a word; None if it has none that other words could share."""
    if len(key := word_key(word)) < 2 or not key.replace("\u0306", "").isalpha():
        return None
    found = stems(language, word)
    return found[0] if len(found) == 1 else None
