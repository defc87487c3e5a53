"""A writer that is killed leaves the published generation whole, and the next one clears up after it.

Children of a process that has loaded the engines, and opened nothing, run the update and are killed: at the
n-th time that they touch the file system, for n all over the run, or at some moment. Then the index must hold
just the old documents or just the new ones, and be sound.
"""

import hashlib
import random
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from tests.processes import forker
from tests.records import ARCHIVE, BRIDGE, LIBRARY, WEATHER, write_all

pytestmark = pytest.mark.slow
AT_EVENTS = 30  # kills, spread over the run
AT_MOMENTS = 8


def take_out_and_move(archive):
    """Changes that need no model, so that a run is short and can be killed often."""
    (archive / f"{LIBRARY.number}.txt").unlink()
    (archive / "deep").mkdir()
    (archive / f"{BRIDGE.number}.txt").rename(archive / "deep" / f"{BRIDGE.number}.txt")


def put_in_and_change(archive):
    """Changes that must be read, embedded and written."""
    replace(BRIDGE, russian=("Мост снова закрыт.",)).write(archive)
    replace(WEATHER, number="700009").write(archive)
    (archive / f"{LIBRARY.number}.txt").unlink()


def held_by(archive):
    """What an index of `archive` holds: for each document its file and hash."""
    return {path.stem: [str(path), hashlib.sha256(path.read_bytes()).hexdigest()] for path in archive.rglob("*.txt")}


class Scene:
    """An index of an archive that has changed since."""

    def __init__(self, folder, fork, change):
        self.archive = write_all(folder / "archive", ARCHIVE)
        self.home = folder / "index"
        assert fork("update", self.home, self.archive)["added"]
        self.old = held_by(self.archive)
        change(self.archive)
        self.new = held_by(self.archive)
        assert self.old != self.new
        self.events = fork("update", self.copy("whole"), self.archive)["events"]
        assert self.events > 100

    def copy(self, name):
        return shutil.copytree(self.home, self.home.with_name(name))

    def places(self, count):
        """Events all over the run, the first and the last among them."""
        return sorted({1 + round(n * (self.events - 1) / (count - 1)) for n in range(count)})


@pytest.fixture(scope="module")
def forks():
    """Two forkers: the machine has two cores."""
    with forker(0) as one, forker(1) as two:
        yield one, two


@pytest.fixture(scope="module")
def short(tmp_path_factory, forks):
    return Scene(tmp_path_factory.mktemp("short"), forks[0], take_out_and_move)


@pytest.fixture(scope="module")
def whole(tmp_path_factory, forks):
    return Scene(tmp_path_factory.mktemp("whole"), forks[0], put_in_and_change)


def each(forks, trial, trials):
    """Run the trials, every other one with the other forker; outcomes in order."""

    def run(number):
        return [trial(forks[number], how) for how in trials[number::2]]

    with ThreadPoolExecutor(2) as pool:
        outcomes = [None] * len(trials)
        outcomes[::2], outcomes[1::2] = pool.map(run, range(2))
    return outcomes


def kill(scene, fork, **how):
    """Kill an update; the index must be whole, and the next update succeed. Gives what the kill left."""
    home = scene.copy(f"killed {how}")
    told = fork("update", home, scene.archive, **how)
    after = fork("check", home)
    assert after["sound"], (how, after)
    assert after["held"] in (scene.old, scene.new), how
    again = fork("update", home, scene.archive)
    assert "error" not in again, (how, again)
    finally_ = fork("check", home)
    assert finally_["sound"], how
    assert finally_["held"] == scene.new, how
    assert [path.name for path in (home / "generations").iterdir()] == [finally_["generation"]], how
    shutil.rmtree(home)
    return told["killed"], after["held"] == scene.new


def test_killed_wherever_it_touches_the_file_system_it_leaves_the_index_whole(short, forks):
    outcomes = each(forks, lambda fork, place: kill(short, fork, kill_at=place), short.places(AT_EVENTS))
    assert all(was_killed for was_killed, _ in outcomes)
    published = [is_new for _, is_new in outcomes]
    assert published == sorted(published)  # once the new generation is served, it stays
    assert published[0] is False
    assert published[-1] is True  # what follows the publishing is clearing up


def test_killed_at_any_moment_it_leaves_the_index_whole(short, forks):
    rng = random.Random(1949)  # noqa: S311 - nothing is kept secret
    moments = [rng.uniform(0, 0.3) for _ in range(AT_MOMENTS)]
    each(forks, lambda fork, moment: kill(short, fork, kill_after=moment), moments)


def test_killed_while_it_reads_embeds_and_writes_it_leaves_the_index_whole(whole, forks):
    late = whole.places(8)[4:]  # by then the stores are copied
    outcomes = each(forks, lambda fork, place: kill(whole, fork, kill_at=place), late)
    assert all(was_killed for was_killed, _ in outcomes)


def test_a_first_update_that_is_killed_leaves_no_index_and_the_next_one_makes_it(short, forks, tmp_path):
    (fork, _) = forks
    assert fork("update", tmp_path / "first", short.archive, kill_at=60)["killed"]
    assert fork("check", tmp_path / "first")["error"].startswith("IndexMissingError")
    fork("update", tmp_path / "first", short.archive)
    assert fork("check", tmp_path / "first")["held"] == short.new
    assert len(list((tmp_path / "first" / "generations").iterdir())) == 1


def test_a_repair_that_is_killed_can_be_begun_again(short, forks):
    def damaged(name):
        home = short.copy(name)
        (generation,) = (home / "generations").iterdir()
        shutil.rmtree(generation / "lexical")
        return home

    def trial(fork, place):
        home = damaged(f"repair {place}")
        assert fork("repair", home, kill_at=place)["killed"]
        assert fork("repair", home)["sound"]
        after = fork("check", home)
        assert after["sound"]
        assert after["held"] == short.old

    events = forks[0]("repair", damaged("repair"))["events"]
    each(forks, trial, [events // 4, events // 2, events * 3 // 4, events])
