import pytest

from rag.kinds import answers, marks, wanted

QUESTIONS = [
    ("en", "How many aircraft were given to the flying school?", {"number"}),
    ("ru", "Сколько самолетов передали летной школе?", {"number"}),
    ("en", "When did the talks begin?", {"time"}),
    ("ru", "Когда начались переговоры?", {"time"}),
    ("en", "Who opened the hospital?", {"person"}),
    ("ru", "Кто открыл госпиталь?", {"person"}),
    ("en", "Where was the bridge built?", {"place"}),
    ("ru", "Где построили мост?", {"place"}),
    ("en", "Why was the repair delayed?", {"cause"}),
    ("ru", "Почему задерживается ремонт?", {"cause"}),
    ("en", "On what grounds was the plan refused?", {"cause"}),
    ("ru", "Какие доводы приводились против плана?", {"cause"}),
    ("en", "Describe the harvest.", set()),
    ("ru", "Опишите урожай.", set()),
]
TELLING = [
    ("number", "en", "The side asks for fifty thousand tons of flour.", "The side asks for flour."),
    ("number", "ru", "Сторона просит пятьдесят тысяч тонн муки.", "Сторона просит муки."),
    ("time", "en", "The talks began in 1951.", "The talks began badly."),
    ("time", "ru", "Переговоры начались 3 мая 1951 года.", "Переговоры начались плохо."),
    ("person", "en", "It was opened by Razuvaev.", "It was opened by the embassy."),
    ("person", "ru", "Его открыл Разуваев.", "Его открыло посольство."),
    ("place", "en", "The bridge stands in Kamenka.", "The bridge stands."),
    ("place", "ru", "Мост стоит в Каменке.", "Мост стоит."),
    ("cause", "en", "It is late because rails are lacking.", "It is late."),
    ("cause", "ru", "Он задерживается из-за нехватки рельсов.", "Он задерживается."),
]
NOTHING = {language: marks(language, "") for language in ("ru", "en")}


@pytest.mark.parametrize(("language", "question", "kinds"), QUESTIONS)
def test_a_question_tells_what_kind_of_thing_it_asks_for_in_either_language(language, question, kinds):
    assert wanted(language, question) == kinds


@pytest.mark.parametrize(("kind", "language", "telling", "silent"), TELLING)
def test_a_sentence_that_tells_of_a_kind_is_told_from_one_that_does_not(kind, language, telling, silent):
    assert answers(kind, marks(language, telling), NOTHING[language])
    assert not answers(kind, marks(language, silent), NOTHING[language])


def test_what_the_question_said_itself_is_no_answer():
    asked = marks("en", "How many of the 300 trucks did comrade Razuvaev ask for?")
    assert not answers("number", marks("en", "All 300 trucks were asked for by Razuvaev."), asked)
    assert answers("number", marks("en", "Of the 300 trucks 40 were asked for."), asked)
    assert not answers("person", marks("en", "It was comrade Razuvaev."), asked)
