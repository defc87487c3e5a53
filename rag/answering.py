"""An answer while it is made: what a composer writes, and what of it may be shown, in the order in which it happens.

What a language model breaks off is withheld, what it got wrong is withheld; where nothing of it is left, the documents
alone speak. This proves nothing itself: every sentence passes the Gate of rag/verify.py.
"""

import time
from collections.abc import Iterator, Sequence

from index.document import Span
from rag.answer import Citation, Quotation, Remark, Sentence, Statement, Withheld, Words, Written
from rag.compose import Composer, ExtractiveComposer
from rag.errors import LanguageModelError
from rag.evidence import Evidence
from rag.phrases import broken_off, model_failed, model_unsound
from rag.question import Question
from rag.verify import Gate

MOST_TOLD = 500  # characters of what went wrong with a language model

Shown = Words | Citation | Statement | Withheld | Remark


class Writing:
    """What was drafted for `question`, and what became of it at the `gate`; `seconds` were spent on checking it."""

    def __init__(self, question: Question, gate: Gate) -> None:
        self._question = question
        self._gate = gate
        self._under_way = ""
        self.sentences: list[Sentence] = []
        self.outcomes: list[Statement | Withheld] = []
        self.remarks: list[str] = []
        self.seconds = 0.0

    def by(self, composer: Composer, evidence: Sequence[Evidence]) -> Iterator[Shown]:
        """What may be shown, as it comes.

        Words belong to the sentence under way, and so does a Citation; the Statement or Withheld that comes next
        replaces them. Nothing else that was shown is ever taken back. Where a language model fails, or nothing that
        it wrote is stated, the documents alone speak, and a Remark says why.
        """
        try:
            yield from self._written(composer, evidence)
        except LanguageModelError as error:
            yield from self._broken_off()
            yield from self._remarked(model_failed(str(error)[:MOST_TOLD], self._question.language))
        else:
            if composer.model is None or self.statements:
                return
            if self.sentences or not self.remarks:
                yield from self._remarked(model_unsound(self._question.language))
        yield from self._written(ExtractiveComposer(), evidence)

    @property
    def statements(self) -> list[Statement]:
        """The sentences that are stated."""
        return [outcome for outcome in self.outcomes if isinstance(outcome, Statement)]

    def _written(self, composer: Composer, evidence: Sequence[Evidence]) -> Iterator[Shown]:
        for piece in composer.write(self._question, evidence):
            yield from self._shown(piece)

    def _shown(self, piece: Written) -> Iterator[Shown]:
        match piece:
            case Words():
                self._under_way += piece.text
                yield piece
            case Quotation():
                if isinstance(cited := self._timed(piece), Citation):
                    yield cited
            case Sentence():
                self._under_way = ""
                if piece.voice == "model" or not self._repeats(piece):
                    yield from self._passed(piece)
            case Remark():
                yield from self._remarked(piece.text)

    def _timed(self, quotation: Quotation) -> Citation | str:
        start = time.perf_counter()
        cited = self._gate.cited(quotation)
        self.seconds += time.perf_counter() - start
        return cited

    def _passed(self, sentence: Sentence) -> Iterator[Statement | Withheld]:
        start = time.perf_counter()
        outcomes = [one for one in self._gate.passed(sentence) if not self._told(one)]
        self.seconds += time.perf_counter() - start
        self.sentences.append(sentence)
        self.outcomes += outcomes
        yield from outcomes

    def _repeats(self, sentence: Sentence) -> bool:
        """Whether all that a sentence quotes was quoted before."""
        asked = [(q.document_id, q.language, q.span) for q in sentence.quotations]
        return bool(asked) and self._quoted().issuperset(asked)

    def _told(self, outcome: Statement | Withheld) -> bool:
        """Whether a statement only quotes over again what was quoted before."""
        if isinstance(outcome, Withheld) or outcome.voice == "model":
            return False
        return self._quoted().issuperset((c.document.id, c.language, c.span) for c in outcome.citations)

    def _quoted(self) -> set[tuple[str, str, Span]]:
        return {(c.document.id, c.language, c.span) for s in self.statements for c in s.citations}

    def _broken_off(self) -> Iterator[Withheld]:
        """What was shown of a sentence that will not be finished."""
        if words := self._under_way.strip():
            broken = Withheld(text=words, reason=broken_off(self._question.language), voice="model")
            self._under_way = ""
            self.outcomes.append(broken)
            yield broken

    def _remarked(self, text: str) -> Iterator[Remark]:
        self.remarks.append(text)
        yield Remark(text=text)
