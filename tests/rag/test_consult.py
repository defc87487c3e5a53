"""One box for a reference, a quotation, or both."""

import time

import pytest

from index.archives import built_in
from rag.consult import consult
from rag.errors import LocatorError
from rag.located import Located
from rag.lookup import Lookup

QUOTED = "it is impossible to acknowledge that a military attack on the south is now completely prepared for"


@pytest.fixture
def led(index, counterparts):
    return lambda text: consult(index, counterparts, text, built_in())


@pytest.mark.parametrize(
    "reference",
    [
        "APRF, f. 3, op. 65, d. 776, l. 31",
        "АП РФ. Ф. 3. Оп. 65. Д. 776. Л. 30–32.",
        "See also: APRF, f. 3, op. 65, d. 776",
        "“Politburo Decision to Confirm the Following Directive”, September 24, 1949, Wilson Center Digital Archive, "
        "APRF, f. 3, op. 65, d. 776, ll. 30-32.",
        "“A military attack on the south”, September 24, 1949, Wilson Center Digital Archive, "
        "APRF, f. 3, op. 65, d. 776.",
        "112133",
    ],
    ids=[
        *("short", "Russian", "with words before it", "a citation with its title"),
        *("one whose title stands in a text", "the number of a document"),
    ],
)
def test_a_reference_leads_to_its_documents(led, reference):
    found = led(reference)
    assert isinstance(found, Lookup)
    assert {held.document_id for held in found.found} == {"112133"}


@pytest.mark.parametrize(
    "given",
    [
        f"“{QUOTED}” (APRF, f. 3, op. 65, d. 776, l. 31)",
        f"{QUOTED} (APRF, f. 3, op. 65, d. 776, l. 31).",
        f"As it says, «{QUOTED}», АП РФ. Ф. 3. Оп. 65. Д. 776. Л. 31",
    ],
    ids=["in marks", "without marks", "with words before it"],
)
def test_a_quotation_with_its_reference_is_checked_for_both(led, given):
    found = led(given)
    assert isinstance(found, Located)
    assert (found.verdict, found.claim_holds, len(found.claim.asked)) == ("exact", True, 1)


def test_a_quotation_alone_has_no_reference_to_check(led):
    assert led(QUOTED).claim is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("APRF", "names an archive"),
        ("APRF, f. 3, op.", "without a number"),
        ("f. 3, op. 65, d. 776, ll. 32-30", "run backwards"),
        ("", "empty"),
        ("unprepared", "too short"),
    ],
)
def test_what_is_broken_is_told_of_as_what_it_looks_like(led, text, told):
    with pytest.raises(LocatorError, match=told):
        led(text)


def test_words_that_only_look_like_a_reference_are_a_quotation(led):
    assert led("F. Scott wrote of a d. that nobody in the archive ever heard of").verdict == "absent"


@pytest.mark.parametrize("part", ["...", "f. 1 ", "а\u0301", "a-\n", "\"'", "[a] "])
def test_what_is_too_long_is_told_before_it_is_cut_into_words(led, part):
    start = time.process_time()
    with pytest.raises(LocatorError, match="the most is 22000"):
        led(part * (900_000 // len(part)))
    assert time.process_time() - start < 3  # cutting took up to ten
