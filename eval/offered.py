"""Question sets that can be put to an archive, each by an id: readers' judgements, our own, and files lying there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.cases import Case, read_cases, unfit
from eval.errors import CaseError, EvaluationError
from eval.readers import questions_file
from index.store import Index

FOLDER = "sets"  # in the folder of runs: question sets of the readers' own
READERS, OWN = "readers", "own"  # ids of the sets that are always looked for
OWN_SET = Path(__file__).parent / "sets" / "questions.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A question set: its id and name, how many questions it has, and why it cannot be run, or "".

    `foreign`: it is of another archive than the index; `left_out` counts questions of it that no longer fit.
    """

    id: str
    name: str
    questions: int = 0
    left_out: int = 0
    foreign: bool = False
    trouble: str = ""


def offered(runs: Path, index: Index) -> Iterator[Offered]:
    """The sets there are, the readers' first, if they have said anything."""
    for id_, path in _files(runs).items():
        try:
            cases = read_cases(path)
        except EvaluationError as error:
            yield Offered(id=id_, name=path.stem, trouble=str(error).replace(f"{path.parent}/", ""))
            continue
        left_out = len(cases) - len(fitting(cases, index))
        foreign = left_out == len(cases) if id_ == READERS else left_out > 0
        yield Offered(
            id=id_, name=_name(id_, path), questions=len(cases) - left_out, left_out=left_out, foreign=foreign
        )


def chosen(runs: Path, id_: str, index: Index) -> tuple[str, list[Case]]:
    """The name of a set, and its questions; of the readers' those that fit the index.

    Raises: CaseError if there is no such set, it is malformed, or does not fit the index.
    """
    path = _files(runs).get(id_)
    if path is None:
        raise CaseError(f"there is no question set {id_[:80]!r} here; choose one of those that are listed")
    cases = read_cases(path)
    fit = fitting(cases, index)
    if not fit or (len(fit) < len(cases) and id_ != READERS):
        raise CaseError(f"the question set {_name(id_, path)!r} is of another archive: its documents are not here")
    return _name(id_, path), fit


def fitting(cases: Sequence[Case], index: Index) -> list[Case]:
    """Those questions whose documents are in the index, and have the words that answer them."""
    ids = {id_ for case in cases for id_ in case.documents}
    held = {document.id: document for document in index.catalogue.documents(ids)}
    return [case for case in cases if not any(unfit([case], held))]


def _files(runs: Path) -> dict[str, Path]:
    """The files of the sets that are there, by id."""
    readers = questions_file(runs)
    told = {READERS: readers} if readers.is_file() else {}
    lying = sorted((runs / FOLDER).glob("*.jsonl")) if (runs / FOLDER).is_dir() else []
    return told | {OWN: OWN_SET} | {f"{FOLDER}/{path.name}": path for path in lying if path.is_file()}


def _name(id_: str, path: Path) -> str:
    return id_ if id_ in (READERS, OWN) else path.stem
