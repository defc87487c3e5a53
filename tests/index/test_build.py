"""An update brings the index to what the archive's files say, or leaves it as it was."""

import json
import os
import shutil
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import EmbedderSettings, Index, update
from index.build import BATCH_CHARS, _batches
from index.check import check
from index.document import Document, Source
from index.embed import open_embedder
from index.errors import ArchiveError, IndexDamagedError, IndexStaleError, ModelError
from index.units import units_of
from tests.damage import cut
from tests.processes import update_without_privileges
from tests.records import ARCHIVE, BRIDGE, HOSPITAL, LIBRARY, ORCHARD, WEATHER, write_all


def contents(home):
    """All that an index holds, without the places of its files on this disk."""
    with Index.open(home) as index:
        documents = list(index.catalogue.documents())
        return (
            {d.id: (d.title, d.texts, d.references, d.fields, d.date, Path(d.source.path).name) for d in documents},
            {d.id: [(p.id, p.spans) for p in index.catalogue.passages(d)] for d in documents},
            {d.id: [b.spans for b in index.catalogue.beads(d)] for d in documents},
            {x: index.vectors.ids(x) for x in ("ru", "en")},
            sorted(index.lexical.ids()),
        )


def snapshot(home):
    """What is published, to the byte; Chroma's own files change when they are opened."""
    return {
        str(path.relative_to(home)): path.read_bytes()
        for path in home.rglob("*")
        if path.is_file() and "vectors" not in path.parts and not path.name.endswith("lock")
    }


def generations(home):
    return sorted(path.name for path in (home / "generations").iterdir())


def only(report, **expected):
    """Whether a report has what is expected, and of documents nothing else."""
    plain = {name: getattr(report, name) for name in ("added", "changed", "removed", "moved")}
    return {name: sorted(ids) for name, ids in plain.items() if ids} == expected


class TestNames:
    def test_passages_are_found_by_the_names_in_them_in_either_language(self, place):
        with Index.open(place.home) as index:
            (document,) = [d for d in index.catalogue.documents() if d.id == "700001"]
            names = index.names.mentions("en", document.texts["en"])
            for name in names:
                found = [id_ for id_, _ in index.lexical.search_names({name.key}, 20)]
                assert any(id_.startswith("700001:") for id_ in found)

    def test_a_changed_table_of_names_asks_for_a_rebuild(self, place):
        before = snapshot(place.home)
        (place.home / "names.json").write_text('{"names": [{"name": "Orlov", "names": ["Теребин"]}]}', encoding="utf-8")
        with pytest.raises(IndexStaleError, match=r"another table of names .* --rebuild"):
            place.update()
        (place.home / "names.json").unlink()
        assert snapshot(place.home) == before
        assert only(place.update())


