import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.confidence import BIAS, CUES, FLOOR, WEIGHTS, confidence, cues
from rag.evidence import Evidence, weigh
from rag.question import Filters, Question
from rag.retrieve import Retriever, Search
from tests.small_archive import ANSWERED

OUTSIDE = [
    "Who won the 1966 World Cup?",
    "Кто выиграл чемпионат мира 1966 года?",
    "What is the capital of Australia?",
    "Какая столица Австралии?",
    "How do I bake sourdough bread?",
    "Кто написал роман «Война и мир»?",
]


@pytest.fixture(scope="module")
def asked(index, book):
    def asked(text, filters=None):
        question = Question.of(text, filters)
        search = Retriever(index).retrieve(question)
        return question, search, weigh(question, search, book, index)

    return asked


@pytest.mark.parametrize("text", ANSWERED)
def test_a_question_that_the_archive_answers_is_above_the_floor(asked, text):
    assert confidence(*asked(text)) >= FLOOR


@pytest.mark.parametrize("text", OUTSIDE)
def test_a_question_that_it_does_not_answer_is_below_the_floor(asked, text):
    assert confidence(*asked(text)) < FLOOR


def test_the_confidence_is_the_logistic_of_its_cues(asked):
    for text in ANSWERED + OUTSIDE:
        found = asked(text)
        told = cues(*found)
        assert tuple(told) == CUES
        odds = sum(WEIGHTS[name] * told[name] for name in CUES) + BIAS
        assert math.log(confidence(*found) / (1 - confidence(*found))) == pytest.approx(odds)


@given(st.floats(-1, 2), st.floats(0, 2))
def test_a_more_relevant_best_passage_never_lowers_the_confidence(everything, relevance, more):
    question = Question.of("What did the ambassador report?")
    sure = [
        confidence(question, everything, [Evidence(hit=everything.hits[0], relevance=r, sentences=())])
        for r in (relevance, relevance + more)
    ]
    assert 0 <= sure[0] <= sure[1] <= 1


def test_nothing_found_gives_no_confidence(everything):
    search = Search(hits=(), vector=everything.vector, documents=0, passages=0)
    assert confidence(Question.of("Why did Moscow refuse?"), search, []) == 0


def test_a_text_in_the_other_language_alone_is_told_of(asked):
    text = "Why was the repair of the railway bridge delayed?"
    assert cues(*asked(text))["across"] == 1
    assert cues(*asked("What was said about the Ongjin peninsula?", Filters(archives=("APRF",))))["across"] == 0
