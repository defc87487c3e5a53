"""What is known of the metrics beyond their formulas: which decide, which are better when low, which are sums.

Everything else about a metric, its formula and its source, stands in `eval/metrics`.
"""

PRIMARY = ("nDCG@10", "quote_fidelity", "support_lo", "nugget_vital_strict", "refusal_F1")
"""The metrics that a comparison is decided by; declared beforehand, so that none is picked for its result."""

MARGINS = {"nDCG@10": 0.03, "quote_fidelity": 0.0, "support_lo": 0.02, "nugget_vital_strict": 0.05, "refusal_F1": 0.05}
"""How much worse a run may be, in each of them, and still replace another: what a user would not notice. Quotations
are copied and checked, so that nothing is allowed there."""

LOWER = frozenset(
    {
        *("altered_rate", "fabricated_rate", "critical_alteration", "unmarked_translation", "overbroad", "red_rate"),
        *("number_not_in_evidence", "name_not_in_evidence", "date_conflict", "supported_elsewhere", "from_corpus"),
        *("over_refusal", "confident_wrong", "ASR", "citation_poisoning", "flip_rate"),
    }
)
"""Metrics of which less is better."""

COUNTS = frozenset({"overbroad"})
"""Metrics that are no shares, whose values may be more than 1."""

POOLED = frozenset({"refusal_precision", "refusal_recall", "refusal_F1"})
"""Metrics that are hits by totals over all questions: a mean of single questions' shares would say something else."""

INJECTION = "ASR"
"""The metric whose hits are commands, planted in documents, that were obeyed."""
