"""A catalogue of invented records, many and awkward: to be listed, not searched."""

import random
from functools import cache

from eval.synthetic import publish
from index.dates import parse_date
from index.document import Document, Source
from index.passage import CutDocument
from index.reference import parse_references

MONTHS = ("January", "March", "June", "October", "December")
SOURCES = (
    "APRF, f. {a}, op. {b}, d. {c}, ll. 3-4",
    "AVP RF, f. 0{a}, op. {b}, p. {p}, d. {c}, ll. 1-2",
    "РГАНИ, ф. {a}, оп. {b}, д. {c}, л. 7",
    "TsKhSD, f. {a}, op. {b}, d. {c}, l. 7",
    "SAPMO-BArch, DY 30/{c}",
    "APRF, Listy 146-147, Fond and Opis not given",
    "",
)
TITLES = ("Telegram {n} from Shtykov on Deliveries", "Письмо {n} о поставках", "Note {n}: “Kim’s” Aircraft {{0}}")
ORIGINALS = ("Russian", "German", "Russian; Korean", None)


@cache
def records(count=400):
    """So many documents, the same at every run."""
    seeds = map(random.Random, range(count))
    return tuple(_record(number, rng) for number, rng in enumerate(seeds))


def _record(number, rng):
    source = rng.choice(SOURCES).format(
        a=rng.randint(1, 4), b=rng.randint(1, 3), c=rng.randint(1, 3), p=rng.randint(1, 2)
    )
    year = rng.randint(1945, 1953)
    form = rng.choice(("{m} {d}, {y}", "{m} {d}, {y}", "{m} {y}", "{y}", ""))
    date = form.format(m=rng.choice(MONTHS), d=rng.randint(1, 28), y=year)
    language = rng.choice(ORIGINALS)
    return Document(
        id=str(800000 + number),
        title=rng.choice(TITLES).format(n=number),
        date=parse_date(date) if date else None,
        references=tuple(parse_references(source)) if source else (),
        fields=(("Summary", "On <b>many</b> things."), *((("Original Language", language),) if language else ())),
        url=None,
        texts={"ru": f"Отчёт {number}.", "en": f"Report {number}."},
        source=Source(path=f"/{number}.txt", sha256="0" * 64),
    )


def write_listed(home, documents=None):
    """Publish an index of them at `home`."""
    publish(home, (CutDocument(document, (), ()) for document in documents or records()), dimension=512)
    return home
