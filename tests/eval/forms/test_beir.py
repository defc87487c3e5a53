"""Question sets in BEIR's form."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.answers import Source
from eval.cases import Case
from eval.errors import CaseError
from eval.forms.beir import document_of, read_beir, read_corpus, read_qrels, read_queries, write_beir, write_qrels

DOCUMENTS = [f"d{n}" for n in range(5)]
LINES = st.text('abв «»"\\\t\u2028\u0085', max_size=12).map(lambda text: f"x{text}")


@st.composite
def cases(draw):
    made = []
    for pair in range(draw(st.integers(0, 3))):
        grades = draw(st.dictionaries(st.sampled_from(DOCUMENTS), st.integers(1, 3)))
        answerable = bool(grades) or draw(st.booleans())
        absence = None if answerable else draw(st.sampled_from(["absent", "near miss", "evidence removed"]))
        asked = Case(
            id=str(pair),
            pair=str(pair),
            language="en",
            question=draw(LINES),
            answerable=answerable,
            absence=absence,
            kind=draw(st.none() | st.just("who")),
            grades=grades,
        )
        both = draw(st.sampled_from([("en",), ("ru",), ("ru", "en")]))
        made += [replace(asked, id=f"{pair}-{x}", language=x, question=f"{asked.question} {x}") for x in both]
    return made


SOURCES = st.fixed_dictionaries(
    {id_: st.dictionaries(st.sampled_from(["ru", "en"]), LINES, min_size=1) for id_ in DOCUMENTS}
).map(lambda held: [Source(id=id_, texts=texts, title=f"Title of {id_}") for id_, texts in held.items()])


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("beir")


@given(asked=cases(), sources=SOURCES)
def test_a_set_comes_back_as_it_was_written(folder, asked, sources):
    write_beir(folder, asked, sources)
    assert read_beir(folder) == (asked, sources)


@given(
    qrels=st.dictionaries(
        LINES.filter(lambda x: "\t" not in x),
        st.dictionaries(st.sampled_from(DOCUMENTS), st.integers(0, 3), min_size=1),
    )
)
def test_judgements_come_back_as_they_were_written(folder, qrels):
    write_qrels(folder / "qrels.tsv", qrels)
    assert read_qrels(folder / "qrels.tsv") == qrels


def write(folder, queries=(), corpus=(), qrels=()):
    (folder / "qrels").mkdir()
    (folder / "queries.jsonl").write_text("".join(f"{json.dumps(one)}\n" for one in queries), "utf-8")
    (folder / "corpus.jsonl").write_text("".join(f"{json.dumps(one)}\n" for one in corpus), "utf-8")
    (folder / "qrels" / "test.tsv").write_text(
        "".join(f"{line}\n" for line in ("query-id\tcorpus-id\tscore", *qrels)), "utf-8"
    )
    return folder


QUERY = {"_id": "q1", "text": "Кто просил угля?"}
DOCUMENT = {"_id": "d1", "title": "", "text": "Coal."}


def test_a_plain_set_of_others_is_read(tmp_path):
    spare = {"_id": "q2", "text": "Not of this split"}
    write(tmp_path, [QUERY, spare], [DOCUMENT, {"_id": "d2", "text": "Iron."}], ["q1\td1\t1", "q1\td2\t0"])
    (asked,), sources = read_beir(tmp_path)
    assert (asked.id, asked.pair, asked.language, asked.answerable, asked.grades) == ("q1", "q1", "ru", True, {"d1": 1})
    assert [source.texts for source in sources] == [{"": "Coal."}, {"": "Iron."}]


def test_a_question_that_nothing_helps_has_no_answer(tmp_path):
    (asked,), _ = read_beir(write(tmp_path, [QUERY], [DOCUMENT], ["q1\td1\t0"]))
    assert (asked.answerable, asked.absence, asked.grades) == (False, "absent", {})


def test_texts_of_one_document_and_its_leaves_are_one_unit_of_judgement(tmp_path):
    corpus = [{"_id": "wc1/ru", "text": "Уголь."}, {"_id": "wc1/en", "text": "Coal."}]
    write(tmp_path, [QUERY], corpus, ["q1\twc1/ru#l87\t1", "q1\twc1/ru#l88\t3", "q1\twc1/en\t2"])
    (asked,), (source,) = read_beir(tmp_path)
    assert asked.grades == {"wc1": 3}
    assert source.texts == {"ru": "Уголь.", "en": "Coal."}


UNITS = {"d1": "d1", "d1#l5": "d1", "d1/ru": "d1", "d1/ru#l5": "d1", "a/b": "a/b", "/ru": "/ru", "#l5": "#l5"}


@pytest.mark.parametrize(("unit", "document"), UNITS.items(), ids=UNITS)
def test_a_unit_names_its_document(unit, document):
    assert document_of(unit) == document


BAD = {
    "no JSON": (read_queries, '{"_id": "q1", "text": "x"}\n{', "line 2: not JSON"),
    "no object": (read_queries, "[]", "line 1: not an object"),
    "no id": (read_queries, '{"text": "x"}', "line 1: _id is None"),
    "a number as id": (read_queries, '{"_id": 1, "text": "x"}', "line 1: _id is 1"),
    "no text": (read_corpus, '{"_id": "d1", "text": " "}', "line 1: text is ' '"),
    "a question twice": (read_queries, '{"_id": "q", "text": "x"}\n{"_id": "q", "text": "y"}', "line 2: the id 'q'"),
    "a document twice": (read_corpus, '{"_id": "d", "text": "x"}\n{"_id": "d", "text": "y"}', "line 2: the id 'd'"),
    "a text twice": (
        read_corpus,
        '{"_id": "d/ru", "text": "x"}\n{"_id": "d/ru", "text": "y"}',
        "line 2: the id 'd/ru'",
    ),
    "a third language": (read_queries, '{"_id": "q", "text": "x", "metadata": {"lang": "de"}}', "line 1: lang is 'de'"),
    "odd absence": (read_queries, '{"_id": "q", "text": "x", "metadata": {"absence": "lost"}}', "absence 'lost'"),
    "odd answerable": (
        read_queries,
        '{"_id": "q", "text": "x", "metadata": {"answerable": "no"}}',
        "answerable is 'no'",
    ),
    "no head": (read_qrels, "q1\td1\t1\n", "line 1: no head"),
    "two columns": (read_qrels, "query-id\tcorpus-id\tscore\nq1\td1\n", "line 2: 2 columns"),
    "a judgement twice": (read_qrels, "query-id\tcorpus-id\tscore\nq\td\t1\nq\td\t2\n", "line 3: unit 'd'"),
}


@pytest.mark.parametrize(("read", "text", "told"), BAD.values(), ids=BAD)
def test_a_bad_line_is_refused_by_its_number(tmp_path, read, text, told):
    (tmp_path / "file").write_text(text, "utf-8")
    with pytest.raises(CaseError, match=told):
        read(tmp_path / "file")


SETS = {
    "a question not there": ([QUERY], ["q9\td1\t1"], "'q9' that is not among the queries"),
    "a document not there": ([QUERY], ["q1\td9\t1"], "has no document 'd9'"),
    "a grade too good": ([QUERY], ["q1\td1\t4"], "is 4; the best there is is 3"),
    "an answer denied": ([QUERY | {"metadata": {"answerable": False}}], ["q1\td1\t1"], "said to have no answer"),
}


@pytest.mark.parametrize(("queries", "qrels", "told"), SETS.values(), ids=SETS)
def test_a_set_that_does_not_agree_with_itself_is_refused(tmp_path, queries, qrels, told):
    write(tmp_path, queries, [DOCUMENT], qrels)
    with pytest.raises(CaseError, match=told):
        read_beir(tmp_path)


def test_an_id_with_a_tab_cannot_be_written(folder):
    with pytest.raises(ValueError, match="parted by tabs"):
        write_qrels(folder / "x", {"a\tb": {"d1": 1}})
