"""The page keeps each answer, tells its address, and opens it there; every word of a record is text."""

import json
import re
import shutil

import pytest
from starlette.testclient import TestClient

from index.build import update
from rag.compose import ExtractiveComposer
from rag.pipeline import Pipeline
from tests.damage import cut
from tests.small_archive import SAMPLE
from tests.ui.browsing import site_of
from ui.kept import Keeper
from ui.options import Answering
from ui.server.app import rooms_app
from ui.server.tab import Tab

ASKED = {
    "en": "Why did Moscow reject <script>alert(1)</script> an attack on the South?",
    "ru": "Почему Москва считала <b>наступление</b> на юг недопустимым?",
}
STANDS = {"en": "every quotation stands as it was given", "ru": "все цитаты на своих местах"}
FALLEN = {"en": "No longer stands", "ru": "Этих слов в документе больше нет"}


@pytest.fixture
def keeper(tmp_path):
    return Keeper(tmp_path / "kept", Answering())


@pytest.fixture
def ask(home, keeper):
    """Asks in a tab of the page; gives what it shows."""

    def ask(question):
        tab = Tab()
        with Pipeline.open(home) as pipeline:
            for _ in tab.ask(pipeline, question, ExtractiveComposer(), keeper.keep):
                pass
        return tab.turns[-1].shown

    return ask


@pytest.fixture
def get(home, keeper):
    """Opens an address of the page; of one with another index, or without records, if told."""
    standing = home

    def get(address, home=None, keeper=keeper):
        with Pipeline.open(home or standing) as pipeline:
            app = rooms_app(site_of(pipeline, hosts=["127.0.0.1"], keeper=keeper))
            return TestClient(app, base_url="http://127.0.0.1").get(address)

    return get


@pytest.fixture(scope="module")
def changed(archive, tmp_path_factory):
    """An index of the small archive in which the sample gives its reasons in other words."""
    folder = tmp_path_factory.mktemp("changed")
    shutil.copytree(archive, folder / "archive")
    text = SAMPLE.read_text(encoding="utf-8").replace("military point of view", "naval point of view")
    text = text.replace("с военной точки зрения", "с <морской> точки зрения")
    (folder / "archive" / SAMPLE.name).write_text(text.replace("September 24, 1949", "September 25, 1949"), "utf-8")
    update(folder / "index", [folder / "archive"])
    return folder / "index"


def kept_at(shown):
    (address,) = set(re.findall(r'href="/record/([0-9a-f]{16})"', shown))
    return address


@pytest.mark.parametrize("language", ASKED)
def test_an_answer_opens_again_by_the_address_that_is_shown_below_it(ask, get, keeper, language):
    address = kept_at(ask(ASKED[language]))
    record = keeper.records.read(address)
    opened = get(f"/record/{address}")
    assert opened.status_code == 200
    assert "default-src 'none'" in opened.headers["Content-Security-Policy"]
    assert STANDS[language] in opened.text
    assert address in opened.text
    assert "<script>" not in opened.text
    assert "<b>" not in opened.text
    for statement in record["answer"]["statements"]:
        for place in statement["citations"]:
            assert f'<blockquote lang="{place["language"]}">{place["words"]}</blockquote>' in opened.text
            assert place["parallel"]["words"] in opened.text
            assert all(reference["text"] in opened.text for reference in place["references"])


@pytest.mark.parametrize("language", ASKED)
def test_against_a_changed_index_what_no_longer_stands_is_shown_old_and_new(ask, get, changed, language):
    text = get(f"/record/{kept_at(ask(ASKED[language]))}", home=changed).text
    assert FALLEN[language] in text
    assert STANDS[language] not in text
    assert "<ins>" in text
    assert "<del>" in text
    assert "<морской>" not in text
    assert "September 25, 1949" in text


def test_what_stands_can_be_collected_and_what_has_fallen_cannot(ask, get, changed):
    address = kept_at(ask(ASKED["en"]))
    before, after = (get(f"/record/{address}", home=home).text for home in (None, changed))
    collects = before.count("data-collect=")
    assert collects == before.count('<figure class="quotation">') > after.count("data-collect=")


def test_every_link_of_a_record_leads_to_its_document(ask, get):
    text = get(f"/record/{kept_at(ask(ASKED['en']))}").text
    links = re.findall(r'href="/(document/[^"]+)"', text)
    assert links
    assert all(get("/" + link.replace("&amp;", "&")).text.count("<mark") >= 1 for link in links)


def test_a_refusal_is_kept_and_opened_too(ask, get):
    text = get(f"/record/{kept_at(ask('Who won the 1966 World Cup?'))}").text
    assert "Nothing was found in this archive that answers the question." in text


@pytest.mark.parametrize("address", ["", "0123456789abcdef", "../../etc/passwd", "<script>alert(1)</script>"])
def test_an_address_of_no_record_is_told_so(get, address):
    told = get(f"/record/{address}")
    assert told.status_code == 404
    assert "<script>" not in told.text


def test_where_no_records_are_kept_none_is_told_or_opened(ask, get):
    assert get(f"/record/{kept_at(ask(ASKED['en']))}", keeper=None).status_code == 404


def test_a_record_that_was_changed_is_not_shown(ask, get, keeper):
    path = keeper.records.path(kept_at(ask(ASKED["en"])))
    record = json.loads(path.read_text("utf-8"))
    record["answer"]["statements"][0]["citations"][0]["words"] = "Moscow approved."
    path.write_text(json.dumps(record), "utf-8")
    told = get(f"/record/{path.stem}")
    assert told.status_code == 500
    assert "was changed since it was kept" in told.text
    assert "approved" not in told.text
    cut(path)
    assert get(f"/record/{path.stem}").status_code == 500


def test_an_answer_is_shown_though_its_record_cannot_be_kept(ask, keeper):
    shutil.rmtree(keeper.records.folder)
    keeper.records.folder.touch()
    shown = ask(ASKED["en"])
    assert "<blockquote" in shown
    assert "annot keep records in" in shown
