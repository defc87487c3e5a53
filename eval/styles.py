"""Old and New Style: two dates that may be one day in the Julian and the Gregorian calendar."""

from datetime import date

from index.days import dates
from index.document import LANGUAGES

_UNTIL = date(1918, 2, 14)  # New Style; Russia took it over on this day
_DAYS = (date(1900, 3, 14), 13), (date(1800, 3, 13), 12), (date(1700, 3, 12), 11)  # New Style from which, days apart


def are_styles(one: str, other: str) -> bool:
    """Whether two dates as printed may be one day: the calendars' difference apart, and before Russia changed hers."""
    days = sorted(day for day in (_day(one), _day(other)) if day)
    if len(days) < len((one, other)) or days[1] > _UNTIL:
        return False
    apart = next((apart for since, apart in _DAYS if days[1] >= since), None)
    return (days[1] - days[0]).days == apart


def _day(printed: str) -> date | None:
    for language in LANGUAGES:
        for _, key in dates(language, printed):
            try:
                return date.fromisoformat(key)
            except ValueError:
                continue
    return None
