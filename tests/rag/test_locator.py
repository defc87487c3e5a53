"""References in the words of a language: nothing lost, nothing added, and as printed where not all was read."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.document import ArchivalReference
from index.reference import parse_references
from rag.cite import cite
from tests.letters import document, printed, read_csl

PRINTED = [  # as the Wilson Center and scholars print them
    "APRF, Listy 146-147, Fond and Opis not given; and AVPRF, Fond 059a, Opis 5a, Delo 3, Papka 11, Listy 96-97.",
    "AP RF, f. 45, op. 1, d. 334, l. 141; and RGASPI, f. 558, op. 11, d. 334, ll. 0141. Translated by Gary Goldberg.",
    "AVPRF F. 0102, Op. 13, P. 72, Delo 5, Listy 165-192. Translated for NKIDP by Gary Goldberg.",
    "AVPRF f. 0100, op. 34, 1946, p. 253, d. 18. Obtained and translated for CWIHP by Austin Jersild.",
    "TsAMO RF, fond 5, opis 918795, delo 121, list 720.",
    "TsKhSD, F. 3, Op. 12, D. 1005, Ll. 2-2ob, compiled by V. N. Malin.",
    "RGASPI, F. 666, Te. 6, Ll. 190–91, 193",
    "Resolution No. P95/1 (top secret), 17 August 1968, in APRF, Prot. No. 38.",
    "GARF, f. 1235, op. 140, d.59, l. 29-rev.",
    "РГАСПИ Ф. 17. Оп. 162. Д. 46. Л. 40.",
    "ГАРФ. Ф. Р-1235. Оп. 4. Ед. хр. 11. Л. 52.",
    "SAPMO-BA, DY 30/3621, 62–67",
    "MOL, XIX-J-1-j Korea, 4. doboz, 5/a, 004076/ 1955",
]


@pytest.mark.parametrize("text", PRINTED)
@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("style", ["chicago-note", "gost"])
def test_no_number_of_a_printed_reference_is_lost_or_added(text, language, style):
    letter = printed(text)
    shown = cite(letter, style, language=language)
    assert numbers(shown) == numbers(" ".join(reference.text for reference in letter.references))


def numbers(text):
    """All numbers of a text, in an order of their own: a papka may be printed before or after its delo."""
    return sorted(number.lstrip("0") for number in re.findall(r"\d+", text))


@pytest.mark.parametrize(
    ("text", "archive", "fond"),
    [
        ("APRF, Listy 146-147, Fond and Opis not given", "APRF", None),
        ("RGASPI, F. 666, Te. 6, Ll. 190–91, 193", "RGASPI", "666"),
        ("AVPRF f. 0100, op. 34, 1946, p. 253, d. 18", "AVPRF", "0100"),
        ("Personal papers, APRF, f. 3", "APRF", "3"),
        ("SAPMO-BA, DY 30/3621, 62–67", "SAPMO-BA", None),
        ("National Security Archive", None, None),
    ],
)
@pytest.mark.parametrize("language", ["en", "ru"])
def test_what_could_not_all_be_read_appears_as_printed(text, archive, fond, language):
    letter = document(references=(ArchivalReference(text=text, archive=archive, fond=fond),))
    assert cite(letter, "chicago-note", language=language).endswith(f" {text}.")
    assert f" // {text}." in cite(letter, "gost", language=language)


@pytest.mark.parametrize(
    ("text", "english", "russian"),
    [
        (
            "ГАРФ. Ф. Р-1235. Оп. 4. Ед. хр. 11. Л. 52",
            "GARF, f. R-1235, op. 4, d. 11, l. 52",
            "ГАРФ, ф. Р-1235, оп. 4, ед. хр. 11, л. 52",
        ),
        ("РГАСПИ Ф. 17. Оп. 162. Д. 46. Л. 40", "RGASPI, f. 17, op. 162, d. 46, l. 40", None),
        ("TsKhSD, F. 3, Op. 12, D. 1005, Ll. 2-2ob", None, "ЦХСД, ф. 3, оп. 12, д. 1005, л. 2–2 об"),
        ("GARF, f. 1235, op. 140, d.59, l. 29-rev", "GARF, f. 1235, op. 140, d. 59, l. 29ob", None),
        ("RGANI, F. 3, op. 72, d. 155, l. 9–12, 15", None, "РГАНИ, ф. 3, оп. 72, д. 155, л. 9–12, 15"),
        ("PolA AA, f. 5, op. 6, d. 7", None, "PolA AA, ф. 5, оп. 6, д. 7"),
    ],
)
def test_short_names_and_labels_are_in_the_script_of_the_form(text, english, russian):
    for language, expected in (("en", english), ("ru", russian)):
        if expected:
            assert cite(printed(text), "chicago-note", language=language) == (
                f"“A letter,” {expected}." if language == "en" else f"«A letter», {expected}."
            )


def test_gost_does_not_repeat_what_two_references_share():
    letter = printed("APRF, f. 3, op. 65, d. 776, ll. 30-32; APRF, f. 3, op. 65, d. 777, l. 1")
    assert cite(letter, "gost") == "A letter // APRF. F. 3. Op. 65. D. 776. L. 30–32; D. 777. L. 1."


small = st.integers(1, 99999).map(str)
leaves = st.lists(st.tuples(st.integers(1, 400), st.integers(0, 9)).map(lambda p: (str(p[0]), str(sum(p)))), max_size=3)


@given(st.sampled_from(["APRF", "АВП РФ", "RGANI"]), small, small, small, st.none() | small, leaves)
def test_a_reference_in_words_parses_back_to_the_same_parts(archive, fond, opis, delo, papka, pages):
    ends = "".join(f", l. {', '.join(f'{a}-{b}' for a, b in pages)}") if pages else ""
    text = f"{archive}, f. {fond}, op. {opis}, {f'papka {papka}, ' if papka else ''}d. {delo}{ends}"
    (held,) = parse_references(text)
    for language in ("en", "ru"):
        item = read_csl(cite(document(references=(held,)), "csl", language=language))
        (back,) = parse_references(item["archive_location"])
        assert [(r.fond, r.opis, r.delo, r.papka, r.leaves) for r in (back,)] == [
            (held.fond, held.opis, held.delo, held.papka, held.leaves)
        ]
