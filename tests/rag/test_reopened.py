"""A record held against an index that has changed since: what of it stands."""

import json
from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.build import update
from index.store import Index
from rag.errors import RecordError
from rag.keeping import read_record
from rag.pipeline import Pipeline
from rag.question import Question
from rag.reopened import reopen, reopened_record
from rag.saved import address, saved
from tests.records import Record, write_all
from ui.printed.reopened import reopened_text

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


def changed(number, **how):
    return Record(**{**BRIDGE.__dict__, "number": number, **how})


VARIANTS = {  # of the document that was quoted, by the number that each stands under now
    "the same": BRIDGE,
    "moved": changed("700002", english=("A report on the new bridge follows.", *BRIDGE.english)),
    "changed": changed("700003", english=(BRIDGE.english[0], BRIDGE.english[1].replace("Voronin", "Sokolov"))),
    "printed": changed("700004", english=(BRIDGE.english[0], BRIDGE.english[1].replace(" and", "\u00a0and"))),
    "retranslated": changed("700005", russian=(BRIDGE.russian[0], BRIDGE.russian[1].replace("Воронин", "Соколов"))),
    "restated": changed(
        "700006", date="May 4, 1951", source="APRF, f. 45, op. 1, d. 999, l. 1.", title="On the Bridge"
    ),
}
OTHERS = {
    "rewritten": changed("700001", english=("The canteen serves cabbage soup with sour cream today.",)),
    "one text": changed("700002", english=(), contents="Transcript - Russian"),
}
NOWHERE = "700099"


@pytest.fixture(scope="module")
def homes(tmp_path_factory):
    """Three indexes: of what was quoted, of its variants, and of documents that have none of its words."""
    folder = tmp_path_factory.mktemp("reopened")
    for name, records in {"then": [BRIDGE], "now": VARIANTS.values(), "others": OTHERS.values()}.items():
        update(folder / name, [write_all(folder / f"{name}-archive", records)])
    return folder


@pytest.fixture(scope="module")
def kept(homes):
    """A record that quotes the bridge."""
    with Pipeline.open(homes / "then") as pipeline:
        return saved(pipeline.trace(Question.of(QUESTION)), seconds=0.1)


def now(kept, home, number):
    """The record, as if it had quoted the document of this number, held against an index; and what it quoted first."""
    with Index.open(home) as index:
        reopened = reopen(json.loads(json.dumps(kept).replace(BRIDGE.number, number)), index)
    (voronin,) = [one for one in reopened.quotations if "Voronin" in one.given.words]
    assert reopened_record(reopened)["stands"] == reopened.stands
    return reopened, voronin


def test_in_the_very_index_that_it_was_made_of_nothing_has_changed(kept, homes):
    reopened, voronin = now(kept, homes / "then", BRIDGE.number)
    assert (voronin.fate, voronin.untouched) == ("stands", True)
    assert reopened.stands
    assert reopened.unchanged
    assert reopened.same_index


def test_in_another_index_of_the_same_document_nothing_has_changed_either(kept, homes):
    reopened, _ = now(kept, homes / "now", BRIDGE.number)
    assert reopened.unchanged
    assert not reopened.same_index


def test_words_that_moved_in_their_document_stand_at_their_new_place(kept, homes):
    reopened, voronin = now(kept, homes / "now", "700002")
    assert (voronin.fate, voronin.stands) == ("moved", True)
    assert voronin.place.words == voronin.given.words
    assert voronin.place.span != voronin.given.span
    assert reopened.stands
    assert not reopened.unchanged


def test_changed_words_no_longer_stand_and_are_shown_beside_what_stands_now(kept, homes):
    reopened, voronin = now(kept, homes / "now", "700003")
    assert (voronin.fate, voronin.stands, reopened.stands) == ("changed", False, False)
    assert "Sokolov" in voronin.place.words
    (difference,) = voronin.differences
    assert (difference.quoted, difference.stands, difference.marks) == ("Voronin", "Sokolov", ("name",))


def test_other_typography_is_no_other_wording(kept, homes):
    reopened, voronin = now(kept, homes / "now", "700004")
    assert (voronin.fate, voronin.place.verdict) == ("stands", "typographic")
    assert reopened.stands
    assert not reopened.unchanged


