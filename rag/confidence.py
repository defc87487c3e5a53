"""How likely it is that the archive answers a question: one number, known before an answer is composed.

A logistic of five signals of what was found. Below FLOOR the archive is taken to hold no answer.
"""

import math
from collections.abc import Sequence

from rag.evidence import Evidence
from rag.question import Question
from rag.retrieve import Search

CUES = ("relevance", "lead", "words", "across", "size")
# Learned by `python -m eval.weights`; the figures: DECISIONS.md, 2
WEIGHTS = {"relevance": 9.21, "lead": 6.55, "words": 2.9, "across": 3.56, "size": -0.73}
BIAS = -6.31
NEAR = 0.01  # below it nothing that was found is worth a look: of 180 XQuAD questions with an answer 1 has less
FLOOR = 0.3  # the least confidence that is answered at: below it 1 question in 20, at the most, had an answer


def confidence(question: Question, search: Search, evidence: Sequence[Evidence]) -> float:
    """How likely the archive answers `question`, 0 to 1, by the evidence that was found; 0 if none was."""
    if not evidence:
        return 0.0
    told = cues(question, search, evidence)
    return 1 / (1 + math.exp(-BIAS - sum(WEIGHTS[name] * value for name, value in told.items())))


def cues(question: Question, search: Search, evidence: Sequence[Evidence]) -> dict[str, float]:
    """What the confidence rests on; `evidence` is not empty.

    relevance: that of the best passage. lead: how far it is above the others, on average. words: how much of the
    question's words the best passage has. across: 1 if that has no text in the question's language, so that it can
    have none of its words. size: how many passages were searched, as a power of ten.
    """
    best, others = evidence[0], [found.relevance for found in evidence[1:]]
    return {
        "relevance": best.relevance,
        "lead": best.relevance - sum(others) / len(others) if others else 0.0,
        "words": best.words,
        "across": float(question.language not in best.hit.passage.texts),
        "size": math.log10(max(1, search.passages)),
    }
