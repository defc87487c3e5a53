"""What programs may ask of the archive: five functions that give the records which the command line prints as JSON.

Whatever they are given is held against bounds first, and what cannot be done is told as an ArchiveError.
"""

import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Literal, get_args

from index.document import LANGUAGES, Language
from index.errors import ArchiveError
from ui import arguments
from ui.server.site import Site

if TYPE_CHECKING:
    from index.archives import ArchiveTable
    from index.catalogue import Catalogue
    from index.document import Document, Passage, SentenceBead
    from rag.answer import Citation
    from rag.pipeline import Trace
    from rag.question import Filters, Question

Style = Literal[
    "",
    "chicago",
    "gost",
    "wilson",
    "bibtex",
    "ris",
    "csl",
    "chicago-note",
    "chicago-bibliography",
    "wilson-older",
]
Names = tuple[str, ...]
Languages = tuple[Language, ...]
Record = dict[str, Any]
MOST_PASSAGES = 100  # that one search gives, as on the command line
_MOST_QUESTION = 10_000  # characters of a question before white space is taken out; then it may have 2,000
_MOST_QUOTATION = 100_000  # characters; what may be looked for is told by rag.quote


class Programs:
    """The archive of a site, as programs use it; safe to use from several threads.

    The docstrings of its methods are what programs, and assistants, are told: a description, then a line for each
    argument.
    """

    def __init__(self, site: Site) -> None:
        self._site = site

    def ask(  # noqa: PLR0913, PLR0917 - the arguments of an endpoint
        self,
        question: str,
        after: str = "",
        before: str = "",
        archives: Names = (),
        fonds: Names = (),
        persons: Names = (),
        collections: Names = (),
        documents: Names = (),
        languages: Languages = (),
        documents_alone: bool = False,
    ) -> Record:
        """Answer a question from this archive of Russian documents and their English translations.

        The answer (delo.answer/1) is made of statements with citations. In a citation, `words` were copied from the
        document by code, and `parallel` has what faces them in the other language: quote from `words` and from nowhere
        else, unchanged. Name the source by `references` (archival references as the catalogue has them), never by one
        of your own making. `departures` tell where the translation departs from the original: compare the two.
        `statements` with voice "model" are a language model's own words, and no quotation. `abstained` true means
        "not in this archive": that is an answer, so say so, with `reason` and the documents in `nearest`, and do not
        answer from elsewhere as if the archive did. `withheld` is what could not be verified: do not use it.

        Args:
            question: One question in English or Russian, of at most 2,000 characters, complete by itself.
            after: Only documents from this day on: 1949, 1949-09 or 1949-09-24. Empty: all.
            before: Only documents until this day; a year means its end. Empty: all.
            archives: Only these archives: APRF or АПРФ. Of several, one is enough.
            fonds: Only these fonds, opisi or dela, as references: "APRF, f. 3".
            persons: Only documents that name these persons, in either script.
            collections: Only these collections, or parts of their names.
            documents: Only these documents, by their ids.
            languages: Search, and quote, only texts in these languages. Empty: both.
            documents_alone: Let no language model write, only the documents speak.
        """
        limits = _filters(after, before, languages, archives, fonds, persons, collections, documents)
        asked = _question(question, limits)
        start = time.perf_counter()
        trace = self._answered(asked, alone=arguments.switch("documents_alone", documents_alone))
        seconds = time.perf_counter() - start
        from rag.record import answer_record

        return answer_record(trace.answer, seconds=seconds) | self._kept(trace, seconds, by_model=not documents_alone)

    def search(  # noqa: PLR0913, PLR0917 - the arguments of an endpoint
        self,
        query: str,
        count: int = 10,
        after: str = "",
        before: str = "",
        archives: Names = (),
        fonds: Names = (),
        persons: Names = (),
        collections: Names = (),
        documents: Names = (),
        languages: Languages = (),
    ) -> Record:
        """Find passages by meaning and by words, in both languages; nothing is judged or left out.

        Each hit (delo.search/1) has its document, its references, and under `sides` the place and the `words` of the
        passage in each language. That a passage was found does not mean that it answers anything: read it. Quote from
        `words` alone, unchanged, and name the source by `references`.

        Args:
            query: Words, names or a sentence to look for, in English or Russian.
            count: How many passages, 1 to 100.
            after: Only documents from this day on: 1949, 1949-09 or 1949-09-24. Empty: all.
            before: Only documents until this day; a year means its end. Empty: all.
            archives: Only these archives: APRF or АПРФ. Of several, one is enough.
            fonds: Only these fonds, opisi or dela, as references: "APRF, f. 3".
            persons: Only documents that name these persons, in either script.
            collections: Only these collections, or parts of their names.
            documents: Only these documents, by their ids.
            languages: Search only texts in these languages. Empty: both.
        """
        limits = _filters(after, before, languages, archives, fonds, persons, collections, documents)
        asked = _question(query, limits, keywords=True)
        found = self._site.pipeline.search(asked, count=arguments.whole("count", count, 1, MOST_PASSAGES))
        from rag.record import search_record

        return search_record(asked, found)

    def cite(self, reference: str, style: Style = "", language: Language = "en", at: str = "") -> Record:
        """Find the documents held under an archival reference; or cite documents in a style.

        Without a style (delo.lookup/1): each document found, by which of its references, and how that fits: exact,
        leaf_in_range, overlap, or same_file. An empty `found` means that nothing is held under this reference: say
        that it is not in this collection, and offer no other in its place. With a style (delo.citations/1): the whole
        citation of each document, made from its catalogue record: copy it, and complete nothing in it.

        Args:
            reference: A reference in either script ("APRF, f. 3, op. 65, d. 776, l. 31"), or a document's id.
            style: Empty to look up; or chicago, gost, wilson, bibtex, ris, csl, or a variant of these.
            language: The language of the citation's labels, dates and archives: en or ru.
            at: The place of one quotation to cite, as `language:start-end` of an answer: ru:812-1001.
        """
        from index.archives import load_table
        from rag.lookup import MOST_CHARS

        said = arguments.text("reference", reference, MOST_CHARS)
        styled = arguments.chosen("style", style, get_args(Style))
        table = load_table(self._site.home)
        with self._site.pipeline.opened() as index:
            if not styled:
                return _looked_up(index.catalogue, said, table)
            from rag.cite import citations_record, cite_each
            from rag.lookup import documents_of

            held = documents_of(index.catalogue, said, table)
            of = _language(arguments.chosen("language", language, LANGUAGES))
            return citations_record(cite_each(held, styled, language=of, quotation=_quotation(held, at)))

    def quote(self, text: str, reference: str = "") -> Record:
        """Find out whether quoted words stand in this archive, in either language, and how exactly.

        The verdict (delo.quote/1): exact; typographic (but for quotation marks, dashes, spaces and the like); altered,
        with each of the `differences`; stitched (put together from several places); or absent, with the `closest`
        sentences. Check with it whatever somebody says is a quotation from here, before it is repeated. `places` give
        the words as they stand, the references, and what faces them in the other language.

        Args:
            text: The quotation, without what stands around it; ... for omissions and [words added] are understood.
            reference: The archival reference that it was given with, if any; `reference_holds` tells if it is right.
        """
        said = arguments.text("text", text, _MOST_QUOTATION)
        given = arguments.text("reference", reference, _MOST_QUESTION)
        from rag.record import located_record

        return located_record(self._site.pipeline.quote(said, given or None))

    def document(self, document_id: str, at: str = "") -> Record:
        """Read a document: catalogue fields, references, both texts; or one place in it with what stands around.

        Whole (delo.document/1): `texts` in each language, `passages` that face each other, and `departures`, where the
        translation departs from the original. With a place (delo.excerpt/1): the words at the `place`, what faces them,
        and the passages around. Ask for places of long documents. Quote from the words given alone, unchanged.

        Args:
            document_id: The document's id, as answers and searches give it.
            at: A place as `language:start-end` of an answer: ru:812-1001. Empty: the whole document.
        """
        said = arguments.text("document_id", document_id, arguments.MOST_NAME_CHARS)
        with self._site.pipeline.opened() as index:
            from rag.lookup import numbered

            found = numbered(index.catalogue, said)
            if found is None:
                raise _no_document(said)
            passages = index.catalogue.passages(found)
            quotation = _quotation((found,), at)
            if quotation is None:
                return _whole(found, passages, index.catalogue.beads(found))
            return _excerpt(index.catalogue, passages, quotation)

    def _answered(self, question: "Question", *, alone: bool) -> "Trace":
        from rag.compose import ExtractiveComposer
        from rag.pipeline import Trace

        pipeline = self._site.pipeline
        composer = ExtractiveComposer() if alone else pipeline.composer
        with closing(pipeline.stream(question, composer=composer)) as events:
            return next(event for event in events if isinstance(event, Trace))

    def _kept(self, trace: "Trace", seconds: float, *, by_model: bool) -> Record:
        """What the record of the answer says of where itself is kept; nothing if it is not."""
        keeper = self._site.keeper
        return {"record": keeper.keep(trace, seconds, by_model=by_model)} if keeper else {}


