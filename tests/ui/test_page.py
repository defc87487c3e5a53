"""Everything that is shown is text: whatever stands in a document, a question or a message is never markup."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.document import LANGUAGES, Document, Passage, Source, Span
from rag.pipeline import Pipeline
from tests.prepared import sample_index
from tests.ui.shown import NASTY, Shown, squeezed
from ui.page import reading
from ui.page.links import document_link
from ui.printed.render import visible


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return sample_index(tmp_path_factory)


@pytest.fixture(scope="module")
def document(home):
    with Pipeline.open(home) as pipeline, pipeline.opened() as index:
        found = index.catalogue.document("112133")
        yield found, index.catalogue.passages(found)


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
def test_which_text_is_the_original_is_what_the_record_says(document, printed, names):
    found, passages = document
    fields = (("Original Language", printed),) if printed else ()
    shown = Shown(reading.document_page(replace(found, fields=fields), passages, {}))
    assert shown.text("th") == "".join(names)


def test_a_document_is_shown_with_its_catalogue_record(document):
    found, passages = document
    shown = Shown(reading.document_page(found, passages, {}))
    header = shown.text("header")
    assert found.title in header
    assert "September 24, 1949" in header
    assert all(reference.text in header for reference in found.references)
    assert found.field("Summary") in header
    assert found.url in shown.hrefs()
    assert squeezed(shown.text("td:ru")) == squeezed(found.texts["ru"])
    assert squeezed(shown.text("td:en")) == squeezed(found.texts["en"])
    assert "mark" not in {tag for tag, _ in shown.tags}


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", " http://a", "//a", "http:a"])
def test_an_address_that_is_not_of_the_web_is_no_link(document, url):
    found, passages = document
    shown = Shown(reading.document_page(replace(found, url=url), passages, {}))
    assert url not in shown.hrefs()
    assert url in shown.text("header")


def test_a_strange_address_of_the_web_is_a_link_to_it_and_nothing_more(document):
    found, passages = document
    url = 'https://[x"onmouseover="alert(1)'
    shown = Shown(reading.document_page(replace(found, url=url), passages, {}))
    assert url in shown.hrefs()
    assert shown.only_ours()


words = st.one_of(
    st.sampled_from(NASTY), st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1, max_size=12)
)
paragraph = st.lists(words, min_size=1, max_size=4).map(" ".join).filter(lambda text: "\n" not in text and text.strip())


@st.composite
def documents(draw):
    """A document, passages that leave some of its paragraphs out or face nothing, and a place in each text."""
    texts, spans, marks = {}, {}, {}
    for language in LANGUAGES:
        blocks = draw(st.lists(paragraph, min_size=1, max_size=5))
        texts[language] = "\n\n".join(blocks)
        starts = [sum(len(block) + 2 for block in blocks[:n]) for n in range(len(blocks))]
        placed = [Span(a, a + len(block)) for a, block in zip(starts, blocks, strict=True)]
        spans[language] = [span for span in placed if draw(st.booleans())]
        start = draw(st.integers(0, len(texts[language]) - 1))
        marks[language] = Span(start, draw(st.integers(start + 1, len(texts[language]))))
    document = Document(
        id=draw(words), title=draw(words), date=None, references=(), fields=(("Summary", draw(words)),),
        url=None, texts=texts, source=Source(path="/a", sha256="0"),
    )  # fmt: skip
    passages = [
        Passage(
            id=f"x:{n}", document_id=document.id, position=n, confidence=1.0,
            spans=(sides := {language: spans[language][n] for language in LANGUAGES if n < len(spans[language])}),
            texts={language: span.of(texts[language]) for language, span in sides.items()},
        )
        for n in range(max(map(len, spans.values())))
    ]  # fmt: skip
    return document, passages, marks


@given(documents())
def test_every_character_of_both_texts_is_shown_and_no_other_marked(drawn):
    document, passages, marks = drawn
    shown = Shown(reading.document_page(document, passages, marks))
    for language, text in document.texts.items():
        assert squeezed(shown.text(f"td:{language}")) == squeezed(visible(text))
        assert squeezed(shown.text(f"td:{language}", "mark")) == squeezed(visible(marks[language].of(text)))
    assert shown.only_ours()
    assert [attributes.get("id") for tag, attributes in shown.tags if tag == "mark"][:1] in ([], ["place"])


@given(documents())
def test_a_link_names_its_document_and_places_and_nothing_else(drawn):
    document, _, marks = drawn
    link = document_link(document, marks)
    path, _, rest = link.partition("?")
    assert path.count("/") == 2
    assert set("<>\"' &?#") & set(path) == set()
    assert all(f"{language}={span.start}-{span.end}-" in rest for language, span in marks.items())
    assert rest.endswith("#place")


def test_what_the_archive_holds_is_told_before_a_document_is_opened():
    shown = Shown(reading.empty_page(12, ("1945-02-01", "1953-03-05"), {"APRF": 11, "<b>": 1}))
    assert "1945-02-01 – 1953-03-05" in shown.text("li")
    assert "APRF (11), <b> (1)" in shown.text("li")
    assert ": 12" in shown.text("li")
    assert "<li></li>" not in reading.empty_page(1, None, {})
    assert "A29" not in reading.empty_page(1, None, {f"A{n}": 40 - n for n in range(40)})
