"""Everything that happens before a question is asked: archive files -> documents -> a searchable index on disk.

What is where: update (build, plan, intake, sources, seal, check; for files of readers receive, received) · files
(read, citation, dates, document) · sentences and their pairs (sentence, units, embed, align with facing and sureness,
cut, passage, pack) · stores (catalogue with schema and rows, vectors, lexical, stores, store, generations, whole,
manifest, model) · references (reference with tokens, elements, labels, assemble, leaves, shelfmark, credits; places,
archives) · what a sentence says (particulars with numerals, days, capitals, negation; names with spelling, syllables)
· where a translation departs (departures with disagreement, unmatched, polarity, wordpairs) · words for finding (fold,
wording).

Names are imported when they are first used, so that a refusal does not wait for numpy.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.build import BuildReport, update
    from index.document import LANGUAGES, ArchivalReference, Document, Language, Passage, Span
    from index.errors import ArchiveError
    from index.model import EmbedderSettings
    from index.store import Index

__all__ = [
    "LANGUAGES",
    "ArchivalReference",
    "ArchiveError",
    "BuildReport",
    "Document",
    "EmbedderSettings",
    "Index",
    "Language",
    "Passage",
    "Span",
    "update",
]

_HOMES = {
    "ArchivalReference": "index.document",
    "ArchiveError": "index.errors",
    "BuildReport": "index.build",
    "Document": "index.document",
    "EmbedderSettings": "index.model",
    "Index": "index.store",
    "LANGUAGES": "index.document",
    "Language": "index.document",
    "Passage": "index.document",
    "Span": "index.document",
    "update": "index.build",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
