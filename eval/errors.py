"""Everything that can go wrong with an evaluation and is shown to its user as it stands, under `ArchiveError`."""

import json

from index.errors import ArchiveError


class EvaluationError(ArchiveError):
    """Trouble with an evaluation that a person can mend."""


class CaseError(EvaluationError):
    """A question set is malformed, or does not fit the index."""


class AnswersError(EvaluationError):
    """A file of answers, or of their sources, is malformed."""


class RunError(EvaluationError):
    """A run is missing, cut short, or of another question set or index than it should be."""


class UnlikeRunsError(RunError):
    """Two runs are of different questions or documents, or judged by different checkers; says what differs."""


def told(error: Exception) -> str:
    """What was wrong with a line, for a person: `error` is what reading it raised."""
    if isinstance(error, KeyError):
        return f"it has no {error}"
    if isinstance(error, RecursionError):
        return "its brackets are nested too deeply"
    if isinstance(error, json.JSONDecodeError):
        return f"it is no JSON: {error.msg}, at its character {error.pos + 1}"
    return str(error)


def decoded(raw: bytes) -> str:
    """The text of a file kept in UTF-8, with or without a mark of that at its head.

    Raises: ValueError naming the line that is not.
    """
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise ValueError(f"line {line}: byte {error.start} is not UTF-8; save the file as UTF-8") from error
