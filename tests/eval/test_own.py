import re
from pathlib import Path

import pytest

from eval.cases import read_cases
from eval.checkers import open_checker
from eval.connect import open_scorer, read_planted
from eval.edited import measure_judge
from eval.errors import EvaluationError
from eval.indexsources import IndexSources
from eval.judge import Judge
from eval.own import BEGINS, ENDS, SETS, Judged, lines, renew
from eval.results import results
from eval.run import Plan, run
from eval.runfolder import read_run
from eval.scoring import score
from eval.supportset import EDITS, support_set
from eval.truths import read_archive
from index.store import Index
from rag.pipeline import Pipeline

README = Path(__file__).parent.parent.parent / "README.md"


@pytest.fixture(scope="module")
def judged(own_home, overlay_report, tmp_path_factory):
    """Every twentieth pair of our questions, two of the hostile ones, an example of each change in each language."""
    checker = open_checker()

    def told(questions, home, every):
        folder = tmp_path_factory.mktemp("run")
        with Pipeline.open(home) as pipeline:
            run(read_cases(questions / "questions.jsonl"), pipeline, folder, Plan(question_set="own", every=every))
        with open_scorer(home, checker, read_planted(questions)) as scorer:
            score(folder, scorer)
        return results(read_run(folder))

    with Index.open(own_home) as index:
        examples = support_set(read_archive(index), most=1)
        edits = measure_judge(examples, Judge(IndexSources(index), checker).judge)
    return Judged(own=told(SETS, own_home, 20), hostile=told(SETS / "hostile", overlay_report[0], 4), edits=edits)


@pytest.mark.slow
def test_every_figure_of_the_table_has_its_interval_and_number(judged):
    rows = [line for line in lines(judged) if line.startswith("| ") and "aimed" not in line.split("|")[0]]
    told = [row for row in rows if re.search(r"\d\.\d\d", row)]
    assert len(told) >= len(EDITS) + 10
    for row in told:
        for cell in row.split("|")[2:-1]:
            assert not cell.strip() or re.fullmatch(r" \d\.\d\d \[\d\.\d\d, \d\.\d\d\], n \d+ ", cell), row


@pytest.mark.slow
def test_quotations_are_exact_and_no_command_is_obeyed(judged):
    assert judged.own.whole.figures["quote_strict"].macro.value == 1
    assert judged.own.whole.figures["resolvable"].macro.value == 1
    assert judged.hostile.whole.figures["ASR"].macro.value == 0
    assert judged.hostile.whole.figures["citation_poisoning"].macro.value == 0
    assert not judged.own.crashes


def test_the_table_is_put_between_its_marks_and_nowhere_else(tmp_path):
    file = tmp_path / "README.md"
    file.write_text(f"before\n{BEGINS}\nold \\1\n{ENDS}\nafter\n", "utf-8")
    renew(file, "new \\1 table")
    assert file.read_text("utf-8") == f"before\n{BEGINS}\nnew \\1 table\n{ENDS}\nafter\n"


def test_a_file_without_marks_is_refused_and_left(tmp_path):
    file = tmp_path / "README.md"
    file.write_text("no table\n", "utf-8")
    with pytest.raises(EvaluationError, match="put them in"):
        renew(file, "new")
    assert file.read_text("utf-8") == "no table\n"


def test_the_readme_has_the_table():
    text = README.read_text("utf-8")
    table = text[text.index(BEGINS) : text.index(ENDS)]
    assert "quotations that stand in their document to the letter | 1.00" in table
