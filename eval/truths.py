"""The sentences of an archive that the generated support set is made of, each with the one that faces it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from index.document import LANGUAGES, Document, Language, SentenceBead, Span, other
from index.sentence import sentences
from index.store import Index

_LEAST = 5  # words: shorter sentences are signatures and headings
_SURE = 0.5  # confidence of the beads whose two sides are taken to say the same
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Truth:
    """A sentence of a document, in the text of a language; `facing` says the same in the other, if that is sure."""

    document: Document
    language: Language
    text: str
    facing: str | None


@dataclass(frozen=True)
class Archive:
    """The documents that a support set is made of, and their sentences."""

    documents: Sequence[Document]
    truths: Sequence[Truth]

    def of(self, language: Language) -> list[Truth]:
        """The sentences of one language, in the order of the documents and texts."""
        return [truth for truth in self.truths if truth.language == language]

    @cached_property
    def small(self) -> Mapping[Language, frozenset[str]]:
        """The words that the texts have in small letters, by language."""
        texts = {x: " ".join(d.texts.get(x, "") for d in self.documents) for x in LANGUAGES}
        return {x: frozenset(word for word in _WORD.findall(text) if word.islower()) for x, text in texts.items()}


def read_archive(index: Index) -> Archive:
    """The documents of an index in the order of their ids, and their sentences of five words or more.

    A sentence that stands in several documents is left out, for then a reference to either of them is right.

    Raises: IndexDamagedError.
    """
    documents = sorted(index.catalogue.documents(), key=lambda document: document.id)
    truths = [truth for d in documents for truth in _truths(d, index.catalogue.beads(d))]
    holders: dict[str, set[str]] = {}
    for truth in truths:
        for words in (truth.text, truth.facing):
            holders.setdefault(words or truth.text, set()).add(truth.document.id)
    alone = (t for t in truths if len(holders[t.text]) == len(holders[t.facing or t.text]) == 1)
    return Archive(documents, tuple(alone))


def _truths(document: Document, beads: Sequence[SentenceBead]) -> Iterator[Truth]:
    facing = _facing(document, beads)
    for language in document.languages:
        text = document.texts[language]
        for paragraph in document.paragraphs(language):
            for span in sentences(text, paragraph):
                words = span.of(text)
                if words.endswith(".") and "\n" not in words and len(_WORD.findall(words)) >= _LEAST:
                    yield Truth(document, language, words, facing[language].get(span))


def _facing(document: Document, beads: Sequence[SentenceBead]) -> Mapping[Language, Mapping[Span, str]]:
    """What faces each sentence that faces just one, without a departure between the two."""
    clean = [bead for bead in beads if len(bead.spans) == 2 and bead.confidence >= _SURE and not bead.departures]
    return {x: {b.spans[x]: b.spans[other(x)].of(document.texts[other(x)]) for b in clean} for x in LANGUAGES}
