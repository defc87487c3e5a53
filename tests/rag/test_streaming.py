"""A language model's words as they come, over real HTTP: in time, hung up, broken off, each reader's own."""

import socket
import threading
import time

import pytest
from llama_index.core.llms import CustomLLM, MockLLM
from llama_index.core.llms.callbacks import llm_completion_callback

from rag.errors import LanguageModelError
from rag.llm import LONGEST_TOKEN, TRIES, of_llama_index, open_model
from rag.models.line import MOST_BYTES
from tests.scripted import Reply

pytestmark = pytest.mark.llm
KEY = "sk-this-is-the-secret"


@pytest.fixture
def model(server, monkeypatch):
    monkeypatch.delenv("DELO_LLM_KEY", raising=False)
    monkeypatch.setattr("rag.llm.FIRST_WAIT", 0.01)
    return open_model("openai:scripted", server.url)


def broken(pieces):
    """What came, and why no more did."""
    came = []
    with pytest.raises(LanguageModelError) as found:
        came.extend(pieces)  # extend keeps what came before the error
    return "".join(came), found.value


def threads():
    return [thread for thread in threading.enumerate() if thread.name.startswith("asks ")]


def gone(seconds=5.0):
    """Whether all threads that ask a model end within `seconds`."""
    end = time.monotonic() + seconds
    while threads() and time.monotonic() < end:
        time.sleep(0.01)
    return not threads()


def test_pieces_come_as_they_are_said(server, model):
    server.will(Reply(pieces=("Да", ", это", " так."), pause=0.2))
    came = [(piece, time.monotonic()) for piece in model.stream("Так?", system="Коротко.", max_tokens=7)]
    assert [piece for piece, _ in came] == ["Да", ", это", " так."]
    assert came[-1][1] - came[0][1] > 0.3
    (asked,) = server.asked
    assert asked["stream"] is True
    assert asked["messages"] == [{"role": "system", "content": "Коротко."}, {"role": "user", "content": "Так?"}]
    assert (asked["max_tokens"], asked["temperature"]) == (7, 0)
    assert gone()


def test_thoughts_are_left_out_though_their_marks_come_in_pieces(server, model):
    server.will(Reply(pieces=("<th", "ink>hm", "</", "think>\n", " YES", " sir")))
    assert list(model.stream("Well?")) == ["YES", " sir"]


def test_closing_ends_the_request_at_once(server, model):
    server.will(Reply(pieces=("word ",), pause=0.05, endless=True))
    pieces = model.stream("Go on.", max_tokens=10**6)
    next(pieces)
    pieces.close()
    assert server.hung_up.wait(2)
    assert gone()


def test_closing_ends_a_request_that_waits_for_a_silent_server(server, model):
    server.will(Reply(pieces=("one ", "two "), pause=60))
    pieces = model.stream("Go on.")
    next(pieces)
    pieces.close()
    assert gone(2)


@pytest.mark.parametrize("first", [Reply(status=429, headers={"Retry-After": "0"}), Reply(status=500, body="{}"),
                                   Reply(pieces=(), breaks_off=True)], ids=["429", "500", "broken"])  # fmt: skip
def test_before_the_first_piece_it_is_tried_again(server, model, first):
    server.will(first, first, Reply(pieces=("YES",)))
    assert list(model.stream("Well?", seconds=10)) == ["YES"]
    server.will(first)
    assert broken(model.stream("Well?", seconds=10))[0] == ""
    assert len(server.asked) == TRIES


BROKEN = {
    "the connection breaks": (Reply(pieces=("Yes, ", "and "), breaks_off=True), "failed"),
    "it ends before the model does": (Reply(pieces=("Yes, ", "and "), ends=False), "failed"),
    "the server tells of its failure": (Reply(pieces=("Yes, ", "and "), fails="out of memory"), "failed"),
    "the context is full": (Reply(pieces=("Yes, ", "and "), fails="it exceeds the context size"), "too long"),
}


@pytest.mark.parametrize(("reply", "kind"), BROKEN.values(), ids=BROKEN)
def test_what_breaks_in_the_middle_is_told_after_what_came_and_not_tried_again(server, model, reply, kind):
    server.will(reply)
    came, error = broken(model.stream("Well?"))
    assert (came, error.kind) == ("Yes, and ", kind)
    assert len(server.asked) == 1
    assert len(str(error).splitlines()) == 1
    assert gone()


def test_silence_in_the_middle_has_an_end(server, model, monkeypatch):
    monkeypatch.setattr("rag.llm.SILENCE", 0.3)
    server.will(Reply(pieces=("Yes", "and"), pause=60))
    begun = time.monotonic()
    came, error = broken(model.stream("Well?"))
    assert (came, error.kind) == ("Yes", "slow")
    assert time.monotonic() - begun < 3
    assert gone(2)


def test_the_whole_has_an_end_though_pieces_come(server, model):
    server.will(Reply(pieces=("a ",), pause=0.05, endless=True))
    begun = time.monotonic()
    came, error = broken(model.stream("Well?", seconds=0.6))
    assert error.kind == "slow"
    assert came.startswith("a a ")
    assert time.monotonic() - begun < 3
    assert server.hung_up.wait(2)


