"""Limits that a reader sets in words: "only before June", «только до июня», "in Russian only", "without the filter".

A limit is made only of what can be nothing else: of words that are limits from the first to the last, of a limit that
stands after "only" at an end of the question, or of documents that are named as such. "What happened after June 1950?"
asks about that time, and limits nothing.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from index.document import LANGUAGES, Language
from rag.question import Filters
from rag.talk.limits import NAMED, LimitKind
from rag.talk.saiddates import MARK, Days, days, marked

_ALL: tuple[LimitKind, ...] = ("after", "before", "languages", *NAMED)
_NOUN: dict[Language, str] = {
    "en": r"(?:documents?|records?|papers?|texts?|sources?|originals?|translations?|ones?)",
    "ru": r"(?:документ\w*|материал\w*|источник\w*|текст\w*|оригинал\w*|перевод\w*|бумаг\w*)",
}
_FILLER: dict[Language, re.Pattern[str]] = {
    "en": re.compile(
        r"and|but|or|please|now|show(?: me)?|search|look|the|those|that are|dated|written|again|then", re.IGNORECASE
    ),
    "ru": re.compile(
        r"и|а|но|или|ну|теперь|пожалуйста|покажи(?:те)?|ищи(?:те)?|те|снова|опять|датированные", re.IGNORECASE
    ),
}
_EXPLICIT: dict[Language, re.Pattern[str]] = {
    "en": re.compile(rf"(?:only|just|(?:limit|restrict)(?: (?:it|this|that|the search|yourself))? to)(?: in)?|"
                     rf"(?:in |from )?(?:the )?{_NOUN['en']}", re.IGNORECASE),
    "ru": re.compile(
        rf"только|лишь|исключительно|ограничь(?:ся|тесь)?|(?:в |во |из |по )?{_NOUN['ru']}", re.IGNORECASE
    ),
}  # fmt: skip
_FIELDS: dict[Language, tuple[tuple[str, tuple[LimitKind, ...]], ...]] = {  # what a limit to be removed is called
    "en": (
        (r"dates?|time|years?|days?|periods?", ("after", "before")),
        (r"languages?", ("languages",)),
        (r"archives?", ("archives", "fonds")),
        (r"fonds?", ("fonds",)),
        (r"persons?|people|names?", ("persons",)),
        (r"collections?", ("collections",)),
        (r"documents?|records?", ("documents",)),
    ),
    "ru": (
        (r"дат\w*|времен\w*|год\w*|срок\w*|врем\w*", ("after", "before")),
        (r"язык\w*", ("languages",)),
        (r"архив\w*", ("archives", "fonds")),
        (r"фонд\w*", ("fonds",)),
        (r"лиц\w*|персон\w*|имен\w*", ("persons",)),
        (r"собрани\w*|коллекци\w*", ("collections",)),
        (r"документ\w*", ("documents",)),
    ),
}
_LIMIT_WORD: dict[Language, str] = {
    "en": r"(?:filter|limit|limitation|restriction)s?",
    "ru": r"(?:фильтр|ограничени)\w*",
}
_TONGUE: dict[Language, str] = {
    "en": r"(?:in |from )?(?:the )?(?P<tongue>Russian|English)(?: (?:texts?|language|originals?|documents?"
    r"|translations?|sources?|ones))?(?: only)?",
    "ru": r"(?:на |по-?|в )?(?P<tongue>русск|английск)\w*(?: (?:язык|текст|документ|оригинал|перевод|источник)\w*)?",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a reader's words change in the filters: `lifted` limits are removed, then those of `set` hold."""

    lifted: frozenset[LimitKind] = frozenset()
    set: Mapping[LimitKind, Any] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.lifted or self.set)

    def __add__(self, other: "Change") -> "Change":
        """Both; of two limits of one kind the later."""
        return Change(lifted=self.lifted | other.lifted, set={**self.set, **other.set})

    def of(self, filters: Filters) -> Filters:
        """`filters` so changed: a new limit replaces the older of its kind, and a day that it contradicts.

        Raises: QuestionError if the new limits contradict each other.
        """
        kept = {kind: getattr(Filters(), kind) for kind in self.lifted}
        after, before = self.set.get("after"), self.set.get("before")
        if after and not before and filters.before and after > filters.before:
            kept["before"] = None
        if before and not after and filters.after and before < filters.after:
            kept["after"] = None
        return replace(filters, **(kept | dict(self.set)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What limits in words are read by: the year of a month without one, and what reads the names of places.

    `place` gives the limit that begins a text, if an archive, a fond or a document does, and the characters it takes.
    """

    language: Language
    year: int | None
    place: Callable[[str], tuple[Change, int]]


def whole(text: str, scope: Scope) -> Change:
    """The change that `text` asks for if it is limits from the first word to the last; else none.

    Raises: QuestionError if a date of it never was, or its year is not known.
    """
    words, keys = marked(scope.language, text.strip(" \t.?!…"))
    return _Reading(words, keys, scope).change()


def parted(text: str, scope: Scope) -> tuple[str, Change]:
    """`text` without the limit that ends or begins it, and that limit: "..., only before June"; else `text` itself.

    Raises: QuestionError as `whole`.
    """
    for pattern in (_AT_END[scope.language], _AT_BEGINNING[scope.language], _IN_DOCUMENTS[scope.language]):
        for match in pattern.finditer(text):
            change = whole(match["limit"], scope)
            rest = f"{text[: match.start()].rstrip()} {text[match.end() :].lstrip()}".strip()
            if change and any(c.isalnum() for c in rest):
                plain = re.sub(r"\s+(?=[?!.])", "", rest)
                return plain[0].upper() + plain[1:], change
    return text, Change()


_AT_END: dict[Language, re.Pattern[str]] = {
    "en": re.compile(
        r"\s*[,;:(—–-]\s*(?:but |and )?(?P<limit>(?:only|just)\b[^,;?]+|in (?:Russian|English) only)\)?(?=[?.!]*$)",
        re.IGNORECASE,
    ),
    "ru": re.compile(r"\s*[,;:(—–-]\s*(?:но |и )?(?P<limit>(?:только|лишь)\b[^,;?]+)\)?(?=[?.!]*$)", re.IGNORECASE),
}  # fmt: skip
_AT_BEGINNING: dict[Language, re.Pattern[str]] = {
    "en": re.compile(r"^(?:and |but )?(?P<limit>(?:only|just)\b[^,:;?]+|without[^,:;?]+)[,:;]\s*", re.IGNORECASE),
    "ru": re.compile(r"^(?:а |и |но )?(?P<limit>(?:только|лишь)\b[^,:;?]+|без [^,:;?]+)[,:;]\s*", re.IGNORECASE),
}
_IN_DOCUMENTS: dict[Language, re.Pattern[str]] = {
    "en": re.compile(
        r"\b(?:only )?(?P<limit>in (?:the )?(?:documents|records)"
        r" (?:of|from|before|after|since|until|between)\b[^,;?]+)",
        re.IGNORECASE,
    ),
    "ru": re.compile(r"\b(?:только )?(?P<limit>(?:в|по) документа[хм] [^,;?]+?)(?=[,;?.!]|$)", re.IGNORECASE),
}


class _Reading:
    """Reads words that are limits one after the other."""

    def __init__(self, words: str, keys: tuple[str, ...], scope: Scope) -> None:
        self._words, self._keys, self._scope = words, list(keys), scope
        self._explicit = False

    def change(self) -> Change:
        """What all words together ask for; nothing if one of them is no limit."""
        if self._scope.language == "en" and self._words.casefold().endswith(" only"):
            self._explicit = True
        change, at = Change(), 0
        while at < len(self._words):
            one, taken = self._next(self._words[at:])
            if not taken:
                return Change()
            change, at = change + one, at + taken
        return change

    def _next(self, rest: str) -> tuple[Change, int]:
        """The limit that begins `rest`, if any, and how many characters are its own, or tell nothing."""
        if space := re.match(r"[\s,;:—–()-]+", rest):
            return Change(), space.end()
        for read in (self._lifted, self._dated, self._tongue, self._placed, self._told_apart):
            change, taken = read(rest)
            if taken:
                return change, taken
        filler = _fitting(_FILLER[self._scope.language], rest)
        return Change(), filler.end() if filler else 0

    def _told_apart(self, rest: str) -> tuple[Change, int]:
        """Words that say that a limit is meant."""
        said = _fitting(_EXPLICIT[self._scope.language], rest)
        self._explicit = self._explicit or said is not None
        return Change(), said.end() if said else 0

    def _lifted(self, rest: str) -> tuple[Change, int]:
        for pattern, kinds in _LIFTING[self._scope.language]:
            if found := _fitting(pattern, rest):
                return Change(lifted=frozenset(kinds)), found.end()
        return Change(), 0

    def _dated(self, rest: str) -> tuple[Change, int]:
        for pattern, sets in _DATED[self._scope.language]:
            found = pattern.match(rest)
            if found and (self._explicit or sets is not _within):
                keys = [self._keys.pop(0) for _ in range(found[0].count(MARK))]
                return Change(
                    set=sets(*(days(key, self._scope.year, self._scope.language) for key in keys))
                ), found.end()
        return Change(), 0

    def _tongue(self, rest: str) -> tuple[Change, int]:
        found = _fitting(re.compile(_TONGUE[self._scope.language], re.IGNORECASE), rest)
        if found is None or not (self._explicit or found[0].casefold().endswith("only")):
            return Change(), 0
        language: Language = "ru" if found["tongue"].casefold() in ("russian", "русск") else "en"
        return Change(set={"languages": tuple(one for one in LANGUAGES if one == language)}), found.end()

    def _placed(self, rest: str) -> tuple[Change, int]:
        preposition = re.match(r"(?:(?:from|in|of|at|из|в|по|во)\s+)?(?:the\s+)?", rest, re.IGNORECASE)
        start = preposition.end() if preposition else 0
        change, taken = self._scope.place(rest[start:])
        if not change or not (self._explicit or "documents" in change.set or "persons" in change.set):
            return Change(), 0
        return change, start + taken


def _fitting(pattern: re.Pattern[str], rest: str) -> re.Match[str] | None:
    """What begins `rest`, if it ends where a word does."""
    found = pattern.match(rest)
    return found if found and found[0] and not rest[found.end() : found.end() + 1].isalnum() else None


def _from(one: Days) -> dict[LimitKind, Any]:
    return {"after": one.first}


def _later(one: Days) -> dict[LimitKind, Any]:
    return {"after": one.morrow}


def _earlier(one: Days) -> dict[LimitKind, Any]:
    return {"before": one.eve}


def _until(one: Days) -> dict[LimitKind, Any]:
    return {"before": one.last}


def _within(one: Days) -> dict[LimitKind, Any]:
    return {"after": one.first, "before": one.last}


def _between(one: Days, two: Days) -> dict[LimitKind, Any]:
    return {"after": one.first, "before": two.last}


_Sets = Callable[..., dict[LimitKind, Any]]


def _dated_forms(*forms: tuple[str, _Sets]) -> tuple[tuple[re.Pattern[str], _Sets], ...]:
    return tuple((re.compile(form.replace("D", MARK), re.IGNORECASE), sets) for form, sets in forms)


_DATED: dict[Language, tuple[tuple[re.Pattern[str], _Sets], ...]] = {
    "en": _dated_forms(
        (r"between D and D", _between),
        (r"(?:from )?D (?:to|until|till|through) D", _between),
        (r"from D[-–—]D", _between),
        (r"(?:before|prior to|earlier than) (?:the )?D", _earlier),
        (r"(?:until|till|up to|by|through) (?:the )?D", _until),
        (r"(?:after|later than) (?:the )?D", _later),
        (r"(?:since|starting (?:from|in|with)|on or after) (?:the )?D(?: on(?:wards?)?)?", _from),
        (r"from D on(?:wards?)?", _from),
        (r"(?:in|of|for|from|on) (?:the )?D", _within),
        (r"D", _within),
    ),
    "ru": _dated_forms(
        (r"между D и D", _between),
        (r"(?:с|со|от) D (?:по|до) D", _between),
        (r"D[-–—]D", _between),
        (r"(?:до|перед|раньше|ранее) D", _earlier),
        (r"по D", _until),
        (r"(?:после|позже|позднее) D", _later),
        (r"(?:с|со|начиная с) D", _from),
        (r"(?:в|за|от|во) D", _within),
        (r"D", _within),
    ),
}


def _lifting_forms(language: Language) -> tuple[tuple[re.Pattern[str], tuple[LimitKind, ...]], ...]:
    word = _LIMIT_WORD[language]
    verb = r"(?:без|сними(?:те)?|убери(?:те)?|отмени(?:те)?|снять|убрать)"
    forms: list[tuple[str, tuple[LimitKind, ...]]] = []
    for name, kinds in _FIELDS[language]:
        if language == "en":
            forms += [
                (rf"(?:without|no|remove|drop|clear|lift|forget) (?:the |any |all |these )*(?:{name}) {word}", kinds),
                (rf"(?:in |from |for |at )?(?:all|any|every)(?: the)? (?:{name})", kinds),
            ]
        else:
            forms += [
                (rf"{verb} (?:всех |все |этих |эти |этого )?{word} (?:по|на) (?:{name})", kinds),
                (rf"(?:во?|за|на|из|по) (?:все|всех|всем|любой|любом|любых) (?:{name})", kinds),
            ]
    if language == "en":
        forms += [(rf"(?:without|no|remove|drop|clear|lift|forget) (?:the |any |all |these )*{word}", _ALL)]
        forms += [(r"(?:in )?both languages", ("languages",))]
    else:
        forms += [(rf"{verb} (?:всех |все |этих |эти |этого )?{word}", _ALL)]
        forms += [(r"на обоих языках", ("languages",))]
    return tuple((re.compile(form, re.IGNORECASE), kinds) for form, kinds in forms)


_LIFTING = {language: _lifting_forms(language) for language in LANGUAGES}
