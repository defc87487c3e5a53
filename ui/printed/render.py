"""Answers, searches and documents as text for a terminal; pure.

Colours are marks in the text; whoever prints to something that is no terminal takes them out.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from textwrap import wrap
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from click import style, unstyle

from index.document import LANGUAGES, Document, Language, Passage, Span, facing_texts
from rag.answer import Answer, Citation, Place, Statement, Withheld
from rag.phrases import confidence_words
from ui import messages
from ui.page.numbering import Numbering, pointed

if TYPE_CHECKING:  # what is only looked up does not wait for numpy
    from rag.retrieve import Hit, Search

WIDEST = 110  # columns; longer lines are hard to read
NAMES: dict[Language, str] = {"ru": "Russian", "en": "English"}
_COMMANDS = {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\n\t"} | {0x7F: 0x2421}
_COMMANDS |= dict.fromkeys((*range(0x80, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)), 0xFFFD)
_COMMANDING = re.compile("[" + "".join(f"\\u{code:04x}" for code in _COMMANDS) + "]")
_ESCAPES = {code: f"\\u{code:04x}" for code in (*_COMMANDS, 0x2028, 0x2029) if code >= 0x7F}
_MODEL = "model"  # before the words of one
_MARK = ("⟦", "⟧")  # round a place pointed at, where colour cannot show it


def answer_text(answer: Answer, width: int) -> str:
    """An answer: numbered quotations, each with its counterpart, references and address."""
    told = Told(width)
    lines = [line for statement in answer.statements for line in told.statement(statement)]
    return "\n".join([*lines, *told.rest(answer)])


class Told:
    """An answer as lines, sentence by sentence as they come; its quotations are numbered through."""

    def __init__(self, width: int) -> None:
        self._width = width
        self._numbering = Numbering()
        self._text = ""

    def statement(self, statement: Statement) -> list[str]:
        """A sentence with the quotations it rests on; of a model's, those that were not shown before."""
        numbers, new = self._numbering.of(statement.citations)
        if statement.voice == "model":
            words = visible(numbered(statement.text, statement.at, numbers))
            head = [style(line, fg="magenta") for line in _labelled(_wrapped(words, self._width - len(_MODEL) - 2))]
        else:
            head = [] if statement.text == self._text else _filled(statement.text, self._width, bold=True)
            new = tuple(zip(numbers, statement.citations, strict=True))
        self._text = statement.text
        named = statement.text if statement.voice == "archive" else ""
        return [*head, *([""] if head else []), *_quotations(new, named, self._width)]

    def under_way(self, text: str, citations: Sequence[tuple[int, Citation]]) -> list[str]:
        """A sentence that is not finished, each quotation after so many characters of it; no line is too wide."""
        numbers, new = self._numbering.copy().of(citation for _, citation in citations)
        width = self._width // 2 if any(east_asian_width(c) in "WF" for c in text) else self._width
        words = numbered(f"{text.rstrip()} …", [at for at, _ in citations], numbers)
        lines = [line for own in visible(words).splitlines() for line in wrap(own, max(10, width - len(_MODEL) - 2))]
        quoted = [f"[{n}] {_shortened(c.words, self._width - 4)}" for n, c in new]
        return [style(line, dim=True) for line in (*_labelled(lines), *quoted)]

    def rest(self, answer: Answer) -> list[str]:
        """What is told after the sentences: why there are none, how sure it is, who wrote, what is withheld."""
        lines: list[str] = []
        if answer.abstained:
            lines += _filled(answer.reason or "Nothing can be stated: no quotation could be verified.", self._width)
            lines += ["", *self._near(answer), ""]
        sure = confidence_words(answer.confidence, answer.question.language, abstained=answer.abstained)
        lines += _filled(sure, self._width, dim=True)
        if answer.model and not answer.abstained:
            written_by = (
                f"The words marked “{_MODEL}” were written by {answer.model}; the quotations are not its words."
            )
            lines += _filled(written_by, self._width, dim=True)
        for withheld in answer.withheld:
            lines += _filled(f"Withheld: {withheld.text} ({withheld.reason})", self._width)
        return lines

    def _near(self, answer: Answer) -> list[str]:
        """What comes nearest: passages that may not answer, and documents."""
        language = answer.question.language
        lines = [f"{messages.NEAREST_PASSAGES[language]}:", ""] if answer.nearest else []
        lines += _quotations([(0, citation) for citation in answer.nearest], "", self._width)
        quoted = {citation.document.id for citation in answer.nearest}
        others = [document for document in answer.documents if document.id not in quoted]
        lines += [f"{messages.NEAREST[language]}:"] if others else []
        return lines + [line for document in others for line in _filled(_entry(document), self._width, "  ")]


