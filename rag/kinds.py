"""What kind of thing a question asks for, and which kinds a sentence tells of: the same five in both languages.

Grammar only: words that ask, months, words that give a place or a cause. Numbers, dates and names are those of
`index.particulars`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from index.document import Language
from index.particulars import Particular, particulars

Kind = Literal["number", "time", "person", "place", "cause"]

_ASKS: dict[Language, dict[Kind, str]] = {
    "en": {
        "number": r"how (?:many|much|long|old|far|large|big|high|often|deep|fast)|percentage|percent|number|amount|"
        r"average|total|cost|price|size|length|distance",
        "time": r"when|how long|(?:what|which) (?:year|date|day|month|century|decade|time|period)",
        "person": r"who|whom|whose|(?:what|which) (?:person|man|woman|minister|ambassador|general|leader|name)|name of",
        "place": r"where|(?:what|which) (?:city|country|state|place|town|region|river|area|province|island|part of)",
        "cause": r"why|reasons?|causes?|caused|what led to|purpose|result of|arguments?|objections?|motives?|"
        r"rationale|considerations?|grounds|justif\w+|how come|what for",
    },
    "ru": {
        "number": r"сколько|скольки\w+|процент\w*|как (?:долго|часто|далеко)|количеств\w+|численност\w+|размер\w*|"
        r"как(?:ая|ую|ой) (?:часть|доля|долю|сумма|сумму)|длин\w+|высот\w+|площад\w+",
        "time": r"когда|как долго|дат[аеуы]|"
        r"как(?:ой|ого|ом|ие) (?:год\w*|век\w*|месяц\w*|столети\w+|числ\w+|д[еа]н\w+|период\w*)",
        "person": r"кто|кого|кому|кем|ком|чей|чья|чьё|чье|чьи|чьим|чьей|как(?:ой|ого|ому|им) "
        r"(?:человек\w*|министр\w*|посол|посл\w+|генерал\w*|лидер\w*)|имя|зовут|звали",
        "place": r"где|куда|откуда|как(?:ой|ая|ую|ом|ое) (?:город\w*|стран\w+|мест\w+|регион\w*|рек\w+|област\w+|"
        r"провинци\w+|остров\w*|район\w*)",
        "cause": r"почему|зачем|отчего|причин\w*|из-за чего|для чего|что привело|что вызвало|цел[ьию]|довод\w*|"
        r"аргумент\w*|возражени\w+|мотив\w*|соображени\w+|на как(?:ом|их) основани\w+|как(?:ие|ими|ое) основани\w+|"
        r"чем (?:это )?(?:объясн|обоснов|мотивир)\w+|с чем связан\w*",
    },
}
_TELLS_TIME: dict[Language, str] = {
    "en": r"century|centuries|years?|months?|weeks?|days?|decades?|January|February|March|April|May|June|July|August|"
    r"September|October|November|December|today|yesterday",
    "ru": r"век\w*|столети\w+|год\w*|лет|месяц\w*|недел\w+|д(?:ень|ня|ней|ни)|десятилети\w+|январ\w+|феврал\w+|марта?|"
    r"апрел\w+|ма[йяе]|июн\w|июл\w|август\w?|сентябр\w+|октябр\w+|ноябр\w+|декабр\w+|сегодня|вчера",
}
_CAPITAL = r"[A-ZА-ЯЁ][\w’'-]+"
_TELLS_PLACE: dict[Language, str] = {
    "en": rf"\b(?:in|at|from|to|near|of|into|across|between|through)\s+(?:the\s+)?{_CAPITAL}",
    "ru": rf"\b(?:[Вв]о?|[Нн]а|[Ии]з|[Оо]т|[Пп]од|около|близ|через|между|по|до|к)\s+{_CAPITAL}",
}
_TELLS_CAUSE: dict[Language, str] = {
    "en": r"because|due to|since|as a result|result\w*|so that|in order to|therefore|thus|caus\w+|reasons?|owing|"
    r"led to|leads? to|allow\w*|prevent\w*",
    "ru": r"потому|поскольку|из-за|так как|вследстви\w+|результат\w*|чтобы|поэтому|ввиду|благодаря|причин\w+|"
    r"приве?л[аио]?|приводит|повод\w*|в силу|так что|позвол\w+|предотвра\w+",
}


def _compiled(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


_WANTED = {language: {kind: _compiled(words) for kind, words in kinds.items()} for language, kinds in _ASKS.items()}
_TIME = {language: _compiled(words) for language, words in _TELLS_TIME.items()}
_PLACE = {language: re.compile(words) for language, words in _TELLS_PLACE.items()}
_CAUSE = {language: _compiled(words) for language, words in _TELLS_CAUSE.items()}


@dataclass(frozen=True, slots=True)
class Marks:
    """What a text tells of: the keys of its numbers and dates, of its names, and the kinds that words alone show."""

    numbers: frozenset[str]
    dates: frozenset[str]
    names: frozenset[str]
    shown: frozenset[Kind]


def wanted(language: Language, question: str) -> frozenset[Kind]:
    """The kinds of thing that `question` asks for; often one, sometimes none or several."""
    return frozenset(kind for kind, pattern in _WANTED[language].items() if pattern.search(question))


@lru_cache(maxsize=20_000)
def marks(language: Language, text: str) -> Marks:
    """What `text` tells of. Cost: some 100 microseconds a sentence the first time; the last 20,000 are kept."""
    found = particulars(language, text)
    shown: set[Kind] = set()
    if _TIME[language].search(text):
        shown.add("time")
    if _PLACE[language].search(text):
        shown.add("place")
    if _CAUSE[language].search(text):
        shown.add("cause")
    return Marks(_keys(found, "number"), _keys(found, "date"), _keys(found, "name"), frozenset(shown))


def _keys(found: Iterable[Particular], kind: str) -> frozenset[str]:
    return frozenset(one.key for one in found if one.kind == kind)


def answers(kind: Kind, sentence: Marks, question: Marks) -> bool:
    """Whether a sentence tells something of this kind that the question did not already say."""
    new: dict[Kind, bool] = {
        "number": bool(sentence.numbers - question.numbers),
        "time": bool(sentence.dates - question.dates) or "time" in sentence.shown,
        "person": bool(sentence.names - question.names),
    }
    return new.get(kind, kind in sentence.shown)
