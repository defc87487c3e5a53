"""The source of truth gives back what was put in, to the letter."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.catalogue import Catalogue, copy_database
from index.dates import parse_date
from index.document import ArchivalReference, Document, Passage, SentenceBead, Sentences, Source, Span
from index.errors import IndexDamagedError
from tests.damage import cut
from tests.strategies import any_texts

words = any_texts.filter(str.strip).filter(lambda text: "\0" not in text)


def document(id_, text="Слово и дело.", printed="May 3, 1951", archives=("APRF",), **changes):
    found = Document(
        id=id_,
        title=f"Title of {id_}",
        date=parse_date(printed) if printed else None,
        references=tuple(ArchivalReference(text=f"{name}, f. 1", archive=name, fond="1") for name in archives),
        fields=(("Date", "May"), ("Сводка", "«ёлка»\n'\"; DROP TABLE documents; --")),
        url=f"https://archive.invalid/document/{id_}",
        texts={"ru": text, "en": "Word and deed."},
        source=Source(path=f"/archive/{id_}.txt", sha256="0" * 64),
    )
    return replace(found, **changes)


def passage(found, position, **spans):
    return Passage(
        id=f"{found.id}:{position:04d}",
        document_id=found.id,
        position=position,
        spans=spans,
        texts={language: span.of(found.texts[language]) for language, span in spans.items()},
        confidence=0.5,
    )


@pytest.fixture
def catalogue(tmp_path):
    made = Catalogue.create(tmp_path / "catalogue.sqlite")
    yield made
    made.close()


def test_a_document_comes_back_as_it_was(catalogue):
    references = (
        ArchivalReference(
            text="АВП РФ, ф. 059а", archive="АВП РФ", fond="059а", opis="5а", delo="3", papka="11",
            leaves=(("75", "77"), ("80об", "80об")),
        ),
        ArchivalReference(text="a private collection"),
    )  # fmt: skip
    found = document("1", references=references)
    passages = [passage(found, 1, ru=Span(0, 5), en=Span(0, 4)), passage(found, 2, ru=Span(6, 13))]
    catalogue.add(found, passages)
    assert catalogue.document("1") == found
    assert catalogue.passages(found) == passages
    assert list(catalogue.documents()) == [found]


_BEADS = (
    SentenceBead({"en": Span(0, 4)}, 0.0),
    SentenceBead({"ru": Span(0, 5), "en": Span(5, 8)}, 0.75),
    SentenceBead({"ru": Span(6, 13)}, 0.0),
)


def test_beads_come_back_in_order_and_by_place(catalogue):
    for id_ in ("1", "2"):
        catalogue.add(document(id_), [], _BEADS if id_ == "1" else ())
    found = catalogue.document("1")
    assert catalogue.beads(found) == _BEADS
    assert catalogue.beads(catalogue.document("2")) == ()
    assert catalogue.beads_at(found, "ru", Span(4, 6)) == _BEADS[1:2]
    assert catalogue.beads_at(found, "ru", Span(4, 7)) == _BEADS[1:]
    assert catalogue.beads_at(found, "ru", Span(5, 6)) == ()
    assert catalogue.beads_at(found, "en", Span(0, 99)) == _BEADS[:2]


def test_sentences_of_a_side_come_back_as_they_were(catalogue):
    found = document("1")
    held = Sentences((Span(0, 2), Span(3, 5)), b"\x00\xff\x7f\x80")
    catalogue.add(found, [passage(found, 1, ru=Span(0, 5))], sentences={("1:0001", "ru"): held})
    assert catalogue.sentences("1:0001", "ru") == held
    assert catalogue.faults() == []
    for absent in (("1:0001", "en"), ("1:0002", "ru")):
        with pytest.raises(IndexDamagedError, match="the catalogue holds what Delo never wrote"):
            catalogue.sentences(*absent)


def test_a_document_that_is_struck_out_takes_its_beads_and_sentences_along(catalogue):
    found = document("1")
    held = {("1:0001", "ru"): Sentences((Span(0, 5),), b"\x01")}
    for _ in range(2):  # or the second time would find what the first left behind
        catalogue.add(found, [passage(found, 1, ru=Span(0, 5))], _BEADS, held)
        catalogue.remove("1")
    assert catalogue.beads(found) == ()
    with pytest.raises(IndexDamagedError):
        catalogue.sentences("1:0001", "ru")


def test_a_passage_whose_sentences_are_lacking_is_a_fault(catalogue):
    found = document("1")
    catalogue.add(found, [passage(found, 1, ru=Span(0, 5), en=Span(0, 4))])
    assert catalogue.faults() == ["2 sides of passages lack their sentences"]


@given(words, words, words)
def test_any_text_title_and_field_come_back_to_the_letter(tmp_path_factory, text, title, value):
    catalogue = Catalogue.create(tmp_path_factory.mktemp("any") / "c.sqlite")
    found = document("1", text, title=title, fields=(("Summary", value),))
    catalogue.add(found, [passage(found, 1, ru=Span(0, len(text)))])
    assert catalogue.document("1") == found
    assert catalogue.passages(found)[0].texts == {"ru": text}
    catalogue.close()


def test_a_document_of_one_language_and_without_a_date_comes_back(catalogue):
    found = document("1", printed=None, texts={"en": "Alone."}, url=None, references=())
    catalogue.add(found, [])
    assert catalogue.document("1") == found
    assert catalogue.document("2") is None


def test_documents_come_in_the_order_asked_for_or_sorted(catalogue):
    for id_ in ("b", "a", "c"):
        catalogue.add(document(id_), [])
    assert [d.id for d in catalogue.documents()] == ["a", "b", "c"]
    assert [d.id for d in catalogue.documents(["c", "no such", "a"])] == ["c", "a"]


def test_a_document_that_is_struck_out_leaves_nothing_behind(catalogue):
    for id_ in ("1", "2"):
        found = document(id_)
        catalogue.add(found, [passage(found, 1, ru=Span(0, 5)), passage(found, 2, en=Span(0, 4))])
    assert catalogue.remove("1") == ["1:0001", "1:0002"]
    assert catalogue.remove("1") == []
    assert catalogue.counts() == {"documents": 1, "passages": 2, "passages_ru": 1, "passages_en": 1}
    assert catalogue.archives() == {"APRF": 1}
    catalogue.add(document("1"), [])


def test_passages_are_told_apart_by_their_sides_and_documents(catalogue):
    for id_ in ("1", "2"):
        found = document(id_)
        catalogue.add(found, [passage(found, 1, ru=Span(0, 5), en=Span(0, 4)), passage(found, 2, en=Span(5, 8))])
    assert sorted(catalogue.passage_ids("ru")) == ["1:0001", "2:0001"]
    assert sorted(catalogue.passage_ids("en", ["2", "no such"])) == ["2:0001", "2:0002"]


def test_a_moved_document_is_known_by_its_new_file(catalogue):
    catalogue.add(document("1"), [])
    catalogue.move("1", Source(path="/new.txt", sha256="1"))
    assert [tuple(held) for held in catalogue.held()] == [("1", "/new.txt", "1")]


def test_what_a_document_replaces_has_its_id_or_its_file(catalogue):
    for id_ in ("1", "2", "3"):
        catalogue.add(document(id_), [])
    assert catalogue.replaced_by(document("1")) == ["1"]
    assert sorted(catalogue.replaced_by(document("1", source=document("2").source))) == ["1", "2"]
    assert catalogue.replaced_by(document("9")) == []


def test_twins_have_all_the_same_texts(catalogue):
    catalogue.add(document("1"), [])
    catalogue.add(document("2"), [])
    catalogue.add(document("3", texts={"ru": "Слово и дело.", "en": "Another translation."}), [])
    catalogue.add(document("4", "Слово и дело. И ещё."), [])
    assert catalogue.twins(document("1")) == ["2"]
    assert catalogue.twins(document("4", "Слово и дело. И ещё.")) == []
    assert catalogue.twins(document("9")) == ["1", "2"]


def test_it_is_read_without_numpy():
    """A look-up by reference needs no vectors, and should not wait for what reads them."""
    told = "import sys, index.catalogue; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", told], check=False).returncode == 0


class TestSelection:
    @pytest.fixture
    def dated(self, catalogue):
        for id_, printed in {"day": "May 3, 1951", "month": "May 1951", "year": "1951", "none": None}.items():
            catalogue.add(document(id_, printed=printed), [])
        return catalogue

    @given(st.dates(date(1950, 12, 1), date(1952, 1, 31)), st.dates(date(1950, 12, 1), date(1952, 1, 31)))
    def test_a_document_is_between_two_days_if_its_date_can_be(self, tmp_path_factory, one, another):
        after, before = sorted((one, another))
        catalogue = Catalogue.create(tmp_path_factory.mktemp("dated") / "c.sqlite")
        found = {"day": "May 3, 1951", "month": "May 1951", "year": "1951"}
        for id_, printed in found.items():
            catalogue.add(document(id_, printed=printed), [])
        expected = {
            id_
            for id_, printed in found.items()
            if parse_date(printed).latest >= after and parse_date(printed).earliest <= before
        }
        assert catalogue.select(after=after, before=before) == expected
        assert catalogue.select(after=after) & catalogue.select(before=before) == expected
        catalogue.close()

    def test_without_days_all_are_selected_and_with_one_none_without_a_date(self, dated):
        assert dated.select() == {"day", "month", "year", "none"}
        assert dated.select(before=date(2000, 1, 1)) == {"day", "month", "year"}

    def test_an_archive_is_known_in_any_spelling(self, catalogue):
        catalogue.add(document("1", archives=("AVP RF", "APRF")), [])
        catalogue.add(document("2", archives=("АВПРФ",)), [])
        catalogue.add(document("3", references=(ArchivalReference(text="unknown"),)), [])
        for spelling in ("AVPRF", "АВП РФ", "avp rf"):
            assert catalogue.select(archives=[spelling]) == {"1", "2"}
        assert catalogue.select(archives=["APRF", "AVPRF"]) == {"1", "2"}
        assert catalogue.select(archives=["no such"]) == set()

    def test_archives_are_counted_by_documents(self, catalogue):
        catalogue.add(document("1", archives=("AVP RF", "AVPRF")), [])
        catalogue.add(document("2", archives=("APRF", "AVP RF")), [])
        assert catalogue.archives() == {"AVP RF": 2, "APRF": 1}

    def test_the_range_of_dates_spans_all(self, catalogue):
        assert catalogue.date_range() is None
        catalogue.add(document("1", printed="1951"), [])
        catalogue.add(document("2", printed="May 3, 1950"), [])
        assert catalogue.date_range() == ("1950-05-03", "1951-12-31")


def test_it_can_be_read_from_many_threads(opened):
    ids = [held.document_id for held in opened.catalogue.held()]

    def read(n):
        found = opened.catalogue.document(ids[n % len(ids)])
        return found.id, len(opened.catalogue.passages(found))

    alone = [read(n) for n in range(len(ids))]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(read, range(200))) == [alone[n % len(ids)] for n in range(200)]


class TestDamage:
    def read(self, path):
        catalogue = Catalogue.open(path)
        try:
            return [catalogue.passages(found) for found in catalogue.documents()], catalogue.faults()
        finally:
            catalogue.close()

    @pytest.fixture
    def written(self, tmp_path):
        path = tmp_path / "c.sqlite"
        catalogue = Catalogue.create(path)
        for n in range(50):
            catalogue.add(document(str(n), "Слово и дело. " * 100), [])
        catalogue.close()
        assert self.read(path)[1] == []
        return path

    def test_a_missing_file_is_damage(self, tmp_path):
        with pytest.raises(IndexDamagedError, match=r"the catalogue at .* cannot be read: .*; make the index anew"):
            self.read(tmp_path / "none.sqlite")

    @pytest.mark.parametrize("content", [b"", b"no database" * 1000], ids=["empty", "garbage"])
    def test_a_file_that_is_no_catalogue_is_damage(self, tmp_path, content):
        (tmp_path / "c.sqlite").write_bytes(content)
        with pytest.raises(IndexDamagedError, match=r"the catalogue.* cannot be read"):
            self.read(tmp_path / "c.sqlite")

    def test_a_file_that_is_cut_short_is_damage(self, written):
        cut(written)
        with pytest.raises(IndexDamagedError, match="malformed"):
            self.read(written)

    @pytest.mark.parametrize(
        ("sound", "spoilt"),
        [(b'["Date", "May"]', b'["Date"; "May"]'), (b"1951-05-03", b"1951-15-03"), (b'"fond": "1"', b'"bond": "1"')],
        ids=["a field", "a date", "a reference"],
    )
    def test_words_that_were_never_written_are_damage(self, written, sound, spoilt):
        content = written.read_bytes()
        assert sound in content
        written.write_bytes(content.replace(sound, spoilt))
        with pytest.raises(
            IndexDamagedError, match=r"the catalogue holds what Delo never wrote: .*; make the index anew"
        ):
            self.read(written)

    def test_a_copy_is_whole_even_while_the_original_is_open(self, written, tmp_path):
        catalogue = Catalogue.open(written)
        copy_database(written, tmp_path / "copy.sqlite")
        catalogue.close()
        assert self.read(tmp_path / "copy.sqlite") == self.read(written)
