"""Question sets: questions with what is known of their answers, as a file of JSON lines.

A line has `id`, `pair` (the same question in the other language has the same), `language`, `question`, `answerable`;
if it is not answerable, `absence` says in which way. Then, as far as they are known:

- `kind`: who, when, where, why, how many, what ...;
- `evidence`: a list of places that answer it, each with `document_id`, the words in `ru` and in `en` as they stand in
  the document, or null where it has no such text, and the `leaves` that they stand on;
- `nuggets`: a list of facts that a good answer has, each with its `text`, whether it is `vital`, and in `ru` and in
  `en` regular expressions, one of which matches an answer that has it;
- `grades`: how much a document helps, 1 to 3, by its id; those of the evidence have 3 unless it is said here.

The question files of test archives are read too: there `document_id`, `paragraph`, `leaves`, `answers` (by language the
answer's `text`, its `paragraph` among the document's of that language, from 0, and its `start` there, or null) and
`evidence` (by language the sentence) stand in the line itself. Other members are passed over.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

from eval.errors import CaseError, decoded, told
from index.document import LANGUAGES, Document, Language, Span

Absence = Literal["absent", "near miss", "evidence removed"]
BEST_GRADE = 3
_WANTED = "expected an object of JSON on each line, with id, pair, language, question and answerable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an answer stands: the paragraph of the text, from 0, the code point in it, and how many it takes."""

    paragraph: int
    start: int
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A place that answers a question: words of a document, by language, and the leaves that they stand on.

    `answers` are the places of the bare answer within the document, where they are known.
    """

    document_id: str
    words: Mapping[Language, str]
    leaves: tuple[str, ...] = ()
    answers: Mapping[Language, Place] = field(default_factory=dict)

    def spans(self, document: Document) -> dict[Language, Span]:
        """Where the words stand in `document`, by language; only those that do stand there."""
        found = {}
        for language, words in self.words.items():
            text = document.texts.get(language, "")
            start = text.find(words, self._not_before(document, language, words))
            if start >= 0:
                found[language] = Span(start, start + len(words))
        return found

    def _not_before(self, document: Document, language: Language, words: str) -> int:
        """The first place where words that hold the bare answer can begin."""
        place = self.answers.get(language)
        if place is None:
            return 0
        answer = document.paragraphs(language)[place.paragraph].start + place.start
        return max(0, answer + place.length - len(words))


@dataclass(frozen=True, slots=True, kw_only=True)
class Nugget:
    """A fact that a good answer has, and regular expressions, by language, one of which matches an answer with it."""

    text: str
    vital: bool
    patterns: Mapping[Language, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A question, and what is known of its answer. `grades`: how much each document helps, 1 to 3."""

    id: str
    pair: str
    language: Language
    question: str
    answerable: bool
    absence: Absence | None = None
    kind: str | None = None
    evidence: tuple[Evidence, ...] = ()
    nuggets: tuple[Nugget, ...] = ()
    grades: Mapping[str, int] = field(default_factory=dict)

    @property
    def document_id(self) -> str | None:
        """The document that answers it best; None if the archive does not."""
        return next(iter(self.documents), None)

    @property
    def documents(self) -> tuple[str, ...]:
        """The documents that answer it, those of the evidence first."""
        return tuple(dict.fromkeys([*(found.document_id for found in self.evidence), *self.grades]))

    def gold(self, document: Document) -> dict[Language, Span]:
        """The bare answer's places in `document`, by language; where it is not known, those of the words with it."""
        found: dict[Language, Span] = {}
        for evidence in self.evidence:
            if evidence.document_id == document.id:
                found = evidence.spans(document) | _answers(evidence, document) | found
        return found


def _answers(evidence: Evidence, document: Document) -> dict[Language, Span]:
    starts = {x: document.paragraphs(x)[place.paragraph].start + place.start for x, place in evidence.answers.items()}
    return {x: Span(start, start + evidence.answers[x].length) for x, start in starts.items()}


def read_cases(path: Path) -> list[Case]:
    """The questions of a file, in its order.

    Raises: CaseError naming the line that is not of this form, an id that comes twice, or that there is none.
    """
    cases: dict[str, Case] = {}
    for number, line in enumerate(_lines(path), 1):
        if not line.strip():
            continue
        try:
            case = _case(_object(json.loads(line), "a line"))
        except (KeyError, TypeError, ValueError, RecursionError, OverflowError, re.error) as error:
            wrong = f"not a question with its answer: {told(error)}; {_WANTED}"
            raise CaseError(f"{path}, line {number}: {wrong}") from error
        if case.id in cases:
            raise CaseError(f"{path}, line {number}: the id {case.id!r} was given to an earlier line; ids must differ")
        cases[case.id] = case
    if not cases:
        raise CaseError(f"{path}: no question in it; {_WANTED}")
    return list(cases.values())


def some(cases: Sequence[Case], every: int) -> list[Case]:
    """Each `every`th pair of questions."""
    pairs = set(list(dict.fromkeys(case.pair for case in cases))[::every])
    return [case for case in cases if case.pair in pairs]


def _lines(path: Path) -> list[str]:
    try:
        return decoded(path.read_bytes()).split("\n")
    except (OSError, ValueError) as error:
        raise CaseError(f"the question set '{path}' cannot be read: {error}") from error


