from dataclasses import replace
from datetime import date

import pytest

from rag.phrases import confidence_words, nothing_found, nothing_verified, source_line
from rag.question import Filters


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Letter “Letter on a Hospital” (1951):"),
        ("ru", "Письмо “Letter on a Hospital” (1951 г.):"),
    ],
)
def test_a_quotation_is_introduced_by_the_title_and_date_of_its_document(documents, language, line):
    assert source_line(documents["900002"], language) == line


@pytest.mark.parametrize(
    ("language", "line"), [("en", "From “Bridges” (1951):"), ("ru", "Из документа “Bridges” (1951 г.):")]
)
def test_a_document_of_unknown_genre_is_introduced_by_its_title(documents, language, line):
    assert source_line(replace(documents["900002"], title="Bridges"), language) == line


@pytest.mark.parametrize(("language", "told"), [("en", "(undated):"), ("ru", "(без даты):")])
def test_a_document_without_a_date_is_said_to_have_none(documents, language, told):
    assert source_line(replace(documents["900002"], date=None), language).endswith(told)


def test_where_nothing_was_found_the_reason_tells_what_was_searched(everything):
    search = replace(everything, documents=3, passages=11)
    assert nothing_found(search, Filters(), "en", 5) == (
        "Nothing was found in this archive that answers the question. Searched by meaning and by words, Russian texts "
        "and English texts: 3 of 5 documents, 11 passages."
    )
    assert nothing_found(search, Filters(), "ru", 5) == (
        "В этом архиве не найдено ответа на вопрос. Поиск по смыслу и по словам, русские тексты и английские тексты: "
        "документов 3 из 5, отрывков 11."
    )


@pytest.mark.parametrize(
    ("language", "limits"),
    [
        ("en", "(from January 1, 1949, until December 31, 1950, archive APRF, archive АВП РФ)"),
        ("ru", "(с 1 января 1949 г., по 31 декабря 1950 г., архив APRF, архив АВП РФ)"),
    ],
)
def test_the_limits_that_were_set_are_named(everything, language, limits):
    filters = Filters(after=date(1949, 1, 1), before=date(1950, 12, 31), archives=("APRF", "АВП РФ"))
    assert limits in nothing_found(everything, filters, language, 5)


@pytest.mark.parametrize(
    ("searched", "language", "told"),
    [("ru", "en", "words, Russian texts:"), ("en", "ru", "словам, английские тексты:")],
)
def test_a_search_in_one_language_names_that_language_alone(everything, searched, language, told):
    assert told in nothing_found(everything, Filters(languages=(searched,)), language, 5)


def test_that_nothing_was_verified_is_told_in_the_language_of_the_question():
    assert nothing_verified("en") == "Nothing can be stated: no quotation could be verified."
    assert nothing_verified("ru") == "Ответить нельзя: ни одна цитата не подтвердилась."


@pytest.mark.parametrize(
    ("confidence", "english", "russian"),
    [(0.99, "very probably", "почти наверняка"), (0.7, "probably", "скорее всего"), (0.4, "doubtful", "сомнительно")],
)
def test_how_sure_an_answer_is_is_told_in_words(confidence, english, russian):
    assert english in confidence_words(confidence, "en", abstained=False)
    assert russian in confidence_words(confidence, "ru", abstained=False)


def test_where_there_is_no_answer_the_confidence_is_a_figure_and_never_nothing():
    assert confidence_words(0.12, "en", abstained=True).endswith("12 %.")
    assert confidence_words(0.001, "ru", abstained=True).endswith("< 1 %.")


def test_limits_of_place_person_and_collection_are_named(everything):
    filters = Filters(fonds=("APRF, f. 3",), persons=("Shtykov",), collections=("Korean War",))
    assert "(under APRF, f. 3, naming Shtykov, collection Korean War)" in nothing_found(everything, filters, "en", 5)
