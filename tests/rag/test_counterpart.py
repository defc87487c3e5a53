from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.build import update
from index.document import Span, other
from index.sentence import sentences
from index.store import Index
from index.units import units_of
from rag.counterpart import Counterparts
from tests.records import LIBRARY
from tests.small_archive import COMMANDING, ENGLISH_ONLY, RUSSIAN_ONLY, TYPOGRAPHY

BILINGUAL = ("112133", TYPOGRAPHY, COMMANDING)


def facing(documents, counterparts, document_id, language, words):
    text = documents[document_id].texts[language]
    start = text.index(words)
    return counterparts.of(documents[document_id], language, Span(start, start + len(words)))


@pytest.mark.parametrize(
    ("language", "words", "begins", "ends"),
    [
        ("ru", "является сейчас совершенно неподготовленным", "Since at present North Korea", "it is not allowed."),
        ("en", "seize Ongjin peninsula", "Что касается частной операции по захвату Ондинского", "указано выше."),
        ("en", "Your proposal to begin an attack", "Ваше предложение начать", "стороны этого вопроса."),
        ("ru", "Мы, конечно, согласны с Вами", "We, of course, agree with you", "the reactionary regime."),
    ],
    ids=["unprepared", "peninsula", "proposal", "agree"],
)
def test_a_sentence_faces_its_translation(documents, counterparts, language, words, begins, ends):
    parallel = facing(documents, counterparts, "112133", language, words)
    assert parallel.language == other(language)
    assert parallel.words.startswith(begins)
    assert parallel.words.endswith(ends)
    assert parallel.confidence > 0.9


@given(document_id=st.sampled_from(BILINGUAL), language=st.sampled_from(["ru", "en"]), data=st.data())
def test_a_counterpart_is_made_of_whole_sentences_of_the_other_text(
    documents, counterparts, document_id, language, data
):
    document = documents[document_id]
    own = data.draw(st.sampled_from(sentences(document.texts[language])))
    parallel = counterparts.of(document, language, own)
    if parallel is None:
        return
    units = units_of(document, other(language))
    assert parallel.language == other(language)
    assert parallel.span.start in {unit.start for unit in units}
    assert parallel.span.end in {unit.end for unit in units}
    assert 0 <= parallel.confidence <= 1


def test_a_quotation_over_two_paragraphs_faces_the_counterparts_of_both(documents, counterparts):
    text = documents["112133"].texts["ru"]
    start, end = text.index("Что касается частной"), text.index("Кроме того, необходимо") + 22
    parallel = counterparts.of(documents["112133"], "ru", Span(start, end))
    assert parallel.words.startswith("As concerns a partial operation")
    assert parallel.words.endswith("interference in Korean affairs.")


@pytest.mark.parametrize(("document_id", "language"), [(RUSSIAN_ONLY, "ru"), (ENGLISH_ONLY, "en")])
def test_a_document_in_one_language_faces_nothing(documents, counterparts, document_id, language):
    assert counterparts.of(documents[document_id], language, Span(0, 40)) is None


def test_a_paragraph_without_a_translation_faces_nothing(documents, counterparts):
    assert facing(documents, counterparts, "112133", "en", "Copies to Malenkov, Molotov") is None


@given(document_id=st.sampled_from(BILINGUAL), data=st.data())
def test_what_a_bead_says_is_what_faces_its_sides(documents, index, counterparts, document_id, data):
    document = documents[document_id]
    bead = data.draw(st.sampled_from([bead for bead in index.catalogue.beads(document) if len(bead.spans) == 2]))
    for language, span in bead.spans.items():
        parallel = counterparts.of(document, language, span)
        assert (parallel.span, parallel.confidence) == (bead.spans[other(language)], bead.confidence)


def test_a_sentence_without_a_counterpart_faces_the_rest_of_its_paragraph_unsurely(tmp_path):
    added = "This sentence about penguins and icebergs was put in by the printer."
    english = (f"{LIBRARY.english[0]} {added} We thank you very much.", LIBRARY.english[1])
    replace(LIBRARY, english=english).write(tmp_path / "archive")
    update(tmp_path / "index", [tmp_path / "archive"])
    with Index.open(tmp_path / "index") as index:
        (document,) = index.catalogue.documents()
        start = document.texts["en"].index(added)
        parallel = Counterparts(index.catalogue).of(document, "en", Span(start, start + len(added)))
        assert "embedder" not in vars(index)
    assert parallel.words.endswith("Библиотека института получила ваши каталоги.")
    assert 0 < parallel.confidence < 0.5


def departures(documents, counterparts, language, words):
    document = documents["112133"]
    start = document.texts[language].index(words)
    return counterparts.departures(document, language, Span(start, start + len(words)))


def test_where_the_translation_of_a_quotation_departs_is_known(documents, counterparts):
    (departure,) = departures(documents, counterparts, "en", "is now completely prepared for")
    assert departure.kind == "negation"
    assert departure.reason == '«неподготовленным» is negated; "prepared" is not'
    texts = documents["112133"].texts
    assert {x: span.of(texts[x]) for x, span in departure.spans.items()} == {
        "ru": "неподготовленным", "en": "prepared"
    }  # fmt: skip
    assert departures(documents, counterparts, "ru", "совершенно неподготовленным") == (departure,)


def test_a_departure_elsewhere_in_the_sentence_is_not_told_of_other_words(documents, counterparts):
    assert departures(documents, counterparts, "en", "Since at present North Korea does not have") == ()


def test_words_that_have_no_counterpart_are_told_as_such(documents, counterparts):
    (departure,) = departures(documents, counterparts, "en", "Copies to Malenkov, Molotov")
    assert departure.kind == "missing"
