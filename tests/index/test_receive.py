"""Files that readers give: what is foretold of each is what happens, and it happens wholly or not at all."""

import subprocess
import sys
from dataclasses import replace

import pytest

from index import update
from index.build import BuildReport
from index.errors import IndexBusyError, StorageError
from index.generations import Generations
from index.receive import foretell, paired, receive
from index.received import received_folder, received_name
from index.store import Index
from tests.prepared import records_index
from tests.processes import ROOT
from tests.records import BRIDGE, HOSPITAL, Record

MILL = Record(
    number="710001", title="Note on a Mill", russian=("Мельница сгорела.",), english=("The mill burned down.",)
)
REBUILT = replace(MILL, russian=("Мельница отстроена.",), english=("The mill was built again.",))
FERRY = Record(number="710002", title="Note on a Ferry", russian=("Паром стоит.",), english=("The ferry is idle.",))
NAMELESS = Record(
    title="Note on a Lamp",
    citation='"Note on a Lamp", May 3, 1951, Wilson Center Digital Archive, APRF, f. 45, op. 1, d. 334, l. 9.',
    russian=("Лампа разбита.",),
    english=("The lamp is broken.",),
)


@pytest.fixture
def home(tmp_path_factory):
    return records_index(tmp_path_factory)


def told(home, **files):
    with Index.open(home) as index:
        return paired(index, foretell(index, {f"{name}.txt": text.encode() for name, text in files.items()}))


def give(home, folder, *records, progress=lambda done, total: None):
    """Receive what is foretold to be taken of these records."""
    folder.mkdir(exist_ok=True)
    files = {f"{n}-{record.number}.txt": record.text.encode() for n, record in enumerate(records)}
    with Index.open(home) as index:
        foretold = foretell(index, files)
    taken = {}
    for name, one in foretold.items():
        (folder / name).write_bytes(files[name])
        if one.taken:
            taken[one.kept_as] = folder / name
    return receive(home, taken, progress)


def lying(home):
    """The received files, by name, and what is in each."""
    folder = received_folder(home)
    assert not (folder.parent / "undo").exists()
    return {path.name: path.read_text("utf-8") for path in folder.iterdir()} if folder.exists() else {}


def text_of(home, document_id, language="en"):
    with Index.open(home) as index:
        found = index.catalogue.document(document_id)
        return found.texts[language] if found else None


def test_a_received_file_becomes_a_document_and_is_kept(home, tmp_path):
    report = give(home, tmp_path / "sent", MILL)
    assert (report.added, report.changed, report.removed) == (["710001"], [], [])
    assert lying(home) == {"710001.txt": MILL.text}
    assert "burned" in text_of(home, "710001")


def test_the_same_document_sent_again_takes_the_place_of_the_first(home, tmp_path):
    give(home, tmp_path / "sent", MILL, FERRY)
    report = give(home, tmp_path / "sent", REBUILT)
    assert (report.added, report.changed, report.removed, report.unchanged) == ([], ["710001"], [], 1)
    assert lying(home) == {"710001.txt": REBUILT.text, "710002.txt": FERRY.text}
    assert "again" in text_of(home, "710001")


def test_what_is_foretold_of_each_file_is_what_happens(home, tmp_path):
    give(home, tmp_path / "sent", MILL)
    other = replace(BRIDGE, english=("Another translation.",))
    foretold = told(
        home,
        new=FERRY.text,
        again=REBUILT.text,
        held=MILL.text,
        same=replace(BRIDGE, summary="Another.").text,
        elsewhere=other.text,
        empty="",
        twice=replace(FERRY, summary="Another.").text,
        conflict=replace(FERRY, english=("Another.",)).text,
        lamp=NAMELESS.text,
    )
    assert {name.removesuffix(".txt"): one.fate for name, one in foretold.items()} == {
        "new": "new",
        "again": "replaces",
        "held": "conflict",  # of two that are sent with one number
        "same": "held",
        "elsewhere": "conflict",
        "empty": "unreadable",
        "twice": "twice",
        "conflict": "conflict",
        "lamp": "new",
    }
    assert told(home, held=MILL.text)["held.txt"].fate == "held"
    assert told(home, elsewhere=other.text)["elsewhere.txt"].fate == "elsewhere"
    assert foretold["lamp.txt"].document.id == "lamp"
    assert foretold["new.txt"].pairs == 1
    assert foretold["twice.txt"].other == "new.txt"
    report = give(home, tmp_path / "sent", FERRY, REBUILT, other, replace(BRIDGE, summary="Another."))
    assert (report.added, report.changed, report.rejected) == (["710002"], ["710001"], [])


