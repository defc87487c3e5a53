"""Numbers in Russian and English prose, in digits and in words, as one number in either language.

"50,000", «50 тыс.», «пятьдесят тысяч» and "fifty thousand" are 50000; "third", «трёх», "3rd" and "III" are 3.
A lone "one" or «один» is no number here, for both languages use it as a pronoun; "hundreds" or «тысячи» without
a number before them count nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from index.document import Language, Span

_Kind = Literal["digits", "small", "last", "many"]  # "last": an ordinal, after which the number is at its end
_EACH = re.compile(
    r"(?<![^\W_])(?P<digits>\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?!\d)(?:[.,]\d+)?|\d{1,3}(?:,\d{3})+\.\d+"
    r"|\d{1,3}(?:,\d{3}){2,}(?!\d)|\d{1,3}(?:\.\d{3}){2,}(?!\d)|\d+(?:[.,]\d+)?)"
    r"(?:\s?%|-?(?:st|nd|rd|th)\b|-[а-я]{1,3}\b)?"
    r"|(?P<roman>(?<![\w.-])(?:[IVXХ]{2,8}(?![\w’'])|[IVXХ](?=[ -]?(?:век|вв?\.|съезд|пленум|квартал|centur|Congress"
    r"|Plenum|quarter))))|(?P<word>[^\W\d_]+)"
)
_PERCENT = re.compile(r"[\s-]?(?:per ?cent\b|процент\w*)")
_JOINING = re.compile(r"\s+|-|\s+and\s+")
_AND_HALF = re.compile(r"\s+(?:and\s+a|с)\s+")
_ARTICLE = re.compile(r"(?<!half )\b[Aa]\s+$")
_HALF = Decimal("0.5")
_ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10}
_UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SMALL_ENGLISH = {word: n for n, word in enumerate(_UNITS)} | {word: 20 + 10 * n for n, word in enumerate(_TENS)}
_LAST_ENGLISH = (
    {f"{word}th": n for n, word in enumerate(_UNITS) if n > 3 and n not in (5, 8, 9, 12)}
    | {f"{word[:-1]}ieth": 20 + 10 * n for n, word in enumerate(_TENS)}
    | {"first": 1, "second": 2, "third": 3, "thirds": 3, "fifth": 5, "eighth": 8, "ninth": 9, "twelfth": 12}
    | {"twice": 2, "thrice": 3}
)
_MANY_ENGLISH = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_MANY_ENGLISH |= {"dozen": 12, "mln": 10**6, "bn": 10**9, "hundredth": 100, "thousandth": 1000}
_ENDING = "(?:ый|ая|ое|ого|ому|ой|ую|ым|ом|ые|ых|ыми|ою)"
_SOFT = "(?:ий|ья|ье|ьего|ьему|ьей|ью|ьим|ьем|ьи|ьих|ьими|ь|и)"
_TEENS = "один две три четыр пят шест сем восем девят"
_CASES = "(?:ь|и|ью)"
_SMALL_RUSSIAN = (
    (0, "нол[ьяюе]|нул[ьяюе]"), (1, "один|одн(?:а|о|ого|ому|им|ом|ой|у)"), (0.5, "половиной"),
    (1.5, "полтор[аы]|полутора"),
    (2, "дв(?:а|е|ух|ум|умя|ое|оих|оим|оими)"),
    (3, "тр(?:и|ех|ем|емя|ое|оих|оим|оими)"), (4, "четыр(?:е|ех|ем|ьмя)|четвер(?:о|ых|ым|ыми)"),
    (5, f"пят(?:{_CASES}|еро|ерых|ерым)"), (6, f"шест(?:{_CASES}|еро|ерых)"), (7, "сем(?:ь|и|еро|ерых)"),
    (8, "вос(?:емь|ьми|емью|ьмью|ьмеро)"), (9, f"девят{_CASES}"), (10, f"десят{_CASES}"),
    *((n, f"{stem}надцат{_CASES}") for n, stem in enumerate(_TEENS.split(), 11)),
    (20, f"двадцат{_CASES}"), (30, f"тридцат{_CASES}"), (40, "сорока?"), (90, "девяност[оа]"),
    *((n, f"{stem}{_CASES}десят(?:и|ью)?") for n, stem in ((50, "пят"), (60, "шест"), (70, "сем"))),
    (80, "вос(?:емь|ьми|емью|ьмью)десят(?:и|ью)?"), (100, "ст[оа]"), (200, "двести|двух(?:сот|стах)|дву(?:мя)?мстами"),
    (300, "триста|трех(?:сот|стах)|тремстам"), (400, "четыреста|четырех(?:сот|стах)|четыремстам"),
    *((n, f"{stem}{_CASES}(?:сот|стам|стах|стами)") for n, stem in ((500, "пят"), (600, "шест"), (700, "сем"))),
    (800, "вос(?:емь|ьми|емью|ьмью)(?:сот|стам|стах|стами)"), (900, f"девят{_CASES}(?:сот|стам|стах|стами)"),
)  # fmt: skip
_LAST_RUSSIAN = (
    (2, "дважды|вдвое"), (3, "трижды|втрое"), (3, f"трет{_SOFT}"),
    *(
        (n, f"{stem}{_ENDING}")
        for n, stem in (
            (0, "нулев"), (1, "перв"), (2, "втор"), (4, "четверт"), (5, "пят"), (6, "шест"), (7, "седьм"), (8, "восьм"),
            (9, "девят"), (10, "десят"), *((n, f"{stem}надцат") for n, stem in enumerate(_TEENS.split(), 11)),
            (20, "двадцат"), (30, "тридцат"), (40, "сороков"), (50, "пятидесят"), (60, "шестидесят"),
            (70, "семидесят"), (80, "восьмидесят"), (90, "девяност"), (100, "сот"), (1000, "тысячн"),
        )
    ),
)  # fmt: skip
_MANY_RUSSIAN = (
    (10, "десяток|десятка|десятков|десятку"), (12, "дюжин[аыуе]?"), (100, "сотн[яюи]|сотен"),
    (1000, "тысяч(?:а|и|е|у|ей|ью|ам|ами|ах)?|тыс"), (10**6, "миллион(?:а|у|ом|е|ы|ов|ам|ами|ах)?|млн"),
    (10**9, "миллиард(?:а|у|ом|е|ы|ов|ам|ами|ах)?|млрд"), (10**12, "триллион(?:а|у|ом|е|ы|ов|ам|ами|ах)?|трлн"),
)  # fmt: skip
_SINGLES = "дюжина дюжину сотня сотню тысяча тысячу миллион миллиард десяток"
_ALONE = frozenset(_SINGLES.split())  # a number by themselves
_COUNTED = "(?:летн|летк|дневн|месячн|часов|недельн|кратн|этажн|минутн|процентн).*"  # as "five-year"
_JOINED = (
    (2, "двух"), (3, "трех"), (4, "четырех"), (5, "пяти"), (6, "шести"), (7, "семи"), (8, "восьми"), (9, "девяти"),
    (10, "десяти"), (12, "двенадцати"), (15, "пятнадцати"), (20, "двадцати"), (30, "тридцати"), (40, "сорока"),
    (50, "пятидесяти"), (100, "сто"),
)  # fmt: skip
_ONE = "one один одна одно одного одному одним одном одной одну"
_PRONOUNS = frozenset(_ONE.split())
_OF_SEVERAL = (  # "two-lane", «двухполосный», but not «двухсторонний», "bilateral"
    (2, r"двух(?!сторон)\w{3,}[нв]\w{2,3}"), (3, r"трех(?!сторон)\w{3,}[нв]\w{2,3}"),
    (4, r"четырех(?!сторон)\w{3,}[нв]\w{2,3}"),
)  # fmt: skip
_PHRASES = {
    "en": re.compile(
        r"\b(?:at first|for the first time|first of all|in the first place|first and foremost|firstly|secondly|thirdly"
        r"|(?:per|each|a split) second)\b"
    ),
    "ru": re.compile(r"\b(?:в первую очередь|в первый раз|во-первых|во-вторых|в-третьих|в-четвертых|в-четвёртых)\b"),
}


def _table(*groups: tuple[_Kind, tuple[tuple[float, str], ...]]) -> tuple[tuple[_Kind, Decimal, re.Pattern[str]], ...]:
    return tuple((kind, Decimal(str(value)), re.compile(forms)) for kind, rows in groups for value, forms in rows)


_RUSSIAN = _table(
    ("small", _SMALL_RUSSIAN),
    ("last", (*_LAST_RUSSIAN, *((value, prefix + _COUNTED) for value, prefix in _JOINED), *_OF_SEVERAL)),
    ("many", _MANY_RUSSIAN),
)
_MIGHT_BE = re.compile("[дотчпшсвмнпт]|об")  # letters that Russian numerals begin with


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a number as it stands in the text."""

    kind: _Kind
    value: Decimal
    start: int
    end: int
    word: str


