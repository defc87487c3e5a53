"""The room that looks up, asked without a browser: whatever is pasted leads where it should, and is text."""

import re
from html.parser import HTMLParser
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from index.build import update
from index.store import Index
from rag.pipeline import Pipeline
from tests.records import Record
from tests.small_archive import SAMPLE
from tests.ui.browsing import site_of
from tests.ui.shown import Shown
from ui.server.app import rooms_app

REFERENCE = "APRF, f. 3, op. 65, d. 776"
QUOTED = "it is impossible to acknowledge that a military attack on the south is now completely prepared for"
ORIGINAL = "нельзя не признать, что военное наступление на юг является сейчас совершенно неподготовленным"
HOSTILE = "Прошу направить `${alert(1)}` в корейскую армию <img src=x onerror=alert(1)> и {{7*7}} {0} автомашин."
LED_TO = {
    "a reference": ("АВП РФ, ф. 059а, оп. 5а, д. 3, п. 11, л. 76", "Documents under this reference: 1", "лист входит"),
    "a reference that is not held": ("APRF, f. 3, op. 65, d. 777", "Not in this collection", "Nothing is held under"),
    "a quotation": (QUOTED, "Word for word in this archive", ORIGINAL),
    "a quotation of its original": ("военное наступление на юг могло бы сыграть", "Слово в слово", "decisive role"),
    "one with a word left out": (QUOTED.replace("now ", ""), "Not as quoted: what stands", "Left out: now"),
    "one with its reference": (f"“{QUOTED}” ({REFERENCE}, l. 31)", "Word for word", "The reference fits (leaf inside"),
    "one with a wrong reference": (f"“{QUOTED}” APRF, f. 3, op. 65, d. 777", "Word for word", "does not fit"),
    "two halves": (
        "not only will not lead to the defeat of the enemy and acquire a prolonged character",
        "put together from words of several places",
        "Quoted: not only will not lead",
    ),
    "words from elsewhere": (
        "the price of wheat in Kazakhstan has doubled since",
        "not in this archive",
        "These words",
    ),
    "one word": ("unprepared", "Nothing to look up", "too short"),
    "a number of a document": ("112133", "Document number 112133", REFERENCE),
    "a number of one that gives no fond": ("900008", "Document number 900008", "A Scrap"),
    "a broken reference": ("APRF, f. 3, op.", "Nothing to look up", "without a number"),
}


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("looking up")
    title = "Telegram <img src=x onerror=alert(1)> ${alert(1)} {0} on Guns"
    hostile = Record(number="900009", title=title, source="RGANI, f. 5, op. 30, d. 12, l. 9 <b>", russian=(HOSTILE,))
    scrap = Record(
        number="900008", title="A Scrap", source="private papers", russian=("Обрывок о погоде в горах.",), english=()
    )
    update(folder / "index", [SAMPLE, hostile.write(folder), scrap.write(folder)])
    return folder / "index"


@pytest.fixture(scope="module")
def browser(home):
    with Pipeline.open(home) as pipeline:
        yield TestClient(rooms_app(site_of(pipeline, hosts=["127.0.0.1"])), base_url="http://127.0.0.1")


@pytest.fixture
def look_up(browser):
    """Pastes something and sends it; gives the page that it leads to, and its words."""

    def look_up(text):
        reply = browser.post("/look-up", data={"q": text})
        assert reply.status_code == 200
        return reply, words(reply.text)

    return look_up


def words(page):
    """What a page says, its white space single; what is said of a heading stands between lines."""
    told = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attributes):
            told.append({"h2": "\n## "}.get(tag, "" if tag in {"span", "mark", "q", "ins", "del", "strong"} else " "))

        def handle_endtag(self, tag):
            told.append("\n" if tag == "h2" else "")

        def handle_data(self, data):
            told.append(data)

    Reader().feed(page[page.index("<main") :])
    return re.sub(r"[^\S\n]+", " ", "".join(told))


def heading(told):
    return re.search(r"## (.*)\n", told)[1]


