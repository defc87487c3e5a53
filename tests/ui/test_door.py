"""Who may come in: passwords, sessions, attempts that must wait; and that nothing is reached without."""

import base64
import os
import re
import socket
import subprocess
import sys
import time
from contextlib import closing

import bcrypt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from index.errors import ArchiveError
from rag.pipeline import Pipeline
from tests.processes import ROOT
from tests.ui.browsing import ask, serving, site_of
from tests.ui.conftest import accessible
from ui.server.app import build_app
from ui.server.attempts import Attempts
from ui.server.door import own_address
from ui.server.passwords import BadPasswordError, Readers, line
from ui.server.sessions import IDLE, LONGEST, Sessions

WORDS = {"anna": "a word & more", "иван": "пароль два"}
PAGE = {"Accept": "text/html"}
BEHIND = [
    "/",
    "/config",
    "/document/112133",
    "/documents",
    "/account",
    "/account.json",
    "/record/0123456789abcdef",
    "/gradio_api/info",
    "/gradio_api/queue/data?session_hash=a",
    "/gradio_api/mcp/",
    "/assets/index.js",
    "/theme.css",
    "/delo/page.js",
    "/delo/shell.js",
    "/login/",
    "//login",
    "/delo/style.css/../../document/112133",
    "/nowhere",
]
BAD_FILES = {
    "": "names no reader",
    "# nobody\n\n": "names no reader",
    "anna:secret\n": "line 1: is not a name, a colon and a password hashed by bcrypt",
    "# one\nanna:$apr1$abc$def\n": "line 2: is not a name",
    "anna:{SHA}5baa61e4c9b93f3f0682250b6cf8331b7ee68fd8\n": "line 1: is not a name",
    "anna\n": "line 1: is not a name",
    f":$2b$04${'a' * 53}\n": "line 1: is not a name",
    f"anna:$2b$31${'a' * 53}\n": "line 1: the cost 31",
    f"anna:$2b$04${'a' * 53}\nanna:$2b$04${'b' * 53}\n": "line 2: 'anna' is here a second time",
}


def hashed(password, cost=4, prefix=b"2b"):
    return bcrypt.hashpw(password.encode(), bcrypt.gensalt(cost, prefix=b"2b")).replace(b"$2b", b"$" + prefix).decode()


def write(path, words=None, **options):
    path.write_text("".join(f"{n}:{hashed(w, **options)}\n" for n, w in (words or WORDS).items()), "utf-8")
    return path


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return write(tmp_path_factory.mktemp("door") / "readers")


@pytest.fixture(scope="module")
def app(home, file):
    with Pipeline.open(home) as pipeline:
        yield build_app(site_of(pipeline, readers=file))


@pytest.fixture
def visit_app(app):
    """Somebody with a browser of their own, from an address of their own."""
    numbers = iter(range(1, 200))

    def visit(address=None, scheme="http"):
        address = address or f"10.0.{os.getpid() % 250}.{next(numbers)}"
        return TestClient(app, base_url=f"{scheme}://archive.example", client=(address, 5), follow_redirects=False)

    return visit


def free_port():
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        return taken.getsockname()[1]


def log_in(client, name="anna", password=None, then="/documents"):
    return client.post("/login", data={"name": name, "password": password or WORDS[name], "next": then})


@pytest.mark.parametrize("path", BEHIND)
def test_without_a_password_nothing_is_reached(visit_app, path):
    client = visit_app()
    refused = client.get(path)
    assert refused.status_code == 401
    assert "delo" not in refused.text.lower()
    assert client.post(path.partition("?")[0], json={}).status_code == 401
    sent_on = client.get(path, headers=PAGE)
    assert sent_on.status_code == 303
    assert sent_on.headers["location"].startswith("/login?next=")


