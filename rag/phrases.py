"""The only sentences of an answer that are not copied from a document: fixed, in the question's language."""

from index.document import Document, Language
from rag.question import Filters
from rag.retrieve import Search

_FROM = {"en": "From “{title}” ({date}):", "ru": "Из документа “{title}” ({date}):"}
_UNDATED = {"en": "undated", "ru": "без даты"}
_TEXTS = {
    "en": {"ru": "Russian texts", "en": "English texts"},
    "ru": {"ru": "русские тексты", "en": "английские тексты"},
}
_NOTHING = {
    "en": "This archive holds nothing that answers the question. Searched by meaning and by words, {texts}: "
    "{documents} of {all} documents, {passages} passages{limits}.",
    "ru": "В этом архиве нет ответа на вопрос. Поиск по смыслу и по словам, {texts}: документов {documents} из {all}, "
    "отрывков {passages}{limits}.",
}
_UNVERIFIED = {
    "en": "Nothing can be stated: no quotation could be verified.",
    "ru": "Ответить нельзя: ни одна цитата не подтвердилась.",
}
_LIMITS = {
    "en": {"after": "from {}", "before": "until {}", "archives": "archive {}"},
    "ru": {"after": "с {}", "before": "по {}", "archives": "архив {}"},
}
_AND = {"en": " and ", "ru": " и "}


def source_line(document: Document, language: Language) -> str:
    """What introduces a quotation: the document it is from."""
    date = document.date.text if document.date else _UNDATED[language]
    return _FROM[language].format(title=document.title, date=date)


def nothing_found(search: Search, filters: Filters, language: Language, documents: int) -> str:
    """That the archive, which holds `documents`, has no answer; and what was searched."""
    texts = _AND[language].join(_TEXTS[language][side] for side in filters.languages)
    return _NOTHING[language].format(
        texts=texts,
        documents=search.documents,
        all=documents,
        passages=search.passages,
        limits=_limits(filters, language),
    )


def nothing_verified(language: Language) -> str:
    """That nothing is left of a draft."""
    return _UNVERIFIED[language]


def _limits(filters: Filters, language: Language) -> str:
    forms = _LIMITS[language]
    told = [forms["after"].format(filters.after)] if filters.after else []
    told += [forms["before"].format(filters.before)] if filters.before else []
    told += [forms["archives"].format(name) for name in filters.archives]
    return f" ({', '.join(told)})" if told else ""
