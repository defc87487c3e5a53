"""Real questions to a real index: what is kept of them, cut short and gone on with."""

import json
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import replace

import pytest

from eval.cases import read_cases
from eval.compare import compare
from eval.errors import CaseError, RunError
from eval.gate import gate
from eval.results import results_of
from eval.run import Plan, removed, run
from eval.runfolder import OUTCOMES, cut_back, outcomes, read_provenance, read_run, write_run
from eval.scoring import score
from eval.table import Scored
from index.build import update
from index.store import Index
from rag.pipeline import Pipeline
from rag.record import refusal_record
from tests.eval.questions import write_questions
from tests.eval.scorer import plain_scorer
from tests.prepared import records_index
from tests.processes import ROOT
from tests.records import ARCHIVE, BRIDGE, write_all

PLAN = Plan(question_set="test", remove_evidence=True, settings={"ways": ["meaning", "names", "words"]})
_DIES = """
import os, signal, sys
from pathlib import Path
from eval.cases import read_cases
from eval.run import run
from rag.pipeline import Pipeline
from tests.eval.test_run import PLAN

def die(done, total):
    if done == 5:
        os.kill(os.getpid(), signal.SIGKILL)

home, questions, folder = map(Path, sys.argv[1:])
with Pipeline.open(home) as pipeline:
    run(read_cases(questions), pipeline, folder, PLAN, die)
"""


@pytest.fixture(scope="module")
def questions(tmp_path_factory):
    return write_questions(tmp_path_factory.mktemp("questions") / "questions.jsonl")


@pytest.fixture(scope="module")
def cases(questions):
    return read_cases(questions)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return records_index(tmp_path_factory)


@pytest.fixture(scope="module")
def pipeline(home):
    with Pipeline.open(home) as opened:
        yield opened


@pytest.fixture(scope="module")
def scorer(home):
    with Index.open(home) as index:
        return plain_scorer({document.id: document for document in index.catalogue.documents()})


@pytest.fixture(scope="module")
def whole(tmp_path_factory, cases, pipeline, scorer):
    """A run of all questions, not judged yet, and the same judged."""
    bare = tmp_path_factory.mktemp("runs") / "bare"
    run(cases, pipeline, bare, PLAN)
    judged = bare.with_name("judged")
    shutil.copytree(bare, judged)
    score(judged, scorer)
    return bare, judged


def _timeless(folder):
    """The lines of a run without anything that a clock says."""
    lines = [json.loads(line) for line in (folder / OUTCOMES).read_text("utf-8").splitlines()]
    for line in lines:
        line["seconds"] = sorted(line["seconds"])
        if line["answer"]:
            line["answer"]["seconds"] = 0
    return lines


def test_every_question_is_asked_and_told_whence_its_answer_comes(whole, cases):
    about, told = read_provenance(whole[0]), list(outcomes(whole[0]))
    assert [one.case.id for one in told if not one.case.id.endswith("-removed")] == [case.id for case in cases]
    assert len(told) == 12 + 10
    assert all(one.error is None and one.answer["schema"] == "delo.answer/1" for one in told)
    assert all(one.seconds["whole"] >= one.seconds["retrieve"] > 0 for one in told)
    assert told[0].found[0].document_id == BRIDGE.number
    assert [one.score for one in told[0].found] == sorted((one.score for one in told[0].found), reverse=True)
    assert told[0].period == "1950s"
    assert about.finished
    assert about.documents == 5
    assert about.peak_bytes > 50e6
    assert about.settings["remove_evidence"] is True


def test_a_run_tells_no_name_of_a_user_or_a_folder(whole, home, tmp_path_factory):
    told = (whole[0] / "run.json").read_text("utf-8")
    for private in (str(home), str(tmp_path_factory.getbasetemp()), os.uname().nodename, str(ROOT)):
        assert private not in told


def test_without_its_evidence_a_question_finds_nothing_of_the_documents_that_answer_it(whole):
    told = {one.case.id: one for one in outcomes(whole[0])}
    twins = [one for id_, one in told.items() if id_.endswith("-removed")]
    for twin in twins:
        original = told[twin.case.id.removesuffix("-removed")]
        assert twin.case == removed(original.case)
        assert not twin.case.answerable
        assert twin.found
        assert original.case.document_id not in {found.document_id for found in twin.found}
    assert "5-en-removed" not in told  # it has no evidence to remove


