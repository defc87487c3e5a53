"""What a reader does on the page, and a site to do it on."""

import time

from rag.pipeline import Pipeline
from ui.server.jobs import Jobs
from ui.server.site import Site


def site_of(pipeline: Pipeline, **options):
    """What `delo chat` serves, with its options."""
    with pipeline.opened() as index:
        return Site(pipeline=pipeline, home=index.home, jobs=Jobs(), **options)


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
