"""Under what circumstances a run is made: what was asked, of which documents, with which settings, by which program.

No name of a user, of a machine or of a folder goes into it: runs are shown to others.
"""

import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from eval.cases import Case
from eval.errors import RunError
from eval.runfolder import read_provenance
from eval.runs import Provenance
from index.catalogue import Held
from index.model import bare
from index.store import Index

_PROGRAM = Path(__file__).parent.parent
_DECIDE = ("questions", "corpus", "model", "settings", "composer", "seed", "version", "commit")  # what comes out


def provenance(
    index: Index, cases: Sequence[Case], *, question_set: str, settings: Mapping[str, Any], composer: str, seed: int
) -> Provenance:
    """What can be told of a run of `cases` before it begins; nothing has judged it yet."""
    return Provenance(
        version=_version(),
        commit=_commit(),
        question_set=question_set,
        questions=questions_sha256(cases),
        corpus=corpus_sha256(index.catalogue.held()),
        documents=index.manifest.counts["documents"],
        generation=index.manifest.generation,
        model=bare(index.manifest.model.settings.name),
        settings=json.loads(json.dumps(settings)),  # as it will be read back
        composer=composer,
        checker="",
        seed=seed,
        host=f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        python=platform.python_version(),
        started=now(),
    )


def refuse_other_corpus(folder: Path, home: Path) -> None:
    """Raise RunError unless the index at `home` holds the documents that the run in `folder` was made with."""
    about = read_provenance(folder)
    with Index.open(home) as index:
        if corpus_sha256(index.catalogue.held()) != about.corpus:
            raise RunError(
                f"'{home}' does not hold the documents that the run in '{folder}' was made with ({about.documents}, "
                f"{about.corpus[:12]}); name the index that was asked with --index, or ask anew: delo eval run"
            )


def differing(earlier: Provenance, later: Provenance) -> list[str]:
    """What differs between two runs that ought to go on as one, in words."""
    pairs = ((name, getattr(earlier, name), getattr(later, name)) for name in _DECIDE)
    return [f"{name} ({_short(was)}, now {_short(is_)})" for name, was, is_ in pairs if was != is_]


def questions_sha256(cases: Sequence[Case]) -> str:
    """The sha256 of a question set, in whatever order and form its file has it."""
    plain = sorted((asdict(case) for case in cases), key=lambda case: str(case["id"]))
    return _sha256(json.dumps(plain, ensure_ascii=False, sort_keys=True, allow_nan=False))


def corpus_sha256(held: Iterable[Held]) -> str:
    """The sha256 of the documents of an index: of their ids and the sha256 of their files, not where those lie."""
    return _sha256("".join(f"{one.document_id}\t{one.sha256}\n" for one in sorted(held)))


def now() -> str:
    """The time, ISO 8601, UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def peak_bytes() -> int | None:
    """The most memory that this process has taken; None on a system that does not tell."""
    try:
        import resource
    except ImportError:
        return None
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _short(value: object) -> str:
    plain = json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else str(value)
    return plain[:12] if len(plain) == 64 else plain


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _version() -> str:
    try:
        return version("delo")
    except PackageNotFoundError:
        return "not installed"


def _commit() -> str | None:
    """The commit that the program is of, "-dirty" if it was changed since; None outside a checkout of its own."""
    git = shutil.which("git")
    if git is None or not (_PROGRAM / ".git").exists():
        return None
    words = [git, "describe", "--always", "--dirty", "--abbrev=40", "--exclude", "*"]
    told = subprocess.run(words, cwd=_PROGRAM, capture_output=True, text=True, check=False)  # noqa: S603 - git itself
    return told.stdout.strip() or None
