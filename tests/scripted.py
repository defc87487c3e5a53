"""A server that speaks the OpenAI protocol over real HTTP, and answers as told: for what no real model shows."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What is sent: a whole body; `says` is put into the form of the protocol. `drip`: seconds between two bytes.

    `breaks_off`: the connection ends in the midst of the body. `endless`: the body is sent again and again.

    Who asks for a stream gets events: `pieces`, or `says` in one, `pause` seconds between two. Then `breaks_off` comes
    after the pieces, in place of the end; without `ends` they end as if the model had more to say; `fails` is an error
    in place of the end. `echoes`: it says what it was asked.
    """

    says: str | None = None
    pieces: tuple[str, ...] = ()
    pause: float = 0.0
    ends: bool = True
    fails: str | None = None
    echoes: bool = False
    status: int = 200
    body: str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0
    drip: float = 0.0
    breaks_off: bool = False
    endless: bool = False

    def body_of(self) -> bytes:
        if self.body is not None:
            return self.body.encode()
        message = {
            "role": "assistant",
            "content": "".join(self.pieces) if self.says is None and self.pieces else self.says,
        }
        return _completion("chat.completion", message=message, finish_reason="stop")

    def events(self) -> Iterator[bytes]:
        """What is sent of a stream, before it breaks off."""
        pieces = self.pieces or (() if self.says is None else (self.says,))
        while True:
            for piece in pieces:
                yield _event(_completion("chat.completion.chunk", delta={"content": piece}, finish_reason=None))
            if not self.endless:
                break
        if self.fails is not None:
            yield _event(json.dumps({"error": {"message": self.fails, "code": 500, "type": "server_error"}}).encode())
        elif self.ends and not self.breaks_off:
            yield _event(_completion("chat.completion.chunk", delta={}, finish_reason="stop"))
            yield _event(b"[DONE]")


def _completion(kind: str, **choice: object) -> bytes:
    choices = [{"index": 0, **choice}]
    return json.dumps({"id": "1", "object": kind, "created": 1, "model": "scripted", "choices": choices}).encode()


def _event(data: bytes) -> bytes:
    return b"data: " + data + b"\n\n"


class Scripted:
    """The server: its address, the replies it has still to give (the last one for ever), and what it was asked."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.replies: list[Reply] = []
        self.asked: list[dict] = []
        self.keys: list[str | None] = []
        self.over = threading.Event()
        self.hung_up = threading.Event()  # who asked went before the end

    def will(self, *replies: Reply | str) -> "Scripted":
        """Answer so from now on; a plain string is what the model says."""
        self.replies = [Reply(says=reply) if isinstance(reply, str) else reply for reply in replies]
        self.asked, self.keys = [], []
        self.hung_up.clear()
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
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        script.asked.append(asked)
        script.keys.append(self.headers["Authorization"])
        reply = script.next()
        script.over.wait(reply.delay)
        if reply.echoes:
            said = asked["messages"][-1]["content"]
            reply = replace(reply, says=said, pieces=tuple(word + " " for word in said.split(" ")))
        try:
            if asked.get("stream") and reply.body is None and reply.status == 200:
                self._stream(reply, script.over)
            else:
                self._send(reply, script.over)
        except OSError:
            self.close_connection = True  # who asked has gone
            script.hung_up.set()

    def _stream(self, reply: Reply, over: threading.Event) -> None:
        self.close_connection = True
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for event in reply.events():
            self.wfile.write(b"%x\r\n%s\r\n" % (len(event), event))
            over.wait(reply.pause)
            if over.is_set():
                return
        if not reply.breaks_off:
            self.wfile.write(b"0\r\n\r\n")

    def _send(self, reply: Reply, over: threading.Event) -> None:
        body = reply.body_of()
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
