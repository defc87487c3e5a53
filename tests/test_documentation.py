"""What the README shows is what happens: its commands, their output, its code, its table of options."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest

from eval.cli import VERBS as EVAL
from eval.cli import evaluate
from tests.prepared import sample_index
from ui.cli import delo

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
EXCHANGES = re.findall(r"^```console\n\$ (?P<command>[^\n]+)\n(?P<output>.*?)^```$", README, re.MULTILINE | re.DOTALL)
PROGRAMS = re.findall(r"^```python\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
ROWS = dict(re.findall(r"^\| `delo (eval \w+|\w+)[^|]*\|[^|]*\|([^|]*)\|$", README, re.MULTILINE))
VERBS = {**delo.commands, **{f"eval {name}": evaluate.get_command(click.Context(evaluate), name) for name in EVAL}}
EVERYWHERE = {"--help", "--index", "--json"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with the index of the sample archive in it, under its default name."""
    work = tmp_path_factory.mktemp("readme")
    sample_index(tmp_path_factory).rename(work / ".delo")
    return work


def run(folder, words):
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "100"}
    done = subprocess.run(words, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert not done.stderr
    return done.stdout


@pytest.mark.parametrize(("command", "output"), EXCHANGES, ids=[command for command, _ in EXCHANGES])
def test_a_shown_command_prints_what_is_shown(folder, command, output):
    words = shlex.split(command)
    assert words[0] == "delo"
    assert run(folder, [sys.executable, "-m", "ui", *words[1:]]) == output


@pytest.mark.parametrize("program", PROGRAMS, ids=range(len(PROGRAMS)))
def test_the_shown_program_prints_the_quotation_and_its_reference(folder, program):
    printed = run(folder, [sys.executable, "-c", program])
    assert "Ongjin peninsula" in printed
    assert "APRF, f. 3, op. 65, d. 776, ll. 30-32" in printed


def test_the_readme_shows_an_exchange_and_a_program():
    assert EXCHANGES
    assert PROGRAMS


def test_every_verb_is_in_the_table_and_no_other():
    assert set(ROWS) == set(VERBS)


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_every_option_of_a_verb_is_in_its_row_and_no_other(verb):
    options = {p.opts[0] for p in VERBS[verb].params if isinstance(p, click.Option)}
    assert set(re.findall(r"--[\w-]+", ROWS[verb])) == options - EVERYWHERE


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_every_verb_and_option_explains_itself(verb):
    command = VERBS[verb]
    assert command.help
    assert command.short_help
    assert not [p.name for p in command.params if isinstance(p, click.Option) and not p.help]


def test_every_target_the_readme_names_is_in_the_makefile():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in set(re.findall(r"`make (\w+)`|^ {4}make (\w+)", README, re.MULTILINE)):
        assert re.search(rf"^{''.join(target)}:", makefile, re.MULTILINE)
