"""Whatever form a reference is printed in, it is read back to the value that was printed."""

from hypothesis import given
from hypothesis import strategies as st

from index.leaves import plain_leaves
from index.places import number_key
from index.reference import read_references
from tests.printed import printed_references

NUMBERS = ("fond", "opis", "papka", "delo")


def value(reference):
    numbers = {name: number_key(getattr(reference, name)) for name in NUMBERS}
    return {"holder": reference.holder, **numbers, "leaves": plain_leaves(reference.leaves)}


def keyed(expected):
    return expected | {name: number_key(expected[name]) for name in NUMBERS}


ends = st.sampled_from(["", ".", ". Translated by A. Nobody.", " (in Russian)", " <https://example.org/document/1>"])


@given(printed_references(), ends)
def test_every_form_of_print_reads_back_to_its_value(printed, end):
    text, expected = printed
    reading = read_references(text + end)
    assert reading.problems == (), text
    assert [value(reference) for reference in reading.references] == [keyed(expected)], text


joiners = st.sampled_from(["; ", " and ", "; and ", ", and ", "; и "])
anywhere = printed_references()
rows = printed_references(name_first=True)


@given(rows, rows, joiners)
def test_references_to_two_archives_in_a_row_read_back(one, two, joiner):
    if one[1]["holder"] != two[1]["holder"]:
        text = joiner.join((one[0], two[0]))
        assert [value(found) for found in read_references(text).references] == [keyed(one[1]), keyed(two[1])], text


@given(anywhere, rows, joiners)
def test_a_name_in_brackets_belongs_to_the_reference_before_it(one, two, joiner):
    if one[1]["holder"] != two[1]["holder"]:
        text = joiner.join((one[0], two[0]))
        assert [value(found) for found in read_references(text).references] == [keyed(one[1]), keyed(two[1])], text


@given(rows, st.sampled_from(["32-30", "474-473", "12ob-12", "9, 7-5"]))
def test_leaves_that_run_backwards_are_told_of(printed, leaves):
    text, expected = printed
    if not expected["leaves"]:
        (problem,) = read_references(f"{text}, ll. {leaves}").problems
        assert problem.endswith("run backwards")
