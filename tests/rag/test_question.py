from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.errors import QuestionError
from rag.question import MOST_CHARS, Filters, Question, script

ENGLISH = [
    "Why did Moscow reject an attack on the South?",
    "Who was Syngman Rhee?",
    "What did Pak Hon-yong, Kim Il Sung and Shtykov discuss in Pyongyang?",
    "Did Mao Zedong agree?",
    "Did Gheorghiu-Dej visit Timișoara?",
    "Who met Gomułka in Łódź?",
    "What is said of Szczecin, Győr and Hồ Chí Minh?",
    "Ongjin?",
    "kim il sung stalin telegram 1950",
    "What does «неподготовленным» mean in the directive?",
]
RUSSIAN = [
    "Почему Москва считала наступление на юг недопустимым?",
    "Кто такой Ли Сын Ман?",
    "Что Штыков сообщил о Пак Хен Ене?",
    "Ондинский полуостров",
    "Кайдзио?",
    "что писал сталин ким ир сену",
]
FOREIGN = {
    "French": "Pourquoi Moscou a-t-il rejeté une attaque contre le Sud ?",
    "German": "Warum lehnte Moskau einen Angriff auf den Süden ab?",
    "Spanish": "¿Por qué rechazó Moscú un ataque contra el Sur?",
    "Polish": "Dlaczego Moskwa odrzuciła atak na Południe?",
    "Ukrainian": "Чому Москва відхилила наступ на південь?",
    "Bulgarian": "Защо Москва отхвърли нападението срещу Юга?",
}


@pytest.mark.parametrize("text", ENGLISH)
def test_an_english_question_is_taken_as_english(text):
    assert Question.of(text).language == "en"


@pytest.mark.parametrize("text", RUSSIAN)
def test_a_russian_question_is_taken_as_russian(text):
    assert Question.of(text).language == "ru"


@pytest.mark.parametrize("language", FOREIGN)
def test_a_question_in_another_language_is_refused_by_the_name_of_that_language(language):
    with pytest.raises(QuestionError, match=f"seems to be in {language}; Delo answers in English and Russian"):
        Question.of(FOREIGN[language])


@pytest.mark.parametrize("text", ["为什么莫斯科拒绝进攻南方？", "왜 모스크바는 거부했는가?", "Γιατί αρνήθηκε η Μόσχα;"])
def test_a_question_in_other_letters_is_refused(text):
    with pytest.raises(QuestionError, match="in neither Latin nor Cyrillic letters"):
        Question.of(text)


@pytest.mark.parametrize("text", ["", "  \n\t", "?!", "…", "\u200b"], ids=["none", "blank", "marks", "dots", "unseen"])
def test_a_question_without_a_word_is_refused(text):
    with pytest.raises(QuestionError, match="the question is empty"):
        Question.of(text)


def test_a_question_may_be_as_long_as_the_limit_and_no_longer():
    assert len(Question.of("why " * 499 + "why?").text) == MOST_CHARS
    with pytest.raises(QuestionError, match="has 20000 characters, the most is 2000"):
        Question.of("w" * 20_000)


def test_bytes_that_are_no_text_are_refused():
    with pytest.raises(QuestionError, match="is not text: it holds bytes that are not UTF-8"):
        Question.of("what is \udcff\udcfe this?")


def test_white_space_between_the_words_of_a_question_is_made_even():
    assert Question.of("  Why\n did\u00a0Moscow   refuse? ").text == "Why did Moscow refuse?"


@pytest.mark.parametrize(
    ("text", "language"), [("Пак Хен Ен", "ru"), ("Angriff auf den Süden", "en"), ("南方", "en"), ("1949", "en")]
)
def test_keywords_are_taken_in_whatever_language(text, language):
    assert Question.of(text, keywords=True).language == language


@given(st.text(max_size=200))
def test_any_text_is_a_question_or_is_refused(text):
    for keywords in (True, False):
        try:
            question = Question.of(text, keywords=keywords)
        except QuestionError:
            continue
        assert question.language in ("ru", "en")
        assert question.text == " ".join(question.text.split())


@given(st.text("абвё ", min_size=1), st.text("abcd ", min_size=1))
def test_the_letters_that_are_more_decide_on_the_script(cyrillic, latin):
    russian, english = (len(text.replace(" ", "")) for text in (cyrillic, latin))
    assert script(cyrillic + latin) == ("ru" if russian > english else "en")


def test_filters_leave_documents_out_only_where_days_or_archives_are_named():
    assert not Filters().choose_documents
    assert not Filters(languages=("ru",)).choose_documents
    assert Filters(after=date(1949, 1, 1)).choose_documents
    assert Filters(before=date(1949, 1, 1)).choose_documents
    assert Filters(archives=("APRF",)).choose_documents


def test_days_in_the_wrong_order_are_refused():
    with pytest.raises(QuestionError, match="no day is both after 1950-01-01 and before 1949-12-31"):
        Filters(after=date(1950, 1, 1), before=date(1949, 12, 31))


def test_no_language_at_all_is_a_mistake_of_the_programmer():
    with pytest.raises(ValueError, match="at least one language must be searched"):
        Filters(languages=())
