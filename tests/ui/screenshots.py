"""Pictures of every view of the page, to be looked at one by one: `python -m tests.ui.screenshots [FOLDER] [PART...]`.

Both languages of the interface, narrow and wide, light and dark. What a view needs first is done as a reader does it;
where that cannot be done, the picture is taken all the same, and what was wrong is said.
"""

import argparse
import itertools
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import bcrypt
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

from tests.scripted import Reply, scripted
from tests.ui.conftest import CHROMIUM

ROOT = Path(__file__).parents[2]
OUT = ROOT / "docs" / "screenshots"
README = {"conversation": "ask.png", "answer": "read.png"}  # the two pictures in the README, wide and light, in English
PATIENCE = 15_000  # milliseconds that anything may take but an answer
FIRST_ANSWER = 60_000  # milliseconds; it loads what answers need
COLOURS = 128  # of the pictures in the README; with them each has about 120 kB
TALLEST = 3_000  # pixels of a picture; what is below is seen by scrolling
SIZES = {390: 844, 1440: 900, 360: 740, 768: 1024, 1100: 800, 2560: 1300}
ALWAYS = (390, 1440)  # of every view; the other sizes of these alone
AT_EVERY_SIZE = ("start", "answer", "conversation", "document")
LANGUAGES = {"en": "en-GB", "ru": "ru-RU"}
SCHEMES = ("light", "dark")

