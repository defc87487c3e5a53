"""A record opened again: what became of each quotation that its answer gave, by the index as it is now.

The gate is that of new answers, `rag.verify`: a quotation stands if its words are still in its document, whole words,
but for typography. What no longer stands is looked for by its words, and shown old against new; it proves nothing then.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from index.document import LANGUAGES, Document, Language, Span
from index.store import Index
from index.wording import Wording
from rag.answer import Citation, Place, Quotation
from rag.counterpart import Counterparts
from rag.difference import Difference, likeness, nearest
from rag.errors import LocatorError, RecordError
from rag.located import Stand
from rag.quote import LEAST_LIKENESS, locate_quotation
from rag.record import place_record
from rag.saved import document_entry, hashes
from rag.shortlist import Region
from rag.stands import Stands
from rag.verify import cited

SCHEMA = "delo.reopened/1"
Fate = Literal["stands", "moved", "changed", "elsewhere", "lost", "gone"]
STANDING: frozenset[Fate] = frozenset(("stands", "moved"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A quotation as the answer gave it: `number` as it was shown, from 1, and the sentence that it belonged to.

    `by_model`: whether a language model wrote that sentence.
    `facing` are the words that stood beside it in the other language, None if none did.
    """

    number: int
    statement: str
    by_model: bool
    document_id: str
    language: Language
    span: Span
    words: str
    paragraph: int
    references: tuple[str, ...]
    facing: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Became:
    """What became of a quotation.

    `fate`:
    - stands: its words are where they were;
    - moved: they stand elsewhere in their document;
    - changed: other words stand there now, those of `place`, which differ by `differences`;
    - elsewhere: they stand in another document only, that of `place`;
    - lost: its document has no such words, nor any near to them;
    - gone: its document is no longer in the index.

    `place` is where the words, or those nearest to them, stand now. `facing_stands`: whether the words beside it are
    still in the other text of the document.
    """

    given: Given
    fate: Fate
    place: Place | None
    differences: tuple[Difference, ...] = ()
    facing_stands: bool = True

    @property
    def stands(self) -> bool:
        """Whether all that was shown as the document's words is still in it."""
        return self.fate in STANDING and self.facing_stands

    @property
    def untouched(self) -> bool:
        """Whether nothing at all is different."""
        exact = isinstance(self.place, Citation) and self.place.verdict == "exact"
        return self.fate == "stands" and exact and self.facing == self.given.facing

    @property
    def facing(self) -> str | None:
        """The words that face the place now; None if none do."""
        return self.place.parallel.words if self.place and self.place.parallel else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Restated:
    """What the catalogue says otherwise of a document than it did: `what` is title, date or references."""

    document_id: str
    what: Literal["title", "date", "references"]
    was: str
    is_: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopened:
    """A record, `kept` as it was written, and what became of it; `generation` is that of the index it was held against.

    `same_index`: whether that index has the very files that the answer was made of.
    """

    kept: Mapping[str, Any]
    quotations: tuple[Became, ...]
    restated: tuple[Restated, ...]
    gone: tuple[str, ...]  # ids of documents it named that are no longer in the index
    generation: str
    same_index: bool

    @property
    def stands(self) -> bool:
        """Whether every quotation stands."""
        return all(quotation.stands for quotation in self.quotations)

    @property
    def unchanged(self) -> bool:
        """Whether the answer could be given again as it is, to the letter."""
        return not self.restated and not self.gone and all(quotation.untouched for quotation in self.quotations)


def reopen(kept: Mapping[str, Any], index: Index) -> Reopened:
    """Hold a record, as `rag.keeping` read it, against an index.

    Cost: a millisecond or two a quotation that stands, as much as `delo quote` where one does not.

    Raises: RecordError if members that are needed are missing or not of their form; IndexDamagedError.
    """
    try:
        quoted, entries = tuple(_given(kept["answer"])), _entries(kept["documents"])
        files = kept["index"]["hashes"]["files"]
        _shown(kept)
    except (KeyError, IndexError, TypeError, ValueError, AttributeError, OverflowError) as error:
        told = f"it lacks {error}" if isinstance(error, KeyError) else str(error)
        raise RecordError(
            f"the record {kept.get('address')!r} is not of its form: {told}; take it from a copy"
        ) from error
    wanted = dict.fromkeys((*(one.document_id for one in quoted), *entries))
    documents = {document.id: document for document in index.catalogue.documents(wanted)}
    return Reopened(
        kept=kept,
        quotations=tuple(_became(one, documents, index) for one in quoted),
        restated=tuple(told for id_, entry in entries.items() for told in _restated(entry, documents.get(id_))),
        gone=tuple(id_ for id_ in wanted if id_ not in documents),
        generation=index.manifest.generation,
        same_index=files == hashes(index.manifest)["files"],
    )


