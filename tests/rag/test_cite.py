"""Citations for use: golden lines worked out from the rules, and records that parsers not written here read back."""

import json
import re
from datetime import date, timedelta
from pathlib import Path

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware
from citeproc.source.json import CiteProcJSON
from csl_reference import Reference
from hypothesis import given
from hypothesis import strategies as st

from index.dates import HistoricalDate, parse_date
from index.document import ArchivalReference, Document, Source, Span
from index.read import read
from index.reference import parse_references
from rag.answer import Citation
from rag.cite import STYLES, VARIANTS, cite

SAMPLE = Path(__file__).parents[2] / "index" / "sample" / "archive" / "112133.txt"
TITLE = "Politburo Decision to Confirm the Following Directive to the Soviet Ambassador in Korea"
URL = "https://wilson-center-digital-archive.dvincitest.com/document/112133"
ENGLISH = "APRF, f. 3, op. 65, d. 776, ll. 30–32; and AVP RF, f. 059a, op. 5a, papka 11, d. 3, ll. 75–77"  # fmt: skip
RUSSIAN = "АПРФ, ф. 3, оп. 65, д. 776, л. 30–32; АВП РФ, ф. 059а, оп. 5а, п. 11, д. 3, л. 75–77"
FAILING = "является сейчас совершенно неподготовленным"
PRINTED = [  # as the Wilson Center and scholars print them
    "APRF, Listy 146-147, Fond and Opis not given; and AVPRF, Fond 059a, Opis 5a, Delo 3, Papka 11, Listy 96-97.",
    "AP RF, f. 45, op. 1, d. 334, l. 141; and RGASPI, f. 558, op. 11, d. 334, ll. 0141. Translated by Gary Goldberg.",
    "AVPRF F. 0102, Op. 13, P. 72, Delo 5, Listy 165-192. Translated for NKIDP by Gary Goldberg.",
    "AVPRF f. 0100, op. 34, 1946, p. 253, d. 18. Obtained and translated for CWIHP by Austin Jersild.",
    "TsAMO RF, fond 5, opis 918795, delo 121, list 720.",
    "TsKhSD, F. 3, Op. 12, D. 1005, Ll. 2-2ob, compiled by V. N. Malin.",
    "RGASPI, F. 666, Te. 6, Ll. 190–91, 193",
    "Resolution No. P95/1 (top secret), 17 August 1968, in APRF, Prot. No. 38.",
    "GARF, f. 1235, op. 140, d.59, l. 29-rev.",
    "РГАСПИ Ф. 17. Оп. 162. Д. 46. Л. 40.",
    "ГАРФ. Ф. Р-1235. Оп. 4. Ед. хр. 11. Л. 52.",
    "SAPMO-BA, DY 30/3621, 62–67",
    "MOL, XIX-J-1-j Korea, 4. doboz, 5/a, 004076/ 1955",
]

