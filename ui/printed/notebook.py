"""A notebook as text: Markdown, and the records of reference managers; pure.

Nothing that a document or a reader wrote is markup here, and every record is one that other programs can read.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from index.document import LANGUAGES, Document, Language, other
from rag.cite import cite
from rag.entry import entry, one_line
from rag.export import annotation, csl, ris
from rag.notebook import Fallen, Kept, Notebook
from ui import messages
from ui.messages import notebook as words
from ui.printed.render import visible

_SPECIAL = re.compile(r"[\\`*_{}\[\]<>#|~&!^$]")
_BEGINS = re.compile(r"(?m)^([-+=:]|\d+(?=[.)]))")  # of a list, a heading's rule, a table's


@dataclass(frozen=True, slots=True, kw_only=True)
class Printing:
    """How a notebook is printed: the style of its citations (`rag.cite`), its language, the day, and Delo's version."""

    style: str
    language: Language
    day: date
    version: str

    def made(self, notebook: Notebook) -> str:
        """When, by what and from what the file was made."""
        told = words.MADE[self.language]
        return told.format(day=self.day.isoformat(), version=self.version, generation=notebook.generation)

    def citation(self, kept: Kept) -> str:
        """The citation of a quotation."""
        document = kept.citation.document
        return cite(document, self.style, language=self.language, quotation=kept.citation)


def markdown(notebook: Notebook, printing: Printing) -> str:
    """The notebook in Markdown (CommonMark): quotations in both languages, notes, citations, and what was left out."""
    language = printing.language
    parts = [f"# {words.TITLE[language]}", escaped(printing.made(notebook))]
    for number, kept in enumerate(notebook.kept, 1):
        parts += [f"## {number}. {escaped(heading(kept.citation.document, language))}"]
        parts += [f"**{escaped(name)}**\n\n{_quoted(text)}" for name, _, text in sides(kept, language)]
        parts += [f"- {escaped(line)}" for line in compared(kept, language)]
        parts += [f"{words.READERS_NOTE[language]}: {escaped(kept.collected.note)}"] if kept.collected.note else []
        parts += [escaped(printing.citation(kept))]
    if notebook.fallen:
        parts += [f"## {words.LEFT_OUT[language]}", words.LEFT_OUT_WHY[language]]
        parts += [f"- {escaped(line)}" for line in left_out(notebook, language)]
    return "\n\n".join(parts) + "\n"


def heading(document: Document, language: Language) -> str:
    """The title and date of a document on one line."""
    told = document.date.text if document.date else messages.UNDATED[language]
    return f"{one_line(document.title)}, {one_line(told)}"


def sides(kept: Kept, language: Language) -> Iterator[tuple[str, Language, str]]:
    """Each text of a quotation, Russian first: its name, its language, its words."""
    cited, parallel = kept.citation, kept.citation.parallel
    texts = {cited.language: cited.words} | ({parallel.language: parallel.words} if parallel else {})
    for side in LANGUAGES:
        if side in texts:
            quoted = f" ({words.QUOTED[language]})" if side == cited.language else ""
            yield f"{messages.SHORT_NAMES[side][language]}{quoted}", side, visible(texts[side])


def compared(kept: Kept, language: Language) -> Iterator[str]:
    """Where the two texts of a quotation should be compared, or why nothing faces it."""
    if kept.citation.parallel is None:
        there = other(kept.citation.language) in kept.citation.document.texts
        yield (messages.NO_COUNTERPART if there else messages.NO_TEXT)[language]
    for departure in kept.citation.departures:
        yield f"{messages.COMPARE[language]}: {departure.told(language)}"


def left_out(notebook: Notebook, language: Language) -> Iterator[str]:
    """What could not be verified, a line each, with the reason and the reader's note."""
    for fallen in notebook.fallen:
        note = f" {words.READERS_NOTE[language]}: {one_line(fallen.collected.note)}" if fallen.collected.note else ""
        yield f"{fallen_place(fallen)[language]}: {words.FALLEN[fallen.why][language]}.{note}"


def fallen_place(fallen: Fallen, *, titled: bool = True) -> Mapping[Language, str]:
    """Which quotation it was, as far as that can still be told; with the title of its document, if `titled`."""
    collected = fallen.collected
    if fallen.why == "illegible":
        return dict.fromkeys(LANGUAGES, one_line(collected.address)[:80] or "—")
    title = f" (“{one_line(fallen.document.title)}”)" if fallen.document and titled else ""
    return {
        side: told.format(one_line(collected.document_id) + title, messages.SHORT_NAMES[collected.language][side])
        for side, told in words.FALLEN_PLACE.items()
    }


def escaped(text: str) -> str:
    """`text` for Markdown, shown as it stands: nothing in it is markup."""
    lines = (" ".join(line.split()) for line in visible(text).splitlines())
    plain = _SPECIAL.sub(lambda match: f"\\{match[0]}", "\n".join(lines))
    return _BEGINS.sub(lambda match: f"{match[0]}\\" if match[0].isdecimal() else f"\\{match[0]}", plain)


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in escaped(text).splitlines())


def ris_records(notebook: Notebook, printing: Printing) -> str:
    """A RIS record for each document that is quoted, with its quotations and notes."""
    told = _by_document(notebook, printing)
    return "\n\n".join(ris(entry(document, printing.language), remarks) for document, remarks in told) + "\n"


def csl_items(notebook: Notebook, printing: Printing) -> str:
    """The items of CSL-JSON, one for each document that is quoted, with its quotations and notes."""
    told = _by_document(notebook, printing)
    items = [item for doc, remarks in told for item in json.loads(csl(entry(doc, printing.language), remarks))]
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def _by_document(notebook: Notebook, printing: Printing) -> list[tuple[Document, list[str]]]:
    """Each document that is quoted and what is to be said of it; what was left out is told with the first."""
    language = printing.language
    found: dict[str, tuple[Document, list[str]]] = {}
    for kept in notebook.kept:
        document = kept.citation.document
        _, remarks = found.setdefault(document.id, (document, []))
        remarks.append(annotation(entry(document, language, kept.citation)))
        if note := one_line(kept.collected.note):
            remarks.append(f"{words.READERS_NOTE[language]}: {note}")
    told = list(found.values())
    for _, remarks in told:
        remarks.append(one_line(printing.made(notebook)))
    if told and notebook.fallen:
        lines = " ".join(left_out(notebook, language))
        told[0][1].append(f"{words.LEFT_OUT[language]}: {words.LEFT_OUT_WHY[language]} {lines}")
    return told
