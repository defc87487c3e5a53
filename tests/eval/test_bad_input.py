"""What a careless or hostile user may give the evaluation: each is told in one line, or has a defined result."""

import copy
import json

import pytest
from click.testing import CliRunner

from eval.cases import read_cases
from eval.cli import evaluate
from eval.connect import open_scorer
from eval.errors import AnswersError, CaseError, RunError
from eval.forms.reading import read_answers
from eval.judge import judge
from eval.runfolder import begin, outcomes, read_provenance, write_run
from eval.runs import Run
from eval.scopes import _LONGEST
from eval.score import Score
from eval.scoring import score
from eval.sources import HeldSources
from eval.table import tabulate
from eval.verbs import report
from tests.eval.metrics.made import answered
from tests.eval.runs import outcome, provenance
from tests.eval.simple_checker import SimpleChecker

PLAIN = {"id": "a", "question": "why?", "answer": "It says “the bridge is open to trains”.",
         "sources": [{"id": "s", "text": "Now the bridge is open to trains."}]}  # fmt: skip
CITATION = {"document_id": "1", "words": "so it is", "start": 0, "end": 8, "language": "en", "references": []}
STATEMENT = {"text": "It says:", "citations": [CITATION]}
RECORD = {"schema": "delo.answer/1", "id": "r", "question": "why?", "abstained": False, "statements": [STATEMENT]}
QUESTION = {"id": "q1", "pair": "p1", "language": "en", "question": "Why?", "answerable": True}
PLACE = ("statements", 0, "citations", 0)


def _with(record, path, value):
    made = copy.deepcopy(record)
    inner = made
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return made


def _file(tmp_path, *lines):
    path = tmp_path / "given.jsonl"
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), "utf-8")
    return path


@pytest.mark.parametrize(
    ("record", "path", "value", "told"),
    [
        (PLAIN, ["confidence"], "nan", "confidence is 'nan', no number"),
        (PLAIN, ["confidence"], True, "confidence is True, no number"),
        (PLAIN, ["confidence"], 1.5, "confidence is 1.5, not from 0 to 1"),
        (PLAIN, ["refused"], "no", "refused is 'no', not true or false"),
        (RECORD, ["confidence"], -1, "not from 0 to 1"),
        (RECORD, ["abstained"], "no", "abstained is 'no', not true or false"),
        (RECORD, ["statements"], 5, "statements is 5, no list"),
        (RECORD, ["statements"], [5], "5 stands where an object with 'text' should"),
        (RECORD, [*PLACE], 5, "5 stands where an object with 'words' should"),
        (RECORD, [*PLACE, "document_id"], None, "document_id is None"),
        (RECORD, [*PLACE, "references"], [5], "5 stands where an object with 'text' should"),
        (RECORD, [*PLACE, "references"], {"text": "x"}, "no list"),
        (RECORD, [*PLACE, "references"], [{"text": "f. 3", "leaves": 5}], "leaves is 5, no list"),
    ],
)
def test_a_member_of_an_answer_that_is_not_of_its_kind_is_told_with_its_line(tmp_path, record, path, value, told):
    with pytest.raises(AnswersError, match="line 1: not an answer: ") as error:
        read_answers(_file(tmp_path, _with(record, path, value)))
    assert told in str(error.value)


def test_a_number_too_large_to_be_one_is_no_confidence(tmp_path):
    line = json.dumps(PLAIN)[:-1] + ', "confidence": 1e999}'
    with pytest.raises(AnswersError, match="not from 0 to 1"):
        read_answers(_file(tmp_path, line))


@pytest.mark.parametrize(
    ("member", "value", "told"),
    [
        ("kind", 5, "kind is 5, no text"),
        ("evidence", [5], "one of its evidence is 5, no object"),
        ("evidence", {"a": 1}, "no list"),
        ("evidence", [{"document_id": "1", "en": "x", "leaves": 5}], "leaves is 5, no list"),
        ("nuggets", [5], "one of its nuggets is 5, no object"),
        ("nuggets", {"a": 1}, "no list"),
        ("nuggets", [{"text": "x", "en": "x"}], "en is 'x', no list"),
        ("grades", [1], "grades is [1], no object"),
        ("grades", {"1": "x"}, "grades are 1 to 3"),
        ("grades", {"1": float("nan")}, "grades are 1 to 3"),
        ("grades", {"1": 2.5}, "grades are 1 to 3"),
        ("answers", 5, "answers is 5, no object"),
        ("answers", {"en": 5, "ru": None}, "the answer in en is 5, no object"),
        ("answers", {"en": {"text": "x", "paragraph": -1, "start": 0}, "ru": None}, "paragraph is -1"),
    ],
)
def test_a_member_of_a_question_that_is_not_of_its_kind_is_told_with_its_line(tmp_path, member, value, told):
    with pytest.raises(CaseError, match="line 1: not a question with its answer: ") as error:
        read_cases(_file(tmp_path, QUESTION | {"document_id": "1", member: value}))
    assert told in str(error.value)


@pytest.mark.parametrize(
    ("line", "told"),
    [("[" * 100_000, "nested too deeply"), ("{", "no JSON"), ("5", "5, no object"), ("[]", "[], no object")],
)
def test_a_line_that_is_no_question_at_all_is_told(tmp_path, line, told):
    with pytest.raises(CaseError, match="line 2: ") as error:
        read_cases(_file(tmp_path, QUESTION, line))
    assert told in str(error.value)
    assert "expected an object of JSON" in str(error.value)