class TestAnUpdate:
    def test_nothing_is_written_if_nothing_changed(self, place):
        before = snapshot(place.home)
        report = place.update()
        assert only(report)
        assert report.unchanged == 6
        assert snapshot(place.home) == before

    def test_additions_changes_and_removals_are_told_and_done(self, place):
        replace(BRIDGE, number="700009", title="Another Bridge", russian=("Новый мост.",)).write(place.archive)
        replace(WEATHER, russian=("Буря прошла.",)).write(place.archive)
        (place.archive / "700002.txt").unlink()
        report = place.update()
        assert only(report, added=["700009"], changed=["700003"], removed=["700002"])
        assert report.unchanged == 4
        assert check(place.home).sound
        assert len(generations(place.home)) == 1
        with Index.open(place.home) as index:
            assert index.catalogue.document("700003").texts["ru"] == "Буря прошла."
            assert index.catalogue.document("700002") is None
            assert index.lexical.search("ru", ["бур"], 5)[0][0].startswith("700003:")

    def test_every_sentence_of_every_document_is_in_one_bead_and_one_passage(self, place):
        replace(WEATHER, russian=("Буря прошла. Ветер стих.",)).write(place.archive)
        place.update()
        with Index.open(place.home) as index:
            for document in index.catalogue.documents():
                for language in document.languages:
                    units = units_of(document, language)
                    beads = [b.spans[language] for b in index.catalogue.beads(document) if language in b.spans]
                    assert [unit for bead in beads for unit in units if bead.holds(unit)] == units
                    passages = [p for p in index.catalogue.passages(document) if language in p.spans]
                    held = [s for p in passages for s in index.catalogue.sentences(p.id, language).spans]
                    assert held == units

    def test_moved_and_exchanged_files_keep_their_documents(self, place):
        first, second = place.archive / "700001.txt", place.archive / "700002.txt"
        one, two = first.read_bytes(), second.read_bytes()
        first.write_bytes(two)
        second.write_bytes(one)
        (place.archive / "deep").mkdir()
        (place.archive / "700003.txt").rename(place.archive / "deep" / "700003.txt")
        before = contents(place.home)
        report = place.update()
        assert only(report, moved=["700003"], changed=["700001", "700002"])
        after = contents(place.home)
        assert after[1:] == before[1:]
        with Index.open(place.home) as index:
            paths = {held.document_id: held.path for held in index.catalogue.held()}
        assert paths["700001"] == str(second)
        assert paths["700003"] == str(place.archive / "deep" / "700003.txt")

    def test_a_file_that_now_holds_another_record_takes_the_old_one_out(self, place):
        replace(ORCHARD, number="700008").write(place.archive, "700001.txt")
        assert only(place.update(), added=["700008"], removed=["700001"])
        assert check(place.home).sound

    def test_a_record_taken_over_by_another_file_is_one_document(self, place):
        """Both files changed, each to what the other held: neither may be refused for the other's sake."""
        replace(WEATHER, russian=("Тихо.",)).write(place.archive, "700004.txt")
        replace(ORCHARD, russian=("Груши.",)).write(place.archive, "700003.txt")
        report = place.update()
        assert only(report, changed=["700003", "700004"])
        assert report.rejected == []
        assert check(place.home).sound
        assert place.update().unchanged == 6

    def test_what_came_from_elsewhere_stays(self, place, tmp_path):
        replace(ORCHARD, number="700010").write(tmp_path / "elsewhere")
        assert only(update(place.home, [tmp_path / "elsewhere"]), added=["700010"])
        shutil.rmtree(tmp_path / "elsewhere")
        assert only(place.update())
        assert "700010" in place.held()

    def test_a_file_by_itself_is_updated_without_touching_the_others(self, place):
        path = replace(ORCHARD, russian=("Яблони цветут.",)).write(place.archive)
        assert only(update(place.home, [path]), changed=["700004"])
        assert len(place.held()) == 6

    def test_after_any_changes_the_index_is_as_if_made_anew(self, place, tmp_path):
        nameless = replace(ORCHARD, citation='"T", May 3, 1951, Wilson Center Digital Archive, APRF, f. 1, op. 2')
        nameless.write(place.archive, "first.txt")
        (place.archive / "700001.txt").rename(place.archive / "bridge.md")
        replace(LIBRARY, english=("One paragraph.",)).write(place.archive)
        (place.archive / "700005.txt").unlink()
        assert only(place.update(), added=["first"], changed=["700001", "700002"], removed=["700005"])
        (place.archive / "first.txt").rename(place.archive / "second.txt")
        (place.archive / "700003.txt").write_text("spoilt")
        replace(HOSPITAL, russian=("Больница.",)).write(place.archive)
        (place.archive / "bridge.md").rename(place.archive / "bridge.txt")
        report = place.update()
        assert only(report, added=["700005", "second"], removed=["first"], moved=["700001"])
        assert [Path(path).name for path, _ in report.rejected] == ["700003.txt"]
        WEATHER.write(place.archive)
        (place.archive / "700004.txt").unlink()
        assert only(place.update(), removed=["700004"])
        update(tmp_path / "anew", [place.archive])
        assert contents(place.home) == contents(tmp_path / "anew")
        assert check(place.home).sound


