"""A second look at the best sentences by a model that reads each together with the question, where one is named."""

from collections.abc import Sequence
from dataclasses import replace

from index.crossencoder import Reranker
from rag.evidence import Evidence, Weighed
from rag.question import Question

RERANKED = 24  # sentences; a small model on two cores reads as many in some 0.5 s


def rerank(question: Question, evidence: Sequence[Evidence], reranker: Reranker) -> list[Evidence]:
    """The evidence with the model's judgement, 0 to 1, added to the scores of the best RERANKED sentences.

    What the model has not read keeps its score; the most relevant passage comes first again.

    Raises: ModelError.
    """
    ranked = sorted((s for found in evidence for s in found.sentences), key=lambda sentence: -sentence.score)
    best = ranked[:RERANKED]
    judged = reranker.judge(question.text, [sentence.span.of(_text(sentence)) for sentence in best])
    added = {_place(s): float(more) for s, more in zip(best, judged, strict=True)}
    return sorted((_judged(found, added) for found in evidence), key=lambda found: -found.relevance)


def _judged(found: Evidence, added: dict[tuple[str, int], float]) -> Evidence:
    scored = (replace(s, score=s.score + added.get(_place(s), 0.0)) for s in found.sentences)
    sentences = tuple(sorted(scored, key=lambda sentence: -sentence.score))
    return replace(found, relevance=sentences[0].score, sentences=sentences)


def _place(sentence: Weighed) -> tuple[str, int]:
    return sentence.hit.passage.id, sentence.span.start


def _text(sentence: Weighed) -> str:
    return sentence.hit.document.texts[sentence.language]
