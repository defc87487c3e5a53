"""A document's page shows every word of its texts as text, marks what was asked for, and leads on from there."""

import re
from dataclasses import replace
from itertools import count, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.document import LANGUAGES, Departure, Document, SentenceBead, Source, Span
from index.finding import finds
from rag.pipeline import Pipeline
from tests.prepared import sample_index
from tests.records import Record, write_all
from tests.ui.browsing import site_of
from tests.ui.shown import NASTY, Shown, squeezed
from ui.page import reading
from ui.page.facing import LONGEST_ROW, rows_of
from ui.page.links import document_link, place_address
from ui.page.reading import Opened
from ui.printed.render import visible
from ui.server.asked import Asked
from ui.server.documents import document as reply


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with Pipeline.open(sample_index(tmp_path_factory)) as pipeline:
        yield site_of(pipeline)


@pytest.fixture(scope="module")
def sample(site):
    with site.pipeline.opened() as index:
        document = index.catalogue.document("112133")
        return Opened(document=document, beads=index.catalogue.beads(document), sides=document.languages)


@pytest.fixture
def get(site):
    """Opens the sample; gives the reply and what it shows."""

    def get(id_="112133", **asked):
        found = reply(site, Asked(path={"id": id_}, query={name: (value,) for name, value in asked.items()}))
        return found, Shown(found.body)

    return get


def text(shown, language):
    """The words of one text, without the numbers of its paragraphs."""
    return squeezed(shown.text(f"div:{language}", outside=".number"))


words = st.one_of(
    st.sampled_from(NASTY), st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1, max_size=12)
)
paragraph = st.lists(words, min_size=1, max_size=4).map(" ".join).filter(lambda text: "\n" not in text and text.strip())


@st.composite
def opened(draw):
    """A document, its beads, some of which face nothing or are not there; places, finds and departures in its texts."""
    texts, units, marks = {}, {}, {}
    for language in LANGUAGES:
        paragraphs = draw(st.lists(paragraph, min_size=1, max_size=5))
        texts[language] = text = "\n\n".join(paragraphs)
        starts = [sum(len(block) + 2 for block in paragraphs[:n]) for n in range(len(paragraphs))]
        placed = [Span(a, a + len(block)) for a, block in zip(starts, paragraphs, strict=True)]
        units[language] = [span for span in placed if draw(st.booleans())]
        start = draw(st.integers(0, len(text) - 1))
        marks[language] = Span(start, draw(st.integers(start + 1, len(text))))
    beads = []
    for n in range(max(map(len, units.values()))):
        spans = {language: units[language][n] for language in LANGUAGES if n < len(units[language])}
        departures = (Departure("number", spans, draw(words)),) if draw(st.booleans()) else ()
        beads.append(SentenceBead(spans, 0.5, departures))
    document = Document(
        id=draw(words), title=draw(words), date=None, references=(), fields=(("Summary", draw(words)),),
        url=None, texts=texts, source=Source(path="/a", sha256="0"),
    )  # fmt: skip
    sought = draw(words)
    found = {side: tuple(finds(side, texts[side], sought)) for side in LANGUAGES}
    return Opened(document=document, beads=beads, sides=LANGUAGES, marks=marks, sought=sought, finds=found)


@given(opened())
def test_every_character_of_both_texts_is_shown_and_marked_is_what_was_asked_for(given):
    shown = Shown(reading.document_page(given))
    assert shown.only_ours()
    for language, whole in given.document.texts.items():
        assert text(shown, language) == squeezed(visible(whole))
        for kind, spans in ((".place", [given.marks[language]]), (".find", given.finds[language])):
            marked = shown.text(f"div:{language}", kind)
            assert squeezed(marked) == squeezed("".join(visible(span.of(whole)) for span in spans))
    ids = [told["id"] for _, told in shown.tags if told.get("id")]
    assert len(ids) == len(set(ids))
    assert [f"find-{n}" for n in range(1, given.found + 1)] == [id_ for id_ in ids if id_.startswith("find-")]