@given(st.lists(st.sampled_from([10, 50_000, BATCH_CHARS - 1, BATCH_CHARS, 3 * BATCH_CHARS]), max_size=12))
def test_documents_pass_in_batches_and_none_is_lost(lengths):
    documents = [
        Document(
            id=str(n), title="", date=None, references=(), fields=(), url=None,
            texts={"ru": "х" * length}, source=Source(path="", sha256=""),
        )
        for n, length in enumerate(lengths)
    ]  # fmt: skip
    batches = list(_batches(iter(documents)))
    assert [document for batch in batches for document in batch] == documents
    sizes = [[len(document.texts["ru"]) for document in batch] for batch in batches]
    assert all(sum(size) >= BATCH_CHARS for size in sizes[:-1])
    assert all(sum(size[:-1]) < BATCH_CHARS for size in sizes)


def bad_files(folder):
    """Every kind of file that must be refused, with what is said of it."""
    BRIDGE.write(folder.parent, "outside.txt")
    long = folder / "long.txt"
    with long.open("wb") as file:
        file.truncate(50_000_000)
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(bytes(range(256)))
    (folder / "bytes.txt").write_bytes(replace(BRIDGE, number="9").text.encode("cp1251", "replace"))
    (folder / "plain.txt").write_text("no record at all")
    (folder / "template.md").write_text("{% include 'x' %}\n<script>alert(1)</script>\n")
    (folder / "link.txt").symlink_to(folder.parent / "outside.txt")
    (folder / "folder.txt").symlink_to(folder.parent, target_is_directory=True)
    replace(BRIDGE, number="9", date="February 30, 1950").write(folder, "date.txt")
    replace(BRIDGE, citation="see above").write(folder, "citation.txt")
    replace(BRIDGE, number="9", russian=(), english=()).write(folder, "texts.txt")
    replace(BRIDGE, russian=("Другое.",)).write(folder, "same number.txt")
    (folder / "none.txt").write_text(BRIDGE.text.replace("Citation:", "Note:"))
    return {
        "long.txt": "the file has 50 MB, the most is 20 MB; split it into its records",
        "empty.txt": "the file is empty; put the record in it or delete it",
        "binary.txt": "not a text file: byte 0 is zero; save the record as UTF-8 text",
        "bytes.txt": "is not UTF-8; save the file as UTF-8",
        "plain.txt": "no labelled fields",
        "template.md": "no labelled fields",
        "link.txt": "a link that leads out of",
        "folder.txt": "a link that leads out of",
        "date.txt": "impossible date: 'February 30, 1950'",
        "citation.txt": "the citation is not of the form",
        "texts.txt": "no Russian or English text follows",
        "same number.txt": "record 700001 is taken from",
        "none.txt": "no citation; under",
    }


@pytest.fixture(scope="module")
def odd(tmp_path_factory):
    """A first update of an archive with good, bad and strange files: the archive, its index, what was told."""
    folder = tmp_path_factory.mktemp("odd")
    archive = write_all(folder / "archive", ARCHIVE)
    expected = bad_files(archive)
    (archive / "scan.pdf").write_bytes(b"%PDF")
    replace(ORCHARD, number="700044").write(archive)
    Path(os.fsdecode(os.fsencode(archive) + b"/\xff.txt")).write_text(BRIDGE.text)
    replace(HOSPITAL, number="700055", english=(MARKUP,), title="<b>{{ x }}</b>").write(archive)
    steps = []
    report = update(folder / "index", [archive], progress=lambda done, total: steps.append((done, total)))
    return SimpleNamespace(home=folder / "index", report=report, steps=steps, expected=expected)


MARKUP = "<script>alert(1)</script> {{ 7 * 7 }} {% raw %} '; DROP TABLE documents; -- %s"


