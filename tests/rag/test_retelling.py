"""A language model may make a follow-up complete; what it says is taken only where nothing in it is new."""

import pytest

from rag.conversation import understand
from rag.llm import open_model
from tests.rag.talks import after
from tests.scripted import Reply

ENGLISH = "What did Shtykov tell Kim Il Sung on August 12, 1949?"
RUSSIAN = "Что Штыков сообщил Ким Ир Сену 12 августа 1949 года?"


@pytest.fixture
def model(server):
    return open_model("openai:scripted", server.url)


def understood(server, model, index, said, asked="And what did he say about partisans?", earlier=ENGLISH):
    server.will(said)
    return understand(asked, after(earlier, documents=("112133",)), index, model)


@pytest.mark.parametrize(
    ("earlier", "asked", "said"),
    [
        (ENGLISH, "And what did he say about partisans?", "What did Shtykov tell Kim Il Sung about the partisans?"),
        (ENGLISH, "And what did he say about partisans?", "“What did Shtykov say of partisans in August 1949?”"),
        (RUSSIAN, "А что он сказал о партизанах?", "Что Штыков сказал Ким Ир Сену о партизанах?"),
    ],
)
def test_what_names_nothing_new_is_taken(server, model, index, earlier, asked, said):
    question = understood(server, model, index, said, asked, earlier)
    assert (question.text, question.asked) == (said.strip("“”"), asked)


@pytest.mark.parametrize(
    "said",
    [
        "What did Molotov say about partisans?",
        "Molotov said what about partisans?",
        "What did Shtykov say about 50 thousand partisans?",
        "What did Shtykov say about partisans in May 1951?",
        "Shtykov said that partisans should be supported.",
        "What did Shtykov say?\nHe said much.",
        "Что Штыков сказал о партизанах?",
        "斯大林说了什么?",
        '{"question": "What did Shtykov say?"}',
        "What did Shtykov say about partisans" + ", and about partisans" * 30 + "?",
        "",
        "?",
    ],
)
def test_what_names_something_new_or_is_no_question_is_not(server, model, index, said):
    question = understood(server, model, index, said)
    assert question.text == "What did Shtykov say about partisans?"


def test_what_loses_a_name_of_the_follow_up_is_not_taken(server, model, index):
    question = understood(server, model, index, "What did Shtykov tell Kim Il Sung?", "And about Kaesong?")
    assert "Kaesong" in question.text


@pytest.mark.parametrize(
    "reply", [Reply(status=500, body="{}"), Reply(body="<html>"), Reply(says="What?", breaks_off=True)]
)
def test_a_model_that_fails_leaves_the_rules_to_it(server, model, index, reply):
    assert understood(server, model, index, reply).text == "What did Shtykov say about partisans?"


def test_a_model_that_nobody_answers_for_leaves_the_rules_to_it(index):
    gone = open_model("openai:gone", "http://127.0.0.1:9/v1")
    question = understand("And what did he say about partisans?", after(ENGLISH), index, gone)
    assert question.text == "What did Shtykov say about partisans?"


def test_a_model_is_asked_about_follow_ups_only_and_sees_no_words_of_documents(server, model, index):
    server.will("What did Shtykov say about partisans?")
    conversation = after(ENGLISH, documents=("112133",), sentences=["Commission Comrade Shtykov to meet with him."])
    understand("How many tons of rails were sent to the bridge over the Sungari?", conversation, index, model)
    understand("only before June", conversation, index, model)
    assert server.asked == []
    understand("And what did he say about partisans?", conversation, index, model)
    (request,) = server.asked
    prompt = request["messages"][-1]["content"]
    assert "Politburo Decision" in prompt
    assert "Commission Comrade" not in prompt
