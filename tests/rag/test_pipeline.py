import shutil
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice

import pytest

from index.build import update
from index.errors import IndexMissingError
from rag.answer import Draft, Quotation
from rag.confidence import FLOOR, NEAR
from rag.pipeline import STAGES, Pipeline
from rag.question import Filters, Question
from rag.record import answer_record
from rag.verify import Gate
from tests.small_archive import ENGLISH_ONLY, RECORDS, RUSSIAN_ONLY, SAMPLE, TYPOGRAPHY

QUESTIONS = [
    "Why did Moscow reject an attack on the South?",
    "Почему Москва считала наступление на юг недопустимым?",
    "What was said about the Ongjin peninsula?",
    "Сколько муки просила корейская сторона?",
    "Who won the 1966 World Cup?",
    "Кто выиграл чемпионат мира 1966 года?",
]


def citations(answer):
    return [citation for statement in answer.statements for citation in statement.citations]


@pytest.mark.parametrize("text", QUESTIONS[:4])
def test_an_answer_quotes_its_own_language_with_the_other_beside_it(pipeline, text):
    question = Question.of(text)
    answer = pipeline.ask(question)
    assert not answer.withheld
    for citation in citations(answer):
        assert citation.language == question.language
        assert citation.verdict == "exact"
        assert citation.parallel.language != question.language


@pytest.mark.parametrize(
    ("text", "words", "facing"),
    [
        ("What was said about the Ongjin peninsula?", "Ongjin peninsula", "Ондинского полуострова"),
        ("Почему военное наступление недопустимо?", "совершенно неподготовленным", "completely prepared for"),
        ("Сколько муки просила корейская сторона?", "тонн му\u00adки", "fifty thousand tons of flour"),
        ("How was the rice harvest?", "even worse than last year’s", "ещё хуже прошлогоднего"),
    ],
    ids=["peninsula", "unprepared", "flour", "harvest"],
)
def test_a_quotation_and_its_counterpart_stand_as_the_document_has_them(pipeline, text, words, facing):
    found = citations(pipeline.ask(Question.of(text)))
    assert [c for c in found if words in c.words and facing in c.parallel.words]


@pytest.mark.parametrize(("text", "document_id", "language"), [
    ("Why was the repair of the railway bridge delayed?", RUSSIAN_ONLY, "ru"),
    ("Что открыли венгерские врачи для раненых?", ENGLISH_ONLY, "en"),
])  # fmt: skip
def test_a_document_in_one_language_answers_a_question_in_the_other(pipeline, text, document_id, language):
    found = citations(pipeline.ask(Question.of(text)))
    assert {(c.document.id, c.language, c.parallel) for c in found} == {(document_id, language, None)}


def test_references_are_those_of_the_catalogue(pipeline):
    citation = citations(pipeline.ask(Question.of("What was said about the Ongjin peninsula?")))[0]
    assert [reference.text for reference in citation.references] == [
        "APRF, f. 3, op. 65, d. 776, ll. 30-32",
        "AVP RF, Fond 059a, Opis 5a, Delo 3, Papka 11, listy 75-77",
    ]


@pytest.mark.parametrize("text", QUESTIONS[4:])
def test_a_question_outside_the_archive_is_not_answered_but_told_what_was_searched(pipeline, text):
    answer = pipeline.ask(Question.of(text))
    assert answer.abstained
    assert not answer.withheld
    assert len(answer.documents) == 3
    searched = ("of 5 documents", "passages") if answer.question.language == "en" else ("документов 5 из 5", "отрывков")
    assert all(words in answer.reason for words in searched)


def test_limits_that_leave_nothing_are_named_where_nothing_is_found(pipeline):
    answer = pipeline.ask(Question.of(QUESTIONS[0], Filters(archives=("NARA",))))
    assert answer.abstained
    assert answer.documents == ()
    assert "0 of 5 documents, 0 passages (archive NARA)" in answer.reason


def test_the_same_question_gives_the_same_record(home, pipeline):
    with Pipeline.open(home) as another:
        for text in QUESTIONS:
            records = [answer_record(p.ask(Question.of(text)), seconds=0) for p in (pipeline, pipeline, another)]
            assert records[0] == records[1] == records[2]


def test_several_threads_get_the_answers_that_one_gets(home, pipeline):
    expected = {text: answer_record(pipeline.ask(Question.of(text)), seconds=0) for text in QUESTIONS}
    asked = list(islice(cycle(QUESTIONS), 18))
    with Pipeline.open(home) as shared, ThreadPoolExecutor(6) as pool:
        records = list(pool.map(lambda text: answer_record(shared.ask(Question.of(text)), seconds=0), asked))
    assert records == [expected[text] for text in asked]


