from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from index.lexical import stems
from index.sentence import sentences
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
        text = document.texts[language]
        assert list(side.spans) == sentences(text, passage.spans[language])
        assert side.stems == tuple(frozenset(stems(language, span.of(text))) for span in side.spans)


def test_vectors_stand_in_the_order_of_the_sentences_whether_made_together_or_apart(index, sides):
    together, apart = SentenceBook(index.catalogue), SentenceBook(index.catalogue)
    together.prepare(sides)
    for document, passage, language in sides:
        one, other = (book.side(document, passage, language).vectors for book in (together, apart))
        assert one.shape == (len(together.side(document, passage, language).spans), index.embedder.dimension)
        assert np.allclose(one, other, atol=1e-5)


def test_a_side_is_made_once_and_kept(index, sides):
    book = SentenceBook(index.catalogue)
    assert book.side(*sides[0]) is book.side(*sides[0])


def test_several_threads_get_the_same_sides(index, sides):
    book, asked = SentenceBook(index.catalogue), sides[:4] * 8
    with ThreadPoolExecutor(4) as pool:
        spans = list(pool.map(lambda side: book.side(*side).spans, asked))
    assert spans == [book.side(*side).spans for side in asked]
