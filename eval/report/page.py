"""The page as a stream of its parts, so that a long run needs no more memory than a short one."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.report.limits import IN_WORDS, calibration_card, could_not_be_checked, unchecked
from eval.report.markup import Markup, Part, element
from eval.report.overview import charts, counted, headline, provenance_list
from eval.report.questions import details, pairs, table_of_questions
from eval.report.view import CalibrationCard, Tables
from eval.runs import Run

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A run, its tables, the record of its results as plain values, and what is known of the checker."""

    run: Run
    tables: Tables
    record: Mapping[str, Any]
    card: CalibrationCard | None = None


def report_page(report: Report) -> Iterator[str]:
    """The report as HTML, piece by piece."""
    outcomes = report.run.outcomes
    found = pairs(outcomes)
    titles = {row.name: row.title for row in report.tables.every.rows}
    yield from head(f"Evaluation: {report.run.provenance.question_set}")
    yield element("p", lead(report), class_="lead").html
    yield contents(_SECTIONS).html
    yield from section("figures", headline(report.tables))
    yield from section("charts", [element("div", *charts(report.tables, outcomes), class_="charts")])
    yield from section("questions", [table_of_questions(found)])
    yield from section("answers", details(found, titles))
    yield from section("unchecked", could_not_be_checked(unchecked(found)))
    yield from section("checker", calibration_card(report.card))
    yield from section("limits", [element("ul", *(element("li", one) for one in IN_WORDS))])
    yield from section("run", [provenance_list(report.run.provenance)])
    yield "</main></body></html>\n"


def lead(report: Report) -> str:
    """What was asked, when and of what, and how many questions have a fault."""
    about, found = report.run.provenance, pairs(report.run.outcomes)
    faulty = sum(pair.faulty for pair in found)
    return (
        f"{len(report.run.outcomes)} answers to {len(found)} questions, from an archive of {counted(about.documents)}; "
        f"begun {about.started[:10]}. {faulty} of the questions have a fault in an answer."
    )


_SECTIONS = {
    "figures": "Figures",
    "charts": "Charts",
    "questions": "Questions",
    "answers": "Answers, question by question",
    "unchecked": "What could not be checked",
    "checker": "How far the checker is to be trusted",
    "limits": "Limits",
    "run": "How this run was made",
}


def head(title: str) -> Iterator[str]:
    """All up to the title of a page."""
    style = Path(__file__).with_name("report.css").read_text(encoding="utf-8")
    meta = (
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("title", title),
        element("style", Markup(style)),
    )
    yield f'<!doctype html>\n<html lang="en">{element("head", *meta).html}<body><main>'
    yield element("h1", title).html


def contents(sections: dict[str, str]) -> Markup:
    """Links to the sections."""
    links = (element("li", element("a", title, href=f"#{name}")) for name, title in sections.items())
    return element("nav", element("ul", *links), aria_label="Contents")


def section(name: str, parts: Iterable[Part], sections: dict[str, str] = _SECTIONS) -> Iterator[str]:
    """A section of a page, part by part."""
    yield f'<section id="{name}">{element("h2", sections[name]).html}'
    for part in parts:
        yield part.html if isinstance(part, Markup) else element("p", part).html
        yield "\n"
    yield "</section>\n"
