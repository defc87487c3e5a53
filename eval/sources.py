"""What answers are held against: texts that came with them, those of a folder, or the documents of an index."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from heapq import nlargest
from typing import Protocol, get_args

from eval.answers import Source
from index.archives import ArchiveTable, built_in
from index.document import ArchivalReference, Document
from index.fold import folded_text
from index.leaves import Relation, relation
from index.places import file_key, holder_key, number_key
from rag.lookup import held_under

_BEST: tuple[Relation, ...] = get_args(Relation)  # best first
_COUNTED = 5  # sources in which the places of few words are counted
_RAREST = 8  # words by which sources are found; the commoner ones of a long sentence tell little more
_WORD = re.compile(r"\w+")
_PARTS = ("fond", "opis", "delo", "papka")


class Sources(Protocol):
    """Texts to hold answers against, by id, by archival reference, and by what stands in them."""

    def get(self, id_: str) -> Source | None:
        """The source of this id, or None."""
        ...

    def under(self, reference: ArchivalReference) -> Mapping[str, Relation]:
        """The ids of the sources held under a reference, each with how its own reference fits; {} if there is none.

        A reference that leaves parts out, such as "d. 776, l. 31", stands for all that agree in the parts it gives.
        """
        ...

    def alike(self, words: str, most: int) -> Sequence[str]:
        """The ids of at most so many sources that are likeliest to hold these words, the likeliest first."""
        ...

    def spread(self, words: str) -> int:
        """In about how many places these few words stand, one after the other."""
        ...

    def is_title(self, words: str) -> bool:
        """Whether these words are the title of a source."""
        ...

    def all(self) -> Iterator[Source]:
        """Every source, one at a time."""
        ...


def source_of(document: Document) -> Source:
    """A document of an archive as a source."""
    return Source(
        id=document.id,
        texts={language: document.texts[language] for language in document.languages},
        title=document.title,
        date=document.date.text if document.date else None,
        references=document.references,
    )


def title_key(words: str) -> str:
    """A form in which the prints of one title agree."""
    return " ".join(word for word in folded_text(words).replace('"', " ").strip(" .,;:!?'").split())


class HeldSources:
    """Sources in memory. What finds them by words is made when it is first needed."""

    def __init__(self, sources: Sequence[Source], archives: ArchiveTable | None = None) -> None:
        self._sources = {source.id: source for source in sources}
        self._table = archives or built_in()

    def get(self, id_: str) -> Source | None:
        """See Sources."""
        return self._sources.get(id_)

    def under(self, reference: ArchivalReference) -> Mapping[str, Relation]:
        """See Sources."""
        return under(self, reference, self._table)

    def alike(self, words: str, most: int) -> Sequence[str]:
        """See Sources. Rare words count most; of sources with all of the words, those with all of them in order."""
        scores: dict[int, float] = {}
        known = (self._postings[word] for word in set(folded_words(words)) if word in self._postings)
        for places in sorted(known, key=len)[:_RAREST]:
            for place in places:
                scores[place] = scores.get(place, 0.0) + 1 / len(places)
        best = max(scores.values(), default=0.0)
        tied = [place for place, score in scores.items() if score == best]
        if len(tied) > most:
            tied = [place for place in tied if self._has(place, words.strip(" .,;:!?…"))]
            scores |= dict.fromkeys(tied, 2 * best)
        return [self._ids[place] for place in nlargest(most, scores, key=lambda place: (scores[place], -place))]

    def spread(self, words: str) -> int:
        """See Sources. Counted in the sources that are likeliest to hold them."""
        sought = folded_text(words).strip()
        texts = (text for id_ in self.alike(words, _COUNTED) for text in self._sources[id_].texts.values())
        return sum(folded_text(text).count(sought) for text in texts)

    def _has(self, place: int, words: str) -> bool:
        return any(words in text for text in self._sources[self._ids[place]].texts.values())

    def is_title(self, words: str) -> bool:
        """See Sources."""
        return title_key(words) in self._titles

    def all(self) -> Iterator[Source]:
        """See Sources."""
        return iter(self._sources.values())

    def file(self, key: str) -> Sequence[tuple[str, ArchivalReference]]:
        """The references to a file, by its key, each with the id of its source."""
        return self._files.get(key, ())

    def places(self) -> Iterator[tuple[str, ArchivalReference]]:
        """Every reference with the id of its source."""
        return ((source.id, reference) for source in self._sources.values() for reference in source.references)

    @cached_property
    def _files(self) -> dict[str, list[tuple[str, ArchivalReference]]]:
        files: dict[str, list[tuple[str, ArchivalReference]]] = {}
        for id_, reference in self.places():
            if key := file_key(reference):
                files.setdefault(key, []).append((id_, reference))
        return files

    @cached_property
    def _ids(self) -> list[str]:
        return list(self._sources)

    @cached_property
    def _titles(self) -> frozenset[str]:
        return frozenset(title_key(source.title) for source in self._sources.values() if source.title)

    @cached_property
    def _postings(self) -> dict[str, list[int]]:
        """Which sources have a word, by its plain form."""
        postings: dict[str, list[int]] = {}
        for place, source in enumerate(self._sources.values()):
            for word in {word for text in source.texts.values() for word in folded_words(text)}:
                postings.setdefault(word, []).append(place)
        return postings


class JoinedSources:
    """Sources that came with an answer, before those of an archive; of two with one id the first that has texts."""

    def __init__(self, given: Sequence[Source], archive: Sources) -> None:
        self._given = HeldSources([source for source in given if source.texts])
        self._archive = archive

    def get(self, id_: str) -> Source | None:
        """See Sources."""
        return self._given.get(id_) or self._archive.get(id_)

    def under(self, reference: ArchivalReference) -> Mapping[str, Relation]:
        """See Sources."""
        return {**self._archive.under(reference), **self._given.under(reference)}

    def alike(self, words: str, most: int) -> Sequence[str]:
        """See Sources: those of the archive."""
        return self._archive.alike(words, most)

    def spread(self, words: str) -> int:
        """See Sources: those of the archive."""
        return self._archive.spread(words)

    def is_title(self, words: str) -> bool:
        """See Sources."""
        return self._given.is_title(words) or self._archive.is_title(words)

    def all(self) -> Iterator[Source]:
        """See Sources."""
        yield from self._given.all()
        yield from self._archive.all()


class _Placed(Protocol):
    def file(self, key: str) -> Sequence[tuple[str, ArchivalReference]]: ...

    def places(self) -> Iterator[tuple[str, ArchivalReference]]: ...


def under(shelf: _Placed, asked: ArchivalReference, table: ArchiveTable) -> dict[str, Relation]:
    """The ids of what is held under a reference, with the best relation; see Sources."""
    found: dict[str, Relation] = {}
    held = ((one.document_id, one.match) for one in held_under(shelf, asked, table))
    for id_, match in held if _is_whole(asked) else _partly(shelf, asked, table):
        found[id_] = min(found.get(id_, match), match, key=_BEST.index)
    return found


def _is_whole(asked: ArchivalReference) -> bool:
    """Whether a reference names a file by all that its archive numbers it by."""
    return bool((asked.fond and asked.opis and asked.delo) or asked.other)


def _partly(shelf: _Placed, asked: ArchivalReference, table: ArchiveTable) -> Iterator[tuple[str, Relation]]:
    wanted = {part: number_key(getattr(asked, part)) for part in _PARTS}
    wanted = {part: key for part, key in wanted.items() if key}
    holder = holder_key(asked, table)
    for id_, own in shelf.places() if wanted else ():
        same = all(number_key(getattr(own, part)) == key for part, key in wanted.items())
        if same and (holder is None or holder_key(own, table) in (None, holder)):
            yield id_, relation(asked.leaves, own.leaves)


def folded_words(text: str) -> list[str]:
    """The words of a text in their plain form."""
    return _WORD.findall(folded_text(text))
