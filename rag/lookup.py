"""From an archival reference to the documents held under it.

A reference that is not held finds nothing; there is no nearest guess. How a document was found is said: `exact`,
`leaf_in_range`, `overlap`, or `same_file`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol, get_args

from index.archives import ArchiveTable, built_in
from index.catalogue import Catalogue
from index.citation import read_citation
from index.document import ArchivalReference, Document
from index.leaves import Relation, plain_leaves, relation
from index.places import file_key, holder_key, number_key
from index.tokens import tidy, tokens
from rag.errors import LocatorError
from rag.record import reference_record

MOST_CHARS = 2_000  # of a reference; the longest citations in print have some 600
FORM = "write it like this: APRF, f. 3, op. 65, d. 776, ll. 30-32"
_BEST: tuple[Relation, ...] = get_args(Relation)  # best first


@dataclass(frozen=True, slots=True)
class Held:
    """A document held under a reference, by which of its own references, and how well that fits."""

    document_id: str
    match: Relation
    reference: ArchivalReference


@dataclass(frozen=True, slots=True)
class Lookup:
    """What was asked, as it was understood, and the documents found, best match first."""

    query: str
    asked: tuple[ArchivalReference, ...]
    found: tuple[Held, ...]


def look_up(catalogue: Catalogue, query: str, archives: ArchiveTable | None = None) -> Lookup:
    """The documents held under the reference, or references, in `query`.

    Raises: LocatorError, with what is wrong, if there is nothing in it that could be looked up.
    """
    table = archives or built_in()
    asked = read_query(query, table)
    best: dict[str, Held] = {}
    for reference in asked:
        for held in held_under(catalogue, reference, table):
            known = best.get(held.document_id)
            if known is None or _BEST.index(held.match) < _BEST.index(known.match):
                best[held.document_id] = held
    in_order = sorted(best.values(), key=lambda held: (_BEST.index(held.match), _natural(held.document_id)))
    return Lookup(tidy(query), asked, tuple(in_order))


def _natural(document_id: str) -> tuple[int, str]:
    """A key by which 9 stands before 10."""
    return (len(document_id) if document_id.isdecimal() else 0, document_id)


def documents_of(catalogue: Catalogue, query: str, archives: ArchiveTable | None = None) -> tuple[Document, ...]:
    """The documents that a person means, by the number of one or by the reference they are held under.

    Raises: LocatorError, as `look_up` does.
    """
    if document := numbered(catalogue, query):
        return (document,)
    if query.strip().isdecimal():
        return ()
    found = look_up(catalogue, query, archives).found
    return tuple(catalogue.documents(held.document_id for held in found))


def numbered(catalogue: Catalogue, query: str) -> Document | None:
    """The document that has this number, or name, in the archive."""
    plain = query.strip()
    return catalogue.document(plain) if plain.isprintable() else None


def read_query(query: str, archives: ArchiveTable | None = None) -> tuple[ArchivalReference, ...]:
    """The references in what a person typed.

    Raises: LocatorError if there is none, or one that is malformed.
    """
    if len(query) > MOST_CHARS:
        raise LocatorError(f"the reference has {len(query)} characters, the most is {MOST_CHARS}; shorten it")
    plain = tidy(query)
    if not any(c.isalnum() for c in plain):
        raise LocatorError(f"the reference is empty; {FORM}")
    citation = read_citation(plain, archives)
    if citation.problems:
        raise LocatorError(f"in {short(plain)}: {'; '.join(citation.problems)}; {FORM}")
    if citation.references:
        return citation.references
    if mentions := (archives or built_in()).mentions(tokens(plain)):
        archive = mentions[0].archive.acronym
        raise LocatorError(f"{short(plain)} names an archive, {archive}, and no place in it; {FORM}")
    raise LocatorError(f"no archival reference in {short(plain)}; {FORM}")


def short(text: str) -> str:
    """What was typed, in quotation marks and not longer than a line."""
    return repr(text if len(text) <= 80 else text[:79] + "…")


class Shelf(Protocol):
    """What tells which documents lie in a file."""

    def file(self, key: str) -> Sequence[tuple[str, ArchivalReference]]:
        """The references to a file, by its key (`index.places.file_key`), each with the id of its document."""
        ...


def held_under(catalogue: Shelf, asked: ArchivalReference, table: ArchiveTable) -> Iterable[Held]:
    """The documents held under one reference, each by every reference of its own that agrees."""
    key = file_key(asked)
    if key is None:
        return
    for document_id, reference in catalogue.file(key):
        if _agree(holder_key(asked, table), holder_key(reference, table)) and _agree(
            number_key(asked.papka), number_key(reference.papka)
        ):
            yield Held(document_id, relation(asked.leaves, reference.leaves), reference)


def _agree(asked: str | None, held: str | None) -> bool:
    """Whether two parts are the same; one that is not given on one side is not compared."""
    return asked is None or held is None or asked == held


def document_lookup(document: Document) -> Lookup:
    """A document found by its number: under each of its references, exactly."""
    found = tuple(Held(document.id, "exact", reference) for reference in document.references)
    return Lookup(document.id, document.references, found)


def neighbours(
    catalogue: Catalogue, document: Document, reference: ArchivalReference, archives: ArchiveTable | None = None
) -> int:
    """How many other documents lie in the file of a document's reference."""
    found = held_under(catalogue, reference, archives or built_in())
    return len({held.document_id for held in found} - {document.id})


def lookup_record(lookup: Lookup, *, id_: str | None = None) -> dict[str, Any]:
    """A look-up as plain values, `delo.lookup/1`."""
    return {
        "schema": "delo.lookup/1",
        "id": id_,
        "query": lookup.query,
        "reference": reference_record(lookup.asked[0]) if lookup.asked else None,
        "found": [
            {"document_id": held.document_id, "match": held.match, "reference": reference_record(held.reference)}
            for held in lookup.found
        ],
        "error": None,
    }


def failure_record(query: str, error: str, *, id_: str | None = None) -> dict[str, Any]:
    """The record of a reference that could not be looked up."""
    return {"schema": "delo.lookup/1", "id": id_, "query": query, "reference": None, "found": [], "error": error}


def parse_record(text: str, *, id_: str | None = None, archives: ArchiveTable | None = None) -> dict[str, Any]:
    """A citation's parse as plain values: leaves without padding and shortened ends, archives by their acronyms."""
    citation = read_citation(text, archives)
    return {
        "id": id_,
        "text": text,
        "references": [parsed_reference(reference) for reference in citation.references],
        "title": citation.title,
        "date": citation.date,
        "publisher": citation.publisher,
        "url": citation.url,
        "credits": citation.credits,
        "problems": list(citation.problems),
    }


def parsed_reference(reference: ArchivalReference) -> dict[str, Any]:
    """One reference of a citation's parse."""
    plain = reference_record(replace(reference, leaves=plain_leaves(reference.leaves)))
    del plain["text"]
    return {
        "archive": reference.holder,
        "archive_as_written": reference.archive,
        **{name: value for name, value in plain.items() if name != "archive"},
        "other": dict(reference.other),
    }
