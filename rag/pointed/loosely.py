"""What a sentence says loosely: of amounts ("half", "dozens"), times ("a week later", "in the autumn") and peoples.

None of them is a number, a date or a name to the rules that read those; each is a claim all the same. The words of a
class must stand in what a sentence rests on, in either language, or follow from a number or a date that stands there.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from index.document import Language


@dataclass(frozen=True, slots=True)
class Loose:
    """A class of words in both languages; `least` and `just` are numbers that bear them out, `months` those dates."""

    kind: Literal["number", "date", "name"]
    words: Mapping[Language, re.Pattern[str]]
    least: int | None = None
    just: str | None = None
    months: tuple[str, ...] = ()

    def said(self, language: Language, text: str) -> Iterator[str]:
        """The words of the class that `text` has."""
        yield from (match[0] for match in self.words[language].finditer(text))

    def stands(self, texts: Iterable[tuple[Language, str]], numbers: AbstractSet[str], dates: AbstractSet[str]) -> bool:
        """Whether something in `texts`, or the keys of their numbers and dates, bears the class out."""
        if self.just in numbers or any(key.startswith(f"*-{month}") for month in self.months for key in dates):
            return True
        if self.least is not None and any(float(key) >= self.least for key in numbers):
            return True
        return any(self.words[language].search(text) for language, text in texts)


def _loose(kind: Literal["number", "date", "name"], english: str, russian: str, **more: object) -> Loose:
    words: dict[Language, re.Pattern[str]] = {
        "en": re.compile(rf"\b(?:{english})\b", re.IGNORECASE),
        "ru": re.compile(rf"\b(?:{russian})\b", re.IGNORECASE),
    }
    return Loose(kind, words, **more)  # type: ignore[arg-type]  # passes keywords through


_SAME = r"(?<!that )(?<!this )(?<!same )"  # "that month" takes up a date
_AMOUNTS = (
    _loose("number", "hal(?:f|ves|ved|ving)", r"половин\w*|пополам|наполовину"),
    _loose("number", r"quarters? of|(?:a|one|three)[- ]quarters?", "четверт(?:ь|и|ью)"),
    _loose("number", "a score of", "двадцатк[аиу]", just="20"),
    _loose("number", "(?:a|the) (?:pair|couple) of", "пар[ауы]", just="2"),
    _loose("number", "half a hundred", "полсотни", just="50"),
    _loose("number", "half a thousand", "полтысячи", just="500"),
    _loose("number", "dozens|tens of|scores of", "десятк(?:и|ов|ами|ам|ах)|дюжин(?:ы|ами)", least=10),
    _loose(
        "number",
        "hundreds|(?:several|few|many) hundred",
        r"сотн(?:и|ями|ям|ях)|сотен|нескольк\w+ (?:сот|сотен|стам)",
        least=100,
    ),
    _loose("number", "thousands|(?:several|few|many) thousand", "тысяч(?:и|ами|ам|ах)?", least=1_000),
    _loose("number", "millions|(?:several|few|many) million", "миллион(?:ы|ов|ами|ам|ах)", least=1_000_000),
)
_TIMES = (
    _loose("date", "spring(?:time)?", "весн[аеуоы]й?|весенн\\w+", months=("03", "04", "05")),
    _loose("date", "summer(?:time)?", "летом|лету|лето|летн\\w+", months=("06", "07", "08")),
    _loose(
        "date", r"autumn\w*|(?:in|by|until|till|early|late|last|next) (?:the )?fall(?! of)", "осен(?:ь|и|ью|н\\w+)",
        months=("09", "10", "11"),
    ),
    _loose("date", "winter(?:time)?", "зим(?:а|ы|е|у|ой|н\\w+)", months=("12", "01", "02")),
    _loose("date", "weeks?|weekly|fortnight", r"недел\w+|\w*недельн\w+|еженедел\w+"),
    _loose("date", rf"{_SAME}month(?:s|ly)?", r"(?<!том же )(?<!этом )(?:еже)?месяц\w*|\w*месячн\w+"),
    _loose("date", "decades?", r"десятилет\w+"),
    _loose("date", r"centur(?:y|ies)", r"век(?:а|е|у|ом|ов|ах)?|столети\w+"),
    _loose("date", r"hours?|hourly|o['’]clock", "час(?:а|ов|у|ам|ами|ах)?"),
    _loose("date", "noon|midday|afternoon", r"полд(?:ень|ня|нем|нём|невн\w+)|полудн\w*|час(?:а|ов) дня"),
    _loose("date", "midnight", r"полноч\w*"),
    _loose("date", "mornings?", "утр(?:о|а|у|ом|ам|ренн\\w+|енн\\w+)"),
    _loose("date", "evenings?", r"вечер\w*"),
    _loose("date", "nights?", r"ноч(?:ь|и|ью|ей|ам|н\w+)"),
    _loose(
        "date", "(?:next|following) day|day after|tomorrow", "на (?:следующий|другой) день|назавтра|завтра|днём позже"
    ),
    _loose(
        "date",
        "(?:previous|preceding) day|day before|day earlier|yesterday",
        r"накануне|за день до|предыдущ\w+ день|вчера\w*|на день раньше",
    ),
    _loose(
        "date",
        r"(?:end|close) of the (?:year|month)|year-end",
        r"(?:конец|конц[аеу])(?: [\w.]+)? (?:г(?:ода|\.)|месяца)",
        months=("12",),
    ),
    _loose(
        "date", r"(?:beginning|start) of the (?:year|month)", r"начал[аоеу](?: [\w.]+)? (?:г(?:ода|\.)|месяца)",
        months=("01",),
    ),
)  # fmt: skip
_DECADES = {"twenties": "2", "thirties": "3", "forties": "4", "fifties": "5", "sixties": "6", "seventies": "7"}
_DECADE = re.compile(rf"\b(?:{'|'.join(_DECADES)})\b", re.IGNORECASE)
_PEOPLES = (  # whose names Russian writes small: how they begin in both languages, and what else stands for them
    ("americ|u\\.?s\\b|usa|united states", "америк|сша"),
    ("chin|prc", "кита|кнр"),
    ("japan", "япон"),
    ("german|gdr|frg", "герман|немец|немц|гдр|фрг"),
    ("kore|dprk|rok", "коре|кндр"),
    ("soviet|ussr", "совет|ссср"),
    ("russ", "русск|росси"),
    ("brit|engl|united kingdom", "британ|англи|великобрит"),
    ("fren|franc", "франц"),
    ("pol(?:es?|ish|and)", "польск|польш|поляк"),
    ("hungar", "венг"),
    ("czech", "чех|чеш"),
    ("bulgar", "болгар"),
    ("romani|rumani", "румын"),
    ("yugosl", "югосл"),
    ("ital", "итал"),
    ("vietnam|drv", "вьетнам|дрв"),
    ("mongol|mpr", "монгол|мнр"),
    ("indian?\\b", "инди"),
    ("turk", "турец|турк|турци"),
    ("cuba", "кубин|куб[аеуы]\\b"),
    ("alban", "албан"),
    ("fin(?:n|l)", "финск|финн|финл"),
    ("swed", "швед|швец"),
    ("egypt", "египе"),
    ("israel", "израил"),
    ("iran|persia", "иран|персид"),
    ("manchur", "маньчжур"),
    ("taiwan", "тайван"),
    ("spanish|spain|spaniard", "испан"),
    ("ukrain", "украин"),
    ("greek|greece", "греч|грец"),
)
_THEIRS: dict[Language, re.Pattern[str]] = {  # words in small letters, which no rule of names sees
    "en": re.compile(r"[a-z]+(?:ese|ians?|eans?|icans?|rench|ermans?|oviets?|ritish|nglish)"),
    "ru": re.compile(
        r"\w*[сц]к(?:ий|ая|ое|ие|ого|ой|ому|им|ом|их|ими|ую|ою)|\w*(?:цы|цев|цам|цами|цах|[еа]ц)", re.IGNORECASE
    ),
}
_CLASSES = (
    *_AMOUNTS,
    *_TIMES,
    *(_loose("name", rf"(?:{english})\w*", rf"(?:{russian})\w*") for english, russian in _PEOPLES),
)


def lacking(
    language: Language,
    text: str,
    texts: Iterable[tuple[Language, str]],
    numbers: AbstractSet[str],
    dates: AbstractSet[str],
) -> tuple[Literal["number", "date", "name"], str] | None:
    """The first thing that a sentence says loosely, and nothing in `texts` bears out."""
    grounds = tuple(texts)
    for decade in _DECADE.finditer(text):
        wanted = _DECADES[decade[0].lower()]
        years = {key[2] for key in dates if re.match(r"\d{4}", key)}
        if wanted not in years and not any(decade[0].lower() in words.lower() for _, words in grounds):
            return "date", decade[0]
    for one in _said(language, text):
        for words in one.said(language, text):
            if one.kind == "name" and not _THEIRS[language].fullmatch(words):
                continue
            if not one.stands(grounds, numbers, dates):
                return one.kind, words
    return None


def is_loose(language: Language, word: str) -> bool:
    """Whether a word says an amount or a time loosely: it is no name then, though it begins a sentence."""
    return any(one.words[language].fullmatch(word) for one in (*_AMOUNTS, *_TIMES))


@lru_cache(maxsize=2_000)
def _said(language: Language, text: str) -> tuple[Loose, ...]:
    return tuple(one for one in _CLASSES if one.words[language].search(text))
