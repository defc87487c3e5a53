"""Test archives whose right alignment is known: `archive/`, `alignment.jsonl` and `questions.jsonl` in one folder.

`alignment.jsonl` has for each document its `pairs` of Russian and English paragraph numbers, from 0. Each line of
`questions.jsonl` has `document_id`, and by language `answers`, each with its `paragraph`, its `start` there and its
`text`, and `evidence`, the sentence that holds it; a `pair` of questions shares them.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.document import LANGUAGES, Document, Language, Span
from index.errors import ArchiveError
from index.read import read
from index.sources import find_sources

Paragraphs = tuple[tuple[int, ...], tuple[int, ...]]  # numbers, from 0, of Russian and of English paragraphs


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A document, which of its paragraphs face each other, and pairs of sentences that do."""

    document: Document
    paragraphs: frozenset[Paragraphs]
    evidence: tuple[dict[Language, Span], ...]


def gold_documents(folder: Path) -> Iterator[GoldDocument]:
    """The bilingual documents of a test archive.

    Raises: ArchiveError if the folder is no test archive, or its gold does not fit its documents.
    """
    try:
        pairs = {line["document_id"]: line["pairs"] for line in _lines(folder / "alignment.jsonl")}
        questions: dict[str, dict[str, dict[str, Any]]] = {}
        for line in _lines(folder / "questions.jsonl"):
            questions.setdefault(line["document_id"], {})[line["pair"]] = line
        for file in find_sources([folder / "archive"]).files:
            document = read(file.path, file.path.read_bytes(), file.sha256).document
            if len(document.texts) == len(LANGUAGES):
                facing = frozenset((tuple(ru), tuple(en)) for ru, en in pairs[document.id])
                asked = questions.get(document.id, {}).values()
                evidence = tuple(found for line in asked if (found := _evidence(document, line)))
                yield GoldDocument(document, facing, evidence)
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        raise ArchiveError(f"'{folder}' is no test archive with its gold alignment: {error!r}") from error


def _lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def _evidence(document: Document, question: dict[str, Any]) -> dict[Language, Span]:
    """Where the sentences stand that hold the answer; empty if the document lacks one of them."""
    found = {}
    for language in LANGUAGES:
        answer, words = question["answers"][language], question["evidence"][language]
        if words is None:
            return {}
        paragraph = document.paragraphs(language)[answer["paragraph"]]
        text, end = paragraph.of(document.texts[language]), answer["start"] + len(answer["text"])
        start = text.index(words, max(0, end - len(words)))  # the first that can hold the answer
        found[language] = Span(start, start + len(words)).shifted(paragraph.start)
    return found
