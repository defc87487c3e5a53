"""The earlier question with an element of a follow-up in the place of its own: a place for a place, a time for a time.

"What happened in Seoul?", then "And in Pyongyang?". Only what stands after the same preposition is exchanged, or the
only one who acts, so that the sentence stays one.
"""

import re

from index.days import dates
from index.document import Language, Span
from index.names import NameTable
from rag.talk.askingwords import ASKS, CONJUNCTION, telling, words
from rag.talk.declension import surely_masculine
from rag.talk.leaning import ELLIPTIC, FRAGMENT, PREPOSITION
from rag.talk.mentioned import is_place, named

_TOPIC: dict[Language, str] = {"en": "about|against|with|without|for", "ru": "об?|обо|про|против|с|со|для|без"}


def substituted(language: Language, text: str, earlier: str, names: NameTable) -> str | None:
    """The earlier question with the element of a fragment for its own of that kind: "And in Pyongyang?"."""
    opening = CONJUNCTION[language].match(text)
    fragment = (text[opening.end() :] if opening else text).strip(" ?.!")
    earlier = earlier.partition("? ")[0].rstrip("?") + "?"
    if ASKS[language].search(fragment) or len(words(fragment)) > ELLIPTIC:
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
    return Span(found[0].start(), found[0].start() + len(tail)) if 2 <= len(tail.split()) <= FRAGMENT else None


def _same_time(language: Language, fragment: str, earlier: str) -> Span | None:
    """Where the earlier question has its only time, if `fragment` is a time as well, after the same preposition."""
    new, old = list(dates(language, fragment)), list(dates(language, earlier))
    if len(new) != 1 or len(old) != 1 or new[0][0].end < len(fragment) or len(new[0][1]) != len(old[0][1]):
        return None
    return _phrase(fragment[: new[0][0].start], earlier, old[0][0])


def _same_place(language: Language, fragment: str, earlier: str, names: NameTable) -> Span | None:
    """Where the earlier question names a place after the same preposition as `fragment`, if only one."""
    match = re.match(rf"{PREPOSITION[language]}\s+(?:the\s+)?", fragment, re.IGNORECASE)
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
        if not re.search(rf"\b{PREPOSITION[language]}\s+(?:the\s+)?$", earlier[: one.span.start], re.IGNORECASE)
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
    asks = ASKS[language].search(text) is not None or not telling(language, text)
    return not asks and len(found) == 1 and found[0].words == text


def _phrase(preposition: str, text: str, span: Span) -> Span | None:
    """The stretch of `text` from this preposition on to the end of `span`, if it stands just before that."""
    before = text[: span.start]
    if not before.casefold().endswith(preposition.casefold()):
        return None
    start = span.start - len(preposition)
    return None if start and before[start - 1].isalnum() else Span(start, span.end)
