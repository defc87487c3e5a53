"""Model files: a GGUF file, run by llama.cpp in a process of its own on loopback; see rag/models/llamacpp.py.

One process serves one file, however many LanguageModels ask it. It starts when the first of them is loaded, starts
again if it died, and ends with the last of them, or with Delo, however that ends.
"""

import atexit
import os
import secrets
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Generator
from contextlib import nullcontext
from importlib.util import find_spec
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import IO

from index.errors import ModelError
from rag.models.call import Call, Request
from rag.models.connector import Address
from rag.models.llamacpp import SLOTS
from rag.models.trouble import KEYS, Trouble
from rag.models.waiting import Turns

STARTING = 120.0  # seconds; 5 GB from a slow disk take a minute
ENDING = 2.0  # seconds; a process that is killed needs none
WAITING = 0.5  # of the time of a question that may pass before its turn comes; the rest is for the answer
_SCRIPT = Path(__file__).with_name("llamacpp.py")
_MAGIC = b"GGUF"
_WHY = "error loading model:"  # llama.cpp's words before the reason
_MOST_TOLD = 200  # characters of what llama.cpp says of its trouble
_LAST_LINES = 20  # of what it says, that are kept
_PASSIVE = {"OMP_WAIT_POLICY": "passive", "GOMP_SPINCOUNT": "0"}  # threads that wait leave the processor; see DECISIONS


class ModelFile:
    """A Connector to the model of a GGUF file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._process: _Process | None = None
        self._lock = Lock()

    @property
    def ready(self) -> bool:
        """See Connector."""
        return self._process is not None and self._process.address is not None

    def load(self) -> None:
        """See Connector: start the process, unless it runs."""
        with self._lock:
            self._process = self._process or _taken(self._path)
        self._process.started().load()

    def close(self) -> None:
        """See Connector: end the process, unless others need it."""
        with self._lock:
            process, self._process = self._process, None
        if process is not None:
            _given_back(process)

    def pieces(self, request: Request, call: Call) -> Generator[str, None, None]:
        """See Connector. Who waits too long for a turn is told that the model is busy."""
        if (process := self._process) is None or (address := process.address) is None:
            raise Trouble("failed", "is not running")
        with process.turns.turn(call, request.seconds * WAITING):
            try:
                yield from address.pieces(request, call)
            except Trouble as trouble:
                raise process.told_of(trouble) from trouble

    @property
    def context(self) -> int | None:
        """See Connector."""
        return self._process.address.context if self._process and self._process.address else None

    def tokens(self, text: str) -> int | None:
        """See Connector."""
        return self._process.address.tokens(text) if self._process and self._process.address else None


def model_file(name: str) -> Path:
    """The file `name`, if a model can be in it.

    Raises: ModelError if there is none, it is no GGUF file or larger than the memory, or llama.cpp is not installed.
    """
    path = Path(name).expanduser()
    if find_spec("xllamacpp") is None:
        raise ModelError("model files need the package xllamacpp: pip install 'delo[llm]'")
    try:
        with path.open("rb") as file:
            begins = file.read(len(_MAGIC))
        size = path.stat().st_size
    except OSError as error:
        raise ModelError(f"no model file at '{path}' ({error.strerror}); give gguf:PATH, a file *.gguf") from None
    if begins != _MAGIC:
        raise ModelError(
            f"'{path}' is not a GGUF file: it begins with {begins!r}; give a file *.gguf that llama.cpp reads"
        )
    if (memory := _memory()) is not None and size > memory:
        raise ModelError(
            f"'{path}' has {size / 1e9:.1f} GB, this machine {memory / 1e9:.1f} GB of memory: take a smaller model, "
            "or the same in fewer bits"
        )
    return path.resolve()


def _memory() -> int | None:
    """Bytes of this machine, where it tells."""
    names = getattr(os, "sysconf_names", {})
    if "SC_PHYS_PAGES" not in names or "SC_PAGE_SIZE" not in names:
        return None
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")


class _Process:
    """llama.cpp, answering for one file; its `users` are counted by who takes it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.users = 0
        self.turns = Turns(SLOTS)
        self._lock = Lock()  # held while it starts
        self._running: subprocess.Popen[str] | None = None
        self._address: Address | None = None
        self._said: deque[str] = deque(maxlen=_LAST_LINES)

    @property
    def address(self) -> Address | None:
        """Where it answers; None while it does not run."""
        alive = self._running is not None and self._running.poll() is None
        return self._address if alive else None

    def started(self) -> Address:
        """Where it answers, once it does. Raises: Trouble."""
        with self._lock:
            if (address := self.address) is not None:
                return address
            self.stop()
            self._address = self._start()
            return self._address

    def stop(self) -> None:
        """End it, if it runs; what was kept of it is closed."""
        if (running := self._running) is None:
            return
        running.kill()
        running.wait(ENDING)
        if running.stdin is not None:
            running.stdin.close()

    def told_of(self, trouble: Trouble) -> Trouble:
        """What a trouble with it means: if it died, that, and another try starts it again."""
        if trouble.kind not in ("failed", "unreachable") or self._running is None:
            return trouble
        try:
            status = self._running.wait(0.2)  # the connection breaks a moment before the process is gone
        except subprocess.TimeoutExpired:
            return trouble
        return Trouble("failed", f"broke off: its process {_ended(status)}")

    def _start(self) -> Address:
        key = secrets.token_urlsafe()
        self._running = running = _llamacpp(self.path)
        addresses: SimpleQueue[str] = SimpleQueue()
        self._said.clear()
        errors = _read(running.stderr, self._said.append)
        _read(running.stdout, addresses.put, last="")
        try:
            _write(running.stdin, f"{key}\n")
            address = addresses.get(timeout=STARTING)
        except (OSError, Empty) as error:
            self.stop()
            if isinstance(error, Empty):
                raise Trouble("slow", f"did not start within {STARTING:.0f} s") from None
            address = ""
        if not address:
            self.stop()
            errors.join(ENDING)
            raise self._not_started(running.returncode)
        return Address(self.path.stem, f"{address}/v1", key)

    def _not_started(self, status: int) -> Trouble:
        told = next((line.split(_WHY)[1] for line in self._said if _WHY in line), "")
        told = " ".join(told.replace(str(self.path), self.path.name).split())[:_MOST_TOLD]
        why = told or f"its process {_ended(status)}"
        return Trouble("unreachable", f"cannot be loaded: {why}; is the file whole? Fetch it again, or give another")


