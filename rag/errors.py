"""What can be wrong with a question, or with a language model; shown to its asker as it stands."""

from typing import Literal

from index.errors import ArchiveError, ModelError

ModelTrouble = Literal[
    "unreachable", "slow", "forbidden", "unknown", "busy", "failed", "rejected", "too long", "nonsense"
]


class QuestionError(ArchiveError):
    """The question is empty, too long, or in a language that cannot be answered; `russian` may say so too."""

    def __init__(self, told: str, russian: str = "") -> None:
        self.russian = russian
        super().__init__(told)


class BatchError(ArchiveError):
    """A line of a file of questions is not a question."""


class PlaceError(ArchiveError):
    """There is nothing to quote at a place in a document."""


class LocatorError(ArchiveError):
    """What was given as an archival reference cannot be looked up."""


class RecordError(ArchiveError):
    """What was named as the record of an answer is not there, is none, or was changed since it was kept."""


class LanguageModelError(ModelError):
    """A language model gave no answer. `kind` tells why.

    - unreachable: nothing answers at its address, or its file cannot be loaded;
    - slow: no answer within the time allowed;
    - forbidden: it wants another key, or none was given;
    - unknown: it does not know the model, or the address is not that of a model;
    - busy: it takes no more requests for now, or answers others;
    - failed: it broke down, or the connection did;
    - rejected: it refuses the request;
    - too long: the prompt, with room for an answer, does not fit into its context;
    - nonsense: what it sends is not of the protocol.
    """

    def __init__(self, message: str, kind: ModelTrouble = "failed") -> None:
        self.kind = kind
        super().__init__(message)
