"""What a browser would make of a page, and words that would harm one if they were more than text."""

import re
from html.parser import HTMLParser

VOID = {"meta", "link", "input"}
OURS = re.findall(
    r"\w+",
    """html head meta title link script body main header nav section div span p h1 h2 h3 ul ol li dl dt dd a em cite
    mark figure figcaption blockquote details summary table thead tbody tr th td b s q sup button form input label
    select option svg rect code""",
)
NASTY = ["<img src=x onerror=alert(1)>", "<script>alert(1)</script>", "${alert(1)}", "{{7*7}}", "</td></table>", "`"]
NASTY += ['" onload="alert(1)', "<mark>", "&lt;b&gt;", "[x](javascript:alert(1))", "$x^2$", "\u202egnp.exe", "\x07"]
NASTY += ["<!--", "{", "{0}", "}"]


class Shown(HTMLParser):
    """Its tags with their attributes, and its words with all that they stand in."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[tuple[tuple[frozenset[str], ...], str]] = []
        self._open: list[tuple[str, frozenset[str]]] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.tags.append((tag, told))
        if tag not in VOID:
            classes = {f".{name}" for name in (told.get("class") or "").split()}
            lang = {f"{tag}:{told['lang']}"} if "lang" in told else set()
            self._open.append((tag, frozenset({tag} | classes | lang)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        self.words.append((tuple(names for _, names in self._open), data))

    def text(self, *inside: str, outside: str = "") -> str:
        """The words inside all of these (`tag`, `.class` or `tag:language`), and not inside that other."""
        return "".join(
            words
            for where, words in self.words
            if all(any(name in names for names in where) for name in inside)
            and not any(outside in names for names in where)
        )

    def said(self, language: str = "en") -> str:
        """What a reader of the interface in one language has before them."""
        other = {"en": "ru", "ru": "en"}[language]
        return "".join(
            words
            for where, words in self.words
            if not any(".said" in names and f"span:{other}" in names for names in where)
        )

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of each of these tags."""
        return [told for name, told in self.tags if name == tag]

    def hrefs(self) -> list[str]:
        return [str(told["href"]) for told in self.all("a")]

    def only_ours(self) -> bool:
        scripts = all("src" in told for told in self.all("script"))
        names = {name for _, told in self.tags for name in told}
        fine = not any(name.startswith("on") or name == "style" for name in names)
        return {tag for tag, _ in self.tags} <= set(OURS) and fine and scripts


def squeezed(text: str) -> str:
    return "".join(text.split())
