"""Compares the files found with what the catalogue holds: what is new, moved, gone or as it was."""

from collections.abc import Sequence
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
    known = {(document.path, document.sha256) for document in held}
    lost = {document.sha256: document for document in held if not Path(document.path).exists()}
    fresh, moved = [], []
    for file in sources.files:
        if (str(file.path), file.sha256) in known:
            continue
        if (former := lost.pop(file.sha256, None)) is not None:
            moved.append((former.document_id, file))
        else:
            fresh.append(file)
    gone = {document.document_id for document in lost.values() if sources.covers(document.path)}
    return Plan(
        fresh=tuple(fresh),
        moved=tuple(moved),
        gone=tuple(sorted(gone)),
        staying=tuple(document for document in held if document.document_id not in gone),
        unchanged=len(sources.files) - len(fresh) - len(moved),
    )
