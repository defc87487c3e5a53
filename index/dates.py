"""Dates as archives print them: whole ("September 24, 1949"), month only, or year only."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

_MONTHS = {name.casefold(): n for n, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.casefold(): n for n, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
RUSSIAN_MONTHS = (  # as they stand in a date
    *("января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа"),
    *("сентября", "октября", "ноября", "декабря"),
)
MONTH_NAMES = frozenset((*_MONTHS, *RUSSIAN_MONTHS))  # in small letters
_MONTH = r"(?P<month>[A-Za-z]+)\.?"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"{_MONTH}\s+(?P<day>\d{{1,2}}),?\s+(?P<year>\d{{4}})",  # September 24, 1949
        rf"(?P<day>\d{{1,2}})\s+{_MONTH},?\s+(?P<year>\d{{4}})",  # 24 September 1949
        rf"{_MONTH},?\s+(?P<year>\d{{4}})",  # September 1949
        r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?",  # 1949, 1949-09, 1949-09-24
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoricalDate:
    """A date as known: `text` as printed, and the first and last day it can mean."""

    text: str
    earliest: date
    latest: date

    def __post_init__(self) -> None:
        if self.earliest > self.latest:
            raise ValueError(f"{self.earliest} is later than {self.latest}")


def parse_date(text: str) -> HistoricalDate | None:
    """The date that `text` prints, or None if it is not in a form this module knows.

    Raises: ValueError if it has the form of a date that never was, such as February 30.
    """
    printed = " ".join(text.split()).strip(" .,")
    for form in _FORMS:
        if match := form.fullmatch(printed):
            parts = match.groupdict()
            month = parts.get("month")
            if month and not month.isdigit() and month.casefold() not in _MONTHS:
                return None
            number = int(month) if month and month.isdigit() else _MONTHS.get((month or "").casefold())
            return _between(printed, int(parts["year"]), number, parts.get("day"))
    return None


def _between(text: str, year: int, month: int | None, day: str | None) -> HistoricalDate:
    if month is None:
        return HistoricalDate(text=text, earliest=date(year, 1, 1), latest=date(year, 12, 31))
    if not 1 <= month <= 12:
        raise ValueError(f"{text!r} is not a date: a year has no month {month}")
    last = calendar.monthrange(year, month)[1]
    if day is None:
        return HistoricalDate(text=text, earliest=date(year, month, 1), latest=date(year, month, last))
    if not 1 <= int(day) <= last:
        raise ValueError(f"{text!r} is not a date: {calendar.month_name[month]} {year} has {last} days")
    exact = date(year, month, int(day))
    return HistoricalDate(text=text, earliest=exact, latest=exact)
