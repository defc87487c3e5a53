"""What the room says in which references and quotations are looked up."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ui.messages import VERDICTS, Words

if TYPE_CHECKING:
    from index.leaves import Relation
    from rag.located import QuoteVerdict

LOOK_UP: Words = {"en": "Look up", "ru": "Найти"}
SOUGHT: Words = {
    "en": "A reference, a quotation, both together, or a document’s number",
    "ru": "Шифр, цитата, цитата вместе с шифром или номер документа",
}
HELP: Words = {
    "en": "Paste a footnote, a sentence in English or in Russian, or a reference such as "
    "APRF, f.\u00a03, op.\u00a065, d.\u00a0776: an English sentence is shown with the Russian that it translates, "
    "a Russian one with its translation.",
    "ru": "Вставьте сноску, предложение по-русски или по-английски либо шифр, например "
    "АПРФ, ф.\u00a03, оп.\u00a065, д.\u00a0776: к русскому предложению показывается перевод, к английскому — русский "
    "текст, с которого оно переведено.",
}
KEYS: Words = {
    "en": "Enter looks it up; Shift and Enter begin a new line.",
    "ru": "Enter — найти, Shift и Enter — новая строка.",
}
BROWSE: Words = {"en": "Or look through", "ru": "Или просмотрите"}
BY_DATE: Words = {"en": "the documents by date", "ru": "документы по датам"}
BY_PLACE: Words = {"en": "the archives by fond, opis and delo", "ru": "архивы по фондам, описям и делам"}
LOCATED: "Mapping[QuoteVerdict, Words]" = {
    "exact": {"en": "Word for word in this archive", "ru": "Слово в слово в этом архиве"},
    "typographic": {
        "en": "In this archive; only the typography differs",
        "ru": "В этом архиве; отличие только в типографике",
    },
    "altered": {
        "en": "Not as quoted: what stands in the archive differs",
        "ru": "Приведено неверно: в архиве стоит другое",
    },
    "stitched": {
        "en": "Not as quoted: put together from words of several places",
        "ru": "Приведено неверно: составлено из слов разных мест",
    },
    "absent": {"en": "These words are not in this archive", "ru": "Этих слов в архиве нет"},
}
STANDS: "Mapping[QuoteVerdict, Words]" = {
    "exact": VERDICTS["exact"],
    "typographic": VERDICTS["typographic"],
    "altered": {"en": "altered", "ru": "изменено"},
    "stitched": {"en": "a part", "ru": "часть"},
    "absent": {"en": "only similar", "ru": "только похожее"},
}
OMITTED: Words = {"en": "omissions marked", "ru": "пропуски отмечены"}
IN_BRACKETS: Words = {"en": "added in brackets: {}", "ru": "добавлено в скобках: {}"}
PART: Words = {"en": "Quoted", "ru": "В цитате"}
CLOSEST: Words = {"en": "The nearest that stands there", "ru": "Ближайшее из того, что там есть"}
MORE: Words = {
    "en": "{} more passages have these words.",
    "ru": "Ещё отрывков с этими словами: {}.",
}
LEFT_OUT: Words = {"en": "Left out", "ru": "Пропущено"}
ADDED: Words = {"en": "Added", "ru": "Добавлено"}
CHANGED: Words = {"en": "Changed", "ru": "Изменено"}
MATCHES: "Mapping[Relation, Words]" = {
    "exact": {"en": "exact", "ru": "точно"},
    "leaf_in_range": {"en": "leaf inside the range", "ru": "лист входит в указанные"},
    "overlap": {"en": "overlapping leaves", "ru": "листы частично совпадают"},
    "same_file": {"en": "same file only", "ru": "только то же дело"},
}
REFERENCE_FITS: Words = {"en": "The reference fits ({}): {}", "ru": "Шифр верен ({}): {}"}
REFERENCE_WRONG: Words = {
    "en": "The reference does not fit: {}. Documents held under it: {}",
    "ru": "Шифр не подходит: {}. Документов под ним: {}",
}
UNDER_REFERENCE: Words = {"en": "Documents under this reference: {}", "ru": "Документов под этим шифром: {}"}
NUMBERED: Words = {"en": "Document number {}", "ru": "Документ номер {}"}
NOT_HELD: Words = {"en": "Not in this collection", "ru": "В этом собрании нет"}
NOT_HELD_WHY: Words = {
    "en": "Nothing is held under {}. Nothing similar is offered in its place.",
    "ru": "Под шифром {} ничего нет. Похожее взамен не предлагается.",
}
IN_TREE: Words = {
    "en": "What is held in the same part of the archive can be looked through:",
    "ru": "Можно просмотреть, что есть в той же части архива:",
}
PARTS: Mapping[str, Words] = {
    "archive": {"en": "", "ru": ""},
    "fond": {"en": "fond ", "ru": "фонд "},
    "opis": {"en": "opis ", "ru": "опись "},
}
HELD_NEAR: Words = {"en": "{} (documents: {})", "ru": "{} (документов: {})"}
NOT_LOOKED_UP: Words = {"en": "Nothing to look up", "ru": "Искать нечего"}
WHAT_CAN_BE: Words = {
    "en": "What can be looked up: two words of a quotation or more; a reference with the number of a fond; the number "
    "of a document.",
    "ru": "Найти можно два слова цитаты и больше; шифр с номером фонда; номер документа.",
}
MORE_DOCUMENTS: Words = {"en": "{} more documents", "ru": "Ещё документов: {}"}