@pytest.mark.parametrize("kind", LED_TO)
def test_whatever_is_pasted_leads_where_it_should(look_up, kind):
    text, head, told = LED_TO[kind]
    _, page = look_up(text)
    assert head in heading(page)
    assert told in page


def test_the_russian_original_of_an_english_sentence_stands_beside_it_at_once(look_up, home):
    reply, told = look_up(QUOTED)
    assert QUOTED in told
    assert ORIGINAL in told
    assert "Compare: «неподготовленным» is negated" in told
    with Index.open(home) as index:
        assert ORIGINAL in index.catalogue.document("112133").texts["ru"]
    assert len(re.findall("data-collect=", reply.text)) == len(re.findall("data-cite=", reply.text)) == 1


def test_before_anything_is_pasted_one_line_says_what_can_be_and_where_else_to_look(browser):
    page = browser.get("/look-up")
    assert "an English sentence is shown with the Russian" in page.text
    assert "к русскому предложению показывается перевод" in page.text
    assert {'href="/documents"', 'href="/archive"'} <= set(re.findall(r'href="/\w+"', page.text))
    assert 'id="found"' not in page.text


def test_what_is_short_has_an_address_and_what_is_long_is_answered_at_once(browser):
    short = browser.post("/look-up", data={"q": QUOTED}, follow_redirects=False)
    assert short.status_code == 303
    assert browser.get(short.headers["location"]).text == browser.get(f"/look-up?q={quote(QUOTED)}").text
    long = browser.post("/look-up", data={"q": f"{QUOTED} {'and so on ' * 300}"}, follow_redirects=False)
    assert long.status_code == 200


@pytest.mark.parametrize(
    "sent", ["", " \n\t ", "слово " * 4_000, "\x00\x1b[31m", "為什麼", "<script>alert(1)</script>", "{0} {x}"]
)
def test_what_cannot_be_looked_up_is_told_and_never_obeyed(browser, sent):
    reply = browser.post("/look-up", data={"q": sent})
    assert reply.status_code == 200
    assert "<script>alert" not in reply.text
    assert "\x1b" not in reply.text


def test_nothing_similar_is_offered_for_a_reference_that_is_not_held_but_its_place_in_the_tree(look_up):
    reply, told = look_up("APRF, f. 3, op. 65, d. 777")
    assert "Politburo" not in told
    assert 'href="/archive?archive=APRF&amp;fond=3&amp;opis=65#here"' in reply.text
    assert "APRF · fond 3 · opis 65 (documents: 1)" in told
    assert "/archive?" not in look_up("RGALI, f. 1, op. 1, d. 1")[0].text


def test_a_hostile_document_is_shown_as_text(look_up):
    for sought in (HOSTILE[:60], "900009"):
        reply, told = look_up(sought)
        assert "<img src=x onerror=alert(1)> ${alert(1)} {0} on Guns" in told
        assert not re.findall('<(?:img|b|script)[ >](?!src="/delo/|type="module")', reply.text)


def test_a_hostile_paste_is_shown_as_text_in_the_box_and_in_the_title(browser):
    pasted = '\n</textarea><script>alert(1)</script>"{0}'
    page = browser.get("/look-up", params={"q": pasted}).text
    assert "&lt;/textarea&gt;" in page
    assert page.count("</textarea>") == 1
    assert "<script>alert" not in page


def test_what_was_looked_up_opens_at_its_place(browser, look_up):
    reply, _ = look_up(QUOTED)
    (link,) = set(re.findall(r'href="(/document/112133\?[^"#]+)', reply.text))
    assert QUOTED in words(browser.get(link.replace("&amp;", "&")).text)
    assert Shown(browser.get(link.replace("&amp;", "&")).text).text("mark", "div:en") == QUOTED


def test_the_page_may_load_nothing_but_its_own(browser):
    reply = browser.get("/look-up")
    assert "default-src 'none'; script-src 'self'; style-src 'self'" in reply.headers["content-security-policy"]
    assert not re.findall(r"<[^>]+ (?:style|on\w+)=", reply.text)
