import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.batch import Asked, read_batch
from rag.errors import BatchError


def test_questions_come_in_the_order_of_their_lines_and_blank_lines_are_left_out():
    lines = ['{"id": "b", "question": "One?"}\n', "\n", '{"question": "Два?"}\n', '{"id": 7, "question": "Three?"}']
    assert read_batch("q.jsonl", lines) == [Asked("b", "One?"), Asked(None, "Два?"), Asked("7", "Three?")]


def test_what_else_a_line_holds_is_of_no_concern():
    assert read_batch("q", ['{"question": "One?", "answer": "42", "grade": 3}']) == [Asked(None, "One?")]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"question": "One?"', "not JSON"),
        ("Why did Moscow refuse?", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ('["One?"]', "no question in"),
        ('{"id": "q1"}', "no question in"),
        ('{"question": 42}', "no question in"),
        ('{"question": null}', "no question in"),
        ('{"id": ["q1"], "question": "One?"}', "the id is \\['q1'\\], neither text nor number"),
    ],
    ids=["cut", "plain", "nested", "list", "none", "number", "null", "id"],
)
def test_a_line_that_is_no_question_is_named_by_its_number(line, reason):
    with pytest.raises(BatchError, match=f"^q.jsonl, line 3: {reason}.*expected {{.id"):
        read_batch("q.jsonl", ['{"question": "One?"}', "", line])


def test_an_id_given_twice_is_refused():
    with pytest.raises(BatchError, match="the id '1' is given to two questions"):
        read_batch("q.jsonl", ['{"id": 1, "question": "One?"}', '{"id": "1", "question": "Two?"}'])


@pytest.mark.parametrize("lines", [[], ["\n", "  "]], ids=["empty", "blank"])
def test_a_file_without_a_question_is_refused(lines):
    with pytest.raises(BatchError, match=r"q\.jsonl: no question in it"):
        read_batch("q.jsonl", lines)


@given(st.text())
def test_any_line_is_a_question_or_is_refused(line):
    try:
        batch = read_batch("q", [line])
    except BatchError:
        return
    assert len(batch) == 1
