"""In the browser: a number leads to its card and back, and a quotation is copied with its citation in one action."""

import pytest

from rag.extract import extract
from rag.pipeline import Pipeline
from rag.question import Question
from tests.ui.browsing import ask

pytestmark = pytest.mark.slow
QUESTION = "Why did Moscow reject an attack on the South?"
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "preload": False,  # axe would ask for style sheets at addresses of its own making
}


@pytest.fixture(scope="module")
def citations(home):
    with Pipeline.open(home) as pipeline:
        return [c for s in pipeline.ask(Question.of(QUESTION)).statements for c in s.citations]


def focused(page):
    return page.evaluate("document.activeElement.id || document.activeElement.className")


def faults(page):
    """What axe-core finds in the answer, light and dark."""
    from axe_playwright_python.sync_playwright import Axe

    found = []
    for theme in ("light", "dark"):
        page.evaluate(f"document.documentElement.dataset.theme = '{theme}'")
        violations = Axe().run(page, context=".delo.answer", options=RULES).response["violations"]
        found += [(theme, one["id"], node["target"]) for one in violations for node in one["nodes"]]
    return found


def test_where_there_is_room_a_number_leads_to_its_card_and_the_card_back(visit, served):
    page = visit(served)
    answer = ask(page, QUESTION)
    said, card = answer.locator(".gist").nth(1), answer.locator("[data-card]").nth(1)
    assert said.is_visible()
    beside = said.bounding_box(), card.bounding_box()
    assert beside[0]["x"] + beside[0]["width"] <= beside[1]["x"]
    assert abs(beside[0]["y"] - beside[1]["y"]) < 40
    said.locator("a").focus()
    page.keyboard.press("Enter")
    assert focused(page) == "card-1-2"
    card.locator(".number a").focus()
    page.keyboard.press("Enter")
    assert focused(page) == "said-1-2"
    assert "#" not in page.url
    assert faults(page) == []


def test_where_there_is_none_the_card_follows_what_is_said_and_nothing_is_told_twice(visit, served):
    page = visit(served, 360, 800)
    answer = ask(page, QUESTION)
    assert answer.locator(".gist:visible").count() == 0
    told, card = answer.locator(".told").bounding_box(), answer.locator("[data-card]").first.bounding_box()
    assert told["y"] + told["height"] <= card["y"]
    answer.locator("[data-card] .number a").first.click()
    assert "beside" in focused(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    small = page.evaluate(
        "[...document.querySelectorAll('.answer :is(button, select, .number > a)')]"
        ".filter(one => one.checkVisibility()).map(one => "
        "one.getBoundingClientRect()).filter(box => Math.min(box.width, box.height) < 24).length"
    )
    assert small == 0
    assert faults(page) == []


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_quotation_is_copied_with_its_citation_in_one_action_and_the_style_is_remembered(
    visit, served, citations, language
):
    page = visit(served)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator(f"button[data-interface={language}]").click()
    answer = ask(page, QUESTION)
    copy = answer.locator("button.copy")
    copy.first.click()
    answer.locator("button.copy.copied").wait_for()
    status = page.locator("body > [role=status]")
    status.get_by_text({"en": "Copied", "ru": "Скопировано"}[language]).wait_for(state="attached")
    first = citations[0]
    assert page.evaluate("navigator.clipboard.readText()") == extract(
        first.document, first, "chicago-note", language=language
    )
    answer.locator("select[data-copying=style]").select_option("gost")
    answer.locator("select[data-copying=words]").select_option("both")
    again = ask(page, QUESTION)
    names = {told.split()[-1] for told in again.locator("button.copy").all_inner_texts()}
    assert names == {{"en": "GOST", "ru": "ГОСТ"}[language]}
    again.locator("button.copy").nth(1).press("Enter")
    again.locator("button.copy.copied").wait_for()
    second = citations[1]
    assert page.evaluate("navigator.clipboard.readText()") == extract(
        second.document, second, "gost", language=language, both=True
    )
