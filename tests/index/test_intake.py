"""Every file becomes a document, or an entry in the list of the refused, or a remark."""

from dataclasses import replace

from index.catalogue import Held
from index.errors import SourceError
from index.intake import Intake
from index.sources import find_sources
from tests.records import ARCHIVE, BRIDGE, ORCHARD, write_all


def take_in(folder, staying=()):
    intake = Intake(staying)
    sources = find_sources([folder])
    steps = []
    documents = list(intake.documents(sources.files, lambda done, total: steps.append((done, total))))
    assert steps == [(n, len(sources.files)) for n in range(1, len(sources.files) + 1)]
    return intake, [document.id for document in documents]


def test_every_record_becomes_a_document(tmp_path):
    intake, ids = take_in(write_all(tmp_path, ARCHIVE))
    assert ids == [record.number for record in ARCHIVE]
    assert intake.rejected == []


def test_a_refused_file_is_listed_with_its_line_and_the_others_are_read(tmp_path):
    write_all(tmp_path, ARCHIVE)
    (tmp_path / "700000.txt").write_bytes(b"#### **Citation:**\n\n\xff")
    intake, ids = take_in(tmp_path)
    assert len(ids) == len(ARCHIVE)
    assert intake.rejected == [
        (str(tmp_path / "700000.txt"), "line 3: byte 20 (0xff) is not UTF-8; save the file as UTF-8")
    ]


def test_remarks_are_listed_with_their_file(tmp_path):
    path = ORCHARD.write(tmp_path)
    intake, _ = take_in(tmp_path)
    assert intake.remarks == [(str(path), "only a Russian text; quotations from it have no English counterpart")]


def test_two_files_with_one_record_number_and_different_texts_are_told_apart(tmp_path):
    BRIDGE.write(tmp_path, "a.txt")
    replace(BRIDGE, english=("Another translation.",)).write(tmp_path, "b.txt")
    intake, ids = take_in(tmp_path)
    assert ids == ["700001"]
    ((path, reason),) = intake.rejected
    assert path == str(tmp_path / "b.txt")
    assert reason == (
        f"record 700001 is taken from '{tmp_path / 'a.txt'}' already, with another text; keep one of the two"
    )


def test_two_files_with_one_record_number_and_the_same_texts_are_one_document(tmp_path):
    BRIDGE.write(tmp_path, "a.txt")
    replace(BRIDGE, summary="Another summary.").write(tmp_path, "b.txt")
    intake, ids = take_in(tmp_path)
    assert ids == ["700001"]
    assert intake.rejected == []
    assert intake.remarks == [(str(tmp_path / "b.txt"), f"the same document as '{tmp_path / 'a.txt'}'; indexed once")]


def test_a_record_that_is_held_from_elsewhere_is_not_taken_again(tmp_path):
    BRIDGE.write(tmp_path, "new.txt")
    elsewhere = Held("700001", str(replace(BRIDGE, english=("Other.",)).write(tmp_path / "other")), "0")
    intake, ids = take_in(tmp_path / "new.txt", [elsewhere])
    assert ids == []
    assert intake.rejected[0][1].startswith("record 700001 is taken from")


def test_a_record_that_is_held_from_a_file_gone_bad_is_not_taken_again(tmp_path):
    BRIDGE.write(tmp_path, "new.txt")
    intake, ids = take_in(tmp_path / "new.txt", [Held("700001", str(tmp_path / "gone.txt"), "0")])
    assert ids == []
    assert len(intake.rejected) == 1


def test_a_file_that_is_read_anew_does_not_keep_the_record_it_held(tmp_path):
    BRIDGE.write(tmp_path, "b.txt")
    held = Held("700001", str(replace(BRIDGE, number="700009").write(tmp_path, "a.txt")), "0")
    intake, ids = take_in(tmp_path, [held])
    assert ids == ["700009", "700001"]
    assert intake.rejected == []


def test_a_refused_file_says_that_its_document_stays(tmp_path):
    intake = Intake([Held("5", str(tmp_path / "x.txt"), "0")])
    intake.refuse(SourceError(tmp_path / "x.txt", "spoilt", line=2))
    intake.refuse(SourceError(tmp_path / "y.txt", "spoilt"))
    assert intake.rejected == [
        (str(tmp_path / "x.txt"), "line 2: spoilt (document 5 stays in the index as it was)"),
        (str(tmp_path / "y.txt"), "spoilt"),
    ]
