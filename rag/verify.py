"""The gate between a draft and an answer: every quotation is located in its document, or withheld.

It proves that the words stand in the document, not that the sentence around them follows from them.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from index.document import Document, Language, Span, stripped
from index.fold import Folded, fold, folded_text
from rag.answer import Answer, Citation, Draft, Quotation, Sentence, Statement, Verdict, Withheld
from rag.counterpart import Counterparts
from rag.errors import PlaceError
from rag.phrases import nothing_verified
from rag.question import Question
from rag.retrieve import Search

if TYPE_CHECKING:
    from rag.pointed.modelwords import ModelWords

LEAST_QUOTED_WORDS = 4  # shorter ones are found in almost any document
_NEAREST = 3  # documents named when nothing is stated
_WORD = re.compile(r"\w(?:[\w\u0300-\u036f]|['-](?=\w)|(?<=\d)[.,](?=\d))*")  # don't, non-aggression, 1,500
_LONGEST_WORD = 100  # characters
_LONG_DASHES = frozenset("–—―")


class Gate:
    """What every sentence of an answer to `question` passes: it is stated, or withheld with the reason.

    A quotation stands if its document was among those found, and its words are in that document, whole words
    from beginning to end; only the typography may differ. What is shown is the document's own wording.
    """

    def __init__(self, question: Question, search: Search, counterparts: Counterparts) -> None:
        self._question = question
        self._documents = {hit.document.id: hit.document for hit in search.hits}
        self._counterparts = counterparts

    def cited(self, quotation: Quotation) -> Citation | str:
        """Where a quotation stands, with what faces it; or the reason why it does not."""
        return cited(quotation, self._documents, self._counterparts)

    def passed(self, sentence: Sentence) -> tuple[Statement | Withheld, ...]:
        """What is left of a sentence; one that a language model wrote is judged by rag/pointed/modelwords.py."""
        if sentence.voice == "model":
            return self._model_words.passed(sentence)
        if not sentence.quotations:
            return (Withheld(text=sentence.text, reason="it rests on no quotation", voice=sentence.voice),)
        citations = []
        for quotation in sentence.quotations:
            cited = self.cited(quotation)
            if isinstance(cited, str):
                return (Withheld(text=sentence.text, reason=cited, voice=sentence.voice),)
            citations.append(cited)
        return (Statement(text=sentence.text, citations=tuple(citations), at=sentence.at, voice=sentence.voice),)

    @cached_property
    def _model_words(self) -> "ModelWords":
        from rag.pointed.modelwords import ModelWords

        return ModelWords(self._question, self._documents, self.cited)

    def answer(
        self,
        draft: Draft,
        outcomes: Iterable[Statement | Withheld],
        *,
        confidence: float,
        nearest: Iterable[Quotation] = (),
    ) -> Answer:
        """The answer that consists of `outcomes`, those of the sentences of `draft`.

        `confidence`, that the archive answers the question, is handed on. Of `nearest` what stands is shown, if nothing
        is stated.
        """
        passed = tuple(outcomes)
        statements = tuple(outcome for outcome in passed if isinstance(outcome, Statement))
        cited = {citation.document.id: citation.document for s in statements for citation in s.citations}
        return Answer(
            question=self._question,
            statements=statements,
            withheld=tuple(outcome for outcome in passed if isinstance(outcome, Withheld)),
            documents=tuple(cited.values() if cited else list(self._documents.values())[:_NEAREST]),
            reason=None if statements else draft.reason or nothing_verified(self._question.language),
            composer=draft.composer,
            confidence=confidence,
            remarks=draft.remarks,
            model=draft.model,
            nearest=() if statements else tuple(c for c in map(self.cited, nearest) if isinstance(c, Citation)),
        )


def verify(
    question: Question, draft: Draft, search: Search, counterparts: Counterparts, *, confidence: float
) -> Answer:
    """The answer that is left of a whole `draft`; see Gate."""
    gate = Gate(question, search, counterparts)
    outcomes = [outcome for sentence in draft.sentences for outcome in gate.passed(sentence)]
    return gate.answer(draft, outcomes, confidence=confidence)


def cited(quotation: Quotation, documents: Mapping[str, Document], counterparts: Counterparts) -> Citation | str:
    """Where a quotation stands among `documents`, with what faces it; or the reason why it does not."""
    found = locate(quotation, documents)
    if isinstance(found, str):
        return found
    document, span, verdict = documents[quotation.document_id], *found
    parallel = counterparts.of(document, quotation.language, span)
    return Citation(
        document=document,
        language=quotation.language,
        span=span,
        verdict=verdict,
        parallel=parallel,
        departures=counterparts.departures(document, quotation.language, span),
        beads=counterparts.beads(document, quotation.language, span, parallel),
    )


def locate(quotation: Quotation, documents: Mapping[str, Document]) -> tuple[Span, Verdict] | str:
    """Where a quotation stands among `documents` and how exactly, or the reason why it does not.

    Where the words stand more than once, the place nearest to the one that the quotation names is taken.
    """
    shown = f"“{_shortened(quotation.words)}”"
    document = documents.get(quotation.document_id)
    if document is None:
        return f"document {quotation.document_id!r} is not among those found"
    if quotation.language not in document.texts:
        return f"document {document.id!r} has no text in {quotation.language!r}"
    words = folded_text(quotation.words).strip()
    if len(words.split()) < LEAST_QUOTED_WORDS:
        return f"{shown} is too short: fewer than {LEAST_QUOTED_WORDS} words prove nothing"
    text = document.texts[quotation.language]
    span = _nearest_place(text, quotation, words)
    if span is None:
        return f"{shown} is not in document {document.id!r}"
    return span, "exact" if span.of(text) == quotation.words.strip() else "typographic"


def _nearest_place(text: str, quotation: Quotation, folded: str) -> Span | None:
    """The place of a quotation, `folded`, nearest to the one that it names; None if it has none.

    A text is folded only if the words do not stand to the letter where the quotation says.
    """
    if quotation.span and _stands_at(text, quotation.span, quotation.words.strip(), folded):
        return quotation.span
    hint = quotation.span or Span(0, 0)
    places = _places(text, fold(text), folded)
    return min(places, key=lambda place: (abs(place.start - hint.start), place), default=None)


def _stands_at(text: str, span: Span, words: str, folded: str) -> bool:
    """Whether just these words stand at a place, whole words; what lies about it is looked at, not the whole text."""
    if span.of(text) != words:
        return False
    start = max(0, span.start - _LONGEST_WORD)
    near = text[start : span.end + _LONGEST_WORD]
    return span in (place.shifted(start) for place in _places(near, fold(near), folded))


def quoted_at(document: Document, language: Language, span: Span) -> Citation:
    """The quotation of what stands at a place that its reader chose, without the white space at its ends.

    Raises: PlaceError if the document has no such text or no such place in it, or if the place is empty or begins
        or ends inside a word.
    """
    text = document.texts.get(language)
    if text is None:
        raise PlaceError(
            f"document {document.id!r} has no text in {language!r}, only in {' and '.join(document.texts)}"
        )
    named = f"{language}:{span.start}-{span.end}"
    if not 0 <= span.start < span.end <= len(text):
        raise PlaceError(f"document {document.id!r} has no place {named}; its text ends at {len(text)}")
    words = stripped(text, span)
    if words.start == words.end:
        raise PlaceError(f"nothing stands at {named} in document {document.id!r} but white space")
    if _cut_out(text, words):
        raise PlaceError(f"the place {named} in document {document.id!r} cuts a word in two; quote it whole")
    return Citation(document=document, language=language, span=words, verdict="exact", parallel=None)


def _cut_out(text: str, span: Span) -> bool:
    """Whether a place begins or ends inside a word; what lies about it is looked at, not the whole text."""
    start = max(0, span.start - _LONGEST_WORD)
    near = text[start : span.end + _LONGEST_WORD]
    folded = fold(near)
    return any(_cuts_word(near, folded, at) for at in folded.folded(span.shifted(-start)))


def _places(text: str, folded: Folded, words: str) -> Iterator[Span]:
    """Where the folded `words` stand in `text` without cutting a word in two: half of «неподготовленным» would lie."""
    at = folded.text.find(words)
    while words and at >= 0:
        end = at + len(words)
        if not (_cuts_word(text, folded, at) or _cuts_word(text, folded, end)):
            yield folded.original(at, end)
        at = folded.text.find(words, at + 1)


def _cuts_word(text: str, folded: Folded, at: int) -> bool:
    """Whether a place in the folded text lies inside a word; a long dash, folded to a hyphen, parts two words."""
    beside = {text[place] for place in folded.origin[max(0, at - 1) : at + 1]}
    near = _WORD.finditer(folded.text, max(0, at - _LONGEST_WORD), at + _LONGEST_WORD)
    return beside.isdisjoint(_LONG_DASHES) and any(word.start() < at < word.end() for word in near)


def _shortened(words: str) -> str:
    return words if len(words) <= 80 else words[:80].rsplit(" ", 1)[0] + " …"
