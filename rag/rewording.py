"""A follow-up question made complete by itself, by plain rules.

Who a pronoun means is put in its place, a place for a place and a time for a time; where no rule gives a sentence that
reads well, the follow-up stays as it is, with the question that it leans on in brackets: "Why? (What was said ...?)".
"""

import re
from collections.abc import Sequence

from index.days import dates
from index.document import Language, Span
from index.names import NameTable
from rag.askingwords import ABOUT, ASKS, CONJUNCTION, MORE, telling, words
from rag.declension import Case, Gender, declined, surely_masculine
from rag.mentioned import is_place, named, person, place
from rag.question import script
from rag.turns import Turn

MOST_CHARS = 300  # of the question in brackets; of a longer one only what it leant on itself is kept
_ELLIPTIC = 6  # words at the most of a question without a verb that asks
_FRAGMENT = 4  # of one that begins with a preposition before the word that asks: "On what grounds?"
_SHORT = 5  # of one that says next to nothing: "How much was lost?"
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
_PRONOUN: dict[Language, re.Pattern[str]] = {
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
_THAT_LINKS = re.compile(r"\b(?:that|this|those|these)\s+(?!\W*$)", re.IGNORECASE)
_OWNING = frozenset(("his", "her", "its", "their", "его", "её", "ее", "их"))
_OWNS: dict[Language, re.Pattern[str]] = {  # "Which country lost its king?" explains itself
    "en": re.compile(r"\W*(?:who\b|(?:which|what) \w+ (?!(?:did|was|were|is|are)\b))", re.IGNORECASE),
    "ru": re.compile(r"\W*(?:кто|как\w{2,3} \w+)\b", re.IGNORECASE),
}
_OWNER = re.compile(r"\s+[^\W\d_]{2,}")
_PREPOSITION: dict[Language, str] = {
    "en": r"(?:in|at|on|near|from|to|under|of|by|with|for|against|about|since|until|after|before|during)",
    "ru": r"(?:во?|на|со?|из|от|до|по|под|к|ко|у|об?|при|для|за|через|около|после|против)",
}
_TOPIC: dict[Language, str] = {"en": "about|against|with|without|for", "ru": "об?|обо|про|против|с|со|для|без"}
_PREPOSITION_ASKS: dict[Language, re.Pattern[str]] = {
    "en": re.compile(
        rf"{_PREPOSITION['en']}\s+(?:what|which|whom|how)\b(?!.*\b(?:is|are|was|were|did|do|does|has|have|had)\b)",
        re.IGNORECASE,
    ),
    "ru": re.compile(
        rf"{_PREPOSITION['ru']}\s+(?:как\w{{2,4}}|че[гм]\w*|чт?о|ко?[гм]\w*|скольк\w+)(?: \w+)?\W*$", re.IGNORECASE
    ),
}
_WHY_NOT: dict[Language, re.Pattern[str]] = {
    "en": re.compile(r"(?:why|how come) not\b", re.IGNORECASE),
    "ru": re.compile(r"(?:почему|отчего) (?:же )?не (?:во?|на|из|до|по|с)\b", re.IGNORECASE),
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
    "им": "instrumental", "ним": "instrumental", "нём": "prepositional", "нем": "prepositional", "её": "genitive",
    "ее": "genitive", "неё": "genitive", "нее": "genitive", "ей": "dative", "ней": "prepositional", "нею": "instrumental",
}  # fmt: skip


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
        or _says_little(language, rest)
    )


def _is_elliptic(language: Language, text: str, *, joined: bool) -> bool:
    """Whether the verb is missing that the earlier question has: "In Pyongyang?", "On what grounds?"."""
    count = len(words(text))
    if _WHY_NOT[language].match(text):
        return True
    if ASKS[language].search(text):
        return count <= _FRAGMENT and _PREPOSITION_ASKS[language].match(text) is not None
    if joined:
        return count <= _ELLIPTIC
    starts = re.match(rf"{_PREPOSITION[language]}\s", text, re.IGNORECASE) is not None
    return text.rstrip().endswith("?") and count <= _ELLIPTIC and (starts or count <= 2)


def _says_little(language: Language, text: str) -> bool:
    """Whether a question is so short, and names nothing, that it can be asked of many things: "How much was lost?"."""
    told = telling(language, text)
    return len(told) <= 1 and len(words(text)) <= _SHORT and not _has_names(language, text)


def reworded(language: Language, text: str, turns: Sequence[Turn], names: NameTable) -> str:
    """A follow-up to the last of these turns as a question that is complete by itself."""
    earlier = _core(turns[-1].question.text)
    told = _swapped(language, text, earlier) if turns[-1].question.language == language else None
    told = told or _with_person(language, text, turns, names) or _with_place(language, text, turns, names)
    if told is None and turns[-1].question.language == language:
        told = _substituted(language, text, earlier, names)
    return told or f"{_without_conjunction(language, text)} ({earlier})"


def _has_names(language: Language, text: str) -> bool:
    from index.capitals import capitals

    return bool(capitals(language, text))


def _points(language: Language, text: str) -> bool:
    """Whether a pronoun stands in `text` that nothing before it there explains."""
    for pattern in (_PRONOUN, _LEANING):
        for found in pattern[language].finditer(text):
            if not _explained(language, text, found):
                return True
    return False


def _explained(language: Language, text: str, pronoun: re.Match[str]) -> bool:
    """Whether a pronoun needs nothing from outside: it has its noun before it, or means nothing."""
    before = text[: pronoun.start()]
    word = pronoun[0].casefold()
    if language == "en" and _means_nothing(text, pronoun):
        return True
    if word in ("his", "her", "its", "their", "его", "её", "ее", "их") and re.match(
        r"\W*(?:who|кто)\b", before, re.IGNORECASE
    ):
        return _OWNER.match(text, pronoun.end()) is not None
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


