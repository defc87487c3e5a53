"""From the file of the sample archive to the answer on the screen, compared with what was read and found right.

DELO_GOLDEN=write in the environment writes the answers anew; read them before they are kept.
"""

import os
from pathlib import Path

import pytest
from click import unstyle

from rag.pipeline import Pipeline
from rag.question import Question
from tests.prepared import sample_index
from ui.printed.render import answer_text

GOLDEN = Path(__file__).parent / "golden"
QUESTIONS = {
    "attack.en": "Why did Moscow reject an attack on the South?",
    "attack.ru": "Почему Москва считала наступление на юг недопустимым?",
    "peninsula.en": "What was said about the Ongjin peninsula?",
    "partisans.ru": "Что говорится о партизанском движении?",
    "outside.en": "Who won the 1966 World Cup?",
    "outside.ru": "Кто выиграл чемпионат мира 1966 года?",
}


@pytest.fixture(scope="module")
def answered(tmp_path_factory):
    """What is shown for a question, from an index made of the sample alone."""
    with Pipeline.open(sample_index(tmp_path_factory)) as pipeline:
        yield lambda text: unstyle(answer_text(pipeline.ask(Question.of(text)), 100)) + "\n"


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_answer_is_the_one_that_was_found_right(answered, name):
    shown = answered(QUESTIONS[name])
    golden = GOLDEN / f"{name}.txt"
    if os.environ.get("DELO_GOLDEN") == "write":
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(shown, encoding="utf-8")
    assert shown == golden.read_text(encoding="utf-8")
