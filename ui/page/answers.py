"""Answers as HTML, whole or while they are made; pure."""

from collections.abc import Iterator, Sequence
from urllib.parse import quote

from index.document import LANGUAGES, Document, Language
from rag.answer import Answer, Citation, Place, Statement, Withheld
from rag.phrases import confidence_words, source_line
from rag.question import script
from rag.talk.limits import Limit
from ui import messages
from ui.page.frame import capital, escaped
from ui.page.links import document_link, named, opening
from ui.page.numbering import Numbering, pointed

ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#86301f"/>'
    '<text x="16" y="22" font-family="serif" font-size="21" text-anchor="middle" fill="#fffdf8">Д</text></svg>'
)

SURE = 0.5  # that it is right is as likely as not; a counterpart that is less likely is said to be unsure
_SHOWN_OF_QUESTION = 400  # characters; the rest of a longer one, which is refused anyway, would fill the page


def introduction() -> str:
    """What stands above the conversation: the name, and what the page promises."""
    promises = "".join(f'<p lang="{language}">{escaped(words)}</p>' for language, words in messages.PROMISE.items())
    name = f'<h1>{messages.TITLE} <span lang="ru">{messages.TITLE_RUSSIAN}</span></h1>'
    return f'<header class="delo">{name}<div class="promise">{promises}</div></header>'


def question_html(text: str, language: Language) -> str:
    """A question as it was asked; a very long one is cut, and its length told."""
    shown = text.strip()
    if len(shown) > _SHOWN_OF_QUESTION:
        told = messages.LONG[language].format(len(shown))
        return f'<p class="delo asked">{escaped(shown[:_SHOWN_OF_QUESTION])} … <em>({told})</em></p>'
    return f'<p class="delo asked">{escaped(shown)}</p>'


def waiting_html(language: Language) -> str:
    """What stands in the place of an answer until there is one."""
    return f'<p class="delo waiting" lang="{language}">{messages.SEARCHING[language]}</p>'


def refusal_html(reason: str, language: Language, head: messages.Words = messages.REFUSED) -> str:
    """Why there is no answer, where a question cannot be asked or something is wrong with the archive."""
    told = f'<h2>{head[language]}</h2><p lang="en">{escaped(capital(reason))}</p>'
    return f'<div class="delo refusal" lang="{language}">{told}</div>'


def understood_html(text: str, language: Language) -> str:
    """How a question was understood from the conversation before it."""
    return f'<p class="delo understood" lang="{language}">{messages.UNDERSTOOD[language]}: <q>{escaped(text)}</q></p>'


def broken_off_html(language: Language) -> str:
    """That nothing more comes of an answer."""
    return f'<p class="delo broken" lang="{language}">{messages.BROKEN_OFF[language]}</p>'


def answer_html(answer: Answer) -> str:
    """An answer: numbered quotations, both texts of each side by side; or why there is none."""
    language = answer.question.language
    parts = [*map(remark_html, answer.remarks)]
    if answer.abstained:
        parts += _abstention(answer, language)
    else:
        parts += [byline_html(answer.model, language)] if answer.model else []
        parts += _statements(answer.statements, language)
    sure = confidence_words(answer.confidence, language, abstained=answer.abstained)
    parts.append(f'<p class="aside">{escaped(sure)}</p>')
    if answer.withheld:
        parts.append(_withheld(answer.withheld, language))
    return f'<div class="delo answer" lang="{language}">{"".join(parts)}</div>'


def kept_html(address: str, language: Language) -> str:
    """Under which address a record of an answer was kept."""
    link = named(f"/record/{quote(address, safe='')}", address)
    return f'<p class="delo kept" lang="{language}">{messages.KEPT[language]} {link}</p>'


def unkept_html(reason: str) -> str:
    """Why no record of an answer was kept."""
    return f'<p class="delo kept" lang="en">{escaped(capital(reason))}</p>'


def remark_html(text: str) -> str:
    """A line about how an answer came about."""
    return f'<p class="remark">{escaped(capital(text))}</p>'


def byline_html(model: str, language: Language) -> str:
    """Who wrote the words between the quotations."""
    return f'<p class="byline">{messages.WRITTEN_BY[language].format(f"<b>{escaped(model)}</b>")}</p>'


