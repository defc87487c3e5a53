"""Sources from folders, from answers and from an index: by id, by reference and by words."""

import json
import shutil

import pytest

from eval.answers import Source
from eval.errors import AnswersError
from eval.indexsources import IndexSources
from eval.sourcefiles import read_sources
from eval.sources import HeldSources, JoinedSources
from index.reference import read_references
from index.store import Index
from tests.records import Record
from tests.small_archive import RUSSIAN_ONLY


def reference(text):
    (found,) = read_references(text).references
    return found


@pytest.fixture(scope="module")
def both(small):
    """The small archive as a folder, and as an index."""
    with Index.open(small.home) as index:
        yield read_sources(small.archive), IndexSources(index)


UNDER = {
    "exact": ("APRF, f. 3, op. 65, d. 776, ll. 30-32", {"112133": "exact"}),
    "a leaf within": ("АПРФ, ф. 3, оп. 65, д. 776, л. 31", {"112133": "leaf_in_range"}),
    "the other archive": ("AVP RF, Fond 059a, Opis 5a, Delo 3, Papka 11, list 75", {"112133": "leaf_in_range"}),
    "another leaf": ("APRF, f. 3, op. 65, d. 776, l. 90", {"112133": "same_file"}),
    "another file": ("APRF, f. 3, op. 65, d. 777, l. 31", {}),
    "another archive": ("RGASPI, f. 3, op. 65, d. 776, l. 31", {}),
    "a file and a leaf alone": ("d. 776, l. 31", {"112133": "leaf_in_range"}),
}


@pytest.mark.parametrize(("asked", "found"), UNDER.values(), ids=UNDER)
def test_a_folder_and_an_index_hold_the_same_under_a_reference(both, asked, found):
    for sources in both:
        assert dict(sources.under(reference(asked))) == found


def test_a_folder_and_an_index_hold_the_same_documents(both):
    folder, index = both
    assert {source.id: source for source in folder.all()} == {source.id: source for source in index.all()}
    assert folder.get("112133") == index.get("112133")
    assert folder.get("1") is None
    assert index.get("1") is None
    assert index.get("\0") is None


def test_the_source_with_the_words_is_likeliest_to_hold_them(both):
    for sources in both:
        assert sources.alike("бригаду мостостроителей не позднее апреля", 2)[0] == RUSSIAN_ONLY
        assert len(sources.alike("the and of", 2)) <= 2
        assert list(sources.alike("!!", 2)) == []


def test_a_title_is_known_whatever_its_print(both):
    for sources in both:
        assert sources.is_title("telegram on a Bridge,")
        assert not sources.is_title("Telegram on")


def test_texts_records_and_passages_are_read_from_one_folder(tmp_path, sample):
    shutil.copy(sample, tmp_path)
    (tmp_path / "note.md").write_text("A note of my own.\n", encoding="utf-8")
    lines = [{"_id": "p1", "title": "T", "text": "one"}, {"docid": "p2", "segment": "two"}, {"id": 3, "text": "three"}]
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "corpus.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    found = read_sources(tmp_path)
    assert {source.id for source in found.all()} == {"112133", "note", "p1", "p2", "3"}
    assert (found.get("p1").title, found.get("p2").texts) == ("T", {"": "two"})


def test_a_source_of_five_megabytes_is_read(tmp_path):
    (tmp_path / "large.txt").write_text("A line that is repeated.\n" * 210_000, encoding="utf-8")
    assert len(read_sources(tmp_path).get("large").texts[""]) > 5_000_000


BAD = {
    "nothing": ({}, "no source in"),
    "an empty file": ({"a.txt": b"  \n"}, "is empty"),
    "bytes": ({"a.txt": b"one\n\xff\xfe"}, r"a\.txt, line 2: byte 4 is not UTF-8"),
    "no JSON": ({"a.jsonl": b'{"_id": "a", "text": "b"}\nso\n'}, r"a\.jsonl, line 2: not a source"),
    "a passage without text": ({"a.jsonl": b'{"_id": "a"}\n'}, "line 1: not a source: its text is None"),
    "a passage without id": ({"a.jsonl": b'{"text": "a"}\n'}, "line 1: not a source: its id is None"),
    "a passage that is a list": ({"a.jsonl": b"[]\n"}, "line 1: not a source"),
    "one id twice": ({"a.txt": b"one", "a.md": b"two"}, "the source 'a' is in"),
    "a record without texts": ({"a.txt": b"#### **Citation:**\n\nnone\n"}, "no record that can be read"),
}


@pytest.mark.parametrize(("files", "told"), BAD.values(), ids=BAD)
def test_sources_that_cannot_be_read_are_told_of_by_file_and_line(tmp_path, files, told):
    for name, raw in files.items():
        (tmp_path / name).write_bytes(raw)
    with pytest.raises(AnswersError, match=told):
        read_sources(tmp_path)


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(AnswersError, match="there is no folder"):
        read_sources(tmp_path / "none")


def test_what_came_with_an_answer_comes_before_the_archive(tmp_path):
    Record(number="700001").write(tmp_path)
    archive = read_sources(tmp_path)
    given = [Source(id="700001", texts={"": "its own"}), Source(id="named", texts={})]
    joined = JoinedSources(given, archive)
    assert joined.get("700001").texts == {"": "its own"}
    assert joined.get("named") is None
    assert "700001" in joined.under(reference("APRF, f. 45, op. 1, d. 334, l. 12"))
    assert HeldSources([]).alike("anything at all", 3) == []
