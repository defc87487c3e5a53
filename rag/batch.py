"""Files of questions: one JSON object a line, `{"id": "q1", "question": "..."}`."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from rag.errors import BatchError


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a batch as it was written; `id` is None if it has none."""

    id: str | None
    question: str


def read_batch(name: str, lines: Iterable[str]) -> list[Asked]:
    """The questions in `lines` of the file `name`, blank lines left out.

    Raises: BatchError, with the line, if a line is not such an object, an id comes twice, or there is no question.
    """
    batch = [_asked(f"{name}, line {n}", line) for n, line in enumerate(lines, 1) if line.strip()]
    ids = [asked.id for asked in batch if asked.id is not None]
    if twice := {id_ for id_ in ids if ids.count(id_) > 1}:
        raise BatchError(f"{name}: the id {min(twice)!r} is given to two questions; ids must differ")
    if not batch:
        raise BatchError(f'{name}: no question in it; put one on each line: {{"id": "q1", "question": "..."}}')
    return batch


def _asked(place: str, line: str) -> Asked:
    wanted = 'expected {"id": "q1", "question": "..."}'
    try:
        plain = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BatchError(f"{place}: not JSON ({error}); {wanted}") from error
    if not isinstance(plain, dict) or not isinstance(plain.get("question"), str):
        raise BatchError(f"{place}: no question in {line.strip()[:80]!r}; {wanted}")
    id_ = plain.get("id")
    if id_ is not None and not isinstance(id_, str | int):
        raise BatchError(f"{place}: the id is {id_!r}, neither text nor number; {wanted}")
    return Asked(None if id_ is None else str(id_), plain["question"])