def test_what_the_page_to_log_in_needs_is_open_and_all_of_that(visit_app):
    client = visit_app()
    page = client.get("/login")
    needed = re.findall(r'(?:src|href)="(/[^"]*)"', page.text)
    while needed:
        got = client.get(needed.pop())
        assert got.status_code == 200
        if got.headers["content-type"].startswith(("text/css", "text/javascript")):
            needed += [f"/delo/{name}" for name in re.findall(r'(?:url\(|import ")(?:\./)?([\w./-]+)', got.text)]
    assert "script-src 'self';" in page.headers["content-security-policy"]
    assert page.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("name", WORDS)
def test_whoever_logs_in_reads_until_they_log_out(visit_app, name):
    client = visit_app()
    came = log_in(client, name)
    assert (came.status_code, came.headers["location"]) == (303, "/documents")
    assert client.get("/account.json").json() == {"reader": name}
    assert client.get("/document/112133").headers["cache-control"] == "no-store"
    held = dict(client.cookies)
    assert client.post("/logout").headers["location"] == "/login"
    assert client.get("/document/112133").status_code == 401
    stolen = visit_app()
    stolen.cookies.update(held)
    assert stolen.get("/document/112133").status_code == 401


@pytest.mark.parametrize(("scheme", "secure"), [("http", False), ("https", True)])
def test_the_cookie_is_the_browsers_alone(visit_app, scheme, secure):
    told = log_in(visit_app(scheme=scheme)).headers["set-cookie"]
    assert "; HttpOnly" in told
    assert "; SameSite=Lax" in told
    assert "; Path=/;" in told
    assert ("; Secure" in told) == secure
    assert len(re.match(r"delo-\d+=([\w-]+);", told)[1]) >= 43


def test_a_wrong_password_or_name_is_told_alike(visit_app):
    told = {log_in(visit_app(), name, "wrong").text.replace(name, "") for name in ("anna", "иван", "nobody")}
    assert len(told) == 1
    assert "Имя или пароль неверны." in told.pop()


def test_a_name_is_shown_again_as_text_only(visit_app):
    page = log_in(visit_app(), '"><script>alert(1)</script>', "x").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize(
    "told",
    [
        *("//evil", "/\\evil", "https://evil", "javascript:x", "/a\nb", "/\t/evil", "", "evil", "/login?next=/"),
        *("/дело", "/a\u2028b", "/\r\nSet-Cookie:a=b"),
    ],
)
def test_nobody_is_led_elsewhere(visit_app, told):
    assert log_in(visit_app(), then=told).headers["location"] == "/"


@pytest.mark.parametrize("told", ["/", "/document/112133?ru=1-2&en=3-4", "/#beside/document/1?ru=1-2"])
def test_they_are_led_where_they_wanted_to_go(visit_app, told):
    client = visit_app()
    asked = client.get(told, headers=PAGE).headers["location"]
    assert f'name="next" value="{told.partition("#")[0].replace("&", "&amp;")}"' in client.get(asked).text
    assert log_in(client, then=told).headers["location"] == told


@given(st.text(max_size=30))
def test_an_own_address_begins_with_one_slash(told):
    address = own_address(told)
    assert re.match(r"/($|[^/\\])", address)
    assert address in (told, "/")


@pytest.mark.parametrize("name", WORDS)
def test_programs_bring_name_and_password_with_every_request(visit_app, name):
    client = visit_app()
    told = base64.b64encode(f"{name}:{WORDS[name]}".encode()).decode()
    for _ in range(3):
        assert client.get("/account.json", headers={"Authorization": f"Basic {told}"}).json() == {"reader": name}
    assert not client.cookies
    refused = client.get("/account.json", auth=(name, "wrong"))
    assert refused.status_code == 401
    assert refused.headers["www-authenticate"] == 'Basic realm="Delo", charset="UTF-8"'


@pytest.mark.parametrize("told", ["Basic", "Basic !", "Basic YW5uYQ==", "Basic /////w==", "Bearer x", "basic"])
def test_what_is_no_password_lets_nobody_in(visit_app, told):
    assert visit_app().get("/config", headers={"Authorization": told}).status_code == 401