letters = st.characters(exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp"))
lines = st.text(letters, min_size=1).map(lambda text: " ".join(text.split())).filter(bool)
hostile = st.lists(
    st.sampled_from(
        [
            *("a", "я ", " ", "{", "}", '"', "'", "\\", "%", "&", "_", "#", "$", "~", "^", "@", ",", "=", "<", ">"),
            *("\n", "\r", "\0", "\x1c", "\x85", "\u2028", "\u202e", "\ud800", "\\}", '"}]', "</title>", "\nER  - \n"),
            *("\nER  - \nTY  - BOOK\nTI  - ", "}\n@book{x,", "}},\n  note = {", "\n@comment{", "\n@string{a="),
        ]
    ),
    max_size=8,
).map("".join)


@pytest.fixture(scope="module")
def sample():
    raw = SAMPLE.read_bytes()
    return read(SAMPLE, raw, "0" * 64).document


@pytest.fixture(scope="module")
def quotation(sample):
    start = sample.texts["ru"].index(FAILING)
    return place(sample, start, start + len(FAILING))


def place(document, start, end, language="ru"):
    return Citation(document=document, language=language, span=Span(start, end), verdict="exact", parallel=None)


def document(title="A letter", *, dated=None, references=(), id_="1", line=None, **fields):
    return Document(
        id=id_,
        title=title,
        date=dated,
        references=references,
        fields=(*(("Citation", line),) * (line is not None), *fields.items()),
        url=None,
        texts={"ru": "Первый абзац.\n\nВторой абзац.", "en": "One paragraph."},
        source=Source(path="a.txt", sha256="0" * 64),
    )


def printed(text):
    return document(references=parse_references(text))


def read_ris(text):
    (record,) = rispy.loads(text)
    return record


def read_bibtex(text, *, decoded=True):
    library = bibtexparser.parse_string(text, append_middleware=[LatexDecodingMiddleware()] if decoded else None)
    assert not library.failed_blocks
    (entry,) = library.entries
    return entry


def read_csl(text):
    """The item, once the model of the CSL-JSON schema and the CSL processor have taken it, whole."""
    (item,) = json.loads(text)
    assert Reference(**item).csl_dump() == item
    held = CiteProcJSON([item])[item["id"].lower()]
    assert held.type == item["type"]
    assert {name: str(held[name]) for name in item if name not in {"id", "type", "issued"}} == {
        name: value for name, value in item.items() if name not in {"id", "type", "issued"}
    }
    return item


# The sample, line by line


GOLDEN = {
    ("chicago", "en"): f"“{TITLE},” September 24, 1949, {ENGLISH}, Wilson Center Digital Archive, {URL}.\n\n"
    f"{ENGLISH}. “{TITLE},” September 24, 1949. Wilson Center Digital Archive. {URL}.",
    ("chicago", "ru"): f"«{TITLE}», 24 сентября 1949 г., {RUSSIAN}, Wilson Center Digital Archive, {URL}.\n\n"
    f"{RUSSIAN}. «{TITLE}», 24 сентября 1949 г. Wilson Center Digital Archive. {URL}.",
    ("gost", "en"): f"{TITLE}, September 24, 1949 // APRF. F. 3. Op. 65. D. 776. L. 30–32; "
    "AVP RF. F. 059a. Op. 5a. Papka 11. D. 3. L. 75–77. "
    f"Digital copy: Wilson Center Digital Archive. URL: {URL}.",
    ("gost", "ru"): f"{TITLE}, 24 сентября 1949 г. // АПРФ. Ф. 3. Оп. 65. Д. 776. Л. 30–32; "
    "АВП РФ. Ф. 059а. Оп. 5а. П. 11. Д. 3. Л. 75–77. "
    f"Электронная копия: Wilson Center Digital Archive. URL: {URL}.",
    ("wilson", "en"): f'"{TITLE}", September 24, 1949, Wilson Center Digital Archive, APRF, f. 3, op. 65, d. 776, '
    f"ll. 30-32, and AVP RF, Fond 059a, Opis 5a, Delo 3, Papka 11, listy 75-77. <{URL}>",
    ("wilson", "ru"): f"«{TITLE}», 24 сентября 1949 г., Wilson Center Digital Archive, {RUSSIAN}. <{URL}>",
    ("wilson-older", "en"): f"“{TITLE},” September 24, 1949, Wilson Center Digital Archive, APRF, f. 3, op. 65, "
    f"d. 776, ll. 30-32, and AVP RF, Fond 059a, Opis 5a, Delo 3, Papka 11, listy 75-77. {URL}",
    ("bibtex", "en"): f"@unpublished{{delo112133,\n  title = {{{{{TITLE}}}}},\n  date = {{1949-09-24}},\n"
    f"  year = {{1949}},\n  note = {{{ENGLISH}}},\n  howpublished = {{Wilson Center Digital Archive}},\n"
    f"  url = {{{URL}}},\n  language = {{Russian}},\n  month = sep\n}}",
    ("bibtex", "ru"): f"@unpublished{{delo112133,\n  title = {{{{{TITLE}}}}},\n  date = {{1949-09-24}},\n"
    f"  year = {{1949}},\n  note = {{{RUSSIAN}}},\n  howpublished = {{Wilson Center Digital Archive}},\n"
    f"  url = {{{URL}}},\n  language = {{Russian}},\n  month = sep\n}}",
    ("ris", "en"): f"TY  - MANSCPT\nID  - delo112133\nTI  - {TITLE}\nDA  - 1949/09/24\nPY  - 1949\n"
    f"DB  - Wilson Center Digital Archive\nAN  - {ENGLISH}\nLA  - Russian\nUR  - {URL}\nER  - ",
    ("ris", "ru"): f"TY  - MANSCPT\nID  - delo112133\nTI  - {TITLE}\nDA  - 1949/09/24\nPY  - 1949\n"
    f"DB  - Wilson Center Digital Archive\nAN  - {RUSSIAN}\nLA  - Russian\nUR  - {URL}\nER  - ",
}


@pytest.mark.parametrize(("style", "language"), GOLDEN, ids=["-".join(key) for key in GOLDEN])
def test_the_sample_is_cited_by_the_rules(sample, style, language):
    assert cite(sample, style, language=language) == GOLDEN[style, language]


@pytest.mark.parametrize(("language", "location"), [("en", ENGLISH), ("ru", RUSSIAN)])
def test_the_sample_is_one_manuscript_in_csl(sample, language, location):
    assert read_csl(cite(sample, "csl", language=language)) == {
        "id": "delo112133",
        "type": "manuscript",
        "title": TITLE,
        "issued": {"date-parts": [[1949, 9, 24]]},
        "archive": "Wilson Center Digital Archive",
        "archive_location": location,
        "language": "ru",
        "URL": URL,
    }


def test_the_wilson_form_is_the_printed_line(sample):
    assert cite(sample, "wilson") == " ".join(sample.field("Citation").split())


def test_the_wilson_form_keeps_the_credits():
    line = '"A letter", 1958, Wilson Center Digital Archive, RGANI, f. 5, op. 49, d. 131. Translated by G. G. <http://a/document/1>'
    read_from = document(dated=parse_date("1958"), line=line)
    assert "RGANI, f. 5, op. 49, d. 131. Translated by G. G." in cite(read_from, "wilson")


@pytest.mark.parametrize("style", [*STYLES, *VARIANTS])
@pytest.mark.parametrize("language", ["en", "ru"])
def test_no_style_ends_with_a_line_end(sample, quotation, style, language):
    for text in (cite(sample, style, language=language), cite(sample, style, language=language, quotation=quotation)):
        assert text == text.rstrip("\n")


def test_an_unknown_style_is_refused_by_name(sample):
    with pytest.raises(ValueError, match="no citation style 'apa'; there are chicago, gost"):
        cite(sample, "apa")


# One quotation


@pytest.mark.parametrize(
    ("style", "language", "expected"),
    [
        ("chicago-note", "en", "September 24, 1949, par. 4 of the Russian text, APRF, f. 3"),
        ("chicago-note", "ru", "24 сентября 1949 г., абз. 4 русского текста, АПРФ, ф. 3"),
        ("gost", "en", "L. 75–77. Par. 4 of the Russian text. Digital copy:"),
        ("gost", "ru", "Л. 75–77. Абз. 4 русского текста. Электронная копия:"),
        ("wilson", "en", f"<{URL}>, par. 4 of the Russian text"),
        ("wilson", "ru", f"<{URL}>, абз. 4 русского текста"),
        ("bibtex", "en", f"annote = {{Par. 4 of the Russian text: “{FAILING}”}}"),
        ("ris", "ru", f"N1  - Абз. 4 русского текста: «{FAILING}»"),
    ],
)
def test_a_quotation_is_cited_with_its_paragraph(sample, quotation, style, language, expected):
    assert expected in cite(sample, style, language=language, quotation=quotation)


def test_a_quotation_goes_into_the_note_of_csl(sample, quotation):
    item = read_csl(cite(sample, "csl", quotation=quotation))
    assert item["note"] == f"Par. 4 of the Russian text: “{FAILING}”"


def test_a_quotation_over_two_paragraphs_names_both():
    whole = document()
    assert cite(whole, "wilson", quotation=place(whole, 0, 20)) == '"A letter", pars. 1–2 of the Russian text.'
    assert "абз. 1 английского текста" in cite(whole, "wilson", language="ru", quotation=place(whole, 0, 3, "en"))


def test_a_quotation_from_another_document_is_refused(sample, quotation):
    with pytest.raises(ValueError, match="a quotation from document '112133', not '1'"):
        cite(document(), "gost", quotation=quotation)


# Dates


@pytest.mark.parametrize(
    ("text", "english", "russian", "da", "date_parts"),
    [
        ("1949-09-24", "September 24, 1949", "24 сентября 1949 г.", "1949/09/24", [[1949, 9, 24]]),
        ("May 1, 1950", "May 1, 1950", "1 мая 1950 г.", "1950/05/01", [[1950, 5, 1]]),
        ("September 1949", "September 1949", "сентябрь 1949 г.", "1949/09//", [[1949, 9]]),
        ("1949", "1949", "1949 г.", "1949///", [[1949]]),
    ],
)
def test_dates_are_as_exact_as_they_are_known(text, english, russian, da, date_parts):
    letter = document(dated=parse_date(text))
    assert cite(letter, "chicago-note") == f"“A letter,” {english}."
    assert cite(letter, "gost", language="ru") == f"A letter, {russian}".rstrip(".") + "."
    assert read_ris(cite(letter, "ris"))["date"] == da
    assert read_csl(cite(letter, "csl"))["issued"] == {"date-parts": date_parts}


def test_a_date_between_two_days_is_given_with_both():
    talks = HistoricalDate(text="7-8 February 1950", earliest=date(1950, 2, 7), latest=date(1950, 2, 8))
    letter = document(dated=talks)
    assert cite(letter, "chicago-note") == "“A letter,” February 7, 1950–February 8, 1950."
    assert cite(letter, "gost", language="ru") == "A letter, 7 февраля 1950 г. – 8 февраля 1950 г."
    assert read_ris(cite(letter, "ris"))["date"] == "1950/02//"
    assert read_csl(cite(letter, "csl"))["issued"] == {"date-parts": [[1950, 2, 7], [1950, 2, 8]]}


def test_a_date_that_could_not_be_read_is_given_as_printed():
    letter = document(Date="28.VII.1948")
    assert cite(letter, "gost", language="ru") == "A letter, 28.VII.1948."
    assert read_ris(cite(letter, "ris"))["date"] == "28.VII.1948"
    assert read_bibtex(cite(letter, "bibtex"))["year"] == "28.VII.1948"
    assert read_csl(cite(letter, "csl"))["issued"] == {"literal": "28.VII.1948"}


def test_a_date_that_ris_would_misread_is_a_note():
    record = read_ris(cite(document(Date="10/14/50"), "ris"))
    assert "date" not in record
    assert record["notes"] == ["10/14/50"]


# References


@pytest.mark.parametrize("text", PRINTED)
@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("style", ["chicago-note", "gost"])
def test_no_number_of_a_printed_reference_is_lost_or_added(text, language, style):
    letter = printed(text)
    shown = cite(letter, style, language=language)
    assert numbers(shown) == numbers(" ".join(reference.text for reference in letter.references))


def numbers(text):
    """All numbers of a text, in an order of their own: a papka may be printed before or after its delo."""
    return sorted(number.lstrip("0") for number in re.findall(r"\d+", text))


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize(
    "text",
    [
        "APRF, Listy 146-147, Fond and Opis not given",
        "RGASPI, F. 666, Te. 6, Ll. 190–91, 193",
        "AVPRF f. 0100, op. 34, 1946, p. 253, d. 18",
        "SAPMO-BA, DY 30/3621, 62–67",
        "National Security Archive",
    ],
)
def test_what_could_not_all_be_read_appears_as_printed(text, language):
    reference = ArchivalReference(text=text, archive=parse_references(text)[0].archive, fond="666", leaves=())
    for letter in (printed(text), document(references=(reference,))):
        assert cite(letter, "chicago-note", language=language).endswith(f" {text}.")
        assert f" // {text}." in cite(letter, "gost", language=language)


@pytest.mark.parametrize(
    ("text", "english", "russian"),
    [
        (
            "ГАРФ. Ф. Р-1235. Оп. 4. Ед. хр. 11. Л. 52",
            "GARF, f. R-1235, op. 4, d. 11, l. 52",
            "ГАРФ, ф. Р-1235, оп. 4, ед. хр. 11, л. 52",
        ),
        ("РГАСПИ Ф. 17. Оп. 162. Д. 46. Л. 40", "RGASPI, f. 17, op. 162, d. 46, l. 40", None),
        ("TsKhSD, F. 3, Op. 12, D. 1005, Ll. 2-2ob", None, "ЦХСД, ф. 3, оп. 12, д. 1005, л. 2–2 об"),
        ("GARF, f. 1235, op. 140, d.59, l. 29-rev", "GARF, f. 1235, op. 140, d. 59, l. 29ob", None),
        ("RGANI, F. 3, op. 72, d. 155, l. 9–12, 15", None, "РГАНИ, ф. 3, оп. 72, д. 155, л. 9–12, 15"),
        ("PolA AA, f. 5, op. 6, d. 7", None, "PolA AA, ф. 5, оп. 6, д. 7"),
    ],
)
def test_short_names_and_labels_are_in_the_script_of_the_form(text, english, russian):
    for language, expected in (("en", english), ("ru", russian)):
        if expected:
            assert cite(printed(text), "chicago-note", language=language) == (
                f"“A letter,” {expected}." if language == "en" else f"«A letter», {expected}."
            )


def test_gost_does_not_repeat_what_two_references_share():
    letter = printed("APRF, f. 3, op. 65, d. 776, ll. 30-32; APRF, f. 3, op. 65, d. 777, l. 1")
    assert cite(letter, "gost") == "A letter // APRF. F. 3. Op. 65. D. 776. L. 30–32; D. 777. L. 1."


small = st.integers(1, 99999).map(str)
leaves = st.lists(st.tuples(st.integers(1, 400), st.integers(0, 9)).map(lambda p: (str(p[0]), str(sum(p)))), max_size=3)


@given(st.sampled_from(["APRF", "АВП РФ", "RGANI"]), small, small, small, st.none() | small, leaves)
def test_a_reference_in_words_parses_back_to_the_same_parts(archive, fond, opis, delo, papka, pages):
    ends = "".join(f", l. {', '.join(f'{a}-{b}' for a, b in pages)}") if pages else ""
    text = f"{archive}, f. {fond}, op. {opis}, {f'papka {papka}, ' if papka else ''}d. {delo}{ends}"
    (held,) = parse_references(text)
    for language in ("en", "ru"):
        (item,) = json.loads(cite(document(references=(held,)), "csl", language=language))
        (back,) = parse_references(item["archive_location"])
        assert [(r.fond, r.opis, r.delo, r.papka, r.leaves) for r in (back,)] == [
            (held.fond, held.opis, held.delo, held.papka, held.leaves)
        ]


# What other programs read


@given(
    lines, st.none() | st.dates(date(1000, 1, 1), date(2999, 12, 28)), st.integers(1, 3), st.lists(lines, max_size=3)
)
def test_ris_and_csl_read_back_to_the_same_values(title, day, precision, texts):
    references = tuple(ArchivalReference(text=text) for text in texts)
    letter = document(title, dated=day and known(day, precision), references=references)
    record, item = read_ris(cite(letter, "ris")), read_csl(cite(letter, "csl"))
    assert record["title"] == item["title"] == title
    assert record.get("accession_number") == item.get("archive_location")
    for text in texts:
        assert text.rstrip(" .,;") in item.get("archive_location", "")
    parts = [day.year, day.month, day.day][:precision] if day else []
    assert [int(part) for part in record.get("date", "").split("/") if part] == parts
    assert item.get("issued", {"date-parts": [[]]})["date-parts"] == [parts]


def known(day, precision):
    last = {3: day, 2: (day.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)}
    first = {3: day, 2: day.replace(day=1), 1: date(day.year, 1, 1)}[precision]
    return HistoricalDate(text=str(day), earliest=first, latest=last.get(precision, date(day.year, 12, 31)))


@given(
    st.text(st.characters(exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp"), exclude_characters="^{}"), min_size=1)
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)
def test_bibtex_reads_back_to_the_same_values(text):
    letter = document(text, Date="n. d.", references=(ArchivalReference(text=f"{text}|"),))
    entry = read_bibtex(cite(letter, "bibtex"))
    assert entry.entry_type == "unpublished"
    assert entry.key == "delo1"
    assert entry["title"] == f"{{{text}}}" or entry["title"] == text
    assert entry["note"] == f"{text}|"


@pytest.mark.parametrize(
    ("title", "escaped"),
    [
        ("5% & more_or #less $", r"5\% \& more\_or \#less \$"),
        ("a {b} c", r"a \{b\} c"),
        ("a {b", r"a {\textbraceleft}b"),
        ("} {", r"{\textbraceright} {\textbraceleft}"),
        (r"\input ~ ^", r"{\textbackslash}input {\textasciitilde} {\textasciicircum}"),
        ("so -- and ``so''", "so -{}- and `{}`so'{}'"),
        ('"Ким Ир Сен"', '"Ким Ир Сен"'),
    ],
)
def test_bibtex_escapes_what_latex_would_take_for_its_own(title, escaped):
    entry = read_bibtex(cite(document(title), "bibtex"), decoded=False)
    assert entry["title"].strip("{") == f"{{{escaped}}}".strip("{")


@given(hostile, hostile, hostile)
def test_nothing_breaks_out_of_its_field(title, text, repository):
    line = f'"t", 1949, {" ".join(repository.replace(",", "").split()) or "R"}, {text or "s"} <http://x/document/1>'
    references = (ArchivalReference(text=text if text.strip() else "s"),)
    letter = document(title, Date="1949\nER  - ", references=references, line=line)
    quoted = place(letter, 0, 5)
    allowed = {"type_of_reference", "id", "title", "date", "name_of_database", "accession_number", "notes"}
    assert set(read_ris(cite(letter, "ris", quotation=quoted))) <= allowed
    fields = {"title", "year", "note", "howpublished", "annote"}
    assert set(read_bibtex(cite(letter, "bibtex", quotation=quoted), decoded=False).fields_dict) <= fields
    read_csl(cite(letter, "csl", quotation=quoted))
    for style in [*STYLES, *VARIANTS]:
        text = cite(letter, style, quotation=quoted)
        text.encode()
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202e]", text)
        assert text.count("\n") <= {"chicago": 2}.get(style, 0 if style not in {"bibtex", "ris", "csl"} else 40)


@given(st.text(min_size=1), st.text(min_size=1))
def test_keys_are_stable_safe_and_distinct(one, another):
    first, second = (read_bibtex(cite(document(id_=i), "bibtex")).key for i in (one, another))
    assert re.fullmatch(r"delo[A-Za-z0-9_-]+", first)
    assert (first == second) == (one == another)


# Little to say


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("chicago", "“A letter.”\n\n“A letter.”"),
        ("gost", "A letter."),
        ("wilson", '"A letter".'),
        ("wilson-older", "“A letter.”"),
        ("bibtex", "@unpublished{delo1,\n  title = {{A letter}}\n}"),
        ("ris", "TY  - MANSCPT\nID  - delo1\nTI  - A letter\nER  - "),
    ],
)
def test_what_the_catalogue_does_not_give_is_left_out(style, expected):
    assert cite(document(), style) == expected


def test_a_document_without_a_title_is_named_by_its_number():
    assert cite(document(" \n"), "gost") == "[Document 1]."
    assert cite(document(""), "gost", language="ru") == "[Документ 1]."


@pytest.mark.parametrize(
    ("title", "english", "russian"),
    [
        ('The "Big Three" at Yalta', "“The ‘Big Three’ at Yalta.”", "«The „Big Three“ at Yalta»."),
        ("«Правда» is silent", "“‘Правда’ is silent.”", "«„Правда“ is silent»."),
        ("What Now?", "“What Now?”", "«What Now?»."),
        ("Stalin's Note.", "“Stalin's Note.”", "«Stalin's Note»."),
    ],
)
def test_quotation_marks_inside_a_title_are_of_the_second_order(title, english, russian):
    assert cite(document(title), "chicago-note") == english
    assert cite(document(title), "chicago-note", language="ru") == russian
