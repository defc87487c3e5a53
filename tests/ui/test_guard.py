"""What is refused before anybody looks at it: other sites, other names, too much at once, and what nobody needs."""

import asyncio
import shutil
from threading import Event, Thread

import pytest
from starlette.testclient import TestClient

from index.build import update
from rag.compose import ExtractiveComposer
from rag.pipeline import Pipeline
from tests.records import Record
from tests.ui.browsing import site_of
from tests.ui.test_door import WORDS, log_in, write
from ui.server import wire
from ui.server.app import build_app, rooms_app
from ui.server.asked import Reply, Route
from ui.server.hosts import ANY_ADDRESS, is_here, is_named, names
from ui.server.owners import Owners
from ui.server.tab import Tab
from ui.server.turns import Busy, Turns

HERE = "http://127.0.0.1"
QUESTION = "Why did Moscow reject an attack on the South?"
NEEDED = {  # of gradio: what its page, its own client and its queue ask for
    ("GET", "/"),
    ("GET", "/assets/{path:path}"),
    ("GET", "/config"),
    ("GET", "/config/"),
    ("GET", "/static/{path:path}"),
    ("GET", "/manifest.json"),
    ("GET", "/theme.css"),
    ("GET", "/gradio_api/call/v2/{api_name}/{event_id}"),
    ("GET", "/gradio_api/call/{api_name}/{event_id}"),
    ("GET", "/gradio_api/info"),
    ("GET", "/gradio_api/info/"),
    ("GET", "/gradio_api/queue/data"),
    ("GET", "/gradio_api/startup-events"),
    ("GET", "/gradio_api/theme.css"),
    ("HEAD", "/"),
    ("POST", "/gradio_api/call/v2/{api_name}"),
    ("POST", "/gradio_api/call/v2/{api_name}/"),
    ("POST", "/gradio_api/call/{api_name}"),
    ("POST", "/gradio_api/call/{api_name}/"),
    ("POST", "/gradio_api/cancel"),
    ("POST", "/gradio_api/queue/join"),
    ("POST", "/gradio_api/reset"),
    ("POST", "/gradio_api/reset/"),
    ("POST", "/gradio_api/run/{api_name}"),
    ("POST", "/gradio_api/run/{api_name}/"),
}
OUTSIDE = [
    "/gradio_api/file=/etc/passwd",
    "/gradio_api/file=../../etc/passwd",
    "/gradio_api/file/etc/passwd",
    "/file=/etc/passwd",
    "/file/etc/passwd",
    "/gradio_api/proxy=https://example.org/",
    "/proxy=https://example.org/",
    "/static/../../../../etc/passwd",
    "/static/..%2f..%2f..%2fetc%2fpasswd",
    "/assets/..%2f..%2fpackage.json",
    "/assets/..%5c..%5cpackage.json",
    "/svelte/../package.json",
    "/custom_component/1/client/component/style.css",
    "/gradio_api/custom_component/1/client/component/../../x",
    "/delo/../app.py",
    "/delo/..%2fserver%2fapp.py",
    "/delo/%2e%2e/server/app.py",
    "/delo//etc/passwd",
    "/record/../../../etc/passwd",
    "/monitoring",
    "/monitoring/summary",
    "/gradio_api/runs",
    "/gradio_api/dev/reload",
    "/gradio_api/deep_link",
    "/gradio_api/mcp/",
    "/pwa_icon",
    "/token",
    "/gradio_api/token",
    "/gradio_api/app_id",
    "/docs",
    "/openapi.json",
    "/gradio_api/openapi.json",
]


@pytest.fixture(scope="module")
def app(home):
    with Pipeline.open(home) as pipeline:
        yield build_app(site_of(pipeline, hosts=["127.0.0.1"]))


@pytest.fixture(scope="module")
def client(app):
    with TestClient(app, base_url=HERE) as client:
        yield client


@pytest.fixture(scope="module")
def turns():
    return Turns(at_once=4, waiting=4)


@pytest.fixture(scope="module")
def two(home, tmp_path_factory, turns):
    """Two readers who have logged in to the same page."""
    file = write(tmp_path_factory.mktemp("two") / "readers")
    with Pipeline.open(home) as pipeline, TestClient(build_app(site_of(pipeline, readers=file, turns=turns))) as anna:
        ivan = TestClient(anna.app)
        ivan.portal = anna.portal  # the same loop: as one server has
        log_in(anna, "anna")
        log_in(ivan, "иван")
        yield anna, ivan


@pytest.mark.parametrize("path", OUTSIDE)
def test_nothing_outside_what_is_needed_is_served(client, path):
    refused = client.get(path)
    assert refused.status_code == 404
    assert "root:" not in refused.text
    assert "import " not in refused.text


