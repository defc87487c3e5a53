"""Lists of what the catalogue holds: by date, by the place of the papers, by what the record says; never by texts."""

import json
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import astuple, dataclass, replace
from functools import cached_property
from typing import Literal, NamedTuple

from index.archives import archive_key, built_in
from index.catalogue import Catalogue
from index.document import ArchivalReference, Document
from index.places import number_key, place_keys

Part = Literal["archive", "fond", "opis", "papka", "delo"]
PARTS: tuple[Part, ...] = ("archive", "fond", "opis", "papka", "delo")
_LAST = 1 << 60
NOT_GIVEN = "-"  # stands for a part that a reference lacks; no key of a number or a name is like it

_HELD = "documents d LEFT JOIN refs r ON r.document = d.id"  # a document without a reference has a place, too
_PAPKA = "json_extract(r.reference, '$.papka')"
_KEYS: dict[Part, str] = {
    "archive": "r.archive_key",
    "fond": "r.fond_key",
    "opis": "r.opis_key",
    "papka": _PAPKA,
    "delo": "r.delo_key",
}
_PRINTED: dict[Part, str] = {
    "archive": "coalesce(json_extract(r.reference, '$.holder'), json_extract(r.reference, '$.archive'))",
    **{part: f"json_extract(r.reference, '$.{part}')" for part in ("fond", "opis", "papka", "delo")},
}
_BY_DATE = "SELECT id, earliest, latest FROM documents ORDER BY earliest IS NULL, earliest, latest, length(id), id"
_ORIGINALS = """SELECT documents.id, json_extract(f.value, '$[1]') FROM documents, json_each(documents.fields) f
    WHERE lower(json_extract(f.value, '$[0]')) = 'original language'"""


