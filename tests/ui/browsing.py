"""What a reader does on the page."""


def ask(page, question):
    """Ask in the box; gives the new answer or refusal."""
    said = page.locator(".delo.answer, .delo.refusal")
    before = said.count()
    page.locator("#question textarea").fill(question)
    page.locator("#question textarea").press("Enter")
    said.nth(before).wait_for()
    return said.nth(before)
