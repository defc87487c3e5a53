"""The page served by a process of its own, as its users start it, to be measured from outside."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from eval.errors import EvaluationError

_ADDRESS = re.compile(r"http://[^ ]+")


@dataclass(frozen=True, slots=True)
class Served:
    """A server: where it answers, and its process."""

    address: str
    process: int

    def memory(self) -> float:
        """The megabytes that its process has in memory now. Source: proc(5), VmRSS."""
        status = Path(f"/proc/{self.process}/status").read_text(encoding="ascii")
        return int(status.partition("VmRSS:")[2].split()[0]) / 1024


@contextmanager
def served(home: Path, work: Path) -> Iterator[Served]:
    """`delo chat` over the index at `home`, in the folder `work`, until it is no longer needed.

    Raises: EvaluationError if it does not begin to serve.
    """
    log = work / "server.log"
    words = [sys.executable, "-m", "ui", "chat", "--index", str(home.resolve()), "--port", str(_free())]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DELO_")}
    environment["PYTHONPATH"] = str(Path(__file__).parent.parent)
    with (
        log.open("w") as errors,
        subprocess.Popen(  # noqa: S603 - our own words
            words, stdout=subprocess.PIPE, stderr=errors, text=True, cwd=work, env=environment
        ) as process,
    ):
        try:
            told = process.stdout.readline() if process.stdout else ""
            if (found := _ADDRESS.search(told)) is None:
                raise EvaluationError(f"the page is not served: {log.read_text('utf-8').strip() or told}")
            yield Served(found[0], process.pid)
        finally:
            process.terminate()


def _free() -> int:
    """A port that is free now."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port
