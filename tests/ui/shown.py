"""What a browser would make of markup, and words that try to be markup."""

import re
from html.parser import HTMLParser

OURS = re.findall(
    r"\w+",
    """html head meta title link script body main header nav section div span p h1 h2 h3 ul ol li dl dt dd a em cite
    mark figure figcaption blockquote details summary table thead tbody tr th td b s q sup button form input label
    select option textarea svg rect code dialog kbd progress ins del""",
)
NASTY = ["<img src=x onerror=alert(1)>", "<script>alert(1)</script>", "${alert(1)}", "{{7*7}}", "</td></table>", "`"]
NASTY += ['" onload="alert(1)', "<mark>", "&lt;b&gt;", "[x](javascript:alert(1))", "$x^2$", "\u202egnp.exe", "\x07"]
NASTY += ["<!--", "{", "{0} {} {x!r}", "}"]
_ALONE = {"meta", "link", "input"}


class Shown(HTMLParser):
    """Its tags with their attributes, and its words with all that they stand in."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[tuple[tuple[frozenset[str], ...], str]] = []
        self._open: list[tuple[str, frozenset[str]]] = []
        self.feed(markup)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.tags.append((tag, told))
        if tag not in _ALONE:
            classes = {f".{name}" for name in (told.get("class") or "").split()}
            self._open.append((tag, frozenset({tag, f"{tag}:{told.get('lang')}"} | classes)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        self.words.append((tuple(names for _, names in self._open), data))

    def text(self, *inside: str, outside: str = "", language: str | None = None) -> str:
        """The words inside all of these (`tag`, `.class` or `tag:language`), and not inside that other.

        Of the words of the interface those in one `language`, if it is given; none, if it is "none".
        """
        return "".join(
            words
            for where, words in self.words
            if all(any(name in names for names in where) for name in inside)
            and not any(outside in names for names in where)
            and (language is None or not any(".said" in n and f"span:{language}" not in n for n in where))
        )

    def said(self, language: str = "en") -> str:
        """What a reader of the interface in one language has before them."""
        return self.text(language=language)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of each of these tags."""
        return [told for name, told in self.tags if name == tag]

    def fields(self) -> dict[str, str | None]:
        """What the forms send: the values of the inputs that have a name."""
        return {str(told["name"]): told.get("value") for told in self.all("input") if "name" in told}

    def hrefs(self) -> list[str]:
        return [str(told["href"]) for told in self.all("a")]

    def ids(self) -> list[str]:
        return [str(told["id"]) for _, told in self.tags if "id" in told]

    def only_ours(self) -> bool:
        """Whether nothing is there that the page's own modules do not write: no other tag, script, style or handler."""
        scripts = all("src" in told for told in self.all("script"))
        names = {name for _, told in self.tags for name in told}
        fine = not any(name.startswith("on") or name == "style" for name in names)
        return {tag for tag, _ in self.tags} <= set(OURS) and fine and scripts


def squeezed(text: str) -> str:
    return "".join(text.split())
