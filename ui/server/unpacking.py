"""Sorts what was sent, and what is in a .zip.

That is read in memory, never unpacked to a path that stands in it, and only until it is more than such texts are.
"""

import re
import stat
import zipfile
import zlib
from collections.abc import Iterable
from io import BytesIO

from ui.server.asked import Sent
from ui.server.sorting import MOST_FILE, MOST_FILES, MOST_SENT, Sorting, as_shown

_MARK = b"PK\x01\x02"  # stands before each entry of the list of contents
_MOST_RATIO = 100  # bytes unpacked from one; texts of archives give 2 to 3, zeros 1,000
_SMALL = 100_000  # bytes unpacked, below which the ratio says nothing
_PIECE = 64 * 1024  # bytes unpacked at a time
_TROUBLE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError, NotImplementedError)
_OFFICE = {"[Content_Types].xml", "mimetype"}  # the first of .docx and its kin, the other of .odt and .epub
_UTF8 = 0x800  # the flag of a name in UTF-8
_ENCRYPTED = 0x1


class _Bomb(Exception):  # noqa: N818 - what it is
    """It unpacks to more than texts do."""


def sort(sent: Iterable[Sent]) -> Sorting:
    """What was sent: single files, and those in a .zip."""
    sorting = Sorting()
    for file in sent:
        if is_zip(file.content):
            unpack(as_shown(file.name), file.content, sorting)
        else:
            sorting.take(as_shown(file.name), file.content)
    return sorting


def is_zip(content: bytes) -> bool:
    """Whether a file is a .zip, by its content."""
    return content.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"))


def unpack(shown: str, content: bytes, sorting: Sorting) -> None:
    """Sort what is in the .zip `content`, whose name is `shown`; of one that cannot be trusted, nothing."""
    if content.count(_MARK) > MOST_FILES:  # before the list is read: it can be longer than the files
        sorting.refuse(shown, "crowded", MOST_FILES)
        return
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            if not _OFFICE.isdisjoint(packed.namelist()):
                sorting.refuse(shown, "office")
                return
            unpacked = _unpacked(packed, shown)
    except _Bomb:
        sorting.refuse(shown, "bomb")
    except _TROUBLE:
        sorting.refuse(shown, "broken")
    else:
        sorting.refused += unpacked.refused
        for text in unpacked.texts:
            sorting.take(text.shown, text.content)


def _unpacked(packed: zipfile.ZipFile, shown: str) -> Sorting:
    inside = Sorting()
    room = MOST_SENT
    for entry in packed.infolist():
        if entry.is_dir():
            continue
        name = as_shown(f"{shown}/{_name(entry)}")
        if not _refused(entry, name, inside):
            content = _read(packed, entry, room)
            room -= len(content)
            if is_zip(content):
                inside.refuse(name, "nested")
            else:
                inside.take(name, content)
    return inside


def _refused(entry: zipfile.ZipInfo, name: str, inside: Sorting) -> bool:
    """Whether an entry is refused before it is read."""
    parts = re.split(r"[/\\]", entry.filename)
    before = len(inside.refused)
    if ".." in parts or not parts[0] or ":" in parts[0] or "\\" in entry.filename:
        inside.refuse(name, "outside")
    elif stat.S_ISLNK(entry.external_attr >> 16):
        inside.refuse(name, "link")
    elif entry.flag_bits & _ENCRYPTED:
        inside.refuse(name, "encrypted")
    elif parts[0] == "__MACOSX" or any(part.startswith(".") for part in parts):
        inside.refuse(name, "hidden")
    elif entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        inside.refuse(name, "packed")
    elif entry.file_size > MOST_FILE:
        inside.refuse(name, "large", MOST_FILE)
    return len(inside.refused) > before


def _read(packed: zipfile.ZipFile, entry: zipfile.ZipInfo, room: int) -> bytes:
    """What an entry holds.

    Raises: _Bomb as soon as it is more than there is room for, or than such texts unpack to.
    """
    most = min(room, max(_SMALL, _MOST_RATIO * entry.compress_size))
    content = bytearray()
    with packed.open(entry) as stream:
        while piece := stream.read(_PIECE):
            content += piece
            if len(content) > most:
                raise _Bomb
    return bytes(content)


def _name(entry: zipfile.ZipInfo) -> str:
    """The name of an entry; Windows writes Russian names in a code page of its own, and does not say so."""
    if entry.flag_bits & _UTF8:
        return entry.filename
    try:
        russian = entry.filename.encode("cp437").decode("cp866")
    except UnicodeError:
        return entry.filename
    letters = [c for c in russian if not c.isascii()]
    return russian if all("а" <= c.casefold() <= "ё" for c in letters) else entry.filename
