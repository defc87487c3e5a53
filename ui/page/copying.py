"""What copies a quotation with its citation in one action, and what collects it; pure.

The page carries addresses alone: the script (`ui/static/copy.js`) asks the server (`ui/server/copying.py`) for the text
when it is to be copied, in the style that its reader has chosen once for every page.
"""

from html import escape
from urllib.parse import quote

from index.document import Document
from rag.answer import Place
from ui.messages import Words, copying
from ui.page.frame import attributes, escaped, said
from ui.page.links import place_address


def copying_html(document: Document, place: Place | None = None) -> str:
    """A button that copies the words at `place` with their citation, or, without a place, the citation of `document`.

    Its form: `<button type="button" class="copy" data-copy data-cite="ADDRESS">`; ADDRESS is `links.place_address` of
    the place, or the id of the document alone. The button names the style that is chosen, and says when it has copied.
    Beside any number of such buttons one `choice_html` must stand on the page.
    """
    address = place_address(place) if place else quote(document.id, safe="")
    style = copying.STYLES["chicago-note"]
    named = f'<span class="style" data-style {attributes(style)}>{escaped(style["en"])}</span>'
    return (
        f'<button type="button" class="copy" data-copy data-cite="{escape(address)}">'
        f'<span class="name">{said(copying.COPY)}</span> {named}<span class="done" hidden>{said(copying.COPIED)}</span>'
        "</button>"
    )


def collecting_html(place: Place) -> str:
    """A button that puts the words at `place` into the notebook; `ui/static/notebook.js` does it."""
    return (
        f'<button type="button" class="collect" data-collect="{escape(place_address(place))}">'
        f"{said(copying.COLLECT)}</button>"
    )


def choice_html() -> str:
    """What chooses the style, and whose words are copied; it holds for every button, and is remembered."""
    lists = _list("style", copying.STYLE, copying.STYLES) + _list("words", copying.WORDS, copying.LANGUAGES)
    return f'<p class="copied-with">{lists}<span hidden data-uncopied>{said(copying.NOT_COPIED)}</span></p>'


def _list(name: str, label: Words, choices: dict[str, Words]) -> str:
    options = "".join(
        f'<option value="{value}" {attributes(words)}>{escaped(words["en"])}</option>'
        for value, words in choices.items()
    )
    return f'<label>{said(label)} <select data-copying="{name}" autocomplete="off">{options}</select></label> '
