"""Language models: a prompt -> words, at once or as they come, by any chat model that llama-index can speak to.

`open_model("openai:MODEL", url)` asks a model behind an OpenAI-compatible address: Ollama, vLLM, llama.cpp, LM Studio,
or a service that is paid for. `open_model("gguf:PATH")` runs a model file by llama.cpp on this machine. In Python, any
llama-index `LLM` will do. The engines are behind rag/models/connector.py, rag/models/line.py and rag/models/gguf.py.
"""

import re
import time
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import replace
from importlib.util import find_spec
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

from index.document import whole_characters
from index.errors import ModelError
from index.model import bare
from rag.errors import LanguageModelError
from rag.models.call import SILENCE, Request, spoken
from rag.models.connector import OPENAI, Address, Connector, Given
from rag.models.gguf import ModelFile, model_file
from rag.models.loading import Loading
from rag.models.thoughts import without_thoughts
from rag.models.trouble import Trouble

SECONDS = 60.0  # for an answer, all tries together
TRIES = 3
FIRST_WAIT = 0.5  # seconds before the second try; doubled for the third
MOST_TOKENS = 1_024  # of an answer; a model that thinks aloud first needs some hundreds
LONGEST_TOKEN = 16  # characters, on average at the most; a model that says more than its tokens allow is cut off
CHARACTERS_A_TOKEN = 3.0  # estimated, of Latin letters; see DECISIONS
CYRILLIC_A_TOKEN = 1.3
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_WORTH_ANOTHER_TRY = ("busy", "failed")


class LanguageModel:
    """A language model that is asked one thing at a time, within a time; safe to use from several threads."""

    def __init__(self, connector: Connector, name: str) -> None:
        self.name = bare(name)  # folders of this machine are no reader's concern
        self._connector = connector
        self._loading = Loading(connector)

    def __repr__(self) -> str:
        return f"LanguageModel({self.name!r})"

    def prepare(self) -> None:
        """Begin to load the model, and do not wait for it: so that the first question need not."""
        self._loading.begin()

    def close(self) -> None:
        """Stop what runs for this model alone; whoever asks it again starts it again."""
        self._connector.close()

    def __enter__(self) -> "LanguageModel":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @property
    def context(self) -> int | None:
        """The tokens that fit a prompt with its answer; None if nobody tells. The model is loaded for it, if it can be.

        A server's own template of a conversation takes some dozens of them.
        """
        try:
            self._loading.wait(SECONDS)
        except Trouble:
            return None  # whoever asks it a question is told
        return self._connector.context

    def tokens(self, text: str) -> int:
        """The tokens of a text: counted by the model if it can, otherwise estimated, rather too many than too few."""
        text = whole_characters(text)
        counted = self._connector.tokens(text) if self._connector.ready else None
        if counted is not None:
            return counted
        cyrillic = len(_CYRILLIC.findall(text))
        return round(cyrillic / CYRILLIC_A_TOKEN + (len(text) - cyrillic) / CHARACTERS_A_TOKEN)

    def complete(
        self, prompt: str, *, system: str | None = None, max_tokens: int = MOST_TOKENS, seconds: float = SECONDS
    ) -> str:
        """What the model says to `prompt`, without what it thought aloud before; may be empty.

        At the lowest temperature, and of `max_tokens` at the most, unless the model was given as an object: then its
        own settings hold. A server that is busy or broke down is asked up to TRIES times, after the wait that it asks
        for, as long as all of it stays within `seconds`.

        Raises: LanguageModelError.
        """
        request = Request(
            prompt=whole_characters(prompt), system=system, max_tokens=max_tokens, seconds=seconds, streamed=False
        )
        return "".join(without_thoughts(self._said(request))).strip()

    def stream(
        self, prompt: str, *, system: str | None = None, max_tokens: int = MOST_TOKENS, seconds: float = SECONDS
    ) -> Iterator[str]:
        """What `complete` gives, in pieces as the model says them, which cut words anywhere; none is empty.

        Until the first piece a server is asked again as in `complete`; what fails later is told at once. Between two
        pieces it may be silent for SILENCE seconds. Closing the iterator ends the request, so that the server stops.

        Raises: LanguageModelError, at any piece.
        """
        request = Request(
            prompt=whole_characters(prompt), system=system, max_tokens=max_tokens, seconds=seconds, streamed=True
        )
        with closing(self._said(request)) as pieces:
            yield from without_thoughts(pieces)

    def _said(self, request: Request) -> Generator[str, None, None]:
        """All that the model says, after as many tries as there is time for."""
        end = time.monotonic() + request.seconds
        for tried in range(TRIES):
            begun = False
            try:
                self._loading.wait(end - time.monotonic())
                for piece in self._once(request, end):
                    begun = True
                    yield piece
            except Trouble as trouble:
                wait = FIRST_WAIT * 2**tried if trouble.wait is None else trouble.wait
                again = trouble.kind in _WORTH_ANOTHER_TRY and tried + 1 < TRIES and not begun
                if not again or time.monotonic() + wait >= end:
                    # an engine's own error may hold what the server said, and with it the key
                    raise LanguageModelError(f"the language model {self.name!r} {trouble}", trouble.kind) from None
            else:
                return
            time.sleep(wait)

    def _once(self, request: Request, end: float) -> Generator[str, None, None]:
        """One try; what says more than it may is cut off."""
        left = max(0.0, end - time.monotonic())
        room = request.max_tokens * LONGEST_TOKEN
        tried = replace(request, seconds=left)
        pieces = spoken(lambda call: self._connector.pieces(tried, call), self.name, left, SILENCE)
        with closing(pieces):
            for piece in pieces:
                room -= len(piece)
                if room < 0 and request.streamed:
                    raise Trouble("nonsense", f"does not stop: it said more than {request.max_tokens} tokens can hold")
                if piece:
                    yield piece


def open_model(name: str, url: str | None = None) -> LanguageModel:
    """The model `name`: "openai:MODEL" at the OpenAI-compatible address `url`, or "gguf:PATH", a model file.

    The address is such as http://127.0.0.1:8080/v1; without one it is OpenAI's own. The key is DELO_LLM_KEY of the
    environment, or for OpenAI's own address OPENAI_API_KEY; an address that needs none gets none. Nothing is asked or
    started yet. What is started ends with `close`, and with Delo.

    Raises: ModelError if the name or the address is not of this form, the file is none that can be loaded, or what is
    needed is not installed.
    """
    kind, _, model = name.partition(":")
    if kind not in ("openai", "gguf") or not model.strip():
        raise ModelError(
            f"no such language model: {name!r}; give openai:MODEL, and the address that answers for it, or gguf:PATH"
        )
    if find_spec("llama_index.llms") is None or find_spec("llama_index.llms.openai_like") is None:
        raise ModelError("language models need the package llama-index-llms-openai-like: pip install 'delo[llm]'")
    if kind == "openai":
        return LanguageModel(Address(model, _checked(url or OPENAI)), name)
    if url:
        raise ModelError(f"{name!r} runs on this machine and has no address; an address goes with openai:MODEL")
    return LanguageModel(ModelFile(model_file(model)), name)


def of_llama_index(llm: Any) -> LanguageModel:
    """A llama-index `LLM` that is asked as it was set up; only the time is bounded."""
    return LanguageModel(Given(llm), str(llm.metadata.model_name))


def _checked(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.password:
        shown = url if "@" not in url else f"{parts.scheme}://…@{parts.hostname}"
        raise ModelError(
            f"{shown!r} is not the address of a language model; give one such as http://127.0.0.1:8080/v1, and its "
            "key in DELO_LLM_KEY"
        )
    return url
