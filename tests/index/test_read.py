"""A file in the form of the sample becomes a document that keeps every character of both texts."""

import hashlib
import unicodedata
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import SourceError
from index.read import read
from tests.records import BRIDGE, HISTORY, HOSPITAL, LIBRARY, ORCHARD, Record
from tests.strategies import english_texts, russian_texts

PATH = Path("/archive/700001.txt")
RECORD = Record()


def reading(text):
    raw = text.encode() if isinstance(text, str) else text
    return read(PATH, raw, hashlib.sha256(raw).hexdigest())


def document(text):
    return reading(text).document


def bare(text):
    """The text without its white space, which alone may differ at the edges of paragraphs."""
    return "".join(text.split())


@pytest.fixture(scope="module")
def read_sample(sample):
    return read(sample, sample.read_bytes(), "0")


class TestTheSample:
    @pytest.fixture
    def text(self, sample):
        return sample.read_text(encoding="utf-8")

    def test_it_is_read_without_a_remark(self, read_sample):
        assert read_sample.remarks == ()

    def test_every_character_of_both_texts_is_kept_in_order(self, text, read_sample):
        body = text.split("Translation - English", 1)[1]
        texts = read_sample.document.texts
        assert bare(texts["ru"] + texts["en"]) == bare(body)
        assert texts["ru"] in body
        assert texts["en"] in body

    def test_the_marks_between_the_languages_close_the_russian_and_the_opening_line_is_english(self, read_sample):
        texts = read_sample.document.texts
        assert texts["ru"].startswith("[...]\n\nТов. Штыкову")
        assert texts["ru"].endswith('Кореи".\n\n[...]')
        assert texts["en"].startswith("Copies to Malenkov")
        assert texts["en"].endswith("Peoples' Army of Korea.")

    def test_each_text_has_eight_paragraphs(self, read_sample):
        assert len(read_sample.document.paragraphs("ru")) == len(read_sample.document.paragraphs("en")) == 8

    def test_the_catalogue_fields_are_kept_as_printed(self, text, read_sample):
        document = read_sample.document
        assert document.id == "112133"
        assert document.title.startswith("Politburo Decision to Confirm the Following Directive")
        assert (document.date.text, document.date.earliest) == ("September 24, 1949", date(1949, 9, 24))
        assert [label for label, _ in document.fields] == [
            "Date", "Citation", "Summary", "Original Language", "Contents"
        ]  # fmt: skip
        assert all(value in text for _, value in document.fields)
        assert document.field("Original Language") == "Russian"
        assert document.field("Contents") == "Transcript - Russian  \nTranslation - English"
        assert document.field("Summary").startswith("The Soviet Politburo argues")
        assert document.url.endswith("/document/112133")

    def test_both_references_are_read(self, read_sample):
        first, second = read_sample.document.references
        assert (first.archive, first.fond, first.opis, first.delo, first.leaves) == (
            "APRF", "3", "65", "776", (("30", "32"),)
        )  # fmt: skip
        assert (second.archive, second.fond, second.papka, second.leaves) == (
            "AVP RF", "059a", "11", (("75", "77"),)
        )  # fmt: skip


@given(russian_texts, english_texts)
def test_both_texts_are_kept_to_the_letter_whatever_their_paragraphs(russian, english):
    read = document(replace(RECORD, russian=russian, english=english).text)
    wanted = {"ru": "\n\n".join(russian), "en": "\n\n".join(english)}
    assert read.texts == {language: unicodedata.normalize("NFC", text) for language, text in wanted.items()}


@given(russian_texts, st.integers(0, 3))
def test_marks_of_omission_stay_where_they_stand(russian, before):
    marked = [*russian[:before], "[...]", *russian[before:]]
    read = document(replace(RECORD, russian=marked, english=["A line."]).text)
    assert read.texts == {"ru": "\n\n".join(marked), "en": "A line."}


def test_an_opening_line_that_only_the_english_has_stays_english():
    read = document(replace(RECORD, english=("Copies to Ivanov.", *RECORD.english)).text)
    assert read.texts["en"].startswith("Copies to Ivanov.\n\nThe bridge")


def test_quotation_marks_round_one_text_are_kept():
    read = document(replace(RECORD, russian=("«Мост открыт.", "Поезда идут».")).text)
    assert read.texts["ru"] == "«Мост открыт.\n\nПоезда идут»."


def test_texts_that_alternate_are_each_kept_whole():
    mixed = replace(RECORD, russian=("Первый.", "First.", "Второй.", "Second."), english=())
    assert document(mixed.text).texts == {"ru": "Первый.\n\nВторой.", "en": "First.\n\nSecond."}


def test_white_space_inside_a_text_is_kept():
    read = document(replace(RECORD, russian=("Первая строка  \n\tвторая\u00a0строка.\n\n\n\nДалее.",)).text)
    assert read.texts["ru"] == "Первая строка  \n\tвторая\u00a0строка.\n\n\n\nДалее."


