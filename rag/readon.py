"""What stands around the best passage: read as well where a list, reasons or a course of events is asked for.

A text says once whom and what it is about, and then gives its reasons, or goes on to tell, without a word of that.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.store import Index
from rag.evidence import Evidence, weigh
from rag.extractive.wish import wish
from rag.question import Question
from rag.retrieve import Hit, Search
from rag.sentences import SentenceBook

_AROUND = 4  # passages before and after the best; a passage has some 700 characters, a page two or three of them


def read_on(
    question: Question, search: Search, evidence: Sequence[Evidence], book: SentenceBook, index: Index
) -> list[Evidence]:
    """The evidence with that of the passages around the best, most relevant first; as it is, where one thing is asked.

    Cost: as that of `weigh`, for _AROUND passages before and as many after.
    """
    wished = wish(question.language, question.text)
    if not evidence or not (wished.several or wished.cause or wished.course):
        return list(evidence)
    around = tuple(_around(question, evidence, index))
    more = weigh(question, replace(search, hits=around), book, index)
    return sorted([*evidence, *more], key=lambda found: -found.relevance)


def _around(question: Question, evidence: Sequence[Evidence], index: Index) -> Iterator[Hit]:
    best = evidence[0].hit
    known = {found.hit.passage.id for found in evidence}
    passages = index.catalogue.passages(best.document)
    at = next(n for n, passage in enumerate(passages) if passage.id == best.passage.id)
    for passage in passages[max(0, at - _AROUND) : at + _AROUND + 1]:
        if passage.id not in known and any(language in passage.spans for language in question.filters.languages):
            yield replace(best, passage=passage, rank=len(known) + 1, found_by={})
