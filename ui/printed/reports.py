"""What an index holds, what was done to it and what is wrong with it, as text for a terminal; pure."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from click import style

from index.document import LANGUAGES
from ui.printed.render import NAMES, visible

if TYPE_CHECKING:
    from index.build import BuildReport
    from index.check import CheckReport
    from index.manifest import Manifest


def build_text(report: "BuildReport", home: str) -> str:
    """What an update did."""
    counts = [
        ("added", report.added),
        ("changed", report.changed),
        ("removed", report.removed),
        ("moved", report.moved),
    ]
    told = ", ".join(f"{len(ids)} {what}" for what, ids in counts if ids or what == "added")
    lines = [f"{home}: {told}, {report.unchanged} unchanged (generation {report.generation})"]
    if report.rejected:
        lines += [style(f"Refused, {len(report.rejected)}:", fg="red"), *_notes(report.rejected)]
    if report.remarks:
        lines += [style(f"Remarks, {len(report.remarks)}:", fg="yellow"), *_notes(report.remarks)]
    if report.passed_over:
        kinds = ", ".join(f"{count} {suffix}" for suffix, count in report.passed_over.items())
        lines += [f"Passed over (Delo reads .txt and .md): {visible(kinds)}"]
    return "\n".join(lines)


def _notes(notes: Sequence[tuple[str, str]]) -> list[str]:
    return [f"  {visible(path)}: {visible(note)}" for path, note in notes]


def status_text(
    home: str, manifest: "Manifest", dates: tuple[str, str] | None, archives: dict[str, int], size: int
) -> str:
    """What an index holds."""
    counts = manifest.counts
    held = ", ".join(f"{name} ({n})" for name, n in archives.items()) or "none could be read"
    sides = ", ".join(f"{counts[f'passages_{language}']} in {NAMES[language]}" for language in LANGUAGES)
    rows = {
        "index": f"{home} (generation {manifest.generation}, {size / 1e6:.1f} MB)",
        "documents": f"{counts['documents']}" + (f", {dates[0]} to {dates[1]}" if dates else ", undated"),
        "passages": f"{counts['passages']}: {sides}",
        "archives": visible(held),
        "model": f"{manifest.model.settings}, {manifest.model.dimension} dimensions",
        "made": f"{manifest.created} by Delo {manifest.version}",
        "refused": f"{len(manifest.rejected)} files at the last update" if manifest.rejected else "no file",
    }
    lines = [f"{style(f'{name:<10}', dim=True)} {value}" for name, value in rows.items()]
    return "\n".join([*lines, *_notes(manifest.rejected)])


def check_text(report: "CheckReport") -> str:
    """What is wrong with an index, store by store."""
    if not report.faults:
        return f"generation {report.generation}: the catalogue, the vectors and the words agree"
    lines = [f"  {store}: {fault}" for store, faults in report.faults.items() for fault in faults]
    if report.repaired:
        return "\n".join(["Found:", *lines, f"Repaired, published as generation {report.generation}"])
    return "\n".join(["Found:", *lines, "Mend it with: delo check --repair"])