def test_a_search_gives_passages_without_judging_them(pipeline):
    assert len(pipeline.search(Question.of("Who won the 1966 World Cup?"), count=3).hits) == 3


@pytest.fixture
def growing(tmp_path):
    """An archive with the sample alone, its index, and what adds a document to both."""
    archive = tmp_path / "archive"
    archive.mkdir()
    shutil.copy(SAMPLE, archive)
    update(tmp_path / "index", [archive])

    def grow(record_id):
        RECORDS[record_id].write(archive)
        update(tmp_path / "index", [archive])

    return tmp_path / "index", grow


def test_a_newer_generation_is_noticed_between_two_questions(growing):
    home, grow = growing
    question = Question.of("Почему задерживается ремонт железнодорожного моста?")
    with Pipeline.open(home) as pipeline:
        before = pipeline.ask(question)
        grow(RUSSIAN_ONLY)
        after = pipeline.ask(question)
    assert before.abstained
    assert [document.id for document in after.documents] == [RUSSIAN_ONLY]


def test_what_is_being_read_stays_whole_when_newer_is_published_and_is_dropped_when_nobody_reads_it(growing):
    home, grow = growing
    with Pipeline.open(home) as pipeline:
        with pipeline.opened() as former:
            grow(RUSSIAN_ONLY)
            assert pipeline.search(Question.of("мост", keywords=True)).documents == 2
            grow(ENGLISH_ONLY)
            assert [document.id for document in former.catalogue.documents()] == ["112133"]
        grow(TYPOGRAPHY)
        assert not (home / "generations" / former.manifest.generation).exists()


def test_a_closed_pipeline_answers_nothing(home):
    pipeline = Pipeline.open(home)
    pipeline.close()
    with pytest.raises(ValueError, match="the pipeline is closed"):
        pipeline.ask(Question.of("Why did Moscow refuse?"))


def test_where_there_is_no_index_there_is_no_pipeline(tmp_path):
    with pytest.raises(IndexMissingError, match=r"no index at '.*nowhere'; make one with: delo index"):
        Pipeline.open(tmp_path / "nowhere")


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_trace_is_the_answer_and_what_it_was_made_of(pipeline, text):
    question = Question.of(text)
    trace = pipeline.trace(question)
    assert answer_record(trace.answer, seconds=0) == answer_record(pipeline.ask(question), seconds=0)
    hits = pipeline.search(question).hits
    assert [hit.passage.id for hit in trace.search.hits] == [hit.passage.id for hit in hits]
    assert tuple(trace.seconds) == STAGES
    assert all(seconds >= 0 for seconds in trace.seconds.values())


def test_without_the_document_of_the_answer_there_is_none(pipeline):
    question = Question.of("What was said about the Ongjin peninsula?")
    trace = pipeline.trace(question, among=RECORDS.keys())
    assert "112133" not in {hit.document.id for hit in trace.search.hits}
    assert "112133" in {hit.document.id for hit in pipeline.search(question).hits}


@pytest.mark.parametrize("text", [*QUESTIONS, "Какие доводы привела Москва против наступления?"])
def test_where_nothing_answers_the_nearest_passages_are_quoted_if_any_is_near(pipeline, text):
    answer = pipeline.ask(Question.of(text))
    assert bool(answer.nearest) == (NEAR <= answer.confidence < FLOOR)
    assert not (answer.nearest and answer.statements)
    for citation in answer.nearest:
        assert citation.words == citation.span.of(citation.document.texts[citation.language])


def test_of_what_is_nearest_only_what_stands_is_shown(everything, counterparts):
    question = Question.of("Did Moscow agree?")
    true = Quotation(document_id="112133", language="en", words="it is necessary to consider that if military actions")
    false = Quotation(document_id="112133", language="en", words="Moscow approved the attack at once")
    answer = Gate(question, everything, counterparts).answer(
        Draft(composer="test"), (), confidence=0.1, nearest=(true, false)
    )
    assert [citation.words for citation in answer.nearest] == [true.words]
    assert answer.abstained


@pytest.mark.parametrize("way", ["meaning", "words", "names"])
def test_one_way_of_searching_alone_finds_what_it_finds(home, way):
    with Pipeline.open(home, ways={way}) as alone:
        hits = alone.search(Question.of("What was said about the Ongjin peninsula?")).hits
    assert hits
    assert all(found.startswith(way) for hit in hits for found in hit.found_by)
