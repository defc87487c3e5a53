"""The page to log in, and the one that says who is logged in, as HTML; pure.

The first works without any script, and loads nothing that is not open to everybody.
"""

from ui import messages
from ui.messages import Words, door
from ui.page.frame import attributes, escaped, languages_html, page_html, said

_TROUBLE: dict[int, Words] = {401: door.WRONG, 429: door.WAIT, 503: door.BUSY_DOOR}


def login_page(then: str, name: str, status: int, wait: int) -> str:
    """A form for name and password that leads on to the address `then`.

    `status` is that of the reply: what was wrong with `name` and its password, if it is not 200; `wait` is how many
    seconds to wait before the next attempt.
    """
    told = f'<p class="warning" role="alert">{said(_TROUBLE[status], wait)}</p>' if status in _TROUBLE else ""
    described = ' aria-describedby="trouble"' if told else ""
    form = (
        '<form method="post" action="/login">'
        f'<input type="hidden" name="next" value="{escaped(then)}">'
        f'<label for="name">{said(door.NAME)}</label>'
        f'<input id="name" name="name" value="{escaped(name)}" autocomplete="username" autocapitalize="none" '
        f'spellcheck="false" required{"" if name else " autofocus"}>'
        f'<label for="password">{said(door.PASSWORD)}</label>'
        '<input id="password" name="password" type="password" autocomplete="current-password" required'
        f"{described}{' autofocus' if name else ''}>"
        f'<button type="submit">{said(door.LOG_IN)}</button></form>'
    )
    return (
        '<!doctype html><html lang="en" class="delo-page door"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title {attributes(door.TITLE)}>{escaped(door.TITLE['en'])}</title>"
        '<link rel="icon" href="/favicon.ico" type="image/svg+xml"><link rel="stylesheet" href="/delo/style.css">'
        '<script src="/delo/before.js"></script><script type="module" src="/delo/login.js"></script></head>'
        f'<body>{_head()}<main id="main"><h1>{said(door.TITLE)}</h1><p>{said(door.LOCKED)}</p>'
        f'<div id="trouble">{told}</div>{form}</main></body></html>'
    )


def account_page(reader: str) -> str:
    """Who is logged in, and a button to log out; or that nobody has to."""
    if not reader:
        body = f"<p>{said(door.NOBODY)}</p>"
    else:
        body = (
            f"<p>{said(door.READER)} <strong>{escaped(reader)}</strong></p>"
            '<form method="post" action="/logout" target="_top">'
            f'<button type="submit">{said(door.LOG_OUT)}</button></form>'
        )
    return page_html(door.ACCOUNT, f'<main id="main" class="account"><h1>{said(door.ACCOUNT)}</h1>{body}</main>')


def refused_page(words: Words) -> str:
    """A page that says why nothing is shown."""
    return page_html(messages.TITLE, f'<main id="main" class="notice"><h1>{said(words)}</h1></main>')


def busy_html(words: Words) -> str:
    """In place of an answer, that there is none now."""
    return f'<div class="delo refusal busy" role="status"><h2>{said(words)}</h2></div>'


def waiting_html(before: int) -> str:
    """In place of an answer that others are waited for."""
    return f'<p class="delo waiting" role="status">{said(door.WAITING, before)}</p>'


def _head() -> str:
    name = f'{messages.TITLE} <span lang="ru">{messages.TITLE_RUSSIAN}</span>'
    return (
        f'<header class="delo-head"><p class="name">{name}</p><div class="settings">{languages_html()}</div></header>'
    )