def test_what_an_archive_holds_from_elsewhere_is_not_replaced_even_if_it_is_sent(home, tmp_path):
    before = text_of(home, BRIDGE.number)
    folder = tmp_path / "sent"
    path = replace(BRIDGE, english=("Another translation.",)).write(folder)
    report = receive(home, {"700001.txt": path})
    assert len(report.rejected) == 1
    assert text_of(home, BRIDGE.number) == before
    assert lying(home) == {}


def test_remarks_of_the_reading_are_foretold(home):
    (one,) = told(home, x=replace(HOSPITAL, number="710009", title="Another").text).values()
    assert one.remarks == ("only an English text; quotations from it have no Russian counterpart",)
    assert one.pairs == 0


@pytest.mark.parametrize("step", [1, 2, 3])
def test_what_is_broken_off_at_any_step_leaves_everything_as_it_was(home, tmp_path, step):
    give(home, tmp_path / "sent", MILL)
    generation = Generations(home).current()
    steps = []

    def stop(done, total):
        steps.append((done, total))
        if len(steps) == step:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        give(home, tmp_path / "sent", REBUILT, FERRY, progress=stop)
    assert steps == [(n, 3) for n in range(1, step + 1)][:2] + [(2, 3)] * (step == 3)
    assert lying(home) == {"710001.txt": MILL.text}
    assert Generations(home).current() == generation
    assert give(home, tmp_path / "sent", REBUILT, FERRY).added == ["710002"]


KILLED = """
import os, sys
from pathlib import Path
from index import received
home, name, path, when = sys.argv[1:]
if when == "after":  # everything is published, nothing cleared away
    received.settle = lambda generations: None
from index.receive import receive
receive(Path(home), {name: Path(path)}, lambda done, total: when == "before" and done == total - 1 and os._exit(9))
os._exit(9)
"""


@pytest.mark.slow
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_process_that_dies_leaves_what_the_published_index_holds(home, tmp_path, when):
    give(home, tmp_path / "sent", MILL)
    path = REBUILT.write(tmp_path / "new")
    done = subprocess.run(
        [sys.executable, "-c", KILLED, home, "710001.txt", path, when], check=False, cwd=ROOT, capture_output=True
    )
    assert done.returncode == 9, done.stderr
    assert (received_folder(home).parent / "undo").exists()
    assert "burned" in text_of(home, "710001") if when == "before" else "again" in text_of(home, "710001")
    give(home, tmp_path / "sent", FERRY)
    kept = MILL if when == "before" else REBUILT
    assert lying(home) == {"710001.txt": kept.text, "710002.txt": FERRY.text}


def test_while_another_writes_nothing_is_received(home, tmp_path):
    with Generations(home).writing(), pytest.raises(IndexBusyError, match="being written by process"):
        give(home, tmp_path / "sent", MILL)
    assert lying(home) == {}


def test_a_folder_that_cannot_be_written_is_told(home, tmp_path):
    (home / "received").touch()
    with pytest.raises(StorageError, match="give it space"):
        give(home, tmp_path / "sent", MILL)


def test_an_update_from_elsewhere_keeps_what_was_received_and_so_does_making_the_index_anew(home, tmp_path):
    give(home, tmp_path / "sent", MILL)
    elsewhere = FERRY.write(tmp_path / "elsewhere").parent
    assert update(home, [elsewhere]).removed == []
    assert text_of(home, "710001")
    report = update(home, [elsewhere], rebuild=True)
    assert sorted(report.added) == ["710001", "710002"]
    assert isinstance(report, BuildReport)


def test_a_file_that_a_reader_takes_out_of_the_folder_goes_with_the_next(home, tmp_path):
    give(home, tmp_path / "sent", MILL)
    (received_folder(home) / "710001.txt").unlink()
    assert give(home, tmp_path / "sent", FERRY).removed == ["710001"]


@pytest.mark.parametrize("name", ["../x.txt", "/etc/x.txt", ".x.txt", "a/b.txt", ".."])
def test_no_name_leads_out_of_the_folder(home, tmp_path, name):
    with pytest.raises(ValueError, match="plain name"):
        receive(home, {name: MILL.write(tmp_path)})


@pytest.mark.parametrize(
    "id_", ["112133", "../../etc/passwd", "..", ".hidden", "x" * 5000, "я" * 500, "a/b", "a\0b", ""]
)
def test_every_id_has_a_plain_name_of_its_own(id_):
    name = received_name(id_)
    assert "/" not in name
    assert "\0" not in name
    assert not name.startswith(".")
    assert len(name.encode()) < 200
    assert received_name(id_ + "x") != name
