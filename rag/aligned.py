"""A place and what faces it, sentence by sentence."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from index.document import Language, Span
from rag.answer import Place

Row = Mapping[Language, Span]  # places in the two texts, or in one: there the sentence has no counterpart


def rows(place: Place) -> tuple[Row, ...]:
    """The sentences of `place` and those that face them, in order, one row for each bead.

    The rows of a language, put together, are the words of the place, and of what faces it, to the letter: what stands
    between two sentences goes with the first. It is one row where the sentences are not known to face each other.
    """
    whole = {place.language: place.span} | ({place.parallel.language: place.parallel.span} if place.parallel else {})
    found = [row for bead in place.beads if (row := _within(bead.spans, whole))]
    tiled: list[dict[Language, Span]] = [{} for _ in found]
    for language, span in whole.items():
        own = [n for n, row in enumerate(found) if language in row]
        starts = [found[n][language].start for n in own]
        if not own or any(one >= two for one, two in pairwise(starts)):
            return (whole,)
        for n, stretch in zip(own, _stretches(span, starts), strict=True):
            tiled[n][language] = stretch
    return tuple(tiled)


def _within(spans: Row, whole: Row) -> Row:
    """What of a bead's sides lies within the place and what faces it."""
    met = {x: span for x, span in spans.items() if x in whole and span.meets(whole[x])}
    return {x: Span(max(span.start, whole[x].start), min(span.end, whole[x].end)) for x, span in met.items()}


def _stretches(span: Span, starts: Sequence[int]) -> list[Span]:
    """All of `span` in stretches that begin at `starts`, the first at its beginning."""
    return [Span(*ends) for ends in pairwise((span.start, *starts[1:], span.end))]
