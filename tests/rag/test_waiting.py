"""Whoever waits for a model gets a turn, in the order of coming, or is told in time."""

import threading
import time

import pytest

from rag.models.call import Call
from rag.models.trouble import Trouble
from rag.models.waiting import Turns


def wait_for(condition):
    end = time.monotonic() + 5
    while not condition() and time.monotonic() < end:
        time.sleep(0.005)
    assert condition()


def test_turns_come_in_the_order_of_coming_and_never_more_than_there_are_places():
    turns, order, together = Turns(2), [], []
    inside = 0
    gate = threading.Event()

    def take(n):
        nonlocal inside
        with turns.turn(Call(), 5):
            inside += 1
            order.append(n)
            together.append(inside)
            gate.wait(5)
            inside -= 1

    threads = []
    for n in range(6):
        threads.append(threading.Thread(target=take, args=(n,)))
        threads[-1].start()
        wait_for(lambda n=n: len(order) + len(turns._waiting) == n + 1)
    gate.set()
    for thread in threads:
        thread.join()
    assert order[:2] == [0, 1]
    assert sorted(order) == list(range(6))
    assert max(together) <= 2


def test_who_waits_too_long_is_told_and_loses_nobody_a_turn():
    turns = Turns(1)
    with turns.turn(Call(), 1):
        with pytest.raises(Trouble, match="answers others") as found, turns.turn(Call(), 0.05):
            pass
        assert found.value.kind == "busy"
    with turns.turn(Call(), 0):
        pass


def test_who_hangs_up_waits_no_longer():
    turns, call = Turns(1), Call()
    begun = time.monotonic()
    with turns.turn(Call(), 1):
        threading.Timer(0.05, call.hang_up).start()
        with pytest.raises(Trouble), turns.turn(call, 30):
            pass
    assert time.monotonic() - begun < 5
    with turns.turn(Call(), 0):
        pass
