"""Language models behind real HTTP; what no real model shows comes from a server that answers as told."""

import logging
import socket
import threading
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from llama_index.core.llms import CustomLLM, MockLLM
from llama_index.core.llms.callbacks import llm_completion_callback

from index.errors import ModelError
from rag.errors import LanguageModelError
from rag.llm import TRIES, of_llama_index, open_model
from rag.models.line import MOST_BYTES
from tests.scripted import Reply

pytestmark = pytest.mark.llm
KEY = "sk-this-is-the-secret"


@pytest.fixture
def model(server, monkeypatch):
    monkeypatch.delenv("DELO_LLM_KEY", raising=False)
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    return open_model("openai:scripted", server.url)


@pytest.fixture
def patient(monkeypatch):
    monkeypatch.setattr("rag.llm.FIRST_WAIT", 0.01)


def trouble(model, **how):
    with pytest.raises(LanguageModelError) as found:
        model.complete("Well?", **{"seconds": 5, **how})
    return found.value


def test_the_words_come_back_and_the_prompt_goes_out_as_it_is(server, model):
    server.will("  Да, «это» так.\n")
    assert model.complete("Так?", system="Коротко.", max_tokens=7) == "Да, «это» так."
    (asked,) = server.asked
    assert asked["messages"] == [{"role": "system", "content": "Коротко."}, {"role": "user", "content": "Так?"}]
    assert (asked["model"], asked["max_tokens"], asked["temperature"]) == ("scripted", 7, 0)
    assert not asked.get("stream")
    assert model.name == "openai:scripted"


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("<think>Is it yes?\nNo.</think>\n\nYES", "YES"),
        ("<thinking>hm</thinking>NO", "NO"),
        ("<think>and so on until the tokens ran out", ""),
        ("YES <think>not at the beginning</think>", "YES <think>not at the beginning</think>"),
        ("", ""),
        (None, ""),
    ],
)
def test_what_a_model_thinks_aloud_before_its_answer_is_no_part_of_it(server, model, said, left):
    server.will(Reply(says=said))
    assert model.complete("Well?") == left


def test_half_characters_do_not_stop_a_prompt(server, model):
    server.will("YES")
    assert model.complete("a \ud800 b \0") == "YES"
    assert server.asked[0]["messages"][0]["content"] == "a ? b \0"


STATUS = {401: "forbidden", 403: "forbidden", 404: "unknown", 400: "rejected", 413: "rejected", 422: "rejected"}


@pytest.mark.parametrize(("status", "kind"), STATUS.items())
def test_what_will_not_get_better_is_told_at_once(server, model, status, kind):
    server.will(Reply(status=status, body='{"error": {"message": "no, and that is final"}}'))
    assert trouble(model).kind == kind
    assert len(server.asked) == 1


@pytest.mark.usefixtures("patient")
@pytest.mark.parametrize(("status", "kind"), {429: "busy", 500: "failed", 503: "failed"}.items())
def test_what_may_get_better_is_tried_again_and_then_told(server, model, status, kind):
    server.will(Reply(status=status, body="wait"), Reply(status=status, body="{}"), "YES")
    assert model.complete("Well?") == "YES"
    server.will(Reply(status=status, body="wait"))
    assert trouble(model).kind == kind
    assert len(server.asked) == TRIES


@pytest.mark.usefixtures("patient")
def test_a_connection_that_breaks_off_is_tried_again(server, model):
    server.will(Reply(says="YES, and more", breaks_off=True), "NO")
    assert model.complete("Well?") == "NO"
    server.will(Reply(says="YES, and more", breaks_off=True))
    assert trouble(model).kind == "failed"


def test_the_wait_that_a_server_asks_for_is_kept_if_there_is_time(server, model):
    server.will(Reply(status=429, headers={"Retry-After": "1"}), "YES")
    begun = time.monotonic()
    assert model.complete("Well?", seconds=10) == "YES"
    assert time.monotonic() - begun >= 1


@pytest.mark.parametrize(
    "wait",
    ["30", "inf", format_datetime(datetime.now(UTC) + timedelta(hours=1))],
    ids=["seconds", "for ever", "an hour from now"],
)
def test_nobody_waits_longer_than_there_is_time(server, model, wait):
    server.will(Reply(status=429, headers={"Retry-After": wait}), "YES")
    begun = time.monotonic()
    assert trouble(model, seconds=3).kind == "busy"
    assert time.monotonic() - begun < 2
    assert len(server.asked) == 1


@pytest.mark.usefixtures("patient")
@pytest.mark.parametrize("wait", ["", "soon", "-5", "nan", "Wed, 99 Foo"])
def test_a_wait_that_is_nonsense_is_passed_over(server, model, wait):
    server.will(Reply(status=429, headers={"Retry-After": wait}), "YES")
    assert model.complete("Well?", seconds=10) == "YES"


SLOW = {
    "it says nothing": Reply(says="YES", delay=60),
    "it drips": Reply(says="YES", drip=0.1),
    "it is busy for ever": Reply(status=500, delay=0.4),
}


@pytest.mark.parametrize("reply", SLOW.values(), ids=SLOW)
def test_an_answer_takes_no_longer_than_allowed(server, model, reply):
    server.will(reply)
    begun = time.monotonic()
    assert trouble(model, seconds=0.7).kind in ("slow", "failed")
    assert time.monotonic() - begun < 2