def test_a_page_whose_session_has_ended_gets_no_box_of_the_browser(visit_app):
    headers = {"Sec-Fetch-Mode": "cors", "Sec-Fetch-Site": "same-origin"}
    refused = visit_app().post("/gradio_api/queue/join", json={}, headers=headers)
    assert refused.status_code == 401
    assert "www-authenticate" not in refused.headers


def test_after_some_failures_even_the_right_password_must_wait(visit_app):
    client = visit_app("10.9.9.9")
    assert [log_in(client, "anna", "wrong").status_code for _ in range(5)] == [401] * 5
    refused = log_in(client)
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) >= 1
    assert "Повторите через" in refused.text
    assert client.get("/config", auth=("anna", WORDS["anna"])).status_code == 429  # though it was right before
    assert log_in(visit_app()).status_code == 303


def test_the_wait_doubles_up_to_a_quarter_of_an_hour_and_is_forgotten_after_an_hour():
    now = [0.0]
    attempts = Attempts(lambda: now[0])
    waits = []
    assert [attempts.begin("anna", "10.0.0.1") for _ in range(5)] == [0] * 5
    for _ in range(12):
        waits.append(attempts.begin("anna", "10.0.0.1"))
        now[0] += waits[-1]
        assert attempts.begin("anna", "10.0.0.1") == 0
    assert waits == [min(2.0**doubled, 900) for doubled in range(12)]
    now[0] += 3601
    assert attempts.begin("anna", "10.0.0.1") == 0


def test_others_who_guess_cannot_lock_a_reader_out_at_home():
    attempts = Attempts(lambda: 0.0)
    assert attempts.begin("anna", "10.0.0.1") == 0
    attempts.succeeded("anna", "10.0.0.1")
    guesses = [attempts.begin("anna", f"10.1.{number // 200}.{number % 200}") for number in range(100)]
    assert guesses[:50] == [0] * 50
    assert min(guesses[50:]) > 0
    assert attempts.begin("anna", "10.0.0.1") == 0


def test_one_address_may_not_guess_at_many_names_and_a_network_of_ipv6_is_one():
    attempts = Attempts(lambda: 0.0)
    assert [attempts.begin(f"name {n}", f"2001:db8::{n:x}") for n in range(1, 21)] == [0] * 20
    assert attempts.begin("another", "2001:db8::ffff") > 0
    assert attempts.begin("another", "2001:db8:1::1") == 0


@pytest.mark.slow
def test_attempts_take_no_more_than_so_much_memory():
    attempts = Attempts(lambda: 0.0)
    for number in range(30_000):
        attempts.begin(f"{number}" * 100, f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}")
    assert len(attempts._failed) <= 10_000


def test_an_unknown_name_costs_as_much_as_a_wrong_password(tmp_path):
    readers = Readers(write(tmp_path / "readers", cost=9))

    def fastest(name):
        times = []
        for _ in range(5):
            start = time.thread_time()  # however busy the machine is
            assert not readers.matches(name, "wrong")
            times.append(time.thread_time() - start)
        return min(times)

    assert 0.5 < fastest("nobody") / fastest("anna") < 2


@pytest.mark.parametrize(("text", "told"), BAD_FILES.items(), ids=range(len(BAD_FILES)))
def test_a_malformed_file_is_told_with_its_line(tmp_path, text, told):
    path = tmp_path / "readers"
    path.write_text(text, "utf-8")
    with pytest.raises(ArchiveError, match=re.escape(told)):
        Readers(path)


def test_a_missing_file_or_one_that_is_no_text_is_told(tmp_path):
    with pytest.raises(ArchiveError, match="delo password NAME > FILE"):
        Readers(tmp_path / "none")
    (tmp_path / "odd").write_bytes(b"\xff\xfe")
    with pytest.raises(ArchiveError, match="not UTF-8"):
        Readers(tmp_path / "odd")


def test_a_file_as_htpasswd_writes_it_is_understood(tmp_path):
    readers = Readers(write(tmp_path / "readers", prefix=b"2y"))
    assert readers.matches("anna", WORDS["anna"])
    assert not readers.matches("anna", WORDS["иван"])


