"""How language models are spoken to: a model behind an OpenAI-compatible address, or any llama-index `LLM`.

llama-index's models are imported here and nowhere else, when a model is first asked; their errors end here, and so do
keys, which come from the environment only.
"""

import os
from collections.abc import Generator, Iterator, Mapping
from functools import cached_property
from importlib import import_module
from threading import Lock
from typing import Any, Protocol

from rag.models.call import Call, Request
from rag.models.line import UNDER_WAY, asked, client, of_connection, reach, timeout
from rag.models.trouble import Trouble, broken_off, chain_of, of_status, told_by

OPENAI = "https://api.openai.com/v1"


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

    @property
    def context(self) -> int | None:
        """The tokens that fit a prompt with its answer, if that is known of the loaded model."""
        ...

    def tokens(self, text: str) -> int | None:
        """The tokens of a text, if the loaded model counts them."""
        ...


class Given:
    """A llama-index LLM from outside."""

    ready = True
    context = None  # what its metadata say is a guess for all but few models

    def __init__(self, llm: Any) -> None:
        self._llm = llm

    def load(self) -> None:
        """Whoever gave it has."""

    def close(self) -> None:
        """Whoever gave it will."""

    def tokens(self, text: str) -> int | None:
        """See Connector."""
        return None

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

    def __init__(self, model: str, url: str, key: str | None = None) -> None:
        self._model, self._url, self._own_key = model, url.rstrip("/"), key
        self._lock = Lock()
        self._context: int | None = None

    @property
    def ready(self) -> bool:
        """See Connector."""
        return "_llm" in vars(self)

    def load(self) -> None:
        """See Connector; an address where nothing answers is told before the seconds are spent."""
        self._keyed()
        reach(self._url)
        with self._lock:
            _ = self._llm

    def close(self) -> None:
        """Nothing stays open between two requests."""

    def pieces(self, request: Request, call: Call) -> Generator[str, None, None]:
        """See Connector."""
        self._keyed()
        UNDER_WAY.set(call)
        try:
            options = {"max_tokens": request.max_tokens, "timeout": timeout(request)}
            yield from self._streamed(request, options) if request.streamed else _whole(self._llm, request, options)
        except Exception as error:
            raise _trouble(error) from error
        finally:
            call.end()

    def _streamed(self, request: Request, options: Mapping[str, Any]) -> Iterator[str]:
        begun = ended = False
        for reply in self._llm.stream_chat(_messages(request), **options):
            begun = True
            ended = ended or _is_last(reply.raw)
            yield str(reply.delta or "")
        if not begun:
            raise Trouble("nonsense", "sent what is not of the protocol (no event in its stream)")
        if not ended:
            raise broken_off()

    def _keyed(self) -> None:
        if self._url == OPENAI and self._key is None:
            raise Trouble("forbidden", "wants a key: set DELO_LLM_KEY or OPENAI_API_KEY in the environment")

    @cached_property
    def _llm(self) -> Any:
        from llama_index.llms.openai_like import OpenAILike

        import_module("openai.resources.chat")  # otherwise loaded with the first question, which would wait for it

        return OpenAILike(
            model=self._model,
            api_base=self._url,
            api_key=self._key or "none",
            is_chat_model=True,
            temperature=0.0,
            max_retries=0,
            http_client=self._line,
        )

    @property
    def _key(self) -> str | None:
        """OpenAI's key goes to OpenAI only."""
        if self._own_key is not None:
            return self._own_key
        own = os.environ.get("OPENAI_API_KEY") if self._url == OPENAI else None
        return os.environ.get("DELO_LLM_KEY") or own or None

    @property
    def context(self) -> int | None:
        """See Connector: vLLM tells it with its models, llama.cpp with its properties."""
        if self._context is None and self._url != OPENAI:
            self._context = self._context_of_models() or self._context_of_server()
        return self._context

    def tokens(self, text: str) -> int | None:
        """See Connector: llama.cpp counts them."""
        if self._own_key is None:
            return None
        counted = self._asked(f"{self._server}/tokenize", {"content": text}).get("tokens")
        return len(counted) if isinstance(counted, list) else None

    def _context_of_models(self) -> int | None:
        told = self._asked(f"{self._url}/models").get("data")
        models = [one for one in told if isinstance(one, dict)] if isinstance(told, list) else []
        ours = [one for one in models if one.get("id") == self._model or len(models) == 1]
        return next((n for one in ours if isinstance(n := one.get("max_model_len"), int)), None)

    def _context_of_server(self) -> int | None:
        settings = self._asked(f"{self._server}/props").get("default_generation_settings")
        told = settings.get("n_ctx") if isinstance(settings, dict) else None
        return told if isinstance(told, int) else None

    def _asked(self, url: str, body: Mapping[str, str] | None = None) -> dict[str, Any]:
        return asked(self._line, url, self._key or "none", body)

    @property
    def _server(self) -> str:
        """Where a server has what is not of the protocol."""
        return self._url.removesuffix("/v1")

    @cached_property
    def _line(self) -> Any:
        return client()


def _messages(request: Request) -> list[Any]:
    from llama_index.core.llms import ChatMessage

    messages = [ChatMessage(role="system", content=request.system)] if request.system else []
    return [*messages, ChatMessage(role="user", content=request.prompt)]


def _whole(llm: Any, request: Request, options: Mapping[str, Any]) -> Iterator[str]:
    yield str(llm.chat(_messages(request), **options).message.content or "")


def _is_last(chunk: Any) -> bool:
    """Whether a model says with this that it has ended."""
    return any(choice.finish_reason for choice in getattr(chunk, "choices", None) or ())


def _trouble(error: Exception) -> Trouble:
    """What an engine's error means."""
    chain = list(chain_of(error))
    for one in chain:
        if isinstance(one, Trouble):
            return one
        if isinstance(status := getattr(one, "status_code", None), int) or type(one).__name__ == "APIError":
            return of_status(status or 500, one)
    if (broken := of_connection(chain)) is not None:
        return broken
    if isinstance(error, (AttributeError, LookupError, TypeError, ValueError)):
        return Trouble("nonsense", f"sent what is not of the protocol ({type(error).__name__})")
    return Trouble("failed", f"broke down ({type(error).__name__}: {told_by(error)})")
