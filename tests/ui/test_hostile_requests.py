"""Requests that no page of ours sends: each is refused in words, none breaks anything, none is written down."""

import shutil

import pytest
from starlette.testclient import TestClient

from rag.pipeline import Pipeline
from tests.ui.browsing import site_of
from tests.ui.test_door import log_in, write
from ui.server import judging, passwords, staging
from ui.server.app import build_app
from ui.server.attempts import Attempts
from ui.server.sorting import Sorting

HERE = "http://127.0.0.1"
MANY = "9" * 5000
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
PARTS = {"Content-Type": "multipart/form-data; boundary=x"}
PLACES = "&".join(f"place={number}%3Fcited%3Den%26en%3D0-5-00000000" for number in range(4_900))
FORGED = [
    "/document/1?ru=-1-99999999",
    f"/document/112133?ru={MANY}-{MANY}&en=999999999-999999999-00000000",
    "/document/112133?cited=__class__&side=xx&hit=%D9%A1&find=%00",
    "/document/112133?hit=%C2%B2&find=Korea",
    "/document/%00",
    "/document/%ff%fe",
    "/document/%2e%2e/%2e%2e/etc/passwd",
    f"/documents?page={MANY}&after={MANY}",
    "/documents?after=9999-99-99&before=0000&page=%C2%B2",
    "/documents?fond={0.__class__}&archive={x!r}",
    "/archive?archive={0.__class__}&fond=%00&opis={x!r}&delo=..",
    f"/archive?archive={'A' * 10_000}",
    "/archive?delo=1",
    "/look-up?q=%00",
    "/look-up?q={0.__class__}",
    "/look-up?q=%ED%A0%80",
    f"/look-up?q={'(' * 3_000}",
    f"/look-up?q=f.{'1,' * 3_000}",
    "/copy/%00",
    "/copy/112133?cited=xx&en=0-10&style=../../x&language=zz&words=%00",
    "/copy/112133?cited=en&en=0-10-00000000",
    f"/notebook?place={'%26' * 2_000}",
    "/notebook?" + "place=112133%3Fcited%3Den%26en%3D0-5-00000000&" * 300,
    "/record/..%2f..%2fetc%2fpasswd",
    "/judge?since=99999999999999999999",
    "/judge/report/..%2f..%2f",
    "/judge/report/%00",
    "/judge/compare?a=..&b=%00",
    "/judge/running/%00",
    "/add/checked/%00",
    "/add/checked/....................../",
    "/add/added/x?checked=%00",
    "/job/%00",
    "/gradio_api/call/ask/nothing",
    "/gradio_api/call/v2/ask/nothing",
]
POSTS = ["/notebook/quotations", "/notebook/export", "/judge/mark", "/judge/run", "/judge/remove", "/look-up"]
POSTS += ["/add/check", "/add/discard", "/add/index", "/job/x/cancel"]
BODIES = {
    "nothing": ({}, b""),
    "values": (
        FORM,
        b"q=x%00y&place=%ff&note=%00&set=../../x&case=../../x&checked=..&then=//evil&verdict={0}&question={x!r}",
    ),
    "too many values": (FORM, b"a&" * 4_900 + b"b&" * 99 + b"c&d&e"),
    "parts that are none": (PARTS, b"garbage"),
    "parts without a boundary": ({"Content-Type": "multipart/form-data"}, b"garbage"),
    "another name of a file": (
        PARTS,
        b'--x\r\nContent-Disposition: form-data; name="files"; filename="\x00../../e\r\n\r\nx\r\n--x--\r\n',
    ),
    "no form": ({"Content-Type": "application/json"}, b"{}"),
}


@pytest.fixture(scope="module")
def kept(home, tmp_path_factory):
    """The folder of a site that lets everything be done."""
    return tmp_path_factory.mktemp("requests")


@pytest.fixture(scope="module")
def client(home, kept):
    with Pipeline.open(home) as pipeline:
        site = site_of(pipeline, hosts=["127.0.0.1"], allow_upload=True, runs=kept / "runs")
        with TestClient(build_app(site), base_url=HERE, follow_redirects=False) as client:
            yield client


@pytest.mark.parametrize("path", FORGED, ids=range(len(FORGED)))
def test_a_forged_address_is_answered(client, path):
    reply = client.get(path)  # an exception would be raised here
    assert reply.status_code < 500
    assert "root:" not in reply.text
    assert "Traceback" not in reply.text


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("path", POSTS)
def test_a_forged_form_is_answered_and_leads_nowhere_else(client, capfd, path, body):
    headers, content = BODIES[body]
    reply = client.post(path, content=content, headers=headers)
    assert reply.status_code < 500
    assert reply.headers.get("location", "/").startswith("/")
    assert not reply.headers.get("location", "/").startswith(("//", "/\\"))
    assert capfd.readouterr().err == ""


def test_of_thousands_of_places_two_hundred_are_looked_at(client):
    shown = client.post("/notebook/quotations", content=PLACES, headers=FORM)
    assert shown.status_code == 200
    assert shown.text.count("<textarea") == 200


