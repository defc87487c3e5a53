"""Records opened again, as text for a terminal; pure."""

from collections.abc import Iterator, Mapping
from typing import Any

from rag.answer import Citation
from rag.difference import Difference
from rag.reopened import Became, Fate, Given, Reopened
from ui.printed.places import filled
from ui.printed.render import side

_FATES: Mapping[Fate, str] = {
    "stands": "stands where it stood",
    "moved": "stands elsewhere in the document now: paragraph {paragraph}",
    "changed": "NO LONGER STANDS; what stands there now, paragraph {paragraph}:",
    "elsewhere": "NO LONGER STANDS in document {was}; the words are in document {document}, paragraph {paragraph}",
    "lost": "NO LONGER STANDS; nothing near to it is in the document now",
    "gone": "NO LONGER STANDS: the document is not in this index any more",
}


def reopened_text(reopened: Reopened, width: int) -> str:
    """The answer as it was given, what became of each quotation, and what the catalogue says otherwise now."""
    kept = reopened.kept
    lines = filled(kept["question"]["text"], width, bold=True)
    lines += filled(_circumstances(kept), width)
    statement = None
    for one in reopened.quotations:
        lines += ["", *_quotation(one, width, again=one.given.statement == statement)]
        statement = one.given.statement
    answer = kept["answer"]
    if answer["abstained"]:
        lines += ["", *filled(answer["reason"] or "Nothing was stated.", width)]
    for withheld in answer["withheld"]:
        lines += filled(f"Withheld: {withheld['text']} ({withheld['reason']})", width)
    lines += [line for remark in answer["remarks"] for line in filled(remark, width)]
    return "\n".join([*lines, "", *_verdict(reopened, width)])


def to_the_minute(time: str) -> str:
    """A time of a record, which is always UTC, such as 2026-11-25T21:05:50+00:00, as it is read: 2026-11-25 21:05."""
    return time[:16].replace("T", " ")


def _circumstances(kept: Mapping[str, Any]) -> str:
    by = kept["answer"]["model"] or "the documents alone"
    return (
        f"Answered {to_the_minute(kept['time'])} UTC by Delo {kept['version']} ({by}), "
        f"from generation {kept['index']['generation']}; record {kept['address']}"
    )


def _quotation(one: Became, width: int, *, again: bool) -> Iterator[str]:
    given = one.given
    told = f"The model's words: {given.statement}" if given.by_model else given.statement
    head = f"[{given.number}]" if again else f"[{given.number}] {told}"
    yield from filled(head, width, bold=True)
    yield from side(given.language, given.words, width)
    if given.facing is not None:
        yield from side("en" if given.language == "ru" else "ru", given.facing, width)
    yield from filled("; ".join(given.references), width, "    ", colour="cyan")
    yield from filled(f"document {given.document_id}, paragraph {given.paragraph}", width, "    ")
    yield from filled(_fate(one), width, "    ", colour="green" if one.stands else "red")
    yield from _now(one, given, width)


def _fate(one: Became) -> str:
    place = one.place
    told = _FATES[one.fate].format(
        was=one.given.document_id,
        document=place.document.id if place else "",
        paragraph=place.paragraph if place else "",
    )
    if isinstance(place, Citation) and place.verdict != "exact":
        told += ", but for typography"
    return told


def _now(one: Became, given: Given, width: int) -> Iterator[str]:
    """What stands there instead, difference by difference, in either language."""
    if one.fate == "changed" and one.place:
        yield from side(one.place.language, one.place.words, width)
        for difference in one.differences:
            yield from filled(_told(difference), width, "    ", colour="yellow")
    elif one.place and one.facing != given.facing:
        told = "the words beside it are no longer in the document" if not one.facing_stands else "other words face it"
        yield from filled(
            f"{told}; what faces it now:" if one.facing else f"{told}; nothing faces it now", width, "    "
        )
        if one.place.parallel:
            yield from side(one.place.parallel.language, one.place.parallel.words, width)


def _told(difference: Difference) -> str:
    """One difference between what was quoted and what stands there now, and what weighs in it."""
    marks = f" ({', '.join(difference.marks)})" if difference.marks else ""
    if not difference.quoted:
        return f"added since: “{difference.stands}”{marks}"
    if not difference.stands:
        return f"no longer there: “{difference.quoted}”{marks}"
    if difference.marks == ("punctuation",):
        return "only the punctuation is another"
    return f"was “{difference.quoted}”, is now “{difference.stands}”{marks}"


def _verdict(reopened: Reopened, width: int) -> Iterator[str]:
    for told in reopened.restated:
        what = told.what.removesuffix("s")
        line = f"document {told.document_id}: the {what} in the catalogue was “{told.was}”, now “{told.is_}”"
        yield from filled(line, width, colour="yellow")
    for gone in reopened.gone:
        yield from filled(f"document {gone} is not in this index any more", width, colour="yellow")
    index = (
        f"the index {'is the same' if reopened.same_index else 'has changed since'} (generation {reopened.generation})"
    )
    fallen = [str(one.given.number) for one in reopened.quotations if not one.stands]
    if fallen:
        yield from filled(f"No longer standing: {', '.join(fallen)} of {len(reopened.quotations)}; {index}.", width)
    elif reopened.unchanged:
        yield from filled(f"Nothing has changed: every quotation stands as it was given; {index}.", width)
    else:
        yield from filled(f"Every quotation stands; what else is different is told above; {index}.", width)
