"""What the page says in its own words, in the two languages a question can be asked in."""

from collections.abc import Mapping

from index.document import Language
from rag.answer import Verdict

Words = Mapping[Language, str]

SHORT_NAMES: Mapping[Language, Words] = {
    "ru": {"en": "Russian", "ru": "Русский"},
    "en": {"en": "English", "ru": "Английский"},
}
ORIGINAL: Words = {"en": "original", "ru": "оригинал"}
TRANSLATION: Words = {"en": "translation", "ru": "перевод"}
VERDICTS: Mapping[Verdict, Words] = {
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
UNDATED: Words = {"en": "undated", "ru": "без даты"}
NO_REFERENCE: Words = {"en": "no archival reference", "ru": "без архивного шифра"}
WRITTEN_BY: Words = {
    "en": "The sentences around the quotations were written by {}; only the quotations are checked.",
    "ru": "Предложения вокруг цитат написаны: {}; проверены только цитаты.",
}
ABSTAINED: Words = {"en": "No answer in this archive", "ru": "В этом архиве ответа нет"}
UNVERIFIED: Words = {
    "en": "Nothing is stated: no quotation could be verified.",
    "ru": "Ничего не утверждается: ни одна цитата не подтвердилась.",
}
NEAREST: Words = {"en": "The nearest documents", "ru": "Ближайшие документы"}
WITHHELD: Words = {
    "en": "Withheld, since a quotation could not be verified: {}",
    "ru": "Не показано в ответе, так как цитата не подтвердилась: {}",
}
SEARCHING: Words = {"en": "Searching the archive …", "ru": "Поиск в архиве …"}
REFUSED: Words = {"en": "Not answered", "ru": "Без ответа"}
LONG: Words = {"en": "{} characters in all", "ru": "всего знаков: {}"}

RECORD: Words = {"en": "Record", "ru": "Запись"}
MOVED: Words = {
    "en": "The text has no such place, or has changed since; nothing is marked.",
    "ru": "Такого места в тексте нет, или текст с тех пор изменился; ничего не отмечено.",
}
MISSING: Words = {
    "en": "There is no document “{}” in this archive.",
    "ru": "Документа «{}» в этом архиве нет.",
}
EMPTY_READER: Words = {
    "en": "Documents open here, at the place quoted, both texts side by side.",
    "ru": "Здесь открывается документ на месте цитаты, оба текста рядом.",
}

HOLDINGS: Words = {"en": "Documents in this archive: {}", "ru": "Документов в этом архиве: {}"}

TITLE = "Delo"
TITLE_RUSSIAN = "дело"
PROMISE: Words = {
    "en": "Every quotation is copied from a document by code and checked: the words stand there. "
    "Whether they answer the question is for you to judge.",
    "ru": "Каждая цитата скопирована из документа программой и сверена: эти слова там стоят. "
    "Отвечают ли они на вопрос, судить вам.",
}
ASK = "Ask in English · Спросите по-русски"
EXAMPLES = "For example · Например"
