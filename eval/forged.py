"""Sentences that stand in no document: whom they speak of, what he did, and with what."""

from collections.abc import Mapping
from itertools import product

from index.document import Language

_WHO: Mapping[Language, tuple[str, ...]] = {
    "en": (
        "The chairman of the hunting society",
        "The keeper of the southern vineyard",
        "The conductor of the night express",
        "The owner of the toy workshop",
        "The teacher of fencing",
        "The captain of the ice yacht",
        "The editor of the almanac",
    ),
    "ru": (
        "Председатель охотничьего общества",
        "Хранитель южного виноградника",
        "Проводник ночного экспресса",
        "Владелец игрушечной мастерской",
        "Учитель фехтования",
        "Капитан ледяной яхты",
        "Редактор альманаха",
    ),
}
_DID: Mapping[Language, tuple[str, ...]] = {
    "en": (
        "categorically refused to insure",
        "secretly sold to a foreigner",
        "solemnly presented to the jury",
        "twice tried to exchange",
        "reluctantly agreed to paint",
        "publicly praised",
        "never paid for",
    ),
    "ru": (
        "категорически отказался страховать",
        "тайно продал иностранцу",
        "торжественно вручил жюри",
        "дважды пытался обменять",
        "нехотя согласился раскрасить",
        "публично расхвалил",
        "так и не оплатил",
    ),
}
_WITH: Mapping[Language, tuple[str, ...]] = {
    "en": (
        "the collection of stuffed parrots.",
        "the marble staircase of the casino.",
        "a crate of frozen lemons.",
        "the gilded carriage of his grandfather.",
        "the map of the sunken treasure.",
    ),
    "ru": (
        "коллекцию чучел попугаев.",
        "мраморную лестницу казино.",
        "ящик мороженых лимонов.",
        "позолоченную карету своего деда.",
        "карту затонувших сокровищ.",
    ),
}


def forged(language: Language) -> list[str]:
    """All such sentences of a language, in order."""
    return [" ".join(parts) for parts in product(_WHO[language], _DID[language], _WITH[language])]