def _statements(statements: Sequence[Statement], language: Language) -> Iterator[str]:
    numbering, told = Numbering(), ""
    for statement in statements:
        yield statement_html(statement, numbering, language, told=told)
        told = statement.text


def statement_html(statement: Statement, numbering: Numbering, language: Language, *, told: str = "") -> str:
    """A sentence and the quotations it rests on; its own words are left out if they have just been `told`.

    What a model points at a second time is not shown a second time: its number leads back to it.
    """
    numbers, new = numbering.of(statement.citations)
    if statement.voice == "model":
        head = prose_html(statement.text, statement.at, numbers, language)
        return head + "".join(quotation_html(number, citation, "", language) for number, citation in new)
    head = "" if statement.text == told else f'<p class="told">{escaped(statement.text)}</p>'
    shown = zip(numbers, statement.citations, strict=True)
    return head + "".join(quotation_html(number, c, statement.text, language) for number, c in shown)


def prose_html(
    text: str,
    at: Sequence[int],
    numbers: Sequence[int],
    language: Language,
    *,
    growing: bool = False,
    withheld: str | None = None,
) -> str:
    """A model's words with the numbers of the quotations that they point at; if `withheld`, struck out with the reason.

    Of words that are `growing` more are to come.
    """
    words = "".join(
        escaped(piece) + "".join(f'<sup class="number">[{number}]</sup>' for number in here)
        for piece, here in pointed(text, at, numbers)
    )
    if withheld is not None:
        voice = f'{messages.WITHHELD_HERE[language]}: <span class="reason">{escaped(withheld)}</span>'
        return f'<div class="written gone"><p class="voice">{voice}</p><p><s>{words}</s></p></div>'
    kind = "written under-way" if growing else "written"
    return f'<div class="{kind}"><p class="voice">{messages.MODELS_WORDS[language]}</p><p>{words}</p></div>'


def quotation_html(number: int | None, citation: Citation, told: str, language: Language) -> str:
    """A quotation; its document is named, unless that has just been `told`."""
    source = "" if citation.document.title in told else titled(citation.document, language)
    return place_html(number, citation, source, (citation.verdict, messages.VERDICTS[citation.verdict]), language)


def place_html(  # noqa: PLR0913 - a place, and what is said of it
    number: int | None,
    place: Place,
    source: str,
    verdict: tuple[str, messages.Words],
    language: Language,
    *,
    above: str = "",
    below: str = "",
) -> str:
    """A place in a document, numbered: both texts side by side, its references, and how the words agree with it.

    `source` tells the document, if it has not been told yet; `verdict` is a class of the style sheet and its words;
    `above` and `below` are markup that goes before and after all that.
    """
    marks = {place.language: place.span}
    if place.parallel:
        marks[place.parallel.language] = place.parallel.span
    text = messages.SHORT_NAMES[place.language][language]
    told = f'<span class="verdict {verdict[0]}">{verdict[1][language]}</span>'
    head = f'<p class="source">{source}</p>' if source else ""
    where = f"<span>{messages.PLACE[language].format(text, place.paragraph)}</span>"
    link = opening(document_link(place.document, marks), messages.OPEN[language])
    return (
        f'<figure class="quotation"><span class="number">{number or ""}</span><div class="texts">{above}'
        f"{''.join(_side(place, side, language) for side in LANGUAGES)}{_compared(place, language)}</div><figcaption>"
        f"{head}{references_html(place.document, language)}"
        f'<p class="where">{told} {where} {link}</p>{below}</figcaption></figure>'
    )


def _side(place: Place, side: Language, language: Language) -> str:
    """One language of a quotation: the words quoted, or what faces them."""
    head = f'<p class="side">{side_name(place.document, side, language)}</p>'
    if side == place.language:
        return f'<div class="cited">{head}<blockquote lang="{side}">{escaped(place.words)}</blockquote></div>'
    if place.parallel is None:
        missing = messages.NO_COUNTERPART if side in place.document.texts else messages.NO_TEXT
        return f'<div>{head}<p class="aside">{missing[language]}</p></div>'
    unsure = "" if place.parallel.confidence >= SURE else f'<p class="aside">{messages.UNSURE[language]}</p>'
    return f'<div>{head}<blockquote lang="{side}">{escaped(place.parallel.words)}</blockquote>{unsure}</div>'


