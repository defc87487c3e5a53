"""The command `delo`: reads its arguments, prints results, and turns trouble into one line and an exit status.

Exit status: 0 done; 1 nothing found, or a check failed; 2 an error of the user or the world.
Everything heavy is imported by the verb that needs it.
"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ui.ask import ask
from ui.chat import chat
from ui.cite import cite
from ui.options import Answering, embedder_options, filter_options, index_option, json_option, place
from ui.password import password
from ui.printed.terminal import print_json, progress, refuse, width
from ui.quote import quote
from ui.reopen import reopen

if TYPE_CHECKING:
    from importlib.metadata import EntryPoints

    from index.model import EmbedderSettings
    from rag.question import Filters


class _Group(click.Group):
    """Lists the verbs in the order of a day's work, not of the alphabet; then those that other packages offer."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*self.commands, *_offered().names]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.commands and cmd_name in (offered := _offered()).names:
            command: click.Command = offered[cmd_name].load()
            return command
        return super().get_command(ctx, cmd_name)


def _offered() -> "EntryPoints":
    """Verbs that packages, the evaluation among them, offer by the entry point `delo.verbs`."""
    from importlib.metadata import entry_points

    return entry_points(group="delo.verbs")


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="delo", prog_name="delo")
@click.option("--debug", is_flag=True, help="Show where in the program an error arose.")
def delo(debug: bool) -> None:
    """Questions to an archive of Russian documents and their English translations.

    Every quotation is copied from a document and checked; every reference comes from its catalogue.

    \b
      delo index FOLDER                   read the archive's files (.txt, .md)
      delo ask "Why did Moscow refuse?"   an answer, quoted in both languages
      delo chat                           the same in the browser

    Exit status: 0 done; 1 nothing found, or a check failed; 2 an error, told in one line.
    """  # noqa: D301 - the backspace is click's mark of lines to be left as they are


def main() -> None:
    """Run the command and leave with its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # a name that is not UTF-8 can be told
    from index.errors import ArchiveError

    try:
        status = delo.main(prog_name="delo", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        status = 2
    except (click.ClickException, ArchiveError, OSError) as error:
        status = refuse(error)
    except (click.Abort, KeyboardInterrupt):
        status = refuse("interrupted; the published index is as it was")
    except SystemExit:  # click's way out when whoever read the output has seen enough
        status = 0
    sys.exit(status if isinstance(status, int) else 0)


@delo.command("index", short_help="Build the index, or bring it up to date.")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@index_option
@embedder_options
@click.option("--rebuild", is_flag=True, help="Start from nothing: needed for another model or a damaged catalogue.")
@json_option
def index_command(
    paths: tuple[Path, ...], home: Path, embedder: "EmbedderSettings | None", rebuild: bool, as_json: bool
) -> int:
    """Build the index, or bring it up to date, from files and folders.

    Files that have not changed are not read again. Documents whose file is gone from a given folder are removed;
    those indexed from elsewhere stay. Files that readers added on the page are kept, with --rebuild too. Until all is
    done, the old index is the one that answers.

    Exit status 1 if a file was refused; the others are indexed all the same.
    """
    from dataclasses import asdict

    from index.build import update

    with progress("Indexing") as advance:
        report = update(home, paths, embedder=embedder, rebuild=rebuild, progress=advance)
    if as_json:
        print_json({"schema": "delo.index/1", "index": str(home), **asdict(report)})
    else:
        from ui.printed.reports import build_text

        click.echo(build_text(report, str(home)))
    return 1 if report.rejected else 0


@delo.command(short_help="Tell what the index holds.")
@index_option
@json_option
def status(home: Path, as_json: bool) -> None:
    """Tell what the index holds: documents, dates, archives, the model it was made with, refused files."""
    from dataclasses import asdict

    from index.store import Index

    with Index.open(home) as opened:
        dates, archives, size = opened.catalogue.date_range(), opened.catalogue.archives(), opened.size()
        manifest = opened.manifest
    if as_json:
        plain = {k: v for k, v in asdict(manifest).items() if k != "files"}
        print_json({"schema": "delo.status/1", "index": str(home), "dates": dates, "archives": archives} | plain)
    else:
        from ui.printed.reports import status_text

        click.echo(status_text(str(home), manifest, dates, archives, size))


@delo.command(short_help="Check that the stores of the index agree; repair them.")
@index_option
@click.option("--repair", "mend", is_flag=True, help="Make the vectors or the words anew from the catalogue.")
@json_option
def check(home: Path, mend: bool, as_json: bool) -> int:
    """Compare the three stores of the index with each other and with what was published.

    The catalogue is the source of truth; the vectors and the words can be made anew from it. Exit status 1 if
    something is wrong and was not repaired.
    """
    from dataclasses import asdict

    from index.check import check as examine
    from index.check import repair

    if mend:
        with progress("Repairing") as advance:
            report = repair(home, advance)
    else:
        report = examine(home)
    if as_json:
        print_json({"schema": "delo.check/1", "index": str(home), "sound": report.sound, **asdict(report)})
    else:
        from ui.printed.reports import check_text

        click.echo(check_text(report))
    return 0 if report.sound else 1


@delo.command(short_help="Find passages by meaning and by words.")
@click.argument("query")
@index_option
@filter_options
@click.option("--count", default=10, show_default=True, type=click.IntRange(1, 100), help="How many passages.")
@json_option
def search(query: str, home: Path, filters: "Filters", count: int, as_json: bool) -> int:
    """Find passages by meaning and by words, in both languages; nothing is judged or left out."""
    from rag.question import Question
    from rag.record import search_record

    question = Question.of(query, filters, keywords=True)
    with Answering().opened(home) as pipeline:
        found = pipeline.search(question, count=count)
    if as_json:
        print_json(search_record(question, found))
    elif found.hits:
        from ui.printed.render import search_text

        click.echo(search_text(found, width()))
    else:
        click.echo("no passage found; nothing in the index fits these limits", err=True)
    return 0 if found.hits else 1


delo.add_command(ask)
delo.add_command(reopen)
delo.add_command(cite)
delo.add_command(quote)


@delo.command(short_help="Show a document, both texts side by side.")
@click.argument("document_id", metavar="ID")
@index_option
@click.option("--at", metavar="LANGUAGE:START-END", help="Mark this place, as citations give it: ru:812-1001.")
@click.option("--compare", is_flag=True, help="Only list where the translation departs from the original, and why.")
@json_option
def show(document_id: str, home: Path, at: str | None, compare: bool, as_json: bool) -> int:
    """Show a document: its catalogue fields, then both texts side by side, paragraph by paragraph.

    With --compare, the sentences of the two texts that a reader should compare: a number, a date or a name that is in
    one only, a negation that does not match, a sentence without counterpart, an unusual length.
    """
    from index.store import Index

    marked = place(at)
    with Index.open(home) as opened:
        document = opened.catalogue.document(document_id)
        passages = opened.catalogue.passages(document) if document else []
        beads = opened.catalogue.beads(document) if document else ()
    if document is None:
        click.echo(f"no document {document_id!r} in this archive; delo search finds documents by their words", err=True)
        return 1
    if as_json:
        from rag.record import document_record

        print_json(document_record(document, passages, beads))
    elif compare:
        from ui.printed.comparison import compare_text

        click.echo(compare_text(document, beads, width()))
    else:
        from ui.printed.render import document_text

        click.echo(document_text(document, passages, width(), marked))
    return 0


delo.add_command(chat)
delo.add_command(password)
