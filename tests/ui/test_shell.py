"""The page around the conversation: its first sight, the desk, what is wrong, and what may run on it."""

import re

import pytest

from rag.pipeline import Pipeline
from tests.ui.browsing import ask, site_of, until
from tests.ui.conftest import EXAMPLES, SECONDS, accessible
from ui.page.shell import held_html, shell_page, trouble_html
from ui.server.app import build_app

ENGLISH = EXAMPLES[0]
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
HALF = {"width": 640, "height": 450}  # a window of 1280 by 900 at 200 %


@pytest.fixture(scope="module")
def client(home):
    from starlette.testclient import TestClient

    with Pipeline.open(home) as pipeline:
        app = build_app(site_of(pipeline, examples=EXAMPLES, hosts=["127.0.0.1"]))
        yield TestClient(app, base_url="http://127.0.0.1")


def desk(page):
    return page.frame_locator("iframe[name=desk]")


def opened(page, title="Politburo Decision"):
    """Wait until the desk shows a document, and the window bears its name."""
    desk(page).locator("h1").filter(has_text=title).wait_for(state="attached")
    until(page, "title => document.title.startsWith(title)", title)


def closed(page):
    page.locator("#desk").wait_for(state="hidden")
    until(page, "document.title === 'Delo'")
    assert "#" not in page.url


