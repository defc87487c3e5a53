"""What is remembered of a conversation: some turns, and of each no more than the next question may lean on."""

from dataclasses import dataclass, field, replace

from rag.answer import Answer
from rag.question import Filters, Question

MOST_TURNS = 8  # that are remembered; a question that leans on an older one is rare
MOST_SENTENCES = 3  # that are remembered of an answer
MOST_CHARS = 400  # of each


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A question as it was understood, its `asked` as it was written, and the documents of its answer in their order.

    `sentences` are the first words that were quoted, in the language of the question; few, for they are only leant on.
    """

    question: Question
    documents: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()
    abstained: bool = False

    @property
    def asked(self) -> str:
        """What its reader wrote."""
        return self.question.asked or self.question.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """The last MOST_TURNS turns, oldest first, and the filters that hold until their reader removes them."""

    turns: tuple[Turn, ...] = ()
    filters: Filters = field(default_factory=Filters)

    def after(self, answer: Answer) -> "Conversation":
        """The conversation with one answer more; the filters of its question go on to hold."""
        turn = Turn(
            question=answer.question,
            documents=tuple(document.id for document in answer.documents),
            sentences=_quoted(answer),
            abstained=answer.abstained,
        )
        return replace(self, turns=(*self.turns, turn)[-MOST_TURNS:], filters=answer.question.filters)


def _quoted(answer: Answer) -> tuple[str, ...]:
    """The first words quoted, in the language of the question where they stand in it too."""
    places = [
        c.parallel if c.parallel and c.language != answer.question.language else c
        for s in answer.statements
        for c in s.citations
    ]
    return tuple(place.words[:MOST_CHARS] for place in places[:MOST_SENTENCES])
