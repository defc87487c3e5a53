"""Long work: one of a kind at a time, looked at and cancelled by its owner alone."""

from threading import Event

import pytest

from index.errors import ArchiveError
from ui.server.jobs import Busy, Jobs

SECONDS = 10


@pytest.fixture
def jobs():
    return Jobs()


@pytest.fixture
def gate():
    """Work waits for it; opened at the end, so that no thread is left behind."""
    gate = Event()
    yield gate
    gate.set()


def waiting(gate):
    """Work of two steps, that waits between them."""

    def work(advance):
        advance(1, 2)
        gate.wait(SECONDS)
        advance(2, 2)
        return "/done"

    return work


def ended(job):
    assert job.ended.wait(SECONDS)
    return job


def test_work_gives_its_result(jobs, gate):
    job = jobs.start("add", waiting(gate))
    assert not job.ended.is_set()
    gate.set()
    assert (ended(job).result, job.trouble, job.far.done, job.far.total) == ("/done", None, 2, 2)


def test_cancelled_work_stops_at_its_next_report(jobs, gate):
    job = jobs.start("add", waiting(gate))
    job.cancelled.set()
    assert job.far.stopping
    gate.set()
    assert (ended(job).result, job.trouble) == (None, "cancelled")


def test_a_second_piece_of_a_kind_waits_and_another_kind_does_not(jobs, gate):
    first = jobs.start("add", waiting(gate))
    with pytest.raises(Busy, match="under way"):
        jobs.start("add", waiting(gate))
    assert ended(jobs.start("judge", lambda advance: 1)).result == 1
    gate.set()
    ended(first)
    assert ended(jobs.start("add", lambda advance: 2)).result == 2


@pytest.mark.parametrize(
    ("error", "told"),
    [(ArchiveError("no space; make some"), "no space; make some"), (KeyError("x"), "KeyError: 'x'")],
)
def test_trouble_is_told_and_ends_the_work(jobs, error, told):
    def work(advance):
        raise error

    assert ended(jobs.start("add", work)).trouble == told


def test_a_job_is_its_owners_and_its_id_cannot_be_guessed(jobs):
    ids = {ended(jobs.start("add", lambda advance: None, "anna")).id for _ in range(20)}
    assert len(ids) == 20
    assert min(map(len, ids)) >= 22
    one = ids.pop()
    assert jobs.job(one, "anna") is jobs.job(one)
    assert jobs.job(one, "boris") is None
    assert jobs.job(one, "") is None


def test_time_stands_still_when_the_work_has_ended(jobs):
    job = ended(jobs.start("add", lambda advance: None))
    assert job.far.seconds == job.far.seconds


def test_only_so_many_that_have_ended_are_remembered(jobs):
    first = ended(jobs.start("add", lambda advance: None))
    for _ in range(102):
        ended(jobs.start("add", lambda advance: None))
    assert jobs.job(first.id) is None
