"""A follow-up question made complete by itself, by plain rules.

Who a pronoun means is put in its place, a place for a place and a time for a time; where no rule gives a sentence that
reads well, the follow-up stays as it is, with the question that it leans on in brackets: "Why? (What was said ...?)".
"""

import re
from collections.abc import Sequence

from index.document import Language
from index.names import NameTable
from rag.question import script
from rag.talk.askingwords import ASKS, CONJUNCTION, telling
from rag.talk.declension import Case, Gender, declined
from rag.talk.leaning import OWNER, PRONOUN, explained, says_little
from rag.talk.mentioned import person, place
from rag.talk.substituting import substituted
from rag.talk.turns import Turn

MOST_CHARS = 300  # of the question in brackets; of a longer one only what it leant on itself is kept
_ADDED = re.compile(r"(?P<head>[^()]+) \((?P<inner>[^()]+)\)")
_WHEN: dict[Language, str] = {"en": r"why|when|where|how", "ru": r"почему|зачем|отчего|когда|где"}
_OPENING: dict[Language, re.Pattern[str]] = {  # a question whose question word another may replace
    "en": re.compile(
        rf"(?:{_WHEN['en']}) (?=(?:did|was|were|is|are|had|has|have|do|does|could|should|would|can|must)\b)",
        re.IGNORECASE,
    ),
    "ru": re.compile(rf"(?:{_WHEN['ru']}) ", re.IGNORECASE),
}
_YES_OR_NO = re.compile(
    r"(?=(?:did|was|were|is|are|had|has|have|do|does|could|should|would|can|must)\b)", re.IGNORECASE
)
_BARE: dict[Language, re.Pattern[str]] = {
    "en": re.compile(
        rf"(?P<asks>{_WHEN['en']})(?: (?:exactly|so|not|then|(?:was|is|did) (?:that|this|it)(?: so)?))?", re.IGNORECASE
    ),
    "ru": re.compile(
        rf"(?P<asks>{_WHEN['ru']})(?: (?:именно|же|так|это|это было|это произошло|это случилось))*", re.IGNORECASE
    ),
}
_THERE: dict[Language, re.Pattern[str]] = {
    "en": re.compile(r"\bthere\b", re.IGNORECASE),
    "ru": re.compile(r"\bтам\b", re.IGNORECASE),
}
_PERSONAL = re.compile(  # what only a person does, so that «он» is no bridge
    r"\b(?:сказа|говор|ответ|предл[ао]|писа|написа|доклад|долож|сообщ|счита|дума|дела|рассказ|возра[зж]|проси|попроси|"
    r"требова|потребова|реши|отказ|соглас|хоте|обеща|утвержда|заяви|упомина|узна|зна[лею]|виде|вериу|поруч|велел|"
    r"встреч|встрет|спроси|спраши|подписа|уволи|отправ|назнач|награ)",
    re.IGNORECASE,
)
_CASES: dict[str, Case] = {
    "он": "nominative", "она": "nominative", "его": "genitive", "него": "genitive", "ему": "dative", "нему": "dative",
    "нём": "prepositional", "нем": "prepositional", "её": "genitive", "ее": "genitive", "неё": "genitive",
    "нее": "genitive", "ей": "dative", "ней": "prepositional", "нею": "instrumental",
}  # fmt: skip


def reworded(language: Language, text: str, turns: Sequence[Turn], names: NameTable) -> str:
    """A follow-up to the last of these turns as a question that is complete by itself."""
    earlier = _core(turns[-1].question.text)
    told = _swapped(language, text, earlier) if turns[-1].question.language == language else None
    told = told or _with_person(language, text, turns, names, earlier) or _with_place(language, text, turns, names)
    if told is None and turns[-1].question.language == language:
        told = substituted(language, text, earlier, names)
    return told or f"{_without_conjunction(language, text)} ({earlier})"


def _core(text: str) -> str:
    """The question that a follow-up to `text` leans on: with what `text` itself leant on, if it says little alone."""
    found = _ADDED.fullmatch(text)
    if found is None:
        return re.sub(r"[()]", "", text)
    first = found["inner"].partition("? ")
    both = f"{first[0]}{first[1].strip()} {found['head']}"
    bare = not telling(script(found["head"]) or "en", found["head"]) or len(both) > MOST_CHARS
    return found["inner"] if bare else both


def _without_conjunction(language: Language, text: str) -> str:
    found = CONJUNCTION[language].match(text)
    rest = text[found.end() :] if found else text
    if not rest or (language == "ru" and not ASKS[language].match(rest)):
        return text  # «А в Пхеньяне?» reads better than «В Пхеньяне?»
    return rest[0].upper() + rest[1:]


def _swapped(language: Language, text: str, earlier: str) -> str | None:
    """The earlier question with another question word: "When?" after "Why did Moscow refuse?"."""
    bare = _BARE[language].fullmatch(_without_conjunction(language, text).strip(" ?.!"))
    if bare is None or "? " in earlier:
        return None
    asks = bare["asks"].capitalize()
    if opening := _OPENING[language].match(earlier):
        return f"{asks} {earlier[opening.end() :]}"
    if language == "en" and _YES_OR_NO.match(earlier):
        return f"{asks} {earlier[0].lower()}{earlier[1:]}"
    return None


def _with_person(language: Language, text: str, turns: Sequence[Turn], names: NameTable, earlier: str) -> str | None:
    """The question with the person that its first pronoun means; with the earlier one, if it says little else."""
    if not ASKS[language].search(text):
        return None  # a name alone asks nothing
    for found in PRONOUN[language].finditer(text):
        if explained(language, text, found):
            continue
        sure = language == "en" or _PERSONAL.search(text) is not None
        who = person(turns, language, names, woman=found["she"] is not None, sure=sure)
        if who is None:
            return None
        put = _in_place(language, text, found, who)
        told = _without_conjunction(language, text[: found.start()] + put + text[found.end() :])
        told = told[0].upper() + told[1:]
        return f"{told} ({earlier})" if says_little(language, _without_conjunction(language, text)) else told
    return None


def _in_place(language: Language, text: str, pronoun: re.Match[str], who: str) -> str:
    """The name that stands for a pronoun; beside it, where the name in its place would not read well."""
    word = pronoun[0].casefold()
    if language == "en":
        owns = word == "his" or (word == "her" and OWNER.match(text, pronoun.end()) is not None)
        return f"{who}’s" if owns else who
    gender: Gender = "feminine" if pronoun["she"] else "masculine"
    name = declined(who, gender, _CASES.get(word, "nominative"))
    return name if word in ("он", "она") else f"{pronoun[0]} [{name}]"


def _with_place(language: Language, text: str, turns: Sequence[Turn], names: NameTable) -> str | None:
    """The question with the place that "there" means."""
    for found in _THERE[language].finditer(text):
        if not explained(language, text, found) and (where := place(turns, language, names)):
            where = where[0].lower() + where[1:]
            told = text[: found.start()] + where.strip() + text[found.end() :]
            return _without_conjunction(language, told)
    return None
