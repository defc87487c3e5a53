"""The notebook: what was collected is verified anew, shown, and exported to files that other programs read."""

import io
import json
import re
import shutil
from datetime import UTC, datetime
from html import unescape
from urllib.parse import quote, urlencode

import docx
import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from starlette.testclient import TestClient

from index.build import update
from index.document import Span
from index.store import Index
from rag.answer import Place
from rag.cite import cite
from rag.notebook import Kept, held_against
from rag.pipeline import Pipeline
from tests.letters import read_csl
from tests.small_archive import RUSSIAN_ONLY, SAMPLE, TYPOGRAPHY
from tests.ui.browsing import site_of
from ui.page.links import collected, place_address
from ui.printed.notebook import escaped
from ui.printed.render import visible
from ui.printed.worddocument import xml_text
from ui.server.app import rooms_app

ENGLISH = "it is impossible to acknowledge that a military attack on the south is now completely prepared for"
BRIDGE = "ремонт железнодорожного моста через реку Сунгари"
HARVEST = "This year’s rice harvest is even worse than last year’s"
COMMANDED = "handed over eight training aircraft"
NOTE = "Сверить по оригиналу: <b>стр.</b> 3\n\n=cmd|'/C calc'!A1 {HYPERLINK x}"
FORMATS = ("docx", "md", "ris", "json")


@pytest.fixture(scope="module")
def changed(archive, tmp_path_factory):
    """An index in which the sample's English reads otherwise, its Russian is the same, and the bridge is gone."""
    folder = tmp_path_factory.mktemp("changed")
    shutil.copytree(archive, folder / "archive")
    (folder / "archive" / f"{RUSSIAN_ONLY}.txt").unlink()
    text = SAMPLE.read_text(encoding="utf-8").replace("completely prepared for", "quite prepared for")
    (folder / "archive" / SAMPLE.name).write_text(text, "utf-8")
    update(folder / "index", [folder / "archive"])
    return folder / "index"


@pytest.fixture(scope="module")
def served(home, changed):
    """Two servers: of the archive as it was, and as it is now."""
    with Pipeline.open(home) as before, Pipeline.open(changed) as after:
        yield {
            name: TestClient(rooms_app(site_of(pipeline, hosts=["127.0.0.1"])), base_url="http://127.0.0.1")
            for name, pipeline in (("before", before), ("after", after))
        }


@pytest.fixture(scope="module")
def places(home):
    """Addresses of four quotations, by their words."""
    with Pipeline.open(home) as pipeline:
        found = {words: pipeline.quote(words).stands[0] for words in (ENGLISH, BRIDGE, HARVEST, COMMANDED)}
    return {words: place_address(place) for words, place in found.items()}


@pytest.fixture
def export(served):
    def export(places, notes=(), server="before", **options):
        options = {"format": "md", "style": "chicago-note", "language": "en"} | options
        form = urlencode([*options.items(), *(("place", p) for p in places), *(("note", n) for n in notes)])
        kind = {"content-type": "application/x-www-form-urlencoded"}
        return served[server].post("/notebook/export", content=form, headers=kind)

    return export


def told(page):
    """The words of a page."""
    return unescape(re.sub(r"<[^>]+>", "", page[page.index("<main") if "<main" in page else 0 :]))


def shown(served, places, notes=(), server="before"):
    form = urlencode([*(("place", p) for p in places), *(("note", n) for n in notes)])
    reply = served[server].post(
        "/notebook/quotations", content=form, headers={"content-type": "application/x-www-form-urlencoded"}
    )
    assert reply.status_code == 200
    return reply.text


def test_the_page_shows_each_quotation_in_its_order_with_both_texts_reference_and_note(served, places):
    page = shown(served, [places[HARVEST], places[ENGLISH]], ["", NOTE])
    words = told(page)
    assert words.index(HARVEST) < words.index("военное наступление на юг является сейчас") > 0
    assert "APRF, f. 3, op. 65, d. 776, ll. 30-32" in words
    assert NOTE in words
    assert "<b>" not in page
    assert len(re.findall(r'<input type="hidden" name="place"', page)) == 2
    for address in (places[HARVEST], places[ENGLISH]):
        assert address in unescape(page)


def test_the_addresses_in_a_link_are_shown_without_a_script(served, places):
    page = served["before"].get("/notebook", params={"place": [places[ENGLISH], places[BRIDGE]]})
    assert page.status_code == 200
    assert "Сунгари" in told(page.text)
    assert "data-given" in page.text
    assert "Nothing is collected yet" in served["before"].get("/notebook").text


def test_what_no_longer_stands_is_listed_as_such_and_not_quoted(served, places):
    words = told(shown(served, [places[ENGLISH], places[BRIDGE], places[HARVEST]], server="after"))
    assert words.count("No longer stands, and is not exported: document") == 2
    assert "other words stand there now" in words
    assert "the document is not in this archive any more" in words
    assert "Sungari" not in words
    assert HARVEST in words


