"""The source of truth: documents, texts, references, aligned sentences and passages in one SQLite file.

Everything that is shown to a person comes from here; the other stores only help to find it.
sqlite3 is imported here and nowhere else.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict
from datetime import date
from pathlib import Path
from threading import Lock
from types import MappingProxyType
from typing import Any, NamedTuple

from index import rows
from index.archives import archive_key
from index.dates import HistoricalDate
from index.document import (
    LANGUAGES,
    ArchivalReference,
    Document,
    Language,
    Passage,
    SentenceBead,
    Sentences,
    Source,
    Span,
)
from index.errors import IndexDamagedError, StorageError
from index.places import place_keys
from index.schema import SCHEMA


class Held(NamedTuple):
    """What the catalogue knows of a file it was given."""

    document_id: str
    path: str
    sha256: str


class Catalogue:
    """An open catalogue; reading is safe from several threads."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._lock = Lock()

    @classmethod
    def create(cls, path: Path) -> "Catalogue":
        """A new, empty catalogue at `path`, open for writing."""
        catalogue = cls.writable(path)
        with _mapped(path):
            catalogue._connection.executescript(SCHEMA)
        return catalogue

    @classmethod
    def writable(cls, path: Path) -> "Catalogue":
        """The catalogue at `path`, open for writing by this process alone."""
        with _mapped(path):
            connection = sqlite3.connect(path)
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = OFF")  # the whole generation is flushed before publishing
        return cls(connection)

    @classmethod
    def open(cls, path: Path) -> "Catalogue":
        """The catalogue of a published generation, which never changes, for reading.

        Raises: IndexDamagedError if it is not a catalogue.
        """
        address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        with _mapped(path):
            return cls(sqlite3.connect(address, uri=True, check_same_thread=False))

    def close(self) -> None:
        """Commit what was written and let go of the file."""
        with _mapped(), self._lock:
            self._connection.commit()
            self._connection.close()

    def add(
        self,
        document: Document,
        passages: Sequence[Passage],
        beads: Sequence[SentenceBead] = (),
        sentences: Mapping[tuple[str, Language], Sentences] = MappingProxyType({}),
    ) -> None:
        """Enter a document that is not yet there, with its passages, beads, and the sentences of passages' sides."""
        dates = (document.date.text, document.date.earliest, document.date.latest) if document.date else (None,) * 3
        fields = json.dumps(document.fields, ensure_ascii=False)
        row = (document.id, document.title, document.url, fields, *(str(d) if d else None for d in dates))
        references = [
            (document.id, n, *place_keys(r), json.dumps(asdict(r), ensure_ascii=False))
            for n, r in enumerate(document.references)
        ]
        places = [(p.id, document.id, p.position, json.dumps(p.spans), p.confidence) for p in passages]
        with _mapped():
            run = self._connection
            run.execute(
                "INSERT INTO documents VALUES (?,?,?,?,?,?,?,?,?)",
                (*row, document.source.path, document.source.sha256),
            )
            run.executemany("INSERT INTO texts VALUES (?,?,?)", [(document.id, *t) for t in document.texts.items()])
            run.executemany("INSERT INTO refs VALUES (?,?,?,?,?,?,?,?)", references)
            run.executemany("INSERT INTO passages VALUES (?,?,?,?,?)", places)
            run.executemany("INSERT INTO beads VALUES (?,?,?,?,?,?,?,?)", rows.bead_rows(document, beads))
            sides = ((*side, json.dumps(held.spans), held.packed) for side, held in sentences.items())
            run.executemany("INSERT INTO sentences VALUES (?,?,?,?)", sides)

    def remove(self, document_id: str) -> list[str]:
        """Strike a document out; gives the ids of the passages that went with it."""
        gone = [id_ for (id_,) in self._rows("SELECT id FROM passages WHERE document = ?", document_id)]
        with _mapped():
            self._connection.execute("DELETE FROM documents WHERE id = ?", (document_id,))
        return gone

    def replaced_by(self, document: Document) -> list[str]:
        """Ids of the documents that have the id of `document`, or came from the same file."""
        sql = "SELECT id FROM documents WHERE id = ? OR path = ?"
        return [id_ for (id_,) in self._rows(sql, document.id, document.source.path)]

    def twins(self, document: Document) -> list[str]:
        """Ids of the other documents that have the texts of `document`, to the letter."""
        sql = """SELECT document FROM texts WHERE language = ? AND length(words) = length(?)
                 AND substr(words, 1, 100) = substr(?, 1, 100) AND words = ? AND document <> ?"""
        sides = [
            {id_ for (id_,) in self._rows(sql, language, text, text, text, document.id)}
            for language, text in document.texts.items()
        ]
        return sorted(set.intersection(*sides))

    def move(self, document_id: str, source: Source) -> None:
        """Note that a document now comes from another file."""
        with _mapped():
            self._connection.execute(
                "UPDATE documents SET path = ?, sha256 = ? WHERE id = ?", (source.path, source.sha256, document_id)
            )

    def held(self) -> Iterator[Held]:
        """Every document with the file it came from."""
        return (Held(*row) for row in self._rows("SELECT id, path, sha256 FROM documents ORDER BY id"))

    def document(self, document_id: str) -> Document | None:
        """The document of this id, or None."""
        return next(iter(self.documents([document_id])), None)

    def documents(self, document_ids: Iterable[str] | None = None) -> Iterator[Document]:
        """The documents of these ids, or all, one at a time in the order of their ids as given or sorted."""
        wanted = document_ids if document_ids is not None else [h.document_id for h in self.held()]
        for document_id in wanted:
            for row in self._rows("SELECT * FROM documents WHERE id = ?", document_id):
                with _understood():
                    document = self._document(row)
                yield document

    def _document(self, row: tuple[Any, ...]) -> Document:
        id_, title, url, fields, printed, earliest, latest, path, sha256 = row
        references = self._rows("SELECT reference FROM refs WHERE document = ? ORDER BY position", id_)
        texts = dict(self._rows("SELECT language, words FROM texts WHERE document = ?", id_))
        return Document(
            id=id_,
            title=title,
            date=HistoricalDate(text=printed, earliest=date.fromisoformat(earliest), latest=date.fromisoformat(latest))
            if printed
            else None,
            references=tuple(rows.reference(json.loads(r)) for (r,) in references),
            fields=tuple((label, value) for label, value in json.loads(fields)),
            url=url,
            texts={language: texts[language] for language in LANGUAGES if language in texts},
            source=Source(path=path, sha256=sha256),
        )

    def passages(self, document: Document) -> list[Passage]:
        """The passages of `document`, in order."""
        sql = "SELECT id, position, spans, confidence FROM passages WHERE document = ? ORDER BY position"
        with _understood():
            return [rows.passage(document, *row) for row in self._rows(sql, document.id)]

    def beads(self, document: Document) -> tuple[SentenceBead, ...]:
        """The aligned sentences of `document`, in order; together every sentence of its texts once."""
        sql = f"SELECT {rows.BEAD} FROM beads WHERE document = ? ORDER BY position"  # noqa: S608 - ours
        return tuple(rows.bead(*row) for row in self._rows(sql, document.id))

    def beads_at(self, document: Document, language: Language, span: Span) -> tuple[SentenceBead, ...]:
        """The beads whose side in `language` shares at least one code point with `span`, in order."""
        where = f"document = ? AND {language}_start < ? AND {language}_end > ?"
        sql = f"SELECT {rows.BEAD} FROM beads WHERE {where} ORDER BY position"  # noqa: S608 - ours
        return tuple(rows.bead(*row) for row in self._rows(sql, document.id, span.end, span.start))

    def sentences(self, passage_id: str, language: Language) -> Sentences:
        """The sentences of one side of a passage, with their vectors.

        Raises: IndexDamagedError if there are none.
        """
        sql = "SELECT spans, vectors FROM sentences WHERE passage = ? AND language = ?"
        with _understood():
            ((spans, vectors),) = self._rows(sql, passage_id, language)
            return Sentences(tuple(Span(*span) for span in json.loads(spans)), vectors)

    def passage_ids(self, language: Language, document_ids: Iterable[str] | None = None) -> list[str]:
        """Ids of the passages that have a side in `language`, of all documents or of these."""
        mark = f'%"{language}"%'
        if document_ids is None:
            return [id_ for (id_,) in self._rows("SELECT id FROM passages WHERE spans LIKE ?", mark)]
        sql = "SELECT id FROM passages WHERE document = ? AND spans LIKE ?"
        return [id_ for document in document_ids for (id_,) in self._rows(sql, document, mark)]

    def passage_spans(self, passage_ids: Iterable[str], language: Language) -> dict[str, Span]:
        """Where the side in `language` of each of these passages stands in its document's text."""
        sql = "SELECT json_extract(spans, ?) FROM passages WHERE id = ?"
        return {
            id_: Span(*json.loads(span))
            for id_ in passage_ids
            for (span,) in self._rows(sql, f"$.{language}", id_)
            if span is not None
        }

    def stretch(self, document_id: str, language: Language, span: Span) -> str:
        """The words of one text at `span`, cut short where the text ends; "" if there is no such text."""
        sql = "SELECT substr(words, ?, ?) FROM texts WHERE document = ? AND language = ?"
        rows = self._rows(sql, span.start + 1, span.end - span.start, document_id, language)
        return "".join(words for (words,) in rows)

    def select(
        self, *, after: date | None = None, before: date | None = None, archives: Sequence[str] = ()
    ) -> set[str]:
        """Ids of documents whose date can lie between the two days, and that an archive named holds.

        A document without a date is never between two days.
        """
        sql = "SELECT id FROM documents WHERE (? IS NULL OR latest >= ?) AND (? IS NULL OR earliest <= ?)"
        days = [str(day) if day else None for day in (after, after, before, before)]
        found = {id_ for (id_,) in self._rows(sql, *days)}
        for_archives = "SELECT document FROM refs WHERE archive_key = ?"
        if archives:
            found &= {id_ for name in archives for (id_,) in self._rows(for_archives, archive_key(name))}
        return found

    def fields(self) -> Iterator[tuple[str, str, list[tuple[str, str]]]]:
        """The id, the title and the labelled fields of every document."""
        held = self._rows("SELECT id, title, fields FROM documents ORDER BY id")
        return ((id_, title, [(label, value) for label, value in json.loads(printed)]) for id_, title, printed in held)

    def file(self, key: str) -> list[tuple[str, ArchivalReference]]:
        """The references to a file, by its key (`index.places.file_key`), each with the id of its document."""
        return self._references("file_key = ?", key)

    def places(
        self, archive: str | None = None, fond: str | None = None, opis: str | None = None, delo: str | None = None
    ) -> list[tuple[str, ArchivalReference]]:
        """The references into an archive, fond, opis or delo, by their keys, each with the id of its document."""
        keys = {"archive_key": archive, "fond_key": fond, "opis_key": opis, "delo_key": delo}
        given = {column: key for column, key in keys.items() if key is not None}
        return self._references(" AND ".join(f"{column} = ?" for column in given) or "TRUE", *given.values())

    def _references(self, where: str, *values: str) -> list[tuple[str, ArchivalReference]]:
        sql = f"SELECT document, reference FROM refs WHERE {where} ORDER BY document, position"  # noqa: S608 - ours
        return [(document, rows.reference(json.loads(reference))) for document, reference in self._rows(sql, *values)]

    def titles(self, document_ids: Iterable[str]) -> dict[str, tuple[str, str | None]]:
        """The title, and the date as printed, of each of these documents."""
        sql = "SELECT title, date FROM documents WHERE id = ?"
        return {id_: row for id_ in document_ids for row in self._rows(sql, id_)}

    def counts(self) -> dict[str, int]:
        """How many documents, passages, and passages with a side in each language."""
        (documents,) = next(iter(self._rows("SELECT count(*) FROM documents")))
        (passages,) = next(iter(self._rows("SELECT count(*) FROM passages")))
        sides = {f"passages_{language}": len(self.passage_ids(language)) for language in LANGUAGES}
        return {"documents": documents, "passages": passages, **sides}

    def archives(self) -> dict[str, int]:
        """The archives as first printed, with the number of documents that cite each, most cited first."""
        sql = """SELECT min(json_extract(reference, '$.archive')), count(DISTINCT document) AS n FROM refs
                 WHERE archive_key IS NOT NULL GROUP BY archive_key ORDER BY n DESC, 1"""
        return dict(self._rows(sql))

    def date_range(self) -> tuple[str, str] | None:
        """The first and last day that any document can be from, or None if none is dated."""
        first, last = next(iter(self._rows("SELECT min(earliest), max(latest) FROM documents")))
        return (first, last) if first else None

    def faults(self) -> list[str]:
        """What SQLite finds wrong with the file, and sides of passages without sentences; empty if nothing."""
        found = [str(message) for (message,) in self._rows("PRAGMA integrity_check(5)")]
        if found != ["ok"]:
            return found
        kept = set(self._rows("SELECT passage, language FROM sentences"))
        wanted = {(id_, language) for language in LANGUAGES for id_ in self.passage_ids(language)}
        return [f"{len(wanted - kept)} sides of passages lack their sentences"] if wanted - kept else []

    def query(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """The rows that a question of this layer brings; see index/listing.py."""
        with _mapped(), self._lock:
            return self._connection.execute(sql, values).fetchall()

    _rows = query


def copy_database(source: Path, target: Path) -> None:
    """Copy an SQLite file whole, even while another process has it open."""
    with (
        _mapped(source),
        closing(sqlite3.connect(source.absolute().as_uri() + "?mode=ro", uri=True)) as old,
        closing(sqlite3.connect(target)) as new,
    ):
        old.backup(new)


@contextmanager
def _understood() -> Iterator[None]:
    """What is read is what was written, or the catalogue is damaged where SQLite does not look."""
    try:
        yield
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise IndexDamagedError(
            f"the catalogue holds what Delo never wrote: {error}; make the index anew with: delo index --rebuild"
        ) from error


@contextmanager
def _mapped(path: Path | None = None) -> Iterator[None]:
    """SQLite's errors as ours."""
    where = f" at '{path}'" if path else ""
    try:
        yield
    except sqlite3.DatabaseError as error:
        if "full" in str(error) or "disk I/O" in str(error):
            raise StorageError(f"the catalogue{where} could not be written: {error}; free some space") from error
        if isinstance(error, sqlite3.IntegrityError):
            raise
        raise IndexDamagedError(
            f"the catalogue{where} cannot be read: {error}; make the index anew with: delo index --rebuild"
        ) from error
