"""The support checker by rules: what it calls supported, what it flags, and where it keeps out."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.rules import RuleChecker
from eval.truths import read_archive
from index.document import LANGUAGES
from index.sentence import sentences
from index.store import Index
from tests.strategies import any_texts

SOURCE = (
    "On 12 August 1949 the ambassador met the minister in the capital. He handed over a list of 1,250 machines. "
    "The minister promised to send fifty thousand tons of grain in the autumn. Nobody spoke about the border railway."
)
RUSSIAN = (
    "12 августа 1949 г. посол встретился с министром в столице. Он передал список из 1250 станков. "
    "Министр обещал осенью отправить пятьдесят тысяч тонн зерна. Ещё раз о железной дороге не говорили."
)
MONTH = "In that month there was nothing to report from the capital."
ENGLISH_TRUE = "The minister promised to send fifty thousand tons of grain in the autumn."
RUSSIAN_TRUE = "Министр обещал осенью отправить пятьдесят тысяч тонн зерна."
CHECKER = RuleChecker()


@pytest.mark.parametrize("sentence", [span.of(SOURCE) for span in sentences(SOURCE)])
def test_a_copied_sentence_is_supported(sentence):
    assert CHECKER.score(sentence, [SOURCE]).verdict == "supported"


@pytest.mark.parametrize(
    "claim",
    [
        "The minister promised to send 50,000 tons of grain in the autumn.",
        "The minister promised to send 50 thousand tons of grain in the autumn [1].",
        "He handed over a list of 1250 machines (APRF, f. 3, op. 65, d. 830, ll. 12-14).",
        "3. He handed over a list of 1,250 machines.",
    ],
)
def test_formats_of_numbers_and_citations_are_no_departures(claim):
    assert CHECKER.score(claim, [SOURCE]).verdict == "supported"


@pytest.mark.parametrize(
    ("claim", "kind", "instead"),
    [
        ("The minister promised to send 70,000 tons of grain in the autumn.", "number", "fifty thousand"),
        ("On 14 August 1949 the ambassador met the minister in the capital.", "date", "12 August 1949"),
    ],
)
def test_another_figure_of_the_same_thing_contradicts_and_is_shown(claim, kind, instead):
    found = CHECKER.score(claim, [SOURCE])
    assert found.verdict == "contradicted"
    assert [(flag.kind, flag.instead) for flag in found.flags] == [(kind, instead)]


def test_inflected_russian_without_dots_on_its_letters_is_supported():
    assert CHECKER.score("Министр обещал отправить осенью 50 тыс. тонн зерна.", [RUSSIAN]).verdict == "supported"
    assert CHECKER.score("Еще раз о железной дороге не говорили.", [RUSSIAN]).verdict == "supported"


def test_words_given_as_quoted_that_no_source_has_are_flagged():
    found = CHECKER.score('The minister said "we shall never send any grain at all" in the autumn.', [SOURCE])
    assert "quotation" in {flag.kind for flag in found.flags}
    assert found.verdict != "supported"


def test_a_negation_is_a_hint_and_decides_nothing():
    found = CHECKER.score("The minister did not promise to send fifty thousand tons of grain in the autumn.", [SOURCE])
    assert [flag.kind for flag in found.flags] == ["negation"]
    assert found.verdict == "supported"


@pytest.mark.parametrize(
    "text", ["部长答应秋天运送五万吨粮食。", "Der Minister hat versprochen, im Herbst Getreide zu schicken."]
)
def test_a_third_language_is_undecided_whichever_side_it_is_on(text):
    assert CHECKER.score(text, [SOURCE]).verdict == "undecided"
    assert CHECKER.score("The minister promised grain in the autumn.", [text]).verdict == "undecided"


def test_the_worst_sentence_of_several_counts():
    claim = "He handed over a list of 1,250 machines. Penguins breed upon antarctic ice shelves every winter."
    assert CHECKER.score(claim, [SOURCE]).verdict == "unsupported"


@pytest.mark.slow
def test_a_source_of_five_million_characters_is_read_in_seconds_and_again_at_once():
    long = " ".join(f"Sentence {n} tells of machine {n % 977} and of grain{n % 5003}." for n in range(80_000))
    long += " " + SOURCE
    start = time.process_time()
    assert CHECKER.score("The minister promised to send 50,000 tons of grain in the autumn.", [long]).decided
    assert time.process_time() - start < 5  # seconds; generous, for tests run beside each other
    start = time.process_time()
    CHECKER.score("He handed over a list of 1,250 machines.", [long])
    assert time.process_time() - start < 1


@pytest.mark.parametrize("before", [0, 70_000, 400_000])
def test_a_sentence_is_found_and_shown_wherever_it_stands_in_a_long_source(before):
    filling = " ".join(f"Sentence {n} tells of tractor {n % 977} and of coal." for n in range(10_000))
    long = f"{filling[:before]}. {SOURCE} {filling}"
    found = CHECKER.score("The minister promised to send 50,000 tons of grain in the autumn.", [MONTH, long])
    assert found.verdict == "supported"
    assert found.evidence is not None
    number, place = found.evidence
    assert number == 1
    assert "fifty thousand tons of grain" in place.of(long)
    contradicted = CHECKER.score("The minister promised to send 70,000 tons of grain in the autumn.", [long])
    assert [flag.instead for flag in contradicted.flags] == ["fifty thousand"]


@pytest.mark.parametrize(("claim", "source"), [(ENGLISH_TRUE, RUSSIAN), (RUSSIAN_TRUE, SOURCE)])
def test_a_true_translation_is_supported(claim, source):
    found = CHECKER.score(claim, [source])
    assert found.verdict == "supported"
    assert found.flags == ()


@pytest.mark.parametrize(
    ("claim", "source", "kind"),
    [
        ("He handed over a list of 1,350 machines.", RUSSIAN, "number"),
        ("Он передал список из 1350 станков.", SOURCE, "date"),  # a bare number that could be a year is one
        ("On 14 August 1949 the ambassador met the minister in the capital.", RUSSIAN, "date"),
        ("14 августа 1949 г. посол встретился с министром в столице.", SOURCE, "date"),
        ("Министру передал список Кузнецов.", "Ivanov handed a list to the minister.", "name"),
        ("The ambassador met Minister Hoffman.", "Посол встретился с министром Ивановым.", "name"),
    ],
)
def test_a_changed_figure_or_name_is_told_across_languages(claim, source, kind):
    found = CHECKER.score(claim, [source])
    assert kind in {flag.kind for flag in found.flags}
    assert found.verdict != "supported"


@pytest.mark.parametrize("claim", ["Penguins breed upon antarctic ice shelves.", "Пингвины гнездятся на льдах юга."])
def test_another_document_in_the_other_language_does_not_support(claim):
    source = RUSSIAN if claim.isascii() else SOURCE
    assert CHECKER.score(claim, [source]).verdict == "unsupported"


def test_the_other_language_is_not_read_where_its_own_bears_a_sentence_out():
    class Refusing:
        dimension = 1

        def passages(self, texts):
            raise AssertionError("the embedder was asked")

        questions = passages

    found = RuleChecker(Refusing()).score("He handed over a list of 1250 machines.", [RUSSIAN, SOURCE])
    assert found.verdict == "supported"


def test_a_likeness_in_meaning_does_not_bear_out_a_figure_that_neither_text_has():
    found = CHECKER.score("The minister promised to send 70,000 tons of grain in the autumn.", [SOURCE, RUSSIAN])
    assert found.verdict == "contradicted"


def test_a_figure_that_the_other_languages_text_has_is_borne_out_by_it():
    lacking = SOURCE.replace("1,250 machines", "machines")
    assert CHECKER.score("He handed over a list of 1,250 machines.", [lacking]).verdict == "unsupported"
    assert CHECKER.score("He handed over a list of 1,250 machines.", [lacking, RUSSIAN]).verdict == "supported"


@pytest.fixture(scope="module")
def truths(own_home):
    with Index.open(own_home) as index:
        archive = read_archive(index)
    return [truth for language in LANGUAGES for truth in archive.of(language)]


def test_a_sentence_copied_from_a_real_document_is_supported(truths):
    for truth in truths:
        found = CHECKER.score(truth.text, [truth.document.texts[truth.language]])
        assert found.verdict == "supported", truth.text
        assert found.flags == (), truth.text


@given(st.data())
def test_an_unrelated_source_takes_no_support_away(truths, data):
    one, other = data.draw(st.sampled_from(truths)), data.draw(st.sampled_from(truths))
    text, unrelated = one.document.texts[one.language], other.document.texts[other.language]
    for sources in ([text, unrelated], [unrelated, text]):
        found = CHECKER.score(one.text, sources)
        assert found.verdict == "supported"
        assert found.evidence is not None
        assert sources[found.evidence[0]] in (text, unrelated)


@given(any_texts, st.lists(any_texts, max_size=3))
def test_it_never_raises_and_says_the_same_twice(claim, sources):
    found = CHECKER.score(claim, sources)
    assert 0 <= found.score <= 1
    assert found == CHECKER.score(claim, sources)
