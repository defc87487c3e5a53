"""The small archive, its index, and the command line: inside this process, and as a process of its own."""

import hashlib
import os
import shutil
import subprocess
import sys
from typing import NamedTuple

import pytest

from index.build import update
from tests.processes import ROOT
from tests.small_archive import write_archive
from ui.cli import main

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
SECONDS = 10_000  # milliseconds that anything on the page may take
CHROMAS_OWN = "vectors"  # Chroma writes to its files whenever it opens them


class Ran(NamedTuple):
    """What a command left behind."""

    status: int
    out: str
    err: str


@pytest.fixture(scope="session")
def archive(tmp_path_factory):
    return write_archive(tmp_path_factory.mktemp("archive"))


@pytest.fixture(scope="session")
def home(archive, tmp_path_factory):
    home = tmp_path_factory.mktemp("command-line") / "index"
    update(home, [archive])
    return home


@pytest.fixture
def delo(capsys, monkeypatch, tmp_path):
    """Runs a command inside this process, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DELO_INDEX", raising=False)
    monkeypatch.delenv("COLUMNS", raising=False)

    def run(*words):
        monkeypatch.setattr(sys, "argv", ["delo", *map(str, words)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            main()
        return Ran(left.value.code, *capsys.readouterr())

    return run


@pytest.fixture
def process(tmp_path):
    """Runs a command as a process, in an empty folder."""

    def run(*words, given=None, **environment):
        done = subprocess.run(
            [sys.executable, "-m", "ui", *map(str, words)],
            check=False,
            cwd=tmp_path,
            env={k: v for k, v in os.environ.items() if k != "PYTHONIOENCODING"}
            | {"PYTHONPATH": str(ROOT)}
            | environment,
            input=given,
            capture_output=True,
        )
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run


def published(home):
    """What an index serves: the name of its generation, and the hashes of that generation's files."""
    generation = (home / "CURRENT").read_text().strip()
    folder = home / "generations" / generation
    files = (path for path in folder.rglob("*") if path.is_file() and CHROMAS_OWN not in path.parts)
    return generation, {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture
def unharmed(home):
    """Whatever the test does, what is published stays as it was."""
    before = published(home)
    yield
    assert published(home) == before


@pytest.fixture(scope="module")
def browser():
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield browser
        browser.close()


@pytest.fixture
def visit(browser):
    """Opens the page as somebody new; whoever they are, nothing may run, and nothing be asked of other machines."""
    trouble = []
    contexts = []

    def visit(address, width=1440, height=900):
        context = browser.new_context(viewport={"width": width, "height": height})
        contexts.append(context)
        context.set_default_timeout(SECONDS)
        context.on("request", lambda request: request.url.startswith((address, "data:")) or trouble.append(request.url))
        context.on("dialog", lambda dialog: (trouble.append(dialog.message), dialog.dismiss()))
        context.on("weberror", lambda error: trouble.append(error.error))
        context.on("console", lambda line: line.type in {"error", "warning"} and trouble.append(line.text))
        page = context.new_page()
        page.goto(address)
        page.locator("#question textarea").wait_for()
        return page

    yield visit
    for context in contexts:
        context.close()
    assert trouble == []
