"""Questions in the form of SQuAD and XQuAD."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.errors import CaseError
from eval.forms.squad import languages, read_squad, write_squad
from eval.metrics.nuggets import matched
from index.document import Span

ENGLISH = "Coal was sent on Monday. Three trains carried it.\n\nThe bridge held."
RUSSIAN = "Уголь отправили в понедельник. Его везли три состава.\n\nМост выдержал."


def squad(context, *questions, title="Bridge"):
    return {"version": "1.1", "data": [{"title": title, "paragraphs": [{"context": context, "qas": list(questions)}]}]}


def asked(context, id_, question, *answers, **more):
    return {
        "id": id_,
        "question": question,
        "answers": [{"text": a, "answer_start": context.index(a)} for a in answers],
    } | more


def write(path, plain):
    path.write_text(json.dumps(plain, ensure_ascii=False), "utf-8")
    return path


@pytest.fixture
def english(tmp_path):
    questions = (
        asked(ENGLISH, "q1", "How many?", "Three", "Three trains", "Three"),
        asked(ENGLISH, "q2", "What held?", "bridge"),
    )
    return write(tmp_path / "x.en.json", squad(ENGLISH, *questions))


@pytest.fixture
def russian(tmp_path):
    questions = (asked(RUSSIAN, "q1", "Сколько?", "три"), asked(RUSSIAN, "q2", "Что выдержало?", "Мост"))
    return write(tmp_path / "x.ru.json", squad(RUSSIAN, *questions))


def test_a_question_has_its_document_its_places_and_its_answers(english):
    cases, (source,) = read_squad({"en": english})
    assert (source.id, source.title, source.texts) == ("Bridge/0", "Bridge", {"en": ENGLISH})
    assert [(case.id, case.pair, case.document_id) for case in cases] == [
        ("q1-en", "q1", "Bridge/0"),
        ("q2-en", "q2", "Bridge/0"),
    ]
    assert [evidence.words["en"] for evidence in cases[0].evidence] == ["Three", "Three trains"]
    assert matched(cases[0].nuggets, "It was three.") == [True]
    place = cases[1].evidence[0].answers["en"]
    assert (place.paragraph, place.start, place.length) == (1, 4, 6)


def test_two_files_are_one_set_in_two_languages(english, russian):
    cases, (source,) = read_squad({"en": english, "ru": russian})
    assert source.texts == {"en": ENGLISH, "ru": RUSSIAN}
    assert sorted(case.id for case in cases if case.pair == "q1") == ["q1-en", "q1-ru"]


def test_files_with_other_questions_are_no_pair(english, tmp_path):
    other = write(tmp_path / "y.ru.json", squad(RUSSIAN, asked(RUSSIAN, "q9", "Сколько?", "три")))
    with pytest.raises(CaseError, match="not the same paragraphs and questions"):
        read_squad({"en": english, "ru": other})


def test_an_impossible_question_is_a_near_miss_whatever_looks_plausible(tmp_path):
    plain = asked(ENGLISH, "q1", "Who?", is_impossible=True) | {
        "plausible_answers": [{"text": "Coal", "answer_start": 0}]
    }
    (case,), _ = read_squad({"en": write(tmp_path / "x.json", squad(ENGLISH, plain))})
    assert (case.answerable, case.absence, case.evidence, case.nuggets, case.grades) == (False, "near miss", (), (), {})


WORDS = st.text("abвг.?\n «", min_size=1, max_size=30).filter(str.strip)


@st.composite
def files(draw):
    """Articles with paragraphs, questions and answers that stand in them."""
    data, number = [], 0
    for title in draw(st.lists(st.text("abc", min_size=1), min_size=1, max_size=3, unique=True)):
        paragraphs = []
        for context in draw(st.lists(WORDS, min_size=1, max_size=3)):
            questions = []
            for _ in range(draw(st.integers(0, 2))):
                number += 1
                words = [w for w in context.split() if w.strip()]
                answers = draw(st.lists(st.sampled_from(words), max_size=2))
                plain = asked(context, f"q{number}", draw(WORDS), *answers)
                questions.append(plain if answers else plain | {"is_impossible": True})
            paragraphs.append({"context": context, "qas": questions})
        data.append({"title": title, "paragraphs": paragraphs})
    return {"version": "2.0", "data": data}


@given(plain=files())
def test_what_was_read_and_written_is_read_again_the_same(tmp_path_factory, plain):
    folder = tmp_path_factory.getbasetemp()
    cases, sources = read_squad({"en": write(folder / "squad.json", plain)})
    write_squad(folder / "again.json", cases, sources, "en")
    again, held = read_squad({"en": folder / "again.json"})
    assert held == sources
    assert {case.id: case for case in again} == {case.id: case for case in cases}


def question(**changed):
    return asked(ENGLISH, "q1", "How many?", "Three") | changed


def answering(text, start):
    return squad(ENGLISH, question(answers=[{"text": text, "answer_start": start}]))


BAD = {
    "no JSON": ("{", "cannot be read as SQuAD"),
    "no data": ({}, "no list 'data'"),
    "a list": ([], "no list 'data'"),
    "no paragraphs": ({"data": [{"title": "x"}]}, "article 'x': it has no list 'paragraphs'"),
    "no context": ({"data": [{"title": "x", "paragraphs": [{"qas": []}]}]}, "paragraph 'x/0': context is None"),
    "no questions": ({"data": [{"title": "x", "paragraphs": [{"context": "x"}]}]}, "it has no list 'qas'"),
    "no id": (squad(ENGLISH, question(id=None)), "paragraph 'Bridge/0': id is None"),
    "no answers": (squad(ENGLISH, question(answers=[])), "question 'q1': it has no answer"),
    "answers of another kind": (squad(ENGLISH, question(answers="x")), "question 'q1': it has no list 'answers'"),
    "no words": (answering("", 0), "question 'q1': text is ''"),
    "elsewhere": (answering("Three", 3), "does not stand at 3"),
    "before the beginning": (answering("d", -2), "does not stand at -2"),
    "no place": (answering("Three", None), "does not stand at None"),
    "over two paragraphs": (answering("it.\n\nThe", ENGLISH.index("it.\n")), "goes over"),
    "a question twice": (squad(ENGLISH, question(), question()), "question 'q1': the id was given"),
}  # fmt: skip


@pytest.mark.parametrize(("plain", "told"), BAD.values(), ids=BAD)
def test_what_is_malformed_is_refused_by_its_id(tmp_path, plain, told):
    path = tmp_path / "bad.json"
    path.write_text(plain if isinstance(plain, str) else json.dumps(plain), "utf-8")
    with pytest.raises(CaseError, match=told):
        read_squad({"en": path})


def test_a_case_without_places_cannot_be_written(english, tmp_path):
    cases, sources = read_squad({"en": english})
    with pytest.raises(ValueError, match="no document has a text in 'ru'"):
        write_squad(tmp_path / "y.json", cases, sources, "ru")


def test_languages_are_told_by_names():
    files = [Path("x.ru.json"), Path("x.en.json")]
    assert languages(files) == {"ru": files[0], "en": files[1]}
    for wrong in ([Path("x.json")], [Path("a.ru.json"), Path("b.ru.json")]):
        with pytest.raises(CaseError, match="a file for each language"):
            languages(wrong)


def test_a_place_is_where_the_answer_stands(english):
    cases, (source,) = read_squad({"en": english})
    span = Span(ENGLISH.index("Three"), ENGLISH.index("Three") + 5)
    assert span.of(source.texts["en"]) == cases[0].evidence[0].words["en"]
