from datetime import date

import pytest
from llama_index.core import Settings
from llama_index.core.llms import MockLLM
from llama_index.core.query_engine import RetrieverQueryEngine
from llama_index.core.schema import MetadataMode, NodeRelationship

from rag.errors import QuestionError
from rag.llamaindex import DeloRetriever
from rag.question import Filters
from tests.small_archive import ENGLISH_ONLY, RUSSIAN_ONLY

PENINSULA = "What was said about the Ongjin peninsula?"


@pytest.fixture(scope="module")
def retriever(home):
    return DeloRetriever(home)


@pytest.fixture(scope="module")
def engine(retriever):
    Settings.llm = MockLLM()  # looked for even where no text is to be written; its default is a service
    return RetrieverQueryEngine.from_args(retriever, response_mode="no_text")


def test_a_query_engine_of_llama_index_answers_from_delo(engine):
    response = engine.query(PENINSULA)
    assert "Ongjin peninsula" in response.source_nodes[0].node.text
    assert "Ондинского полуострова" in response.source_nodes[0].node.metadata["parallel"]["words"]


@pytest.mark.parametrize(
    "text", [PENINSULA, "Почему задерживается ремонт железнодорожного моста?", "How was the rice harvest?"]
)
def test_a_node_and_its_counterpart_hold_the_slices_they_name(retriever, documents, text):
    for found in retriever.retrieve(text):
        node, told = found.node, found.node.metadata
        texts = documents[told["document_id"]].texts
        assert node.text == texts[told["language"]][told["start"] : told["end"]]
        assert (node.start_char_idx, node.end_char_idx) == (told["start"], told["end"])
        assert node.relationships[NodeRelationship.SOURCE].node_id == told["document_id"]
        if told["parallel"]:
            facing = told["parallel"]
            assert facing["words"] == texts[facing["language"]][facing["start"] : facing["end"]]


def test_a_node_carries_the_reference_of_the_catalogue(retriever):
    told = retriever.retrieve(PENINSULA)[0].node.metadata
    assert told["citation"] == (
        "APRF, f. 3, op. 65, d. 776, ll. 30-32; AVP RF, Fond 059a, Opis 5a, Delo 3, Papka 11, listy 75-77"
    )
    assert told["date"] == "September 24, 1949"
    assert told["references"][0]["fond"] == "3"


def test_a_language_model_sees_the_words_and_the_reference_and_no_numbers(retriever):
    seen = retriever.retrieve(PENINSULA)[0].node.get_content(MetadataMode.LLM)
    assert "Ongjin peninsula" in seen
    assert "APRF, f. 3" in seen
    assert "found_by" not in seen
    assert "start" not in seen


@pytest.mark.parametrize(
    ("text", "document_id", "language"),
    [
        ("Why was the repair of the railway bridge delayed?", RUSSIAN_ONLY, "ru"),
        ("Что открыли венгерские врачи для раненых?", ENGLISH_ONLY, "en"),
        ("Что сказано об Ондинском полуострове?", "112133", "ru"),
        (PENINSULA, "112133", "en"),
    ],
)
def test_a_node_is_in_the_language_of_the_question_where_the_passage_has_it(retriever, text, document_id, language):
    told = retriever.retrieve(text)[0].node.metadata
    assert (told["document_id"], told["language"]) == (document_id, language)


def test_nodes_come_best_first_and_no_more_than_asked_for(home):
    found = DeloRetriever(home, count=3).retrieve(PENINSULA)
    assert [node.score for node in found] == sorted((node.score for node in found), reverse=True)
    assert len({node.node.node_id for node in found}) == 3


def test_filters_hold_for_every_question(home):
    retriever = DeloRetriever(home, filters=Filters(after=date(1950, 1, 1)))
    assert "112133" not in {found.node.metadata["document_id"] for found in retriever.retrieve(PENINSULA)}


def test_a_question_that_cannot_be_asked_is_refused(retriever):
    with pytest.raises(QuestionError, match="seems to be in French"):
        retriever.retrieve("Pourquoi Moscou a-t-il rejeté une attaque contre le Sud ?")
