"""Elements of a page, made so that text can never become markup.

Whatever is a `str` is text and is escaped; only `Markup` is not, and only this module makes it of text. Characters
that cannot be seen, or that turn the direction of what follows, are shown by their numbers.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff"
    "\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
_LETTER, _CYRILLIC = re.compile(r"[^\W\d_]"), re.compile("[\u0400-\u04ff]")
_VOID = frozenset({"br", "col", "meta"})


@dataclass(frozen=True, slots=True)
class Markup:
    """Finished markup."""

    html: str


Part = str | Markup | None
Attribute = str | float | bool | None


def visible(text: str) -> str:
    """`text` with each character that is not seen as ⟨U+200B⟩; line ends and tabs stay."""
    return _UNSEEN.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", text)


def language_of(text: str) -> str:
    """Russian ("ru") if more than half of the letters are Cyrillic, else English ("en")."""
    return "ru" if 2 * len(_CYRILLIC.findall(text)) > len(_LETTER.findall(text)) else "en"


def joined(parts: Iterable[Part]) -> Markup:
    """All `parts`, one after another; None is nothing."""
    return Markup("".join(_html(part) for part in parts))


def element(tag: str, *parts: Part, **attributes: Attribute) -> Markup:
    """An element with `parts` in it.

    Attributes are named as in HTML, with `_` for `-`, and after a word that Python has for itself (`class_`). True
    stands for one without a value; None and False leave it out.
    """
    told = "".join(_attribute(name, value) for name, value in attributes.items())
    if tag in _VOID:
        return Markup(f"<{tag}{told}>")
    return Markup(f"<{tag}{told}>{joined(parts).html}</{tag}>")


def prose(tag: str, text: str, **attributes: Attribute) -> Markup:
    """An element with words of a question, an answer or a document: its language is said, its direction its own."""
    return element(tag, text, lang=language_of(text), dir="auto", **attributes)


def listed(items: Iterable[Part], tag: str = "ul", **attributes: Attribute) -> Markup | None:
    """A list; None if there is nothing to list."""
    rows = [element("li", item) for item in items]
    return element(tag, *rows, **attributes) if rows else None


def folded(summary: Part, *parts: Part, opened: bool = False, **attributes: Attribute) -> Markup:
    """Parts that are shown when `summary` is clicked."""
    return element("details", element("summary", summary), *parts, open=opened, **attributes)


def table(heads: Iterable[Part], rows: Iterable[Part], caption: Part, **attributes: Attribute) -> Markup:
    """A table of finished `rows`, in a box of its own that scrolls if the table is too wide."""
    head = element("tr", *(element("th", cell, scope="col") for cell in heads))
    inside = (element("caption", caption), element("thead", head), element("tbody", *rows))
    return element("div", element("table", *inside, **attributes), class_="wide")


def shortened(text: str, most: int) -> str:
    """`text`, words in its middle left out if it has more than `most` characters."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    head, tail = text[: most * 2 // 3], text[-(most // 3) :]
    return f"{head.rpartition(' ')[0] or head} … {tail.partition(' ')[2] or tail}"


def _html(part: Part) -> str:
    if isinstance(part, Markup):
        return part.html
    return escape(visible(part)) if part else ""


def _attribute(name: str, value: Attribute) -> str:
    if value is None or value is False:
        return ""
    name = name.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{escape(visible(str(value)))}"'
