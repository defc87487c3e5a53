"""Lists agree with what the documents themselves say."""

import re

import pytest

from index.archives import archive_key
from index.listing import NOT_GIVEN, Shelf, within
from index.places import number_key, place_keys
from index.store import Index
from tests.listed import records, write_listed


@pytest.fixture(scope="module")
def listing(tmp_path_factory):
    with Index.open(write_listed(tmp_path_factory.mktemp("listed") / "index")) as index:
        yield index.listing


def keys(reference):
    archive, fond, opis, delo, _ = place_keys(reference)
    return tuple(key or NOT_GIVEN for key in (archive, fond, opis, number_key(reference.papka), delo))


PLACES = {d.id: {keys(r) for r in d.references} or {(NOT_GIVEN,) * 5} for d in records()}


def lying_in(shelf):
    given = [(n, shelf.given[part]) for n, part in enumerate(("archive", "fond", "opis", "papka", "delo"))
             if part in shelf.given]  # fmt: skip
    return {id_ for id_, places in PLACES.items() if any(all(place[n] == key for n, key in given) for place in places)}


def by_date(document):
    date = document.date
    return (date is None, date and date.earliest, date and date.latest, len(document.id), document.id)


def test_every_document_is_listed_by_its_date_and_the_undated_last(listing):
    assert [one.id for one in listing.dated] == [d.id for d in sorted(records(), key=by_date)]
    assert listing.dated[-1].earliest is None


@pytest.mark.parametrize(
    ("after", "before"), [("1949-01-01", "1949-12-31"), (None, "1946-06-01"), ("1953-03-05", None)]
)
def test_between_two_days_are_the_documents_that_can_be_from_there(listing, after, before):
    found = {one.id for one in within(listing.dated, after, before)}
    assert found == {
        d.id
        for d in records()
        if d.date and str(d.date.latest) >= (after or "") and (before is None or str(d.date.earliest) <= before)
    }
    assert within(listing.dated, None, None) == list(listing.dated)


def test_every_branch_holds_what_lies_there_down_to_the_last_and_together_they_hold_all(listing):
    seen = []

    def walk(shelf):
        branches = listing.branches(shelf)
        assert all(shelf.holds(branch.shelf) for branch in branches)
        for branch in branches:
            inside = lying_in(branch.shelf)
            assert listing.placed(branch.shelf) == inside
            assert branch.documents == len(inside)
            assert (branch.printed is None) == (branch.shelf.given[branch.part] == NOT_GIVEN)
            seen.append(branch.part)
            walk(branch.shelf)
        if branches:
            assert set().union(*(listing.placed(branch.shelf) for branch in branches)) == lying_in(shelf)

    walk(Shelf())
    assert set(seen) == {"archive", "fond", "opis", "papka", "delo"}


def test_an_archive_of_two_names_is_one_and_bears_the_name_of_today(listing):
    names = [branch.printed for branch in listing.archives]
    assert "RGANI" in names
    assert "TsKhSD" not in names
    assert names[-1] is None
    assert len(names) == len(set(names))


def test_a_place_is_named_in_any_script_and_with_leading_zeros(listing):
    one = Shelf.named({"archive": "АВП РФ", "fond": "02", "opis": "1", "papka": " 01", "delo": ""})
    assert one == Shelf(archive_key("AVPRF"), "2", "1", "1", None)
    assert listing.placed(one) == lying_in(one) != set()


def test_the_file_of_a_reference_is_the_shelf_that_holds_it():
    for document in records():
        for reference in document.references:
            if file := Shelf.of(reference):
                assert document.id in lying_in(file)


def test_beside_a_document_are_its_neighbours_by_date(listing):
    order = [d for d in sorted(records(), key=by_date) if d.date]
    for n in (0, 1, 57, len(order) - 1):
        around = [order[n - 1].id if n else None, order[n + 1].id if n + 1 < len(order) else None]
        assert [entry and entry.id for entry in listing.beside(order[n])] == around
    undated = next(d for d in records() if d.date is None)
    assert listing.beside(undated) == (None, None)


def test_entries_tell_what_the_documents_do(listing):
    some = records()[40:60]
    for entry, document in zip(listing.entries(d.id for d in some), some, strict=True):
        assert (entry.id, entry.title) == (document.id, document.title)
        assert entry.date == (document.date and document.date.text)
        assert entry.references == tuple(r.text for r in document.references)
    assert listing.in_order(d.id for d in some) == [d.id for d in sorted(some, key=by_date)]


def test_originals_are_those_printed(listing):
    assert {printed: set(ids) for printed, ids in listing.originals.items()} == {
        printed: {d.id for d in records() if d.field("Original Language") == printed}
        for printed in ("Russian", "German", "Russian; Korean")
    }


@pytest.mark.parametrize("words", ["shtykov", "ПИСЬМ", "kim aircraft", "17", "deliv. SHTYKOV", "craft", "о письмо"])
def test_titles_are_found_by_the_beginnings_of_their_words(listing, words):
    wanted = re.findall(r"\w+", words.lower())
    found = listing.titled(words)
    assert found == {
        d.id
        for d in records()
        if all(any(word.startswith(one) for word in re.findall(r"\w+", d.title.lower())) for one in wanted)
    }


def test_names_are_found_in_titles_and_fields_whatever_json_makes_of_them(listing):
    assert listing.naming({"SHTYKOV"}) == {d.id for d in records() if "Shtykov" in d.title}
    assert len(listing.naming({"on <b>many</b>"})) == len(records())
    assert listing.naming({"nobody at all"}) == set()
