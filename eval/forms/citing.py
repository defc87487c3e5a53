"""Citations in running text: archival references in either script, markers such as [1], and numbers of documents."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from eval.answers import Cited
from index.archives import ArchiveTable, built_in
from index.document import ArchivalReference, Span
from index.elements import Scanner
from index.reference import LONGEST, read_references
from index.tokens import tokens

_MARKER = re.compile(r"(?:\[|【)\^?(?P<numbers>\d{1,3}(?:\s*[,;–-]\s*\^?\d{1,3})*)(?:\]|】)")
_BRACKETED = re.compile(r"[\[(](?P<id>[^\[\]()\s]{1,80})[\])]")
_DOCUMENT = re.compile(
    r"\b(?:documents?|docs?\.?|records?|документ\w{0,3}|док\.?|запис[ьи])\s*(?:No\.?|№|#|nr\.?)?\s*"
    r"(?P<id>[\w-]*\d[\w-]*)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?://\S*?/document/(?P<id>[\w-]+)[^\s<>)\]]*")
_LEAST_ID = 4  # characters of the number of a document that did not come with the answer; "document 5" counts
_GROUP = re.compile(r"\((?P<round>[^()]{4,400}(?:\([^()]{1,80}\)[^()]{0,200}){0,3})\)|\[(?P<square>[^\[\]]{4,400})\]")
_NAMING = frozenset({"fond", "opis", "delo", "papka"})
_BETWEEN = re.compile(r"[\s,.;:()/–—-]*(?:(?:and|и)[\s,.;:]*)?")
_IBID = re.compile(
    r"(?<!\w)(?:ibid(?:em)?|там же)\b\.?(?:,?\s*(?P<leaves>(?:ll?|лл?)\.\s*\d+(?:\s*(?:об|ob)\.?)?"
    r"(?:\s*[–-]\s*\d+(?:\s*(?:об|ob)\.?)?)?))?",
    re.IGNORECASE,
)
_LIST = re.compile(r"\d{1,3}")


@dataclass(frozen=True, slots=True)
class _Item:
    """An element of a reference, or the name of an archive, in a text."""

    start: int
    end: int
    name: str


def citations(
    text: str, ids: Sequence[str] = (), quoted: Collection[Span] = (), archives: ArchiveTable | None = None
) -> list[Cited]:
    """The citations in a sentence, in order.

    `ids` are those of the sources that came with the answer, in order: [1] is the first. What stands in a quotation, at
    `quoted`, is none. Cost: linear in the text's length.
    """
    bare = _blotted(text, quoted)
    table = archives or built_in()
    found: list[Cited] = []
    for make in (_addresses, _groups, _running, _again, _markers, _numbered, _bracketed):
        for cited in make(bare, text, ids, table):
            span = cited.span
            if span is not None and not any(one.span and one.span.meets(span) for one in found if one.span != span):
                found.append(cited)
                bare = bare if make is _markers else _blotted(bare, [span])
    return sorted(found, key=lambda cited: cited.span or Span(0, 0))


def _blotted(text: str, spans: Collection[Span]) -> str:
    for span in spans:
        text = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
    return text


def _addresses(bare: str, text: str, ids: Sequence[str], table: ArchiveTable) -> Iterator[Cited]:
    for match in _ADDRESS.finditer(bare):
        yield Cited(text=match[0], span=Span(*match.span()), source=match["id"].removesuffix(".pdf"))


def _groups(bare: str, text: str, ids: Sequence[str], table: ArchiveTable) -> Iterator[Cited]:
    """References in round or square brackets."""
    for match in _GROUP.finditer(bare):
        inner = match["round"] or match["square"]
        references = read_references(inner, table).references
        if any(_is_place(reference) for reference in references) and re.search(r"\d", inner):
            yield Cited(text=text[match.start() + 1 : match.end() - 1], span=Span(*match.span()), references=references)


def _is_place(reference: ArchivalReference) -> bool:
    return bool(reference.fond or reference.opis or reference.delo or reference.other)


def _running(bare: str, text: str, ids: Sequence[str], table: ArchiveTable) -> Iterator[Cited]:
    """References in the run of a sentence: elements that stand side by side, the archive's name among them or not."""
    for cluster in _clusters(bare, _items(bare[:LONGEST], table)):
        names = {item.name for item in cluster}
        if len(names & _NAMING) < 2 and not (names & _NAMING and "archive" in names):
            continue
        span = Span(cluster[0].start, cluster[-1].end)
        if references := read_references(span.of(text), table).references:
            yield Cited(text=span.of(text), span=span, references=references)


def _items(text: str, table: ArchiveTable) -> list[_Item]:
    cut = tokens(text)
    items = [_Item(m.start, m.end, "archive") for m in table.mentions(cut)]
    taken = [Span(item.start, item.end) for item in items]
    for element in Scanner(text, cut).elements():
        span = Span(element.start, element.end)
        if element.kind == "part" and not any(span.meets(other) for other in taken):
            items.append(_Item(element.start, element.end, element.name))
    return sorted(items, key=lambda item: item.start)


def _clusters(text: str, items: Sequence[_Item]) -> Iterator[list[_Item]]:
    cluster: list[_Item] = []
    for item in items:
        if cluster and not _BETWEEN.fullmatch(text, cluster[-1].end, item.start):
            yield cluster
            cluster = []
        cluster.append(item)
    if cluster:
        yield cluster


def _again(bare: str, text: str, ids: Sequence[str], table: ArchiveTable) -> Iterator[Cited]:
    """Ibid., with or without leaves: what it stands for is for `resumed` to say."""
    for match in _IBID.finditer(bare):
        yield Cited(text=text[slice(*match.span())].strip(" ,"), span=Span(*match.span()))


def resumed(cited: Cited, before: Cited | None, archives: ArchiveTable | None = None) -> Cited:
    """A citation such as "ibid., l. 31" as that of the citation before it; any other as it is."""
    if before is None or not (match := _IBID.fullmatch(cited.text)):
        return cited
    leaves = match["leaves"] and read_references(f"d. 1, {match['leaves']}", archives).references
    references = before.references
    if leaves:
        references = tuple(replace(reference, leaves=leaves[0].leaves) for reference in references[:1])
    return replace(cited, source=before.source, references=references)


def _markers(bare: str, text: str, ids: Sequence[str], table: ArchiveTable) -> Iterator[Cited]:
    """[1], [1, 3], [2-4]: each number a citation of its own."""
    for match in _MARKER.finditer(bare):
        for number in _numbers(match["numbers"]):
            named = str(number) if str(number) in ids else ids[number - 1] if 1 <= number <= len(ids) else None
            yield Cited(text=f"[{number}]", span=Span(*match.span()), source=named)


def _numbers(printed: str) -> list[int]:
    found = list(map(int, _LIST.findall(printed)))
    if len(found) == 2 and re.search(r"[–-]", printed) and found[0] < found[1] <= found[0] + 20:
        return list(range(found[0], found[1] + 1))
    return found


def _numbered(bare: str, text: str, ids: Sequence[str], table: ArchiveTable) -> Iterator[Cited]:
    for match in _DOCUMENT.finditer(bare):
        if match["id"] in ids or len(match["id"]) >= _LEAST_ID:
            yield Cited(text=text[slice(*match.span())], span=Span(*match.span()), source=match["id"])


def _bracketed(bare: str, text: str, ids: Sequence[str], table: ArchiveTable) -> Iterator[Cited]:
    for match in _BRACKETED.finditer(bare):
        if match["id"] in ids:
            yield Cited(text=match[0], span=Span(*match.span()), source=match["id"])
