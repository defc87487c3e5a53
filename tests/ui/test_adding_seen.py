"""A reader adds files in the browser: dropped or chosen, looked at, added, read; in both languages, wide and narrow."""

import pytest

from rag.pipeline import Pipeline
from tests.prepared import records_index
from tests.records import Record
from tests.ui.browsing import serving, site_of
from tests.ui.conftest import SECONDS, accessible
from ui.server.app import rooms_app

pytestmark = pytest.mark.slow
LIGHTHOUSE = Record(
    number="720001",
    title="Report <img src=x onerror=alert(1)> on a Lighthouse",
    russian=("Маяк на острове Аскольд погашен из-за нехватки керосина.",),
    english=("The lighthouse on Askold island was put out for want of <script>alert(2)</script> kerosene.",),
)
NAME = "<img src=x onerror=alert(3)>.txt"
SAID = {
    "en": {"offer": "Add files", "read": "What was read", "added": "Added", "pdf": "A PDF."},
    "ru": {"offer": "Добавить файлы", "read": "Что прочитано", "added": "Добавлено", "pdf": "Это PDF."},
}
DROP = """([name, text]) => {
  const data = new DataTransfer();
  data.items.add(new File([text], name));
  data.items.add(new File(["%PDF-1.4"], "scan.txt"));
  document.body.dispatchEvent(new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true}));
}"""


@pytest.fixture
def address(tmp_path_factory):
    """A page to which files may be added, served for one test."""
    with Pipeline.open(records_index(tmp_path_factory)) as pipeline:
        site = site_of(pipeline, hosts=["127.0.0.1"], allow_upload=True)
        with serving(rooms_app(site)) as address:
            yield address


@pytest.fixture
def seen(reader, address):
    """A window of somebody new, in this language; nothing may run in it, and nothing be asked of other machines."""
    trouble, contexts = [], []

    def seen(language, width, theme):
        context = reader.browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=theme,
            locale={"en": "en-GB", "ru": "ru-RU"}[language],
        )
        contexts.append(context)
        context.set_default_timeout(SECONDS)
        context.on("dialog", lambda dialog: (trouble.append(dialog.message), dialog.dismiss()))
        context.on("weberror", lambda error: trouble.append(error.error))
        context.on("request", lambda request: request.url.startswith(address) or trouble.append(request.url))
        return context.new_page()

    yield seen
    for context in contexts:
        context.close()
    assert trouble == []


def sound(page, heading):
    """The page has this heading, nothing that axe finds wrong, nothing wider than the window, nothing planted."""
    assert page.get_by_role("heading", level=1).inner_text() == heading
    assert accessible(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator("main img, main script").count() == 0


@pytest.mark.parametrize(("language", "width", "theme"), [("en", 1440, "light"), ("ru", 390, "dark")])
def test_files_are_dropped_looked_at_added_and_read(seen, address, language, width, theme):
    page, words = seen(language, width, theme), SAID[language]
    page.goto(f"{address}/add")
    sound(page, words["offer"])
    page.evaluate(DROP, [NAME, LIGHTHOUSE.text])
    page.keyboard.press("Enter")  # the button to check has the focus
    page.wait_for_url("**/add/checked/*")
    assert NAME in page.locator("main").inner_text()
    assert words["pdf"] in page.locator("main").inner_text()
    sound(page, words["read"])
    page.locator("form[action='/add/index'] button").click()
    page.locator(f"ul.sent a[href='/document/{LIGHTHOUSE.number}']").wait_for()  # the page goes on by itself
    sound(page, words["added"])
    page.locator("ul.sent a").click()
    page.get_by_text("Маяк на острове Аскольд").wait_for()
