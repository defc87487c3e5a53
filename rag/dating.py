"""Dates of documents in the words of a language: September 24, 1949, «24 сентября 1949 г.», «сентябрь 1949 г.»."""

import calendar
from datetime import date

from index.dates import HistoricalDate
from index.document import Language

_ENGLISH = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_RUSSIAN = (
    *("январь", "февраль", "март", "апрель", "май", "июнь"),
    *("июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"),
)
_RUSSIAN_OF = (  # the month of a day stands in the genitive
    *("января", "февраля", "марта", "апреля", "мая", "июня"),
    *("июля", "августа", "сентября", "октября", "ноября", "декабря"),
)


def dated(date: HistoricalDate, language: Language) -> str:
    """The date in words, as exact as it is known."""
    if parts := whole(date):
        return _words(parts, language)
    between = " – " if language == "ru" else "–"
    return between.join(_words((day.year, day.month, day.day), language) for day in (date.earliest, date.latest))


def whole(date: HistoricalDate) -> tuple[int, ...]:
    """(year, month, day), (year, month) or (year,) of a date that is a day, a month or a year; else nothing."""
    first, last = date.earliest, date.latest
    parts = certain(date)
    spans = {3: (first, last), 2: _month(first), 1: _year(first)}
    return parts if spans.get(len(parts)) == (first, last) else ()


def certain(date: HistoricalDate) -> tuple[int, ...]:
    """Those of year, month and day that every day of `date` has in common."""
    first, last = date.earliest, date.latest
    if first.year != last.year:
        return ()
    if first.month != last.month:
        return (first.year,)
    return (first.year, first.month, first.day) if first == last else (first.year, first.month)


def _month(day: date) -> tuple[date, date]:
    return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _year(day: date) -> tuple[date, date]:
    return date(day.year, 1, 1), date(day.year, 12, 31)


def _words(parts: tuple[int, ...], language: Language) -> str:
    year, month, day = (*parts, None, None)[:3]
    if month is None:
        return f"{year} г." if language == "ru" else f"{year}"
    if language == "ru":
        return f"{_RUSSIAN[month - 1]} {year} г." if day is None else f"{day} {_RUSSIAN_OF[month - 1]} {year} г."
    return f"{_ENGLISH[month - 1]} {year}" if day is None else f"{_ENGLISH[month - 1]} {day}, {year}"
