"""Which sentences of what was found carry the answer to a question.

A sentence is worth its score, and more or less by whether it is of the sort that is asked for. The best are taken,
as many as come near the best; where a document gives a list of what is asked for, the best sentence of each item.
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.document import Language
from index.negation import negations
from rag.evidence import Evidence, Weighed
from rag.extractive.repeats import repeats, telling, words_of
from rag.extractive.series import Series, series_in
from rag.extractive.wish import Wish, wish
from rag.kinds import marks
from rag.question import Question
from rag.verify import LEAST_QUOTED_WORDS

MOST = 3  # quotations of an answer; more are not read
MOST_OF_LIST = 5  # of one that gives the items of a list
_LOOKED_AT = 12  # sentences, the best by score
_LOOKED_AT_FOR_LIST = 40
# Of score, as WEIGHTS of rag/evidence.py give it; the figures: DECISIONS.md, 40
_NEAR_NARROW = 0.2  # less than the best sentence's, where a word or two answer
_NEAR_OPEN = 0.25  # elsewhere
_OF_ANOTHER = 0.5  # of that, where it is from another document than the best
_NEAR_ITEM = 0.4  # that an item of a list may lack
_GIVES_REASON = 0.15  # more, where reasons are asked for, if words say that one is given
_NO_REASON = 0.1  # less, if nothing in it is a reason, a result or a refusal
_ENUMERATES = 0.05  # more, where a list is asked for, for a sentence that counts or lists
_ANNOUNCES = 0.2  # or for one that announces items: "It was resolved: to build ...; to order ..."
_NOTHING_NEW = 0.2  # less, for a sentence that says nothing beyond the question
_LEAST_NEW = 3  # telling words that the question has not

_REASONS: dict[Language, re.Pattern[str]] = {
    "en": re.compile(
        r"\b(?:because|due to|owing to|therefore|as a result|for this reason|in view of|so that|for the reason"
        r"|the (?:cause|reason)s?)\b"
        r"|\bsince (?!(?:then|that|when|the (?:beginning|end|start|time)|\d|(?:January|February|March|April|May|June"
        r"|July|August|September|October|November|December)\b))",
        re.IGNORECASE,
    ),
    "ru": re.compile(
        r"\b(?:поскольку|потому|так как|ввиду|вследствие|из-за|поэтому|в силу|благодаря|по (?:этой|той) причине"
        r"|причин\w+|в связи с тем)\b",
        re.IGNORECASE,
    ),
}
_ITEMS = re.compile(r":(?:[^:;]+;[^;]+|[^:;,.]+(?:,[^:;,.]+){2,})", re.DOTALL)
_LISTS = re.compile(
    r";.+;|(?:,[^,;]+){3,}|\b(?:secondly|second|in the second place|во-вторых|второе)\b|\b2[.)]\s",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A sentence, and what it is worth as an answer."""

    sentence: Weighed
    worth: float


def choose(question: Question, evidence: Sequence[Evidence]) -> tuple[Weighed, ...]:
    """The sentences to quote, best first, or the items of a list in their order; none repeats another.

    At most MOST, or MOST_OF_LIST where a document lists what is asked for. Cost: some milliseconds the first time that
    its sentences are looked at.
    """
    wished = wish(question.language, question.text)
    near = _NEAR_NARROW if wished.narrow else _NEAR_OPEN
    candidates = _distinct(_valued(question, wished, _of_documents_near(evidence, near)))
    if not candidates:
        return ()
    best = [c for c in candidates if c.worth >= candidates[0].worth - _lacking(c, candidates[0], near)]
    if not (wished.several or wished.cause):
        return tuple(c.sentence for c in best[:MOST])
    listed = _listed(wished, candidates, best)
    most = max(MOST, min(len(listed), MOST_OF_LIST if wished.several else MOST))
    beyond = max((c.worth for c in listed), default=-math.inf)  # what is worth less than the list adds little to it
    others = [c for c in best[:MOST] if c.worth > beyond]
    return tuple(c.sentence for c in [*listed, *others][:most])


def _of_documents_near(evidence: Sequence[Evidence], near: float) -> list[Evidence]:
    """The evidence from documents that come near the best by what they are about, whatever sort their sentences are."""
    most: dict[str, float] = {}
    for found in evidence:
        id_ = found.hit.document.id
        most[id_] = max(found.relevance, most.get(id_, found.relevance))
    least = max(most.values(), default=0.0) - near * _OF_ANOTHER
    return [found for found in evidence if most[found.hit.document.id] >= least]


