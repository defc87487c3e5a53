"""Measures the page as its readers meet it and renews the table in the README: `python -m eval.page [--readme FILE]`.

An index is made of our own documents, the sample and one document of 200 pages; `delo chat` serves it as a process of
its own. A real browser opens, asks and reads; a crowd without browsers asks at once, and then a thousand questions.
Nothing here fails: the figures are to be read.
"""

import argparse
import os
import platform
import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from eval.cases import read_cases
from eval.crowd import ask_at_once, ask_many
from eval.own import SAMPLE, SETS, renew
from eval.served import Served, served
from eval.synthetic import write_archive
from eval.visiting import Visitor, visitor
from index.build import update

README = Path("README.md")
BEGINS, ENDS = "<!-- figures of make speed-page -->", "<!-- end of the figures of the page -->"
PAGE = 1_800  # characters of a typed page in one language: 30 lines of 60
PAGES = 200
_PARAGRAPH = 312  # characters of a made-up one in one language, on the average
LONG = "/document/500000"  # the first made-up record
READERS, ROUNDS = 20, 5
SLOW_FRAME = 50  # milliseconds; a slower frame is seen as a halt


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table: what was measured, the figures, and what is aimed at."""

    what: str
    measured: str
    aim: str = ""

    def __str__(self) -> str:
        return f"| {self.what} | {self.measured} | {self.aim} |"


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print each row as it is known, and renew the table."""
    parser = argparse.ArgumentParser(prog="python -m eval.page", description=__doc__)
    parser.add_argument("--readme", type=Path, default=README, help=f"the file with the table ({README})")
    parser.add_argument("--questions", type=int, default=1000, help="after which memory is measured again (1000)")
    options = parser.parse_args(arguments)
    rows = ["| what | measured | aimed at |", "|---|---|---|"]
    begun = _load()
    with tempfile.TemporaryDirectory() as folder:
        home = _index(Path(folder))
        with served(home, Path(folder)) as server, visitor(server.address) as reader:
            for row in measure(server, reader, options.questions):
                rows.append(str(row))
                sys.stdout.write(f"{row}\n")
                sys.stdout.flush()
            table = "\n".join((_machine(reader.version, begun), "", *rows))
    renew(options.readme, table, BEGINS, ENDS)
    sys.stdout.write(f"{table}\n")


def _index(work: Path) -> Path:
    """An index of our own documents, the sample and a long one."""
    write_archive(work / "long", 1, paragraphs=PAGES * PAGE // _PARAGRAPH)
    update(work / "index", [SETS / "archive", SAMPLE, work / "long"])
    return work / "index"


def measure(server: Served, reader: Visitor, most: int) -> Iterator[Row]:
    """All rows, in the order in which they are found; memory is measured after a tenth of `most` and after `most`."""
    questions = [case.question for case in read_cases(SETS / "questions.jsonl")]
    cold, again = reader.opens_cold(), [reader.opens_cold() for _ in range(4)]
    yield Row("the page can be typed into: the server's first visitor", _seconds([cold]), "2 s")
    yield Row("the same, a browser that was never here (4)", _seconds(again), "2 s")
    yield Row("the same, a browser that was here before (10)", _seconds(reader.opens_warm(10)), "2 s")
    yield Row("a warm answer on the screen after Enter (100)", _seconds(reader.asks(questions[:105], 5)), "0.3 s")
    opened, frames = reader.reads(LONG, 5)
    yield Row(
        f"a document of {PAGES} pages on the screen (first, then 4)",
        f"{opened[0]:.2f} s, {_seconds(opened[1:])}",
        "1 s",
    )
    yield Row("scrolling through it", _frames(frames), "none")
    taken = ask_at_once(server.address, questions, READERS, ROUNDS)
    whole = [seconds for seconds in taken if seconds is not None]
    told = f"{_seconds(whole)}; {len(taken) - len(whole)} of {len(taken)} lost"
    yield Row(f"an answer, {READERS} readers asking at once, {ROUNDS} times", told, "95 % in 2 s, none lost")
    yield from _memory(server, questions, most)


def _memory(server: Served, questions: Sequence[str], most: int) -> Iterator[Row]:
    """The server's memory now, and after more questions."""
    before = server.memory()
    lost = ask_many(server.address, questions, most // 10)
    early = server.memory()
    lost += ask_many(server.address, questions, most - most // 10)
    late = server.memory()
    told = f"{early:.0f} MB, {late:.0f} MB ({before:.0f} MB before); {lost} lost"
    yield Row(f"the server's memory after {most // 10} and {most} more questions", told, "level")


def _seconds(taken: Sequence[float]) -> str:
    """One time, or the median and the 95th percentile of several."""
    if not taken:
        return "none"
    if len(taken) == 1:
        return f"{taken[0]:.2f} s"
    late = statistics.quantiles(taken, n=20, method="inclusive")[-1]
    return f"median {statistics.median(taken):.2f} s, 95 % within {late:.2f} s"


def _frames(frames: Sequence[float]) -> str:
    slow = sum(frame > SLOW_FRAME for frame in frames)
    told = f"{slow} of {len(frames)} frames over {SLOW_FRAME} ms"
    return f"{told}; median {statistics.median(frames):.0f} ms, longest {max(frames):.0f} ms"


def _machine(browser: str, load: float) -> str:
    """A line on what was measured with, and when."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{len(os.sched_getaffinity(0))} cores ({_processor()}), {memory:.0f} GB, Python {platform.python_version()}, "
        f"Chromium {browser} without a graphics card, {datetime.now(UTC):%Y-%m-%d}; load when it began {load:.1f}."
    )


def _processor() -> str:
    """The name of the processor. Source: proc(5), cpuinfo."""
    told = Path("/proc/cpuinfo").read_text(encoding="utf-8") if Path("/proc/cpuinfo").exists() else ""
    named = told.partition("model name")[2].partition(":")[2].partition("\n")[0].strip()
    return named or platform.machine()


def _load() -> float:
    return os.getloadavg()[0]


if __name__ == "__main__":
    main()
