"""Which documents, and which of their passages, a question's filters leave to be searched."""

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from threading import Lock

from index.archives import load_table
from index.document import Language
from index.places import place_keys
from index.reference import parse_references
from index.store import Index
from rag.errors import QuestionError
from rag.question import Filters, script

KEPT = 16  # sets of filters whose choice is remembered
_COLLECTIONS = ("collection", "associated collection")  # how labels of such fields begin


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The ids of the documents that may be searched, and of their passages that have a side in each language."""

    documents: frozenset[str]
    passages: Mapping[Language, frozenset[str]]


class Chooser:
    """Chooses among the documents of one index; safe to use from several threads."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._kept: OrderedDict[Filters, Choice] = OrderedDict()
        self._lock = Lock()

    def of(self, filters: Filters) -> Choice | None:
        """What `filters` leave; None if that is all. Cost: grows with the archive, the first time.

        Raises: QuestionError if a fond named is none.
        """
        if not filters.choose_documents:
            return None
        with self._lock:
            if filters in self._kept:
                self._kept.move_to_end(filters)
                return self._kept[filters]
        choice = self.among(self.documents(filters), filters)
        with self._lock:
            self._kept[filters] = choice
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return choice

    def among(self, documents: Iterable[str], filters: Filters) -> Choice:
        """These documents, with the passages that the languages of `filters` leave of them."""
        chosen = frozenset(documents)
        passages = {
            language: frozenset(
                id_ for id_ in self._index.catalogue.passage_ids(language) if id_.rpartition(":")[0] in chosen
            )
            for language in filters.languages
        }
        return Choice(documents=chosen, passages=passages)

    def documents(self, filters: Filters) -> set[str]:
        """Ids of the documents that `filters` leave; the languages of texts do not count.

        Raises: QuestionError if a fond named is none.
        """
        left = self._index.catalogue.select(after=filters.after, before=filters.before, archives=filters.archives)
        if filters.fonds:
            left &= {document for fond in filters.fonds for document in self._in_fond(fond)}
        if filters.persons:
            left &= {document for person in filters.persons for document in self._naming(person)}
        if filters.collections:
            left &= set(self._in_collections(filters.collections))
        if filters.documents:
            left &= set(filters.documents)
        return left

    def _in_fond(self, fond: str) -> Iterator[str]:
        keys = [place_keys(place)[:4] for place in parse_references(fond, load_table(self._index.home))]
        if not any(any(key) for key in keys):
            raise QuestionError(f'{fond!r} names no fond; write it as "APRF, f. 3"')
        return (document for key in keys if any(key) for document, _ in self._index.catalogue.places(*key))

    def _naming(self, person: str) -> set[str]:
        """Documents that name a person in a text, in whatever spelling, or in a title or field, as it is written."""
        table, language = self._index.names, script(person) or "en"
        inside = table.mentions(language, f"и {person}" if language == "ru" else f"to {person}")
        keys = {name.key for name in inside}
        in_texts = [self._index.lexical.documents_naming(key) for key in keys]
        written = {person.casefold(), *(name.casefold() for key in keys for name in table.variants(key))}
        in_records = self._index.listing.naming(written)
        return in_records.union(set.intersection(*in_texts) if in_texts else ())

    def _in_collections(self, names: Iterable[str]) -> Iterator[str]:
        wanted = [name.casefold() for name in names]
        for document, _, fields in self._index.catalogue.fields():
            values = [value.casefold() for label, value in fields if label.casefold().startswith(_COLLECTIONS)]
            if any(name in value for name in wanted for value in values):
                yield document