def test_markup_and_template_code_inside_the_texts_are_kept_as_they_are():
    russian = ("<script>alert('Внимание, опасный мост')</script>", "# Заголовок *не* __поле__ `код` {{ семь }}")
    english = ("{{ 7 * 7 }} {% raw %} ${env} %(s)s &amp; <!-- x -->", "![x](javascript:alert(1)) | a | b |")
    read = document(replace(RECORD, russian=russian, english=english).text)
    assert read.texts == {"ru": "\n\n".join(russian), "en": "\n\n".join(english)}


def test_a_heading_inside_a_text_is_no_field():
    read = document(replace(RECORD, russian=("#### **Примечание:**", "Мост стоит.")).text)
    assert read.texts["ru"] == "#### **Примечание:**\n\nМост стоит."
    assert read.field("Примечание") is None


@pytest.mark.parametrize(
    "change",
    [lambda t: t.replace("\n", "\r\n"), lambda t: "\ufeff" + t, lambda t: "\ufeff" + t.replace("\n", "\r\n"), lambda t: "\n\n" + t],
    ids=["CRLF", "byte-order mark", "both", "blank lines first"],
)  # fmt: skip
def test_the_way_a_file_was_saved_changes_nothing(change):
    assert replace(document(change(BRIDGE.text)), source=None) == replace(document(BRIDGE.text), source=None)


def test_letters_are_composed_and_nothing_else_is_changed():
    decomposed = unicodedata.normalize("NFD", BRIDGE.text)
    assert decomposed != BRIDGE.text
    read = document(decomposed)
    assert read.texts == document(BRIDGE.text).texts
    kept = document(replace(RECORD, russian=("½ ﬁ № Ⅷ ё \u00ad тест",)).text).texts["ru"]
    assert kept == "½ ﬁ № Ⅷ ё \u00ad тест"  # what NFKC would change


@pytest.mark.parametrize("repository", [RECORD.repository, HISTORY], ids=["current formula", "old formula"])
def test_both_published_formulas_give_the_same_document(repository):
    read = document(replace(BRIDGE, repository=repository).text)
    assert (read.id, read.url, read.title) == ("700001", BRIDGE.url, BRIDGE.title)
    assert [(r.archive, r.fond, r.opis, r.delo, r.leaves) for r in read.references] == [
        ("APRF", "45", "1", "334", (("12", "13"),))
    ]


@pytest.mark.parametrize(
    ("printed", "earliest", "latest"),
    [
        ("May 3, 1951", date(1951, 5, 3), date(1951, 5, 3)),
        ("September 1952", date(1952, 9, 1), date(1952, 9, 30)),
        ("1953", date(1953, 1, 1), date(1953, 12, 31)),
    ],
    ids=["day", "month", "year"],
)
def test_a_date_is_read_whole_or_in_part(printed, earliest, latest):
    read = document(replace(RECORD, date=printed).text).date
    assert (read.text, read.earliest, read.latest) == (printed, earliest, latest)


def test_without_a_heading_the_citation_gives_title_and_date():
    text = RECORD.text.replace(f"## **{RECORD.date}**\n\n", "").replace(f"### **{RECORD.title}**\n\n", "")
    read = document(text)
    assert (read.title, read.date.text) == (RECORD.title, RECORD.date)
    assert [label for label, _ in read.fields][0] == "Citation"


def test_an_unknown_field_is_kept():
    text = RECORD.text.replace("#### **Contents:**", "#### **Original Archive:**\n\nA shelf\n\n#### **Contents:**")
    assert document(text).field("Original Archive") == "A shelf"


def test_a_field_of_several_paragraphs_is_kept_whole():
    assert document(replace(RECORD, summary="One.\n\nTwo.").text).field("Summary") == "One.\n\nTwo."


@pytest.mark.parametrize(
    "lost",
    ["Transcript - Russian  \nTranslation - English\n\n", "#### **Contents:**\n\nTranscript - Russian  \nTranslation - English\n\n"],
    ids=["its value", "the field"],
)  # fmt: skip
def test_without_contents_no_word_of_the_texts_is_lost(lost):
    text = BRIDGE.text.replace(lost, "")
    assert text != BRIDGE.text
    assert document(text).texts == document(BRIDGE.text).texts