@given(opened(), st.sampled_from(LANGUAGES))
def test_one_text_alone_is_shown_whole_and_nothing_of_the_other(given, side):
    alone = replace(given, sides=(side,), finds={side: given.finds[side]})
    shown = Shown(reading.document_page(alone))
    assert text(shown, side) == squeezed(visible(given.document.texts[side]))
    assert {told["lang"] for told in shown.all("div") if "lang" in told} == {side}


@given(opened())
def test_rows_hold_both_texts_in_order(given):
    for side, whole in given.document.texts.items():
        spans = [row[side] for row in rows_of(given.document, given.beads) if side in row]
        assert all(one.end <= two.start for one, two in pairwise(spans))
        assert squeezed("".join(span.of(whole) for span in spans)) == squeezed(whole)


@given(opened())
def test_a_link_names_its_document_and_places_and_nothing_else(given):
    link = document_link(given.document, given.marks)
    path, _, rest = link.partition("?")
    assert path.count("/") == 2
    assert set("<>\"' &?#") & set(path) == set()
    assert all(f"{language}={span.start}-{span.end}-" in rest for language, span in given.marks.items())
    assert rest.endswith("#place")


def test_a_row_begins_with_every_paragraph_and_is_not_long(sample):
    document = sample.document
    rows = list(rows_of(document, sample.beads))
    for side in LANGUAGES:
        starts = {row[side].start for row in rows if side in row}
        assert {span.start for span in document.paragraphs(side)} <= starts
        longest = max(bead.spans[side].end - bead.spans[side].start for bead in sample.beads if side in bead.spans)
        assert all(row[side].end - row[side].start <= LONGEST_ROW + longest for row in rows if side in row)


def test_a_long_paragraph_without_an_end_is_cut_into_rows():
    sentence = "Поезд пришёл в Пхеньян утром, и его встретили. "
    texts = {"ru": (sentence * 100).strip(), "en": ("The train came in the morning. " * 100).strip()}
    size = {"ru": len(sentence), "en": len("The train came in the morning. ")}
    beads = [SentenceBead({x: Span(n * size[x], (n + 1) * size[x] - 1) for x in LANGUAGES}, 1.0) for n in range(100)]
    document = Document(
        id="1", title="A", date=None, references=(), fields=(), url=None, texts=texts,
        source=Source(path="/a", sha256="0"),
    )  # fmt: skip
    rows = list(rows_of(document, beads))
    assert len(rows) > 3
    shown = Shown(reading.document_page(Opened(document=document, beads=beads, sides=LANGUAGES)))
    assert shown.text(".number") == "11"


def test_a_document_is_shown_with_its_catalogue_record(sample):
    document = sample.document
    shown = Shown(reading.document_page(sample))
    assert document.title in shown.text("h1")
    assert "September 24, 1949" in shown.text("header", ".date")
    assert all(reference.text in shown.text(".references") for reference in document.references)
    assert document.field("Summary") in shown.text(".summary")
    assert all(value in shown.text("dd") for _, value in document.fields)
    assert document.url in shown.hrefs()
    assert not shown.all("mark")


def test_every_paragraph_has_an_address_and_its_number_is_the_link(sample):
    shown = Shown(reading.document_page(sample))
    for side in LANGUAGES:
        wanted = [f"{side}-{n}" for n in range(1, len(sample.document.paragraphs(side)) + 1)]
        assert [told["id"] for told in shown.all("p") if str(told.get("id")).startswith(f"{side}-")] == wanted
        assert [href for href in shown.hrefs() if href.startswith(f"#{side}-")] == [f"#{name}" for name in wanted]


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("Russian", ("Russian · original", "English · translation")),
        (None, ("Russian · original", "English · translation")),
        ("English", ("Russian · translation", "English · original")),
        ("Chinese", ("Russian · translation", "English · translation")),
    ],
    ids=str,
)
def test_which_text_is_the_original_is_what_the_record_says(sample, printed, names):
    fields = (("Original Language", printed),) if printed else ()
    markup = reading.document_page(replace(sample, document=replace(sample.document, fields=fields)))
    heads = re.search(r'<div class="heads.*?</div>', markup)[0]
    assert Shown(heads).said("en") == "".join(names)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", " http://a", "//a", "http:a"])
