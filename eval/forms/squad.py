"""Questions as SQuAD 1.1, SQuAD 2.0 and XQuAD keep them: articles with paragraphs, each with questions about it.

A paragraph is a document: `<title>/<n>`, counted from 0 within the articles of that title. XQuAD has a file for each
language with the same questions in the same order; read together, a paragraph is one document with two texts, and a
question a pair. A question of SQuAD 2.0 that its paragraph does not answer is a near miss.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from eval.answers import Source
from eval.cases import BEST_GRADE, Case, Evidence, Nugget, Place
from eval.errors import CaseError
from index.document import LANGUAGES, Language, Span, blocks

_VERSION = "2.0"  # the one that can hold unanswerable questions


def read_squad(paths: Mapping[Language, Path]) -> tuple[list[Case], list[Source]]:
    """The questions of a file, or of one in each language, and their documents.

    A question's id is that of the file, with the language behind it: `56beb4343aeaaa14008c925b-en`. Each different
    answer is a place of evidence; all of them are patterns of its one nugget.

    Raises: CaseError naming the file and the question or paragraph that is malformed, comes twice, or does not hold its
        answer; or if the two files do not have the same paragraphs and questions.
    """
    read = {language: _paragraphs(path) for language, path in paths.items()}
    _alike(paths, read)
    cases: list[Case] = []
    sources = [
        Source(id=id_, texts={x: read[x][id_]["context"] for x in read}, title=id_.rpartition("/")[0])
        for id_ in next(iter(read.values()), {})
    ]
    for language, paragraphs in read.items():
        seen: set[str] = set()
        for id_, paragraph in paragraphs.items():
            for plain in paragraph["qas"]:
                where = f"'{paths[language]}', question {plain['id']!r}"
                if plain["id"] in seen:
                    raise CaseError(f"{where}: the id was given to an earlier question; ids must differ")
                seen.add(plain["id"])
                cases.append(_case(plain, id_, paragraph["context"], language, where))
    return cases, sources


def _alike(paths: Mapping[Language, Path], read: Mapping[Language, Mapping[str, Any]]) -> None:
    """Raise unless all files have the same paragraphs with the same questions."""
    shapes = [{id_: [q["id"] for q in p["qas"]] for id_, p in paragraphs.items()} for paragraphs in read.values()]
    if any(shape != shapes[0] for shape in shapes):
        raise CaseError(
            f"{' and '.join(map(repr, map(str, paths.values())))} have not the same paragraphs and questions"
        )


def _paragraphs(path: Path) -> dict[str, dict[str, Any]]:
    """The paragraphs of a file by id, checked to be of the form."""
    try:
        plain = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise CaseError(f"'{path}' cannot be read as SQuAD: {error}") from error
    found: dict[str, dict[str, Any]] = {}
    counts: Counter[str] = Counter()
    for article in _list(plain, "data", f"'{path}'"):
        title = article.get("title", "") if isinstance(article, dict) else ""
        for paragraph in _list(article, "paragraphs", f"'{path}', article {title!r}"):
            id_ = f"{title}/{counts[title]}"
            counts[title] += 1
            where = f"'{path}', paragraph {id_!r}"
            _words(paragraph, "context", where)
            for question in _list(paragraph, "qas", where):
                _words(question, "id", where)
                _words(question, "question", where)
            found[id_] = paragraph
    return found


def _list(plain: Any, member: str, where: str) -> list[Any]:  # noqa: ANN401 - whatever stands in a file
    value = plain.get(member) if isinstance(plain, dict) else None
    if not isinstance(value, list):
        raise CaseError(f"{where}: it has no list {member!r}")
    return value


def _words(plain: Any, member: str, where: str) -> str:  # noqa: ANN401 - whatever stands in a file
    value = plain.get(member) if isinstance(plain, dict) else None
    if not isinstance(value, str) or not value.strip():
        raise CaseError(f"{where}: {member} is {value!r}, no text")
    return value


def _case(plain: Mapping[str, Any], id_: str, context: str, language: Language, where: str) -> Case:
    impossible = bool(plain.get("is_impossible", False))
    answers = () if impossible else tuple(dict.fromkeys(_answers(plain, context, where)))
    if not answers and not impossible:
        raise CaseError(f"{where}: it has no answer, and does not say is_impossible")
    evidence = tuple(
        Evidence(document_id=id_, words={language: text}, answers={language: _place(context, start, len(text), where)})
        for text, start in answers
    )
    texts = tuple(dict.fromkeys(text for text, _ in answers))
    nugget = Nugget(text=texts[0], vital=True, patterns={language: tuple(map(re.escape, texts))}) if texts else None
    return Case(
        id=f"{plain['id']}-{language}",
        pair=plain["id"],
        language=language,
        question=plain["question"],
        answerable=not impossible,
        absence="near miss" if impossible else None,
        evidence=evidence,
        nuggets=(nugget,) if nugget else (),
        grades={id_: BEST_GRADE} if answers else {},
    )


def _answers(plain: Mapping[str, Any], context: str, where: str) -> Iterator[tuple[str, int]]:
    for answer in _list(plain, "answers", where):
        text = _words(answer, "text", where)
        start = answer.get("answer_start")
        if not isinstance(start, int) or start < 0 or context[start : start + len(text)] != text:
            raise CaseError(f"{where}: the answer {text!r} does not stand at {start!r} of its paragraph")
        yield text, start


def _place(context: str, start: int, length: int, where: str) -> Place:
    for number, span in enumerate(blocks(context)):
        if span.holds(Span(start, start + length)):
            return Place(paragraph=number, start=start - span.start, length=length)
    raise CaseError(f"{where}: the answer at {start} goes over the end of a paragraph")


def write_squad(path: Path, cases: Sequence[Case], sources: Sequence[Source], language: Language) -> None:
    """Write the questions of one language, and the documents in it, as SQuAD 2.0.

    A question has the id of its pair, and is put to the first document that answers it, or, if none does, to the first
    of all.

    Raises: ValueError if a question's place is not known, or there is no document in that language.
    """
    texts = {source.id: source.texts[language] for source in sources if language in source.texts}
    if not texts:
        raise ValueError(f"no document has a text in {language!r}")
    asked: dict[str, list[dict[str, Any]]] = {id_: [] for id_ in texts}
    for case in (case for case in cases if case.language == language):
        asked[case.document_id or next(iter(texts))].append(_question(case, texts))
    articles: dict[str, list[dict[str, Any]]] = {}
    for source in sources:
        if source.id in texts:
            paragraph = {"context": texts[source.id], "qas": asked[source.id]}
            articles.setdefault(source.title or source.id, []).append(paragraph)
    data = [{"title": title, "paragraphs": paragraphs} for title, paragraphs in articles.items()]
    path.write_text(json.dumps({"version": _VERSION, "data": data}, ensure_ascii=False), encoding="utf-8")


def _question(case: Case, texts: Mapping[str, str]) -> dict[str, Any]:
    answers = []
    for evidence in case.evidence:
        place = evidence.answers.get(case.language)
        if place is None or evidence.document_id != case.document_id:
            raise ValueError(f"question {case.id!r}: the place of its answer in one document is not known")
        text = texts[evidence.document_id]
        start = blocks(text)[place.paragraph].start + place.start
        answers.append({"text": text[start : start + place.length], "answer_start": start})
    return {"id": case.pair, "question": case.question, "answers": answers, "is_impossible": not case.answerable}


def languages(paths: Sequence[Path]) -> dict[Language, Path]:
    """Files by the language that their names end in, as in `xquad.ru.json`.

    Raises: CaseError for a name without one, or two files of one language.
    """
    found: dict[Language, Path] = {}
    for path in paths:
        language = next((x for x in LANGUAGES if path.stem.endswith(f".{x}")), None)
        if language is None or language in found:
            raise CaseError(f"'{path}': a file for each language is wanted, named like 'xquad.ru.json'")
        found[language] = path
    return found
