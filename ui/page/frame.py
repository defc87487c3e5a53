"""The frame of every page: its head, the rooms it leads to, and words of the interface in both languages; pure.

Every word that is not ours is escaped here, in `escaped`, and nowhere is it a template or a style: what a document
says is shown, never obeyed.
"""

from collections.abc import Iterable, Mapping
from html import escape
from typing import Literal

from index.document import LANGUAGES, Language
from rag.question import script
from ui import messages
from ui.messages import Words, rooms, shell
from ui.printed.render import visible

Room = Literal["ask", "read", "look-up", "notebook", "judge", "add"]

ADDRESSES: dict[Room, str] = {
    "ask": "/",
    "read": "/documents",
    "look-up": "/look-up",
    "notebook": "/notebook",
    "judge": "/judge",
    "add": "/add",
}


def said(words: Words, *values: object, **named: object) -> str:
    """Words of the interface in both languages; the style sheet shows the one that the reader has chosen.

    `values` fill their places `{}`, `named` those of a name, each a thing to print or Words; everything is escaped.
    """
    return "".join(
        f'<span class="said" lang="{language}">{escaped(_filled(words[language], language, values, named))}</span>'
        for language in LANGUAGES
    )


def _filled(pattern: str, language: Language, values: Iterable[object], named: Mapping[str, object]) -> str:
    def told(value: object) -> object:
        return value[language] if isinstance(value, Mapping) else value

    return pattern.format(*map(told, values), **{name: told(value) for name, value in named.items()})


def attributes(words: Words) -> str:
    """The same for what takes no markup: a title, a placeholder, an option of a list; the page's script puts it there.

    The English stands there until then. Of an `iframe` it is the title, of an `input` or `textarea` the placeholder, of
    everything else the text; see `ui/static/interface.js`.
    """
    return " ".join(f'data-{language}="{escaped(words[language])}"' for language in LANGUAGES)


def page_html(title: str | Words, body: str, *, room: Room | None = None, kind: str = "") -> str:
    """A whole page; `body` is markup, `title` words, not markup. `room` is the one that it belongs to.

    `kind` is a class of the page's root element, for the style sheet.
    """
    told, both = (escaped(title), "") if isinstance(title, str) else (escaped(title["en"]), f" {attributes(title)}")
    return (
        f'<!doctype html><html lang="en" class="delo-page {kind}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title{both}>{told}</title>{HEAD}</head><body>{skip()}{navigation(room)}{body}{keys_html()}</body></html>"
    )


_FONTS = ("latin-wght-normal", "cyrillic-wght-normal")  # that every page is set in

HEAD = (
    '<link rel="icon" href="/favicon.ico" type="image/svg+xml"><script src="/delo/before.js"></script>'
    '<link rel="stylesheet" href="/delo/style.css"><script type="module" src="/delo/page.js"></script>'
) + "".join(
    f'<link rel="preload" href="/delo/fonts/source-serif-4-{name}.woff2" as="font" type="font/woff2" crossorigin>'
    for name in _FONTS
)


def skip() -> str:
    """A link for the keyboard, past the rooms to what the page is about."""
    return f'<a class="skip" href="#main">{said(rooms.SKIP)}</a>'


def navigation(room: Room | None) -> str:
    """The name and the rooms, at the head of every page; inside the conversation's desk it is not shown."""
    links = "".join(
        f'<li><a href="{address}" data-room="{name}"{_current(name, room)}>{said(rooms.NAMES[name])}</a></li>'
        for name, address in ADDRESSES.items()
    )
    return (
        f'<header class="delo-head"><p class="name"><a href="/">{messages.TITLE} '
        f'<span lang="ru">{messages.TITLE_RUSSIAN}</span></a></p>'
        f'<nav><ul>{links}</ul></nav><div class="settings">{_settings()}</div></header>'
    )


def _current(name: Room, room: Room | None) -> str:
    return ' aria-current="page"' if name == room else ""


def languages_html() -> str:
    """Buttons that choose the language of the interface."""
    return "".join(
        f'<button type="button" data-interface="{language}" lang="{language}" aria-pressed="false">{name}</button>'
        for language, name in rooms.INTERFACES.items()
    )


def _settings() -> str:
    theme = f'<button type="button" data-theme="">{said(rooms.THEME)}</button>'
    return f'{languages_html()}{theme}<button type="button" data-dialog="keys">{said(shell.KEYS)}</button>'


def keys_html() -> str:
    """The list of keys, a dialog of every page, in which keys of single letters can be turned off.

    It is opened by `ui/static/keys.js`.
    """
    rows = "".join(
        f"<div><dt>{' · '.join(f'<kbd>{escaped(key)}</kbd>' for key in keys.split(' · '))}</dt>"
        f"<dd>{said(words)}</dd></div>"
        for keys, words in shell.KEY_NAMES.items()
    )
    return (
        f'<dialog id="keys" aria-labelledby="keys-head"><h2 id="keys-head">{said(shell.KEYS)}</h2><dl>{rows}</dl>'
        f'<p><label><input type="checkbox" data-keys checked> {said(shell.KEYS_ON)}</label></p>'
        f'<form method="dialog"><button>{said(shell.CLOSE)}</button></form></dialog>'
    )


def notice_html(told: str) -> str:
    """What stands on a page that has nothing else to show; `told` is markup."""
    return f'<main id="main" class="notice">{told}</main>'


def in_its_language(words: str) -> str:
    """Words of a document or of its catalogue, said to be in the language that they are in, for who hears the page."""
    language = script(words)
    return f'<span lang="{language}">{escaped(words)}</span>' if language else escaped(words)


def capital(words: str) -> str:
    """`words` with a capital at their beginning."""
    return words[:1].upper() + words[1:]


def escaped(words: str) -> str:
    """`words` as text of a page and nothing else; what would turn a line round, or is no text, is made visible."""
    return escape(visible(words.encode("utf-8", "replace").decode()))
