"""How far a checker is to be trusted: its three outcomes on pairs that people have labelled.

A line of a file of pairs is {id, dataset, split, lang, granularity, claim, source: [texts], label}; the label is 1 or
"supported", or 0 or "unsupported".
"""

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.errors import EvaluationError
from eval.labelled import note_of
from eval.support import FlagKind, Support, SupportScorer

_Z = 1.96  # 95 %
_LABELS: dict[int | str, bool] = {1: True, "supported": True, 0: False, "unsupported": False}
_FLAGS: tuple[FlagKind, ...] = ("number", "date", "name", "quotation", "negation")


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledPair:
    """A sentence with its sources, and whether people found it supported."""

    id: str
    dataset: str
    lang: str
    claim: str
    source: tuple[str, ...]
    label: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """`hits` of `n`, with a Wilson interval of 95 %; None of nothing."""

    hits: int
    n: int

    @property
    def value(self) -> float | None:
        """The share."""
        return self.hits / self.n if self.n else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson 1927."""
        if not self.n:
            return None
        p, z2 = self.hits / self.n, _Z * _Z
        middle = p + z2 / (2 * self.n)
        spread = _Z * math.sqrt(p * (1 - p) / self.n + z2 / (4 * self.n * self.n))
        whole = 1 + z2 / self.n
        return max(0.0, (middle - spread) / whole), min(1.0, (middle + spread) / whole)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A checker on one data set in one language.

    `outcomes`: of each outcome how many were found supported; `flags`: of the sentences with a flag how many were not
    supported, and what share of all unsupported that is; `auroc` of the score, None if all labels are the same.
    """

    dataset: str
    lang: str
    base: Share
    outcomes: dict[str, Share]
    flags: dict[str, tuple[Share, Share]]
    auroc: float | None


def read_pairs(paths: Sequence[Path]) -> list[LabelledPair]:
    """The labelled pairs of the files.

    Raises: EvaluationError, naming file and line, if one is malformed, or an id stands twice.
    """
    found = [pair for path in paths for pair in _read(path)]
    if not found:
        raise EvaluationError("there are no labelled pairs; give files of JSON lines with claim, source and label")
    return found


def _read(path: Path) -> Iterator[LabelledPair]:
    seen: set[str] = set()
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, ValueError) as error:
        raise EvaluationError(f"the labelled pairs in '{path}' cannot be read: {error}") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        pair = _pair(line, f"'{path}', line {number}")
        if pair.id in seen:
            raise EvaluationError(f"'{path}', line {number}: the id {pair.id!r} stands twice; give each pair its own")
        seen.add(pair.id)
        yield pair


def _pair(line: str, where: str) -> LabelledPair:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise EvaluationError(f"{where}: not JSON: {error}") from error
    texts = ("id", "dataset", "lang", "claim")
    if not isinstance(row, dict) or not all(isinstance(row.get(name), str) and row[name] for name in texts):
        raise EvaluationError(f"{where}: expected an object with the texts {', '.join(texts)}")
    source = row.get("source")
    if not isinstance(source, list) or not all(isinstance(text, str) for text in source):
        raise EvaluationError(f"{where}: 'source' must be a list of texts")
    label = row.get("label")
    if not isinstance(label, int | str) or label not in _LABELS:
        raise EvaluationError(f"{where}: 'label' must be 1 for supported or 0, not {label!r}")
    return LabelledPair(**{name: row[name] for name in texts}, source=tuple(source), label=_LABELS[label])


def calibrate(scorer: SupportScorer, pairs: Sequence[LabelledPair]) -> list[Row]:
    """What `scorer` makes of the pairs, by data set and language, in the order in which these first appear."""
    judged = [(pair, scorer.score(pair.claim, pair.source)) for pair in pairs]
    groups = dict.fromkeys((pair.dataset, pair.lang) for pair in pairs)
    return [_row(*group, [one for one in judged if (one[0].dataset, one[0].lang) == group]) for group in groups]