def numbers(language: Language, text: str) -> Iterator[tuple[Span, str]]:
    """The numbers of `text` in order, each with its place and, as its key, the number in digits."""
    phrases = [match.span() for match in _PHRASES[language].finditer(text.lower())]
    group: list[_Piece] = []
    for piece in _pieces(language, text):
        if any(start <= piece.start < end for start, end in phrases):
            continue
        if group and not _goes_on(group, piece, text[group[-1].end : piece.start]):
            yield from _number(text, group)
            group = []
        group.append(piece)
    yield from _number(text, group)


def _pieces(language: Language, text: str) -> Iterator[_Piece]:
    for match in _EACH.finditer(text):
        if word := match["word"]:
            if known := _spelt(language, word):
                yield _Piece(*known, *match.span(), word.lower())
        elif match["digits"]:
            yield _Piece("digits", _in_digits(language, match["digits"]), *match.span(), "")
        elif value := _in_roman(match["roman"]):
            yield _Piece("last", value, *match.span(), "")


@lru_cache(maxsize=50_000)
def _spelt(language: Language, printed: str) -> tuple[_Kind, Decimal] | None:
    """Which part of a number a word is, if any."""
    word = printed.lower().replace("ё", "е")
    if language == "ru":
        if not _MIGHT_BE.match(word):
            return None
        return next(((kind, value) for kind, value, forms in _RUSSIAN if forms.fullmatch(word)), None)
    for kind, table in (("small", _SMALL_ENGLISH), ("last", _LAST_ENGLISH), ("many", _MANY_ENGLISH)):
        if word in table:
            return kind, Decimal(table[word])  # type: ignore[return-value]  # the kinds are those above
    return ("small", _HALF) if word == "half" else None


