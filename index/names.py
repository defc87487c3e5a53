"""Names in a text, each with a key that is the same in Russian and in English, whatever the spelling.

Three sources, in this order: a table of names that no rule brings together (people and the names they signed with,
institutions and their acronyms, places and their earlier names), which a user extends; names of China and Korea by
their syllables; all other words with a capital by their transliteration. The table is `names.json` beside this module;
a file of the same form in the folder of an index adds to it.
"""

import hashlib
import json
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice, pairwise
from pathlib import Path
from typing import Any, NamedTuple

from index.capitals import capitals
from index.document import Language, Span
from index.errors import ArchiveError
from index.spelling import name_key, name_keys
from index.syllables import eastern_key

FILE = "names.json"
KINDS = ("person", "code name", "institution", "place")
_BUILT_IN = Path(__file__).with_name(FILE)
_FIELDS = {"name", "kind", "names", "note"}
_WORD = re.compile(r"(?:[A-Z]\.){2,}|[^\W\d_]+(?:[-‐‑'’ʹʼ′`][^\W\d_]+)*['’ʹ]?")
_POSSESSIVE = re.compile(r"['’]s?$")
_BETWEEN = re.compile(r"(?:['’]s?)?[\s.()\-‐‑–—\"«»“”,]{0,3}")
_LOOK_ALIKES = re.compile(r"[ABEKMHOPCTXY]{2,}")
_TO_CYRILLIC = str.maketrans("ABEKMHOPCTXY", "АВЕКМНОРСТХУ")
_LONGEST = 12  # words of a name
_CLASS = "="  # begins the key of a class of the table


class Mention(NamedTuple):
    """A name in a text: where it stands, and a key that all spellings of it share."""

    span: Span
    key: str


class _Word(NamedTuple):
    """A word of a text, or of a name in the table."""

    text: str
    start: int
    end: int


class NameTable:
    """Classes of names that mean the same."""

    def __init__(self, rows: Sequence[dict[str, Any]], sha256: str) -> None:
        self.sha256 = sha256  # of the table's files
        self._classes: dict[str, list[str]] = {}
        self._kinds: dict[str, str] = {}
        self._by_first: dict[str, list[tuple[tuple[_Word, ...], str]]] = {}
        self._small: set[str] = set()  # first words without a capital
        self._eastern: dict[str, str] = {}
        for row in rows:
            self._enter(row["name"], [row["name"], *row.get("names", ())])
            self._kinds[_CLASS + row["name"]] = row.get("kind", KINDS[0])
        small = "".join(rf"|{re.escape(word)}\b" for word in sorted(self._small))
        self._beginning = re.compile(rf"(?<![^\W_])(?:(?![a-zа-яё])[^\W\d_]{small})")

    def _enter(self, title: str, names: list[str]) -> None:
        key = _CLASS + title
        known = self._classes.setdefault(key, [])
        for name in dict.fromkeys(names):
            if name in known:
                continue
            known.append(name)
            words = tuple(_words(name))
            self._by_first.setdefault(name_key(words[0].text), []).append((words, key))
            if words[0].text[0].islower():
                self._small.add(words[0].text)
            if eastern := eastern_key([word.text for word in words]):
                self._eastern.setdefault(eastern, key)

    def variants(self, key: str) -> tuple[str, ...]:
        """The names of the class that has this key, its title first; none if it is the key of a single name."""
        return tuple(self._classes.get(key, ()))

    def kind(self, key: str) -> str | None:
        """What the class that has this key is of KINDS; None if the table does not say."""
        return self._kinds.get(key)

    def mentions(self, language: Language, text: str) -> tuple[Mention, ...]:
        """The names in `text`, in order of place; of names that overlap, the longest from the first."""
        single = {span.start for span in capitals(language, text)}
        every = list(_words(text, righted=language == "ru"))
        starts = [word.start for word in every]
        found: list[Mention] = []
        at = 0
        while start := self._beginning.search(text, at):
            words = _run(every, starts, start.start()) or list(islice(_words(text, start.start()), _LONGEST))
            taken, key = self._name(text, words)
            if not taken and words[0].start in single:
                taken, key = 1, name_key(words[0].text)
            at = words[taken - 1].end if taken else words[0].end
            if taken:
                found.append(Mention(_closed(text, words[0].start, at), key))
        return tuple(found)

    def _name(self, text: str, words: list[_Word]) -> tuple[int, str]:
        """How many of the words, from the first on, are a name of the table, or of China or Korea, and its key."""
        entries = [entry for key in name_keys(words[0].text) for entry in self._by_first.get(key, ())]
        fitting = [(len(name), key) for name, key in entries if _stands(name, text, words[: len(name)])]
        if fitting:
            return max(fitting)
        for count in (3, 2):
            run = words[:count]
            if len(run) == count and all(w.text[0].isupper() for w in run) and _one_space_apart(text, run):
                key = eastern_key([w.text for w in run])
                if key:
                    return count, self._eastern.get(key, key)
        return 0, ""


