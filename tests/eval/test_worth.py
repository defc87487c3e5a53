"""Which sentences need a source, and which refuse."""

import pytest

from eval.forms.prose import prose, sentence
from eval.worth import content_words, is_refusal, needs_source, refuses

REFUSALS = [
    "This archive holds nothing that answers the question.",
    "Nothing was found in this archive that answers the question.",
    "Nothing can be stated: no quotation could be verified.",
    "I could not find any information about tanks in the documents.",
    "I cannot answer this question.",
    "I don't know.",
    "I'm sorry, but we are unable to determine the date.",
    "The provided context does not mention the number of tanks.",
    "The documents do not contain any information on this.",
    "The sources don't say who was present.",
    "The passage provides no details about the negotiations.",
    "There is no mention of a treaty in the retrieved passages.",
    "There is not enough information to answer.",
    "No relevant documents were found.",
    "Insufficient evidence is available.",
    "The question cannot be answered from these sources.",
    "This cannot be determined.",
    "The date is not specified in the provided documents.",
    "No record of such a meeting exists in the archive.",
    "The archive has no documents on this subject.",
    "Nothing in the sources answers that.",
    "В этом архиве нет ответа на вопрос.",
    "В этом архиве не найдено ответа на вопрос.",
    "Ответить нельзя: ни одна цитата не подтвердилась.",
    "В предоставленных документах нет сведений о танках.",
    "В документах об этом не говорится.",
    "Документы не содержат информации о численности.",
    "Источники не упоминают об этой встрече.",
    "Я не могу ответить на этот вопрос.",
    "Не удалось найти ответ в источниках.",
    "Информация о договоре отсутствует.",
    "Ответ на этот вопрос не найден.",
    "Установить это невозможно.",
    "Недостаточно данных для ответа.",
    "Я не знаю.",
    "Сведений о потерях в архиве нет.",
    "Нет упоминаний о таком соглашении.",
]
STATEMENTS = [
    "Moscow could not permit an attack on the south.",
    "The army was not prepared for such an attack.",
    "The ambassador said that he did not know the date of the meeting.",
    "No troops crossed the border before June.",
    "The Politburo sent no answer to Pyongyang until September.",
    "There are twelve divisions on the border.",
    "Stalin refused to receive the delegation.",
    "The commission found no mines in the harbour.",
    "Nothing was done to develop the partisan movement.",
    "The minister gave a document to the ambassador.",
    "The records were burned in 1950.",
    "He had no information about the landing.",
    "Kim Il Sung asked for tanks, and Moscow did not provide them.",
    "The archive burned down in 1943.",
    "Наступление на юг не подготовлено.",
    "Северная Корея не имеет превосходства вооруженных сил.",
    "Посол не ответил на телеграмму.",
    "Нельзя допустить поражения.",
    "Документы были переданы послу в сентябре.",
    "В Пекине нет хлеба.",
    "Правительство не дало согласия на переброску войск.",
    "Делегация не сообщила о своем отъезде.",
    "Нет необходимости вводить войска.",
    "Он не знал о соглашении.",
]


@pytest.mark.parametrize("text", REFUSALS)
def test_a_refusal_is_known(text):
    assert is_refusal(text)
    assert not needs_source(sentence(text))


@pytest.mark.parametrize("text", STATEMENTS)
def test_a_statement_is_no_refusal(text):
    assert not is_refusal(text)
    assert needs_source(sentence(text))


IDLE = {
    "a heading": "# What Moscow decided in 1949",
    "a heading in bold": "**Reasons of the refusal**",
    "a line": "---",
    "a question": "Why did Moscow refuse?",
    "a remark on the archive": "The archive holds three documents on this.",
    "a remark on the answer": "Here is what the documents say about it:",
    "a Russian remark": "В этом архиве есть документы об этом.",
    "numbers": "12.",
}


@pytest.mark.parametrize("text", IDLE.values(), ids=IDLE)
def test_what_says_nothing_of_the_past_needs_no_source(text):
    assert not needs_source(sentence(text))


def test_an_answer_that_only_refuses_refuses():
    assert refuses(prose("I could not find an answer. The documents do not mention it."))
    assert not refuses(prose(""))


PARTIAL = [
    "The archive holds no record of the meeting, but Shtykov was told to declare the opinion of Moscow.",
    "В документах нет сведений о танках, однако Штыкову поручено заявить мнение Москвы.",
    "There is no mention of tanks. Shtykov was told to declare the opinion of Moscow.",
]


@pytest.mark.parametrize("text", PARTIAL)
def test_an_answer_in_part_is_no_refusal(text):
    sentences = prose(text)
    assert not refuses(sentences)
    assert any(map(needs_source, sentences))


def test_two_refusals_in_one_sentence_are_one():
    assert is_refusal("There is no record of the meeting, but the documents do not mention any other.")


def test_content_words_are_the_same_whatever_the_case():
    assert content_words("The Army of 1949 and его ARMY") == ("army", "1949", "army")
