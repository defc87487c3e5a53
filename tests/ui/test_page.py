"""Everything that is shown is text: whatever stands in a document, a question or a message is never markup."""

from hypothesis import given
from hypothesis import strategies as st

from index.document import LANGUAGES, Document, Passage, Source, Span
from tests.ui.shown import NASTY
from ui.page.links import document_link

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
def test_a_link_names_its_document_and_places_and_nothing_else(drawn):
    document, _, marks = drawn
    link = document_link(document, marks)
    path, _, rest = link.partition("?")
    assert path.count("/") == 2
    assert set("<>\"' &?#") & set(path) == set()
    assert all(f"{language}={span.start}-{span.end}-" in rest for language, span in marks.items())
    assert rest.endswith("#place")
