"""Dates in Russian and English prose, as one key in either language.

A day is "1949-08-12", or "--08-12" where no year stands beside it («12 августа с.г.»); a month "1949-08" or "--08";
a year "1949"; ten years "1950s". A year of two figures is one of the twentieth century. `index.dates` reads the
dates of records, which are printed in fewer forms; these stand in texts.
"""

import re
from collections.abc import Iterator

from index.document import Language, Span

_ENGLISH_MONTHS = (
    "Jan(?:uary)?", "Feb(?:ruary)?", "Mar(?:ch)?", "Apr(?:il)?", "May", "June?", "July?", "Aug(?:ust)?",
    "Sept?(?:ember)?", "Oct(?:ober)?", "Nov(?:ember)?", "Dec(?:ember)?",
)  # fmt: skip
_RUSSIAN_MONTHS = (
    "январ[ьяею]|янв", "феврал[ьяею]|фев", "март[ауе]?", "апрел[ьяею]|апр", "ма[йяею]", "июн[ьяею]", "июл[ьяею]",
    "август[ауе]?|авг", "сентябр[ьяею]|сент?", "октябр[ьяею]|окт", "ноябр[ьяею]|нояб", "декабр[ьяею]|дек",
)  # fmt: skip
_YEAR = r"1[0-9]\d\d|20[0-4]\d"
_DASH = "[-–—/]"
_ROMAN_MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_THIS_YEAR = {
    "en": r"\s*,?\s+(?:of\s+)?(?:this|the\s+(?:current|present|same))\s+year",
    "ru": r"\s*(?:с\.\s?г\.|т\.\s?г\.|сего\s+года|этого\s+года|текущего\s+года)",
}
_COUNTED = re.compile(
    r"\s*(?:%|per ?cent|процент|people|persons|men|soldiers|troops|tons|tonnes|km|kilomet|met(?:er|re)s|miles|dollars"
    r"|rubles|roubles|copies|pages|человек|чел\.|тонн|км|метр|руб|долл|экз|штук|солдат|бойцов|[Kk]m\b|[²€$£])"
)
_COUNTING = re.compile(r"(?:[$£€№#]|\b(?:No|Nos|p|pp|стр|с|d|д|l|л|f|ф|op|оп)\.)\s?$")


def _months(language: Language) -> str:
    names = _ENGLISH_MONTHS if language == "en" else _RUSSIAN_MONTHS
    return "|".join(rf"(?P<m{n}>{name})" for n, name in enumerate(names, 1))


def _pattern(language: Language) -> re.Pattern[str]:
    month = rf"\b(?:{_months(language)})\b\.?"
    year = rf"(?P<year>{_YEAR})(?!\d)|['’](?P<short>\d\d)\b|(?P<this>{_THIS_YEAR[language]})"
    other = rf"(?P<first>\d{{1,2}})(?:st|nd|rd|th|-?го|-?е)?(?:\s*{_DASH}\s*|\s*,\s*|\s+(?:and|to|и|по|до)\s+)"
    day = rf"(?:{other})?(?P<day>\d{{1,2}})(?:st|nd|rd|th|-?го|-?е)?"
    if language == "en":
        after = rf"\s+(?:{day.replace('<first>', '<first2>').replace('<day>', '<day2>')})(?!\d|[,.]\d|:)\b"
        named = rf"(?:(?<!\d)(?<!\d[.,]){day}\s+(?:of\s+)?)?{month}(?:{after})?(?:\s*,?\s*(?:of\s+)?(?:{year}))?"
    else:
        named = rf"(?:(?<!\d)(?<!\d[.,]){day}\s+)?{month}(?:\s*,?\s*(?:{year})(?:\s*(?:года|году|год|гг?\.|г\b))?)?"
    return re.compile(named)


