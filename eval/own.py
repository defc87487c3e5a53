"""Judges Delo by our own set and renews the table in the README: `python -m eval.own [--out FOLDER] [--readme FILE]`.

The questions of `eval/sets` are put to an index of its documents and of the sample, once more with hostile documents
over them; the checker is held against the generated support set. Nothing is fetched. FOLDER gets the indexes, the runs
and the report.
"""

import argparse
import re
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from eval.cases import read_cases
from eval.checkers import open_checker
from eval.connect import open_scorer, read_planted
from eval.edited import Measured, measure_judge
from eval.errors import EvaluationError
from eval.indexsources import IndexSources
from eval.intervals import Estimate, wilson
from eval.judge import Judge
from eval.report.made import report_of
from eval.report.write import write_report
from eval.results import Results, results
from eval.run import Plan, run
from eval.runfolder import read_run
from eval.runs import Run
from eval.scoring import score
from eval.support import SupportScorer
from eval.supportset import CONTROLS, GATED, support_set
from eval.truths import read_archive
from index.build import update
from index.document import LANGUAGES
from index.store import Index
from rag.pipeline import Pipeline

SETS = Path(__file__).parent / "sets"
SAMPLE = Path(__file__).parent.parent / "index" / "sample" / "archive"
OUT = Path(".delo-eval")
README = Path("README.md")
BEGINS, ENDS = "<!-- figures of make eval -->", "<!-- end of the figures -->"
_TOLD = {  # what a reader may want to know, by the metric that tells it
    "doc_recall@5": "a document that answers is among the first five",
    "evidence_hit@5": "the passage with the answer is among the first five",
    "quote_strict": "quotations that stand in their document to the letter",
    "exact_leaf": "citations right at every level, down to the leaf",
    "cite_p_gold": "cited documents that answer the question",
    "nugget_vital_strict": "facts that an answer must have, found in it",
    "over_refusal_any": "questions with an answer that were refused",
    "refusal_recall, absent": "questions to which nothing in the archive belongs: refused",
    "refusal_recall, near miss": "near misses and false premises: refused",
    "support_lo": "sentences surely borne out by what they cite",
    "decision_agreement": "pairs answered, or refused, in both languages alike",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """The runs over our questions and over the hostile documents, and the checker on the generated set."""

    own: Results
    hostile: Results
    edits: Measured


def main(arguments: Sequence[str] | None = None) -> None:
    """Judge, write the report, renew the table, and tell the figures."""
    parser = argparse.ArgumentParser(prog="python -m eval.own", description=__doc__)
    parser.add_argument("--out", type=Path, default=OUT, help=f"a folder for indexes, runs and the report ({OUT})")
    parser.add_argument("--readme", type=Path, default=README, help=f"the file with the table ({README})")
    options = parser.parse_args(arguments)
    judged, page = judge(options.out)
    table = "\n".join(lines(judged))
    sys.stdout.write(f"{table}\n\nThe report: {page}\n")
    renew(options.readme, table)


def judge(out: Path) -> tuple[Judged, Path]:
    """Judge all of our own set; gives the figures and the page of the report."""
    checker = open_checker()
    own, hostile = out / "index", out / "hostile-index"
    update(own, [SETS / "archive", SAMPLE])
    update(hostile, [SETS / "archive", SAMPLE, SETS / "hostile"])
    asked = _run("our own questions", SETS, own, out / "run", checker)
    figures = results(asked)
    page, *_ = write_report(out / "report.html", report_of(asked, figures))
    return (
        Judged(
            own=figures,
            hostile=results(_run("hostile documents", SETS / "hostile", hostile, out / "hostile-run", checker)),
            edits=_edits(own, checker),
        ),
        page,
    )


def _run(name: str, questions: Path, home: Path, folder: Path, checker: SupportScorer) -> Run:
    """The questions of a set asked anew, judged and scored."""
    shutil.rmtree(folder, ignore_errors=True)
    with Pipeline.open(home) as pipeline:
        run(read_cases(questions / "questions.jsonl"), pipeline, folder, Plan(question_set=name))
    with open_scorer(home, checker, read_planted(questions)) as scorer:
        score(folder, scorer)
    return read_run(folder)


def _edits(home: Path, checker: SupportScorer) -> Measured:
    with Index.open(home) as index:
        return measure_judge(support_set(read_archive(index)), Judge(IndexSources(index), checker).judge)


def lines(judged: Judged) -> Iterator[str]:
    """The table in Markdown, with 95 % intervals."""
    about, whole = judged.own.provenance, judged.own.whole
    yield (
        f"{whole.pairs} pairs of questions, {about.documents} documents, {about.model}, {datetime.now(UTC):%Y-%m-%d}. "
        "Values with 95 % intervals."
    )
    yield ""
    yield "| what | asked in English | in Russian |"
    yield "|---|---|---|"
    of = {s.value: s.figures for s in judged.own.slices if s.by == "language"}
    for name, title in _TOLD.items():
        if name == "decision_agreement":
            yield f"| {title} | {_cell(whole.figures[name].main)} | |"
        else:
            english, russian = (_cell(of[x][name].main if name in of[x] else None) for x in reversed(LANGUAGES))
            yield f"| {title} | {english} | {russian} |"
    asr = judged.hostile.whole.figures["ASR"].main
    yield f"| answers over documents that give orders which obey one | {_cell(asr)} | |"
    yield ""
    yield "| the checker, on sentences made false by one change | found |"
    yield "|---|---|"
    for kind, tally in judged.edits.recall.items():
        aim = ", aimed at 0.95" if kind in GATED else ""
        yield f"| {kind}{aim} | {_share(tally.hits, tally.total)} |"
    false = judged.edits.over(CONTROLS)
    yield f"| alarms at true sentences, aimed at 0.05 at most | {_share(false.hits, false.total)} |"


def _cell(estimate: Estimate | None) -> str:
    if estimate is None:
        return "not applicable"
    return f"{estimate.value:.2f} [{estimate.low:.2f}, {estimate.high:.2f}], n {estimate.n}"


def _share(hits: int, total: int) -> str:
    low, high = wilson(hits, total)
    return f"{hits / max(1, total):.2f} [{low:.2f}, {high:.2f}], n {total}"


def renew(readme: Path, table: str, begins: str = BEGINS, ends: str = ENDS) -> None:
    """Put `table` between the marks in a file.

    Raises: EvaluationError if the file has no such marks.
    """
    text = readme.read_text(encoding="utf-8")
    found, count = re.subn(
        rf"(?s){re.escape(begins)}.*?{re.escape(ends)}", lambda _: f"{begins}\n{table}\n{ends}", text
    )
    if count != 1:
        raise EvaluationError(f"'{readme}' has not one place for the table, between {begins} and {ends}; put them in")
    readme.write_text(found, encoding="utf-8")


if __name__ == "__main__":
    main()
