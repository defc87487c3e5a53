"""The only sentences of an answer that are not copied from a document: fixed, in the question's language."""

from typing import TYPE_CHECKING

from index.document import Document, Language
from rag.extractive.described import date_of, kind_of_document
from rag.question import Filters
from rag.talk.limits import limits

if TYPE_CHECKING:
    from rag.extractive.agreement import Compared
    from rag.retrieve import Search

_FROM = {"en": "From “{title}” ({date}):", "ru": "Из документа “{title}” ({date}):"}
_KIND = "{kind} “{title}” ({date}):"
_LATER = {"en": "Later: ", "ru": "Позднее: "}
_COMPARED = {
    ("number", False): {"en": "The documents give different numbers", "ru": "Документы называют разные числа"},
    ("number", True): {"en": "The documents give the same number", "ru": "Документы называют одно и то же число"},
    ("date", False): {"en": "The documents give different dates", "ru": "Документы называют разные даты"},
    ("date", True): {"en": "The documents agree in the date", "ru": "Дата в документах одна и та же"},
}
_TEXTS = {
    "en": {"ru": "Russian texts", "en": "English texts"},
    "ru": {"ru": "русские тексты", "en": "английские тексты"},
}
_NOTHING = {
    "en": "Nothing was found in this archive that answers the question. Searched by meaning and by words, {texts}: "
    "{documents} of {all} documents, {passages} passages{limits}.",
    "ru": "В этом архиве не найдено ответа на вопрос. Поиск по смыслу и по словам, {texts}: документов {documents} "
    "из {all}, отрывков {passages}{limits}.",
}
_UNVERIFIED = {
    "en": "Nothing can be stated: no quotation could be verified.",
    "ru": "Ответить нельзя: ни одна цитата не подтвердилась.",
}
_SURE, _LIKELY = 0.85, 0.6  # confidence; what is above the floor and less is called doubtful
_CONFIDENCE = {
    "en": (
        "By what was found, this archive very probably answers the question.",
        "By what was found, this archive probably answers the question.",
        "By what was found, it is doubtful whether this archive answers the question.",
        "Confidence that this archive answers the question: {percent} %.",
    ),
    "ru": (
        "Судя по найденному, в этом архиве ответ на вопрос почти наверняка есть.",
        "Судя по найденному, в этом архиве ответ на вопрос, скорее всего, есть.",
        "Судя по найденному, есть ли в этом архиве ответ на вопрос, сомнительно.",
        "Уверенность, что в этом архиве есть ответ на вопрос: {percent} %.",
    ),
}
_MODEL_FAILED = {
    "en": "The language model gave no answer, so the documents alone speak: {}.",
    "ru": "Языковая модель не ответила, поэтому говорят только документы: {}.",
}
_MODEL_UNSOUND = {
    "en": "Nothing that the language model wrote could be borne out, so the documents alone speak.",
    "ru": "Ничего из написанного языковой моделью не подтвердилось, поэтому говорят только документы.",
}
_BROKEN_OFF = {"en": "the language model broke off", "ru": "языковая модель оборвала ответ"}
_AND = {"en": " and ", "ru": " и "}


def source_line(document: Document, language: Language) -> str:
    """What introduces quotations: what the document is that they are from, of what date, and its title."""
    date, kind = date_of(document, language), kind_of_document(document, language)
    if kind is None:
        return _FROM[language].format(title=document.title, date=date)
    return _KIND.format(kind=kind, date=date, title=document.title)


def later(line: str, language: Language) -> str:
    """A source line of a document that is later than the one before it."""
    return _LATER[language] + line


def comparison(found: "Compared", language: Language) -> str:
    """That two documents give the same or different numbers or dates, which, and what documents they are."""
    told = zip(found.figures, (found.one, found.two), strict=True)
    lines = [f"{figure} — {source_line(x.hit.document, language).removesuffix(':')}" for figure, x in told]
    return f"{_COMPARED[found.kind, found.same][language]}: {'; '.join(lines)}:"


def nothing_found(search: "Search", filters: Filters, language: Language, documents: int) -> str:
    """That the archive, which holds `documents`, has no answer; and what was searched."""
    texts = _AND[language].join(_TEXTS[language][side] for side in filters.languages)
    return _NOTHING[language].format(
        texts=texts,
        documents=search.documents,
        all=documents,
        passages=search.passages,
        limits=_limits(filters, language),
    )


def confidence_words(confidence: float, language: Language, *, abstained: bool) -> str:
    """How sure it is, by what was found, that the archive answers a question; a bare figure if it was not answered."""
    sure, likely, doubtful, figure = _CONFIDENCE[language]
    if abstained:
        return figure.format(percent=round(100 * confidence) or "< 1")
    return sure if confidence >= _SURE else likely if confidence >= _LIKELY else doubtful


def model_failed(trouble: str, language: Language) -> str:
    """That the documents alone speak, since a language model failed."""
    said = _MODEL_FAILED[language].format(trouble)
    return said[:-1] if trouble.endswith(("?", ".", "!")) else said


def model_unsound(language: Language) -> str:
    """That the documents alone speak, since nothing that a language model wrote is stated."""
    return _MODEL_UNSOUND[language]


def broken_off(language: Language) -> str:
    """That a sentence was not finished."""
    return _BROKEN_OFF[language]


def nothing_verified(language: Language) -> str:
    """That nothing is left of a draft."""
    return _UNVERIFIED[language]


def _limits(filters: Filters, language: Language) -> str:
    told = [limit.label(language) for limit in limits(filters) if limit.kind != "languages"]  # they are told as texts
    return f" ({', '.join(told)})" if told else ""
