"""Quotations that were looked for, as text for a terminal; pure."""

from collections.abc import Iterator

from index.document import Language
from rag.difference import Difference
from rag.located import Claim, Located, Stand
from ui.printed.places import MATCHES, filled
from ui.printed.render import compared, side

_TEXTS: dict[Language, str] = {"ru": "Russian", "en": "English"}
_HEADS = {
    "exact": "These words stand in the archive word for word",
    "typographic": "These words stand in the archive; only the typography differs",
    "altered": "Not as quoted: what stands in the archive is different",
    "stitched": "Not as quoted: put together from words of {} places",
    "absent": "These words are not in this archive",
}
_HOW = {
    "exact": "word for word",
    "typographic": "but for typography",
    "altered": "altered",
    "stitched": "a part",
    "absent": "only near",
}


def located_text(located: Located, width: int) -> str:
    """Where a quotation stands, and how; or what comes nearest to it."""
    head = _HEADS[located.verdict].format(len(located.stands))
    lines = filled(head + (f" ({located.note})" if located.note else "") + ".", width, bold=True)
    if located.claim:
        lines += filled(claim_told(located, located.claim), width)
    if located.closest:
        lines += ["", *filled("The nearest that stands there:", width)]
    for number, stand in enumerate(located.stands or located.closest, 1):
        lines += ["", *_stand(number, stand, width, part=located.verdict == "stitched")]
    if located.more:
        lines += ["", *filled(f"{located.more} more passages have these words; give more of them to see fewer.", width)]
    return "\n".join(lines)


def claim_told(located: Located, claim: Claim) -> str:
    """Whether the reference that a quotation came with is the right one."""
    given = "; ".join(reference.text for reference in claim.asked)
    matches = [MATCHES[match] for stand in located.stands if (match := claim.match(stand))]
    if matches:
        return f"The reference fits ({matches[0]}): {given}."
    held = f"{len(claim.held)} other document{'s' * (len(claim.held) != 1)}" if claim.held else "nothing"
    return f"The reference does not fit: under {given} this collection has {held}."


def _stand(number: int, stand: Stand, width: int, *, part: bool) -> Iterator[str]:
    document = stand.document
    date = document.date.text if document.date else "undated"
    yield from filled(f"[{number}] {document.title}, {date}", width, bold=True)
    if part:
        yield from filled(f"quoted: {stand.quoted}", width, "    ")
    yield from side(stand.language, stand.words, width)
    if stand.parallel:
        yield from side(stand.parallel.language, stand.parallel.words, width)
    yield from compared(stand, width)
    for difference in stand.differences:
        yield from filled(difference_told(difference), width, "    ", colour="yellow")
    yield from filled("; ".join(reference.text for reference in stand.references), width, "    ", colour="cyan")
    how = _HOW[stand.verdict] + (", omissions marked" if stand.omitted else "")
    how += f", added in brackets: {', '.join(stand.added)}" if stand.added else ""
    place = f"document {document.id}, {_TEXTS[stand.language]} text, paragraph {stand.paragraph}, {how}"
    yield from filled(place, width, "    ")
    yield from filled(document.url or "", width, "    ")


def difference_told(difference: Difference) -> str:
    """One difference in words: what was left out, added, or changed, and what weighs in it."""
    marks = f" ({', '.join(difference.marks)})" if difference.marks else ""
    if difference.marks == ("punctuation",):
        return "only the punctuation is changed"
    if not difference.quoted:
        return f"left out: “{difference.stands}”{marks}"
    if not difference.stands:
        return f"added: “{difference.quoted}”{marks}"
    return f"changed: “{difference.quoted}”, where “{difference.stands}” stands{marks}"
