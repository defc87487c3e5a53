import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.evidence import FLOOR, FLOOR_MOST, WEIGHED, Evidence, floor, relevant, weigh
from rag.question import Filters, Question
from rag.retrieve import Retriever, Search

INSIDE = [
    "Why did Moscow reject an attack on the South?",
    "Почему Москва считала наступление на юг недопустимым?",
    "What was said about the Ongjin peninsula?",
    "Что говорится о партизанском движении?",
    "How was the rice harvest?",
    "Почему задерживается ремонт железнодорожного моста?",
]
OUTSIDE = [
    "Who won the 1966 World Cup?",
    "Кто выиграл чемпионат мира 1966 года?",
    "What is the capital of Australia?",
    "Какая столица Австралии?",
    "How do I bake sourdough bread?",
    "Кто написал роман «Война и мир»?",
]


@pytest.fixture(scope="module")
def evidence_for(index, book):
    def evidence(text, filters=None):
        question = Question.of(text, filters)
        search = Retriever(index).retrieve(question)
        return weigh(question, search, book, index.scale), search

    return evidence


@pytest.mark.parametrize("text", INSIDE)
def test_a_question_that_the_archive_answers_is_above_the_floor(evidence_for, text):
    evidence, search = evidence_for(text)
    assert relevant(evidence, search.passages)


@pytest.mark.parametrize("text", OUTSIDE)
def test_a_question_that_it_does_not_answer_is_below_the_floor(evidence_for, text):
    evidence, search = evidence_for(text)
    assert not relevant(evidence, search.passages)


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_the_floor_never_falls_as_the_archive_grows(one, another):
    assert floor(min(one, another)) <= floor(max(one, another))


@given(st.integers(0, 10**9))
def test_the_floor_stays_between_its_ends(passages):
    assert floor(0) == floor(1) == FLOOR <= floor(passages) <= FLOOR_MOST


@given(st.lists(st.floats(-1, 2)), st.integers(1, 10**4))
def test_what_is_relevant_is_all_that_reaches_the_floor_in_the_order_given(everything, relevances, passages):
    evidence = [Evidence(hit=everything.hits[0], relevance=r, sentences=()) for r in relevances]
    kept = [found.relevance for found in relevant(evidence, passages)]
    assert kept == [r for r in relevances if r >= floor(passages)]


def test_the_most_relevant_passage_and_its_best_sentence_come_first(evidence_for):
    evidence, _ = evidence_for("What was said about the Ongjin peninsula?")
    relevances = [found.relevance for found in evidence]
    assert relevances == sorted(relevances, reverse=True)
    assert "Ongjin" in evidence[0].hit.passage.texts["en"]
    for found in evidence:
        scores = [sentence.score for sentence in found.sentences]
        assert scores == sorted(scores, reverse=True)


def test_only_the_best_few_passages_are_looked_at_closely(evidence_for):
    evidence, search = evidence_for("Why did Moscow reject an attack on the South?")
    assert {found.hit.passage.id for found in evidence} == {hit.passage.id for hit in search.hits[:WEIGHED]}


@pytest.mark.parametrize("language", ["ru", "en"])
def test_sentences_are_taken_only_from_texts_that_may_be_searched(evidence_for, language):
    evidence, _ = evidence_for("Why did Moscow reject an attack on the South?", Filters(languages=(language,)))
    assert {sentence.language for found in evidence for sentence in found.sentences} == {language}


@pytest.mark.parametrize("text", INSIDE)
def test_sentences_are_places_inside_their_passage(evidence_for, text):
    for found in evidence_for(text)[0]:
        assert all(found.hit.passage.spans[s.language].holds(s.span) for s in found.sentences)


def test_nothing_found_gives_no_evidence(index, book, everything):
    search = Search(hits=(), vector=everything.vector, documents=0, passages=0)
    assert weigh(Question.of("Why did Moscow refuse?"), search, book, index.scale) == []
