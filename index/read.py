"""Reads one archive file: markdown headings, labelled fields, then the texts with no mark between languages.

    ## **September 24, 1949**
    ### **Title of the record**
    #### **Citation:** / **Summary:** / **Original Language:** / **Contents:**      each above its value
    the Russian text, the English text

Which paragraph is in which language is told from its letters. No character of a text is lost or changed;
a mark such as `[...]` between the two texts is taken to close the first.
"""

import re
import unicodedata
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from index.archives import ArchiveTable
from index.citation import PublishedCitation, parse_citation
from index.dates import HistoricalDate, parse_date
from index.document import Document, Language, Source, Span, blocks, covering, is_omission
from index.errors import SourceError

_HEADING = re.compile(r"^(?P<marks>#{2,4})[ \t]+(?P<words>[^\n]*)$", re.MULTILINE)
_CONTENTS = "Contents"
_LONGEST_LISTED = 100  # characters in a line of the contents, such as "Transcript - Russian"
_LANGUAGE_NAMES = frozenset({"russian", "english"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A document, and what a person should know about how it was read."""

    document: Document
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Head:
    date: str
    title: str
    fields: dict[str, str]
    lines: dict[str, int]  # the line on which each field's label stands
    body: str


def read(path: Path, raw: bytes, sha256: str, archives: ArchiveTable | None = None) -> Reading:
    """The document in `raw`, the bytes of the file at `path`; `archives` are those that references may name.

    Raises: SourceError, with the line where there is one, if it is not a readable document.
    """
    head = _head(path, _decode(path, raw))
    citation = _citation(path, head, archives)
    texts = _texts(head.body)
    if not texts:
        raise SourceError(path, "no Russian or English text follows the fields; add the texts after Contents")
    date, date_remark = _date(path, head, citation)
    document = Document(
        id=citation.record or path.stem,
        title=head.title or citation.title,
        date=date,
        references=citation.references,
        fields=(("Date", head.date), *head.fields.items()) if head.date else tuple(head.fields.items()),
        url=citation.url,
        texts=texts,
        source=Source(path=str(path), sha256=sha256),
    )
    return Reading(document=document, remarks=(*date_remark, *_remarks(document, citation)))


def _decode(path: Path, raw: bytes) -> str:
    if not raw.strip():
        raise SourceError(path, "the file is empty; put the record in it or delete it")
    if (zero := raw.find(b"\0")) >= 0:
        raise SourceError(path, f"not a text file: byte {zero} is zero; save the record as UTF-8 text")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        found = f"byte {error.start} (0x{raw[error.start]:02x}) is not UTF-8; save the file as UTF-8"
        raise SourceError(path, found, line=line) from error
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n"))


def _head(path: Path, text: str) -> _Head:
    """Date, title and labelled fields. The last field has one block; what follows is the body."""
    titles: dict[str, str] = {"##": "", "###": ""}
    labels: list[tuple[str, re.Match[str]]] = []
    for heading in _HEADING.finditer(text):
        words = heading["words"].strip().strip("*").strip()
        if heading["marks"] in titles:
            titles[heading["marks"]] = titles[heading["marks"]] or words
        elif words.endswith(":"):
            labels.append((words[:-1].strip().strip("*"), heading))
        if labels and labels[-1][0] == _CONTENTS:
            break
    if not labels:
        raise SourceError(path, "no labelled fields; expected lines such as '#### **Citation:**'", line=1)
    ends = [heading.start() for _, heading in labels[1:]]
    values = [text[h.end() : end].strip() for (_, h), end in zip(labels, ends, strict=False)]
    rest = text[labels[-1][1].end() :]
    first = next(iter(blocks(rest)), Span(0, 0))
    if labels[-1][0] == _CONTENTS and not _is_listing(first.of(rest)):
        first = Span(0, 0)  # the field is empty, and the texts begin at once
    return _Head(
        date=titles["##"],
        title=titles["###"],
        fields=dict(zip([name for name, _ in labels], [*values, first.of(rest)], strict=True)),
        lines={name: text.count("\n", 0, heading.start()) + 1 for name, heading in labels},
        body=rest[first.end :],
    )


def _is_listing(words: str) -> bool:
    """Whether a block can be a list of contents, which is short and in English, and not a text's beginning."""
    return _language(words) == "en" and max(map(len, words.split("\n"))) <= _LONGEST_LISTED


def _citation(path: Path, head: _Head, archives: ArchiveTable | None) -> PublishedCitation:
    line = head.lines.get("Citation")
    if line is None or not head.fields["Citation"]:
        wanted = '"Title", date, Wilson Center Digital Archive, archival reference. <address>'
        raise SourceError(path, f"no citation; under '#### **Citation:**' put: {wanted}", line=line)
    if (citation := parse_citation(head.fields["Citation"], archives)) is None:
        shown = " ".join(head.fields["Citation"].split())[:120]
        wanted = '"Title", date, repository, archival reference'
        raise SourceError(path, f"the citation is not of the form {wanted}; found: {shown}", line=line + 1)
    return citation


def _date(path: Path, head: _Head, citation: PublishedCitation) -> tuple[HistoricalDate | None, tuple[str, ...]]:
    printed = head.date or citation.date
    try:
        date = parse_date(printed)
    except ValueError as error:
        raise SourceError(path, f"impossible date: {error}; correct it in the file") from error
    if date is None:
        return None, (f"the date {printed!r} is not in a known form; searches by date will not find it",)
    if head.date and head.date != citation.date:
        return date, (f"the heading is dated {head.date!r}, the citation {citation.date!r}; the heading counts",)
    return date, ()


def _texts(body: str) -> dict[Language, str]:
    """The paragraphs of each language, as they stand; runs that others interrupt are joined by a blank line."""
    found = blocks(body)
    languages = _languages([span.of(body) for span in found])
    runs: dict[Language, list[str]] = {}
    for language, group in groupby(zip(languages, found, strict=True), key=lambda pair: pair[0]):
        run = covering([span for _, span in group])
        if language is not None:
            runs.setdefault(language, []).append(run.of(body))
    return {language: "\n\n".join(runs[language]) for language in sorted(runs, reverse=True)}


def _languages(paragraphs: list[str]) -> list[Language | None]:
    """The language of each; a mark or a block without letters goes with what precedes it, or opens the first."""
    own = [None if is_omission(words) else _language(words) for words in paragraphs]
    current = next((language for language in own if language), None)
    told: list[Language | None] = []
    for language in own:
        current = language or current
        told.append(current)
    return told


def _language(words: str) -> Language | None:
    cyrillic = sum("Ѐ" <= c <= "ӿ" for c in words)
    latin = sum(c.isascii() and c.isalpha() for c in words)
    if not cyrillic and not latin:
        return None
    return "ru" if cyrillic >= latin else "en"


def _remarks(document: Document, citation: PublishedCitation) -> list[str]:
    remarks = []
    if citation.record is None:
        remarks.append(f"the citation's address gives no record number; the file's name, {document.id!r}, serves")
    if len(document.languages) == 1:
        held, lacking = ("a Russian", "English") if "ru" in document.texts else ("an English", "Russian")
        remarks.append(f"only {held} text; quotations from it have no {lacking} counterpart")
    if not any((r.fond and r.opis) or r.other for r in document.references):
        printed = "; ".join(r.text for r in document.references)
        remarks.append(f"the citation gives no fond or no opis; kept as printed: {printed!r}")
    else:
        remarks += [f"in the citation's reference: {problem}" for problem in citation.problems]
    contents = re.findall(r"-\s*(\w+)\s*$", document.field(_CONTENTS) or "", re.MULTILINE)
    if strange := [name for name in contents if name.casefold() not in _LANGUAGE_NAMES]:
        remarks.append(f"the contents name {', '.join(strange)}; only Russian and English are told apart")
    return remarks
