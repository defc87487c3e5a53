"""Reads what is known of a checker: a JSON file of figures from labelled sets.

It has `checker`, its name, and `sets`, a list. Each set has `dataset`, its name; `n` sentences; `base`, the share of
them that is supported; and `verdicts`: for each verdict the `share` of the sentences that get it, and `supported`, the
share of those that is supported, or null. It may have a `note`: the source of the set, its licence, and whether it was
looked at while the checker was made.
"""

import json
from pathlib import Path
from typing import Any

from eval.errors import EvaluationError
from eval.report.view import Calibrated, CalibrationCard, VerdictShare

CARD = Path(__file__).with_name("calibration.json")  # of the checker that Delo has itself


def read_card(path: Path = CARD) -> CalibrationCard | None:
    """The card in `path`; None if there is no such file.

    Raises: EvaluationError if it is not of this form.
    """
    if not path.exists():
        return None
    try:
        plain = json.loads(path.read_text(encoding="utf-8"))
        return CalibrationCard(checker=str(plain["checker"]), sets=tuple(map(_set, plain["sets"])))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise EvaluationError(
            f"'{path}' is no calibration card: {error!r}; see eval/report/cardfile.py for its form"
        ) from error


def _set(plain: dict[str, Any]) -> Calibrated:
    verdicts = {name: _verdict(told) for name, told in plain["verdicts"].items()}
    return Calibrated(
        dataset=str(plain["dataset"]),
        n=int(plain["n"]),
        base=float(plain["base"]),
        verdicts=verdicts,
        note=str(plain.get("note", "")),
    )


def _verdict(plain: dict[str, Any]) -> VerdictShare:
    supported = plain["supported"]
    return VerdictShare(share=float(plain["share"]), supported=None if supported is None else float(supported))
