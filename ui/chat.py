"""`delo chat`: the page in the browser, or a conversation in the terminal."""

from pathlib import Path
from typing import TextIO

import click

from ui.options import Answering, answering_options, index_option, record_option
from ui.printed.terminal import lines_of


@click.command(short_help="Ask in the browser.")
@index_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Another address lets others read the archive.")
@answering_options
@click.option(
    "--port", default=7860, show_default=True, type=click.IntRange(1, 65535), help="Where the page is served."
)
@click.option(
    "--examples", type=click.File(encoding="utf-8-sig"), metavar="FILE", help="Questions to click, one a line."
)
@click.option("--open/--no-open", "open_browser", default=False, help="Open the page in the browser.")
@record_option("Keep a record of each answer in this folder; the page tells its address, and opens it.")
@click.option("--terminal", is_flag=True, help="Ask here instead: a question a line, also from standard input.")
def chat(  # noqa: PLR0913, PLR0917 - an argument for each option
    home: Path,
    answering: Answering,
    host: str,
    port: int,
    examples: TextIO | None,
    open_browser: bool,
    folder: Path | None,
    terminal: bool,
) -> None:
    """Ask in the browser: a page on this machine, which asks nothing of any other.

    With --terminal, the conversation is held here: a question a line, each of which may lean on those before.
    """
    from ui.kept import Keeper

    keeper = Keeper(folder, answering) if folder else None
    if terminal:
        from ui.printed.dialogue import converse

        with answering.opened(home) as pipeline:
            converse(pipeline, keeper)
        return
    from ui.server.jobs import Jobs
    from ui.server.serve import serve
    from ui.server.site import Site

    questions = [line.strip() for line in lines_of(examples) if line.strip()] if examples else []
    with answering.opened(home) as pipeline:
        site = Site(pipeline=pipeline, home=home, jobs=Jobs(), examples=questions, keeper=keeper)
        serve(site, host=host, port=port, open_browser=open_browser, announce=_announce)


def _announce(address: str) -> None:
    click.echo(f"Delo answers at {address} (Ctrl-C stops it)")
