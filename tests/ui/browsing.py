"""What a reader does on the page, and a site to do it on."""

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager

import uvicorn

from rag.pipeline import Pipeline
from tests.processes import ROOT
from ui.server.jobs import Jobs
from ui.server.site import Site


def site_of(pipeline: Pipeline, **options):
    """What `delo chat` serves, with its options."""
    with pipeline.opened() as index:
        return Site(pipeline=pipeline, home=index.home, jobs=Jobs(), **options)


@contextmanager
def serving(app):
    """Serves an application in this process, which costs less than one of its own; gives its address."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="critical", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.01)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


@contextmanager
def served_apart(script, *arguments, log, **environment):
    """Runs a script that serves a page and prints its address, as a process; gives both. It may say nothing else."""
    with (
        log.open("w") as errors,
        subprocess.Popen(
            [sys.executable, "-c", script, *map(str, arguments)],
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            cwd=ROOT,
            env=os.environ | environment,
        ) as process,
    ):
        try:
            yield process.stdout.readline().strip(), process
        finally:
            process.kill()
    assert log.read_text() == ""


def interrupted(process):
    """The status that an interrupt ends a process with."""
    process.send_signal(signal.SIGINT)
    return process.wait(15)


def ask(page, question):
    """Ask in the box; gives the new answer or refusal."""
    said = page.locator(".delo.answer, .delo.refusal")
    before = said.count()
    page.locator("#question textarea").fill(question)
    page.locator("#question textarea").press("Enter")
    said.nth(before).wait_for()
    return said.nth(before)


def until(page, expression, arg=None, seconds=30):
    """Wait until JavaScript is true; Playwright's own way needs a policy that lets scripts write scripts."""
    deadline = time.monotonic() + seconds
    while not page.evaluate(expression, arg):  # a locator: with its element
        assert time.monotonic() < deadline, expression
        time.sleep(0.05)


def loaded(frame):
    """Wait until what a frame shows has run its scripts: what is pressed or selected before then is not heard."""
    until(frame.locator("html"), "html => html.ownerDocument.readyState === 'complete'")
