"""A document as an HTML page: its record, both texts side by side, what was found in it, what lies beside it; pure."""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from urllib.parse import quote, urlencode

from index.document import LANGUAGES, Departure, Document, Language, SentenceBead, Span
from index.listing import Entry, Shelf
from rag.answer import Place
from ui import messages
from ui.messages import Words, copying
from ui.messages import reading as words
from ui.page.catalogue import entries_html, list_address
from ui.page.copying import choice_html, collecting_html, copying_html
from ui.page.facing import Anchors, Marked, Row, Text, apart, rows_of
from ui.page.frame import capital, escaped, in_its_language, notice_html, page_html, said
from ui.page.links import Marks, check_sum
from ui.page.texts import plainly, side_words

MOST_MARKED = 1000  # finds; with more a page is slow, and no reader goes through them


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What lies beside a document: by date before and after it, and in its file; of these `in_file`, some are named."""

    earlier: Entry | None = None
    later: Entry | None = None
    in_file: int = 0
    named: tuple[Entry, ...] = ()
    file: Shelf | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A document as a reader opened it.

    `sides` are the texts shown. `marks` is the place asked for in each text, `place` the same as it can be quoted;
    `moved` says that a place asked for is no longer what it was. `finds` are the places of the words `sought`, apart
    and in order; the reader is at number `at` of them, from 1.
    """

    document: Document
    beads: Sequence[SentenceBead]
    sides: tuple[Language, ...]
    marks: Marks = field(default_factory=dict)
    place: Place | None = None
    moved: bool = False
    sought: str = ""
    finds: Mapping[Language, Sequence[Span]] = field(default_factory=dict)
    at: int = 0
    around: Around = Around()

    @property
    def found(self) -> int:
        """How many places were found in the texts shown."""
        return sum(len(spans) for spans in self.finds.values())

    @property
    def marked_finds(self) -> Mapping[Language, Sequence[Span]]:
        """Those of them that are marked: all, or as many of each text as a page bears."""
        most = MOST_MARKED // len(self.sides) if self.found > MOST_MARKED else MOST_MARKED
        return {side: spans[:most] for side, spans in self.finds.items()}

    def address(self, **changed: str) -> str:
        """The address of this page with some of what it asks for changed, and what is empty left out."""
        document, marks = self.document, sorted(self.marks.items())
        asked = {"side": self.sides[0] if len(self.sides) < len(document.languages) else "", "find": self.sought}
        asked |= {"cited": self.place.language} if self.place else {}
        asked |= {side: f"{span.start}-{span.end}-{check_sum(document, side, span)}" for side, span in marks}
        told = urlencode({name: value for name, value in (asked | changed).items() if value})
        return f"/document/{quote(document.id, safe='')}" + (f"?{told}" if told else "")


def document_page(opened: Opened) -> str:
    """The page of a document, both texts side by side in rows; every character of those shown is there."""
    document = opened.document
    warning = f'<p class="warning">{said(messages.MOVED)}</p>' if opened.moved else ""
    texts = "".join(_rows(opened, Anchors(current=opened.at)))
    body = (
        f'<main id="main" class="document">{_record(document)}{_around(opened.around)}{warning}'
        f'<div class="over">{_tools(opened)}{_heads(opened)}</div>'
        f'<div class="facing sides-{len(opened.sides)}" data-document="{escaped(document.id)}">{texts}</div>'
        f"{_selection()}</main>"
    )
    return page_html(document.title, body, room="read")


def notice_page(told: str) -> str:
    """A page that says why nothing is shown; `told` is words."""
    return page_html(messages.TITLE, notice_html(f"<p>{escaped(capital(told))}</p>"))


def missing_page(document_id: str) -> str:
    """A page that says that there is no such document."""
    links = f'<p><a href="/documents">{said(words.DOCUMENTS)}</a></p>'
    return page_html(messages.TITLE, notice_html(f"<h1>{said(messages.MISSING, document_id)}</h1>{links}"), room="read")


