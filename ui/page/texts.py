"""Both texts of a quotation as HTML, sentence beside sentence, with what matters in them marked; pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from index.document import LANGUAGES, Departure, Document, Language, Span
from rag.aligned import Row, rows
from rag.answer import Place
from rag.sought import Sought
from ui import messages
from ui.messages import Words
from ui.messages import answers as words
from ui.page.frame import escaped, said

SURE = 0.5  # that it is right is as likely as not; a counterpart that is less likely is said to be unsure
_WHOLE = ("missing", "length")  # departures that are of a whole sentence


def texts_html(place: Place, sought: Sought | None = None) -> str:
    """The words at a place and what faces them, a row for each sentence; every character as it stands.

    What the question seeks is marked, and where the two texts should be compared; why is told below.
    """
    pairs = "".join(_pair(place, row, sought, named=not number) for number, row in enumerate(rows(place)))
    unsure = place.parallel is not None and place.parallel.confidence < SURE
    told = f'<p class="aside">{said(messages.UNSURE)}</p>' if unsure else ""
    return f'<div class="aligned"><blockquote>{pairs}</blockquote>{told}{_compared(place)}</div>'


def side_words(document: Document, side: Language) -> Words:
    """The language of a text, and whether it is the original, as far as the record tells."""
    printed = document.field("Original Language") or messages.SHORT_NAMES["ru"]["en"]
    original = messages.SHORT_NAMES[side]["en"].casefold() in printed.casefold()
    role = messages.ORIGINAL if original else messages.TRANSLATION
    return {language: f"{messages.SHORT_NAMES[side][language]} · {role[language]}" for language in LANGUAGES}


def plainly(told: Mapping[Language, str]) -> str:
    """The same words in both languages, as `said` gives them, where they come from a text and may hold braces."""
    return said({language: line.replace("{", "{{").replace("}", "}}") for language, line in told.items()})


def _pair(place: Place, row: Row, sought: Sought | None, *, named: bool) -> str:
    """A row of both texts; where they are `named`, what each of them is stands above it, one or both in a line."""
    told = ""
    for side in LANGUAGES:
        name = _name(place.document, side) if named else ""
        told += f'<div data-side="{side.upper()}">{name}{_side(place, side, row, sought)}</div>'
    return f'<div class="pair">{told}</div>'


def _name(document: Document, side: Language) -> str:
    return f'<p class="side">{said(side_words(document, side))}</p>'


def _side(place: Place, side: Language, row: Row, sought: Sought | None) -> str:
    """One language of a row: the words, or that there are none."""
    if side not in row:
        return f'<p class="aside">{said(_why_none(place, side))}</p>'
    text, span = place.document.texts[side], row[side]
    seeks = [found.shifted(span.start) for found in sought.places(side, span.of(text))] if sought else []
    kind = "cited" if side == place.language else "facing-it"
    return f'<p lang="{side}" class="{kind}">{_marked(text, span, _departing(place, side), seeks)}</p>'


def _why_none(place: Place, side: Language) -> Words:
    if place.parallel is None and side != place.language:
        return messages.NO_COUNTERPART if side in place.document.texts else messages.NO_TEXT
    return words.ALONE


def _departing(place: Place, side: Language) -> list[tuple[Span, bool]]:
    """Where in one text the two should be compared; and whether it is a whole sentence."""
    return [(one.spans[side], one.kind in _WHOLE) for one in place.departures if side in one.spans]


def _marked(text: str, span: Span, departing: Sequence[tuple[Span, bool]], seeks: Sequence[Span]) -> str:
    """The words at `span`, with marks where they depart, and those that are sought set off."""
    whole = "whole" if any(is_whole for place, is_whole in departing if place.meets(span)) else ""
    near = [place for place, is_whole in departing if not is_whole]
    told = "".join(
        f'<mark class="compare">{_set_off(text, piece, seeks)}</mark>' if marked else _set_off(text, piece, seeks)
        for piece, marked in _parts(span, near)
    )
    return f'<mark class="compare whole">{told}</mark>' if whole else told


def _set_off(text: str, span: Span, seeks: Sequence[Span]) -> str:
    return "".join(
        f'<b class="sought">{escaped(piece.of(text))}</b>' if found else escaped(piece.of(text))
        for piece, found in _parts(span, seeks)
    )


def _parts(span: Span, places: Iterable[Span]) -> Iterator[tuple[Span, bool]]:
    """`span` in pieces, none empty, each with whether it is one of `places`, which may overlap or lie outside."""
    at = span.start
    for place in sorted(places):
        start, end = max(at, place.start), min(span.end, place.end)
        if start < end:
            if at < start:
                yield Span(at, start), False
            yield Span(start, end), True
            at = end
    if at < span.end:
        yield Span(at, span.end), False


def _compared(place: Place) -> str:
    """Why the two texts of a place should be compared."""
    told = "".join(f"<li>{_reason(departure)}</li>" for departure in place.departures)
    return f'<ul class="compare">{told}</ul>' if told else ""


def _reason(departure: Departure) -> str:
    return plainly({language: words.REASON[language].format(departure.told(language)) for language in LANGUAGES})
