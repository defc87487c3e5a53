"""How each verdict is told: a sign, a word and a tone, so that none is known by its colour alone."""

from typing import Literal, NamedTuple

from eval.judgement import QuoteStatus
from eval.report.markup import Markup, Part, element
from eval.support import SupportVerdict

Tone = Literal["good", "fair", "bad", "open"]


class Told(NamedTuple):
    """A sign, words, and the tone that chooses the colour."""

    sign: str
    words: str
    tone: Tone


SUPPORT: dict[SupportVerdict, Told] = {
    "supported": Told("✓", "borne out by its source", "good"),
    "contradicted": Told("✗", "contradicted by its source", "bad"),
    "unsupported": Told("✗", "not borne out by its source", "bad"),
    "undecided": Told("?", "not decided", "open"),
}
QUOTES: dict[QuoteStatus, Told] = {
    "exact": Told("✓", "word for word", "good"),
    "typographic": Told("≈", "but for typography", "fair"),
    "altered": Told("≠", "altered", "bad"),
    "absent": Told("✗", "not in the sources", "bad"),
}
UNWORTHY = Told("–", "says nothing that needs a source", "open")
UNJUDGED = Told("?", "not judged", "open")


def badge(told: Told, *more: Part) -> Markup:
    """The verdict as it stands in the page."""
    return element("b", f"{told.sign} {told.words}", *more, class_=f"verdict {told.tone}")


def yes_or_no(holds: bool, words: str) -> Markup:
    """`words` with a sign for whether they hold."""
    return badge(Told("✓", words, "good") if holds else Told("✗", words, "bad"))
