"""Whether a sentence says again what another says: the same words, nearly the same, or a translation."""

from functools import lru_cache

from index.document import Language
from index.lexical import telling_stems
from rag.evidence import Weighed
from rag.kinds import marks

NEARLY_ALL = 0.8  # of the telling words of two sentences: a few words more or less say nothing new
_LEAST_PARTICULARS = (
    3  # that two texts in two languages share and neither has beyond: then the one translates the other
)
_TIMES_LONGER = 1.8  # at most, one than the other, if it translates it


def words_of(sentence: Weighed) -> str:
    """The words of a sentence as they stand in its document."""
    return sentence.span.of(sentence.hit.document.texts[sentence.language])


@lru_cache(maxsize=20_000)
def telling(language: Language, text: str) -> frozenset[str]:
    """The stems of the words of `text` that tell something."""
    return frozenset(telling_stems(language, text))


def shared(one: frozenset[str], two: frozenset[str]) -> float:
    """The share of all their words that two sentences have in common, 0 to 1."""
    return len(one & two) / len(one | two) if one or two else 0.0


def figures_of(sentence: Weighed) -> frozenset[str]:
    """The keys of its numbers and dates."""
    told = marks(sentence.language, words_of(sentence))
    return told.numbers | told.dates


def repeats(one: Weighed, two: Weighed) -> bool:
    """Whether they say the same; sentences with other numbers or dates in them never do."""
    if one.hit.document.id == two.hit.document.id and one.language == two.language and one.span.meets(two.span):
        return True
    if figures_of(one) != figures_of(two):
        return False
    if one.language != two.language:
        return _translates(one, two)
    alike = shared(telling(one.language, words_of(one)), telling(two.language, words_of(two)))
    return alike >= NEARLY_ALL


def _translates(one: Weighed, two: Weighed) -> bool:
    """Whether two texts in two languages have the same numbers, dates and names, and are about as long."""
    lengths = sorted((one.span.end - one.span.start, two.span.end - two.span.start))
    keys = [figures_of(x) | marks(x.language, words_of(x)).names for x in (one, two)]
    return keys[0] == keys[1] and len(keys[0]) >= _LEAST_PARTICULARS and lengths[1] <= _TIMES_LONGER * lengths[0]
