"""`delo ask --record` keeps what `delo reopen` opens."""

import json
import shutil

import pytest

from index.build import update
from tests.damage import cut
from tests.scripted import Reply, scripted
from tests.small_archive import SAMPLE

ENGLISH = "Why did Moscow reject an attack on the South?"
OUTSIDE = "Who won the 1966 World Cup?"
UNSEEN = "sk-a-key-that-nobody-may-see"


@pytest.fixture(scope="module")
def changed(archive, tmp_path_factory):
    """An index of the small archive in which the sample has another date and another reason."""
    folder = tmp_path_factory.mktemp("changed")
    shutil.copytree(archive, folder / "archive")
    text = SAMPLE.read_text(encoding="utf-8").replace("military point of view", "naval point of view")
    (folder / "archive" / SAMPLE.name).write_text(text.replace("September 24, 1949", "September 25, 1949"), "utf-8")
    update(folder / "index", [folder / "archive"])
    return folder / "index"


def test_an_answer_that_is_kept_opens_by_its_address_and_by_its_file(delo, home, tmp_path):
    asked = delo("ask", ENGLISH, "--index", home, "--record", "kept")
    address = asked.out.rstrip().rpartition("Record ")[2]
    assert [file.name for file in (tmp_path / "kept").iterdir()] == [f"{address}.json"]
    by_address = delo("reopen", address, "--record", "kept", "--index", home)
    assert by_address == delo("reopen", f"kept/{address}.json", "--index", home)
    assert by_address.status == 0
    assert ENGLISH in by_address.out
    assert "Nothing has changed: every quotation stands as it was given" in by_address.out


def test_in_json_the_address_is_a_member_and_so_it_is_in_a_batch(delo, home, tmp_path, monkeypatch):
    record = json.loads(delo("ask", ENGLISH, "--index", home, "--record", "kept", "--json").out)
    assert record["record"] == (tmp_path / "kept").glob("*.json").__next__().stem
    assert "record" not in json.loads(delo("ask", ENGLISH, "--index", home, "--json").out)
    monkeypatch.setenv("DELO_RECORD", "batch")
    lines = [json.dumps({"id": n, "question": q}) for n, q in enumerate([ENGLISH, OUTSIDE, "Pourquoi le Sud a-t-il ?"])]
    (tmp_path / "asked.jsonl").write_text("\n".join(lines), encoding="utf-8")
    told = [json.loads(line) for line in delo("ask", "--batch", "asked.jsonl", "--index", home).out.splitlines()]
    assert sorted(one["record"] for one in told[:2]) == sorted(file.stem for file in (tmp_path / "batch").iterdir())
    assert "record" not in told[2]
    assert delo("reopen", told[1]["record"], "--index", home).status == 0


def test_against_a_changed_index_it_is_told_what_no_longer_stands(delo, home, changed):
    address = json.loads(delo("ask", ENGLISH, "--index", home, "--record", "kept", "--json").out)["record"]
    told = delo("reopen", address, "--record", "kept", "--index", changed)
    assert told.status == 1
    assert "NO LONGER STANDS; what stands there now" in told.out
    assert "was “military”, is now “naval”" in told.out
    assert "the date in the catalogue was “September 24, 1949”, now “September 25, 1949”" in " ".join(told.out.split())
    record = json.loads(delo("reopen", address, "--record", "kept", "--index", changed, "--json").out)
    assert (record["schema"], record["stands"], record["unchanged"]) == ("delo.reopened/1", False, False)
    assert "changed" in {one["fate"] for one in record["quotations"]}
    assert record["record"]["answer"]["question"] == ENGLISH


def test_a_refusal_is_kept_and_opened_too(delo, home):
    address = json.loads(delo("ask", OUTSIDE, "--index", home, "--record", "kept", "--json").out)["record"]
    told = delo("reopen", address, "--record", "kept", "--index", home)
    assert told.status == 0
    assert "Nothing was found in this archive that answers the question." in told.out


TROUBLE = {
    ("reopen", "0123456789abcdef"): "is an address; name the folder of the records with --record; see: delo reopen",
    ("reopen", "0123456789abcdef", "--record", "kept"): "no record '0123456789abcdef' in 'kept'",
    ("reopen", "../nowhere.json", "--record", "kept"): "cannot read '../nowhere.json'",
    ("reopen", __file__): "is no record of an answer, or was cut short",
    ("ask", ENGLISH, "--record", "/dev/null/kept"): "cannot keep records in '/dev/null/kept'",
    ("ask", ENGLISH, "--record", __file__): "invalid value for '--record'",
}


@pytest.mark.parametrize("words", TROUBLE, ids=lambda words: " ".join(words)[:60])
def test_trouble_is_told_in_one_line(delo, home, words):
    told = delo(*words, "--index", home)
    assert (told.status, told.out) == (2, "")
    assert told.err.count("\n") == 1
    assert TROUBLE[words] in told.err


def test_a_record_that_was_cut_short_is_told(delo, home, tmp_path):
    delo("ask", ENGLISH, "--index", home, "--record", "kept")
    (file,) = (tmp_path / "kept").iterdir()
    cut(file)
    assert "is no record of an answer, or was cut short" in delo("reopen", file, "--index", home).err


@pytest.mark.parametrize("reply", [Reply(status=401, body=UNSEEN), Reply(says="Nothing to say.")], ids=["401", "200"])
def test_no_key_and_no_folder_is_in_a_record(delo, home, tmp_path, monkeypatch, reply):
    monkeypatch.setenv("DELO_LLM_KEY", UNSEEN)
    with scripted() as server:
        server.will(reply)
        delo("ask", ENGLISH, "--index", home, "--record", "kept", "--llm", "openai:x", "--llm-url", server.url)
        assert server.keys == [f"Bearer {UNSEEN}"]
    (file,) = (tmp_path / "kept").iterdir()
    text = file.read_text(encoding="utf-8")
    assert UNSEEN not in text
    assert str(home.parent) not in text
    settings = json.loads(text)["settings"]
    assert (settings["model"], settings["model_address"]) == ("openai:x", server.url.removesuffix("/v1"))