def numbered(text: str, at: Sequence[int], numbers: Sequence[int]) -> str:
    """Words with the numbers of the quotations that they point at."""
    return "".join(
        piece.rstrip() + "".join(f" [{n}]" for n in here) + piece[len(piece.rstrip()) :]
        for piece, here in pointed(text, at, numbers)
    )


def _labelled(lines: Sequence[str]) -> list[str]:
    """Lines that are marked as a model's words."""
    return [f"{_MODEL if n == 0 else ' ' * len(_MODEL)}  {line}" for n, line in enumerate(lines)]


def struck(withheld: Withheld, width: int) -> list[str]:
    """A sentence that is withheld, where it would have stood; the reason is told after the others."""
    lines = _wrapped(visible(withheld.text), width - 10)
    first, *rest = [style(line, dim=True, strikethrough=True) for line in lines] or [""]
    return [f"withheld  {first}", *(f"          {line}" for line in rest), ""]


def _shortened(words: str, width: int) -> str:
    line = " ".join(visible(words).split())
    return line if len(line) <= width else line[: width - 2].rsplit(" ", 1)[0] + " …"


def _quotations(numbered: Sequence[tuple[int, Citation]], told: str, width: int) -> Iterator[str]:
    """Quotations with their numbers; what several in a row have in common, their document's, comes once, after them."""
    for (number, citation), following in zip_longest(numbered, numbered[1:]):
        yield from _quotation(number, citation, width)
        document = citation.document
        if following is None or following[1].document.id != document.id:
            if document.title not in told:
                yield from _filled(f"{document.title}, {_date(document)}", width, "    ")
            references = "; ".join(reference.text for reference in document.references)
            yield from _filled(references, width, "    ", fg="cyan")
            yield from _filled(document.url or "", width, "    ", dim=True)
        yield ""


def _quotation(number: int, citation: Citation, width: int) -> Iterator[str]:
    """A quotation with its number; 0 for one that answers nothing, and has none."""
    first, *rest = side(citation.language, citation.words, width)
    mark = f"[{number}]" if number else "   "
    yield style(mark, bold=True) + first.removeprefix(" " * len(mark))
    yield from rest
    if citation.parallel:
        yield from side(citation.parallel.language, citation.parallel.words, width)
    else:
        yield from _filled("(no counterpart in the other language)", width, "    ", dim=True)
    yield from compared(citation, width)
    how = "word for word" if citation.verdict == "exact" else "but for typography"
    place = f"document {citation.document.id}, paragraph {citation.paragraph}, {how}"
    yield from _filled(place, width, "    ", dim=True)


def compared(place: Place, width: int) -> Iterator[str]:
    """What should be compared in the two texts of a place, a line each."""
    for departure in place.departures:
        yield from _filled(f"compare: {departure.reason}", width, "    ", fg="yellow")


def side(language: Language, words: str, width: int) -> list[str]:
    """Words in one language, with the language before their first line."""
    first, *rest = _wrapped(visible(words), width - 8) or [""]
    return [f"    {style(language, fg='green')}  {first}", *(f"        {line}" for line in rest)]


def _wrapped(words: str, width: int) -> list[str]:
    """`words` in lines; its own line ends are kept, and no word is cut."""
    return [
        line
        for own in words.splitlines()
        for line in wrap(own, max(20, width), break_long_words=False, break_on_hyphens=False) or [""]
    ]


