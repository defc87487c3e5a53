"""Everything that happens for one question: Question -> Hits -> Draft -> verified Answer.

Names are imported when they are first used, so that a refusal does not wait for numpy.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rag.answer import Answer, Citation, Draft, Quotation, Sentence, Statement, Withheld
    from rag.compose import Composer, ExtractiveComposer
    from rag.pipeline import Pipeline
    from rag.question import Filters, Question
    from rag.record import answer_record
    from rag.retrieve import Hit, Search

__all__ = [
    "Answer",
    "Citation",
    "Composer",
    "Draft",
    "ExtractiveComposer",
    "Filters",
    "Hit",
    "Pipeline",
    "Question",
    "Quotation",
    "Search",
    "Sentence",
    "Statement",
    "Withheld",
    "answer_record",
]

_HOMES = {
    "Answer": "rag.answer",
    "Citation": "rag.answer",
    "Composer": "rag.compose",
    "Draft": "rag.answer",
    "ExtractiveComposer": "rag.compose",
    "Filters": "rag.question",
    "Hit": "rag.retrieve",
    "Pipeline": "rag.pipeline",
    "Question": "rag.question",
    "Quotation": "rag.answer",
    "Search": "rag.retrieve",
    "Sentence": "rag.answer",
    "Statement": "rag.answer",
    "Withheld": "rag.answer",
    "answer_record": "rag.record",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
