"""The documents of an index as sources: read when they are asked for, those used last kept."""

from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from eval.answers import Source
from eval.sources import source_of, title_key, under
from index.archives import ArchiveTable, built_in
from index.document import LANGUAGES, ArchivalReference
from index.leaves import Relation
from index.lexical import stems
from index.store import Index
from rag.quoted import Quoted
from rag.shortlist import alike, in_order

_MOST_KEPT = 500  # documents; of the usual size some 10 MB


class IndexSources:
    """See eval.sources.Sources; `index` stays its owner's to close."""

    def __init__(self, index: Index, archives: ArchiveTable | None = None) -> None:
        self._index = index
        self._table = archives or built_in()
        self._kept: OrderedDict[str, Source | None] = OrderedDict()

    def get(self, id_: str) -> Source | None:
        """See Sources."""
        if id_ not in self._kept:
            document = self._index.catalogue.document(id_) if id_.isprintable() else None
            self._kept[id_] = source_of(document) if document else None
        self._kept.move_to_end(id_)
        while len(self._kept) > _MOST_KEPT:
            self._kept.popitem(last=False)
        return self._kept[id_]

    def under(self, reference: ArchivalReference) -> Mapping[str, Relation]:
        """See Sources."""
        return under(self, reference, self._table)

    def alike(self, words: str, most: int) -> Sequence[str]:
        """See Sources: by the index of words, those that have the words in order first."""
        quoted = Quoted(" ".join(words.split()))
        if not quoted.words.keys:
            return ()
        regions = (*in_order(self._index, quoted).regions, *alike(self._index, quoted).regions)
        shared = set(quoted.words.keys)
        scores: dict[str, int] = {}
        for region in regions:
            score = len(shared & set(region.wording.keys))
            scores[region.document_id] = max(score, scores.get(region.document_id, 0))
        return sorted(scores, key=lambda id_: -scores[id_])[:most]

    def spread(self, words: str) -> int:
        """See Sources: the passages that have them, by their stems, so that all forms of the words are counted."""
        found = ((language, stems(language, words)) for language in LANGUAGES)
        return sum(self._index.lexical.phrase(language, told, 1)[1] for language, told in found if told)

    def is_title(self, words: str) -> bool:
        """See Sources."""
        return title_key(words) in self._titles

    def all(self) -> Iterator[Source]:
        """See Sources."""
        return map(source_of, self._index.catalogue.documents())

    def file(self, key: str) -> Sequence[tuple[str, ArchivalReference]]:
        """The references to a file, by its key, each with the id of its source."""
        return self._index.catalogue.file(key)

    def places(self) -> Iterator[tuple[str, ArchivalReference]]:
        """Every reference with the id of its source."""
        return iter(self._index.catalogue.places())

    @cached_property
    def _titles(self) -> frozenset[str]:
        return frozenset(title_key(title) for _, title, _ in self._index.catalogue.fields())
