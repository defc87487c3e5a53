"""Members of an object read from JSON, each of the kind it should be."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from eval.answers import Source


def text(record: object, *names: str) -> str:
    """The first of these members that is there.

    Raises: KeyError if none is, TypeError if it is no text, or `record` no object.
    """
    if not isinstance(record, Mapping):
        raise TypeError(f"{record!r} stands where an object with {names[0]!r} should")
    name = next((name for name in names if record.get(name) is not None), None)
    if name is None:
        raise KeyError(names[0])
    if not isinstance(record[name], str):
        raise TypeError(f"{name} is {record[name]!r}, no text")
    return str(record[name])


def items(record: Mapping[str, Any], *names: str) -> Sequence[Any]:
    """The first of these members that is there, a list; () if none is.

    Raises: TypeError if it is no list.
    """
    value = next((record[name] for name in names if record.get(name) is not None), ())
    if not isinstance(value, list | tuple):
        raise TypeError(f"{names[0]} is {value!r}, no list")
    return value


def flag(record: Mapping[str, Any], name: str) -> bool | None:
    """Whether this member is true; None if it is not there.

    Raises: TypeError if it is neither true nor false.
    """
    value = record.get(name)
    if value is not None and not isinstance(value, bool):
        raise TypeError(f"{name} is {value!r}, not true or false")
    return value


def share(record: Mapping[str, Any], name: str) -> float | None:
    """This member, from 0 to 1; None if it is not there.

    Raises: TypeError if it is no number, ValueError if it lies outside.
    """
    value = record.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"{name} is {value!r}, no number")
    if not (math.isfinite(value) and 0 <= value <= 1):
        raise ValueError(f"{name} is {value!r}, not from 0 to 1")
    return float(value)


def identity(record: Mapping[str, Any], otherwise: str, *names: str) -> str:
    """The first of these members that is there, as an id.

    Raises: TypeError if it is neither text nor number.
    """
    value = next((record[name] for name in names if record.get(name) is not None), otherwise)
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise TypeError(f"the id is {value!r}, neither text nor number")
    return str(value)


def sources(values: Sequence[Any]) -> tuple[Source, ...]:
    """Sources given as ids, or as objects with an id and a text; one that is only named has no text.

    Raises: TypeError if one is neither; ValueError if two have one id.
    """
    from eval.sourcefiles import passage_source

    found: dict[str, Source] = {}
    for value in values:
        if isinstance(value, Mapping):
            source = passage_source(value)
        elif isinstance(value, str | int) and not isinstance(value, bool):
            source = Source(id=str(value), texts={})
        else:
            raise TypeError(f"a source is {value!r}, neither an id nor an object with an id and a text")
        if source.id in found:
            raise ValueError(f"two sources have the id {source.id!r}")
        found[source.id] = source
    return tuple(found.values())
