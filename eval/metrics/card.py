"""The card of a metric: what it is called and means, read from the docstring of the function that works it out.

Such a docstring has a title, and lines that begin with `Formula:`, `Range:` and `Source:`. The range says which way is
better, as "higher is better", "lower is better" or neither; "0 to 1" makes it a share.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from eval.score import Score, none

Per = Literal["question", "pair", "run"]
Item = TypeVar("Item")

_PART = re.compile(
    r"^\s*(Formula|Range|Source): (.+?)(?=^\s*(?:Formula|Range|Source): |^\s*$|\Z)", re.MULTILINE | re.DOTALL
)
_TOLD = 3  # of those that a reason names; more are not read


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What a metric is.

    `per`: what one score of it is about. `pooled`: the score of one question says nothing by itself, only the hits of
    many by their totals, as with F1. `higher_is_better` is None where neither is. `share`: it lies between 0 and 1.
    """

    name: str
    title: str
    family: str
    formula: str
    range: str
    source: str
    higher_is_better: bool | None
    share: bool
    per: Per = "question"
    pooled: bool = False


def card(name: str, measure: Callable[..., Any], *, of: str = "", per: Per = "question", pooled: bool = False) -> Card:
    """The card of a metric of this `name`, by the docstring of `measure`; the family is the module's name.

    `of` is put behind the title, where one function works out several metrics.
    """
    words = measure.__doc__ or ""
    parts = {part: " ".join(text.split()).rstrip(".") for part, text in _PART.findall(words)}
    span = parts.get("Range", "")
    return Card(
        name=name,
        title=words.strip().split("\n")[0].rstrip(".") + (f": {of}" if of else ""),
        family=measure.__module__.rpartition(".")[2],
        formula=parts.get("Formula", ""),
        range=span,
        source=parts.get("Source", ""),
        higher_is_better=True if "higher is" in span else False if "lower is" in span else None,
        share=span.startswith("0 to 1,") or span == "0 to 1",
        per=per,
        pooled=pooled,
    )


def counted(
    items: Sequence[Item],
    right: Callable[[Item], bool],
    *,
    of: str,
    what: str,
    words: Callable[[Item], str] | None = None,
) -> Score:
    """How many of the `items` are `right`; not applicable if there is none.

    The reason reads "2 of 3 `of` `what`"; by `words`, it names some of those that are.
    """
    if not items:
        return none(f"no {of}")
    found = [item for item in items if right(item)]
    told = "" if words is None or not found else ": " + ", ".join(map(words, found[:_TOLD]))
    return Score(hits=len(found), total=len(items), reason=f"{len(found)} of {len(items)} {of} {what}{told}")
