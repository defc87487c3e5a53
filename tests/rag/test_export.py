"""Records for reference managers: parsers not written here read back what was meant, whatever the title."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.dates import HistoricalDate
from index.document import ArchivalReference
from rag.cite import STYLES, VARIANTS, cite
from tests.letters import document, place, read_bibtex, read_csl, read_ris

letters = st.characters(exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp"))
lines = st.text(letters, min_size=1).map(lambda text: " ".join(text.split())).filter(bool)
hostile = st.lists(
    st.sampled_from(
        [
            *("a", "я ", " ", "{", "}", '"', "'", "\\", "%", "&", "_", "#", "$", "~", "^", "@", ",", "=", "<", ">"),
            *("\n", "\r", "\0", "\x1c", "\x85", "\u2028", "\u202e", "\ud800", "\\}", '"}]', "</title>", "\nER  - \n"),
            *("\nER  - \nTY  - BOOK\nTI  - ", "}\n@book{x,", "}},\n  note = {", "\n@comment{", "\n@string{a="),
        ]
    ),
    max_size=8,
).map("".join)


def test_a_date_that_ris_would_misread_is_a_note():
    record = read_ris(cite(document(Date="10/14/50"), "ris"))
    assert "date" not in record
    assert record["notes"] == ["10/14/50"]


@given(
    lines, st.none() | st.dates(date(1000, 1, 1), date(2999, 12, 28)), st.integers(1, 3), st.lists(lines, max_size=3)
)
def test_ris_and_csl_read_back_to_the_same_values(title, day, precision, texts):
    references = tuple(ArchivalReference(text=text) for text in texts)
    letter = document(title, dated=day and known(day, precision), references=references)
    record, item = read_ris(cite(letter, "ris")), read_csl(cite(letter, "csl"))
    assert record["title"] == item["title"] == title
    assert record.get("accession_number") == item.get("archive_location")
    for text in texts:
        assert text.rstrip(" .,;") in item.get("archive_location", "")
    parts = [day.year, day.month, day.day][:precision] if day else []
    assert [int(part) for part in record.get("date", "").split("/") if part] == parts
    assert item.get("issued", {"date-parts": [[]]})["date-parts"] == [parts]


def known(day, precision):
    last = {3: day, 2: (day.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)}
    first = {3: day, 2: day.replace(day=1), 1: date(day.year, 1, 1)}[precision]
    return HistoricalDate(text=str(day), earliest=first, latest=last.get(precision, date(day.year, 12, 31)))


@given(
    st.text(st.characters(exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp"), exclude_characters="^{}"), min_size=1)
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)
def test_bibtex_reads_back_to_the_same_values(text):
    letter = document(text, Date="n. d.", references=(ArchivalReference(text=f"{text}|"),))
    entry = read_bibtex(cite(letter, "bibtex"))
    assert entry.entry_type == "unpublished"
    assert entry.key == "delo1"
    assert entry["title"] == f"{{{text}}}" or entry["title"] == text
    assert entry["note"] == f"{text}|"


@pytest.mark.parametrize(
    ("title", "escaped"),
    [
        ("5% & more_or #less $", r"5\% \& more\_or \#less \$"),
        ("a {b} c", r"a \{b\} c"),
        ("a {b", r"a {\textbraceleft}b"),
        ("} {", r"{\textbraceright} {\textbraceleft}"),
        (r"\input ~ ^", r"{\textbackslash}input {\textasciitilde} {\textasciicircum}"),
        ("so -- and ``so''", "so -{}- and `{}`so'{}'"),
        ('"Ким Ир Сен"', '"Ким Ир Сен"'),
    ],
)
def test_bibtex_escapes_what_latex_would_take_for_its_own(title, escaped):
    entry = read_bibtex(cite(document(title), "bibtex"), decoded=False)
    assert entry["title"].strip("{") == f"{{{escaped}}}".strip("{")


@given(hostile, hostile, hostile)
def test_nothing_breaks_out_of_its_field(title, text, repository):
    line = f'"t", 1949, {" ".join(repository.replace(",", "").split()) or "R"}, {text or "s"} <http://x/document/1>'
    references = (ArchivalReference(text=text if text.strip() else "s"),)
    letter = document(title, Date="1949\nER  - ", references=references, line=line)
    quoted = place(letter, 0, 5)
    allowed = {"type_of_reference", "id", "title", "date", "name_of_database", "accession_number", "notes"}
    assert set(read_ris(cite(letter, "ris", quotation=quoted))) <= allowed
    fields = {"title", "year", "note", "howpublished", "annote"}
    assert set(read_bibtex(cite(letter, "bibtex", quotation=quoted), decoded=False).fields_dict) <= fields
    read_csl(cite(letter, "csl", quotation=quoted))
    for style in [*STYLES, *VARIANTS]:
        text = cite(letter, style, quotation=quoted)
        text.encode()
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202e]", text)
        assert text.count("\n") <= {"chicago": 2}.get(style, 0 if style not in {"bibtex", "ris", "csl"} else 40)


@given(st.text(min_size=1), st.text(min_size=1))
def test_keys_are_stable_safe_and_distinct(one, another):
    first, second = (read_bibtex(cite(document(id_=i), "bibtex")).key for i in (one, another))
    assert re.fullmatch(r"delo[A-Za-z0-9_-]+", first)
    assert (first == second) == (one == another)
