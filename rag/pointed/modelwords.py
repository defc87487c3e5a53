"""What a language model wrote, sentence by sentence: stated as its own words, or withheld with the reason.

What it put in quotation marks is looked for in the documents: what stands there word for word is given in their own
words, with its citation; elsewhere the marks go. A sentence whose numbers, dates or names nothing cited bears out is
withheld; so is one that holds what only a quotation may hold. What it pointed at stays: the documents then speak for
themselves, as they do where it only repeats them.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from index.document import Document, Language, Span
from index.fold import fold, folded_text
from index.lexical import telling_stems
from index.units import sentences_within
from rag.answer import Citation, Quotation, Sentence, Statement, Withheld
from rag.entry import one_line
from rag.phrases import source_line
from rag.pointed.claims import Grounds, bears, large_words, refers, small_words, unborne
from rag.pointed.marks import MARKS, Marked, marked, unmarked
from rag.pointed.remarks import Reason, withheld_since
from rag.pointed.unsayable import masked, unsayable
from rag.question import Question, foreign, script

_MARKS_OF: dict[Language, tuple[str, str]] = {"en": ("“", "”"), "ru": ("«", "»")}
_ENDS = " \n\t.,;:!?…"
_COPIED = 0.6  # of a sentence's letters that repeat what it points at, from which on that speaks for itself
_KNOWN = 0.5  # of the small words that the documents have too: then the sentence is in their language
_MOST_LOOKED_AT = 400  # characters between quotation marks that are looked for; more is no quotation
_MOST_NAMED = 2  # sentences that are cited besides, for the names that others refer to
_REFERRED = 2  # sentences back that a pronoun may refer to
_LOOKED_BACK = 3_000  # characters

Cite = Callable[[Quotation], Citation | str]


@dataclass(frozen=True, slots=True)
class _Pointed:
    """A citation, and after how many characters of its sentence it stands."""

    at: int
    citation: Citation


@dataclass(frozen=True, slots=True)
class _Change:
    """Words put in the place of `span`; `held` if a document has them."""

    span: Span
    words: str
    held: bool = False


class ModelWords:
    """Judges the sentences of one answer by the `documents` that were found; `cite` locates a quotation in them."""

    def __init__(self, question: Question, documents: Mapping[str, Document], cite: Cite) -> None:
        self._question = question
        self._documents = documents
        self._cite = cite

    def passed(self, sentence: Sentence) -> tuple[Statement | Withheld, ...]:
        """What is left of a sentence: a statement; or it is withheld, and what it points at speaks for itself."""
        pointed = list(self._pointed(sentence))
        changes, quoted = self._quoted(sentence.text, [one.citation for one in pointed])
        text, own = _changed(sentence.text, changes)
        pointed = sorted([*(_moved(one, changes) for one in pointed), *quoted], key=lambda one: one.at)
        pointed += [_Pointed(len(text), named) for named in self._named(own, [one.citation for one in pointed])]
        citations = tuple(one.citation for one in pointed)
        if reason := self._fault(own, citations):
            withheld = Withheld(text=masked(unmarked(text), self._documents.values()), reason=reason, voice="model")
            return withheld, *self._sources(citations)
        if not any(c.isalnum() for c in text) or any(_repeats(own, citation) for citation in citations):
            return tuple(self._sources(citations))
        return (Statement(text=text, citations=citations, at=tuple(one.at for one in pointed), voice="model"),)

    def _pointed(self, sentence: Sentence) -> Iterator[_Pointed]:
        """The quotations that stand; a model is given their words, so all of them should."""
        places = sentence.at or (len(sentence.text),) * len(sentence.quotations)
        for at, quotation in zip(places, sentence.quotations, strict=True):
            if isinstance(citation := self._cite(quotation), Citation):
                yield _Pointed(at, citation)

    def _fault(self, own: str, citations: Sequence[Citation]) -> str | None:
        """Why a sentence is not stated; `own` are its words without those that a document has."""
        language = self._question.language
        if reason := self._unfit(own, citations):
            return withheld_since(reason, language)
        if missing := unborne(own, Grounds.of(citations, self._small, self._names)):
            return withheld_since(missing.kind, language, missing.words.strip(_ENDS))
        return withheld_since("another language", language) if self._is_foreign(own) else None

    def _unfit(self, own: str, citations: Sequence[Citation]) -> Reason | None:
        """Why a sentence is not even held against what it points at."""
        if not (citations or any(c.isalnum() for c in own)):
            return "no words"
        if unsayable(own, self._documents.values()):
            return "unsayable"
        if any(map(_is_strange, own)):
            return "other letters"
        return None if citations else "points nowhere"

    def _named(self, own: str, citations: Sequence[Citation]) -> Iterator[Citation]:
        """What must be cited besides, since the sentences pointed at have a pronoun where the model has a name.

        So too for a name of the question, which a model may take up wherever the document is about it.
        """
        found = list(citations)
        while citations and len(found) < len(citations) + _MOST_NAMED:
            missing = unborne(own, Grounds.of(found, self._small, self._names))
            if missing is None or missing.kind != "name":
                return
            asked = bears(missing.words, Grounds(((self._question.language, self._question.text),), (), self._small))
            named = next((c for one in citations if (c := self._bearing(missing.words, one, asked=asked))), None)
            if named is None:
                return
            found.append(named)
            yield named

    def _bearing(self, name: str, cited: Citation, *, asked: bool) -> Citation | None:
        """The sentence nearest to a cited one, and before it if it can be, that has a name."""
        text = cited.document.texts[cited.language]
        before = sentences_within(text, Span(max(0, cited.span.start - _LOOKED_BACK), cited.span.start))[::-1]
        after = sentences_within(text, Span(cited.span.end, min(len(text), cited.span.end + _LOOKED_BACK)))
        near = before[:_REFERRED] if refers(cited.language, cited.words) else []
        for span in (*before, *after) if asked else near:
            grounds = Grounds(((cited.language, span.of(text)),), (), self._small)
            if bears(name, grounds):
                quotation = Quotation(
                    document_id=cited.document.id, language=cited.language, words=span.of(text), span=span
                )
                found = self._cite(quotation)
                return found if isinstance(found, Citation) else None
        return None

    def _is_foreign(self, own: str) -> bool:
        """Whether a sentence is in a third language; one whose words the documents have is not."""
        ours = script(own)
        small = [word for word in re.findall(r"[^\W\d_]+", own) if word.islower()]
        if ours is None or not small:
            return False
        known = sum(word in self._small[ours] or set(telling_stems(ours, word)) <= self._small[ours] for word in small)
        return known < _KNOWN * len(small) and foreign(own, ours) is not None

    def _sources(self, citations: Sequence[Citation]) -> Iterator[Statement]:
        """What each document says that was pointed at, without a word of the model's."""
        for id_ in dict.fromkeys(citation.document.id for citation in citations):
            own = tuple({(c.language, c.span): c for c in citations if c.document.id == id_}.values())
            yield Statement(text=source_line(own[0].document, self._question.language), citations=own)

    def _quoted(self, text: str, citations: list[Citation]) -> tuple[list[_Change], list[_Pointed]]:
        """What becomes of the quotation marks in `text`, and the citations of what was found between them."""
        changes: list[_Change] = []
        found: list[tuple[int, Citation]] = []
        for mark in marked(text):
            words = self._found(text, mark, citations)
            if mark.end is None or words is None:
                changes += _without(text, mark)
                continue
            if isinstance(words, Citation):
                found.append((mark.end + 1, words))
            told = words if isinstance(words, str) else words.words
            opening, closing = _MARKS_OF[script(text) or self._question.language]
            changes.append(_Change(Span(mark.start, mark.end + 1), f"{opening}{_plain(told)}{closing}", held=True))
        return changes, [_moved(_Pointed(at, citation), changes) for at, citation in found]

    def _found(self, text: str, mark: Marked, citations: Sequence[Citation]) -> str | Citation | None:
        """The document's own words for what stands between two marks, or their citation if nothing pointed at them."""
        words = text[mark.start + 1 : mark.end].strip(_ENDS + "".join(MARKS))
        if mark.end is None or not 0 < len(words) <= _MOST_LOOKED_AT:
            return None
        for citation in citations:
            sides = (citation, citation.parallel) if citation.parallel else (citation,)
            for side in sides:
                if held := _stands(words, side.words):
                    return held
        return next(self._elsewhere(words, citations), None)

    def _elsewhere(self, words: str, citations: Sequence[Citation]) -> Iterator[Citation]:
        """Where words stand in the documents found, those that were pointed at first."""
        first = dict.fromkeys(citation.document.id for citation in citations)
        for id_ in dict.fromkeys((*first, *self._documents)):
            for language in self._documents[id_].languages:
                cited = self._cite(Quotation(document_id=id_, language=language, words=words))
                if isinstance(cited, Citation):
                    yield cited

    @cached_property
    def _small(self) -> dict[Language, frozenset[str]]:
        return small_words(self._documents.values())

    @cached_property
    def _large(self) -> frozenset[str]:
        return large_words(self._documents.values(), self._small)

    def _names(self) -> frozenset[str]:
        return self._large