def test_a_reply_without_end_is_cut_off(server, model):
    server.will(Reply(body=" " * 100_000, endless=True))
    found = trouble(model, seconds=20)
    assert found.kind == "nonsense"
    assert f"{MOST_BYTES:,} bytes" in str(found)


NONSENSE = {
    "a page": Reply(body="<html>Welcome</html>", headers={"Content-Type": "text/html"}),
    "a page that says it is JSON": Reply(body="<html>Welcome</html>"),
    "half of it": Reply(body='{"choices": [{"mess'),
    "nothing": Reply(body=""),
    "another form": Reply(body='{"answer": "YES"}'),
    "no choices": Reply(body='{"id": "1", "object": "chat.completion", "choices": []}'),
    "choices of another kind": Reply(body='{"id": "1", "object": "chat.completion", "choices": "YES"}'),
    "null": Reply(body="null"),
    "a list": Reply(body="[1, 2]"),
}


@pytest.mark.parametrize("reply", NONSENSE.values(), ids=NONSENSE)
def test_what_is_not_of_the_protocol_is_told_as_that(server, model, reply):
    server.will(reply)
    assert trouble(model).kind == "nonsense"


def test_an_address_where_nothing_answers_is_told_at_once(model):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and does not listen
        begun = time.monotonic()
        found = trouble(open_model("openai:gone", f"http://127.0.0.1:{taken.getsockname()[1]}/v1"))
    assert found.kind == "unreachable"
    assert "is it running?" in str(found)
    assert time.monotonic() - begun < 1


def test_a_key_comes_from_the_environment_and_goes_nowhere_but_to_its_server(server, model, monkeypatch, caplog):
    server.will("YES")
    model.complete("Well?")
    monkeypatch.setenv("OPENAI_API_KEY", KEY + "-of-openai")
    open_model("openai:scripted", server.url).complete("Well?")
    assert server.keys == ["Bearer none", "Bearer none"]  # OpenAI's own is for OpenAI
    monkeypatch.setenv("DELO_LLM_KEY", KEY)
    keyed = open_model("openai:scripted", server.url)
    echo = f'{{"error": {{"message": "the key {KEY} is not good for this"}}}}'
    told = [repr(keyed), str(vars(keyed))]
    with caplog.at_level(logging.DEBUG):
        for status in (400, 401, 404, 500):
            server.will(Reply(status=status, body=echo, headers={"Retry-After": "0"}))
            found = trouble(keyed)
            told += [str(found), repr(found), repr(found.__cause__), repr(found.__suppress_context__)]
    assert server.keys[-1] == f"Bearer {KEY}"
    assert KEY not in "\n".join(told)
    assert KEY not in "\n".join(record.getMessage() for record in caplog.records if not _echoed(record))
    assert "not good for this" in "\n".join(told)


def _echoed(record):
    """The server's own words, which only it can keep to itself."""
    return "not good for this" in record.getMessage()


def test_openai_itself_is_not_asked_without_a_key(model):
    found = trouble(open_model("openai:gpt-4o-mini"))
    assert found.kind == "forbidden"
    assert "DELO_LLM_KEY or OPENAI_API_KEY" in str(found)


@pytest.mark.parametrize("name", ["", "openai", "openai:", "gguf:", "gguf", "gpt-4o", "openai: "])
def test_a_name_of_another_form_is_refused(name):
    with pytest.raises(ModelError, match="no such language model"):
        open_model(name, "http://127.0.0.1:1/v1")


@pytest.mark.parametrize("url", ["127.0.0.1:8080", "ftp://a/v1", "http://", "v1", "http://me:secret@a/v1"])
def test_an_address_of_another_form_is_refused_and_its_password_not_repeated(url):
    with pytest.raises(ModelError, match="not the address of a language model") as found:
        open_model("openai:any", url)
    assert "secret" not in str(found.value)


def test_any_llama_index_model_can_be_given():
    assert of_llama_index(MockLLM()).complete("Repeat.") == "user: Repeat.\nassistant:"
    assert of_llama_index(MockLLM()).name


class Stuck(CustomLLM):
    """A model that hangs, or breaks."""

    broken: bool = False

    @property
    def metadata(self):
        return MockLLM().metadata

    @llm_completion_callback()
    def complete(self, prompt, formatted=False, **kwargs):
        if self.broken:
            raise RuntimeError("the graphics card is on fire")
        time.sleep(2)

    def stream_complete(self, prompt, formatted=False, **kwargs):
        raise NotImplementedError


def test_a_given_model_that_hangs_or_breaks_is_told_as_any_other():
    begun = time.monotonic()
    assert trouble(of_llama_index(Stuck()), seconds=0.2).kind == "slow"
    assert time.monotonic() - begun < 1
    found = trouble(of_llama_index(Stuck(broken=True)))
    assert found.kind == "failed"
    assert str(found).endswith("broke down (RuntimeError: the graphics card is on fire)")


def test_several_threads_ask_at_once_and_each_has_its_own_answer(server, model):
    server.will(*[Reply(says=f"{n}", delay=0.05) for n in range(8)])
    said = []
    threads = [threading.Thread(target=lambda: said.append(model.complete("Which?"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == [f"{n}" for n in range(8)]
