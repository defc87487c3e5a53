"""Where quoted words stand in an archive, and how exactly."""

import re
import time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from index.build import update
from index.document import Span
from index.store import Index
from rag.counterpart import Counterparts
from rag.errors import LocatorError
from rag.quote import locate_quotation
from rag.quoted import LEAST_WORDS, MOST_WORDS
from rag.shortlist import MOST_PASSAGES
from tests.records import Record, write_all
from tests.small_archive import ENGLISH_ONLY, RUSSIAN_ONLY, TYPOGRAPHY

SAMPLE = "112133"
QUOTED = "it is impossible to acknowledge that a military attack on the south is now completely prepared for"
REFERENCE = "APRF, f. 3, op. 65, d. 776, l. 31"


@pytest.fixture(scope="module")
def locate(index, counterparts):
    return lambda text, reference=None: locate_quotation(index, counterparts, text, reference)


def places(located):
    return [(stand.document.id, stand.words) for stand in located.stands]


def test_the_place_its_references_and_its_counterpart(locate):
    located = locate(QUOTED)
    (stand,) = located.stands
    assert (located.verdict, stand.verdict, stand.words) == ("exact", "exact", QUOTED)
    assert [r.archive for r in stand.references] == ["APRF", "AVP RF"]
    assert stand.paragraph == 4
    assert "совершенно неподготовленным" in stand.parallel.words


def test_a_word_left_out_is_shown(locate):
    located = locate(QUOTED.replace(" now", ""))
    (stand,) = located.stands
    assert (located.verdict, stand.verdict, stand.words) == ("altered", "altered", QUOTED)
    assert [(d.quoted, d.stands) for d in stand.differences] == [("", "now")]


def test_halves_of_different_paragraphs_are_stitched(locate):
    located = locate("not only will not lead to the defeat of the enemy and acquire a prolonged character")
    assert located.verdict == "stitched"
    assert [stand.words for stand in located.stands] == [
        "not only will not lead to the defeat of the enemy", "and acquire a prolonged character"
    ]  # fmt: skip
    assert [stand.paragraph for stand in located.stands] == [4, 7]


def test_what_stands_nowhere_is_absent_with_the_nearest(locate):
    located = locate("at present North Korea has everything but the necessary means and rice of its own for this")
    assert (located.verdict, located.stands) == ("absent", ())
    assert located.closest[0].words.startswith("Since at present North Korea does not have the")


@given(data=st.data())
def test_every_stretch_of_every_text_is_found_where_it_stands(locate, documents, data):
    document = documents[data.draw(st.sampled_from(sorted(documents)))]
    language = data.draw(st.sampled_from(document.languages))
    text = document.texts[language]
    words = [match.span() for match in re.finditer(r"[^\W_]+(?:(?:-\n|[-\u00ad])[^\W_]+)*", text)]
    first = data.draw(st.integers(0, len(words) - LEAST_WORDS))
    last = data.draw(st.integers(first + LEAST_WORDS, min(len(words), first + 60)))
    span = Span(words[first][0], words[last - 1][1])
    located = locate(span.of(text))
    assert located.verdict in ("exact", "typographic")  # the latter where the white space is not single
    assert (document.id, language, span) in {(s.document.id, s.language, s.span) for s in located.stands}


@given(data=st.data())
def test_a_changed_word_is_never_passed_over(locate, documents, data):
    document = documents[SAMPLE]
    language = data.draw(st.sampled_from(document.languages))
    words = document.texts[language].split()
    first = data.draw(st.integers(0, len(words) - 12))
    quoted = words[first : first + data.draw(st.integers(8, 12))]
    at = data.draw(st.integers(0, len(quoted) - 1))
    assume(any(c.isalpha() for c in quoted[at]))
    quoted[at] = "Вашингтон" if language == "ru" else "Washington"
    located = locate(" ".join(quoted))
    assert located.verdict in ("altered", "stitched", "absent")
    if located.verdict == "altered":
        assert any("ashington" in d.quoted or "ашингтон" in d.quoted for d in located.stands[0].differences)


@pytest.mark.parametrize(
    "quoted",
    [
        "«Урожай риса в этом году еще хуже прошлогоднего - не хватит и до весны»",
        "Корейская сторона просит поставить пятьдесят тысяч тонн муки",
        "эту просьбу следует удовлетворить полностью",
        "УРОЖАЙ PИCA В ЭТОМ ГОДУ",
    ],
    ids=["marks, dash and ё", "soft hyphen and no-break space", "hyphen at a line end", "capitals and look-alikes"],
)
def test_typography_is_told_from_words(locate, quoted):
    located = locate(quoted)
    assert located.verdict == "typographic"
    assert [id_ for id_, _ in places(located)] == [TYPOGRAPHY]


