"""The list, the timeline and the tree hold just the documents that fit, and every way on leads to what it says."""

import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.dates import parse_date
from index.listing import Dated
from rag.pipeline import Pipeline
from tests.listed import records, write_listed
from tests.ui.browsing import site_of
from tests.ui.shown import NASTY, Shown
from ui.page.timeline import MOST_YEARS_BY_MONTH, timeline_html
from ui.server import catalogue
from ui.server.asked import Asked


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    home = write_listed(tmp_path_factory.mktemp("listed") / "index")
    with Pipeline.open(home) as pipeline:
        yield site_of(pipeline)


@pytest.fixture
def get(site):
    return lambda address, site=site: opened(site, address)


def opened(site, address):
    """What an address shows, as a link on the page gives it."""
    parts = urlsplit(address)
    room = {"/documents": catalogue.documents, "/archive": catalogue.archive}[parts.path]
    found = room(site, Asked(query={name: tuple(given) for name, given in parse_qs(parts.query).items()}))
    return found, Shown(found.body)


def listed(shown):
    """The documents of a list, in order."""
    return [href.removeprefix("/document/") for href in shown.hrefs() if href.startswith("/document/")]


def walked(get, address):
    """The documents of a list with all its pages."""
    found = []
    while address:
        _, shown = get(address)
        found += listed(shown)
        address = next((told["href"] for told in shown.all("a") if told.get("rel") == "next"), None)
    return found


def counted(shown):
    return int(re.search(r"Documents: (\d+)", shown.said())[1])


def holding(test):
    return {d.id for d in records() if test(d)}


def test_all_documents_are_on_the_pages_of_the_list_once_by_date(get):
    found = walked(get, "/documents")
    assert sorted(found) == [d.id for d in records()]
    days = {d.id: d.date and str(d.date.earliest) for d in records()}
    dated = [days[id_] for id_ in found if days[id_]]
    assert dated == sorted(dated)
    assert [days[id_] for id_ in found[len(dated) :]] == [None] * (len(found) - len(dated))
    _, shown = get("/documents")
    assert len(listed(shown)) == 50
    assert shown.only_ours()


ASKED = {
    "after=1949&before=1949-09": lambda d: (
        d.date and str(d.date.latest) >= "1949-01-01" and str(d.date.earliest) < "1949-10"
    ),
    "before=March 1946": lambda d: d.date and str(d.date.earliest) < "1946-04",
    "archive=АПРФ": lambda d: any(r.holder == "APRF" for r in d.references),
    "archive=RGANI&fond=2": lambda d: any(r.holder in ("RGANI", "TsKhSD") and r.fond == "2" for r in d.references),
    "fond=02&papka=1&delo=3": lambda d: any(
        (r.fond or "").lstrip("0") == "2" and r.papka == "1" and r.delo == "3" for r in d.references
    ),
    "archive=-": lambda d: not d.references,
    "archive=APRF&fond=-": lambda d: any(r.holder == "APRF" and not r.fond for r in d.references),
    "person=Штыков": lambda d: "Shtykov" in d.title,
    "original=German": lambda d: d.field("Original Language") == "German",
    "title=kim aircraft": lambda d: "Kim" in d.title,
    "undated=1": lambda d: d.date is None,
    "undated=1&title=письмо&archive=APRF": lambda d: (
        d.date is None and "Письмо" in d.title and any(r.holder == "APRF" for r in d.references)
    ),
    "original=Klingon": lambda d: False,
}  # fmt: skip


@pytest.mark.parametrize("asked", ASKED)
def test_a_list_holds_the_documents_that_fit_and_no_other(get, asked):
    wanted = holding(ASKED[asked])
    assert set(walked(get, f"/documents?{asked}")) == wanted
    found, shown = get(f"/documents?{asked}")
    assert found.status == 200
    if wanted:
        assert counted(shown) == len(wanted)
    else:
        assert "No document of this archive fits" in shown.said()
        assert "Ни один документ" in shown.said("ru")


