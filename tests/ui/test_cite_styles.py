"""`delo cite --style`: standard output is a file that foreign programs read."""

import json

import bibtexparser
import pytest
import rispy

from rag.cite import STYLES, VARIANTS
from tests.letters import read_csl
from tests.small_archive import COMMANDING, ENGLISH_ONLY, RUSSIAN_ONLY

SAMPLE = "112133"
TWO = "APRF, f. 3, op. 65, d. 776; RGANI, f. 5, op. 30, d. 12"
THEIR_NUMBERS = {SAMPLE, RUSSIAN_ONLY}
ARCHIVE = "Wilson Center Digital Archive"


@pytest.fixture
def styled(delo, home):
    def run(*words):
        return delo("cite", "--index", home, *words)

    return run


@pytest.mark.parametrize("style", [*STYLES, *VARIANTS])
def test_every_style_is_printed_alone_and_named_in_the_help(styled, delo, style):
    ran = styled(SAMPLE, "--style", style)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.endswith("\n")
    assert not ran.out.endswith("\n\n")
    record = json.loads(styled(SAMPLE, "--style", style, "--json").out)
    assert record == {
        "schema": "delo.citations/1",
        "citations": [{"document_id": SAMPLE, "style": style, "language": "en", "text": ran.out[:-1]}],
    }
    assert style in " ".join(delo("cite", "--help").out.split()).replace("- ", "-")


def test_ris_of_several_documents_is_read_by_another_program(styled):
    records = rispy.loads(styled(TWO, "--style", "ris").out)
    assert {record["id"] for record in records} == {f"delo{number}" for number in THEIR_NUMBERS}
    for record in records:
        assert record["type_of_reference"] == "MANSCPT"
        assert record["name_of_database"] == ARCHIVE
        assert record["accession_number"]


def test_bibtex_of_several_documents_is_read_by_another_program(styled):
    library = bibtexparser.parse_string(styled(TWO, "--style", "bibtex").out)
    assert not library.failed_blocks
    assert {entry.key for entry in library.entries} == {f"delo{number}" for number in THEIR_NUMBERS}
    assert {entry["howpublished"] for entry in library.entries} == {ARCHIVE}


def test_csl_of_several_documents_is_one_list_of_valid_items(styled):
    items = json.loads(styled(TWO, "--style", "csl").out)
    assert {read_csl(json.dumps([item]))["id"] for item in items} == {f"delo{number}" for number in THEIR_NUMBERS}
    assert {(item["type"], item["archive"], bool(item["archive_location"])) for item in items} == {
        ("manuscript", ARCHIVE, True)
    }


def test_lines_of_several_documents_have_a_blank_line_between(styled):
    one, blank, two, end = styled(TWO, "--style", "gost", "--in", "ru").out.split("\n")
    assert (blank, end) == ("", "")
    assert {"АПРФ" in one, "АПРФ" in two} == {True, False}
    assert "Ф. 5. Оп. 30. Д. 12. Л. 4" in one + two


def test_the_language_of_the_citation_is_chosen(styled):
    assert "September 24, 1949" in styled(SAMPLE, "--style", "gost").out
    assert "24 сентября 1949 г. // АПРФ. Ф. 3." in styled(SAMPLE, "--style", "gost", "--in", "ru").out


def test_nothing_is_printed_for_what_is_not_held(styled):
    for asked in ("APRF, f. 3, op. 65, d. 777", "424242"):
        ran = styled(asked, "--style", "bibtex")
        assert (ran.status, ran.out) == (1, "")
        assert "not in this collection" in ran.err
    ran = styled("424242", "--style", "csl", "--json")
    assert (ran.status, json.loads(ran.out)["citations"]) == (1, [])


def test_a_place_is_cited_with_its_paragraph_and_words(styled, delo, home):
    shown = json.loads(delo("show", "--index", home, SAMPLE, "--json").out)
    words = "является сейчас совершенно неподготовленным"
    start = shown["texts"]["ru"].index(words)
    at = f"ru:{start}-{start + len(words)}"
    assert "par. 4 of the Russian text" in styled(SAMPLE, "--style", "chicago-note", "--at", at).out
    (record,) = rispy.loads(styled(SAMPLE, "--style", "ris", "--at", at).out)
    assert record["notes"] == [f"Par. 4 of the Russian text: “{words}”"]
    assert words in styled("APRF, f. 3, op. 65, d. 776", "--style", "csl", "--at", at).out


def test_every_place_that_an_answer_gives_can_be_cited(styled, delo, home):
    answer = json.loads(delo("ask", "--index", home, "Why did Moscow reject an attack on the South?", "--json").out)
    citations = [citation for statement in answer["statements"] for citation in statement["citations"]]
    places = [place for citation in citations for place in (citation, citation["parallel"]) if place]
    assert places
    for place in places:
        at = f"{place['language']}:{place['start']}-{place['end']}"
        (item,) = json.loads(styled(citations[0]["document_id"], "--style", "csl", "--at", at).out)
        assert " ".join(place["words"].split()) in item["note"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((SAMPLE, "--style", "apa"), "'apa'; there are chicago, gost, wilson, bibtex, ris, csl, chicago-note"),
        ((SAMPLE, "--in", "ru"), "--in and --at go with --style"),
        ((SAMPLE, "--at", "ru:0-9"), "--in and --at go with --style"),
        ((SAMPLE, "--style", "ris", "--at", "here"), "'here' is not a place; write it as ru:812-1001"),
        ((SAMPLE, "--style", "ris", "--at", f"ru:1-{'9' * 5000}"), "is not a place; write it as ru:812-1001"),
        ((SAMPLE, "--style", "ris", "--at", "ru:9-99999999"), "has no place ru:9-99999999; its text ends at"),
        ((ENGLISH_ONLY, "--style", "ris", "--at", "ru:0-9"), "has no text in 'ru', only in en"),
        ((ENGLISH_ONLY, "--style", "ris", "--at", "en:3-4"), "nothing stands at en:3-4"),
        ((ENGLISH_ONLY, "--style", "ris", "--at", "en:0-7"), "the place en:0-7 in document '900002' cuts a word"),
        ((TWO, "--style", "ris", "--at", "ru:0-9"), "--at is a place in one document, here are 2"),
        (("APRF", "--style", "ris"), "names an archive, APRF, and no place in it"),
        (("--tree", "--style", "ris"), "--style goes with a reference or a number"),
        (("--parse", "x", "--style", "ris"), "--style goes with a reference or a number"),
        (("--batch", "-", "--style", "ris"), "--style goes with a reference or a number"),
        (("--style", "ris"), "give one reference"),
        (("\udcff", "--style", "ris"), "the reference is empty"),
    ],
)  # fmt: skip
def test_trouble_is_one_line_and_nothing_is_printed(styled, words, told):
    ran = styled(*words)
    assert (ran.status, ran.out) == (2, "")
    assert told in ran.err
    assert ran.err.count("\n") == 1


def test_signs_that_command_a_terminal_are_not_printed(styled):
    for style in (*STYLES, *VARIANTS):
        assert "\u202e" not in styled(COMMANDING, "--style", style).out
