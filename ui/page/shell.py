"""The page of the conversation around what gradio makes of it: its head, first sight, and desk; pure.

gradio's own page gives the settings and the scripts; everything else here is ours, and is there before its scripts run.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from index.errors import ArchiveError
from ui import messages
from ui.messages import Words, shell
from ui.page.frame import HEAD, attributes, capital, escaped, keys_html, navigation, said, skip
from ui.page.texts import plainly
from ui.page.tree import archive_words

_SETTINGS = re.compile(r"<script>(window\.gradio_(?:config|api_info) = .*?;)</script>", re.DOTALL)
_SCRIPT = re.compile(r'<script type="module" crossorigin src="\.(/assets/[^"<>]*)"></script>')
_STYLE = re.compile(r'<link rel="stylesheet" crossorigin href="\.(/assets/[^"<>]*)">')
_MOST_ARCHIVES = 12  # named of those that an archive draws on

# What gradio says in one language: where it stands, which attribute it is (or the text), and our words for it.
_FURNITURE: tuple[tuple[str, str, Words], ...] = (
    ("#question textarea", "placeholder", shell.QUESTION),
    ("#question [data-testid=block-info]", "", shell.QUESTION),
    ("#question .submit-button", "aria-label", shell.SEND),
    ("#by > [data-testid=block-info]", "", shell.ANSWERED_BY),
    ("#by label:last-of-type span", "", shell.DOCUMENTS_ALONE),
    ("#chat [role=log]", "aria-label", shell.CONVERSATION),
)


def shell_page(engine: str, welcome: str, nonce: str) -> str:
    """The page at `/`: `engine` is gradio's own page, `welcome` markup; only scripts that bear `nonce` may stand in it.

    Raises: ArchiveError if gradio's page is not as expected.
    """
    settings, started, styled = (form.findall(engine) for form in (_SETTINGS, _SCRIPT, _STYLE))
    if not (settings and started and styled):
        raise ArchiveError("gradio makes its page otherwise than Delo expects; install a version of constraints.txt")
    inside = "".join(f'<link rel="stylesheet" href="{path}">' for path in styled)
    inside += "".join(f'<script type="module" crossorigin src="{path}"></script>' for path in started)
    script = "".join((*settings, 'window.__gradio_mode__ = "app";'))
    return (
        '<!doctype html><html lang="en" class="delo-shell"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{messages.TITLE}</title>{HEAD}<script type="module" src="/delo/shell.js"></script>'
        f'<script nonce="{nonce}">{script}</script>{inside}</head><body>{_body(welcome)}</body></html>'
    )


def _body(welcome: str) -> str:
    return (
        f'{skip()}{navigation("ask")}{_alerts()}<div id="room"><main id="main" tabindex="-1">{welcome}'
        f'<p id="preparing">{said(shell.PREPARING)}</p>'
        f'<gradio-app embed="false" eager="true"></gradio-app><p id="told" class="unseen" role="status"></p></main>'
        f"{_desk()}</div>{_furniture()}{keys_html()}"
    )


def welcome_html(held: str, examples: Sequence[str]) -> str:
    """What a reader sees first: what the page promises, what the archive holds (markup), and questions to click."""
    shown = "".join(f'<li><button type="button" data-ask>{escaped(example)}</button></li>' for example in examples)
    offered = f'<h2>{said(shell.EXAMPLES)}</h2><ul class="examples">{shown}</ul>' if examples else ""
    return (
        f'<h1>{said(shell.HEADING)}</h1><section id="welcome"><p class="promise">{said(messages.PROMISE)}</p>'
        f'{held}{offered}<noscript><p class="notice">{said(shell.NO_SCRIPT)}</p></noscript></section>'
    )


def held_html(documents: int, dates: tuple[str, str] | None, archives: Mapping[str, int], home: Path) -> str:
    """How many documents there are, of which years, from which archives; if there are none, what to do."""
    if not documents:
        return f'<p class="notice">{said(shell.EMPTY, home)}</p>'
    told = [said(messages.HOLDINGS, documents)]
    told += [escaped("–".join(dict.fromkeys(day[:4] for day in dates)))] if dates else []
    named = [f"{plainly(archive_words(name))} ({count})" for name, count in archives.items()]
    told += [", ".join(named[:_MOST_ARCHIVES]) + (" …" if len(named) > _MOST_ARCHIVES else "")] if named else []
    return f'<ul class="held">{"".join(f"<li>{line}</li>" for line in told)}</ul>'


def trouble_html(reason: str) -> str:
    """Why the archive cannot be read, and what to do."""
    return f'<p class="notice">{said(shell.TROUBLE)}: <span lang="en">{escaped(capital(reason))}</span></p>'


def _alerts() -> str:
    """What is wrong, each line hidden until it is."""
    lines = (("lost", shell.LOST), ("busy", shell.BUSY), ("broken", shell.BROKEN))
    told = "".join(f'<p id="{name}" class="alert" hidden>{said(words)}</p>' for name, words in lines)
    ended = f'<p id="ended" class="alert" hidden><a href="/login" target="_blank">{said(shell.ENDED)}</a></p>'
    return f'<div role="alert">{told}{ended}</div>'


def _desk() -> str:
    """Where everything else is opened, beside the conversation or over it."""
    return (
        f'<section id="desk" aria-labelledby="on-desk" hidden><h2 id="on-desk" class="unseen">{said(shell.DESK)}</h2>'
        f'<p class="bar"><button type="button" data-back>{said(shell.BACK)}</button>'
        f'<button type="button" data-whole>{said(shell.WHOLE)}</button>'
        f'<button type="button" data-half>{said(shell.HALF)}</button></p>'
        f'<iframe name="desk" title="{escaped(shell.DESK["en"])}" {attributes(shell.DESK)}></iframe></section>'
    )


def _furniture() -> str:
    """Words for what gradio says in one language, for the script to put in their places."""
    words = (
        f'<span data-furnish="{escaped(where)}" data-attribute="{attribute}" {attributes(told)}></span>'
        for where, attribute, told in _FURNITURE
    )
    states = (("searching", shell.SEARCHING), ("answered", shell.ANSWERED), ("refused", shell.REFUSED))
    kept = (f'<span data-state="{name}" {attributes(told)}></span>' for name, told in states)
    return f'<div id="furniture" hidden>{"".join((*words, *kept))}</div>'
