"""A language model between several readers."""

from threading import Event, Thread

import pytest

from rag.answer import Words
from rag.errors import LanguageModelError
from rag.models.sharing import AT_ONCE, MOST_WAITING, Shared
from rag.question import Question

QUESTION = Question.of("Who is reading here?")


class Model:
    name = "llm"
    model = "a model"
    language_model = "the model itself"  # whatever it is, it is handed on

    def __init__(self):
        self.go = Event()

    def write(self, question, evidence):
        yield Words(text="begun")
        self.go.wait(20)
        yield Words(text="ended")


@pytest.fixture
def model():
    model = Model()
    yield model
    model.go.set()


def busy(shared, readers):
    """That many readers are being written for, or wait."""
    writings = [shared.write(QUESTION, ()) for _ in range(readers)]
    assert [next(writing) for writing in writings[:AT_ONCE]] == [Words(text="begun")] * min(readers, AT_ONCE)
    assert {next(writing) for writing in writings[AT_ONCE:]} <= {Words(text="")}
    return writings


def test_it_is_known_as_what_it_shares(model):
    shared = Shared(model)
    assert (shared.name, shared.model, shared.language_model) == ("llm", "a model", "the model itself")


def test_who_waits_is_written_for_when_another_is_done_or_has_gone(model):
    shared = Shared(model)
    writings = busy(shared, AT_ONCE + 2)
    writings[0].close()
    assert next(writings[AT_ONCE]) == Words(text="begun")
    model.go.set()
    assert list(writings[1]) == [Words(text="ended")]
    assert list(writings[AT_ONCE + 1])[-2:] == [Words(text="begun"), Words(text="ended")]


def test_who_would_wait_too_long_is_told_at_once(model, monkeypatch):
    monkeypatch.setattr("rag.models.sharing._LOOK_UP", 0.001)
    shared = Shared(model)
    writings = busy(shared, AT_ONCE + MOST_WAITING)
    with pytest.raises(LanguageModelError, match="16 readers are waiting"):
        next(shared.write(QUESTION, ()))
    writings[-1].close()
    assert next(shared.write(QUESTION, ())) == Words(text="")


def test_a_slot_is_free_again_after_a_model_failed(model):
    class Failing(Model):
        def write(self, question, evidence):
            yield Words(text="begun")
            raise LanguageModelError("broke down")

    shared = Shared(Failing())
    for _ in range(AT_ONCE + 1):
        with pytest.raises(LanguageModelError, match="broke down"):
            list(shared.write(QUESTION, ()))


def test_no_more_than_so_many_are_written_for_at_once_from_many_threads(model):
    shared = Shared(model)
    begun = []
    threads = [
        Thread(target=lambda: begun.extend(w for w in shared.write(QUESTION, ()) if w.text == "begun"), daemon=True)
        for _ in range(AT_ONCE + 3)
    ]
    for thread in threads:
        thread.start()
    threads[0].join(0.5)
    most = len(begun)
    model.go.set()
    for thread in threads:
        thread.join(20)
    assert (most, len(begun)) == (AT_ONCE, AT_ONCE + 3)