def test_two_runs_are_the_same_but_for_seconds(whole, cases, pipeline, tmp_path):
    run(cases, pipeline, tmp_path / "again", PLAN)
    assert _timeless(tmp_path / "again") == _timeless(whole[0])


@pytest.mark.slow
def test_a_killed_run_goes_on_after_its_last_whole_line_and_comes_out_the_same(
    whole, cases, home, questions, pipeline, tmp_path
):
    folder = tmp_path / "killed"
    command = [sys.executable, "-c", _DIES, *map(str, (home, questions, folder))]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == -signal.SIGKILL
    path = folder / OUTCOMES
    assert len(path.read_text("utf-8").splitlines()) == 5
    assert read_provenance(folder).finished is None
    with pytest.raises(RunError, match="cut short"):
        Scored.read(folder)
    with path.open("a", encoding="utf-8") as file:
        file.write('{"case": {"id": "2-')  # what a process that was stopped while it wrote leaves
    steps = []
    run(cases, pipeline, folder, PLAN, lambda done, total: steps.append((done, total)))
    assert steps == [(n, 22) for n in range(6, 23)]
    assert _timeless(folder) == _timeless(whole[0])
    assert read_provenance(folder).finished


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ({"every": 2}, "questions"),
        ({"repeat": 2}, "settings"),
        ({"settings": {"ways": ["words"]}}, "settings"),
        ({"seed": 3}, "seed"),
        ({"composer": "another"}, "composer"),
    ],
)
def test_another_run_in_the_folder_is_refused_and_what_differs_is_told(whole, cases, pipeline, other, told):
    with pytest.raises(RunError, match=rf"another run: .*{told} .*--out"):
        run(cases, pipeline, whole[0], replace(PLAN, **other))


def test_an_index_of_other_documents_is_another_run(whole, cases, tmp_path):
    changed = [replace(record, russian=(*record.russian, "Конец.")) for record in ARCHIVE if record.russian]
    update(tmp_path / "index", [write_all(tmp_path / "archive", [*changed, ARCHIVE[-1]])])
    with Pipeline.open(tmp_path / "index") as pipeline, pytest.raises(RunError, match="corpus"):
        run(cases, pipeline, whole[0], PLAN)


def test_questions_that_do_not_fit_the_index_are_refused_each_by_name(cases, pipeline, tmp_path):
    wrong = [replace(case, evidence=(), grades={"999": 3}) for case in cases[:2]]
    with pytest.raises(CaseError, match=r"'0-en'.*'999'.*'0-ru'.*'999'"):
        run([*wrong, *cases[2:]], pipeline, tmp_path / "run", PLAN)
    assert not (tmp_path / "run").exists()


class _Crashing:
    """A composer with a fault that some questions bring out."""

    name, model = "crashing", None

    def write(self, question, evidence):
        raise ZeroDivisionError(question.text[:4])


def test_a_crash_is_counted_and_the_run_goes_on(cases, home, scorer, tmp_path):
    with Pipeline.open(home, composer=_Crashing()) as pipeline:
        run(cases, pipeline, tmp_path / "run", replace(PLAN, remove_evidence=False, composer="crashing"))
    score(tmp_path / "run", scorer)
    told = list(outcomes(tmp_path / "run"))
    crashed = [one.case.id for one in told if one.error]
    assert told[0].error == "ZeroDivisionError: What"
    assert len(told) == 12
    assert results_of(Scored.read(tmp_path / "run")).crashes == tuple(crashed)


def test_a_question_that_the_system_declines_is_a_refusal_not_a_crash(cases, pipeline, tmp_path):
    french = replace(cases[-1], id="fr", question="Pourquoi Moscou a-t-elle refusé une attaque contre le Sud ?")
    run([french], pipeline, tmp_path / "run", Plan(question_set="french"))
    (told,) = outcomes(tmp_path / "run")
    assert told.error is None
    assert told.answer["abstained"]
    assert "French" in told.answer["reason"]


def test_repeats_are_counted_and_a_steady_system_never_flips(cases, pipeline, tmp_path):
    run(cases[:2], pipeline, tmp_path / "run", Plan(question_set="two", repeat=3))
    assert [(one.repeats, one.flips) for one in outcomes(tmp_path / "run")] == [(3, 0)] * 2


