import json
import re
from datetime import date

import pytest
from click import unstyle
from hypothesis import given
from hypothesis import strategies as st

from index.build import BuildReport
from index.check import CheckReport
from index.document import Span, facing_texts
from index.store import Index
from rag.answer import Draft, Quotation, Sentence
from rag.counterpart import Counterparts
from rag.pipeline import Pipeline
from rag.question import Filters, Question
from rag.verify import verify
from tests.small_archive import COMMANDING, ENGLISH_ONLY, RUSSIAN_ONLY, TYPOGRAPHY
from ui.printed.render import answer_text, document_text, json_text, search_text, visible
from ui.printed.reports import build_text, check_text, status_text

SAMPLE = "112133"
DOCUMENTS = [SAMPLE, RUSSIAN_ONLY, ENGLISH_ONLY, TYPOGRAPHY, COMMANDING]


@pytest.fixture(scope="module")
def index(home):
    with Index.open(home) as opened:
        yield opened


@pytest.fixture(scope="module")
def pipeline(home):
    with Pipeline.open(home) as opened:
        yield opened


@pytest.fixture(scope="module")
def shown(index):
    """A document as text, without its colours."""

    def show(document_id, width=100, at=None):
        document = index.catalogue.document(document_id)
        return unstyle(document_text(document, index.catalogue.passages(document), width, at))

    return show


def words(text):
    return " ".join(text.split())


def test_an_answer_numbers_its_quotations_and_puts_the_place_under_each(pipeline):
    text = unstyle(answer_text(pipeline.ask(Question.of("What was said about the Ongjin peninsula?")), 100))
    assert text.startswith("Decision of the Politburo “Politburo Decision to Confirm the Following Directive")
    assert "\n\n[1] en  As concerns a partial operation to seize Ongjin peninsula" in text
    assert "    ru  Что касается частной операции по захвату Ондинского полуострова" in text
    assert "    APRF, f. 3, op. 65, d. 776, ll. 30-32; AVP RF, Fond 059a" in text
    assert "    document 112133, paragraph 6, word for word\n" in text


def test_a_statement_is_told_once_and_what_its_quotations_have_in_common_once(pipeline):
    text = unstyle(answer_text(pipeline.ask(Question.of("Why did Moscow reject an attack on the South?")), 100))
    assert len(re.findall(r"^\[\d\] en  ", text, re.MULTILINE)) > 1
    assert [text.count(once) for once in ("Decision of the Politburo", "APRF, f. 3", "/document/112133\n")] == [1, 1, 1]


def test_a_quotation_without_a_counterpart_says_so(pipeline):
    question = Question.of("Почему задерживается ремонт железнодорожного моста?")
    assert "(no counterpart in the other language)" in unstyle(answer_text(pipeline.ask(question), 100))


def test_an_abstention_gives_its_reason_and_the_nearest_documents(pipeline):
    text = words(answer_text(pipeline.ask(Question.of("Who won the 1966 World Cup?")), 80))
    assert text.startswith("Nothing was found in this archive that answers the question.")
    assert "The nearest documents:" in text


def test_a_search_of_nothing_names_no_nearest_document(pipeline):
    answer = pipeline.ask(Question.of("Who won the 1966 World Cup?", Filters(after=date(1990, 1, 1))))
    assert "Nearest" not in answer_text(answer, 80)


def test_withheld_sentences_are_shown_with_their_reasons(index, pipeline):
    question = Question.of("What was said about the Ongjin peninsula?")
    true = pipeline.ask(question).statements[0].citations[0]
    quotations = [
        Quotation(document_id=SAMPLE, language="en", words=true.words.upper()),
        Quotation(document_id=SAMPLE, language="en", words="Moscow approved the \x1b[31mattack at once"),
    ]
    drafted = tuple(Sentence(text=f"Sentence {n}.", quotations=(q,)) for n, q in enumerate(quotations, 1))
    counterparts = Counterparts(index.catalogue)
    draft = Draft(composer="test", sentences=drafted)
    answer = verify(question, draft, pipeline.search(question), counterparts, confidence=0.9)
    text = unstyle(answer_text(answer, 100))
    assert text.startswith("Sentence 1.\n\n[1] en  ")
    assert "paragraph 6, but for typography" in text
    assert "Withheld: Sentence 2. (“Moscow approved the ␛[31mattack at once” is not in document '112133')" in words(
        text
    )


@given(st.integers(40, 110), st.sampled_from(DOCUMENTS))
def test_lines_are_no_wider_than_asked_for(shown, width, document_id):
    lines = [line for line in shown(document_id, width).splitlines() if "http" not in line]
    assert max(map(len, lines)) <= width


@pytest.mark.parametrize("document_id", DOCUMENTS)
def test_on_a_narrow_terminal_every_word_of_both_texts_is_shown_in_order(index, shown, document_id):
    document = index.catalogue.document(document_id)
    body = words(shown(document_id, 60).partition("Contents:")[2])
    for sides in facing_texts(document, index.catalogue.passages(document)):
        for language, span in sides.items():
            assert words(visible(span.of(document.texts[language]))) in body


