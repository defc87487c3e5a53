"""The notebook: quotations that a reader collected, as they stand now, and what exports them; pure.

What is collected is known to the browser alone; the page's script (`ui/static/notebook.js`) sends it to be verified.
"""

from collections.abc import Iterable
from html import escape

from index.document import LANGUAGES, Language
from rag.notebook import Fallen, Kept, Notebook
from rag.question import script
from ui import messages
from ui.messages import Words, rooms
from ui.messages import notebook as words
from ui.page.cards import place_html, titled
from ui.page.copying import choice_html, copying_html
from ui.page.frame import ADDRESSES, Room, attributes, escaped, page_html, said
from ui.page.links import document_link, named
from ui.printed.notebook import fallen_place

MOST = 200  # quotations in a notebook; each is verified whenever the page opens


def notebook_page(shown: str = "") -> str:
    """The page; `shown` is markup, of `entries_html`, or nothing, if only the browser knows what was collected."""
    waiting = f"<p data-opening hidden>{said(words.OPENING)}</p><p data-unreached hidden>{said(words.UNREACHED)}</p>"
    empty = (
        f"<div data-empty><p>{said(words.EMPTY)}</p>{_ways()}</div><noscript><p>{said(words.SCRIPTLESS)}</p></noscript>"
    )
    body = (
        f'<main id="main" class="notebook"><h1 tabindex="-1">{said(words.NOTEBOOK)}</h1>'
        f'<p class="aside">{said(words.HELP)}</p><div class="states">{waiting}{"" if shown else empty}</div>'
        f'<div id="collected"{" data-given" if shown else ""}>{shown}</div></main>'
    )
    return page_html(words.NOTEBOOK, body, room="notebook")


def _ways() -> str:
    """Where quotations are found, for a notebook that has none."""
    ways: tuple[Room, ...] = ("ask", "read", "look-up")
    links = (f'<a href="{ADDRESSES[room]}">{said(rooms.NAMES[room])}</a>' for room in ways)
    return f"<p>{' · '.join(links)}</p>"


def refusal_page(told: str) -> str:
    """A page that says why nothing was exported; `told` is markup."""
    back = f'<p><a href="/notebook">{said(words.BACK)}</a></p>'
    body = f'<main id="main" class="notebook"><h1>{said(words.NOTEBOOK)}</h1><p class="warning">{told}</p>{back}</main>'
    return page_html(words.NOTEBOOK, body, room="notebook")


def entries_html(notebook: Notebook, *, more: bool = False) -> str:
    """What was collected, in its order, and the form that exports it; `more` tells that not all of it is here."""
    entries = "".join(_entry(number, entry) for number, entry in enumerate(notebook.entries, 1))
    many = f'<p class="warning">{said(words.TOO_MANY, MOST)}</p>' if more else ""
    return (
        f'<form method="post" action="/notebook/export">{many}{_exporting()}'
        f'<p class="aside">{said(words.TO_COPY)}</p>{choice_html()}'
        f'<ol class="collected found">{entries}</ol></form>{_clearing()}'
    )


def _exporting() -> str:
    lists = (
        _list("format", words.FORMAT, words.FORMATS.items())
        + _list("style", words.STYLE, words.STYLES.items())
        + _list(
            "language", words.LANGUAGE, ((side, dict.fromkeys(LANGUAGES, rooms.INTERFACES[side])) for side in LANGUAGES)
        )
    )
    button = f'<button type="submit">{said(words.EXPORT)}</button>'
    return f'<div class="exporting"><p>{lists} {button}</p><p class="aside">{said(words.EXPORT_HELP)}</p></div>'


def _list(name: str, label: Words, choices: Iterable[tuple[str, Words]]) -> str:
    options = "".join(
        f'<option value="{value}" {attributes(told)}>{escaped(told["en"])}</option>' for value, told in choices
    )
    return f'<label>{said(label)} <select name="{name}">{options}</select></label> '


def _clearing() -> str:
    """What empties the notebook, in two steps."""
    sure = f'<p>{said(words.CLEAR_SURE)}</p><button type="button" data-clear>{said(words.CLEAR_YES)}</button>'
    return f'<details class="clearing"><summary>{said(words.CLEAR)}</summary>{sure}</details>'


def _entry(number: int, entry: Kept | Fallen) -> str:
    """One quotation with its note and what moves it; its address goes with the form."""
    address, note = escape(entry.collected.address), entry.collected.note
    shown, which = _kept(entry) if isinstance(entry, Kept) else _fallen(entry)
    return (
        f'<li class="{"entry" if isinstance(entry, Kept) else "entry fallen-entry"}" data-place="{address}">{shown}'
        f'<input type="hidden" name="place" value="{address}"><div class="noted">'
        f'<label for="note-{number}">{said(words.NOTE)}<span class="unseen">{which}</span></label>'
        f'<textarea id="note-{number}" name="note" rows="2">\n{escaped(note)}</textarea></div>'
        f'<div class="moving">{_moving("data-up", words.UP, which)}{_moving("data-down", words.DOWN, which)}'
        f"{_moving('data-remove', words.REMOVE, which)}</div></li>"
    )


def _moving(what: str, name: Words, which: str) -> str:
    return f'<button type="button" {what}>{said(name)}<span class="unseen">{which}</span></button> '


def _kept(kept: Kept) -> tuple[str, str]:
    """A quotation that stands, as a card; and which it is, for those who cannot see where a button stands."""
    citation = kept.citation
    language: Language = script(citation.words) or citation.language
    card = place_html(
        None,
        citation,
        titled(citation.document, language),
        (citation.verdict, messages.VERDICTS[citation.verdict]),
        language,
        above=f'<p class="refaced">{said(words.REFACED)}</p>' if kept.refaced else "",
        below=f'<p class="copies">{copying_html(citation.document, citation)}</p>',
    )
    return card, said(words.WHICH, citation.paragraph, citation.document.title)


def _fallen(fallen: Fallen) -> tuple[str, str]:
    """A quotation that does not stand: which it was, why, and its document, if that is still there."""
    link = f" {named(document_link(fallen.document, {}), fallen.document.title)}" if fallen.document else ""
    place = fallen_place(fallen, titled=False)
    told = f"{said(words.NO_LONGER, place)} — {said(words.FALLEN[fallen.why])}.{link}"
    return f'<p class="warning">{told}</p>', said(words.WHICH_ONE, place)
