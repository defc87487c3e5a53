"""Puts a question with a known answer to an index, and tells what came of it: numbers by name, one row a question."""

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from eval.cases import Case
from index.document import LANGUAGES, Document, Language, Span
from index.embed import Vectors
from index.store import Index
from rag.confidence import FLOOR, confidence, cues
from rag.counterpart import Counterparts
from rag.evidence import WEIGHTS, Evidence, Weighed, evidence_of, signalled, weigh
from rag.question import Question
from rag.retrieve import Hit, Retriever, Search
from rag.sentences import SentenceBook
from rag.signals import SIGNALS, Signals

FIRST, FEW, MORE = 1, 3, 5  # places that count
WAYS = (*(f"{way}, {language}" for way in ("meaning", "words") for language in LANGUAGES), "names")

Outcome = dict[str, float]  # a figure's name -> 1.0 or 0.0, or milliseconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A question's answer as the index has it: its document, and its places in the texts."""

    document_id: str
    gold: dict[Language, Span]
    passages: frozenset[str]  # those that hold it in either language


class Measurer:
    """Asks questions of one index; `cases` are those that it may be asked."""

    def __init__(self, index: Index, cases: Sequence[Case]) -> None:
        self._index = index
        texts = index.embedder.questions([case.question for case in cases])
        self._vectors = {case.id: vector for case, vector in zip(cases, texts, strict=True)}
        self._retriever = Retriever(index)
        self._book = SentenceBook(index.catalogue)
        self._counterparts = Counterparts(index.catalogue)

    def outcome(self, case: Case) -> Outcome:
        """All figures of one question; those that do not apply to it are absent."""
        question = Question(text=case.question, language=case.language)
        self._asked(question, self._vectors[case.id])  # so that what is timed is warm
        start = time.perf_counter()
        search, evidence, sure = self._asked(question)
        took = (time.perf_counter() - start) * 1000
        told: Outcome = {"milliseconds, warm": took, "confidence": sure, "refused": float(sure < FLOOR)}
        known = self.known(case)
        if known is None:
            return told
        told |= self._found(case, known, search, evidence)
        for name, hits in legs(search).items():
            told |= _passages(f"leg alone: {name}", known, hits)
        for name, ranked in self._rankings(question, search):
            told |= self._sentences(name, case.language, known, ranked)
        return told

    def _asked(self, question: Question, vector: Vectors | None = None) -> tuple[Search, list[Evidence], float]:
        search = self._retriever.retrieve(question, vector=vector)
        evidence = weigh(question, search, self._book, self._index)
        return search, evidence, confidence(question, search, evidence)

    def known(self, case: Case) -> Known | None:
        """Where the answer of `case` stands; None if the archive does not answer it."""
        document = self._index.catalogue.document(case.document_id) if case.document_id else None
        if document is None:
            return None
        gold = case.gold(document)
        return Known(document_id=document.id, gold=gold, passages=self._holding(document, gold))

    def _holding(self, document: Document, gold: dict[Language, Span]) -> frozenset[str]:
        return frozenset(
            passage.id
            for passage in self._index.catalogue.passages(document)
            if any(x in passage.spans and passage.spans[x].meets(span) for x, span in gold.items())
        )

    def signals(self, case: Case) -> tuple[Search, list[Signals]]:
        """What was found for a question, and the signals of its sentences."""
        question = Question(text=case.question, language=case.language)
        search = self._retriever.retrieve(question, vector=self._vectors[case.id])
        return search, signalled(question, search, self._book, self._index)

    def cues(self, case: Case, among: frozenset[str]) -> dict[str, float] | None:
        """What the confidence in an answer to a question would rest on, if the archive were only these documents.

        None if nothing at all is found in them.
        """
        question = Question(text=case.question, language=case.language)
        search = self._retriever.retrieve(question, among=among, vector=self._vectors[case.id])
        evidence = weigh(question, search, self._book, self._index)
        return cues(question, search, evidence) if evidence else None

    def _found(self, case: Case, known: Known, search: Search, evidence: Sequence[Evidence]) -> Outcome:
        told = self._sentences("whole", case.language, known, flat(evidence), both=True)
        by_evidence = [found.hit for found in evidence]
        documents = list(dict.fromkeys(hit.document.id for hit in by_evidence))
        told["document recall@5"] = float(known.document_id in documents[:MORE])
        told |= _passages("whole", known, by_evidence)
        return told | _passages("legs fused", known, search.hits)

    def _rankings(self, question: Question, search: Search) -> Iterator[tuple[str, list[Weighed]]]:
        """The sentences as each signal alone, and all but it, would rank them."""
        told = signalled(question, search, self._book, self._index)
        for name in SIGNALS:
            alone = {each: float(each == name) for each in SIGNALS}
            without = {each: 0.0 if each == name else weight for each, weight in WEIGHTS.items()}
            yield f"signal alone: {name}", ranking(search, told, alone)
            yield f"without: {name}", ranking(search, told, without)

    def _sentences(
        self, of: str, language: Language, known: Known, ranked: Sequence[Weighed], *, both: bool = False
    ) -> Outcome:
        """Whether the sentence that holds the answer is first, and in the first three, by language."""
        places = [self._places(sentence, known) for sentence in ranked[:FEW]]
        told: Outcome = {}
        for x, gold in known.gold.items():
            right = [x in place and place[x].meets(gold) for place in places]
            whose = "own language" if x == language else "other language"
            told[f"{of}: evidence sentence first, {whose}"] = float(any(right[:FIRST]))
            told[f"{of}: evidence sentence in first three, {whose}"] = float(any(right))
        if both and len(known.gold) == len(LANGUAGES):
            rights = ([x in place and place[x].meets(gold) for place in places] for x, gold in known.gold.items())
            told["both evidence sentences in the first three pairs"] = float(all(any(right) for right in rights))
        return told

    def _places(self, sentence: Weighed, known: Known) -> dict[Language, Span]:
        """Where a sentence and its counterpart stand; nowhere if it is of another document than the answer."""
        document = sentence.hit.document
        if document.id != known.document_id:
            return {}
        facing = self._counterparts.of(document, sentence.language, sentence.span)
        places: dict[Language, Span] = {sentence.language: sentence.span}
        return places | ({facing.language: facing.span} if facing else {})


def flat(evidence: Iterable[Evidence]) -> list[Weighed]:
    """All sentences of the evidence, best first."""
    return sorted((s for found in evidence for s in found.sentences), key=lambda sentence: -sentence.score)


def ranking(search: Search, told: Sequence[Signals], weights: Mapping[str, float]) -> list[Weighed]:
    """The sentences found as other weights of their signals would rank them."""
    pairs = zip(search.hits, told, strict=True)
    return flat(evidence_of(hit, signals, weights) for hit, signals in pairs)


def legs(search: Search) -> dict[str, list[Hit]]:
    """The passages that each way of searching found among the hits, in its own order; none where it found none."""
    found = {way: [hit for hit in search.hits if way in hit.found_by] for way in WAYS}
    return {way: sorted(hits, key=lambda hit: hit.found_by[way]) for way, hits in found.items()}


def _passages(of: str, known: Known, hits: Sequence[Hit]) -> Outcome:
    right = [hit.passage.id in known.passages for hit in hits[:MORE]]
    return {
        f"{of}: right passage first": float(any(right[:FIRST])),
        f"{of}: right passage in first five": float(any(right)),
    }
