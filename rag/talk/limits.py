"""The limits that hold in a conversation, one by one, so that a reader can see each and remove it."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from index.dates import HistoricalDate
from index.document import LANGUAGES, Language
from rag.dating import dated
from rag.question import Filters

LimitKind = Literal["after", "before", "languages", "archives", "fonds", "persons", "collections", "documents"]
NAMED: tuple[LimitKind, ...] = ("archives", "fonds", "persons", "collections", "documents")  # of these one is enough
_FORMS: dict[Language, dict[LimitKind, str]] = {
    "en": {
        "after": "from {}",
        "before": "until {}",
        "languages": "in {} only",
        "archives": "archive {}",
        "fonds": "under {}",
        "persons": "naming {}",
        "collections": "collection {}",
        "documents": "document {}",
    },
    "ru": {
        "after": "с {}",
        "before": "по {}",
        "languages": "только {} текст",
        "archives": "архив {}",
        "fonds": "шифр {}",
        "persons": "с упоминанием: {}",
        "collections": "собрание {}",
        "documents": "документ {}",
    },
}
_TONGUES = {"en": {"ru": "Russian", "en": "English"}, "ru": {"ru": "русский", "en": "английский"}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """One limit: the field of Filters that it is of, and its value there, a day as 1949-09-24."""

    kind: LimitKind
    value: str

    def label(self, language: Language) -> str:
        """How it is shown: "until May 31, 1950", «по 31 мая 1950 г.»."""
        return _FORMS[language][self.kind].format(self._shown(language))

    def _shown(self, language: Language) -> str:
        if self.kind == "languages":
            return _TONGUES[language][self.value]
        return dated(_day(self.value), language) if self.kind in ("after", "before") else self.value


def limits(filters: Filters) -> tuple[Limit, ...]:
    """The limits that `filters` set, always in the same order; none if all is searched."""
    days: tuple[tuple[LimitKind, date | None], ...] = (("after", filters.after), ("before", filters.before))
    found = [Limit(kind=kind, value=str(day)) for kind, day in days if day]
    if len(filters.languages) < len(LANGUAGES):
        found += [Limit(kind="languages", value=language) for language in filters.languages]
    found += [Limit(kind=kind, value=value) for kind in NAMED for value in getattr(filters, kind)]
    return tuple(found)


def without(filters: Filters, kind: LimitKind, value: str) -> Filters:
    """`filters` but for one limit; the same if they do not set it."""
    if Limit(kind=kind, value=value) not in limits(filters):
        return filters
    left: dict[str, Any]
    if kind in ("after", "before"):
        left = {kind: None}
    elif kind == "languages":
        left = {kind: LANGUAGES}
    else:
        left = {kind: tuple(one for one in getattr(filters, kind) if one != value)}
    return replace(filters, **left)


def _day(value: str) -> HistoricalDate:
    day = date.fromisoformat(value)
    return HistoricalDate(earliest=day, latest=day, text=value)
