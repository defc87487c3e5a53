"""Around the best passage: reasons, lists and courses are read on; a question for one thing is not."""

from pathlib import Path

import pytest

from index.build import update
from rag.evidence import weigh
from rag.extractive.choosing import choose
from rag.pipeline import Pipeline
from rag.question import Filters, Question
from rag.readon import read_on
from rag.retrieve import Retriever
from tests.small_archive import SAMPLE

OTHERS = Path(__file__).parents[2] / "eval" / "sets" / "archive"


@pytest.fixture(scope="module")
def crowded(tmp_path_factory):
    """The sample among documents that give reasons for other things."""
    folder = tmp_path_factory.mktemp("crowded")
    update(folder / "index", [SAMPLE, OTHERS])
    with Pipeline.open(folder / "index") as pipeline:
        yield pipeline


@pytest.mark.parametrize(
    "question",
    ["What reasons did Moscow give against the offensive?", "Какие доводы привела Москва против наступления?"],
)
def test_reasons_are_found_around_the_only_passage_that_says_whose_they_are(crowded, question):
    answer = crowded.ask(Question.of(question))
    words = " ".join(c.parallel.words + c.words for s in answer.statements for c in s.citations)
    assert {c.document.id for s in answer.statements for c in s.citations} == {"112133"}
    assert "the necessary superiority of military forces" in words
    assert "to develop the partisan movement and prepare" in words


@pytest.mark.parametrize("text", ["Why was the attack refused?", "List the tasks.", "Что произошло на юге?"])
def test_what_stands_around_the_best_passage_is_added_and_nothing_is_lost(index, book, text):
    question = Question.of(text, Filters(documents=("112133",)))
    search = Retriever(index).retrieve(question, count=2)
    evidence = weigh(question, search, book, index)
    more = read_on(question, search, evidence, book, index)
    assert len({found.hit.passage.id for found in more}) == len(more) > len(evidence)
    assert {found.hit.passage.id for found in evidence} < {found.hit.passage.id for found in more}
    assert {found.hit.document.id for found in more} == {"112133"}
    assert [found.relevance for found in more] == sorted((found.relevance for found in more), reverse=True)


@pytest.mark.parametrize("text", ["When was it decided?", "Кому поручено встретиться?", "Was the army prepared?"])
def test_where_one_thing_is_asked_for_nothing_is_added(index, book, text):
    question = Question.of(text)
    search = Retriever(index).retrieve(question, count=2)
    evidence = weigh(question, search, book, index)
    assert read_on(question, search, evidence, book, index) == evidence


def test_nothing_is_read_in_a_language_that_may_not_be_searched(index, book):
    question = Question.of("List the tasks of Moscow.", Filters(languages=("en",)))
    search = Retriever(index).retrieve(question, count=1)
    more = read_on(question, search, weigh(question, search, book, index), book, index)
    assert {s.language for found in more for s in found.sentences} == {"en"}


def test_a_reason_in_a_document_that_is_about_something_else_is_not_chosen(crowded):
    question = Question.of("What reasons did Moscow give against the offensive?")
    assert {s.hit.document.id for s in choose(question, crowded.trace(question).evidence)} == {"112133"}
