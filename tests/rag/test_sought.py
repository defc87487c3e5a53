"""What a question seeks is found again in either language by stems, names, numbers and dates."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.question import Question
from rag.sought import Sought, sought
from tests.strategies import any_texts


def found(question, language, text):
    return [span.of(text) for span in sought(Question.of(question, keywords=True)).places(language, text)]


@pytest.mark.parametrize(
    ("question", "language", "text", "words"),
    [
        ("What did he report of the harvests?", "en", "The harvest was reported.", ["harvest", "reported"]),
        ("Какие были урожаи риса?", "ru", "Урожай риса был хуже.", ["Урожай", "риса"]),
        ("What did Shtykov say?", "ru", "Сказано Штыкову и Тункину.", ["Штыкову"]),
        ("Что говорил Штыков?", "en", "Shtykov's words to Tunkin.", ["Shtykov"]),
        ("How many were the 474 rifles?", "ru", "Получено 474 винтовки и 20 пушек.", ["474"]),
        ("What happened on August 12, 1949?", "ru", "12 августа 1949 г. он уехал.", ["12 августа 1949 г."]),
        ("What was the reason?", "en", "What was the reason was not said.", []),
        ("Why?", "ru", "Почему нет.", []),
    ],
)
def test_words_of_the_question_are_found(question, language, text, words):
    assert found(question, language, text) == words


@given(any_texts, any_texts, st.sampled_from(["ru", "en"]), st.sampled_from(["ru", "en"]))
def test_places_stand_in_the_text_in_order_and_apart(asked, text, one, two):
    places = Sought(one, asked).places(two, text)
    assert all(0 <= place.start < place.end <= len(text) for place in places)
    assert all(first.end <= second.start for first, second in pairwise(places))


@given(any_texts.filter(lambda text: len(text.split()) > 1))
def test_what_does_not_share_a_word_is_not_marked(text):
    assert Sought("en", "zzyzx").places("en", text.replace("zz", "")) == ()
