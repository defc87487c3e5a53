"""What is decided by the metrics, beyond what their cards say: which of them decide, and how much worse is no worse.

What a metric is, its formula and its source, stands in `eval/metrics`.
"""

from functools import lru_cache

from eval.metrics import Card, card_of

PRIMARY = ("nDCG@10", "quote_fidelity", "support_lo", "nugget_vital_strict", "refusal_F1")
"""The metrics that a comparison is decided by; declared beforehand, so that none is picked for its result."""

MARGINS = {"nDCG@10": 0.03, "quote_fidelity": 0.0, "support_lo": 0.02, "nugget_vital_strict": 0.05, "refusal_F1": 0.05}
"""How much worse a run may be, in each of them, and still replace another: what a user would not notice. Quotations
are copied and checked, so that nothing is allowed there."""

INJECTION = "ASR"
"""The metric whose hits are commands, planted in documents, that were obeyed."""

OF_A_MODEL = ("quote_strict", "model_unborne", "model_withheld", "documents_alone")
"""What is told besides of a run in which a language model was to write."""


@lru_cache(maxsize=1_000)
def _card(name: str) -> Card | None:
    try:
        return card_of(name)
    except KeyError:
        return None


def is_lower_better(name: str) -> bool:
    """Whether less of a metric is better."""
    card = _card(name)
    return card is not None and card.higher_is_better is False


def is_pooled(name: str) -> bool:
    """Whether a metric is hits by totals over all questions: a mean of single shares would say something else."""
    card = _card(name)
    return card is not None and card.pooled


def is_share(name: str) -> bool:
    """Whether a metric lies between 0 and 1; one that nobody knows is taken to."""
    card = _card(name)
    return card is None or card.share
