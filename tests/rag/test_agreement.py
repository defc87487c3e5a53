"""What two documents say of one thing, over records of a river port in two years."""

from dataclasses import replace
from itertools import permutations

import pytest

from index.build import update
from index.store import Index
from rag.compose import ExtractiveComposer
from rag.evidence import Weighed, weigh
from rag.extractive.agreement import compared
from rag.extractive.repeats import repeats
from rag.extractive.wish import wish
from rag.question import Question
from rag.retrieve import Retriever
from rag.sentences import SentenceBook
from tests.records import Record, write_all

TIMBER = Question.of("How much timber does the repair of the pier need?")


def port(number, date, loads, day, more=""):
    return Record(
        number=number,
        title=f"Letter from the Port, {date}",
        date=date,
        russian=(f"На ремонт причала требуется {loads} кубометров леса и две недели. Караван вышел {day} апреля.",),
        english=(f"The repair of the pier needs {loads} cubic meters of timber and two weeks of work.{more} "
                 f"The convoy left on April {day}.",),
    )  # fmt: skip


RECORDS = (
    port("700011", "May 1957", 27, 19),
    port("700012", "May 1956", 18, 12),
    port("700013", "May 1958", 18, 12, " All of it must be oak."),
    port("700014", "June 1958", 18, 12),
)


@pytest.fixture(scope="module")
def ports(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ports")
    update(folder / "index", [write_all(folder, RECORDS)])
    with Index.open(folder / "index") as index:
        yield index


def evidence(ports, question):
    return weigh(question, Retriever(ports).retrieve(question), SentenceBook(ports.catalogue), ports)


def sentences(ports, document_id, language="en"):
    """The sentences of a document in order."""
    question = TIMBER if language == "en" else Question.of("Сколько леса требуется на ремонт?")
    told = [s for e in evidence(ports, question) for s in e.sentences if s.hit.document.id == document_id]
    return sorted((s for s in told if s.language == language), key=lambda s: s.span)


@pytest.mark.parametrize(("text", "figures", "same"), [
    (TIMBER.text, ("18", "27"), False),
    ("Сколько кубометров леса требуется на ремонт причала?", ("18", "27"), False),
])  # fmt: skip
def test_documents_that_give_different_numbers_stand_side_by_side_the_earlier_first(ports, text, figures, same):
    question = Question.of(text)
    among = [e for e in evidence(ports, question) if e.hit.document.id in ("700011", "700012")]
    first, *rest = ExtractiveComposer().write(question, among)
    assert [q.document_id for q in first.quotations] == ["700012", "700011"]
    assert all(f"{figure} — " in first.text for figure in figures)
    assert first.text.startswith("The documents give different" if question.language == "en" else "Документы называют")
    assert not [q for s in rest for q in s.quotations if q.words in {x.words for x in first.quotations}]


def test_the_same_number_is_told_to_be_the_same_and_a_date_likewise(ports):
    one, two = sentences(ports, "700012")[0], sentences(ports, "700013")[0]
    found = compared(TIMBER, wish("en", TIMBER.text), [one, two])
    assert found.same
    assert found.figures == ("18", "18")
    when = Question.of("When did the convoy leave?")
    later, earlier = (sentences(ports, document_id)[-1] for document_id in ("700011", "700012"))
    assert not compared(when, wish("en", when.text), [later, earlier]).same


def test_nothing_is_compared_unless_it_is_asked_for_of_one_thing(ports):
    one, two = sentences(ports, "700011")[0], sentences(ports, "700012")[0]
    for text in ("Who repairs the pier?", "How much timber did the pier need in 1957?", "How many men are needed?"):
        question = Question.of(text)
        found = compared(question, wish("en", text), [one, two])
        assert found is None or found.figures == ("18", "27")
    assert compared(Question.of("Who repairs it?"), wish("en", "Who repairs it?"), [one, two]) is None
    assert compared(TIMBER, wish("en", TIMBER.text), [one, sentences(ports, "700011")[1]]) is None


def test_the_same_sentence_of_two_copies_is_quoted_once(ports):
    among = [e for e in evidence(ports, TIMBER) if e.hit.document.id in ("700012", "700014")]
    quotations = [q for s in ExtractiveComposer().write(TIMBER, among) for q in s.quotations]
    assert len({q.words for q in quotations}) == len(quotations)
    assert sum("timber" in q.words for q in quotations) == 1


def test_a_sentence_with_another_number_is_no_repetition_and_the_same_in_both_languages_is_one(ports):
    timber = {id_: sentences(ports, id_)[0] for id_ in ("700011", "700012", "700014")}
    assert repeats(timber["700012"], timber["700014"])
    assert not repeats(timber["700011"], timber["700012"])
    for one, two in permutations(timber.values(), 2):
        assert repeats(one, two) == repeats(two, one)
    english = timber["700012"]
    russian_text = english.hit.document.texts["ru"]
    end = russian_text.index(" Караван")
    russian = Weighed(hit=english.hit, language="ru", span=english.span._replace(start=0, end=end), score=0.5)
    assert not repeats(english, replace(russian, span=russian.span._replace(end=end // 3)))
