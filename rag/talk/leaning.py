"""Whether a question leans on what was said before, or is complete by itself; by plain rules.

A pronoun that nothing before it in the question explains, a verb that is missing, a question so short that it can be
asked of anything: these lean. All else is left as it is.
"""

import re

from index.capitals import capitals
from index.document import Language
from rag.talk.askingwords import ABOUT, ASKS, CONJUNCTION, MORE, telling, words

ELLIPTIC = 6  # words at the most of a question without a verb that asks
FRAGMENT = 4  # of one that begins with a preposition before the word that asks: "On what grounds?"
_SHORT = 5  # of one that says next to nothing: "How much was lost?"
PRONOUN: dict[Language, re.Pattern[str]] = {
    "en": re.compile(r"\b(?P<he>he|him|his)\b|\b(?P<she>she|her)\b", re.IGNORECASE),
    "ru": re.compile(r"\b(?P<he>он|н?его|н?ему|н[её]м)\b|\b(?P<she>она|н?е[её]|не[йю]|ей|ею)\b", re.IGNORECASE),
}
_LEANING: dict[Language, re.Pattern[str]] = {  # pronouns that mean no person, or several
    "en": re.compile(r"\b(?:they|them|their|it|its|there|then|(?:that|this|these|those)(?! of\b))\b", re.IGNORECASE),
    "ru": re.compile(
        r"\b(?:они|н?их|н?ими?|там|туда(?! и )|оттуда|тогда|эт(?:от|а|о|и|ого|ой|ому|им|ом|их|ими|у))\b", re.IGNORECASE
    ),
}
_CLAUSE: dict[
    Language, re.Pattern[str]
] = {  # what may stand before a pronoun that the question itself does not explain
    "en": re.compile(
        r"(?:\w+ )?(?:who|whom|whose|what|which|when|where|why|how)(?: \w+){0,3} "
        r"(?:did|do|does|was|were|is|are|had|has|have|could|would|should|can|will|might|must)\s*$",
        re.IGNORECASE,
    ),
    "ru": re.compile(
        r"(?:\w{1,4} )?(?:как\w{2,4}|сколько|чь\w|что|кого|кому|чего|чем|когда|где|куда|почему|зачем)(?: \w+){0,2}\s*$",
        re.IGNORECASE,
    ),
}
_EMPTY_IT = re.compile(
    r"\bit\s+(?:(?:takes?|took|costs?|means?)\b(?=.*\b(?:to|for|if|when|that)\b)|possible|impossible|necessary|that|called|said|known|believed|like|"
    r"important|true|rain\w*|snow\w*|legal|illegal|thought|considered|estimated|common|easy|hard|difficult|for)\b",
    re.IGNORECASE,
)
_WEATHER = re.compile(r"how (?:cold|warm|hot|dark|late|early|windy) (?:is|was) it\b", re.IGNORECASE)
_THERE_IS = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|could|can)\s+there\b|\bthere\s+(?:is|are|was|were|be)\b",
    re.IGNORECASE,
)
OWNER = re.compile(r"\s+[^\W\d_]{2,}")
PREPOSITION: dict[Language, str] = {
    "en": r"(?:in|at|on|near|from|to|under|of|by|with|for|against|about|since|until|after|before|during)",
    "ru": r"(?:во?|на|со?|из|от|до|по|под|к|ко|у|об?|при|для|за|через|около|после|против)",
}
_PREPOSITION_ASKS: dict[Language, re.Pattern[str]] = {
    "en": re.compile(
        rf"{PREPOSITION['en']}\s+(?:what|which|whom|how)\b(?!.*\b(?:is|are|was|were|did|do|does|has|have|had)\b)",
        re.IGNORECASE,
    ),
    "ru": re.compile(
        rf"{PREPOSITION['ru']}\s+(?:как\w{{2,4}}|че[гм]\w*|чт?о|ко?[гм]\w*|скольк\w+)(?: \w+)?\W*$", re.IGNORECASE
    ),
}
_TOPIC: dict[Language, re.Pattern[str]] = {  # "What was said of rice?" names its topic
    "en": re.compile(r"\b(?:about|of|on|concerning) (?:the )?(?!that\b|this\b|these\b|those\b)\w{4,}", re.IGNORECASE),
    "ru": re.compile(r"\b(?:об?|обо|про|относительно) (?!эт\w+|т[оеу]м\b)\w{4,}", re.IGNORECASE),
}
_WHY_NOT: dict[Language, re.Pattern[str]] = {
    "en": re.compile(r"(?:why|how come) not\b", re.IGNORECASE),
    "ru": re.compile(r"(?:почему|отчего) (?:же )?не (?:во?|на|из|до|по|с)\b", re.IGNORECASE),
}


