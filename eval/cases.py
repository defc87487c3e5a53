"""Questions with what is known of their answers, as a file of JSON lines; and where those answers stand in an index.

A line has `id`, `pair` (the same question in the other language has the same), `language`, `question`, `answerable`,
`document_id`, and `answers`: for each language the answer's `text`, its `paragraph` among the document's of that
language, from 0, and its `start` there, or null. Other members are passed over.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.document import LANGUAGES, Document, Language, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an answer stands: the paragraph of the text, from 0, the code point in it, and how many it takes."""

    paragraph: int
    start: int
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A question, and where its answer stands in each text of the document that has one."""

    id: str
    pair: str
    language: Language
    question: str
    document_id: str | None  # None if the archive does not answer it
    places: Mapping[Language, Place]

    def gold(self, document: Document) -> dict[Language, Span]:
        """The answer's places in `document`, by language."""
        starts = {x: document.paragraphs(x)[place.paragraph].start + place.start for x, place in self.places.items()}
        return {x: Span(start, start + self.places[x].length) for x, start in starts.items()}


def read_cases(path: Path) -> list[Case]:
    """The questions of a file, in its order.

    Raises: ValueError naming the line that is not of this form.
    """
    cases = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            cases.append(_case(json.loads(line)))
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(f"{path}, line {number}: not a question with its answer: {error!r}") from error
    return cases


def some(cases: Sequence[Case], every: int) -> list[Case]:
    """Each `every`th pair of questions."""
    pairs = set(list(dict.fromkeys(case.pair for case in cases))[::every])
    return [case for case in cases if case.pair in pairs]


def _case(line: dict[str, Any]) -> Case:
    answerable = bool(line["answerable"])
    answers = {x: line["answers"][x] for x in LANGUAGES} if answerable else {}
    return Case(
        id=line["id"],
        pair=line["pair"],
        language=line["language"],
        question=line["question"],
        document_id=line["document_id"] if answerable else None,
        places={
            x: Place(paragraph=held["paragraph"], start=held["start"], length=len(held["text"]))
            for x, held in answers.items()
            if held is not None and held["start"] is not None
        },
    )
