"""The collection as lists: documents by date and by what they have in common, and the tree of their places."""

from collections.abc import Iterator

from index.dates import parse_date
from index.errors import ArchiveError, IndexMissingError
from index.listing import PARTS, Branch, Listing, Shelf, within
from index.store import Index
from rag.choice import Chooser
from rag.question import Filters
from ui.messages import reading as words
from ui.page.catalogue import ASKED, ON_A_PAGE, Selection, Wanted, documents_page, empty_page, fault_html
from ui.page.reading import notice_page
from ui.page.tree import Node, tree_page
from ui.server.asked import Asked, Reply, Route
from ui.server.site import Site

WHOLE = 300  # documents of a branch that is given with all that lies below it: some 100 kB of a page
MOST_LISTED = 100  # documents of one delo that the tree itself names
_LONGEST = 200  # characters of what is asked for


def documents(site: Site, asked: Asked) -> Reply:
    """The list of the documents that fit what was asked for."""
    try:
        with site.pipeline.opened() as index:
            if not index.listing.dated:
                return Reply(body=empty_page(may_add=site.allow_upload))
            selection = _selection(index, asked)
            return Reply(body=documents_page(selection), status=400 if selection.fault else 200)
    except IndexMissingError:
        return Reply(body=empty_page(may_add=site.allow_upload))
    except ArchiveError as error:
        return Reply(status=500, body=notice_page(str(error)))


def _selection(index: Index, asked: Asked) -> Selection:
    wanted = {name: told for name in ASKED if (told := asked.one(name)[:_LONGEST].strip())}
    listing = index.listing
    span, fault = _span(wanted)
    held = {"held": len(listing.dated), "archives": listing.archives, "originals": tuple(listing.originals)}
    if fault:
        return Selection(wanted=wanted, fault=fault, **held)  # type: ignore[arg-type]
    fitting = _fitting(index, wanted)
    timed = [one for one in listing.dated if fitting is None or one.id in fitting]
    found = [one for one in timed if one.earliest is None] if wanted.get("undated") else within(timed, *span)
    page = _page(asked.one("page"), len(found))
    shown = found[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
    return Selection(
        wanted=wanted,
        entries=listing.entries(one.id for one in shown),
        count=len(found),
        page=page,
        timed=timed,
        span=span,
        **held,  # type: ignore[arg-type]
    )


def _page(asked: str, count: int) -> int:
    """The page asked for, or the nearest that there is."""
    number = int(asked) if asked.isdecimal() and len(asked) < 9 else 1
    return min(max(number, 1), max(1, -(-count // ON_A_PAGE)))


def _span(wanted: Wanted) -> tuple[tuple[str | None, str | None], str]:
    """The first and last day asked for, and what is wrong with them."""
    days: list[str | None] = []
    for name in ("after", "before"):
        told = wanted.get(name)
        try:
            date = parse_date(told) if told else None
        except ValueError:
            date = None
        if told and date is None:
            return (None, None), fault_html(words.NO_DATE, told)
        days.append(str(date.earliest if name == "after" else date.latest) if date else None)
    after, before = days
    if after and before and after > before:
        return (None, None), fault_html(words.BACKWARDS, after, before)
    return (after, before), ""


def _fitting(index: Index, wanted: Wanted) -> set[str] | frozenset[str] | None:
    """Ids of the documents that fit all that is wanted but the dates; None if nothing else is wanted."""
    left = list(_groups(index, wanted))
    return set.intersection(*map(set, left)) if left else None


def _groups(index: Index, wanted: Wanted) -> Iterator[set[str] | frozenset[str]]:
    listing = index.listing
    if parts := {part: wanted[part] for part in PARTS if part in wanted}:
        yield listing.placed(Shelf.named(parts))
    if person := wanted.get("person"):
        yield Chooser(index).documents(Filters(persons=(person,)))
    if title := wanted.get("title"):
        yield listing.titled(title)
    if original := wanted.get("original"):
        yield listing.originals.get(original, frozenset())


def archive(site: Site, asked: Asked) -> Reply:
    """The tree of archives, opened at the place that was asked for."""
    try:
        with site.pipeline.opened() as index:
            listing = index.listing
            if not listing.dated:
                return Reply(body=empty_page(may_add=site.allow_upload))
            place = Shelf.named({part: asked.one(part)[:_LONGEST] for part in PARTS})
            whole = len(listing.dated) <= WHOLE
            nodes = tuple(_node(listing, branch, place, whole=whole) for branch in listing.archives)
            missing = bool(place.given) and not listing.placed(place)
            body = tree_page(nodes, len(listing.dated), missing=missing)
            return Reply(body=body, status=404 if missing else 200)
    except IndexMissingError:
        return Reply(body=empty_page(may_add=site.allow_upload))
    except ArchiveError as error:
        return Reply(status=500, body=notice_page(str(error)))


def _node(listing: Listing, branch: Branch, place: Shelf, *, whole: bool) -> Node:
    """A branch, with what lies below it if it lies on the way to `place`, or if it is to be given whole."""
    on_the_way = bool(place.given) and branch.shelf.holds(place)
    here = on_the_way and branch.shelf.given == place.given
    if not (whole or on_the_way):
        return Node(branch=branch)
    below = listing.branches(branch.shelf)
    inner = whole or (here and branch.documents <= WHOLE)
    listed = not below and branch.documents <= MOST_LISTED
    found = listing.in_order(listing.placed(branch.shelf)) if listed else ()
    return Node(
        branch=branch,
        below=tuple(_node(listing, one, place, whole=inner) for one in below),
        entries=listing.entries(found) if listed else None,
        opened=on_the_way,
        here=here,
    )


ROUTES = (Route(path="/documents", reply=documents), Route(path="/archive", reply=archive))
