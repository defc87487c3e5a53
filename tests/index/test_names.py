"""Names across scripts, romanisations and endings; the table of names, and its extension by a user."""

import json
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import index.names
from index.document import LANGUAGES
from index.errors import ArchiveError
from index.names import FILE, built_in_names, load_names
from index.spelling import name_key, name_keys
from index.syllables import eastern_key
from tests.strategies import any_texts

ONE_NAME = [  # Cyrillic, its cases, and romanisations: Library of Congress, BGN/PCGN, ISO 9, GOST, press, German
    "Штыков Штыкова Штыкову Штыковым Штыкове Shtykov Shtikov Štykov",
    "Вышинский Вышинского Вышинскому Вышинским Vyshinsky Vyshinskii Vyshinskyy Vyshinskiy Vyšinskij",
    "Рощин Рощина Рощиным Roshchin Roschin Roščin Roŝin",
    "Алексеев Алексееву Alekseev Alekseyev Alexeev",
    "Курдюков Курдюковым Kurdiukov Kurdyukov Kurdjukov",
    "Пельше Pel'she Pelʹshe Pelshe",
    "Хрущёв Хрущев Хрущёва Хрущёвым Khrushchev Khrushchov Chruschtschow Hruŝëv Khrouchtchev Khrushchyov",
    "Маленков Маленкову Malenkov Malenkow",
    "Микоян Микояна Mikoyan Mikoian Mikojan",
    "Берия Берии Берию Берией Beria Beriya Berija",
    "Ельцин Ельцина Yeltsin Eltsin El'tsin",
    "Черняев Chernyaev Cherniaev Chernyayev",
    "Семёнов Semenov Semyonov Semionov",
    "Королёв Korolev Korolyov",
    "Соловьёв Соловьев Soloviev Solovyov Solov'ev",
    "Щербаков Shcherbakov Schtscherbakow Ščerbakov",
    "Кузнецов Кузнецову Kuznetsov Kuznecov",
    "Жданов Zhdanov Ždanov",
    "Сергей Сергея Сергеем Sergei Sergey Sergej",
    "Роза Розы Розе Розу Roza",
    "Москва Москвы Москве Москву Москвой Moskva",
    "Корея Кореи Корее Корею Кореей Korea",
    "Цеденбал Tsedenbal Cedenbal",
]
DIFFERENT_NAMES = (
    "Сталин Ленин Молотов Маленков Малинин Микоян Берия Булганин Каганович Хрущёв Брежнев Громыко Вышинский Штыков "
    "Рощин Разуваев Пузанов Юдин Зорин Захаров Зимянин Федоренко Иванов Павлов Петров Попов Сурков Суслов Соболев "
    "Васильев Васильевский Жуков Журавлёв Чуйков Чуянов Царапкин Андропов Андреев Антонов Ачесон Трумэн Тито Ракоши "
    "Кадар Надь Живков Чойбалсан Москва Минск Пекин Пусан Сеул Корея Китай Куба Крым Киев Казань Прага Варшава"
)
EASTERN_NAMES = [
    "Пэн Дэхуай|Пэн Дэ-хуай|Пэн Дэхуая|Пэн Дэхуаю|Peng Dehuai|P'eng Te-huai|Peng Teh-huai",
    "Чжоу Эньлай|Чжоу Энь-лай|Чжоу Эньлаем|Zhou Enlai|Chou En-lai",
    "Мао Цзэдун|Мао Цзэ-дун|Мао Цзэдуна|Мао Цзэдуном|Mao Zedong|Mao Tse-tung",
    "Лю Шаоци|Лю Шао-ци|Liu Shaoqi|Liu Shao-ch'i|Liu Shao-chi",
    "Ли Кэ-нун|Ли Кэнун|Ли Кэнуну|Li Kenong|Li K'o-nung",
    "Линь Бяо|Lin Biao|Lin Piao",
    "Гао Ган|Gao Gang|Kao Kang",
    "Дэн Сяопин|Deng Xiaoping|Teng Hsiao-p'ing|Teng Hsiao-ping",
    "Не Жунчжэнь|Nie Rongzhen",
    "Е Цзяньин|Ye Jianying|Yeh Chien-ying",
    "Чжан Вэньтянь|Zhang Wentian|Chang Wen-t'ien",
    "Ху Цяому|Hu Qiaomu|Hu Ch'iao-mu",
    "Ким Ир Сен|Ким Ир Сена|Ким Ир Сеном|Kim Il Sung|Kim Il-sung|Kim Il-song|Kim Ilsŏng",
    "Пак Хен Ен|Пак Хон Ён|Pak Heon-yeong|Pak Hon Yong|Pak Hŏn-yŏng|Park Heon-young",
    "Цой Ен Ген|Choe Yong-gon|Ch'oe Yong-gŏn|Choi Yong-gon",
    "Пак Ир У|Pak Il-u|Park Il-woo",
    "Ким Ду Бон|Kim Tu-bong|Kim Du-bong",
    "Ким Тхэ Хи|Kim Tae-hui|Kim Thae Hui",
    "Со Чхон Чжу|Seo Cheon-ju|So Chon Ju",
    "Ли Сын Ман|Lee Seung-man|Yi Sung-man",
]
CLASSES = [
    ("Филиппов", "Filippov", "Фын Си", "Feng Xi", "Сталину", "Stalin"),
    ("Кайдзио", "Kaesong", "Кэсон"),
    ("Ондинского", "Онджин", "Ongjin"),
    ("Гензан", "Wonsan", "Вонсан"),
    ("Сейсин", "Chongjin", "Чхонджин"),
    ("ЦК КПСС", "TsK KPSS", "CC CPSU", "Central Committee of the Communist Party of the Soviet Union"),
    ("ВКП(б)", "VKP(b)"),
    ("МИД", "MFA", "Министерству иностранных дел", "Ministry of Foreign Affairs"),
    ("КНДР", "DPRK", "Корейской Народно-Демократической Республики", "Democratic People's Republic of Korea"),
    ("КНР", "PRC", "People's Republic of China"),
    ("КПК", "CCP", "Chinese Communist Party"),
    ("Чан Кайши", "Jiang Jieshi", "Chiang Kai-shek"),
    ("Пак Хен Еном", "Pak Heon-yeong", "Pak Hon-yong"),
    ("Пекине", "Beijing", "Peking"),
    ("Гоминьдан", "Guomindang", "Kuomintang", "KMT"),
    ("Мао Цзе-дуном", "Mao Zedong"),
    ("HAM ИР", "Нам Ир", "Nam Il"),
]