def test_marked_omissions_and_words_in_brackets_are_understood(locate):
    located = locate("Since at present North Korea does not have [...] superiority of military forces [over the South]")
    (stand,) = located.stands
    assert (located.verdict, stand.omitted, stand.added) == ("typographic", True, ("over the South",))
    assert stand.words.startswith("Since at present North Korea does not have the necessary")
    (stand,) = locate("North Korea [the DPRK] does not have the necessary").stands
    assert (stand.omitted, stand.added) == (False, ("the DPRK",))
    assert locate("Since at present North Korea [it] superiority of military forces").verdict != "typographic"
    assert locate("superiority of military forces ... Since at present North Korea").verdict != "typographic"


def test_brackets_that_stand_in_the_text_are_the_texts_own(locate):
    assert locate("Kim Il Sung and Pak Heon-yeong [Pak Hon Yong] and").verdict == "exact"


def test_a_mark_at_the_end_is_the_quoters_own_unless_it_stands_there(locate):
    (stand,) = locate("such an attack.").stands
    assert (stand.verdict, stand.words) == ("exact", "such an attack.")
    (stand,) = locate("for such an attack, ...").stands
    assert (stand.verdict, stand.words) == ("exact", "for such an attack")


def test_changed_punctuation_is_an_alteration(locate):
    located = locate("We of course agree with you, that the people are waiting")
    assert located.verdict == "altered"
    assert located.stands[0].differences[0].marks == ("punctuation",)


def test_a_reference_given_with_it_is_right_or_wrong(locate):
    right, wrong, elsewhere = (
        locate(QUOTED, r) for r in (REFERENCE, "APRF, f. 3, op. 65, d. 777", "RGANI, f. 5, op. 30, d. 12, l. 4")
    )
    assert (right.claim_holds, right.claim.match(right.stands[0])) == (True, "leaf_in_range")
    assert (wrong.claim_holds, wrong.claim.held, wrong.verdict) == (False, {}, "exact")
    assert (elsewhere.claim_holds, list(elsewhere.claim.held)) == (False, [RUSSIAN_ONLY])
    assert locate(QUOTED).claim_holds is None
    with pytest.raises(LocatorError, match="names an archive"):
        locate(QUOTED, "APRF")


def test_a_language_that_the_archive_does_not_have_is_said(locate):
    assert "seem to be French" in locate("le gouvernement soviétique a refusé la proposition de la Corée").note


@pytest.fixture(scope="module")
def one_language(tmp_path_factory):
    folder = tmp_path_factory.mktemp("one")
    formula = "Прошу ускорить отправку рельсов."
    paragraphs = [f"{formula} Письмо номер {n}." for n in range(MOST_PASSAGES + 10)]
    record = Record(number="900100", title="Letters", date="May 1950", source="RGANI, f. 5, op. 30, d. 12, l. 4",
                    contents="Transcript - Russian", russian=tuple(paragraphs), english=())  # fmt: skip
    write_all(folder / "archive", [record])
    update(folder / "index", [folder / "archive"])
    return folder / "index"


@pytest.mark.slow
def test_every_place_is_shown_and_what_is_too_much_is_counted(one_language):
    with Index.open(one_language) as index:
        counterparts = Counterparts(index.catalogue)
        located = locate_quotation(index, counterparts, "прошу ускорить отправку рельсов")
        assert located.verdict == "typographic"
        assert len({stand.span for stand in located.stands}) + located.more >= MOST_PASSAGES + 10
        assert located.more
        assert locate_quotation(index, counterparts, "Письмо номер 250").stands[0].words == "Письмо номер 250"
        note = locate_quotation(index, counterparts, "the necessary superiority of forces").note
    assert note == "this archive has texts in Russian only"


def test_a_quotation_of_the_greatest_length_takes_less_than_a_second(locate, documents):
    text = documents[SAMPLE].texts["ru"].split()
    quoted = " ".join((text * 10)[: MOST_WORDS - 10])
    locate(quoted[:300])
    start = time.perf_counter()
    assert locate(quoted).verdict in ("altered", "stitched", "absent")
    assert time.perf_counter() - start < 1


def test_words_of_one_text_only(locate):
    (stand,) = locate("opened a field hospital for wounded soldiers").stands
    assert (stand.document.id, stand.parallel) == (ENGLISH_ONLY, None)
