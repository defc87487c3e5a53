"""Negations in Russian and English prose: particles, and words made negative by a prefix.

Two that cancel each other («нельзя не признать», "cannot but acknowledge") are none, and set phrases that deny
nothing ("not only", «тем не менее») are none. What is denied by the sense of a word alone ("refused", «вряд ли») is
not seen.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from index.document import Language, Span

NOT = "not"  # the key of a particle
AGAIN = "nor"  # the key of one that goes with another and does not deny twice: «никто не», «ни … ни»
_PARTICLES = "not never no none nobody nothing nowhere neither without cannot"
_ENGLISH = frozenset(_PARTICLES.split())
_RUSSIAN = frozenset({"не", "нет", "нельзя", "без"})
_PRONOUNS = (
    "ни никто никого никому никем ничто ничего ничему ничем никогда никак нигде никуда никакой никакая никакое никакие "
    "никакого никакому никаких никаким никакими никакую никакой ничей ничья ничье"
)
_RUSSIAN_AGAIN = frozenset(_PRONOUNS.split())
_CANDIDATE = {  # what may be a negation; the rest of the words is not looked at
    "en": re.compile(
        r"\b(?:non-[a-z]+|n(?:o[nrt]?|ever|o(?:body|thing|where|ne)|either)(?![^\W_])|without\b|cannot\b"
        r"|[a-z]+n['’]t\b|(?:un|in|im|ir|il|dis|non)[a-z]{2,}\b)"
    ),
    "ru": re.compile(r"\b(?:не\w*|ни\w*|без)\b"),
}
_IDLE = {
    "en": re.compile(
        r"\bnot (?:only|just|merely|simply|least|to mention)\b|\b(?:no|not) (?:less|fewer|more|later|earlier) than\b"
        r"|\b(?:no|without(?: any| a)?) doubt\b|\bwhether or not\b|\bno matter\b|\bnothing but\b|\bnone other\b"
        r"|\bnos?\.\s?(?=\d)|\bno one but\b|\b(?:in no|by no) small\b"
    ),
    "ru": re.compile(
        r"\bне только\b|\bне (?:менее|более|больше|меньше|позднее|позже|ранее|раньше|ниже|свыше|раз)\b|\bнеоднократно\b"
        r"|\bне (?:считая|говоря)\b|\bбез (?:всякого )?сомнения\b|\bбы(?: то)? ни(?: было)?\b|\bво что бы то ни стало\b"
        r"|\b(?:пока|чуть|едва|чуть ли|разве) не\b|\bне что иное\b|\bчто ни\b"
    ),
}
_CANCELLED = {
    "en": re.compile(
        r"\bcan(?:not|['’]t| not) (?:but|help)\b|\b(?:not|never|cannot|n['’]t) (?:be |to )?without\b"
        r"|\b(?:cannot|could not|can['’]t|couldn['’]t|can not) fail to\b"
        r"|\b(?:not|never|no)(?: \w+)? (?:un|im|in)\w+ that\b"
        r"|\b(?:is|are|was|were)(?:n['’]t| not|n['’]t) (?:un|im)\w{4,}\b"
    ),
    "ru": re.compile(
        r"\bнельзя(?: было| будет)? не\b(?! только)|\bне (?:мо[гж]\w*|следует|смо[гж]\w*)(?: \w+)? не\b|\bне без\b"
    ),
}
_UN = re.compile(
    r"un(?!der|it[ey]|if|iv|iq|til$|less$|ic|iform|ion|ani|cle|fortunat|doubted|rest|veil|load|cover|do|fold|leash|lock"
    r"|tie|dergo|ilat)(?P<stem>[a-z]{2,}(?:ed|able|ible|ing|al|ful|ive|ary|ous|ent|ant|ic|en|ly|own|ear|fit|ust|air|rue"
    r"|wise|safe|well|y))"
)
_IN = re.compile(
    r"(?:in(?=admiss|correct|suffic|capab|activ|adequa|abilit|accura|appropria|complet|consist|conven|decis|defin|effect"
    r"|effic|eligib|exped|experienc|flexib|frequen|human|opportun|secur|signific|sincer|toler|valid|visib|volunt|compreh"
    r"|compet|conceiv|explic|separab|stabil|evitab|justic|equal|advis|sensitiv|direct|hospitab|dispens)|im(?=possib|permiss|probab|proper|matur"
    r"|moral|mobil|patien|perfect|practic|precis|passab)|ir(?=regul|relev|respons|resist|repar|revers|rational|reconcil"
    r"|refut)|il(?=legal|legit|literat|logic)|dis(?=honest|loyal|satisf|advantag|agree|approv|content|trust|obe)"
    r"|non(?=violen|align|militar)|un(?=able|just|fair|fit)|non-)(?P<stem>[a-z]+)"
)
_NE = re.compile(
    r"не(?!дел|бес|фт|рв|мец|мк|гр|йтр|йлон|обходим|котор|ск[ао]льк|леп|жн|навист|взгод|вест|вск|тто|дуг|медл|мног"
    r"|давн|смотр|ужели|ст[иу]|с[её]т|сут|сущ|сш|сл[иао]|зависим|однократ|посредств|устан|уклон|прият|прерыв|больш|мал"
    r"|плох|сомнен|пременн|гатив|вин|скольк|изменн|редк|кто|что|чт|забвен|оценим|значительн|замедлит|сториан|мног|разб|пал|олит|ологи)"
    r"(?P<stem>\w{3,}?(?:[нмтквлрчшщгд](?:ый|ий|ой|ая|яя|ое|ее|ые|ие|ого|его|ому|ему|ым|им|ом|ем|ых|их|ыми|ими|ую|юю|ей|ою)"
    r"|[нм](?:о|а|ы)|ен|ост(?:ь|и|ью)|(?:ени|ани|яти)(?:е|я|ю|ем|и)|(?:ств)(?:о|а|у|ом|е)|вшись|ая|уя|в))"
)


def negations(language: Language, text: str) -> Iterator[tuple[Span, str]]:
    """The negations of `text` in order, each with its place and its key.

    The key is NOT or AGAIN, or for a word with a prefix "un-" and the word without it.
    """
    low = _plain(text)
    candidates = [(Span(*m.span()), key) for m in _CANDIDATE[language].finditer(low) if (key := _key(language, m[0]))]
    if not candidates:
        return
    idle = [Span(*match.span()) for form in (_IDLE, _CANCELLED) for match in form[language].finditer(low)]
    found = [(span, key) for span, key in candidates if not any(span.meets(phrase) for phrase in idle)]
    if language == "en":  # "not ... neither", one denial in two words
        found = [(s, AGAIN if n and low[s.start : s.end] == "neither" else key) for n, (s, key) in enumerate(found)]
    if language == "ru" and not any(key == NOT for _, key in found):  # nothing that they could go with
        found = _first_again_denies(found)
    yield from found


def cancelled(language: Language, text: str) -> tuple[Span, ...]:
    """Where `text` denies twice and so affirms: «нельзя не», "cannot but"."""
    return tuple(Span(*match.span()) for match in _CANCELLED[language].finditer(_plain(text)))


def _plain(text: str) -> str:
    """`text` in small letters, ё as е, every place kept."""
    low = text.lower() if len(text.lower()) == len(text) else "".join(c.lower()[:1] for c in text)
    return low.replace("ё", "е")


def _first_again_denies(found: list[tuple[Span, str]]) -> list[tuple[Span, str]]:
    first = next((n for n, (_, key) in enumerate(found) if key == AGAIN), None)
    return [(span, NOT if n == first else key) for n, (span, key) in enumerate(found)]


@lru_cache(maxsize=50_000)
def _key(language: Language, word: str) -> str | None:
    if language == "ru":
        return _russian_key(word)
    if word in _ENGLISH or word.endswith(("n't", "n’t")):
        return NOT
    if word == "nor":
        return AGAIN
    match = _IN.fullmatch(word) or _UN.fullmatch(word)
    return f"un-{match['stem']}" if match else None


def _russian_key(word: str) -> str | None:
    if word in _RUSSIAN:
        return NOT
    if word in _RUSSIAN_AGAIN:
        return AGAIN
    match = _NE.fullmatch(word)
    return f"un-{match['stem']}" if match else None
