"""Composers: from what was found to a draft. The default chooses sentences and writes none."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from rag.answer import Quotation, Sentence, Written
from rag.evidence import Evidence, Weighed
from rag.phrases import source_line
from rag.question import Question
from rag.verify import LEAST_QUOTED_WORDS

MOST_QUOTATIONS = 4  # of an answer; more are not read
_NEAR_BEST = 0.6  # of the best sentence's score; what bears less on the question is left out


class Composer(Protocol):
    """Drafts an answer from relevant evidence; what it writes between quotations is its own."""

    @property
    def name(self) -> str:
        """What it is called in records."""
        ...

    @property
    def model(self) -> str | None:
        """The name of the language model that writes; None if none does."""
        ...

    def write(self, question: Question, evidence: Sequence[Evidence]) -> Iterator[Written]:
        """The draft, piece by piece as it is made; `evidence` is not empty, most relevant first.

        Every Sentence may be preceded by the Words that it begins with, and by those of its quotations that are known
        already, so that a reader sees it grow. Closing the iterator stops the work.

        Raises: LanguageModelError, at any piece.
        """
        ...


class ExtractiveComposer:
    """Chooses the sentences that bear most on the question and lets them speak. Deterministic."""

    name = "extractive"
    model = None

    def write(self, question: Question, evidence: Sequence[Evidence]) -> Iterator[Written]:
        """See Composer."""
        told = [s for found in evidence for s in found.sentences if len(_words(s).split()) >= LEAST_QUOTED_WORDS]
        ranked = sorted(told, key=lambda sentence: -sentence.score)[:MOST_QUOTATIONS]
        best = ranked[0].score if ranked else 0.0
        chosen = [s for s in ranked if s.score >= best - (1 - _NEAR_BEST) * abs(best)]
        yield from (_sentence(question, sentence) for sentence in chosen)


def _sentence(question: Question, chosen: Weighed) -> Sentence:
    quotation = Quotation(
        document_id=chosen.hit.document.id, language=chosen.language, words=_words(chosen), span=chosen.span
    )
    return Sentence(text=source_line(chosen.hit.document, question.language), quotations=(quotation,))


def _words(sentence: Weighed) -> str:
    return sentence.span.of(sentence.hit.document.texts[sentence.language])