def _filters(after: object, before: object, languages: object, *chosen: object) -> "Filters":
    """The limits that a program named: two days, languages, then the lists, in the order of `kinds`."""
    from rag.question import Filters

    kinds = ("archives", "fonds", "persons", "collections", "documents")
    first, last = (arguments.text(name, said, 40).strip() for name, said in (("after", after), ("before", before)))
    wanted = [arguments.chosen("each of languages", one, LANGUAGES) for one in arguments.names("languages", languages)]
    named = {kind: arguments.names(kind, said) for kind, said in zip(kinds, chosen, strict=True)}
    return Filters(
        after=arguments.day(first, first=True) if first else None,
        before=arguments.day(last, first=False) if last else None,
        languages=tuple(language for language in LANGUAGES if language in wanted) or LANGUAGES,
        **named,
    )


def _question(said: object, limits: "Filters", *, keywords: bool = False) -> "Question":
    from rag.question import Question

    return Question.of(arguments.text("the question", said, _MOST_QUESTION), limits, keywords=keywords)


def _language(said: str) -> Language:
    return next(language for language in LANGUAGES if language == said)


def _looked_up(catalogue: "Catalogue", said: str, table: "ArchiveTable") -> Record:
    """The documents under a reference, or the references of a document."""
    from rag.lookup import document_lookup, look_up, lookup_record, numbered

    if document := numbered(catalogue, said):
        return lookup_record(document_lookup(document))
    if said.strip().isdecimal():
        raise _no_document(said)
    return lookup_record(look_up(catalogue, said, table))