def _row(dataset: str, lang: str, judged: Sequence[tuple[LabelledPair, Support]]) -> Row:
    verdicts = ("supported", "undecided", "unsupported", "contradicted")
    outcomes = {v: _share([pair.label for pair, told in judged if told.verdict == v]) for v in verdicts}
    bad = [not pair.label for pair, _ in judged]
    flags: dict[str, tuple[Share, Share]] = {}
    for kind in _FLAGS:
        hit = [not pair.label for pair, told in judged if any(flag.kind == kind for flag in told.flags)]
        flags[kind] = (_share(hit), Share(hits=sum(hit), n=sum(bad)))
    return Row(
        dataset=dataset,
        lang=lang,
        base=_share([pair.label for pair, _ in judged]),
        outcomes=outcomes,
        flags=flags,
        auroc=auroc([told.score for _, told in judged], [pair.label for pair, _ in judged]),
    )


def _share(labels: Sequence[bool]) -> Share:
    return Share(hits=sum(labels), n=len(labels))


def auroc(scores: Sequence[float], labels: Sequence[bool]) -> float | None:
    """The chance that a supported sentence scores higher than another, ties counting half; None of one kind only.

    Mann and Whitney 1947.
    """
    good = sum(labels)
    if not 0 < good < len(labels):
        return None
    order = sorted(range(len(scores)), key=lambda n: scores[n])
    ranks, at = [0.0] * len(scores), 0
    while at < len(order):
        end = at
        while end < len(order) and scores[order[end]] == scores[order[at]]:
            end += 1
        for n in order[at:end]:
            ranks[n] = (at + end + 1) / 2
        at = end
    total = sum(rank for rank, label in zip(ranks, labels, strict=True) if label)
    return (total - good * (good + 1) / 2) / (good * (len(labels) - good))


def card(rows: Sequence[Row], name: str) -> str:
    """The calibration card in words and figures."""
    lines = [f"Checker: {name}. Of each outcome: its share of all, and how many of it are supported [95 %]."]
    for row in rows:
        score = "-" if row.auroc is None else f"{row.auroc:.3f}"
        lines.append(f"\n{row.dataset} ({row.lang})  n {row.base.n}, supported {_shown(row.base)}, AUROC {score}")
        for verdict, share in row.outcomes.items():
            lines.append(f"  {verdict:13} {share.n / row.base.n:5.2f}   {_shown(share)}")
        for kind, (precision, recall) in row.flags.items():
            if precision.n:
                found = "-" if recall.value is None else f"{recall.value:.2f}"
                lines.append(f"  flag {kind:10} unsupported {_shown(precision)} of {precision.n}; finds {found}")
    return "\n".join(lines)


def _shown(share: Share) -> str:
    if share.value is None or share.interval is None:
        return "-"
    low, high = share.interval
    return f"{share.value:.2f} [{low:.2f}, {high:.2f}]"


def as_json(rows: Sequence[Row], name: str) -> dict[str, object]:
    """The calibration card as values for JSON."""
    return {"checker": name, "rows": [_row_json(row) for row in rows]}


def as_report(rows: Sequence[Row], name: str) -> dict[str, object]:
    """The figures that a report shows of a checker; their form is told in `eval.report.cardfile`."""
    return {"checker": name, "sets": [_row_report(row) for row in rows if row.base.n]}


def _row_report(row: Row) -> dict[str, object]:
    verdicts = {
        verdict: {"share": _rounded(share.n / row.base.n), "supported": _rounded(share.value)}
        for verdict, share in row.outcomes.items()
    }
    title = f"{row.dataset} ({row.lang})"
    base = _rounded(row.base.value)
    return {"dataset": title, "n": row.base.n, "base": base, "note": note_of(row.dataset), "verdicts": verdicts}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _row_json(row: Row) -> dict[str, object]:
    flags = {kind: {"unsupported": _json(p), "recall": _json(r)} for kind, (p, r) in row.flags.items()}
    return {
        "dataset": row.dataset,
        "lang": row.lang,
        "n": row.base.n,
        "base": _json(row.base),
        "auroc": row.auroc,
        "outcomes": {verdict: _json(share) for verdict, share in row.outcomes.items()},
        "flags": flags,
    }


def _json(share: Share) -> dict[str, object]:
    return {"hits": share.hits, "n": share.n, "share": share.value, "interval": share.interval}
