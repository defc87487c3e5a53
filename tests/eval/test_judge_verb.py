"""`delo eval judge`: what it prints, and its exit status."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from eval.cli import evaluate
from eval.errors import AnswersError

pytest.importorskip("eval.checkers", reason="the checkers are built apart")
pytest.importorskip("eval.rules", reason="the rules are built apart")

PLANTED = Path(__file__).with_name("planted.jsonl")
RIGHT = {"id": "r", "question": "why?", "answer": "It says “the bridge is open to trains”.",
         "sources": [{"id": "s", "text": "Now the bridge is open to trains."}]}  # fmt: skip


def run(*arguments):
    return CliRunner().invoke(evaluate, ["judge", *map(str, arguments)], standalone_mode=False)


def test_the_three_planted_faults_and_no_others_are_told(sample):
    done = run(PLANTED, "--sources", sample.parent)
    assert (done.exception, done.return_value) == (None, 1)
    assert [done.output.count(kind) for kind in ("invented quotation", "shifted reference", "changed ")] == [1, 1, 1]
    assert "8 answers, 3 faults" in done.output
    assert "d. 776" in done.output


def test_every_judgement_is_a_line_of_json_printed_and_written(sample, tmp_path):
    out = tmp_path / "out.jsonl"
    done = run(PLANTED, "--sources", sample.parent, "--json", "--out", out)
    lines = done.output.splitlines()
    assert [json.loads(line)["schema"] for line in lines] == ["delo.judged/1"] * 8
    assert sum(len(json.loads(line)["faults"]) for line in lines) == 3
    assert out.read_text(encoding="utf-8").splitlines() == lines


def test_an_index_serves_as_well_as_its_folder(small):
    done = run(PLANTED, "--index", small.home)
    assert (done.exception, done.return_value) == (None, 1)
    assert "8 answers, 3 faults" in done.output


def test_answers_that_bring_their_sources_need_no_others(tmp_path):
    path = tmp_path / "answers.jsonl"
    path.write_text(json.dumps(RIGHT), encoding="utf-8")
    done = run(path)
    assert (done.exception, done.return_value) == (None, 0)
    assert "nothing wrong found" in done.output


def test_an_answer_without_sentences_is_not_applicable(tmp_path):
    path = tmp_path / "answers.jsonl"
    path.write_text(json.dumps(RIGHT | {"answer": ""}), encoding="utf-8")
    done = run(path)
    assert done.return_value == 0
    assert "not applicable" in done.output


def test_what_cannot_be_read_is_an_error(tmp_path):
    assert isinstance(run(tmp_path / "none.jsonl").exception, AnswersError)
    done = run(PLANTED, "--sources", tmp_path / "none")
    assert isinstance(done.exception, AnswersError)


def test_a_folder_and_an_index_at_once_are_refused(tmp_path):
    assert "without --index" in str(run(PLANTED, "--sources", tmp_path, "--index", tmp_path).exception)
