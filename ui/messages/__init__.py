"""What the page says in its own words, in the two languages a question can be asked in."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from index.document import Language

if TYPE_CHECKING:  # what is only looked up does not wait for numpy
    from rag.answer import Verdict
    from rag.difference import Mark
    from rag.reopened import Fate

Words = Mapping[Language, str]

SHORT_NAMES: Mapping[Language, Words] = {
    "ru": {"en": "Russian", "ru": "Русский"},
    "en": {"en": "English", "ru": "Английский"},
}
ORIGINAL: Words = {"en": "original", "ru": "оригинал"}
TRANSLATION: Words = {"en": "translation", "ru": "перевод"}
VERDICTS: "Mapping[Verdict, Words]" = {
    "exact": {"en": "word for word", "ru": "слово в слово"},
    "typographic": {"en": "differs only in typography", "ru": "отличие только в типографике"},
}
PLACE: Words = {"en": "{} text, paragraph {}", "ru": "{} текст, абзац {}"}
OPEN: Words = {"en": "Open the document at this place", "ru": "Открыть документ на этом месте"}
NO_COUNTERPART: Words = {
    "en": "Nothing faces these words in the other text.",
    "ru": "В другом тексте этим словам ничего не соответствует.",
}
NO_TEXT: Words = {
    "en": "This document has no text in this language.",
    "ru": "На этом языке у документа текста нет.",
}
UNSURE: Words = {
    "en": "Whether this is the counterpart is unsure.",
    "ru": "Соответствие текстов не установлено с уверенностью.",
}
COMPARE: Words = {"en": "Compare", "ru": "Сравните"}
UNDATED: Words = {"en": "undated", "ru": "без даты"}
NO_REFERENCE: Words = {"en": "no archival reference", "ru": "без архивного шифра"}
WRITTEN_BY: Words = {
    "en": "The words beside the dotted line were written by {}, a language model. The quotations are not its words: "
    "the program copied them from the documents.",
    "ru": "Слова у пунктирной линии написаны языковой моделью {}. Цитаты — не её слова: "
    "программа скопировала их из документов.",
}
MODELS_WORDS: Words = {"en": "The model's words", "ru": "Слова модели"}
ABSTAINED: Words = {"en": "No answer found in this archive", "ru": "Ответ в этом архиве не найден"}
UNVERIFIED: Words = {
    "en": "Nothing is stated: no quotation could be verified.",
    "ru": "Ничего не утверждается: ни одна цитата не подтвердилась.",
}
NEAREST_PASSAGES: Words = {
    "en": "The nearest passages, which may not answer the question",
    "ru": "Ближайшие отрывки; ответа в них может не быть",
}
NEAREST: Words = {"en": "The nearest documents", "ru": "Ближайшие документы"}
WITHHELD: Words = {"en": "Withheld sentences: {}", "ru": "Не утверждается предложений: {}"}
WITHHELD_HERE: Words = {"en": "Withheld", "ru": "Не утверждается"}
NOT_BORNE_OUT: Words = {
    "en": "Quotations that it pointed at: {}",
    "ru": "Цитат, на которые оно указывало: {}",
}
SEARCHING: Words = {"en": "Searching the archive …", "ru": "Поиск в архиве …"}
SEARCHED: Words = {
    "en": "Searched {documents} documents, {passages} passages; the nearest {hits} are being read …",
    "ru": "Просмотрено документов: {documents}, отрывков: {passages}; читаются ближайшие: {hits} …",
}
WRITING: Words = {
    "en": "Searched {documents} documents, {passages} passages; {model} is reading the nearest {hits} …",
    "ru": "Просмотрено документов: {documents}, отрывков: {passages}; {model} читает ближайшие: {hits} …",
}
UNDER_WAY: Words = {"en": "still being written", "ru": "ещё пишется"}
BROKEN_OFF: Words = {
    "en": "The answer was broken off here.",
    "ru": "На этом месте ответ прерван.",
}
UNDERSTOOD: Words = {"en": "Understood as", "ru": "Понято так"}
LIMITS: Words = {"en": "Limits of the next question", "ru": "Ограничения следующего вопроса"}
REMOVE: Words = {"en": "Remove this limit: {}", "ru": "Снять ограничение: {}"}
ANEW: Words = {"en": "Begin anew", "ru": "Начать заново"}
REFUSED: Words = {"en": "Not answered", "ru": "Без ответа"}
LONG: Words = {"en": "{} characters in all", "ru": "всего знаков: {}"}

KEPT: Words = {"en": "Kept as record", "ru": "Сохранено как запись"}
NO_RECORD: Words = {
    "en": "There is no record “{}” among those kept here.",
    "ru": "Записи «{}» среди сохранённых здесь нет.",
}
BY_DOCUMENTS: Words = {"en": "the documents alone", "ru": "только документы"}
RECORD_MADE: Words = {
    "en": "Answered {} UTC by Delo {} ({}), from generation {} of the index",
    "ru": "Ответ дан {} UTC, Delo {} ({}), поколение указателя {}",
}
UNCHANGED: Words = {
    "en": "Nothing has changed: every quotation stands as it was given.",
    "ru": "Ничего не изменилось: все цитаты на своих местах.",
}
ALL_STAND: Words = {
    "en": "Every quotation stands; what else is different is told below.",
    "ru": "Все цитаты на месте; что ещё изменилось, сказано ниже.",
}
FALLEN: Words = {"en": "No longer standing: {} of {}.", "ru": "Не подтвердились цитаты: {} (всего цитат: {})."}
SAME_INDEX: Words = {
    "en": "The index is the same (generation {}).",
    "ru": "Указатель тот же (поколение {}).",
}
OTHER_INDEX: Words = {
    "en": "The index has changed since (generation {}).",
    "ru": "Указатель с тех пор изменился (поколение {}).",
}
FATES: "Mapping[Fate, Words]" = {
    "stands": {"en": "Stands where it stood", "ru": "Цитата на прежнем месте"},
    "moved": {
        "en": "Stands elsewhere in the document now: paragraph {paragraph}",
        "ru": "Цитата теперь в другом месте документа: абзац {paragraph}",
    },
    "changed": {
        "en": "No longer stands; what stands there now, paragraph {paragraph}:",
        "ru": "Этих слов в документе больше нет; на их месте теперь, абзац {paragraph}:",
    },
    "elsewhere": {
        "en": "No longer stands in document {was}; the words are in document {document}, paragraph {paragraph}",
        "ru": "Этих слов в документе {was} больше нет; они есть в документе {document}, абзац {paragraph}",
    },
    "lost": {
        "en": "No longer stands; nothing near to it is in the document now",
        "ru": "Этих слов в документе больше нет, и ничего близкого к ним тоже",
    },
    "gone": {
        "en": "No longer stands: document {was} is not in this archive any more",
        "ru": "Документа {was} в этом архиве больше нет",
    },
}
FACING_GONE: Words = {
    "en": "The words beside it are no longer in the document; what faces it now:",
    "ru": "Слов, стоявших рядом, в документе больше нет; теперь рядом стоит:",
}
FACING_OTHER: Words = {"en": "Other words face it now:", "ru": "Теперь рядом стоят другие слова:"}
GIVEN_PLACE: Words = {"en": "document {}, paragraph {}", "ru": "документ {}, абзац {}"}
RESTATED: Mapping[str, Words] = {
    "title": {"en": "title", "ru": "заглавие"},
    "date": {"en": "date", "ru": "дата"},
    "references": {"en": "reference", "ru": "шифр"},
}
IS_NOW: Words = {
    "en": "Document {}: the {} in the catalogue was “{}”, now “{}”",
    "ru": "Документ {}, описание изменилось ({}): было «{}», стало «{}»",
}
GONE: Words = {
    "en": "Document {} is not in this archive any more",
    "ru": "Документа {} в этом архиве больше нет",
}

RECORD: Words = {"en": "Record", "ru": "Запись"}
MOVED: Words = {
    "en": "The text has no such place, or has changed since; nothing is marked.",
    "ru": "Такого места в тексте нет, или текст с тех пор изменился; ничего не отмечено.",
}
MISSING: Words = {
    "en": "There is no document “{}” in this archive.",
    "ru": "Документа «{}» в этом архиве нет.",
}

HOLDINGS: Words = {"en": "Documents in this archive: {}", "ru": "Документов в этом архиве: {}"}

TITLE = "Delo"
TITLE_RUSSIAN = "дело"
PROMISE: Words = {
    "en": "Every quotation is copied from a document by the program and checked: these words stand there. "
    "Whether they answer the question is for you to judge.",
    "ru": "Каждая цитата скопирована программой и сверена: в документе стоят именно эти слова. "
    "Отвечают ли они на вопрос, судить вам.",
}

PUNCTUATION: Words = {"en": "Only the punctuation is changed.", "ru": "Изменены только знаки препинания."}
MARKS: "Mapping[Mark, Words]" = {
    "number": {"en": "a number", "ru": "число"},
    "date": {"en": "a date", "ru": "дата"},
    "name": {"en": "a name", "ru": "имя"},
    "negation": {"en": "a negation", "ru": "отрицание"},
    "punctuation": {"en": "punctuation", "ru": "пунктуация"},
}