def _filled(
    words: str, width: int, indent: str = "", *, fg: str | None = None, bold: bool = False, dim: bool = False
) -> list[str]:
    lines = _wrapped(visible(words), width - len(indent))
    plain = not (fg or bold or dim)
    return [indent + (line if plain else style(line, fg=fg, bold=bold or None, dim=dim or None)) for line in lines]


def visible(words: str) -> str:
    """`words` with every character that would command the terminal, or turn the line round, made visible."""
    return words.translate(_COMMANDS) if _COMMANDING.search(words) else words  # looking is faster by far


def json_text(record: Mapping[str, object], indent: int | None = None) -> str:
    """`record` as JSON that holds no such character either: each is escaped, and read back as it was."""
    return json.dumps(record, ensure_ascii=False, indent=indent, default=str).translate(_ESCAPES)


def _entry(document: Document) -> str:
    references = "; ".join(reference.text for reference in document.references)
    return f"{document.id}  {document.title}, {_date(document)}. {references}"


def _date(document: Document) -> str:
    return document.date.text if document.date else "undated"


def search_text(search: "Search", width: int) -> str:
    """Passages that were found, best first, both sides of each."""
    return "\n".join(line for hit in search.hits for line in (*_hit(hit, width), "")).rstrip()


def _hit(hit: "Hit", width: int) -> Iterator[str]:
    ways = ", ".join(f"{way} #{rank}" for way, rank in hit.found_by.items())
    yield from _filled(f"{hit.rank}. {_entry(hit.document)}", width, bold=True)
    yield from _filled(f"score {hit.score:.2f} ({ways})", width, "    ", dim=True)
    for language, words in hit.passage.texts.items():
        yield from side(language, words, width)


def document_text(document: Document, passages: Sequence[Passage], width: int, at: tuple[Language, Span] | None) -> str:
    """A document: its catalogue fields, then both texts side by side, passage by passage."""
    fields = [(label, value) for label, value in document.fields if label != "Date"]
    lines = [*_filled(document.title, width, bold=True), document.date.text if document.date else "undated", ""]
    for label, value in fields:
        lines += [style(f"{label}:", dim=True), *_filled(value, width, "  ")]
    lines += [
        "",
        *columns({language: style(NAMES[language], bold=True) for language in document.languages}, width),
    ]
    for sides in facing_texts(document, passages):
        shown = {language: marked(document, language, span, at) for language, span in sides.items()}
        lines += ["", *columns(shown, width)]
    return "\n".join(lines)


def marked(document: Document, language: Language, span: Span, at: tuple[Language, Span] | None) -> str:
    """The words of a stretch, with marks round the place in it that is pointed at."""
    text = visible(document.texts[language])  # as long as the text itself, so that places stay
    if at is None or at[0] != language or not span.meets(at[1]):
        return span.of(text).strip("\n")
    start, end = max(span.start, at[1].start), min(span.end, at[1].end)
    place = _MARK[0] + text[start:end] + _MARK[1]
    return (text[span.start : start] + place + text[end : span.end]).strip("\n")


def _lit(lines: list[str]) -> list[str]:
    """Lines with what is between the marks in colour, each by itself, so that none runs into the column beside."""
    coloured, lit = [], False
    for line in lines:
        lit = lit or _MARK[0] in line
        start = max(0, line.find(_MARK[0])) if lit else len(line)
        end = line.find(_MARK[1], start) + 1 or len(line)
        lit = lit and _MARK[1] not in line[start:]
        coloured.append(line[:start] + (style(line[start:end], fg="yellow") if start < end else "") + line[end:])
    return coloured


def columns(sides: dict[Language, str], width: int) -> Iterator[str]:
    """Texts beside each other; one under the other where there is no room."""
    half = (width - 3) // 2
    if half < 36:
        yield from (line for words in sides.values() for line in _lit(_wrapped(words, width)))
        return
    left, right = (_lit(_wrapped(sides.get(language, ""), half)) for language in LANGUAGES)
    for one, two in zip_longest(left, right, fillvalue=""):
        yield f"{one}{' ' * (half - _length(one))}   {two}".rstrip()


def _length(line: str) -> int:
    return len(unstyle(line))
