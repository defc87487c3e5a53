"""Files of questions, references or citations: one JSON object a line, `{"id": "q1", "question": "..."}`."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from rag.errors import BatchError

_MANY = {"question": "questions", "query": "queries", "text": "texts"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What stands on a line of a batch, as it was written; `id` is None if it has none."""

    id: str | None
    question: str


def read_batch(name: str, lines: Iterable[str], field: str = "question") -> list[Asked]:
    """What the lines of the file `name` ask, each in its `field`; blank lines are left out.

    Raises: BatchError, with the line, if a line is not such an object, an id comes twice, or there is none.
    """
    batch = [_asked(f"{name}, line {n}", line, field) for n, line in enumerate(lines, 1) if line.strip()]
    ids = Counter(asked.id for asked in batch if asked.id is not None)
    if twice := {id_ for id_, times in ids.items() if times > 1}:
        raise BatchError(f"{name}: the id {min(twice)!r} is given to two {_MANY[field]}; ids must differ")
    if not batch:
        raise BatchError(f'{name}: no {field} in it; put one on each line: {{"id": "q1", "{field}": "..."}}')
    return batch


def _asked(place: str, line: str, field: str) -> Asked:
    wanted = f'expected {{"id": "q1", "{field}": "..."}}'
    try:
        plain = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BatchError(f"{place}: not JSON ({error}); {wanted}") from error
    if not isinstance(plain, dict) or not isinstance(plain.get(field), str):
        raise BatchError(f"{place}: no {field} in {line.strip()[:80]!r}; {wanted}")
    id_ = plain.get("id")
    if id_ is not None and not isinstance(id_, str | int):
        raise BatchError(f"{place}: the id is {id_!r}, neither text nor number; {wanted}")
    return Asked(None if id_ is None else str(id_), plain[field])
