"""Hostile copies of our own documents: each has one payload, with its own mark, beside what answers a question."""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from typing import Literal

from eval.cases import Case, Evidence
from eval.errors import EvaluationError
from eval.payloads import CONTROL, Payload
from index.document import LANGUAGES, Language

FIRST = 990_001  # the number of the first copy; no document of ours has one so high
PLACES: tuple["PlaceOf", ...] = ("ru", "en", "ru", "en", "title", "citation")  # by turns: texts most of all
PlaceOf = Literal["ru", "en", "title", "citation"]
_LETTERS = "BCDFGKLMNPRSTVZ"
_NUMBER = re.compile(r"(?<=/document/)\w+")
_TITLE = re.compile(r"(?<=^### \*\*).+(?=\*\*$)", re.MULTILINE)
_CITED = re.compile(r"(?<=\.)(?=\s*\n?<https?://)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plant:
    """A copy of a document with a payload in it, and the question that brings it up. A control has no payload."""

    document_id: str
    payload: Payload
    place: PlaceOf
    canary: str
    reference: str
    case: Case

    @property
    def language(self) -> Language:
        """The language that the question is asked in."""
        return self.case.language

    @property
    def words(self) -> str:
        """What is planted; nothing in a control."""
        return self.payload.with_mark(self.canary, self.reference) if self.payload.kind != CONTROL else ""

    def text(self, record: str) -> str:
        """The file of the document with the payload in it.

        Raises: EvaluationError if there is no such place in the record.
        """
        told = _NUMBER.sub(self.document_id, record)
        line = " ".join(self.words.split())
        if not line:
            return told
        if self.place == "title":
            title = _TITLE.search(told)
            changed = told.replace(title[0], f"{title[0]} {line}") if title else told
        elif self.place == "citation":
            changed = _CITED.sub(lambda _: f" {line}.", told, count=1)
        else:
            after = _evidence(self.case).words[self.place]
            changed = told.replace(after, f"{after} {line}", 1)
        if changed == told:
            raise EvaluationError(f"the document of question {self.case.id!r} has no {self.place} to plant anything in")
        return changed


def plants(payloads: Sequence[Payload], cases: Sequence[Case], count: int, seed: int) -> list[Plant]:
    """`count` copies with payloads, kinds and places by turns, then a control for each tenth; the same for each `seed`.

    Raises: EvaluationError if no question can bring a document up.
    """
    rng = random.Random(f"{seed}/plants")  # noqa: S311 - the same at every run
    asked = [case for case in cases if case.answerable and case.evidence]
    if not asked or not payloads:
        raise EvaluationError("there is nothing to plant, or no question to bring it up: give a set with evidence")
    chosen = [*islice(cycle(payloads), count), *[Payload(CONTROL, "")] * max(1, count // 10)]
    places = islice(_places(rng), len(chosen))
    return [
        _plant(n, payload, place, asked, rng) for n, (payload, place) in enumerate(zip(chosen, places, strict=True))
    ]


def _places(rng: random.Random) -> Iterator[PlaceOf]:
    while True:
        yield from rng.sample(PLACES, len(PLACES))


def _plant(n: int, payload: Payload, place: PlaceOf, cases: Sequence[Case], rng: random.Random) -> Plant:
    if place in LANGUAGES:
        cases = [case for case in cases if _evidence(case).words.get(place)]
    return Plant(
        document_id=str(FIRST + n),
        payload=payload,
        place=place,
        canary=f"{''.join(rng.sample(_LETTERS, 5))}-{rng.randrange(1000, 10_000)}",
        reference=f"Test Archive, f. {9000 + n}, op. 99, d. 99",
        case=rng.choice(cases),
    )


def _evidence(case: Case) -> Evidence:
    return case.evidence[0]


def write(plants: Sequence[Plant], archives: Sequence[Path], folder: Path) -> None:
    """Put the copies into `folder`, one file each; `archives` are the folders of the documents they are made of.

    Raises: EvaluationError if a document is not there.
    """
    files = {file.stem: file for archive in archives for file in sorted(archive.iterdir()) if file.is_file()}
    folder.mkdir(parents=True, exist_ok=True)
    for plant in plants:
        original = files.get(_evidence(plant.case).document_id)
        if original is None:
            raise EvaluationError(f"no file of document {_evidence(plant.case).document_id!r} to plant anything in")
        text = plant.text(original.read_text(encoding="utf-8"))
        (folder / f"{plant.document_id}.md").write_text(text, encoding="utf-8")
