"""Writes records in the form of the sample, with invented texts; what a test says of one it can also read here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

WILSON = "Wilson Center Digital Archive"
HISTORY = "History and Public Policy Program Digital Archive"


@dataclass(frozen=True, kw_only=True)
class Record:
    """One record; `text` is its file. An empty part is left out, label and all."""

    number: str = "700001"
    title: str = "Report on the Bridge at Kamenka"
    date: str = "May 3, 1951"
    source: str = "APRF, f. 45, op. 1, d. 334, ll. 12-13."
    repository: str = WILSON
    summary: str = "An engineer reports on a bridge."
    language: str = "Russian"
    contents: str = "Transcript - Russian  \nTranslation - English"
    russian: Sequence[str] = ("Мост через Каменку открыт.", "Движение поездов началось в понедельник.")
    english: Sequence[str] = ("The bridge over the Kamenka is open.", "Trains began to run on Monday.")
    citation: str | None = None  # instead of the one made from the parts

    @property
    def url(self) -> str:
        return f"https://archive.invalid/document/{self.number}"

    @property
    def cited(self) -> str:
        """The citation line, by the formula of the repository."""
        if self.citation is not None:
            return self.citation
        if self.repository == WILSON:
            return f'"{self.title}", {self.date}, {WILSON}, {self.source}  \n<{self.url}>'
        return f"“{self.title},” {self.date}, {self.repository}, {self.source} {self.url}"

    @property
    def text(self) -> str:
        labelled = {
            "Citation": self.cited,
            "Summary": self.summary,
            "Original Language": self.language,
            "Contents": self.contents,
        }
        heads = [f"## **{self.date}**", f"### **{self.title}**"]
        fields = [f"#### **{label}:**\n\n{value}" for label, value in labelled.items() if value]
        return "\n\n".join([*heads, *fields, *self.russian, *self.english]) + "\n"

    def write(self, folder: Path, name: str | None = None) -> Path:
        """Put the record into `folder`, under its number or another name."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / (name or f"{self.number}.txt")
        path.write_text(self.text, encoding="utf-8", newline="")
        return path


def write_all(folder: Path, records: Iterable[Record]) -> Path:
    """Put every record into `folder`."""
    for record in records:
        record.write(folder)
    return folder


BRIDGE = Record(
    russian=(
        "Докладываю: мост через реку Каменку принят комиссией 2 мая.",
        "Движение поездов началось в понедельник. Первый состав вёз уголь и муку.",
        "Прошу прислать трёх мастеров для осмотра опор после ледохода.",
    ),
    english=(
        "I report that the commission accepted the bridge over the river Kamenka on May 2.",
        "Trains began to run on Monday. The first of them carried coal and flour.",
        "Please send three foremen to inspect the piers after the ice has gone.",
    ),
)
LIBRARY = Record(
    number="700002",
    title="Letter on an Exchange of Books",
    date="September 1952",
    source="AVP RF, Fond 0102, Opis 8, Delo 51, Papka 39, listy 7-9",
    repository=HISTORY,
    summary="A librarian asks for dictionaries.",
    russian=(
        "Уважаемый товарищ директор!",
        "Библиотека института получила ваши каталоги.",
        "Мы просим двадцать словарей и атлас звёздного неба; взамен посылаем рукописи о рыбной ловле.",
    ),
    english=(
        "Dear Comrade Director! The library of the institute has received your catalogues.",
        "We ask for twenty dictionaries and an atlas of the stars; in exchange we send manuscripts on fishing.",
    ),
)
WEATHER = Record(
    number="700003",
    title="Telegram from the Weather Station",
    date="1953",
    source="RGANI, f. 5, op. 30, d. 12, l. 4",
    russian=("Давление падает, ожидаем бурю к вечеру.", "Сигнальные ракеты на исходе."),
    english=("The pressure is falling; we expect a storm by evening.", "We are running out of signal rockets."),
)
ORCHARD = Record(
    number="700004",
    title="Note on an Orchard",
    date="March 12, 1954",
    source="RGASPI, f. 17, op. 162, d. 46, l. 40",
    contents="Transcript - Russian",
    russian=("Яблони обмёрзли, груши уцелели.", "Сад обнесён новым забором."),
    english=(),
)
HOSPITAL = Record(
    number="700005",
    title="Letter about a Hospital",
    date="July 1, 1950",
    source="GARF, f. 1235, op. 140, d. 59, l. 29",
    contents="Translation - English",
    russian=(),
    english=("The hospital has forty beds and one surgeon.", "A second surgeon is expected in autumn."),
)
ARCHIVE = (BRIDGE, LIBRARY, WEATHER, ORCHARD, HOSPITAL)
