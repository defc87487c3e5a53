"""Reading: a document, the list of documents, the timeline and the tree."""

from index.document import Language
from index.listing import Part
from ui.messages import Words

# A document

AROUND: Words = {"en": "Beside this document", "ru": "Рядом с этим документом"}
EARLIER: Words = {"en": "Previous by date", "ru": "Предыдущий по дате"}
LATER: Words = {"en": "Next by date", "ru": "Следующий по дате"}
SAME_FILE: Words = {"en": "Also in this file: {}", "ru": "Ещё в этом деле: {}"}
WHOLE_FILE: Words = {"en": "The whole file as a list", "ru": "Всё дело списком"}
SHOWN: Words = {"en": "Texts shown", "ru": "Показаны тексты"}
BOTH: Words = {"en": "both", "ru": "оба"}
SIDES: dict[Language, Words] = {
    "ru": {"en": "Russian only", "ru": "только русский"},
    "en": {"en": "English only", "ru": "только английский"},
}
FIND: Words = {"en": "Find in this document", "ru": "Найти в этом документе"}
SEEK: Words = {"en": "Find", "ru": "Найти"}
CLEAR: Words = {"en": "Clear", "ru": "Сбросить"}
FOUND: Words = {"en": "Places found: {}", "ru": "Найдено мест: {}"}
FOUND_IN: dict[Language, Words] = {
    "ru": {"en": "Russian {}", "ru": "в русском {}"},
    "en": {"en": "English {}", "ru": "в английском {}"},
}
FOUND_MOST: Words = {"en": "the first {} are marked", "ru": "отмечены первые {}"}
NOT_FOUND: Words = {
    "en": "Nothing found. Words are found in any form, side by side in this order.",
    "ru": "Ничего не найдено. Слова ищутся в любой форме, рядом и в этом порядке.",
}
PREVIOUS_FIND: Words = {"en": "previous", "ru": "назад"}
NEXT_FIND: Words = {"en": "next", "ru": "дальше"}
PLACE_OF: Words = {"en": "{} of {}", "ru": "{} из {}"}
MARKED: Words = {"en": "The place marked", "ru": "Отмеченное место"}
COLLECT: Words = {"en": "Collect", "ru": "В выписки"}
ADDRESS: Words = {"en": "Copy address", "ru": "Копировать адрес"}
SELECTED: Words = {"en": "The passage selected", "ru": "Выделенное место"}
MARK: Words = {"en": "Open with an address of its own", "ru": "Открыть с постоянным адресом"}
SOURCE: Words = {"en": "Source", "ru": "Источник"}

# Lists of documents

