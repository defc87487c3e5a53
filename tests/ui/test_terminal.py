"""What the command line does with the terminal, or with the pipe that takes its place."""

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from tests.processes import ROOT
from tests.small_archive import COMMANDING
from ui.printed.render import WIDEST
from ui.printed.terminal import lines_of, progress, refuse, width

COMMANDS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def test_where_there_is_no_terminal_a_hundred_columns_are_filled(monkeypatch):
    monkeypatch.delenv("COLUMNS", raising=False)
    assert width() == 100


@pytest.mark.parametrize(("columns", "filled"), [("60", 60), ("300", WIDEST)])
def test_a_terminal_is_filled_as_far_as_lines_can_be_read(monkeypatch, columns, filled):
    monkeypatch.setenv("COLUMNS", columns)
    assert width() == filled


def test_a_file_that_is_not_utf8_is_refused_by_its_name(tmp_path):
    (tmp_path / "q.jsonl").write_bytes("Почему?".encode("cp1251"))
    with (
        (tmp_path / "q.jsonl").open(encoding="utf-8") as file,
        pytest.raises(click.UsageError, match=r"q\.jsonl' is not UTF-8 text: invalid continuation byte; save it"),
    ):
        list(lines_of(file))


def test_a_progress_bar_is_not_written_into_a_file(capsys):
    with progress("Indexing") as advance:
        advance(1, 2)
        advance(2, 2)
    assert capsys.readouterr() == ("", "")


def test_trouble_is_told_in_one_line_that_cannot_command_the_terminal(capsys):
    assert refuse("nothing at 'a\x1b[31m\u202eb'") == 2
    assert capsys.readouterr().err == "delo: nothing at 'a␛[31m\ufffdb'\n"


def test_a_mistake_on_the_command_line_names_what_explains_the_verb(capsys):
    context = click.Context(click.Command("ask"), info_name="delo ask")
    refuse(click.UsageError("Give one question.", context))
    assert capsys.readouterr().err == "delo: give one question; see: delo ask --help\n"


@pytest.fixture
def shown(home):
    """The small archive as the command line shows it, by every verb that shows what documents say."""
    return [
        ("show", COMMANDING, "--index", home),
        ("show", COMMANDING, "--index", home, "--json"),
        ("search", "учебные самолёты", "--index", home),
        ("ask", "Сколько учебных самолётов передано лётной школе?", "--index", home),
    ]


def test_what_a_document_says_never_commands_the_terminal(delo, shown):
    for words in shown:
        ran = delo(*words)
        assert ran.status == 0
        assert "самолётов" in ran.out
        assert not COMMANDS.search(ran.out)


def test_json_gives_back_what_it_had_to_escape(delo, home):
    texts = json.loads(delo("show", COMMANDING, "--index", home, "--json").out)["texts"]
    assert "передало \u202eлётной школе\u202c восемь учебных самолётов\x1b[31m" in texts["ru"]
    assert "aircraft\x9b31m and spare engines\x07" in texts["en"]


@pytest.mark.parametrize(
    "locale",
    [{"LC_ALL": "C"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, {"PYTHONIOENCODING": "latin-1"}],
    ids=["plain", "without Python's own remedy", "western"],
)
def test_russian_comes_out_right_whatever_the_locale(process, home, locale):
    ran = process("show", "112133", "--index", home, **locale)
    assert ran.status == 0
    assert "нельзя не признать" in " ".join(ran.out.split())


def test_a_question_in_russian_is_understood_in_the_plainest_locale(process):
    ran = process("ask", "Чому Москва відхилила наступ на південь?", LC_ALL="C")
    assert "seems to be in Ukrainian" in ran.err


def test_a_name_that_is_not_utf8_is_told_all_the_same(process):
    ran = process("index", os.fsdecode(b"\xff\xfe"))
    assert ran.status == 2
    assert r"nothing at '" in ran.err
    assert r"\udcff\udcfe" in ran.err


def test_colours_are_for_terminals_alone(process, home):
    ran = process("show", "112133", "--index", home, "--at", "ru:812-1001")
    assert "⟦" in ran.out
    assert "\x1b" not in ran.out + process("ask", "").err


def quiet(home, command, given=None):
    """The status and the complaints of a command whose output goes to `command`."""
    whole = f'set -o pipefail; "{sys.executable}" -m ui {command}'
    environment = os.environ | {"PYTHONPATH": str(ROOT), "DELO_INDEX": str(home)}
    return subprocess.run(["/bin/bash", "-c", whole], env=environment, input=given, capture_output=True, check=False)


def test_a_reader_who_has_seen_enough_is_left_in_peace(home):
    refused = "".join(json.dumps({"id": n, "question": "?" * 1500}) + "\n" for n in range(200))
    done = quiet(home, "ask --batch - | head -1", refused.encode())
    assert json.loads(done.stdout)["id"] == "0"
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_output_that_cannot_be_written_is_an_error_in_one_line(home):
    done = quiet(home, "show 112133 > /dev/full")
    assert done.returncode == 2
    assert done.stderr.splitlines()[0].startswith(b"delo: [Errno 28]")
    assert b"Traceback" not in done.stderr


def test_lines_are_read_as_they_come():
    assert list(lines_of(io.StringIO("one\nдва\n"))) == ["one\n", "два\n"]
