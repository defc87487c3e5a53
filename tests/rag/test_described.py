from dataclasses import replace

import pytest

from rag.extractive.described import genre, kind_of_document

TITLES = [
    ("Politburo Decision to Confirm the Following Directive", "Decision of the Politburo", "Решение Политбюро"),
    ("Resolution of the Central Committee on Grain", "Resolution of the Central Committee",
     "Постановление Центрального комитета"),
    ("Ciphered Telegram, Shtykov to Feng Xi", "Ciphered telegram", "Шифротелеграмма"),
    ("Memorandum of a Conversation on the Grinding of a Mirror", "Record of a conversation", "Запись беседы"),
    ("Record of a Conversation between Stalin and Mao", "Record of a conversation", "Запись беседы"),
    ("Test document: Annual Report of the Weather Station", "Annual report", "Годовой отчёт"),
    ("Report on the Telegrams of the Embassy", "Report", "Доклад"),
    ("From the Journal of Ambassador A. M. Puzanov", "Diary", "Дневник"),
    ("Draft Letter to the Ministry", "Draft", "Проект"),
    ("Письмо Сталина Мао Цзэдуну", "Letter", "Письмо"),
]  # fmt: skip


@pytest.mark.parametrize(("title", "english", "russian"), TITLES)
def test_a_title_tells_what_the_document_is_in_both_languages(documents, title, english, russian):
    document = replace(documents["900002"], title=title)
    assert kind_of_document(document, "en") == english
    assert kind_of_document(document, "ru") == russian


@pytest.mark.parametrize("title", ["On the Situation in Korea", "The Question of the Letter", "Bridge over a River"])
def test_a_title_that_names_no_genre_is_given_none(title):
    assert genre(title) is None


def test_the_author_whom_the_catalogue_names_is_told(documents):
    document = documents["900002"]
    signed = replace(document, fields=(*document.fields, ("Author(s)", "Terenty Shtykov")))
    assert kind_of_document(signed, "en") == "Letter by Terenty Shtykov"
    assert kind_of_document(signed, "ru") == "Письмо, автор: Terenty Shtykov"
