"""Days that a limit in words can mean: "before June" as the last day that may be, "since August 1949" as the first."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from index.days import dates
from index.document import Language
from rag.errors import QuestionError

MARK = "\ue000"  # stands for a date; of no script, and in no question
_NOT_A_VERB = re.compile(r"\b(?:before|after|from|only|until)(?= May\b)", re.IGNORECASE)  # "may" is a verb without them
_NO_YEAR: dict[Language, str] = {
    "en": "of which year? write the limit with its year, such as: before June 1950",
    "ru": "какого года? назовите предел вместе с годом, например: до июня 1950 года",
}


@dataclass(frozen=True, slots=True)
class Days:
    """The first and the last day that a date in words can mean."""

    first: date
    last: date

    @property
    def eve(self) -> date:
        """The day before the first."""
        return self.first - timedelta(days=1)

    @property
    def morrow(self) -> date:
        """The day after the last."""
        return self.last + timedelta(days=1)


def marked(language: Language, text: str) -> tuple[str, tuple[str, ...]]:
    """`text` with a MARK for each date, and the keys of these dates in their order."""
    plain = text.replace(MARK, " ")
    found = list(dates(language, _NOT_A_VERB.sub(lambda word: "in".rjust(len(word[0])), plain)))
    for span, _ in reversed(found):
        plain = plain[: span.start] + MARK + plain[span.end :]
    return plain, tuple(key for _, key in found)


def days(key: str, year: int | None, language: Language) -> Days:
    """The days of a date by its key (`index.days`); one without a year is of `year`.

    Raises: QuestionError if no year is known, or there never was such a day.
    """
    if key.startswith("--"):
        if year is None:
            raise QuestionError(_NO_YEAR[language])
        key = f"{year}{key[1:]}"
    if key.endswith("s"):
        return Days(date(int(key[:-1]), 1, 1), date(int(key[:-1]) + 9, 12, 31))
    parts = [int(part) for part in key.split("-")]
    try:
        if len(parts) == 1:
            return Days(date(parts[0], 1, 1), date(parts[0], 12, 31))
        if len(parts) == 2:
            last = calendar.monthrange(parts[0], parts[1])[1]
            return Days(date(parts[0], parts[1], 1), date(parts[0], parts[1], last))
        day = date(parts[0], parts[1], parts[2])
        return Days(day, day)
    except ValueError as error:
        raise QuestionError(f"{key} is no date: {error}; correct the limit") from error