def test_a_quotation_stands_though_what_faced_it_was_changed_and_that_is_said(served, home):
    with Index.open(home) as index:
        document = index.catalogue.document("112133")
        start = document.texts["ru"].index("нельзя не признать")
        russian, english = Span(start, start + 40), document.texts["en"].index(ENGLISH)
    with Pipeline.open(home) as pipeline:
        place = pipeline.quote(russian.of(document.texts["ru"]).rsplit(" ", 1)[0]).stands[0]
    assert place.parallel.span.holds(Span(english, english + len(ENGLISH)))
    words = told(shown(served, [place_address(place)], server="after"))
    assert "The words that stood beside it when it was collected are no longer in the document" in words
    assert "quite prepared for" in words


FORGED = {
    "no address": ("<script>alert(1)</script>", "illegible"),
    "nothing": ("", "illegible"),
    "no check sum": ("112133?cited=en&en=10-20", "illegible"),
    "two places": ("112133?cited=en&en=10-20-00000000&en=10-20-00000001", "illegible"),
    "many fields": ("112133?cited=en&" + "&".join("x=1" for _ in range(2_000)), "illegible"),
    "no such document": ("0?cited=en&en=10-20-00000000", "gone"),
    "a path": ("..%2F..%2Fetc%2Fpasswd?cited=en&en=10-20-00000000", "gone"),
    "another check sum": ("112133?cited=en&en=10-20-00000000", "changed"),
    "beyond the end": ("112133?cited=en&en=999999990-999999999-00000000", "changed"),
    "a place of none": ("112133?cited=en&en=20-20-00000000", "changed"),
}


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_address_is_never_quoted(served, export, home, name):
    address, why = FORGED[name]
    with Index.open(home) as index:
        (entry,) = held_against(index, [collected(address)]).entries
    assert entry.why == why
    assert "<script>alert" not in shown(served, [address])
    assert export([address]).status_code == 409


def test_words_cut_in_two_are_not_quoted_though_their_check_sum_is_right(home, export):
    with Index.open(home) as index:
        document = index.catalogue.document("112133")
        start = document.texts["ru"].index("неподготовленным") + 2
        place = Place(document=document, language="ru", span=Span(start, start + 14), parallel=None)
        (entry,) = held_against(index, [collected(place_address(place))]).entries
    assert entry.why == "cut"
    assert export([place_address(place)]).status_code == 409


@pytest.fixture(scope="module")
def documents(home):
    with Index.open(home) as index:
        return list(index.catalogue.documents())


@given(st.data())
def test_an_address_says_what_it_was_made_from(documents, data):
    document = data.draw(st.sampled_from(documents))
    language = data.draw(st.sampled_from(document.languages))
    end = data.draw(st.integers(1, len(document.texts[language])))
    place = Place(
        document=document, language=language, span=Span(data.draw(st.integers(0, end - 1)), end), parallel=None
    )
    found = collected(place_address(place), "n")
    assert (found.document_id, found.language, found.note) == (document.id, language, "n")
    assert found.places[language][0] == place.span


def test_a_word_document_holds_every_quotation_in_both_languages_with_note_and_citation(export, places, documents):
    reply = export([places[ENGLISH], places[BRIDGE], places[COMMANDED]], [NOTE, "", ""], format="docx")
    assert reply.status_code == 200
    paper = docx.Document(io.BytesIO(reply.content))
    by_id = {document.id: document for document in documents}
    first, bridge, commanded = paper.tables
    assert [cell.text for cell in first.rows[0].cells] == ["Russian", "English (quoted)"]
    russian, english = (cell.text for cell in first.rows[1].cells)
    assert english == ENGLISH
    assert russian in by_id["112133"].texts["ru"]
    assert [cell.text for cell in bridge.rows[1].cells] == [BRIDGE]
    assert commanded.rows[1].cells[1].text == COMMANDED
    said = [(paragraph.style.name, paragraph.text) for paragraph in paper.paragraphs]
    assert ("Delo Note", f"Note: {NOTE}") in said
    citations = [text for style, text in said if style == "Delo Citation"]
    assert "APRF, f. 3, op. 65, d. 776, ll. 30–32" in citations[0]
    assert "par. 4 of the English text" in citations[0]
    assert len(citations) == 3
    assert f"Exported on {datetime.now(UTC).date()}" in said[1][1]
    assert "generation 000001" in said[1][1]


def test_the_words_of_a_word_document_are_marked_as_of_their_language_and_none_is_a_field(export, places):
    reply = export([places[ENGLISH]], [NOTE], format="docx", language="ru", style="gost")
    paper = docx.Document(io.BytesIO(reply.content))
    xml = paper.element.xml
    assert not re.findall(r"w:(?:instrText|fldSimple|fldChar|hyperlink)\b", xml)
    tags = {
        cell.paragraphs[0].runs[0].element.xpath("w:rPr/w:lang/@w:val")[0] for cell in paper.tables[0].rows[1].cells
    }
    assert tags == {"ru-RU", "en-GB"}
    assert "Выписки из архива" in paper.paragraphs[0].text
    assert paper.core_properties.language == "ru-RU"
    assert all("python-docx" not in told for told in (paper.core_properties.author, paper.core_properties.comments))