@pytest.mark.parametrize("chosen", [slice(0), slice(1), slice(-2, None)], ids=["none", "one", "unanswerable only"])
def test_no_question_one_and_only_unanswerable_ones_are_defined(cases, pipeline, scorer, tmp_path, chosen):
    asked = cases[chosen]
    run(asked, pipeline, tmp_path / "run", Plan(question_set="few"))
    score(tmp_path / "run", scorer)
    found = results_of(Scored.read(tmp_path / "run"))
    assert found.whole.questions == len(asked)
    assert found.crashes == ()


def test_judging_again_changes_nothing_but_what_is_judged(whole, scorer, tmp_path):
    shutil.copytree(whole[1], tmp_path / "again")
    steps = []
    score(tmp_path / "again", scorer, lambda done, total: steps.append((done, total)))
    assert steps[-1] == (22, 22)
    assert (tmp_path / "again" / OUTCOMES).read_bytes() == (whole[1] / OUTCOMES).read_bytes()
    assert read_provenance(tmp_path / "again").checker == "plain"
    bare, judged = _timeless(whole[0]), _timeless(whole[1])
    assert [one | {"judgement": None, "scores": {}} for one in judged] == bare


def test_each_pair_is_compared_once(whole):
    told = [one.case.id for one in outcomes(whole[1]) if "decision_agreement" in one.scores]
    assert told == [f"{n}-ru{twin}" for n in range(5) for twin in ("", "-removed")] + ["5-ru"]


def test_a_run_may_replace_itself(whole):
    run_ = Scored.read(whole[1])
    assert gate(run_, run_, outcomes(whole[1])).verdict == "pass"
    assert all(one.p == 1 for one in compare(run_, run_).contrasts)


def _planted(whole, folder, id_, change, scorer):
    told = read_run(whole[1])
    changed = tuple(change(one) if one.case.id == id_ else one for one in told.outcomes)
    write_run(folder, replace(told, outcomes=changed))
    score(folder, scorer)
    return gate(Scored.read(whole[1]), Scored.read(folder), outcomes(folder))


def _altered(outcome):
    answer = json.loads(json.dumps(outcome.answer))
    citation = answer["statements"][0]["citations"][0]
    citation["words"] = citation["words"].replace(" ", " not ", 1)
    return replace(outcome, answer=answer)


def test_a_planted_altered_quotation_fails_the_gate_and_is_named(whole, scorer, tmp_path):
    found = _planted(whole, tmp_path / "new", "1-ru", _altered, scorer)
    assert (found.verdict, found.status) == ("regression", 1)
    assert [(one.id, one.gate) for one in found.offences] == [("1-ru", "quotation")]
    assert " not " in found.offences[0].reason


def _refused(outcome):
    return replace(outcome, answer=refusal_record(outcome.case.question, "nothing", id_=outcome.case.id))


def test_a_planted_wrong_refusal_does_not_pass_and_is_named(whole, scorer, tmp_path):
    """Of so few pairs nothing more can be said than that it may be worse."""
    found = _planted(whole, tmp_path / "new", "2-en", _refused, scorer)
    assert (found.verdict, found.status) == ("inconclusive", 3)
    fell = {margin.contrast.name: margin.contrast.lost for margin in found.margins}
    assert fell["nugget_vital_strict"] == fell["refusal_F1"] == ("2-en",)
    assert found.comparison.changed[0].id == "2-en"


def test_what_is_cut_off_is_the_last_line_alone(tmp_path):
    path = tmp_path / OUTCOMES
    for kept, cut in (
        ("", "x" * 200_000),
        ("a\n", ""),
        ("a\nb\n", "c"),
        ("a" * 100_000 + "\n", "b" * 100_000),
        ("", ""),
    ):
        path.write_text(kept + cut, "utf-8")
        cut_back(tmp_path)
        assert path.read_text("utf-8") == kept


@pytest.mark.parametrize("wrong", ["NaN", "Infinity", "1e999"])
def test_a_score_that_is_no_number_is_refused_by_line(whole, tmp_path, wrong):
    shutil.copytree(whole[1], tmp_path / "run")
    path = tmp_path / "run" / OUTCOMES
    lines = path.read_text("utf-8").splitlines()
    assert '"hits": 1.0' in lines[2]
    lines[2] = lines[2].replace('"hits": 1.0', f'"hits": {wrong}', 1)
    path.write_text("\n".join(lines) + "\n", "utf-8")
    with pytest.raises(RunError, match="line 3"):
        Scored.read(tmp_path / "run")


def test_what_is_no_run_is_told_with_how_to_make_one(tmp_path):
    with pytest.raises(RunError, match=r"holds no run.*delo eval run"):
        Scored.read(tmp_path)