def _lacking(candidate: _Candidate, best: _Candidate, near: float) -> float:
    """What a candidate may lack of the best: less if it is from another document."""
    return near if candidate.sentence.hit.document.id == best.sentence.hit.document.id else near * _OF_ANOTHER


def _valued(question: Question, wished: Wish, evidence: Sequence[Evidence]) -> list[_Candidate]:
    """The sentences that are long enough to prove anything, most worth first."""
    told = (s for found in evidence for s in found.sentences if len(words_of(s).split()) >= LEAST_QUOTED_WORDS)
    most = _LOOKED_AT_FOR_LIST if wished.several or wished.cause else _LOOKED_AT
    looked_at = sorted(told, key=lambda sentence: -sentence.score)[:most]
    asked = telling(question.language, question.text)
    valued = [_Candidate(s, s.score + _sort(wished, s) - _idle(asked, question.language, s)) for s in looked_at]
    return sorted(valued, key=lambda c: -c.worth)


def _sort(wished: Wish, sentence: Weighed) -> float:
    """What a sentence gains or loses by being of the sort that is asked for."""
    words = words_of(sentence)
    gain = 0.0
    if wished.cause and _gives_reason(sentence.language, words):
        gain += _GIVES_REASON
    elif wished.cause and not _may_be_reason(sentence):
        gain -= _NO_REASON
    if wished.several and not wished.cause:
        gain += _ANNOUNCES if _ITEMS.search(words) else _ENUMERATES if _LISTS.search(words) else 0.0
    return gain


def _gives_reason(language: Language, words: str) -> bool:
    """Whether the words of a sentence say outright that it gives a reason: because, therefore, since."""
    return _REASONS[language].search(words) is not None


def _may_be_reason(sentence: Weighed) -> bool:
    """Whether anything in a sentence tells of a cause, or denies."""
    language, words = sentence.language, words_of(sentence)
    return "cause" in marks(language, words).shown or any(True for _ in negations(language, words))


def _idle(asked: frozenset[str], language: Language, sentence: Weighed) -> float:
    """What a sentence loses by saying nothing that the question did not say; another language's words cannot tell."""
    if sentence.language != language:
        return 0.0
    new = telling(language, words_of(sentence)) - asked
    return _NOTHING_NEW if len(new) < _LEAST_NEW else 0.0


def _distinct(candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """The candidates without those that repeat a better one."""
    kept: list[_Candidate] = []
    for candidate in candidates:
        if not any(repeats(candidate.sentence, other.sentence) for other in kept):
            kept.append(candidate)
    return kept


def _listed(wished: Wish, candidates: Sequence[_Candidate], best: Sequence[_Candidate]) -> list[_Candidate]:
    """The best of each item of a list to which one of the `best` belongs: of reasons any, of other things the first."""
    for leader in best if wished.cause else best[:1]:
        for series in _of_document(leader, candidates):
            items = list(_items(wished, series, leader, candidates))
            if len(items) > 1 and leader in items:
                return items
    return []


def _of_document(leader: _Candidate, candidates: Sequence[_Candidate]) -> tuple[Series, ...]:
    document, language = leader.sentence.hit.document, leader.sentence.language
    spans = [c.sentence.span for c in candidates if _same_text(c, leader)]
    return series_in(document, language, spans)


def _items(wished: Wish, series: Series, leader: _Candidate, candidates: Sequence[_Candidate]) -> Iterator[_Candidate]:
    """The best candidate of each item; of those that go on, none that cannot be a reason where one is asked for."""
    near = [c for c in candidates if _same_text(c, leader) and c.worth >= candidates[0].worth - _NEAR_ITEM]
    for number, item in enumerate(series.items):
        best = next((c for c in near if item.holds(c.sentence.span)), None)
        if best and (number < series.sure or not wished.cause or _may_be_reason(best.sentence)):
            yield best


def _same_text(one: _Candidate, two: _Candidate) -> bool:
    return (
        one.sentence.hit.document.id == two.sentence.hit.document.id and one.sentence.language == two.sentence.language
    )
