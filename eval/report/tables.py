"""The tables of the report, made of the results of a run and the cards of the metrics."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from eval.metrics import Card
from eval.report.view import Figure, Row, Stage, Table, Tables
from eval.results import Results, Slice

FAMILIES = {
    "retrieval": "Finding the documents",
    "nuggets": "Facts in the answer",
    "quotation": "Quotations",
    "citation": "References, level by level",
    "attribution": "References against the known answer",
    "support": "Sentences borne out by their sources",
    "abstention": "Saying that there is no answer",
    "parity": "English and Russian alike",
    "injection": "Instructions inside documents",
    "model": "What a language model wrote",
    "cost": "Steadiness and cost",
}  # by the family of a metric, in the order in which they are told
_BY = {
    "kind": "By kind of question",
    "sort": "By whether the archive has the answer",
    "period": "By period of the document",
}
_LANGUAGES = (("English", "en"), ("Russian", "ru"))
_GAP = "English less Russian"
_NOTHING = Figure(estimate=None)


def tables_of(
    results: Results,
    card_of: Callable[[str], Card],
    primary: Sequence[str] = (),
    risk: Sequence[tuple[float, float]] = (),
) -> Tables:
    """The tables of `results`, those of the metrics `primary` first.

    Args:
        results: What the run comes to; its first slice is that of all questions.
        card_of: The card of a metric by name; KeyError for one that has none, which is then shown by its name alone.
        primary: The metrics that decide; all, if there is none of them.
        risk: Points of coverage and risk, if they are known.
    """
    whole = results.slices[0]
    names = sorted(whole.figures, key=lambda name: _place(card_of, name))
    rows = [_row(card_of, name, tuple(_by_language(results, name))) for name in names]
    first = [row for one in primary for row in rows if row.name == one] or rows
    groups = ("All", *(told for told, _ in _LANGUAGES), _GAP)
    return Tables(
        headline=Table(
            title=f"The figures that decide, of {whole.questions} answers", groups=groups, rows=tuple(first)
        ),
        every=Table(title="Every figure, by language of the question", groups=groups, rows=tuple(rows)),
        slices=tuple(_slices(results, card_of, names)),
        stages=tuple(Stage(name=stage, seconds=taken) for stage, taken in results.seconds.items()),
        risk=tuple(risk),
    )


def _place(card_of: Callable[[str], Card], name: str) -> int:
    families, family = list(FAMILIES), _card(card_of, name)[0]
    return families.index(family) if family in families else len(families)


def _card(card_of: Callable[[str], Card], name: str) -> tuple[str, Card | None]:
    try:
        card = card_of(name)
    except KeyError:
        return "", None
    return card.family, card


def _row(card_of: Callable[[str], Card], name: str, figures: tuple[Figure, ...]) -> Row:
    family, card = _card(card_of, name)
    if card is None:
        return Row(name=name, title=name, figures=figures)
    heading = FAMILIES.get(family, family)
    told = {"formula": card.formula, "range": card.range, "source": card.source}
    return Row(name=name, title=card.title, figures=figures, family=heading, **told)


def _by_language(results: Results, name: str) -> Iterator[Figure]:
    of = {one.value: one for one in results.slices if one.by == "language"}
    yield _figure(results.slices[0], name)
    yield from (_figure(of[code], name) if code in of else _NOTHING for _, code in _LANGUAGES)
    yield Figure(estimate=results.gaps.get(name))


def _figure(one: Slice, name: str) -> Figure:
    if name not in one.figures:
        return Figure(estimate=None, excluded=one.questions)
    found = one.figures[name]
    if found.macro or found.micro is None:
        return Figure(estimate=found.macro, together=found.micro, excluded=found.excluded)
    return Figure(estimate=replace(found.micro, n=one.questions - found.excluded), excluded=found.excluded)


def _slices(results: Results, card_of: Callable[[str], Card], names: Sequence[str]) -> Iterator[Table]:
    for by, title in _BY.items():
        parts = [one for one in results.slices if one.by == by]
        if len(parts) < 2:
            continue
        rows = (_row(card_of, name, tuple(_figure(one, name) for one in parts)) for name in names)
        groups = tuple(f"{one.value} ({one.questions})" for one in parts)
        yield Table(title=title, groups=groups, rows=tuple(rows))
