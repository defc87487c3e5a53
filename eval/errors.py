"""Everything that can go wrong with an evaluation and is shown to its user as it stands, under `ArchiveError`."""

from index.errors import ArchiveError


class EvaluationError(ArchiveError):
    """Trouble with an evaluation that a person can mend."""


class CaseError(EvaluationError):
    """A question set is malformed, or does not fit the index."""


class AnswersError(EvaluationError):
    """A file of answers, or of their sources, is malformed."""


class RunError(EvaluationError):
    """A run is missing, cut short, or of another question set or index than it should be."""
