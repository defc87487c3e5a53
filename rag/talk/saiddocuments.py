"""Documents that a question points at by their place in the last answer: "the second document", «в той телеграмме»."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.document import Language
from index.store import Index
from rag.errors import QuestionError
from rag.talk.turns import Conversation

_GENRES: Mapping[str, str] = {  # words for kinds of documents, and what their titles have
    r"(?:ciphered )?telegrams?|cables?|(?:шифро?)?телеграмм\w{0,3}|шифровк\w{1,3}": "telegram|cable",
    r"letters?|письм\w{1,3}": "letter",
    r"minutes|protocols?|протокол\w{0,3}": "minutes|protocol",
    r"reports?|доклад\w{0,3}|отч[её]т\w{0,3}|донесени\w{1,3}": "report",
    r"decisions?|resolutions?|решени\w{1,3}|постановлени\w{1,3}": "decision|resolution",
    r"directives?|директив\w{1,3}": "directive",
    r"memorand(?:um|a)|memos?|notes?|записк\w{1,3}|меморандум\w{0,3}": "memorandum|note|record",
    r"speech(?:es)?|реч[ьи]\w{0,2}": "speech",
    r"diar(?:y|ies)|дневник\w{0,3}": "diary",
}
_GENRE = "|".join(_GENRES)
_DOCUMENT: dict[Language, str] = {"en": "documents?|records?|sources?", "ru": r"документ\w{0,3}"}
_ORDINALS: dict[Language, tuple[str, ...]] = {
    "en": ("first|1st", "second|2nd", "third|3rd", "fourth|4th", "fifth|5th", "sixth|6th", "seventh|7th", "eighth|8th"),
    "ru": (r"перв\w{2,3}", r"втор\w{2,3}", r"трет\w{2,4}", r"четв[её]рт\w{2,3}", r"пят\w{2,3}", r"шест\w{2,3}",
           r"седьм\w{2,3}", r"восьм\w{2,3}"),
}  # fmt: skip
_LAST: dict[Language, str] = {"en": "last", "ru": r"последн\w{2,3}"}
_THIS: dict[Language, str] = {
    "en": "this|that",
    "ru": r"эт(?:от|а|о|ого|ой|ому|им|ом|у)|т(?:от|а|о|ого|ой|ому|ом|ем|у)",
}
_OWNED: dict[Language, str] = {"en": r"(?!\s+(?:of|to|from|by)\b)", "ru": r"(?!\s+(?:от|к|ко)\b)"}
_ENDINGS = (  # of an ordinal number, and of «этот» in the same case
    ("ого", "этого"), ("его", "этого"), ("ому", "этому"), ("ему", "этому"), ("ым", "этим"), ("им", "этим"),
    ("ом", "этом"), ("ем", "этом"), ("ую", "эту"), ("ью", "эту"), ("ая", "эта"), ("ья", "эта"), ("яя", "эта"),
    ("ое", "это"), ("ье", "это"), ("ее", "это"), ("ый", "этот"), ("ий", "этот"), ("ей", "этой"),
)  # fmt: skip
_FEW: dict[Language, str] = {
    "en": "the last answer has {} documents, and no number {}; name one of them",
    "ru": "в последнем ответе документов: {}, и номера {} среди них нет; назовите один из них",
}


def _pointing(language: Language) -> re.Pattern[str]:
    numbers = "|".join(f"(?P<n{n}>{words})" for n, words in enumerate(_ORDINALS[language], 1))
    last, this = _LAST[language], _THIS[language]
    article = r"(?:the\s+)?" if language == "en" else ""
    things = rf"(?P<document>{_DOCUMENT[language]})|(?P<genre>{_GENRE})"
    return re.compile(
        rf"\b(?:(?P<number>{article}(?:{numbers}|(?P<last>{last})))|(?P<this>{this}))\s+(?:{things})\b{_OWNED[language]}",
        re.IGNORECASE,
    )


_POINTING: dict[Language, re.Pattern[str]] = {"en": _pointing("en"), "ru": _pointing("ru")}
_BARE: dict[Language, re.Pattern[str]] = {  # a whole question that is nothing but a number
    "en": re.compile(
        r"(?:and |but |what about |how about |only |just |in |from )*(?P<number>the \w+)(?: ones?)?", re.IGNORECASE
    ),
    "ru": re.compile(r"(?:а |и |но |ну |только |что |в |во |из )*(?P<number>\w+)", re.IGNORECASE),
}
_AROUND: dict[Language, re.Pattern[str]] = {
    "en": re.compile(r"\b(?:and|but|only|just|in|from|what about|how about|now|show|me|please)\b", re.IGNORECASE),
    "ru": re.compile(
        r"(?:а|и|но|ну|только|лишь|в|во|из|по|что|насч[её]т|теперь|покажи(?:те)?|пожалуйста)", re.IGNORECASE
    ),
}


@dataclass(frozen=True, slots=True)
class Pointing:
    """A question that points at documents: `text` says "this document" for "the second document".

    `text` is empty if the question did nothing but point; `plain` is without "this".
    """

    text: str
    plain: str
    ids: tuple[str, ...]


def pointed_at(text: str, language: Language, conversation: Conversation, index: Index) -> Pointing | None:
    """What `text` points at by its place among the documents of an answer; None if at nothing.

    Documents are counted as the last answer that was free to choose
    among them shows them.

    Raises: QuestionError if the last answer has fewer documents.
    """
    shown = _shown(conversation)
    if not shown:
        return None
    if alone := _alone(text, language, shown):
        return Pointing("", "", alone)
    for match in _POINTING[language].finditer(text):
        if ids := _ids(match, language, shown, index):
            rest = _AROUND[language].sub("", text[: match.start()] + text[match.end() :])
            if not any(c.isalnum() for c in rest):
                return Pointing("", "", ids)
            before = re.sub(r"\bво $", "в ", text[: match.start()])  # «во втором», but «в этом»
            after, thing = text[match.end() :], match["document"] or match["genre"]
            return Pointing(f"{before}{_demonstrative(match, language)}{after}", f"{before}{thing}{after}", ids)
    return None


def _shown(conversation: Conversation) -> tuple[str, ...]:
    """The documents that a reader counts."""
    free = [turn.documents for turn in conversation.turns if turn.documents and not turn.question.filters.documents]
    any_ = [turn.documents for turn in conversation.turns if turn.documents]
    return free[-1] if free else any_[-1] if any_ else ()


def _alone(text: str, language: Language, shown: Sequence[str]) -> tuple[str, ...]:
    """What a question that is a number alone points at: "And the second?"."""
    match = _BARE[language].fullmatch(text.strip(" ?.!"))
    if match is None:
        return ()
    word = match["number"].rpartition(" ")[2]
    if re.fullmatch(_LAST[language], word, re.IGNORECASE):
        return (shown[-1],)
    for number, words in enumerate(_ORDINALS[language], 1):
        if re.fullmatch(words, word, re.IGNORECASE):
            return (_numbered(number, shown, language),)
    return ()


def _ids(match: re.Match[str], language: Language, shown: Sequence[str], index: Index) -> tuple[str, ...]:
    if match["genre"]:
        of_genre = _of_genre(match["genre"], shown, index)
        if match["this"]:
            return of_genre[:1] or (tuple(shown) if len(shown) == 1 else ())
        number = _number(match, len(of_genre))
        return (of_genre[number - 1],) if number <= len(of_genre) else ()
    if match["this"]:
        return tuple(shown[:1]) if len(shown) == 1 else ()
    return (_numbered(_number(match, len(shown)), shown, language),)


def _number(match: re.Match[str], count: int) -> int:
    """From 1; `count` for the last one, 1 if there is none."""
    if match["last"]:
        return max(1, count)
    return next(n for n in range(1, len(_ORDINALS["en"]) + 1) if match[f"n{n}"])


def _numbered(number: int, shown: Sequence[str], language: Language) -> str:
    if number > len(shown):
        raise QuestionError(_FEW[language].format(len(shown), number))
    return shown[number - 1]


def _of_genre(word: str, shown: Sequence[str], index: Index) -> tuple[str, ...]:
    wanted = next(title for words, title in _GENRES.items() if re.fullmatch(words, word, re.IGNORECASE))
    titles = index.catalogue.titles(shown)
    return tuple(id_ for id_, (title, _) in titles.items() if re.search(rf"\b(?:{wanted})", title, re.IGNORECASE))


def _demonstrative(match: re.Match[str], language: Language) -> str:
    """What points at a document by its number, as pointing at it by "this"."""
    thing = match["document"] or match["genre"]
    if match["this"]:
        return match[0]
    if language == "en":
        return f"{'This' if match[0][0].isupper() else 'this'} {thing}"
    number = match["number"].casefold()
    masculine = thing[-1] not in "аеиоуыэюя"
    this = next((form for ending, form in _ENDINGS if number.endswith(ending)), "этот" if masculine else "этой")
    return f"{this.capitalize() if match[0][0].isupper() else this} {thing}"
