"""What a language model's name and its errors may hold is shown, and never obeyed."""

import click
import pytest

from rag.errors import LanguageModelError
from rag.pipeline import Pipeline
from rag.pointing import PointingComposer
from rag.question import Question
from tests.rag.speakers import Speaker
from ui.page.answers import answer_html
from ui.page.cards import Setting
from ui.page.growing import Growing
from ui.printed.render import answer_text

HOSTILE = "<script>alert(1)</script>\x1b[31m\x07\n\r\u202e”"
COMMANDS = ("\x1b[31m", "\x07", "\r", "\u202e")
QUESTION = Question.of("How was the rice harvest?")
SPEAKERS = {
    "an error": Speaker("Rice was", error=LanguageModelError(HOSTILE, "failed"), name="openai:any"),
    "a long error": Speaker(error=LanguageModelError("x" * 1_000_000, "failed"), name="openai:any"),
    "a name": Speaker("This year the rice harvest was worse than last year [[1.1]].", name=f"openai:{HOSTILE}"),
    "words": Speaker(f"The rice harvest was worse {HOSTILE} than last year [[1.1]]. {HOSTILE} ", name="openai:any"),
}


@pytest.mark.parametrize("speaker", SPEAKERS.values(), ids=SPEAKERS)
def test_nothing_that_a_model_says_is_a_command_to_the_page_or_the_terminal(home, speaker):
    growing = Growing(Setting("en"), speaker.name)
    with Pipeline.open(home) as pipeline:
        *events, trace = pipeline.stream(QUESTION, composer=PointingComposer(speaker))
    shown = ""
    for event in events:
        growing.add(event)
        shown += growing.html()
    page = answer_html(trace.answer)
    for text in (shown, page, click.unstyle(answer_text(trace.answer, 80))):
        assert not [command for command in COMMANDS if command in text]
    assert "<script" not in shown + page
    assert len(page) < 100_000
