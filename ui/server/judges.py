"""What judges answers, as this package knows it: whoever offers it does so by the entry point `delo.judging`."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from typing import Protocol, cast

from index.document import Language
from index.store import Index
from rag.pipeline import Pipeline

GROUP = "delo.judging"
Figure = tuple[float, float, float, int]  # its value, its 95 % interval, and what it rests on


class Run(Protocol):
    """A run of a question set: when, how many answers from how many documents, and what it came to, by metric."""

    id: str
    name: str
    started: str  # ISO 8601, UTC
    finished: bool
    questions: int
    documents: int
    composer: str
    figures: Mapping[str, Figure]


class QuestionSet(Protocol):
    """A question set, of this archive or a `foreign` one; `left_out` questions do not fit; `trouble` if malformed."""

    id: str
    name: str
    questions: int
    left_out: int
    foreign: bool
    trouble: str


class Said(Protocol):
    """What a reader said of the answer to a question, and when; `reader` is empty if that is not known."""

    id: str
    question: str
    language: str
    verdict: str
    note: str
    reader: str
    time: str  # ISO 8601, UTC
    documents: Sequence[str]


class Judging(Protocol):
    """Runs question sets and keeps what readers say; `runs` is the folder in which all of it lies.

    Everything raises ArchiveError where something is wrong, or nothing has the id that is asked for.
    """

    def runs(self, runs: Path) -> Sequence[Run]:
        """The runs, newest first."""
        ...

    def sets(self, runs: Path, index: Index) -> Sequence[QuestionSet]:
        """The question sets that there are for `index`."""
        ...

    def run(self, runs: Path, set_id: str, pipeline: Pipeline, home: Path, advance: Callable[[int, int], None]) -> str:
        """Put a set to the archive and judge the answers; gives the id of the run."""
        ...

    def report(self, runs: Path, id_: str) -> str:
        """The report of a run, an HTML page without script."""
        ...

    def comparison(self, runs: Path, old: str, new: str, *, anyway: bool) -> str:
        """Two runs compared, such a page; `anyway`, though they are of other questions."""
        ...

    def kept(self, runs: Path) -> Sequence[Said]:
        """What readers said, the newest first."""
        ...

    def keep(
        self,
        runs: Path,
        question: str,
        language: Language,
        verdict: str,
        *,
        quoted: Sequence[tuple[str, Mapping[Language, str]]],
        reader: str,
    ) -> str:
        """Keep what a reader said of an answer that quoted these words of these documents."""
        ...

    def remove(self, runs: Path, id_: str) -> bool:
        """Take away what a reader said; whether there was anything."""
        ...


@cache
def judging() -> Judging | None:
    """What is offered, if anything is."""
    for offered in entry_points(group=GROUP):
        return cast(Judging, offered.load())
    return None
