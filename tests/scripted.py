"""A server that speaks the OpenAI protocol over real HTTP, and answers as told: for what no real model shows."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What is sent: a whole body; `says` is put into the form of the protocol. `drip`: seconds between two bytes.

    `breaks_off`: the connection ends in the midst of the body. `endless`: the body is sent again and again.
    """

    says: str | None = None
    status: int = 200
    body: str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0
    drip: float = 0.0
    breaks_off: bool = False
    endless: bool = False

    def bytes(self) -> bytes:
        if self.body is not None:
            return self.body.encode()
        message = {"role": "assistant", "content": self.says}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        return json.dumps({"id": "1", "object": "chat.completion", "created": 1, "model": "scripted",
                           "choices": [choice]}).encode()  # fmt: skip


class Scripted:
    """The server: its address, the replies it has still to give (the last one for ever), and what it was asked."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.replies: list[Reply] = []
        self.asked: list[dict] = []
        self.keys: list[str | None] = []
        self.over = threading.Event()

    def will(self, *replies: Reply | str) -> "Scripted":
        """Answer so from now on; a plain string is what the model says."""
        self.replies = [Reply(says=reply) if isinstance(reply, str) else reply for reply in replies]
        self.asked, self.keys = [], []
        return self

    def next(self) -> Reply:
        return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]


@contextmanager
def scripted() -> Iterator[Scripted]:
    """A server on a free port of this machine, gone at the end."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    server.script = Scripted(f"http://127.0.0.1:{server.server_port}/v1")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server.script
    finally:
        server.script.over.set()
        server.shutdown()
        thread.join()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        script: Scripted = self.server.script
        script.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        script.keys.append(self.headers["Authorization"])
        reply = script.next()
        script.over.wait(reply.delay)
        try:
            self._send(reply, script.over)
        except OSError:
            self.close_connection = True  # who asked has gone

    def _send(self, reply: Reply, over: threading.Event) -> None:
        body = reply.bytes()
        self.send_response(reply.status)
        for name, value in ({"Content-Type": "application/json"} | reply.headers).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(10**12 if reply.endless else len(body)))
        self.end_headers()
        self.close_connection = True
        if reply.breaks_off:
            body = body[: len(body) // 2]
        while True:
            for piece in [body] if not reply.drip else [body[at : at + 1] for at in range(len(body))]:
                self.wfile.write(piece)
                time.sleep(reply.drip)
            if not reply.endless or over.is_set():
                return

    def log_message(self, *_: object) -> None:
        pass
