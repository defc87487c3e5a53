"""A disk that is full gives one clear line, and leaves the published index as it was."""

import os
import resource
import shutil
import subprocess
from contextlib import contextmanager
from dataclasses import replace

import pytest

from index import update
from index.check import check
from index.errors import StorageError
from tests.records import HOSPITAL, ORCHARD, write_all

FREE = [4, 60, 200, 500, 800]  # KiB left; an update of the small archive needs some 1,100
LONGEST = [0, 10, 5_000, 60_000, 150_000, 230_000, 300_000]  # bytes that a file may grow to


@pytest.fixture
def small_disk(tmp_path):
    """A file system of its own, of 8 MiB; only root can have one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount, umount = shutil.which("mount"), shutil.which("umount")
    if mount is None or umount is None or os.geteuid() != 0:
        pytest.skip("only root can mount a small file system")
    done = subprocess.run([mount, "-t", "tmpfs", "-o", "size=8m", "tmpfs", folder], capture_output=True, check=False)
    if done.returncode != 0:
        pytest.skip("a small file system cannot be mounted here, not even by root")
    yield folder
    subprocess.run([umount, "-l", folder], check=True)


@contextmanager
def filled(folder, kib):
    """`folder` with so much room left."""
    free = os.statvfs(folder)
    with (folder / "filler").open("wb") as filler:
        filler.write(b"\0" * max(0, free.f_bavail * free.f_frsize - kib * 1024))
    try:
        yield
    finally:
        (folder / "filler").unlink()


@contextmanager
def no_longer_than(size):
    """Writes beyond this size of a file fail, as on a full disk, for every library in this process."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def refused(place):
    with pytest.raises(StorageError, match=r"(could not be written|cannot use).*; (free some|give it) space") as told:
        place.update()
    assert "\n" not in str(told.value)


@pytest.mark.parametrize("kib", FREE)
def test_on_a_full_disk_an_update_is_refused_and_succeeds_when_there_is_room(place, small_disk, kib):
    on_disk = type(place)(place.archive, shutil.copytree(place.home, small_disk / "index"))
    held = on_disk.held()
    (place.archive / "700001.txt").unlink()
    with filled(small_disk, kib):
        refused(on_disk)
    assert on_disk.held() == held
    assert check(on_disk.home).sound
    on_disk.update()
    assert on_disk.held() == held - {"700001"}
    assert len(list((on_disk.home / "generations").iterdir())) == 1


@pytest.mark.parametrize("size", LONGEST)
def test_when_a_file_cannot_grow_an_update_is_refused_and_the_same_process_can_try_again(place, size):
    held = place.held()
    (place.archive / "700001.txt").unlink()
    with no_longer_than(size):
        refused(place)
    assert place.held() == held
    assert check(place.home).sound
    place.update()
    assert place.held() == held - {"700001"}


def test_a_first_update_on_a_full_disk_leaves_no_index_and_can_be_tried_again(empty):
    write_all(empty.archive, (ORCHARD, replace(HOSPITAL, number="5")))
    with no_longer_than(100_000):
        refused(empty)
    assert not (empty.home / "CURRENT").exists()
    assert list((empty.home / "generations").iterdir()) == []
    assert len(update(empty.home, [empty.archive]).added) == 2
    assert check(empty.home).sound