def mentions(language, text):
    return [(name.span.of(text), name.key) for name in built_in_names().mentions(language, text)]


def language_of(name):
    return "en" if name.isascii() else "ru"


@pytest.mark.parametrize("spellings", ONE_NAME, ids=lambda names: names.split()[0])
def test_all_spellings_of_a_name_have_one_key(spellings):
    first, *others = spellings.split()
    assert {name: name_key(name) for name in others} == dict.fromkeys(others, name_key(first))


@pytest.mark.parametrize(("one", "two"), [("Юдин", "Judin"), ("Захаров", "Zacharow"), ("Гитлер", "Hitler")])
def test_spellings_that_could_be_read_in_two_ways_share_a_key(one, two):
    assert name_keys(one) & name_keys(two)


def test_names_that_are_often_met_have_keys_of_their_own():
    for one, two in combinations(DIFFERENT_NAMES.split(), 2):
        assert not name_keys(one) & name_keys(two), (one, two)


@pytest.mark.parametrize("spellings", EASTERN_NAMES, ids=lambda names: names.split("|")[0])
def test_all_spellings_of_a_chinese_or_korean_name_have_one_key(spellings):
    first, *others = spellings.split("|")
    key = eastern_key(first.split())
    assert key
    assert {name: eastern_key(name.split()) for name in others} == dict.fromkeys(others, key)


def test_chinese_and_korean_names_have_keys_of_their_own():
    keys = [eastern_key(names.split("|")[0].split()) for names in EASTERN_NAMES]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("words", ["Иван Петров", "Павел Юдин", "Kim Philby", "Lin Carter", "North Korea", "Вы Не"])
def test_other_names_are_not_taken_for_chinese_or_korean(words):
    assert eastern_key(words.split()) is None


