import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.document import Span
from rag.evidence import evidence_of, weigh
from rag.question import Filters, Question
from rag.retrieve import Retriever, Search
from rag.signals import SIGNALS, Signals
from tests.small_archive import ANSWERED


@pytest.fixture(scope="module")
def evidence_for(index, book):
    def evidence(text, filters=None):
        question = Question.of(text, filters)
        search = Retriever(index).retrieve(question)
        return weigh(question, search, book, index), search

    return evidence


def test_the_most_relevant_passage_and_its_best_sentence_come_first(evidence_for):
    evidence, _ = evidence_for("What was said about the Ongjin peninsula?")
    relevances = [found.relevance for found in evidence]
    assert relevances == sorted(relevances, reverse=True)
    assert "Ongjin" in evidence[0].hit.passage.texts["en"]
    for found in evidence:
        scores = [sentence.score for sentence in found.sentences]
        assert scores == sorted(scores, reverse=True)


def test_every_passage_found_is_looked_at_closely(evidence_for):
    evidence, search = evidence_for("Why did Moscow reject an attack on the South?")
    assert {found.hit.passage.id for found in evidence} == {hit.passage.id for hit in search.hits}


@given(st.dictionaries(st.sampled_from(SIGNALS), st.floats(-1, 1)))
def test_a_sentence_scores_the_weighed_sum_of_its_signals(everything, weights):
    weights = dict.fromkeys(SIGNALS, 0.0) | weights
    hit = everything.hits[0]
    (language, span), *_ = hit.passage.spans.items()
    rows = np.arange(3 * len(SIGNALS), dtype=np.float32).reshape(3, -1) / 100
    spans = tuple(Span(span.start + n, span.start + n + 1) for n in range(3))
    evidence = evidence_of(hit, Signals(language, spans, rows), weights)
    for sentence in evidence.sentences:
        row = rows[spans.index(sentence.span)]
        assert sentence.score == pytest.approx(sum(weights[s] * x for s, x in zip(SIGNALS, row, strict=True)), abs=1e-5)
    assert evidence.relevance == max(sentence.score for sentence in evidence.sentences)


@pytest.mark.parametrize("language", ["ru", "en"])
def test_sentences_are_taken_only_from_texts_that_may_be_searched(evidence_for, language):
    evidence, _ = evidence_for("Why did Moscow reject an attack on the South?", Filters(languages=(language,)))
    assert {sentence.language for found in evidence for sentence in found.sentences} == {language}


@pytest.mark.parametrize("text", ANSWERED)
def test_sentences_are_places_inside_their_passage(evidence_for, text):
    for found in evidence_for(text)[0]:
        assert all(found.hit.passage.spans[s.language].holds(s.span) for s in found.sentences)


def test_nothing_found_gives_no_evidence(index, book, everything):
    search = Search(hits=(), vector=everything.vector, documents=0, passages=0)
    assert weigh(Question.of("Why did Moscow refuse?"), search, book, index) == []