def test_an_address_that_is_not_of_the_web_is_no_link(sample, url):
    shown = Shown(reading.document_page(replace(sample, document=replace(sample.document, url=url))))
    assert url not in shown.hrefs()
    assert url in shown.text("header", ".address")


def test_a_strange_address_of_the_web_is_a_link_to_it_and_nothing_more(sample):
    url = 'https://[x"onmouseover="alert(1)'
    shown = Shown(reading.document_page(replace(sample, document=replace(sample.document, url=url))))
    assert url in shown.hrefs()
    assert shown.only_ours()


def test_where_the_texts_depart_is_marked_and_told(sample):
    shown = Shown(reading.document_page(sample))
    departures = [departure for bead in sample.beads for departure in bead.departures]
    assert departures
    for departure in departures:
        assert departure.reason in shown.text(".compare")
        for side, span in departure.spans.items():
            assert squeezed(span.of(sample.document.texts[side])) in squeezed(shown.text(f"div:{side}", ".departs"))


def test_a_place_is_marked_and_can_be_collected_with_what_faces_it(get, sample):
    bead = next(bead for bead in sample.beads if len(bead.spans) == 2 and bead.confidence > 0.5)
    for marks in (bead.spans, {"en": bead.spans["en"]}):
        address = document_link(sample.document, marks)
        asked = dict(re.findall(r"[?&](ru|en)=([^&#]+)", address))
        found, shown = get(**asked, cited="en")
        assert found.status == 200
        for side, span in bead.spans.items():
            assert squeezed(shown.text(f"div:{side}", ".place")) == squeezed(span.of(sample.document.texts[side]))
        (collected,) = [told["data-collect"] for told in shown.all("button") if told.get("data-collect")]
        assert collected.startswith("112133?cited=en&")
        assert place_address_of(sample.document, bead, "en") == collected


def place_address_of(document, bead, cited):
    from rag.answer import Parallel, Place

    facing = "ru" if cited == "en" else "en"
    parallel = Parallel(document=document, language=facing, span=bead.spans[facing], confidence=1.0)
    return place_address(Place(document=document, language=cited, span=bead.spans[cited], parallel=parallel))


@pytest.mark.parametrize("told", ["5-5", "9-3", "0-999999999", "1-9-00000000", "x", "-1-4", "1-9-", "9" * 30 + "-9"])
def test_a_place_that_is_not_there_is_told_and_nothing_marked(get, told):
    found, shown = get(en=told)
    assert found.status == 200
    assert "no such place" in shown.text(".warning")
    assert not shown.all("mark")


def test_words_are_found_in_both_texts_and_led_through(get, sample):
    found, shown = get(find="наступление", hit="2")
    spans = list(finds("ru", sample.document.texts["ru"], "наступление"))
    assert len(spans) >= 3
    assert f"Places found: {len(spans)}" in shown.said("en")
    assert f"Найдено мест: {len(spans)}" in shown.said("ru")
    steps = [told["href"] for told in shown.all("a") if told.get("data-step")]
    assert [re.search(r"hit=(\d+)#find-(\d+)$", step).groups() for step in steps] == [("1", "1"), ("3", "3")]
    current = [told["id"] for told in shown.all("mark") if "current" in told["class"]]
    assert current == ["find-2"]
    assert found.status == 200


@pytest.mark.parametrize(("hit", "at"), [("0", 1), ("99999", None), ("x", 1), ("9" * 20, 1), ("-1", 1)])
def test_a_find_that_is_not_there_is_the_nearest_or_the_first(get, hit, at):
    _, shown = get(find="Korea", hit=hit)
    total = len(shown.all("mark"))
    assert [told["id"] for told in shown.all("mark") if "current" in told["class"]] == [f"find-{at or total}"]


