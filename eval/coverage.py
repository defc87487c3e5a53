"""How much of a sentence a source in the same language covers.

The words that tell something, by their stems, are looked for in every three sentences that follow each other; the best
three are the evidence. Beside that: how many neighbouring words of the sentence are neighbours in the source.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from eval.sourcetext import SourceText, bare
from index.document import Span, covering

WINDOW = 3  # sentences


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """What a source covers of a sentence.

    `words`: share of its telling words in the best stretch, which is at `place`; `pairs`: share of its neighbouring
    words that are neighbours in the source. `copied`: it stands there word for word.
    """

    words: float
    pairs: float
    place: Span
    copied: bool = False


def cover(stems: Sequence[str], claim: str, source: SourceText) -> Covered:
    """What `source` covers of the sentence `claim`, whose telling words have these `stems`."""
    at = _copied(stems, claim, source)
    neighbours = list(pairwise(stems))
    pairs = sum(pair in source.pairs for pair in neighbours) / len(neighbours) if neighbours else 0.0
    wanted = dict.fromkeys(stems)
    seen: Counter[int] = Counter()
    for stem in wanted:
        starts = {n - back for n in source.places.get(stem, ()) for back in range(WINDOW)}
        seen.update(starts)
    if not seen:
        return Covered(words=float(at), pairs=float(at), place=Span(0, 0), copied=at)
    best = max(seen, key=lambda n: (seen[n], n))
    near = [
        n for n in range(max(0, best), min(best + WINDOW, len(source.sentences))) if wanted.keys() & source.stems[n]
    ]
    place = covering([source.sentences[n] for n in near])
    return Covered(words=1.0 if at else seen[best] / len(wanted), pairs=1.0 if at else pairs, place=place, copied=at)


def _copied(stems: Sequence[str], claim: str, source: SourceText) -> bool:
    """Whether the claim stands in the source word for word; one of a few words only if it is a sentence there."""
    words = bare(claim)
    if not words or words not in source.folded:
        return False
    start = source.folded.find(words)
    end = start + len(words)
    whole = not source.folded[max(0, start - 1) : start].isalnum() and not source.folded[end : end + 1].isalnum()
    return (whole and len(set(stems)) > WINDOW) or words in source.folded_sentences
