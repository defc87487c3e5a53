"""Results, comparisons and gates as lines for a terminal."""

import unicodedata
from collections.abc import Iterator, Sequence

from eval.compare import Comparison, Contrast
from eval.gate import Gate, Margin
from eval.intervals import Estimate
from eval.measures import OF_A_MODEL, PRIMARY, is_lower_better
from eval.results import Results
from index.document import LANGUAGES

_MOST_NAMED = 12  # questions named in a line; the rest are counted
_ASKED = 60  # characters of a question that are shown


def results_lines(results: Results) -> Iterator[str]:
    """The primary metrics, all the others if there are none of those, for both languages and for each."""
    whole = results.whole
    yield f"{whole.questions} questions in {whole.pairs} pairs, {len(results.crashes)} ended in an error"
    names = [name for name in PRIMARY if name in whole.figures] or sorted(whole.figures)
    if set(OF_A_MODEL) <= set(whole.figures):
        names += [name for name in OF_A_MODEL if name not in names]
    if names:
        languages = {s.value: s.figures for s in results.slices if s.by == "language"}
        yield from _aligned(
            ["metric", "95 % interval", "n", "not applicable", *LANGUAGES],
            [
                [
                    name,
                    _figure(whole.figures[name].main),
                    str(whole.questions - whole.figures[name].excluded),
                    str(whole.figures[name].excluded),
                    *(_value(languages[x][name].main) if x in languages else "-" for x in LANGUAGES),
                ]
                for name in names
            ],
        )
    if results.crashes:
        yield f"ended in an error: {_named(results.crashes)}"


def comparison_lines(comparison: Comparison) -> Iterator[str]:
    """The metrics that differ or are primary, with intervals, then the questions that changed most."""
    told = comparison
    yield f"{told.questions} questions in both runs; new less baseline, 95 % intervals"
    for note in told.notes:
        yield f"note: {note}"
    if told.only_baseline or told.only_new:
        yield f"left out: {told.only_baseline} questions of the baseline alone, {told.only_new} of the new run alone"
    shown = [contrast for contrast in told.contrasts if contrast.primary or contrast.wins or contrast.losses]
    yield from _aligned(
        ["metric", "baseline", "new", "difference", "p", "p, Holm", "McNemar", "won/same/lost", "n"],
        [_contrast(contrast) for contrast in shown],
    )
    yield "* declared beforehand as what decides; (-) less of it is better"
    if left := len(told.contrasts) - len(shown):
        yield f"{left} other metrics are the same in every question"
    if told.changed:
        yield "changed most:"
    for changed in told.changed:
        moved = ", ".join(f"{name} {_plain(a)} -> {_plain(b)}" for name, (a, b) in changed.scores.items())
        yield f"  {visible(changed.id)} ({visible(changed.question[:_ASKED])}): {moved}"


def gate_lines(gate: Gate) -> Iterator[str]:
    """What each gate says, the questions responsible, and the verdict last."""
    for offence in gate.offences:
        yield f"{offence.gate}: question {visible(offence.id)}: {visible(offence.reason)}"
    for margin in gate.margins:
        yield _margin(margin)
    for note in gate.notes:
        yield f"note: {note}"
    yield f"verdict: {gate.verdict}"


def visible(words: str) -> str:
    """`words` with every character that would command the terminal, or turn the line round, made visible."""
    return "".join(f"\\u{ord(c):04x}" if unicodedata.category(c)[0] == "C" else c for c in words)


def _contrast(one: Contrast) -> list[str]:
    gain = one.difference
    return [
        f"{'*' if one.primary else ' '} {one.name}{' (-)' if is_lower_better(one.name) else ''}",
        f"{one.baseline:.3f}",
        f"{one.new:.3f}",
        f"{gain.value:+.3f} [{gain.low:+.3f}, {gain.high:+.3f}]",
        f"{one.p:.4f}",
        "-" if one.holm is None else f"{one.holm:.4f}",
        "-" if one.mcnemar is None else f"{one.mcnemar:.4f}",
        f"{one.wins}/{one.ties}/{one.losses}",
        str(gain.n),
    ]


def _margin(margin: Margin) -> str:
    gain, name = margin.contrast.difference, margin.contrast.name
    told = f"{name}: {margin.verdict}; {gain.value:+.3f} [{gain.low:+.3f}, {gain.high:+.3f}], margin {margin.margin:g}"
    if margin.needed is not None:
        told += f"; about {margin.needed} pairs would decide, there are {margin.contrast.pairs}"
    return told + (f"; fell in {_named(margin.contrast.lost)}" if margin.contrast.lost else "")


def _named(ids: Sequence[str]) -> str:
    more = len(ids) - _MOST_NAMED
    return visible(", ".join(ids[:_MOST_NAMED])) + (f" and {more} more" if more > 0 else "")


def _figure(estimate: Estimate | None) -> str:
    return f"{estimate.value:.3f} [{estimate.low:.3f}, {estimate.high:.3f}]" if estimate else "not applicable"


def _value(estimate: Estimate | None) -> str:
    return "-" if estimate is None else f"{estimate.value:.3f}"


def _plain(value: float | None) -> str:
    return "not applicable" if value is None else f"{value:.2f}"


def _aligned(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Rows under their heads, the first column to the left, the others to the right."""
    wide = [max(len(row[n]) for row in [heads, *rows]) for n in range(len(heads))]
    for row in [heads, *rows]:
        cells = [cell.rjust(width) for cell, width in zip(row[1:], wide[1:], strict=True)]
        yield "  ".join([row[0].ljust(wide[0]), *cells]).rstrip()
