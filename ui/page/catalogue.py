"""The list of documents as an HTML page: filters, timeline, entries and pages; pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import quote, urlencode

from index.listing import PARTS, Branch, Dated, Entry, Shelf
from ui import messages
from ui.messages import Words
from ui.messages import reading as words
from ui.page.frame import attributes, escaped, in_its_language, page_html, said
from ui.page.timeline import timeline_html

ON_A_PAGE = 50  # documents
_TEXTS = ("after", "before", "archive", "fond", "opis", "papka", "delo", "person", "title")
ASKED = (*_TEXTS, "original", "undated")  # all that a list can be asked for

Wanted = Mapping[str, str]  # what a reader asks a list for, by the names in ASKED, as it was typed; nothing empty


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The documents that a reader asked for, and the page of them that is shown.

    `entries` are those of page number `page`, from 1, of `pages`; `count` is how many there are of `held` in all.
    `timed` are the documents that fit but for their dates, and `span` the days that were asked for, as ISO prints them.
    `fault` says what is wrong with what was asked, if it is.
    """

    wanted: Wanted
    entries: Sequence[Entry] = ()
    count: int = 0
    held: int = 0
    page: int = 1
    timed: Sequence[Dated] = ()
    span: tuple[str | None, str | None] = (None, None)
    archives: Sequence[Branch] = ()
    originals: Sequence[str] = ()
    fault: str = ""

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.count // ON_A_PAGE))


def list_address(wanted: Wanted | Shelf | None, **changed: str) -> str:
    """The address of the list of what is wanted, with some of it changed, as an attribute has it."""
    asked = dict(wanted.given if isinstance(wanted, Shelf) else wanted or {}) | changed
    told = urlencode({name: value for name, value in asked.items() if value})
    return escape(f"/documents?{told}" if told else "/documents")


def documents_page(selection: Selection) -> str:
    """The list of documents that fit, by date, with the filters and a timeline above it."""
    body = (
        f'<main id="main" class="catalogue"><h1>{said(words.DOCUMENTS)}</h1>{views_html("date")}'
        f"{_form(selection)}{selection.fault or _listed(selection)}</main>"
    )
    return page_html(words.DOCUMENTS, body, room="read")


def empty_page(*, may_add: bool) -> str:
    """What the list shows of an archive without documents: how to put some into it."""
    add = f'<p><a href="/add">{said(words.EMPTY_ADD)}</a>.</p>' if may_add else ""
    body = (
        f'<main id="main" class="notice"><h1>{said(words.EMPTY)}</h1><p>{said(words.EMPTY_COMMAND)}</p>'
        f"<p><code>delo index FOLDER</code></p>{add}</main>"
    )
    return page_html(words.DOCUMENTS, body, room="read")


def fault_html(told: Words, *values: object) -> str:
    """What is wrong with what was asked for."""
    return f'<p class="warning" role="alert">{said(told, *values)}</p>'


def views_html(here: str) -> str:
    """The two ways through a collection, as links: by `date`, or by `place`."""
    ways = (("date", "/documents", words.BY_DATE), ("place", "/archive", words.BY_PLACE))
    links = "".join(
        f'<li><a href="{address}"{_current(name == here)}>{said(label)}</a></li>' for name, address, label in ways
    )
    head = f'<h2 id="ways" class="unseen">{said(words.VIEWS)}</h2>'
    return f'<nav class="views" aria-labelledby="ways">{head}<ul>{links}</ul></nav>'


def _current(here: bool) -> str:
    return ' aria-current="page"' if here else ""


def entries_html(entries: Iterable[Entry], *, start: int = 1) -> str:
    """Documents as a list: title, date and references of each."""
    items = "".join(_entry(entry) for entry in entries)
    return f'<ol class="entries" start="{start}">{items}</ol>'


def _entry(entry: Entry) -> str:
    date = escaped(entry.date) if entry.date else said(messages.UNDATED)
    references = "".join(f"<li>{escaped(text)}</li>" for text in entry.references)
    told = f'<ul class="references">{references}</ul>' if references else ""
    link = f'<a href="/document/{quote(entry.id, safe="")}">{in_its_language(entry.title)}</a>'
    return f'<li><p class="date">{date}</p><div>{link}{told}</div></li>'


def _listed(selection: Selection) -> str:
    """The timeline, and the documents of the page shown."""
    told = said(words.COUNT_OF, selection.count, selection.held)
    if selection.count == selection.held:
        told = said(words.COUNT, selection.count)
    undated = list_address(selection.wanted, after="", before="", undated="1")
    timeline = timeline_html(selection.timed, selection.span, _dated(selection), undated)
    if not selection.count:
        return f'{timeline}<p class="warning" role="status">{said(words.NONE_LEFT)}</p>'
    first = (selection.page - 1) * ON_A_PAGE + 1
    listed = entries_html(selection.entries, start=first)
    return f'{timeline}<p class="count" role="status">{told}</p>{listed}{_pages(selection)}'


