"""Files that readers add: nothing unasked, nothing unread, nothing half-done."""

import os
import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from index.generations import Generations
from index.received import received_folder
from rag.pipeline import Pipeline
from rag.question import Question
from tests.prepared import records_index
from tests.records import BRIDGE, Record
from tests.ui.browsing import site_of
from ui.server import adding, staging
from ui.server.app import rooms_app
from ui.server.asked import Asked, Sent

SECONDS = 30
HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(2)">{{ 7 * 7 }}'
LIGHTHOUSE = Record(
    number="720001",
    title="Report on a Lighthouse",
    russian=("Маяк на острове Аскольд погашен из-за нехватки керосина.",),
    english=("The lighthouse on Askold island was put out for want of kerosene.",),
)
NAMELESS = Record(
    title="Note on a Kite",
    citation='"Note on a Kite", May 3, 1951, Wilson Center Digital Archive, APRF, f. 45, op. 1, d. 334, l. 9.',
    russian=("Змей улетел.",),
    english=("The kite flew away.",),
)


@pytest.fixture
def home(tmp_path_factory):
    return records_index(tmp_path_factory)


@pytest.fixture
def pipeline(home):
    with Pipeline.open(home) as pipeline:
        yield pipeline


@pytest.fixture
def site(pipeline):
    return site_of(pipeline, allow_upload=True)


@pytest.fixture
def client(site):
    return TestClient(rooms_app(site), base_url="http://127.0.0.1", follow_redirects=False)


def get(site, address, reader=""):
    """What the room replies at an address, asked without a server."""
    path, _, query = address.partition("?")
    asked = {name: (value,) for name, _, value in (part.partition("=") for part in query.split("&"))}
    parts = {"id": path.rsplit("/", 1)[-1]}
    (route,) = [
        r
        for r in adding.ROUTES
        if r.path.split("{")[0] == path[: len(r.path.split("{")[0])]
        and r.path.count("/") == path.count("/")
        and r.method == "GET"
    ]
    return route.closed(site) or route.reply(site, Asked(path=parts, query=asked, reader=reader))


def post(site, address, reader="", files=(), **form):
    """The same for what is sent."""
    (route,) = [r for r in adding.ROUTES if r.path == address and r.method == "POST"]
    sent = tuple(Sent(name=name, content=content) for name, content in files)
    asked = Asked(form={name: (value,) for name, value in form.items()}, files=sent, reader=reader)
    return route.closed(site) or route.reply(site, asked)


def check(site, *files, reader=""):
    """Send files; gives the id under which they wait."""
    given = [(f"{f.number}.txt", f.text.encode()) if isinstance(f, Record) else f for f in files]
    reply = post(site, "/add/check", reader, given)
    assert reply.status == 303
    return re.fullmatch(r"/add/checked/([\w-]{22})", reply.headers["Location"])[1]


def preview(site, *files):
    return get(site, f"/add/checked/{check(site, *files)}").body


def add(site, *files, reader=""):
    """Send files, say that they are to be added, and wait; gives the page that tells what came of it."""
    reply = post(site, "/add/index", reader, checked=check(site, *files, reader=reader))
    assert reply.status == 303
    return finished(site, reply.headers["Location"], reader)


def finished(site, address, reader=""):
    job = site.jobs.job(re.match(r"/add/added/([\w-]+)", address)[1])
    assert job.ended.wait(SECONDS)
    return get(site, address, reader).body


def lying(home):
    folder = received_folder(home)
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def staged(home):
    folder = received_folder(home).parent / "staged"
    return [path.name for path in folder.iterdir()] if folder.exists() else []


class TestWhereItIsNotAllowed:
    def test_the_page_says_who_can_allow_it(self, pipeline):
        reply = get(site_of(pipeline), "/add")
        assert reply.status == 200
        assert "delo chat --allow-upload" in reply.body
        assert "<form" not in reply.body.partition("</main>")[0]

    def test_nothing_is_taken_and_what_is_sent_is_not_even_read(self, pipeline, home):
        client = TestClient(rooms_app(site_of(pipeline)), base_url="http://127.0.0.1")
        read = []

        def body():
            for _ in range(3):
                read.append(1)
                yield b"x" * 1000

        headers = {"content-type": "multipart/form-data; boundary=x"}
        for address in ("/add/check", "/add/index", "/add/discard"):
            assert client.post(address, content=body(), headers=headers).status_code == 403
        assert staged(home) == []
        assert lying(home) == []

    def test_nor_is_anything_shown_that_waits(self, pipeline):
        assert get(site_of(pipeline), f"/add/checked/{'x' * 22}").status == 403


