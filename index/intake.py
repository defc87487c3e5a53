"""Takes the archive's files in: each becomes a document, or an entry in the list of the refused.

Nothing is passed over without a word: every file is read, or refused with a reason, or remarked on.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from index.archives import ArchiveTable
from index.catalogue import Held
from index.document import Document
from index.errors import SourceError
from index.read import read
from index.sources import SourceFile, read_bytes

Progress = Callable[[int, int], None]  # files done, files to do
Notes = list[tuple[str, str]]  # a file's path, and a sentence about it


@dataclass(slots=True)
class Intake:
    """Reads files for a catalogue that holds `staying`; `rejected` and `remarks` fill while it reads."""

    staying: Sequence[Held]
    archives: ArchiveTable | None = None  # those that references may name; the built-in ones if None
    rejected: Notes = field(default_factory=list)
    remarks: Notes = field(default_factory=list)

    def documents(self, files: Sequence[SourceFile], progress: Progress) -> Iterator[Document]:
        """The documents in `files`, one at a time, without those that are refused or held already."""
        read_anew = {str(file.path) for file in files}
        taken = {held.document_id: held.path for held in self.staying if held.path not in read_anew}
        for done, file in enumerate(files, 1):
            try:
                reading = read(file.path, read_bytes(file), file.sha256, self.archives)
            except SourceError as error:
                self.refuse(error)
            else:
                if self._is_first(reading.document, taken):
                    self.remarks += [(str(file.path), remark) for remark in reading.remarks]
                    yield reading.document
            progress(done, len(files))

    def refuse(self, error: SourceError) -> None:
        """Enter a file in the list of the refused; a document taken from it earlier stays."""
        place = f"line {error.line}: " if error.line else ""
        kept = next((held for held in self.staying if held.path == str(error.path)), None)
        stays = f" (document {kept.document_id} stays in the index as it was)" if kept else ""
        self.rejected.append((str(error.path), f"{place}{error.reason}{stays}"))

    def _is_first(self, document: Document, taken: dict[str, str]) -> bool:
        """Whether no other file has given a document of this record number; if one has, that one counts."""
        holder = taken.setdefault(document.id, document.source.path)
        if holder == document.source.path:
            return True
        if _texts_in(holder) == dict(document.texts):
            self.remarks.append((document.source.path, f"the same document as '{holder}'; indexed once"))
        else:
            reason = f"record {document.id} is taken from '{holder}' already, with another text; keep one of the two"
            self.rejected.append((document.source.path, reason))
        return False


def _texts_in(path: str) -> dict[str, str]:
    """The texts in a file that was read before; none if it has become unreadable."""
    try:
        return {str(k): v for k, v in read(Path(path), Path(path).read_bytes(), "").document.texts.items()}
    except (SourceError, OSError):
        return {}
