"""Whatever is typed for a reference: an answer or one line that says what is wrong, at once."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.catalogue import Catalogue
from rag.errors import LocatorError
from rag.lookup import look_up, parse_record, read_query
from rag.tree import walk
from tests.printed import ARCHIVES, DASHES, LABELS, VERSOS

_ODD = (
    "²",
    "٣",
    "Ⅳ",
    "\x00",
    "\ud800",
    "\u202e",
    "\u00ad",
    "op. cit.",
    "ibid.",
    "5 March 1953",
    "Translated by",
    "RG 59",
)
_MARKS = (", ", ". ", "; ", ": ", " ", "(", ")", "[", "]", "/", "//", "№", "“", "»", " and ", " и ", "\n", *DASHES)
_numbers = st.integers(0, 10**6).map(str) | st.sampled_from(["0007", "Р-1235", "059а", "1" * 50, "1" * 1500])
_pieces = st.one_of(
    st.sampled_from([label for labels in LABELS.values() for label in labels]),
    _numbers,
    st.sampled_from([name for names in ARCHIVES.values() for name in names] + ["SAPMO-BArch", "MOL", "NARA"]),
    st.sampled_from(_MARKS + VERSOS + _ODD),
)


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory):
    opened = Catalogue.create(tmp_path_factory.mktemp("empty") / "catalogue.sqlite")
    yield opened
    opened.close()


@given(text=st.lists(_pieces, max_size=60).map("".join))
def test_any_join_of_labels_numbers_and_marks_is_read_or_told_of_in_a_line(catalogue, text):
    start = time.process_time()
    told = [complaint(read, catalogue, text) for read in (look_up, walk)]
    parse_record(text)
    assert time.process_time() - start < 1
    assert all(len(line.splitlines()) <= 1 for line in told)


def complaint(read, *given_to_it):
    try:
        read(*given_to_it)
    except LocatorError as error:
        return str(error)
    return ""


@pytest.mark.parametrize(
    "text",
    [
        "F. Scott, op. cit., p. 12",
        "d. 5 March 1953",
        "(d. 5 марта 1953 г.)",
        "f.o.b. 30",
        "A.D. 1949",
        "A. D. 1949",
        "Ф. М. Достоевский, т. 5",
        "p. 12",
        "1949",
        "3/65/776",
    ],
)
def test_what_only_looks_like_a_reference_is_none(text):
    with pytest.raises(LocatorError, match="no archival reference in"):
        read_query(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("АВП РФ", "names an archive, AVPRF, and no place in it"),
        ("ед. хр.", "'ed' without a number"),
        ("ф. Д. 5", "'f' without a number"),
        ("APRF, f. 3, op. 65, d. 776, лл. 32 об. – 32", "run backwards"),
        ("x" * 10_000, "has 10000 characters, the most is 2000; shorten it"),
        ("APRF, f. 3, " + "d. 5, " * 2000, "the most is 2000"),
    ],
)
def test_what_is_malformed_is_told_at_once(text, told):
    start = time.perf_counter()
    with pytest.raises(LocatorError, match=told):
        read_query(text)
    assert time.perf_counter() - start < 1


def test_a_leaf_with_thousands_of_digits_is_only_a_long_number():
    long = "1" * 4500
    record = parse_record(f"APRF, f. 3, op. 65, d. 776, ll. 5-{long}")
    assert record["references"][0]["leaves"] == [["5", long]]
    assert parse_record(f"APRF, f. 3, d. 776, ll. {long}-5")["references"]
