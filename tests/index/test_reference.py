"""Archival references in both scripts, in any order of parts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.archives import archive_key
from index.reference import parse_references
from tests.strategies import references


def parts(reference):
    return {name: getattr(reference, name) for name in ("archive", "fond", "opis", "delo", "papka", "leaves")}


@given(references())
def test_a_printed_reference_is_read_back_whole(printed):
    text, expected = printed
    (reference,) = parse_references(text)
    assert parts(reference) == expected
    assert reference.text == text


@given(
    st.lists(references(), min_size=1, max_size=4), st.sampled_from([", and ", " and ", "; and ", "; ", ", и ", "; и "])
)
def test_joined_references_are_read_one_by_one(several, joiner):
    read = parse_references(joiner.join(text for text, _ in several) + ".")
    assert [parts(reference) for reference in read] == [expected for _, expected in several]


@given(st.text(max_size=80))
def test_any_line_gives_references_that_have_a_text_and_never_fails(line):
    assert all(reference.text.strip() for reference in parse_references(line))


@given(
    references(), st.sampled_from(["Translated by A. Nobody.", "Obtained by N. N.", "Published in Bulletin 8, p. 3."])
)
def test_a_trailing_credit_changes_nothing(printed, credit):
    text, _ = printed
    assert parse_references(f"{text}. {credit}") == parse_references(text)


def test_both_references_of_the_sample_are_read():
    first, second = parse_references(
        "APRF, f. 3, op. 65, d. 776, ll. 30-32, and AVP RF, Fond 059a, Opis 5a, Delo 3, Papka 11, listy 75-77."
    )
    assert parts(first) == {
        "archive": "APRF", "fond": "3", "opis": "65", "delo": "776", "papka": None, "leaves": (("30", "32"),)
    }  # fmt: skip
    assert parts(second) == {
        "archive": "AVP RF", "fond": "059a", "opis": "5a", "delo": "3", "papka": "11", "leaves": (("75", "77"),)
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("AVPRF F. 0102, Op. 13, P. 72, Delo 5, Listy 165-192", ("0102", "13", "5", "72", (("165", "192"),))),
        ("AVPRF f. 0100, op. 34, 1946, p. 253, d. 18", ("0100", "34", "18", "253", ())),
        ("АВП РФ. Ф. 059а. Оп. 5а. П. 11. Д. 3. Л. 75–77", ("059а", "5а", "3", "11", (("75", "77"),))),
        ("GARF, f. 1235, op. 140, d.59, l. 29-rev", ("1235", "140", "59", None, (("29-rev", "29-rev"),))),
        ("TsKhSD, F. 3, Op. 12, D. 1005, Ll. 2-2ob", ("3", "12", "1005", None, (("2", "2ob"),))),
        ("RGASPI, F. 666, Te. 6, Ll. 190–91, 193", ("666", None, None, None, (("190", "91"), ("193", "193")))),
        ("ГАРФ. Ф. Р-1235. Оп. 4. Ед. хр. 11. Л. 52", ("Р-1235", "4", "11", None, (("52", "52"),))),
        ("RGANI, F. 3, op. 72, d. 155, pp. 9–12", ("3", "72", "155", None, (("9", "12"),))),
        ("RGANI, F. 3, op. 72, d. 170, p. 3", ("3", "72", "170", None, (("3", "3"),))),
        ("AVPRF, f. 0100, op. 34, d. 18, p. 253", ("0100", "34", "18", "253", ())),
        ("AVPRF F.0102. O.13 D.72", ("0102", "13", "72", None, ())),
        ("RGANI, f. 3, op. 5, d. [120]", ("3", "5", "120", None, ())),
        ("РГАНИ. Ф. 3. Оп. 5. Д. № 120", ("3", "5", "120", None, ())),
        ("APRF, Listy 146-147, Fond and Opis not given", (None, None, None, None, (("146", "147"),))),
        ("SAPMO-BA, DY 30/3621, 62–67", (None, None, None, None, (("62", "67"),))),
    ],
    ids=[
        "papka before delo", "year inside", "cyrillic", "verso", "verso in a range", "several leaves", "lettered fond",
        "pages are leaves", "page after delo is a leaf", "but in the foreign ministry's archive a papka",
        "O. is opis", "brackets", "number sign", "no fond", "german",
    ],
)  # fmt: skip
def test_forms_in_print_are_read(text, expected):
    (reference,) = parse_references(text)
    assert (reference.fond, reference.opis, reference.delo, reference.papka, reference.leaves) == expected
    assert reference.text == text


def test_a_joiner_inside_a_reference_does_not_cut_it():
    (reference,) = parse_references("APRF, Listy 146-147, Fond and Opis not given")
    assert reference.archive == "APRF"


def test_a_source_that_is_no_archive_is_kept_as_printed():
    (reference,) = parse_references("a private collection")
    assert reference.text == "a private collection"
    assert reference.archive is None


@pytest.mark.parametrize(
    "alike",
    [("AVPRF", "AVP RF", "АВП РФ", "АВПРФ", "avp rf"), ("ГАРФ", "GARF", "G.A.R.F."), ("РГАСПИ", "RGASPI")],
    ids=["foreign ministry", "state archive", "party archive"],
)
def test_spellings_of_one_archive_have_one_key(alike):
    assert len({archive_key(name) for name in alike}) == 1


def test_different_archives_have_different_keys():
    assert len({archive_key(name) for name in ("APRF", "AVPRF", "RGASPI", "RGANI", "GARF")}) == 5
