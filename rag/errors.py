"""What can be wrong with a question; shown to its asker as it stands."""

from index.errors import ArchiveError


class QuestionError(ArchiveError):
    """The question is empty, too long, or in a language that cannot be answered."""


class BatchError(ArchiveError):
    """A line of a file of questions is not a question."""


class PlaceError(ArchiveError):
    """There is nothing to quote at a place in a document."""


class LocatorError(ArchiveError):
    """What was given as an archival reference cannot be looked up."""
