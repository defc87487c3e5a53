"""What a sentence says of its own: without its citations, the titles it names, and what it rightly quotes."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from eval.answers import AnswerSentence
from eval.forms.quoting import marked
from eval.judgement import QuoteFinding
from eval.worth import LEAST_CONTENT, content_words
from index.days import dates
from index.document import LANGUAGES, Span

_MARKS = '“”„«»"‟‹›‘’'
_BRACKETED = re.compile(r"\((?P<inner>[^()]{0,60})\)")
_UNDATED = frozenset({"undated", "без даты", ""})
_BESIDE = " ,;.\n"  # what may part a date in brackets from what it dates
_ENDS = "()[]{}.,;:—–-> \n"


@dataclass(frozen=True, slots=True)
class Claim:
    """Words of a sentence that a source must bear out, and the place of each character in the sentence."""

    text: str
    origin: tuple[int, ...]

    @property
    def bare(self) -> bool:
        """Whether next to nothing is left: a lead-in that only names a document."""
        return len(content_words(self.text)) < LEAST_CONTENT

    def within(self, span: Span) -> Span:
        """Where a stretch of the claim, not empty, stands in the sentence."""
        first = min(max(0, span.start), len(self.origin) - 1)
        last = min(max(first, span.end - 1), len(self.origin) - 1)
        return Span(self.origin[first], self.origin[last] + 1)


def claim_of(sentence: AnswerSentence, found: Sequence[QuoteFinding], is_title: Callable[[str], bool]) -> Claim:
    """What is left of a sentence; `found` are what became of its quotations, in order."""
    text = sentence.text
    gone = [_with_brackets(text, cited.span) for cited in sentence.citations if cited.span]
    right = (
        q.span for q, one in zip(sentence.quotations, found, strict=True) if one.status in ("exact", "typographic")
    )
    gone += [_with_marks(text, span) for span in right]
    gone += [_with_marks(text, span) for span in marked(text) if is_title(span.of(text))]
    bracketed = [Span(*match.span()) for match in _BRACKETED.finditer(text) if _is_date(match["inner"])]
    gone += [span for span in bracketed if _dates_a_document(text, span, gone)]
    kept = [at for at in range(len(text)) if not any(span.start <= at < span.end for span in gone)]
    return _tidied(text, kept)


def _tidied(text: str, kept: Sequence[int]) -> Claim:
    """The characters kept, white space single, one space where something is gone."""
    words: list[str] = []
    origin: list[int] = []
    before = -1
    for at in kept:
        gap = at != before + 1
        space = text[at].isspace()
        if (space or gap) and words and words[-1] != " ":
            words.append(" ")
            origin.append(at)
        if not space:
            words.append(text[at])
            origin.append(at)
        before = at
    told = "".join(words).rstrip()
    return Claim(told, tuple(origin[: len(told)]))


def _with_brackets(text: str, span: Span) -> Span:
    """A citation with the brackets that hold nothing else."""
    start, end = span
    head, tail = text[:start].rstrip(), text[end:].lstrip(" .,;")
    if head[-1:] in ("(", "[") and tail[:1] in (")", "]"):
        return Span(len(head) - 1, len(text) - len(tail) + 1)
    return span


def _with_marks(text: str, span: Span) -> Span:
    start, end = span
    return Span(start - (text[start - 1 : start] in _MARKS and start > 0), end + (text[end : end + 1] in tuple(_MARKS)))


def _dates_a_document(text: str, span: Span, gone: Sequence[Span]) -> bool:
    """Whether a date in brackets stands beside a citation, a title or words quoted, or before a colon."""
    undated = not any(c.isdigit() for c in span.of(text))
    if undated or text[span.end :].lstrip().startswith(":"):
        return True
    before, after = len(text[: span.start].rstrip(_BESIDE)), len(text) - len(text[span.end :].lstrip(_BESIDE))
    return any(one.end >= before and one.start <= after for one in gone)


def _is_date(words: str) -> bool:
    """Whether brackets hold a date and nothing else."""
    if words.strip().lower() in _UNDATED:
        return True
    return any(
        not (words[: span.start] + words[span.end :]).strip(_ENDS)
        for language in LANGUAGES
        for span, _ in dates(language, words)
    )
