import numpy as np
import pytest

from rag.question import Filters, Question
from rag.retrieve import Retriever
from rag.signals import SIGNALS, Asked, signals
from tests.small_archive import ENGLISH_ONLY, RUSSIAN_ONLY, TYPOGRAPHY

ASKED = [
    "What was said about the Ongjin peninsula?",
    "Что сказано об Ондинском полуострове?",
    "How was the rice harvest?",
    "Почему задерживается ремонт железнодорожного моста?",
    "What did the Hungarian doctors open?",
]


@pytest.fixture(scope="module")
def told(index, book):
    def told(text, **filters):
        question = Question.of(text, Filters(**filters))
        search = Retriever(index).retrieve(question)
        asked = Asked(question, search.vector, index)
        return asked, [(hit, signals(asked, hit, book)) for hit in search.hits]

    return told


def column(signals, name):
    return signals.rows[:, SIGNALS.index(name)]


@pytest.mark.parametrize("text", ASKED)
def test_every_sentence_has_a_finite_number_for_each_signal(told, text):
    for _, found in told(text)[1]:
        assert found.rows.shape == (len(found.spans), len(SIGNALS))
        assert np.isfinite(found.rows).all()


@pytest.mark.parametrize("text", ASKED)
def test_shares_lie_between_nothing_and_everything(told, text):
    asked, all_told = told(text)
    assert sum(asked.words.values()) == pytest.approx(1)
    for _, found in all_told:
        for name in ("words with the sentence before", "words in passage", "pieces", "numbers"):
            assert (column(found, name) >= 0).all()
            assert (column(found, name) <= 1 + 1e-6).all()
        assert (column(found, "words with the sentence before") <= column(found, "words in passage") + 1e-6).all()


def test_sentences_are_in_the_questions_language_where_there_is_a_text_in_it(told):
    languages = {hit.document.id: found.language for hit, found in told("How was the rice harvest?")[1]}
    assert languages[TYPOGRAPHY] == languages[ENGLISH_ONLY] == "en"
    assert languages[RUSSIAN_ONLY] == "ru"


def test_likenesses_agree_with_the_vectors_of_the_sentences(index, book, told):
    asked, all_told = told("Почему задерживается ремонт железнодорожного моста?", languages=("ru",))
    for hit, found in all_told:
        side = book.side(hit.document, hit.passage, "ru")
        alone = index.scale.read(side.vectors @ asked.vector)
        assert column(found, "sentence") == pytest.approx(alone, abs=1e-5)
        if len(found.spans) == 1:
            assert column(found, "around") == pytest.approx(alone, abs=1e-5)


def test_a_name_is_known_again_in_the_other_script(told):
    asked, all_told = told("Razuvaev", languages=("ru",), archives=("APRF",))
    best = {hit.document.id: column(found, "pieces").max() for hit, found in all_told}
    assert asked.pieces
    assert best[TYPOGRAPHY] == max(best.values()) > 0.8
