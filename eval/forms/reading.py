"""A file of answers, whoever gave them: one JSON object a line, its form known by its members."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Protocol

from eval.answers import GivenAnswer
from eval.errors import AnswersError, decoded, told
from eval.forms import delo, plain, ragas, trecrag
from index.archives import ArchiveTable


class _Form(Protocol):
    """A module that reads one form."""

    def knows(self, record: Mapping[str, Any]) -> bool: ...

    def answer(self, record: Mapping[str, Any], id_: str, archives: ArchiveTable | None = None) -> GivenAnswer: ...


_FORMS: tuple[_Form, ...] = (delo, trecrag, ragas, plain)
_WANTED = (
    'expected a record of delo ask, a line of TREC RAG, a sample of RAGAS, or {"id": "q1", "question": "...", '
    '"answer": "..."}'
)


def read_answers(path: Path, archives: ArchiveTable | None = None) -> list[GivenAnswer]:
    """The answers of a file, in its order; a single object, or a list of them, may spread over lines.

    Raises: AnswersError naming the line that is not of a known form, an id that comes twice, or that there is none.
    """
    try:
        text = decoded(path.read_bytes())
    except (OSError, ValueError) as error:
        raise AnswersError(f"the answers '{path}' cannot be read: {error}") from error
    return answers_of(str(path), _objects(text), archives)


def answers_of(name: str, lines: Iterable[tuple[int, str]], archives: ArchiveTable | None = None) -> list[GivenAnswer]:
    """The answers that stand in `lines`, each with its number; `name` is the file's.

    Raises: AnswersError, as `read_answers` does.
    """
    found: dict[str, tuple[GivenAnswer, int]] = {}
    for number, line in lines:
        answer = _answer(f"{name}, line {number}", number, line, archives)
        if answer.id in found:
            twice = f"the id {answer.id!r} was given to line {found[answer.id][1]}; ids must differ"
            raise AnswersError(f"{name}, line {number}: {twice}")
        found[answer.id] = answer, number
    if not found:
        raise AnswersError(f"{name}: no answer in it; {_WANTED}")
    return [answer for answer, _ in found.values()]


def answer_of(record: Mapping[str, Any], id_: str = "1", archives: ArchiveTable | None = None) -> GivenAnswer:
    """The answer that an object tells of; `id_` is its id if it has none.

    Raises: KeyError, TypeError or ValueError if it is of no known form.
    """
    for form in _FORMS:
        if form.knows(record):
            return form.answer(record, id_, archives)
    raise ValueError(f"its members are {', '.join(map(repr, list(record)[:8])) or 'none'}")


def _objects(text: str) -> Iterator[tuple[int, str]]:
    """The lines with something on them; or, if the whole is one object or list spread over lines, its objects."""
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    if lines and (len(lines) > 1 or text.lstrip().startswith("[")) and not _is_json(lines[0][1], dict):
        try:
            whole = json.loads(text)
        except (ValueError, RecursionError):
            whole = None
        if isinstance(whole, list | dict):
            objects = whole if isinstance(whole, list) else [whole]
            return iter([(n, json.dumps(one, ensure_ascii=False)) for n, one in enumerate(objects, 1)])
    return iter(lines)


def _is_json(line: str, kind: type) -> bool:
    try:
        return isinstance(json.loads(line), kind)
    except (ValueError, RecursionError):
        return False


def _answer(place: str, number: int, line: str, archives: ArchiveTable | None) -> GivenAnswer:
    try:
        return answer_of(_object(line), str(number), archives)
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise AnswersError(f"{place}: not an answer: {told(error)}; {_WANTED}") from error


def _object(line: str) -> dict[str, Any]:
    record = json.loads(line, parse_constant=_refuse)
    if not isinstance(record, dict):
        raise TypeError(f"it is {line.strip()[:60]!r}")
    json.dumps(record, ensure_ascii=False).encode()  # half of a surrogate pair is no text: a ValueError
    return record


def _refuse(constant: str) -> float:
    raise ValueError(f"{constant} is no number")