_NAMED = {"en": _pattern("en"), "ru": _pattern("ru")}
_ANY_MONTH: dict[Language, re.Pattern[str]] = {
    "en": re.compile(r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"),
    "ru": re.compile(r"\b(?:янв|фев|март|апр|ма[йяею]|ию[нл]|авг|сен|окт|ноя|дек)", re.IGNORECASE),
}
_BEFORE_MONTH = re.compile(r"\b(?:in|of|since|until|till|by|last|next|early|late|mid)[\s-]+$")
_DIGIT = re.compile(r"\d")
_NUMERIC = re.compile(
    rf"(?<![\d.,/-])(?:(?P<iso>{_YEAR})-(?P<im>0[1-9]|1[0-2])-(?P<id>[0-3]\d)"
    r"|(?P<a>\d{1,2})(?P<mark>[./])\s?(?:(?P<roman>[IVXХ]{1,4})|(?P<b>\d{1,2}))(?:(?P=mark)|-)\s?"
    rf"(?P<y>{_YEAR}|\d\d))(?![\d.,/-]*\d)"
)
_DECADE = re.compile(
    rf"(?<![\w.,])(?:(?P<en>{_YEAR})['’]?s\b|(?P<ru>{_YEAR})-?(?:е|х|ые|ых|ми|м)\b(?:\s*(?:годах|годов|годы|годам|гг?\.))?"
    r"|['’]?(?P<tens>[2-9]0)(?:['’]?s\b|-?(?:е|х|ые|ых|ми|м)\s*(?:годах|годов|годы|годам|гг?\.)))"
)
_BARE_YEAR = re.compile(
    rf"(?<![\w.,:/№$£€])(?<!\d[ \u00a0])(?P<from>{_YEAR})(?:\s?[-–—/]\s?(?P<to>{_YEAR}|\d\d)(?!\d))?"
    r"(?P<mark>\s*(?:года|году|годом|годах|годы|годов|год|гг?\.|г\b))?(?![\w%]|[.,:]\d|[ \u00a0]\d{3}\b|-[a-zA-Z])"
)


def dates(language: Language, text: str) -> Iterator[tuple[Span, str]]:
    """The dates of `text`, in order of place, each with its place and its key."""
    digits = _DIGIT.search(text) is not None
    taken: list[tuple[Span, str]] = []
    for find in (_numeric, _named, _decades, _years):
        if find is _named and not _ANY_MONTH[language].search(text):
            continue
        if find is not _named and not digits:
            continue
        found = [(span, key) for span, key in find(language, text) if not any(span.meets(other) for other, _ in taken)]
        taken += found
    yield from sorted(taken)


def _numeric(language: Language, text: str) -> Iterator[tuple[Span, str]]:
    """28.VII.1948, 12.08.49, 8/12/1949 (month first in English), 1949-08-12."""
    for match in _NUMERIC.finditer(text):
        if match["iso"]:
            yield Span(*match.span()), f"{match['iso']}-{match['im']}-{match['id']}"
            continue
        day = int(match["a"])
        month = _roman_month(match["roman"]) if match["roman"] else int(match["b"])
        american = language == "en" and match["mark"] == "/" and not match["roman"]
        if month > 12 or (american and day <= 12):
            day, month = month, day
        year = match["y"] if len(match["y"]) == 4 else f"19{match['y']}"
        if 1 <= month <= 12 and 1 <= day <= 31:
            yield Span(*match.span()), f"{year}-{month:02}-{day:02}"


def _roman_month(letters: str) -> int:
    plain = letters.replace("Х", "X")
    return _ROMAN_MONTHS.index(plain) + 1 if plain in _ROMAN_MONTHS else 0


def _named(language: Language, text: str) -> Iterator[tuple[Span, str]]:
    """12 августа с.г., August 12-13, 1949, в августе 1949 г."""
    for match in _NAMED[language].finditer(text if language == "en" else text.lower()):
        month = next(n for n in range(1, 13) if match[f"m{n}"])
        year = match["year"] or (f"19{match['short']}" if match["short"] else "-")
        name = match.span(f"m{month}")
        printed = text[slice(*name)]
        bare = year == "-" and not match["this"]
        days = [group for group in ("first", "day", "first2", "day2") if group in match.re.groupindex and match[group]]
        if any(not 1 <= int(match[group]) <= 31 for group in days):
            days = []
        if not days:
            if bare and not _surely_month(language, text, printed, name[0]):
                continue  # "Mar", «сен» alone are not surely months
            yield Span(name[0], match.end()), f"{year}-{month:02}"
        elif len(days) == 1:
            yield Span(*match.span()), f"{year}-{month:02}-{int(match[days[0]]):02}"
        else:
            cut = match.start(days[1])
            first = Span(match.start(days[0]) if "2" not in days[0] else match.start(), match.end(days[0]))
            rest = Span(cut, match.end())
            yield first, f"{year}-{month:02}-{int(match[days[0]]):02}"
            yield rest, f"{year}-{month:02}-{int(match[days[1]]):02}"


def _surely_month(language: Language, text: str, printed: str, place: int) -> bool:
    """Whether a word that stands without day and year is a month, and no name or verb."""
    word = printed.lower()
    if language == "ru":
        return printed.islower() and (len(word) > 4 or word[:3] in ("мар", "июн", "июл", "мая", "май", "мае", "маю"))
    return (word != "may" and len(word) > 3) or _BEFORE_MONTH.search(text, max(0, place - 8), place) is not None


def _decades(language: Language, text: str) -> Iterator[tuple[Span, str]]:
    for match in _DECADE.finditer(text):
        full = match["en"] or match["ru"]
        if full and not full.endswith("0"):
            continue
        yield Span(*match.span()), f"{full or '19' + match['tens']}s"


def _years(language: Language, text: str) -> Iterator[tuple[Span, str]]:
    for match in _BARE_YEAR.finditer(text):
        counted = _COUNTED.match(text, match.end("to") if match["to"] else match.end("from"))
        if counted or _COUNTING.search(text, max(0, match.start() - 6), match.start()):
            continue
        start, end = match["from"], match["to"]
        if not end:
            yield Span(*match.span()), start
            continue
        yield Span(*match.span("from")), start
        yield Span(match.start("to"), match.end()), end if len(end) == 4 else start[:2] + end
