"""What a sentence claims, and whether the words that it rests on bear it out: its numbers, dates and names.

Each is compared by keys that are the same in both languages and in all spellings, with what is cited, what faces it,
and the catalogue's title and date of the documents. A word that begins a sentence has a capital anyway; it is taken for
a name unless it is seen to be none. Whether a sentence denies what its source affirms is told only where the one is
nearly the other.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

from index.capitals import capitals
from index.disagreement import said, stands
from index.document import LANGUAGES, Document, Language, Span
from index.lexical import telling_stems
from index.names import Mention, built_in_names
from index.particulars import Particular, figures
from index.spelling import name_key, name_keys
from rag.answer import Citation
from rag.dating import dated
from rag.pointed.denial import contradicts
from rag.pointed.loosely import is_loose, lacking
from rag.pointed.openings import opens
from rag.question import script

Lacking = Literal["number", "date", "name", "denial"]

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_HYPHENED = re.compile(r"[-‐‑'’ ]+")
_DIGITS = re.compile(r"\d+(?:[.,\s]\d{3})*")
_YEAR = re.compile(r"\d{4}")
_OF_A_PEOPLE: dict[Language, re.Pattern[str]] = {  # endings of adjectives and people's names: Korean, корейской
    "en": re.compile(r"(?:ians?|eans?|ans?|ese|ish|is?|n)$"),
    "ru": re.compile(r"(?:[еийаоя]*й?ск\w{2,3}|[яеи]н\w{0,3}|[ая]?н?ц\w{0,3}|[её]ц\w{0,3}|[аеоуыияьй]+)$"),
}
_LEAST_ROOT = 3  # letters
_LEAST_LOWERED = 3  # letters of a name that may stand in small ones
_LEAST_NAME = 4  # letters of a name of the documents that is looked for in small ones
_OF_A_WOMAN = re.compile(r"[A-Z]\w+(?:[oe]v|in|yn)a$")
_DAYS: dict[Language, tuple[str, ...]] = {
    "en": ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    "ru": ("понедельник", "вторник", "сред", "четверг", "пятниц", "суббот", "воскресень"),
}
_DAY = {
    "en": re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?\b", re.IGNORECASE),
    "ru": re.compile(r"\b(?:понедельник|вторник|сред[уаы]\b|четверг|пятниц|суббот|воскресень)\w*", re.IGNORECASE),
}
_SMALL_MONTH = re.compile(
    r"\b(?:january|february|april|june|july|august|september|october|november|december"
    r"|(?<=\bin )(?:march|may)|(?<=early |since |until )(?:march|may)|(?<=late )(?:march|may))\b"
)
_PRONOUN: dict[Language, re.Pattern[str]] = {  # for which the sentence before may have a name
    "en": re.compile(r"\b(?:he|she|him|her|his|hers|they|them|their|theirs|it|its)\b", re.IGNORECASE),
    "ru": re.compile(
        r"\b(?:он[аои]?|его|е[её]|ему|ей|ею|им|их|ими|нему|него|не[её]|нем|нём|них|ним|ними|ней)\b", re.IGNORECASE
    ),
}


@dataclass(frozen=True, slots=True)
class Unborne:
    """What a sentence says that nothing cited bears out: a number, date or name, or that the source denies it."""

    kind: Lacking
    words: str


@dataclass(frozen=True)
class Grounds:
    """What a sentence may rest on: `cited` words with their languages, those of the catalogue beside them.

    `small` are the words that the documents at hand have in small letters, by language: they are no names. `large`
    gives the keys of their names, which are names of a sentence too if it has them in small letters.
    """

    cited: tuple[tuple[Language, str], ...]
    catalogue: tuple[tuple[Language, str], ...]
    small: Mapping[Language, AbstractSet[str]]
    large: Callable[[], AbstractSet[str]] = frozenset

    @classmethod
    def of(
        cls,
        citations: Iterable[Citation],
        small: Mapping[Language, AbstractSet[str]],
        large: Callable[[], AbstractSet[str]] = frozenset,
    ) -> "Grounds":
        """The grounds that `citations` give."""
        cited: dict[tuple[Language, str], None] = {}
        catalogue: dict[tuple[Language, str], None] = {}
        for citation in citations:
            cited[citation.language, citation.words] = None
            if citation.parallel:
                cited[citation.parallel.language, citation.parallel.words] = None
            for told in _of_catalogue(citation.document):
                catalogue[told] = None
        return cls(tuple(cited), tuple(catalogue), small, large)

    @cached_property
    def texts(self) -> tuple[tuple[Language, str], ...]:
        """All of it."""
        return self.cited + self.catalogue

    @cached_property
    def _figures(self) -> tuple[Particular, ...]:
        return tuple(one for language, text in self.texts for one in figures(language, text))

    @cached_property
    def dates(self) -> frozenset[str]:
        """What its dates say, in whole and in part."""
        return said((one for one in self._figures if one.kind == "date"), "")

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The keys of its numbers."""
        return frozenset(one.key for one in self._figures if one.kind == "number")

    @cached_property
    def names(self) -> frozenset[str]:
        """The keys of its names that the table of names has, or that have several words."""
        table = built_in_names()
        return frozenset(name.key for language, text in self.texts for name in table.mentions(language, text))

    @cached_property
    def words(self) -> frozenset[str]:
        """The keys of all its words, under which a name of either script can be found."""
        every = {word for _, text in self.texts for word in _WORD.findall(text)}
        return frozenset[str]().union(*map(name_keys, every))

    @cached_property
    def roots(self) -> frozenset[str]:
        """The words without the endings that make an adjective of a name."""
        return frozenset(_root(language, word) for language, text in self.texts for word in _WORD.findall(text))

    @cached_property
    def stems(self) -> Mapping[Language, frozenset[str]]:
        """The stems of its words, by language."""
        return {x: frozenset(s for y, text in self.texts if y == x for s in telling_stems(x, text)) for x in LANGUAGES}

    @cached_property
    def days(self) -> frozenset[int]:
        """The days of the week that it names."""
        return frozenset(day for language, text in self.texts for day, _ in _days(language, text))


