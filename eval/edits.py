"""One small change to a true sentence that makes it false: a number, a date, a name, a negation, a quantity, a word.

Each function gives the changed sentences that are possible, in the order in which what is changed stands. What is
put in belongs to the same kind and fits the grammar: Russian names put in are not declined, so they fit every case.
"""

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from index.days import dates
from index.document import Language, Span
from index.names import built_in_names
from index.particulars import particulars
from index.unmatched import compare

_Any = TypeVar("_Any")
NEW_NAMES = "Harrison Petrov Lumumba Novotny Zaitsev Gonzalez Bradford Tanaka Okafor Lindqvist".split()  # noqa: SIM905
PEOPLE: Mapping[Language, Sequence[str]] = {
    "en": "Harrison Petrov Kasongo Novotny Zaitsev Gonzalez Bradford Tanaka Okafor Lindqvist".split(),  # noqa: SIM905
    "ru": "Ткаченко Гринько Сухих Остапенко Хамади Окафо Бойченко Седых".split(),  # noqa: SIM905
}
PLACES: Mapping[Language, Sequence[str]] = {
    "en": "Kargino Tarvasti Solveno Ozaki Belmonte Virtala".split(),  # noqa: SIM905
    "ru": "Каргино Тарвасти Сольвено Одзаки Бельмонте Виртала".split(),  # noqa: SIM905
}
_SPELT: Mapping[Language, Sequence[Sequence[str]]] = {  # words that may stand for each other, case and all
    "en": (("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),),
    "ru": (
        ("пять", "шесть", "семь", "восемь", "девять", "десять", "одиннадцать", "двенадцать", "двадцать", "тридцать"),
        ("пяти", "шести", "семи", "восьми", "девяти", "десяти", "одиннадцати", "двенадцати", "двадцати", "тридцати"),
        ("три", "четыре"),
        ("трёх", "четырёх"),
    ),
}
_MONTHS: Mapping[Language, Sequence[str]] = {
    "en": (
        "January February March April May June July August September October November December".split()  # noqa: SIM905
    ),
    "ru": (
        "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()  # noqa: SIM905
    ),
}
_LAST_DAY = 28  # so that the day is one of every month
_BEFORE_PLACES: Mapping[Language, re.Pattern[str]] = {
    "en": re.compile(r"\b(?:in|at|from|to|near|below|over|Mount|river|port|island of|observatory|factory at) $"),
    "ru": re.compile(r"\b(?:[Вв]о?|из|до|под|через|на|возле|ниже|гор[аеуы]|рек[аеиу]|остров[ае]?|болота[хм]?|школе) $"),
}
_VERB: Mapping[Language, re.Pattern[str]] = {  # a "not" may stand after an English one, before a Russian one
    "en": re.compile(r"\b(is|are|was|were|has|had|can|could|will|would|does|did|should)\b(?! not\b|n['’]t)"),
    "ru": re.compile(
        r"(?<!не )(?<!не)\b(?:был[аои]?|будет|будут|может|могут|мог(?:л[аои])?|имеет(?:ся)?|имеют(?:ся)?|следует"
        r"|удалось|\w{3,}(?:лась|лось|лись|ился|ался|елся|улся|ается|яется|ится|ются|ятся|утся|атся|ывает|ивает|ывают|ивают"
        r"|овал[аои]?)|счита[ею]т|просит|просят|указал[аи]?|сказал[аи]?|заявил[аи]?|ответил[аи]?|заметил[аи]?"
        r"|сообщил[аи]?|обещал[аи]?|выступит|получен[аоы]?|построен[аоы]?|открыт[аоы]?|найден[аоы]?|составлен[аоы]?)\b",
        re.IGNORECASE,
    ),
}
_NOT: Mapping[Language, re.Pattern[str]] = {
    "en": re.compile(r"\b(?:not|never) (?!only\b)"),
    "ru": re.compile(
        r"\b[Нн]е (?!менее|более|больше|меньше|раньше|ранее|позднее|позже|только|раз\b|\w+ не\b|\w+, а\b|в \w+, а\b)"
    ),
}
_TWICE_DENIED = re.compile(r"\b(?:ни|никто|ничто|ничего|никогда|нельзя не|напротив)\b", re.IGNORECASE)
_QUANTITIES: Mapping[Language, Sequence[tuple[str, Sequence[str]]]] = {  # never what the original would imply
    "en": (
        (r"\b[Aa]ll of them\b", ("hardly any of them", "only half of them")),
        (r"(?<!than )\b[Aa]ll (?=the|its|his|those|these)", ("only half of ", "hardly any of ")),
        (r"\b[Aa]ll who\b", ("few who", "only half of those who")),
        (r"(?<!in )(?<!at )(?<!of )(?<!than )\b[Aa]ll (?=\w{3,}s\b(?<!its)(?<!this))", ("few ", "only some ")),
        (r"\b(?:each|every) (?!of|other|second|time|hundred)", ("only every second ", "only every third ")),
        (r"\bEach of\b", ("Only one of", "Hardly any of")),
        (r"\b[Mm]ost (?=of)", ("all ", "hardly any ")),
        (r"\b[Mm]any\b", ("all", "few")),
        (r"\b[Ss]ome (?=\w+s\b)", ("all ", "most ")),
        (r"\bat least\b", ("at most", "less than", "no more than")),
        (r"\b(?:[Nn]o|not) more than\b", ("at least", "more than")),
        (r"(?<![Nn]o )(?<!not )(?<!third )\bmore than\b", ("less than", "at most")),
        (r"\b[Nn]ot one(?= of)", ("almost every one", "every second one")),
        (r"\b[Nn]ot one(?! of)(?= \w+(?: \w+)? (?:was|were|had))", ("almost every", "every second")),
        (r"\b[Nn]obody\b", ("everybody", "almost everybody")),
        (r"\balmost (?=half)", ("much more than ",)),
        (r"\bonly (?=\d|three|one|half|fifteen)", ("more than ",)),
        (r"\bhalf\b", ("a tenth", "nine tenths")),
        (r"\ba third more\b", ("a third less", "a tenth more")),
        (r"\bonce a month\b", ("twice a month", "once a year")),
        (r"\bevery time\b", ("only once", "hardly ever")),
        (r"\bvery little\b", ("very much", "enough")),
        (r"\bthe whole of\b", ("only half of", "hardly any of")),
    ),
    "ru": (
        (r"\b[Вв]се они\b", ("немногие из них", "лишь половина из них")),
        (r"\bвсе (?!ещ|ж|таки|равно|они)", ("немногие ", "лишь некоторые ")),
        (r"(?<!лучше )\bвсех\b", ("немногих", "лишь половины")),
        (r"\bвсем (?=\w+(?:ам|ям)\b|сидеть)", ("немногим ", "лишь некоторым ")),
        (r"\b[Кк]аждый (?!из|второй)", ("лишь каждый второй ", "лишь каждый третий ")),
        (r"\b[Кк]аждого (?!из)", ("лишь каждого второго ", "лишь каждого третьего ")),
        (r"\bкаждое воскресенье\b", ("изредка по воскресеньям", "раз в месяц")),
        (r"\bкаждую ночь\b", ("раз в неделю", "изредка")),
        (r"\b[Кк]аждый из них\b", ("только один из них", "мало какой из них")),
        (r"\b[Бб]ольшинство\b", ("меньшинство", "ничтожное меньшинство")),
        (r"\b[Мм]ногие\b", ("все", "немногие")),
        (r"\b[Нн]екоторые\b", ("все", "почти все")),
        (r"\bне менее\b", ("не более", "менее")),
        (r"\bне (?:ранее|раньше) (?=\d)", ("не позднее ", "ранее ")),
        (r"\bне более\b", ("не менее", "более")),
        (r"(?<!не )\b(?:более|больше) (?=\d|половины|двухсот)", ("менее ",)),
        (r"\b(?:только|лишь) (?=\d|три|один|одну)", ("более чем ",)),
        (r"\bполовину\b", ("десятую часть", "девять десятых")),
        (r"\bполовина\b", ("десятая часть", "треть")),
        (r"\bвсякий раз\b", ("только однажды", "лишь изредка")),
        (r"\bна треть больше\b", ("на треть меньше", "вдвое больше")),
        (r"\bраз в месяц\b", ("дважды в месяц", "раз в год")),
        (r"\bвсего (?=\d)", ("более ", "менее ")),
        (r"\bеженедельно\b", ("ежегодно", "изредка")),
        (r"\bочень мало\b", ("очень много", "достаточно")),
    ),
}


def changed(kind: str, english: str, russian: str, rng: random.Random) -> str | None:
    """An English sentence with one change of a kind, "" if it is left out; None if it has nothing to change.

    The `russian` faces it: a name is changed only if it stands there as well.
    """
    if kind == "missing":
        return ""
    if kind == "negation":
        return next(negated("en", english), None)
    texts: Mapping[Language, str] = {"ru": russian, "en": english}
    options = list(renamed("en", texts, rng, {"en": NEW_NAMES}) if kind == "name" else counted(kind, english, rng))
    return rng.choice(options) if options else None


def counted(kind: str, text: str, rng: random.Random, language: Language = "en") -> Iterator[str]:
    """The sentence with a number, or the last figure of a date, made another; `kind` is "number" or "date"."""
    for one in particulars(language, text):
        if one.kind == kind and (now := _other_number(language, one.span.of(text), rng)):
            yield text[: one.span.start] + now + text[one.span.end :]


def _other_number(language: Language, words: str, rng: random.Random) -> str | None:
    if digits := re.search(r"\d+(?=\D*$)", words):
        other = str(int(digits[0]) + rng.choice((1, 2, 3, 7)))
        return words[: digits.start()] + other.zfill(len(digits[0])) + words[digits.end() :]
    alike = next((group for group in _SPELT[language] if words in group), ())
    return rng.choice([word for word in alike if word != words]) if alike else None


def redated(language: Language, text: str, rng: random.Random) -> Iterator[str]:
    """The sentence with the day, the month or the year of a date made another; the date stays possible."""
    for span, _ in dates(language, text):
        words = span.of(text)
        for now in (_other_day(words, rng), _other_month(language, words, rng), _other_year(words, rng)):
            if now is not None:
                yield text[: span.start] + now + text[span.end :]


def _other_day(words: str, rng: random.Random) -> str | None:
    day = re.search(r"(?<!\d)\d{1,2}(?!\d)", words)
    if day is None:
        return None
    return words[: day.start()] + str(_another(range(1, _LAST_DAY + 1), int(day[0]), rng)) + words[day.end() :]


def _other_month(language: Language, words: str, rng: random.Random) -> str | None:
    month = re.search(rf"\b(?:{'|'.join(_MONTHS[language])})\b", words)
    day = re.search(r"(?<!\d)\d{1,2}(?!\d)", words)
    if month is None or (day is not None and int(day[0]) > _LAST_DAY):
        return None
    return words[: month.start()] + _another(_MONTHS[language], month[0], rng) + words[month.end() :]


def _other_year(words: str, rng: random.Random) -> str | None:
    year = re.search(r"(?<!\d)\d{4}(?!\d)", words)
    if year is None:
        return None
    near = [int(year[0]) + by for by in (-7, -3, -2, -1, 1, 2, 3, 7)]
    return words[: year.start()] + str(rng.choice(near)) + words[year.end() :]


def _another(among: Sequence[_Any], than: _Any, rng: random.Random) -> _Any:
    return rng.choice([one for one in among if one != than])


def renamed(
    language: Language,
    texts: Mapping[Language, str],
    rng: random.Random,
    people: Mapping[Language, Sequence[str]] = PEOPLE,
    places: Mapping[Language, Sequence[str]] | None = None,
) -> Iterator[str]:
    """The sentence in `language` with a name of one word made another, if the sentence that faces it has it as well.

    After words such as "in" or «реки» the new name is one of the `places`, if there are any.
    """
    text = texts[language]
    for name in compare(texts, texts, built_in_names()).matched[language]:
        word = name.span.of(text)
        if word[1:].islower() and len(word) > 3:
            a_place = places is not None and _BEFORE_PLACES[language].search(text[: name.span.start])
            options = places[language] if places is not None and a_place else people[language]
            yield text[: name.span.start] + rng.choice(options) + text[name.span.end :]


def negated(language: Language, text: str) -> Iterator[str]:
    """The sentence with a denial taken out, or, if it has none, with one put in; at most one."""
    if language == "ru" and _TWICE_DENIED.search(text):
        return
    if denied := _NOT[language].search(text):
        yield _joined(text, Span(*denied.span()), "")
    elif verb := _VERB[language].search(text):
        yield text[: verb.end()] + " not" + text[verb.end() :] if language == "en" else _denied(text, verb.start())


def _denied(text: str, at: int) -> str:
    """A Russian sentence with a «не» before the word at a place."""
    return text[:at] + "не " + text[at:] if at else "Не " + text[:1].lower() + text[1:]


def _joined(text: str, span: Span, words: str) -> str:
    """The text with other words at a span; a capital there is kept."""
    rest = words + text[span.end :]
    return text[: span.start] + (rest[:1].upper() + rest[1:] if span.of(text)[:1].isupper() else rest)


def requantified(language: Language, text: str) -> Iterator[str]:
    """The sentence with a word of quantity ("all", "at least", "half") made one that the sentence does not imply."""
    for pattern, others in _QUANTITIES[language]:
        for found in re.finditer(pattern, text):
            yield from (_joined(text, Span(*found.span()), words) for words in others)


def reworded(quotation: str, vocabulary: Sequence[str], rng: random.Random) -> Iterator[str]:
    """The quotation with one word of five letters or more made another of the `vocabulary` with the same ending."""
    for word in re.finditer(r"\b[a-zа-яё]{5,}\b", quotation):
        alike = [one for one in vocabulary if one[-2:] == word[0][-2:] and one[:3] != word[0][:3]]
        if alike:
            yield quotation[: word.start()] + rng.choice(alike) + quotation[word.end() :]