class Dated(NamedTuple):
    """A document and the days, as ISO prints them, between which it was written; None if it has no date."""

    id: str
    earliest: str | None
    latest: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A document as a list names it: its id, title, date and references, as printed."""

    id: str
    title: str
    date: str | None
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """A place in the archives by the keys of its parts: None is any, NOT_GIVEN a part that references lack."""

    archive: str | None = None
    fond: str | None = None
    opis: str | None = None
    papka: str | None = None
    delo: str | None = None

    @classmethod
    def named(cls, printed: Mapping[Part, str]) -> "Shelf":
        """The place whose parts are printed so; what is empty is any. An archive may have any of its names."""
        keys = {part: _key(part, value) for part, value in printed.items() if value.strip()}
        return cls(**keys)

    @classmethod
    def of(cls, reference: ArchivalReference) -> "Shelf | None":
        """The file that a reference names; None if it names none by fond, opis or delo."""
        archive, fond, opis, delo, _ = place_keys(reference)
        if delo is None and opis is None:
            return None
        return cls(archive, fond, opis, number_key(reference.papka), delo)

    @property
    def given(self) -> dict[Part, str]:
        """The parts that are told, by their names."""
        return {part: key for part, key in zip(PARTS, astuple(self), strict=True) if key is not None}

    @property
    def next(self) -> Part | None:
        """The first part that is not told; None if all are."""
        return next((part for part, key in zip(PARTS, astuple(self), strict=True) if key is None), None)

    def with_part(self, part: Part, key: str) -> "Shelf":
        """The place within this one where `part` is `key`."""
        return replace(self, **{part: key})

    def holds(self, inner: "Shelf") -> bool:
        """Whether `inner` is this place or lies within it."""
        return self.given.items() <= inner.given.items()


@dataclass(frozen=True, slots=True)
class Branch:
    """A place that lies next below another: which part of it that is, as printed, and how many documents it has."""

    shelf: Shelf
    part: Part
    printed: str | None
    documents: int


def within(documents: Iterable[Dated], after: str | None, before: str | None) -> list[Dated]:
    """Those whose date can lie between the two days; without either all, those without a date included."""
    if after is None and before is None:
        return list(documents)
    return [
        one
        for one in documents
        if one.earliest and one.latest and one.latest >= (after or "") and (before is None or one.earliest <= before)
    ]


class Listing:
    """The lists of one catalogue, which does not change; what every page asks for is read once."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._query = catalogue.query

    @cached_property
    def dated(self) -> tuple[Dated, ...]:
        """Every document, in the order of the first days that they can be from; those without a date last."""
        return tuple(Dated(*row) for row in self._query(_BY_DATE))

    @cached_property
    def originals(self) -> Mapping[str, frozenset[str]]:
        """The languages that records give for the original, as printed, the commonest first, with their documents."""
        found: dict[str, set[str]] = {}
        for id_, printed in self._query(_ORIGINALS):
            found.setdefault(printed, set()).add(id_)
        in_order = sorted(found.items(), key=lambda one: (-len(one[1]), one[0]))
        return {printed: frozenset(ids) for printed, ids in in_order}

    @cached_property
    def archives(self) -> tuple[Branch, ...]:
        """The archives that documents lie in; last those documents for which none is named."""
        return self.branches(Shelf())

    def entries(self, document_ids: Iterable[str]) -> list[Entry]:
        """These documents, in their order, as lists name them."""
        told = "SELECT title, date FROM documents WHERE id = ?"
        cited = "SELECT json_extract(reference, '$.text') FROM refs WHERE document = ? ORDER BY position"
        return [
            Entry(id_, title, date, tuple(text for (text,) in self._query(cited, id_)))
            for id_ in document_ids
            for title, date in self._query(told, id_)
        ]

    def in_order(self, document_ids: Iterable[str]) -> list[str]:
        """These ids by the documents' dates."""
        sql = "SELECT earliest IS NULL, earliest, latest, length(id), id FROM documents WHERE id = ?"
        return [row[-1] for row in sorted(row for id_ in document_ids for row in self._query(sql, id_))]

    def beside(self, document: Document) -> tuple[Entry | None, Entry | None]:
        """The documents next before and next after one by date; None at either end, and for one without a date."""
        return self._next_to(document, "<", "DESC"), self._next_to(document, ">", "ASC")

    def _next_to(self, document: Document, than: str, order: str) -> Entry | None:
        if document.date is None:
            return None
        sql = f"""SELECT id FROM documents WHERE (earliest, latest, length(id), id) {than} (?, ?, ?, ?)
            ORDER BY earliest {order}, latest {order}, length(id) {order}, id {order} LIMIT 1"""  # noqa: S608 - ours
        days = str(document.date.earliest), str(document.date.latest)
        found = self._query(sql, *days, len(document.id), document.id)
        return next(iter(self.entries(id_ for (id_,) in found)), None)

    def placed(self, shelf: Shelf) -> set[str]:
        """Ids of the documents that one reference places there."""
        where, values, fits = _asked(shelf)
        sql = f"SELECT d.id, {_PAPKA if shelf.papka else 'NULL'} FROM {_HELD} WHERE {where}"  # noqa: S608 - ours
        return {id_ for id_, papka in self._query(sql, *values) if fits(papka)}

    def titled(self, words: str) -> set[str]:
        """Ids of the documents in whose title each of these words stands, or one that begins with it."""
        wanted = [re.compile(rf"(?<!\w){re.escape(word)}") for word in re.findall(r"\w+", _plain(words))]
        titles = ((id_, _plain(title)) for id_, title in self._query("SELECT id, title FROM documents"))
        return {id_ for id_, title in titles if all(word.search(title) for word in wanted)}

    def naming(self, names: Collection[str]) -> set[str]:
        """Ids of the documents whose title or a field of whose record holds one of these names, in any case."""
        wanted = {
            form for name in names for form in (name.casefold(), json.dumps(name.casefold(), ensure_ascii=False)[1:-1])
        }
        sql = "SELECT id, title, fields FROM documents"
        records = ((id_, f"{title} {fields}".casefold()) for id_, title, fields in self._query(sql))
        return {id_ for id_, record in records if any(name in record for name in wanted)}

    def branches(self, shelf: Shelf) -> tuple[Branch, ...]:
        """What lies next below a place, in the order of its numbers; a part that no reference there has is passed over.

        Empty if nothing lies below it but documents.
        """
        here = shelf
        while part := here.next:
            found = self._parted(here, part)
            if set(found) - {NOT_GIVEN}:
                order = _by_name if part == "archive" else _by_number
                return tuple(Branch(here.with_part(part, key), part, *found[key]) for key in sorted(found, key=order))
            here = here.with_part(part, NOT_GIVEN)
        return ()

    def _parted(self, shelf: Shelf, part: Part) -> dict[str, tuple[str | None, int]]:
        """The keys of a part in a place, each as printed and with the number of its documents."""
        if part in ("papka", "delo"):
            return self._within_opis(shelf, part)
        where, values, _ = _asked(shelf)
        sql = f"""SELECT {_KEYS[part]}, {_PRINTED[part]}, count(DISTINCT d.id), min(r.rowid) FROM {_HELD}
            WHERE {where} GROUP BY 1"""  # noqa: S608 - ours
        found = self._query(sql, *values)
        return {key or NOT_GIVEN: (_shown(part, key, printed), count) for key, printed, count, _ in found}

    def _within_opis(self, shelf: Shelf, part: Part) -> dict[str, tuple[str | None, int]]:
        """The same of the parts in which papki, whose keys the catalogue does not hold, have to be told apart."""
        where, values, fits = _asked(shelf)
        sql = f"SELECT {_KEYS[part]}, {_PRINTED[part]}, d.id, {_PAPKA} FROM {_HELD} WHERE {where}"  # noqa: S608 - ours
        printed: dict[str, str | None] = {}
        held: dict[str, set[str]] = {}
        for found, as_printed, id_, papka in self._query(sql, *values):
            if fits(papka):
                key = (number_key(found) if part == "papka" else found) or NOT_GIVEN
                printed.setdefault(key, as_printed)
                held.setdefault(key, set()).add(id_)
        return {key: (_shown(part, key, printed[key]), len(held[key])) for key in held}


