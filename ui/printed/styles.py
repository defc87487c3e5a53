"""Citations of documents on standard output, as `delo cite --style` prints them: nothing else stands there."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from ui.options import Output
from ui.printed.terminal import print_json

if TYPE_CHECKING:
    from index.archives import ArchiveTable
    from index.catalogue import Catalogue
    from index.document import Document
    from rag.answer import Citation


def print_citations(catalogue: "Catalogue", query: str, table: "ArchiveTable", output: Output, *, style: str) -> int:
    """Print the citation of each document that is meant, by number or by reference; gives the exit status."""
    from rag.cite import citations_record, cite_each, joined
    from rag.lookup import documents_of

    documents = documents_of(catalogue, query, table)
    quotation = _quotation(documents, output)
    citations = cite_each(documents, style, language=output.language, quotation=quotation)
    if output.as_json:
        print_json(citations_record(citations))
    elif citations:
        click.echo(joined(citations))
    else:
        click.echo(f"{query.strip()}: not in this collection", err=True)
    return 0 if citations else 1


def _quotation(documents: "Sequence[Document]", output: Output) -> "Citation | None":
    """The quotation at the place that was named, which is a place in one document."""
    if output.at is None or not documents:
        return None
    if len(documents) > 1:
        some = ", ".join(document.id for document in documents[:3])
        raise click.UsageError(
            f"--at is a place in one document, here are {len(documents)}; give the number: {some} ..."
        )
    from rag.verify import quoted_at

    return quoted_at(documents[0], *output.at)
