"""The keys: asking, quotations one after another, opening, back; outside of boxes to type in, and not for everybody."""

import pytest

from tests.ui.browsing import ask, loaded, until

pytestmark = pytest.mark.slow
ENGLISH = "Why did Moscow reject an attack on the South?"
NUMBER = "[...document.querySelectorAll('#chat [data-card]')].indexOf(document.activeElement)"
IN_BOX = "document.activeElement.closest('#question') !== null"


@pytest.fixture
def page(visit, served):
    """A conversation with one answer of several quotations, and nothing that has the focus."""
    page = visit(served)
    ask(page, ENGLISH)
    page.evaluate("document.activeElement.blur()")
    return page


def test_the_keys_lead_from_quotation_to_quotation_to_the_document_and_back(page):
    for key, number in (("j", 0), ("n", 1), ("j", 1), ("k", 0), ("p", 0)):
        page.keyboard.press(key)
        assert page.evaluate(NUMBER) == number
    page.keyboard.press("o")
    desk = page.frame_locator("iframe[name=desk]")
    desk.locator("mark").first.wait_for()
    loaded(desk)
    until(page, "document.activeElement.name === 'desk'")
    page.keyboard.press("b")  # inside the desk
    page.locator("#desk").wait_for(state="hidden")
    page.keyboard.press("j")
    assert page.evaluate(NUMBER) == 1
    page.keyboard.press("Enter")
    page.locator("#desk [data-back]").click()
    page.locator("#desk").wait_for(state="hidden")
    page.keyboard.press("/")
    assert page.evaluate(IN_BOX)


def test_copying_and_collecting_press_the_buttons_of_the_quotation_with_russian_letters_on_the_keys_too(page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate(
        """() => document.body.dispatchEvent(
            new KeyboardEvent("keydown", { key: "о", code: "KeyJ", bubbles: true, cancelable: true }))"""
    )
    assert page.evaluate(NUMBER) == 0
    card = page.locator("#chat [data-card]").first
    page.keyboard.press("c")
    card.locator("[data-copy].copied").wait_for()
    page.keyboard.press("x")
    card.locator("[data-collect][aria-pressed=true]").wait_for()


def test_what_is_typed_is_typed_and_keys_of_single_letters_can_be_turned_off_and_stay_off(page, served):
    page.keyboard.press("/")
    page.keyboard.type("jkocx?/ b")
    assert page.locator("#question textarea").input_value() == "jkocx?/ b"
    assert page.evaluate(IN_BOX)
    assert not page.locator("#keys").is_visible()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")
    page.locator("#keys").wait_for()
    page.locator("#keys [data-keys]").uncheck()
    page.keyboard.press("Escape")
    page.locator("#keys").wait_for(state="hidden")
    for key in ("j", "/", "?"):
        page.keyboard.press(key)
    assert page.evaluate(NUMBER) == -1
    assert not page.evaluate(IN_BOX)
    assert not page.locator("#keys").is_visible()
    page.goto(f"{served}/document/112133")
    page.locator(".delo-head [data-dialog=keys]").click()
    assert not page.locator("#keys [data-keys]").is_checked()
