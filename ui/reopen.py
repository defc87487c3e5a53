"""The verb `delo reopen`: an answer that was kept, held against the index as it is now."""

from pathlib import Path

import click

from ui.options import index_option, json_option, record_option
from ui.printed.terminal import print_json, width


@click.command(short_help="Open a record of an answer, and check what still stands.")
@click.argument("record", metavar="RECORD")
@index_option
@record_option("The folder that records are kept in, where RECORD is an address.")
@json_option
def reopen(record: str, home: Path, folder: Path | None, as_json: bool) -> int:
    """Open RECORD, a file or the address that `delo ask --record DIR` told, and check it against the index as it is.

    \b
      delo ask "Why did Moscow refuse?" --record answers
      delo reopen 0123456789abcdef --record answers

    The answer is shown as it was given. Each quotation is checked as it was then: it stands where it stood, or
    elsewhere in its document; or it no longer stands, and what stands there now is shown. References, titles and dates
    that the catalogue gives otherwise now are told.

    Exit status: 0 every quotation stands; 1 one does not; 2 no such record, or one that was changed.
    """  # noqa: D301 - the backspace is click's mark of lines to be left as they are
    from index.store import Index
    from rag.keeping import Records, is_address, read_record
    from rag.reopened import reopen as held_against
    from rag.reopened import reopened_record

    if is_address(record) and not Path(record).is_file():
        if folder is None:
            raise click.UsageError(f"{record!r} is an address; name the folder of the records with --record")
        kept = Records(folder).read(record)
    else:
        kept = read_record(Path(record))
    with Index.open(home) as index:
        reopened = held_against(kept, index)
    if as_json:
        print_json(reopened_record(reopened))
    else:
        from ui.printed.reopened import reopened_text

        click.echo(reopened_text(reopened, width()))
    return 0 if reopened.stands else 1