def _llamacpp(path: Path) -> "subprocess.Popen[str]":
    """llama.cpp's process; it knows no key of the environment."""
    return subprocess.Popen(  # noqa: S603 - this Python, and a module of ours
        [sys.executable, "-P", str(_SCRIPT), str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        env={name: value for name, value in os.environ.items() if name not in KEYS} | _PASSIVE,
        start_new_session=True,  # Ctrl-C is for its parent, which ends it
    )


def _write(to: IO[str] | None, text: str) -> None:
    if to is not None:
        to.write(text)
        to.flush()


def _ended(status: int) -> str:
    return f"was ended by signal {-status}" if status < 0 else f"ended with status {status}"


def _read(source: IO[str] | None, put: Callable[[str], object], last: str | None = None) -> Thread:
    """Put each line, and `last` at the end, in a thread that ends with the source."""

    def read() -> None:
        with source or nullcontext(()) as lines:
            for line in lines:
                put(line.strip())
        if last is not None:
            put(last)

    thread = Thread(target=read, name="listens to llama.cpp", daemon=True)
    thread.start()
    return thread


_PROCESSES: dict[Path, _Process] = {}
_TAKING = Lock()


def _taken(path: Path) -> _Process:
    """The process of a file, with one user more."""
    with _TAKING:
        process = _PROCESSES.setdefault(path, _Process(path))
        process.users += 1
        return process


def _given_back(process: _Process) -> None:
    """One user less; with the last one it ends."""
    with _TAKING:
        process.users -= 1
        if process.users:
            return
        _PROCESSES.pop(process.path, None)
    process.stop()


@atexit.register
def _stop_all() -> None:
    for process in list(_PROCESSES.values()):
        process.stop()