def test_a_model_that_never_stops_is_cut_off(server, model):
    server.will(Reply(pieces=("word " * 10,), endless=True))
    came, error = broken(model.stream("Well?", max_tokens=20))
    assert error.kind == "nonsense"
    assert len(came) <= 20 * LONGEST_TOKEN
    server.will(Reply(body=": still here\n\n" * 10_000, endless=True, headers={"Content-Type": "text/event-stream"}))
    assert f"{MOST_BYTES:,} bytes" in str(broken(model.stream("Well?", seconds=30))[1])
    assert gone()


NONSENSE = {
    "a page": Reply(body="<html>Welcome</html>", headers={"Content-Type": "text/html"}),
    "bytes": Reply(body="\0\x01 data: \x02\n\n data", headers={"Content-Type": "text/event-stream"}),
    "events that are no JSON": Reply(body="data: {oh\n\n", headers={"Content-Type": "text/event-stream"}),
    "events of another form": Reply(body='data: {"a": 1}\n\n', headers={"Content-Type": "text/event-stream"}),
    "no stream": Reply(body='{"choices": [{"index": 0, "message": {"role": "assistant", "content": "YES"}}]}'),
    "nothing": Reply(body=""),
}


@pytest.mark.parametrize("reply", NONSENSE.values(), ids=NONSENSE)
def test_what_is_not_of_the_protocol_is_told_as_that(server, model, reply):
    server.will(reply)
    came, error = broken(model.stream("Well?"))
    assert (came, error.kind) == ("", "nonsense")


def test_an_empty_answer_has_no_pieces(server, model):
    server.will(Reply(pieces=()))
    assert list(model.stream("Well?")) == []


TOO_LONG = {
    "llama.cpp": '{"error": {"code": 400, "message": "request (9031 tokens) exceeds the available context size (8192 '
    'tokens), try increasing it", "type": "exceed_context_size_error", "n_prompt_tokens": 9031, "n_ctx": 8192}}',
    "OpenAI": '{"error": {"message": "Please reduce the length of the messages.", "code": "context_length_exceeded"}}',
    "vLLM": '{"object": "error", "message": "This model\'s maximum context length is 4096 tokens. However, you '
    'requested 5000 tokens", "type": "BadRequestError", "code": 400}',
    "LM Studio": '{"error": "Trying to keep the first 5000 tokens when context the overflows. However, the model is '
    'loaded with context length of only 4096 tokens, which is not enough."}',
}


@pytest.mark.parametrize("body", TOO_LONG.values(), ids=TOO_LONG)
def test_a_prompt_that_does_not_fit_is_told_as_that(server, model, body):
    server.will(Reply(status=400, body=body))
    assert broken(model.stream("Well?"))[1].kind == "too long"
    assert len(server.asked) == 1


def test_no_key_and_no_password_of_an_address_is_ever_told(server, model, monkeypatch):
    monkeypatch.setenv("DELO_LLM_KEY", KEY)
    keyed = open_model("openai:scripted", server.url)
    said = f"{KEY} is not good for http://me:{KEY[::-1]}@proxy/v1 {'and so on ' * 50}\nat all"
    for reply in (Reply(status=500, body=f'{{"error": {{"message": "{said!r}"}}}}', headers={"Retry-After": "0"}),
                  Reply(pieces=("a",), fails=said)):  # fmt: skip
        server.will(reply)
        error = broken(keyed.stream("Well?"))[1]
        assert KEY not in str(error)
        assert KEY[::-1] not in str(error)
        assert len(str(error).splitlines()) == 1
        assert len(str(error)) < 300


def test_eight_readers_at_once_each_get_their_own_answer(server, model):
    server.will(Reply(echoes=True, pause=0.01))
    told = {}

    def read(n):
        told[n] = "".join(model.stream(f"reader {n} asks for the number {n} and no other"))

    readers = [threading.Thread(target=read, args=(n,)) for n in range(8)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert told == {n: f"reader {n} asks for the number {n} and no other " for n in range(8)}
    assert gone()


def test_a_dead_address_is_told_before_the_engine_is_loaded(monkeypatch):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and does not listen
        dead = open_model("openai:gone", f"http://127.0.0.1:{taken.getsockname()[1]}/v1")
        assert broken(dead.stream("Well?"))[1].kind == "unreachable"
        assert not dead._connector.ready


class Silent(CustomLLM):
    """A model that cannot stream, or hangs in the middle."""

    hangs: bool = False

    @property
    def metadata(self):
        return MockLLM().metadata

    @llm_completion_callback()
    def complete(self, prompt, formatted=False, **kwargs):
        return MockLLM().complete("Whole.")

    def stream_complete(self, prompt, formatted=False, **kwargs):
        if not self.hangs:
            raise NotImplementedError
        yield from MockLLM().stream_complete("word")
        time.sleep(2)


def test_a_given_model_streams_if_it_can_and_otherwise_says_all_at_once(monkeypatch):
    assert len(list(of_llama_index(MockLLM()).stream("Repeat."))) > 1
    assert list(of_llama_index(Silent()).stream("Repeat.")) == ["Whole."]
    monkeypatch.setattr("rag.llm.SILENCE", 0.2)
    begun = time.monotonic()
    came, error = broken(of_llama_index(Silent(hangs=True)).stream("Repeat."))
    assert (came, error.kind) == ("word", "slow")
    assert time.monotonic() - begun < 1.5