def _with_person(language: Language, text: str, turns: Sequence[Turn], names: NameTable) -> str | None:
    """The question with the person that its first pronoun means."""
    if not ASKS[language].search(text):
        return None  # a name alone asks nothing
    for found in _PRONOUN[language].finditer(text):
        if _explained(language, text, found):
            continue
        sure = language == "en" or _PERSONAL.search(text) is not None
        who = person(turns, language, names, woman=found["she"] is not None, sure=sure)
        if who is None:
            return None
        put = _in_place(language, text, found, who)
        told = _without_conjunction(language, text[: found.start()] + put + text[found.end() :])
        return told if language == "en" else told[0].upper() + told[1:]
    return None


def _in_place(language: Language, text: str, pronoun: re.Match[str], who: str) -> str:
    """The name that stands for a pronoun; beside it, where the name in its place would not read well."""
    word = pronoun[0].casefold()
    if language == "en":
        owns = word == "his" or (word == "her" and _OWNER.match(text, pronoun.end()) is not None)
        return f"{who}’s" if owns else who
    gender: Gender = "feminine" if pronoun["she"] else "masculine"
    name = declined(who, gender, _CASES.get(word, "nominative"))
    return name if word in ("он", "она") else f"{pronoun[0]} [{name}]"


def _with_place(language: Language, text: str, turns: Sequence[Turn], names: NameTable) -> str | None:
    """The question with the place that "there" means."""
    for found in _THERE[language].finditer(text):
        if not _explained(language, text, found) and (where := place(turns, language, names)):
            where = where[0].lower() + where[1:]
            told = text[: found.start()] + where.strip() + text[found.end() :]
            return _without_conjunction(language, told)
    return None


def _substituted(language: Language, text: str, earlier: str, names: NameTable) -> str | None:
    """The earlier question with the element of a fragment for its own of that kind: "And in Pyongyang?"."""
    opening = CONJUNCTION[language].match(text)
    fragment = (text[opening.end() :] if opening else text).strip(" ?.!")
    earlier = earlier.partition("? ")[0].rstrip("?") + "?"
    if ASKS[language].search(fragment) or len(words(fragment)) > _ELLIPTIC:
        return None
    old = (
        _same_topic(language, fragment, earlier)
        or _same_time(language, fragment, earlier)
        or _same_place(language, fragment, earlier, names)
    )
    if old is None and opening:
        old = _same_actor(language, fragment, earlier, names)
    if old is None:
        return None
    put = fragment if old.start else fragment[0].upper() + fragment[1:]
    return earlier[: old.start] + put + earlier[old.end :]


def _same_topic(language: Language, fragment: str, earlier: str) -> Span | None:
    """Where the earlier question ends with what it asks about, if `fragment` begins with the same preposition."""
    match = re.match(rf"(?:{_TOPIC[language]})\s+", fragment, re.IGNORECASE)
    if match is None:
        return None
    found = list(re.finditer(rf"\b{re.escape(match[0].strip())}\s+", earlier, re.IGNORECASE))
    tail = earlier[found[0].start() :].rstrip(" ?") if len(found) == 1 else ""
    return Span(found[0].start(), found[0].start() + len(tail)) if 2 <= len(tail.split()) <= _FRAGMENT else None


def _same_time(language: Language, fragment: str, earlier: str) -> Span | None:
    """Where the earlier question has its only time, if `fragment` is a time as well, after the same preposition."""
    new, old = list(dates(language, fragment)), list(dates(language, earlier))
    if len(new) != 1 or len(old) != 1 or new[0][0].end < len(fragment) or len(new[0][1]) != len(old[0][1]):
        return None
    return _phrase(fragment[: new[0][0].start], earlier, old[0][0])


def _same_place(language: Language, fragment: str, earlier: str, names: NameTable) -> Span | None:
    """Where the earlier question names a place after the same preposition as `fragment`, if only one."""
    match = re.match(rf"{_PREPOSITION[language]}\s+(?:the\s+)?", fragment, re.IGNORECASE)
    if match is None or not is_name(language, fragment[match.end() :], names):
        return None
    phrases = [
        phrase
        for one in named(language, earlier, names)
        if is_place(one, language, earlier) and (phrase := _phrase(match[0], earlier, one.span))
    ]
    return phrases[0] if len(phrases) == 1 else None


def _same_actor(language: Language, fragment: str, earlier: str, names: NameTable) -> Span | None:
    """Where the earlier question names the only one who acts, if `fragment` is a name as well."""
    if not is_name(language, fragment, names):
        return None
    acting = [
        one
        for one in named(language, earlier, names)
        if not re.search(rf"\b{_PREPOSITION[language]}\s+(?:the\s+)?$", earlier[: one.span.start], re.IGNORECASE)
    ]
    if len(acting) != 1 or acting[0].titled:
        return None
    if language == "ru" and not (surely_masculine(acting[0].words) and surely_masculine(fragment)):
        return None  # the case of the one, or the gender of the other, may not fit
    return acting[0].span


def is_name(language: Language, text: str, names: NameTable) -> bool:
    """Whether `text` is a name from its first word to its last."""
    lead = "и " if language == "ru" else "to "
    found = named(language, lead + text, names)
    return len(found) == 1 and found[0].words == text


def _phrase(preposition: str, text: str, span: Span) -> Span | None:
    """The stretch of `text` from this preposition on to the end of `span`, if it stands just before that."""
    before = text[: span.start]
    if not before.casefold().endswith(preposition.casefold()):
        return None
    start = span.start - len(preposition)
    return None if start and before[start - 1].isalnum() else Span(start, span.end)
