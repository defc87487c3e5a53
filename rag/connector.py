"""How language models are spoken to: a model behind an OpenAI-compatible address, or any llama-index `LLM`.

The engines are imported here and nowhere else, when a model is first asked; their errors end here, and so do keys,
which come from the environment only.
"""

import os
import socket
import time
from collections.abc import Generator, Iterator, Mapping
from contextlib import suppress
from contextvars import ContextVar
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cached_property
from threading import Lock
from typing import Any, Protocol
from urllib.parse import urlsplit
from urllib.request import getproxies

from rag.call import Call, Request, Trouble, too_slow

OPENAI = "https://api.openai.com/v1"
CONNECTING = 2.0  # seconds for a connection; a server on the other side of the world takes half a second
MOST_BYTES = 4_000_000  # of a reply; a model that never stops is cut off
_MOST_TOLD = 200  # characters of what a model's server says of its trouble
_UNDER_WAY: ContextVar[Call] = ContextVar("the call that this thread makes")


class Connector(Protocol):
    """What a LanguageModel speaks through."""

    @property
    def ready(self) -> bool:
        """Whether `load` has nothing to do."""
        ...

    def load(self) -> None:
        """Load the engine, which takes seconds the first time and is not part of an answer's time. Raises: Trouble."""
        ...

    def pieces(self, request: Request, call: Call) -> Generator[str, None, None]:
        """The model's words as they come; in one piece unless they are `streamed`. Raises: Trouble."""
        ...

    def close(self) -> None:
        """Stop what was started for it."""
        ...


class Given:
    """A llama-index LLM from outside."""

    ready = True

    def __init__(self, llm: Any) -> None:
        self._llm = llm

    def load(self) -> None:
        """Whoever gave it has."""

    def close(self) -> None:
        """Whoever gave it will."""

    def pieces(self, request: Request, call: Call) -> Generator[str, None, None]:
        """See Connector; one that cannot stream gives one piece."""
        try:
            yield from self._streamed(request) if request.streamed else _whole(self._llm, request, {})
        except Exception as error:
            raise _trouble(error) from error

    def _streamed(self, request: Request) -> Iterator[str]:
        begun = False
        try:
            for reply in self._llm.stream_chat(_messages(request)):
                begun = True
                yield str(reply.delta or "")
        except NotImplementedError:
            if begun:
                raise
            yield from _whole(self._llm, request, {})


class Address:
    """A model behind an OpenAI-compatible address."""

    def __init__(self, model: str, url: str) -> None:
        self._model, self._url = model, url
        self._lock = Lock()

    @property
    def ready(self) -> bool:
        """See Connector."""
        return "_llm" in vars(self)

    def load(self) -> None:
        """See Connector; an address where nothing answers is told before the seconds are spent."""
        self._keyed()
        _reach(self._url)
        with self._lock:
            _ = self._llm

    def close(self) -> None:
        """Nothing stays open between two requests."""

    def pieces(self, request: Request, call: Call) -> Generator[str, None, None]:
        """See Connector."""
        self._keyed()
        _UNDER_WAY.set(call)
        try:
            yield from self._streamed(request) if request.streamed else _whole(self._llm, request, _options(request))
        except Exception as error:
            raise _trouble(error) from error

    def _streamed(self, request: Request) -> Iterator[str]:
        begun = ended = False
        for reply in self._llm.stream_chat(_messages(request), **_options(request)):
            begun = True
            ended = ended or _is_last(reply.raw)
            yield str(reply.delta or "")
        if not begun:
            raise Trouble("nonsense", "sent what is not of the protocol (no event in its stream)")
        if not ended:
            raise _broken_off()

    def _keyed(self) -> None:
        if self._url == OPENAI and _key(self._url) is None:
            raise Trouble("forbidden", "wants a key: set DELO_LLM_KEY or OPENAI_API_KEY in the environment")

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
                event_hooks={"request": [_traced], "response": [_bounded]},
                limits=httpx.Limits(max_keepalive_connections=0),  # so that nothing stays open and needs closing
            ),
        )


