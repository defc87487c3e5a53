"""Everything that happens for one question: Question -> Hits -> Draft -> verified Answer."""

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