def unborne(text: str, grounds: Grounds) -> Unborne | None:
    """The first thing that `text`, a sentence in Russian or English, says and its grounds do not."""
    language = script(text) or "en"
    return (
        _figure(language, text, grounds)
        or _day(language, text, grounds)
        or _told_loosely(language, text, grounds)
        or _name(language, text, grounds)
        or _denied(language, text, grounds)
    )


def bears(name: str, grounds: Grounds) -> bool:
    """Whether a name stands among the grounds."""
    language = script(name) or "en"
    return _name(language, f"{'и' if language == 'ru' else 'to'} {name}", grounds) is None


def refers(language: Language, words: str) -> bool:
    """Whether a sentence has a pronoun for which the sentence before may have a name."""
    return _PRONOUN[language].search(words) is not None


def small_words(documents: Iterable[Document]) -> dict[Language, frozenset[str]]:
    """The stems of the words that documents have in small letters, by language."""
    found: dict[Language, set[str]] = {x: set() for x in LANGUAGES}
    for document in documents:
        for language, text in document.texts.items():
            words = {word for word in _WORD.findall(text) if word.islower()}
            found[language] |= words | set(telling_stems(language, " ".join(words)))
    return {language: frozenset(words) for language, words in found.items()}


def large_words(documents: Iterable[Document], small: Mapping[Language, AbstractSet[str]]) -> frozenset[str]:
    """The keys of the names of one word that documents have; not of words that they have in small letters too."""
    every = [
        (language, span.of(text))
        for document in documents
        for language, text in document.texts.items()
        for span in capitals(language, text)
    ]
    names = {word for x, word in every if len(word) >= _LEAST_NAME and not _is_small(x, word.lower(), small)}
    return frozenset[str]().union(*map(name_keys, names))


def _of_catalogue(document: Document) -> Iterable[tuple[Language, str]]:
    """The title and the date of a document, the date in both languages."""
    yield script(document.title) or "en", document.title
    if document.date:
        yield from ((x, dated(document.date, x)) for x in LANGUAGES)
        yield script(document.date.text) or "en", document.date.text


def _figure(language: Language, text: str, grounds: Grounds) -> Unborne | None:
    text = _SMALL_MONTH.sub(lambda month: month[0].capitalize(), text) if language == "en" else text
    found = sorted(figures(language, text), key=lambda one: one.span)
    for one in found:
        if not _is_figured(one, grounds):
            return Unborne("date" if one.kind == "date" else "number", one.span.of(text))
    taken = [one.span for one in found]
    for digits in _DIGITS.finditer(text):  # figures that are read as neither, such as those of a code
        if not any(Span(*digits.span()).meets(span) for span in taken):
            return Unborne("number", digits[0])
    return None


def _is_figured(one: Particular, grounds: Grounds) -> bool:
    """Whether a figure stands among the grounds; one like "of 1300" is a year or a number, as it happens."""
    if one.kind == "date":
        return _is_dated(one, grounds) or (_YEAR.fullmatch(one.key) is not None and one.key in grounds.numbers)
    return one.key in grounds.numbers or (_YEAR.fullmatch(one.key) is not None and one.key in grounds.dates)