@pytest.mark.parametrize("document_id", DOCUMENTS)
def test_the_rows_of_a_document_hold_each_text_once_and_in_order(index, document_id):
    document = index.catalogue.document(document_id)
    rows = list(facing_texts(document, index.catalogue.passages(document)))
    for language, text in document.texts.items():
        spans = [sides[language] for sides in rows if language in sides]
        assert spans == sorted(spans)
        assert words(" ".join(span.of(text) for span in spans)) == words(text)


def test_texts_stand_side_by_side_where_there_is_room(shown):
    assert "Тов. Штыкову поручается встретиться с Ким Ир       Commission Comrade Shtykov to meet with Kim Il" in shown(
        SAMPLE
    )


def test_a_place_is_marked_in_its_own_column_line_by_line(index):
    document = index.catalogue.document(SAMPLE)
    start = document.texts["ru"].index("С военной стороны")
    place = ("ru", Span(start, start + 180))
    text = document_text(document, index.catalogue.passages(document), 100, place)
    lit = [line for line in text.splitlines() if "\x1b[33m" in line]
    assert len(lit) == 4
    assert all(line.count("\x1b[33m") == line.count("\x1b[0m") == 1 for line in lit)
    assert all(line.index("\x1b[0m") < len("\x1b[33m") + 49 for line in lit)
    marked = " ".join(line[line.index("\x1b[33m") + 5 : line.index("\x1b[0m")] for line in lit)
    assert marked == f"⟦{words(place[1].of(document.texts['ru']))}⟧"


def test_a_place_that_goes_over_paragraphs_is_marked_in_each(shown):
    marked = shown(SAMPLE, 110, ("en", Span(0, 10_000)))
    assert marked.count("⟦") == marked.count("⟧") > 5


@given(st.text())
def test_what_is_visible_is_as_long_and_commands_nothing(text):
    seen = visible(text)
    assert len(seen) == len(text)
    assert not any((ord(c) < 32 and c not in "\n\t") or 0x7F <= ord(c) < 0xA0 for c in seen)
    assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069") & set(seen)


@given(st.dictionaries(st.text(), st.text()), st.sampled_from([None, 1]))
def test_json_is_read_back_as_it_was_and_commands_nothing(record, indent):
    text = json_text(record, indent)
    assert json.loads(text) == record
    assert visible(text) == text
    assert indent or len(text.splitlines()) == 1


def test_a_search_shows_rank_score_and_ways(pipeline):
    text = unstyle(search_text(pipeline.search(Question.of("Ongjin", keywords=True), count=2), 100))
    assert text.startswith("1. 112133  Politburo Decision")
    assert "\n    score " in text
    assert "words, en #1" in text
    assert "\n2. " in text


def test_a_build_tells_what_it_did_refused_and_passed_over():
    report = BuildReport(
        added=["1", "2"],
        removed=["3"],
        unchanged=4,
        rejected=[("/a\x1b.txt", "the file is empty")],
        remarks=[("/b.txt", "only a Russian text")],
        passed_over={".jpg": 2, ".\x07": 1},
        generation="000007",
    )
    assert unstyle(build_text(report, ".delo")).splitlines() == [
        ".delo: 2 added, 1 removed, 4 unchanged (generation 000007)",
        "Refused, 1:",
        "  /a␛.txt: the file is empty",
        "Remarks, 1:",
        "  /b.txt: only a Russian text",
        "Passed over (Delo reads .txt and .md): 2 .jpg, 1 .␇",
    ]


def test_a_status_tells_what_an_index_holds(index):
    rows = unstyle(status_text(".delo", index.manifest, ("1949-01-01", "1950-12-31"), {"AP\x1bRF": 2}, 1_500_000))
    assert "index      .delo (generation 000001, 1.5 MB)" in rows
    assert "documents  5, 1949-01-01 to 1950-12-31" in rows
    assert "archives   AP␛RF (2)" in rows
    assert "refused    no file" in rows
    assert "documents  5, undated" in unstyle(status_text(".delo", index.manifest, None, {}, 0))
    assert "none could be read" in status_text(".delo", index.manifest, None, {}, 0)


@pytest.mark.parametrize(
    ("report", "told"),
    [
        (CheckReport("000001", {}), "generation 000001: the catalogue, the vectors and the words agree"),
        (CheckReport("000001", {"vectors": ["cut"]}), "Found:\n  vectors: cut\nMend it with: delo check --repair"),
        (
            CheckReport("000002", {"vectors": ["cut"]}, ("vectors",)),
            "Found:\n  vectors: cut\nRepaired, published as generation 000002",
        ),
    ],
    ids=["sound", "damaged", "repaired"],
)
def test_a_check_tells_what_is_wrong_and_what_was_done(report, told):
    assert check_text(report) == told
