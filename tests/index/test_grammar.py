"""References as scholars print them; the strings are of the kinds that archives and books have, not a test set's."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.archives import FILE, archive_key, load_table
from index.citation import parse_citation, read_citation
from index.document import ArchivalReference
from index.errors import ArchiveError
from index.leaves import plain_leaves, relation, runs_backwards
from index.places import file_key
from index.reference import parse_references, read_references
from tests.forms import FORMS, plain, render


def parts(reference):
    given = {name: getattr(reference, name) for name in ("holder", "fond", "opis", "delo", "papka")}
    leaves = ", ".join(a if a == b else f"{a}-{b}" for a, b in plain_leaves(reference.leaves))
    return {k: v for k, v in given.items() if v} | ({"leaves": leaves} if leaves else {}) | dict(reference.other)


def only(text):
    (reference,) = read_references(text).references
    return parts(reference)


SAMPLE = {"holder": "APRF", "fond": "3", "opis": "65", "delo": "776", "leaves": "30-32"}


@pytest.mark.parametrize(
    "text",
    [
        "APRF, f. 3, op. 65, d. 776, ll. 30-32",
        "АПРФ, ф. 3, оп. 65, д. 776, лл. 30-32",
        "АП РФ. Ф. 3. Оп. 65. Д. 776. Л. 30–32.",
        "Архив Президента Российской Федерации (АП РФ). Ф. 3, оп. 65, ед. хр. 776, л. 30–32",
        "AP RF F.3 Op.65 D.776 Ll.30-32",
        "APRF, Fond 3, Opis' 65, Delo 776, Listy 30-32",
        "aprf f3 op65 d776 l30-32",
        "ll. 30-32, d. 776, op. 65, f. 3, APRF",
        "f. 3, op. 65, d. 776, ll. 30-32 (Presidential Archive of the Russian Federation)",
        "APRF (f. 3, op. 65, d. [776], pp. 30–32)",
        "Арxив Президента РФ, фонд № 3, опись 65, дело 776, листы 30—32",  # a Latin x among Cyrillic letters
        "APRF: f. 3; op. 65; d. 776; ll. 030-032. Translated by A. Person.",
        "APRF, f. 3, op. 65, d. 776: 30-32",
        "Source: APRF, fond 3, inventory 65, file 776, folios 30-32",
    ],
)
def test_one_place_is_read_alike_from_every_form(text):
    assert only(text) == SAMPLE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("AVPRF, f. 059a, op. 5a, p. 11, d. 3, ll. 75-77", {"papka": "11", "delo": "3", "leaves": "75-77"}),
        ("АВП РФ. Ф. 059а. Оп. 5а. Д. 3. П. 11. Л. 75–77.", {"papka": "11", "delo": "3", "leaves": "75-77"}),
        ("AVPRF f. 0100, op. 34, 1946, p. 253, d. 18", {"papka": "253", "delo": "18", "year": "1946"}),
        ("AVP RF, f. 06, op. 11, por. 18, d. 280", {"papka": "18", "delo": "280"}),
        ("AVP RF, f. 06, op. 11, por. 18, p. 4, d. 280", {"papka": "4", "por": "18", "delo": "280"}),
        ("АВПРФ. Ф. 07. Оп. 23д. П. 30а. Д. 12. Л. 5 об.", {"opis": "23д", "papka": "30а", "leaves": "5v"}),
        ("RGANI, f. 3, op. 72, d. 155, p. 9", {"delo": "155", "leaves": "9"}),
        ("RGANI, f. 89, per. 42, dok. 58, l. 3", {"per": "42", "dok": "58", "leaves": "3"}),
        ("RGASPI, F. 666, Tetrad’ (Te.) 6, Ll. 190–91, 193", {"tetrad": "6", "leaves": "190-191, 193"}),
        ("ГАРФ. Ф. Р-1235. Оп. 4. Ед. хр. 11. Л. 52.", {"fond": "Р-1235", "delo": "11", "leaves": "52"}),
        ("mol xix-j-1-j korea 4. doboz", {"holder": "MOL", "signature": "xix-j-1-j korea 4. doboz"}),
        ("ГАРФ, ф. Р 5446, оп. 1, д. 2", {"fond": "Р 5446", "delo": "2"}),
        ("ГАРФ. Ф.Р.5446. Оп.1. Д.2", {"fond": "Р.5446", "opis": "1", "delo": "2"}),
        ("RGANI, ll. 3, 5 d. 12, op. 30, f. 5", {"leaves": "3, 5", "delo": "12", "fond": "5"}),
        ("RGANI, f. 5, op. 30, d. 12, l. 3, 5 March 1953", {"leaves": "3", "delo": "12"}),
        ("ЦДАГО України, ф. 1, оп. 24, спр. 1234, арк. 5–6 зв.", {"delo": "1234", "leaves": "5-6v"}),
        ("RGANI (formerly TsKhSD), f. 5, op. 1, d. 2", {"holder": "RGANI", "fond": "5"}),
        ("Archive of the President of the Russian Federation (hereafter APRF), f. 45, d. 2", {"holder": "APRF"}),
        ("АВП РФ, ф. 0102, оп. 7, п. 27, д. 44, л.д. 150", {"delo": "44", "leaves": "150"}),
        ("RGANI, f. 2, op. 1, d. 198, ll. 1-5, 7-9ob., and 12", {"leaves": "1-5, 7-9v, 12"}),
        (
            "Department of State, Central Files, 611.93/2–1555. Secret; Priority.",
            {"classification": "Secret; Priority"},
        ),
        ("GARF, f. 1235, op. 140, d.59, l. 29-rev.", {"delo": "59", "leaves": "29v"}),
        ("TsKhSD, F. 3, Op. 12, D. 1005, Ll. 2-2ob", {"holder": "TsKhSD", "leaves": "2-2v"}),
        ("RGASPI, f. 558, op. 11, d. 97, 27", {"delo": "97", "leaves": "27"}),
        ("RGASPI, f. 558, op. 11, d. 97, ll. 474–82", {"leaves": "474-482"}),
        ("ЦГАИПД. Ф. 1728. Ед. хр. 537079. 60 л.", {"delo": "537079", "extent": "60 л."}),
        ("ОР РГБ. Ф. 223 (С. Д. Полторацкий). Картон 80. Ед. хр. 1 - 24", {"papka": "80", "delo": "1-24"}),
        ("RGANI, f. 3, op. 72, d. 199, P 97 (47)", {"delo": "199", "protocol": "P 97 (47)"}),
        ("Pb 210/II", {"protocol": "Pb 210/II"}),
        ("APRF, Prot. No. 38", {"holder": "APRF", "protocol": "38"}),
        ("TsDA, F. 1-B, Op. 6, a.e. 1234, l. 5", {"fond": "1-B", "delo": "1234", "leaves": "5"}),
        ("Ibid., d. 5, l. 7", {"delo": "5", "leaves": "7"}),
        ("SAPMO-BA, DY 30/3621, 62–67", {"holder": "SAPMO-BArch", "signature": "DY 30/3621", "leaves": "62-67"}),
        ("BAB, SAPMO, DY 30, IV 2/20/136", {"holder": "SAPMO-BArch", "signature": "DY 30, IV 2/20/136"}),
        ("BStU, MfS, ZAIG 5123, p. 5-9", {"signature": "MfS, ZAIG 5123", "leaves": "5-9"}),
        (
            "MOL, XIX-J-1-j Korea, 4. doboz, 5/a, 004076/ 1955",
            {"signature": "XIX-J-1-j Korea, 4. doboz, 5/a, 004076/1955"},
        ),
        ("PRC FMA 106-01403-02, 35", {"holder": "PRCFMA", "signature": "106-01403-02", "leaves": "35"}),
        ("AAN, KC PZPR, XI A/132, k. 14", {"holder": "AAN", "signature": "KC PZPR, XI A/132", "leaves": "14"}),
        ("795B.5/6–2550: Telegram", {"signature": "795B.5/6–2550", "form": "Telegram"}),
        ("NARA, College Park, RG 59, Lot 61 D 385, Box 12", {"rg": "59", "lot": "61 D 385", "box": "12"}),
    ],
)
def test_elements(text, expected):
    assert expected.items() <= only(text).items()


def test_several_archives_and_what_is_not_printed_again():
    found = [parts(r) for r in read_references(
        "РГАСПИ. Ф. 17. Оп. 162. Д. 46. Л. 40; Д. 47. Л. 3 об.; Оп. 163. Д. 5; and GARF, f. A-513, op. 1, d. 12"
    ).references]  # fmt: skip
    assert found == [
        {"holder": "RGASPI", "fond": "17", "opis": "162", "delo": "46", "leaves": "40"},
        {"holder": "RGASPI", "fond": "17", "opis": "162", "delo": "47", "leaves": "3v"},
        {"holder": "RGASPI", "fond": "17", "opis": "163", "delo": "5"},
        {"holder": "GARF", "fond": "A-513", "opis": "1", "delo": "12"},
    ]


def test_what_is_not_given_stays_open_and_is_told():
    reading = read_references("APRF, Listy 146-147, Fond and Opis not given")
    assert [parts(r) for r in reading.references] == [{"holder": "APRF", "leaves": "146-147"}]
    assert reading.problems == ("'fond' without a number", "'opis' without a number")


def test_a_part_printed_twice_is_not_chosen_from():
    reading = read_references("AVPRF F.0102. O.13 D.72 Delo 5")
    assert [parts(r) for r in reading.references] == [{"holder": "AVPRF", "fond": "0102", "opis": "13"}]
    assert "two numbers of the delo" in reading.problems[0]


def test_numbers_without_labels_are_not_guessed_at():
    reading = read_references("РГАСПИ 17/162/46/40")
    assert not reading.references
    assert "need labels" in reading.problems[0]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "What did Stalin write to Shtykov in 1949?",
        "FRUS, 1961–1963, vol. XIV, Berlin Crisis, 1961–1962, Doc. 77",
        "CWIHP Bulletin 8/9 (Winter 1996–97), 224–42",
        "Д. А. Волкогонов. Сталин. М., 1990. Т. 2. С. 15.",
        "V. Zubok, Inside the Kremlin's Cold War (Cambridge, 1996), p. 12.",
        "Translated for NKIDP by F. 3 Person, op. cit.",
        "the list of files in the box",
    ],
)
def test_what_holds_no_place_in_an_archive_gives_none(text):
    assert read_references(text).references == ()


def test_a_whole_citation():
    citation = read_citation(
        "“Title, with a comma,” 14 August 1957, History and Public Policy Program Digital Archive, AVPRF F. 0102, "
        "Op. 13, P. 72, Delo 5, Listy 165-192. Translated by G. Person. https://example.org/document/1"
    )
    assert (citation.title, citation.date, citation.url) == (
        "Title, with a comma", "1957-08-14", "https://example.org/document/1",
    )  # fmt: skip
    assert citation.credits == "Translated by G. Person."
    assert citation.references[0].papka == "72"


def test_quotation_marks_round_the_whole_are_no_title():
    citation = read_citation('"АП РФ. Ф. 3. Оп. 65. Д. 776. Л. 30–32."')
    assert citation.title is None
    assert [parts(reference) for reference in citation.references] == [SAMPLE]


def test_a_record_keeps_its_reference_as_printed():
    one, two = parse_references(
        "APRF, f. 3, op. 65, d. 776, ll. 30-32, and AVP RF, Fond 059a, Opis 5a, Delo 3, listy 75-77."
    )
    assert (one.text, one.archive, one.leaves) == ("APRF, f. 3, op. 65, d. 776, ll. 30-32", "APRF", (("30", "32"),))
    assert (two.archive, two.holder) == ("AVP RF", "AVPRF")


def test_a_record_without_a_readable_reference_keeps_its_source():
    (reference,) = parse_references("Contributor's private collection")
    assert (reference.text, reference.archive) == ("Contributor's private collection", None)


@pytest.mark.parametrize(
    "text",
    [
        "f. " * 3333,
        "APRF, " * 1600,
        "1" * 10_000,
        "1-" * 5_000,
        "l. 1, 2, " * 1100,
        "(" * 10_000,
        "“" + "a " * 5_000,
        "Archive of the " * 660,
        "a/" * 5000 + " // ",
        "Secret; " * 1250,
        "January 1, 1950, " * 580,
    ],
)
@pytest.mark.parametrize("cut", [10_000, 4_900])
def test_nothing_takes_long(text, cut):
    start = time.perf_counter()
    read_citation(text[:cut])
    assert time.perf_counter() - start < 1


# Built, printed in every form, and read back.

_numbers = st.integers(1, 99_999).map(str)
_lettered = st.builds(lambda n, letter: f"{n}{letter}", _numbers, st.sampled_from(["", "", "", "a", "б"]))
_fonds = st.one_of(_lettered, _numbers.map(lambda n: f"0{n}"), _numbers.map(lambda n: f"Р-{n}"))
_leaf = st.builds(lambda n, verso: f"{n}{verso}", st.integers(1, 999), st.sampled_from(["", "", "v"]))


@st.composite
def _leaves(draw):
    numbers = sorted(draw(st.sets(st.integers(1, 900), max_size=6)))
    versos = draw(st.lists(st.sampled_from(["", "", "v"]), min_size=len(numbers), max_size=len(numbers)))
    plain_ones = [f"{n}{v}" for n, v in zip(numbers, versos, strict=True)]
    if draw(st.booleans()):
        return tuple((leaf, leaf) for leaf in plain_ones)
    return tuple(zip(plain_ones[::2], plain_ones[1::2], strict=False))


@st.composite
def _references(draw):
    archive = draw(
        st.sampled_from(["APRF", "AVPRF", "RGASPI", "RGANI", "GARF", "TsAMO", "RGALI", "OR RGB", "GAPPOD", None])
    )
    file = draw(st.sampled_from(["delo", "delo", "delo", "tetrad", "per"]))
    fields = {"fond": draw(_fonds)}
    other = ()
    if file == "delo":
        fields |= {"opis": draw(_lettered), "delo": draw(_lettered)}
        if draw(st.booleans()):
            fields["papka"] = draw(_numbers)
    elif file == "tetrad":
        other = (("tetrad", draw(_numbers)),)
    else:
        other = (("per", draw(_numbers)), ("dok", draw(_numbers)))
    return ArchivalReference(text="-", archive=archive, holder=archive, other=other, leaves=draw(_leaves()), **fields)


@given(_references(), st.sampled_from(FORMS))
def test_a_reference_printed_in_any_form_reads_back(reference, form):
    printed = render(reference, form)
    reading = read_references(printed)
    assert reading.problems == ()
    assert [plain(found) for found in reading.references] == [reference], printed


@given(_references(), _references(), st.sampled_from(FORMS), st.sampled_from(["; ", " and ", "; and ", ", and "]))
def test_two_references_in_a_row_read_back(one, two, form, joiner):
    if one.holder and two.holder and one.holder != two.holder:
        printed = joiner.join(render(reference, form) for reference in (one, two))
        assert [plain(found) for found in read_references(printed).references] == [one, two], printed


_marks = st.builds(
    lambda letters, one, two: f"{letters} {one}/{two}",
    st.sampled_from(["DY", "NY", "B", "FO", "GK"]), st.integers(1, 999), st.integers(1, 99_999),
)  # fmt: skip


@given(st.sampled_from(["SAPMO-BArch", "BArch", "AAN", "PA AA", "MOL"]), _marks, _leaves(), st.sampled_from(FORMS))
def test_a_shelf_mark_reads_back(archive, mark, leaves, form):
    reference = ArchivalReference(
        text="-", archive=archive, holder=archive, leaves=leaves, other=(("signature", mark),)
    )
    printed = render(reference, form)
    assert [plain(found) for found in read_references(printed).references] == [reference], printed


@given(st.text(max_size=200))
def test_no_text_breaks_the_reader(text):
    for reference in read_citation(text).references:
        assert file_key(reference) is None or reference.text


@given(_leaves(), _leaves())
def test_leaves_relate_to_themselves_and_to_each_other(one, two):
    assert relation(one, one) == "exact"
    both = {relation(one, two), relation(two, one)}
    assert both in ({"exact"}, {"same_file"}, {"overlap"}, {"leaf_in_range", "overlap"})


def test_a_range_that_runs_backwards():
    assert runs_backwards(("32", "30"))
    assert not runs_backwards(("474", "82"))
    assert not runs_backwards(("2", "2ob"))
    assert runs_backwards(("2ob", "2"))


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("TsKhSD", "РГАНИ"),
        ("RTsKhIDNI", "РГАСПИ"),
        ("ЦГАОР СССР", "State Archive of the Russian Federation"),
        ("АВП РФ", "Archive of Foreign Policy of the Russian Federation"),
        ("Arkhiv vneshnei politiki SSSR", "Arkhiv vneshney politiki SSSR"),
        ("ГАСО", "GASO"),
    ],
)
def test_names_of_one_archive(one, two):
    assert archive_key(one) == archive_key(two)


def test_an_archive_of_the_users_own(tmp_path):
    table = {"archives": [{"acronym": "GASO", "names": ["Saratov Regional State Archive"], "fonds": True}]}
    (tmp_path / FILE).write_text(json.dumps(table), encoding="utf-8")
    reading = read_references("Saratov Regional State Archive, f. 1, op. 2, d. 3", load_table(tmp_path))
    assert reading.references[0].holder == "GASO"


_FINE = {
    *((field, list) for field in ("archives", "cities", "names", "earlier")),
    *((field, str) for field in ("acronym", "now", "country")),
    *((field, type(None)) for field in ("now", "country")),
    ("fonds", bool),
}
_WRONG = (None, 1, True, "", " ", ".", [], {}, [1], [""], ["GARF", None], "a" * 10_000)


@pytest.mark.parametrize("wrong", _WRONG, ids=lambda wrong: repr(wrong)[:20])
@pytest.mark.parametrize(
    "field", ["archives", "cities", "acronym", "names", "earlier", "now", "country", "fonds", "odd"]
)
def test_a_table_of_any_shape_serves_or_is_told_of_in_a_line(tmp_path, field, wrong):
    row = {"acronym": "GASO", "names": ["Saratov Archive"]}
    table = (
        {"archives": [row]} | {field: wrong}
        if field in ("archives", "cities")
        else {"archives": [row | {field: wrong}]}
    )
    (tmp_path / FILE).write_text(json.dumps(table), encoding="utf-8")
    told = complaint(tmp_path)
    assert "\n" not in told
    assert field in told if told else (field, type(wrong)) in _FINE


def complaint(folder):
    try:
        read_references("Saratov Archive, f. 1, op. 2, d. 3; GARF, f. 5", load_table(folder))
    except ArchiveError as error:
        return str(error)
    return ""


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"archives": [{}]}', '{"archives": [{"acronym": "X", "fond": 1}]}', "[" * 100_000]
)
def test_a_damaged_table_of_archives_is_told_of(tmp_path, text):
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(ArchiveError, match="the table of archives at"):
        load_table(tmp_path)


def test_an_archive_that_the_table_lacks_is_not_taken_for_another():
    assert "holder" not in only("George W. Bush Presidential Library, NSC Files, Box 3")
    assert only("National Archives of Georgia, f. 14, op. 51, d. 7")["holder"] == "National Archives of Georgia"


def test_what_a_record_does_not_make_clear_is_remarked_on():
    line = '"Title", May 1, 1950, Wilson Center Digital Archive, AVPRF, f. 3, d. 5 d. 6. <https://a.invalid/document/1>'
    assert parse_citation(line).problems == ("two numbers of the delo: 5 and 6",)
