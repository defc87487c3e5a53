"""The measuring of the page: what it reads of the page, and how it tells its figures."""

from pathlib import Path

import pytest

from eval.crowd import BOX, _asking
from eval.errors import EvaluationError
from eval.page import BEGINS, ENDS, Row, _frames, _index, _machine, _seconds
from eval.served import served
from index.store import Index

README = Path(__file__).parents[2] / "README.md"
COMPONENTS = [
    {"id": 3, "props": {"elem_id": "other", "value": 1}},
    {"id": 5, "props": {"elem_id": BOX, "value": None}},
    {"id": 7, "props": {"elem_id": "by", "value": True}},
]


def test_the_event_that_asks_is_found_by_the_box_with_what_else_it_is_given():
    events = [
        {"id": 0, "targets": [[3, "submit"]], "inputs": [3]},
        {"id": 4, "targets": [[5, "submit"]], "inputs": [5, 3, 7]},
    ]
    assert _asking({"components": COMPONENTS, "dependencies": events}) == (4, 5, [(5, None), (3, 1), (7, True)])


@pytest.mark.parametrize(
    "events", [[], [{"id": 0, "targets": [[5, "change"]], "inputs": [5]}]], ids=["none", "another"]
)
def test_a_page_without_a_box_to_ask_in_is_told(events):
    with pytest.raises(EvaluationError, match="no box named 'question'"):
        _asking({"components": COMPONENTS, "dependencies": events})


@pytest.mark.slow
def test_a_server_that_does_not_begin_says_why(tmp_path):
    with pytest.raises(EvaluationError, match="no index at"), served(tmp_path / "nowhere", tmp_path):
        pass


def test_times_are_told_alone_or_by_median_and_the_slowest_twentieth():
    assert _seconds([]) == "none"
    assert _seconds([1.234]) == "1.23 s"
    assert _seconds([n / 100 for n in range(101)]) == "median 0.50 s, 95 % within 0.95 s"


def test_slow_frames_are_counted():
    assert _frames([16, 17, 60, 51, 50]) == "2 of 5 frames over 50 ms; median 50 ms, longest 60 ms"


def test_the_table_has_its_place_in_the_readme():
    text = README.read_text(encoding="utf-8")
    assert text.count(BEGINS) == text.count(ENDS) == 1
    assert text.index(BEGINS) < text.index(ENDS)
    assert str(Row("what", "figures")) == "| what | figures |  |"


def test_the_machine_is_told():
    assert "cores" in _machine("1.2", 0.5)
    assert "Chromium 1.2" in _machine("1.2", 0.5)


@pytest.mark.slow
def test_the_long_document_has_two_hundred_pages_in_each_language(tmp_path):
    with Index.open(_index(tmp_path)) as index:
        texts = index.catalogue.document("500000").texts
    for text in texts.values():
        assert 0.8 < len(text) / (200 * 1800) < 1.25
