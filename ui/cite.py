"""The verb `delo cite`: from an archival reference to the documents under it, and from a document to its references."""

from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from ui.options import Output, index_option, output_options
from ui.printed.terminal import lines_of, print_json, width

if TYPE_CHECKING:
    from index.archives import ArchiveTable
    from index.catalogue import Catalogue
    from index.document import Document


@click.command(short_help="Find what is held under an archival reference.")
@click.argument("words", nargs=-1, metavar="REFERENCE-OR-ID")
@index_option
@click.option("--tree", is_flag=True, help="Tell what else lies in this delo, opis, fond or archive; alone: in all.")
@click.option(
    "--parse", is_flag=True, help="Print the parts of a citation, or of each in a .jsonl file; needs no index."
)
@click.option("--batch", type=click.File(encoding="utf-8-sig"), metavar="FILE",
              help='Many: one {"id": ..., "query": ...} a line, with --parse {"id": ..., "text": ...}; "-" is standard '
                   "input.")  # fmt: skip
@output_options
def cite(words: tuple[str, ...], home: Path, tree: bool, parse: bool, batch: TextIO | None, output: Output) -> int:
    """Find the documents held under an archival reference, in whatever script, order and punctuation it is printed.

    \b
      delo cite "APRF, f. 3, op. 65, d. 776, l. 31"
      delo cite "АВП РФ. Ф. 059а. Оп. 5а. П. 11. Д. 3. Л. 75–77."
      delo cite "SAPMO-BArch, DY 30/3621, 62-67"
      delo cite 112133                      the references of a document, by its number
      delo cite 112133 --style ris          a record for Zotero and the like
      delo cite --tree "APRF, f. 3"         what else lies in this fond
      delo cite --parse "RGANI, F. 3, op. 72, d. 155, pp. 9–12"

    Each document is given with how it fits: exact; leaf inside the range; overlapping leaves; same file only. A file
    that is not held is said to be not in this collection; nothing similar is offered in its place. Former names of
    archives, leading zeros and verso signs (ob., об.) are understood. Archives that Delo does not know can be added
    in the file archives.json in the folder of the index.

    With --style, the citations themselves are printed and nothing else, ready for a file: csl as one JSON list, those
    of other styles with a blank line between. --in ru writes labels, dates and archives in Russian. --at names the
    paragraph of one quotation, as answers give its place; bibtex, ris and csl have its words too.

    Exit status: 0 found; 1 not in this collection; 2 no reference could be read, or it is malformed.
    """  # noqa: D301 - the backspace is click's mark of lines to be left as they are
    from index.archives import load_table

    reference = " ".join(words)
    _refuse_mixtures(reference=bool(words), tree=tree, parse=parse, batch=bool(batch), styled=bool(output.style))
    table = load_table(home)
    if parse:
        return _parse(reference, batch, table)
    from index.store import Index

    with Index.open(home) as opened:
        if batch:
            return _batch(opened.catalogue, batch, table)
        if tree:
            return _tree(opened.catalogue, reference, table, as_json=output.as_json)
        return _single(opened.catalogue, reference, table, output)


def _refuse_mixtures(*, reference: bool, tree: bool, parse: bool, batch: bool, styled: bool) -> None:
    if tree and (parse or batch):
        raise click.UsageError("--tree goes with neither --parse nor --batch")
    if styled and (tree or parse or batch):
        raise click.UsageError("--style goes with a reference or a number, not with --tree, --parse or --batch")
    if reference == batch and not tree:
        raise click.UsageError("give one reference, in quotation marks, or --batch FILE")


def _single(catalogue: "Catalogue", reference: str, table: "ArchiveTable", output: Output) -> int:
    from rag.lookup import numbered

    if output.style is not None:
        from ui.printed.styles import print_citations

        return print_citations(catalogue, reference, table, output, style=output.style)
    document = numbered(catalogue, reference)
    if document is not None:
        return _document(catalogue, document, table, as_json=output.as_json)
    if reference.strip().isdecimal():
        told = f"no document {reference.strip()!r} in this archive; delo search finds documents by their words"
        click.echo(told, err=True)
        return 1
    return _reference(catalogue, reference, table, as_json=output.as_json)


def _parse(text: str, batch: TextIO | None, table: "ArchiveTable") -> int:
    """Print the parts of a citation, or of each in a file; a file may also be named in the citation's place."""
    from rag.batch import read_batch
    from rag.lookup import parse_record
    from ui.printed.render import json_text

    if batch is None and not _is_file(text):
        record = parse_record(text, archives=table)
        print_json(record)
        return 0 if record["references"] else 1
    with batch or Path(text).open(encoding="utf-8-sig") as file:
        asked = read_batch(file.name, lines_of(file), "text")
    for citation in asked:
        click.echo(json_text(parse_record(citation.question, id_=citation.id, archives=table)))
    return 0


def _is_file(text: str) -> bool:
    """Whether a JSON Lines file was named where a citation could stand."""
    return text.endswith((".jsonl", ".json")) and Path(text).is_file()


def _batch(catalogue: "Catalogue", batch: TextIO, table: "ArchiveTable") -> int:
    from rag.batch import read_batch
    from rag.errors import LocatorError
    from rag.lookup import failure_record, look_up, lookup_record
    from ui.printed.render import json_text

    for asked in read_batch(batch.name, lines_of(batch), "query"):
        try:
            record = lookup_record(look_up(catalogue, asked.question, table), id_=asked.id)
        except LocatorError as error:
            record = failure_record(asked.question, str(error), id_=asked.id)
        click.echo(json_text(record))
    return 0


def _tree(catalogue: "Catalogue", prefix: str, table: "ArchiveTable", *, as_json: bool) -> int:
    from rag.tree import tree_record, walk

    tree = walk(catalogue, prefix, table)
    if as_json:
        print_json(tree_record(tree))
    else:
        from ui.printed.places import tree_text

        documents = {document for branch in tree.branches for document in branch.documents}
        click.echo(tree_text(tree, catalogue.titles(documents) if tree.level == "leaves" else {}, width()))
    return 0 if tree.branches else 1


def _document(catalogue: "Catalogue", document: "Document", table: "ArchiveTable", *, as_json: bool) -> int:
    """Show the references of a document."""
    from rag.lookup import document_lookup, lookup_record, neighbours

    if as_json:
        print_json(lookup_record(document_lookup(document)))
    else:
        from ui.printed.places import place_text

        beside = {
            reference.text: neighbours(catalogue, document, reference, table) for reference in document.references
        }
        click.echo(place_text(document, beside, width()))
    return 0


def _reference(catalogue: "Catalogue", query: str, table: "ArchiveTable", *, as_json: bool) -> int:
    from rag.lookup import look_up, lookup_record
    from rag.tree import wider

    lookup = look_up(catalogue, query, table)
    if as_json:
        print_json(lookup_record(lookup))
    else:
        from ui.printed.places import lookup_text

        titles = catalogue.titles(held.document_id for held in lookup.found)
        click.echo(lookup_text(lookup, titles, wider(catalogue, lookup, table), width()))
    return 0 if lookup.found else 1
