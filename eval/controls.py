"""True sentences made of true ones: put into a frame, turned about, or with their dates and numbers spelt otherwise.

They are the controls beside the changes of `eval.edits`: a checker should let them pass.
"""

import re
from collections.abc import Iterator, Mapping, Set

from index.days import dates
from index.document import Language
from index.particulars import particulars

_FRAME: Mapping[Language, tuple[str, ...]] = {
    "en": ("The document says that {}", "It is reported that {}", "According to the document, {}"),
    "ru": ("В документе говорится, что {}", "Сообщается, что {}", "Согласно документу, {}"),
}
_SPOKEN: Mapping[Language, re.Pattern[str]] = {  # sentences that speak for their writer keep their form
    "en": re.compile(r"\b(?:[Ii]|[Ww]e|[Mm]e|[Uu]s|[Mm]y|[Oo]ur|[Yy]ou|[Yy]our|[Pp]lease|[Dd]ear)\b"),
    "ru": re.compile(
        r"\b(?:[Яя]|[Мм]ы|мне|нас|нам|наш\w*|[Вв]ы|[Вв]ас|[Вв]ам|[Вв]аш\w*|[Пп]рос(?:им|ить)|[Пп]рошу|[Сс]ообщ(?:аю|ите)"
        r"|[Дд]окладываю|[Пп]редлагаю|[Зз]амечу|[Уу]важаем\w+)\b"
    ),
}
_REASON: Mapping[Language, re.Pattern[str]] = {
    "en": re.compile(r"(?P<main>[^,;:]+), (?P<link>because|since|although) (?P<reason>[^;:]+)\."),
    "ru": re.compile(r"(?P<main>[^,;:]+), (?P<link>потому что|так как|хотя) (?P<reason>[^;:]+)\."),
}
_FIRST = {"потому что": "Поскольку", "так как": "Так как", "хотя": "Хотя"}
_DIGITS: Mapping[Language, Mapping[str, str]] = {
    "en": {
        word: str(n)
        for n, word in enumerate("two three four five six seven eight nine ten eleven twelve".split(), 2)  # noqa: SIM905
    },
    "ru": {word: str(n) for n, word in enumerate("пять шесть семь восемь девять десять".split(), 5)},  # noqa: SIM905
}
_MONTH_FIRST = re.compile(r"([A-Z][a-z]+) (\d{1,2})(?!\d)(?:, (\d{4}))?")
_DAY_FIRST = re.compile(r"(\d{1,2} [а-я]+ \d{4}) г\.")
_LONG_NUMBER = re.compile(r"(?<!\d)(\d{1,2})(\d{3})(?!\d)")


def framed(language: Language, text: str, small: Set[str]) -> Iterator[str]:
    """The sentence as reported speech; `small` are words that are written small unless a sentence begins with them."""
    begun = lowered(text, small)
    if begun is not None and not _SPOKEN[language].search(text):
        yield from (frame.format(begun) for frame in _FRAME[language])


def lowered(text: str, small: Set[str]) -> str | None:
    """The sentence as it stands after others in the same one; None if its first word may be a name."""
    first = re.match(r"[^\W\d_]+", text)
    if first is None:
        return text if text[:1].isdigit() else None
    return text[:1].lower() + text[1:] if first[0].lower() in small else None


def reordered(language: Language, text: str, small: Set[str]) -> Iterator[str]:
    """The sentence with the clause that gives its reason first."""
    parts = _REASON[language].fullmatch(text)
    begun = parts and lowered(parts["main"], small)
    if parts and begun is not None:
        link = parts["link"].capitalize() if language == "en" else _FIRST[parts["link"]]
        yield f"{link} {parts['reason']}, {begun}."


def respelt(language: Language, text: str) -> Iterator[str]:
    """The sentence with a date or a number written otherwise: "2 April 1956", "8,600", "9" for "nine"."""
    for span, _ in dates(language, text):
        now = _MONTH_FIRST.sub(_day_first, span.of(text)) if language == "en" else _with_year(span.of(text))
        if now != span.of(text):
            yield text[: span.start] + now + (text[span.end :] or ".")
    for one in particulars(language, text):
        words = one.span.of(text)
        now = _DIGITS[language].get(words, _LONG_NUMBER.sub(r"\1,\2" if language == "en" else r"\1 \2", words))
        if one.kind == "number" and now != words:
            yield text[: one.span.start] + now + text[one.span.end :]


def _day_first(date: re.Match[str]) -> str:
    return " ".join(part for part in (date[2], date[1], date[3]) if part)


def _with_year(words: str) -> str:
    return _DAY_FIRST.sub(r"\1 года", words)
