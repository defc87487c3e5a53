"""Words that a text writes with a capital because they are names: not only since a sentence begins with them.

Titles ("Mr", «Тов.»), months, days of the week and the pronouns that courtesy or English writes large are no names.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from index.document import Language, Span
from index.sentence import sentences
from index.tokens import romanised

_WORD = re.compile(r"[^\W\d_]+(?:[-‐‑'’ʹʼ][^\W\d_]+)*")
_CAPITAL = re.compile(r"\b[^\W\d_a-zа-яё][^\W\d_]*(?:[-‐‑'’ʹʼ][^\W\d_]+)*")
_LETTER = re.compile(r"[^\W\d_]")
_DOTTED = re.compile(r"\b(?=[UDP]\.)(?:U\.S\.S\.R\.|U\.S\.A\.|U\.S\.|U\.K\.|U\.N\.|D\.P\.R\.K\.|P\.R\.C\.)")
_POSSESSIVE = re.compile(r"['’]s?$")
_OPENING = re.compile(r"(?:[\"“„«‘]|: ?|\n\s*|^\s*(?:\d{1,3}|[a-zа-я])[.)]\s*)$")
_CASE = re.compile(r"(?<=\w{3})(?:ами|ями|ого|его|ому|ему|ыми|[ыиое]м|[ая]х|[ое][йю]|[аеиоуыэюяйь])$")
_ROMAN = re.compile(r"[IVXLХ]+")
_TITLES = (
    "comrade comrades cde mr mrs ms miss messrs dr prof professor sir madam lord lady gen general col colonel maj "
    "major capt captain lt lieutenant marshal admiral adm ambassador minister president premier chairman secretary "
    "king queen prince emperor deputy counselor counsellor consul envoy vice "
    "тов товарищ товарища товарищу товарищем товарищи товарищей г гн господин господина господину госпожа генерал "
    "маршал президент премьер министр посол председатель секретарь"
)
_DAYS = (
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december jan feb mar apr jun jul aug sep sept oct nov dec"
)
_PRONOUNS = "i i'm i've i'd i'll вы вас вам вами ваш ваша ваше ваши вашего вашему вашей вашу вашим вашем ваших вашими"
_NO_NAMES = frozenset(f"{_TITLES} {_DAYS} {_PRONOUNS}".split())


def capitals(language: Language, text: str) -> tuple[Span, ...]:
    """The names of one word each in `text`, in order of place.

    A word that begins a sentence counts if it is an acronym, or stands with a capital elsewhere in the text as well.
    """
    sure: list[Span] = []
    doubtful: list[Span] = []
    for span, initial in _candidates(text):
        word = span.of(text)
        if word.replace("’", "'").lower() in _NO_NAMES or _ROMAN.fullmatch(word):
            continue
        acronym = len(word) > 1 and word.isupper()
        (doubtful if initial and not acronym else sure).append(span)
    known = {_beginning(language, span.of(text)) for span in sure}
    return tuple(sorted(sure + [s for s in doubtful if _beginning(language, s.of(text)) in known]))


def _candidates(text: str) -> Iterator[tuple[Span, bool]]:
    """Words with a capital, and whether they would have it anyway, as the first of a sentence or a quotation."""
    dotted = [Span(*match.span()) for match in _DOTTED.finditer(text)]
    yield from ((span, False) for span in dotted)
    for sentence in sentences(text):
        words = [match for match in _CAPITAL.finditer(text, *sentence) if match[0][0].isupper()]
        if _shouted(sentence.of(text), [match[0] for match in words]):
            continue
        for match in words:
            word = _POSSESSIVE.sub("", match[0])
            span = Span(match.start(), match.start() + len(word))
            if len(word) > 1 and not any(span.meets(other) for other in dotted):
                yield span, _is_initial(text, sentence.start, span.start)


def _is_initial(text: str, start: int, place: int) -> bool:
    """Whether the word at `place` is the first of the sentence that begins at `start`, or of a quotation in it."""
    if place - start < 40 and not _LETTER.search(text, start, place):
        return True
    return _OPENING.search(text, max(start, place - 6), place) is not None


def _shouted(sentence: str, capitals: list[str]) -> bool:
    """Whether a sentence is printed in capitals, which then tell nothing."""
    large = sum(word.isupper() for word in capitals if len(word) > 1)
    return large > 2 and large * 2 > sum(len(word) > 1 for word in _WORD.findall(sentence))


@lru_cache(maxsize=20_000)
def _beginning(language: Language, word: str) -> str:
    """What forms of one name share: in Russian all but the endings of cases."""
    return romanised(_CASE.sub("", word.lower()) if language == "ru" else word)
