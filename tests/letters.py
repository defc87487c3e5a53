"""A letter made up for tests of citations, and its records as parsers that were not written here read them."""

import json

import bibtexparser
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware
from citeproc.source.json import CiteProcJSON
from csl_reference import Reference

from index.document import Document, Source, Span
from index.reference import parse_references
from rag.answer import Citation


def place(document, start, end, language="ru"):
    return Citation(document=document, language=language, span=Span(start, end), verdict="exact", parallel=None)


def document(title="A letter", *, dated=None, references=(), id_="1", line=None, **fields):
    return Document(
        id=id_,
        title=title,
        date=dated,
        references=references,
        fields=(*(("Citation", line),) * (line is not None), *fields.items()),
        url=None,
        texts={"ru": "Первый абзац.\n\nВторой абзац.", "en": "One paragraph."},
        source=Source(path="a.txt", sha256="0" * 64),
    )


def printed(text):
    return document(references=parse_references(text))


def read_ris(text):
    (record,) = rispy.loads(text)
    return record


def read_bibtex(text, *, decoded=True):
    library = bibtexparser.parse_string(text, append_middleware=[LatexDecodingMiddleware()] if decoded else None)
    assert not library.failed_blocks
    (entry,) = library.entries
    return entry


def read_csl(text):
    """The item, once the model of the CSL-JSON schema and the CSL processor have taken it, whole."""
    (item,) = json.loads(text)
    assert Reference(**item).csl_dump() == item
    held = CiteProcJSON([item])[item["id"].lower()]
    assert held.type == item["type"]
    assert {name: str(held[name]) for name in item if name not in {"id", "type", "issued"}} == {
        name: value for name, value in item.items() if name not in {"id", "type", "issued"}
    }
    return item
