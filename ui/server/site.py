"""What one server serves, and to whom: given to every room."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rag.pipeline import Pipeline
from ui.kept import Keeper
from ui.server.jobs import Jobs
from ui.server.turns import Turns


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """An archive as it is served.

    `home` is the folder of its index; `examples` are questions to click; `hosts` the names that the page may be asked
    for by, "*" any; `keeper` keeps a record of each answer, if given; `allow_upload` lets readers add files; `runs` is
    the folder of evaluations and of readers' judgements; `readers` the file of readers and their passwords, if they
    must give one; `mcp` whether assistants may use the archive by the Model Context Protocol; `turns` lets questions be
    answered, so many at once.
    """

    pipeline: Pipeline
    home: Path
    jobs: Jobs
    examples: Sequence[str] = ()
    hosts: Sequence[str] = ("*",)
    keeper: Keeper | None = None
    allow_upload: bool = False
    runs: Path = Path(".delo-runs")
    readers: Path | None = None
    mcp: bool = False
    turns: Turns = field(default_factory=Turns)
