import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.build import update
from index.lexical import telling_stems
from index.store import Index
from rag.errors import QuestionError
from rag.question import Filters, Question
from rag.retrieve import CANDIDATES, HITS, Retriever
from tests.records import BRIDGE, WEATHER, Record, write_all
from tests.small_archive import COMMANDING, ENGLISH_ONLY, RUSSIAN_ONLY, TYPOGRAPHY

SAMPLE = "112133"
ALL = {SAMPLE, RUSSIAN_ONLY, ENGLISH_ONLY, TYPOGRAPHY, COMMANDING}
ASKED = [
    ("Why did Moscow reject an attack on the South?", SAMPLE),
    ("Почему Москва считала наступление на юг недопустимым?", SAMPLE),
    ("Why was the repair of the railway bridge delayed?", RUSSIAN_ONLY),
    ("Почему задерживается ремонт железнодорожного моста?", RUSSIAN_ONLY),
    ("What did the Hungarian doctors open?", ENGLISH_ONLY),
    ("Что открыли венгерские врачи для раненых?", ENGLISH_ONLY),
    ("How was the rice harvest?", TYPOGRAPHY),
    ("Каким был урожай риса?", TYPOGRAPHY),
    ("How many aircraft were given to the flying school?", COMMANDING),
    ("Сколько самолетов передали летной школе?", COMMANDING),
]
QUESTIONS = [text for text, _ in ASKED]


@pytest.fixture(scope="module")
def retriever(index):
    return Retriever(index)


def found(retriever, **filters):
    """The documents found for a question of no matter, within these filters."""
    search = retriever.retrieve(Question.of("What did the ambassador report?", Filters(**filters)), count=100)
    return {hit.document.id for hit in search.hits}


@pytest.mark.parametrize(("text", "document_id"), ASKED)
def test_a_document_is_found_first_from_either_language_even_if_it_has_only_the_other(retriever, text, document_id):
    assert retriever.retrieve(Question.of(text)).hits[0].document.id == document_id


def test_an_english_question_brings_the_russian_original_and_a_russian_one_the_translation(retriever):
    for text in ("What was said about the Ongjin peninsula?", "Что сказано об Ондинском полуострове?"):
        passage = retriever.retrieve(Question.of(text)).hits[0].passage
        assert "Ондинского полуострова" in passage.texts["ru"]
        assert "Ongjin peninsula" in passage.texts["en"]


@pytest.mark.parametrize("text", QUESTIONS)
def test_found_by_tells_the_rank_in_each_way_of_searching(index, retriever, text):
    question = Question.of(text)
    vector = index.embedder.questions([question.text])[0]
    legs = {}
    for language in ("ru", "en"):
        legs[f"meaning, {language}"] = index.vectors.search(language, vector, CANDIDATES)
        legs[f"words, {language}"] = index.lexical.search(language, telling_stems(language, question.text), CANDIDATES)
    keys = {name.key for name in index.names.mentions(question.language, question.text)}
    legs["names"] = index.lexical.search_names(keys, CANDIDATES)
    ranks = {leg: {id_: n for n, (id_, score) in enumerate(hits, 1) if score > 0} for leg, hits in legs.items()}
    for hit in retriever.retrieve(question, count=100).hits:
        assert hit.found_by == {leg: ranks[leg][hit.passage.id] for leg in ranks if hit.passage.id in ranks[leg]}


@given(st.lists(st.sampled_from(["мост", "Seoul", "урожай", "rifle", "посол", "zebra", "1949", "xyzzy"]), min_size=1))
def test_no_passage_is_kept_that_no_way_of_searching_found(retriever, words):
    search = retriever.retrieve(Question.of(" ".join(words), keywords=True), count=100)
    assert all(hit.found_by for hit in search.hits)
    assert [hit.rank for hit in search.hits] == list(range(1, len(search.hits) + 1))
    scores = [hit.score for hit in search.hits]
    assert scores == sorted(scores, reverse=True)
    assert len({hit.passage.id for hit in search.hits}) == len(search.hits)


