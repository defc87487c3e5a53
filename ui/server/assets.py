"""The files that pages are made of: the style sheets joined to one, and how long a browser may keep what it got."""

import re
from functools import cache
from pathlib import Path

STATIC = Path(__file__).parents[1] / "static"

_IMPORT = re.compile(r'^@import "([a-z]+\.css)";$', re.MULTILINE)
_YEAR = "public, max-age=31536000, immutable"  # seconds
_ASK_AGAIN = "no-cache"  # a browser keeps it, but asks each time whether it is still the same


@cache
def style_sheet() -> str:
    """All style sheets in one, as `style.css` imports them: one answer instead of one after another."""
    return _IMPORT.sub(lambda found: (STATIC / found[1]).read_text("utf-8"), (STATIC / "style.css").read_text("utf-8"))


def keeping(path: str) -> str | None:
    """How long a browser may keep what is at `path`, as a header says it; None if that is for others to say.

    gradio names its files by what is in them, and a font never changes.
    """
    if path.startswith(("/assets/", "/delo/fonts/")):
        return _YEAR
    return _ASK_AGAIN if path.startswith("/delo/") else None
