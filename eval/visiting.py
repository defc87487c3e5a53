"""A reader with a real browser, and a watch: how long pages take to open, to answer, to scroll.

Playwright is imported here and nowhere else, when something is measured.
"""

import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from eval.errors import EvaluationError

WINDOW = {"width": 1440, "height": 900}
BOX = "#question textarea"
ANSWERED = ".delo.answer, .delo.refusal"  # a whole answer, or why there is none
_MOST = 60_000  # milliseconds that anything may take
_FRAMES = 400  # in which a document is scrolled through
_FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
_CONVERSATION = 10  # questions after which the page is opened anew

# From the key that sends a question to the frame in which its whole answer is shown.
_TIMED = """(shown) => {
  const before = document.querySelectorAll(shown).length;
  let begun = null;
  addEventListener("keydown", (event) => { if (event.key === "Enter") begun ??= performance.now(); }, true);
  window.deloTimed = new Promise((resolve) => {
    const look = () => {
      if (begun !== null && document.querySelectorAll(shown).length > before)
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - begun)));
      else requestAnimationFrame(look);
    };
    look();
  });
}"""

# Scrolls through what is tallest on the page, a step in each frame; gives the milliseconds of the frames.
_SCROLLED = """async (frames) => {
  const page = document.scrollingElement;
  const room = (element) => element.scrollHeight - element.clientHeight;
  const moves = (element) => element === page || /auto|scroll/.test(getComputedStyle(element).overflowY);
  const tallest = [page, ...document.body.querySelectorAll(":not(.row, .row *)")]  // to ask rows lays out those unseen
    .filter((element) => room(element) > 0 && moves(element)).sort((a, b) => room(b) - room(a))[0];
  const frame = () => new Promise(requestAnimationFrame);
  const taken = [], step = room(tallest) / frames;
  let last = await frame();
  for (let n = 1; n <= frames; n++) {
    tallest.scrollTop = n * step;
    const now = await frame();
    taken.push(now - last);
    last = now;
  }
  return taken;
}"""
_PAINTED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


class Visitor:
    """A reader of the page at an address, by one browser; `version` is the browser's."""

    def __init__(self, playwright: Any, browser: str, address: str) -> None:
        self._playwright = playwright
        self._browser = browser
        self._address = address
        self.version = ""

    def opens_cold(self) -> float:
        """Seconds until the page can be typed into, by a browser that was never here."""
        with self._profile() as context:
            return self._opened(context)[1]

    def opens_warm(self, times: int) -> list[float]:
        """Seconds until the page can be typed into, by a browser that was here once, and its server too."""
        with self._profile() as context:
            return [self._opened(context)[1] for _ in range(times + 1)][1:]

    def asks(self, questions: Sequence[str], before: int) -> list[float]:
        """Seconds from Enter until the whole answer is on the screen; the first `before` questions do not count."""
        taken = []
        with self._profile() as context:
            for first in range(0, len(questions), _CONVERSATION):
                page, _ = self._opened(context)
                taken += [_asked(page, question) for question in questions[first : first + _CONVERSATION]]
        return taken[before:]

    def reads(self, path: str, times: int) -> tuple[list[float], list[float]]:
        """Seconds until a document is on the screen, each time, and milliseconds of the frames it scrolls through."""
        opened = []
        with self._profile() as context:
            page = context.pages[0]
            for _ in range(times):
                start = time.perf_counter()
                page.goto(self._address + path)
                page.locator("h1").wait_for()
                page.evaluate(_PAINTED)
                opened.append(time.perf_counter() - start)
            frames: list[float] = page.evaluate(_SCROLLED, _FRAMES)
        return opened, frames

    def _opened(self, context: Any) -> tuple[Any, float]:
        """The page, opened anew in the one tab of the browser, and how long that took."""
        page = context.pages[0]
        start = time.perf_counter()
        page.goto(self._address)
        page.locator(BOX).fill("?")
        seconds = time.perf_counter() - start
        page.locator(BOX).fill("")
        return page, seconds

    @contextmanager
    def _profile(self) -> Iterator[Any]:
        """A browser that was never here."""
        with TemporaryDirectory(ignore_cleanup_errors=True) as profile:
            context = self._playwright.chromium.launch_persistent_context(
                profile, executable_path=self._browser, args=list(_FLAGS), viewport=WINDOW
            )
            self.version = context.browser.version if context.browser else self.version
            context.set_default_timeout(_MOST)
            try:
                yield context
            finally:
                context.close()


def _asked(page: Any, question: str) -> float:
    page.evaluate(_TIMED, ANSWERED)
    page.locator(BOX).fill(question)
    page.locator(BOX).press("Enter")
    milliseconds: float = page.evaluate("() => window.deloTimed")
    return milliseconds / 1000


@contextmanager
def visitor(address: str) -> Iterator[Visitor]:
    """A reader of the page at `address`.

    Raises: EvaluationError if this machine has no Chromium.
    """
    names = ("chromium", "chromium-browser", "google-chrome")
    browser = next((found for name in names if (found := shutil.which(name)) and Path(found).exists()), None)
    if browser is None:
        raise EvaluationError("no Chromium on this machine; install one: sudo apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        yield Visitor(playwright, browser, address)
