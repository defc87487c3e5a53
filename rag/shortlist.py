"""Where in the archive a quotation may stand: the stretches of text that are then compared with it word by word.

The index of words only says where to look. Its own ways of telling words apart decide nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.document import LANGUAGES, Language, Span, covering
from index.lexical import stems
from index.store import Index
from index.wording import Wording
from rag.quoted import Quoted

MOST_PASSAGES = 500  # that hold a quotation's words in order and are looked at; how many more do is counted
_PROBE = 12  # words; a longer quotation is looked for in parts, for its parts may stand in different places
_PROBES = 12  # of one quotation, evenly chosen
_BEST = 12  # passages looked at for each of several probes
_BEST_OF_ONE = 30  # and for a single one
_MARGIN = 1.3  # of the quotation's length, looked at before and after a passage: it may begin or end elsewhere
_MARGIN_CHARS = 200  # and at least


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of one text of a document, from `start` on, as words."""

    document_id: str
    language: Language
    start: int
    wording: Wording

    def span(self, first: int, last: int) -> Span:
        """The place in the document's text of the words from `first` up to `last`."""
        return self.wording.span(first, last).shifted(self.start)


@dataclass(frozen=True, slots=True)
class Shortlist:
    """Regions to look at, and how many passages that have the words in order were left out."""

    regions: tuple[Region, ...]
    more: int


def in_order(index: Index, quoted: Quoted) -> Shortlist:
    """The passages in which the words of the quotation stand one after the other, whatever their endings."""
    spans: list[tuple[str, Language, Span]] = []
    more = 0
    for language in LANGUAGES:
        words = stems(language, quoted.text)
        found, count = index.lexical.phrase(language, words, MOST_PASSAGES) if words else ([], 0)
        spans += _places(index, found, language)
        more += count - len(found)
    return Shortlist(tuple(_regions(index, spans)), more)


def alike(index: Index, quoted: Quoted) -> Shortlist:
    """Stretches that share much with the quotation, or with a part of it."""
    margin = max(_MARGIN_CHARS, int(_MARGIN * len(quoted.text)))
    spans = [
        (document_id, language, Span(max(0, span.start - margin), span.end + margin))
        for language in quoted.languages
        for passage_ids in _probed(index, stems(language, quoted.text), language)
        for document_id, _, span in _places(index, passage_ids, language)
    ]
    return Shortlist(tuple(_regions(index, spans)), 0)


def _probed(index: Index, words: Sequence[str], language: Language) -> Iterator[list[str]]:
    starts = range(0, max(1, len(words) - _PROBE // 2), _PROBE)
    chosen = starts if len(starts) <= _PROBES else [starts[n * len(starts) // _PROBES] for n in range(_PROBES)]
    count = _BEST_OF_ONE if len(starts) == 1 else _BEST
    for start in chosen:
        yield index.lexical.sharing(language, words[start : start + _PROBE * 3 // 2], count)


def _places(index: Index, passage_ids: Sequence[str], language: Language) -> list[tuple[str, Language, Span]]:
    spans = index.catalogue.passage_spans(passage_ids, language)
    return [(passage_id.rpartition(":")[0], language, span) for passage_id, span in spans.items()]


def _regions(index: Index, places: Sequence[tuple[str, Language, Span]]) -> Iterator[Region]:
    """The stretches as words; those of one text that overlap are one."""
    texts: dict[tuple[str, Language], list[Span]] = {}
    for document_id, language, span in sorted(places):
        joined = texts.setdefault((document_id, language), [])
        if joined and span.start <= joined[-1].end:
            joined.append(covering([joined.pop(), span]))
        else:
            joined.append(span)
    for (document_id, language), spans in texts.items():
        for span in spans:
            yield _region(index, document_id, language, span)


def _region(index: Index, document_id: str, language: Language, span: Span) -> Region:
    """The whole words within `span`: one that an end of it may have cut in two is left out."""
    words = Wording.of(index.catalogue.stretch(document_id, language, Span(max(0, span.start - 1), span.end + 1)))
    start = max(0, span.start - 1)
    first = 1 if start and words.spans and words.spans[0].start == 0 else 0
    cut = words.spans and words.spans[-1].end == span.end + 1 - start
    last = len(words.keys) - (1 if cut else 0)
    return Region(document_id, language, start, Wording(words.text, words.keys[first:last], words.spans[first:last]))