class TestAFileIsAdded:
    def test_asked_before_it_is_not_found_and_asked_after_it_answers(self, client, home, pipeline):
        question = Question.of("Why was the lighthouse on Askold island put out?")
        assert not [c for s in pipeline.ask(question).statements for c in s.citations if c.document.id == "720001"]
        form = client.get("/add")
        assert 'enctype="multipart/form-data"' in form.text
        assert re.search(r'<input type="file" name="files" multiple', form.text)
        sent = client.post("/add/check", files=[("files", ("lighthouse.txt", LIGHTHOUSE.text.encode()))])
        assert sent.status_code == 303
        shown = client.get(sent.headers["location"])
        assert "Report on a Lighthouse" in shown.text
        assert lying(home) == []
        (waiting,) = set(re.findall(r'name="checked" value="([^"]+)"', shown.text))
        begun = client.post("/add/index", data={"checked": waiting})
        assert begun.status_code == 303
        address = begun.headers["location"]
        deadline = time.monotonic() + SECONDS
        while "data-job" in (told := client.get(address)).text:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        assert re.search(r'<a href="/document/720001"><span[^>]*>Report on a Lighthouse</span></a>', told.text)
        assert client.get("/document/720001").status_code == 200
        answer = pipeline.ask(question)
        assert {c.document.id for s in answer.statements for c in s.citations} == {"720001"}
        assert lying(home) == ["720001.txt"]
        assert staged(home) == []

    def test_questions_are_answered_while_it_is_added(self, site, pipeline):
        address = post(site, "/add/index", checked=check(site, LIGHTHOUSE)).headers["Location"]
        assert pipeline.ask(Question.of("When was the bridge over the Kamenka accepted?")).statements
        assert "Report on a Lighthouse" in finished(site, address)

    def test_sent_again_it_replaces_the_first_and_both_pages_say_so(self, site, home):
        add(site, LIGHTHOUSE)
        other = replace(LIGHTHOUSE, title="Second Report", english=("The lighthouse shines again.",))
        assert "replaces document 720001" in preview(site, other)
        assert "replaced" in add(site, other)
        assert lying(home) == ["720001.txt"]

    def test_what_is_held_already_is_not_added_again(self, site, home):
        add(site, LIGHTHOUSE)
        assert "is in this archive already" in preview(site, LIGHTHOUSE)
        told = preview(site, BRIDGE)
        assert "is in this archive already" in told
        assert "/add/index" not in told

    def test_what_whoever_keeps_the_archive_indexed_is_not_replaced(self, site):
        told = preview(site, replace(BRIDGE, english=("Another translation.",)))
        assert "do not replace it" in told
        assert "/add/index" not in told
        assert str(received_folder(site.home).parent.parent) not in told


class TestThePreviewSaysWhatWasRead:
    def test_in_both_languages_with_counts_and_remarks(self, site):
        told = preview(
            site, Record(number="720002", russian=("Один.", "Два."), english=()), ("kite.txt", NAMELESS.text.encode())
        )
        for words in (
            "May 3, 1951",
            "APRF, f. 45, op. 1, d. 334",
            "абзацев: 2",
            "paragraphs: 2",
            "only a Russian text",
        ):
            assert words in told
        assert "the file&#x27;s name, &#x27;kite&#x27;, serves" in told
        assert "pairs of facing sentences: 1" in told
        assert 'lang="ru">Змей улетел.</blockquote>' in told

    def test_of_the_refused_it_says_why(self, site):
        told = preview(site, ("scan.pdf", b"%PDF-1.7 ..."), ("note.txt", b"just words"), ("empty.txt", b""), LIGHTHOUSE)
        for words in ("A PDF.", "no labelled fields", "the file is empty", "Это PDF."):
            assert words in told
        assert "Not to be added: 3" in told

    def test_two_files_of_one_document_are_told_by_the_names_they_were_sent_under(self, site):
        text = LIGHTHOUSE.text.encode()
        told = preview(site, ("a/first.md", text), ("b/second.md", text), ("third.txt", text + b"\n\nMore.\n"))
        assert "“a/first.md” too, with the same texts" in told
        assert "“a/first.md” too, with another text" in told

    def test_nothing_sent_is_told(self, site):
        reply = post(site, "/add/check")
        assert reply.status == 400
        assert "No file was chosen" in reply.body

    def test_nothing_of_a_name_or_a_text_becomes_markup(self, site):
        record = replace(LIGHTHOUSE, title=HOSTILE, russian=(HOSTILE,), english=(HOSTILE,), source=f"AP RF, {HOSTILE}")
        files = [
            file
            for n, name in enumerate([HOSTILE, f"../../{HOSTILE}.txt", "a\u202etxt.exe", "a\r\nSet-Cookie: x", "\0"])
            for file in (
                (name, replace(record, number=f"72010{n}").text.encode()),
                (name, HOSTILE.encode()),
                (name, b"%PDF-"),
            )
        ]
        told, after = preview(site, *files), add(site, *files)
        assert told.count("<blockquote") == 5
        assert after.count('<a href="/document/72010') == 5
        for page in (told, after):
            assert "<script>alert" not in page
            assert "<img" not in page
            assert "\u202e" not in page

    def test_whatever_a_file_is_called_it_is_kept_inside_the_folder(self, site, home):
        names = ["../../../etc/passwd", "/etc/passwd", "C:\\x\\con.txt", "." * 50, "я" * 4000, "a\0b"]
        kites = [(name, NAMELESS.text.replace("Kite", f"Kite {n}").encode()) for n, name in enumerate(names)]
        add(site, *kites)
        kept = lying(home)
        assert kept == sorted(["passwd.txt", "passwd-2.txt", "_con.txt", "file.txt", "я" * 50 + ".txt", "a_b.txt"])
        assert {path.name for path in home.iterdir()} == {"CURRENT", "generations", "lock", "received"}


