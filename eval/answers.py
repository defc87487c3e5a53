"""An answer to be judged, whoever gave it: its sentences, what they quote, and what they cite.

Readers in `eval/forms` make this of Delo's own records, of the forms of TREC RAG and RAGAS, and of plain text.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from index.document import ArchivalReference, Language, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What an answer may be held against: a document, or any text. `texts` by language, "" where that is not known."""

    id: str
    texts: Mapping[str, str]
    title: str | None = None
    date: str | None = None
    references: tuple[ArchivalReference, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """Words that a sentence gives as quoted, at `span` of the sentence.

    `source`, `language` and `place` tell where they are said to stand, as far as the answer says so itself.
    """

    words: str
    span: Span
    source: str | None = None
    language: Language | None = None
    place: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A citation as printed, at `span` of the sentence or None if it stands apart from the text.

    `source` is the id of the source that it names outright; `references` are those read from its words.
    """

    text: str
    span: Span | None = None
    source: str | None = None
    references: tuple[ArchivalReference, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerSentence:
    """A sentence of an answer with what it quotes and cites, in order."""

    text: str
    quotations: tuple[Quoted, ...] = ()
    citations: tuple[Cited, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenAnswer:
    """An answer to be judged.

    `refused` tells whether it says that there is no answer; None if its form has no such flag. `sources` are texts that
    came with it, as sent to whoever answered, most relevant first; `confidence`, 0 to 1, if it tells one.
    """

    id: str
    question: str
    language: Language | None
    sentences: tuple[AnswerSentence, ...]
    refused: bool | None = None
    sources: tuple[Source, ...] = ()
    confidence: float | None = None