def _asked(shelf: Shelf) -> tuple[str, list[str], Callable[[str | None], bool]]:
    """A condition of SQL with its values, and a test of the papka, whose key the catalogue does not hold."""
    told = {part: key for part, key in shelf.given.items() if part != "papka"}
    where = [f"{_KEYS[part]} IS NULL" if key == NOT_GIVEN else f"{_KEYS[part]} = ?" for part, key in told.items()]
    values = [key for key in told.values() if key != NOT_GIVEN]
    wanted = shelf.papka
    return (
        " AND ".join(where) or "TRUE",
        values,
        lambda papka: wanted is None or (number_key(papka) or NOT_GIVEN) == wanted,
    )


def _shown(part: Part, key: str | None, printed: str | None) -> str | None:
    """A part as printed, an archive by the name that it has today; None for one that is not given."""
    if key in (None, NOT_GIVEN):
        return None
    known = built_in().named(str(key)) if part == "archive" else None
    return known.acronym if known else printed


def _by_number(key: str) -> list[tuple[int, str]]:
    if key == NOT_GIVEN:
        return [(_LAST, "")]
    return [(int(word) if word.isdecimal() else 0, word) for word in key.split()]


def _by_name(key: str) -> tuple[bool, str]:
    return key == NOT_GIVEN, key


def _key(part: Part, printed: str) -> str:
    plain = printed.strip()
    if plain == NOT_GIVEN:
        return NOT_GIVEN
    return archive_key(plain) if part == "archive" else number_key(plain) or plain


def _plain(words: str) -> str:
    return words.lower().replace("ё", "е")
