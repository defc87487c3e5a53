from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from index.lexical import stems
from index.store import Index
from index.units import units_of
from rag.sentences import SentenceBook


@pytest.fixture(scope="module")
def sides(index, documents):
    """Every side of every passage."""
    return [
        (document, passage, language)
        for document in documents.values()
        for passage in index.catalogue.passages(document)
        for language in passage.spans
    ]


def test_a_side_holds_the_sentences_of_its_passage_with_their_stems(book, sides):
    for document, passage, language in sides:
        side = book.side(document, passage, language)
        text, span = document.texts[language], passage.spans[language]
        assert list(side.spans) == [unit for unit in units_of(document, language) if span.holds(unit)]
        assert side.stems == tuple(frozenset(stems(language, span.of(text))) for span in side.spans)


def test_vectors_are_those_the_model_gives_the_sentences(index, book, sides):
    for document, passage, language in sides[::3]:
        side = book.side(document, passage, language)
        vectors = index.embedder.passages([span.of(document.texts[language]) for span in side.spans])
        assert side.vectors.shape == vectors.shape
        assert np.einsum("ij,ij->i", side.vectors, vectors).min() > 0.9998


def test_no_model_is_needed_to_read_a_side(home, sides):
    with Index.open(home) as opened:
        book = SentenceBook(opened.catalogue)
        assert all(book.side(*side).spans for side in sides)
        assert "embedder" not in vars(opened)


def test_a_side_is_made_once_and_kept(index, sides):
    book = SentenceBook(index.catalogue)
    assert book.side(*sides[0]) is book.side(*sides[0])


def test_several_threads_get_the_same_sides(index, sides):
    book, asked = SentenceBook(index.catalogue), sides[:4] * 8
    with ThreadPoolExecutor(4) as pool:
        spans = list(pool.map(lambda side: book.side(*side).spans, asked))
    assert spans == [book.side(*side).spans for side in asked]
