"""Documents as HTML pages, both texts side by side; pure."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from html import escape

from index.document import Document, Language, Passage, Span, blocks, facing_texts
from ui import messages
from ui.page.answers import dated, references_html, side_name
from ui.page.frame import capital, escaped, notice_html, page_html, said
from ui.page.links import Marks

_MOST_ARCHIVES = 12  # named of those that an archive draws on


def document_page(document: Document, passages: Sequence[Passage], marks: Marks, *, moved: bool = False) -> str:
    """A page with both texts side by side, passage by passage, `marks` highlighted; every character is there.

    `moved` says that the place asked for is no longer what it was.
    """
    language: Language = "en"
    texts = [_Text(document, side, side_name(document, side, language), marks.get(side)) for side in document.languages]
    heads = "".join(f'<th scope="col">{text.name}</th>' for text in texts)
    rows = "".join(
        f"<tr>{''.join(_cell(text, row.get(text.language)) for text in texts)}</tr>"
        for row in facing_texts(document, passages)
    )
    warning = f'<p class="warning">{messages.MOVED[language]}</p>' if moved else ""
    table = f'<table class="facing"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
    body = f'<main id="main">{_catalogued(document, language)}{warning}{table}</main>'
    return page_html(document.title, body.replace("<mark>", '<mark id="place">', 1), room="read")


def notice_page(told: str) -> str:
    """A page that says why nothing is shown; `told` is words."""
    return page_html(messages.TITLE, notice_html(f"<p>{escaped(capital(told))}</p>"))


def empty_page(documents: int, dates: tuple[str, str] | None, archives: Mapping[str, int]) -> str:
    """What the place for documents shows before one is opened: what it is for, and what the archive holds."""
    told = "".join(f'<p lang="{language}">{escaped(words)}</p>' for language, words in messages.EMPTY_READER.items())
    held = [" · ".join(words.format(documents) for words in messages.HOLDINGS.values())]
    held += [" – ".join(dict.fromkeys(dates))] if dates else []
    named = [f"{name} ({count})" for name, count in archives.items()]
    held += [", ".join(named[:_MOST_ARCHIVES]) + (" …" if len(named) > _MOST_ARCHIVES else "")] if named else []
    lines = "".join(f"<li>{escaped(line)}</li>" for line in held)
    return page_html(messages.TITLE, notice_html(f"{told}<ul>{lines}</ul>"), room="read")


def missing_page(document_id: str) -> str:
    """A page that says that there is no such document."""
    return page_html(messages.TITLE, notice_html(f"<p>{said(messages.MISSING, document_id)}</p>"))


def _catalogued(document: Document, language: Language) -> str:
    """What the catalogue says of a document; its fields as printed can be unfolded."""
    summary = document.field("Summary")
    fields = "".join(f"<dt>{escaped(label)}</dt><dd>{escaped(value)}</dd>" for label, value in document.fields)
    parts = [
        f"<h1>{escaped(document.title)}</h1>",
        f'<p class="date">{escaped(dated(document, language))}</p>',
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
