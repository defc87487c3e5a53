"""What a reader is told about a language model's words: why some are withheld, and what became of the answer."""

from typing import Literal

from index.document import Language

Reason = Literal[
    "points nowhere", "number", "date", "name", "denial", "unsayable", "other letters", "another language", "no words"
]
About = Literal[
    "nothing written", "no answer", "not prose", "other language", "repeats itself", "too long", "fewer sentences"
]

_REASONS: dict[Language, dict[Reason, str]] = {
    "en": {
        "points nowhere": "it points at no sentence that it rests on",
        "number": "the number {words} stands in nothing that it points at",
        "date": "the date {words} stands in nothing that it points at",
        "name": "the name {words} stands in nothing that it points at",
        "denial": "it denies what the sentence it points at affirms, or affirms what that denies",
        "unsayable": "it holds an address, a code, markup or a reference, which only a quotation may hold",
        "other letters": "it is in neither Latin nor Cyrillic letters",
        "another language": "it is in neither English nor Russian",
        "no words": "it says nothing",
    },
    "ru": {
        "points nowhere": "не указано, на каком предложении это основано",
        "number": "числа {words} нет там, куда указано",
        "date": "даты {words} нет там, куда указано",
        "name": "имени {words} нет там, куда указано",
        "denial": "отрицается то, что указанное предложение утверждает, или наоборот",
        "unsayable": "есть адрес, код, разметка или шифр, которые могут стоять только в цитате",
        "other letters": "написано ни латиницей, ни кириллицей",
        "another language": "написано ни по-русски, ни по-английски",
        "no words": "ничего не сказано",
    },
}
_ABOUT: dict[Language, dict[About, str]] = {
    "en": {
        "nothing written": "The language model wrote nothing, so the documents alone speak.",
        "no answer": "The language model found no answer in the sentences it was shown, so the documents alone speak.",
        "not prose": "The language model wrote in a form that cannot be read, so the documents alone speak.",
        "other language": "The language model did not write in the language of the question.",
        "repeats itself": "The language model began to repeat itself and was stopped.",
        "too long": "The language model wrote too much and was stopped.",
        "fewer sentences": "The language model had no room for all sentences that were found, so it was shown fewer.",
    },
    "ru": {
        "nothing written": "Языковая модель ничего не написала, поэтому говорят только документы.",
        "no answer": "Языковая модель не нашла ответа в показанных ей предложениях, поэтому говорят только документы.",
        "not prose": "Написанное языковой моделью нельзя прочесть, поэтому говорят только документы.",
        "other language": "Языковая модель писала не на языке вопроса.",
        "repeats itself": "Языковая модель стала повторяться и была остановлена.",
        "too long": "Языковая модель писала слишком много и была остановлена.",
        "fewer sentences": "Все найденные предложения языковой модели не поместились, ей показано меньше.",
    },
}


def withheld_since(reason: Reason, language: Language, words: str = "") -> str:
    """Why a sentence of a language model is not stated; `words` are those that tell against it."""
    return _REASONS[language][reason].format(words=words)


def about_model(what: About, language: Language) -> str:
    """What became of a language model's answer."""
    return _ABOUT[language][what]
