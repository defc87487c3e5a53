"""What runs in the process of a model file: llama.cpp's server, on loopback, until its parent ends.

rag/models/gguf.py starts it as a script: `python llamacpp.py PATH`. The first line of its input is the key that every
request must bring, for other users of the machine reach loopback too; the end of its input is its own end, however its
parent ended. It writes its address, and nothing else; what llama.cpp says goes to its errors.
"""

import os
import sys
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import xllamacpp

CONTEXT = 8_192  # tokens of a prompt with its answer; see DECISIONS
SLOTS = 2  # answers at once; others wait their turn
_HTTP_THREADS = 64  # one for each request, also while it waits
_KEPT = 512  # MiB of prompts kept, so that a follow-up question need not be read from its beginning
_ERRORS_ONLY = 1


def main() -> None:
    """Answer until the input ends."""
    told = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # whatever an engine prints
    key = sys.stdin.readline().strip()
    waiting = Thread(target=_end_with_input, daemon=True)
    waiting.start()
    server = _server(sys.argv[1], key)
    told.write(f"{server.listening_address}\n")
    told.flush()
    waiting.join()


def _end_with_input() -> None:
    sys.stdin.read()
    os._exit(0)  # the engine's threads need no farewell


def _server(path: str, key: str) -> "xllamacpp.Server":
    """A server that answers for the model at `path`."""
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path, params.hostnames, params.port, params.api_keys = path, ["127.0.0.1"], 0, [key]
    params.n_ctx, params.n_parallel, params.kv_unified = CONTEXT * SLOTS, SLOTS, False
    params.cache_prompt, params.cache_ram_mib = True, _KEPT
    params.n_threads_http, params.ui, params.endpoint_slots = _HTTP_THREADS, False, False
    params.sampling.seed, params.sampling.temp = 0, 0.0
    params.enable_reasoning = 0  # a model that can think aloud would do so for minutes on a processor
    params.verbosity, params.warmup = _ERRORS_ONLY, False
    params.cpuparams_batch.n_threads = _cores()
    params.cpuparams.n_threads = max(1, _cores() - 1)  # word by word, all wait for the slowest; see DECISIONS
    return xllamacpp.Server(params)


def _cores() -> int:
    """The processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


if __name__ == "__main__":
    main()