def test_a_password_is_the_same_however_its_letters_are_composed(tmp_path):
    (tmp_path / "readers").write_text(hashed_line("анна", "й ё é"), "utf-8")
    assert Readers(tmp_path / "readers").matches("анна", "й ё é")


def hashed_line(name, password):
    return line(name, password) + "\n"


@pytest.mark.parametrize("password", ["a" * 73, "й" * 37, "", "a\0b", "a\tb"])
def test_a_password_that_bcrypt_would_cut_or_nobody_can_type_is_refused(password):
    with pytest.raises(BadPasswordError):
        line("anna", password)


@pytest.mark.parametrize("name", ["", "a:b", "#a", "a\nb", "x" * 65])
def test_what_cannot_be_a_name_is_refused(name):
    with pytest.raises(BadPasswordError, match="cannot be a reader's name"):
        line(name, "word")


def test_a_longer_password_does_not_match_its_beginning(tmp_path):
    readers = Readers(write(tmp_path / "readers", {"anna": "a" * 72}))
    assert readers.matches("anna", "a" * 72)
    assert not readers.matches("anna", "a" * 73)


def test_a_changed_file_holds_at_once_and_a_broken_one_not(tmp_path, capsys):
    path = write(tmp_path / "readers", {"anna": "one", "иван": "two"})
    readers = Readers(path)
    sessions = Sessions(readers)
    anna, ivan = sessions.begin("anna"), sessions.begin("иван")
    sessions.remember("anna", "one")
    write(path, {"anna": "other word", "maria": "three"})
    assert sessions.reader(anna) == sessions.reader(ivan) == ""
    assert not sessions.recall("anna", "one")
    assert readers.matches("maria", "three")
    path.write_text("maria three\n", "utf-8")
    assert readers.matches("maria", "three")
    assert readers.matches("maria", "three")
    assert capsys.readouterr().err.count("line 1") == 1
    path.unlink()
    assert readers.matches("maria", "three")


def test_sessions_end_when_idle_and_after_a_week_and_each_reader_has_ten(file):
    now = [0.0]
    sessions = Sessions(Readers(file), lambda: now[0])
    token = sessions.begin("anna")
    while now[0] <= LONGEST:
        assert sessions.reader(token) == "anna"
        now[0] += IDLE * 0.9
    assert sessions.reader(token) == ""
    idle = sessions.begin("anna")
    now[0] += IDLE + 1
    assert sessions.reader(idle) == ""
    tokens = [sessions.begin("anna") for _ in range(11)]
    assert [sessions.reader(one) for one in tokens] == [""] + ["anna"] * 10
    assert sessions.reader("") == ""


def test_the_verb_prints_a_line_that_lets_its_reader_in(process, tmp_path):
    ran = process("password", "анна", given="слово\n".encode())
    assert (ran.status, ran.err) == (0, "")
    (tmp_path / "readers").write_text(ran.out, "utf-8")
    assert Readers(tmp_path / "readers").matches("анна", "слово")
    assert "слово" not in ran.out
    refused = process("password", "anna", given=b"x" * 73)
    assert refused.status == 2
    assert "73 bytes" in refused.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--host", "0.0.0.0"), "--open-to-all"),  # noqa: S104 - that is what is tried
        (("--host", "192.0.2.1"), "--auth"),
        (("--host", "::"), "--open-to-all"),
        (("--auth", "readers", "--open-to-all"), "exclude each other"),
        (("--auth", "readers"), "readers' file 'readers' cannot be read"),
    ],
)
def test_others_are_let_in_only_by_somebody_who_says_so(delo, home, words, told):
    ran = delo("chat", "--index", home, "--port", free_port(), *words)
    assert ran.status == 2
    assert told in ran.err


