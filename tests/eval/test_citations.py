"""Citations, level by level, against the reference of what they are cited for."""

import pytest

from eval.answers import Cited, Source
from eval.citations import Needed, finding, resolve
from eval.judgement import QuoteFinding
from eval.sources import HeldSources
from index.leaves import count, shared
from index.reference import read_references


def cited(text, **rest):
    return Cited(text=text, references=read_references(text).references, **rest)


def source(id_, *printed):
    references = tuple(r for text in printed for r in read_references(text).references)
    return Source(id=id_, texts={"en": "words", "ru": "слова"}, references=references)


SAMPLE = source("112133", "APRF, f. 3, op. 65, d. 776, ll. 30-32", "AVP RF, f. 059a, op. 5a, d. 3, papka 11, ll. 75-77")
NO_LEAVES = source("2", "AVP RF, f. 102, op. 7, p. 26, d. 47")
HELD = HeldSources([SAMPLE, NO_LEAVES])


def judged(text, needed="112133", others=(), **rest):
    one = resolve(cited(text, **rest), HELD)
    return finding(one, [resolve(cited(o), HELD) for o in others], Needed(sources=(needed,)), HELD, None)


WRONG = {
    "right": ("APRF, f. 3, op. 65, d. 776, ll. 30-32", set(), True),
    "one leaf of it": ("АПРФ, ф. 3, оп. 65, д. 776, л. 31", set(), True),
    "the other archive": ("АВП РФ, ф. 059а, оп. 5а, п. 11, д. 3, л. 76", set(), True),
    "archive": ("RGASPI, f. 3, op. 65, d. 776, l. 31", {"archive"}, False),
    "fond": ("APRF, f. 4, op. 65, d. 776, l. 31", {"fond"}, False),
    "opis": ("APRF, f. 3, op. 66, d. 776, l. 31", {"opis"}, False),
    "delo": ("APRF, f. 3, op. 65, d. 777, l. 31", {"delo"}, False),
    "papka": ("AVP RF, f. 059a, op. 5a, d. 3, papka 12, l. 76", {"papka"}, False),
    "leaf": ("APRF, f. 3, op. 65, d. 776, l. 33", {"leaf"}, False),
    "delo and leaf": ("APRF, f. 3, op. 65, d. 777, l. 33", {"delo", "leaf"}, False),
    "no leaf": ("APRF, f. 3, op. 65, d. 776", set(), False),
    "a verso within": ("APRF, f. 3, op. 65, d. 776, l. 31 ob.", set(), True),
    "a verso behind the last": ("АПРФ, ф. 3, оп. 65, д. 776, л. 32 об.", {"leaf"}, False),
    "a range that meets it": ("APRF, f. 3, op. 65, d. 776, ll. 32-40", set(), True),
}  # fmt: skip


@pytest.mark.parametrize(("text", "wrong", "exact"), WRONG.values(), ids=WRONG)
def test_each_level_is_judged_by_itself(text, wrong, exact):
    found = judged(text)
    assert {level for level, right in found.levels.items() if not right} == wrong
    assert (found.exact_leaf, found.well_formed) == (exact, True)


def test_what_the_own_reference_has_not_is_not_judged():
    found = judged("AVP RF, f. 102, op. 7, p. 26, d. 47, l. 5", needed="2")
    assert "leaf" not in found.levels
    assert (found.exact_leaf, found.overlap, found.cited) == (None, None, None)


def test_leaves_are_counted():
    found = judged("APRF, f. 3, op. 65, d. 776, ll. 31-36")
    assert (found.cited, found.needed, found.overlap) == (6, 3, 2 / 7)


COUNTS = {
    "a range": ((("30", "32"),), 3),
    "both sides": ((("5", "5"), ("5v", "5v")), 1),
    "a shortened end": ((("104", "9"),), 6),
    "twice": ((("3", "5"), ("4", "6")), 4),
    "none": ((), 0),
}  # fmt: skip


@pytest.mark.parametrize(("leaves", "number"), COUNTS.values(), ids=COUNTS)
def test_a_leaf_counts_once(leaves, number):
    assert count(leaves) == shared(leaves, leaves) == number


def test_what_is_not_held_is_not_resolvable_and_what_it_should_be_is_told():
    found = judged("APRF, f. 3, op. 65, d. 777, l. 31")
    assert (found.resolvable, found.sources) == (False, ())
    assert "d. 776, ll. 30-32" in found.reason


def test_a_file_on_other_leaves_is_held_but_wrong():
    found = judged("APRF, f. 3, op. 65, d. 776, l. 33")
    assert (found.resolvable, found.sources, found.levels["leaf"]) == (True, ("112133",), False)


def test_a_source_that_is_held_but_is_not_the_one_with_the_words():
    found = judged("AVP RF, f. 102, op. 7, p. 26, d. 47")
    assert (found.resolvable, found.levels["fond"]) == (True, False)


def test_a_citation_beside_the_right_one_is_not_held_against_it():
    found = judged("AVP RF, f. 102, op. 7, p. 26, d. 47", others=["APRF, f. 3, op. 65, d. 776, l. 31"])
    assert found.levels == {}


def test_an_id_is_resolvable_if_it_is_held():
    assert judged("document 112133", source="112133").resolvable
    found = judged("document 9999", source="9999")
    assert not found.resolvable
    assert found.levels == {}


def test_a_marker_out_of_range_is_neither_resolvable_nor_well_formed():
    found = judged("[9]")
    assert (found.resolvable, found.well_formed) == (False, False)


def test_leaves_that_run_backwards_are_not_well_formed():
    assert not judged("APRF, f. 3, op. 65, d. 776, ll. 32-30").well_formed


def test_a_citation_that_names_the_translation_is_for_words_of_the_translation():
    quoted = QuoteFinding(words="words", status="exact", source="112133", language="en")
    needed = Needed(sources=("112133",), quotations=(quoted,))
    told = {}
    for text in ("English translation", "русский текст", "on p. 5"):
        one = resolve(cited(f"document 112133, {text}", source="112133"), HELD)
        told[text] = finding(one, [], needed, HELD, None).twin
    assert told == {"English translation": True, "русский текст": False, "on p. 5": None}
