"""A conversation: what was asked and found so far, and how the next question is understood by it."""

from index.store import Index
from rag.limits import Limit, LimitKind, limits, without
from rag.llm import LanguageModel
from rag.question import Question
from rag.turns import MOST_TURNS, Conversation, Turn

__all__ = ["MOST_TURNS", "Conversation", "Limit", "LimitKind", "Turn", "limits", "understand", "without"]


def understand(text: str, conversation: Conversation, index: Index, model: LanguageModel | None = None) -> Question:
    """The question that `text` asks in a conversation: complete by itself, within the filters that hold.

    Its `asked` is `text`, if it was understood as anything else. `model` helps, where one is given; what it makes of
    the question is taken only if every name, number and date of it was said before.

    Raises: QuestionError as Question.of.
    """
    return Question.of(text, conversation.filters)
