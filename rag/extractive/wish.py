"""What sort of answer a question wishes for, by its words: the kinds of thing, one or a list of them, what happened.

Grammar only, as in `rag.kinds`; nothing is known of any subject.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from index.document import Language
from rag.kinds import Kind, wanted

NARROW: Final[frozenset[Kind]] = frozenset(("number", "time", "person", "place"))  # a word or two answer these

_SEVERAL: dict[Language, str] = {
    "en": r"^(?:please )?(?:list|name|enumerate)\b"
    r"|\b(?:what|which) (?:(?!(?:was|does|is|has)\b)[\w-]+ ){0,2}?"
    r"(?!(?:was|does|is|has|this|thus)\b)\w{2,}(?:[^s\W]s|men|people)"
    r" (?:did|do|were|are|have|had|was|would|should|could|can|may|might|must|will)\b"
    r"|\bwhat (?:were|are) (?:the|his|her|its|their|all)\b|\bwho (?:all|were|are)\b"
    r"|\b(?:reasons|grounds|arguments|objections|considerations|motives|causes|measures|conditions|terms|tasks|steps)\b",
    "ru": r"^(?:перечисл|назов)\w*|\bкак(?:ие|их|ими|им)\b(?! образом)|\b(?:кто|что) вход\w+\b|\bкакова? причины\b"
    r"|\b(?:причины|доводы|аргументы|основания|возражения|соображения|мотивы|меры|условия|задачи|шаги)\b",
}
_COURSE: dict[Language, str] = {
    "en": r"what (?:happened|became of|went on)|course of|chronolog\w+|sequence|history of|"
    r"how did .* (?:develop|proceed|unfold|change|end|begin|go|evolve)|develop(?:ed|ments?)|step by step|in what order",
    "ru": r"что (?:произошло|происходило|случилось|стало с)|ход[аеу]?|хронологи\w+|последовательност\w+|истори[яюи]|"
    r"как (?:развивал\w+|проходил\w*|шл[аио]|шёл|шел|менял\w+|изменял\w+|изменил\w+|начал\w+|закончил\w+)|"
    r"в каком порядке",
}
_WHETHER: dict[Language, str] = {
    "en": r"^(?:(?:and|but|so) )?(?:did|do|does|was|were|is|are|has|have|had|can|could|will|would|should|may|might"
    r"|must)\b",
    "ru": r"\bли\b|^(?:правда|верно) (?:ли|что)\b|^разве\b|^неужели\b",
}
_PATTERNS = {
    what: {language: re.compile(words, re.IGNORECASE) for language, words in told.items()}
    for what, told in (("several", _SEVERAL), ("course", {x: rf"\b(?:{w})\b" for x, w in _COURSE.items()}),
                       ("whether", _WHETHER))
}  # fmt: skip


_CONTEXT = re.compile(r"\s*\([^()]*\?\)$")  # the question before it, as a follow-up in a conversation is written out


@dataclass(frozen=True, slots=True)
class Wish:
    """What sort of answer is wished for.

    `kinds` of thing that it should tell; `several`, a list of things; `course`, what happened one after the other;
    `whether`, yes or no.
    """

    kinds: frozenset[Kind]
    several: bool
    course: bool
    whether: bool

    @property
    def cause(self) -> bool:
        """Whether reasons are asked for."""
        return "cause" in self.kinds

    @property
    def narrow(self) -> bool:
        """Whether a word or two would answer: yes or no, a number, a date, a person, a place."""
        return (self.whether or bool(self.kinds & NARROW)) and not (self.several or self.course or self.cause)


@lru_cache(maxsize=1_000)
def wish(language: Language, question: str) -> Wish:
    """What sort of answer `question` wishes for."""
    question = _CONTEXT.sub("", question)
    told = {what: bool(patterns[language].search(question)) for what, patterns in _PATTERNS.items()}
    return Wish(wanted(language, question), **told)