def test_a_changed_counterpart_no_longer_stands_though_the_quotation_does(kept, homes):
    reopened, voronin = now(kept, homes / "now", "700005")
    assert (voronin.fate, voronin.facing_stands, voronin.stands) == ("stands", False, False)
    assert "Соколов" in voronin.facing
    assert not reopened.stands


def test_what_the_catalogue_says_otherwise_is_told(kept, homes):
    reopened, voronin = now(kept, homes / "now", "700006")
    assert voronin.untouched
    assert {one.what: (one.was, one.is_) for one in reopened.restated} == {
        "date": ("May 3, 1951", "May 4, 1951"),
        "title": ("Report on the Bridge at Kamenka", "On the Bridge"),
        "references": ("APRF, f. 45, op. 1, d. 334, ll. 12-13", "APRF, f. 45, op. 1, d. 999, l. 1"),
    }
    assert reopened.stands
    assert not reopened.unchanged


def test_words_that_are_in_other_documents_only_are_found_there_and_no_longer_stand(kept, homes):
    reopened, voronin = now(kept, homes / "now", NOWHERE)
    assert (voronin.fate, voronin.place.words, reopened.gone) == ("elsewhere", voronin.given.words, (NOWHERE,))
    assert not reopened.stands


def test_of_a_removed_document_nothing_stands(kept, homes):
    reopened, voronin = now(kept, homes / "others", NOWHERE)
    assert (voronin.fate, voronin.place, reopened.gone) == ("gone", None, (NOWHERE,))
    assert not reopened.stands


@pytest.mark.parametrize("number", ["700001", "700002"], ids=OTHERS)
def test_words_to_which_nothing_is_near_any_more_are_lost(kept, homes, number):
    reopened, voronin = now(kept, homes / "others", number)
    assert (voronin.fate, voronin.place) == ("lost", None)
    assert not reopened.stands


MALFORMED = {
    "no answer": {"answer": None},
    "words that are none": {"answer": {"statements": [{"text": "x", "citations": [{"words": 1}]}]}},
    "no documents": {"documents": None},
    "no index": {"index": {}},
    "a question that is none": {"question": {"text": 3}},
    "no time": {"time": None},
}


@pytest.mark.parametrize("how", MALFORMED.values(), ids=MALFORMED)
def test_a_record_that_is_not_of_its_form_is_told(kept, homes, how):
    with Index.open(homes / "then") as index, pytest.raises(RecordError, match="is not of its form"):
        reopen({**kept, **how}, index)


VALUES = [
    None,
    True,
    0,
    -1,
    1e308,
    float("nan"),
    float("inf"),
    10**40,
    "",
    "x",
    "\x1b[31m\x07",
    "\ud800",
    "9" * 5000,
    "ru",
]
FORGED = st.sampled_from([*VALUES, [], {}, [[]], [None], {"text": 1}, {"words": None}])


def places(plain, at=()):
    """Where everything in a record stands."""
    pairs = plain.items() if isinstance(plain, dict) else enumerate(plain) if isinstance(plain, list) else ()
    for key, value in pairs:
        yield (*at, key)
        yield from places(value, (*at, key))


@given(st.data(), st.integers(1, 3))
def test_a_forged_record_is_refused_or_reported_and_never_anything_else(kept, homes, tmp_path_factory, data, times):
    forged = json.loads(json.dumps(kept))
    for _ in range(times):
        *way, last = data.draw(st.sampled_from(list(places(forged))))
        inside = reduce(lambda plain, key: plain[key], way, forged)
        if data.draw(st.booleans()):
            inside[last] = data.draw(FORGED)
        else:
            del inside[last]
    forged["address"] = address(forged)
    path = tmp_path_factory.getbasetemp() / "forged.json"
    path.write_text(json.dumps(forged), encoding="utf-8")
    with Index.open(homes / "then") as index:
        try:
            reopened = reopen(read_record(path), index)
        except RecordError:
            return
        assert "\x07" not in reopened_text(reopened, 80)
        assert reopened_record(reopened)["address"] == forged["address"]
