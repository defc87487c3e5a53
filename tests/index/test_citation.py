"""The two published formulas of a citation."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.citation import parse_citation
from tests.records import HISTORY, WILSON, Record
from tests.strategies import references

titles = st.sampled_from(
    [
        "Report on the Bridge",
        "Letter, Unsigned, on the Harvest",
        'Note on the "Pravda" Article of May 3, 1950',
        "Телеграмма о мосте",
        "Meeting of September 1949",
    ]
)


@given(titles, references(), st.sampled_from([WILSON, HISTORY]), st.sampled_from(["May 3, 1951", "May 1951", "1951"]))
def test_both_formulas_give_back_what_was_put_in(title, printed, repository, date):
    text, expected = printed
    citation = parse_citation(Record(title=title, date=date, source=text + ".", repository=repository).cited)
    assert (citation.title, citation.date, citation.repository) == (title, date, repository)
    assert citation.record == "700001"
    assert citation.url == "https://archive.invalid/document/700001"
    (reference,) = citation.references
    assert reference.text == text
    assert reference.archive == expected["archive"]


@given(st.text(max_size=120))
def test_any_line_is_a_citation_or_none_and_never_fails(line):
    parse_citation(line)
    parse_citation(f'"T", May 3, 1951, W, {line}')


@pytest.mark.parametrize(
    ("address", "record"),
    [
        ("<https://archive.invalid/document/112133>", "112133"),
        ("https://archive.invalid/document/112133.", "112133"),
        ("http://archive.invalid/document/112133.pdf?v=abc", "112133"),
        ("<https://archive.invalid/document/report-embassy-36>", "report-embassy-36"),
        ("https://archive.invalid/document/112133/", "112133"),
        ("https://archive.invalid/node/5", None),
        ("", None),
    ],
    ids=["angle brackets", "stop", "pdf with version", "slug", "slash", "node", "none"],
)
def test_the_record_number_is_read_from_the_address(address, record):
    citation = parse_citation(f'"A Title", May 3, 1951, {WILSON}, APRF, f. 3, op. 65, d. 776, l. 30. {address}')
    assert citation.record == record
    assert [r.leaves for r in citation.references] == [(("30", "30"),)]


@pytest.mark.parametrize(
    "line",
    [
        "",
        "A Title, May 3, 1951",
        '"A Title" Wilson Center Digital Archive, APRF, f. 3',
        '"A Title", May 3, 1951',
        '"A Title", sometime, Wilson Center Digital Archive, APRF',
    ],
    ids=["empty", "no quotation marks", "no date", "nothing after the date", "no year"],
)
def test_another_form_is_no_citation(line):
    assert parse_citation(line) is None


@pytest.mark.parametrize(
    "line",
    [
        '"T", May 1, 1950, W, ' + "http://" * 100_000 + " x",
        '"' + 'a", ' * 200_000,
        '"T", May 1, 1950, W, ' + "f. 3, and A, " * 50_000,
    ],
    ids=["addresses", "quotation marks", "joiners"],
)
def test_a_line_made_to_take_forever_is_refused_at_once(line):
    started = time.perf_counter()
    assert parse_citation(line) is None
    assert time.perf_counter() - started < 1
