"""Names that stand in one of two facing sentences and not in the other.

Most words with a capital are translated, not written over ("the Council", «Северное море»), and their absence means
nothing. A name is missed if the document shows elsewhere that it is the same on both sides, or if it belongs to the
table of names; and where both sides have one that the other has not, if they look like names of people or places.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property, lru_cache

from index.document import LANGUAGES, Language, Span, other
from index.names import Mention, NameTable
from index.spelling import name_key, name_keys

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_NEAR = 0.6  # of the consonants of two names that agree, in order, for them to be one name spelt by another rule
_TRUSTED = (
    0.75  # of the times that a name stands on one side it must stand on the other, to be missed where it does not
)
_OFTEN = 3  # times that a name must be matched in a document to be known there
_LEAST = 4  # letters of a name that is missed though it stands nowhere else
_VOWELS = re.compile(r"[aeiouv-]")  # with v, since an English w is written both «в» and «у»
_SOFT = str.maketrans("cCSZz", "kksss")
_TITLE_WORDS = (  # English words that are written large in titles of offices, places and works, and translated
    "academy act affair africa african age agency agreement air airport allied america arms army art asia asian "
    "assembly association atlantic authority award bank base battalion battle bay beach best bible bill bishop "
    "black blue board body book border boulevard bowl boy bridge brigade brother building bureau cabinet camp canal "
    "cape captain card cash castle cathedral catholic cause center centre chair chapter charter chief child "
    "children christian church city civil class club coast code cold college colony command commander company "
    "concert conference congress corps council count county court crown cup daily dam day dear death deep defence "
    "defense delegate delta desert dialogue director district doctor doctrine document downtown dragon duke dutch "
    "east embassy empire english envoy estate europe european faction family father federal fighter film first "
    "fleet force ford foreign forest fort foundation france free french friend front fund game gate gazette german "
    "giant girl god golden good government great greek green group guard guide gulf half hall harbor headquarter "
    "heaven high hill history holy home hospital hotel house ice inner interior internal interpreter islam island "
    "job joint journal justice key king knight labor labour lake land latin law leader league legion letter liberal "
    "library life light line link list lodge lord love low lower main man manager map march marine market master "
    "medal media member memorial men metro middle mile military mind mine minister model modern monument moon "
    "mother mount mountain museum music muslim nation national native naval navy netherlands network new news north "
    "northern note novel occupied ocean office old open opera orchestra order ottoman outer pact page palace panel "
    "paper park parliament part pass path peace peninsula people phase pilot plan planet plant plateau player plaza "
    "plenum police pope popular port post power premier press prime prince privy prize problem program project "
    "prophet protestant protocol public queen question race radio rail railroad railway range rebel record red "
    "reform region report republic reserve review ridge right ring river road rock roman rose round route royal "
    "rule sacred saint scale scene school sea seat second section sector senate service session seven shield ship "
    "shop show sign silver six sky snow social society soldier son song south southern soviet space sport square "
    "staff stage star state station storm story strait strategic street student studio summer summit sun supreme "
    "swiss system table task team telegram temple term territory test testament theater theatre theory third tiger "
    "time tomb top tower town track trade treasure tree troop trust tunnel twin ultimate under union unit united "
    "upper valley video village voice volume wall war warm watch water way week west western white wild wind winter "
    "woman women word work worker world writer year young youth zone "
)
TITLE_WORDS = frozenset(_TITLE_WORDS.split())  # public, for what else must tell names from words
_TRANSLATED: dict[Language, re.Pattern[str]] = {  # endings of words that no translator writes over
    "ru": re.compile(
        r".*(?:[ыио]й|[аяо]я|[оеы]е|[ыи]х|[ое]го|[ое]му|[ыи]м[иь]?|[ое]м|ую|юю|ост[ьи]|ств[оаеу]|[ео]?ни[еяюи]|ци[яиюе]"
        r"|тел[ьяюеи]м?)"
    ),
    "en": re.compile(
        r".*(?:tion|sion|ment|ity|ing|ness|ship|ese|ish|ians?|ans|ean|ern|e?th|ers|ors|ists?|isms?|al|ic|ous|ive|ed|ty|ry|ican|eran"
        r"|cy|age|ance|ence|ent|ies|ches|hood|dom|ly|ate|ary|ure|tan)"
    ),
}


@dataclass(frozen=True, slots=True)
class Names:
    """The names of two facing texts that have a counterpart on the other side, and those that have none."""

    matched: Mapping[Language, Sequence[Mention]]
    lone: Mapping[Language, Sequence[Mention]]

    @property
    def fewer(self) -> bool:
        """Whether the English side lacks a name of the Russian, or has it less often."""
        counts = Counter(name.key for name in self.matched["ru"])
        counts.subtract(name.key for name in self.matched["en"])
        both = {name.key for name in self.matched["en"]}
        return bool(self.lone["ru"]) or any(count > 0 and key in both for key, count in counts.items())


def compare(texts: Mapping[Language, str], around: Mapping[Language, str], table: NameTable) -> Names:
    """The names of two facing sentences; those are matched that stand, however spelt, in what is `around` the other."""
    named = {x: table.mentions(x, texts[x]) for x in LANGUAGES}
    faced = {x: named[x] if around[x] == texts[x] else table.mentions(x, around[x]) for x in LANGUAGES}
    matched: dict[Language, list[Mention]] = {x: [] for x in LANGUAGES}
    lone: dict[Language, list[Mention]] = {x: [] for x in LANGUAGES}
    words = {x: {p for word in _WORD.findall(around[x]) for p in (word, *word.split("-"))} for x in LANGUAGES}
    every = {x: frozenset[str]().union(*map(name_keys, words[x])) for x in LANGUAGES}
    for language in LANGUAGES:
        facing = other(language)
        keys = {name.key for name in faced[facing]}
        free = [word for word in words[facing] if word[:1].isupper() and not name_keys(word) & every[language]]
        large = {_consonants(key) for word in free for key in name_keys(word)} - {""}
        for name in named[language]:
            held = name.key in keys or _is_among(name, texts[language], every[facing], large)
            (matched if held else lone)[language].append(name)
    return Names(matched, lone)


def _is_among(name: Mention, text: str, keys: frozenset[str], large: set[str]) -> bool:
    """Whether every word of a name is one of the other side's; or nearly, of those that have a capital there."""
    words = [part for word in _WORD.findall(name.span.of(text)) for part in word.split("-") if len(part) > 1]
    return bool(words) and all(name_keys(word) & keys or _near(word, large) for word in words)


