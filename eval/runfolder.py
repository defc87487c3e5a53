"""A run on disk: `run.json`, its provenance, and `outcomes.jsonl`, an outcome a line, written as they come.

pydantic is imported here and nowhere else.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from pydantic import TypeAdapter, ValidationError

from eval.errors import RunError, told
from eval.runs import Outcome, Provenance, Run

PROVENANCE, OUTCOMES = "run.json", "outcomes.jsonl"
_PROVENANCE, _OUTCOME = TypeAdapter(Provenance), TypeAdapter(Outcome)
_ANEW = "finish the run with the command that began it, or begin it anew in another folder: --out"
_BLOCK = 65_536  # bytes read at a time from the end of a file


def read_run(folder: Path) -> Run:
    """The run in `folder`, all of it at once.

    Raises: RunError if there is none, or it is not of this form.
    """
    return Run(provenance=read_provenance(folder), outcomes=tuple(outcomes(folder)))


def read_provenance(folder: Path) -> Provenance:
    """Under what circumstances the run in `folder` was, or is being, made.

    Raises: RunError if there is none, or it is not of this form.
    """
    with _refused(folder):
        return _PROVENANCE.validate_json((folder / PROVENANCE).read_bytes())


def outcomes(folder: Path) -> Iterator[Outcome]:
    """The outcomes of the run in `folder`, one at a time.

    Raises: RunError naming the line that is not of this form.
    """
    path = folder / OUTCOMES
    with _refused(folder), path.open(encoding="utf-8", newline="\n") as file:
        for number, line in enumerate(file, 1):
            try:
                plain = json.loads(line, parse_constant=_refuse_constant)
                outcome = _OUTCOME.validate_python(plain)
            except (ValidationError, ValueError, RecursionError) as error:
                raise RunError(f"'{path}', line {number}: no outcome of a question: {_told(error)}; {_ANEW}") from error
            yield outcome


def count(folder: Path) -> int:
    """How many outcomes the run in `folder` has; they are not looked at."""
    with _refused(folder), (folder / OUTCOMES).open("rb") as file:
        return sum(1 for _ in file)


def begin(folder: Path, provenance: Provenance) -> None:
    """Make `folder` and put a run in it that has no outcomes yet.

    Raises: RunError if the disk does not take it.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / OUTCOMES).touch()
        write_provenance(folder, provenance)
    except OSError as error:
        raise RunError(f"a run cannot be kept in '{folder}': {error.strerror}; name another folder: --out") from error


def begun(folder: Path) -> bool:
    """Whether `folder` holds a run, whole or cut short."""
    return (folder / PROVENANCE).exists()


def cut_back(folder: Path) -> None:
    """Take away what stands after the last whole line of the outcomes: a run was stopped while it wrote."""
    with _refused(folder), (folder / OUTCOMES).open("r+b") as file:
        end = file.seek(0, 2)
        while end:
            start = max(0, end - _BLOCK)
            file.seek(start)
            last = file.read(end - start).rfind(b"\n")
            if last >= 0:
                file.truncate(start + last + 1)
                return
            end = start
        file.truncate(0)


def append(folder: Path, came: Iterable[Outcome]) -> Iterator[Outcome]:
    """Write each outcome at the end of the run in `folder` as soon as it comes, and hand it on."""
    with (folder / OUTCOMES).open("a", encoding="utf-8", newline="\n") as file:
        for outcome in came:
            file.write(line_of(outcome) + "\n")
            file.flush()
            yield outcome


def rewrite(folder: Path, came: Iterable[Outcome]) -> Iterator[Outcome]:
    """Replace the outcomes of the run in `folder` by others, which may be made of them; handed on as they come.

    Until the last is written the old ones stay.
    """
    new = folder / f"{OUTCOMES}.new"
    with new.open("w", encoding="utf-8", newline="\n") as file:
        for outcome in came:
            file.write(line_of(outcome) + "\n")
            yield outcome
    new.replace(folder / OUTCOMES)


def write_run(folder: Path, run: Run) -> None:
    """Write all of a run."""
    folder.mkdir(parents=True, exist_ok=True)
    for _ in rewrite(folder, run.outcomes):
        pass
    write_provenance(folder, run.provenance)


def write_provenance(folder: Path, provenance: Provenance) -> None:
    """Write, or replace, under what circumstances the run in `folder` is made."""
    new = folder / f"{PROVENANCE}.new"
    new.write_bytes(_PROVENANCE.dump_json(provenance, indent=1) + b"\n")
    new.replace(folder / PROVENANCE)


def line_of(outcome: Outcome) -> str:
    """An outcome as one line of JSON."""
    return json.dumps(_OUTCOME.dump_python(outcome, mode="json"), ensure_ascii=False, allow_nan=False)


@contextmanager
def _refused(folder: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, UnicodeDecodeError, ValidationError) as error:
        raise RunError(
            f"'{folder}' holds no run: {_told(error)}; make one with: delo eval run SET --out '{folder}'"
        ) from error


def _told(error: Exception) -> str:
    """What is wrong, in one line; of many things the first."""
    if not isinstance(error, ValidationError):
        return told(error)
    first, *others = error.errors(include_url=False, include_context=False, include_input=False)
    where = ".".join(map(str, first["loc"]))
    more = f" ({len(others)} more)" if others else ""
    return (f"{where}: " if where else "") + first["msg"] + more


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")
