"""Citations for use: golden lines worked out from the rules, quotations and dates in them."""

from datetime import date
from pathlib import Path

import pytest

from index.dates import HistoricalDate, parse_date
from index.read import read
from rag.cite import STYLES, VARIANTS, citations_record, cite, cite_each, joined
from tests.letters import document, place, read_bibtex, read_csl, read_ris

SAMPLE = Path(__file__).parents[2] / "index" / "sample" / "archive" / "112133.txt"
TITLE = "Politburo Decision to Confirm the Following Directive to the Soviet Ambassador in Korea"
URL = "https://wilson-center-digital-archive.dvincitest.com/document/112133"
ENGLISH = "APRF, f. 3, op. 65, d. 776, ll. 30–32; and AVP RF, f. 059a, op. 5a, papka 11, d. 3, ll. 75–77"
RUSSIAN = "АПРФ, ф. 3, оп. 65, д. 776, л. 30–32; АВП РФ, ф. 059а, оп. 5а, п. 11, д. 3, л. 75–77"
FAILING = "является сейчас совершенно неподготовленным"


@pytest.fixture(scope="module")
def sample():
    raw = SAMPLE.read_bytes()
    return read(SAMPLE, raw, "0" * 64).document


@pytest.fixture(scope="module")
def quotation(sample):
    start = sample.texts["ru"].index(FAILING)
    return place(sample, start, start + len(FAILING))


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


def test_a_date_over_two_years_has_no_year_of_its_own():
    notes = HistoricalDate(text="1949/50", earliest=date(1949, 12, 30), latest=date(1950, 1, 2))
    letter = document(dated=notes)
    assert cite(letter, "gost") == "A letter, December 30, 1949–January 2, 1950."
    assert "year" not in read_ris(cite(letter, "ris"))


def test_a_date_that_could_not_be_read_is_given_as_printed():
    letter = document(Date="28.VII.1948")
    assert cite(letter, "gost", language="ru") == "A letter, 28.VII.1948."
    assert read_ris(cite(letter, "ris"))["date"] == "28.VII.1948"
    assert read_bibtex(cite(letter, "bibtex"))["year"] == "28.VII.1948"
    assert read_csl(cite(letter, "csl"))["issued"] == {"literal": "28.VII.1948"}


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


# Several documents


def test_several_documents_are_cited_one_by_one(sample):
    both = cite_each((sample, document()), "gost", language="ru")
    assert [(cited.document_id, cited.text) for cited in both] == [
        ("112133", GOLDEN["gost", "ru"]), ("1", "A letter."),
    ]  # fmt: skip
    assert joined(both) == f"{GOLDEN['gost', 'ru']}\n\nA letter."
    assert citations_record(both)["citations"][1] == {
        "document_id": "1", "style": "gost", "language": "ru", "text": "A letter.",
    }  # fmt: skip


@pytest.mark.parametrize("style", [*STYLES, *VARIANTS])
def test_one_citation_joined_is_that_citation(sample, style):
    assert joined(cite_each((sample,), style)) == cite(sample, style)
    assert joined(()) == ""
