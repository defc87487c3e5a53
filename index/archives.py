"""The archives that citations name, and which names mean the same one: a table that its user can extend.

The table is `archives.json` beside this module; a file of the same form in the folder of an index adds to it.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from index.errors import ArchiveError
from index.tokens import Token, romanised

FILE = "archives.json"
_BUILT_IN = Path(__file__).with_name(FILE)
_FIELDS = {"acronym", "country", "names", "earlier", "now", "fonds"}
_ACRONYM_LETTERS = 3  # names as short as this must be unbroken, and capitals unless first: "A. G." is no archive
_COARSE = (("kh", "h"), ("ts", "c"), ("y", "i"), ("j", "i"))  # where romanisations of one name differ
_WORD = re.compile(r"[^\W_](?:[^\W_]|['’ʹʼ′`´](?=\w))*")
_DOUBLED = re.compile(r"(\w)\1+")
_LEAST_WORD = 5  # letters in which a doubled one may be a matter of romanisation; in an acronym it is not
_RUSSIAN_ACRONYM = re.compile(r"[А-ЯЁ]{2,}(?: [А-ЯЁ]{2,})*")
_SHORT_FORMS = (
    ("Российской Федерации", "РФ"), ("Rossiiskoi Federatsii", "RF"), ("the Russian Federation", "RF"),
    ("the Russian Federation", "Russia"),
)  # fmt: skip
_LEADS = frozenset({"see", "in", "source", "from", "the", "cf", "us", "and", "i", "v", "sm", "istochnik", "ibid"})
_BETWEEN_NAMES = frozenset({"(", ",", "/", "-", ":"}) | {"hereafter", "hereinafter", "henceforth", "dalee", "formerly"}
_BETWEEN_NAMES |= {"former", "now", "ex", "byvsh", "byvshii", "nyne", "."}


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """An archive under its acronym; `now` names the one that holds its papers today."""

    acronym: str
    now: str | None = None
    fonds: bool = False  # numbers by fond, opis and delo
    russian: str | None = None  # its acronym in Cyrillic letters


@dataclass(frozen=True, slots=True)
class Mention:
    """An archive's name in a text: which one, and the places in the text, and in its tokens, where it stands."""

    archive: Archive
    start: int
    end: int
    first: int
    last: int  # the first token after it


class ArchiveTable:
    """Archives by every name they are known under."""

    def __init__(self, rows: Sequence[dict[str, Any]], cities: Sequence[str]) -> None:
        self._archives: dict[str, Archive] = {}
        self._names: dict[str, str] = {}
        self._cities = frozenset(_key(city) for city in cities)
        for row in rows:
            self._enter(row)
        self._beginnings = {name[:n] for name in self._names for n in range(1, len(name) + 1)}

    def _enter(self, row: dict[str, Any]) -> None:
        acronym = row["acronym"]
        known = self._archives.get(acronym, Archive(acronym=acronym))
        russian = next((name for name in row.get("names", ()) if _RUSSIAN_ACRONYM.fullmatch(name)), known.russian)
        self._archives[acronym] = Archive(
            acronym=acronym, now=row.get("now", known.now), fonds=row.get("fonds", known.fonds), russian=russian
        )
        for name in (acronym, *row.get("names", ()), *row.get("earlier", ())):
            for form in _forms(name):
                self._names[_key(form)] = acronym

    def named(self, name: str) -> Archive | None:
        """The archive of this name, in whatever script and spelling, or None."""
        acronym = self._names.get(_key(name))
        return self._archives[acronym] if acronym else None

    def holder(self, name: str) -> str:
        """What is the same for all names of one archive, its successor's included; for an unknown one its own name."""
        archive = self.named(name)
        return _key((archive.now or archive.acronym) if archive else name).upper()

    def is_city(self, words: str) -> bool:
        """Whether the words are only the name of a city that archives stand in."""
        return _key(words) in self._cities

    def mentions(self, text: Sequence[Token]) -> list[Mention]:
        """The archives named in a text, longest names first, names of one archive that stand together as one."""
        found: list[Mention] = []
        at = 0
        while at < len(text):
            mention = self._at(text, at)
            if mention is None:
                at += 1
                continue
            if found and self._same(found[-1], mention) and _only_marks(text[found[-1].last : mention.first]):
                first = found.pop()
                mention = Mention(first.archive, first.start, mention.end, first.first, mention.last)
            found.append(_with_bracket(text, mention))
            at = found[-1].last
        return found

    def _same(self, one: Mention, two: Mention) -> bool:
        return self.holder(one.archive.acronym) == self.holder(two.archive.acronym)

    def _at(self, text: Sequence[Token], at: int) -> Mention | None:
        """The longest name that begins with the token `at`."""
        key, best = "", None
        for here in range(at, len(text)):
            token = text[here]
            if token.kind == "mark" and token.text not in ";/" and key:
                continue
            if token.kind != "word":
                break
            key += _word_key(token.plain)
            if key not in self._beginnings:
                break
            if key in self._names and _can_be_name(text, at, here + 1):
                best = Mention(self._archives[self._names[key]], text[at].start, token.end, at, here + 1)
        return best


