"""Records opened again, as a page of the browser: what was asked, the answer as it was given, what became of it; pure.

The text for a terminal: `ui.printed.reopened`.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from index.document import LANGUAGES, Language, other
from rag.answer import Citation, Place
from rag.difference import Difference
from rag.question import script
from rag.reopened import Became, Given, Reopened, Restated
from ui import messages
from ui.page.copying import choice_html, collecting_html, copying_html
from ui.page.frame import escaped, page_html, said
from ui.page.links import document_link, opening
from ui.printed.reopened import to_the_minute


def record_page(reopened: Reopened) -> str:
    """The record on a page of its own; every word of it is escaped."""
    kept = reopened.kept
    question = str(kept["question"]["text"])
    parts = [_header(kept, question), *_verdict(reopened), *_answer(reopened)]
    return page_html(question, f'<main id="main" class="record">{"".join(parts)}</main>')


def _header(kept: Mapping[str, Any], question: str) -> str:
    made = said(
        messages.RECORD_MADE,
        to_the_minute(kept["time"]),
        kept["version"],
        kept["answer"]["model"] or messages.BY_DOCUMENTS,
        kept["index"]["generation"],
    )
    return (
        f'<header><h1{_tongue(question)}>{escaped(question)}</h1><p class="date">{made}</p>'
        f'<p class="address">{said(messages.RECORD)} {escaped(kept["address"])}</p></header>'
    )


def _tongue(text: str) -> str:
    """The language that `text` is written in, as an attribute."""
    return f' lang="{language}"' if (language := script(text)) else ""


def _verdict(reopened: Reopened) -> Iterator[str]:
    """Whether all of it stands; and what is said otherwise now of the documents."""
    fallen = [one.given.number for one in reopened.quotations if not one.stands]
    if fallen:
        told = said(messages.FALLEN, ", ".join(map(str, fallen)), len(reopened.quotations))
    else:
        told = said(messages.UNCHANGED if reopened.unchanged else messages.ALL_STAND)
    index = said(messages.SAME_INDEX if reopened.same_index else messages.OTHER_INDEX, reopened.generation)
    yield f'<p class="{"warning" if fallen else "standing"}">{told} {index}</p>'
    lines = [said(messages.GONE, document) for document in reopened.gone]
    lines += [_restated(one) for one in reopened.restated]
    if lines:
        yield f'<ul class="restated">{"".join(f"<li>{line}</li>" for line in lines)}</ul>'


def _restated(one: Restated) -> str:
    return said(messages.IS_NOW, one.document_id, messages.RESTATED[one.what], one.was or "—", one.is_ or "—")


def _answer(reopened: Reopened) -> Iterator[str]:
    """The answer as it was given, each quotation with what became of it."""
    answer = reopened.kept["answer"]
    for remark in answer["remarks"]:
        yield f'<p class="remark"{_tongue(remark)}>{escaped(remark)}</p>'
    if answer["abstained"]:
        told, tongue = escaped(answer["reason"] or ""), _tongue(answer["reason"] or "")
        yield f'<p class="told"{tongue}>{told or said(messages.UNVERIFIED)}</p>'
    if reopened.quotations:
        yield choice_html()
    statement = None
    for one in reopened.quotations:
        if one.given.statement != statement:
            statement = one.given.statement
            yield _told(one.given)
        yield _quotation(one)
    if answer["withheld"]:
        told = "".join(
            f"<li{_tongue(one['text'])}>{escaped(one['text'])}"
            f'<p class="aside"{_tongue(one["reason"])}>{escaped(one["reason"])}</p></li>'
            for one in answer["withheld"]
        )
        head = said(messages.WITHHELD, len(answer["withheld"]))
        yield f'<details class="withheld"><summary>{head}</summary><ul>{told}</ul></details>'


def _told(given: Given) -> str:
    """The sentence that quotations belong to; a model's is marked as its words."""
    tongue = _tongue(given.statement)
    if not given.by_model:
        return f'<p class="told"{tongue}>{escaped(given.statement)}</p>'
    voice = f'<p class="voice">{said(messages.MODELS_WORDS)}</p>'
    return f'<div class="written">{voice}<p{tongue}>{escaped(given.statement)}</p></div>'


def _quotation(one: Became) -> str:
    given = one.given
    texts = {given.language: given.words} | ({} if given.facing is None else {other(given.language): given.facing})
    references = "".join(f"<li>{escaped(reference)}</li>" for reference in given.references)
    where = said(messages.GIVEN_PLACE, given.document_id, given.paragraph)
    return (
        f'<figure class="quotation"><span class="number">{given.number}</span>{_sides(texts, given.language)}'
        f'<figcaption><ul class="references">{references}</ul><p class="where"><span>{where}</span>'
        f"{_link(one.place)}</p>{_fate(one)}{_now(one, given)}{_copies(one)}</figcaption></figure>"
    )


def _copies(one: Became) -> str:
    """What copies and collects a quotation, if it stands."""
    if one.place is None or not one.stands:
        return ""
    return f'<p class="copies">{copying_html(one.place.document, one.place)} {collecting_html(one.place)}</p>'


def _sides(texts: Mapping[Language, str], cited: Language) -> str:
    told = "".join(
        f'<div{" class=cited" if side == cited else ""}><p class="side">{said(messages.SHORT_NAMES[side])}</p>'
        f'<blockquote lang="{side}">{escaped(texts[side])}</blockquote></div>'
        for side in LANGUAGES
        if side in texts
    )
    return f'<div class="texts">{told}</div>'


def _link(place: Place | None) -> str:
    """The document as it is now, at the place that was found."""
    if place is None:
        return ""
    marks = {place.language: place.span} | ({place.parallel.language: place.parallel.span} if place.parallel else {})
    return opening(document_link(place.document, marks), said(messages.OPEN))


def _fate(one: Became) -> str:
    place = one.place
    told = said(
        messages.FATES[one.fate],
        was=one.given.document_id,
        document=place.document.id if place else "",
        paragraph=place.paragraph if place else "",
    )
    if isinstance(place, Citation) and place.verdict != "exact":
        told += f" ({said(messages.VERDICTS[place.verdict])})"
    return f'<p class="fate {"stands" if one.stands else "fallen"}">{told}</p>'


def _now(one: Became, given: Given) -> str:
    """What stands there instead, difference by difference, or what faces the words now."""
    place = one.place
    if place is None:
        return ""
    if one.fate == "changed":
        told = "".join(f"<li>{_difference(difference)}</li>" for difference in one.differences)
        return f'{_sides({place.language: place.words}, place.language)}<ul class="differences">{told}</ul>'
    if one.facing == given.facing:
        return ""
    words = messages.FACING_GONE if not one.facing_stands else messages.FACING_OTHER
    now = _sides({place.parallel.language: place.parallel.words}, place.language) if place.parallel else ""
    return f'<p class="fate">{said(words)}</p>{now}'


def _difference(difference: Difference) -> str:
    if difference.marks == ("punctuation",):
        return said(messages.PUNCTUATION)
    marks = ", ".join(said(messages.MARKS[mark]) for mark in difference.marks)
    was = f"<del>{escaped(difference.quoted)}</del> " if difference.quoted else ""
    now = f"<ins>{escaped(difference.stands)}</ins> " if difference.stands else ""
    return f"{was}{now}{f'({marks})' if marks else ''}"
