"""Where a translation departs from its original, as text for a terminal; pure."""

from collections.abc import Sequence

from index.document import Departure, Document, Language, SentenceBead
from ui.printed.places import filled
from ui.printed.render import columns, marked


def compare_text(document: Document, beads: Sequence[SentenceBead], width: int) -> str:
    """Each departure with its reason, and the sentences to compare side by side, the place marked in them."""
    told = [(departure, bead) for bead in beads for departure in bead.departures]
    date = document.date.text if document.date else "undated"
    lines = filled(f"{document.id}  {document.title}, {date}", width, bold=True)
    if not told:
        lacking = "" if len(document.languages) > 1 else "; it has one text only"
        return "\n".join([*lines, *filled(f"Nothing to compare was found{lacking}.", width)])
    count = f"{len(told)} place{'s' * (len(told) != 1)} to compare, none of them a verdict on the translation:"
    lines += filled(count, width)
    for number, (departure, bead) in enumerate(told, 1):
        lines += ["", *filled(f"[{number}] {departure.kind}: {departure.reason}", width, bold=True)]
        lines += filled(_where(document, departure, bead), width, "    ")
        lines += columns({side: _sentence(document, side, departure, bead) for side in bead.spans}, width)
    return "\n".join(lines)


def _sentence(document: Document, language: Language, departure: Departure, bead: SentenceBead) -> str:
    place = departure.spans.get(language)
    whole = place == bead.spans[language]
    return marked(document, language, bead.spans[language], (language, place) if place and not whole else None)


def _where(document: Document, departure: Departure, bead: SentenceBead) -> str:
    """The paragraphs, and the place in the form that `delo show --at` takes."""
    spans = {**bead.spans, **departure.spans}
    return ", ".join(
        f"{side} paragraph {document.paragraph_at(side, place.start)} ({side}:{place.start}-{place.end})"
        for side, place in sorted(spans.items(), reverse=True)
    )