def _is_strange(letter: str) -> bool:
    """Whether it is a letter of neither Latin, Cyrillic nor Greek."""
    return letter.isalpha() and letter > "\u052f" and not "\u1c80" <= letter <= "\u1fff"


def _plain(words: str) -> str:
    """A document's words for the midst of a sentence: on one line, without marks at their ends."""
    return one_line(words).strip("".join(MARKS))


def _stands(words: str, source: str) -> str | None:
    """The whole words of `source` that are `words`, but for typography."""
    sought, folded = folded_text(words).strip(), fold(source)
    at = folded.text.find(sought)
    while sought and at >= 0:
        end = at + len(sought)
        if not (folded.text[max(0, at - 1) : at].isalnum() or folded.text[end : end + 1].isalnum()):
            return folded.original(at, end).of(source)
        at = folded.text.find(sought, at + 1)
    return None


def _without(text: str, mark: Marked) -> Iterator[_Change]:
    """The marks go, and those within them."""
    end = mark.start if mark.end is None else mark.end
    kept = unmarked(text[mark.start : end + 1]) if mark.end is not None else ""
    kept = kept.strip("".join(MARKS)) if mark.end is not None else ""
    yield _Change(Span(mark.start, end + 1), kept)


def _changed(text: str, changes: Sequence[_Change]) -> tuple[str, str]:
    """The text with its changes, and the same without what a document has."""
    at, whole, own = 0, list[str](), list[str]()
    for change in changes:
        before = text[at : change.span.start]
        whole += [before, change.words]
        own += [before, " " if change.held else change.words]
        at = change.span.end
    return "".join([*whole, text[at:]]), "".join([*own, text[at:]])


def _moved(one: _Pointed, changes: Sequence[_Change]) -> _Pointed:
    """The same citation at its place in the changed text; never within words that were put in."""
    at = one.at
    for change in changes:
        grown = len(change.words) - (change.span.end - change.span.start)
        if change.span.start < one.at < change.span.end:
            return replace(one, at=at + change.span.end - one.at + grown)
        if change.span.end <= one.at:
            at += grown
    return replace(one, at=at)


def _repeats(own: str, citation: Citation) -> bool:
    """Whether a sentence only says over again what it points at."""
    said = folded_text(own).strip(_ENDS)
    sides = [citation.words] + ([citation.parallel.words] if citation.parallel else [])
    for words in (folded_text(side).strip(_ENDS) for side in sides):
        if said in words and len(said) >= _COPIED * len(words):
            return True
        if words in said and len(words) >= _COPIED * len(said):
            return True
    return False
