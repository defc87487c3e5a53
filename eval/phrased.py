"""A claim about a document as an answer of one sentence: the claim, what it quotes, and the reference that it cites."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from random import Random

from eval.answers import AnswerSentence, Cited, GivenAnswer, Quoted, Source
from index.document import ArchivalReference, Document, Language, Span
from index.reference import parse_references

_SAYS: Mapping[Language, tuple[str, str]] = {
    "en": ("The document says: “", "”"),
    "ru": ("В документе сказано: «", "»"),
}
_ASKED: Mapping[Language, str] = {"en": "What does the document say?", "ru": "Что говорится в документе?"}
_LEAVES = re.compile(r"\b(?:ll?\.|listy?) \d+(?:[-–]\d+)?$")
_DELO = re.compile(r"(?<=\bd\. )\d+|(?<=\bDelo )\d+")
_FARTHEST = 9  # leaves, or files, that a wrong reference lies away from the right one


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A sentence about a document, what of it is quoted, and the reference it is given with.

    `against` are the languages of the document's texts that it is to be held against.
    """

    text: str
    language: Language
    document: Document
    against: tuple[Language, ...]
    quoted: str | None = None
    reference: str | None = None  # None for the document's own


def quoting(language: Language, words: str) -> str:
    """A sentence that quotes the words; the stop at their end becomes its own."""
    before, after = _SAYS[language]
    return f"{before}{words.removesuffix('.')}{after}."


def answer(id_: str, claim: Claim) -> GivenAnswer:
    """The claim as an answer, with the document as the only source that came with it."""
    reference = claim.reference or claim.document.references[0].text
    text = f"{claim.text.removesuffix('.')} ({reference})."
    end = len(text) - len(").")
    start = claim.text.find(claim.quoted) if claim.quoted else 0
    quotations = (Quoted(words=claim.quoted, span=Span(start, start + len(claim.quoted))),) if claim.quoted else ()
    citation = Cited(text=reference, span=Span(end - len(reference), end), references=parse_references(reference))
    return GivenAnswer(
        id=id_,
        question=_ASKED[claim.language],
        language=claim.language,
        sentences=(AnswerSentence(text=text, quotations=quotations, citations=(citation,)),),
        refused=False,
        sources=(source_of(claim.document, claim.against),),
    )


def source_of(document: Document, languages: Collection[Language]) -> Source:
    """The document as a source, with its texts in some languages."""
    return Source(
        id=document.id,
        texts={x: text for x, text in document.texts.items() if x in languages},
        title=document.title,
        date=document.date.text if document.date else None,
        references=document.references,
    )


def other_leaves(reference: ArchivalReference, rng: Random) -> str | None:
    """The reference with leaves of the same file that lie behind its own; None if it ends with no leaves."""
    if not reference.leaves or not _LEAVES.search(reference.text) or not reference.leaves[-1][1].isdecimal():
        return None
    first = int(reference.leaves[-1][1]) + rng.randint(1, _FARTHEST)
    return _LEAVES.sub(f"ll. {first}-{first + rng.randint(1, 3)}", reference.text)


def other_delo(reference: ArchivalReference, held: Collection[ArchivalReference], rng: Random) -> str | None:
    """The reference with a file of which the archive holds nothing; None if it names no file by a number."""
    number = _DELO.search(reference.text)
    if number is None:
        return None
    taken = {one.delo for one in held if (one.fond, one.opis) == (reference.fond, reference.opis)}
    near = [int(number[0]) + by for by in range(1, _FARTHEST + 1)]
    free = [n for n in near if str(n) not in taken]
    return reference.text[: number.start()] + str(rng.choice(free)) + reference.text[number.end() :] if free else None
