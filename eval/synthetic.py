"""Archives made up for measuring: records in the sample's form, their two texts parallel, any number of them."""

import json
import random
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from index.dates import parse_date
from index.document import Document, Language, Source
from index.generations import Generations
from index.model import EmbedderSettings, ModelCard, Scale
from index.names import built_in_names
from index.passage import CutDocument
from index.reference import parse_references
from index.seal import seal
from index.stores import Stores

_PEOPLE = (
    ("Громов", "Gromov"),
    ("Ли Чен Хва", "Li Chen Hwa"),
    ("Захаров", "Zakharov"),
    ("Пак Ён Су", "Pak Yong Su"),
)
_PLACES = (("Пхеньяне", "Pyongyang"), ("Москве", "Moscow"), ("Харбине", "Harbin"), ("Владивостоке", "Vladivostok"))
_THINGS = (("грузовиков", "trucks"), ("тонн угля", "tons of coal"), ("вагонов риса", "wagons of rice"))
_SENTENCES = (  # {p} person, {c} city, {t} thing, {n} number
    (
        "Товарищ {p} сообщил, что в {c} получено {n} {t}.",
        "Comrade {p} reported that {n} {t} were received in {c}.",
    ),
    ("По этому вопросу {p} имел беседу с послом.", "On this question {p} had a conversation with the ambassador."),
    (
        "Просьбу о поставке {n} {t} следует отклонить.",
        "The request for the delivery of {n} {t} should be declined.",
    ),
    ("Переговоры в {c} продолжались {n} дней.", "The negotiations in {c} went on for {n} days."),
    (
        "{p} считает, что обстановка в {c} остаётся сложной.",
        "{p} believes the situation in {c} remains difficult.",
    ),
    (
        "Необходимо ускорить подготовку кадров для железных дорог.",
        "The training of railway staff must be sped up.",
    ),
    (
        "Решение принято единогласно и вступает в силу немедленно.",
        "The decision is unanimous and takes effect now.",
    ),
    ("Копия настоящего письма направлена в {c}.", "A copy of this letter was sent to {c}."),
    (
        "Министр не возражает против предложения, которое внёс {p}.",
        "The minister does not object to {p}'s proposal.",
    ),
    ("На складах в {c} осталось не более {n} {t}.", "No more than {n} {t} are left in the depots in {c}."),
)
_RECORD = """

## **{date}**

### **{title}**

#### **Citation:**

"{title}", {date}, Archive of Measurements, AVP RF, f. 0102, op. {opis}, p. {papka}, d. {delo}, ll. {first}-{last}.  \n\
<https://example.org/document/{id}>

#### **Summary:**

{summary}

#### **Original Language:**

Russian

#### **Contents:**

Transcript - Russian  \nTranslation - English

[...]

{russian}

[...]

Copies to {copies}.

{english}"""


def write_archive(folder: Path, count: int, *, seed: int = 0, paragraphs: int = 8) -> int:
    """Write `count` records of so many paragraphs a side into `folder`; gives the characters of their texts."""
    folder.mkdir(parents=True, exist_ok=True)
    chars = 0
    for number in range(count):
        rng = random.Random(f"{seed}/{number}")  # noqa: S311 - the same archive at every run
        told = [list(_paragraph(rng)) for _ in range(paragraphs)]
        russian, english = ("\n\n".join(" ".join(pair[side] for pair in p) for p in told) for side in (0, 1))
        chars += len(russian) + len(english)
        (folder / f"{500000 + number}.txt").write_text(_record(rng, 500000 + number, russian, english), "utf-8")
    return chars


