"""Sentences of Russian and English archival prose.

A full stop after an abbreviation of archives and diplomacy ("ф. 3, оп. 65", "тов. Штыкову", "No. 12"),
an initial or a dotted abbreviation ("с.г.", "U.S.") ends no sentence. Where a stop may or may not end one
("в 1949 г. Штыков"), the text is left whole: a sentence too long is better than half a quotation.
"""

import re

from index.document import Span, stripped

_RUSSIAN = (
    "ф оп д л лл т тт тов тт г гг см им п пп пор с стр ст ср др пр проф ген акад кв обл р руб тыс млн млрд "
    "мин нач зам пом чл корр экз ед хр кн ч изд ред напр об в вв ок ул гор сов секр корейск кит яп"
)
_ENGLISH = (
    "f op d l ll p pp nos mr mrs ms messrs dr st gen col lt maj capt sgt adm prof sen rep gov amb hon ed eds "
    "vol vols ch fig cf vs inc jr sr art para doc docs tel dept approx viz al jan feb mar apr jun jul aug "
    "sep sept oct nov dec"
)
_ABBREVIATIONS = frozenset(_RUSSIAN.split()) | frozenset(_ENGLISH.split())
_BEFORE_NUMBERS = frozenset({"no", "№"})  # "No. 12", but "The answer was no. Then ..."
_OPENERS = "«„“\"'‘([—–-"
_STOP = re.compile(r"(?<![.!?…])[.!?…]++[»”“\"'’)\]]*+(?=\s)")
_LAST_WORD = re.compile(r"[^\s«»„“”\"'‘’()\[\]]+$")


def sentences(text: str, within: Span | None = None) -> list[Span]:
    """The sentences of `text`, or of the part `within` it, in order and without outer white space.

    Together they hold every character of the part that is not white space between two of them.
    """
    whole = within or Span(0, len(text))
    found, start = [], whole.start
    for stop in _STOP.finditer(text, whole.start, whole.end):
        if _ends_sentence(text, stop, whole.end):
            found.append(stripped(text, Span(start, stop.end())))
            start = stop.end()
    found.append(stripped(text, Span(start, whole.end)))
    return [span for span in found if span.start < span.end]


def _ends_sentence(text: str, stop: re.Match[str], end: int) -> bool:
    following = text[stop.end() : min(end, stop.end() + 40)].lstrip().lstrip(_OPENERS).lstrip()
    if not following or not (following[0].isupper() or following[0].isdigit()):
        return not following.strip()
    if not stop[0].startswith(".") or stop[0].startswith(".."):
        return True
    last = _LAST_WORD.search(text, max(0, stop.start() - 40), stop.start())
    word = last[0].casefold() if last else ""
    if word in _BEFORE_NUMBERS:
        return not following[0].isdigit()
    return not (word in _ABBREVIATIONS or "." in word or (len(word) == 1 and word.isalpha()))