def test_a_way_of_searching_that_found_nothing_adds_nothing(retriever):
    hits = retriever.retrieve(Question.of("xyzzy", keywords=True), count=100).hits
    assert not [way for hit in hits for way in hit.found_by if way.startswith("words")]


def test_a_passage_that_a_hit_shows_is_the_one_in_its_document(retriever):
    for hit in retriever.retrieve(Question.of(QUESTIONS[0]), count=100).hits:
        assert hit.passage.document_id == hit.document.id
        for language, span in hit.passage.spans.items():
            assert hit.passage.texts[language] == span.of(hit.document.texts[language])


@pytest.mark.parametrize("count", [1, 3, HITS])
def test_no_more_passages_are_kept_than_asked_for(retriever, count):
    many = retriever.retrieve(Question.of(QUESTIONS[0]), count=100).hits
    assert retriever.retrieve(Question.of(QUESTIONS[0]), count=count).hits == many[:count]


@pytest.mark.parametrize(
    ("after", "before", "documents"),
    [
        (date(1949, 9, 24), date(1949, 9, 24), {SAMPLE}),
        (date(1949, 9, 25), None, ALL - {SAMPLE}),
        (None, date(1949, 9, 23), set()),
        (date(1950, 3, 31), date(1950, 12, 31), {RUSSIAN_ONLY}),
        (date(1950, 4, 1), date(1950, 12, 31), set()),
        (date(1951, 12, 31), date(1952, 1, 5), {ENGLISH_ONLY, TYPOGRAPHY}),
        (date(1952, 1, 6), None, {COMMANDING}),
    ],
    ids=["that day", "later", "too early", "its month", "after its month", "its year and a day", "last"],
)
def test_documents_are_chosen_by_the_days_they_can_be_from(retriever, after, before, documents):
    assert found(retriever, after=after, before=before) == documents


@pytest.mark.parametrize("name", ["APRF", "АПРФ", "AP RF", "АП РФ", "aprf"])
def test_an_archive_is_known_under_each_of_its_spellings(retriever, name):
    assert found(retriever, archives=(name,)) == {SAMPLE, TYPOGRAPHY, COMMANDING}


def test_several_archives_are_searched_together_and_an_unknown_one_holds_nothing(retriever):
    assert found(retriever, archives=("RGANI", "АВП РФ")) == {SAMPLE, RUSSIAN_ONLY, ENGLISH_ONLY}
    assert found(retriever, archives=("NARA",)) == set()


@pytest.mark.parametrize(
    ("fond", "documents"),
    [
        ("APRF, f. 45", {TYPOGRAPHY, COMMANDING}),
        ("АП РФ. Ф. 45", {TYPOGRAPHY, COMMANDING}),
        ("APRF, f. 45, op. 1, d. 334", {COMMANDING}),
        ("AVP RF, f. 059a", {SAMPLE}),
        ("APRF, f. 46", set()),
    ],
)
def test_a_fond_is_known_in_either_script_and_may_be_narrowed(retriever, fond, documents):
    assert found(retriever, fonds=(fond,)) == documents


def test_words_that_name_no_fond_are_refused(retriever):
    with pytest.raises(QuestionError, match="names no fond"):
        found(retriever, fonds=("the papers on rice",))


@pytest.mark.parametrize("name", ["Razuvaev", "Разуваев", "Разуваева", "Razuvayev"])
def test_a_person_is_known_in_either_script_and_other_spellings(retriever, name):
    assert found(retriever, persons=(name,)) == {TYPOGRAPHY}


def test_a_person_that_no_document_names_leaves_nothing(retriever):
    assert found(retriever, persons=("Nebuchadnezzar",)) == set()


