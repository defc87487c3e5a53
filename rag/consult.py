"""One box for whatever a reader has: a document's number, a reference, a quotation, or one with its reference."""

import re

from index.archives import ArchiveTable
from index.citation import read_citation
from index.labels import LABELS
from index.store import Index
from index.tokens import tidy, tokens
from index.wording import Wording
from rag.counterpart import Counterparts
from rag.errors import LocatorError
from rag.located import Located
from rag.lookup import MOST_CHARS as MOST_REFERENCE
from rag.lookup import Lookup, document_lookup, look_up, read_query
from rag.quote import locate_quotation
from rag.quoted import MOST_CHARS as MOST_QUOTED

MOST_CHARS = MOST_QUOTED + MOST_REFERENCE  # nothing longer is even cut into words
_LEAST_QUOTED = 4  # words before a reference that may be a quotation; "See also:" is none
_QUOTED = re.compile(r"[\"“”„«](.*\w.*)[\"“”»]")


def consult(index: Index, counterparts: Counterparts, text: str, archives: ArchiveTable) -> Lookup | Located:
    """What `text` leads to: the documents under a reference, or the places of a quotation.

    Words before a reference are taken for a quotation that is given with it, if they stand anywhere in the archive;
    else, and in a citation that names a publisher and so begins with a title, the reference alone is looked up.

    Raises: LocatorError if it is neither, malformed, or longer than MOST_CHARS; IndexDamagedError.
    """
    plain = tidy(text)
    if len(plain) > MOST_CHARS:
        raise LocatorError(f"this has {len(plain)} characters, the most is {MOST_CHARS}; give a part of it")
    if plain.isdecimal() and (document := index.catalogue.document(plain)):
        return document_lookup(document)
    citation = read_citation(plain, archives)
    if not citation.references or citation.problems:
        return _words(index, counterparts, plain, archives)
    first = plain.find(citation.references[0].text)
    before = _quotation(plain[: max(0, first)])
    if citation.publisher is None and len(Wording.of(before).keys) >= _LEAST_QUOTED:
        located = locate_quotation(index, counterparts, before, plain[first:].rstrip(" )]."), archives)
        if located.verdict != "absent":
            return located
    return look_up(index.catalogue, plain, archives)


def _words(index: Index, counterparts: Counterparts, plain: str, archives: ArchiveTable) -> Located:
    """The places of a quotation; what stands nowhere and looks like a reference is told of as a broken one."""
    try:
        located = locate_quotation(index, counterparts, plain)
    except LocatorError:
        if _looks_like_reference(plain, archives):
            read_query(plain, archives)
        raise
    if located.verdict == "absent" and _looks_like_reference(plain, archives):
        read_query(plain, archives)
    return located


def _looks_like_reference(plain: str, archives: ArchiveTable) -> bool:
    """Whether half of the words, or more, are names of archives, labels and numbers."""
    text = tokens(plain)
    named = {n for mention in archives.mentions(text) for n in range(mention.first, mention.last)}
    words = [n for n, token in enumerate(text) if token.kind != "mark"]
    told = [n for n in words if n in named or text[n].kind == "number" or text[n].plain in LABELS]
    return len(told) >= len(words) / 2


def _quotation(before: str) -> str:
    """What is quoted in the words before a reference: what stands in quotation marks, or all of it."""
    marked = _QUOTED.search(before)
    return marked[1] if marked else before.strip(" ,;:([–—-")