class TestAFirstUpdate:
    def test_every_good_record_becomes_a_document_and_the_index_is_sound(self, odd):
        assert only(odd.report, added=[*(record.number for record in ARCHIVE), "700044", "700055"])
        assert odd.report.unchanged == 0
        assert odd.report.generation == (odd.home / "CURRENT").read_text().strip()
        assert check(odd.home).sound

    def test_progress_is_told_file_by_file(self, odd):
        (total,) = {total for _, total in odd.steps}
        assert [done for done, _ in odd.steps] == list(range(1, total + 1))

    def test_files_of_other_kinds_are_counted(self, odd):
        assert odd.report.passed_over == {".pdf": 1}

    def test_every_bad_file_is_listed_in_the_report_and_in_the_manifest(self, odd):
        assert {Path(path).name for path, _ in odd.report.rejected} == {*odd.expected, "\\xff.txt"}
        with Index.open(odd.home) as index:
            assert index.manifest.rejected == tuple(odd.report.rejected)

    def test_documents_of_one_language_are_remarked_on(self, odd):
        remarked = {Path(path).name: told for path, told in odd.report.remarks if told.startswith("only a")}
        assert remarked["700004.txt"] == "only a Russian text; quotations from it have no English counterpart"
        assert remarked["700005.txt"] == "only an English text; quotations from it have no Russian counterpart"

    def test_two_records_with_the_same_texts_are_both_kept_with_a_remark(self, odd):
        assert [told for _, told in odd.report.remarks if "same texts" in told] == [
            "record 700004 has the same texts as 700044; keep one of them, unless the archive has them so",
            "record 700044 has the same texts as 700004; keep one of them, unless the archive has them so",
        ]

    def test_markup_and_template_code_in_a_document_are_kept_as_words(self, odd):
        with Index.open(odd.home) as index:
            document = index.catalogue.document("700055")
            assert (document.texts["en"], document.title) == (MARKUP, "<b>{{ x }}</b>")
            assert index.lexical.search("en", ["script"], 5)


class TestBadFiles:
    def test_each_is_listed_with_its_reason_and_the_index_is_untouched(self, place):
        expected = bad_files(place.archive)
        before = snapshot(place.home)
        report = place.update()
        told = {Path(path).name: reason for path, reason in report.rejected}
        assert told.keys() == expected.keys()
        assert all(expected[name] in reason for name, reason in told.items())
        assert all("\n" not in reason for reason in told.values())
        assert only(report)
        assert snapshot(place.home) == before

    def test_alone_they_make_no_index_and_each_is_told(self, empty):
        expected = bad_files(empty.archive)
        (empty.archive / "same number.txt").unlink()
        with pytest.raises(ArchiveError, match=r"no document to index in '.*'; give \.txt or \.md files") as refused:
            empty.update()
        assert all(name in str(refused.value) for name in expected if name != "same number.txt")
        assert not (empty.home / "CURRENT").exists()
        assert generations(empty.home) == []

    def test_a_document_stays_if_its_file_goes_bad(self, place):
        (place.archive / "700001.txt").write_bytes(b"\xff")
        report = place.update()
        ((_, reason),) = report.rejected
        assert reason.endswith("(document 700001 stays in the index as it was)")
        assert "700001" in place.held()

    def test_documents_stay_if_their_folder_can_no_longer_be_read(self, place):
        hidden = place.archive / "deep"
        hidden.mkdir()
        (place.archive / "700001.txt").rename(hidden / "700001.txt")
        assert only(place.update(), moved=["700001"])
        hidden.chmod(0)
        try:
            told = update_without_privileges(place.home, place.archive)
        finally:
            hidden.chmod(0o700)
        if told is None:
            pytest.skip("root cannot give up its privileges here: there is no setpriv")
        assert told == {"removed": [], "rejected": [[str(hidden), "the folder cannot be read: Permission denied"]]}
        assert "700001" in place.held()


