"""How far long work is: told to its owner alone, as JSON and as a page that needs no script."""

import json
from pathlib import Path
from threading import Event

import pytest

from ui.page.working import Far, progress_html, trouble_html
from ui.server import working
from ui.server.asked import Asked
from ui.server.jobs import Jobs
from ui.server.site import Site

SECONDS = 10
ADDING = {"en": "Files are being added", "ru": "Файлы добавляются"}


@pytest.fixture
def site(tmp_path):
    return Site(pipeline=None, home=tmp_path, jobs=Jobs())  # nothing is asked of an archive here


@pytest.fixture
def job(site):
    """Anna's work, one step of two done."""
    gate, begun = Event(), Event()

    def work(advance):
        advance(1, 2)
        begun.set()
        gate.wait(SECONDS)
        advance(2, 2)
        return "/add/added/x"

    job = site.jobs.start("add", work, "anna")
    assert begun.wait(SECONDS)
    job.open = gate.set
    yield job
    gate.set()
    assert job.ended.wait(SECONDS)


def look(site, job, reader="anna", reply=working.job, **form):
    asked = Asked(path={"id": job.id}, reader=reader, form={name: (value,) for name, value in form.items()})
    return reply(site, asked)


def test_a_job_tells_how_far_it_is(site, job):
    told = json.loads(look(site, job).body)
    assert told | {"seconds": 0} == {
        "kind": "add",
        "done": 1,
        "total": 2,
        "seconds": 0,
        "cancelled": False,
        "ended": False,
        "trouble": None,
        "result": None,
    }
    job.open()
    job.ended.wait(SECONDS)
    told = json.loads(look(site, job).body)
    assert (told["ended"], told["done"], told["result"]) == (True, 2, "/add/added/x")


@pytest.mark.parametrize("reader", ["", "boris"])
@pytest.mark.parametrize("reply", [working.job, working.cancel])
def test_nobody_else_sees_or_cancels_it(site, job, reader, reply):
    assert look(site, job, reader, reply).status == 404
    assert not job.cancelled.is_set()


def test_cancelled_without_a_script_its_reader_goes_back_to_the_page(site, job):
    reply = look(site, job, reply=working.cancel, then="/add/added/x?y=1")
    assert (reply.status, reply.headers["Location"]) == (303, "/add/added/x?y=1")
    job.open()
    job.ended.wait(SECONDS)
    assert json.loads(look(site, job).body)["trouble"] == "cancelled"


@pytest.mark.parametrize("then", ["", "//evil.example", "/\\evil.example", "https://evil.example", "/a\r\nX: y", "x"])
def test_it_sends_nobody_to_another_server(site, job, then):
    reply = look(site, job, reply=working.cancel, then=then)
    assert (reply.status, dict(reply.headers)) == (200, {"Cache-Control": "no-store"})


def test_the_page_shows_how_far_it_is_in_both_languages_and_where_to_look_again():
    html = progress_html("abc", ADDING, "/add/added/abc", Far(done=3, total=40, seconds=187.4))
    assert '<progress aria-labelledby="job-name" max="40" value="3"></progress>' in html
    assert "3:07" in html
    assert all(words in html for words in ADDING.values())
    assert '<noscript><p><a href="/add/added/abc">' in html
    assert 'action="/job/abc/cancel"' in html
    assert "style=" not in html


def test_work_without_a_measure_has_a_bar_without_one():
    assert '<progress aria-labelledby="job-name"></progress>' in progress_html("abc", ADDING, "/x")


def test_nothing_becomes_markup():
    hostile = '"><script>alert(1)</script>'
    assert "<script" not in progress_html(hostile, {"en": hostile, "ru": hostile}, hostile)
    assert "<script" not in trouble_html(hostile)


def test_a_cancelled_job_is_no_failure():
    assert "Nothing was changed" in trouble_html("cancelled")
    assert 'role="alert"' in trouble_html("no space; make some")


def test_the_script_asks_for_what_the_page_has():
    script = (Path(working.__file__).parents[1] / "static" / "progress.js").read_text("utf-8")
    html = progress_html("abc", ADDING, "/x")
    for mark in ("data-done", "data-total", "data-time", "role=status", "role=alert", "progress"):
        assert mark in script
        assert mark.replace("=status", '="status"').replace("=alert", '="alert"') in html