@pytest.mark.slow
def test_a_document_opens_beside_the_conversation_and_every_way_back_works(visit, served):
    page = visit(served)
    link = ask(page, ENGLISH).locator("a[target=desk]").last
    link.click()
    opened(page)
    assert "#beside/document/112133?" in page.url
    assert page.evaluate("document.activeElement.name") == "desk"
    assert page.locator("#main").bounding_box()["width"] == pytest.approx(0.4 * 1440, abs=2)
    page.locator("#desk [data-whole]").click()
    assert "#desk/document/112133?" in page.url
    assert page.locator("iframe[name=desk]").bounding_box()["width"] == 1440
    page.go_back()
    page.locator("#desk [data-whole]").wait_for()
    page.go_back()
    closed(page)
    page.go_forward()
    opened(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")  # inside the desk
    closed(page)
    link.click()
    opened(page)
    page.locator("#desk [data-back]").click()
    closed(page)
    assert link.evaluate("link => link === document.activeElement")
    assert page.locator(".delo.answer").count() == 1


@pytest.mark.slow
def test_the_conversation_stays_where_it_was_scrolled_to_while_something_lies_over_it(visit, served):
    page = visit(served, **NARROW)
    link = ask(page, ENGLISH).locator("a[target=desk]").last
    link.scroll_into_view_if_needed()
    before = page.evaluate("window.scrollY")
    link.click()
    opened(page)
    assert page.locator("#main").evaluate("main => main.inert")
    page.get_by_role("button", name="Back to the conversation").click()
    closed(page)
    assert before > 0
    assert page.evaluate("window.scrollY") == before


@pytest.mark.slow
def test_a_room_opens_over_the_conversation_and_the_head_names_it(visit, served):
    page = visit(served)
    page.evaluate("location.hash = '#desk/document/112133'")
    opened(page)
    current = page.locator(".delo-head [aria-current]")
    assert current.get_attribute("data-room") == "read"
    page.locator(".delo-head [data-room=ask]").click()
    closed(page)
    assert current.get_attribute("data-room") == "ask"


@pytest.mark.slow
def test_as_many_tabs_as_are_wanted_can_ask(reader, served):
    """A browser opens no more than six connections to one server."""
    context = reader.browser.new_context()
    for _ in range(8):
        page = context.new_page()
        page.goto(served)
        page.locator("#question textarea").wait_for()
    assert ask(page, ENGLISH).locator("[data-card]").count()
    context.close()


@pytest.mark.slow
def test_the_address_opens_the_desk_again_in_a_new_tab_and_after_reloading(visit, served):
    page = visit(f"{served}/#beside/document/112133")
    opened(page)
    page.reload()
    opened(page)
    desk(page).locator("body").evaluate("() => location.assign('/document/900001')")  # as a link inside would
    opened(page, "Telegram on a Bridge")
    assert page.url.endswith("/#beside/document/900001")
    page.go_back()
    opened(page)
    assert page.url.endswith("/#beside/document/112133")


@pytest.mark.slow
@pytest.mark.parametrize("address", ["//example.com/", "/%2F/example.com", "javascript:alert(1)", "/record/x"])
def test_an_address_leads_the_desk_to_no_other_place(address, reader, served):
    page = reader.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: asked.append(dialog.message))
    page.goto(f"{served}/#beside{address}")
    page.locator("#question textarea").wait_for(timeout=SECONDS)
    assert [url for url in asked if not url.startswith((served, "data:"))] == []
    page.close()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("window", "language", "theme"),
    [
        pytest.param(WIDE, "en", "light", id="wide"),
        pytest.param(NARROW, "ru", "dark", id="narrow"),
        pytest.param(HALF, "en", "light", id="zoomed"),
        pytest.param(WIDE, "ru", "dark", id="wide in Russian"),
        pytest.param(NARROW, "en", "light", id="narrow in English"),
    ],
)
def test_the_page_is_accessible_before_and_after_a_question_with_the_desk_and_the_keys(
    visit, served, window, language, theme
):
    page = visit(served, **window)
    page.evaluate(
        "([l, t]) => { localStorage['delo.interface'] = l; localStorage['delo.theme'] = t; }", [language, theme]
    )
    page.reload()
    page.locator("#question textarea").wait_for()
    until(page, "document.querySelector('#question .submit-button')?.ariaLabel")
    assert accessible(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= window["width"]
    ask(page, ENGLISH).locator("a[target=desk]").first.click()
    opened(page)
    assert accessible(page) == []
    page.locator("#desk [data-back]").click()
    page.evaluate("document.querySelector('#keys').showModal()")
    assert accessible(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= window["width"]


@pytest.mark.slow
def test_the_end_of_an_answer_is_told_once_to_those_who_do_not_see_it(visit, served):
    page = visit(served)
    page.evaluate(
        """() => {
            const told = document.querySelector('#told');
            window.heard = [];
            new MutationObserver(() => window.heard.push(told.textContent)).observe(told, { childList: true });
        }"""
    )
    answer = ask(page, ENGLISH)
    until(page, "window.heard.at(-1)?.includes('complete')")
    heard = page.evaluate("window.heard")
    assert heard[-1] == f"The answer is complete. Quotations: {answer.locator('figure').count()}"
    assert len(heard) <= 2
    assert page.locator("#chat [role=log]").get_attribute("aria-live") == "off"
    assert page.locator("#chat [data-testid][aria-label]").count() == 0


@pytest.mark.slow
def test_nothing_runs_but_the_scripts_that_are_ours_or_gradios(reader, served):
    page = reader.new_page()
    page.goto(served)
    page.locator("#question textarea").wait_for(timeout=SECONDS)
    page.evaluate(
        """() => {
            window.ran = []; window.kept = [];
            document.addEventListener('securitypolicyviolation', (event) => window.kept.push(event.blockedURI));
            const inline = document.createElement('script');
            inline.textContent = 'window.ran.push("script")';
            document.body.append(inline);
            const image = document.createElement('div');
            image.innerHTML = '<img src="data:," onerror="ran.push(1)"><a href="javascript:ran.push(2)">x</a>';
            document.body.append(image);
            image.querySelector('a').click();
            setTimeout(() => { try { Function('window.ran.push(3)')(); } catch { window.ended = true; } }, 300);
        }"""
    )
    until(page, "window.ended")
    assert page.evaluate("window.ran") == []
    until(page, "window.kept.includes('inline') && window.kept.includes('eval')")  # told after what they forbid
    page.close()


def test_the_policy_of_the_conversation_allows_no_script_to_be_written_by_another(client):
    policies = [client.get("/").headers["content-security-policy"] for _ in range(2)]
    assert policies[0] != policies[1]  # each reply has a number of its own
    for policy in policies:
        scripts = re.search(r"script-src ([^;]*)", policy)[1]
        assert re.fullmatch(r"'self' 'nonce-[\w-]{20,}'", scripts)
    assert "no-store" in client.get("/").headers["cache-control"]


def test_the_first_sight_of_the_page_needs_no_script(client):
    page = client.get("/").text
    assert "Documents in this archive: 5" in page
    assert "Документов в этом архиве: 5" in page
    assert page.count("data-ask") == len(EXAMPLES)
    assert page.count("<h1") == page.count("<main") == 1
    assert not re.search(r"https?://", page.replace("http://127.0.0.1", ""))


def test_an_empty_archive_says_what_to_do(tmp_path):
    told = held_html(0, None, {}, tmp_path / "<b>")
    assert "delo index --index" in told
    assert "пока нет документов" in told
    assert "<b>" not in told


def test_an_index_that_cannot_be_read_is_told_with_its_remedy_and_as_text():
    told = trouble_html("there is no index in <b>; make one with delo index")
    assert "The archive cannot be read" in told
    assert "Архив не читается" in told
    assert "There is no index in &lt;b&gt;; make one with delo index" in told


def test_another_page_than_gradios_is_refused():
    from index.errors import ArchiveError

    with pytest.raises(ArchiveError, match=r"constraints\.txt"):
        shell_page("<html><script>window.gradio_config = {};</script></html>", "", "x")


def test_what_pages_are_made_of_is_joined_and_kept(client):
    style = client.get("/delo/style.css")
    assert "@import" not in style.text
    assert ".delo-head" in style.text
    assert style.headers["cache-control"] == "no-cache"
    font = client.get("/delo/fonts/source-serif-4-cyrillic-wght-normal.woff2")
    assert "immutable" in font.headers["cache-control"]
    script = re.search(r'src="(/assets/[^"]+)"', client.get("/").text)[1]
    assert "immutable" in client.get(script).headers["cache-control"]


@pytest.mark.slow
def test_a_server_that_does_not_answer_is_told_until_it_does(reader, served):
    context = reader.browser.new_context()
    page = context.new_page()
    page.clock.install()
    page.goto(served)
    page.locator("#question textarea").wait_for(timeout=SECONDS)
    lost = page.locator("#lost")
    assert not lost.is_visible()
    context.set_offline(True)
    page.clock.run_for(11_000)
    lost.wait_for()
    context.set_offline(False)
    page.clock.run_for(3_000)
    lost.wait_for(state="hidden")
    context.close()