def test_what_is_set_can_be_changed_and_taken_away(get):
    _, shown = get("/documents?archive=APRF&title=kim&after=1949")
    values = shown.fields()
    assert values["after"] == "1949"
    assert values["title"] == "kim"
    assert [told["value"] for told in shown.all("option") if "selected" in told] == ["APRF"]
    chips = [href for href in shown.hrefs() if href in {
        "/documents?title=kim&after=1949", "/documents?archive=APRF&after=1949", "/documents?archive=APRF&title=kim",
        "/documents?after=1949&title=kim", "/documents?after=1949&archive=APRF",
    }]  # fmt: skip
    assert len(set(chips)) == 3
    labels = {told.get("for") for told in shown.all("label")}
    assert {told["id"] for tag in ("input", "select") for told in shown.all(tag) if "name" in told} <= labels


@pytest.mark.parametrize("page", ["0", "99999", "x", "9" * 30, "-1"])
def test_a_page_that_is_not_there_is_the_nearest_that_is(get, page):
    found, shown = get(f"/documents?page={page}")
    assert found.status == 200
    assert listed(shown)


@pytest.mark.parametrize("date", ["yesterday", "1949-13", "February 30, 1950", "<b>"])
def test_what_is_no_date_is_told_and_kept_in_its_place(get, date):
    found, shown = get(f"/documents?after={date}")
    assert found.status == 400
    assert f"“{date}” is no date" in shown.said()
    assert shown.fields()["after"] == date
    assert shown.only_ours()


def test_dates_that_run_backwards_are_told(get):
    found, shown = get("/documents?after=1950&before=1949")
    assert found.status == 400
    assert "No day is both after 1950-01-01 and before 1949-12-31" in shown.said()


def bars(shown):
    """The links of a timeline, each with its number."""
    return re.findall(r'<a href="(/documents\?[^"]*)"[^>]*><svg.*?<span class="number">(\d+)</span>', shown)


@pytest.mark.parametrize("address", ["", "?title=kim", "?archive=APRF&after=1947&before=1948"])
def test_every_bar_leads_to_a_list_that_holds_what_it_counts(get, address):
    found, _ = get(f"/documents{address}")
    links = bars(found.body)
    assert len(links) > 5
    for href, number in links:
        _, shown = get(href.replace("&amp;", "&"))
        inside = walked(get, href.replace("&amp;", "&"))
        assert len(inside) == counted(shown)
        month = parse_qs(urlsplit(href.replace("&amp;", "&")).query)["after"][0]
        dates = {d.id: d.date for d in records()}
        own = [id_ for id_ in inside if str(dates[id_].earliest)[:7] == str(dates[id_].latest)[:7] == month]
        assert len(own) == int(number)


def test_what_has_no_place_in_the_timeline_is_told(get):
    _, shown = get("/documents")
    years = holding(lambda d: d.date and d.date.text.isdecimal())
    assert f"in no month here: {len(years)}" in shown.said()
    undated = holding(lambda d: d.date is None)
    assert f"Undated: {len(undated)}" in shown.said()
    assert "September 1949" not in shown.said()  # none is from there: a gap, and no link
    assert "March 1949: " in shown.said()
    assert "март 1949: " in shown.said("ru")


days = st.dates(min_value=parse_date("1900").earliest, max_value=parse_date("1999").latest)


