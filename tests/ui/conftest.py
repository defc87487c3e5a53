"""The small archive, its index, and the command line: inside this process, and as a process of its own."""

import hashlib
import os
import shutil
import subprocess
import sys
from typing import NamedTuple

import pytest

from tests.prepared import small_archive, small_index
from tests.processes import ROOT
from tests.ui.browsing import served_apart
from ui.cli import main

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
SECONDS = 30_000  # milliseconds that anything on the page may take; the first answer loads the weights
EXAMPLES = ("Why did Moscow reject an attack on the South?", "Почему Москва считала наступление на юг недопустимым?")
SERVE = """
import sys
from pathlib import Path
from rag.pipeline import Pipeline
from tests.ui.browsing import site_of
from ui.server.serve import serve

home, *examples = sys.argv[1:]
with Pipeline.open(Path(home)) as pipeline:
    serve(site_of(pipeline, examples=examples), port=0, announce=lambda line: print(line, flush=True))
"""
WINDOW = {"width": 1440, "height": 900}
CHROMAS_OWN = "vectors"  # Chroma writes to its files whenever it opens them


class Ran(NamedTuple):
    """What a command left behind."""

    status: int
    out: str
    err: str


@pytest.fixture(scope="session")
def archive(tmp_path_factory):
    return small_archive(tmp_path_factory)


@pytest.fixture(scope="session")
def home(tmp_path_factory):
    return small_index(tmp_path_factory)


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


@pytest.fixture(scope="session")
def served(home, tmp_path_factory):
    """The address of the page over the small archive, with EXAMPLES to click, served by a process of its own."""
    log = tmp_path_factory.mktemp("served") / "log"
    with served_apart(SERVE, home, *EXAMPLES, log=log) as (address, _):
        yield address


@pytest.fixture(scope="session")
def profile(tmp_path_factory):
    """Where the browser keeps what it has compiled, for one module of tests after another."""
    return tmp_path_factory.mktemp("browser")


@pytest.fixture(scope="module")
def reader(profile):
    """A browser that keeps the page's scripts compiled, as a reader's does: only its first visit is slow."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        reader = playwright.chromium.launch_persistent_context(
            profile, executable_path=CHROMIUM, args=flags, viewport=WINDOW
        )
        yield reader
        reader.close()


@pytest.fixture
def visit(reader):
    """Opens the page as somebody new; whoever they are, nothing may run, and nothing be asked of other machines."""
    trouble = []
    contexts = {}
    told = {
        "request": lambda request: request.url.startswith((*contexts.values(), "data:")) or trouble.append(request.url),
        "dialog": lambda dialog: (trouble.append(dialog.message), dialog.dismiss()),
        "weberror": lambda error: trouble.append(error.error),
        "console": lambda line: line.type in {"error", "warning"} and trouble.append(line.text),
    }

    def visit(address, width=WINDOW["width"], height=WINDOW["height"]):
        window = {"width": width, "height": height}
        context = reader  # a second person, or one with another window, is not the first
        if contexts or window != WINDOW:
            context = reader.browser.new_context(viewport=window)
        contexts[context] = address.partition("/#")[0]
        context.set_default_timeout(SECONDS)
        for event, listener in told.items():
            context.on(event, listener)
        page = context.new_page()
        page.goto(address)
        page.locator("#question textarea").wait_for()
        return page

    yield visit
    for context, address in contexts.items():
        if context is not reader:
            context.close()
            continue
        forget(context, address)
        for event, listener in told.items():
            context.remove_listener(event, listener)
    assert trouble == []


def forget(context, address):
    """Leave nothing of a visit but what the browser has compiled; what a page alone remembers ends with it."""
    first, *pages = context.pages
    for page in pages:
        page.close()
    devtools = context.new_cdp_session(first)
    devtools.send("Storage.clearDataForOrigin", {"origin": address, "storageTypes": "cookies,local_storage,indexeddb"})
    devtools.detach()
    context.clear_permissions()


def accessible(page):
    """What axe-core finds against WCAG 2.2 A and AA on a page as it stands, frames included: rule and place."""
    from axe_playwright_python.sync_playwright import Axe

    rules = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
    found = Axe().run(page, options=rules).response["violations"]
    return [(one["id"], node["target"], node["failureSummary"]) for one in found for node in one["nodes"]]