def _record(document: Document) -> str:
    """What the catalogue says of a document; its fields as printed can be unfolded."""
    summary = document.field("Summary")
    fields = "".join(f"<dt>{escaped(label)}</dt><dd>{escaped(value)}</dd>" for label, value in document.fields)
    date = escaped(document.date.text) if document.date else said(messages.UNDATED)
    parts = [
        f"<h1>{in_its_language(document.title)}</h1>",
        f'<p class="date">{date}</p>',
        _references(document),
        f'<div class="cite">{copying_html(document)} {choice_html()}</div>',
        f'<p class="address">{said(words.SOURCE)}: {_link(document.url)}</p>' if document.url else "",
        f'<p class="summary">{in_its_language(summary)}</p>' if summary else "",
        f"<details><summary>{said(messages.RECORD)} {escaped(document.id)}</summary><dl>{fields}</dl></details>",
    ]
    return f"<header>{''.join(parts)}</header>"


def _references(document: Document) -> str:
    if not document.references:
        return f'<p class="aside">{said(messages.NO_REFERENCE)}</p>'
    told = "".join(f"<li>{escaped(reference.text)}</li>" for reference in document.references)
    return f'<ul class="references">{told}</ul>'


def _link(url: str) -> str:
    if not url.startswith(("http://", "https://")):
        return escaped(url)
    return f'<a target="_blank" rel="noopener noreferrer" href="{escape(url)}">{escaped(url)}</a>'


def _around(around: Around) -> str:
    """The documents next to one by date, and those in the same file, folded."""
    pairs = (("prev", words.EARLIER, around.earlier), ("next", words.LATER, around.later))
    told = "".join(_beside(*pair) for pair in pairs)
    if around.in_file:
        whole = f'<p><a href="{list_address(around.file)}">{said(words.WHOLE_FILE)}</a></p>' if around.file else ""
        told += (
            f"<details><summary>{said(words.SAME_FILE, around.in_file)}</summary>"
            f"{entries_html(around.named)}{whole}</details>"
        )
    head = f'<h2 id="around" class="unseen">{said(words.AROUND)}</h2>'
    return f'<nav class="around" aria-labelledby="around">{head}{told}</nav>' if told else ""


def _beside(relation: str, label: Words, entry: Entry | None) -> str:
    if entry is None:
        return ""
    link = f'<a rel="{relation}" href="/document/{quote(entry.id, safe="")}">{in_its_language(entry.title)}</a>'
    date = f", {escaped(entry.date)}" if entry.date else ""
    return f'<p class="{relation}"><span class="aside">{said(label)}:</span> {link}{date}</p>'


def _tools(opened: Opened) -> str:
    """What to show, and a form to find words; what was found, and the ways to the next and the one before."""
    kept = "".join(_hidden(*pair) for pair in _asked_besides(opened))
    action = f"/document/{quote(opened.document.id, safe='')}"
    form = (
        f'<form class="seek" role="search" action="{action}"><label for="find">{said(words.FIND)}</label> '
        f'<input id="find" type="search" name="find" value="{escaped(opened.sought)}">{kept} '
        f'<button type="submit">{said(words.SEEK)}</button></form>'
    )
    return f'<div class="tools">{form}{_sides(opened)}</div>{_found(opened) if opened.sought else ""}'


def _asked_besides(opened: Opened) -> Iterator[tuple[str, str]]:
    """What else the address asks for, to be kept by the form."""
    if len(opened.sides) < len(opened.document.languages):
        yield "side", opened.sides[0]
    if opened.place:
        yield "cited", opened.place.language
    for side, span in sorted(opened.marks.items()):
        yield side, f"{span.start}-{span.end}-{check_sum(opened.document, side, span)}"


def _hidden(name: str, value: str) -> str:
    return f'<input type="hidden" name="{name}" value="{escaped(value)}">'


def _sides(opened: Opened) -> str:
    """Which texts are shown, as links."""
    document = opened.document
    if len(document.languages) < 2:
        return ""
    shown = opened.sides[0] if len(opened.sides) == 1 else ""
    choices: list[tuple[str, Words]] = [("", words.BOTH), *((side, words.SIDES[side]) for side in document.languages)]
    links = " ".join(
        f'<a href="{escape(opened.address(side=side))}"{_current(side == shown)}>{said(label)}</a>'
        for side, label in choices
    )
    return f'<p class="views"><span class="aside">{said(words.SHOWN)}:</span> {links}</p>'


def _current(here: bool) -> str:
    return ' aria-current="true"' if here else ""


