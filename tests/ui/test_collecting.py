"""What a reader looks up and collects in a real browser: by mouse and keyboard, in both languages, wide and narrow."""

import io
from contextlib import contextmanager
from urllib.parse import urlencode

import docx
import pytest

from tests.ui.conftest import SECONDS, accessible

pytestmark = pytest.mark.slow
MISQUOTED = "a military attack on the south is completely prepared for and therefore from the military point of view"
SOUGHT = (MISQUOTED, "ремонт железнодорожного моста через реку Сунгари", "fifty thousand tons of flour")


@pytest.fixture
def tab(reader, served):
    """Opens a tab of somebody new; nothing may run there that is not ours, nor ask other machines."""

    @contextmanager
    def tab(width=1440, language="en", theme="light"):
        context = reader.browser.new_context(viewport={"width": width, "height": 900}, color_scheme=theme)
        context.set_default_timeout(SECONDS)
        context.add_init_script(f"localStorage.setItem('delo.interface', '{language}')")
        trouble = []
        page = context.new_page()
        page.on("dialog", lambda dialog: (trouble.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda asked: asked.url.startswith(served) or trouble.append(asked.url))
        page.on("pageerror", lambda error: trouble.append(str(error)))
        yield page
        context.close()
        assert trouble == []

    return tab


def look_up(page, served, text):
    page.goto(f"{served}/look-up?{urlencode({'q': text})}")


def collect(page, served):
    """Collect one quotation of each kind, by what was looked up."""
    for number, text in enumerate(SOUGHT, 1):
        look_up(page, served, text)
        button = page.locator("button[data-collect]").first
        button.click()
        assert button.get_attribute("aria-pressed") == "true"
        assert page.locator("a[data-room=notebook] .count").inner_text() == str(number)


def open_notebook(page, served):
    page.goto(f"{served}/notebook")
    page.locator(".collected > li").first.wait_for()


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize(("width", "language", "theme"), [(390, "ru", "dark"), (1440, "en", "light")])
def test_three_quotations_are_collected_and_exported_to_word(tab, served, width, language, theme):
    with tab(width, language, theme) as page:
        collect(page, served)
        open_notebook(page, served)
        page.locator("textarea").first.fill("Сверить <b>")
        page.reload()
        page.locator(".collected > li").nth(2).wait_for()
        assert page.locator("textarea").first.input_value() == "Сверить <b>"
        assert fits(page)
        with page.expect_download() as download:
            page.locator("button[type=submit]").click()
        assert download.value.suggested_filename.endswith(".docx")
        paper = docx.Document(io.BytesIO(download.value.path().read_bytes()))
        assert len(paper.tables) == 3
        words = " ".join(paragraph.text for paragraph in paper.paragraphs)
        assert "Сверить <b>" in words
        assert ("Выписки из архива" if language == "ru" else "Quotations from the archive") in words
        assert accessible(page) == []


@pytest.mark.parametrize(("width", "language", "theme"), [(360, "en", "light"), (1440, "ru", "dark")])
def test_what_was_looked_up_fits_the_window_and_hinders_nobody(tab, served, width, language, theme):
    with tab(width, language, theme) as page:
        look_up(page, served, MISQUOTED)
        said = page.locator("#found h2").inner_text()
        assert said == (
            "Приведено неверно: в архиве стоит другое"
            if language == "ru"
            else "Not as quoted: what stands in the archive differs"
        )
        assert fits(page)
        assert accessible(page) == []


def test_enter_looks_it_up_and_shift_enter_begins_a_line(tab, served):
    with tab() as page:
        page.goto(f"{served}/look-up")
        box = page.locator("#sought")
        box.fill("APRF, f. 3,")
        box.press("Shift+Enter")
        box.press_sequentially("op. 65, d. 776")
        assert box.input_value() == "APRF, f. 3,\nop. 65, d. 776"
        box.press("Enter")
        page.locator("#found h2").wait_for()
        assert page.locator("#found h2").inner_text() == "Documents under this reference: 1"
        assert "q=APRF" in page.url
        page.go_back()
        assert page.locator("#found").count() == 0


def test_quotations_are_moved_removed_and_cleared_by_the_keyboard(tab, served):
    with tab() as page:
        collect(page, served)
        open_notebook(page, served)
        titles = page.locator(".collected cite")
        before = titles.all_inner_texts()
        page.locator("[data-down]").first.press("Enter")
        assert titles.all_inner_texts() == [before[1], before[0], before[2]]
        assert page.evaluate("document.activeElement.matches('[data-down]')")
        assert "Now number 2" in page.locator("p[role=status].unseen").all_inner_texts()[-1]
        page.locator("[data-remove]").first.press("Enter")
        assert titles.all_inner_texts() == [before[0], before[2]]
        assert page.evaluate("document.activeElement.matches('[data-remove]')")
        page.reload()
        page.locator(".collected > li").nth(1).wait_for()
        assert titles.all_inner_texts() == [before[0], before[2]]
        page.locator(".clearing summary").press("Enter")
        page.locator("[data-clear]").press("Enter")
        page.get_by_text("Nothing is collected yet").wait_for()
        assert page.locator("a[data-room=notebook] .count").inner_text() == ""


def test_what_is_collected_can_be_put_back_and_is_known_to_this_tab_alone(tab, served):
    with tab() as page:
        look_up(page, served, SOUGHT[1])
        button = page.locator("button[data-collect]")
        button.press("Enter")
        assert button.inner_text() == "Collected"
        page.locator("button[data-interface=ru]").click()
        assert button.inner_text() == "В выписках"
        other = page.context.new_page()
        other.goto(f"{served}/notebook")
        other.locator("[data-empty]").wait_for()
        button.press("Enter")
        assert button.get_attribute("aria-pressed") == "false"
        assert page.locator("a[data-room=notebook] .count").inner_text() == ""


def test_in_a_frame_and_round_it_the_notebook_is_the_same(tab, served):
    with tab() as page:
        page.goto(f"{served}/notebook")
        page.evaluate("document.body.append(Object.assign(document.createElement('iframe'), {name: 'desk'}))")
        desk = page.frame("desk")
        desk.goto(f"{served}/look-up?{urlencode({'q': SOUGHT[1]})}")
        desk.locator("button[data-collect]").click()
        page.locator(".collected > li").wait_for()
        assert page.locator("header a[data-room=notebook] .count").inner_text() == "1"


def test_a_lost_server_is_told_and_nothing_collected_is_lost(tab, served):
    with tab() as page:
        collect(page, served)
        page.route("**/notebook/quotations", lambda route: route.abort())
        page.goto(f"{served}/notebook")
        page.get_by_text("The server cannot be reached").wait_for()
        page.unroute("**/notebook/quotations")
        open_notebook(page, served)
        assert page.locator(".collected > li").count() == 3
