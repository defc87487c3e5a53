"""Merging of what meaning and words found into one ranking."""

from collections.abc import Mapping

NAMES_WEIGHT = 0.2  # of all that its names can tell; in its own language its words have told it already
WORDS_WEIGHT = 0.8  # of all that the question's words can tell, against a step from unrelated to translated


def best_of(*legs: Mapping[str, float]) -> dict[str, float]:
    """For every id the best of its scores, where several searches of one kind were made."""
    best: dict[str, float] = {}
    for leg in legs:
        for id_, score in leg.items():
            best[id_] = max(score, best.get(id_, score))
    return best


def fuse(
    meaning: Mapping[str, float], words: Mapping[str, float], names: Mapping[str, float]
) -> list[tuple[str, float]]:
    """Passage ids with their scores, best first.

    The score of an id is its likeness to the question, plus WORDS_WEIGHT times the share of what the question's words
    can tell that it has, plus NAMES_WEIGHT times that of its names. An id that only its words or names found is taken
    to be as like as the least like that was found. Equal scores are ordered by id.

    Args:
        meaning: Likeness to the question of what was found by meaning, on the model's scale (0 unrelated).
        words: Shares of the greatest possible BM25 score, > 0.
        names: The same, of the question's names in whatever spelling.

    Source: a convex combination, after Bruch, Gai and Ingber, ACM TOIS 42 (2023), who found it better than
    reciprocal rank fusion; so did we (DECISIONS.md, 1).
    """
    least = min(meaning.values(), default=0.0)
    scores = {
        id_: meaning.get(id_, least) + WORDS_WEIGHT * words.get(id_, 0.0) + NAMES_WEIGHT * names.get(id_, 0.0)
        for id_ in {**meaning, **words, **names}
    }
    return sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))
