"""The page as its reader meets it: served by itself, in a real browser, and with nothing asked of other machines."""

import re
import socket
import subprocess
import sys
import time
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import pytest

from index.build import update
from index.errors import ArchiveError
from index.store import Index
from rag.pipeline import Pipeline
from tests.records import Record
from tests.small_archive import SAMPLE
from tests.ui.browsing import ask, interrupted, served_apart, site_of, until
from ui.server.app import build_app
from ui.server.serve import serve

ENGLISH = "Why did Moscow reject an attack on the South?"
RUSSIAN = "Почему Москва считала наступление на юг недопустимым?"
OUTSIDE = "What did Khrushchev say about maize in Kazakhstan?"
REFERENCE = "APRF, f. 3, op. 65, d. 776, ll. 30-32"
ROOT = Path(__file__).parents[2]
EXAMPLES = [ENGLISH, RUSSIAN, "What ${alert(1)} <b>was</b> said about the *Ongjin* peninsula?"]
REFUSED = {
    "": "The question is empty",
    "   \n ": "The question is empty",
    "слово " * 3333 + "ы?": "20000 characters",
    "Pourquoi Moscou a-t-elle refusé une attaque contre le Sud ?": "French",
    "为什么莫斯科拒绝进攻南方？": "neither Latin nor Cyrillic",
}
HOSTILE = """
Прошу направить `${alert(1)}` в корейскую армию <img src=x onerror=alert(1)> зенитные орудия и {{7*7}} автомашин.

I ask that anti-aircraft guns and {{7*7}} lorries [be sent](javascript:alert(1)) to <script>alert(1)</script> the army.

Второй абзац о зенитных орудиях: $x^2$, $$y^2$$, **не жирно**, </td></table><h1>заголовок</h1> и &lt;не тег&gt;.

The second paragraph on anti-aircraft guns: $x^2$, $$y^2$$, **not bold**, </td></table><h1>head</h1> and &lt;no tag&gt;.
"""
SERVE = """
import sys
from pathlib import Path
from threading import Barrier

def note_outside(event, arguments):
    if event in ("socket.getaddrinfo", "socket.connect"):
        asked = arguments[0] if event == "socket.getaddrinfo" else arguments[1]
        if (asked[0] if isinstance(asked, tuple) else asked) not in ("127.0.0.1", "localhost", "::1"):
            print("another machine is asked:", asked, file=sys.stderr, flush=True)

sys.addaudithook(note_outside)
from rag.compose import ExtractiveComposer
from rag.pipeline import Pipeline
from tests.ui.browsing import site_of
from ui.server.serve import serve

class Meeting(ExtractiveComposer):
    both = Barrier(2, timeout=20)

    def write(self, question, evidence):
        if "together" in question.text:
            self.both.wait()
        return super().write(question, evidence)

home, *examples = sys.argv[1:]
with Pipeline.open(Path(home), Meeting()) as pipeline:
    site = site_of(pipeline, examples=examples)
    serve(site, port=0, open_browser=True, announce=lambda line: print(line, flush=True))
"""
UNNUMBERED = """cells => cells.map((cell) => {
    const copy = cell.cloneNode(true);
    for (const number of copy.querySelectorAll('.number')) number.remove();
    return copy.textContent;
})"""


def quoted(figure, language):
    """The words of one text on a card, sentence after sentence."""
    return "".join(figure.locator(f"blockquote p[lang={language}]").all_text_contents())


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("web")
    hostile = Record(
        number="900009",
        title="Telegram <img src=x onerror=alert(1)> ${alert(1)} on Guns",
        date="May 1952",
        source="RGANI, f. 5, op. 30, d. 12, l. 9 <b>",
        russian=(HOSTILE,),
        english=(),
    )
    update(folder / "index", [SAMPLE, hostile.write(folder)])
    return folder / "index"


@pytest.fixture(scope="module")
def texts(home):
    with Index.open(home) as index:
        return index.catalogue.document("112133").texts


@pytest.fixture(scope="module")
def address(home):
    """The page served by a process of its own, which an interrupt must end without a word, be it open or not."""
    browser = f"{sys.executable} -c 'import pathlib, sys; pathlib.Path(sys.argv[1]).write_text(sys.argv[2])'"
    opens = {"BROWSER": f"{browser} {home.parent / 'opened'} %s"}
    with served_apart(SERVE, home, *EXAMPLES, log=home.parent / "server.log", **opens) as (address, process):
        yield address
        with closing(HTTPConnection(address.removeprefix("http://"))) as kept:  # open, as a browser keeps one
            kept.request("HEAD", "/")
            kept.getresponse().read()
            assert interrupted(process) == 0


@pytest.mark.slow
@pytest.mark.parametrize("question", [ENGLISH, RUSSIAN], ids=["en", "ru"])
def test_an_answer_quotes_both_texts_word_for_word_with_the_archival_reference(visit, address, texts, question):
    answer = ask(visit(address), question)
    figures = answer.locator("figure")
    assert figures.count() >= 2
    for figure in figures.all():
        for language, text in texts.items():
            words = quoted(figure, language)
            assert len(words) > 50
            assert words in text
        assert REFERENCE in figure.locator(".references").text_content()
    assert "недопустимо" in answer.text_content()