class TestOnlyTheirReaderSeesFilesThatWait:
    def test_nobody_else_sees_adds_or_discards_them(self, site, home):
        waiting = check(site, LIGHTHOUSE, reader="anna")
        for reader in ("boris", ""):
            assert get(site, f"/add/checked/{waiting}", reader).status == 404
            assert post(site, "/add/index", reader, checked=waiting).status == 404
            post(site, "/add/discard", reader, checked=waiting)
        assert get(site, f"/add/checked/{waiting}", "anna").status == 200
        assert staged(home) == [waiting]

    def test_discarded_they_are_gone(self, site, home):
        waiting = check(site, LIGHTHOUSE)
        assert post(site, "/add/discard", checked=waiting).headers["Location"] == "/add"
        assert staged(home) == []
        assert "an hour has passed" in get(site, f"/add/checked/{waiting}").body

    def test_after_an_hour_they_are_gone(self, site, home):
        waiting, other = check(site, LIGHTHOUSE), check(site, BRIDGE)
        old = time.time() - 3601
        os.utime(received_folder(home).parent / "staged" / waiting, (old, old))
        assert get(site, f"/add/checked/{waiting}").status == 404
        get(site, "/add")
        assert staged(home) == [other]

    def test_only_so_much_waits_in_all(self, site, home, monkeypatch):
        monkeypatch.setattr(staging, "MOST_STAGED", 2000)
        waiting = check(site, LIGHTHOUSE)
        reply = post(site, "/add/check", "boris", [("a.txt", LIGHTHOUSE.text.encode() * 3)])
        assert reply.status == 507
        assert "try again in an hour" in reply.body
        assert staged(home) == [waiting]

    @pytest.mark.parametrize("id_", ["", "..", "x" * 22, "../../generations", "%2e%2e"])
    def test_no_other_folder_can_be_named(self, site, id_):
        assert post(site, "/add/index", checked=id_).status == 404

    def test_nobody_else_sees_what_came_of_it(self, site):
        address = post(site, "/add/index", "anna", checked=check(site, LIGHTHOUSE, reader="anna")).headers["Location"]
        assert "Report on a Lighthouse" in finished(site, address, "anna")
        assert get(site, address, "boris").status == 404


class TestNothingIsHalfDone:
    def test_cancelled_everything_is_as_it_was_and_can_be_added_again(self, site, home):
        generation = Generations(home).current()
        waiting = check(site, LIGHTHOUSE)
        started = threading.Event()

        def work(advance):
            started.wait(SECONDS)
            return adding._add(site, staging.staged(home, waiting, ""), advance)

        job = site.jobs.start("add", work)
        job.cancelled.set()
        started.set()
        assert job.ended.wait(SECONDS)
        told = get(site, f"/add/added/{job.id}?checked={waiting}").body
        assert "Cancelled. Nothing was changed" in told
        assert f'href="/add/checked/{waiting}"' in told
        assert (lying(home), Generations(home).current()) == ([], generation)
        assert "Report on a Lighthouse" in finished(site, post(site, "/add/index", checked=waiting).headers["Location"])

    def test_while_another_process_writes_that_is_told_and_the_files_wait(self, site, home):
        waiting = check(site, LIGHTHOUSE)
        with Generations(home).writing():
            told = finished(site, post(site, "/add/index", checked=waiting).headers["Location"])
        assert "is being written by process" in told
        assert f'href="/add/checked/{waiting}"' in told
        assert lying(home) == []

    def test_while_another_reader_adds_the_second_is_told_and_their_files_wait(self, site):
        gate = threading.Event()
        job = site.jobs.start("add", lambda advance: gate.wait(SECONDS), "anna")
        waiting = check(site, LIGHTHOUSE)
        reply = post(site, "/add/index", checked=waiting)
        gate.set()
        assert job.ended.wait(SECONDS)
        assert reply.status == 409
        assert "Somebody else is adding" in reply.body
        assert f'value="{waiting}"' in reply.body

    def test_a_disk_that_takes_nothing_is_told(self, site, home):
        (home / "received").touch()
        reply = post(site, "/add/check", files=[("a.txt", LIGHTHOUSE.text.encode())])
        assert reply.status == 507
        assert "give it space" in reply.body

    def test_many_readers_who_check_at_once_lose_nothing(self, site):
        def one(n):
            return get(
                site, f"/add/checked/{check(site, replace(LIGHTHOUSE, title=f'Number {n}'), reader=str(n))}", str(n)
            )

        with ThreadPoolExecutor(4) as pool:
            replies = list(pool.map(one, range(8)))
        assert all(f"Number {n}" in reply.body for n, reply in enumerate(replies))


def test_work_that_is_not_known_is_told(site):
    reply = get(site, "/add/added/unknown")
    assert reply.status == 404
    assert "not known here" in reply.body
