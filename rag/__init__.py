"""Everything that happens for one question: Question -> Hits -> Draft -> verified Answer.

Where a change belongs:
    question, conversation (talk/)        what is asked, by itself or in a conversation
    retrieve, fuse, choice, rerank        which passages are found
    signals, evidence, kinds, confidence  how far they bear on the question, and whether it is answered at all
    compose (extractive/)                 what the documents alone say
    pointing (pointed/), llm (models/)    what a language model writes, and how it is reached
    answering, verify, answer, phrases    what of it may be shown
    pipeline                              all of it in one place
    consult, lookup, quote, located ...   from a reference or a quotation to its places
    record, saved, keeping, reopened      answers as JSON, kept and opened again
    cite, entry, export, dating           citations in many styles

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
