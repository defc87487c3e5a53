import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.document import Span, other
from index.sentence import sentences
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
    assert parallel.confidence > 0.5


@settings(deadline=None, max_examples=40)
@given(document_id=st.sampled_from(BILINGUAL), language=st.sampled_from(["ru", "en"]), data=st.data())
def test_a_counterpart_is_made_of_whole_sentences_of_the_other_text(
    documents, index, counterparts, document_id, language, data
):
    document = documents[document_id]
    own = data.draw(st.sampled_from(sentences(document.texts[language])))
    parallel = counterparts.of(document, language, own)
    if parallel is None:
        return
    facing = [passage.spans.get(other(language)) for passage in index.catalogue.passages(document)]
    units = [s for span in facing if span for s in sentences(document.texts[other(language)], span)]
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
