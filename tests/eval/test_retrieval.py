import json

import pytest

from eval.cases import read_cases
from eval.errors import CaseError
from eval.outcomes import Measurer
from eval.retrieval import figures, main, measure
from index.store import Index
from tests.eval.questions import write_questions
from tests.prepared import records_index
from tests.records import ARCHIVE, write_all


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    return write_all(tmp_path_factory.mktemp("archive"), ARCHIVE)


@pytest.fixture(scope="module")
def questions(tmp_path_factory):
    return write_questions(tmp_path_factory.mktemp("questions") / "questions.jsonl")


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return records_index(tmp_path_factory)


@pytest.fixture(scope="module")
def cases(questions):
    return read_cases(questions)


@pytest.fixture(scope="module")
def outcomes(home, cases):
    return measure(home, cases)


def _places(case):
    return case.evidence[0].answers if case.evidence else {}


def test_an_answer_is_known_at_its_place_in_the_index(home, cases):
    with Index.open(home) as index:
        measurer = Measurer(index, cases)
        for case in cases:
            known = measurer.known(case)
            assert (known is None) == (case.document_id is None)
            if known is None:
                continue
            document = index.catalogue.document(known.document_id)
            told = {language: span.of(document.texts[language]) for language, span in known.gold.items()}
            assert told.keys() == case.evidence[0].answers.keys() == set(document.languages)
            assert set(told.values()) <= {"coal and flour", "уголь и муку", "three", "трёх", "twenty", "двадцать",
                                          "Яблони", "forty"}  # fmt: skip
            assert known.passages


def test_figures_that_do_not_apply_to_a_question_are_absent(cases, outcomes):
    for case, told in zip(cases, outcomes, strict=True):
        assert ("whole: right passage first" in told) == (case.document_id is not None)
        assert ("both evidence sentences in the first three pairs" in told) == (len(_places(case)) == 2)
        assert ("whole: evidence sentence first, own language" in told) == (case.language in _places(case))
        assert told["milliseconds, warm"] > 0
        assert all(value in (0, 1) for name, value in told.items() if name not in ("confidence", "milliseconds, warm"))


def test_easy_questions_are_found_in_either_language(cases, outcomes):
    found = figures(cases, outcomes, seed=0)
    assert found["document recall@5 | both"].value == 1
    assert found["document recall@5, en - ru"].value == 0
    assert found["document recall@5 | both"].n == 10
    assert found["whole: evidence sentence in first three, own language | both"].n == 8


def test_each_figure_is_the_mean_of_its_questions(cases, outcomes):
    found = figures(cases, outcomes, seed=0)
    for language in ("ru", "en"):
        name = "whole: evidence sentence first, own language"
        told = [o[name] for case, o in zip(cases, outcomes, strict=True) if case.language == language and name in o]
        assert found[f"{name} | {language}"].value == pytest.approx(sum(told) / len(told))


def test_abstention_is_counted_by_hand(cases):
    """One of two unanswerable questions refused, and one of the ten others."""
    refused = {"5-en", "0-ru"}
    outcomes = [{"refused": float(case.id in refused)} for case in cases]
    found = figures(cases, outcomes, seed=0)
    assert found["abstention, precision | both"].value == 0.5
    assert found["abstention, recall | both"].value == 0.5
    assert found["abstention, F1 | both"].value == 0.5
    assert found["abstention, answerable refused | both"].value == 0.1


def test_a_line_that_is_no_question_is_named(tmp_path, questions):
    wrong = tmp_path / "wrong.jsonl"
    wrong.write_text(questions.read_text("utf-8").splitlines()[0] + "\n{}\n", "utf-8")
    with pytest.raises(CaseError, match=r"wrong\.jsonl, line 2"):
        read_cases(wrong)


@pytest.mark.slow
def test_the_command_prints_every_figure_and_writes_it_as_json(archive, questions, tmp_path, capsys):
    out = tmp_path / "figures.json"
    main([str(archive), str(questions), "--json", str(out), "--seed", "3"])
    printed, written = capsys.readouterr().out, json.loads(out.read_text("utf-8"))
    assert len(printed.splitlines()) == len(written)
    assert all(line.startswith(name) for line, name in zip(printed.splitlines(), written, strict=True))
    assert set(written["document recall@5 | both"]) == {"value", "low", "high", "n"}
