"""Two facing sentences by themselves, as if they were a document."""

from index.departures import departures
from index.document import LANGUAGES, Departure, SentenceBead, Span


def departures_of(ru: str, en: str, confidence: float = 1.0) -> tuple[Departure, ...]:
    """The departures of two facing sentences; spans are places in them."""
    texts = {"ru": ru, "en": en}
    return departures(texts, [SentenceBead({x: Span(0, len(texts[x])) for x in LANGUAGES}, confidence)])
