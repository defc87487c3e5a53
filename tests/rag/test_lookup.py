"""A small collection, looked up by reference."""

import pytest

from index.archives import ArchiveTable
from index.catalogue import Catalogue
from index.document import Document, Source
from index.reference import parse_references
from rag.errors import LocatorError
from rag.lookup import documents_of, look_up, lookup_record, neighbours, parse_record
from rag.tree import walk, wider

HELD = {
    "112133": "APRF, f. 3, op. 65, d. 776, ll. 30-32, and AVP RF, Fond 059a, Opis 5a, Delo 3, Papka 11, listy 75-77",
    "2": "AVP RF. Ф. 059а. Оп. 5а. П. 11. Д. 3. Л. 96–97",
    "3": "APRF, f. 3, op. 65, d. 777, ll. 1-9",
    "4": "TsKhSD, F. 3, Op. 12, D. 1005, Ll. 2-2ob",
    "5": "SAPMO-BA, DY 30/3621, 62–67",
    "6": "RGASPI, F. 666, Te. 6, Ll. 190–91, 193",
    "7": "GARF, f. 1235",
    "8": "795B.5/6–2550: Telegram",
    "9": "APRF, Listy 146-147, Fond and Opis not given",
    "10": "АПРФ, ф. 3, оп. 66, д. 5",
    "12": "ГАСО. Ф. Р-5. Оп. 1. Д. 7",
    "11": "private collection of the contributor",
}


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory):
    path = tmp_path_factory.mktemp("catalogue") / "catalogue.sqlite"
    made = Catalogue.create(path)
    for document_id, printed in HELD.items():
        document = Document(
            id=document_id,
            title=f"Document {document_id}",
            date=None,
            references=parse_references(printed),
            fields=(),
            url=None,
            texts={"en": "Words."},
            source=Source(path=document_id, sha256=""),
        )
        made.add(document, [])
    made.close()
    opened = Catalogue.open(path)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("АПРФ, ф. 3, оп. 65, д. 776, лл. 30-32", {"112133": "exact"}),
        ("APRF, f. 3, op. 65, d. 776, l. 31ob", {"112133": "leaf_in_range"}),
        ("APRF, f. 3, op. 65, d. 776, ll. 31, 40", {"112133": "overlap"}),
        ("APRF, f. 3, op. 65, d. 776, l. 40", {"112133": "same_file"}),
        ("APRF, f. 3, op. 65, d. 776", {"112133": "same_file"}),
        ("APRF, f. 3, op. 65, d. 778", {}),
        ("RGASPI, f. 3, op. 65, d. 776, ll. 30-32", {}),
        ("АВП РФ, ф. 059а, оп. 5а, д. 3, п. 11, л. 76", {"112133": "leaf_in_range", "2": "same_file"}),
        ("AVPRF, f. 59a, op. 5a, d. 3, ll. 75-77", {"112133": "exact", "2": "same_file"}),
        ("AVPRF, f. 059a, op. 5a, p. 12, d. 3, ll. 75-77", {}),
        ("AVPRF, f. 059, op. 5a, p. 11, d. 3, ll. 75-77", {}),
        ("РГАНИ. Ф. 3. Оп. 12. Д. 1005. Л. 2–2 об.", {"4": "exact"}),
        ("SAPMO-BArch, DY 30/3621, Bl. 63", {"5": "leaf_in_range"}),
        ("SAPMO-BArch, DY 30/3622", {}),
        ("РГАСПИ. Ф. 666. Тетр. 6. Л. 192", {"6": "same_file"}),
        ("RGASPI, f. 666, te. 7, l. 190", {}),
        ("GARF f. 1235", {"7": "exact"}),
        ("File No. 795B.5/6-2550", {"8": "exact"}),
        ("APRF, ll. 146-147", {}),
        ("APRF, f. 3, op. 65", {}),
        ("APRF, f. 3, op. 65, d. 777, l. 5; РГАНИ. Ф. 3. Оп. 12. Д. 1005", {"3": "leaf_in_range", "4": "same_file"}),
        ("f. 3, op. 66, d. 5", {"10": "exact"}),
    ],
)
def test_what_is_held(catalogue, query, expected):
    assert {held.document_id: held.match for held in look_up(catalogue, query).found} == expected


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("", "empty"),
        (" .,; ", "empty"),
        ("APRF", "names an archive, APRF, and no place in it"),
        ("f. op. d. ll.", "'f' without a number"),
        ("APRF, f. 3, op. 65, d. , ll. 30-32", "'d' without a number"),
        ("APRF, f. three, op. 65, d. 776", "'f' without a number"),
        ("APRF, f. 3, op. 65, d. 776, ll. 32-30", "the leaves 32-30 run backwards"),
        ("APRF, f. 3, op. 65, d. 776, " + "l. 3, " * 2000, "the most is 2000"),
        ("How many trucks were sent?", "no archival reference in"),
        ("FRUS, 1961–1963, vol. XIV, Doc. 77", "no archival reference in"),
    ],
)
def test_what_cannot_be_looked_up_is_told(catalogue, query, told):
    with pytest.raises(LocatorError, match=told):
        look_up(catalogue, query)


