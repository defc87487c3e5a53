"""The verb `delo password`: the line of a reader, for the file that `delo chat --auth` is given."""

import sys

import click


@click.command(short_help="Hash a reader's password for --auth.")
@click.argument("name")
def password(name: str) -> None:
    """Ask for a password of NAME and print the line for the file of readers: the name and the password's bcrypt hash.

    \b
      delo password anna >> readers
      delo chat --host 0.0.0.0 --auth readers

    The password is asked for twice and not shown. Where there is no terminal, it is the first line of standard input.
    A reader is removed, or gets another password, by a change of the file; no restart is needed. Lines that
    `htpasswd -B` writes are understood as well.
    """  # noqa: D301 - the backspace is click's mark of lines to be left as they are
    from ui.server.passwords import line

    click.echo(line(name, _asked()))


def _asked() -> str:
    """The password, typed twice on a terminal, else read from standard input."""
    if sys.stdin.isatty():
        told: str = click.prompt("Password", hide_input=True, confirmation_prompt="Once more", err=True)
        return told
    given = sys.stdin.buffer.readline()
    try:
        return given.decode().rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise click.UsageError("the password on standard input is not UTF-8 text") from error
