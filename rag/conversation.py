"""A conversation: what was asked and found so far, and how the next question is understood by it."""

from dataclasses import dataclass, field, replace

from index.store import Index
from rag.answer import Answer
from rag.limits import Limit, limits, without
from rag.llm import LanguageModel
from rag.question import Filters, Question

__all__ = ["Conversation", "Limit", "Turn", "limits", "understand", "without"]

MOST_TURNS = 8  # that are remembered; a question that leans on an older one is rare


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
        quoted = [c.words for s in answer.statements for c in s.citations]
        turn = Turn(
            question=answer.question,
            documents=tuple(document.id for document in answer.documents),
            sentences=tuple(quoted[:3]),
            abstained=answer.abstained,
        )
        return replace(self, turns=(*self.turns, turn)[-MOST_TURNS:], filters=answer.question.filters)


def understand(text: str, conversation: Conversation, index: Index, model: LanguageModel | None = None) -> Question:
    """The question that `text` asks in a conversation: complete by itself, within the filters that hold.

    Its `asked` is `text`, if it was understood as anything else. `model` helps, where one is given; what it makes of
    the question is taken only if every name, number and date of it was said before.

    Raises: QuestionError as Question.of.
    """
    return Question.of(text, conversation.filters)