def test_a_page_that_is_open_to_all_warns(home, tmp_path):
    command = [sys.executable, "-m", "ui", "chat", "--index", home, "--port", str(free_port())]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    for words, told in (("--open-to-all",), "can read this archive"), (("--auth", "readers"), "https"):
        write(tmp_path / "readers")
        process = subprocess.Popen(
            [*command, "--host", "0.0.0.0", *words],  # noqa: S104 - that is what is tried
            cwd=tmp_path,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        with process:
            warned = process.stderr.readline()
            process.kill()
        assert warned.startswith("delo: warning: ")
        assert told in warned


@pytest.fixture(scope="module")
def locked(app):
    """The page of an archive that has readers, served."""
    with serving(app) as address:
        yield address


def test_the_client_of_gradio_is_let_in_with_a_password_alone(locked):
    from gradio_client import Client

    told = base64.b64encode(f"anna:{WORDS['anna']}".encode()).decode()
    client = Client(locked, headers={"Authorization": f"Basic {told}"}, verbose=False, analytics_enabled=False)
    assert client.config["title"] == "Delo"
    with pytest.raises(Exception, match="Please login"):
        Client(locked, verbose=False, analytics_enabled=False)


@pytest.mark.slow
@pytest.mark.parametrize(("language", "width"), [("en", 1440), ("ru", 390)])
def test_a_reader_logs_in_asks_and_logs_out(reader, locked, language, width):
    page = reader.browser.new_context(viewport={"width": width, "height": 844}).new_page()
    page.goto(f"{locked}/#beside/document/112133")
    page.locator(f"button[data-interface={language}]").click()
    assert accessible(page) == []
    page.emulate_media(color_scheme="dark")
    assert accessible(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.get_by_label({"en": "Name", "ru": "Имя"}[language]).fill("иван")
    page.get_by_label({"en": "Password", "ru": "Пароль"}[language]).fill("wrong")
    page.keyboard.press("Enter")
    page.get_by_role("alert").wait_for()
    assert accessible(page) == []
    page.get_by_label({"en": "Password", "ru": "Пароль"}[language]).fill(WORDS["иван"])
    page.keyboard.press("Enter")
    page.locator("#question textarea").wait_for()
    assert page.evaluate("location.hash") == "#beside/document/112133"
    if width < 1100:  # the desk lies over the conversation
        page.locator("#desk [data-back]").click()
    ask(page, "Why did Moscow reject an attack on the South?")
    assert page.locator(".account .reader").text_content() == "иван"
    page.goto(f"{locked}/account")
    assert accessible(page) == []
    page.locator(".account form button, form.account button").first.click()
    page.locator("#password").wait_for()
    page.context.close()


def enter(page, name):
    """Log in at the form that the page shows."""
    page.locator("#name").fill(name)
    page.locator("#password").fill(WORDS[name])
    page.keyboard.press("Enter")


@pytest.mark.slow
def test_who_is_no_longer_logged_in_is_told_so_and_goes_on_after_logging_in_in_another_tab(reader, locked):
    page = reader.browser.new_context().new_page()
    page.goto(locked)
    enter(page, "anna")
    ask(page, "Why did Moscow reject an attack on the South?")
    page.context.clear_cookies()
    page.locator("#question textarea").fill("And what about partisans?")
    page.locator("#question textarea").press("Enter")
    link = page.locator("#ended a")
    link.wait_for()
    errors = page.locator("span.error").all()  # gradio's, which would lie over our words
    assert errors
    assert not any(error.is_visible() for error in errors)
    with page.expect_popup() as popup:
        link.click()
    enter(popup.value, "anna")
    popup.value.locator("#question textarea").wait_for()
    ask(page, "And what about partisans?")
    assert page.locator("#chat .delo.answer").count() == 2
    page.context.close()


@pytest.mark.slow
def test_without_a_script_both_languages_are_shown_and_the_form_works(reader, locked):
    page = reader.browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{locked}/account")
    assert page.locator("h1 .said:visible").count() == 2
    page.locator("#name").fill("anna")
    page.locator("#password").fill(WORDS["anna"])
    page.locator("form button").click()
    page.locator("main strong").wait_for()
    assert page.locator("main strong").text_content() == "anna"
    page.locator("main form button").click()
    page.locator("#password").wait_for()
    page.context.close()
