"""What went wrong with a language model: the sense of its server's errors, in words that hold no key."""

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from rag.errors import ModelTrouble

KEYS = ("DELO_LLM_KEY", "OPENAI_API_KEY")  # of the environment
_MOST_TOLD = 200  # characters of what a model's server says of its trouble
_TOO_LONG = re.compile(
    r"exceed_context_size|context_length_exceeded|maximum context length|exceeds? the (?:available )?context"
    r"|context (?:length|size|window) of only|prompt is too long|input is too long",
    re.IGNORECASE,
)  # llama.cpp, OpenAI, vLLM, LM Studio, others


_IN_ADDRESS = re.compile(r"//[^/@\s]+@")
_OF_KEYS = (401, 403)
_NOT_OF_LENGTH = (404, 408, 429)
_BUSY: tuple[ModelTrouble, str] = ("busy", "takes no more requests for now {told}")
_BROKEN: tuple[ModelTrouble, str] = ("failed", "broke down {told}")
_REFUSED: tuple[ModelTrouble, str] = ("rejected", "refuses the request {told}")
_MEANINGS: dict[int, tuple[ModelTrouble, str]] = {
    404: ("unknown", "is not known at this address {told}; see that it ends in /v1 where it should"),
    408: _BUSY,
    429: _BUSY,
}


class Trouble(Exception):  # noqa: N818 - told to nobody but LanguageModel
    """Why a try gave no answer, and how many seconds the server asks to wait, if it does."""

    def __init__(self, kind: ModelTrouble, message: str, wait: float | None = None) -> None:
        self.kind, self.wait = kind, wait
        super().__init__(message)


def too_slow() -> Trouble:
    """The time is over."""
    return Trouble("slow", "gave no answer within the time allowed")


def broken_off() -> Trouble:
    """The connection ended before the answer did."""
    return Trouble("failed", "broke off: the connection ended before the answer did")


def unreachable() -> Trouble:
    """There is no connection."""
    return Trouble("unreachable", "cannot be reached: nothing answers at its address; is it running?")


def chain_of(error: BaseException | None) -> Iterator[BaseException]:
    """An error and those that it came from."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def of_status(status: int, error: BaseException) -> Trouble:
    """What an HTTP status means."""
    told = f"({status}: {told_by(error)})"
    if status in _OF_KEYS:
        return Trouble("forbidden", f"refuses the key ({status}); set DELO_LLM_KEY in the environment")
    if status not in _NOT_OF_LENGTH and _TOO_LONG.search(str(error)):
        return Trouble("too long", f"cannot take so long a prompt {told}")
    kind, words = _MEANINGS.get(status, _BROKEN if status >= 500 else _REFUSED)
    return Trouble(kind, words.format(told=told), _asked_to_wait(error))


def told_by(error: BaseException) -> str:
    """The first words of what the server said, without the key if it repeats it, nor any in an address."""
    body = getattr(error, "body", None)
    said = body.get("message") if isinstance(body, dict) else None
    words = " ".join(str(said or error).split())
    for name in KEYS:
        if key := os.environ.get(name):
            words = words.replace(key, "…")
    return _IN_ADDRESS.sub("//…@", words)[:_MOST_TOLD]


def _asked_to_wait(error: BaseException) -> float | None:
    """The seconds of a retry-after header, which has a number or a date."""
    asked = str(getattr(getattr(error, "response", None), "headers", {}).get("retry-after", "")).strip()
    with suppress(ValueError):
        return max(0.0, float(asked))
    with suppress(ValueError, TypeError):
        return max(0.0, (parsedate_to_datetime(asked) - datetime.now(UTC)).total_seconds())
    return None