def test_every_address_of_gradio_is_needed_or_refused(app):
    (shell,) = (route.app for route in app.routes if route.path == "")
    offered = {(method, route.path) for route in gradios(shell) for method in route.methods}
    assert offered > NEEDED
    client = TestClient(shell, base_url=HERE)
    for method, path in offered - NEEDED:
        filled = path.replace("{", "").replace("}", "").replace(":path", "")
        assert client.request(method, filled).status_code == 404, (method, path)


def gradios(shell):
    """The addresses of the application of gradio, which is wrapped."""
    from fastapi.routing import iter_route_contexts

    return [route for route in iter_route_contexts(shell._app.routes) if route.methods]


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "127.0.0.1@evil", "", "[", "localhost:x@y"])
def test_the_page_goes_by_no_other_name(client, host):
    assert client.get("/delo/style.css", headers={"Host": host}).status_code == 400


def test_the_names_follow_from_where_the_page_is_served():
    assert names("127.0.0.1", locked=False)[:3] == ("127.0.0.1", "localhost", "::1")
    assert names("archive", locked=True) == names("127.0.0.1", locked=True) == ("*",)
    shared = names("0.0.0.0", locked=False)  # noqa: S104 - that is what is tried
    assert all(is_named(host, shared) for host in ("192.0.2.7:7860", "[2001:db8::1]:80", "LOCALHOST", "127.0.0.1"))
    assert not any(is_named(host, shared) for host in ("evil.example", "192.0.2.7.evil.example", "1", ""))
    assert ANY_ADDRESS in shared
    assert [is_here(host) for host in ("127.0.0.2", "::1", "localhost", "0.0.0.0", "::", "archive")] == [  # noqa: S104
        *(True, True, True),
        *(False, False, False),
    ]


