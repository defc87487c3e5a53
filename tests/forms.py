"""Archival references written out in the forms that scholars print, each of which reads back as the same reference."""

from dataclasses import replace
from typing import Literal, NamedTuple, get_args

from index.archives import ArchiveTable, built_in
from index.document import ArchivalReference
from index.leaves import plain_leaves

Form = Literal["english", "transliterated", "russian", "gost"]
FORMS: tuple[Form, ...] = get_args(Form)


class _Style(NamedTuple):
    """How a form prints: the labels in their order, what separates the parts, dash and mark of the verso."""

    labels: dict[str, str]
    several: str  # the label of several leaves
    between: str
    dash: str
    verso: str
    cyrillic: bool


_STYLES: dict[Form, _Style] = {
    "english": _Style(
        {"fond": "f.", "opis": "op.", "per": "per.", "papka": "p.", "tetrad": "te.", "delo": "d.", "dok": "dok."}
        | {"protocol": "Prot. No.", "leaves": "l."},
        *("ll.", ", ", "-", "ob", False),
    ),
    "transliterated": _Style(
        {"fond": "Fond", "opis": "Opis", "per": "Perechen", "papka": "Papka", "tetrad": "Tetrad", "delo": "Delo"}
        | {"dok": "Dok.", "protocol": "Protokol No.", "leaves": "List"},
        *("Listy", ", ", "-", "ob", False),
    ),
    "russian": _Style(
        {"fond": "ф.", "opis": "оп.", "per": "пер.", "papka": "п.", "tetrad": "тетр.", "delo": "д.", "dok": "док."}
        | {"protocol": "прот. №", "leaves": "л."},
        *("лл.", ", ", "-", " об.", True),
    ),
    "gost": _Style(
        {"fond": "Ф.", "opis": "Оп.", "per": "Пер.", "papka": "П.", "tetrad": "Тетр.", "delo": "Д.", "dok": "Док."}
        | {"protocol": "Прот. №", "leaves": "Л."},
        *("Л.", ". ", "–", " об.", True),
    ),
}


def render(reference: ArchivalReference, form: Form, archives: ArchiveTable | None = None) -> str:
    """`reference` as it is printed in this form; a shelf mark stands as it is, after its archive and before its leaves.

    Elements that do not place it (a year, a file's title) are left out.
    """
    style = _STYLES[form]
    other = dict(reference.other)
    parts = [_archive(reference, style, archives or built_in())]
    if signature := other.get("signature"):
        marked = [part for part in (*parts, signature, _leaves(reference, style, "Bl.")) if part]
        return ", ".join(marked)
    for name, label in style.labels.items():
        printed = getattr(reference, name, None) if name in ("fond", "opis", "papka", "delo") else other.get(name)
        if name != "leaves" and printed:
            parts.append(f"{label} {printed}")
    leaves = plain_leaves(reference.leaves)
    single = len(leaves) == 1 and leaves[0][0] == leaves[0][1]
    parts.append(_leaves(reference, style, style.labels["leaves"] if single else style.several))
    return style.between.join(part for part in parts if part)


def _archive(reference: ArchivalReference, style: _Style, archives: ArchiveTable) -> str:
    name = reference.holder or reference.archive or ""
    archive = archives.named(name)
    return archive.russian if archive and archive.russian and style.cyrillic else name


def _leaves(reference: ArchivalReference, style: _Style, label: str) -> str:
    ranges = (
        first if first == last else f"{first}{style.dash}{last}"
        for first, last in ((_verso(a, style), _verso(b, style)) for a, b in plain_leaves(reference.leaves))
    )
    printed = ", ".join(ranges)
    return f"{label} {printed}" if printed else ""


def _verso(leaf: str, style: _Style) -> str:
    return leaf[:-1] + style.verso if leaf.endswith("v") else leaf


def plain(reference: ArchivalReference) -> ArchivalReference:
    """`reference` by its archive's acronym and with its leaves in full: what is the same in all forms of print."""
    archive = reference.holder or reference.archive
    return replace(reference, text="-", archive=archive, holder=archive, leaves=plain_leaves(reference.leaves))
