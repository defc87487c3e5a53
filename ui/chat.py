"""`delo chat`: the page in the browser, or a conversation in the terminal."""

from pathlib import Path

import click

from ui.options import Answering, answering_options, index_option, record_option
from ui.serving import Serving, serving_options


@click.command(short_help="Ask in the browser.")
@index_option
@answering_options
@serving_options
@record_option("Keep a record of each answer in this folder; the page tells its address, and opens it.")
@click.option("--terminal", is_flag=True, help="Ask here instead: a question a line, also from standard input.")
def chat(home: Path, answering: Answering, serving: Serving, folder: Path | None, *, terminal: bool) -> None:
    """Ask in the browser: a page on this machine, which asks nothing of any other.

    With --terminal, the conversation is held here: a question a line, each of which may lean on those before.
    """
    from ui.kept import Keeper

    if not terminal:
        for warning in serving.warnings():
            click.secho(f"delo: warning: {warning}", err=True, fg="yellow")
    if serving.mcp:
        from ui.server.endpoints import need_mcp

        need_mcp()
    keeper = Keeper(folder, answering) if folder else None
    with answering.opened(home) as pipeline:
        if terminal:
            from ui.printed.dialogue import converse

            converse(pipeline, keeper)
            return
        from ui.server.jobs import Jobs
        from ui.server.serve import serve
        from ui.server.site import Site

        site = Site(
            pipeline=pipeline,
            home=home,
            jobs=Jobs(),
            examples=serving.examples,
            keeper=keeper,
            allow_upload=serving.allow_upload,
            runs=serving.runs,
            readers=serving.auth,
            mcp=serving.mcp,
        )
        serve(site, host=serving.host, port=serving.port, open_browser=serving.open_browser, announce=_announce)


def _announce(address: str) -> None:
    click.echo(f"Delo answers at {address} (Ctrl-C stops it)")