@pytest.mark.parametrize(("read", "refused"), [(read_answers, AnswersError), (read_cases, CaseError)])
def test_a_file_that_is_not_utf_8_is_told_with_the_line_and_what_to_do(tmp_path, read, refused):
    path = tmp_path / "given.jsonl"
    path.write_bytes(b"\n\n\xff")
    with pytest.raises(refused, match="line 3: byte 2 is not UTF-8; save the file as UTF-8"):
        read(path)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 1e300])
def test_a_score_that_sums_cannot_hold_is_refused(value):
    with pytest.raises(ValueError, match="must be finite"):
        Score(hits=value, total=1, reason="")
    with pytest.raises(ValueError, match="of 0 or more"):
        Score(hits=1, total=-1, reason="")


def test_a_duration_before_its_beginning_is_refused():
    with pytest.raises(RunError, match="no duration"):
        tabulate([outcome("1", seconds={"whole": -5.0})])


def _judged(*words):
    return CliRunner().invoke(evaluate, ["judge", *map(str, words)], standalone_mode=False)


def test_judgements_that_cannot_be_written_are_refused_before_anything_is_judged(tmp_path):
    done = _judged(_file(tmp_path, PLAIN), "--out", tmp_path)
    assert isinstance(done.exception, AnswersError)
    assert "--out" in str(done.exception)
    assert done.output == ""


def test_answers_without_any_source_are_refused_and_not_called_invented(tmp_path):
    done = _judged(_file(tmp_path, PLAIN | {"sources": []}))
    assert isinstance(done.exception, AnswersError)
    assert "--sources or --index" in str(done.exception)


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ("Die Brücke wurde am 5. Mai 1951 eröffnet, und die Züge fuhren nach Norden.", "undecided"),
        ("«“„", "nothing in it needs a source"),
        ("", "no sentences: not applicable"),
        ("Now the bridge is open to trains.", "nothing wrong found"),
    ],
)
def test_an_answer_without_faults_is_called_right_only_if_something_was_found_right(tmp_path, answer, state):
    done = _judged(_file(tmp_path, PLAIN | {"answer": answer}))
    assert f"why? [{state}]" in done.output
    assert "1 answer, 0 faults" in done.output


def test_sentences_undecided_for_one_reason_are_told_in_one_line(tmp_path):
    german = "Die Brücke wurde im Mai eröffnet, und die Züge fuhren wieder über den Fluss nach Norden."
    done = _judged(_file(tmp_path, PLAIN | {"answer": f"{german} {german}"}))
    assert "sentences 1, 2 are undecided: " in done.output


def test_what_may_stand_in_a_source_too_long_to_be_searched_is_undecided():
    text = "The bridge over the river was opened on 5 May 1951. " * (_LONGEST // 50)
    (answer,) = _answers(PLAIN | {"answer": "The bridge was opened.", "sources": [{"id": "s", "text": text}]})
    archive = HeldSources(answer.sources)
    (alone,) = _answers(PLAIN | {"answer": "The bridge was opened.", "sources": []})
    (found,) = judge(alone, archive, SimpleChecker()).sentences
    assert found.support.verdict == "undecided"
    assert "looked at only if it is cited" in found.support.reason


def _answers(record):
    from eval.forms.reading import answer_of

    return (answer_of(record),)


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "run"
    write_run(made, Run(provenance=provenance(), outcomes=(answered("1-en"), answered("2-en"))))
    return made


def _edited(folder, edit):
    path = folder / "outcomes.jsonl"
    told = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    edit(told[1])
    path.write_text("".join(json.dumps(one) + "\n" for one in told), "utf-8")


def test_an_outcome_edited_by_hand_is_told_in_one_line(folder):
    _edited(folder, lambda one: one.update(scores={"nDCG@10": {"hits": "x", "total": 1, "reason": ""}}))
    with pytest.raises(RunError, match=r"line 2: .*scores\.nDCG@10\.hits: Input should be a valid number") as error:
        list(outcomes(folder))
    assert "\n" not in str(error.value)
    assert "--out" in str(error.value)


def test_circumstances_edited_by_hand_are_told_in_one_line(folder):
    (folder / "run.json").write_text("{")
    with pytest.raises(RunError, match="Invalid JSON") as error:
        read_provenance(folder)
    assert "\n" not in str(error.value)


def test_an_answer_edited_by_hand_is_refused_when_it_is_judged_anew(folder, small):
    _edited(folder, lambda one: one["answer"].update(statements=5))
    before = (folder / "outcomes.jsonl").read_bytes()
    with open_scorer(small.home, SimpleChecker()) as scorer, pytest.raises(RunError, match="not of its form"):
        score(folder, scorer)
    assert (folder / "outcomes.jsonl").read_bytes() == before, "the old judgements stay"


@pytest.mark.parametrize("sure", ["x", None, [], -1, 7])
def test_a_confidence_edited_by_hand_counts_as_not_told(folder, sure):
    _edited(folder, lambda one: one["answer"].update(confidence=sure))
    done = CliRunner().invoke(report.report, [str(folder)], standalone_mode=False)
    assert done.exception is None
    assert [one.confidence for one in outcomes(folder)] == [0.9, None]


def test_a_folder_that_cannot_hold_a_run_is_told_with_what_to_do(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(RunError, match=r"cannot be kept.*--out"):
        begin(tmp_path / "file" / "run", provenance())
