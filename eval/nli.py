"""A checker that asks a model of natural-language inference: does the sentence follow from a source?

For what the checker by rules leaves undecided, where the user names such a model. The model reads the stretches of the
sources that lie nearest to the sentence, each by itself, for it was made for short texts.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eval.support import Support, SupportVerdict
from eval.windows import LONGEST_PIECE, Nearest, Window
from index.crossencoder import EntailmentModel

SURE = 0.7  # probability; a judgement, see DECISIONS 26: no such model comes in a wheel to be measured
SURELY_SILENT = 0.9  # probability of "neutral" in every stretch: silence is shown by what is not there
WINDOWS = 4  # stretches that are read; evidence is mostly among the nearest
LONGEST_WINDOW = 800  # characters, in either language well below 512 tokens together with a sentence


@dataclass(frozen=True, slots=True)
class _Read:
    """A stretch that was read, and the probabilities that it entails, leaves open or contradicts the sentence."""

    window: Window
    entailed: float
    neutral: float
    contradicted: float


class EntailmentChecker:
    """A SupportScorer that asks a model of entailment, any that sentence-transformers can load as a cross-encoder.

    Supported: a stretch entails the sentence with a probability of at least `sure`, and none contradicts it more
    surely. Contradicted: the other way round. Unsupported: every stretch leaves it open, with at least SURELY_SILENT.
    All else is undecided.
    """

    def __init__(
        self, model: EntailmentModel, name: str, *, nearest: Nearest | None = None, sure: float = SURE
    ) -> None:
        self.name = f"entailment by {name}"
        self._model, self._sure = model, sure
        self._nearest = nearest or Nearest()
        _ = model.columns  # a model that cannot be used is refused now, not at the first sentence

    def score(self, claim: str, sources: Sequence[str]) -> Support:
        """See SupportScorer. Cost: a model call for up to WINDOWS stretches; embeds the sources' sentences once."""
        if not claim.strip():
            return self._undecided("there is no sentence to judge")
        if not any(source.strip() for source in sources):
            return self._undecided("the sources have no text")
        windows = self._readable(claim, sources)
        if not windows:
            return self._undecided("the sentence is too long for the model")
        told = self._model.judge([window.span.of(sources[window.source]) for window in windows], claim)
        if not np.isfinite(told).all():
            return self._undecided("the model gave what is not a number")
        return self._verdict([_read(window, row) for window, row in zip(windows, told, strict=True)])

    def _readable(self, claim: str, sources: Sequence[str]) -> list[Window]:
        """The nearest stretches, short enough for the model to read whole: what it reads in part it misreads."""
        found: list[Window] = []
        for longest in (LONGEST_WINDOW, LONGEST_PIECE):
            windows = self._nearest.windows(claim, sources, count=WINDOWS, longest=longest)
            found = [one for one in windows if self._model.fits(one.span.of(sources[one.source]), claim)]
            if len(found) == len(windows):
                break
        return found

    def _verdict(self, read: Sequence[_Read]) -> Support:
        best = max(read, key=lambda one: one.entailed)
        worst = max(read, key=lambda one: one.contradicted)
        silent = min(read, key=lambda one: one.neutral)
        if best.entailed >= max(self._sure, worst.contradicted):
            return self._support("supported", best, f"a source entails it ({best.entailed:.2f})")
        if worst.contradicted >= max(self._sure, best.entailed):
            return self._support("contradicted", worst, f"a source contradicts it ({worst.contradicted:.2f})")
        if silent.neutral >= SURELY_SILENT:
            return self._support("unsupported", best, f"no source entails or contradicts it ({silent.neutral:.2f})")
        return self._support("undecided", best, f"the model is not sure: at best {best.entailed:.2f} that it follows")

    def _support(self, verdict: SupportVerdict, read: _Read, reason: str) -> Support:
        place = read.window.source, read.window.span
        return Support(verdict=verdict, score=read.entailed, reason=reason, by=self.name, evidence=place)

    def _undecided(self, reason: str) -> Support:
        return Support(verdict="undecided", score=0.0, reason=reason, by=self.name)


def _read(window: Window, row: NDArray[np.float64]) -> _Read:
    entailed, neutral, contradicted = (float(np.clip(share, 0, 1)) for share in row)
    return _Read(window, entailed, neutral, contradicted)
