"""Who and where a pronoun can mean: the persons and places that were named in a conversation, newest first."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.document import Language, Span
from index.names import NameTable
from index.spelling import name_key
from rag.talk.declension import can_be, surely_masculine
from rag.talk.turns import Turn

_PLACING: dict[Language, str] = {
    "en": r"\b(?:in|at|near|from|into|inside|outside|across|around|to)\s+(?:(?:the|mount|lake|city of|town of)\s+)?$",
    "ru": r"\b(?:во?|на|из|под|близ|около|возле)\s+(?:(?:горе|реке|озере|городе|деревне|селе|острове)\s+)?$",
}
_NO_PERSON_BEFORE: dict[Language, re.Pattern[str]] = {
    "en": re.compile(
        r"(?:\bthe|\b(?:mount|lake|river|city of|town of|in|at|near|into|across)|[\"“«])\s*$", re.IGNORECASE
    ),
    "ru": re.compile(
        r"(?:\b(?:гор[аеуы]|рек[аеиу]|озер[оеа]|город\w{0,2}|деревн\w{1,2}|остров\w{0,2}|во?|на|из|под|близ)|[\"“«])\s*$",
        re.IGNORECASE,
    ),
}
_NO_PERSON_AFTER: dict[Language, re.Pattern[str]] = {
    "en": re.compile(r"\s+(?:peninsula|river|mountains?|marsh(?:es)?|island|region|province|district|mill|port)\b"),
    "ru": re.compile(r"\s+(?:полуостров|район|област|округ|край)\w*"),
}
_TITLE: dict[Language, re.Pattern[str]] = {
    "en": re.compile(
        r"\b(?:comrade|captain|director|doctor|dr|mrs?|miss|ms|general|marshal|minister|ambassador|president|colonel|"
        r"professor|engineer|chairman|secretary|premier|major|lieutenant|admiral|astronomer)\.?\s+$",
        re.IGNORECASE,
    ),
    "ru": re.compile(
        r"\b(?:тов|товарищ\w{0,3}|капитан\w{0,2}|директор\w{0,2}|доктор\w{0,2}|генерал\w{0,2}|маршал\w{0,2}|г|"
        r"министр\w{0,2}|посл?[оеаум]\w?|президент\w{0,2}|полковник\w{0,2}|инженер\w{0,2}|секретар\w{1,2}|"
        r"председател\w{1,2}|господин\w{0,2}|майор\w{0,2}|адмирал\w{0,2})\.?\s+$",
        re.IGNORECASE,
    ),
}
_WOMAN = re.compile(r"(?:[oe]va|ina|aya|skaia)$")
_OF_TABLE = "="  # begins the key of a name that the table has


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a text: its place, and what it is a name of, as far as the table of names or the text tell."""

    span: Span
    words: str
    kind: str | None
    titled: bool


def named(language: Language, text: str, names: NameTable) -> tuple[Named, ...]:
    """The names in `text`, in order of place; names of several words as one."""
    found: list[Named] = []
    for span, key in _joined(text, [(m.span, m.key) for m in names.mentions(language, text)]):
        titled = _TITLE[language].search(text, 0, span.start) is not None
        found.append(Named(span, span.of(text), names.kind(key), titled))
    return tuple(found)


def person(
    turns: Sequence[Turn], language: Language, names: NameTable, *, woman: bool, sure: bool = True
) -> str | None:
    """The person that was spoken of last, as named there; None if nobody of this gender was.

    The first whom the newest question with a person named, for who acts comes first; else who was quoted by name, if
    nobody else was and it is surely a person's. Unless it is `sure` that a person is meant, only one with a title, or
    of the table of names.
    """
    men = _men(turns, language, names)
    for turn in reversed(turns):
        if turn.question.language != language:
            continue
        asked, *quoted = (
            [one for one in _persons(language, text, names, woman=woman) if not woman or _key(one) not in men]
            for text in (turn.question.text, *turn.sentences)
        )
        if asked:
            return _best(asked, language, sure=sure)
        told = {_key(one): one for found in quoted for one in found}
        if told:
            return _best(list(told.values()), language, sure=False) if sure and len(told) == 1 else None
    return None


def place(turns: Sequence[Turn], language: Language, names: NameTable) -> str | None:
    """The place that the last question was about, with its preposition; None if it named none."""
    for turn in reversed(turns[-1:]):
        if turn.question.language == language:
            for one in reversed(named(language, turn.question.text, names)):
                before = re.search(_PLACING[language], turn.question.text[: one.span.start], re.IGNORECASE)
                if before and one.kind in (None, "place") and not one.titled:
                    return before[0] + one.words
    return None


def is_place(one: Named, language: Language, text: str) -> bool:
    """Whether a name stands in `text` as that of a place."""
    return one.kind == "place" or re.search(_PLACING[language], text[: one.span.start], re.IGNORECASE) is not None


def _men(turns: Sequence[Turn], language: Language, names: NameTable) -> set[str]:
    """The keys of names that stand somewhere in a form that only men's have; «Кремнёва» is then one of its cases."""
    texts = [text for turn in turns for text in (turn.question.text, *turn.sentences)]
    every = (one for text in texts for one in named(language, text, names))
    return {_key(one) for one in every if surely_masculine(one.words)} if language == "ru" else set()


def _key(one: Named) -> str:
    return name_key(one.words.rpartition(" ")[2])


def _best(found: Sequence[Named], language: Language, *, sure: bool) -> str | None:
    """The first of those that are surely persons; of others the first whose form leaves no doubt."""
    persons = [one for one in found if one.titled or one.kind == "person"]
    plain = [one for one in found if language == "en" or surely_masculine(one.words)]
    return next((one.words for one in (*persons, *(plain if sure else ()), *(found if sure else ()))), None)


def _persons(language: Language, text: str, names: NameTable, *, woman: bool) -> Iterator[Named]:
    for one in named(language, text, names):
        if _is_person(one, language, text) and _of_gender(one, language, woman=woman):
            yield one


def _is_person(one: Named, language: Language, text: str) -> bool:
    if one.kind or one.titled:
        return one.kind in (None, "person")
    if len(one.words) > 1 and one.words.isupper():
        return False
    before = _NO_PERSON_BEFORE[language].search(text[: one.span.start])
    return before is None and _NO_PERSON_AFTER[language].match(text, one.span.end) is None


def _of_gender(one: Named, language: Language, *, woman: bool) -> bool:
    if language == "ru":
        return can_be(one.words, "feminine" if woman else "masculine")
    by_form = _WOMAN.search(one.words) is not None
    return woman == by_form if one.kind is None else not woman


def _joined(text: str, mentions: Sequence[tuple[Span, str]]) -> Iterator[tuple[Span, str]]:
    """Names that stand one space apart, and are not of the table, as one: Kamenny Brod."""
    run: list[tuple[Span, str]] = []
    for span, key in mentions:
        beside = run and text[run[-1][0].end : span.start] == " " and not (key + run[-1][1]).count(_OF_TABLE)
        if run and not beside:
            yield _one(run)
            run = []
        run.append((span, key))
    if run:
        yield _one(run)


def _one(run: Sequence[tuple[Span, str]]) -> tuple[Span, str]:
    return Span(run[0][0].start, run[-1][0].end), run[0][1] if len(run) == 1 else ""