class TestWhenSomethingIsGone:
    @pytest.fixture
    def site(self, home, tmp_path):
        own = shutil.copytree(home, tmp_path / "index")
        (tmp_path / "file").touch()
        with Pipeline.open(own) as pipeline:
            yield site_of(pipeline, allow_upload=True, runs=tmp_path / "file" / "runs")

    @pytest.fixture
    def page(self, site):
        with TestClient(build_app(site), base_url=HERE, follow_redirects=False) as client:
            yield client

    @pytest.mark.parametrize("gone", ["all", "current", "generations", "catalogue"])
    def test_every_room_says_so_when_the_index_is_gone(self, page, site, gone):
        assert page.get("/document/112133").status_code == 200
        if gone == "all":
            shutil.rmtree(site.home)
        elif gone == "generations":
            shutil.rmtree(site.home / "generations")
        elif gone == "current":
            (site.home / "CURRENT").unlink()
        else:
            for path in (site.home / "generations").glob("*/*"):
                path.write_bytes(b"broken") if path.is_file() else shutil.rmtree(path)
        for path in (
            *("/", "/document/112133", "/documents", "/archive", "/look-up?q=APRF, f. 3", "/copy/112133", "/judge"),
            *("/notebook?place=112133%3Fcited%3Den%26en%3D0-5-00000000", "/add", "/record/0"),
        ):
            reply = page.get(path)  # an exception would be raised here
            assert reply.text
        form = {"place": "112133?cited=en&en=0-5-00000000", "format": "md", "style": "chicago-note", "language": "en"}
        for path in ("/notebook/quotations", "/notebook/export", "/judge/mark", "/judge/run"):
            assert page.post(path, data=form).text or path == "/judge/run"

    def test_what_readers_say_is_not_lost_in_silence_where_nothing_can_be_written(self, page):
        told = page.post("/judge/mark", data={"question": "Why?", "language": "en", "verdict": "rightly refused"})
        assert told.status_code == 409
        assert told.json()["trouble"]
        assert page.get("/judge").status_code == 200
        assert page.post("/judge/remove", data={"case": "x"}).status_code < 500
        begun = page.post("/judge/run", data={"set": "readers"})
        assert begun.status_code in {303, 409}

    def test_files_that_another_discards_meanwhile_are_not_counted(self, site, monkeypatch):
        first = staging.stage(site.home, "anna", Sorting())
        monkeypatch.setattr(staging, "sweep", lambda home: None)
        folder = type(site.home)
        glob = folder.glob
        monkeypatch.setattr(folder, "glob", lambda self, what: [*glob(self, what), self / "gone"])
        assert staging.stage(site.home, "anna", Sorting()) != first


def test_readers_stay_in_while_their_file_is_broken_or_gone(home, tmp_path):
    path = write(tmp_path / "readers")
    with Pipeline.open(home) as pipeline, TestClient(build_app(site_of(pipeline, readers=path))) as client:
        log_in(client)
        for break_ in (lambda: path.write_bytes(b"\xff\x00"), lambda: path.write_text(""), path.unlink, path.mkdir):
            break_()
            assert client.get("/account.json").json() == {"reader": "anna"}
        assert log_in(client, "иван").status_code == 200


@pytest.mark.parametrize("word", ["a\0b", "\ud800", "я" * 5_000, ""])
def test_no_word_breaks_the_door(home, tmp_path, word):
    path = write(tmp_path / "readers")
    with Pipeline.open(home) as pipeline:
        app = build_app(site_of(pipeline, readers=path))
        body = b"name=anna&password=" + word.encode("utf-8", "surrogatepass")
        assert TestClient(app).post("/login", content=body, headers=FORM).status_code in {401, 413}


def test_an_attempt_that_nobody_looked_at_is_no_failure(tmp_path, monkeypatch):
    attempts = Attempts(lambda: 0.0)
    for _ in range(100):
        assert attempts.begin("anna", "192.0.2.1") == 0
        attempts.withdrawn("anna", "192.0.2.1")
    for _ in range(5):
        assert attempts.begin("anna", "192.0.2.1") == 0
    assert attempts.begin("anna", "192.0.2.1") > 0


def test_when_the_door_is_busy_nobody_is_made_to_wait_for_it_afterwards(home, tmp_path, monkeypatch):
    path = write(tmp_path / "readers")
    with Pipeline.open(home) as pipeline:
        client = TestClient(build_app(site_of(pipeline, readers=path)), follow_redirects=False)
        with monkeypatch.context() as busy:
            busy.setattr(passwords, "_AT_ONCE", 0)
            busy.setattr(passwords, "_WAITING", 0)
            assert {log_in(client).status_code for _ in range(8)} == {503}
        assert log_in(client).status_code == 303


def test_so_many_bodies_come_at_the_same_time_and_who_only_reads_does_not_wait_for_them(client, monkeypatch):
    assert client.post("/look-up", data={"q": "x"}).status_code == 303
    monkeypatch.setattr("ui.server.app._BRINGING", 0)
    assert client.post("/look-up", data={"q": "x"}).status_code == 503
    assert client.get("/documents").status_code == 200


def test_reports_that_take_long_keep_no_thread_from_the_other_rooms(client, monkeypatch):
    for _ in range(4):
        assert judging._WANTING.acquire(blocking=False)
    try:
        refused = client.get("/judge/report/x")
        assert (refused.status_code, refused.headers["retry-after"]) == (503, "60")
        assert "Повторите через минуту." in refused.text
    finally:
        judging._WANTING.release(4)
    assert client.get("/judge/report/x").status_code == 404
