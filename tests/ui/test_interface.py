"""The language of the interface: chosen on any page, at once on all of them; light and dark in the same way."""

import pytest

from tests.ui.browsing import ask, until

pytestmark = pytest.mark.slow
ENGLISH = "Why did Moscow reject an attack on the South?"
FURNITURE = """() => [
    document.querySelector("#question textarea").placeholder,
    document.querySelector("#question [data-testid=block-info]").textContent.trim(),
    document.querySelector("#question .submit-button").ariaLabel,
    document.querySelector("#chat [role=log]").ariaLabel,
    document.documentElement.lang,
]"""
WORDS = {
    "en": ["Ask in English or in Russian"] * 2 + ["Ask", "Conversation", "en"],
    "ru": ["Вопрос на русском или английском"] * 2 + ["Спросить", "Беседа", "ru"],
}
CYRILLIC = r"""() => {
    const shown = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    while (shown.nextNode()) {
        const { parentElement: parent, data } = shown.currentNode;
        if (parent.checkVisibility() && parent.lang !== "ru" && /\p{Script=Cyrillic}/u.test(data)) found.push(data);
    }
    return found;
}"""
LATIN = CYRILLIC.replace('"ru"', '"en"').replace("Cyrillic", "Latin")


def furnished(page, language):
    until(page, f"words => JSON.stringify(({FURNITURE})()) === JSON.stringify(words)", WORDS[language])


def test_one_choice_changes_every_word_of_the_page_of_the_desk_and_of_another_tab(visit, served):
    page, other = visit(served), None
    ask(page, ENGLISH).locator("a[target=desk]").first.click()
    desk = page.frame_locator("iframe[name=desk]")
    desk.locator("h1").wait_for()
    other = page.context.new_page()
    other.goto(f"{served}/document/112133")
    furnished(page, "en")
    for language in ("ru", "en"):
        page.locator(f"button[data-interface={language}]").click()
        furnished(page, language)
        for place in (other.locator("html"), desk.locator("html")):
            until(place, f"root => root.lang === {language!r} && root.dataset.interface === {language!r}")
        assert page.locator("iframe[name=desk]").get_attribute("title").startswith("Politburo Decision")
        assert page.locator("button[data-interface][aria-pressed=true]").get_attribute("data-interface") == language
    other.locator("button[data-interface=ru]").click()
    furnished(page, "ru")


def test_the_first_sight_is_in_the_language_of_the_browser_and_in_no_other(reader, served):
    for locale, language, foreign in (("en-GB", "en", CYRILLIC), ("ru-RU", "ru", LATIN)):
        context = reader.browser.new_context(locale=locale)
        page = context.new_page()
        page.goto(served)
        page.locator("#question textarea").wait_for()
        furnished(page, language)
        names = {"Delo", "English", "Русский"}
        found = {text.strip() for text in page.evaluate(foreign)} - names
        questions = set(page.locator("#welcome button").all_text_contents())
        held = set(page.locator("#welcome .held li").all_text_contents())  # archives are named as their documents do
        assert found - questions - held == set()
        context.close()


def test_dark_and_light_are_chosen_for_every_page(visit, served):
    page = visit(served)
    other = page.context.new_page()
    other.goto(f"{served}/document/112133")
    colour = "root => getComputedStyle(root.ownerDocument.body).backgroundColor"
    before = [place.locator("html").evaluate(colour) for place in (page, other)]
    page.locator("button[data-theme]").click()
    for place, was in zip((page, other), before, strict=True):
        until(place.locator("html"), f"root => ({colour})(root) !== {was!r}")
    assert page.evaluate("getComputedStyle(document.querySelector('.gradio-container')).colorScheme") == "dark"