QUESTION = {
    "en": "Why did Moscow reject an attack on the South?",
    "ru": "Почему Москва считала наступление на юг недопустимым?",
}
OUTSIDE = {
    "en": "What did Khrushchev say about maize in Kazakhstan?",
    "ru": "Что Хрущёв говорил о кукурузе в Казахстане?",
}
REFERENCE = "APRF, f. 3, op. 65, d. 776, l. 31"
QUOTATION = "North Korea is not prepared either militarily or politically"
MISQUOTED = "North Korea is now prepared both militarily and politically"
WRITTEN = ("Moscow held an attack to be impermissible [[1.1]]. ", "It spoke of 400,000 soldiers [[1.1]].")


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A picture: of which server, at which address, and what is done there first."""

    address: str
    server: str = "room"
    first: Callable[[Page, str], object] = lambda page, language: None


def ask(page: Page, question: str) -> None:
    said = page.locator(".delo.answer, .delo.refusal")
    before = said.count()
    page.locator("#question textarea").fill(question)
    page.locator("#question textarea").press("Enter")
    said.nth(before).wait_for(timeout=FIRST_ANSWER)


def asked(page: Page, language: str) -> None:
    ask(page, QUESTION[language])


def evidence(page: Page, language: str) -> None:
    asked(page, language)
    page.locator(".delo.answer a[target=desk]").locator("visible=true").first.click()
    page.frame_locator("iframe[name=desk]").locator("mark").first.wait_for()


def followed(page: Page, language: str) -> None:
    asked(page, language)
    ask(page, {"en": "And what does it say about partisans?", "ru": "А о партизанах?"}[language])


def sought(words: str) -> Callable[[Page, str], None]:
    def seek(page: Page, language: str) -> None:
        page.locator("main form textarea, main form input[type=search], main form input[type=text]").first.fill(words)
        page.locator("main form button").first.click()
        page.wait_for_load_state()

    return seek


def collected(page: Page, language: str) -> None:
    asked(page, language)
    for button in page.locator("[data-collect]").locator("visible=true").all()[:3]:
        button.click()
    page.goto(page.url.split("#")[0].rstrip("/") + "/notebook")
    page.locator("main figure, main blockquote").first.wait_for()


def reported(page: Page, language: str) -> None:
    page.locator("a[href^='/judge/report']").first.click()
    page.wait_for_load_state()


def compared(page: Page, language: str) -> None:
    form = page.locator("form[action='/judge/compare']")
    for number, select in enumerate(form.locator("select").all()):
        select.select_option(index=number)
    form.locator("button").click()
    page.wait_for_load_state()


def previewed(page: Page, language: str) -> None:
    sample = ROOT / "index" / "sample" / "archive" / "112133.txt"
    files = [
        {"name": "letter.txt", "mimeType": "text/plain", "buffer": sample.read_bytes().replace(b"112133", b"112134")},
        {"name": "notes.md", "mimeType": "text/markdown", "buffer": "Заметки без полей каталога.".encode()},
        {"name": "picture.txt", "mimeType": "text/plain", "buffer": b"\x89PNG\r\n\x1a\n" + bytes(100)},
    ]
    page.locator("input[type=file]").set_input_files(files)
    page.locator("form:has(input[type=file]) button").first.click()
    page.wait_for_url("**/add/checked/**")


def menu(page: Page, language: str) -> None:
    page.locator("header summary, nav summary").locator("visible=true").first.click()


VIEWS: Mapping[str, View] = {
    "start": View(address="/", first=lambda page, language: page.locator("#question textarea").wait_for()),
    "answer": View(address="/", first=evidence),
    "conversation": View(address="/", first=followed),
    "not-in-this-archive": View(address="/", first=lambda page, language: ask(page, OUTSIDE[language])),
    "refusal": View(address="/", first=lambda page, language: ask(page, "Pourquoi Moscou a-t-elle refusé l'attaque ?")),
    "models-answer": View(address="/", server="model", first=asked),
    "document": View(address="/document/112133"),
    "document-search": View(address="/document/112133?find=Korea"),
    "no-document": View(address="/document/999999"),
    "documents": View(address="/documents"),
    "documents-filtered": View(address="/documents?after=1949-09&before=1949-09"),
    "archive": View(address="/archive"),
    "look-up": View(address="/look-up"),
    "look-up-reference": View(address="/look-up", first=sought(REFERENCE)),
    "look-up-forged": View(address="/look-up", first=sought("APRF, f. 3, op. 65, d. 777, l. 31")),
    "look-up-quotation": View(address="/look-up", first=sought(QUOTATION)),
    "look-up-misquotation": View(address="/look-up", first=sought(MISQUOTED)),
    "notebook-empty": View(address="/notebook"),
    "notebook": View(address="/", first=collected),
    "judge": View(address="/judge"),
    "judge-report": View(address="/judge", first=reported),
    "judge-compare": View(address="/judge", first=compared),
    "add": View(address="/add"),
    "add-preview": View(address="/add", first=previewed),
    "add-not-allowed": View(address="/add", server="model"),
    "login": View(address="/", server="locked"),
}


def main() -> None:
    """Take the pictures that were asked for, or all."""
    parser = argparse.ArgumentParser(prog="python -m tests.ui.screenshots", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=OUT, help=f"where to put them ({OUT})")
    parser.add_argument(
        "parts", nargs="*", metavar="PART", help="only those with one of these in their names: judge-ru"
    )
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        work = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        servers = Servers(work, stack)
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        stack.callback(browser.close)
        for line in pictures(browser, servers, options.folder, options.parts):
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()
    shown(options.folder)


def pictures(browser: Browser, servers: "Servers", folder: Path, parts: Sequence[str]) -> Iterator[str]:
    """Take each view in each language, size and light; tells of each what it is called, and what was wrong."""
    for language, width, scheme, name in itertools.product(LANGUAGES, SIZES, SCHEMES, VIEWS):
        target = folder / f"{name}-{language}-{width}-{scheme}.png"
        if width not in ALWAYS and name not in AT_EVERY_SIZE:
            continue
        if parts and not any(part in target.name for part in parts):
            continue
        context = new_context(browser, language, width, scheme)
        trouble = picture(context, servers, VIEWS[name], language, target)
        context.close()
        yield f"{target.name}{f': {trouble}' if trouble else ''}"


def new_context(browser: Browser, language: str, width: int, scheme: str) -> BrowserContext:
    context = browser.new_context(
        viewport={"width": width, "height": SIZES[width]},
        locale=LANGUAGES[language],
        color_scheme=scheme,
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE)
    return context


def picture(context: BrowserContext, servers: "Servers", view: View, language: str, target: Path) -> str:
    """Take one picture; gives what was wrong, or nothing."""
    page = context.new_page()
    trouble = ""
    try:
        base = servers.address(view.server)
        reply = page.goto(base + view.address)
        trouble = f"status {reply.status}" if reply and reply.status >= 500 else ""
        page.locator("#question textarea, main").first.wait_for()
        view.first(page, language)
    except (Error, OSError, subprocess.SubprocessError) as error:
        trouble = str(error).splitlines()[0]
    page.wait_for_timeout(300)
    size = page.viewport_size or {"width": 0, "height": 0}
    height = min(TALLEST, page.evaluate("document.documentElement.scrollHeight"))
    if urlsplit(page.url).path == "/":  # its box stays at the foot of the window
        height = 0
    if height > size["height"]:  # what is out of sight is not laid out
        page.set_viewport_size({"width": size["width"], "height": height})
        page.wait_for_timeout(300)
    page.screenshot(path=target)
    wide = page.evaluate("document.documentElement.scrollWidth")
    return trouble or (f"scrolls sideways: {wide} pixels" if wide > size["width"] else "")


def shown(folder: Path) -> None:
    """Put the two that the README shows where it looks for them, in few colours: they are small then."""
    for view, name in README.items():
        if (taken := folder / f"{view}-en-1440-light.png").exists() and folder == OUT:
            few = Image.open(taken).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
            few.save(OUT.parent / name, optimize=True)


class Servers:
    """Servers that are started when a view needs them, and stopped at the end."""

    def __init__(self, work: Path, stack: ExitStack) -> None:
        self._work = work
        self._stack = stack
        self._addresses: dict[str, str] = {}
        self._home = work / "index"
        delo(
            work,
            "index",
            "--index",
            self._home,
            ROOT / "index" / "sample" / "archive",
            ROOT / "eval" / "sets" / "archive",
        )

    def address(self, name: str) -> str:
        """Where the server of this name answers.

        Raises: CalledProcessError, OSError if it cannot be started.
        """
        if name not in self._addresses:
            self._addresses[name] = ""
            self._addresses[name] = self._stack.enter_context(self._started(name))
        if not self._addresses[name]:
            raise OSError(f"the server {name!r} could not be started")
        return self._addresses[name]

    @contextmanager
    def _started(self, name: str) -> Iterator[str]:
        options = getattr(self, f"_{name}")()
        with (self._work / f"{name}.log").open("w") as log:
            command = [sys.executable, "-m", "ui", "chat", "--port", str(free()), *map(str, options)]
            process = subprocess.Popen(
                command, stdout=subprocess.PIPE, stderr=log, text=True, cwd=self._work, env=environment()
            )
            try:
                told = process.stdout.readline()
                if "http://" not in told:
                    raise OSError((self._work / f"{name}.log").read_text("utf-8").strip() or "it did not start")
                yield told[told.index("http://") :].split()[0]
            finally:
                process.terminate()
                process.wait(10)
                process.stdout.close()

    def _room(self) -> list[object]:
        runs = self._work / "runs"
        questions = ROOT / "eval" / "sets" / "questions.jsonl"
        for number, every in enumerate((20, 16), 1):
            delo(
                self._work,
                "eval",
                "run",
                questions,
                "--index",
                self._home,
                "--out",
                runs / f"run-{number}",
                "--every",
                every,
            )
        examples = ROOT / "index" / "sample" / "questions.txt"
        return [
            "--index",
            self._home,
            "--runs",
            runs,
            "--record",
            self._work / "kept",
            "--allow-upload",
            "--examples",
            examples,
        ]

    def _model(self) -> list[object]:
        server = self._stack.enter_context(scripted())
        server.will(Reply(pieces=WRITTEN))
        return ["--index", self._home, "--llm", "openai:a-model", "--llm-url", server.url]

    def _locked(self) -> list[object]:
        readers = self._work / "readers"
        hashed = bcrypt.hashpw(b"only for pictures", bcrypt.gensalt(5)).decode()
        readers.write_text(f"reader:{hashed}\n")
        return ["--index", self._home, "--auth", readers]


def delo(work: Path, *words: object) -> None:
    """Run a command to its end, whatever its status."""
    command = [sys.executable, "-m", "ui", *map(str, words)]
    subprocess.run(command, cwd=work, env=environment(), check=False, stdout=subprocess.DEVNULL)


def environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DELO_")}
    return kept | {"PYTHONPATH": str(ROOT)}


def free() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


if __name__ == "__main__":
    main()
