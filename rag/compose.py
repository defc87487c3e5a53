"""Composers: from what was found to a draft. The default chooses sentences and writes none."""

from collections.abc import Sequence
from typing import Protocol

from rag.answer import Draft, Quotation, Sentence
from rag.evidence import Evidence, Weighed
from rag.phrases import source_line
from rag.question import Question
from rag.verify import LEAST_QUOTED_WORDS

MOST_QUOTATIONS = 4  # of an answer; more are not read
_NEAR_BEST = 0.6  # of the best sentence's score; what bears less on the question is left out


class Composer(Protocol):
    """Drafts an answer from relevant evidence; what it writes between quotations is its own."""

    name: str

    def compose(self, question: Question, evidence: Sequence[Evidence]) -> Draft:
        """A draft; `evidence` is not empty, most relevant first."""
        ...


class ExtractiveComposer:
    """Chooses the sentences that bear most on the question and lets them speak. Deterministic."""

    name = "extractive"

    def compose(self, question: Question, evidence: Sequence[Evidence]) -> Draft:
        """See Composer."""
        told = [s for found in evidence for s in found.sentences if len(_words(s).split()) >= LEAST_QUOTED_WORDS]
        ranked = sorted(told, key=lambda sentence: -sentence.score)[:MOST_QUOTATIONS]
        best = ranked[0].score if ranked else 0.0
        chosen = [s for s in ranked if s.score >= best - (1 - _NEAR_BEST) * abs(best)]
        return Draft(composer=self.name, sentences=tuple(_sentence(question, s) for s in chosen))


def _sentence(question: Question, chosen: Weighed) -> Sentence:
    quotation = Quotation(
        document_id=chosen.hit.document.id, language=chosen.language, words=_words(chosen), span=chosen.span
    )
    return Sentence(text=source_line(chosen.hit.document, question.language), quotations=(quotation,))


def _words(sentence: Weighed) -> str:
    return sentence.span.of(sentence.hit.document.texts[sentence.language])