@pytest.mark.parametrize("names", CLASSES, ids=lambda names: names[0])
def test_names_of_one_thing_have_one_key_in_either_language(names):
    keys = {}
    for name in names:
        text = f"we met {name} there" if language_of(name) == "en" else f"там был {name} вчера"
        keys[name] = mentions(language_of(name), text)
    (key,) = {key for found in keys.values() for _, key in found}
    assert keys == {name: [(name, key)] for name in names}
    assert len(built_in_names().variants(key)) > 1


def test_names_in_a_sentence_are_found_longest_first():
    text = "Телеграмма тов. Филиппова в ЦК ВКП(б) о Северной Корее и о Штыкове."
    assert [words for words, _ in mentions("ru", text)] == ["Филиппова", "ЦК ВКП(б)", "Северной Корее", "Штыкове"]
    text = "Stalin's telegram on the Soviet Union's aid to Peng Dehuai, Zaitsev and the People's Army."
    assert [words for words, _ in mentions("en", text)] == [
        "Stalin", "Soviet Union", "Peng Dehuai", "Zaitsev", "People's Army",
    ]  # fmt: skip


def test_acronyms_are_not_found_in_small_letters():
    assert mentions("en", "give us a mid term") == []


def test_no_two_classes_of_the_table_share_a_name():
    rows = json.loads(built_in_file())["names"]
    names = [name for row in rows for name in (row["name"], *row["names"])]
    assert len(names) == len(set(names))
    assert len(rows) > 120


def built_in_file():
    return Path(index.names.__file__).with_name(FILE).read_text(encoding="utf-8")


def test_every_name_of_the_table_is_found_as_its_class():
    for row in json.loads(built_in_file())["names"]:
        for name in (row["name"], *row["names"]):
            text = f"we saw {name} there" if language_of(name) == "en" else f"там {name} был"
            found = built_in_names().mentions(language_of(name), text)
            assert [one.key for one in found] == [f"={row['name']}"], name


@given(any_texts)
def test_mentions_stand_where_they_say_in_order_and_do_not_overlap(text):
    for language in LANGUAGES:
        end = 0
        for name in built_in_names().mentions(language, text):
            assert end <= name.span.start < name.span.end <= len(text)
            assert name.key
            end = name.span.end


@given(st.text(max_size=20))
def test_any_word_has_a_key_among_its_keys(word):
    assert name_key(word) in name_keys(word)


def test_a_users_table_adds_classes_and_names(tmp_path):
    rows = [{"name": "Stalin", "names": ["Кузнецов"]}, {"name": "Terebin", "names": ["Орлов"], "note": "a code name"}]
    (tmp_path / FILE).write_text(json.dumps({"names": rows}), encoding="utf-8-sig")
    table = load_names(tmp_path)
    assert [name.key for name in table.mentions("ru", "Телеграммы Кузнецова и Орлова, а также Сталина")] == [
        "=Stalin", "=Terebin", "=Stalin",
    ]  # fmt: skip
    assert "Кузнецов" in table.variants("=Stalin")
    assert "Кузнецов" not in built_in_names().variants("=Stalin")
    assert table.sha256 != built_in_names().sha256


def test_without_a_users_table_the_built_in_one_is_taken(tmp_path):
    assert load_names(tmp_path) is built_in_names()
    assert load_names() is built_in_names()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "cannot be read"),
        ("[]", 'expected an object with a list "names"'),
        ('{"names": [{"names": []}]}', 'class 1 has no "name"'),
        ('{"names": [{"name": "A", "alias": []}]}', "'A' has an unknown field 'alias'"),
        ('{"names": [{"name": "A", "names": "B"}]}', "'names' of 'A' is not a list of names"),
        ('{"names": [{"name": "A", "names": ["12"]}]}', "'names' of 'A' is not a list of names"),
        ('{"names": [{"name": "A", "kind": "ship"}]}', "'kind' of 'A' is not one of: person"),
    ],
)
def test_a_users_table_with_a_fault_is_refused_with_the_reason(tmp_path, text, told):
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(ArchiveError, match=f"the table of names at .*{told}"):
        load_names(tmp_path)