class TestRemarks:
    def test_a_file_with_only_one_language_is_read_with_a_remark(self):
        for record, held, lacking in ((ORCHARD, "Russian", "English"), (HOSPITAL, "English", "Russian")):
            (remark,) = reading(record.text).remarks
            assert remark == f"only a {held} text; quotations from it have no {lacking} counterpart"

    def test_a_citation_without_fond_or_opis_is_read_with_a_remark(self):
        (remark,) = reading(replace(RECORD, source="APRF, Listy 146-147, Fond and Opis not given").text).remarks
        assert remark.startswith("the citation gives no fond or no opis; kept as printed: 'APRF, Listy 146-147")

    def test_an_address_without_a_record_number_is_read_with_a_remark(self):
        text = RECORD.text.replace("<https://archive.invalid/document/700001>", "")
        assert document(text).id == PATH.stem
        (remark,) = reading(text).remarks
        assert remark == "the citation's address gives no record number; the file's name, '700001', serves"

    def test_a_date_in_an_unknown_form_is_read_with_a_remark(self):
        text = RECORD.text.replace("## **May 3, 1951**", "## **the third of May**")
        assert document(text).date is None
        assert reading(text).remarks == (
            "the date 'the third of May' is not in a known form; searches by date will not find it",
        )

    def test_two_dates_that_differ_are_read_with_a_remark_and_the_heading_counts(self):
        text = RECORD.text.replace("## **May 3, 1951**", "## **May 4, 1951**")
        assert document(text).date.earliest == date(1951, 5, 4)
        (remark,) = reading(text).remarks
        assert "'May 4, 1951', the citation 'May 3, 1951'; the heading counts" in remark

    def test_a_third_language_is_read_with_a_remark(self):
        (remark,) = reading(replace(RECORD, contents="Transcript - Korean\nTranslation - English").text).remarks
        assert remark == "the contents name Korean; only Russian and English are told apart"

    def test_an_ordinary_record_is_read_without_a_remark(self):
        assert reading(LIBRARY.text).remarks == ()


class TestRefusals:
    @pytest.mark.parametrize(
        ("raw", "told"),
        [
            (b"", "the file is empty; put the record in it or delete it"),
            (b" \n\t\r\n", "the file is empty"),
            (b"\x89PNG\r\n\x1a\n\x00\x00", r"not a text file: byte 8 is zero; save the record as UTF-8 text"),
            (RECORD.text.encode("utf-16"), r"not a text file: byte \d+ is zero"),
            (b"just a line\n", r"line 1: no labelled fields; expected lines such as '#### \*\*Citation:\*\*'"),
            (b"{% for x in y %}\n", "no labelled fields"),
        ],
        ids=["empty", "blank", "binary", "UTF-16", "no fields", "a template"],
    )
    def test_a_file_that_is_no_record_is_refused_with_what_to_do(self, raw, told):
        with pytest.raises(SourceError, match=told) as refused:
            reading(raw)
        assert refused.value.path == PATH
        assert str(refused.value).startswith(str(PATH))

    def test_the_byte_that_is_not_utf_8_is_named_with_its_line(self):
        raw = RECORD.text.encode().replace("Мост".encode(), "Мост".encode("cp1251"), 1)
        at = raw.index(b"\xcc\xee\xf1\xf2")
        line = raw[:at].count(b"\n") + 1
        with pytest.raises(SourceError, match=rf"line {line}: byte {at} \(0xcc\) is not UTF-8; save the file as UTF-8"):
            reading(raw)

    def test_no_citation_is_refused_with_the_form_of_one(self):
        with pytest.raises(SourceError, match='no citation; under .* put: "Title", date, Wilson Center'):
            reading(RECORD.text.replace("Citation:", "Note:"))
        with pytest.raises(SourceError, match=r"line 5: no citation"):
            reading(RECORD.text.replace(RECORD.cited + "\n\n", ""))

    def test_a_citation_in_another_form_is_refused_and_shown(self):
        with pytest.raises(SourceError, match="line 6: the citation is not of the form .*; found: see the shelf"):
            reading(replace(RECORD, citation="see the shelf").text)

    def test_a_date_that_never_was_is_refused(self):
        with pytest.raises(SourceError, match=r"impossible date: 'February 30, 1950' is not a date: .* has 28 days"):
            reading(replace(RECORD, date="February 30, 1950").text)

    @pytest.mark.parametrize("russian", [(), ("[...]",), ("12 : 34", "— — —")], ids=["nothing", "a mark", "no letter"])
    def test_fields_without_a_text_are_refused(self, russian):
        with pytest.raises(SourceError, match="no Russian or English text follows the fields"):
            reading(replace(RECORD, russian=russian, english=()).text)

    @given(st.binary(max_size=200))
    def test_any_bytes_are_read_or_refused(self, raw):
        with pytest.raises(SourceError, match=str(PATH)):
            reading(raw)

    @given(st.data())
    def test_a_record_with_a_few_bytes_changed_is_read_or_refused(self, data):
        raw = bytearray(BRIDGE.text.encode())
        for _ in range(data.draw(st.integers(1, 4))):
            raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
        try:
            reading(bytes(raw))
        except SourceError as error:
            assert str(error).startswith(str(PATH))  # noqa: PT017 - either outcome is right
