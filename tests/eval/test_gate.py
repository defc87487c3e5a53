import json
from dataclasses import replace

import pytest

from eval.compare import compare
from eval.errors import RunError
from eval.gate import gate, judge_margin, offences_of
from eval.intervals import Estimate
from eval.judgement import CitationFinding, Judgement, QuoteFinding, SentenceFinding
from rag.record import refusal_record
from tests.eval.runs import outcome, scored


def _answer(*, stated=True):
    record = refusal_record("What?", "nothing", id_=None)
    statements = [{"text": "It says:", "citations": [{"words": "so it is"}]}] if stated else []
    return record | {"abstained": not stated, "statements": statements}


def _judged(id_, status="exact", resolvable=True, levels=None, scores=None, **other):
    sentence = SentenceFinding(
        text="It says: so it is",
        worthy=True,
        quotations=(QuoteFinding(words="so it is", status=status),),
        citations=(CitationFinding(text="APRF, f. 3", resolvable=resolvable, well_formed=True, levels=levels or {}),),
    )
    judgement = Judgement(id=id_, refused=False, sentences=(sentence,))
    return outcome(id_, {"support_lo": 1} | (scores or {}), judgement=judgement, answer=_answer(), **other)


def _gated(old, new, **margins):
    return gate(scored(old), scored(new), new, {"support_lo": 0.02} | margins)


def test_a_run_may_replace_itself():
    run = [_judged(str(n)) for n in range(12)]
    found = _gated(run, run)
    assert (found.verdict, found.status, found.offences) == ("pass", 0, ())
    assert any("fewer than 200" in note for note in found.notes)


@pytest.mark.parametrize(
    ("planted", "gate_"),
    [
        (_judged("3", status="altered"), "quotation"),
        (_judged("3", status="absent"), "quotation"),
        (_judged("3", resolvable=False), "citation"),
        (_judged("3", scores={"ASR": 1}), "command obeyed"),
        (replace(_judged("3"), error="ValueError: no", answer=None), "crash"),
        (replace(_judged("3"), answer=_answer() | {"statements": []}), "malformed answer"),
        (replace(_judged("3"), answer=_answer() | {"abstained": True}), "malformed answer"),
        (replace(_judged("3"), answer={"schema": "delo.answer/1"}), "malformed answer"),
        (replace(_judged("3"), answer={}), "malformed answer"),
        (replace(_judged("3"), answer=_answer() | {"statements": 5}), "malformed answer"),
        (replace(_judged("3"), answer=_answer() | {"statements": ["so it is"]}), "malformed answer"),
        (_judged("3", levels={"fond": True, "delo": False}), "citation"),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_one_offence_is_a_regression_and_its_question_is_named(planted, gate_):
    run = [_judged(str(n)) for n in range(12)]
    found = _gated(run, [planted if one.case.id == "3" else one for one in run])
    assert (found.verdict, found.status) == ("regression", 1)
    assert [(one.id, one.gate) for one in found.offences] == [("3", gate_)]


@pytest.mark.parametrize("status", ["exact", "typographic"])
def test_a_refusal_and_a_faithful_quotation_offend_nobody(status):
    assert list(offences_of(_judged("a", status=status))) == []
    refusal = replace(_judged("a"), answer=_answer(stated=False))
    assert list(offences_of(refusal)) == []


def test_an_answer_that_was_not_judged_is_an_error_not_a_pass():
    with pytest.raises(RunError, match="not been judged"):
        list(offences_of(replace(_judged("a"), judgement=None)))


def _worse(count, of, by=1.0):
    return [_judged(str(n), scores={"support_lo": 1 - by if n < count else 1}) for n in range(of)]


def test_much_worse_is_a_regression_and_the_questions_are_named():
    found = _gated(_worse(0, 40), _worse(10, 40))
    assert (found.verdict, found.status) == ("regression", 1)
    assert found.margins[0].contrast.lost == tuple(str(n) for n in range(10))


def test_a_little_worse_of_few_is_inconclusive_and_says_how_many_would_do():
    found = _gated(_worse(0, 40), _worse(1, 40))
    assert (found.verdict, found.status) == ("inconclusive", 3)
    assert found.margins[0].needed > 40
    assert found.margins[0].contrast.lost == ("0",)


def test_a_little_worse_of_many_passes():
    assert _gated(_worse(0, 400), _worse(2, 400)).verdict == "pass"


def test_with_fewer_than_ten_pairs_only_no_change_passes():
    assert _gated(_worse(0, 5), _worse(5, 5)).verdict == "inconclusive"
    assert _gated(_worse(0, 5), _worse(0, 5)).verdict == "pass"


def _contrast(value, low, high, pairs=100):
    run = scored([outcome("a", {"support_lo": 1})])
    (one,) = compare(run, run).contrasts
    return replace(one, difference=Estimate(value=value, low=low, high=high, n=pairs), pairs=pairs, wins=1)


def test_the_number_of_pairs_needed_is_that_at_which_the_interval_would_clear_the_margin():
    """Half as wide an interval takes four times the pairs: [-0.05, 0.05] about 0 clears -0.025 then."""
    verdict, needed = judge_margin(_contrast(0.0, -0.05, 0.05), 0.025)
    assert (verdict, needed) == ("inconclusive", 400)
    assert judge_margin(_contrast(0.0, -0.025, 0.025), 0.025) == ("pass", None)
    assert judge_margin(_contrast(-0.1, -0.15, -0.05), 0.03) == ("regression", None)
    assert judge_margin(_contrast(-0.03, -0.1, 0.04), 0.03) == ("inconclusive", None)  # no number would do


def test_of_a_metric_that_is_better_low_the_other_end_counts():
    over = replace(_contrast(0.1, 0.06, 0.14), name="over_refusal")
    assert judge_margin(over, 0.05)[0] == "regression"
    assert judge_margin(replace(over, difference=Estimate(value=-0.1, low=-0.14, high=-0.06, n=9)), 0.05)[0] == "pass"


def test_a_metric_that_applies_nowhere_is_told_not_passed_over():
    run = [_judged(str(n)) for n in range(12)]
    found = _gated(run, run, nowhere=0.1)
    assert any(note.startswith("nowhere applies to no question") for note in found.notes)
    assert json.loads(json.dumps(found.record(), allow_nan=False))["verdict"] == "pass"


def test_runs_of_other_questions_are_refused():
    run = [_judged("0")]
    with pytest.raises(RunError, match="differ"):
        gate(scored(run), scored(run, questions="c" * 64), run)


def test_a_run_that_lacks_questions_of_its_set_may_replace_nothing():
    run = [_judged(str(n)) for n in range(12)]
    with pytest.raises(RunError, match="8 questions of their set are in one run alone"):
        _gated(run, run[:4])
