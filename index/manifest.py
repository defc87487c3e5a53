"""What a generation of the index was made of, and the refusal of one that this Delo cannot serve."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from index.errors import IndexDamagedError, IndexStaleError
from index.lexical import ANALYSIS
from index.model import EmbedderSettings, ModelCard, Scale

FORMAT = 4  # raised when the stores' layout changes
NAME = "manifest.json"
STORES = ("catalogue.sqlite", "vectors", "lexical")
CATALOGUE, VECTORS, LEXICAL = STORES
_RESTLESS = VECTORS  # Chroma writes to its own files whenever it opens them, without changing their length
_UNKEPT = (".lock", "-journal", "-wal", "-shm")


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """How a generation was made; `files` gives the length in bytes and sha256 of each of its files."""

    generation: str
    created: str  # ISO 8601, UTC
    version: str  # of Delo
    model: ModelCard
    counts: dict[str, int]
    names: str  # sha256 of the table of names
    engines: dict[str, str]  # versions of the libraries that wrote the stores
    rejected: tuple[tuple[str, str], ...] = ()  # files of the last update, each with its reason
    files: dict[str, tuple[int, str]] = field(default_factory=dict)
    format: int = FORMAT
    analysis: int = ANALYSIS

    def save(self, folder: Path) -> None:
        """Write the manifest into the generation's folder."""
        text = json.dumps(asdict(self), ensure_ascii=False, indent=1)
        (folder / NAME).write_text(text + "\n", encoding="utf-8")


def load(folder: Path) -> Manifest:
    """The manifest of the generation in `folder`.

    Raises: IndexStaleError if another version of Delo made it; IndexDamagedError if it cannot be read.
    """
    path = folder / NAME
    try:
        plain = json.loads(path.read_text(encoding="utf-8"))
        made = (plain["format"], plain["analysis"])
        if made != (FORMAT, ANALYSIS):
            raise IndexStaleError(
                f"the index at '{folder.parent.parent}' has format {made[0]}.{made[1]}, this Delo reads "
                f"{FORMAT}.{ANALYSIS}; make it anew with: delo index --rebuild FOLDER-OR-FILE"
            )
        return _manifest(plain)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise IndexDamagedError(
            f"the manifest at '{path}' cannot be read: {error}; make the index anew with: delo index --rebuild"
        ) from error


def _manifest(plain: dict[str, Any]) -> Manifest:
    plain |= {
        "model": ModelCard(
            settings=EmbedderSettings(**plain["model"]["settings"]),
            dimension=int(plain["model"]["dimension"]),
            scale=Scale(**plain["model"]["scale"]),
        ),
        "rejected": tuple((path, reason) for path, reason in plain["rejected"]),
        "files": {name: (int(length), str(sha)) for name, (length, sha) in plain["files"].items()},
    }
    return Manifest(**plain)


def measure_files(folder: Path) -> dict[str, tuple[int, str]]:
    """Length and sha256 of every file of a generation's stores; lock files and the like are left out."""
    return {path.relative_to(folder).as_posix(): (path.stat().st_size, _sha256(path)) for path in _store_files(folder)}


def cut_short(folder: Path, manifest: Manifest) -> list[str]:
    """Files of the generation that are missing or shorter than when they were published. Cost: one stat each."""
    return [
        name
        for name, (length, _) in manifest.files.items()
        if not (folder / name).is_file() or (folder / name).stat().st_size < length
    ]


def altered(folder: Path, manifest: Manifest) -> list[str]:
    """Files that are there but hold other bytes than when published. Cost: reads the whole generation."""
    return [
        name
        for name, (_, sha256) in manifest.files.items()
        if not name.startswith(_RESTLESS) and (folder / name).is_file() and _sha256(folder / name) != sha256
    ]


def refuse_damage(folder: Path, manifest: Manifest, *, thoroughly: bool = False) -> None:
    """Raise IndexDamagedError if a file is missing or cut short: Chroma dies of a cut file without a word.

    `thoroughly` also if one holds other bytes than when published. Cost: see `altered`.
    """
    damaged = cut_short(folder, manifest)
    if thoroughly:
        damaged += [name for name in altered(folder, manifest) if name not in damaged]
    if damaged:
        mend = "delo check --repair"
        if CATALOGUE in damaged:
            mend = "delo index --rebuild FOLDER-OR-FILE (the catalogue cannot be made from the other stores)"
        raise IndexDamagedError(
            f"the index at '{folder.parent.parent}' is damaged: missing, cut short or changed: {', '.join(damaged)}; "
            f"mend it with: {mend}"
        )


def _store_files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.relative_to(folder).parts[0] in STORES and not path.name.endswith(_UNKEPT):
            yield path


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
