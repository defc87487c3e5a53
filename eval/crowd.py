"""Readers of the page without a browser: they open it, ask, and wait for the whole answer, as its scripts do."""

import json
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from http.cookiejar import CookieJar
from itertools import cycle, islice
from secrets import token_hex
from threading import Barrier
from typing import Any
from urllib.error import URLError
from urllib.request import HTTPCookieProcessor, Request, build_opener

from eval.errors import EvaluationError

PATIENCE = 60  # seconds that a reader waits for an answer; then it counts as lost
BOX = "question"  # the name of the box that is asked in
_WHOLE = "delo answer"  # stands in what is shown of a whole answer
_ROUND = 10  # questions that one reader asks in a conversation, where many are asked


class Reader:
    """Somebody who has opened the page at `address`; remembers cookies, and is one conversation."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._opener = build_opener(HTTPCookieProcessor(CookieJar()))
        self._get("/", {"Accept": "text/html"})
        self._event, self._box, self._values = _asking(json.loads(self._get("/config", {})))
        self._session = token_hex(8)

    def ask(self, question: str) -> float | None:
        """Ask; the seconds until the whole answer had come, or None if none came."""
        start = time.perf_counter()
        try:
            event = json.loads(self._get("/gradio_api/queue/join", {}, self._question(question)))["event_id"]
            told = self._answer(event)
        except (URLError, TimeoutError, ConnectionError):
            return None
        return time.perf_counter() - start if _WHOLE in told else None

    def _question(self, question: str) -> dict[str, Any]:
        data = [question if name == self._box else value for name, value in self._values]
        asked = {"fn_index": self._event, "trigger_id": self._box, "session_hash": self._session}
        return asked | {"data": data, "event_data": None}

    def _answer(self, event: str) -> str:
        """Everything that was sent of the answer; nothing, if it ended badly."""
        request = Request(f"{self._address}/gradio_api/queue/data?session_hash={self._session}")  # noqa: S310 - ours
        sent = []
        with self._opener.open(request, timeout=PATIENCE) as stream:
            for line in stream:
                message = json.loads(line[6:]) if line.startswith(b"data: ") else {}
                if message.get("event_id") not in (None, event):
                    continue
                sent.append(line.decode())
                if message.get("msg") == "process_completed":
                    return "".join(sent) if message.get("success") else ""
        return ""

    def _get(self, path: str, headers: dict[str, str], body: object = None) -> str:
        told = None if body is None else json.dumps(body).encode()
        kind = {"Content-Type": "application/json"} if told else {}
        request = Request(self._address + path, told, headers | kind)  # noqa: S310 - ours
        with self._opener.open(request, timeout=PATIENCE) as reply:
            text: str = reply.read().decode()
            return text


def _asking(config: dict[str, Any]) -> tuple[int, int, list[tuple[int, Any]]]:
    """The event that asks, the box it is asked in, and what else it is given, from what the page says of itself."""
    props = {component["id"]: component["props"] for component in config["components"]}
    boxes = [name for name, its in props.items() if its.get("elem_id") == BOX]
    for event in config["dependencies"]:
        if boxes and [boxes[0], "submit"] in [list(target) for target in event["targets"]]:
            values = [(name, props[name].get("value")) for name in event["inputs"]]
            return event["id"], boxes[0], values
    raise EvaluationError(f"the page has no box named {BOX!r} that is asked in")


def ask_at_once(address: str, questions: Sequence[str], readers: int, rounds: int) -> list[float | None]:
    """The seconds, or None, of each question that so many readers ask at the same moment, again and again."""
    everybody = [Reader(address) for _ in range(readers)]
    together = Barrier(readers)

    def asks(number: int) -> list[float | None]:
        taken = []
        for turn in range(rounds):
            together.wait(PATIENCE * 2)
            taken.append(everybody[number].ask(questions[(turn * readers + number) % len(questions)]))
        return taken

    with ThreadPoolExecutor(readers) as threads:
        return [seconds for each in threads.map(asks, range(readers)) for seconds in each]


def ask_many(address: str, questions: Sequence[str], count: int, at_once: int = 4) -> int:
    """Have `count` questions asked in short conversations, some at the same time; gives how many were not answered."""

    def converses(asked: Sequence[str]) -> int:
        reader = Reader(address)
        return sum(reader.ask(question) is None for question in asked)

    rest = list(islice(cycle(questions), count))
    conversations = [rest[n : n + _ROUND] for n in range(0, count, _ROUND)]
    with ThreadPoolExecutor(at_once) as threads:
        return sum(threads.map(converses, conversations))