def _case(line: dict[str, Any]) -> Case:
    answerable = line["answerable"]
    if not isinstance(answerable, bool):
        raise TypeError(f"answerable is {answerable!r}, not true or false")
    nuggets = tuple(map(_nugget, _objects(line, "nuggets")))
    evidence: tuple[Evidence, ...] = ()
    if answerable and "answers" in line:
        evidence, nuggets = (_evidence_of_test_archive(line),), nuggets or _answer_as_nugget(line)
    elif answerable:
        evidence = tuple(map(_evidence, _objects(line, "evidence")))
    return Case(
        id=_words(line, "id"),
        pair=_words(line, "pair"),
        language=_one_of(line["language"], LANGUAGES, "language"),
        question=_words(line, "question"),
        answerable=answerable,
        absence=_absence(line, answerable),
        kind=_words(line, "kind") if line.get("kind") is not None else None,
        evidence=evidence,
        nuggets=nuggets if answerable else (),
        grades=_grades(line, evidence) if answerable else {},
    )


def _words(line: Mapping[str, Any], member: str) -> str:
    words = line[member]
    if not isinstance(words, str) or not words.strip():
        raise TypeError(f"{member} is {words!r}, no text")
    return words


def _object(value: object, what: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise TypeError(f"{what} is {value!r:.60}, no object")
    return value


def _objects(line: Mapping[str, Any], member: str) -> list[dict[str, Any]]:
    return [_object(value, f"one of its {member}") for value in _list(line, member)]


def _list(line: Mapping[str, Any], member: str) -> list[Any]:
    values = line.get(member)
    if values is not None and not isinstance(values, list):
        raise TypeError(f"{member} is {values!r:.60}, no list")
    return values or []


def _count(line: Mapping[str, Any], member: str) -> int:
    value = line[member]
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise TypeError(f"{member} is {value!r:.60}, not 0, 1, 2 ...")
    return value


def _one_of(value: Any, allowed: Sequence[Any], member: str) -> Any:  # noqa: ANN401 - gives back what it was given
    if value not in allowed:
        raise ValueError(f"{member} is {value!r}, none of {', '.join(map(repr, allowed))}")
    return value


def _absence(line: Mapping[str, Any], answerable: bool) -> Absence | None:
    absence = line.get("absence")
    if answerable:
        if absence is not None:
            raise ValueError(f"it is answerable, and its absence is {absence!r}; give one or the other")
        return None
    kind: Absence = _one_of(absence or "absent", get_args(Absence), "absence")
    return kind


def _evidence(plain: Mapping[str, Any]) -> Evidence:
    words = {x: _words(plain, x) for x in LANGUAGES if plain.get(x) is not None}
    if not words:
        raise ValueError(f"evidence in document {plain['document_id']!r} has no words in ru or en")
    return Evidence(
        document_id=_words(plain, "document_id"), words=words, leaves=tuple(map(str, _list(plain, "leaves")))
    )


def _evidence_of_test_archive(line: Mapping[str, Any]) -> Evidence:
    told = _object(line["answers"], "answers")
    answers = {x: None if told[x] is None else _object(told[x], f"the answer in {x}") for x in LANGUAGES}
    placed = {x: held for x, held in answers.items() if held is not None and held["start"] is not None}
    places = {
        x: Place(paragraph=_count(held, "paragraph"), start=_count(held, "start"), length=len(_words(held, "text")))
        for x, held in placed.items()
    }
    ends = _list(line, "leaves")
    leaves = tuple(str(n) for n in range(ends[0], ends[-1] + 1)) if ends else ()
    sentences = _object(line.get("evidence") or {}, "evidence")
    words = {x: str(sentences.get(x) or held["text"]) for x, held in placed.items()}
    return Evidence(document_id=_words(line, "document_id"), words=words, leaves=leaves, answers=places)


def _answer_as_nugget(line: Mapping[str, Any]) -> tuple[Nugget, ...]:
    texts = {x: _words(held, "text") for x, held in line["answers"].items() if held is not None and held["text"]}
    patterns = {x: (re.escape(text),) for x, text in texts.items() if x in LANGUAGES}
    return (Nugget(text=next(iter(texts.values())), vital=True, patterns=patterns),) if texts else ()


def _nugget(plain: Mapping[str, Any]) -> Nugget:
    patterns = {x: tuple(_list(plain, x)) for x in LANGUAGES}
    for pattern in (p for found in patterns.values() for p in found):
        re.compile(pattern)
    if not any(patterns.values()):
        raise ValueError(f"the nugget {plain['text']!r} has no pattern in ru or en")
    return Nugget(text=_words(plain, "text"), vital=bool(plain.get("vital", True)), patterns=patterns)


def _grades(line: Mapping[str, Any], evidence: Sequence[Evidence]) -> dict[str, int]:
    given = _object(line.get("grades") or {}, "grades")
    allowed = range(1, BEST_GRADE + 1)
    if wrong := {id_: grade for id_, grade in given.items() if isinstance(grade, bool) or grade not in allowed}:
        raise ValueError(f"grades are {allowed[0]} to {BEST_GRADE}, not {wrong}")
    told = {id_: int(grade) for id_, grade in given.items()}
    return {found.document_id: BEST_GRADE for found in evidence} | told


def unfit(cases: Sequence[Case], held: Mapping[str, Document]) -> Iterator[str]:
    """What in `cases` does not fit the documents `held`, by id: documents they lack, words that do not stand there."""
    for case in cases:
        for id_ in case.documents:
            if id_ not in held:
                yield f"question {case.id!r}: the index has no document {id_!r}"
        for evidence in case.evidence:
            document = held.get(evidence.document_id)
            if document is None:
                continue
            if short := [x for x, p in evidence.answers.items() if p.paragraph >= len(document.paragraphs(x))]:
                where = f"paragraph {evidence.answers[short[0]].paragraph} of its {short[0]} text"
                yield f"question {case.id!r}: document {document.id!r} has no {where}"
                continue
            for language in evidence.words.keys() - evidence.spans(document).keys():
                words = evidence.words[language]
                yield (
                    f"question {case.id!r}: document {evidence.document_id!r} has no {language} words {words[:60]!r} …"
                )
