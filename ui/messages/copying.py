"""What is said where a quotation or a citation can be copied."""

from ui.messages import Words

COPY: Words = {"en": "Copy", "ru": "Копировать"}
COLLECT: Words = {"en": "Collect", "ru": "В выписки"}
STYLE: Words = {"en": "Cite as", "ru": "Ссылка в стиле"}
STYLES: dict[str, Words] = {
    "chicago-note": {"en": "Chicago, note", "ru": "Чикаго, сноска"},
    "chicago-bibliography": {"en": "Chicago, bibliography", "ru": "Чикаго, список литературы"},
    "gost": {"en": "GOST", "ru": "ГОСТ"},
    "wilson": {"en": "Wilson Center", "ru": "Центр Вильсона"},
    "bibtex": {"en": "BibTeX", "ru": "BibTeX"},
    "ris": {"en": "RIS", "ru": "RIS"},
    "csl": {"en": "CSL-JSON", "ru": "CSL-JSON"},
}
WORDS: Words = {"en": "Quote", "ru": "Цитата"}
LANGUAGES: dict[str, Words] = {
    "cited": {"en": "in the language cited", "ru": "на языке цитаты"},
    "both": {"en": "in both languages", "ru": "на двух языках"},
}
COPIED: Words = {"en": "Copied", "ru": "Скопировано"}
NOT_COPIED: Words = {
    "en": "Not copied: the server cannot be reached, or the text has changed; open the page anew.",
    "ru": "Не скопировано: сервер недоступен или текст изменился; откройте страницу заново.",
}
