"""When documents were written, as a picture: a table of years and months, or of decades and years, with bars; pure.

A bar is a link that shows the documents of its time alone. The table says in numbers what the bars show, so that it is
its own alternative in words.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from index.listing import Dated
from ui.messages import Words
from ui.messages import reading as words
from ui.page.frame import said

MOST_YEARS_BY_MONTH = 10  # as many rows stand above a list without hiding it
_LEAST_BAR = 4  # hundredths of the highest bar: one document among hundreds is still seen

Span = tuple[str | None, str | None]  # the first and last day, as ISO prints them
Address = Callable[[str, str], str]  # of the documents between two dates, as an attribute has it


@dataclass(frozen=True, slots=True)
class _Cell:
    """A month or a year: its name, its date as ISO prints it, and its documents."""

    name: Words
    date: str
    count: int


@dataclass(frozen=True, slots=True)
class _Row:
    """A year or a decade: its name, its first and last month or year, and its cells in order."""

    name: str
    after: str
    before: str
    cells: tuple[_Cell, ...]


def timeline_html(documents: Sequence[Dated], span: Span, address: Address, undated: str) -> str:
    """When `documents` were written, by month where few years are shown, else by year.

    Shown are the years that `span` touches; where it leaves both ends open, those of the documents. `address` gives the
    links of the bars, `undated` is that of the documents without a date.
    """
    placed = [one for one in documents if one.earliest and one.latest]
    if not placed:
        return _told(documents, 0, words.LONGER, undated)
    whole = _years(placed, (None, None))
    shown = _years(placed, span)
    by_month = len(shown) <= MOST_YEARS_BY_MONTH
    digits = 7 if by_month else 4
    counts = Counter(str(one.earliest)[:digits] for one in placed if _within_one(one, digits))
    rows = list(_months(shown, counts) if by_month else _decades(shown, counts))
    wide = sum(not _within_one(one, digits) and _touches(one, shown) for one in placed)
    wider = ""
    if shown != whole:
        told = said(words.WHOLE_TIME, whole[0], whole[-1])
        wider = f'<p class="aside"><a href="{address("", "")}">{told}</a></p>'
    table = _table(rows, span, address, by_month=by_month)
    notes = _told(documents, wide, words.YEAR_ALONE if by_month else words.LONGER, undated)
    head = f'<h2 id="timeline">{said(words.TIMELINE)}</h2>'
    return f'<section class="timeline" aria-labelledby="timeline">{head}{wider}{table}{notes}</section>'


def _years(placed: Sequence[Dated], span: Span) -> range:
    """The years that the documents' dates, or the days asked for, begin and end in."""
    first = min(str(one.earliest) for one in placed) if span[0] is None else span[0]
    last = max(str(one.latest) for one in placed) if span[1] is None else span[1]
    start, end = int(first[:4]), int(last[:4])
    return range(min(start, end), max(start, end) + 1)


def _within_one(one: Dated, digits: int) -> bool:
    """Whether the date lies within one month, or one year."""
    return str(one.earliest)[:digits] == str(one.latest)[:digits]


def _touches(one: Dated, years: range) -> bool:
    return int(str(one.earliest)[:4]) <= years[-1] and int(str(one.latest)[:4]) >= years[0]


def _months(years: range, counts: Counter[str]) -> Iterator[_Row]:
    for year in years:
        cells = []
        for number, month in enumerate(words.MONTHS, 1):
            date = f"{year:04}-{number:02}"
            cells.append(_Cell({language: f"{told} {year}" for language, told in month.items()}, date, counts[date]))
        yield _Row(str(year), f"{year:04}", f"{year:04}", tuple(cells))


def _decades(years: range, counts: Counter[str]) -> Iterator[_Row]:
    for decade in range(years[0] // 10 * 10, years[-1] + 1, 10):
        cells = tuple(
            _Cell({"en": str(year), "ru": str(year)}, f"{year:04}", counts[f"{year:04}"])
            for year in range(decade, decade + 10)
        )
        yield _Row(str(decade), f"{decade:04}", f"{decade + 9:04}", cells)


def _table(rows: Sequence[_Row], span: Span, address: Address, *, by_month: bool) -> str:
    highest = max((cell.count for row in rows for cell in row.cells), default=0)
    heads = "".join(f'<th scope="col">{head}</th>' for head in _heads(by_month=by_month))
    corner = said(words.YEAR if by_month else words.DECADE)
    body = "".join(_row(row, highest, span, address) for row in rows)
    return (
        f'<table class="{"months" if by_month else "years"}">'
        f'<thead><tr><th scope="col">{corner}</th>{heads}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


def _heads(*, by_month: bool) -> list[str]:
    if not by_month:
        return [f"…{digit}" for digit in range(10)]
    return [said({language: name[:3] for language, name in month.items()}) for month in words.MONTHS]


def _row(row: _Row, highest: int, span: Span, address: Address) -> str:
    count = sum(cell.count for cell in row.cells)
    name = f'<a href="{address(row.after, row.before)}">{row.name}</a>' if count else row.name
    cells = "".join(_cell(cell, highest, span, address) for cell in row.cells)
    return f'<tr><th scope="row">{name}</th>{cells}</tr>'


def _cell(cell: _Cell, highest: int, span: Span, address: Address) -> str:
    """A bar as high as its part of the highest, and its number; nothing where there are no documents."""
    if not cell.count:
        return "<td></td>"
    height = max(_LEAST_BAR, round(100 * cell.count / highest))
    bar = (
        '<svg viewBox="0 0 10 100" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        f'<rect y="{100 - height}" width="10" height="{height}"></rect></svg>'
    )
    told = f'<span class="unseen">{said(cell.name)}: </span><span class="number">{cell.count}</span>'
    chosen = ' aria-current="true"' if _chosen(cell.date, span) else ""
    return f'<td><a href="{address(cell.date, cell.date)}"{chosen}>{bar}{told}</a></td>'


def _chosen(date: str, span: Span) -> bool:
    """Whether a month or year lies within the days asked for."""
    after, before = span
    if after is None and before is None:
        return False
    return (after is None or date >= after[: len(date)]) and (before is None or date <= before[: len(date)])


def _told(documents: Sequence[Dated], wide: int, label: Words, undated: str) -> str:
    """How many documents are in none of the bars, and why."""
    without = sum(one.earliest is None for one in documents)
    notes = [f"<li>{said(label, wide)}</li>"] if wide else []
    notes += [f'<li><a href="{undated}">{said(words.UNDATED, without)}</a></li>'] if without else []
    return f'<ul class="aside">{"".join(notes)}</ul>' if notes else ""
