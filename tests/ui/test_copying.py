"""What is copied: the words at a place with their citation, read out of the document when they are copied."""

import re

import pytest
from starlette.testclient import TestClient

from rag.answer import Parallel, Place
from rag.cite import cite
from rag.extract import RECORDS, extract, quotation
from rag.pipeline import Pipeline
from rag.question import Question
from tests.prepared import sample_index
from tests.ui.browsing import site_of
from ui.messages.copying import STYLES
from ui.page.copying import choice_html, copying_html
from ui.server.app import rooms_app


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory):
    with Pipeline.open(sample_index(tmp_path_factory)) as opened:
        yield opened


@pytest.fixture(scope="module")
def client(pipeline):
    return TestClient(rooms_app(site_of(pipeline)))


@pytest.fixture(scope="module")
def place(pipeline):
    return pipeline.ask(Question.of("Why did Moscow reject an attack on the South?")).statements[0].citations[0]


def address(markup):
    return re.search(r'data-cite="([^"]*)"', markup)[1].replace("&amp;", "&")


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_button_s_address_gives_the_words_to_the_letter_and_the_citation_of_cite(client, place, style, language):
    where = address(copying_html(place.document, place))
    reply = client.get(f"/copy/{where}&style={style}&language={language}&words=cited")
    citation = cite(place.document, style, language=language, quotation=place)
    assert reply.headers["content-type"] == "text/plain; charset=utf-8"
    assert reply.text == (citation if style in RECORDS else f"“{place.words}” {citation}")


def test_both_languages_are_copied_if_that_is_chosen(client, place):
    where = address(copying_html(place.document, place))
    reply = client.get(f"/copy/{where}&words=both")
    assert reply.text.startswith(f"“{place.words}” [«{place.parallel.words}»] ")


def test_a_document_without_a_place_gives_its_citation_alone(client, place):
    where = address(copying_html(place.document))
    assert client.get(f"/copy/{where}?style=gost&language=ru").text == cite(place.document, "gost", language="ru")


@pytest.mark.parametrize(
    ("where", "status"),
    [
        ("112133?cited=en&en=10-20-00000000", 409),
        ("112133?cited=xx&xx=10-20", 409),
        ("112133?cited=en&en=10-99999999", 409),
        ("no-such", 404),
        ("<script>?style=%00", 404),
    ],
)
def test_what_does_not_stand_there_is_not_copied(client, where, status):
    reply = client.get(f"/copy/{where}")
    assert reply.status_code == status
    assert reply.headers["content-type"].startswith("text/plain")


def test_a_style_that_nobody_knows_gives_the_first(client, place):
    assert client.get("/copy/112133?style=mla").text == cite(place.document, next(iter(STYLES)))


def test_a_quotation_that_faces_nothing_has_nothing_in_brackets(place):
    alone = Place(document=place.document, language="ru", span=place.parallel.span, parallel=None)
    assert quotation(alone, both=True) == f"«{alone.words}»"
    facing = Parallel(document=place.document, language="en", span=place.span, confidence=1.0)
    both = Place(document=place.document, language="ru", span=alone.span, parallel=facing)
    assert extract(place.document, both, "gost", both=True).startswith(f"«{alone.words}» [“{place.words}”] ")


def test_every_style_can_be_chosen_and_a_button_is_small(place):
    assert re.findall(r'<option value="([^"]*)"', choice_html())[: len(STYLES)] == list(STYLES)
    assert len(copying_html(place.document, place)) < 800
