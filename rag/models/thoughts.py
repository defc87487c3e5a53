"""What a model thinks aloud before its answer is left out, also where its pieces cut the marks of it in two."""

import re
from collections.abc import Iterable, Iterator

_OPEN = ("<think>", "<thinking>")
_CLOSE = re.compile(r"</think(?:ing)?>")
_LONGEST = len("</thinking>")


def without_thoughts(pieces: Iterable[str]) -> Iterator[str]:
    """The pieces of an answer that may begin with thoughts in <think>…</think>, and with spaces: without both.

    Thoughts that never end leave nothing. What stands between such marks further on belongs to the answer.
    """
    coming = iter(pieces)
    beginning = ""
    for piece in coming:
        beginning = (beginning + piece).lstrip()
        if beginning.startswith(_OPEN):
            beginning = _after_thoughts(beginning, coming)
            break
        if beginning and not any(mark.startswith(beginning) for mark in _OPEN):
            break
    yield from _without_space(beginning, coming)


def _after_thoughts(begun: str, coming: Iterator[str]) -> str:
    """What has come after the end of the thoughts, as soon as they end."""
    held = begun
    while (end := _CLOSE.search(held)) is None:
        if (piece := next(coming, None)) is None:
            return ""
        held = held[-_LONGEST:] + piece
    return held[end.end() :]


def _without_space(beginning: str, coming: Iterator[str]) -> Iterator[str]:
    begun = beginning.lstrip()
    if begun:
        yield begun
    for piece in coming:
        shown = piece if begun else piece.lstrip()
        if shown:
            begun = begun or shown
            yield shown