def test_what_is_not_there_is_told(get):
    _, shown = get(find="<script>alert(1)</script>")
    assert "Nothing found" in shown.text(".finds")
    assert shown.only_ours()
    assert shown.fields()["find"] == "<script>alert(1)</script>"


def test_what_was_asked_for_is_kept_by_every_way_on(get, sample):
    bead = next(bead for bead in sample.beads if len(bead.spans) == 2)
    place = re.search(r"ru=([^&#]+)", document_link(sample.document, bead.spans))[1]
    _, shown = get(ru=place, find="Korea", side="en")
    kept = shown.fields()
    assert kept["side"] == "en"
    assert kept["ru"] == place
    assert kept["find"] == "Korea"
    views = [href for href in shown.hrefs() if "find=Korea" in href and "hit" not in href]
    assert all(f"ru={place}" in href for href in views)
    assert len(views) == 3


def test_very_common_words_are_counted_and_some_marked(sample):
    text = "мир " * 5000
    document = replace(sample.document, texts={"ru": text.strip()})
    found = {"ru": tuple(finds("ru", text, "мир"))}
    given = Opened(document=document, beads=(), sides=("ru",), sought="мир", finds=found, at=1)
    shown = Shown(reading.document_page(given))
    assert "Places found: 5000" in shown.said()
    assert f"the first {reading.MOST_MARKED} are marked" in shown.said()
    assert len(shown.all("mark")) == reading.MOST_MARKED


def test_a_document_that_is_not_there_is_told_and_none_named_leads_to_the_list(get, site):
    found, shown = get("<b>nix")
    assert found.status == 404
    assert "There is no document “<b>nix” in this archive." in shown.text("h1")
    assert shown.only_ours()
    assert reply(site, Asked(path={"id": ""})).headers["Location"] == "/documents"


FILE = "AVP RF, f. 0102, op. 7, p. 26, d. 47, ll. {}-{}"


def test_beside_a_document_are_its_file_and_its_neighbours_by_date(tmp_path):
    from index.build import update

    numbers = count(1)
    dates = ("May 3, 1950", "May 1, 1950", "June 2, 1951", "1952")
    sources = (FILE.format(1, 2), FILE.format(5, 9), "APRF, f. 3, op. 1, d. 1, l. 1", FILE.format(11, 12))
    records = [
        Record(number=f"60000{(n := next(numbers))}", title=f"Letter {n} <b>", date=date, source=source,
               russian=(f"Письмо номер {n} о мосте.",), english=(f"Letter number {n} on a bridge.",))
        for date, source in zip(dates, sources, strict=True)
    ]  # fmt: skip
    update(tmp_path / "index", [write_all(tmp_path / "archive", records)])
    with Pipeline.open(tmp_path / "index") as pipeline:
        shown = Shown(reply(site_of(pipeline), Asked(path={"id": "600001"})).body)
        last = Shown(reply(site_of(pipeline), Asked(path={"id": "600004"})).body)
    rel = {told["rel"]: told["href"] for told in shown.all("a") if told.get("rel") in ("prev", "next")}
    assert rel == {"prev": "/document/600002", "next": "/document/600003"}
    assert "Also in this file: 2" in shown.said()
    assert "Ещё в этом деле: 2" in shown.said("ru")
    named = shown.text("nav", ".entries")
    assert named.index("Letter 2 <b>") < named.index("Letter 4 <b>")
    assert "Letter 3" not in named
    assert any("/documents?" in href and "papka=26" in href and "delo=47" in href for href in shown.hrefs())
    assert "next" not in {told.get("rel") for told in last.all("a")}
    assert shown.only_ours()


@given(st.lists(words, min_size=1, max_size=5).map(" ".join))
def test_a_notice_is_text(told):
    shown = Shown(reading.notice_page(told))
    assert shown.only_ours()
    assert squeezed(visible(told)).casefold() in squeezed(shown.text()).casefold()
