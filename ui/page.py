"""Answers and documents as HTML; pure.

Every word that is not ours is escaped here, in `escaped`, and nowhere is it a template or a style: what a document
says is shown, never obeyed.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from urllib.parse import quote, urlencode
from zlib import crc32

from index.document import LANGUAGES, Document, Language, Passage, Span, blocks, facing_texts
from rag.answer import Answer, Citation, Place, Withheld
from rag.phrases import confidence_words
from ui import messages
from ui.render import visible

ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#86301f"/>'
    '<text x="16" y="22" font-family="serif" font-size="21" text-anchor="middle" fill="#fffdf8">Д</text></svg>'
)

Marks = Mapping[Language, Span]  # at most one place in each text of a document

SURE = 0.5  # that it is right is as likely as not; a counterpart that is less likely is said to be unsure
_SHOWN_OF_QUESTION = 400  # characters; the rest of a longer one, which is refused anyway, would fill the page
_MOST_ARCHIVES = 12  # named of those that an archive draws on


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
    told = f'<h2>{head[language]}</h2><p lang="en">{escaped(_capital(reason))}</p>'
    return f'<div class="delo refusal" lang="{language}">{told}</div>'


def answer_html(answer: Answer) -> str:
    """An answer: numbered quotations, both texts of each side by side; or why there is none."""
    language = answer.question.language
    parts = [*_abstention(answer, language)] if answer.abstained else [*_statements(answer, language)]
    sure = confidence_words(answer.confidence, language, abstained=answer.abstained)
    parts.append(f'<p class="aside">{escaped(sure)}</p>')
    if answer.withheld:
        parts.append(_withheld(answer.withheld, language))
    if answer.model and not answer.abstained:
        parts.append(f'<p class="aside">{messages.WRITTEN_BY[language].format(escaped(answer.model))}</p>')
    return f'<div class="delo answer" lang="{language}">{"".join(parts)}</div>'


def _statements(answer: Answer, language: Language) -> Iterator[str]:
    number, told = 0, None
    for statement in answer.statements:
        if statement.text != told:
            yield f'<p class="told">{escaped(statement.text)}</p>'
        told = statement.text
        for citation in statement.citations:
            number += 1
            yield _quotation(number, citation, statement.text, language)


def _quotation(number: int, citation: Citation, told: str, language: Language) -> str:
    source = "" if citation.document.title in told else titled(citation.document, language)
    return place_html(number, citation, source, (citation.verdict, messages.VERDICTS[citation.verdict]), language)


def place_html(  # noqa: PLR0913 - a place, and what is said of it
    number: int,
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
    link = opening(document_link(place.document, marks, language), messages.OPEN[language])
    return (
        f'<figure class="quotation"><span class="number">{number}</span><div class="texts">{above}'
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
    if answer.documents:
        nearest = "".join(_near(document, language) for document in answer.documents)
        yield f'<h3>{messages.NEAREST[language]}</h3><ul class="nearest">{nearest}</ul>'


def _near(document: Document, language: Language) -> str:
    link = opening(document_link(document, {}, language), document.title)
    date = f'<p class="date">{escaped(_date(document, language))}</p>'
    return f"<li>{link}{date}{references_html(document, language)}</li>"


def _withheld(withheld: Sequence[Withheld], language: Language) -> str:
    told = "".join(f'<li>{escaped(w.text)}<p class="aside" lang="en">{escaped(w.reason)}</p></li>' for w in withheld)
    head = f"<h3>{messages.WITHHELD[language].format(len(withheld))}</h3>"
    return f'<section class="withheld">{head}<ul>{told}</ul></section>'


def document_link(document: Document, marks: Marks, language: Language) -> str:
    """The address, below the page's own, of `document` opened at `marks`, with labels in `language`.

    Each place carries a check sum of its words, so that a text that has changed since is not marked wrongly.
    """
    places = {
        side: f"{span.start}-{span.end}-{check_sum(document, side, span)}" for side, span in sorted(marks.items())
    }
    fragment = "#place" if marks else ""
    return f"document/{quote(document.id, safe='')}?{urlencode({'labels': language} | places)}{fragment}"


def check_sum(document: Document, language: Language, span: Span) -> str:
    """Eight hexadecimal digits that tell the words at a place from others."""
    return f"{crc32(span.of(document.texts[language]).encode()):08x}"


def opening(link: str, label: str) -> str:
    """A link that opens a document beside the conversation, or, where there is no room, in a tab of its own."""
    address, words = escape(link), escaped(label)
    return (
        f'<a class="beside" target="reader" href="{address}">{words}</a>'
        f'<a class="apart" target="_blank" rel="noopener" href="{address}">{words}</a>'
    )


def document_page(
    document: Document, passages: Sequence[Passage], marks: Marks, language: Language, *, moved: bool = False
) -> str:
    """A page with both texts side by side, passage by passage, `marks` highlighted; every character is there.

    `moved` says that the place asked for is no longer what it was.
    """
    texts = [_Text(document, side, side_name(document, side, language), marks.get(side)) for side in document.languages]
    heads = "".join(f'<th scope="col">{text.name}</th>' for text in texts)
    rows = "".join(
        f"<tr>{''.join(_cell(text, row.get(text.language)) for text in texts)}</tr>"
        for row in facing_texts(document, passages)
    )
    warning = f'<p class="warning">{messages.MOVED[language]}</p>' if moved else ""
    table = f'<table class="facing"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
    body = f"<main>{_catalogued(document, language)}{warning}{table}</main>"
    return _page(document.title, body.replace("<mark>", '<mark id="place">', 1), language)


def notice_page(told: str, language: Language) -> str:
    """A page that says why no document is shown."""
    return _page(messages.TITLE, f'<main class="notice"><p>{escaped(_capital(told))}</p></main>', language)


def empty_page(documents: int, dates: tuple[str, str] | None, archives: Mapping[str, int]) -> str:
    """What the place for documents shows before one is opened: what it is for, and what the archive holds."""
    told = "".join(f'<p lang="{language}">{escaped(words)}</p>' for language, words in messages.EMPTY_READER.items())
    held = [" · ".join(words.format(documents) for words in messages.HOLDINGS.values())]
    held += [" – ".join(dict.fromkeys(dates))] if dates else []
    named = [f"{name} ({count})" for name, count in archives.items()]
    held += [", ".join(named[:_MOST_ARCHIVES]) + (" …" if len(named) > _MOST_ARCHIVES else "")] if named else []
    lines = "".join(f"<li>{escaped(line)}</li>" for line in held)
    return _page(messages.TITLE, f'<main class="notice">{told}<ul>{lines}</ul></main>', "en")


def _page(title: str, body: str, language: Language) -> str:
    return (
        f'<!doctype html><html lang="{language}" class="delo-page"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{escaped(title)}</title><link rel="stylesheet" href="../style.css"></head><body>{body}</body></html>'
    )


def _catalogued(document: Document, language: Language) -> str:
    """What the catalogue says of a document; its fields as printed can be unfolded."""
    summary = document.field("Summary")
    fields = "".join(f"<dt>{escaped(label)}</dt><dd>{escaped(value)}</dd>" for label, value in document.fields)
    parts = [
        f"<h1>{escaped(document.title)}</h1>",
        f'<p class="date">{escaped(_date(document, language))}</p>',
        references_html(document, language),
        f'<p class="address">{_address(document.url)}</p>' if document.url else "",
        f'<p class="summary">{escaped(summary)}</p>' if summary else "",
        f"<details><summary>{messages.RECORD[language]} {escaped(document.id)}</summary><dl>{fields}</dl></details>",
    ]
    return f"<header>{''.join(parts)}</header>"


def _address(url: str) -> str:
    if not url.startswith(("http://", "https://")):
        return escaped(url)
    return f'<a target="_blank" rel="noopener noreferrer" href="{escape(url)}">{escaped(url)}</a>'


class _Text:
    """One text of a document, its paragraphs numbered, and the place marked in it, if any."""

    def __init__(self, document: Document, language: Language, name: str, mark: Span | None) -> None:
        self.language = language
        self.name = name
        self.words = document.texts[language]
        self.mark = mark or Span(0, 0)
        self._blocks = blocks(self.words)  # paragraphs, and marks of omission
        self._ends = [block.end for block in self._blocks]
        self._numbers = {span.start: n for n, span in enumerate(document.paragraphs(language), 1)}

    def pieces(self, span: Span) -> Iterator[tuple[Span, int | None]]:
        """The blocks within `span`, each with the number of the paragraph that begins there."""
        for block in self._blocks[bisect_right(self._ends, span.start) :]:
            if block.start >= span.end:
                return
            start = max(block.start, span.start)
            yield Span(start, min(block.end, span.end)), self._numbers.get(start)


def _cell(text: _Text, span: Span | None) -> str:
    pieces = "".join(_paragraph(text, piece, number) for piece, number in text.pieces(span)) if span else ""
    return f'<td lang="{text.language}" data-side="{text.name}">{pieces}</td>'


def _paragraph(text: _Text, span: Span, number: int | None) -> str:
    """A paragraph; its number is for the eye alone, and no part of the text."""
    start, end = (min(max(place, span.start), span.end) for place in text.mark)
    marked = f"<mark>{escaped(text.words[start:end])}</mark>" if start < end else ""
    words = f"{escaped(text.words[span.start : start])}{marked}{escaped(text.words[end : span.end])}"
    return f'<p data-number="{number}">{words}</p>' if number else f"<p>{words}</p>"


def titled(document: Document, language: Language) -> str:
    """The title and the date of a document."""
    return f"<cite>{escaped(document.title)}</cite>, {escaped(_date(document, language))}"


def _date(document: Document, language: Language) -> str:
    return document.date.text if document.date else messages.UNDATED[language]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def escaped(words: str) -> str:
    """`words` as text of a page and nothing else; what would turn a line round, or is no text, is made visible."""
    return escape(visible(words.encode("utf-8", "replace").decode()))