def write_questions(path: Path, documents: Iterable[Document], count: int) -> None:
    """Write `count` questions on sentences of such records, one in each language a record; a fifth have no answer.

    The form is that of `eval.cases`. They are for measuring speed: many records have the same sentences.
    """
    lines = (line for n, document in enumerate(islice(documents, count // 2)) for line in _questions(n, document))
    path.write_text("".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines), "utf-8")


def _questions(number: int, document: Document) -> Iterator[dict[str, object]]:
    """Both wordings of a question to a sentence of a record."""
    sides: tuple[Language, Language] = ("ru", "en")
    words: dict[Language, str] = {
        x: document.paragraphs(x)[number % 8].of(document.texts[x]).split(". ")[0] for x in sides
    }
    answerable = number % 5 > 0
    evidence = [{"document_id": document.id, "ru": words["ru"], "en": words["en"]}]
    asked = {
        "ru": f"Что известно о том, что {words['ru']}?" if answerable else f"Кто выиграл регату {1700 + number} года?",
        "en": f"What is known of this: {words['en']}?" if answerable else f"Who won the regatta of {1700 + number}?",
    }
    nugget = {"text": words["en"], "ru": [re.escape(words["ru"])], "en": [re.escape(words["en"])]}
    for language in sides:
        yield {"id": f"{number}-{language}", "pair": str(number), "language": language, "question": asked[language],
               "answerable": answerable, "evidence": evidence if answerable else [],
               "nuggets": [nugget] if answerable else []}  # fmt: skip


def write_catalogue(home: Path, count: int, *, seed: int = 0) -> None:
    """Publish an index at `home` of `count` records that holds their catalogue alone: to be looked up, not searched.

    Cost: about a millisecond a record; nothing is embedded.
    """
    records = (_listed(random.Random(f"{seed}/{n}"), 500000 + n) for n in range(count))  # noqa: S311 - as above
    publish(home, (CutDocument(record, (), ()) for record in records), dimension=512)


def publish(home: Path, records: Iterable[CutDocument], *, dimension: int) -> None:
    """Publish an index at `home` of records that are cut up already, their vectors of that dimension."""
    generations = Generations(home)
    rest = iter(records)
    with generations.writing():
        folder = generations.begin()
        with Stores(folder) as stores:
            while batch := list(islice(rest, 200)):
                stores.add(batch)
        card = ModelCard(settings=EmbedderSettings(), dimension=dimension, scale=Scale(unrelated=0.0, translated=1.0))
        seal(generations, folder, card, (), built_in_names().sha256)


def _listed(rng: random.Random, number: int) -> Document:
    """A record as the catalogue has it, its text one sentence in each language."""
    leaf = number % 500 + 1
    delo, papka = rng.randint(1, 300), rng.randint(1, 90)
    source = f"AVP RF, f. 0102, op. {rng.randint(1, 40)}, p. {papka}, d. {delo}, ll. {leaf}-{leaf + 3}"
    date = f"June {rng.randint(1, 30)}, {rng.randint(1945, 1953)}"
    title = f"Report No. {number} on Deliveries and Negotiations"
    url = f"https://example.org/document/{number}"
    return Document(
        id=str(number),
        title=title,
        date=parse_date(date),
        references=parse_references(source),
        fields=(("Citation", f'"{title}", {date}, Archive of Measurements, {source}. <{url}>'),),
        url=url,
        texts={"ru": f"Отчёт номер {number}.", "en": f"Report number {number}."},
        source=Source(path=f"{number}.txt", sha256="0" * 64),
    )


def _record(rng: random.Random, number: int, russian: str, english: str) -> str:
    month = rng.choice(("January", "April", "June", "October"))
    return _RECORD.format(
        date=f"{month} {rng.randint(1, 30)}, {rng.randint(1945, 1953)}",
        title=f"Report No. {number} on Deliveries and Negotiations",
        opis=rng.randint(1, 40),
        papka=rng.randint(1, 90),
        delo=rng.randint(1, 300),
        first=number % 500 + 1,
        last=number % 500 + 4,
        id=number,
        summary="A report made up for measuring.",
        russian=russian,
        copies=", ".join(english for _, english in _PEOPLE),
        english=english,
    )


def _paragraph(rng: random.Random) -> Iterator[tuple[str, str]]:
    for russian, english in rng.sample(_SENTENCES, rng.randint(4, 7)):
        person, city, thing = rng.choice(_PEOPLE), rng.choice(_PLACES), rng.choice(_THINGS)
        number = rng.randint(2, 900)
        yield (
            russian.format(p=person[0], c=city[0], t=thing[0], n=number),
            english.format(p=person[1], c=city[1], t=thing[1], n=number),
        )