def _near(word: str, large: set[str]) -> bool:
    forms = {_consonants(key) for key in name_keys(word)}
    return bool(forms & large) or any(
        len(own) + len(one) > 4 and _likeness(own, one) >= _NEAR for own in forms for one in large
    )


@lru_cache(maxsize=20_000)
def _likeness(one: str, two: str) -> float:
    return SequenceMatcher(None, one, two).ratio()


def _consonants(key: str) -> str:
    return _VOWELS.sub("", key.translate(_SOFT))


def _gap(one: Span, two: Span) -> int:
    return max(one.start, two.start) - min(one.end, two.end)


class Trust:
    """Which names of a document can be missed, learnt from all its facing sentences and its words in small letters."""

    def __init__(self, compared: Sequence[Names], texts: Mapping[Language, str]) -> None:
        self._held = Counter(name.key for names in compared for x in LANGUAGES for name in names.matched[x])
        self._lone = Counter(name.key for names in compared for x in LANGUAGES for name in names.lone[x])
        self._texts = texts

    @cached_property
    def _common(self) -> frozenset[str]:
        """The words that the document also has in small letters."""
        words = {word for text in self._texts.values() for word in _WORD.findall(text) if word.islower()}
        return frozenset(map(name_key, words))

    def misses(self, names: Names, texts: Mapping[Language, str]) -> list[tuple[Language, Mention, Mention | None]]:
        """The lone names that matter, each with the lone name that stands for it on the other side, if one does."""
        known = {x: [n for n in names.lone[x] if self._known(n)] for x in LANGUAGES}
        likely = {x: self.proper(x, names.lone, texts) for x in LANGUAGES}
        found: list[tuple[Language, Mention, Mention | None]] = []
        for language in LANGUAGES:
            facing = likely[other(language)]
            swapped = [n for n in likely["en"] if language == "en" and (names.fewer or self._strange(n, names))]
            for name in names.lone[language]:
                if (name in known[language] or name in swapped) and not any(name in pair for pair in found):
                    found.append((language, name, facing[0] if facing else None))
        return found

    def proper(
        self, language: Language, names: Mapping[Language, Sequence[Mention]], texts: Mapping[Language, str]
    ) -> list[Mention]:
        """Those of some names of one side that look like those of people or places."""
        return [name for name in names[language] if self._proper(language, name, texts[language])]

    def _known(self, name: Mention) -> bool:
        held, lone = self._held[name.key], self._lone[name.key]
        return held >= _OFTEN and held >= _TRUSTED * (held + lone - 1) and name.key not in self._common

    def _strange(self, name: Mention, names: Names) -> bool:
        """Whether an English name stands nowhere else: one that is often without counterpart is translated.

        So is one that stands beside another without counterpart: they are words of a title.
        """
        beside = any(one != name and _gap(one.span, name.span) <= 1 for one in names.lone["en"])
        return self._held[name.key] == 0 and self._lone[name.key] == 1 and not name.key.endswith("s") and not beside

    def _proper(self, language: Language, name: Mention, text: str) -> bool:
        """Whether a name that stands nowhere else in the document looks like one of a person or a place."""
        word = name.span.of(text).lower()
        if len(word) < _LEAST or name.key in self._common or "-" in word:
            return False
        if word in TITLE_WORDS or word.removesuffix("s") in TITLE_WORDS or not name.span.of(text)[1:].islower():
            return False
        return not _TRANSLATED[language].fullmatch(word)
