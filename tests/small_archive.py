"""A small archive: the sample, and four invented records, each awkward in its own way."""

import shutil
from pathlib import Path

from tests.records import Record, write_all

SAMPLE = Path(__file__).parent.parent / "index" / "sample" / "archive" / "112133.txt"

RUSSIAN_ONLY = "900001"
ENGLISH_ONLY = "900002"
TYPOGRAPHY = "900003"
COMMANDING = "900004"

_INVENTED = (
    Record(
        number=RUSSIAN_ONLY,
        title="Telegram on a Bridge",
        date="March 1950",
        source="RGANI, f. 5, op. 30, d. 12, l. 4",
        contents="Transcript - Russian",
        russian=(
            "Докладываю, что ремонт железнодорожного моста через реку Сунгари задерживается из-за нехватки рельсов.",
            "Прошу ускорить отправку двух тысяч тонн рельсов и направить бригаду мостостроителей не позднее апреля.",
        ),
        english=(),
    ),
    Record(
        number=ENGLISH_ONLY,
        title="Letter on a Hospital",
        date="1951",
        source="AVP RF, f. 102, op. 7, p. 26, d. 47",
        contents="Translation - English",
        russian=(),
        english=(
            "The Hungarian doctors arrived with forty nurses and opened a field hospital for wounded soldiers.",
            "The ambassador asked that penicillin and surgical instruments be sent by the next train.",
        ),
    ),
    Record(
        number=TYPOGRAPHY,
        title="Conversation on a Harvest",
        date="January 5, 1952",
        source="АПРФ, ф. 45, оп. 1, д. 347, лл. 12-13",
        russian=(
            "Тов. Разуваев сообщил: «Урожай риса в этом году ещё хуже прошлогоднего — не хватит и до весны».",
            "Корейская сторона просит поставить пятьдесят\u00a0тысяч тонн му\u00adки, и, по мнению посла, эту просьбу "
            "следует удовле-\nтворить полностью.",
        ),
        english=(
            "Comrade Razuvaev reported: “This year’s rice harvest is even worse than last year’s—it will not last.”",
            "The Korean side asks for a delivery of fifty thousand tons of flour and, in the ambassador’s opinion,\n"
            "this request should be granted in full.",
        ),
    ),
    Record(
        number=COMMANDING,
        title="Note on Aircraft \u202eand\u202c Engines",
        date="May 15, 1953",
        source="AP RF, f. 45, op. 1, d. 334, l. 8",
        russian=("Посольство передало \u202eлётной школе\u202c восемь учебных самолётов\x1b[31m и моторы к ним.",),
        english=("The embassy handed over eight training aircraft\x9b31m and spare engines\x07 to the flying school.",),
    ),
)
RECORDS = {record.number: record for record in _INVENTED}

ANSWERED = [  # questions that it has an answer to
    "Why did Moscow reject an attack on the South?",
    "Почему Москва считала наступление на юг недопустимым?",
    "What was said about the Ongjin peninsula?",
    "Что говорится о партизанском движении?",
    "How was the rice harvest?",
    "Почему задерживается ремонт железнодорожного моста?",
]


def write_archive(folder: Path) -> Path:
    """Put the sample and the invented records into `folder`."""
    write_all(folder, _INVENTED)
    shutil.copy(SAMPLE, folder)
    return folder
