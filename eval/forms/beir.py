r"""Question sets as BEIR keeps them: `queries.jsonl`, `corpus.jsonl` and `qrels/<split>.tsv` in one folder.

A question has `_id`, `text` and `metadata`, of which `lang`, `pair_id`, `answerable`, `absence` and `type` are read; a
document `_id`, `title` and `text`, and in `metadata` its `lang`. Judgements are three columns parted by tabs, with a
head. A document that stands there twice, once `<id>/ru` and once `<id>/en`, is one document with two texts.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, get_args

from eval.answers import Source
from eval.cases import BEST_GRADE, Absence, Case
from eval.errors import CaseError
from eval.forms.trec import Qrels, judge, lines, rows
from eval.metrics.parity import script
from index.document import LANGUAGES, Language

QUERIES, CORPUS, QRELS = "queries.jsonl", "corpus.jsonl", "qrels"
_HEAD = ["query-id", "corpus-id", "score"]


def read_beir(folder: Path, split: str = "test") -> tuple[list[Case], list[Source]]:
    """The questions of a folder with what its judgements say of them, and its documents.

    A question that no judgement finds an answer for is one that the archive does not answer, unless it says that
    itself. Questions that the split does not judge, nor say whether they are answerable, are left out.

    Raises: CaseError naming the file and line that is malformed or a duplicate, or names what is not there.
    """
    sources = read_corpus(folder / CORPUS)
    path = folder / QRELS / f"{split}.tsv"
    qrels = read_qrels(path)
    cases = _graded(read_queries(folder / QUERIES), qrels, path)
    held = {source.id for source in sources} | {f"{source.id}/{x}" for source in sources for x in source.texts if x}
    for question, units in qrels.items():
        if lacking := [unit for unit in units if unit.rpartition("#l")[0] not in held and unit not in held]:
            raise CaseError(f"{path}: question {question!r}: the corpus has no document {lacking[0]!r}")
    return cases, sources


def _graded(asked: Sequence[tuple[Case, bool | None]], qrels: Qrels, path: Path) -> list[Case]:
    if unknown := qrels.keys() - {case.id for case, _ in asked}:
        raise CaseError(f"{path}: judges a question {min(unknown)!r} that is not among the queries")
    return [
        with_grades(case, qrels.get(case.id, {}), told) for case, told in asked if told is not None or case.id in qrels
    ]


def with_grades(case: Case, units: Mapping[str, int], answerable: bool | None) -> Case:
    """A question with the documents that its judgements say help; of several leaves of one, the best.

    Raises: CaseError for a grade over 3, or a question said to be unanswerable that has an answer.
    """
    grades: dict[str, int] = {}
    for unit, grade in units.items():
        if grade > BEST_GRADE:
            raise CaseError(
                f"question {case.id!r}: the grade of {unit!r} is {grade}; the best there is is {BEST_GRADE}"
            )
        document = document_of(unit)
        if grade > 0:
            grades[document] = max(grade, grades.get(document, 0))
    if answerable is False and grades:
        raise CaseError(f"question {case.id!r} is said to have no answer, but {min(grades)!r} is judged to help")
    has = bool(grades) if answerable is None else answerable
    return Case(
        id=case.id,
        pair=case.pair,
        language=case.language,
        question=case.question,
        answerable=has,
        absence=None if has else case.absence or "absent",
        kind=case.kind,
        grades=grades,
    )


def document_of(unit: str) -> str:
    """The document of a unit such as `wc123/ru#l87`: without its leaf, and without the language of its text."""
    document = unit.rpartition("#l")[0] or unit
    head, mark, language = document.rpartition("/")
    return head if mark and head and language in LANGUAGES else document


def read_queries(path: Path) -> list[tuple[Case, bool | None]]:
    """The questions of a file, each with whether it is answerable if it says so; no grades yet.

    Raises: CaseError naming the line that is malformed, or has the id of an earlier one.
    """
    found: dict[str, tuple[Case, bool | None]] = {}
    for number, line in _objects(path):
        where = f"{path}, line {number}"
        id_, text = _text(line, "_id", where), _text(line, "text", where)
        told = line.get("metadata") or {}
        if id_ in found:
            raise CaseError(f"{where}: the id {id_!r} was given to an earlier line; ids must differ")
        found[id_] = (_case(id_, text, told, where), _answerable(told, where))
    return list(found.values())


def _case(id_: str, text: str, told: Mapping[str, Any], where: str) -> Case:
    language: Language = told.get("lang") or script(text) or "en"
    absence: Absence | None = told.get("absence")
    if language not in LANGUAGES or absence not in (None, *get_args(Absence)):
        raise CaseError(
            f"{where}: lang is {language!r} and absence {absence!r}; Delo knows ru and en, {get_args(Absence)}"
        )
    return Case(
        id=id_,
        pair=str(told.get("pair_id") or id_),
        language=language,
        question=text,
        answerable=True,
        absence=absence,
        kind=told.get("type"),
    )


def _answerable(told: Mapping[str, Any], where: str) -> bool | None:
    value = told.get("answerable")
    if value not in (None, True, False):
        raise CaseError(f"{where}: answerable is {value!r}, not true or false")
    return None if value is None else bool(value)


def read_corpus(path: Path) -> list[Source]:
    """The documents of a file, the texts of one in the order they come.

    Raises: CaseError naming the line that is malformed, or a text that comes twice.
    """
    found: dict[str, Source] = {}
    for number, line in _objects(path):
        where = f"{path}, line {number}"
        id_ = _text(line, "_id", where)
        document = document_of(id_)
        language = id_.rpartition("/")[2] if document != id_ else (line.get("metadata") or {}).get("lang") or ""
        before = found.get(document)
        if before and (document == id_ or language in before.texts):
            raise CaseError(f"{where}: the id {id_!r} was given to an earlier line; ids must differ")
        texts = {**(before.texts if before else {}), language: _text(line, "text", where)}
        found[document] = Source(id=document, texts=texts, title=line.get("title") or (before and before.title) or None)
    return list(found.values())


def read_qrels(path: Path) -> Qrels:
    """The judgements of a file of three columns with a head.

    Raises: CaseError naming the line that is not of this form, or that judges a unit for a second time.
    """
    qrels: Qrels = {}
    for n, (number, row) in enumerate(rows(path, 3, lambda line: line.rstrip("\r").split("\t"))):
        if n == 0:
            if row != _HEAD:
                raise CaseError(f"{path}, line {number}: no head; it should be {' '.join(_HEAD)!r}, parted by tabs")
            continue
        judge(qrels, (row[0], row[1], row[2]), f"{path}, line {number}")
    return qrels


def _objects(path: Path) -> list[tuple[int, dict[str, Any]]]:
    found = []
    for number, line in lines(path):
        try:
            plain = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise CaseError(f"{path}, line {number}: not JSON: {error}") from error
        if not isinstance(plain, dict) or not isinstance(plain.get("metadata") or {}, dict):
            raise CaseError(f"{path}, line {number}: not an object, or its metadata is none")
        found.append((number, plain))
    return found


def _text(line: Mapping[str, Any], member: str, where: str) -> str:
    value = line.get(member)
    if not isinstance(value, str) or not value.strip():
        raise CaseError(f"{where}: {member} is {value!r}, no text")
    return value


def write_beir(folder: Path, cases: Iterable[Case], sources: Iterable[Source], split: str = "test") -> None:
    """Write questions, documents and judgements; evidence and nuggets have no place in this form."""
    asked = list(cases)
    (folder / QRELS).mkdir(parents=True, exist_ok=True)
    _write_objects(folder / QUERIES, (_query(case) for case in asked))
    _write_objects(folder / CORPUS, (text for source in sources for text in _documents(source)))
    write_qrels(folder / QRELS / f"{split}.tsv", {case.id: case.grades for case in asked})


def write_qrels(path: Path, qrels: Mapping[str, Mapping[str, int]]) -> None:
    """Write judgements as three columns with a head.

    Raises: ValueError for an id that is empty, or has a tab or the end of a line in it.
    """
    told = ["\t".join(_HEAD)]
    for question, units in qrels.items():
        for unit, grade in units.items():
            if any(not id_.strip() or set(id_) & set("\t\r\n") for id_ in (question, unit)):
                raise ValueError(f"{question!r} or {unit!r} cannot stand in a column parted by tabs")
            told.append(f"{question}\t{unit}\t{grade}")
    path.write_text("".join(f"{line}\n" for line in told), encoding="utf-8")


def _write_objects(path: Path, objects: Iterable[Mapping[str, Any]]) -> None:
    path.write_text("".join(f"{json.dumps(one, ensure_ascii=False)}\n" for one in objects), encoding="utf-8")


def _query(case: Case) -> dict[str, Any]:
    told = {"lang": case.language, "pair_id": case.pair, "answerable": case.answerable}
    more = {"absence": case.absence, "type": case.kind}
    return {"_id": case.id, "text": case.question, "metadata": told | {k: v for k, v in more.items() if v is not None}}


def _documents(source: Source) -> list[dict[str, Any]]:
    both = len(source.texts) > 1
    return [
        {
            "_id": f"{source.id}/{x}" if both else source.id,
            "title": source.title or "",
            "text": text,
            "metadata": {"lang": x},
        }
        for x, text in source.texts.items()
    ]
