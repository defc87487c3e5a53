"""The small archive and its index."""

import pytest

from index.store import Index
from rag.counterpart import Counterparts
from rag.pipeline import Pipeline
from rag.question import Question
from rag.retrieve import Retriever
from rag.sentences import SentenceBook
from tests.prepared import small_index


@pytest.fixture(scope="session")
def home(tmp_path_factory):
    return small_index(tmp_path_factory)


@pytest.fixture(scope="session")
def pipeline(home):
    with Pipeline.open(home) as opened:
        yield opened


@pytest.fixture(scope="session")
def index(home):
    with Index.open(home) as opened:
        yield opened


@pytest.fixture(scope="session")
def documents(index):
    return {document.id: document for document in index.catalogue.documents()}


@pytest.fixture(scope="session")
def book(index):
    return SentenceBook(index.catalogue)


@pytest.fixture(scope="session")
def counterparts(index):
    return Counterparts(index.catalogue)


@pytest.fixture(scope="session")
def everything(index, documents):
    """A search that found every document."""
    search = Retriever(index).retrieve(Question.of("What did the ambassador report?"), count=100)
    assert {hit.document.id for hit in search.hits} == set(documents)
    return search
