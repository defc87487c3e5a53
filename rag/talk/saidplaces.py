"""Archives, fonds, persons and collections that a reader's limit names."""

import re

from index.archives import ArchiveTable, load_table
from index.document import Document
from index.store import Index
from index.tokens import tokens
from rag.question import Filters
from rag.talk.saidlimits import Change

_FOND = re.compile(
    r",?\s*(?:fonds?|f|фонд\w{0,2}|ф)\b\.?\s*(?P<fond>\d+\w*)"
    r"(?:,?\s*(?:opis|op|опис\w|оп)\b\.?\s*(?P<opis>\d+\w*))?"
    r"(?:,?\s*(?:delo|d|дел\w|д)\b\.?\s*(?P<delo>\d+\w*))?",
    re.IGNORECASE,
)
_NAMING = re.compile(
    r"(?:(?:that|which) )?(?:mention(?:s|ing)?|nam(?:e|es|ing))\s+(?P<en>(?-i:[^\W\d_a-z])[^,;?!]*)"
    r"|(?:с упоминанием|(?:где|в которых) упомина\w+|упоминающи\w+)\s+(?P<ru>(?-i:[^\W\d_а-яё])[^,;?!]*)",
    re.IGNORECASE,
)
_COLLECTION = re.compile(
    r"(?:the )?(?:collection|собрани\w+|коллекци\w+)\s+[«\"“]?(?P<name>[^»\"”,;?]+)[»\"”]?", re.IGNORECASE
)
_NUMBERED = re.compile(r"(?:document|документ\w*)\s+(?:no\.?\s*|№\s*)?(?P<id>[\w-]+)", re.IGNORECASE)
_LONGEST = 200  # characters that a name of an archive is looked for in
_ARCHIVE_WORD = re.compile(r"\s+(?:archives?|архив\w*)", re.IGNORECASE)


class Places:
    """Reads what a text begins with: an archive, a fond, a person, a collection, or a document told by its number."""

    def __init__(self, index: Index, filters: Filters, document: Document | None) -> None:
        self._index, self._filters, self._document = index, filters, document

    def __call__(self, text: str) -> tuple[Change, int]:
        """The limit that begins `text`, and how many characters name it; none, and 0."""
        if found := _NAMING.match(text):
            return Change(set={"persons": ((found["en"] or found["ru"]).strip(),)}), found.end()
        if found := _COLLECTION.match(text):
            return Change(set={"collections": (found["name"].strip(),)}), found.end()
        if (found := _NUMBERED.match(text)) and self._index.catalogue.titles([found["id"]]):
            return Change(set={"documents": (found["id"],)}), found.end()
        return self._archive(text)

    def _archive(self, text: str) -> tuple[Change, int]:
        name, end = self._named(text)
        fond = _FOND.match(text, end)
        if fond and (holder := name or self._usual()):
            parts = (("f.", fond["fond"]), ("op.", fond["opis"]), ("d.", fond["delo"]))
            told = ", ".join((holder, *(f"{label} {number}" for label, number in parts if number)))
            return Change(set={"fonds": (told,)}), fond.end()
        if not name:
            return Change(), 0
        word = _ARCHIVE_WORD.match(text, end)
        return Change(set={"archives": (name,)}), word.end() if word else end

    def _named(self, text: str) -> tuple[str, int]:
        """The archive whose name begins `text`, and its length; "" and 0 if none does."""
        for held in sorted(self._index.catalogue.archives(), key=len, reverse=True):
            after = text[len(held) : len(held) + 1]
            if text[: len(held)].casefold() == held.casefold() and not after.isalnum():
                return text[: len(held)], len(held)
        mentions = _table(self._index).mentions(tokens(text[:_LONGEST]))
        if mentions and mentions[0].start == 0:
            return text[: mentions[0].end], mentions[0].end
        return "", 0

    def _usual(self) -> str:
        """The archive that a fond without one is of: the one that limits the search, or that was cited last."""
        if self._filters.archives:
            return self._filters.archives[0]
        references = self._document.references if self._document else ()
        return next((reference.archive for reference in references if reference.archive), "")


def _table(index: Index) -> ArchiveTable:
    return load_table(index.home)
