"""A run on disk: `run.json`, its provenance, and `outcomes.jsonl`, an outcome a line, written as they come."""

import json
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from eval.errors import RunError
from eval.runs import Outcome, Provenance, Run

PROVENANCE, OUTCOMES = "run.json", "outcomes.jsonl"
_PROVENANCE, _OUTCOME = TypeAdapter(Provenance), TypeAdapter(Outcome)


def read_run(folder: Path) -> Run:
    """The run in `folder`.

    Raises: RunError if there is none, or it is not of this form.
    """
    try:
        provenance = _PROVENANCE.validate_json((folder / PROVENANCE).read_bytes())
        lines = (folder / OUTCOMES).read_text(encoding="utf-8").split("\n")
        return Run(provenance=provenance, outcomes=tuple(_OUTCOME.validate_json(line) for line in lines if line))
    except (OSError, ValidationError, ValueError) as error:
        raise RunError(
            f"'{folder}' holds no run: {error}; make one with: delo eval run SET --out '{folder}'"
        ) from error


def write_run(folder: Path, run: Run) -> None:
    """Write all of a run."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / OUTCOMES).write_text("".join(f"{line_of(outcome)}\n" for outcome in run.outcomes), encoding="utf-8")
    write_provenance(folder, run.provenance)


def write_provenance(folder: Path, provenance: Provenance) -> None:
    """Write, or replace, under what circumstances the run in `folder` is made."""
    (folder / PROVENANCE).write_bytes(_PROVENANCE.dump_json(provenance, indent=1) + b"\n")


def line_of(outcome: Outcome) -> str:
    """An outcome as one line of JSON."""
    return json.dumps(_OUTCOME.dump_python(outcome, mode="json"), ensure_ascii=False, allow_nan=False)
