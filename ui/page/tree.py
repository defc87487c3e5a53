"""The tree of archives, fonds, opisi, papki and dela as an HTML page; pure.

A branch is unfolded where it stands if what lies below it came with the page; else a link leads to a page where it did,
and the page's script (`ui/static/tree.js`) brings it from there.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

from index.archives import built_in
from index.listing import Branch, Entry, Shelf
from ui.messages import Words
from ui.messages import reading as words
from ui.page.catalogue import entries_html, fault_html, list_address, views_html
from ui.page.frame import page_html, said


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A branch and what lies below it: further branches, or, at the end, documents; None for what did not come along.

    `opened` says that it lies on the way that was asked for; `here`, that it is the place itself.
    """

    branch: Branch
    below: "tuple[Node, ...] | None" = None
    entries: Sequence[Entry] | None = None
    opened: bool = False
    here: bool = False


def tree_page(nodes: Iterable[Node], documents: int, *, missing: bool = False) -> str:
    """The tree, opened at the place asked for; `missing` says that nothing lies there."""
    fault = fault_html(words.NOTHING_THERE) if missing else ""
    body = (
        f'<main id="main" class="catalogue"><h1>{said(words.DOCUMENTS)}</h1>{views_html("place")}'
        f'<p class="count">{said(words.COUNT, documents)}. {said(words.TREE_HELP)}</p>{fault}'
        f'<div class="tree">{_list(nodes)}</div></main>'
    )
    return page_html(words.BY_PLACE, body, room="read")


def place_query(shelf: Shelf) -> str:
    """The address of a place in the tree, as an attribute has it."""
    return escape(f"/archive?{urlencode(list(shelf.given.items()))}#here")


def _list(nodes: Iterable[Node]) -> str:
    return f"<ul>{''.join(map(_node, nodes))}</ul>"


def _node(node: Node) -> str:
    """A branch, its name and count, folded unless it was asked for."""
    here = ' id="here"' if node.here else ""
    opened = " open" if node.opened else ""
    count = f'<span class="count">{node.branch.documents}</span>'
    return (
        f"<li><details{here}{opened}><summary>{said(branch_name(node.branch))} {count}</summary>"
        f"{_below(node)}</details></li>"
    )


def _below(node: Node) -> str:
    listed = f'<p><a href="{list_address(node.branch.shelf)}">{said(words.AS_LIST)}</a></p>'
    if node.below:
        return listed + _list(node.below)
    if node.entries is not None:
        return listed + entries_html(node.entries)
    if node.below is None:
        return f'{listed}<p><a data-inside href="{place_query(node.branch.shelf)}">{said(words.INSIDE)}</a></p>'
    return listed


def branch_name(branch: Branch) -> Words:
    """What a branch is called in both languages; an archive has its Russian acronym in Russian."""
    if branch.printed is None:
        return words.PARTS_LACKING[branch.part]
    archive = branch.part == "archive"
    names = archive_words(branch.printed) if archive else {"en": branch.printed, "ru": branch.printed}
    return {language: _named(told, names[language]) for language, told in words.PARTS[branch.part].items()}


def archive_words(printed: str) -> Words:
    """What an archive is called: its acronym, in Russian the Russian one, or as it is printed, if it is not known."""
    known = built_in().named(printed)
    return {"en": known.acronym, "ru": known.russian or known.acronym} if known else {"en": printed, "ru": printed}


def _named(told: str, name: str) -> str:
    """What is said of a name, in which braces are no places to fill."""
    return told.format(name).replace("{", "{{").replace("}", "}}")