@pytest.mark.slow
def test_a_quotation_opens_the_document_there_with_the_words_and_their_counterpart_marked(visit, address):
    page = visit(address)
    figure = ask(page, ENGLISH).locator("figure").filter(has_text="неподготовленным").first
    cited = {language: quoted(figure, language) for language in ("ru", "en")}
    figure.locator("a[target=desk]").first.click()
    reader = page.frame_locator("iframe[name=desk]")
    row = reader.locator(".row:has(mark.place)")
    row.first.wait_for()
    assert row.count() == 1
    for language, words in cited.items():
        assert "".join(row.locator(f"div[lang={language}] mark.place").all_text_contents()) == words
    assert reader.locator("#place").bounding_box()["y"] < 900
    top = reader.locator("html").evaluate("page => page.scrollTop")
    assert top > 0
    assert reader.locator(".heads").is_visible()
    assert REFERENCE in reader.locator("main > header").text_content()


@pytest.mark.slow
def test_a_question_outside_the_archive_is_told_so_with_the_nearest_documents(visit, address):
    page = visit(address)
    answer = ask(page, OUTSIDE)
    assert "No answer found in this archive" in answer.text_content()
    assert answer.locator("figure").count() == 0
    assert REFERENCE in answer.text_content()
    answer.get_by_text("Politburo Decision").locator("visible=true").click()
    assert page.frame_locator("iframe[name=desk]").locator("h1").text_content().startswith("Politburo Decision")


@pytest.mark.slow
def test_clicking_an_example_asks_it_and_the_examples_give_way(visit, address):
    page = visit(address)
    examples = page.locator("#welcome button")
    assert examples.all_text_contents() == EXAMPLES
    examples.nth(2).click()
    page.locator(".delo.answer").wait_for()
    assert page.locator(".delo.asked").text_content() == EXAMPLES[2]
    assert not examples.nth(2).is_visible()


@pytest.mark.slow
def test_several_questions_stay_and_the_newest_is_read_from_its_beginning(visit, address):
    page = visit(address)
    for question in (ENGLISH, OUTSIDE, "", RUSSIAN):
        ask(page, question)
    assert page.locator(".delo.asked").all_text_contents() == [ENGLISH, OUTSIDE, RUSSIAN]
    assert page.locator(".delo.answer, .delo.refusal").count() == 4
    until(
        page,
        """() => {
            const asked = [...document.querySelectorAll(".asked")].at(-1).getBoundingClientRect();
            return asked.top > 0 && asked.top < 300;
        }""",
    )
    assert page.locator("#question textarea").input_value() == ""


@pytest.mark.slow
def test_beginning_anew_forgets_the_conversation(visit, address):
    page = visit(address)
    assert page.get_by_role("button", name="Begin anew").count() == 0
    ask(page, ENGLISH)
    for question in (RUSSIAN, ENGLISH):
        page.locator("#held .anew").click()
        page.locator("#welcome button").first.wait_for()
        ask(page, question)
        assert page.locator(".delo.asked").all_text_contents() == [question]


@pytest.mark.slow
def test_what_cannot_be_asked_gets_a_clear_line(visit, address):
    page = visit(address)
    for question, reason in REFUSED.items():
        assert reason in ask(page, question).text_content()
    assert page.locator(".delo.answer").count() == 0


@pytest.mark.slow
def test_nothing_in_a_document_is_obeyed(visit, address, home):
    page = visit(address)
    answer = ask(page, "Прошу направить зенитные орудия и автомашины в корейскую армию?")
    with Index.open(home) as index:
        hostile = index.catalogue.document("900009")
    shown = answer.locator("figure").first
    for language, text in hostile.texts.items():
        assert quoted(shown, language) in text
    assert "<img src=x onerror=alert(1)> ${alert(1)}" in answer.text_content()
    assert "l. 9 <b>" in shown.locator(".references").text_content()
    assert answer.locator("img, script, b:not(.sought), strong, a[href^=javascript], .katex").count() == 0
    shown.locator("a[target=desk]").first.click()
    reader = page.frame_locator("iframe[name=desk]")
    reader.locator("mark").first.wait_for()
    for language, text in hostile.texts.items():
        cells = "".join(reader.locator(f"div[lang={language}]").evaluate_all(UNNUMBERED))
        assert "".join(cells.split()) == "".join(text.split())
    assert reader.locator("main :is(img, script, b, strong, a[href^=javascript])").count() == 0
    assert reader.locator("h1").text_content() == hostile.title


@pytest.mark.slow
def test_nothing_in_a_question_is_obeyed(visit, address):
    page = visit(address)
    question = (
        "What <img src=x onerror=alert(1)> ${alert(1)} {{7*7}} `was` **said** $$x$$ of [Korea](javascript:alert(1))?"
    )
    ask(page, question)
    asked = page.locator(".delo.asked")
    assert asked.text_content() == question
    assert asked.locator("*").count() == 0


