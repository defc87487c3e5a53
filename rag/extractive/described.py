"""What a document is, in a few words of either language: its genre, whose it is, its date.

The genre is read from the title, in the form of archives' titles ("Letter from ...", "Politburo Decision to ...");
where the title tells none, none is told. Whose it is, is the catalogue's author, or a body named beside the genre.
"""

import re
from functools import lru_cache

from index.document import Document, Language
from rag.dating import dated

_GENRES = {  # as titles have it -> in English and in Russian
    r"draft": ("Draft", "Проект"),
    r"(?:ciphered|coded|cipher|encrypted) (?:telegram|cable)s?": ("Ciphered telegram", "Шифротелеграмма"),
    r"telegrams": ("Telegrams", "Телеграммы"),
    r"telegram|cable": ("Telegram", "Телеграмма"),
    r"letters": ("Letters", "Письма"),
    r"letter": ("Letter", "Письмо"),
    r"note verbale|verbal note": ("Note verbale", "Вербальная нота"),
    r"(?:memorandum|record|minutes|transcript|notes|memcon) of (?:an? |the )?(?:\w+ )?conversations?": (
        "Record of a conversation", "Запись беседы"
    ),
    r"conversation": ("Conversation", "Беседа"),
    r"memorandum": ("Memorandum", "Записка"),
    r"annual report": ("Annual report", "Годовой отчёт"),
    r"report": ("Report", "Доклад"),
    r"minutes": ("Minutes", "Протокол"),
    r"protocol": ("Protocol", "Протокол"),
    r"(?:diary|journal)": ("Diary", "Дневник"),
    r"decision": ("Decision", "Решение"),
    r"resolution": ("Resolution", "Постановление"),
    r"decree": ("Decree", "Указ"),
    r"directive": ("Directive", "Директива"),
    r"order": ("Order", "Приказ"),
    r"instructions?": ("Instructions", "Указания"),
    r"list": ("List", "Список"),
    r"speech": ("Speech", "Речь"),
    r"statement": ("Statement", "Заявление"),
    r"agreement": ("Agreement", "Соглашение"),
    r"treaty": ("Treaty", "Договор"),
    r"message": ("Message", "Послание"),
    r"interview": ("Interview", "Интервью"),
}  # fmt: skip
_RUSSIAN_TITLES = {  # what the same genres are called where the title is Russian
    r"шифр(?:о|ованная )?телеграмма": "Ciphered telegram",
    r"телеграмма": "Telegram",
    r"письмо": "Letter",
    r"запись беседы": "Record of a conversation",
    r"доклад|отч[её]т": "Report",
    r"записка": "Memorandum",
    r"протокол": "Protocol",
    r"(?:из )?дневника?": "Diary",
    r"решение": "Decision",
    r"постановление": "Resolution",
    r"директива": "Directive",
    r"приказ": "Order",
    r"речь": "Speech",
    r"заявление": "Statement",
    r"соглашение": "Agreement",
    r"договор": "Treaty",
}
_BODIES = {
    "Politburo": ("of the Politburo", "Политбюро"),
    "Central Committee": ("of the Central Committee", "Центрального комитета"),
    "Council of Ministers": ("of the Council of Ministers", "Совета министров"),
    "Secretariat": ("of the Secretariat", "Секретариата"),
}
_RULING = frozenset({"Decision", "Resolution", "Decree", "Directive", "Order", "Instructions", "Minutes", "Protocol"})
_AUTHORS = ("Author(s)", "Authors", "Author", "Creator", "Creators", "Автор")  # labels of the catalogue
_BY = {"en": "{} by {}", "ru": "{}, автор: {}"}
_UNDATED = {"en": "undated", "ru": "без даты"}
_PARTS = "of on about for concerning regarding by with to in at under against and between".replace(" ", "|")
_BEFORE = rf"(?:[^:]{{1,40}}: )?(?:(?!(?:{_PARTS})\b)[\w.()’'-]+,? ){{0,4}}?"  # the words of a title before its genre
_BY_TITLE = [(re.compile(rf"{_BEFORE}(?P<genre>{words})\b", re.IGNORECASE), names) for words, names in _GENRES.items()]
_BY_RUSSIAN_TITLE = [
    (re.compile(rf"(?P<genre>{words})\b", re.IGNORECASE), english) for words, english in _RUSSIAN_TITLES.items()
]
_RUSSIAN_NAME = dict(_GENRES.values())


@lru_cache(maxsize=5_000)
def genre(title: str) -> tuple[str, str] | None:
    """What a title says that a document is, in English and in Russian; None if it does not say."""
    found = [(m.start("genre"), -len(m["genre"]), names) for form, names in _BY_TITLE if (m := form.match(title))]
    if found:
        return min(found)[2]
    english = next((name for form, name in _BY_RUSSIAN_TITLE if form.match(title)), None)
    return (english, _RUSSIAN_NAME[english]) if english else None


def kind_of_document(document: Document, language: Language) -> str | None:
    """The genre of a document and whose it is: "Decision of the Politburo"; None if its title names no genre."""
    names = genre(document.title)
    if names is None:
        return None
    name = names[language == "ru"]
    if author := next((found for label in _AUTHORS if (found := document.field(label))), None):
        return _BY[language].format(name, " ".join(author.split()))
    body = _body(document.title) if names[0] in _RULING else None
    return f"{name} {body[language == 'ru']}" if body else name


def _body(title: str) -> tuple[str, str] | None:
    """The body whose ruling it is, if the title begins with it or says so after the genre."""
    for name, told in _BODIES.items():
        if re.match(rf"(?:\w+ )?{name}\b|(?:\w+ ){{1,2}}(?:of|by) the (?:\w+ )?{name}\b", title):
            return told
    return None


def date_of(document: Document, language: Language) -> str:
    """Its date in words, or that it has none."""
    return dated(document.date, language) if document.date else _UNDATED[language]
