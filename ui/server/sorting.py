"""Sorts what a reader sent: texts under safe names, and what is not taken, with the reason; by content, not by name.

A .zip is read in memory, entry by entry, and never unpacked to a path that stands in it.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Literal

MOST_FILE = 5_000_000  # bytes of a file; the longest record of such archives has under one million
MOST_SENT = 20_000_000  # bytes of a request, and of the texts in it unpacked: all of it is held in memory
MOST_FILES = 200  # of a request: a person reads what is told of each

Reason = Literal[
    "pdf", "image", "office", "packed", "binary", "utf16", "cp1251", "encoding", "large", "many", "together",
    "crowded", "bomb", "broken", "nested", "encrypted", "outside", "link", "hidden",
]  # fmt: skip

_KINDS: tuple[tuple[Reason, tuple[bytes, ...]], ...] = (  # how files of other kinds begin
    ("pdf", (b"%PDF-",)),
    ("image", (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"AT&TFORM", b"BM\0", b"\0\0\0\x0cjP")),
    ("office", (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf")),
    ("packed", (b"\x1f\x8b", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"\xfd7zXZ\0", b"BZh", b"\x28\xb5\x2f\xfd")),
)
_RESERVED = {"CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in range(10))}
_RUSSIAN = re.compile(r"[а-яё]+", re.IGNORECASE)
_LONGEST = 100  # bytes of a name; file systems take 255, and a suffix and a number come on top
_LONGEST_SHOWN = 160  # characters of a name as it was sent
_MOST_TOLD = 400  # refusals that anybody reads


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text to be read: the file's name as `shown` to its reader, a safe `name` of its own, and its bytes."""

    shown: str
    name: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A file that is not taken: its name as `shown`, the `reason`, and the `limit` that it goes beyond, if any."""

    shown: str
    reason: Reason
    limit: int | None = None


@dataclass(slots=True)
class Sorting:
    """What was sent, sorted, as far as it has been looked at."""

    texts: list[Text] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    _bytes: int = 0
    _names: set[str] = field(default_factory=set)

    @property
    def room(self) -> int:
        """How many bytes of text may still come."""
        return MOST_SENT - self._bytes

    def refuse(self, shown: str, reason: Reason, limit: int | None = None) -> None:
        """Enter a file among those that are not taken; of very many, the last told of stands for the rest."""
        if len(self.refused) < _MOST_TOLD:
            self.refused.append(Refusal(shown=shown, reason=reason, limit=limit))
        else:
            self.refused[-1] = Refusal(shown="…", reason="many", limit=MOST_FILES)

    def take(self, shown: str, content: bytes) -> None:
        """Enter a file among the texts, or the refused."""
        if len(content) > MOST_FILE:
            self.refuse(shown, "large", MOST_FILE)
        elif (reason := not_text(content)) is not None:
            self.refuse(shown, reason)
        elif len(self.texts) >= MOST_FILES:
            self.refuse(shown, "many", MOST_FILES)
        elif len(content) > self.room:
            self.refuse(shown, "together", MOST_SENT)
        else:
            self._bytes += len(content)
            self.texts.append(Text(shown=shown, name=self._own(safe_name(shown)), content=content))

    def _own(self, name: str) -> str:
        """`name`, with a number if another file has it."""
        stem, n, own = name.removesuffix(".txt"), 1, name
        while own.casefold() in self._names:
            n += 1
            own = f"{stem}-{n}.txt"
        self._names.add(own.casefold())
        return own


def not_text(content: bytes) -> Reason | None:
    """Why a file is no text that can be read; None if it is one."""
    for reason, beginnings in _KINDS:
        if content.startswith(beginnings):
            return reason
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or _every_other_is_zero(content):
        return "utf16"
    if b"\0" in content:
        return "binary"
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _other_encoding(content)
    return None


def _every_other_is_zero(content: bytes) -> bool:
    """Whether it looks like UTF-16 without its mark: Latin text has a zero in every other byte."""
    head = content[:4096]
    zeros = max(head[0::2].count(0), head[1::2].count(0)), min(head[0::2].count(0), head[1::2].count(0))
    return zeros[0] * 4 > len(head) // 2 and zeros[1] == 0


def _other_encoding(content: bytes) -> Reason:
    if any(byte < 32 and byte not in b"\t\n\r\f\x1a\x1b" for byte in content[:4096]):
        return "binary"
    words = _RUSSIAN.findall(content.decode("cp1251", "replace"))
    whole = [word for word in words if len(word) > 2]  # accented letters of Latin texts stand alone, not in words
    small = sum("а" <= c <= "я" for word in whole for c in word)  # in KOI8-R small letters look like capitals
    letters = sum(map(len, words))
    return "cp1251" if small * 2 > letters else "encoding"


def as_shown(name: str) -> str:
    """A name as it was sent, not longer than can be read."""
    return name if len(name) <= _LONGEST_SHOWN else f"{name[: _LONGEST_SHOWN - 1]}…"


def safe_name(name: str) -> str:
    """A name for a file of text, whatever `name` was: no folder, no sign that means anything to any system.

    Where a citation gives no record number, it is, without its suffix, the document's id.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    stem = re.sub(r"\.(txt|md)$", "", last, flags=re.IGNORECASE)
    plain = "".join(c if c.isalnum() or c in "-_. ()" else "_" for c in stem)
    short = plain.encode("utf-8", "ignore")[:_LONGEST].decode(errors="ignore").strip(" .")
    if short.split(".")[0].strip().upper() in _RESERVED:
        short = f"_{short}"
    return f"{short or 'file'}.txt"
