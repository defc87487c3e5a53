"""What the notebook says, on its page and in the files that it is exported to."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ui.messages import Words, copying

if TYPE_CHECKING:
    from rag.notebook import Why

NOTEBOOK: Words = {"en": "Notebook", "ru": "Выписки"}
HELP: Words = {
    "en": "Quotations that you collect stand here. They are kept in this tab of your browser alone, until it closes; "
    "the server keeps nothing, and nobody else sees them. Each is verified again whenever this page opens, and at the "
    "export.",
    "ru": "Здесь собраны ваши выписки. Они хранятся только в этой вкладке браузера, пока она открыта; на "
    "сервере ничего не остаётся, и никто другой их не видит. Каждая сверяется заново при открытии страницы и при "
    "выгрузке.",
}
EMPTY: Words = {
    "en": "Nothing is collected yet. Press “Collect” below a quotation: in an answer, in a document, or in what was "
    "looked up.",
    "ru": "Пока ничего не выписано. Нажмите «В выписки» под цитатой: в ответе, в документе или в найденном.",
}
SCRIPTLESS: Words = {
    "en": "The notebook is kept by the browser, which must be allowed to run this page's scripts.",
    "ru": "Выписки хранит браузер; для этого ему нужно разрешить сценарии этой страницы.",
}
OPENING: Words = {"en": "Verifying the quotations …", "ru": "Цитаты сверяются …"}
UNREACHED: Words = {
    "en": "The server cannot be reached, so nothing could be verified. What you collected is still here: start the "
    "server again, or wait, and open this page anew.",
    "ru": "Сервер недоступен, сверить цитаты нельзя. Выписки не пропали: запустите сервер снова или подождите и "
    "откройте страницу заново.",
}
TOO_MANY: Words = {
    "en": "The notebook takes {} quotations; the others are not shown, and not exported. Export these, then remove "
    "some.",
    "ru": "Больше цитат, чем {}, в выписки не помещается; остальные не показаны и не выгружаются. "
    "Выгрузите эти и уберите часть.",
}
NOTE: Words = {"en": "Your note", "ru": "Ваша заметка"}
UP: Words = {"en": "Up", "ru": "Выше"}
DOWN: Words = {"en": "Down", "ru": "Ниже"}
REMOVE: Words = {"en": "Remove", "ru": "Убрать"}
WHICH: Words = {"en": ": paragraph {} of “{}”", "ru": ": абзац {}, «{}»"}
WHICH_ONE: Words = {"en": ": {}", "ru": ": {}"}
CLEAR: Words = {"en": "Clear the notebook …", "ru": "Очистить выписки …"}
CLEAR_SURE: Words = {
    "en": "Remove every quotation and every note? They cannot be brought back.",
    "ru": "Убрать все цитаты и заметки? Вернуть их будет нельзя.",
}
CLEAR_YES: Words = {"en": "Remove all", "ru": "Убрать все"}
EXPORT: Words = {"en": "Export", "ru": "Выгрузить"}
EXPORT_HELP: Words = {
    "en": "Everything is verified once more, word for word; what does not stand is left out, and the file says so.",
    "ru": "Всё сверяется ещё раз, слово в слово; что не подтвердилось, в файл не войдёт, и в нём это будет сказано.",
}
FORMAT: Words = {"en": "Format", "ru": "Формат"}
FORMATS: Mapping[str, Words] = {
    "docx": {"en": "Word (DOCX)", "ru": "Word (DOCX)"},
    "md": {"en": "Markdown", "ru": "Markdown"},
    "ris": {"en": "RIS (Zotero, EndNote)", "ru": "RIS (Zotero, EndNote)"},
    "json": {"en": "CSL-JSON (Zotero, Pandoc)", "ru": "CSL-JSON (Zotero, Pandoc)"},
}
STYLE: Words = {"en": "Citations", "ru": "Ссылки"}
STYLES: Mapping[str, Words] = {
    style: copying.STYLES[style] for style in ("chicago-note", "chicago-bibliography", "gost", "wilson")
}
LANGUAGE: Words = {"en": "Language of the file", "ru": "Язык файла"}
TO_COPY: Words = {"en": "What the buttons below copy:", "ru": "Что копируют кнопки ниже:"}
FALLEN: "Mapping[Why, Words]" = {
    "illegible": {
        "en": "the address that it was kept by cannot be read",
        "ru": "адрес, под которым она хранилась, не читается",
    },
    "gone": {"en": "the document is not in this archive any more", "ru": "документа в этом архиве больше нет"},
    "changed": {"en": "other words stand there now", "ru": "на этом месте теперь стоят другие слова"},
    "cut": {"en": "it begins or ends inside a word", "ru": "она начинается или кончается внутри слова"},
}
NO_LONGER: Words = {"en": "No longer stands, and is not exported: {}", "ru": "Не подтвердилась и не выгружается: {}"}
FALLEN_PLACE: Words = {"en": "document {}, {} text", "ru": "документ {}, {} текст"}
REFACED: Words = {
    "en": "The words that stood beside it when it was collected are no longer in the document; these face it now.",
    "ru": "Слов, стоявших рядом, когда она была выписана, в документе больше нет; теперь рядом стоят эти.",
}
NOTHING_STANDS: Words = {
    "en": "There is nothing to export: no quotation that was sent stands in this archive.",
    "ru": "Выгружать нечего: ни одна из присланных цитат в этом архиве не подтвердилась.",
}
BACK: Words = {"en": "Back to the notebook", "ru": "Назад к выпискам"}
UNKNOWN_FORMAT: Words = {
    "en": "There is no such format, style or language to export to.",
    "ru": "Такого формата, стиля или языка для выгрузки нет.",
}
LONG_NOTE: Words = {
    "en": "A note has {} characters; the most is {}. Shorten it.",
    "ru": "В заметке знаков: {}, а помещается {}. Сократите её.",
}

# In the file itself, in its language.
TITLE: Words = {"en": "Quotations from the archive", "ru": "Выписки из архива"}
MADE: Words = {
    "en": "Exported on {day} by Delo {version}. Every quotation was verified again at the export: these words stand in "
    "the documents of the index, generation {generation}.",
    "ru": "Выгружено {day} программой Delo {version}. При выгрузке каждая цитата сверена заново: эти слова стоят в "
    "документах указателя, поколение {generation}.",
}
QUOTED: Words = {"en": "quoted", "ru": "цитируется"}
LEFT_OUT: Words = {"en": "Left out", "ru": "Не вошло"}
LEFT_OUT_WHY: Words = {
    "en": "These quotations were collected too, but could not be verified, and so are not quoted.",
    "ru": "Эти цитаты тоже были выписаны, но не подтвердились и потому не приведены.",
}
READERS_NOTE: Words = {"en": "Note", "ru": "Заметка"}
