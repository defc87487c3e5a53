"""What an answer costs, and whether it is the same when it is asked for again."""

from collections.abc import Sequence

from eval.metrics.card import card
from eval.runs import Outcome, Provenance
from eval.score import Score, none, of

_MEGABYTE = 1_000_000  # bytes


def latency(seconds: Sequence[float], share: float) -> Score:
    """Seconds in which this share of questions were answered.

    Formula: the share's quantile, between two values in a straight line.
    Range: 0 or more, lower is better.
    Source: Hyndman and Fan 1996, type 7.
    """
    if not seconds:
        return none("nothing was timed")
    ordered = sorted(seconds)
    at = share * (len(ordered) - 1)
    low = int(at)
    high = min(low + 1, len(ordered) - 1)
    return of(ordered[low] + (at - low) * (ordered[high] - ordered[low]), f"seconds, {len(ordered)} questions")


def flip_rate(outcome: Outcome) -> Score:
    """Share of repeats that came to another answer than the first.

    Formula: repeats with another decision or other citations / repeats after the first.
    Range: 0 to 1, lower is better.
    Source: Delo.
    """
    again = outcome.repeats - 1
    if again <= 0:
        return none("asked once")
    return Score(hits=outcome.flips, total=again, reason=f"{outcome.flips} of {again} repeats differ")


def peak_memory(provenance: Provenance) -> Score:
    """The most memory that the run took, in megabytes.

    Formula: peak of the resident set of the process / 1,000,000 bytes.
    Range: 0 or more, lower is better.
    Source: the operating system.
    """
    if provenance.peak_bytes is None:
        return none("it was not measured")
    return of(provenance.peak_bytes / _MEGABYTE, "megabytes")


def scores(outcome: Outcome) -> dict[str, Score]:
    """The score of one question that tells whether it is stable."""
    return {"flip_rate": flip_rate(outcome)}


def latencies(outcomes: Sequence[Outcome]) -> dict[str, Score]:
    """p50 and p95 of each stage, of questions that did not end in an error; a stage only of those that came to it."""
    stages = dict.fromkeys(stage for outcome in outcomes for stage in outcome.seconds)
    told: dict[str, Score] = {}
    for stage in stages:
        seconds = [o.seconds[stage] for o in outcomes if stage in o.seconds and o.error is None]
        told |= {f"p{share}, {stage}": latency(seconds, share / 100) for share in (50, 95)}
    return told


CARDS = (card("flip_rate", flip_rate, pooled=True),)
RUN_CARDS = (
    card("p50, whole", latency, of="half of them", per="run"),
    card("p95, whole", latency, of="95 of 100", per="run"),
    card("peak_memory", peak_memory, per="run"),
)
