"""Citations cut into words, numbers and marks, each word also in a plain form that is the same in either script."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

_TOKEN = re.compile(r"(?P<number>\d+)|(?P<word>[^\W\d_]+(?:['’ʹʼ′`´][^\W\d_]*)*)|(?P<mark>\S)")
_APOSTROPHES = re.compile(r"['’ʹʼ′`´]")
DASHES = frozenset("-‐‑‒–—―−﹣－")
_LATIN_LIKE = dict(zip("АВЕКМНОРСТХУаеорсхукі", "ABEKMHOPCTXYaeopcxyki", strict=True))
_CYRILLIC_LIKE = {latin: cyrillic for cyrillic, latin in _LATIN_LIKE.items() if cyrillic not in "кі"}
_ROMAN = dict(zip("абвгдеёзийклмнопрстуфыэі", "abvgdeeziiklmnoprstufyei", strict=True)) | {
    "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ь": "", "ю": "iu", "я": "ia",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number or a mark of a text, and its place; `glued` if no space stands before it."""

    kind: Literal["word", "number", "mark"]
    text: str
    plain: str
    start: int
    end: int
    glued: bool


def tokens(text: str) -> list[Token]:
    """The tokens of `text`, in order. Cost: linear."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        kind: Literal["word", "number", "mark"] = "word" if match["word"] else "number" if match["number"] else "mark"
        printed = match[0]
        plain = romanised(printed) if kind == "word" else str(printed)
        glued = bool(found) and found[-1].end == match.start()
        found.append(Token(kind, printed, plain, match.start(), match.end(), glued))
    return found


def romanised(words: str) -> str:
    """`words` in small Latin letters without accents or apostrophes; letters of the wrong script are read right."""
    right = righted(words) if not words.isascii() else words
    latin = "".join(_ROMAN.get(c, c) for c in unicodedata.normalize("NFKC", right).lower())
    bare = "".join(c for c in unicodedata.normalize("NFD", latin) if not unicodedata.combining(c))
    return _APOSTROPHES.sub("", bare)


def righted(word: str) -> str:
    """A word of both scripts in the one that all of its letters can belong to; a Latin letter among Cyrillic."""
    cyrillic = {c for c in word if "Ѐ" <= c <= "ӿ"}
    latin = {c for c in word if c.isascii() and c.isalpha()}
    if not cyrillic or not latin:
        return word
    if latin <= _CYRILLIC_LIKE.keys():
        return "".join(_CYRILLIC_LIKE.get(c, c) for c in word)
    return "".join(_LATIN_LIKE.get(c, c) for c in word)


def tidy(text: str) -> str:
    """`text` composed (NFC), its white space single, its unseen characters gone."""
    seen = "".join(c for c in unicodedata.normalize("NFC", text) if c not in "\u00ad\u200b\u200c\u200d\u2060\ufeff")
    return " ".join(seen.split())
