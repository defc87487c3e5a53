"""A small archive: the sample, and four records invented for the tests, each awkward in its own way."""

import shutil
from pathlib import Path

SAMPLE = Path(__file__).parent.parent / "index" / "sample" / "archive" / "112133.txt"

RUSSIAN_ONLY = "900001"
ENGLISH_ONLY = "900002"
TYPOGRAPHY = "900003"
COMMANDING = "900004"

_HEAD = """## **{date}**

### **{title}**

#### **Citation:**

"{title}", {date}, Wilson Center Digital Archive, {reference}. <https://archive.invalid/document/{id}>

#### **Contents:**

{contents}
"""

_BRIDGE = """
Докладываю, что ремонт железнодорожного моста через реку Сунгари задерживается из-за нехватки рельсов и цемента.

Прошу ускорить отправку двух тысяч тонн рельсов из Иркутска и направить бригаду мостостроителей не позднее апреля.
"""

_HOSPITAL = """
The Hungarian hospital team arrived with forty doctors and nurses and opened a field hospital for wounded soldiers.

The ambassador asked that penicillin and surgical instruments be sent by the next train, since they would last a week.
"""

_HARVEST = """
Тов. Разуваев сообщил: «Урожай риса в этом году ещё хуже прошлогоднего — не хватит и до весны».

Корейская сторона просит поставить пятьдесят\u00a0тысяч тонн му\u00adки, и, по мнению посла, эту просьбу следует удовле-
творить полностью.

Comrade Razuvaev reported: “This year’s rice harvest is even worse than last year’s—it will not last until spring.”

The Korean side asks for a delivery of fifty thousand tons of flour and, in the ambassador’s opinion, this request
should be granted in full.
"""

_AIRCRAFT = """
Посольство передало \u202eлётной школе\u202c восемь учебных самолётов\x1b[31m и запасные моторы к ним.

The embassy handed over eight training aircraft\x9b31m and their spare engines\x07 to the flying school.
"""


def record(record_id: str, body: str, *, title: str, date: str, reference: str) -> str:
    """The file of a record; its contents are told from the languages of `body`."""
    sides = {"а": "Transcript - Russian", "a": "Translation - English"}  # a letter of each language
    contents = "  \n".join(side for letter, side in sides.items() if letter in body)
    return _HEAD.format(id=record_id, title=title, date=date, reference=reference, contents=contents) + body


RECORDS = {
    RUSSIAN_ONLY: record(
        RUSSIAN_ONLY,
        _BRIDGE,
        title="Telegram on a Bridge",
        date="March 1950",
        reference="RGANI, f. 5, op. 30, d. 12, l. 4",
    ),
    ENGLISH_ONLY: record(
        ENGLISH_ONLY,
        _HOSPITAL,
        title="Letter on a Hospital",
        date="1951",
        reference="AVP RF, f. 102, op. 7, p. 26, d. 47",
    ),
    TYPOGRAPHY: record(
        TYPOGRAPHY,
        _HARVEST,
        title="Conversation on a Harvest",
        date="January 5, 1952",
        reference="АПРФ, ф. 45, оп. 1, д. 347, лл. 12-13",
    ),
    COMMANDING: record(
        COMMANDING,
        _AIRCRAFT,
        title="Note on Aircraft \u202eand\u202c Engines",
        date="May 15, 1953",
        reference="AP RF, f. 45, op. 1, d. 334, l. 8",
    ),
}


def write_archive(folder: Path) -> Path:
    """Put the sample and the invented records into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(SAMPLE, folder)
    for record_id, text in RECORDS.items():
        (folder / f"{record_id}.txt").write_text(text, encoding="utf-8")
    return folder
