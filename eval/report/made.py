"""The report of a run, and of two, made of what is worked out from the scores that stand in them."""

from eval.compare import compare
from eval.measures import PRIMARY
from eval.metrics import card_of, losses
from eval.metrics.abstention import risk_coverage
from eval.report.against import Compared
from eval.report.cardfile import read_card
from eval.report.page import Report
from eval.report.tables import tables_of
from eval.results import Results, results
from eval.runs import Outcome, Run
from eval.table import Scored


def report_of(run: Run, told: Results | None = None) -> Report:
    """The report of `run`; `told` is what it comes to, if that is known already."""
    told = told or results(run)
    risk = risk_coverage(losses(run.outcomes), len(run.outcomes)) if run.outcomes else []
    return Report(run=run, tables=tables_of(told, card_of, PRIMARY, risk), record=told.record(), card=read_card())


def compared_of(old: Run, new: Run, *, anyway: bool = False) -> Compared:
    """How `new` differs from `old`; with `anyway`, in what they share, though they are of different questions, say.

    Raises: RunError if they cannot be compared.
    """
    found = compare(Scored.of(old), Scored.of(new), anyway=anyway)
    titles = {contrast.name: _title(contrast.name) for contrast in found.contrasts}
    return Compared(comparison=found, old=_by_id(old), new=_by_id(new), titles=titles)


def _title(name: str) -> str:
    try:
        return card_of(name).title
    except KeyError:
        return name


def _by_id(run: Run) -> dict[str, Outcome]:
    return {outcome.case.id: outcome for outcome in run.outcomes}