@pytest.mark.slow
def test_a_narrow_screen_never_scrolls_sideways_and_opens_documents_over_the_conversation(visit, address):
    page = visit(address, width=390, height=844)
    answer = ask(page, ENGLISH)
    ask(page, "What was said of " + "Verylongword" * 40 + "?")
    assert not page.locator("iframe[name=desk]").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert page.locator("#question textarea").is_visible()
    answer.locator("a[target=desk]").first.click()
    document = page.frame_locator("iframe[name=desk]")
    document.locator("mark.place").first.wait_for()
    assert {document.locator(f"div[lang={side}] mark.place").count() > 0 for side in ("ru", "en")} == {True}
    assert document.locator("html").evaluate("page => page.scrollWidth") == 390
    assert page.locator("iframe[name=desk]").bounding_box()["width"] == 390


@pytest.mark.slow
def test_two_people_are_answered_at_the_same_time(visit, address):
    pages = [visit(address), visit(address)]
    for page in pages:  # neither is answered before both have asked
        page.locator("#question textarea").fill(f"{ENGLISH[:-1]}, all together?")
        page.locator("#question textarea").press("Enter")
    for page in pages:
        page.locator(".delo.answer figure").first.wait_for()


@pytest.mark.slow
def test_the_page_is_opened_in_the_browser_if_that_is_wanted(address, home):
    opened = home.parent / "opened"
    deadline = time.monotonic() + 10
    while not opened.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert opened.read_text() == address


@pytest.fixture(scope="module")
def get(home):
    """Asks the application for a path, without a browser."""
    from starlette.testclient import TestClient

    with Pipeline.open(home) as pipeline:
        yield TestClient(build_app(site_of(pipeline, hosts=["127.0.0.1"])), base_url="http://127.0.0.1").get


def test_a_document_may_load_nothing_but_what_is_ours(get):
    answer = get("/document/112133")
    assert answer.status_code == 200
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'; script-src 'self'; style-src 'self'" in policy
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    loaded = re.findall(r'(?:src|<link[^>]*href)="([^"]*)"', answer.text)
    assert "/delo/style.css" in loaded
    assert all(path.startswith("/delo/") or path == "/favicon.ico" for path in loaded)


@pytest.mark.parametrize("document_id", ["900000", "<script>alert(1)</script>", "a/b", "%20"])
def test_an_unknown_document_is_a_clear_sentence(get, document_id):
    answer = get(f"/document/{document_id}")
    assert answer.status_code == 404
    assert "There is no document" in answer.text
    assert "в этом архиве нет" in answer.text
    assert "<script>" not in answer.text


@pytest.mark.parametrize(
    "place",
    ["x", "5", "9-3", "5-5", "-5-9", "5-999999", "0-99999999999999", "5-9-00000000", "5-9-", "٥-٩", "<b>"],
)
def test_a_place_that_is_none_or_not_what_it_was_is_not_marked(get, place):
    answer = get("/document/112133", params={"ru": place, "xx": "1-2"})
    assert answer.status_code == 200
    assert "<mark" not in answer.text
    assert "nothing is marked" in answer.text
    assert "Тов. Штыкову" in answer.text


def test_a_place_written_by_hand_needs_no_check_sum(get, texts):
    start = texts["ru"].index("Народная армия")
    answer = get("/document/112133", params={"ru": f"{start}-{start + 14}"})
    assert '<mark class="place" id="place">Народная армия</mark>' in answer.text


def test_the_page_answers_to_no_other_name_than_this_machines(get):
    assert get("/", headers={"host": "archive.example"}).status_code == 400
    assert get("/document/112133", headers={"host": "archive.example"}).status_code == 400
    assert get("/delo/style.css").status_code == 200


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/openapi.json"])
def test_there_are_no_pages_for_programmers(get, path):
    assert get(path).status_code == 404


def test_the_conversation_may_ask_nothing_of_other_machines(get):
    answer = get("/")
    assert answer.status_code == 200
    assert answer.headers["content-security-policy"].startswith("default-src 'none';")
    assert "http" not in answer.headers["content-security-policy"]
    assert '"analytics_enabled":false' in answer.text
    assert "fonts.googleapis" not in answer.text


def test_a_taken_port_is_told_with_its_number_and_the_way_out(home):
    with closing(socket.create_server(("127.0.0.1", 0))) as taken, Pipeline.open(home) as pipeline:
        port = taken.getsockname()[1]
        with pytest.raises(ArchiveError, match=rf"port {port}: .*--port"):
            serve(site_of(pipeline), port=port, announce=pytest.fail)


def test_the_page_costs_nothing_until_it_is_served():
    heavy = "{'gradio', 'fastapi', 'uvicorn', 'starlette', 'chromadb', 'torch'}"
    program = f"import ui.server.app, sys; print({heavy} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "set()"
