"""The small archive and its index."""

import pytest

from index.store import Index
from rag.counterpart import Counterparts
from rag.llm import open_model
from rag.pipeline import Pipeline
from rag.question import Question
from rag.retrieve import Retriever
from rag.sentences import SentenceBook
from tests.prepared import small_index
from tests.scripted import scripted


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


@pytest.fixture(scope="module")
def server():
    """A server that speaks as a language model's does, and says what a test tells it to."""
    with scripted() as running:
        open_model("openai:any", running.url)._connector.load()  # for seconds, which belong to no test
        yield running
