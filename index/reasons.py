"""The reasons to compare two texts, in English and in Russian: what each kind of departure is said to be.

Words of the texts come quoted, each in the marks of its own language.
"""

from typing import NamedTuple

from index.document import Language

_ENGLISH = {"ru": "Russian", "en": "English"}
_RUSSIAN = {"ru": "русском", "en": "английском"}


class Reason(NamedTuple):
    """A reason in both languages."""

    english: str
    russian: str


def quoted(language: Language, words: str) -> str:
    """Words of a text in the quotation marks of its language."""
    return f"«{words}»" if language == "ru" else f'"{words}"'


def faces(here: str, there: str) -> Reason:
    """A number or a date that faces another one."""
    return Reason(f"{here} faces {there}", f"{here} стоит против {there}")


def lacks(here: str, facing: Language) -> Reason:
    """A number or a date that the text in `facing` has not."""
    return Reason(f"{here} is not in the {_ENGLISH[facing]}", f"{here}: в {_RUSSIAN[facing]} тексте этого нет")


def unnamed(name: str, facing: Language, instead: str | None) -> Reason:
    """A name that the text in `facing` has not; `instead` is one there that faces none."""
    english, russian = f"the name {name} is not in the {_ENGLISH[facing]}", f"имени {name} в {_RUSSIAN[facing]} нет"
    if instead is None:
        return Reason(english, russian)
    return Reason(
        f"{english}; {instead} is there, and has no counterpart", f"{russian}; есть {instead} без соответствия"
    )


def denied(here: str, facing: Language, instead: str | None, *, affirms: bool) -> Reason:
    """A negation that `instead` in the text in `facing` does not share; `affirms` if it denies twice."""
    if instead is None:
        return Reason(
            f"{here} is negated; nothing in the {_ENGLISH[facing]} sentence answers to it",
            f"{here} с отрицанием; в {_RUSSIAN[facing]} предложении ему ничего не отвечает",
        )
    if affirms:
        return Reason(
            f"{here} denies twice and so affirms; {instead} denies",
            f"{here} отрицает дважды и тем утверждает; {instead} отрицает",
        )
    return Reason(f"{here} is negated; {instead} is not", f"{here} с отрицанием; {instead} без него")


def unusual(english: int, russian: int, *, longer: bool) -> Reason:
    """A sentence much longer, or shorter, in English than is usual in its document; both in characters."""
    length, russian_length = ("longer", "больше") if longer else ("shorter", "меньше")
    return Reason(
        f"the English has {english} characters for {russian} of the Russian, much {length} than is usual here",
        f"английский: {english} знаков, русский: {russian}; это намного {russian_length}, чем здесь обычно",
    )


def unfaced(language: Language, facing: Language) -> Reason:
    """A sentence in `language` that nothing faces."""
    return Reason(
        f"nothing in the {_ENGLISH[facing]} faces this {_ENGLISH[language]} sentence",
        f"в {_RUSSIAN[facing]} тексте этому предложению ничего не соответствует",
    )
