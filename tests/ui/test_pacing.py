"""Work that is looked at now and then, and goes on meanwhile."""

import asyncio
import threading
import time
from contextlib import aclosing
from itertools import pairwise

import pytest

from ui.server.pacing import paced


def looks(steps, pause=0.05, stop_after=None):
    """The times of the looks, from the beginning."""

    async def look():
        start, times = time.monotonic(), []
        async with aclosing(paced(steps, pause)) as looking:
            async for _ in looking:
                times.append(time.monotonic() - start)
                if len(times) == stop_after:
                    break
        return times

    return asyncio.run(look())


def test_many_steps_are_looked_at_no_oftener_than_that_and_once_after_the_last():
    done = []

    def steps():
        for n in range(60):
            time.sleep(0.005)
            done.append(n)
            yield

    times = looks(steps())
    assert len(done) == 60
    assert 2 <= len(times) <= times[-1] / 0.05 + 2
    assert all(later - earlier >= 0.045 for earlier, later in pairwise(times[:-1]))


def test_what_is_over_at_once_is_shown_at_once():
    assert looks(iter_nothing(), pause=10)[-1] < 5


def iter_nothing():
    yield
    yield


def test_who_stops_looking_stops_the_work_after_its_step():
    closed = threading.Event()

    def steps():
        try:
            while True:
                yield
                time.sleep(0.01)
        finally:
            closed.set()

    assert len(looks(steps(), stop_after=2)) == 2
    assert closed.wait(10)


def test_trouble_is_raised_where_the_work_is_looked_at():
    def steps():
        yield
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        looks(steps())


def test_where_nothing_happens_a_look_is_given_all_the_same(monkeypatch):
    monkeypatch.setattr("ui.server.pacing._ALIVE", 0.05)
    go = threading.Event()

    def steps():
        go.wait(10)
        yield

    assert len(looks(steps(), stop_after=3)) == 3
    go.set()


def test_a_hundred_that_wait_do_not_hold_up_one_that_is_ready():
    go = threading.Event()

    def slow():
        yield
        go.wait(20)

    def quick():
        yield

    async def look(steps):
        async for _ in paced(steps, 0.01):
            pass

    async def all_of_them():
        waiting = [asyncio.create_task(look(slow())) for _ in range(100)]
        await asyncio.wait_for(look(quick()), 10)
        go.set()
        await asyncio.gather(*waiting)

    asyncio.run(all_of_them())