def test_filters_of_different_kinds_must_all_hold(retriever):
    assert found(retriever, persons=("Razuvaev",), fonds=("APRF, f. 45",)) == {TYPOGRAPHY}
    assert found(retriever, persons=("Razuvaev",), fonds=("RGANI, f. 5",)) == set()
    assert found(retriever, fonds=("RGANI, f. 5", "APRF, f. 45")) == {RUSSIAN_ONLY, TYPOGRAPHY, COMMANDING}


def test_a_collection_is_a_field_of_the_record(tmp_path):
    in_one = replace(BRIDGE, summary="A bridge.\n\n#### **Collections:**\n\nKorean War Origins\n\nRailways")
    update(tmp_path / "index", [write_all(tmp_path / "archive", (in_one, WEATHER))])
    with Index.open(tmp_path / "index") as index:
        retriever = Retriever(index)
        assert found(retriever, collections=("Korean War",)) == {BRIDGE.number}
        assert found(retriever, collections=("korean war origins", "Sputnik")) == {BRIDGE.number}
        assert found(retriever, collections=("Sputnik",)) == set()


def test_only_the_documents_wanted_are_searched(retriever):
    search = retriever.retrieve(Question.of(QUESTIONS[0]), among={TYPOGRAPHY, COMMANDING})
    assert {hit.document.id for hit in search.hits} == {TYPOGRAPHY, COMMANDING}
    assert search.documents == 2


@pytest.mark.parametrize(("language", "lacking"), [("ru", ENGLISH_ONLY), ("en", RUSSIAN_ONLY)])
def test_a_language_chosen_is_the_only_one_searched(retriever, language, lacking):
    search = retriever.retrieve(Question.of(QUESTIONS[0], Filters(languages=(language,))), count=100)
    assert {hit.document.id for hit in search.hits} == ALL - {lacking}
    assert {way.split(", ")[1] for hit in search.hits for way in hit.found_by if way != "names"} == {language}


@pytest.mark.parametrize(
    "filters",
    [
        {},
        {"languages": ("ru",)},
        {"languages": ("en",)},
        {"archives": ("APRF",)},
        {"after": date(1950, 1, 1)},
        {"after": date(1950, 1, 1), "languages": ("ru",)},
    ],
    ids=["none", "Russian", "English", "archive", "days", "days and Russian"],
)
def test_the_numbers_of_documents_and_passages_searched_are_told(index, documents, retriever, filters):
    search = retriever.retrieve(Question.of(QUESTIONS[0], Filters(**filters)))
    allowed = index.catalogue.select(after=filters.get("after"), archives=filters.get("archives", ()))
    languages = set(filters.get("languages", ("ru", "en")))
    passages = [p for id_ in allowed for p in index.catalogue.passages(documents[id_]) if languages & set(p.spans)]
    assert (search.documents, search.passages) == (len(allowed), len(passages))


def test_the_users_own_table_of_names_changes_what_is_found(tmp_path):
    told = (("800001", "Снегирь"), ("800002", "Воробей"), ("800003", "Дятел"))
    records = [
        Record(number=number, russian=(f"Вчера {bird} сообщил, что груз на складе принят полностью.",), english=())
        for number, bird in told
    ]
    write_all(tmp_path / "archive", records)
    question = Question.of("What did Hawthorne report about the cargo?")
    found = {}
    for names in ([], [{"name": "Hawthorne", "kind": "code name", "names": ["Дятел"]}]):
        home = tmp_path / f"index{len(names)}"
        home.mkdir()
        (home / "names.json").write_text(json.dumps({"names": names}), encoding="utf-8")
        update(home, [tmp_path / "archive"])
        with Index.open(home) as index:
            found[len(names)] = Retriever(index).retrieve(question).hits
    assert not any("names" in hit.found_by for hit in found[0])
    assert [hit.document.id for hit in found[1] if "names" in hit.found_by] == ["800003"]
    assert found[1][0].document.id == "800003"
