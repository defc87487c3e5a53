"""The page as its reader meets it: served by itself, in a real browser, and with nothing asked of other machines."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from urllib.request import urlopen

import pytest
from ui.server.web import build_app

from index.build import update
from index.errors import ArchiveError
from index.store import Index
from rag.pipeline import Pipeline
from tests.records import Record
from tests.small_archive import SAMPLE
from tests.ui.browsing import ask, site_of
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
    log = home.parent / "server.log"
    command = [sys.executable, "-c", SERVE, str(home), *EXAMPLES]
    browser = f"{sys.executable} -c 'import pathlib, sys; pathlib.Path(sys.argv[1]).write_text(sys.argv[2])'"
    environment = os.environ | {"BROWSER": f"{browser} {home.parent / 'opened'} %s"}
    with (
        log.open("w") as errors,
        subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=errors, text=True, cwd=ROOT, env=environment
        ) as process,
    ):
        address = process.stdout.readline().strip()
        try:
            yield address
            with urlopen(f"{address}/gradio_api/heartbeat/somebody"):  # noqa: S310 - as a page that is open does
                process.send_signal(signal.SIGINT)
                status = process.wait(15)
        finally:
            process.kill()
    assert (status, log.read_text()) == (0, "")


@pytest.mark.parametrize("question", [ENGLISH, RUSSIAN], ids=["en", "ru"])
def test_an_answer_quotes_both_texts_word_for_word_with_the_archival_reference(visit, address, texts, question):
    answer = ask(visit(address), question)
    figures = answer.locator("figure")
    assert figures.count() >= 2
    for figure in figures.all():
        for language, text in texts.items():
            words = figure.locator(f"blockquote[lang={language}]").text_content()
            assert len(words) > 50
            assert words in text
        assert REFERENCE in figure.locator(".references").text_content()
    assert "недопустимо" in answer.text_content()


def test_a_quotation_opens_the_document_there_with_the_words_and_their_counterpart_marked(visit, address):
    page = visit(address)
    figure = ask(page, ENGLISH).locator("figure").filter(has_text="неподготовленным").first
    quoted = {language: figure.locator(f"blockquote[lang={language}]").text_content() for language in ("ru", "en")}
    figure.locator("a.beside").click()
    reader = page.frame_locator("iframe[name=reader]")
    row = reader.locator("tr:has(mark)")
    row.first.wait_for()
    assert row.count() == 1
    for language, words in quoted.items():
        assert row.locator(f"td[lang={language}] mark").text_content() == words
    assert reader.locator("#place").bounding_box()["y"] < 900
    top = reader.locator("html").evaluate("page => page.scrollTop")
    assert top > 0
    assert reader.locator("thead").is_visible()
    assert REFERENCE in reader.locator("header").text_content()


def test_a_question_outside_the_archive_is_told_so_with_the_nearest_documents(visit, address):
    page = visit(address)
    answer = ask(page, OUTSIDE)
    assert "No answer found in this archive" in answer.text_content()
    assert answer.locator("figure").count() == 0
    assert REFERENCE in answer.text_content()
    answer.get_by_text("Politburo Decision").locator("visible=true").click()
    assert page.frame_locator("iframe[name=reader]").locator("h1").text_content().startswith("Politburo Decision")


def test_clicking_an_example_asks_it_and_the_examples_give_way(visit, address):
    page = visit(address)
    examples = page.locator("#chat .example")
    assert [example.strip() for example in examples.all_inner_texts()] == EXAMPLES
    examples.nth(2).click()
    page.locator(".delo.answer").wait_for()
    assert page.locator(".delo.asked").text_content() == EXAMPLES[2]
    assert examples.count() == 0


def test_several_questions_stay_and_the_newest_is_read_from_its_beginning(visit, address):
    page = visit(address)
    for question in (ENGLISH, OUTSIDE, "", RUSSIAN):
        ask(page, question)
    assert page.locator(".delo.asked").all_text_contents() == [ENGLISH, OUTSIDE, RUSSIAN]
    assert page.locator(".delo.answer, .delo.refusal").count() == 4
    page.wait_for_function(
        """question => {
            const asked = [...document.querySelectorAll(".asked")].at(-1).getBoundingClientRect();
            return asked.top > 0 && asked.top < 300;
        }"""
    )
    assert page.locator("#question textarea").input_value() == ""


def test_beginning_anew_forgets_the_conversation(visit, address):
    page = visit(address)
    assert page.get_by_role("button", name="Begin anew").count() == 0
    ask(page, ENGLISH)
    page.get_by_role("button", name="Begin anew").click()
    page.locator("#chat .example").first.wait_for()
    ask(page, RUSSIAN)
    assert page.locator(".delo.asked").all_text_contents() == [RUSSIAN]


def test_what_cannot_be_asked_gets_a_clear_line(visit, address):
    page = visit(address)
    for question, reason in REFUSED.items():
        assert reason in ask(page, question).text_content()
    assert page.locator(".delo.answer").count() == 0


def test_nothing_in_a_document_is_obeyed(visit, address, home):
    page = visit(address)
    answer = ask(page, "Прошу направить зенитные орудия и автомашины в корейскую армию?")
    with Index.open(home) as index:
        hostile = index.catalogue.document("900009")
    shown = answer.locator("figure").first
    for language, text in hostile.texts.items():
        assert shown.locator(f"blockquote[lang={language}]").text_content() in text
    assert "<img src=x onerror=alert(1)> ${alert(1)}" in answer.text_content()
    assert "l. 9 <b>" in shown.locator(".references").text_content()
    assert answer.locator("img, script, b, strong, a[href^=javascript], .katex").count() == 0
    shown.locator("a.beside").click()
    reader = page.frame_locator("iframe[name=reader]")
    for language, text in hostile.texts.items():
        cells = "".join(reader.locator(f"td[lang={language}]").all_text_contents())
        assert "".join(cells.split()) == "".join(text.split())
    assert reader.locator("img, script, b, strong, a[href^=javascript]").count() == 0
    assert reader.locator("h1").text_content() == hostile.title


def test_nothing_in_a_question_is_obeyed(visit, address):
    page = visit(address)
    question = (
        "What <img src=x onerror=alert(1)> ${alert(1)} {{7*7}} `was` **said** $$x$$ of [Korea](javascript:alert(1))?"
    )
    ask(page, question)
    asked = page.locator(".delo.asked")
    assert asked.text_content() == question
    assert asked.locator("*").count() == 0


def test_a_narrow_screen_never_scrolls_sideways_and_opens_documents_apart(visit, address):
    page = visit(address, width=390, height=844)
    answer = ask(page, ENGLISH)
    ask(page, "What was said of " + "Verylongword" * 40 + "?")
    assert not page.locator("iframe[name=reader]").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert page.locator("#question textarea").is_visible()
    with page.context.expect_page() as opened:
        answer.locator("a.apart").first.click()
    document = opened.value
    document.locator("mark").first.wait_for()
    assert document.locator("mark").count() == 2
    assert document.evaluate("document.documentElement.scrollWidth") == 390


def test_two_people_are_answered_at_the_same_time(visit, address):
    pages = [visit(address), visit(address)]
    for page in pages:  # neither is answered before both have asked
        page.locator("#question textarea").fill(f"{ENGLISH[:-1]}, all together?")
        page.locator("#question textarea").press("Enter")
    for page in pages:
        page.locator(".delo.answer figure").first.wait_for()


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


def test_a_document_may_load_nothing_but_its_style(get):
    answer = get("/document/112133")
    assert answer.status_code == 200
    assert "default-src 'none'; style-src 'self'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert re.findall(r'(?:src|<link[^>]*href)="([^"]*)"', answer.text) == ["../style.css"]


@pytest.mark.parametrize("document_id", ["900000", "<script>alert(1)</script>", "a/b", "%20"])
def test_an_unknown_document_is_a_clear_sentence(get, document_id):
    answer = get(f"/document/{document_id}")
    assert answer.status_code == 404
    assert "There is no document" in answer.text
    assert "<script" not in answer.text
    assert "нет" in get(f"/document/{document_id}?labels=ru").text


@pytest.mark.parametrize(
    "place",
    ["", "x", "5", "9-3", "5-5", "-5-9", "5-999999", "0-99999999999999", "5-9-00000000", "5-9-", "٥-٩", "<b>"],
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
    assert '<mark id="place">Народная армия</mark>' in answer.text


def test_the_page_answers_to_no_other_name_than_this_machines(get):
    assert get("/", headers={"host": "archive.example"}).status_code == 400
    assert get("/document/112133", headers={"host": "archive.example"}).status_code == 400
    assert get("/style.css").status_code == 200


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/openapi.json"])
def test_there_are_no_pages_for_programmers(get, path):
    assert get(path).status_code == 404


def test_the_conversation_may_ask_nothing_of_other_machines(get):
    answer = get("/")
    assert answer.status_code == 200
    assert answer.headers["content-security-policy"].startswith("default-src 'self';")
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
    program = f"import ui.server.web, sys; print({heavy} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "set()"


def look_up(page, text):
    """Paste something in the other room; gives what it leads to."""
    page.get_by_role("tab", name="Look up").click()
    box = page.locator("#sought textarea")
    box.wait_for()
    page.locator("#found .delo").evaluate("shown => shown.dataset.before = true")
    box.fill(text)
    box.press("Enter")
    page.locator("#found .delo:not([data-before])").wait_for()
    return page.locator("#found")


QUOTED = "it is impossible to acknowledge that a military attack on the south is now completely prepared for"
LED_TO = {
    "a reference": ("АВП РФ, ф. 059а, оп. 5а, д. 3, п. 11, л. 76", "Документов под этим шифром: 1", "лист внутри"),
    "a reference that is not held": ("APRF, f. 3, op. 65, d. 777", "Not in this collection", "Nothing is held under"),
    "a quotation": (QUOTED, "Word for word in this archive", "неподготовленным"),
    "a quotation of its original": ("военное наступление на юг могло бы сыграть", "Слово в слово", "decisive role"),
    "one with a word left out": (QUOTED.replace("now ", ""), "Not as quoted: what stands", "Left out: now"),
    "one with its reference": (
        f"“{QUOTED}” (APRF, f. 3, op. 65, d. 776, l. 31)",
        "Word for word",
        "The reference fits",
    ),
    "one with a wrong reference": (f"“{QUOTED}” APRF, f. 3, op. 65, d. 777", "Word for word", "does not fit"),
    "two halves": (
        "not only will not lead to the defeat of the enemy and acquire a prolonged character",
        "put together from words of several places",
        "Quoted: not only will not lead",
    ),
    "words from elsewhere": (
        "the price of wheat in Kazakhstan has doubled since",
        "not in this archive",
        "These words",
    ),
    "one word": ("unprepared", "Nothing to look up", "too short"),
    "a number of a document": ("112133", "Documents under this reference: 1", REFERENCE),
    "a broken reference": ("APRF, f. 3, op.", "Nothing to look up", "without a number"),
}


def test_whatever_is_pasted_leads_where_it_should(visit, address):
    page = visit(address)
    for text, head, told in LED_TO.values():
        found = look_up(page, text)
        assert head in found.locator("h2").text_content()
        assert told in found.text_content()


def test_a_citation_is_copied_in_every_style_with_one_click(visit, address):
    page = visit(address)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    buttons = look_up(page, QUOTED).locator("button[data-copy]")
    copied = {}
    for button in buttons.all():
        name = button.text_content()
        button.click()
        page.wait_for_function("button => button.disabled", arg=button.element_handle())
        copied[name] = page.evaluate("navigator.clipboard.readText()")
    assert copied["quotation with note"].startswith(f"“{QUOTED}” “Politburo Decision")
    assert copied["RIS"].startswith("TY  - MANSCPT")
    assert copied["BibTeX"].startswith("@unpublished{delo112133")
    assert copied["CSL-JSON"].startswith("[")
    assert "// APRF. F. 3. Op. 65. D. 776. L. 30–32" in copied["ГОСТ"]
    without = {name for name, text in copied.items() if "par. 4 of the english text" not in text.casefold()}
    assert without == {"Chicago, bibliography"}
    assert len(copied) == 8


def test_where_the_translation_departs_is_told_beside_the_quotation(visit, address):
    page = visit(address)
    assert "Compare: «неподготовленным» is negated" in look_up(page, QUOTED).locator(".compare").text_content()


def test_what_was_looked_up_opens_at_its_place(visit, address):
    page = visit(address)
    look_up(page, QUOTED).locator("a.beside").click()
    assert page.frame_locator("iframe[name=reader]").locator("td[lang=en] mark").text_content() == QUOTED


@pytest.mark.parametrize("width", [360, 1440])
def test_the_room_to_look_up_in_fits_the_window(visit, address, width):
    page = visit(address, width=width, height=800)
    look_up(page, QUOTED)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert page.locator("#found figure").bounding_box()["width"] <= width


def test_a_hostile_document_is_shown_and_cited_as_text(visit, address):
    found = look_up(visit(address), "Прошу направить `${alert(1)}` в корейскую армию <img src=x onerror=alert(1)>")
    assert "<img src=x onerror=alert(1)>" in found.locator("blockquote[lang=ru]").text_content()
    assert found.locator("img").count() == 0