@given(st.lists(st.tuples(days, st.integers(0, 800)), max_size=30), st.integers(0, 3))
def test_a_timeline_counts_every_document_once(spans, undated):
    dated = [Dated(str(n), str(day), str(day + timedelta(long))) for n, (day, long) in enumerate(spans)]
    dated += [Dated(f"u{n}", None, None) for n in range(undated)]
    markup = timeline_html(dated, (None, None), lambda after, before: f"/documents?{after},{before}", "/documents?u")
    shown = Shown(markup)
    notes = [Shown(note).said() for note in re.findall(r"<li>.*?</li>", markup)]
    outside = sum(int(note.rpartition(": ")[2]) for note in notes)
    assert sum(int(number) for _, number in bars(markup)) + outside == len(dated)
    years = {int(told[:4]) for one in dated if one.earliest for told in (one.earliest, one.latest)}
    if years:
        by_month = max(years) - min(years) < MOST_YEARS_BY_MONTH
        assert ("months" in markup) == by_month
        wanted = range(min(years), max(years) + 1) if by_month else range(min(years) // 10, max(years) // 10 + 1)
        assert len(shown.all("tr")) == len(wanted) + 1
    heights = [float(told["height"]) for told in shown.all("rect")]
    assert all(0 < height <= 100 for height in heights)
    assert shown.only_ours()


def tree(shown):
    """The names and counts of all branches."""
    return re.findall(r"<summary>(.*?)</summary>", shown)


def test_a_small_archive_is_a_whole_tree(tmp_path):
    some = records()[:120]
    with Pipeline.open(write_listed(tmp_path / "index", some)) as pipeline:
        found, shown = opened(site_of(pipeline), "/archive")
    assert {d.id for d in some} == set(listed(shown))
    assert not [told for told in shown.all("a") if "data-inside" in told]
    said = [Shown(summary).said() for summary in tree(found.body)]
    assert any(name.startswith("Papka 1 ") for name in said)
    assert any(name.startswith("No archive named ") for name in said)
    assert any(name.startswith("No fond given") for name in said)
    assert any(Shown(summary).said("ru").startswith("АПРФ") for summary in tree(found.body))
    assert shown.only_ours()


def test_a_large_tree_is_opened_step_by_step_down_to_its_documents(get):
    _, shown = get("/archive")
    assert listed(shown) == []
    branches = [told["href"] for told in shown.all("a") if "data-inside" in told]
    assert len(branches) == len(tree(get("/archive")[0].body)) >= 5
    seen = set()
    for href in branches:
        found, inside = get(href)
        assert found.status == 200
        assert [told for told in inside.all("details") if told.get("id") == "here" and "open" in told]
        seen |= set(listed(inside))
        lists = [h for h in inside.hrefs() if h.startswith("/documents?")]
        assert lists
    assert seen == {d.id for d in records()}


def test_every_list_of_the_tree_holds_as_many_documents_as_the_tree_counts(get):
    found, _ = get("/archive?archive=AVPRF")
    nodes = re.findall(
        r'<summary>.*?<span class="count">(\d+)</span></summary><p><a href="([^"]+)">', found.body
    )  # fmt: skip
    assert len(nodes) > 10
    for number, href in nodes[::5]:
        assert len(walked(get, href.replace("&amp;", "&"))) == int(number)


def test_a_place_that_holds_nothing_is_told(get):
    found, shown = get("/archive?archive=<b>&fond=7")
    assert found.status == 404
    assert "Nothing of this archive lies there." in shown.said()
    assert tree(found.body)
    assert shown.only_ours()


@pytest.mark.parametrize("room", [catalogue.documents, catalogue.archive])
@pytest.mark.parametrize("may_add", [False, True], ids=["alone", "add"])
def test_an_empty_archive_says_what_to_do(tmp_path, room, may_add):
    home = write_listed(tmp_path / "index", records()[:1])
    (path,) = home.glob("generations/*/catalogue.sqlite")
    with closing(sqlite3.connect(path)) as emptied, emptied:
        emptied.execute("DELETE FROM documents")
    with Pipeline.open(home) as pipeline:
        shown = Shown(room(site_of(pipeline, allow_upload=may_add), Asked()).body)
    assert "This archive holds no documents yet." in shown.said()
    assert "В этом архиве пока нет документов." in shown.said("ru")
    assert "delo index FOLDER" in shown.text("code")
    assert ("Or add files here" in shown.said()) == may_add


def test_hostile_words_are_text_everywhere(tmp_path):
    plain = next(document for document in records() if document.references)
    hostile = [
        replace(
            plain,
            id=f"h{n}",
            title=words,
            references=(replace(plain.references[0], text=f"{words} x", archive=words, holder=None, fond=f"7{words}"),),
            fields=(("Original Language", words),),
        )
        for n, words in enumerate(NASTY)
    ]
    with Pipeline.open(write_listed(tmp_path / "index", hostile)) as pipeline:
        site = site_of(pipeline)
        for address in ("/documents", "/archive"):
            found, shown = opened(site, address)
            assert found.status == 200
            assert shown.only_ours()
            assert "<script>alert(1)</script>" in shown.text()
        for words in NASTY:
            for name in ("title", "person", "archive", "original", "delo", "after"):
                found = catalogue.documents(site, Asked(query={name: (words,)}))
                assert found.status in (200, 400)
                assert Shown(found.body).only_ours()
            assert Shown(catalogue.archive(site, Asked(query={"archive": (words,)})).body).only_ours()
