"""A key under which the spellings of one name agree, in Cyrillic and in whatever romanisation.

Штыков, Штыкову, Shtykov, Shtikov; Вышинский, Vyshinskii, Vyshinskyy; Алексеев, Alekseev, Alekseyev; Хрущёв,
Khrushchev, Chruschtschow. Cyrillic is written in Latin letters as the Library of Congress does, without accents;
then what romanisations write in different ways is written in one. Endings of Russian cases are cut off, and final
vowels, where enough is left. The keys are made for comparing, not for reading. Names of China and Korea, for which
sound and script are further apart, are in `index.syllables`.
"""

import re
import unicodedata
from functools import lru_cache

from index.tokens import romanised

_LEAST = 3  # letters of a key that a cut must leave
_ISO = str.maketrans({"š": "sh", "č": "ch", "ž": "zh", "ŝ": "shch", "ẑ": "zh", "û": "iu", "â": "ia", "ḫ": "kh"})
_CYRILLIC = re.compile(r"[Ѐ-ӿ]")
_CASES = re.compile(  # of names that are declined; the cuts that are less sure are in _RARER
    r"(?:(?<=[вн])ым|(?<=[сц]к)им|ого|его|ому|ему|(?<=[бвгджзклмнпрстфхцчшщ])[оеё]м|ами|ями|ыми|ими"
    r"|(?<=[нк])[ыи]х|(?<=\w[аеиоуэ])[еия]м)$"
)
_RARER = re.compile(r"(?:[ыиоеая]м|[ыиая]х|ов|ев|ей|ьми)$")  # «Штатов», «Штатах»
_GERMAN = re.compile(r"tsch|schts|sch(?=[aeiou]).*(?:ow|ew)$|^ch.*(?:ow|ew)$")
_FRENCH = re.compile(r"chtch|tch.*(?:ev|ov|ski)$")
_STEPS = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        (r"schtsch|shtsh|shch|stch|chtch|shh|sch|sh", "S"),
        (r"tsch|tch|ch", "C"),
        (r"dzh|zh", "Z"),
        (r"kh", "h"),
        (r"ph", "f"),
        (r"th", "t"),
        (r"tz|ts|cz", "c"),
        (r"ck|q", "k"),
        (r"x", "ks"),
        (r"c(?![eiycC]|$)", "k"),
        (r"w", "v"),
        (r"ou|oo", "u"),
        (r"(?<=[aeiouy])j|(?<=[bdfgklmnprstvz])j(?=[aeiou])|y", "i"),
        (r"j", "Z"),
        (r"(?<=[SCZ])i?o(?=v)", "e"),  # ё after these is written "o" as well
        (r"(?<=[^aeiou])io(?=[bvgdzklmnprst])", "e"),  # and after others "yo", "io"
        (r"i+(?=[aeou])", ""),
        (r"(.)\1+", r"\1"),
    )
)
_FINAL_VOWELS = re.compile(r"[aeiou]+$")


def name_key(word: str) -> str:
    """The key of a name of one word, in either script and any case of its declension."""
    return _keys(word)[0]


def name_keys(word: str) -> frozenset[str]:
    """The key of a name, and those it has where its spelling or its ending may be read in another way.

    Two words may be one name if they share a key.
    """
    return frozenset(_keys(word))


@lru_cache(maxsize=50_000)
def _keys(word: str) -> tuple[str, ...]:
    """The likeliest key first."""
    low = unicodedata.normalize("NFC", word).lower()
    if _CYRILLIC.search(low):
        return _of_cyrillic(_righted(low))
    latin = romanised(low.translate(_ISO))
    others = [_skeleton(other) for other in _read_otherwise(latin)]
    return tuple(dict.fromkeys([_skeleton(_usual(latin)), *others]))


def _of_cyrillic(low: str) -> tuple[str, ...]:
    cut = _CASES.sub("", low)
    cuts = [cut, low] if len(cut) >= _LEAST else [low, cut]
    found = [_skeleton(romanised(one)) for one in (*cuts, _RARER.sub("", low)) if len(one) > 1 or one == low]
    return tuple(dict.fromkeys(found))


def _righted(low: str) -> str:
    """A word with Latin look-alikes among its Cyrillic letters, all in Cyrillic."""
    return low.translate(str.maketrans("aeopcyxkmtbh", "аеорсухкмтвн")) if not low.isascii() else low


def _usual(latin: str) -> str:
    """The word as English readers of Russian would write it."""
    if _GERMAN.search(latin):
        return (
            re.sub(r"(?<![st])ch", "kh", latin.replace("sch", "$").replace("t$", "!"))
            .replace("$!", "shch")
            .replace("$", "sh")
            .replace("!", "ch")
        )
    if _FRENCH.search(latin):
        return latin.replace("chtch", "shch").replace("tch", "C").replace("ch", "sh").replace("C", "ch")
    return latin


def _read_otherwise(latin: str) -> list[str]:
    """The other ways in which a Latin spelling can be meant."""
    found = []
    if "ch" in latin:
        found.append(latin.replace("ch", "kh"))  # German
    if latin.startswith("h"):
        found.append("g" + latin[1:])  # Hitler, Гитлер
    if latin.startswith("j"):
        found.append("y" + latin[1:])  # Jalta, Yalta
    if re.search(r"g[eiy]", latin):
        found.append(re.sub(r"g(?=[eiy])", "zh", latin))  # George, Джордж
    if re.search(r"[aeiou]j[aeiou]", latin):
        found.append(latin.replace("j", "zh"))  # Baiju, Байджу
    if "x" in latin:
        found.append(latin.replace("x", "kh"))  # GOST
    if "c" in latin and not re.search(r"c[hk]", latin):
        found.append(latin.replace("c", "ts"))  # ISO 9
    return found


def _skeleton(latin: str) -> str:
    plain = re.sub(r"[^a-z]", "", latin)
    for pattern, to in _STEPS:
        plain = pattern.sub(to, plain)
    bare = _FINAL_VOWELS.sub("", plain)
    if len(bare) >= _LEAST:
        return bare
    return f"{bare}-" if len(bare) == _LEAST - 1 and len(plain) > len(bare) and bare[0] in "aeiou" else plain
