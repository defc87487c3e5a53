"""Takes the archive's files in: each becomes a document, or an entry in the list of the refused.

Nothing is passed over without a word: every file is read, or refused with a reason, or remarked on.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from index.archives import ArchiveTable
from index.catalogue import Held
from index.document import Document
from index.errors import SourceError
from index.read import Reading, read
from index.sources import SourceFile, read_bytes

Progress = Callable[[int, int], None]  # files done, files to do
Notes = list[tuple[str, str]]  # a file's path, and a sentence about it


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What became of a file: its `reading`, or the `error`; `holder` is the file that has its document already.

    `same` says whether that has the same texts, to the letter.
    """

    file: SourceFile
    reading: Reading | None = None
    error: SourceError | None = None
    holder: str | None = None
    same: bool = False

    @property
    def document(self) -> Document | None:
        """The document, if it is to be taken from this file."""
        return self.reading.document if self.reading and self.holder is None else None


@dataclass(slots=True)
class Intake:
    """Reads files for a catalogue that holds `staying`; `rejected` and `remarks` fill while it reads."""

    staying: Sequence[Held]
    archives: ArchiveTable | None = None  # those that references may name; the built-in ones if None
    rejected: Notes = field(default_factory=list)
    remarks: Notes = field(default_factory=list)

    def documents(self, files: Sequence[SourceFile], progress: Progress) -> Iterator[Document]:
        """The documents in `files`, one at a time, without those that are refused or held already."""
        for done, entry in enumerate(self.entries(files), 1):
            self._note(entry)
            if (document := entry.document) is not None:
                yield document
            progress(done, len(files))

    def entries(
        self, files: Sequence[SourceFile], given: Mapping[Path, Reading] = MappingProxyType({})
    ) -> Iterator[Entry]:
        """What becomes of each of `files`, those `given` as they were read already; nothing is noted."""
        read_anew = {str(file.path) for file in files}
        taken = {held.document_id: held.path for held in self.staying if held.path not in read_anew}
        for file in files:
            try:
                reading = given.get(file.path) or read(file.path, read_bytes(file), file.sha256, self.archives)
            except SourceError as error:
                yield Entry(file=file, error=error)
                continue
            document = reading.document
            holder = taken.setdefault(document.id, document.source.path)
            if holder == document.source.path:  # no other file has given a document of this record number
                yield Entry(file=file, reading=reading)
            else:
                same = _texts_in(holder) == dict(document.texts)
                yield Entry(file=file, reading=reading, holder=holder, same=same)

    def refuse(self, error: SourceError) -> None:
        """Enter a file in the list of the refused; a document taken from it earlier stays."""
        place = f"line {error.line}: " if error.line else ""
        kept = next((held for held in self.staying if held.path == str(error.path)), None)
        stays = f" (document {kept.document_id} stays in the index as it was)" if kept else ""
        self.rejected.append((str(error.path), f"{place}{error.reason}{stays}"))

    def _note(self, entry: Entry) -> None:
        """Enter what is to be said of a file; where two have one document, the first counts."""
        path = str(entry.file.path)
        if entry.error is not None:
            self.refuse(entry.error)
        elif entry.holder is None:
            self.remarks += [(path, remark) for remark in (entry.reading.remarks if entry.reading else ())]
        elif entry.same:
            self.remarks.append((path, f"the same document as '{entry.holder}'; indexed once"))
        elif entry.reading is not None:
            record = f"record {entry.reading.document.id}"
            reason = f"{record} is taken from '{entry.holder}' already, with another text; keep one of the two"
            self.rejected.append((path, reason))


def _texts_in(path: str) -> dict[str, str]:
    """The texts in a file that was read before; none if it has become unreadable."""
    try:
        return {str(k): v for k, v in read(Path(path), Path(path).read_bytes(), "").document.texts.items()}
    except (SourceError, OSError):
        return {}
