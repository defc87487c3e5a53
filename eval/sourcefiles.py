"""Sources from a folder: records of an archive, plain texts, and collections of passages in the forms of BEIR and TREC.

A `.txt` or `.md` file with the labelled fields of a record is read as `index/read.py` does; any other is a plain text,
its id the file's name without the suffix. A line of a `.jsonl` file has `_id`, `docid` or `id`, `text` or `segment`,
and perhaps `title`.
"""

import hashlib
import json
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from eval.answers import Source
from eval.errors import AnswersError, decoded, told
from eval.sources import HeldSources, source_of
from index.archives import ArchiveTable, load_table
from index.errors import SourceError
from index.read import read

_TEXTS = (".txt", ".md")
_LINES = ".jsonl"
_IDS = ("_id", "docid", "id")
_BODIES = ("text", "segment")
_RECORD = b"#### **Citation:**"  # the label that no record lacks


def read_sources(folder: Path) -> HeldSources:
    """The sources in a folder and the folders in it.

    Raises: AnswersError naming the file, and the line where there is one, that cannot be read, an id that comes twice,
        or that there is nothing to read.
    """
    table = load_table(folder if folder.is_dir() else None)
    found: dict[str, tuple[Source, Path]] = {}
    for path in _files(folder):
        for source in _sources(path, table):
            if source.id in found:
                earlier = found[source.id][1]
                where = f"twice in '{path}'" if path == earlier else f"in '{earlier}' and in '{path}'"
                raise AnswersError(f"the source {source.id!r} is {where}; ids must differ")
            found[source.id] = source, path
    if not found:
        raise AnswersError(f"no source in '{folder}'; put texts (.txt, .md) or passages (.jsonl) there")
    return HeldSources([source for source, _ in found.values()], table)


def _files(folder: Path) -> list[Path]:
    if folder.is_file():
        return [folder]
    if not folder.is_dir():
        raise AnswersError(f"there is no folder '{folder}'; name the one that holds the sources")
    return sorted(path for path in folder.rglob("*") if path.suffix in (*_TEXTS, _LINES) and path.is_file())


def _sources(path: Path, table: ArchiveTable) -> Iterator[Source]:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise AnswersError(f"the source '{path}' cannot be read: {error}") from error
    if path.suffix == _LINES:
        yield from _passages(path, raw)
    elif _RECORD in raw:
        yield _record(path, raw, table)
    else:
        yield Source(id=path.stem, texts={"": _decoded(path, raw)})


def _record(path: Path, raw: bytes, table: ArchiveTable) -> Source:
    try:
        return source_of(read(path, raw, hashlib.sha256(raw).hexdigest(), table).document)
    except SourceError as error:
        raise AnswersError(f"a source is no record that can be read: {error}") from error


def _decoded(path: Path, raw: bytes) -> str:
    try:
        text = decoded(raw)
    except ValueError as error:
        raise AnswersError(f"{path}, {error}") from error
    if not text.strip():
        raise AnswersError(f"the source '{path}' is empty; put its text in it or remove it")
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n"))


def _passages(path: Path, raw: bytes) -> Iterator[Source]:
    for number, line in enumerate(_decoded(path, raw).split("\n"), 1):
        if line.strip():
            try:
                yield passage_source(json.loads(line))
            except (KeyError, TypeError, ValueError, RecursionError) as error:
                wanted = '{"_id": "d1", "title": "...", "text": "..."}'
                raise AnswersError(f"{path}, line {number}: not a source: {told(error)}; expected {wanted}") from error


def passage_source(plain: Mapping[str, Any]) -> Source:
    """A source from an object with an id and a text.

    Raises: KeyError, TypeError if it lacks one of them.
    """
    id_ = next((plain[name] for name in _IDS if name in plain), None)
    text = next((plain[name] for name in _BODIES if name in plain), None)
    if isinstance(id_, bool) or not isinstance(id_, str | int):
        raise TypeError(f"its id is {id_!r}, neither text nor number")
    if not isinstance(text, str):
        raise TypeError(f"its text is {text!r}, no text")
    title = plain.get("title")
    return Source(
        id=str(id_),
        texts={"": unicodedata.normalize("NFC", text)} if text.strip() else {},
        title=title if isinstance(title, str) and title.strip() else None,
    )
