"""What a browser would make of markup, and words that try to be markup."""

import re
from html.parser import HTMLParser

OURS = re.findall(
    r"\w+",
    """html head meta title link script body main header nav section div span p h1 h2 h3 ul li dl dt dd a em cite mark
    figure figcaption blockquote details summary table thead tbody tr th td b s q sup button select option label""",
)
NASTY = ["<img src=x onerror=alert(1)>", "<script>alert(1)</script>", "${alert(1)}", "{{7*7}}", "</td></table>", "`"]
NASTY += [
    '" onload="alert(1)',
    "<mark>",
    "&lt;b&gt;",
    "[x](javascript:alert(1))",
    "$x^2$",
    "\u202egnp.exe",
    "\x07",
    "<!--",
    "{0} {} {x!r}",
]
_ALONE = {"meta", "link"}


class Shown(HTMLParser):
    """What a browser would make of markup: its tags, and its words by the tags that they stand in.

    Paragraphs and cells are told with their language, `p:ru`; words of the interface stand in `said:en` and `said:ru`.
    """

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[tuple[tuple[str, ...], str]] = []
        self._open: list[str] = []
        self.feed(markup)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append((tag, given))
        if tag not in _ALONE:
            named = "said" if given.get("class") == "said" else tag
            self._open.append(f"{tag}/{named}:{given.get('lang')}")

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop().split("/")[0] == tag

    def handle_data(self, data: str) -> None:
        self.words.append((tuple(name.split("/")[1] for name in self._open), data))

    def text(self, *inside: str, language: str | None = None) -> str:
        """The words in all of these tags; those of the interface in one language, if it is given."""
        return "".join(
            words
            for where, words in self.words
            if all(any(tag in (name, name.split(":")[0]) for name in where) for tag in inside)
            and (language is None or not any(n.startswith("said:") and n != f"said:{language}" for n in where))
        )

    def hrefs(self) -> list[str]:
        return [str(attributes["href"]) for tag, attributes in self.tags if tag == "a"]

    def ids(self) -> list[str]:
        return [str(attributes["id"]) for _, attributes in self.tags if "id" in attributes]

    def only_ours(self) -> bool:
        return {tag for tag, _ in self.tags} <= set(OURS) and not any(
            name.startswith("on") or name == "style" for _, attributes in self.tags for name in attributes
        )


def squeezed(text: str) -> str:
    return "".join(text.split())
