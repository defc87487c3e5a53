"""The evaluation as the page's room for judging uses it: `judging`, found by the entry point `delo.judging`.

A run is named by its folder's name, and looked up among those that are there: no path is made of what was asked for.
All that is given back is plain: words, numbers, pages of HTML.
"""

import json
import re
import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eval import offered, readers
from eval.cases import Evidence
from eval.errors import RunError
from eval.runfolder import PROVENANCE, count, read_provenance
from index.document import Language
from index.store import Index
from rag.pipeline import Pipeline

if TYPE_CHECKING:
    from eval.run import Plan

PAGE, RESULTS = "report.html", "results.json"
MOST_RUNS = 200  # that are looked at, the newest; reading what one comes to takes a millisecond
MOST_PAUSE = 0.5  # seconds after a question, of a run that gives way to readers
_MOST_BYTES = 20_000_000  # of results; those of a set of thousands have a hundredth
_LONGEST_NAME = 60  # characters of a set's name that the name of a run's folder has

Advance = Callable[[int, int], None]  # done, of so many
Figure = tuple[float, float, float, int]  # its value, its 95 % interval, and what it rests on


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A run: its id, the set that was asked, when, of how many documents, and who wrote the answers.

    `figures` by the name of the metric; none if it was not judged. `finished` is false if it was cut short.
    """

    id: str
    name: str
    started: str  # ISO 8601, UTC
    finished: bool
    questions: int
    documents: int
    composer: str
    figures: Mapping[str, Figure]


class Judging:
    """What the room shows and does; `runs` is the folder of runs, in which all of it lies."""

    def runs(self, runs: Path) -> Sequence[Told]:
        """The newest MOST_RUNS runs, newest first; folders that hold no run, or a damaged one, are passed over."""
        folders = sorted(_folders(runs).values(), key=lambda folder: -_time(folder / PROVENANCE))[:MOST_RUNS]
        found = [told for folder in folders if (told := _told(folder)) is not None]
        return sorted(found, key=lambda told: told.started, reverse=True)

    def sets(self, runs: Path, index: Index) -> Sequence[offered.Offered]:
        """The question sets that can be put to `index`, and those that cannot, with the reason."""
        return list(offered.offered(runs, index))

    def run(self, runs: Path, set_id: str, pipeline: Pipeline, home: Path, advance: Advance) -> str:
        """Put a question set to `pipeline`, judge the answers, write the report; gives the id of the run.

        `home` is the folder of the index; `advance` is told how far it is, and may raise to have it stop. A run that
        comes to no end leaves nothing.

        Raises: CaseError if there is no such set, or it does not fit the index; RunError if the index is changed
            meanwhile, or the disk refuses.
        """
        from eval.checkers import open_checker
        from eval.connect import open_scorer, read_planted
        from eval.run import run as ask
        from eval.scoring import score

        with pipeline.opened() as index:
            name, cases = offered.chosen(runs, set_id, index)
        folder = _new_folder(runs, name)
        told = _giving_way(advance)
        try:
            ask(cases, pipeline, folder, _plan(name, pipeline), lambda done, total: told(done, 2 * total))
            with open_scorer(home, open_checker(), read_planted(folder)) as scorer:
                score(folder, scorer, lambda done, total: told(total + done, 2 * total))
            _write_report(folder)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return folder.name

    def report(self, runs: Path, id_: str) -> str:
        """The report of a run as one file of HTML without script.

        Raises: RunError if there is no such run, or it is damaged.
        """
        folder = _folder(runs, id_)
        if not (folder / PAGE).is_file():
            _write_report(folder)
        return (folder / PAGE).read_text(encoding="utf-8", errors="replace")

    def comparison(self, runs: Path, old: str, new: str, *, anyway: bool) -> str:
        """The run `new` held against the run `old`, as the report is; `anyway`, though they are of other questions.

        Raises: RunError if there are no such runs, or they cannot be compared.
        """
        from eval.report.against import comparison_page
        from eval.report.made import compared_of
        from eval.runfolder import read_run

        both = [read_run(_folder(runs, id_)) for id_ in (old, new)]
        return "".join(comparison_page(compared_of(*both, anyway=anyway)))

    def kept(self, runs: Path) -> Sequence[readers.Kept]:
        """What readers said of answers, the newest first. Raises: CaseError if the file was damaged."""
        return readers.kept(runs)

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
        """Keep what a reader said of an answer; `quoted` are documents, and words that stand in them, by language.

        Raises: CaseError if it is no verdict, or too much; StorageError.
        """
        evidence = [Evidence(document_id=id_, words=words) for id_, words in quoted]
        return readers.keep(runs, question, language, verdict, evidence, reader=reader)

    def remove(self, runs: Path, id_: str) -> bool:
        """Take away what was said of an answer; whether there was anything. Raises: CaseError, StorageError."""
        return readers.remove(runs, id_)


judging = Judging()


def _folders(runs: Path) -> dict[str, Path]:
    """The folders that hold runs, by name; what a link leads to is none of them."""
    if not runs.is_dir():
        return {}
    return {path.name: path for path in runs.iterdir() if not path.is_symlink() and (path / PROVENANCE).is_file()}


def _folder(runs: Path, id_: str) -> Path:
    found = _folders(runs).get(id_)
    if found is None:
        raise RunError(f"there is no run {id_[:80]!r} here; choose one of those that are listed")
    return found


def _time(path: Path) -> float:
    return path.stat().st_mtime if path.is_file() else 0


def _told(folder: Path) -> Told | None:
    try:
        about, questions = read_provenance(folder), count(folder)
    except RunError:
        return None
    return Told(
        id=folder.name,
        name=about.question_set,
        started=about.started,
        finished=about.finished is not None,
        questions=questions,
        documents=about.documents,
        composer=about.composer,
        figures=dict(_figures(folder / RESULTS)),
    )


def _figures(path: Path) -> Iterator[tuple[str, Figure]]:
    """The figures that stand in the results of a run; those that apply to nothing are left out."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            return
        told: Any = json.loads(path.read_bytes())["slices"][0]["figures"]
        for name, figure in told.items():
            if (main := figure["macro"] or figure["micro"]) is not None:
                yield str(name), (float(main["value"]), float(main["low"]), float(main["high"]), int(main["n"]))
    except (OSError, ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
        return  # not judged yet, or not by us


def _plan(name: str, pipeline: Pipeline) -> "Plan":
    from eval.run import Plan
    from index.model import bare

    composer, reranker = pipeline.composer, pipeline.reranker
    settings = {"ways": sorted(pipeline.ways), "reranker": bare(reranker) if reranker else None}
    return Plan(question_set=name, settings=settings, composer=composer.name, model=composer.model)


def _new_folder(runs: Path, name: str) -> Path:
    """A folder for a run that begins now."""
    plain = re.sub(r"[^\w-]+", "-", name)[:_LONGEST_NAME].strip("-") or "set"
    stem = f"{plain}-{datetime.now(UTC):%Y%m%d-%H%M%S}"
    for number in range(2, 100):
        try:
            (runs / stem).mkdir(parents=True)
        except FileExistsError:
            stem = f"{stem.partition('+')[0]}+{number}"
        except OSError as error:
            raise RunError(
                f"a run cannot be kept in '{runs}': {error.strerror}; name another folder: --runs"
            ) from error
        else:
            return runs / stem
    raise RunError(f"'{runs}' has a hundred runs of this second; try again in the next")


def _giving_way(advance: Advance) -> Advance:
    """`advance`, and then a pause as long as the work took since the last: readers who ask meanwhile need the core."""
    last = time.perf_counter()

    def told(done: int, total: int) -> None:
        nonlocal last
        advance(done, total)
        time.sleep(min(MOST_PAUSE, time.perf_counter() - last))
        last = time.perf_counter()

    return told


def _write_report(folder: Path) -> None:
    from eval.report.made import report_of
    from eval.report.write import write_report
    from eval.runfolder import read_run

    write_report(folder / PAGE, report_of(read_run(folder)))