def _dated(selection: Selection) -> Callable[[str, str], str]:
    """What gives the address of the same list between two dates; without both, of the whole time."""
    return lambda after, before: list_address(selection.wanted, undated="", after=after, before=before)


def _pages(selection: Selection) -> str:
    """Which page this is, and the ways to the next and the one before."""
    if selection.pages == 1:
        return ""
    steps = (("prev", selection.page - 1, words.PREVIOUS_PAGE), ("next", selection.page + 1, words.NEXT_PAGE))
    before, after = (
        f'<a rel="{relation}" href="{list_address(selection.wanted, page=str(page))}">{said(label)}</a>'
        if 1 <= page <= selection.pages
        else ""
        for relation, page, label in steps
    )
    told = f"<span>{said(words.PAGE, selection.page, selection.pages)}</span>"
    head = f'<h2 id="pages" class="unseen">{said(words.PAGES)}</h2>'
    return f'<nav class="pages" aria-labelledby="pages">{head}{before} {told} {after}</nav>'


def _form(selection: Selection) -> str:
    """The filters, unfolded where they leave nothing; and those that are set, each with a link to take it away."""
    wanted = selection.wanted
    fields = {name: _field(name, wanted.get(name, "")) for name in _TEXTS}
    fields |= {"archive": _archive(selection), "original": _original(selection), "undated": _undated(selection)}
    shown = "".join(fields[name] for name in ("after", "before", *PARTS, "person", "title", "original", "undated"))
    return (
        f'<details class="filters"{"" if selection.count else " open"}><summary>{said(words.FILTERS)} …</summary>'
        f'<form action="/documents"><div class="fields">{shown}</div>'
        f'<p class="act"><button type="submit">{said(words.APPLY)}</button> '
        f'<a href="/documents">{said(words.ALL)}</a> '
        f'<span class="aside" id="date-form">{said(words.DATE_FORM)}</span></p></form></details>'
        f"{_set(wanted)}"
    )


def _set(wanted: Wanted) -> str:
    """The filters that are set."""
    items = "".join(
        f'<li><a href="{list_address(wanted, **{name: ""})}"><span class="unseen">{said(words.TAKE_AWAY)}: </span>'
        f"{said(words.FIELDS[name])}{_told(name, value)}</a></li>"
        for name, value in wanted.items()
    )
    return f'<ul class="set">{items}</ul>' if items else ""


def _told(name: str, value: str) -> str:
    return "" if name == "undated" else f": {escaped(value)}"


def _field(name: str, value: str) -> str:
    label = f'<label for="by-{name}">{said(words.FIELDS[name])}</label>'
    described = ' aria-describedby="date-form"' if name in ("after", "before") else ""
    return f'<p>{label}<input id="by-{name}" name="{name}" value="{escaped(value)}"{described}></p>'


def _archive(selection: Selection) -> str:
    asked = Shelf.named({"archive": selection.wanted.get("archive", "")}).archive
    options = "".join(_archive_option(branch, asked) for branch in selection.archives)
    return _select("archive", options)


def _archive_option(branch: Branch, asked: str | None) -> str:
    key = branch.shelf.archive or ""
    chosen = " selected" if key == asked else ""
    count = f" ({branch.documents})"
    if branch.printed is not None:
        return f'<option value="{escaped(key)}"{chosen}>{escaped(branch.printed)}{count}</option>'
    lacking: Words = {language: told + count for language, told in words.PARTS_LACKING["archive"].items()}
    return f'<option value="{escaped(key)}"{chosen} {attributes(lacking)}>{escaped(lacking["en"])}</option>'


def _original(selection: Selection) -> str:
    asked = selection.wanted.get("original", "")
    options = "".join(
        f'<option value="{escaped(printed)}"{" selected" if printed == asked else ""}>{escaped(printed)}</option>'
        for printed in selection.originals
    )
    return _select("original", options)


def _select(name: str, options: str) -> str:
    every = f'<option value="" {attributes(words.ANY)}>{words.ANY["en"]}</option>'
    label = f'<label for="by-{name}">{said(words.FIELDS[name])}</label>'
    return f'<p>{label}<select id="by-{name}" name="{name}">{every}{options}</select></p>'


def _undated(selection: Selection) -> str:
    checked = " checked" if selection.wanted.get("undated") else ""
    label = f'<label for="by-undated">{said(words.FIELDS["undated"])}</label>'
    return f'<p class="check"><input type="checkbox" id="by-undated" name="undated" value="1"{checked}> {label}</p>'
