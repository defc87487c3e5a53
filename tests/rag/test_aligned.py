"""A place and what faces it, row by row: nothing is lost, nothing said twice."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from index.document import LANGUAGES, SentenceBead, Span, other
from index.sentence import sentences
from rag.aligned import rows
from rag.answer import Parallel, Place
from tests.small_archive import COMMANDING, ENGLISH_ONLY, RUSSIAN_ONLY, TYPOGRAPHY


def placed(document, counterparts, language, span):
    parallel = counterparts.of(document, language, span)
    beads = counterparts.beads(document, language, span, parallel)
    return Place(document=document, language=language, span=span, parallel=parallel, beads=beads)


@given(
    st.sampled_from(["112133", TYPOGRAPHY, COMMANDING, ENGLISH_ONLY, RUSSIAN_ONLY]),
    st.sampled_from(LANGUAGES),
    st.data(),
)
def test_the_rows_put_together_are_the_place_and_what_faces_it(documents, counterparts, id_, language, data):
    document = documents[id_]
    if language not in document.texts:
        language = other(language)
    length = len(document.texts[language])
    start = data.draw(st.integers(0, length - 1))
    place = placed(document, counterparts, language, Span(start, data.draw(st.integers(start + 1, length))))
    found = rows(place)
    whole = {language: place.span} | ({place.parallel.language: place.parallel.span} if place.parallel else {})
    for side, span in whole.items():
        own = [row[side] for row in found if side in row]
        assert own[0].start == span.start
        assert own[-1].end == span.end
        assert all(one.end == two.start for one, two in pairwise(own))


def test_two_sentences_and_their_translations_are_two_rows(documents, counterparts):
    document = documents["112133"]
    first, second = sentences(document.texts["en"])[3:5]
    found = rows(placed(document, counterparts, "en", Span(first.start, second.end)))
    assert len(found) >= 2
    for row in found:
        alone = counterparts.of(document, "en", row["en"])
        assert row["ru"].start == alone.span.start


def test_a_sentence_without_counterpart_has_a_row_of_its_own_in_either_text(documents):
    document = documents["112133"]
    beads = tuple(
        SentenceBead(spans, 0.9)
        for spans in (
            {"ru": Span(0, 10), "en": Span(0, 8)},
            {"en": Span(8, 20)},
            {"ru": Span(10, 30), "en": Span(20, 30)},
        )
    )
    facing = placed_parallel(document, "en", Span(0, 30))
    place = Place(document=document, language="ru", span=Span(2, 28), parallel=facing, beads=beads)
    assert rows(place) == (
        {"ru": Span(2, 10), "en": Span(0, 8)},
        {"en": Span(8, 20)},
        {"ru": Span(10, 28), "en": Span(20, 30)},
    )


def test_without_sentences_that_face_each_other_there_is_one_row(documents):
    document = documents["112133"]
    facing = placed_parallel(document, "en", Span(0, 30))
    alone = (SentenceBead({"ru": Span(0, 10)}, 0.0), SentenceBead({"ru": Span(10, 20)}, 0.0))
    crossed = (
        SentenceBead({"ru": Span(0, 10), "en": Span(10, 30)}, 0.5),
        SentenceBead({"ru": Span(10, 20), "en": Span(0, 10)}, 0.5),
    )
    for beads in ((), alone, crossed):
        place = Place(document=document, language="ru", span=Span(0, 20), parallel=facing, beads=beads)
        assert rows(place) == ({"ru": Span(0, 20), "en": Span(0, 30)},)


def placed_parallel(document, language, span):
    return Parallel(document=document, language=language, span=span, confidence=0.9)