def leans(language: Language, text: str) -> bool:
    """Whether a question leans on what was said before; one that is complete by itself does not."""
    if ABOUT[language].match(text) or MORE[language].fullmatch(text.strip(" .!?…")):
        return True
    opening = CONJUNCTION[language].match(text)
    rest = text[opening.end() :] if opening else text
    return (
        not telling(language, rest)
        or _points(language, rest)
        or _is_elliptic(language, rest, joined=opening is not None)
        or says_little(language, rest, words_more=opening is not None)
    )


def _is_elliptic(language: Language, text: str, *, joined: bool) -> bool:
    """Whether the verb is missing that the earlier question has: "In Pyongyang?", "On what grounds?"."""
    count = len(words(text))
    if _WHY_NOT[language].match(text):
        return True
    if ASKS[language].search(text):
        return count <= FRAGMENT and _PREPOSITION_ASKS[language].match(text) is not None
    if joined:
        return count <= ELLIPTIC
    starts = re.match(rf"{PREPOSITION[language]}\s", text, re.IGNORECASE) is not None
    return text.rstrip().endswith("?") and count <= ELLIPTIC and (starts or count <= 2)


def says_little(language: Language, text: str, *, words_more: int = 0) -> bool:
    """Whether a question is so short, and names nothing, that it can be asked of many things: "How much was lost?".

    `words_more`: how many words more it may have; one that "and" or "but" joins to what was said may have one.
    """
    short = len(telling(language, text)) <= 1 + words_more and len(words(text)) <= _SHORT + words_more
    return short and not _has_names(language, text) and _TOPIC[language].search(text) is None


def _has_names(language: Language, text: str) -> bool:
    return bool(capitals(language, text))


def _points(language: Language, text: str) -> bool:
    """Whether a pronoun stands in `text` that nothing before it there explains."""
    for pattern in (PRONOUN, _LEANING):
        for found in pattern[language].finditer(text):
            if not explained(language, text, found):
                return True
    return False


def explained(language: Language, text: str, pronoun: re.Match[str]) -> bool:
    """Whether a pronoun needs nothing from outside: it has its noun before it, or means nothing."""
    before = text[: pronoun.start()]
    word = pronoun[0].casefold()
    if language == "en" and _means_nothing(text, pronoun):
        return True
    if word in ("his", "her", "its", "their", "его", "её", "ее", "их") and re.match(
        r"\W*(?:who|кто)\b", before, re.IGNORECASE
    ):
        return OWNER.match(text, pronoun.end()) is not None
    if re.search(r"[,;:]", before.strip(" ,")) or _has_names(language, before):
        return True
    return len(telling(language, before)) > 1 and _CLAUSE[language].fullmatch(before) is None


def _means_nothing(text: str, pronoun: re.Match[str]) -> bool:
    """Whether "it", "there" or "that" is only a part of the grammar."""
    word = pronoun[0].casefold()
    if word == "it":
        return _EMPTY_IT.match(text, pronoun.start()) is not None or _WEATHER.match(text) is not None
    if word == "there":
        return any(one.start() <= pronoun.start() < one.end() for one in _THERE_IS.finditer(text))
    if word == "then":
        return True
    follows = any(c.isalpha() for c in text[pronoun.end() :])
    return word in ("that", "those", "these", "this") and follows and bool(telling("en", text[: pronoun.start()]))
