"""What a sentence claims without a number, a date or a name in their usual form is borne out, or found not to be."""

import pytest

from rag.pointed.claims import Grounds, unborne

SOURCES = {
    "tugs": ("en", "Nine of the eleven tugs have been repaired, and the port asks for forty stevedores until autumn."),
    "буксиры": ("ru", "Из одиннадцати буксиров отремонтированы девять; порт просит нанять до осени сорок грузчиков."),
    "ice": ("en", "The ice began to move on April 2, 1956, and was gone on April 9, six days earlier than last year."),
    "лёд": ("ru", "Ледоход начался 2 апреля 1956 г. и закончился 9 апреля, на шесть дней раньше прошлогоднего."),
    "milk": ("en", "Almost half of the milk comes in after noon, when the ice house is already nearly empty."),
    "hives": ("en", "Sotov reported that of 1300 hives 1120 had survived the winter."),
    "captain": ("en", "The first convoy left under the command of Captain Vereskov with a load of bricks."),
    "капитан": ("ru", "Первый караван вышел под командой капитана Верескова с грузом кирпича."),
    "korea": ("ru", "Корейская сторона просит прислать муку, а Китай обещал прислать рис к марту."),
    "bridges": ("en", "We understand that the port does not build bridges. But nobody uses the piles."),
    "money": ("en", "I remarked that the observatory does not have such money at its disposal and can pay in autumn."),
    "objected": ("en", "Somov objected that there is no way up to the summit."),
}
FALSE = [
    ("About half of the tugs have been repaired.", "tugs", "number"),
    ("A quarter of the tugs have been repaired.", "tugs", "number"),
    ("A score of stevedores was wanted.", "tugs", "number"),
    ("A pair of stevedores was wanted.", "tugs", "number"),
    ("Hundreds of stevedores were wanted.", "tugs", "number"),
    ("Отремонтирована половина буксиров.", "буксиры", "number"),
    ("Порт просил нанять полсотни грузчиков.", "буксиры", "number"),
    ("Порт просил нанять сотни грузчиков.", "буксиры", "number"),
    ("Stevedores were wanted until winter.", "tugs", "date"),
    ("The ice began to move in the autumn.", "ice", "date"),
    ("The ice was gone the next day.", "ice", "date"),
    ("The ice was gone a week later.", "ice", "date"),
    ("The ice was gone a month earlier.", "ice", "date"),
    ("The ice was gone six weeks earlier than last year.", "ice", "date"),
    ("The ice was gone in the late forties.", "ice", "date"),
    ("The ice was gone at noon.", "ice", "date"),
    ("The ice was gone in march.", "ice", "date"),
    ("The ice was gone on a sunday.", "ice", "date"),
    ("Ледоход закончился на следующий день.", "лёд", "date"),
    ("Ледоход закончился через неделю.", "лёд", "date"),
    ("Ледоход закончился в начале осени.", "лёд", "date"),
    ("The convoy carried bricks for the german front.", "captain", "name"),
    ("Караван вышел с грузом американского кирпича.", "капитан", "name"),
    ("The command of the convoy was given to mao.", "captain", "name"),
    ("Караван вёл капитан сталин.", "капитан", "name"),
    ("Somova objected that there is no way.", "objected", "name"),
    ("The port builds bridges.", "bridges", "denial"),
    ("The observatory has such money at its disposal.", "money", "denial"),
]
TRUE = [
    ("The port wants dozens of stevedores until autumn.", "tugs"),
    ("Порт просил нанять до осени десятки грузчиков.", "буксиры"),
    ("In the spring of 1956 the ice was gone six days earlier.", "ice"),
    ("Весной 1956 года ледоход закончился на шесть дней раньше.", "лёд"),
    ("The ice moved in the fifties.", "ice"),
    ("Nearly half the milk arrives after midday.", "milk"),
    ("Of 1,300 hives, 1,120 survived.", "hives"),
    ("A load of bricks left with the captain.", "captain"),
    ("Рис обещали прислать из китайских запасов.", "korea"),
    ("The port does not build bridges.", "bridges"),
    ("The observatory does not have such money.", "money"),
    ("Nobody uses the piles.", "bridges"),
]


def grounds(source):
    language, text = SOURCES[source]
    small = {"en": frozenset(), "ru": frozenset()} | {language: frozenset(w for w in text.split() if w.islower())}
    return Grounds(((language, text),), (), small)


@pytest.mark.parametrize(("text", "source", "kind"), FALSE)
def test_what_is_said_loosely_and_is_not_so_is_found(text, source, kind):
    missing = unborne(text, grounds(source))
    assert missing is not None
    assert missing.kind == kind


@pytest.mark.parametrize(("text", "source"), TRUE)
def test_what_is_said_loosely_and_is_so_is_borne_out(text, source):
    assert unborne(text, grounds(source)) is None


def test_a_name_of_the_documents_is_one_in_small_letters_too():
    language, text = SOURCES["captain"]
    found = Grounds(((language, text),), (), {"en": frozenset(), "ru": frozenset()}, lambda: frozenset({"talnikov"}))
    missing = unborne("the command was given to talnikov", found)
    assert missing is not None
    assert (missing.kind, missing.words) == ("name", "talnikov")
    assert unborne("the command was given to vereskov", found) is None
