"""The verbs of `delo eval` as they are typed; what they work out is tested where it is worked out."""

import json
from dataclasses import asdict

import pytest
from click.testing import CliRunner

from eval.cli import VERBS, evaluate
from eval.errors import EvaluationError, RunError
from eval.lines import results_lines
from eval.results import results_of
from eval.runfolder import read_provenance, write_run
from eval.runs import Run
from index.build import update
from tests.eval.questions import write_questions
from tests.eval.runs import outcome, provenance, scored
from tests.prepared import records_index


def _typed(*words, status=0):
    """What is printed; the exit status is what the verb gives back, as `delo` takes it."""
    result = CliRunner().invoke(evaluate, list(map(str, words)), standalone_mode=False)
    if isinstance(result.exception, EvaluationError):
        raise result.exception
    assert result.exception is None, result.output
    assert (result.return_value or 0) == status
    return result.output


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return records_index(tmp_path_factory)


@pytest.fixture(scope="module")
def set_(tmp_path_factory):
    folder = tmp_path_factory.mktemp("a-set")
    write_questions(folder / "questions.jsonl")
    return folder


def _written(folder, values, **about):
    told = [outcome(str(n), {"support_lo": v}, pair=str(n // 2)) for n, v in enumerate(values)]
    write_run(folder, Run(provenance=provenance(**about), outcomes=tuple(told)))
    return folder


def test_a_set_is_a_folder_or_a_file_and_the_same_command_goes_on(home, set_, tmp_path):
    run = tmp_path / "run"
    printed = _typed("run", set_, "--index", home, "--out", run, "--every", 3, "--ways", "words, names")
    assert printed.splitlines()[0] == "4 questions in 2 pairs, 0 ended in an error"
    assert printed.splitlines()[-1] == f"the run is in {run}, its report in {run / 'report.html'}"
    about = read_provenance(run)
    assert about.question_set == set_.name
    assert about.settings["ways"] == ["names", "words"]
    asked = (run / "outcomes.jsonl").read_bytes()
    _typed("run", set_, "--index", home, "--out", run, "--every", 3, "--ways", "names,words")
    assert (run / "outcomes.jsonl").read_bytes() == asked
    with pytest.raises(EvaluationError, match="another run: settings"):
        _typed("run", set_, "--index", home, "--out", run, "--every", 3)


def test_a_run_has_a_folder_of_its_own_unless_it_is_named(home, set_, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    told = json.loads(_typed("run", set_ / "questions.jsonl", "--index", home, "--every", 9, "--json"))
    assert told["run"].startswith(".delo-runs/questions-")
    assert told["schema"] == "delo.results/1"
    assert read_provenance(tmp_path / told["run"]).question_set == "questions"


def test_a_way_of_searching_that_is_none_is_a_mistake(home, set_):
    result = CliRunner().invoke(evaluate, ["run", str(set_), "--index", str(home), "--ways", "luck"])
    assert result.exit_code == 2
    assert "meaning, names, words" in result.output


def test_the_table_of_a_run_has_both_languages_beside_each_other():
    told = [
        outcome(
            f"{n}-{x}", {"support_lo": v, "nDCG@10": None}, pair=str(n), language=x, error="E: no" if n == 2 else None
        )
        for n in range(3)
        for x, v in (("en", 1), ("ru", 0))
    ]
    lines = list(results_lines(results_of(scored(told))))
    assert lines[0] == "6 questions in 3 pairs, 2 ended in an error"
    assert lines[1].split() == ["metric", "95", "%", "interval", "n", "not", "applicable", "ru", "en"]
    assert lines[2].split() == ["nDCG@10", "not", "applicable", "0", "6", "-", "-"]
    assert lines[3].split()[:2] == ["support_lo", "0.500"]
    assert lines[3].split()[-4:] == ["6", "0", "0.000", "1.000"]
    assert lines[4] == "ended in an error: 2-en, 2-ru"


def test_two_runs_are_compared_line_by_line(tmp_path):
    old = _written(tmp_path / "old", [1, 0, 1, 0, 1, 0])
    new = _written(tmp_path / "new", [1, 1, 1, 0, 1, 0])
    lines = _typed("compare", old, new).splitlines()
    assert lines[0] == "6 questions in both runs; new less baseline, 95 % intervals"
    assert lines[2].split()[:5] == ["*", "support_lo", "0.500", "0.667", "+0.167"]
    assert "  1 (What of 1?): support_lo 0.00 -> 1.00" in lines
    told = json.loads(_typed("compare", old, new, "--json"))
    assert told["contrasts"][0]["wins"] == 1


def test_runs_of_other_documents_are_compared_only_if_that_is_asked_for(tmp_path):
    old, new = _written(tmp_path / "old", [1, 0]), _written(tmp_path / "new", [1, 0], corpus="c" * 64)
    with pytest.raises(EvaluationError, match=r"documents differ.*: delo eval compare --anyway"):
        _typed("compare", old, new)
    assert "note: their documents differ" in _typed("compare", old, new, "--anyway")


def test_crashes_fail_the_gate_and_are_named(tmp_path):
    told = [outcome(str(n), {"support_lo": 1}, error="ValueError: \x1b[2J no") for n in range(3)]
    for name in ("old", "new"):
        write_run(tmp_path / name, Run(provenance=provenance(), outcomes=tuple(told)))
    lines = _typed("gate", tmp_path / "old", tmp_path / "new", "--margin", "support_lo=0.1", status=1).splitlines()
    assert lines[0] == r"crash: question 0: ValueError: \u001b[2J no"
    assert "support_lo: pass; +0.000 [+0.000, +0.000], margin 0.1" in lines
    assert lines[-1] == "verdict: regression"
    record = json.loads(_typed("gate", tmp_path / "old", tmp_path / "new", "--json", status=1))
    assert [one["id"] for one in record["offences"]] == ["0", "1", "2"]


@pytest.mark.parametrize("margin", ["support_lo", "support_lo=-1", "=0.1", "support_lo=nan", "support_lo=inf"])
def test_a_margin_that_is_none_is_a_mistake(tmp_path, margin):
    run = _written(tmp_path / "run", [1])
    result = CliRunner().invoke(evaluate, ["gate", str(run), str(run), "--margin", margin])
    assert result.exit_code == 2
    assert "METRIC=NUMBER" in result.output


@pytest.mark.parametrize("verb", ["run", "compare", "gate"])
def test_a_verb_explains_itself(verb):
    assert verb in VERBS
    assert "Usage" in CliRunner().invoke(evaluate, [verb, "--help"]).output


def test_a_run_is_judged_again_without_being_asked(home, set_, tmp_path):
    run = tmp_path / "run"
    _typed("run", set_, "--index", home, "--out", run, "--every", 3)
    asked = (run / "outcomes.jsonl").read_bytes()
    printed = _typed("score", run, "--index", home)
    assert (run / "outcomes.jsonl").read_bytes() == asked
    assert printed.splitlines()[0] == "4 questions in 2 pairs, 0 ended in an error"


def test_a_run_is_not_judged_by_documents_that_it_was_not_made_with(home, set_, tmp_path, sample):
    run = tmp_path / "run"
    _typed("run", set_, "--index", home, "--out", run, "--every", 3)
    other = tmp_path / "other"
    update(other, [sample])
    with pytest.raises(RunError, match="does not hold the documents"):
        _typed("score", run, "--index", other)


def test_a_run_with_a_language_model_tells_how_often_the_documents_spoke_alone(home, set_, tmp_path):
    model = ["--composer", "openai:x", "--composer-url", "http://127.0.0.1:9/v1"]
    told = _typed("run", set_, "--index", home, "--out", tmp_path / "run", *model)
    about = read_provenance(tmp_path / "run")
    assert (about.composer, about.settings["to_write"]) == ("llm", "openai:x")
    assert "127.0.0.1" not in json.dumps(asdict(about))
    (alone,) = [line.split() for line in told.splitlines() if line.startswith("documents_alone")]
    assert alone[1] == "1.000"
    assert "What a language model wrote" in (tmp_path / "run" / "report.html").read_text(encoding="utf-8")


def test_without_a_language_model_nothing_of_one_is_told(home, set_, tmp_path):
    told = _typed("run", set_, "--index", home, "--out", tmp_path / "run")
    assert "documents_alone" not in told
    assert "What a language model wrote" not in (tmp_path / "run" / "report.html").read_text(encoding="utf-8")


def test_an_address_without_a_model_is_a_mistake(home, set_):
    result = CliRunner().invoke(
        evaluate, ["run", str(set_), "--index", str(home), "--composer-url", "http://x.invalid"]
    )
    assert result.exit_code == 2
    assert "--composer-url goes with --composer" in result.output
