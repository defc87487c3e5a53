"""Records of answers: what they hold, their address, the folder they are kept in."""

import json
import os
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import ArchiveError
from index.model import bare
from rag.errors import RecordError
from rag.keeping import Records, is_address, read_record
from rag.llm import LanguageModel
from rag.models.connector import Given
from rag.question import Filters, Question
from rag.saved import address, origin, saved

QUESTIONS = [
    "Why did Moscow reject an attack on the South?",
    "Почему Москва считала наступление на юг недопустимым?",
    "Who won the 1966 World Cup?",
]
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=12,
)


def record_of(pipeline, text, **how):
    return saved(pipeline.trace(Question.of(text)), seconds=how.pop("seconds", 0.25), **how)


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_record_holds_the_question_the_index_the_hits_the_draft_and_the_whole_answer(pipeline, index, text):
    record = record_of(pipeline, text, id_="q1")
    assert (record["schema"], record["question"]["text"], record["answer"]["id"]) == ("delo.record/1", text, "q1")
    assert record["index"]["generation"] == index.manifest.generation
    assert record["index"]["hashes"]["catalogue"] == index.manifest.files["catalogue.sqlite"][1]
    assert record["settings"]["composer"] == record["answer"]["composer"]
    assert [hit["rank"] for hit in record["hits"]] == list(range(1, len(record["hits"]) + 1))
    assert {one["id"] for one in record["documents"]} == set(record["answer"]["documents"])
    drafted = [q["words"] for s in record["draft"]["sentences"] for q in s["quotations"]]
    stated = [c["words"] for s in record["answer"]["statements"] for c in s["citations"]]
    assert set(stated) <= set(drafted)
    assert [len(s["citations"]) for s in record["answer"]["statements"]] == list(map(len, record["verdicts"]["stated"]))


def test_a_record_tells_the_filters_and_what_its_reader_wrote(pipeline):
    asked = replace(Question.of(QUESTIONS[0], Filters(documents=("112133",), languages=("en",))), asked="And why?")
    told = saved(pipeline.trace(asked), seconds=0.1)["question"]
    assert (told["asked"], told["filters"]["documents"], told["filters"]["languages"]) == (
        "And why?",
        ["112133"],
        ["en"],
    )


def test_the_same_answer_has_the_same_address_whenever_it_is_given(pipeline):
    one, two = (record_of(pipeline, QUESTIONS[0], seconds=seconds) for seconds in (0.25, 7.5))
    assert one["address"] == two["address"] == address(json.loads(json.dumps(two)))
    assert is_address(one["address"])
    assert record_of(pipeline, QUESTIONS[1])["address"] != one["address"]


@given(values, st.sampled_from(["question", "settings", "hits", "answer", "another"]))
def test_any_change_of_what_it_holds_changes_the_address(value, name):
    record = {"schema": "delo.record/1", "question": {"text": "Why?"}, "answer": {"seconds": 1.0}}
    changed = record | {name: value}
    assert (address(changed) == address(record)) == (changed == record or (name == "answer" and value == {}))


@given(values)
def test_a_record_is_read_back_as_it_was_kept(tmp_path_factory, value):
    records = Records(tmp_path_factory.mktemp("records"))
    record = {"schema": "delo.record/1", "answer": value, "time": "now", "seconds": {}}
    record |= {"address": address(record)}
    assert records.read(records.keep(record)) == record


def test_half_a_character_is_kept_and_read_back(tmp_path):
    record = {"schema": "delo.record/1", "answer": "a\udcff\\b\ud800"}
    record |= {"address": address(record)}
    assert Records(tmp_path).read(Records(tmp_path).keep(record)) == record


def test_a_record_that_is_kept_again_stays_as_it_is_and_a_damaged_one_is_mended(pipeline, tmp_path):
    records, record = Records(tmp_path / "deep" / "folder").ready(), record_of(pipeline, QUESTIONS[0])
    path = records.path(records.keep(record))
    before = path.read_bytes()
    records.keep(record | {"time": "later"})
    assert path.read_bytes() == before
    path.write_bytes(before[:100])
    records.keep(record)
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize(
    "told", ["../../etc/passwd", "..", "", "0123456789abcdeg", "0" * 15, "0" * 17, "a/b", "0" * 15 + "\n"]
)
def test_what_is_no_address_is_refused_whatever_lies_there(tmp_path, told):
    with pytest.raises(RecordError, match="is not the address of a record"):
        Records(tmp_path).read(told)


