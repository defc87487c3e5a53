"""Names of China and Korea: one key for Russian, pinyin, Wade-Giles and the romanisations of Korean.

Пэн Дэхуай, Peng Dehuai and P'eng Teh-huai agree; Пак Хен Ен, Pak Heon-yeong and Pak Hon-yong; Ким Ир Сен, Kim Il
Sung. The systems differ in what they tell apart (Wade-Giles loses its apostrophes in print, Soviet papers wrote one
letter for several Korean vowels), so a key keeps only what all of them keep. It is therefore given only to words
that begin with a known family name and sound like the rest of such a name.
Chinese: after the tables of Palladius, Hanyu pinyin and Wade-Giles. Korean: after McCune-Reischauer, the Revised
Romanization, Kontsevich and the older Russian use.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from index.tokens import romanised

_Steps = tuple[tuple[re.Pattern[str], str], ...]
_CHINESE_SURNAMES = (
    "mao zhou peng zhu liu deng lin chen li wang zhang gao jiang ye nie xu luo he dong song sun hu hua feng wu bo ren "
    "kang yang huang wei tan xi zhao qiao ji geng jia ding fu shi su lu cai tang fang dai du guo han hou liao "
    "liang lei pan qin ruan shen tian tao xie xiao xiong yan yu yuan yin zeng zheng zhong zou bai cao cui kong meng "
    "rao shao chai"
)
_KOREAN_SURNAMES = (
    "kim gim pak bak park li yi ri lee rhee choe choi nam ho heo hong han yun yoon im lim rim so seo suh sin shin song "
    "an ahn yang kang gang chong jeong jung chung cho jo chang jang pang bang kwon hwang ko go mun moon"
)
_BARE = re.compile(r"[^a-zа-я]")
_Endings = tuple[tuple[re.Pattern[str], str], ...]
_KOREAN_ENDINGS: _Endings = ((re.compile(r"(?<=[нмлрк])(?:а|у|ом|е|ем)$"), ""),)
_CHINESE_ENDINGS: _Endings = (
    (re.compile(r"(?<=н)(?:а|у|ом|е)$"), ""),
    (re.compile(r"(?<=н)(?:я|ю|ем)$"), "ь"),
    (re.compile(r"(?<=[ауэо])(?:я|ю|ем|е)$"), "й"),
)


def _steps(*rows: tuple[str, str]) -> _Steps:
    return tuple((re.compile(pattern), to) for pattern, to in rows)


_PALLADIUS = _steps(
    ("цз?(?=[иеяю])", "C"), ("цз?", "Z"), ("с(?=[иеяю])", "X"), ("янь", "ien"), ("нь", "n"), ("ы(?=н)", "e"),
    ("юй", "u"), ("уэй|уй", "ui"), ("чж|ч", "C"), ("ш", "S"), ("ж", "r"), ("б|п", "P"),
    ("д|т", "T"), ("г|к", "K"), ("х", "H"), ("в", "v"), ("эй|ей", "ei"), ("ай", "ai"), ("юань", "uan"), ("юнь", "un"),
    ("юэ", "ue"), ("ю", "iu"), ("яо", "iao"), ("я", "ia"),
    ("е", "ie"), ("оу", "ou"), ("ао", "ao"), ("уо|о|э", "e"), ("и|й|ы", "i"), ("у", "u"), ("а", "a"), ("с", "s"),
    ("м", "m"), ("н", "n"), ("л", "l"), ("ф", "f"), ("р", "r"), ("ь", ""),
)  # fmt: skip
_PINYIN_AND_WADE = _steps(
    ("ieh", "ie"), ("ueh", "ue"), ("eh(?!u)", "e"), ("erh", "er"), ("ih", "i"), ("ong", "ung"), ("you", "iu"),
    ("yu", "u"), ("(?:i|y)a(?=n(?!g))|ye(?=n)", "ie"), ("yi", "i"), ("y", "i"), ("wu", "u"), ("w", "v"), ("ng", "n"),
    ("zh|ch|j|q", "C"), ("hs|x", "X"), ("sh", "S"), ("ts|tz|z|c", "Z"), ("b|p", "P"), ("d|t", "T"), ("g|k", "K"),
    ("h", "H"), ("uei", "ui"), ("uen", "un"), ("uo|(?<!a)o(?!u)", "e"),
)  # fmt: skip
_CHINESE_WORD = re.compile(r"(?:[CZXSsPTKHfmnlrv]?(?:[iu]?[ae][iou]?|ou|i[eu]|u[eia]|i|u)(?:n|(?<=e)r$)?){1,3}")
_KOREAN_CYRILLIC = _steps(
    ("чж|дж|чх|цх|ч|ц", "c"), ("тх|т|д", "t"), ("пх|п|б", "p"), ("кх|к|г", "k"), ("ш|с", "s"), ("х", "h"),
    ("[лр]", "l"), ("м", "m"), ("н[ъь]?", "n"), ("(?:ый|ий|[иы]и)|и", "I"), ("[ая]+(?![эеи])", "A"), ("й", ""),
    ("[аеёиоуыэюя]+", "O"), ("ь|ъ|в", ""),
)  # fmt: skip
_KOREAN_LATIN = _steps(
    ("ng", "n"), ("(?<=[kpt])h", ""), ("(?<=[aeou])h(?![aeiouyw])", ""), ("^rhee$|^lee$|^yi$|^ri$", "li"),
    ("park", "pak"), ("jj|ch|j", "c"), ("sh|ss", "s"), ("kk|g|k", "k"), ("tt|d|t", "t"), ("pp|b|p", "p"),
    ("r|l+", "l"), ("[yw]", ""), ("ee|eui|ui|i", "I"), ("a+(?![eiou])", "A"), ("[aeouI]{2,}|[aeou]", "O"),
)  # fmt: skip
_KOREAN_WORD = re.compile(r"(?:[ktpcshlmn]?[AIO][klmnpt]?){1,3}")
_KOREAN_ONLY = re.compile(r"eo|eu|oe|[klmpr](?:$|[^aeiouyh])|[лрмк](?:$|[^аеёиоуыэюях])")


def eastern_key(words: Sequence[str]) -> str | None:
    """The key of a Chinese or Korean name of two or three words, family name first; None for whatever else."""
    plain = [_BARE.sub("", _low(word)) for word in words]
    if not 2 <= len(plain) <= 3 or not all(plain):
        return None
    cyrillic = not plain[0].isascii()
    if any(word.isascii() == cyrillic for word in plain):
        return None
    korean, chinese = _korean(plain), _chinese(plain)
    given = "".join([*plain[1:-1], _uninflected(plain[-1], _CHINESE_ENDINGS)])
    if korean and (not chinese or len(plain) == 3 or _KOREAN_ONLY.search(given)):
        return korean
    return chinese


def _low(word: str) -> str:
    latin = re.sub(r"[-‐‑]", "", word.lower())
    return latin.replace("ё", "е") if not word.isascii() and re.search("[а-яё]", latin) else romanised(latin)


def _uninflected(word: str, endings: _Endings) -> str:
    """A given name without the ending of a Russian case."""
    for ending, to in endings:
        if len(cut := ending.sub(to, word)) > 1 and cut != word:
            return cut
    return word


def _chinese(words: Sequence[str]) -> str | None:
    words = [*words[:-1], _uninflected(words[-1], _CHINESE_ENDINGS)]
    keys = [_turned(word, _PINYIN_AND_WADE if word.isascii() else _PALLADIUS) for word in words]
    given = "".join(keys[1:])
    if keys[0] not in _chinese_surnames() or not _CHINESE_WORD.fullmatch(given):
        return None
    return f"zh {keys[0]} {given}"


def _korean(words: Sequence[str]) -> str | None:
    words = [*words[:-1], _uninflected(words[-1], _KOREAN_ENDINGS)]
    keys = [_turned(word, _KOREAN_LATIN if word.isascii() else _KOREAN_CYRILLIC) for word in words]
    given = "".join(keys[1:])
    if keys[0] not in _korean_surnames() or not _KOREAN_WORD.fullmatch(given):
        return None
    return f"ko {keys[0]} {given}"


@lru_cache(maxsize=10_000)
def _turned(word: str, steps: _Steps) -> str:
    for pattern, to in steps:
        word = pattern.sub(to, word)
    return word


@lru_cache(maxsize=1)
def _chinese_surnames() -> frozenset[str]:
    return frozenset(_turned(name, _PINYIN_AND_WADE) for name in _CHINESE_SURNAMES.split())


@lru_cache(maxsize=1)
def _korean_surnames() -> frozenset[str]:
    return frozenset(_turned(name, _KOREAN_LATIN) for name in _KOREAN_SURNAMES.split())