def _in_digits(language: Language, printed: str) -> Decimal:
    bare = re.sub(r"[\s\u00a0\u2009\u202f]", "", printed)
    if "," in bare and "." in bare:
        return Decimal(bare.replace(",", ""))  # 1,234.56
    whole, mark, rest = bare.rpartition("," if "," in bare else ".")
    if not mark:
        return Decimal(bare)
    grouped = bare.count(mark) > 1 or (len(rest) == 3 and not whole.startswith("0") and len(whole) <= 3)
    if mark == "." and language == "en" and bare.count(mark) == 1 and rest != "000":
        grouped = False
    plain = re.sub(r"\D", "", whole)
    return Decimal(plain + rest if grouped and plain else f"{plain or 0}.{rest}")


def _in_roman(printed: str) -> Decimal | None:
    letters = printed.replace("Х", "X")  # a Cyrillic letter
    if not _ROMAN.fullmatch(letters):
        return None
    values = [_ROMAN_DIGITS[letter] for letter in letters]
    return Decimal(sum(-v if any(v < w for w in values[n + 1 : n + 2]) else v for n, v in enumerate(values)))


def _goes_on(group: list[_Piece], piece: _Piece, between: str) -> bool:
    """Whether a piece is part of the number that those before it began."""
    before = group[-1]
    joined = (_AND_HALF if piece.value == _HALF else _JOINING).fullmatch(between)
    if not joined or before.kind == "last" or piece.kind == "digits":
        return False
    if piece.kind == "many":
        return before.kind != "many" or piece.value > before.value
    if before.kind == "many" or piece.value == _HALF:
        return piece.value < before.value
    if before.kind == "digits":
        return False
    size = 10 ** len(str(int(piece.value)))
    return before.value >= size and before.value % size == 0 and "-" not in between.replace("-", "", 1)


def _number(text: str, group: list[_Piece]) -> Iterator[tuple[Span, str]]:
    if not group or not _counts(text, group):
        return
    first, end = group[0], group[-1].end
    percent = _PERCENT.match(text, end)
    yield Span(first.start, percent.end() if percent else end), _plain(_worth(group))


def _counts(text: str, group: list[_Piece]) -> bool:
    """Whether the pieces are a number: not a pronoun, a half alone, or "thousands"."""
    first = group[0]
    if first.value == _HALF or (len(group) == 1 and first.word in _PRONOUNS):
        return False
    if first.kind != "many" or first.word in _ALONE or first.word.endswith("th"):
        return True
    return _ARTICLE.search(text, max(0, first.start - 10), first.start) is not None


def _worth(group: list[_Piece]) -> Decimal:
    total = current = Decimal(0)
    for piece in group:
        if piece.kind != "many":
            current += piece.value
        elif piece.value < 1000:
            current = (current or 1) * piece.value
        else:
            total, current = total + (current or 1) * piece.value, Decimal(0)
    return total + current


def _plain(value: Decimal) -> str:
    printed = format(value, "f")
    return (printed.rstrip("0").rstrip(".") or "0") if "." in printed else printed
