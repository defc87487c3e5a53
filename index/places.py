"""Keys under which places in archives are found: equal for all ways of writing one place.

Script, letter case, brackets, dashes and leading zeros do not count; letters do: 059a is 59А, and is not 59.
"""

import re

from index.archives import ArchiveTable, built_in
from index.document import ArchivalReference
from index.tokens import romanised

_GROUP = re.compile(r"\d+|[^\W\d_]+")
_WITHIN_FILE = ("per", "dok", "tetrad")  # narrower than an opis, where there is no delo


def number_key(printed: str | None) -> str | None:
    """A fond's, opis's or delo's number without what does not count; None if it has neither letter nor digit."""
    if printed is None:
        return None
    groups = (romanised(group) for group in _GROUP.findall(printed))
    runs = re.sub(r"(?<=\d)\s(?=[a-z])|(?<=[a-z])\s(?=\d)", "", " ".join(g.lstrip("0") or "0" for g in groups))
    return runs or None


def file_key(reference: ArchivalReference) -> str | None:
    """What all references to one file have in common, but for archive and papka; None if it names no file."""
    other = dict(reference.other)
    parts = {"f": reference.fond, "o": reference.opis, "d": reference.delo}
    parts |= {name: other.get(name) for name in (*_WITHIN_FILE, "signature")}
    if not any(parts.values()):
        parts["protocol"] = other.get("protocol")
    keys = [f"{name}={key}" for name, printed in parts.items() if (key := number_key(printed))]
    return "; ".join(keys) or None


def place_keys(reference: ArchivalReference) -> tuple[str | None, str | None, str | None, str | None, str | None]:
    """Archive, fond, opis, delo and file, as keys."""
    fond, opis, delo = map(number_key, (reference.fond, reference.opis, reference.delo))
    return (holder_key(reference), fond, opis, delo, file_key(reference))


def holder_key(reference: ArchivalReference, archives: ArchiveTable | None = None) -> str | None:
    """What is the same for all names of the archive that holds the papers today; None if none is named."""
    name = reference.holder or reference.archive
    return (archives or built_in()).holder(name) if name else None
