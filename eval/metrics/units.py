"""The units in which a place in an archive is judged: a document, and where they are known a leaf of it.

The two sides of a leaf are one unit: whoever cites leaf 5 sends the reader to the same sheet as its verso does.
A unit is written `document#l5`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from eval.cases import Case
from index.leaves import plain_leaves

_NUMBER = re.compile(r"(\d+)(?P<letter>[^\W\dv_]?)v?")
_MOST = 5_000  # leaves of a range that are told apart; files have some hundreds


class Unit(NamedTuple):
    """A leaf of a document, or with "" the document, where its leaves are not known."""

    document: str
    leaf: str = ""

    def __str__(self) -> str:
        return f"{self.document}#l{self.leaf}" if self.leaf else self.document


def leaf_units(document: str, leaves: Sequence[str]) -> tuple[Unit, ...]:
    """The units of single leaves of a document, in order."""
    return tuple(dict.fromkeys(Unit(document, leaf) for one in leaves for leaf in spread(((one, one),))))


def evidence_leaves(case: Case) -> frozenset[Unit]:
    """The leaves that answer a question, of those documents whose leaves are known."""
    found = case.evidence if case.answerable else ()
    return frozenset(unit for evidence in found for unit in leaf_units(evidence.document_id, evidence.leaves))


def cited_units(record: Mapping[str, Any] | None) -> frozenset[Unit]:
    """What an answer cites, by its record: of each document the leaves of its references, or it alone without them."""
    statements = record["statements"] if record else ()
    cited = {
        (c["document_id"], tuple(tuple(ends) for reference in c["references"] for ends in reference["leaves"]))
        for statement in statements
        for c in statement["citations"]
    }
    return frozenset(Unit(id_, leaf) for id_, leaves in cited for leaf in (spread(leaves) or ("",)))


def collapsed(units: Iterable[Unit], twins: Mapping[str, str]) -> frozenset[Unit]:
    """The units with twins under one id."""
    return frozenset(Unit(twins.get(unit.document, unit.document), unit.leaf) for unit in units)


@lru_cache(maxsize=4096)
def spread(leaves: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """Every leaf of the ranges, in order, without its side: 30-32 is 30, 31 and 32."""
    return tuple(dict.fromkeys(leaf for ends in plain_leaves(leaves) for leaf in _range(*ends)))


def _range(first: str, last: str) -> list[str]:
    one, two = _NUMBER.fullmatch(first), _NUMBER.fullmatch(last)
    if one is None or two is None:
        return [first, last]
    ends = [match[1] + match["letter"] for match in (one, two)]
    between = range(int(one[1][:12]) + 1, int(two[1][:12]))
    return [ends[0], *map(str, between[:_MOST]), ends[1]]