def _forms(name: str) -> Iterator[str]:
    """A name, and the same with the country's name in short."""
    yield name
    for long, short in _SHORT_FORMS:
        if long in name:
            yield name.replace(long, short)


def _key(name: str) -> str:
    """A form in which spellings of one name agree."""
    return "".join(_word_key(word) for word in map(romanised, _WORD.findall(name)))


def _word_key(plain: str) -> str:
    for fine, coarse in _COARSE:
        plain = plain.replace(fine, coarse)
    return _DOUBLED.sub(r"\1", plain) if len(plain) >= _LEAST_WORD else plain


def _can_be_name(text: Sequence[Token], first: int, end: int) -> bool:
    """Whether the words are a name by themselves, not initials nor part of a longer name."""
    words = [token for token in text[first:end] if token.kind == "word"]
    if sum(len(word.text) for word in words) <= _ACRONYM_LETTERS:
        return len(words) == 1 and (words[0].text.isupper() or (first == 0 and words[0].text.islower()))
    if end < len(text) and text[end].plain == "of":  # "National Archives of" some country that the table lacks
        return False
    if len(words) == 1 and sum(c.isupper() for c in words[0].text) > 1:
        return True
    before = text[first - 1] if first else None
    if before and before.text == "." and first > 1 and len(text[first - 2].text) == 1:  # "George W. Bush Library"
        return False
    return before is None or before.kind != "word" or before.text.islower() or before.plain in _LEADS


def _only_marks(between: Sequence[Token]) -> bool:
    return all(token.text in _BETWEEN_NAMES or token.plain in _BETWEEN_NAMES for token in between)


def _with_bracket(text: Sequence[Token], mention: Mention) -> Mention:
    """The mention with the bracket that closes after it, if one opened in it."""
    opened = any(token.text == "(" for token in text[mention.first : mention.last])
    if opened and mention.last < len(text) and text[mention.last].text == ")":
        return Mention(mention.archive, mention.start, text[mention.last].end, mention.first, mention.last + 1)
    return mention


def load_table(folder: Path | None = None) -> ArchiveTable:
    """The built-in table, and what `archives.json` in `folder` adds to it.

    Raises: ArchiveError, with what is wrong, if that file is not of the table's form.
    """
    own = folder / FILE if folder else None
    if own is None or not own.is_file():
        return built_in()
    ours = json.loads(_BUILT_IN.read_text(encoding="utf-8"))
    try:
        added = json.loads(own.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise ArchiveError(f"the table of archives at '{own}' cannot be read: {error}; correct or remove it") from error
    if fault := _fault(added):
        raise ArchiveError(f"the table of archives at '{own}': {fault}; index/archives.json shows the form")
    return ArchiveTable([*ours["archives"], *added["archives"]], [*ours["cities"], *added.get("cities", [])])


def _fault(table: object) -> str | None:
    """What is wrong with a user's table, or None."""
    if not isinstance(table, dict) or not isinstance(table.get("archives"), list):
        return 'expected an object with a list "archives"'
    if unknown := table.keys() - {"about", "archives", "cities"}:
        return f"unknown field {min(unknown)!r}"
    if not _are_names(table.get("cities", [])):
        return "'cities' is not a list of names"
    faults = (_fault_of(row, number) for number, row in enumerate(table["archives"], 1))
    return next((fault for fault in faults if fault), None)


def _fault_of(row: object, number: int) -> str | None:
    """What is wrong with one archive of a user's table, or None."""
    if not isinstance(row, dict) or not _are_names([row.get("acronym")]):
        return f'archive {number} has no "acronym"'
    acronym = row["acronym"]
    if unknown := row.keys() - _FIELDS:
        return f"archive {number}, {acronym!r}, has an unknown field {min(unknown)!r}"
    for field in ("names", "earlier"):
        if not _are_names(row.get(field, [])):
            return f"{field!r} of {acronym!r} is not a list of names"
    for field in ("now", "country"):
        if row.get(field) is not None and not _are_names([row[field]]):
            return f"{field!r} of {acronym!r} is not a name"
    return None if isinstance(row.get("fonds", False), bool) else f"'fonds' of {acronym!r} is neither true nor false"


def _are_names(names: object) -> bool:
    """Whether these are a list of names, each with a letter in it."""
    return isinstance(names, list) and all(isinstance(name, str) and _key(name) for name in names)


@lru_cache(maxsize=1)
def built_in() -> ArchiveTable:
    """The table that comes with Delo."""
    table = json.loads(_BUILT_IN.read_text(encoding="utf-8"))
    return ArchiveTable(table["archives"], table["cities"])


def archive_key(name: str) -> str:
    """A form in which the names of one archive agree: АВП РФ, AVPRF, Foreign Policy Archive of the RF."""
    return built_in().holder(name)
