"""Russian names of persons in the case that a pronoun stands in; rules for surnames, and the name itself where unsure.

The rules are those of school grammar for surnames in -ов, -ин, -ский and other consonants; names that end in a vowel
and are no feminine of those stay as they are.
"""

import re
from typing import Literal

Case = Literal["nominative", "genitive", "dative", "instrumental", "prepositional"]
Gender = Literal["masculine", "feminine"]

_ADJECTIVE = re.compile(r"(?<=[сц]к)(?:ий|ого|ому|им|ом)$")
_ADJECTIVES: dict[Case, str] = {
    "nominative": "ий",
    "genitive": "ого",
    "dative": "ому",
    "instrumental": "им",
    "prepositional": "ом",
}
_FEMININE_ADJECTIVE = re.compile(r"(?<=[сц]к)(?:ая|ой|ую)$")
_MASCULINE = re.compile(r"(?<=[оеё]в|[иы]н)(?:а|у|ым|е|)$")
_MASCULINES: dict[Case, str] = {
    "nominative": "",
    "genitive": "а",
    "dative": "у",
    "instrumental": "ым",
    "prepositional": "е",
}
_FEMININE = re.compile(r"(?<=[оеё]в|[иы]н)(?:а|ой|у)$")
_OTHER = re.compile(r"(?<=[бвгджзклмнпрстфхцчшщ])(?:а|у|ом|е|)$")
_OTHERS: dict[Case, str] = {
    "nominative": "",
    "genitive": "а",
    "dative": "у",
    "instrumental": "ом",
    "prepositional": "е",
}
_SOUNDS = re.compile(r"[аеёиоуыэюя]", re.IGNORECASE)


def declined(name: str, gender: Gender, case: Case) -> str:
    """`name`, given in any case, in `case`: of several words the last is declined."""
    before, space, last = name.rpartition(" ")
    return before + space + _declined(last, gender, case)


def can_be(name: str, gender: Gender) -> bool:
    """Whether a person of this name, given in any case, can be of this gender by its ending."""
    last = name.rpartition(" ")[2]
    if gender == "masculine":
        return not _FEMININE_ADJECTIVE.search(last) and not last.endswith(("ая", "ой"))
    return bool(_FEMININE_ADJECTIVE.search(last) or _FEMININE.search(last)) or last.endswith(("а", "я"))


def surely_masculine(name: str) -> bool:
    """Whether `name` ends as only a masculine in the nominative does."""
    return name[-1] in "бвгджзклмнпрстфхцчшщй"


def _declined(word: str, gender: Gender, case: Case) -> str:
    if gender == "feminine":
        if _FEMININE_ADJECTIVE.search(word):
            return _FEMININE_ADJECTIVE.sub("ая" if case == "nominative" else "ой", word)
        return _FEMININE.sub("а" if case == "nominative" else "ой", word)
    for pattern, endings in ((_ADJECTIVE, _ADJECTIVES), (_MASCULINE, _MASCULINES), (_OTHER, _OTHERS)):
        if (found := pattern.search(word)) and _SOUNDS.search(word[: found.start()]):
            return word[: found.start()] + endings[case]
    return word
