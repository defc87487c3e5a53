"""How likely it is that the units of a bead face each other, and no others.

A logistic regression on what tells right facings from wrong ones. Its weights were fitted on archives whose right
facings are known, some with sentences left out; DECISIONS.md, "A bead's confidence", has how, and how far it holds.
"""

from collections.abc import Sequence

import numpy as np

from index.embed import Scale, Vectors
from index.facing import Facings, Numbers, Units

NEAR = 3  # units on either side of a bead that might face its units instead
BY_MEANING = (-2.4, 5.6, 6.7, -0.6, -3.0)  # nothing, likeness, lead, surprise, further units
BY_LENGTH = (2.5, 0.0, 0.0, -1.25, -1.6)  # where the model says nothing of meaning

Facing = tuple[tuple[int, int], tuple[int, int]]  # the units of the left and of the right text, each from, to


def sureness(left: Units, right: Units, facings: Sequence[Facing], scale: Scale) -> list[float]:
    """For each facing how likely it is to be right, 0 to 1; 0 where a side is empty."""
    both = [at for at, (one, two) in enumerate(facings) if one[0] < one[1] and two[0] < two[1]]
    told = _told(left, right, [facings[at] for at in both], scale)
    weights = BY_MEANING if scale.bilingual else BY_LENGTH
    odds = weights[0] + told @ np.asarray(weights[1:])
    sure = np.zeros(len(facings))
    sure[both] = 1 / (1 + np.exp(-odds))
    found: list[float] = sure.tolist()
    return found


def _told(left: Units, right: Units, facings: Sequence[Facing], scale: Scale) -> Numbers:
    """A row for each facing: likeness on the scale, its lead over rivals, surprise, units beyond one with one.

    A rival is a unit near, in either text, that is like one of these; one that is no more like than unrelated
    units are counts as that.
    """
    prices = Facings(left, right, scale)
    rows = []
    for one, two in facings:
        shape = one[1] - one[0], two[1] - two[0]
        alike, surprise = prices.compared(shape, one[1], two[1])
        rival = max(_rival(left.vectors, one, right.vectors, two), _rival(right.vectors, two, left.vectors, one))
        rows.append((alike, alike - max(0.0, scale.read(rival)), surprise, sum(shape) - 2))
    return np.asarray(rows, np.float64).reshape(-1, len(BY_MEANING) - 1)


def _rival(own: Vectors, these: tuple[int, int], others: Vectors, those: tuple[int, int]) -> float:
    """The greatest similarity of one of these units with one of the others that are near those, but not of them."""
    first = max(0, those[0] - NEAR)
    near = np.concatenate([others[first : those[0]], others[those[1] : those[1] + NEAR]])
    return float((own[slice(*these)] @ near.T).max(initial=-1.0))
