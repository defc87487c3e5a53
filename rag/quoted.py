"""A quotation as a person gives it: its words, the omissions it marks, the words it adds in brackets."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from index.document import LANGUAGES, Language
from index.tokens import tidy
from index.wording import Wording
from rag.errors import LocatorError

LEAST_WORDS = 2  # of a quotation that is looked for; one word alone stands almost anywhere
MOST_WORDS = 1_000  # some three printed pages
MOST_CHARS = 20_000  # nothing longer is even cut into words
_OMISSION = re.compile(r"[\[(<]\s*(?:\.{3,}|…|\. \. \.)\s*[\])>]|\.{3,}|…|\. \. \.")
_ADDED = re.compile(r"\[([^\[\]]*\w[^\[\]]*)\]")
_JOINT = re.compile(rf"(?:{_OMISSION.pattern}|{_ADDED.pattern})")
_MARKS = "\"“”„«»‟‹›'‘’‚ \t\n"
_LETTERS: dict[Language, re.Pattern[str]] = {"ru": re.compile("[Ѐ-ӿ]"), "en": re.compile("[A-Za-zÀ-ɏ]")}


class Piece(NamedTuple):
    """Words of a quotation, and whether it marks that something is left out before them."""

    words: Wording
    after_omission: bool


@dataclass(frozen=True)
class Quoted:
    """A quotation; `text` is without the quotation marks round it, and its white space is single."""

    text: str

    @classmethod
    def of(cls, text: str) -> "Quoted":
        """The quotation in `text`.

        Raises: LocatorError if it is empty, too short, too long, or in letters that no text of an archive has.
        """
        if len(text) > MOST_CHARS:
            raise LocatorError(f"the quotation has {len(text)} characters, the most is {MOST_CHARS}; give a part of it")
        quoted = cls(_unquoted(tidy(text)))
        count = len(quoted.words.keys)
        if not count:
            raise LocatorError("the quotation is empty; give the words to look for")
        if not quoted.languages:
            raise LocatorError(
                "the quotation is in neither Latin nor Cyrillic letters; the archive's texts are in these"
            )
        if count < LEAST_WORDS:
            raise LocatorError(
                f"{quoted.text!r} is too short: one word stands almost anywhere; give {LEAST_WORDS} or more"
            )
        if count > MOST_WORDS:
            raise LocatorError(f"the quotation has {count} words, the most is {MOST_WORDS}; give a part of it")
        return quoted

    @cached_property
    def words(self) -> Wording:
        """All words, those in brackets too."""
        return Wording.of(self.text)

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """What is left between marked omissions and words in brackets, each with at least one word."""
        found, omitted, at = list[Piece](), False, 0
        for joint in (*_JOINT.finditer(self.text), None):
            words = Wording.of(self.text[at : joint.start() if joint else None].strip())
            if words.keys:
                found.append(Piece(words, omitted))
                omitted = False
            if joint:
                omitted = omitted or _OMISSION.search(joint[0]) is not None
                at = joint.end()
        return tuple(found)

    @property
    def abridged(self) -> bool:
        """Whether it marks that words are left out, or has words in brackets."""
        return bool(self.pieces) and self.pieces[0].words.text != self.text

    @property
    def omits(self) -> bool:
        """Whether it marks that words are left out."""
        return _OMISSION.search(self.text) is not None

    @property
    def added(self) -> tuple[str, ...]:
        """What stands in brackets, and so may be the quoter's own."""
        return tuple(match[1].strip() for match in _ADDED.finditer(self.text))

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages whose letters it has; of numbers alone, either."""
        found = tuple(language for language in LANGUAGES if _LETTERS[language].search(self.text))
        return found if any(c.isalpha() for c in self.text) else LANGUAGES


def _unquoted(text: str) -> str:
    """`text` without the quotation marks round the whole of it; those that open or close inside stay."""
    inner = text.strip(_MARKS)
    return inner or text