def _words(text: str, start: int = 0, *, righted: bool = False) -> Iterator[_Word]:
    for match in _WORD.finditer(text, start):
        word = match[0]
        if word[-1] in "sʹ'’":
            word = _POSSESSIVE.sub("", word)
        end = match.start() + len(word)
        if righted and word.isascii() and _LOOK_ALIKES.fullmatch(word):
            word = word.translate(_TO_CYRILLIC)  # «HAM ИР» with three Latin letters
        yield _Word(word, match.start(), end)


def _run(words: list[_Word], starts: list[int], place: int) -> list[_Word]:
    """The words from the one that begins at `place` on, as many as a name may have; none if none begins there."""
    first = bisect_left(starts, place)
    return words[first : first + _LONGEST] if starts[first : first + 1] == [place] else []


def _closed(text: str, start: int, end: int) -> Span:
    """The place of a name, with the bracket that closes after it if one opens in it: VKP(b)."""
    return Span(start, end + (text[end : end + 1] == ")" and "(" in text[start:end]))


def _stands(name: tuple[_Word, ...], text: str, run: list[_Word]) -> bool:
    """Whether a name of the table stands in a run of words, in whatever spelling and case."""
    if len(run) < len(name) or not all(_same(one.text, two.text) for one, two in zip(name, run, strict=True)):
        return False
    return all(_BETWEEN.fullmatch(text, one.end, two.start) for one, two in pairwise(run))


def _same(known: str, found: str) -> bool:
    """Whether a word is one of a name's: capitals where that has them, several in an acronym."""
    if name_key(known) not in name_keys(found):
        return False
    if _is_acronym(known):
        return _is_acronym(found)
    return found[0].isupper() or not known[0].isupper()


def _is_acronym(word: str) -> bool:
    return sum(c.isupper() for c in word) > 1


def _one_space_apart(text: str, run: list[_Word]) -> bool:
    return all(text[one.end : two.start] == " " for one, two in pairwise(run))


def load_names(home: Path | None = None) -> NameTable:
    """The built-in table, and what `names.json` in the folder `home` adds to it.

    Raises: ArchiveError, with what is wrong, if that file is not of the table's form.
    """
    own = home / FILE if home else None
    if own is None or not own.is_file():
        return built_in_names()
    try:
        added_bytes = own.read_bytes()
        added = json.loads(added_bytes.decode("utf-8-sig"))
    except (OSError, ValueError) as error:
        raise ArchiveError(f"the table of names at '{own}' cannot be read: {error}; correct or remove it") from error
    if fault := _fault(added):
        raise ArchiveError(f"the table of names at '{own}': {fault}; index/names.json shows the form")
    ours = _BUILT_IN.read_bytes()
    return NameTable([*json.loads(ours)["names"], *added["names"]], hashlib.sha256(ours + added_bytes).hexdigest())


def _fault(table: object) -> str | None:
    """What is wrong with a user's table, or None."""
    if not isinstance(table, dict) or not isinstance(table.get("names"), list):
        return 'expected an object with a list "names"'
    for number, row in enumerate(table["names"], 1):
        if not isinstance(row, dict) or not _is_name(row.get("name")):
            return f'class {number} has no "name"'
        if fault := _fault_of_class(row):
            return fault
    return None


def _fault_of_class(row: dict[str, Any]) -> str | None:
    if unknown := row.keys() - _FIELDS:
        return f"{row['name']!r} has an unknown field {min(unknown)!r}"
    names = row.get("names", [])
    if not isinstance(names, list) or not all(_is_name(name) for name in names):
        return f"'names' of {row['name']!r} is not a list of names"
    if row.get("kind", KINDS[0]) not in KINDS:
        return f"'kind' of {row['name']!r} is not one of: {', '.join(KINDS)}"
    return None


def _is_name(value: object) -> bool:
    return isinstance(value, str) and _WORD.search(value) is not None


@lru_cache(maxsize=1)
def built_in_names() -> NameTable:
    """The table that comes with Delo."""
    ours = _BUILT_IN.read_bytes()
    return NameTable(json.loads(ours)["names"], hashlib.sha256(ours).hexdigest())