@given(st.text())
def test_any_text_can_stand_in_a_word_document(text):
    paper = docx.Document()
    paper.add_paragraph(xml_text(text))
    file = io.BytesIO()
    paper.save(file)
    kept = docx.Document(file).paragraphs[0].text
    assert kept.replace("\r", "\n") == xml_text(text).replace("\r", "\n")


@given(st.text(alphabet=st.one_of(st.sampled_from("#*_-+=`~<>[]()!|&;.0123456789 \n\t\\\"'ab:/"), st.characters())))
def test_no_text_is_markup_in_markdown(text):
    shown = MarkdownIt("commonmark").enable("table").enable("strikethrough").render(f"{escaped(text)}\n")
    assert set(re.findall(r"</?(\w+)", shown)) <= {"p"}
    assert "".join(unescape(re.sub("<[^>]*>", "", shown)).split()) == "".join(visible(text).split())


def test_markdown_holds_quotations_notes_citations_and_what_was_left_out(export, places):
    reply = export([places[ENGLISH], places[HARVEST], places[BRIDGE]], [NOTE, "=1+1", "lost"], server="after")
    text = reply.content.decode()
    shown = MarkdownIt("commonmark").render(text)
    words = unescape(re.sub("<[^>]*>", "", shown))
    assert HARVEST in " ".join(words.split())
    assert "Note: =1+1" in words
    left_out = words[words.index("Left out") :]
    assert (
        f"document {RUSSIAN_ONLY}, Russian text: the document is not in this archive any more. Note: lost" in left_out
    )
    assert "document 112133" in left_out
    assert ENGLISH not in words
    assert "<b>" not in shown
    assert {"blockquote", "h1", "h2", "p", "strong", "ul", "li"} == set(re.findall(r"<(\w+)", shown))


def test_ris_has_one_record_for_each_document_that_is_read_by_another_program(export, places):
    text = export([places[ENGLISH], places[HARVEST], places[BRIDGE]], [NOTE, "", ""], format="ris").content.decode()
    records = {record["id"]: record for record in rispy.loads(text)}
    assert set(records) == {"delo112133", f"delo{TYPOGRAPHY}", f"delo{RUSSIAN_ONLY}"}
    notes = records["delo112133"]["notes"]
    assert f"Par. 4 of the English text: “{ENGLISH}”" in notes
    assert f"Note: {' '.join(NOTE.split())}" in notes
    assert any("generation 000001" in note for note in notes)


def test_csl_has_one_valid_item_for_each_document(export, places):
    reply = export([places[ENGLISH], places[HARVEST], places[ENGLISH]], format="json", server="before")
    items = json.loads(reply.content)
    assert [read_csl(json.dumps([item]))["id"] for item in items] == ["delo112133", f"delo{TYPOGRAPHY}"]
    assert ENGLISH in items[0]["note"]


@pytest.mark.parametrize("kind", ["ris", "json"])
def test_records_say_what_was_left_out(export, places, kind):
    text = export([places[BRIDGE], places[HARVEST]], format=kind, server="after").content.decode()
    assert "Left out" in text
    assert RUSSIAN_ONLY in text
    assert BRIDGE not in text


@pytest.mark.parametrize("style", ["chicago-note", "chicago-bibliography", "gost", "wilson"])
@pytest.mark.parametrize("language", ["en", "ru"])
def test_citations_are_of_the_chosen_style_and_language(export, places, home, style, language):
    text = export([places[ENGLISH]], style=style, language=language).content.decode()
    with Index.open(home) as index:
        (kept,) = held_against(index, [collected(places[ENGLISH])]).entries
    assert isinstance(kept, Kept)
    expected = cite(kept.citation.document, style, language=language, quotation=kept.citation)
    shown = unescape(re.sub("<[^>]*>", "", MarkdownIt("commonmark").render(text)))
    assert " ".join(expected.split()) in " ".join(shown.split())


@pytest.mark.parametrize("kind", FORMATS)
def test_the_file_is_named_by_its_date_and_never_kept_by_the_browser(export, places, kind):
    reply = export([places[ENGLISH]], format=kind)
    day = datetime.now(UTC).date().isoformat()
    assert reply.headers["content-disposition"] == f'attachment; filename="delo-notebook-{day}.{kind}"'
    assert reply.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("wrong", [{"format": "exe"}, {"style": "../x"}, {"language": "fr"}, {"format": ""}])
def test_an_unknown_format_is_refused(export, places, wrong):
    reply = export([places[ENGLISH]], **wrong)
    assert reply.status_code == 400
    assert "content-disposition" not in reply.headers


def test_a_note_of_any_length_but_too_great_a_one_is_taken(export, places):
    assert export([places[ENGLISH]], ["ж" * 4_000]).status_code == 200
    refused = export([places[ENGLISH]], ["ж" * 4_001])
    assert refused.status_code == 400
    assert "4001" in refused.text


def test_more_than_the_notebook_takes_is_told_and_left_out(served, places):
    many = [f"{quote(str(n))}?cited=en&en=1-2-00000000" for n in range(201)]
    page = shown(served, many)
    assert "The notebook takes 200 quotations" in page
    assert len(re.findall("<li class", page)) == 200
    assert "The notebook takes" not in shown(served, many[:200])
