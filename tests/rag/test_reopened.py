"""A record held against an index that has changed since: what of it stands."""

import shutil
from pathlib import Path

import pytest

from index.build import update
from index.store import Index
from rag.errors import RecordError
from rag.pipeline import Pipeline
from rag.question import Question
from rag.reopened import reopen, reopened_record
from rag.saved import saved
from tests.records import Record, write_all
from tests.small_archive import SAMPLE

BRIDGE = Record(
    number="700001",
    russian=(
        "Мост через Каменку открыт вчера в присутствии рабочих завода.",
        "Движение поездов началось в понедельник, а прочность опор проверил инженер Воронин.",
    ),
    english=(
        "The bridge over the Kamenka was opened yesterday in the presence of the workers.",
        "Trains began to run on Monday, and the engineer Voronin tested the strength of the piers.",
    ),
)
QUESTION = "Who tested the strength of the piers of the bridge?"


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A record that quotes the bridge, of an index of it and the sample."""
    with indexed(tmp_path_factory.mktemp("then"), BRIDGE) as home, Pipeline.open(home) as pipeline:
        record = saved(pipeline.trace(Question.of(QUESTION)), seconds=0.1)
    quoted = [c["words"] for s in record["answer"]["statements"] for c in s["citations"]]
    assert any("Voronin" in words for words in quoted)
    return record


class indexed:
    """The index of some records beside the sample, in a folder."""

    def __init__(self, folder: Path, *records: Record) -> None:
        self.folder, self.records = folder, records

    def __enter__(self):
        write_all(self.folder / "archive", self.records)
        shutil.copy(SAMPLE, self.folder / "archive")
        update(self.folder / "index", [self.folder / "archive"])
        return self.folder / "index"

    def __exit__(self, *_):
        shutil.rmtree(self.folder)


def changed(**how):
    return Record(**{**BRIDGE.__dict__, **how})


def now(kept, folder, *records):
    """The record held against an index of these records; the fate of what it quoted of Voronin first."""
    with indexed(folder, *records) as home, Index.open(home) as index:
        reopened = reopen(kept, index)
        record = reopened_record(reopened)
    (voronin,) = [one for one in reopened.quotations if "Voronin" in one.given.words]
    assert record["stands"] == reopened.stands
    return reopened, voronin


def test_where_nothing_changed_everything_stands_and_that_is_known(kept, tmp_path):
    reopened, voronin = now(kept, tmp_path, BRIDGE)
    assert (voronin.fate, voronin.untouched) == ("stands", True)
    assert reopened.stands
    assert reopened.unchanged
    assert not reopened.same_index  # another index of the same documents, in another folder


def test_the_very_index_is_known_again(tmp_path):
    with indexed(tmp_path, BRIDGE) as home:
        with Pipeline.open(home) as pipeline:
            record = saved(pipeline.trace(Question.of(QUESTION)), seconds=0.1)
        with Index.open(home) as index:
            assert reopen(record, index).same_index


def test_words_that_moved_in_their_document_stand_at_their_new_place(kept, tmp_path):
    more = changed(english=("A report on the new bridge follows.", *BRIDGE.english))
    reopened, voronin = now(kept, tmp_path, more)
    assert (voronin.fate, voronin.stands) == ("moved", True)
    assert voronin.place.words == voronin.given.words
    assert voronin.place.span != voronin.given.span
    assert reopened.stands
    assert not reopened.unchanged


def test_changed_words_no_longer_stand_and_are_shown_beside_what_stands_now(kept, tmp_path):
    other = changed(english=(BRIDGE.english[0], BRIDGE.english[1].replace("Voronin", "Sokolov")))
    reopened, voronin = now(kept, tmp_path, other)
    assert (voronin.fate, voronin.stands, reopened.stands) == ("changed", False, False)
    assert "Sokolov" in voronin.place.words
    (difference,) = voronin.differences
    assert (difference.quoted, difference.stands, difference.marks) == ("Voronin", "Sokolov", ("name",))


def test_other_typography_is_no_other_wording(kept, tmp_path):
    printed = changed(english=(BRIDGE.english[0], BRIDGE.english[1].replace(" and", "\u00a0and")))
    reopened, voronin = now(kept, tmp_path, printed)
    assert (voronin.fate, voronin.place.verdict) == ("stands", "typographic")
    assert reopened.stands
    assert not reopened.unchanged


def test_of_a_removed_document_nothing_stands(kept, tmp_path):
    reopened, voronin = now(kept, tmp_path)
    assert (voronin.fate, voronin.place, reopened.gone) == ("gone", None, ("700001",))
    assert not reopened.stands


def test_words_that_are_in_another_document_now_are_found_there_and_no_longer_stand(kept, tmp_path):
    reopened, voronin = now(kept, tmp_path, changed(number="700009"))
    assert (voronin.fate, voronin.place.document.id) == ("elsewhere", "700009")
    assert not reopened.stands


def test_words_to_which_nothing_is_near_any_more_are_lost(kept, tmp_path):
    _, voronin = now(kept, tmp_path, changed(english=("The canteen serves cabbage soup with sour cream today.",)))
    assert (voronin.fate, voronin.place) == ("lost", None)


def test_a_text_that_is_gone_is_lost(kept, tmp_path):
    _, voronin = now(kept, tmp_path, changed(english=(), contents="Transcript - Russian"))
    assert voronin.fate == "lost"


def test_a_changed_counterpart_no_longer_stands_though_the_quotation_does(kept, tmp_path):
    other = changed(russian=(BRIDGE.russian[0], BRIDGE.russian[1].replace("Воронин", "Соколов")))
    reopened, voronin = now(kept, tmp_path, other)
    assert (voronin.fate, voronin.facing_stands, voronin.stands) == ("stands", False, False)
    assert "Соколов" in voronin.facing
    assert not reopened.stands


def test_what_the_catalogue_says_otherwise_is_told(kept, tmp_path):
    other = changed(date="May 4, 1951", source="APRF, f. 45, op. 1, d. 999, l. 1.", title="On the Bridge")
    reopened, voronin = now(kept, tmp_path, other)
    assert voronin.untouched
    told = {one.what: (one.was, one.is_) for one in reopened.restated if one.document_id == "700001"}
    assert told["date"] == ("May 3, 1951", "May 4, 1951")
    assert told["title"] == ("Report on the Bridge at Kamenka", "On the Bridge")
    assert told["references"] == ("APRF, f. 45, op. 1, d. 334, ll. 12-13", "APRF, f. 45, op. 1, d. 999, l. 1")
    assert reopened.stands
    assert not reopened.unchanged


MALFORMED = {
    "no answer": {"answer": None},
    "words that are none": {"answer": {"statements": [{"text": "x", "citations": [{"words": 1}]}]}},
    "no documents": {"documents": None},
    "no index": {"index": {}},
    "a question that is none": {"question": {"text": 3}},
    "no time": {"time": None},
}


@pytest.mark.parametrize("how", MALFORMED.values(), ids=MALFORMED)
def test_a_record_that_is_not_of_its_form_is_told(kept, index, how):
    with pytest.raises(RecordError, match="is not of its form"):
        reopen({**kept, **how}, index)
