"""Writes the report of a run into its folder, or the comparison of two."""

from collections.abc import Iterable
from pathlib import Path

from eval.errors import RunError
from eval.report.against import Compared, comparison_page
from eval.report.machine import write_csv, write_json, write_junit
from eval.report.page import Report, report_page
from eval.report.plain import markdown


def write_report(page: Path, report: Report) -> tuple[Path, ...]:
    """Write `page` and, beside it, the same as Markdown, JSON, CSV and JUnit XML; the paths of all.

    Raises: RunError if they cannot be written.
    """
    beside = page.parent
    paths = (
        page,
        page.with_suffix(".md"),
        *(beside / name for name in ("results.json", "per_question.csv", "junit.xml")),
    )
    try:
        beside.mkdir(parents=True, exist_ok=True)
        _write(page, report_page(report))
        paths[1].write_text(markdown(report), encoding="utf-8")
        write_json(paths[2], report.record)
        write_csv(paths[3], report.run)
        write_junit(paths[4], report.run)
    except OSError as error:
        raise RunError(f"the report cannot be written to '{beside}': {error}; name another place with --out") from error
    return paths


def write_comparison(page: Path, compared: Compared) -> Path:
    """Write the page of two runs; its path.

    Raises: RunError if it cannot be written.
    """
    try:
        page.parent.mkdir(parents=True, exist_ok=True)
        _write(page, comparison_page(compared))
    except OSError as error:
        raise RunError(
            f"the comparison cannot be written to '{page}': {error}; name another place with --out"
        ) from error
    return page


def _write(path: Path, parts: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(parts)