SITES = [  # method, headers, whether it is let through
    ("GET", {}, True),
    ("POST", {}, True),
    ("POST", {"Origin": HERE}, True),
    ("POST", {"Origin": HERE, "Sec-Fetch-Site": "same-origin"}, True),
    ("POST", {"Origin": "null", "Sec-Fetch-Site": "same-origin"}, True),
    ("GET", {"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}, True),
    ("GET", {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}, True),
    ("GET", {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"}, False),
    ("GET", {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "script"}, False),
    ("GET", {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"}, False),
    ("POST", {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}, False),
    ("POST", {"Origin": "http://evil.example"}, False),
    ("POST", {"Origin": "http://127.0.0.1:3000"}, False),
    ("POST", {"Origin": "null"}, False),
    ("GET", {"Origin": "http://evil.example"}, False),
    ("OPTIONS", {"Origin": "http://evil.example", "Access-Control-Request-Method": "POST"}, False),
]


@pytest.mark.parametrize(("method", "headers", "through"), SITES, ids=range(len(SITES)))
@pytest.mark.parametrize("path", ["/config", "/gradio_api/reset", "/account", "/delo/style.css"])
def test_another_site_may_lead_here_and_nothing_else(client, method, headers, through, path):
    answer = client.request(method, path, headers=headers)
    assert (answer.status_code != 403) == through
    assert not [name for name in answer.headers if name.startswith("access-control")]


@pytest.mark.parametrize("origin", [HERE, "http://localhost", None])
@pytest.mark.parametrize("path", ["/", "/config", "/document/112133", "/nowhere", "/delo/style.css"])
def test_every_reply_keeps_others_out(client, path, origin):
    headers = client.get(path, headers={"Origin": origin} if origin else {}).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "SAMEORIGIN"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert "frame-ancestors" in headers["content-security-policy"]
    assert not [name for name in headers if name.startswith("access-control")]


def test_what_a_request_says_of_another_machine_is_not_believed(client):
    told = client.get("/config", headers={"X-Forwarded-Host": "evil.example", "X-Gradio-Server": "evil.example"})
    assert told.status_code == 200
    assert "evil.example" not in told.text


def test_a_long_address_is_refused(client):
    assert client.get("/document/1?" + "a" * 17_000).status_code == 414
    assert client.get("/document/112133?" + "a=1&" * 2_000).status_code == 200


@pytest.mark.parametrize("told", [True, False], ids=["length told", "in chunks"])
@pytest.mark.parametrize("path", ["/gradio_api/queue/join", "/gradio_api/run/predict"])
def test_nobody_sends_more_than_a_megabyte_to_gradio(client, path, told):
    body = b'{"data": ["' + b"x" * 1_000_001 + b'"]}'
    sent = body if told else iter([body[:600_000], body[600_000:]])
    refused = client.post(path, content=sent)
    assert refused.status_code == 413
    assert "больше, чем можно" in refused.text


def test_files_are_not_taken_by_gradio(client):
    assert client.post("/gradio_api/upload", files={"files": ("a.txt", b"x")}).status_code == 404


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"[" * 100_000, b'{"session_hash": 1}', b'{"session_hash": ["a"]}'])
def test_what_is_no_question_is_refused(client, body):
    assert client.post("/gradio_api/queue/join", content=body).status_code == 400


@pytest.fixture
def room(home, monkeypatch):
    """Somebody at a page with a room that takes a hundred bytes, and one that takes its time."""
    came, going = Event(), Event()

    def told(site, asked):
        return Reply(body=repr(sorted(asked.form.items())))

    def slow(site, asked):
        came.set()
        going.wait(20)
        return Reply(body="slow")

    routes = (Route(path="/try", reply=told, method="POST", most=100), Route(path="/slow", reply=slow))
    monkeypatch.setattr("ui.server.app.ROUTES", routes)
    monkeypatch.setattr("ui.server.app._AT_ONCE", 1)
    monkeypatch.setattr("ui.server.app._WAITING", 0)
    monkeypatch.setattr("ui.server.app._MOST_VALUES", 20)
    with Pipeline.open(home) as pipeline, TestClient(rooms_app(site_of(pipeline))) as client:
        client.came, client.go_on = came, going.set
        yield client


def test_a_room_takes_what_it_says_and_no_more(room):
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert room.post("/try", data={"a": ["1", "2"], "b": "я"}).text == "[('a', ('1', '2')), ('b', ('я',))]"
    assert room.post("/try", data={"a": "x" * 98}).status_code == 200
    assert room.post("/try", data={"a": "x" * 99}).status_code == 413
    assert room.post("/try", content=iter([b"a=" + b"x" * 60] * 2), headers=form).status_code == 413
    assert room.post("/try", files={"a": ("b.txt", b"x" * 99)}).status_code == 413
    assert room.post("/try", content="a&" * 21 + "a", headers=form).status_code == 400


def test_rooms_that_are_busy_say_so_in_both_languages(room):
    first = Thread(target=room.get, args=["/slow"])
    first.start()
    assert room.came.wait(20)
    refused = room.get("/slow")
    room.go_on()
    first.join(20)
    assert refused.status_code == 503
    assert "Try again in a minute." in refused.text
    assert "Повторите через минуту." in refused.text


def received(messages, pauses=0.0, most=10):
    """Everything that a bounded body brings."""
    told = iter(messages)

    async def receive():
        await asyncio.sleep(pauses)
        return {"type": "http.request", "body": next(told), "more_body": True}

    async def read():
        take = wire.bounded({"headers": []}, receive, most)
        while True:
            await take()

    with pytest.raises(wire.BodyRefusedError) as refused:
        asyncio.run(read())
    return refused.value.reply.status


def test_a_body_is_counted_as_it_comes_and_may_not_dribble(monkeypatch):
    assert received([b"12345"] * 3) == 413
    monkeypatch.setattr(wire, "GRACE", 0.2)
    assert received([b"1"] * 100, pauses=0.01, most=1000) == 408


def join(client, session, question=QUESTION, function=0):
    body = {"session_hash": session, "fn_index": function, "data": [question, None, True], "trigger_id": 1}
    return client.post("/gradio_api/queue/join", json=body)


def asking(client):
    """The function of gradio that answers what is typed."""
    told = client.get("/config").json()["dependencies"]
    return next(one["id"] for one in told if len(one["inputs"]) == 3 and len(one["outputs"]) == 4)


def test_one_reader_reaches_nothing_of_anothers_conversation(two):
    anna, ivan = two
    function = asking(anna)
    event = join(anna, "annas", function=function).json()["event_id"]
    for path in (
        "/gradio_api/queue/data?session_hash=annas",
        "/gradio_api/queue/data?session_hash=%61nnas",
        "/gradio_api/queue/data?session%5Fhash=annas",
        "/gradio_api/queue/data?session_hash=ivans&session_hash=annas",
        f"/gradio_api/queue/data?session_hash={event}",
        f"/gradio_api/call/ask/{event}",
    ):
        assert ivan.get(path).status_code == 403, path
    assert join(ivan, "annas", function=function).status_code == 403
    told = {"session_hash": "ivans", "fn_index": function, "event_id": event}
    assert ivan.post("/gradio_api/cancel", json=told).status_code == 403
    assert ivan.post("/gradio_api/reset", json={"event_id": event}).status_code == 403
    answer = anna.get("/gradio_api/queue/data?session_hash=annas").text
    assert "process_completed" in answer
    assert "blockquote" in answer
    assert WORDS["anna"] not in answer


def test_of_one_reader_only_so_many_questions_wait_whatever_their_tabs(two, turns):
    function = asking(two[0])
    with turns.place("anna"), turns.place("anna"):
        shown = []
        for client in two:
            join(client, f"another tab {client is two[0]}", function=function)
            told = f"/gradio_api/queue/data?session_hash=another tab {client is two[0]}"
            shown.append(client.get(told).text)
    assert "Many questions of yours" in shown[0]
    assert "Вы уже задали много вопросов" in shown[0]
    assert "blockquote" in shown[1]


def test_where_nobody_logs_in_a_conversation_is_its_browsers(app, client):
    page = client.get("/", headers={"Accept": "text/html"})
    assert "HttpOnly" in page.headers["set-cookie"]
    join(client, "begun", function=asking(client))
    other = TestClient(app, base_url=HERE)
    assert other.get("/gradio_api/queue/data?session_hash=begun").status_code == 403
    assert "blockquote" in client.get("/gradio_api/queue/data?session_hash=begun").text
    client.cookies.clear()


def test_owners_are_kept_in_mind_for_so_many_conversations():
    owners = Owners()
    assert owners.claim("hers", "anna")
    assert all(owners.claim(f"{number}", "ivan") for number in range(600))
    assert not owners.claim("hers", "ivan")
    assert not owners.claim("599", "anna")
    assert owners.claim("0", "anna")  # ivan's oldest is forgotten, not hers


def test_a_new_generation_is_served_without_a_restart(home, tmp_path):
    shutil.copytree(home, tmp_path / "index")
    new = Record(
        number="900077",
        title="A Letter on Harbours",
        date="May 1952",
        source="RGANI, f. 5, op. 30, d. 12, l. 9",
        russian=("О портах.",),
        english=("On harbours.",),
    )
    with Pipeline.open(tmp_path / "index") as pipeline:
        client = TestClient(rooms_app(site_of(pipeline)))
        assert client.get("/document/900077").status_code == 404
        update(tmp_path / "index", [new.write(tmp_path)])
        assert "On harbours." in client.get("/document/900077").text


def test_questions_wait_and_one_reader_does_not_take_all_the_places():
    turns = Turns(at_once=4, waiting=8)
    first, second, other = turns.place("anna"), turns.place("anna"), turns.place("ivan")
    with first, second, other:
        assert list(first.waits()) == list(other.waits()) == []
        assert next(second.waits()) == 0  # a quarter of four is one
        more = turns.place("anna")
        with more:
            assert next(more.waits()) == 1
            with pytest.raises(Busy), turns.place("anna"):
                pass
        first.__exit__()
        assert list(second.waits()) == []


def test_when_all_places_are_taken_the_next_is_told_so():
    turns = Turns(at_once=1, waiting=2)
    places = [turns.place(name) for name in "abc"]
    with places[0], places[1], places[2]:
        with pytest.raises(Busy) as busy, turns.place("d"):
            pass
        assert set(busy.value.words) == {"en", "ru"}
    with turns.place("d") as place:
        assert list(place.waits()) == []


@pytest.mark.parametrize("count", [60])
def test_of_many_questions_none_is_lost(count):
    turns = Turns(at_once=5, waiting=count)
    most, going, done = [0], [], []

    def ask(number):
        with turns.place(f"reader {number}") as place:
            for _ in place.waits():
                pass
            going.append(number)
            most[0] = max(most[0], len(going))
            going.remove(number)
            done.append(number)

    threads = [Thread(target=ask, args=[number]) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(done) == list(range(count))
    assert most[0] <= 5


def test_a_question_that_waits_says_so_in_its_place_and_one_that_cannot_too(home):
    turns = Turns(at_once=1, waiting=1)
    with Pipeline.open(home) as pipeline, turns.place("somebody else"):
        waiting, sent_away = Tab(), Tab()
        steps = waiting.ask(pipeline, QUESTION, ExtractiveComposer(), place=turns.place("a"))
        next(steps)
        next(steps)
        assert "Ожидание. Вопросов впереди: 0" in waiting.turns[-1].shown
        for _ in sent_away.ask(pipeline, QUESTION, ExtractiveComposer(), place=turns.place("b")):
            pass
        shown = sent_away.turns[-1].shown
        assert "Try again in a minute." in shown
        assert "Повторите через минуту." in shown
        steps.close()
        for _ in sent_away.ask(pipeline, "", ExtractiveComposer(), place=turns.place("b")):
            break
