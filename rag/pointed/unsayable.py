"""What may stand in a quotation and nowhere else: addresses, code words, markup, references, words with hidden letters.

A language model has no business writing any of them. Who reads what it wrote sees "…" in their place.
"""

import re
from collections.abc import Iterable

from index.document import Document, Span

GAP = "…"
_ADDRESS = (
    r"\S*://\S*|(?<![a-z0-9])[a-z][a-z0-9+.-]{1,9}:(?:[^\s\w]|(?=\S*[/?=])\S)\S*"
    r"|(?<![a-z0-9])www\.\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?<![a-z0-9])(?:javascript|data|mailto|file|vbscript):\S*"
    r"|(?<![a-z0-9.-])[a-z0-9][a-z0-9-]+(?:\.[a-z0-9-]{2,})*\.[a-z]{2,12}(?![\w.]*\d)\b(?:[/:?#]\S*)?"
    r"|\b\d{1,3}(?:\.\d{1,3}){3}\b"
    r"|(?<![\w.-])[\w-]+(?:\.[\w-]+)*\.(?:рф|рус|ком|орг|онлайн|сайт)\b"
)
_ENDS = "com|net|org|info|ru|рф|ру|ком|орг|нет"  # of addresses, as they are dictated
_DICTATED = (
    rf"\b(?:dot|точка)\s+(?:{_ENDS})\b|(?<!\S)\.\s?(?:{_ENDS})\b|\S*[\[({{]\s?(?:dot|at|точка|собака|\.|@)\s?[\])}}]\S*"
    r"|\bslash\s+slash\b|\bhxxps?\b|(?<!\S)\S(?:\s\S){5,}(?!\S)|\S*[^\W_][。․．][^\W_]\S*"
)
_MIXED = r"\w*(?:[a-z][а-яё]|[а-яё][a-z])\w*"  # letters of two scripts that pass for one word
_MARKUP = r"\S*\]\(\S*|</?[a-z!][^<>]*>?|&(?:#\w+|[a-z]{2,8});|<\|[^<>]*\|?>?|\{\{|\}\}|\bon[a-z]{3,12}\s?="
_INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\U000e0000-\U000e007f"
_HIDDEN = rf"[\w-]*[{_INVISIBLE}][\w{_INVISIBLE}-]*"  # words that are not what they look like
_LABEL = r"f|ff|op|d|l|ll|ф|оп|д|л|лл|п"
_LABEL_WORD = r"fond|opis['’]?|papka|delo|folder|фонд\w{0,2}|опис[ьи]|папк[аие]|ед\.\s?хр"
_REFERENCE = (
    rf"(?<![\w.])(?:(?:{_LABEL})\.\s?(?:№\s?)?\d[\w/-]*|(?:{_LABEL_WORD})\.?\s?(?:№|no\.?)?\s?\d[\w/-]*)"
    rf"|(?<![\w.])(?:{_LABEL})\s\d+,\s(?:{_LABEL})\.?\s\d+"
)
_CODE = r"(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[^\W\d_])[\w-]+(?![\w-])"
_SPACED_CODE = r"\b[^\W\d_]{3,}[ _](?!1\d{3}\b|20\d\d\b)\d{4,}\b"
_UNSAYABLE = tuple(
    re.compile(one, re.IGNORECASE) for one in (_ADDRESS, _DICTATED, _MARKUP, _REFERENCE, _HIDDEN, _MIXED)
)
_CODE_LIKE = re.compile(_CODE)
_SPACED = re.compile(_SPACED_CODE)
_PLAIN = re.compile(  # letters and figures together that are no code: 1950s, 12th, 5-го, 20-ton, T-34, MiG-15bis, Р-5
    r"\d+(?:[.,-]\d+)*[-‐–]?[a-zа-яё%]+(?:-[a-zа-яё]+)*"
    r"|[^\W\d_]{1,5}[-‐–]?\d{1,3}[-‐–]?(?:[A-ZА-Я]|[a-zа-яё]{1,4})?"
    r"|[^\W\d_]+-\d{1,2}|\d{1,2}-[^\W\d_]+"
)
_TAIL = re.compile(
    rf"(?<![\w.])(?:{_LABEL}|{_LABEL_WORD})\.?(?:\s(?:№|no)?\.?)?$|\b(?:dot|точка|slash)$|(?<!\S)\S$", re.IGNORECASE
)
_CAPITALS = re.compile(r"[^\W\d_]{3,}$")


def unsayable(text: str, documents: Iterable[Document] = ()) -> list[Span]:
    """Where `text` has what only a quotation may have; also the numbers of `documents` in the archive."""
    found = [Span(*match.span()) for pattern in _UNSAYABLE for match in pattern.finditer(text)]
    found += [Span(*match.span()) for match in _CODE_LIKE.finditer(text) if not _PLAIN.fullmatch(match[0])]
    found += [Span(*match.span()) for match in _SPACED.finditer(text) if match[0].split()[0].isupper()]
    for id_ in {document.id for document in documents if len(document.id) > 3}:
        found += [Span(*match.span()) for match in re.finditer(rf"(?<!\w){re.escape(id_)}(?!\w)", text)]
    return sorted(found)


def masked(text: str, documents: Iterable[Document] = ()) -> str:
    """`text` with GAP for everything that is unsayable."""
    end, kept = 0, list[str]()
    for span in unsayable(text, documents):
        if span.end > end:
            kept += [text[end : max(end, span.start)], GAP if span.start >= end else ""]
            end = span.end
    return "".join([*kept, text[end:]])


def settled(text: str) -> int:
    """How much of the beginning of a text that is still growing can be judged: up to the word under way.

    A word that may belong to what follows, such as the label of a reference, waits for it.
    """
    end = max(text.rfind(" "), 0)
    while end and (_TAIL.search(text, max(0, end - 40), end) or _is_large(text, end)):
        end = max(text.rfind(" ", 0, end), 0)
    return end


def _is_large(text: str, end: int) -> bool:
    word = _CAPITALS.search(text, max(0, end - 40), end)
    return word is not None and word[0].isupper()
