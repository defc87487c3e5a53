"""Free text as the sentences of an answer, each with what it quotes and cites.

A sentence keeps the citation in brackets behind its full stop, and is not cut inside a quotation. A block quote (>)
belongs to the sentence that leads in to it.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from eval.answers import AnswerSentence, Cited
from eval.forms.citing import citations, resumed
from eval.forms.quoting import marked, quotations
from index.archives import ArchiveTable
from index.document import Span, blocks, stripped
from index.sentence import sentences

_ITEM = re.compile(r"\n(?=[^\S\n]*(?:[-*•–—]\s|\d{1,2}[.)]\s|#{1,6}\s))")
_HEADING = re.compile(r"^[^\S\n]*#{1,6}\s[^\n]*\n?", re.MULTILINE)
_QUOTE_LINE = re.compile(r"^[^\S\n]*>", re.MULTILINE)
_BRACKETS = re.compile(r"\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\[\]]*\]")
_MARKED_STOP = re.compile(r"[.!?…][»”\"]?(?:\s?\[\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*\])+(?=\s+[«“„\"(]?[A-ZА-ЯЁ])")
_NUMBER = re.compile(r"\W*\d{1,2}[.)]")
_ONLY_CITATION = re.compile(r"^[\s(\[]*(?:см\.|see|source:|источник:)?", re.IGNORECASE)
_WORDS = re.compile(r"[^\W\d_]{3,}")


def prose(text: str, ids: Sequence[str] = (), archives: ArchiveTable | None = None) -> tuple[AnswerSentence, ...]:
    """The sentences of a text, in order; `ids` are those of the sources that came with it, for markers such as [1]."""
    before: Cited | None = None
    found: list[AnswerSentence] = []
    for words in _sentences(unicodedata.normalize("NFC", text)):
        own = sentence(words, ids, archives)
        told: list[Cited] = []
        for cited in own.citations:
            before = resumed(cited, before, archives)
            told.append(before)
        found.append(AnswerSentence(text=own.text, quotations=own.quotations, citations=tuple(told)))
    return tuple(found)


def sentence(text: str, ids: Sequence[str] = (), archives: ArchiveTable | None = None) -> AnswerSentence:
    """One sentence, with what it quotes and cites; a citation that ends a block quote is none of its words."""
    if _has_block(text):
        return _block_sentence(text, ids, archives)
    quoted = tuple(quotations(text))
    cited = tuple(citations(text, ids, [q.span for q in quoted], archives))
    return AnswerSentence(text=text, quotations=quoted, citations=cited)


def _has_block(text: str) -> bool:
    return _QUOTE_LINE.search(text) is not None


def _block_sentence(text: str, ids: Sequence[str], archives: ArchiveTable | None) -> AnswerSentence:
    """A block quote with its lead-in; brackets at its end may be its citation."""
    found = tuple(citations(text, ids, (), archives))
    last = found[-1].span if found else None
    end = last.start if last and not text[last.end :].strip(" .,;\n—–-") else len(text)
    quoted = tuple(quotations(text[:end].rstrip(" \n—–-(>")))
    outside = tuple(c for c in found if c.span and not any(c.span.meets(q.span) for q in quoted))
    return AnswerSentence(text=text, quotations=quoted, citations=outside)


def _sentences(text: str) -> list[str]:
    told: list[str] = []
    waiting = ""
    for block in _blocks(text):
        if _has_block(block):
            waiting = f"{waiting}\n{block}" if waiting.rstrip().endswith(":") else _passed(told, waiting, block)
            continue
        for words in _cut(block):
            if _has_block(waiting) and _is_citation(words):
                waiting = f"{waiting}\n{words}"
            else:
                waiting = _passed(told, waiting, words)
    return [words for words in (*told, waiting) if words]


def _passed(told: list[str], waiting: str, words: str) -> str:
    """Enters what waited for its continuation; what follows waits now."""
    told.append(waiting)
    return words


def _blocks(text: str) -> Iterator[str]:
    """Paragraphs, items of lists, headings and block quotes."""
    for block in blocks(text):
        for part in _ITEM.split(block.of(text)):
            heading = _HEADING.match(part)
            if heading:
                yield heading[0].strip()
            rest = part[heading.end() :] if heading else part
            yield from (piece for piece in _runs(rest) if piece.strip())


def _runs(text: str) -> Iterator[str]:
    """The lines of a block, those of a block quote apart."""
    run: list[str] = []
    for line in text.split("\n"):
        if run and bool(_QUOTE_LINE.match(line)) != bool(_QUOTE_LINE.match(run[-1])):
            yield "\n".join(run)
            run = []
        run.append(line)
    yield "\n".join(run)


def _cut(block: str) -> list[str]:
    """The sentences of a block: those that a quotation or brackets hold together are one; a citation alone is none."""
    closed = [Span(span.start - 1, span.end + 1) for span in marked(block)]
    closed += [Span(*match.span()) for match in _BRACKETS.finditer(block)]
    joined: list[Span] = []
    for span in sentences(block):
        cut_inside = joined and any(c.start < joined[-1].end < c.end and joined[-1].end < span.end for c in closed)
        numbered = joined and _NUMBER.fullmatch(joined[-1].of(block))  # "1. The first"
        if joined and (cut_inside or numbered or _is_citation(span.of(block))):
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return [stripped(block, part).of(block) for span in joined for part in _after_markers(block, span, closed)]


def _after_markers(block: str, whole: Span, closed: Sequence[Span]) -> Iterator[Span]:
    """A stretch cut behind markers that follow a full stop: `... the south.[1] The army ...`."""
    start = whole.start
    for match in _MARKED_STOP.finditer(block, *whole):
        if not any(span.start < match.start() and match.end() < span.end for span in closed):
            yield Span(start, match.end())
            start = match.end()
    yield Span(start, whole.end)


def _is_citation(words: str) -> bool:
    """Whether a sentence is nothing but a citation: brackets, or a reference, with no words of its own."""
    found = citations(words)
    if not found:
        return False
    rest = words
    for cited in found:
        if cited.span:
            rest = rest.replace(cited.span.of(words), " ")
    return not _WORDS.search(_ONLY_CITATION.sub("", rest, count=1))