def test_the_best_match_comes_first(catalogue):
    found = look_up(catalogue, "AVPRF, f. 59a, op. 5a, d. 3, ll. 96-97").found
    assert [held.document_id for held in found] == ["2", "112133"]


def test_an_archive_of_the_users_own_finds_its_other_name(catalogue):
    rows = [
        {"acronym": "APRF", "names": ["АПРФ", "Kremlin Vault"], "fonds": True},
    ]
    found = look_up(catalogue, "Kremlin Vault, f. 3, op. 65, d. 777, ll. 1-9", ArchiveTable(rows, [])).found
    assert [(held.document_id, held.match) for held in found] == [("3", "exact")]


@pytest.mark.parametrize(
    ("prefix", "level", "branches"),
    [
        ("", "archive", [None, "APRF", "AVPRF", "GARF", "RGASPI", "SAPMO-BArch", "TsKhSD", "ГАСО"]),
        ("АПРФ", "fond", [None, "3"]),
        ("APRF, f. 3", "opis", ["65", "66"]),
        ("APRF, f. 3, op. 65", "delo", ["776", "777"]),
        ("APRF, f. 3, op. 65, d. 776", "leaves", ["30-32"]),
        ("SAPMO-BArch", "fond", ["DY 30/3621"]),
        ("SAPMO-BArch, DY 30/3621", "leaves", ["62-67"]),
        ("RGANI, f. 3", "opis", ["12"]),
        ("RGALI", "fond", []),
        ("GASO", "fond", ["Р-5"]),
        ("ГАСО, ф. Р-5", "opis", ["1"]),
    ],
)
def test_the_way_back(catalogue, prefix, level, branches):
    tree = walk(catalogue, prefix)
    assert tree.level == level
    assert {branch.value for branch in tree.branches} == set(branches)


def test_what_is_no_place_cannot_be_walked(catalogue):
    with pytest.raises(LocatorError, match="no archival reference in"):
        walk(catalogue, "the whole archive")
    with pytest.raises(LocatorError, match="names 2 places; give one"):
        walk(catalogue, "APRF, f. 3; GARF, f. 5")
    with pytest.raises(LocatorError, match="names no archive, fond, opis or delo"):
        walk(catalogue, "l. 5")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (" 112133 ", ["112133"]),
        ("77", []),
        ("APRF, f. 3, op. 65, d. 776", ["112133"]),
        ("РГАНИ. Ф. 3. Оп. 12. Д. 1005. Л. 2–2 об.; APRF, f. 3, op. 65, d. 777", ["4", "3"]),
        ("APRF, f. 3, op. 65, d. 999", []),
    ],
)
def test_the_documents_that_are_meant(catalogue, query, expected):
    assert [document.id for document in documents_of(catalogue, query)] == expected


def test_where_to_look_on(catalogue):
    assert wider(catalogue, look_up(catalogue, "APRF, f. 3, op. 65, d. 778")) == ("APRF, f. 3, op. 65", 2)
    assert wider(catalogue, look_up(catalogue, "APRF, f. 3, op. 67, d. 1")) == ("APRF, f. 3", 3)
    assert wider(catalogue, look_up(catalogue, "GASO, f. R-6, op. 1, d. 7")) == ("GASO", 1)
    assert wider(catalogue, look_up(catalogue, "ГАСО-2, ф. 5, оп. 1, д. 7")) is None
    assert wider(catalogue, look_up(catalogue, "RGALI, f. 1, op. 1, d. 1")) is None
    document = catalogue.document("2")
    assert neighbours(catalogue, document, document.references[0]) == 1


def test_records(catalogue):
    record = lookup_record(look_up(catalogue, "АПРФ, ф. 3, оп. 65, д. 776, л. 31"), id_="q1")
    assert record["reference"]["fond"] == "3"
    assert record["found"] == [{
        "document_id": "112133",
        "match": "leaf_in_range",
        "reference": {
            "text": "APRF, f. 3, op. 65, d. 776, ll. 30-32", "archive": "APRF", "fond": "3", "opis": "65",
            "delo": "776", "papka": None, "leaves": [["30", "32"]],
        },
    }]  # fmt: skip
    assert parse_record("ГАРФ. Ф. 5. Оп. 1. Д. 2. Л. 07–9 об.")["references"] == [{
        "archive": "GARF", "archive_as_written": "ГАРФ", "fond": "5", "opis": "1", "delo": "2", "papka": None,
        "leaves": [["7", "9v"]], "other": {},
    }]  # fmt: skip
