"""Look-ups by reference, and what lies in an archive, as text for a terminal; pure."""

from collections.abc import Mapping, Sequence
from textwrap import wrap

from click import style

from index.document import ArchivalReference, Document
from rag.lookup import Lookup
from rag.tree import Tree
from ui.printed.render import visible

MATCHES = {
    "exact": "exact",
    "leaf_in_range": "leaf inside the range",
    "overlap": "overlapping leaves",
    "same_file": "same file only",
}
_Titles = Mapping[str, tuple[str, str | None]]


def lookup_text(lookup: Lookup, titles: _Titles, wider: tuple[str, int] | None, width: int) -> str:
    """The documents under a reference, each with how it fits; or that there is none, and where to look on.

    `wider` is the opis or fond that the reference lies in, with how many documents of the collection do.
    """
    if not lookup.found:
        lines = filled(f"{lookup.query}: not in this collection.", width)
        if (why := _unmatched(lookup.asked)) is not None:
            lines += filled(why, width)
        if wider:
            lines += filled(f"It has {_counted(wider[1])} in {wider[0]}: delo cite --tree {wider[0]!r}", width)
        return "\n".join(lines)
    lines = filled(f"{lookup.query}: {_counted(len(lookup.found))}", width, bold=True)
    for held in lookup.found:
        title, date = titles[held.document_id]
        lines += ["", *filled(f"{held.document_id}  {title}, {date or 'undated'}", width)]
        lines += filled(held.reference.text, width, "    ", colour="cyan")
        lines += filled(_fit(held.match, lookup.asked, held.reference), width, "    ")
    return "\n".join(lines)


def filled(words: str, width: int, indent: str = "", *, colour: str | None = None, bold: bool = False) -> list[str]:
    """`words` in lines no longer than `width`, each after `indent`."""
    lines = wrap(visible(words), max(20, width - len(indent)), break_long_words=False, break_on_hyphens=False)
    return [indent + (style(line, fg=colour, bold=bold or None) if colour or bold else line) for line in lines]


def _fit(match: str, asked: Sequence[ArchivalReference], held: ArchivalReference) -> str:
    told = MATCHES[match]
    if match == "same_file" and len(asked) == 1 and not asked[0].leaves:
        told += "; no leaf was asked for"
    elif match == "same_file" and not held.leaves:
        told += "; its reference gives no leaves"
    if held.archive is None or any(reference.archive is None for reference in asked):
        told += "; the archive is not named on both sides"
    return told


def _unmatched(asked: Sequence[ArchivalReference]) -> str | None:
    """Why a reference could not have found anything, if it says too little."""
    lacking = [name for name in ("fond", "delo") if all(getattr(reference, name) is None for reference in asked)]
    if not lacking or any(reference.other for reference in asked):
        return None
    return f"It gives no {' and no '.join(lacking)}; documents are found by their file."


def _counted(count: int) -> str:
    return f"{count} document{'' if count == 1 else 's'}"


def tree_text(tree: Tree, titles: _Titles, width: int) -> str:
    """What lies in a place, one branch a line; in a delo, its documents by their leaves."""
    if not tree.branches:
        return "\n".join(filled(f"{tree.prefix or 'The archive'}: nothing in this collection.", width))
    held = len({document for branch in tree.branches for document in branch.documents})
    lines = filled(f"{tree.prefix or 'All archives'}: {_counted(held)}", width, bold=True)
    for branch in tree.branches:
        if tree.level == "leaves":
            place = f"ll. {branch.value}" if branch.value else "leaves not given"
            for document in branch.documents:
                title, date = titles[document]
                lines += filled(f"{place}  {document}  {title}, {date or 'undated'}", width, "  ")
        else:
            name = branch.value or f"{tree.level} not given"
            label = f"{tree.level} " if getattr(branch.references[0], tree.level) and tree.level != "archive" else ""
            lines += filled(f"{label}{name}: {_counted(len(branch.documents))}", width, "  ")
    return "\n".join(lines)


def place_text(document: Document, beside: Mapping[str, int], width: int) -> str:
    """A document's references as printed, and how many other documents lie in the same file."""
    date = document.date.text if document.date else "undated"
    lines = filled(f"{document.id}  {document.title}, {date}", width, bold=True)
    for reference in document.references:
        lines += filled(reference.text, width, "  ", colour="cyan")
        others = beside.get(reference.text, 0)
        if others:
            told = f"{_counted(others)} more in this file: delo cite --tree {visible(reference.text)!r}"
            lines += filled(told, width, "    ")
    if document.url:
        lines += filled(document.url, width, "  ")
    return "\n".join(lines)