def _no_document(said: str) -> ArchiveError:
    return arguments.ArgumentError(
        f"no document {said.strip()!r} in this archive; search finds documents by their words"
    )


def _quotation(documents: "Sequence[Document]", at: object) -> "Citation | None":
    """The quotation at a place that was named, which is a place in one document."""
    from rag.verify import quoted_at

    if not (said := arguments.text("at", at, 40).strip()) or not documents:
        return None
    if len(documents) > 1:
        some = ", ".join(document.id for document in documents[:3])
        raise arguments.ArgumentError(f"{said} is a place in one document, here are {len(documents)}: {some} ...")
    return quoted_at(documents[0], *arguments.place(said))


def _whole(document: "Document", passages: "Sequence[Passage]", beads: "Sequence[SentenceBead]") -> Record:
    """A document; of the file that it was read from, the name alone: its folder concerns nobody elsewhere."""
    from rag.record import document_record

    source = replace(document.source, path=PurePath(document.source.path).name)
    return document_record(replace(document, source=source), passages, beads)


def _excerpt(catalogue: "Catalogue", passages: "Sequence[Passage]", place: "Citation") -> Record:
    """The words at a place, what faces them, and what stands around."""
    from rag.counterpart import Counterparts
    from rag.record import excerpt_record

    document, language, span = place.document, place.language, place.span
    counterparts = Counterparts(catalogue)
    whole = replace(
        place,
        parallel=counterparts.of(document, language, span),
        departures=counterparts.departures(document, language, span),
    )
    return excerpt_record(document, passages, catalogue.beads_at(document, language, span), whole)
