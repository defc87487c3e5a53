"""Everything that happens before a question is asked: archive files -> documents -> a searchable index on disk."""

from index.build import BuildReport, update
from index.check import CheckReport, check, repair
from index.document import LANGUAGES, ArchivalReference, Document, Language, Passage, Span
from index.embed import EmbedderSettings
from index.errors import ArchiveError
from index.store import Index

__all__ = [
    "LANGUAGES",
    "ArchivalReference",
    "ArchiveError",
    "BuildReport",
    "CheckReport",
    "Document",
    "EmbedderSettings",
    "Index",
    "Language",
    "Passage",
    "Span",
    "check",
    "repair",
    "update",
]
