"""Questions to invented records, in the form that the evaluation reads."""

import json

from tests.records import BRIDGE, HOSPITAL, LIBRARY, ORCHARD

_ASKED = (  # record, its paragraph in each language, what is asked, and the answers; None where it has no text
    (BRIDGE, 1, 1, "What did the first train carry?", "Что вёз первый состав?", "coal and flour", "уголь и муку"),
    (BRIDGE, 2, 2, "How many foremen are wanted?", "Сколько мастеров просят прислать?", "three", "трёх"),
    (LIBRARY, 2, 1, "How many dictionaries are asked for?", "Сколько словарей просят?", "twenty", "двадцать"),
    (ORCHARD, 0, None, "Which trees were damaged by frost?", "Какие деревья обмёрзли?", None, "Яблони"),
    (HOSPITAL, None, 0, "How many beds does the hospital have?", "Сколько коек в больнице?", "forty", None),
    (None, None, None, "What is the capital of Australia?", "Какая столица Австралии?", None, None),
)


def write_questions(path):
    """Both wordings of each question, one JSON object a line."""
    lines = [line for n, asked in enumerate(_ASKED) for line in _lines(n, asked)]
    path.write_text("".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines), "utf-8")
    return path


def _lines(pair, asked):
    record, russian_at, english_at, english, russian, english_answer, russian_answer = asked
    answers = {
        "ru": _answer(record.russian, russian_at, russian_answer) if record else None,
        "en": _answer(record.english, english_at, english_answer) if record else None,
    }
    for language, text in (("en", english), ("ru", russian)):
        yield {
            "id": f"{pair}-{language}",
            "pair": str(pair),
            "language": language,
            "question": text,
            "answerable": record is not None,
            "document_id": record.number if record else None,
            "answers": answers,
        }


def _answer(paragraphs, at, text):
    start = None if at is None else paragraphs[at].index(text)
    return {"text": text or "", "paragraph": at, "start": start}