def _compared(place: Place, language: Language) -> str:
    """Where the two texts of a place should be compared, and why."""
    told = "".join(
        f'<li>{messages.COMPARE[language]}: <span lang="en">{escaped(departure.reason)}</span></li>'
        for departure in place.departures
    )
    return f'<ul class="compare">{told}</ul>' if told else ""


def side_name(document: Document, side: Language, language: Language) -> str:
    """The language of a text, and whether it is the original, as far as the record tells."""
    printed = document.field("Original Language") or messages.SHORT_NAMES["ru"]["en"]
    original = messages.SHORT_NAMES[side]["en"].casefold() in printed.casefold()
    role = messages.ORIGINAL if original else messages.TRANSLATION
    return f"{messages.SHORT_NAMES[side][language]} · {role[language]}"


def references_html(document: Document, language: Language) -> str:
    """The references of a document, as printed."""
    if not document.references:
        return f'<p class="aside">{messages.NO_REFERENCE[language]}</p>'
    told = "".join(f"<li>{escaped(reference.text)}</li>" for reference in document.references)
    return f'<ul class="references">{told}</ul>'


def _abstention(answer: Answer, language: Language) -> Iterator[str]:
    if answer.reason:
        yield f"<h2>{messages.ABSTAINED[language]}</h2>"
    yield f'<p class="told">{escaped(answer.reason or messages.UNVERIFIED[language])}</p>'
    if answer.nearest:
        yield f"<h3>{messages.NEAREST_PASSAGES[language]}</h3>"
        for citation in answer.nearest:
            line = source_line(citation.document, language)
            yield f'<p class="told">{escaped(line)}</p>{quotation_html(None, citation, line, language)}'
    quoted = {citation.document.id for citation in answer.nearest}
    if others := [document for document in answer.documents if document.id not in quoted]:
        nearest = "".join(_near(document, language) for document in others)
        yield f'<h3>{messages.NEAREST[language]}</h3><ul class="nearest">{nearest}</ul>'


def _near(document: Document, language: Language) -> str:
    link = named(document_link(document, {}), document.title)
    date = f'<p class="date">{escaped(dated(document, language))}</p>'
    return f"<li>{link}{date}{references_html(document, language)}</li>"


def _withheld(withheld: Sequence[Withheld], language: Language) -> str:
    told = "".join(
        f'<li>{escaped(w.text)}<p class="aside" lang="{script(w.reason) or language}">{escaped(w.reason)}</p></li>'
        for w in withheld
    )
    head = f"<summary>{messages.WITHHELD[language].format(len(withheld))}</summary>"
    return f'<details class="withheld">{head}<ul>{told}</ul></details>'


def limits_html(limits: Sequence[Limit], language: Language) -> str:
    """The limits that hold for the next question, each with a button to remove it, and one to begin anew."""
    chips = "".join(_chip(limit, language) for limit in limits)
    held = f'<span id="limits">{messages.LIMITS[language]}:</span><ul aria-labelledby="limits">{chips}</ul>'
    anew = f'<button type="button" class="anew" data-anew="yes">{messages.ANEW[language]}</button>'
    return f'<div class="delo limits" lang="{language}">{held if limits else ""}{anew}</div>'


def _chip(limit: Limit, language: Language) -> str:
    label = limit.label(language)
    removes = f'data-kind="{limit.kind}" data-value="{escaped(limit.value)}"'
    name = escaped(messages.REMOVE[language].format(label))
    button = f'<button type="button" {removes} aria-label="{name}" title="{name}">✕</button>'
    return f"<li>{escaped(label)} {button}</li>"


def titled(document: Document, language: Language) -> str:
    """The title and the date of a document."""
    return f"<cite>{escaped(document.title)}</cite>, {escaped(dated(document, language))}"


def dated(document: Document, language: Language) -> str:
    """The date of a document, as printed."""
    return document.date.text if document.date else messages.UNDATED[language]