class TestNothingToIndex:
    def test_an_empty_folder_is_refused_and_makes_no_index(self, empty):
        with pytest.raises(ArchiveError, match=r"no document to index in '.*archive'; give \.txt or \.md files"):
            empty.update()
        assert not (empty.home / "CURRENT").exists()

    def test_a_folder_with_nothing_readable_is_refused(self, empty):
        (empty.archive / "a.pdf").write_bytes(b"%PDF")
        (empty.archive / "b").write_bytes(b"x")
        with pytest.raises(ArchiveError, match="no document to index in"):
            empty.update()

    def test_a_missing_path_is_refused(self, empty):
        with pytest.raises(ArchiveError, match=r"nothing at '.*missing'; give the archive's files or a folder"):
            update(empty.home, [empty.archive / "missing"])
        assert not empty.home.exists()

    def test_no_path_at_all_is_refused(self, empty):
        with pytest.raises(ArchiveError, match="no document to index"):
            update(empty.home, [])

    def test_an_emptied_archive_leaves_the_index_as_it_was(self, place):
        for file in place.archive.iterdir():
            file.unlink()
        before = snapshot(place.home)
        with pytest.raises(ArchiveError, match="no document would be left in the index; it stays as it was"):
            place.update()
        assert snapshot(place.home) == before


class TestAnotherIndex:
    def test_another_model_is_refused_before_it_is_loaded(self, place):
        before = snapshot(place.home)
        with pytest.raises(IndexStaleError, match="was made with 'usem3', asked for is 'other'; leave the model out"):
            place.update(embedder=EmbedderSettings(name="other"))
        with pytest.raises(IndexStaleError, match="asked for is 'usem3', question prompt 'q: '"):
            place.update(embedder=EmbedderSettings(question_prompt="q: "))
        assert snapshot(place.home) == before

    def test_the_same_model_is_welcome(self, place):
        assert only(place.update(embedder=EmbedderSettings()))

    def test_another_version_is_refused_until_it_is_made_anew_from_nothing(self, place):
        path = place.generation() / "manifest.json"
        path.write_text(json.dumps({**json.loads(path.read_text()), "format": 99}))
        with pytest.raises(IndexStaleError, match=r"has format 99\..*; make it anew with: delo index --rebuild"):
            place.update()
        report = update(place.home, [place.archive / "700004.txt"], rebuild=True)
        assert only(report, added=["700004"])
        assert place.held() == {"700004"}
        assert check(place.home).sound

    @pytest.mark.parametrize("store", ["catalogue.sqlite", "vectors/chroma.sqlite3", "lexical/meta.json"])
    def test_a_damaged_one_is_refused_and_not_copied(self, place, store):
        (place.archive / "700001.txt").unlink()
        cut(place.generation() / store, 100)
        with pytest.raises(IndexDamagedError, match=f"missing, cut short or changed: {store}; mend it with: delo"):
            place.update()

    @pytest.mark.parametrize("store", ["catalogue.sqlite", "lexical/meta.json"])
    def test_one_with_a_changed_byte_is_not_taken_for_sound_by_being_copied(self, place, store):
        (place.archive / "700001.txt").unlink()
        with (place.generation() / store).open("ab") as file:
            file.write(b" ")
        with pytest.raises(IndexDamagedError, match=f"changed: {store}; mend it with"):
            place.update()

    def test_an_unknown_model_leaves_no_index_behind(self, empty):
        ORCHARD.write(empty.archive)
        with pytest.raises(ModelError, match="no embedding model at '/no/such/model'"):
            empty.update(embedder=EmbedderSettings(name="/no/such/model"))
        assert generations(empty.home) == []


@pytest.mark.slow
@pytest.mark.model
def test_an_index_made_with_another_model_is_kept_and_read_with_it(empty, minilm):
    settings = EmbedderSettings(name=str(minilm), passage_prompt="passage: ")
    write_all(empty.archive, (BRIDGE, HOSPITAL))
    empty.update(embedder=settings)
    replace(HOSPITAL, english=("The clinic has a new surgeon.",)).write(empty.archive)
    assert only(empty.update(), changed=["700005"])
    with Index.open(empty.home) as index:
        assert index.manifest.model.settings == settings
        assert not index.scale.bilingual
        (question,) = index.embedder.questions(["Who operates in the hospital?"])
        assert index.vectors.search("en", question, 1)[0][0].startswith("700005:")
        prompted = open_embedder(settings).passages(["The clinic has a new surgeon."])[0]
        assert index.vectors.search("en", prompted, 1)[0][1] == pytest.approx(1, abs=1e-4)
    assert check(empty.home).sound