def _key(url: str) -> str | None:
    """OpenAI's key goes to OpenAI only."""
    own = os.environ.get("OPENAI_API_KEY") if url == OPENAI else None
    return os.environ.get("DELO_LLM_KEY") or own or None


def _reach(url: str) -> None:
    """See that something listens at an address, unless it is reached through another."""
    parts = urlsplit(url)
    if parts.scheme in getproxies():
        return
    at = (parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80))
    try:
        socket.create_connection(at, CONNECTING).close()
    except OSError as error:
        raise _unreachable() from error


def _options(request: Request) -> dict[str, Any]:
    import httpx

    timeout = httpx.Timeout(request.seconds, connect=min(request.seconds, CONNECTING))
    return {"max_tokens": request.max_tokens, "timeout": timeout}


def _messages(request: Request) -> list[Any]:
    from llama_index.core.llms import ChatMessage

    messages = [ChatMessage(role="system", content=request.system)] if request.system else []
    return [*messages, ChatMessage(role="user", content=request.prompt)]


def _whole(llm: Any, request: Request, options: Mapping[str, Any]) -> Iterator[str]:
    yield str(llm.chat(_messages(request), **options).message.content or "")


def _is_last(chunk: Any) -> bool:
    """Whether a model says with this that it has ended."""
    return any(choice.finish_reason for choice in getattr(chunk, "choices", None) or ())


def _traced(request: Any) -> None:
    """Tell the call under way of its connection, so that it can be hung up while nothing comes through it."""
    call = _UNDER_WAY.get()

    def heard(event: str, told: Mapping[str, Any]) -> None:
        if event.endswith((".connect_tcp.complete", ".start_tls.complete")):
            line = told["return_value"].get_extra_info("socket")
            call.connected(lambda: _shut(line))

    request.extensions["trace"] = heard


def _shut(line: socket.socket) -> None:
    with suppress(OSError):  # it is closed already
        socket.socket.shutdown(line, socket.SHUT_RDWR)


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
                    raise Trouble("nonsense", f"sent more than {MOST_BYTES:,} bytes")
                if time.monotonic() > end:
                    raise too_slow()
                yield chunk

        def close(self) -> None:
            self._stream.close()

    response.stream = Bounded(response.stream)


def _broken_off() -> Trouble:
    return Trouble("failed", "broke off: the connection ended before the answer did")


def _unreachable() -> Trouble:
    return Trouble("unreachable", "cannot be reached: nothing answers at its address; is it running?")


def _trouble(error: Exception) -> Trouble:
    """What an engine's error means."""
    chain = list(_chain(error))
    for one in chain:
        if isinstance(one, Trouble):
            return one
        if isinstance(status := getattr(one, "status_code", None), int):
            return _of_status(status, one)
    if (broken := _of_connection(chain)) is not None:
        return broken
    if isinstance(error, (AttributeError, LookupError, TypeError, ValueError)):
        return Trouble("nonsense", f"sent what is not of the protocol ({type(error).__name__})")
    return Trouble("failed", f"broke down ({type(error).__name__}: {_told(error)})")


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _of_status(status: int, error: BaseException) -> Trouble:
    told = f"({status}: {_told(error)})"
    if status in (401, 403):
        return Trouble("forbidden", f"refuses the key ({status}); set DELO_LLM_KEY in the environment")
    if status == 404:
        return Trouble("unknown", f"is not known at this address {told}; see that it ends in /v1 where it should")
    if status in (408, 429):
        return Trouble("busy", f"takes no more requests for now {told}", _asked_to_wait(error))
    if status >= 500:
        return Trouble("failed", f"broke down {told}", _asked_to_wait(error))
    return Trouble("rejected", f"refuses the request {told}")


def _of_connection(chain: list[BaseException]) -> Trouble | None:
    import httpx

    if any(isinstance(one, (ConnectionRefusedError, httpx.ConnectError, httpx.ConnectTimeout)) for one in chain):
        return _unreachable()
    if any(isinstance(one, (TimeoutError, httpx.TimeoutException)) for one in chain):
        return too_slow()
    if any(isinstance(one, (OSError, httpx.TransportError)) for one in chain):
        return _broken_off()
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
