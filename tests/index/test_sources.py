"""What is found among the paths a person gives, and what is refused."""

import hashlib
import os
import time
from pathlib import Path

import pytest

from index.errors import ArchiveError, SourceError
from index.sources import MOST_BYTES, find_sources, read_bytes
from tests.records import ARCHIVE, BRIDGE, write_all


@pytest.fixture
def archive(tmp_path):
    return write_all(tmp_path / "archive", ARCHIVE)


def names(sources):
    return [file.path.name for file in sources.files]


def reasons(sources):
    return {error.path.name: error.reason for error in sources.refused}


def test_files_are_found_in_order_with_the_hash_of_their_bytes(archive):
    sources = find_sources([archive])
    assert names(sources) == sorted(f"{record.number}.txt" for record in ARCHIVE)
    assert all(file.sha256 == hashlib.sha256(file.path.read_bytes()).hexdigest() for file in sources.files)
    assert not sources.refused
    assert read_bytes(sources.files[0]) == BRIDGE.text.encode()


def test_folders_are_walked_and_other_suffixes_are_counted(archive):
    BRIDGE.write(archive / "deep" / "er", "x.md")
    BRIDGE.write(archive, "X.TXT")
    for other in ("scan.pdf", "scan2.pdf", "README"):
        (archive / other).write_text("x")
    sources = find_sources([archive])
    assert {"x.md", "X.TXT"} <= set(names(sources))
    assert sources.passed_over == {".pdf": 2, "no suffix": 1}


def test_hidden_files_and_folders_are_not_looked_at(archive):
    BRIDGE.write(archive / ".git", "a.txt")
    BRIDGE.write(archive, ".b.txt")
    assert len(find_sources([archive]).files) == len(ARCHIVE)


def test_a_file_named_by_itself_is_taken_whatever_its_suffix(archive):
    path = BRIDGE.write(archive, "record.html")
    assert [file.path for file in find_sources([path]).files] == [path]


def test_a_file_named_twice_is_found_once(archive):
    assert len(find_sources([archive, archive / "700001.txt", archive]).files) == len(ARCHIVE)


def test_a_relative_path_is_kept_as_an_absolute_one(archive, monkeypatch):
    monkeypatch.chdir(archive.parent)
    assert find_sources([Path("archive")]).files[0].path == archive / "700001.txt"


def test_what_lies_under_the_paths_given_is_covered(archive):
    sources = find_sources([archive])
    assert sources.covers(str(archive / "gone" / "x.txt"))
    assert sources.covers(str(archive))
    assert not sources.covers(str(archive) + "2/x.txt")


@pytest.mark.parametrize("name", ["missing", "x" * 5000, "a\0b"], ids=["missing", "too long a name", "a zero byte"])
def test_a_path_where_nothing_is_names_itself(tmp_path, name):
    with pytest.raises(ArchiveError, match="nothing at .*; give the archive's files or a folder that holds them"):
        find_sources([tmp_path / name])


class TestLinks:
    def test_a_link_to_a_file_outside_is_refused(self, archive, tmp_path):
        outside = BRIDGE.write(tmp_path, "outside.txt")
        (archive / "link.txt").symlink_to(outside)
        sources = find_sources([archive])
        assert "link.txt" not in names(sources)
        assert reasons(sources) == {"link.txt": f"a link that leads out of '{archive}'; name what it leads to instead"}

    def test_a_link_to_a_folder_outside_is_refused_and_not_walked(self, archive, tmp_path):
        BRIDGE.write(tmp_path / "outside", "secret.txt")
        (archive / "folder").symlink_to(tmp_path / "outside")
        sources = find_sources([archive])
        assert "secret.txt" not in names(sources)
        assert reasons(sources) == {"folder": f"a link that leads out of '{archive}'; name what it leads to instead"}

    def test_a_link_to_a_file_inside_is_followed(self, archive):
        (archive / "again.txt").symlink_to(archive / "700001.txt")
        assert "again.txt" in names(find_sources([archive]))

    def test_a_link_to_a_folder_inside_is_not_walked_round_and_round(self, archive):
        (archive / "round").symlink_to(archive)
        sources = find_sources([archive])
        assert len(sources.files) == len(ARCHIVE)
        assert reasons(sources) == {"round": "a link to a folder is not followed; name the folder itself"}

    @pytest.mark.parametrize("target", ["loop.txt", "nowhere.txt"], ids=["to itself", "to nothing"])
    def test_a_link_that_leads_nowhere_is_refused(self, archive, target):
        (archive / "loop.txt").symlink_to(archive / target)
        assert reasons(find_sources([archive]))["loop.txt"].startswith("not a file")

    def test_a_link_named_by_itself_is_followed(self, archive, tmp_path):
        (tmp_path / "link").symlink_to(archive)
        sources = find_sources([tmp_path / "link"])
        assert [file.path for file in sources.files][0] == tmp_path / "link" / "700001.txt"


class TestRefusals:
    def test_a_file_that_is_too_long_is_refused_without_being_read(self, archive):
        with (archive / "long.txt").open("wb") as file:
            file.truncate(50_000_000)
        started = time.perf_counter()
        sources = find_sources([archive])
        assert time.perf_counter() - started < 1
        assert reasons(sources) == {"long.txt": "the file has 50 MB, the most is 20 MB; split it into its records"}
        assert MOST_BYTES == 20_000_000

    def test_what_is_no_file_is_refused(self, archive):
        os.mkfifo(archive / "pipe.txt")
        assert reasons(find_sources([archive]))["pipe.txt"].startswith("not a file")

    def test_a_name_that_is_not_utf_8_is_refused_in_words_that_can_be_printed(self, archive):
        Path(os.fsdecode(os.fsencode(archive) + b"/\xff\xfe.txt")).write_bytes(BRIDGE.text.encode())
        sources = find_sources([archive])
        assert reasons(sources) == {
            "\\xff\\xfe.txt": "the name of the file, or of a folder it lies in, is not UTF-8; rename it"
        }
        assert str(sources.refused[0]).isprintable()

    def test_a_file_that_has_gone_meanwhile_is_refused(self, archive):
        file = find_sources([archive]).files[0]
        file.path.unlink()
        with pytest.raises(SourceError, match="700001.txt: cannot be read: No such file or directory"):
            read_bytes(file)