DOCUMENTS: Words = {"en": "Documents", "ru": "Документы"}
BY_DATE: Words = {"en": "By date", "ru": "По датам"}
BY_PLACE: Words = {"en": "By archive and file", "ru": "По архивам и делам"}
VIEWS: Words = {"en": "Ways through the collection", "ru": "Порядок просмотра"}
COUNT: Words = {"en": "Documents: {}", "ru": "Документов: {}"}
COUNT_OF: Words = {"en": "Documents: {} of {}", "ru": "Документов: {} из {}"}
PAGE: Words = {"en": "Page {} of {}", "ru": "Страница {} из {}"}
PAGES: Words = {"en": "Pages", "ru": "Страницы"}
PREVIOUS_PAGE: Words = {"en": "Previous page", "ru": "Предыдущая страница"}
NEXT_PAGE: Words = {"en": "Next page", "ru": "Следующая страница"}
FILTERS: Words = {"en": "Show only", "ru": "Показать только"}
APPLY: Words = {"en": "Show", "ru": "Показать"}
ALL: Words = {"en": "Show all", "ru": "Показать все"}
TAKE_AWAY: Words = {"en": "Take away", "ru": "Снять"}
ANY: Words = {"en": "any", "ru": "любой"}
FIELDS: dict[str, Words] = {
    "after": {"en": "From", "ru": "С"},
    "before": {"en": "Until", "ru": "По"},
    "archive": {"en": "Archive", "ru": "Архив"},
    "fond": {"en": "Fond", "ru": "Фонд"},
    "opis": {"en": "Opis", "ru": "Опись"},
    "papka": {"en": "Papka", "ru": "Папка"},
    "delo": {"en": "Delo", "ru": "Дело"},
    "person": {"en": "Person, in either script", "ru": "Лицо (кириллицей или латиницей)"},
    "original": {"en": "Language of the original", "ru": "Язык оригинала"},
    "title": {"en": "Words in the title", "ru": "Слова в заглавии"},
    "undated": {"en": "Only undated documents", "ru": "Только документы без даты"},
}
DATE_FORM: Words = {
    "en": "A year, month or day: 1949, 1949-09, 1949-09-24.",
    "ru": "Год, месяц или день: 1949, 1949-09, 1949-09-24.",
}
NO_DATE: Words = {
    "en": "“{}” is no date; write a year, month or day: 1949, 1949-09, 1949-09-24.",
    "ru": "«{}» — не дата; укажите год, месяц или день: 1949, 1949-09, 1949-09-24.",
}
BACKWARDS: Words = {
    "en": "No day is both after {} and before {}; exchange the two.",
    "ru": "Нет дня после {} и до {}; поменяйте их местами.",
}
NONE_LEFT: Words = {
    "en": "No document of this archive fits all of that. Take something away, or show all.",
    "ru": "Ни один документ этого архива не подходит под эти условия. Снимите одно из них или покажите все.",
}
EMPTY: Words = {"en": "This archive holds no documents yet.", "ru": "В этом архиве пока нет документов."}
EMPTY_COMMAND: Words = {
    "en": "Put documents into it with this command, where FOLDER holds their files:",
    "ru": "Внести документы можно этой командой (FOLDER — папка с их файлами):",
}
EMPTY_ADD: Words = {"en": "Or add files here", "ru": "Или добавьте файлы здесь"}

# The timeline

TIMELINE: Words = {"en": "Documents by date", "ru": "Документы по датам"}
WHOLE_TIME: Words = {"en": "The whole time, {}–{}", "ru": "Всё время, {}–{}"}
UNDATED: Words = {"en": "Undated: {}", "ru": "Без даты: {}"}
YEAR_ALONE: Words = {
    "en": "Dated by the year alone, and in no month here: {}",
    "ru": "Датированы только годом и не отнесены к месяцу: {}",
}
LONGER: Words = {"en": "Dated by more than one year: {}", "ru": "Датированы несколькими годами: {}"}
YEAR: Words = {"en": "Year", "ru": "Год"}
DECADE: Words = {"en": "Years from", "ru": "Годы с"}
_MONTHS = "January February March April May June July August September October November December"
_RUSSIAN_MONTHS = "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь"
MONTHS: tuple[Words, ...] = tuple(
    {"en": english, "ru": russian} for english, russian in zip(_MONTHS.split(), _RUSSIAN_MONTHS.split(), strict=True)
)

# The tree

TREE_HELP: Words = {
    "en": "Archives, and in each of them fonds, opisi and dela, with the number of documents held here.",
    "ru": "Архивы, в каждом из них фонды, описи и дела, с числом документов в этом собрании.",
}
PARTS: dict[Part, Words] = {
    "archive": {"en": "{}", "ru": "{}"},
    "fond": {"en": "Fond {}", "ru": "Фонд {}"},
    "opis": {"en": "Opis {}", "ru": "Опись {}"},
    "papka": {"en": "Papka {}", "ru": "Папка {}"},
    "delo": {"en": "Delo {}", "ru": "Дело {}"},
}
PARTS_LACKING: dict[Part, Words] = {
    "archive": {"en": "No archive named", "ru": "Архив не назван"},
    "fond": {"en": "No fond given: shelf marks of other kinds", "ru": "Фонд не указан: шифры другого рода"},
    "opis": {"en": "No opis given", "ru": "Опись не указана"},
    "papka": {"en": "No papka given", "ru": "Папка не указана"},
    "delo": {"en": "No delo given", "ru": "Дело не указано"},
}
INSIDE: Words = {"en": "Show what lies in it", "ru": "Показать, что в нём"}
AS_LIST: Words = {"en": "As a list", "ru": "Списком"}
NOTHING_THERE: Words = {"en": "Nothing of this archive lies there.", "ru": "Документов этого архива там нет."}
