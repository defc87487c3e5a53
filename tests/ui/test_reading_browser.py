"""Reading in a real browser: found words are led through, a passage selected has an address, the tree unfolds."""

from urllib.parse import parse_qs, urlsplit

import pytest

from eval.synthetic import publish
from index.passage import CutDocument
from index.store import Index
from rag.pipeline import Pipeline
from tests.listed import records
from tests.ui.browsing import serving, site_of
from tests.ui.conftest import accessible
from ui.server.app import rooms_app
from ui.server.documents import place

pytestmark = pytest.mark.slow
NARROW = {"width": 390, "height": 844}
WIDE = {"width": 1440, "height": 900}
SETTINGS = [("en", "light", WIDE), ("ru", "dark", NARROW)]


@pytest.fixture(scope="module")
def cut(home):
    """The sample, with its sentences aligned."""
    with Index.open(home) as index:
        document = index.catalogue.document("112133")
        return CutDocument(document, index.catalogue.beads(document), ())


@pytest.fixture(scope="module")
def served(cut, tmp_path_factory):
    """The address of a server over the sample and many records more."""
    home = tmp_path_factory.mktemp("served") / "index"
    publish(home, [cut, *(CutDocument(document, (), ()) for document in records())], dimension=512)
    with Pipeline.open(home) as pipeline, serving(rooms_app(site_of(pipeline))) as address:
        yield address


@pytest.fixture
def page(reader):
    """A page of somebody new; nothing may go wrong on it."""
    context = reader.browser.new_context(viewport=WIDE)
    context.set_default_timeout(30_000)
    trouble = []
    context.on("weberror", lambda error: trouble.append(error.error))
    context.on("dialog", lambda dialog: (trouble.append(dialog.message), dialog.dismiss()))
    yield context.new_page()
    context.close()
    assert trouble == []


def choose(page, language, theme, size):
    page.set_viewport_size(size)
    page.add_init_script(f"localStorage.setItem('delo.interface', '{language}')")
    page.add_init_script(f"localStorage.setItem('delo.theme', '{theme}')")


def held(page):
    """Nothing is wider than the window, and axe-core finds nothing."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    return accessible(page) == []


@pytest.mark.parametrize(("language", "theme", "size"), SETTINGS, ids=["en", "ru"])
def test_every_page_for_reading_is_accessible(page, served, language, theme, size):
    choose(page, language, theme, size)
    for address in (
        f"{served}/document/112133?find=Korea#en-3",
        f"{served}/document/nix",
        f"{served}/documents?after=1947",
        f"{served}/archive?archive=AVPRF&fond=2",
    ):
        page.goto(address)
        assert held(page), address
        assert page.locator("h1").count() == 1


def test_the_ways_through_what_was_found_lead_from_one_to_the_next_and_round(page, served):
    page.goto(f"{served}/document/112133?find=наступление")
    total = page.locator("mark.find").count()
    for number in [*range(2, total + 1), 1]:
        page.locator("a[data-step=next]").click()
        assert page.locator("mark.current").get_attribute("id") == f"find-{number}"
        assert f"hit={number}" in page.url
        assert f"{number} of {total}" in page.locator(".finds .at").inner_text()
    page.locator("a[data-step=prev]").click()
    assert page.locator("mark.current").get_attribute("id") == f"find-{total}"
    page.reload()
    assert page.locator("mark.current").get_attribute("id") == f"find-{total}"


def test_the_number_of_a_paragraph_is_its_address_and_the_address_can_be_copied(page, served):
    page.goto(f"{served}/document/112133")
    page.locator("#en-5 .number").click()
    assert page.url.endswith("/document/112133#en-5")
    button = page.locator("#en-5 .paragraph-address button")
    assert button.get_attribute("data-address") == page.url
    assert button.is_visible()
    assert page.locator("#en-5").evaluate("one => one.matches(':target')")


SELECT = """(paragraph) => {
    const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walker.nextNode()) if (!walker.currentNode.parentElement.closest('.number')) nodes.push(walker.currentNode);
    const last = nodes.at(-1);
    getSelection().setBaseAndExtent(nodes[0], 3, last, last.length - 5);
    return getSelection().toString();
}"""


@pytest.mark.parametrize("name", ["ru-5", "en-6"])
def test_a_passage_selected_can_be_collected_and_has_an_address_that_marks_it(page, served, cut, name):
    page.goto(f"{served}/document/112133?find=Korea")
    chosen = page.locator(f"#{name}").evaluate(SELECT).strip()
    page.locator(".selection").wait_for(state="visible")
    address = page.locator(".selection button").get_attribute("data-collect")
    side = name[:2]
    asked = parse_qs(urlsplit(f"/{address}").query)
    assert address.startswith("112133?")
    assert asked["cited"] == [side]
    assert place(cut.document, side, asked[side][0]).of(cut.document.texts[side]) == chosen
    page.locator(".selection a").click()
    page.locator("#place").wait_for()
    assert "".join(page.locator(f"div[lang={side}] mark.place").all_inner_texts()) == chosen


def test_the_tree_unfolds_where_it_stands_and_by_the_keyboard(page, served):
    page.goto(f"{served}/archive")
    before = page.url
    branch = page.locator(".tree summary", has_text="RGANI")
    branch.focus()
    page.keyboard.press("Enter")
    page.locator(".tree details[open] details summary", has_text="Fond").first.wait_for()
    assert page.url == before
    page.locator(".tree details[open] details summary", has_text="Fond").first.click()
    page.locator(".tree details[open] details[open] summary", has_text="Opis").first.wait_for()


def test_without_scripts_every_way_is_open(reader, served):
    context = reader.browser.new_context(java_script_enabled=False, viewport=WIDE)
    page = context.new_page()
    page.goto(f"{served}/archive")
    page.locator(".tree summary", has_text="RGANI").click()
    page.get_by_role("link", name="Show what lies in it").first.click()
    page.locator("#here[open] details").first.wait_for()
    page.goto(f"{served}/document/112133?find=Korea")
    page.get_by_role("link", name="next").click()
    assert page.locator("mark.current").get_attribute("id") == "find-2"
    page.get_by_role("link", name="English only").click()
    assert page.locator(".facing div[lang=ru]").count() == 0
    context.close()
