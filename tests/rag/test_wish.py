import pytest

from rag.extractive.wish import wish

QUESTIONS = [
    ("en", "What reasons did Moscow give against the offensive?", "several cause"),
    ("ru", "Какие доводы привела Москва против наступления?", "several cause"),
    ("en", "On what grounds was the request refused?", "several cause"),
    ("ru", "На каком основании было отказано?", "cause"),
    ("en", "Which measures were proposed by the commission?", ""),
    ("en", "What measures did the commission propose?", "several"),
    ("ru", "Какие меры предложила комиссия?", "several"),
    ("en", "List the members of the council.", "several"),
    ("ru", "Назовите членов совета.", "several"),
    ("en", "What happened to the wagon?", "course"),
    ("ru", "Что произошло с вагоном?", "course"),
    ("en", "Did the chimney sweep come?", "whether narrow"),
    ("ru", "Пришёл ли трубочист?", "whether narrow"),
    ("en", "How many bottles were broken?", "narrow"),
    ("ru", "Когда начался ледоход?", "narrow"),
    ("en", "Who objected to the decision?", "narrow"),
    ("ru", "Где найден вагон?", "narrow"),
    ("en", "What was said about the peninsula?", ""),
    ("en", "What was said about partisans? (What reasons did Moscow give?)", ""),
    ("ru", "Что Сомов предложил? (Почему он был против?)", ""),
    ("ru", "Что говорится о партизанском движении?", ""),
    ("en", "What was the outcome of the vote?", ""),
]


@pytest.mark.parametrize(("language", "question", "told"), QUESTIONS)
def test_a_question_tells_what_sort_of_answer_it_wishes_for_in_either_language(language, question, told):
    wished = wish(language, question)
    seen = {name for name in ("several", "cause", "course", "whether", "narrow") if getattr(wished, name)}
    assert seen >= set(told.split())
    assert seen - {"several"} == set(told.split()) - {"several"}
