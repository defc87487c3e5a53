"""Compares the files found with what the catalogue holds: what is new, moved, gone or as it was."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.catalogue import Held
from index.sources import SourceFile, Sources


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What an update has to do."""

    fresh: tuple[SourceFile, ...]  # files that must be read: new, changed, or refused before
    moved: tuple[tuple[str, SourceFile], ...]  # documents whose file, unchanged, now lies elsewhere
    gone: tuple[str, ...]  # documents whose file was under the paths given and is no longer there
    staying: tuple[Held, ...]  # what the catalogue holds, without what is gone
    unchanged: int


def plan_update(sources: Sources, held: Sequence[Held]) -> Plan:
    """What must be done so that the catalogue, which holds `held`, has the documents of `sources`."""
    found = {str(file.path): file.sha256 for file in sources.files}
    known = {(document.path, document.sha256) for document in held}
    astray: dict[str, list[Held]] = {}  # by hash, documents whose file is no longer what it was
    for document in held:
        if not _is_in_place(document, found):
            astray.setdefault(document.sha256, []).append(document)
    fresh: list[SourceFile] = []
    moved: dict[str, SourceFile] = {}
    for file in sources.files:
        if (str(file.path), file.sha256) in known:
            continue
        alike = astray.get(file.sha256, [])
        if (former := next((document for document in alike if _may_move(document, file)), None)) is not None:
            alike.remove(former)
            moved[former.document_id] = file
        else:
            fresh.append(file)
    lost = (document for alike in astray.values() for document in alike if document.path not in found)
    gone = {document.document_id for document in lost if sources.covers(document.path)}
    return Plan(
        fresh=tuple(fresh),
        moved=tuple(moved.items()),
        gone=tuple(sorted(gone)),
        staying=tuple(_moved(document, moved) for document in held if document.document_id not in gone),
        unchanged=len(sources.files) - len(fresh) - len(moved),
    )


def _is_in_place(document: Held, found: Mapping[str, str]) -> bool:
    """Whether a document's file is still what it was; one that cannot be looked at is taken to be."""
    if document.path in found:
        return found[document.path] == document.sha256
    try:
        os.lstat(document.path)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True


def _may_move(document: Held, file: SourceFile) -> bool:
    """A document whose id may be no more than its file's name keeps it only under the same name."""
    return document.document_id == file.path.stem or document.document_id != Path(document.path).stem


def _moved(document: Held, moved: Mapping[str, SourceFile]) -> Held:
    file = moved.get(document.document_id)
    return document if file is None else Held(document.document_id, str(file.path), file.sha256)
