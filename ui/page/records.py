"""Records opened again, as a page of the browser: what was asked, the answer as it was given, what became of it; pure.

The text for a terminal: `ui.printed.reopened`.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from index.document import LANGUAGES, Language
from rag.answer import Citation, Place
from rag.difference import Difference
from rag.reopened import Became, Given, Reopened, Restated
from ui import messages
from ui.page.frame import escaped, page_html
from ui.page.links import document_link, opening
from ui.printed.reopened import to_the_minute


def record_page(reopened: Reopened) -> str:
    """The record on a page of its own, in the language of its question; every word of it is escaped."""
    kept = reopened.kept
    language: Language = "ru" if kept["question"].get("language") == "ru" else "en"
    question = str(kept["question"]["text"])
    parts = [_header(kept, question, language), *_verdict(reopened, language), *_answer(reopened, language)]
    return page_html(question, f'<main id="main" class="record">{"".join(parts)}</main>')


def _header(kept: Mapping[str, Any], question: str, language: Language) -> str:
    by = kept["answer"]["model"] or messages.BY_DOCUMENTS[language]
    told = messages.RECORD_MADE[language].format(
        to_the_minute(kept["time"]), kept["version"], by, kept["index"]["generation"]
    )
    address = f"{messages.RECORD[language]} {kept['address']}"
    return (
        f'<header><h1>{escaped(question)}</h1><p class="date">{escaped(told)}</p>'
        f'<p class="address">{escaped(address)}</p></header>'
    )


def _verdict(reopened: Reopened, language: Language) -> Iterator[str]:
    """Whether all of it stands; and what is said otherwise now of the documents."""
    fallen = [one.given.number for one in reopened.quotations if not one.stands]
    if fallen:
        numbers = ", ".join(map(str, fallen))
        words = messages.FALLEN[language].format(numbers, len(reopened.quotations))
    else:
        words = (messages.UNCHANGED if reopened.unchanged else messages.ALL_STAND)[language]
    index = messages.SAME_INDEX if reopened.same_index else messages.OTHER_INDEX
    told = f"{words} {index[language].format(reopened.generation)}"
    yield f'<p class="{"warning" if fallen else "standing"}">{escaped(told)}</p>'
    lines = [*map(messages.GONE[language].format, reopened.gone)]
    lines += [_restated(one, language) for one in reopened.restated]
    if lines:
        yield f'<ul class="restated">{"".join(f"<li>{escaped(line)}</li>" for line in lines)}</ul>'


def _restated(one: Restated, language: Language) -> str:
    what = messages.RESTATED[one.what][language]
    return messages.IS_NOW[language].format(one.document_id, what, one.was or "—", one.is_ or "—")


def _answer(reopened: Reopened, language: Language) -> Iterator[str]:
    """The answer as it was given, each quotation with what became of it."""
    answer = reopened.kept["answer"]
    for remark in answer["remarks"]:
        yield f'<p class="remark">{escaped(remark)}</p>'
    if answer["abstained"]:
        yield f'<p class="told">{escaped(answer["reason"] or messages.UNVERIFIED[language])}</p>'
    statement = None
    for one in reopened.quotations:
        if one.given.statement != statement:
            statement = one.given.statement
            yield _told(one.given, language)
        yield _quotation(one, language)
    if answer["withheld"]:
        told = "".join(
            f'<li>{escaped(one["text"])}<p class="aside">{escaped(one["reason"])}</p></li>'
            for one in answer["withheld"]
        )
        head = messages.WITHHELD[language].format(len(answer["withheld"]))
        yield f'<details class="withheld"><summary>{head}</summary><ul>{told}</ul></details>'


def _told(given: Given, language: Language) -> str:
    """The sentence that quotations belong to; a model's is marked as its words."""
    if not given.by_model:
        return f'<p class="told">{escaped(given.statement)}</p>'
    voice = f'<p class="voice">{messages.MODELS_WORDS[language]}</p>'
    return f'<div class="written">{voice}<p>{escaped(given.statement)}</p></div>'


def _quotation(one: Became, language: Language) -> str:
    given = one.given
    texts = {given.language: given.words} | ({} if given.facing is None else {_other(given.language): given.facing})
    references = "".join(f"<li>{escaped(reference)}</li>" for reference in given.references)
    where = messages.GIVEN_PLACE[language].format(given.document_id, given.paragraph)
    return (
        f'<figure class="quotation"><span class="number">{given.number}</span>{_sides(texts, given.language, language)}'
        f'<figcaption><ul class="references">{references}</ul><p class="where"><span>{escaped(where)}</span>'
        f"{_link(one.place, language)}</p>{_fate(one, language)}{_now(one, given, language)}</figcaption></figure>"
    )


def _sides(texts: Mapping[Language, str], cited: Language, language: Language) -> str:
    told = "".join(
        f'<div{" class=cited" if side == cited else ""}><p class="side">{messages.SHORT_NAMES[side][language]}</p>'
        f'<blockquote lang="{side}">{escaped(texts[side])}</blockquote></div>'
        for side in LANGUAGES
        if side in texts
    )
    return f'<div class="texts">{told}</div>'


def _link(place: Place | None, language: Language) -> str:
    """The document as it is now, at the place that was found."""
    if place is None:
        return ""
    marks = {place.language: place.span} | ({place.parallel.language: place.parallel.span} if place.parallel else {})
    return opening(document_link(place.document, marks), messages.OPEN[language])


def _fate(one: Became, language: Language) -> str:
    place = one.place
    told = messages.FATES[one.fate][language].format(
        was=one.given.document_id,
        document=place.document.id if place else "",
        paragraph=place.paragraph if place else "",
    )
    if isinstance(place, Citation) and place.verdict != "exact":
        told += f" ({messages.VERDICTS[place.verdict][language]})"
    return f'<p class="fate {"stands" if one.stands else "fallen"}">{escaped(told)}</p>'


def _now(one: Became, given: Given, language: Language) -> str:
    """What stands there instead, difference by difference, or what faces the words now."""
    place = one.place
    if place is None:
        return ""
    if one.fate == "changed":
        told = "".join(f"<li>{_difference(difference, language)}</li>" for difference in one.differences)
        return f'{_sides({place.language: place.words}, place.language, language)}<ul class="differences">{told}</ul>'
    if one.facing == given.facing:
        return ""
    words = messages.FACING_GONE if not one.facing_stands else messages.FACING_OTHER
    now = _sides({place.parallel.language: place.parallel.words}, place.language, language) if place.parallel else ""
    return f'<p class="fate">{words[language]}</p>{now}'


def _difference(difference: Difference, language: Language) -> str:
    if difference.marks == ("punctuation",):
        return messages.PUNCTUATION[language]
    marks = ", ".join(messages.MARKS[mark][language] for mark in difference.marks)
    was = f"<del>{escaped(difference.quoted)}</del> " if difference.quoted else ""
    now = f"<ins>{escaped(difference.stands)}</ins> " if difference.stands else ""
    return f"{was}{now}{f'({marks})' if marks else ''}"


def _other(language: Language) -> Language:
    return "en" if language == "ru" else "ru"
