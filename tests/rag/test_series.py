from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sentence import sentences
from rag.extractive.series import series_in

PROSE = "The harvest was good. Nobody complained of anything at all."


@pytest.fixture
def written(documents):
    """A document with this English text."""
    return lambda text: replace(documents["900002"], texts={"en": text})


def lists(document, language="en"):
    text = document.texts[language]
    spans = [s for paragraph in document.paragraphs(language) for s in sentences(text, paragraph)]
    return [[item.of(text) for item in series.items] for series in series_in(document, language, spans)]


@pytest.mark.parametrize(("language", "openings"), [
    ("ru", ("С военной стороны", "С политической стороны", "Кроме того")),
    ("en", ("From the military side", "From the political side", "Moreover")),
])  # fmt: skip
def test_paragraphs_with_parallel_openings_are_a_list_and_one_that_goes_on_belongs_to_it(documents, language, openings):
    (items,) = lists(documents["112133"], language)
    assert len(items) == len(openings)
    assert all(item.startswith(opening) for item, opening in zip(items, openings, strict=True))


@pytest.mark.parametrize("openings", [
    ("Firstly, ", "Secondly, "),
    ("In the first place, ", "Finally, "),
    ("On the one hand, ", "On the other hand, "),
    ("1. ", "2. "),
    ("With regard to trade ", "With serious regard to trade "),
])  # fmt: skip
def test_what_counts_is_a_list_and_what_only_begins_alike_is_none(written, openings):
    text = f"{PROSE}\n\n{openings[0]}it costs too much.\n\n{openings[1]}it takes too long.\n\n{PROSE}"
    found = lists(written(text))
    assert bool(found) == (not openings[1].startswith("With"))
    assert all(items == [f"{openings[0]}it costs too much.", f"{openings[1]}it takes too long."] for items in found)


def test_sentences_of_one_paragraph_can_be_the_items(written):
    text = f"{PROSE} First, the price is high. Nobody can pay it. Second, the roads are bad."
    assert lists(written(text)) == [["First, the price is high. Nobody can pay it. ", "Second, the roads are bad."]]


@given(st.lists(st.sampled_from(["Firstly, no.", "Secondly, no.", "Moreover, no.", PROSE, "From the x side, no."])))
def test_items_are_in_order_and_never_overlap(documents, paragraphs):
    document = replace(documents["900002"], texts={"en": "\n\n".join(["Beginning.", *paragraphs])})
    for series in series_in(document, "en", []):
        assert 2 <= series.sure <= len(series.items)
        ends = [0, *(item.end for item in series.items)]
        assert all(item.start >= end for item, end in zip(series.items, ends, strict=False))
