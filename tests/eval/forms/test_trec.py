"""Judgements and rankings in TREC's form."""

from itertools import pairwise

import ir_measures
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ir_measures import RR, nDCG

from eval.errors import CaseError
from eval.forms.trec import Ranked, in_order, read_qrels, read_runs, strictly_falling, unit_of, write_qrels, write_runs
from eval.metrics.retrieval import mrr, ndcg
from eval.metrics.units import Unit

IDS = st.text("abcдж019/#.-_", min_size=1, max_size=8)
QRELS = st.dictionaries(IDS, st.dictionaries(IDS, st.integers(-2, 3), min_size=1), max_size=4)
SCORES = st.floats(-1e6, 1e6, allow_nan=False, width=32)
RUNS = st.dictionaries(IDS, st.dictionaries(IDS, SCORES, min_size=1), max_size=4)


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return tmp_path_factory.mktemp("trec") / "file.txt"


@given(qrels=QRELS)
def test_judgements_come_back_as_they_were_written(path, qrels):
    write_qrels(path, qrels)
    assert read_qrels(path) == qrels


@given(runs=RUNS)
def test_rankings_come_back_in_the_order_given_whatever_their_ties(path, runs):
    given_order = {question: tuple(Ranked(*pair) for pair in units.items()) for question, units in runs.items()}
    write_runs(path, given_order, "delo")
    read = read_runs(path)
    assert {q: [u for u, _ in ranking] for q, ranking in read.items()} == {
        q: [u for u, _ in ranking] for q, ranking in given_order.items()
    }
    write_runs(path, read, "delo")
    assert read_runs(path) == read


@given(scored=st.dictionaries(IDS, SCORES, min_size=1))
def test_scores_written_fall_strictly_and_are_kept_if_they_do(scored):
    ranking = in_order(scored)
    falling = strictly_falling(ranking)
    assert all(one.score > two.score for one, two in pairwise(falling))
    if len(set(scored.values())) == len(scored):
        assert tuple(falling) == ranking


def test_scores_that_differ_in_64_bits_alone_are_a_tie():
    """trec_eval keeps scores in 32 bits: the order it sees is by unit, the greater first."""
    scored = {"a": 1.0 + 1e-12, "b": 1.0}
    assert [unit for unit, _ in in_order(scored)] == ["b", "a"]
    assert strictly_falling([Ranked("a", 1.0 + 1e-12), Ranked("b", 1.0)]) == [Ranked("a", 2.0), Ranked("b", 1.0)]
    qrels = [ir_measures.Qrel("q", "a", 1)]
    (told,) = ir_measures.pytrec_eval.iter_calc(
        [RR], qrels, [ir_measures.ScoredDoc("q", u, s) for u, s in scored.items()]
    )
    assert told.value == 1 / 2


def test_a_file_we_write_is_scored_by_others_as_by_us(path):
    ranking = tuple(Ranked(f"d{n}", 1.0) for n in (3, 1, 2))
    write_runs(path, {"q": ranking}, "delo")
    grades = {"d1": 2, "d2": 1}
    write_qrels(path.with_suffix(".qrels"), {"q": grades})
    run, qrels = ir_measures.read_trec_run(str(path)), ir_measures.read_trec_qrels(str(path.with_suffix(".qrels")))
    told = ir_measures.calc_aggregate([nDCG @ 10, RR @ 10], list(qrels), list(run))
    ours = [unit for unit, _ in ranking]
    assert told[nDCG @ 10] == pytest.approx(ndcg(ours, grades).value, abs=1e-9)
    assert told[RR @ 10] == pytest.approx(mrr(ours, grades).value, abs=1e-9)


BAD_QRELS = {
    "three columns": ("q 0 d1\n", "line 1: 3 columns"),
    "no number": ("q 0 d1 1\nq 0 d2 high\n", "line 2: the grade is 'high'"),
    "a fraction": ("q 0 d1 0.5\n", "line 1: the grade"),
    "a duplicate": ("q 0 d1 1\n\nq 0 d1 1\n", "line 3: unit 'd1'"),
}


@pytest.mark.parametrize(("text", "told"), BAD_QRELS.values(), ids=BAD_QRELS)
def test_a_bad_judgement_is_refused_by_line(tmp_path, text, told):
    (tmp_path / "qrels").write_text(text, "utf-8")
    with pytest.raises(CaseError, match=told):
        read_qrels(tmp_path / "qrels")


BAD_RUNS = {
    "four columns": ("q Q0 d1 1\n", "line 1: 4 columns"),
    "a duplicate": ("q Q0 d1 1 2.0 t\nq Q0 d1 2 1.0 t\n", "line 2: unit 'd1'"),
    "no number": ("q Q0 d1 1 x t\n", "line 1: the score is 'x'"),
    "NaN": ("q Q0 d1 1 nan t\n", "line 1: the score is 'nan'"),
    "infinite": ("q Q0 d1 1 inf t\n", "finite"),
    "infinite in 32 bits": ("q Q0 d1 1 1e39 t\n", "finite"),
}


@pytest.mark.parametrize(("text", "told"), BAD_RUNS.values(), ids=BAD_RUNS)
def test_a_bad_ranking_is_refused_by_line(tmp_path, text, told):
    (tmp_path / "run").write_text(text, "utf-8")
    with pytest.raises(CaseError, match=told):
        read_runs(tmp_path / "run")


def test_a_file_that_is_not_there_or_no_text_is_refused(tmp_path):
    (tmp_path / "bytes").write_bytes(b"\xff\xfe\xfa")
    for name in ("none", "bytes"):
        with pytest.raises(CaseError, match="cannot be read"):
            read_qrels(tmp_path / name)


def test_the_rank_column_means_nothing(tmp_path):
    (tmp_path / "run").write_text("q Q0 d1 1 0.5 t\nq Q0 d2 2 0.9 t\n", "utf-8")
    assert [unit for unit, _ in read_runs(tmp_path / "run")["q"]] == ["d2", "d1"]


def test_an_id_that_the_form_cannot_hold_is_refused(path):
    for id_ in ("", "two words", "tab\tbed"):
        with pytest.raises(ValueError, match="cannot be an id"):
            write_qrels(path, {"q": {id_: 1}})
    with pytest.raises(ValueError, match="twice"):
        write_runs(path, {"q": [Ranked("d1", 1), Ranked("d1", 2)]}, "delo")


@given(document=IDS.filter(lambda id_: "#l" not in id_), leaf=st.text("0123456789v", min_size=1, max_size=4))
def test_a_unit_is_a_document_or_a_leaf_of_it(document, leaf):
    assert unit_of(str(Unit(document, leaf))) == Unit(document, leaf)
    assert unit_of(str(Unit(document))) == Unit(document)
