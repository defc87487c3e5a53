"""A question and the limits set to its answer.

lingua, which tells languages apart, is imported here and nowhere else.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from index.document import LANGUAGES, Language
from rag.errors import QuestionError

MOST_CHARS = 2_000  # of a question; the longest real ones have a few hundred
LEAST_WORDS = 3  # of a question whose language is judged; names alone look like any language
_SUSPECT = 0.8  # the quick look must be as sure as this that the language is another
_SURE = 0.9  # and the thorough look as sure as this
_OURS_ALONE: dict[Language, re.Pattern[str]] = {  # words of no other language; "Timișoara" looks like Romanian
    "en": re.compile(r"\b(?:what|who|whom|whose|which|when|where|why|how|did|does|the)\b", re.IGNORECASE),
    "ru": re.compile(r"\b(?:что|чего|кто|кого|кому|почему|зачем|когда|сколько|как(?:ой|ая|ое|ие|их))\b", re.IGNORECASE),
}
_SAME_LETTERS: dict[Language, tuple[str, ...]] = {  # ours first
    "en": (
        *("ENGLISH", "FRENCH", "GERMAN", "SPANISH", "ITALIAN", "PORTUGUESE", "POLISH", "CZECH", "SLOVAK"),
        *("HUNGARIAN", "ROMANIAN", "DUTCH", "SWEDISH", "FINNISH", "TURKISH", "ALBANIAN", "VIETNAMESE"),
    ),
    "ru": ("RUSSIAN", "UKRAINIAN", "BULGARIAN", "BELARUSIAN", "SERBIAN", "MACEDONIAN", "KAZAKH"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What may be searched: documents of these days and places, about these persons, texts in these languages.

    Of several archives, fonds, persons, collections or documents one is enough; what is named of different kinds must
    all hold. A fond is a reference to it, such as "APRF, f. 3"; also an opis or delo may be meant.
    """

    after: date | None = None
    before: date | None = None
    archives: tuple[str, ...] = ()
    fonds: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()  # ids
    languages: tuple[Language, ...] = LANGUAGES

    def __post_init__(self) -> None:
        if not self.languages:
            raise ValueError("at least one language must be searched")
        if self.after and self.before and self.after > self.before:
            raise QuestionError(
                f"no day is both after {self.after} and before {self.before}; exchange the two",
                f"нет дня после {self.after} и до {self.before}; поменяйте их местами",
            )

    @property
    def choose_documents(self) -> bool:
        """Whether some documents are left out, so that the catalogue has to be asked which."""
        named = self.archives or self.fonds or self.persons or self.collections or self.documents
        return bool(self.after or self.before or named)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question that can be put to an archive; `language` is the one it is asked, and answered, in.

    `asked` is what its reader wrote, where `text` is how that was understood from the conversation before.
    """

    text: str
    language: Language
    filters: Filters = Filters()
    asked: str | None = None

    @classmethod
    def of(cls, text: str, filters: Filters | None = None, *, keywords: bool = False) -> "Question":
        """The question in `text`; or, if `keywords`, names and words to look for, in whatever language.

        Raises: QuestionError if it is empty, too long, not text, or neither Russian nor English.
        """
        plain = " ".join(text.split())
        if not any(c.isalnum() for c in plain):
            raise QuestionError(
                "the question is empty; ask something in English or Russian",
                "вопрос пуст; спросите что-нибудь по-русски или по-английски",
            )
        if any("\ud800" <= c <= "\udfff" for c in plain):
            raise QuestionError("the question is not text: it holds bytes that are not UTF-8; type it again")
        if len(plain) > MOST_CHARS:
            raise QuestionError(
                f"the question has {len(plain)} characters, the most is {MOST_CHARS}; shorten it",
                f"знаков в вопросе: {len(plain)}, а можно не больше {MOST_CHARS}; сократите его",
            )
        language = script(plain) or "en" if keywords else _language(plain)
        return cls(text=plain, language=language, filters=filters or Filters())


def script(text: str) -> Language | None:
    """The language whose letters most of `text` is written in; None if it has letters of neither."""
    russian = sum("Ѐ" <= c <= "ӿ" for c in text)
    english = sum("a" <= c.lower() <= "z" or "À" <= c <= "ɏ" for c in text)
    if max(russian, english) < sum(c.isalpha() for c in text) / 2:
        return None
    return "ru" if russian > english else "en"


def _language(text: str) -> Language:
    language = script(text)
    if language is None:
        raise QuestionError(
            "the question is in neither Latin nor Cyrillic letters; ask in English or Russian",
            "вопрос написан не кириллицей и не латиницей; спросите по-русски или по-английски",
        )
    if len(text.split()) >= LEAST_WORDS and (tongue := foreign(text, language)):
        raise QuestionError(
            f"the question seems to be in {tongue}; Delo answers in English and Russian: ask in one of them "
            "(names and single words are searched for, not asked)",
            "вопрос, по-видимому, не на русском и не на английском; Delo отвечает на этих двух языках, "
            "спросите на одном из них (имена и отдельные слова находят поиском, а не вопросом)",
        )
    return language


def foreign(text: str, ours: Language) -> str | None:
    """The language of `text`, if it is surely another than `ours`, the one with the same letters.

    A quick look at many languages finds a suspect; a thorough look at it and ours decides.
    """
    if _OURS_ALONE[ours].search(text):
        return None
    names = _SAME_LETTERS[ours]
    suspect, confidence = _most_likely(names, text, quick=True)
    if suspect == names[0] or confidence < _SUSPECT:
        return None
    decided, confidence = _most_likely((names[0], suspect), text, quick=False)
    return suspect.title() if decided == suspect and confidence > _SURE else None


def _most_likely(names: tuple[str, ...], text: str, *, quick: bool) -> tuple[str, float]:
    """The likeliest of these languages, and how likely, 0 to 1."""
    found = _detector(names, quick=quick).compute_language_confidence_values(text)[0]
    return str(found.language.name), float(found.value)


@lru_cache(maxsize=16)
def _detector(names: tuple[str, ...], *, quick: bool) -> Any:
    from lingua import Language as Tongue
    from lingua import LanguageDetectorBuilder

    builder = LanguageDetectorBuilder.from_languages(*(getattr(Tongue, name) for name in names))
    return (builder.with_low_accuracy_mode() if quick else builder).build()