def _is_dated(one: Particular, grounds: Grounds) -> bool:
    """Whether a date stands among the grounds, and its year among theirs."""
    if one.key.endswith("s"):
        return one.key in grounds.dates or one.key[:-1] in grounds.dates
    year = _YEAR.match(one.key)
    return stands(one, grounds.dates) and (year is None or year[0] in grounds.dates)


def _told_loosely(language: Language, text: str, grounds: Grounds) -> Unborne | None:
    missing = lacking(language, text, grounds.texts, grounds.numbers, grounds.dates)
    return Unborne(*missing) if missing else None


def _day(language: Language, text: str, grounds: Grounds) -> Unborne | None:
    return next((Unborne("date", words) for day, words in _days(language, text) if day not in grounds.days), None)


def _days(language: Language, text: str) -> Iterable[tuple[int, str]]:
    for match in _DAY[language].finditer(text):
        low = match[0].lower()
        yield next(n for n, day in enumerate(_DAYS[language]) if low.startswith(day)), match[0]


def _name(language: Language, text: str, grounds: Grounds) -> Unborne | None:
    """A name of `text` that is not among the grounds; its first word, and in capitals every word, may be one."""
    mentions = built_in_names().mentions(language, text)
    for mention in mentions:
        if not _is_named(language, mention, text, grounds):
            return Unborne("name", mention.span.of(text))
    words = list(_WORD.finditer(text))
    shouted = len(words) > 2 and sum(word[0].isupper() for word in words) * 2 > len(words)
    for n, word in enumerate(words):
        begins = n == 0 or not text[words[n - 1].end() : word.start()].isspace()
        if not word[0][0].isupper() or not (begins or shouted):
            continue
        if any(Span(*word.span()).meets(mention.span) for mention in mentions):
            continue
        if not (_holds(language, word[0], grounds) or _is_common(language, word[0], grounds)):
            return Unborne("name", word[0])
    return _lowered(language, text, grounds)


def _lowered(language: Language, text: str, grounds: Grounds) -> Unborne | None:
    """A name in small letters that is not among the grounds: one of the table, or of the documents at hand."""
    for match in _WORD.finditer(text):
        word = match[0]
        if not word.islower() or len(word) < _LEAST_LOWERED or opens(language, word):
            continue
        if _is_small(language, word, grounds.small) or _holds(language, word, grounds):
            continue
        large = word.capitalize()
        tabled = any(one.key.startswith("=") for one in built_in_names().mentions(language, f"– – {large}"))
        if (tabled or name_keys(word) & grounds.large()) and not _holds(language, large, grounds):
            return Unborne("name", word)
    return None


def _is_named(language: Language, mention: Mention, text: str, grounds: Grounds) -> bool:
    if mention.key in grounds.names:
        return True
    words = [word for word in _HYPHENED.split(mention.span.of(text)) if any(c.isalpha() for c in word)]
    return bool(words) and all(_holds(language, word, grounds) for word in words)


def _holds(language: Language, word: str, grounds: Grounds) -> bool:
    """Whether a word stands among the grounds, in whatever script, spelling or form."""
    if language == "en" and _OF_A_WOMAN.search(word) and _is_a_man_s(word, grounds):
        return False
    if name_keys(word) & grounds.words:
        return True
    stems = telling_stems(language, word)
    return (bool(stems) and set(stems) <= grounds.stems[language]) or _root(language, word) in grounds.roots - {""}


def _is_a_man_s(word: str, grounds: Grounds) -> bool:
    """Whether the English words have only a man's name where `word` is a woman's: Somov, and Somova."""
    english = {found for x, text in grounds.texts if x == "en" for found in _WORD.findall(text)}
    return word not in english and word[:-1] in english


def _is_common(language: Language, word: str, grounds: Grounds) -> bool:
    """Whether a word with a capital is one that has it only because it begins a sentence."""
    low = word.lower().replace("’", "'")
    return opens(language, low) or is_loose(language, low) or _is_small(language, low, grounds.small)


def _is_small(language: Language, word: str, small: Mapping[Language, AbstractSet[str]]) -> bool:
    """Whether documents have a word in small letters."""
    return not {word, *telling_stems(language, word)}.isdisjoint(small[language])


@lru_cache(maxsize=20_000)
def _root(language: Language, word: str) -> str:
    """What is left of a name without the endings of its case and of the adjective made of it; "" if that is little."""
    bare = _OF_A_PEOPLE[language].sub("", word.lower())
    key = name_key(bare) if len(bare) >= _LEAST_ROOT and word[:1].isupper() | (language == "ru") else ""
    return key if len(key) >= _LEAST_ROOT else ""


def _denied(language: Language, text: str, grounds: Grounds) -> Unborne | None:
    return Unborne("denial", text) if contradicts(language, text, grounds.cited) else None
