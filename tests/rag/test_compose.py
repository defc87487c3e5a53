from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.document import Span, covering
from rag.compose import ExtractiveComposer
from rag.evidence import Evidence, Weighed, weigh
from rag.extractive.choosing import MOST, MOST_OF_LIST, choose
from rag.phrases import source_line
from rag.question import Filters, Question
from rag.retrieve import Retriever
from rag.verify import LEAST_QUOTED_WORDS
from tests.small_archive import RUSSIAN_ONLY

PLAIN = Question.of("What is said of the peninsula?")
ASKED = ["What is said?", "Why was it refused?", "List the measures taken.", "Когда это было?", "Какие были доводы?"]
MILITARY = {"en": "the necessary superiority of military forces", "ru": "необходимого превосходства вооруженных сил"}
POLITICAL = {"en": "to develop the partisan movement and prepare", "ru": "для развертывания партизанского движения"}


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


def test_the_sentences_that_bear_most_on_the_question_are_quoted_in_their_order_in_the_text(found):
    evidence = found([0.7, 0.9, 0.1, 0.8, 0.75])
    spans = [sentence.span for sentence in evidence[0].sentences]
    assert [quotation.span for quotation in quoted(composed(PLAIN, evidence))] == [spans[1], covering(spans[3:5])]


@given(st.lists(st.floats(-1, 1), min_size=1, max_size=8))
def test_the_best_sentence_is_always_quoted_and_none_that_bears_much_less(found, scores):
    evidence = found(scores)
    chosen = choose(PLAIN, evidence)
    assert chosen[0].score == max(scores)
    assert [sentence.score for sentence in chosen] == sorted((s.score for s in chosen), reverse=True)
    assert len(chosen) <= MOST
    assert chosen[-1].score >= max(scores) - 0.5


@given(st.lists(st.floats(-1, 1), min_size=1, max_size=8), st.sampled_from(ASKED))
def test_a_draft_quotes_each_place_once_as_it_stands_and_few(found, scores, text):
    evidence = found(scores)
    document = evidence[0].hit.document
    quotations = quoted(composed(Question.of(text), evidence))
    assert 1 <= len(quotations) <= MOST_OF_LIST
    assert all(q.words == q.span.of(document.texts[q.language]) for q in quotations)
    assert all(one.span.end <= two.span.start for one, two in pairwise(quotations))


def test_a_sentence_too_short_to_prove_anything_is_not_chosen(everything):
    hit = everything.hits[0]
    language = next(iter(hit.passage.spans))
    start = hit.passage.spans[language].start
    short = Weighed(hit=hit, language=language, span=Span(start, start + 5), score=1.0)
    draft = composed(PLAIN, [Evidence(hit=hit, relevance=1.0, sentences=(short,))])
    assert draft == ()


@pytest.mark.parametrize("text", ["Why did Moscow reject an attack?", "Почему Москва отвергла наступление?"])
def test_each_document_is_told_once_by_a_fixed_line_in_the_language_of_the_question(index, book, text):
    question = Question.of(text)
    evidence = weigh(question, Retriever(index).retrieve(question), book, index)
    draft = composed(question, evidence)
    assert draft
    for sentence in draft:
        (document_id,) = {quotation.document_id for quotation in sentence.quotations}
        document = next(e.hit.document for e in evidence if e.hit.document.id == document_id)
        assert sentence.text == source_line(document, question.language)
    assert len({sentence.text for sentence in draft}) == len(draft)


REASONS = [
    "What reasons did Moscow give against the offensive?",
    "Why did Moscow reject an attack on the South?",
    "On what grounds did the Soviet side refuse to attack?",
    "What were the objections to the invasion of South Korea?",
    "Какие доводы привела Москва против наступления?",
    "По каким причинам Москва отклонила предложение о наступлении?",
    "Почему нельзя было начинать войну?",
]


@pytest.mark.parametrize("text", REASONS)
def test_reasons_that_a_document_lists_under_parallel_openings_are_each_quoted(index, book, text):
    question = Question.of(text, Filters(documents=("112133",)))
    draft = composed(question, weigh(question, Retriever(index).retrieve(question), book, index))
    paragraphs = [q for q in quoted(draft) if q.document_id == "112133"]
    military, political = MILITARY[question.language], POLITICAL[question.language]
    assert sum(military in q.words for q in paragraphs) == 1
    assert sum(political in q.words for q in paragraphs) == 1
    assert len(paragraphs) <= MOST


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
