"""A conversation in the terminal, through the very process that a reader starts."""

import io
import os
import pty
import signal
import subprocess
import sys
import time
from select import select

import pytest

from tests.processes import ROOT

ENGLISH = (
    "Why did Moscow reject an attack on the South?",
    "What about the Americans?",
    "in Russian only",
    "And about the Ongjin peninsula?",
)
RUSSIAN = (
    "Почему Москва считала наступление на юг недопустимым?",
    "А что сделают американцы?",
    "только до 1950 года",
    "Что говорится в первом документе о партизанах?",
)


class Given(io.BytesIO):
    """Bytes under the name that standard input has."""

    name = "<stdin>"


def spoken(lines):
    return ("\n".join(lines) + "\n").encode()


@pytest.mark.slow
def test_a_conversation_of_four_turns_in_each_language(process, home):
    done = process("chat", "--terminal", "--index", home, given=spoken((*ENGLISH, "new", *RUSSIAN)))
    assert (done.status, done.err) == (0, "")
    assert f"Understood as: What about the Americans? ({ENGLISH[0]})" in done.out
    assert "[1] in Russian only" in done.out
    assert "A new conversation" in done.out
    assert f"Понято так: Что сделают американцы? ({RUSSIAN[0]})" in done.out
    assert "[1] по 31 декабря 1949 г." in done.out
    assert "Понято так: Что говорится в этом документе о партизанах?" in done.out
    assert "[2] документ 112133" in done.out
    assert done.out.count("APRF, f. 3, op. 65, d. 776") >= len((*ENGLISH, *RUSSIAN))


@pytest.fixture
def talk(delo, home, monkeypatch):
    """Runs a conversation inside this process."""

    def run(given):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(Given(given), encoding="utf-8"))
        return delo("chat", "--terminal", "--index", home)

    return run


def test_limits_are_numbered_and_removed_by_number(talk):
    done = talk(spoken((ENGLISH[0], "only before 1950", "in Russian only", "-1", "more", "-7")))
    assert "[1] until December 31, 1949, [2] in Russian only" in done.out
    assert "Removed: until December 31, 1949" in done.out
    assert "Limits (-1 removes the first): [1] in Russian only\n" in done.out
    assert "delo: there is no limit 7; there are 1" in done.out
    assert done.status == 0


def test_trouble_is_told_in_one_line_and_the_conversation_goes_on(talk):
    done = talk(spoken(("...", "x" * 2001, "?", ENGLISH[0], "the eighth document", "why?")))
    trouble = [line for line in done.out.splitlines() if line.startswith("delo: ")]
    assert len(trouble) == 3
    assert ["is empty" in trouble[0], "2001 characters" in trouble[1], "no number 8" in trouble[2]] == [True] * 3
    assert "Write a question" in done.out
    assert done.out.count("word for word") > 1
    assert done.status == 0


def test_an_empty_line_ends_it_and_nothing_is_asked_for_where_nobody_sits(talk):
    assert talk(spoken(("", ENGLISH[0]))) == (0, "", "")


def test_what_is_no_text_is_refused(talk):
    done = talk(b"\xff\xfe\n")
    assert done.status == 2
    assert "UTF-8" in done.err


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGINT") or sys.platform == "win32", reason="no terminals of this kind")
def test_on_a_terminal_it_asks_and_interrupting_does_not_end_it(home, tmp_path):
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "ui", "chat", "--terminal", "--index", str(home)]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "TERM": "dumb"}
    with subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, cwd=tmp_path, env=environment, start_new_session=True
    ) as process:
        os.close(theirs)
        try:
            shown = _until(ours, b"\n? ")
            shown += _until(ours, b"ends)", lambda: process.send_signal(signal.SIGINT))
            os.write(ours, spoken((ENGLISH[0],)))
            shown += _until(ours, b"word for word")
            os.write(ours, b"\n")
            shown += _until(ours, None)
            assert process.wait(timeout=20) == 0
        finally:
            process.kill()
            os.close(ours)
    assert b"an empty line ends" in shown


def _until(terminal, words, nudge=None):
    """What the terminal shows until these words, or to its end.

    It is nudged at once and whenever it stays silent: an interrupt between the prompt and the reading of a line is kept
    by Python's readline until a key is pressed.
    """
    shown, end = b"", time.monotonic() + 60
    if nudge:
        nudge()
    while words is None or words not in shown.replace(b"\r", b""):
        assert time.monotonic() < end, shown.decode()
        if not select([terminal], [], [], 2)[0]:
            if nudge:
                nudge()
            continue
        try:
            piece = os.read(terminal, 4096)
        except OSError:  # the other side has closed it
            break
        if not piece:
            break
        shown += piece
    return shown
