"""What is said in plain words to a verb or by a program: days, places, words and numbers within bounds."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from index.errors import ArchiveError

if TYPE_CHECKING:
    from index.document import Language, Span

MOST_NAMES = 50  # archives, persons, documents ... that one question may be limited to
MOST_NAME_CHARS = 500  # of one of them; the longest references in catalogues have some 200
_LONGEST_PLACE = 12  # digits; a text of so many characters does not exist


class ArgumentError(ArchiveError):
    """What was given for an argument is not of its form, or is too much."""


def day(said: str, *, first: bool) -> date:
    """The first or the last day that a date can mean: 1949, 1949-09, 1949-09-24.

    Raises: ArgumentError if it is none.
    """
    from index.dates import parse_date

    try:
        found = parse_date(said)
    except ValueError as error:
        raise ArgumentError(str(error)) from error
    if found is None:
        raise ArgumentError(f"{said!r} is not a date; write 1949, 1949-09 or 1949-09-24")
    return found.earliest if first else found.latest


def place(said: str) -> "tuple[Language, Span]":
    """The place that `ru:812-1001` names.

    Raises: ArgumentError if it is none.
    """
    from index.document import LANGUAGES, Span

    language, _, span = said.partition(":")
    start, _, end = span.partition("-")
    for known in LANGUAGES:
        if known == language and _is_number(start) and _is_number(end) and int(start) < int(end):
            return known, Span(int(start), int(end))
    raise ArgumentError(f"{said!r} is not a place; write it as ru:812-1001")


def text(name: str, given: object, most: int) -> str:
    """What a program gave for `name`, which is to be text of at most so many characters.

    Raises: ArgumentError.
    """
    if not isinstance(given, str):
        raise ArgumentError(f"{name} must be text, not {_kind(given)}")
    if len(given) > most:
        raise ArgumentError(f"{name} has {len(given)} characters, the most is {most}; shorten it")
    if any("\ud800" <= c <= "\udfff" for c in given):
        raise ArgumentError(f"{name} is not text: it holds halves of characters (surrogates)")
    return given


def names(name: str, given: object) -> tuple[str, ...]:
    """What a program gave for `name`, which is to be a list of names, or one alone.

    Raises: ArgumentError.
    """
    if isinstance(given, str):
        given = (given,) if given else ()
    if not isinstance(given, Sequence):
        raise ArgumentError(f"{name} must be a list of names, not {_kind(given)}")
    if len(given) > MOST_NAMES:
        raise ArgumentError(f"{name} has {len(given)} names, the most is {MOST_NAMES}; leave some out")
    return tuple(text(f"each of {name}", one, MOST_NAME_CHARS) for one in given)


def whole(name: str, given: object, least: int, most: int) -> int:
    """What a program gave for `name`, which is to be a whole number between two, both included.

    Raises: ArgumentError.
    """
    if isinstance(given, bool) or not isinstance(given, int):
        raise ArgumentError(f"{name} must be a whole number, not {_kind(given)}")
    if not least <= given <= most:
        raise ArgumentError(f"{name} must be from {least} to {most}")
    return given


def switch(name: str, given: object) -> bool:
    """What a program gave for `name`, which is to be true or false.

    Raises: ArgumentError.
    """
    if not isinstance(given, bool):
        raise ArgumentError(f"{name} must be true or false, not {_kind(given)}")
    return given


def chosen(name: str, given: object, choices: Sequence[str]) -> str:
    """What a program gave for `name`, which is to be one of `choices`.

    Raises: ArgumentError.
    """
    said = text(name, given, MOST_NAME_CHARS)
    if said not in choices:
        raise ArgumentError(f"{name} is {said!r}; it must be one of {', '.join(choices)}")
    return said


def _kind(given: object) -> str:
    """What a value is called by who wrote it as JSON."""
    kinds = {dict: "an object", list: "a list", str: "text", bool: "true or false", type(None): "null"}
    return kinds.get(type(given), "a number")


def _is_number(digits: str) -> bool:
    return digits.isdecimal() and len(digits) <= _LONGEST_PLACE
