"""Language models: a prompt -> words, by any chat model that llama-index can speak to.

`open_model("openai:MODEL", url)` asks a model behind an OpenAI-compatible address: Ollama, vLLM, llama.cpp, LM Studio,
or a service that is paid for. In Python, any llama-index `LLM` will do. The engines are imported here and nowhere
else, when a model is first asked; their errors end here, and so do keys, which come from the environment only.
"""

import os
import re
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cached_property
from importlib.util import find_spec
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, Protocol
from urllib.parse import urlsplit

from index.document import whole_characters
from index.errors import ModelError
from rag.errors import LanguageModelError, ModelTrouble

OPENAI = "https://api.openai.com/v1"
SECONDS = 60.0  # for an answer, all tries together
TRIES = 3
FIRST_WAIT = 0.5  # seconds before the second try; doubled for the third
MOST_TOKENS = 1_024  # of an answer; a model that thinks aloud first needs some hundreds
MOST_BYTES = 4_000_000  # of a reply; a model that never stops is cut off
_MOST_TOLD = 200  # characters of what a model's server says of its trouble
_WORTH_ANOTHER_TRY = ("busy", "failed")
_THOUGHTS = re.compile(r"\A\s*<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL)  # until it ends, if it ends


class Connector(Protocol):
    """What a LanguageModel speaks through."""

    def load(self) -> None:
        """Load the engine, which takes seconds the first time and is not part of an answer's time."""
        ...

    def ask(self, prompt: str, system: str | None, max_tokens: int, seconds: float) -> str:
        """The model's words. Raises whatever its engine raises; after `seconds`, nobody waits for it."""
        ...


class LanguageModel:
    """A language model that is asked one thing at a time, within a time; safe to use from several threads."""

    def __init__(self, connector: Connector, name: str) -> None:
        self.name = name
        self._connector = connector

    def __repr__(self) -> str:
        return f"LanguageModel({self.name!r})"

    def complete(
        self, prompt: str, *, system: str | None = None, max_tokens: int = MOST_TOKENS, seconds: float = SECONDS
    ) -> str:
        """What the model says to `prompt`, without what it thought aloud before; may be empty.

        At the lowest temperature, and of `max_tokens` at the most, unless the model was given as an object: then its
        own settings hold. A server that is busy or broke down is asked up to TRIES times, after the wait that it asks
        for, as long as all of it stays within `seconds`.

        Raises: LanguageModelError.
        """
        self._connector.load()
        prompt = whole_characters(prompt)
        end = time.monotonic() + seconds
        for tried in range(TRIES):
            try:
                return _THOUGHTS.sub("", self._once(prompt, system, max_tokens, end), count=1).strip()
            except _Trouble as trouble:
                wait = FIRST_WAIT * 2**tried if trouble.wait is None else trouble.wait
                again = trouble.kind in _WORTH_ANOTHER_TRY and tried + 1 < TRIES and time.monotonic() + wait < end
                if not again:
                    # an engine's own error may hold what the server said, and with it the key
                    raise LanguageModelError(f"the language model {self.name!r} {trouble}", trouble.kind) from None
            time.sleep(wait)
        raise AssertionError("the last try gives or raises")

    def _once(self, prompt: str, system: str | None, max_tokens: int, end: float) -> str:
        """One try, in a thread of its own: no engine bounds the whole time that an answer may take."""
        box: SimpleQueue[str | Exception] = SimpleQueue()
        left = max(0.0, end - time.monotonic())

        def ask() -> None:
            try:
                box.put(self._connector.ask(prompt, system, max_tokens, left))
            except Exception as error:  # noqa: BLE001 - any engine, any error: it is told in the other thread
                box.put(error)

        Thread(target=ask, name=f"asks {self.name}", daemon=True).start()
        try:
            told = box.get(timeout=left)
        except Empty:
            raise _too_slow() from None
        if isinstance(told, Exception):
            raise _trouble(told) from told
        return told


def open_model(name: str, url: str | None = None) -> LanguageModel:
    """The model `name`, "openai:MODEL", at the OpenAI-compatible address `url`, such as http://127.0.0.1:8080/v1.

    Without `url` it is OpenAI's own. The key is DELO_LLM_KEY of the environment, or for OpenAI's own address
    OPENAI_API_KEY; an address that needs none gets none. Nothing is asked yet.

    Raises: ModelError if the name or the address is not of this form, or the connector is not installed.
    """
    kind, _, model = name.partition(":")
    if kind != "openai" or not model.strip():
        raise ModelError(f"no such language model: {name!r}; give openai:MODEL, and the address that answers for it")
    if find_spec("llama_index.llms") is None or find_spec("llama_index.llms.openai_like") is None:
        raise ModelError("language models need the package llama-index-llms-openai-like: pip install 'delo[llm]'")
    return LanguageModel(_Address(model, _checked(url or OPENAI)), name)


def of_llama_index(llm: Any) -> LanguageModel:
    """A llama-index `LLM` that is asked as it was set up; only the time is bounded."""
    return LanguageModel(_Given(llm), str(llm.metadata.model_name))


def _checked(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.password:
        shown = url if "@" not in url else f"{parts.scheme}://…@{parts.hostname}"
        raise ModelError(
            f"{shown!r} is not the address of a language model; give one such as http://127.0.0.1:8080/v1, and its "
            "key in DELO_LLM_KEY"
        )
    return url


class _Trouble(Exception):  # noqa: N818 - told to nobody but LanguageModel
    """Why a try gave no answer, and how many seconds the server asks to wait, if it does."""

    def __init__(self, kind: ModelTrouble, message: str, wait: float | None = None) -> None:
        self.kind, self.wait = kind, wait
        super().__init__(message)


class _Given:
    """A llama-index LLM from outside."""

    def __init__(self, llm: Any) -> None:
        self._llm = llm

    def load(self) -> None:
        pass  # whoever gave it has

    def ask(self, prompt: str, system: str | None, max_tokens: int, seconds: float) -> str:
        return _said(self._llm, prompt, system, {})


class _Address:
    """A model behind an OpenAI-compatible address."""

    def __init__(self, model: str, url: str) -> None:
        self._model, self._url = model, url

    def load(self) -> None:
        _ = self._llm

    def ask(self, prompt: str, system: str | None, max_tokens: int, seconds: float) -> str:
        if self._url == OPENAI and _key(self._url) is None:
            raise _Trouble("forbidden", "wants a key: set DELO_LLM_KEY or OPENAI_API_KEY in the environment")
        return _said(self._llm, prompt, system, {"max_tokens": max_tokens, "timeout": seconds})

    @cached_property
    def _llm(self) -> Any:
        import httpx
        from llama_index.llms.openai_like import OpenAILike

        return OpenAILike(
            model=self._model,
            api_base=self._url,
            api_key=_key(self._url) or "none",
            is_chat_model=True,
            temperature=0.0,
            max_retries=0,
            http_client=httpx.Client(
                event_hooks={"response": [_bounded]},
                limits=httpx.Limits(max_keepalive_connections=0),  # so that nothing stays open and needs closing
            ),
        )


def _key(url: str) -> str | None:
    """OpenAI's key goes to OpenAI only."""
    own = os.environ.get("OPENAI_API_KEY") if url == OPENAI else None
    return os.environ.get("DELO_LLM_KEY") or own or None


def _said(llm: Any, prompt: str, system: str | None, options: Mapping[str, Any]) -> str:
    from llama_index.core.llms import ChatMessage

    messages = [ChatMessage(role="system", content=system)] if system else []
    reply = llm.chat([*messages, ChatMessage(role="user", content=prompt)], **options)
    return str(reply.message.content or "")


def _bounded(response: Any) -> None:
    """Let a reply end after MOST_BYTES or the time allowed; httpx bounds only the time between two bytes."""
    import httpx

    end = time.monotonic() + response.request.extensions["timeout"]["read"]

    class Bounded(httpx.SyncByteStream):
        def __init__(self, stream: Any) -> None:
            self._stream = stream

        def __iter__(self) -> Iterator[bytes]:
            left = MOST_BYTES
            for chunk in self._stream:
                left -= len(chunk)
                if left < 0:
                    raise _Trouble("nonsense", f"sent more than {MOST_BYTES:,} bytes")
                if time.monotonic() > end:
                    raise _too_slow()
                yield chunk

        def close(self) -> None:
            self._stream.close()

    response.stream = Bounded(response.stream)


def _too_slow() -> _Trouble:
    return _Trouble("slow", "gave no answer within the time allowed")


def _trouble(error: Exception) -> _Trouble:
    """What an engine's error means."""
    chain = list(_chain(error))
    for one in chain:
        if isinstance(one, _Trouble):
            return one
        if isinstance(status := getattr(one, "status_code", None), int):
            return _of_status(status, one)
    if (broken := _of_connection(chain)) is not None:
        return broken
    if isinstance(error, (AttributeError, LookupError, TypeError, ValueError)):
        return _Trouble("nonsense", f"sent what is not of the protocol ({type(error).__name__})")
    return _Trouble("failed", f"broke down ({type(error).__name__}: {_told(error)})")


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _of_status(status: int, error: BaseException) -> _Trouble:
    told = f"({status}: {_told(error)})"
    if status in (401, 403):
        return _Trouble("forbidden", f"refuses the key ({status}); set DELO_LLM_KEY in the environment")
    if status == 404:
        return _Trouble("unknown", f"is not known at this address {told}; see that it ends in /v1 where it should")
    if status in (408, 429):
        return _Trouble("busy", f"takes no more requests for now {told}", _asked_to_wait(error))
    if status >= 500:
        return _Trouble("failed", f"broke down {told}", _asked_to_wait(error))
    return _Trouble("rejected", f"refuses the request {told}")


def _of_connection(chain: list[BaseException]) -> _Trouble | None:
    import httpx

    if any(isinstance(one, (TimeoutError, httpx.TimeoutException)) for one in chain):
        return _too_slow()
    if any(isinstance(one, (ConnectionRefusedError, httpx.ConnectError)) for one in chain):
        return _Trouble("unreachable", "cannot be reached: nothing answers at its address; is it running?")
    if any(isinstance(one, (OSError, httpx.TransportError)) for one in chain):
        return _Trouble("failed", "broke off: the connection ended before the answer did")
    return None


def _told(error: BaseException) -> str:
    """The first words of what the server said, without the key if it repeats it."""
    words = " ".join(str(error).split())
    for name in ("DELO_LLM_KEY", "OPENAI_API_KEY"):
        if key := os.environ.get(name):
            words = words.replace(key, "…")
    return words[:_MOST_TOLD]


def _asked_to_wait(error: BaseException) -> float | None:
    """The seconds of a retry-after header, which has a number or a date."""
    asked = str(getattr(getattr(error, "response", None), "headers", {}).get("retry-after", "")).strip()
    with suppress(ValueError):
        return max(0.0, float(asked))
    with suppress(ValueError, TypeError):
        return max(0.0, (parsedate_to_datetime(asked) - datetime.now(UTC)).total_seconds())
    return None