def _given(answer: Mapping[str, Any]) -> Iterator[Given]:
    number = 0
    for statement in answer["statements"]:
        for place in statement["citations"]:
            number += 1
            yield Given(
                number=number,
                statement=_text(statement["text"]),
                by_model=statement["voice"] == "model",
                document_id=_id(place["document_id"]),
                language=_language(place["language"]),
                span=Span(int(place["start"]), int(place["end"])),
                words=_text(place["words"]),
                paragraph=int(place["paragraph"]),
                references=tuple(_text(reference["text"]) for reference in place["references"]),
                facing=_text(place["parallel"]["words"]) if place["parallel"] else None,
            )


def _entries(plain: Sequence[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    for one in plain:
        _text(one["title"])
        _told(one["date"])
        _ = [_text(reference["text"]) for reference in one["references"]]
    return {_id(one["id"]): one for one in plain}


def _shown(kept: Mapping[str, Any]) -> None:
    """Refuse a record whose other members that are shown are missing."""
    answer = kept["answer"]
    told = (kept["time"], kept["version"], kept["question"]["text"], kept["index"]["generation"], answer["composer"])
    told += tuple(one[name] for one in answer["withheld"] for name in ("text", "reason"))
    _ = [_text(value) for value in (*told, *answer["remarks"])]
    _ = _told(answer["reason"]), _told(answer["model"]), answer["abstained"]


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def _id(value: object) -> str:
    _text(value).encode()  # half a character is of no id
    return _text(value)


def _told(value: object) -> str | None:
    return None if value is None else _text(value)


def _language(value: object) -> Language:
    if value not in LANGUAGES:
        raise ValueError(f"{value!r} is no language of this archive")
    return value


def _became(given: Given, documents: Mapping[str, Document], index: Index) -> Became:
    counterparts = Counterparts(index.catalogue)
    quotation = Quotation(document_id=given.document_id, language=given.language, words=given.words, span=given.span)
    found = cited(quotation, documents, counterparts)
    if isinstance(found, str):
        return _instead(given, documents.get(given.document_id), index, counterparts)
    facing = "\n".join(text for language, text in found.document.texts.items() if language != given.language)
    return Became(
        given=given,
        fate="stands" if found.span == given.span else "moved",
        place=found,
        facing_stands=given.facing is None or given.facing in facing,
    )


def _instead(given: Given, document: Document | None, index: Index, counterparts: Counterparts) -> Became:
    """What stands now in place of words that no longer stand; another document that has them, if one does."""
    changed = _nearest(given, document, Stands(index, counterparts)) if document else None
    if changed:
        return Became(given=given, fate="changed", place=changed, differences=changed.differences)
    try:
        found = locate_quotation(index, counterparts, given.words).stands
    except LocatorError:
        found = ()
    if (place := next(filter(_whole, found), None)) is not None:
        return Became(given=given, fate="elsewhere", place=place)
    return Became(given=given, fate="lost" if document else "gone", place=None)


def _nearest(given: Given, document: Document, stands: Stands) -> Stand | None:
    """The stretch of the document that is nearest to words which it no longer has; None if nothing is near."""
    sought, held = Wording.of(given.words), Wording.of(document.texts.get(given.language, ""))
    if not sought.keys or not held.keys:
        return None
    _, first, last = nearest(sought.keys, held.keys)
    if first == last or likeness(sought, held.part(first, last)) < LEAST_LIKENESS + 1 / len(sought.keys):
        return None
    return stands.altered(Region(document.id, given.language, 0, held), sought, first, last)


def _whole(stand: Stand) -> bool:
    return stand.verdict in ("exact", "typographic")


def _restated(was: Mapping[str, Any], document: Document | None) -> Iterator[Restated]:
    if document is None:
        return
    before, now = _catalogued(was), _catalogued(document_entry(document))
    for what in ("title", "date", "references"):
        if before[what] != now[what]:
            yield Restated(document_id=document.id, what=what, was=before[what], is_=now[what])


def _catalogued(entry: Mapping[str, Any]) -> dict[Literal["title", "date", "references"], str]:
    return {
        "title": str(entry["title"]),
        "date": str(entry["date"] or ""),
        "references": "; ".join(reference["text"] for reference in entry["references"]),
    }


def reopened_record(reopened: Reopened) -> dict[str, Any]:
    """The record and what became of it, `delo.reopened/1`."""
    return {
        "schema": SCHEMA,
        "address": reopened.kept["address"],
        "stands": reopened.stands,
        "unchanged": reopened.unchanged,
        "generation": reopened.generation,
        "same_index": reopened.same_index,
        "quotations": [_became_record(one) for one in reopened.quotations],
        "restated": [
            {"document_id": one.document_id, "what": one.what, "was": one.was, "is": one.is_}
            for one in reopened.restated
        ],
        "gone": list(reopened.gone),
        "record": dict(reopened.kept),
    }


def _became_record(one: Became) -> dict[str, Any]:
    return {
        "number": one.given.number,
        "document_id": one.given.document_id,
        "words": one.given.words,
        "fate": one.fate,
        "stands": one.stands,
        "facing_stands": one.facing_stands,
        "place": place_record(one.place) if one.place else None,
        "differences": [{"quoted": d.quoted, "stands": d.stands, "marks": list(d.marks)} for d in one.differences],
    }
