"""From an archive, fond, opis or delo to what lies in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from index.archives import ArchiveTable, built_in
from index.catalogue import Catalogue
from index.document import ArchivalReference
from index.leaves import plain_leaves
from index.places import file_key, holder_key, number_key, place_keys
from index.tokens import tidy, tokens
from rag.errors import LocatorError
from rag.lookup import FORM, MOST_CHARS, Lookup, read_query, short


@dataclass(frozen=True, slots=True)
class Branch:
    """A fond of an archive, an opis of a fond, and so on, with its documents; `value` None where none is printed."""

    value: str | None
    documents: tuple[str, ...]
    references: tuple[ArchivalReference, ...]


@dataclass(frozen=True, slots=True)
class Tree:
    """What lies in a place, by the next part of the reference: `level` is archive, fond, opis, delo or leaves."""

    prefix: str
    level: str
    branches: tuple[Branch, ...]


def wider(catalogue: Catalogue, lookup: Lookup, archives: ArchiveTable | None = None) -> tuple[str, int] | None:
    """The narrowest of opis, fond and archive that the reference lies in and that holds documents, and how many."""
    if (found := around(catalogue, lookup, archives)) is None:
        return None
    parts, count = found
    labels = {"archive": "", "fond": "f. ", "opis": "op. "}
    return ", ".join(f"{labels[part]}{value}" for part, value in parts.items()), count


def around(
    catalogue: Catalogue, lookup: Lookup, archives: ArchiveTable | None = None
) -> tuple[dict[str, str], int] | None:
    """The same as the parts of a place, as they are printed: its archive, fond and opis, as far as it has them."""
    if lookup.found or not lookup.asked:
        return None
    table, reference = archives or built_in(), lookup.asked[0]
    holder = holder_key(reference, table)
    if holder is None:
        return None
    _, fond, opis, *_ = place_keys(reference)
    for depth in (2, 1, 0):
        keys = (fond, opis)[:depth]
        if None in keys:
            continue
        if held := {document for document, _ in catalogue.places(holder, *keys)}:
            printed = {"archive": reference.archive, "fond": reference.fond, "opis": reference.opis}
            return {part: str(value) for part, value in list(printed.items())[: depth + 1]}, len(held)
    return None


def walk(catalogue: Catalogue, prefix: str = "", archives: ArchiveTable | None = None) -> Tree:
    """What lies in the archive, fond, opis or delo that `prefix` names; without one, the archives.

    Raises: LocatorError if `prefix` names no place.
    """
    table = archives or built_in()
    place = _place(catalogue, prefix, table)
    holder = holder_key(place, table) if place else None
    _, fond, opis, delo, file = place_keys(place) if place else (None,) * 5
    held = (
        catalogue.file(file) if file and not fond else catalogue.places(archive=holder, fond=fond, opis=opis, delo=delo)
    )
    inside = [(id_, reference) for id_, reference in held if holder in (None, holder_key(reference, table))]
    level = next((name for name, key in _levels(holder, fond, opis, delo, file) if key is None), "leaves")
    return Tree(tidy(prefix), level, tuple(_branches(level, inside, table)))


def _levels(*keys: str | None) -> list[tuple[str, str | None]]:
    holder, fond, opis, delo, file = keys
    if file and not fond:
        return []
    return [("archive", holder), ("fond", fond), ("opis", opis), ("delo", delo)]


def _place(catalogue: Catalogue, prefix: str, table: ArchiveTable) -> ArchivalReference | None:
    plain = tidy(prefix)
    if not plain:
        return None
    if table.named(plain) is None and catalogue.places(archive=table.holder(plain[:MOST_CHARS])):
        return ArchivalReference(text=plain, archive=plain)  # an archive that the table lacks and a document names
    mentions = table.mentions(tokens(plain[:MOST_CHARS]))
    if len(mentions) == 1 and not any(c.isalnum() for c in plain[: mentions[0].start] + plain[mentions[0].end :]):
        return ArchivalReference(text=plain, archive=plain, holder=mentions[0].archive.acronym)
    place, *others = read_query(plain, table)
    if others:
        raise LocatorError(f"{short(plain)} names {len(others) + 1} places; give one")
    if file_key(place) is None:
        raise LocatorError(f"{short(plain)} names no archive, fond, opis or delo; {FORM}")
    return place


def _branches(level: str, held: list[tuple[str, ArchivalReference]], table: ArchiveTable) -> Iterable[Branch]:
    groups: dict[str, list[tuple[str, ArchivalReference]]] = {}
    for document_id, reference in held:
        groups.setdefault(_branch_key(level, reference, table), []).append((document_id, reference))
    for key in sorted(groups, key=_by_number):
        ids, references = zip(*groups[key], strict=True)
        value = _value(level, references[0])
        yield Branch(value, tuple(dict.fromkeys(ids)), tuple(references))


def _branch_key(level: str, reference: ArchivalReference, table: ArchiveTable) -> str:
    if level == "archive":
        return holder_key(reference, table) or ""
    return number_key(_value(level, reference)) or ""


def _value(level: str, reference: ArchivalReference) -> str | None:
    """What a reference prints at this level; where it has no fond, its shelf mark, or whatever it has."""
    if level == "archive":
        return reference.holder or reference.archive
    if level == "leaves":
        return ", ".join(a if a == b else f"{a}-{b}" for a, b in plain_leaves(reference.leaves)) or None
    printed: str | None = getattr(reference, level)
    if printed or (level == "fond" and not reference.other):
        return printed
    kept = [value for name, value in reference.other if name in ("signature", "tetrad", "per", "dok", "protocol")]
    return ", ".join(kept) or None


def _by_number(key: str) -> list[tuple[int, str]]:
    return [(int(part) if part.isdecimal() else 0, part) for part in key.split()] or [(-1, "")]


def tree_record(tree: Tree) -> dict[str, Any]:
    """What lies in a place as plain values, `delo.tree/1`."""
    return {
        "schema": "delo.tree/1",
        "prefix": tree.prefix,
        "level": tree.level,
        "branches": [{"value": branch.value, "documents": list(branch.documents)} for branch in tree.branches],
    }
