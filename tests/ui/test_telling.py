"""An answer that is printed while it is made reads, in the end, like one that is printed whole."""

import re
import signal
import subprocess
import sys
import time

import pytest
from click import unstyle

from rag.answer import Quotation, Remark, Sentence, Words
from rag.compose import ExtractiveComposer
from rag.errors import LanguageModelError
from rag.pipeline import Pipeline
from rag.question import Question
from tests.prepared import sample_index
from tests.processes import ROOT
from tests.scripted import Reply, scripted
from ui.printed.render import answer_text
from ui.printed.telling import tell

QUESTION = Question.of("Why did Moscow reject an attack on the South?")
TRUE = "The reasons were military and political."
FALSE = "In 1953 it was approved after all, 我们同意 \x1b[2J."
LATER = "These reasons were political."


class Model:
    """Points at the two best sentences, then says what nothing bears out, then points at one of the two again."""

    name = "llm"
    model = "a model"
    language_model = None
    breaks_off = False

    def write(self, question, evidence):
        best = [self._quotation(s) for found in evidence for s in found.sentences][:2]
        invented = Quotation(document_id="112133", language="en", words="we shall surely attack the whole South")
        yield Remark(text="Fewer sentences were shown to the model.")
        for text, quotations, at in ((TRUE, best, (11, 25)), (FALSE, [invented], ()), (LATER, best[1:], ())):
            for word in re.findall(r"\S+\s*", text):
                yield Words(text=word)
            yield from quotations
            if self.breaks_off:
                raise LanguageModelError("the connection ended")
            yield Sentence(text=text, quotations=tuple(quotations), at=at, voice="model")

    @staticmethod
    def _quotation(sentence):
        document, span = sentence.hit.document, sentence.span
        words = span.of(document.texts[sentence.language])
        return Quotation(document_id=document.id, language=sentence.language, words=words, span=span)


class Broken(Model):
    breaks_off = True


class Screen:
    """What a terminal shows of what is written to it: it knows how to go up and to clear what is below, no more."""

    def __init__(self):
        self.lines = [""]
        self.seen = []

    def write(self, text):
        for piece in re.split(r"(\x1b\[\d+A\r\x1b\[J|\n)", text):
            if up := re.match(r"\x1b\[(\d+)A", piece):
                assert self.lines[-1] == ""
                del self.lines[len(self.lines) - 1 - int(up[1]) :]
                self.lines.append("")
            elif piece == "\n":
                self.lines.append("")
            else:
                self.lines[-1] += unstyle(piece)
        self.seen.append("\n".join(self.lines))


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return sample_index(tmp_path_factory)


@pytest.fixture(scope="module")
def pipeline(home):
    with Pipeline.open(home) as opened:
        yield opened


@pytest.mark.parametrize("composer", [ExtractiveComposer(), Model(), Broken()], ids=["documents", "model", "broken"])
def test_where_there_is_no_terminal_the_whole_answer_is_printed_and_remarks_go_to_standard_error(
    pipeline, capsys, composer
):
    answer = tell(pipeline.stream(QUESTION, composer=composer), 90).answer
    out, err = capsys.readouterr()
    assert out == unstyle(answer_text(answer, 90)) + "\n"
    assert err.splitlines() == list(answer.remarks)


def test_a_sentence_is_printed_as_soon_as_it_is_finished(pipeline, capsys):
    printed = []

    def looked_at(events):
        for event in events:
            yield event
            printed.append((type(event).__name__, capsys.readouterr().out))

    tell(looked_at(pipeline.stream(QUESTION, composer=Model())), 90)
    told = [(kind, out) for kind, out in printed if out]
    assert [kind for kind, _ in told] == ["Statement", "Statement"]
    assert told[0][1].startswith("model  The reasons [1] were military [2] and political.\n")
    assert told[1][1].startswith("model  These reasons were political. [2]\n")


@pytest.fixture
def screen(monkeypatch):
    screen = Screen()
    monkeypatch.setattr("click.echo", lambda text, nl=True, err=False, **_: err or screen.write(text + "\n" * nl))
    return screen


def test_a_terminal_shows_the_words_of_a_model_as_they_come_and_in_the_end_the_answer(pipeline, screen):
    answer = tell(pipeline.stream(QUESTION, composer=Model()), 90, 40).answer
    shown = "\n".join(screen.lines)
    struck = next(line for line in screen.lines if line.startswith("withheld  "))
    assert "␛[" in struck
    assert shown.replace(f"{struck}\n\n", "") == unstyle(answer_text(answer, 90)) + "\n"
    for told in ("model  The reasons …", "model  The reasons were military …"):
        assert any(told in seen for seen in screen.seen)
    before = next(seen for seen in screen.seen if "model  In 1953 it was …" in seen)
    assert "[1] en" in before
    assert "\x1b" not in shown


def test_a_sentence_that_is_higher_than_the_terminal_leaves_nothing_of_itself_behind(pipeline, screen):
    answer = tell(pipeline.stream(QUESTION, composer=Model()), 30, 2).answer
    shown = re.sub(r"withheld  .*?\n\n", "", "\n".join(screen.lines), flags=re.DOTALL)
    assert shown == unstyle(answer_text(answer, 30)) + "\n"


def test_json_is_printed_whole_with_what_was_remarked(delo, home):
    with scripted() as server:
        server.will(Reply(status=401, body="{}"))
        ran = delo("ask", QUESTION.text, "--index", home, "--llm", "openai:x", "--llm-url", server.url, "--json")
    assert ran.status == 0
    assert '"remarks": ["The language model gave no answer' in ran.out
    assert ran.err == ""


def test_where_no_model_answers_the_documents_do_and_one_line_says_why(delo, home):
    plain = delo("ask", QUESTION.text, "--index", home)
    ran = delo("ask", QUESTION.text, "--index", home, "--llm", "openai:x", "--llm-url", "http://127.0.0.1:9")
    assert (ran.status, ran.out) == (0, plain.out)
    (line,) = ran.err.splitlines()
    assert line.startswith("The language model gave no answer, so the documents alone speak: ")


@pytest.mark.slow
def test_an_interrupt_ends_with_one_line(home):
    with scripted() as server:
        server.will(Reply(says="", delay=30))
        command = [sys.executable, "-m", "ui", "ask", QUESTION.text, "--index", home]
        with subprocess.Popen(
            [*command, "--llm", "openai:x", "--llm-url", server.url],
            cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        ) as process:  # fmt: skip
            try:
                deadline = time.monotonic() + 60
                while not server.asked and time.monotonic() < deadline:
                    time.sleep(0.05)
                process.send_signal(signal.SIGINT)
                out, err = process.communicate(timeout=30)
            finally:
                process.kill()
    assert (process.returncode, out) == (2, "")
    assert err.strip() == "delo: interrupted; the published index is as it was"


def test_an_answer_that_has_no_end_is_a_mistake_of_the_programmer():
    with pytest.raises(ValueError, match="without an end"):
        tell([], 90)
