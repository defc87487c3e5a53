from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.document import Span
from rag.compose import MOST_QUOTATIONS, ExtractiveComposer
from rag.evidence import Evidence, Weighed, weigh
from rag.phrases import source_line
from rag.question import Filters, Question
from rag.retrieve import Retriever
from rag.verify import LEAST_QUOTED_WORDS
from tests.small_archive import RUSSIAN_ONLY

QUESTION = Question.of("Why did Moscow reject an attack on the South?")


@pytest.fixture(scope="module")
def found(everything, documents):
    """Evidence of the sample's sentences, in their order, with these scores."""
    hit = next(hit for hit in everything.hits if hit.document.id == "112133")
    text = hit.document.texts["ru"]
    ends = [i for i, c in enumerate(text) if c == "."]
    spans = [Span(start + 1, end + 1) for start, end in pairwise(ends)]
    long = [span for span in spans if len(span.of(text).split()) >= LEAST_QUOTED_WORDS]

    def evidence(scores):
        weighed = [Weighed(hit=hit, language="ru", span=s, score=x) for s, x in zip(long, scores, strict=False)]
        return [Evidence(hit=hit, relevance=1.0, sentences=tuple(weighed))]

    return evidence


def composed(question, evidence):
    return tuple(ExtractiveComposer().write(question, evidence))


def quoted(sentences):
    return [quotation for sentence in sentences for quotation in sentence.quotations]


def test_the_sentences_that_bear_most_on_the_question_are_quoted_best_first(found):
    evidence = found([0.2, 0.9, 0.7, 0.8])
    spans = [sentence.span for sentence in evidence[0].sentences]
    draft = composed(QUESTION, evidence)
    assert [quotation.span for quotation in quoted(draft)] == [spans[1], spans[3], spans[2]]


@given(st.lists(st.floats(-1, 1), min_size=1, max_size=8))
def test_the_best_sentence_is_always_quoted_and_none_that_bears_much_less(found, scores):
    evidence = found(scores)
    score_of = {sentence.span: sentence.score for sentence in evidence[0].sentences}
    chosen = [score_of[quotation.span] for quotation in quoted(composed(QUESTION, evidence))]
    assert chosen[0] == max(scores)
    assert chosen == sorted(chosen, reverse=True)
    assert len(chosen) <= MOST_QUOTATIONS
    assert min(chosen) >= max(scores) - 0.4 * abs(max(scores)) - 1e-9


def test_a_sentence_too_short_to_prove_anything_is_not_chosen(everything):
    hit = everything.hits[0]
    language = next(iter(hit.passage.spans))
    start = hit.passage.spans[language].start
    short = Weighed(hit=hit, language=language, span=Span(start, start + 5), score=1.0)
    draft = composed(QUESTION, [Evidence(hit=hit, relevance=1.0, sentences=(short,))])
    assert draft == ()


@pytest.mark.parametrize("text", ["Why did Moscow reject an attack?", "Почему Москва отвергла наступление?"])
def test_only_fixed_phrases_in_the_language_of_the_question_are_written(index, book, text):
    question = Question.of(text)
    evidence = weigh(question, Retriever(index).retrieve(question), book, index)
    draft = composed(question, evidence)
    assert draft
    for sentence in draft:
        document = next(e.hit.document for e in evidence if e.hit.document.id == sentence.quotations[0].document_id)
        assert sentence.text == source_line(document, question.language)
        assert len(sentence.quotations) == 1


@settings(max_examples=10)
@given(st.permutations(["Moscow", "attack", "South", "army", "Korea", "war"]))
def test_the_same_question_gives_the_same_draft(index, book, words):
    question = Question.of(" ".join(words), keywords=True)
    evidence = weigh(question, Retriever(index).retrieve(question), book, index)
    assert composed(question, evidence) == composed(question, evidence)


def test_what_is_quoted_is_in_the_language_of_the_question_where_there_is_one(index, book):
    question = Question.of("Why was the repair of the railway bridge delayed?", Filters(archives=("RGANI",)))
    evidence = weigh(question, Retriever(index).retrieve(question), book, index)
    assert {q.language for q in quoted(composed(question, evidence))} == {"ru"}
    assert {q.document_id for q in quoted(composed(question, evidence))} == {RUSSIAN_ONLY}