def test_a_record_that_is_not_there_is_told(tmp_path):
    with pytest.raises(RecordError, match="no record '0123456789abcdef' in"):
        Records(tmp_path).read("0123456789abcdef")


FOREIGN = {
    "cut short": ('{"schema": "delo.record/1", "ans', "not JSON"),
    "empty": ("", "not JSON"),
    "a list": ("[]", "found 'list'"),
    "an answer": ('{"schema": "delo.answer/1"}', "found 'delo.answer/1'"),
    "no address": ('{"schema": "delo.record/1"}', "was changed since it was kept"),
    "nested": ("[" * 100_000, "not JSON"),
}


@pytest.mark.parametrize(("text", "told"), FOREIGN.values(), ids=FOREIGN)
def test_a_damaged_or_foreign_file_is_told(tmp_path, text, told):
    (tmp_path / "file.json").write_text(text)
    with pytest.raises(RecordError, match=re.escape(told)):
        read_record(tmp_path / "file.json")


def test_a_changed_word_is_found_out(pipeline, tmp_path):
    path = Records(tmp_path).path(Records(tmp_path).keep(record_of(pipeline, QUESTIONS[0])))
    path.write_text(path.read_text(encoding="utf-8").replace("Ongjin", "Wonsan").replace("impossible", "possible"))
    with pytest.raises(RecordError, match="was changed since it was kept"):
        read_record(path)


def test_bytes_that_are_no_text_and_folders_are_told(tmp_path):
    (tmp_path / "file.json").write_bytes(b"\xff\xfe")
    for path in (tmp_path / "file.json", tmp_path, tmp_path / "nowhere.json"):
        with pytest.raises(RecordError):
            read_record(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_what_would_never_end_is_not_read(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "device").symlink_to("/dev/zero")
    for name in ("pipe", "device"):
        with pytest.raises(RecordError, match="is no file"):
            read_record(tmp_path / name)


def test_a_file_too_large_for_a_record_is_not_read_whole(tmp_path, monkeypatch):
    monkeypatch.setattr("rag.keeping.MOST_BYTES", 1_000)
    (tmp_path / "large").write_text('"' + "x" * 2_000, encoding="utf-8")
    with pytest.raises(RecordError, match="too large"):
        read_record(tmp_path / "large")


def test_a_folder_that_takes_nothing_is_told_before_anything_is_asked(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ArchiveError, match=r"cannot keep records in .*with --record"):
        Records(tmp_path / "file").ready()
    if os.geteuid():
        (tmp_path / "closed").mkdir(mode=0o500)
        with pytest.raises(ArchiveError, match="cannot keep records in"):
            Records(tmp_path / "closed").ready()


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("http://127.0.0.1:8080/v1", "http://127.0.0.1:8080"),
        ("https://anna:secret@models.invalid/v1?api_key=secret#secret", "https://models.invalid"),
        ("https://models.invalid/secret/v1", "https://models.invalid"),
        ("http://[::1]:9/v1", "http://[::1]:9"),
    ],
)
def test_of_an_address_nothing_is_kept_that_could_be_a_key(url, kept):
    assert origin(url) == kept


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("gguf:/home/anna/models/small.gguf", "gguf:small.gguf"),
        ("gguf:./small.gguf", "gguf:small.gguf"),
        ("gguf:C:\\Users\\anna\\small.gguf", "gguf:small.gguf"),
        ("openai:qwen/qwen2.5-7b", "openai:qwen/qwen2.5-7b"),
        ("/home/anna/reranker", "reranker"),
        ("cross-encoder/ms-marco", "cross-encoder/ms-marco"),
    ],
)
def test_of_a_model_its_name_is_kept_and_not_its_folder(name, kept):
    assert bare(name) == kept


def test_the_folder_of_a_model_file_is_nowhere_in_a_record(pipeline):
    record = saved(pipeline.trace(Question.of(QUESTIONS[0])), seconds=0.1, model="gguf:/home/anna/models/small.gguf")
    assert "anna" not in json.dumps(record)
    assert record["settings"]["model"] == "gguf:small.gguf"


def test_a_language_model_goes_by_a_name_without_its_folder():
    assert LanguageModel(Given(None), "gguf:/home/anna/models/small.gguf").name == "gguf:small.gguf"