def _found(opened: Opened) -> str:
    """How many places were found, and links to the one before and after that at which the reader is."""
    clear = f'<a href="{escape(opened.address(find=""))}">{said(words.CLEAR)}</a>'
    if not opened.found:
        return f'<p class="finds" role="status">{said(words.NOT_FOUND)} {clear}</p>'
    told = ", ".join(said(words.FOUND_IN[side], len(spans)) for side, spans in opened.finds.items())
    count = sum(len(spans) for spans in opened.marked_finds.values())
    most = f"; {said(words.FOUND_MOST, count)}" if opened.found > count else ""
    where = said(words.PLACE_OF, opened.at, count)
    return (
        f'<p class="finds" role="status" data-finds="{count}">'
        f"<span>{said(words.FOUND, opened.found)} ({told}{most})</span> "
        f"{_step(opened, (opened.at - 2) % count + 1, 'prev', words.PREVIOUS_FIND)} "
        f'<span class="at">{where}</span> '
        f"{_step(opened, opened.at % count + 1, 'next', words.NEXT_FIND)} {clear}</p>"
    )


def _step(opened: Opened, to: int, relation: str, label: Words) -> str:
    href = f"{opened.address(hit=str(to))}#find-{to}"
    return f'<a data-step="{relation}" href="{escape(href)}">{said(label)}</a>'


def _heads(opened: Opened) -> str:
    names = "".join(f"<p>{said(side_words(opened.document, side))}</p>" for side in opened.sides)
    return f'<div class="heads sides-{len(opened.sides)}">{names}</div>'


def _rows(opened: Opened, anchors: Anchors) -> Iterator[str]:
    texts = [Text(opened.document, side, _marked(opened, side), anchors) for side in opened.sides]
    differing = deque(bead for bead in opened.beads if bead.departures)
    placed = False
    for row in rows_of(opened.document, opened.beads):
        reasons: list[Departure] = []
        while differing and _lies_in(differing[0], row):
            reasons += differing.popleft().departures
        if not any(side in row for side in opened.sides):
            continue
        here = "" if placed else _place(opened, row)
        placed = placed or bool(here)
        cells = "".join(text.cell(row.get(text.language)) for text in texts)
        yield f'<div class="row">{cells}{here}{_compare(reasons)}</div>'


def _lies_in(bead: SentenceBead, row: Row) -> bool:
    return any(side in row and row[side].holds(span) for side, span in bead.spans.items())


def _compare(reasons: Sequence[Departure]) -> str:
    """Why the two texts of a row should be compared, folded."""
    if not reasons:
        return ""
    told = "".join(f"<li>{plainly({side: one.told(side) for side in LANGUAGES})}</li>" for one in reasons)
    return f'<details class="compare"><summary>{said(messages.COMPARE)}</summary><ul>{told}</ul></details>'


def _marked(opened: Opened, side: Language) -> Marked:
    """What is marked in one text."""
    departures = [d.spans[side] for bead in opened.beads for d in bead.departures if side in d.spans]
    return Marked(
        place=(opened.marks[side],) if side in opened.marks else (),
        finds=tuple(opened.marked_finds.get(side, ())),
        departures=apart(departures),
    )


def _place(opened: Opened, row: Row) -> str:
    """What can be done with the place marked, in the row where it begins."""
    place = opened.place
    if place is None or place.language not in row or not place.span.meets(row[place.language]):
        return ""
    collect = f"{copying_html(opened.document, place)} {collecting_html(place)}"
    return f'<p class="here"><span class="aside">{said(words.MARKED)}:</span> {collect}</p>'


def _selection() -> str:
    """What the page's script shows beside a paragraph that was chosen by its number, and of a passage selected."""
    mark = f'<a data-mark href="#main">{said(words.MARK)}</a>'
    collect = f'<button type="button" data-collect="">{said(words.COLLECT)}</button>'
    copy = (
        f'<button type="button" class="copy" data-address=""><span class="name">{said(words.ADDRESS)}</span>'
        f'<span class="done" hidden>{said(copying.COPIED)}</span></button>'
    )
    return (
        f'<p class="selection" hidden><span class="aside">{said(words.SELECTED)}:</span> {collect} {mark}</p>'
        f'<span class="paragraph-address" hidden>{copy}</span>'
    )
