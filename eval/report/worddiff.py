"""A quotation against the words that stand there, word by word."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from eval.report.markup import Markup, Part, element, joined, language_of

MOST = 1_000_000  # pairs of words that are compared; more would take over a second, and the two are shown whole
_WORD = re.compile(r"\s+|\w+|[^\w\s]")


def word_diff(quoted: str, stands: str) -> Markup:
    """What was quoted, with words that do not stand there struck out and those that do set in.

    Words taken out and put in are marked by signs as well, for those who see no colours, or hear the page.
    """
    one, two = _WORD.findall(" ".join(quoted.split())), _WORD.findall(" ".join(stands.split()))
    if len(one) * len(two) > MOST:
        parts: Iterator[Part] = iter((_taken(quoted), " ", _put(stands)))
    else:
        parts = _parts(one, two)
    return element("blockquote", joined(parts), lang=language_of(stands or quoted), dir="auto", class_="difference")


def _parts(one: list[str], two: list[str]) -> Iterator[Part]:
    for tag, a, b, c, d in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        if tag == "equal":
            yield "".join(one[a:b])
            continue
        yield _taken("".join(one[a:b])) if a < b else None
        yield _put("".join(two[c:d])) if c < d else None


def _taken(words: str) -> Markup:
    return element("del", _hidden("quoted: "), words)


def _put(words: str) -> Markup:
    return element("ins", _hidden("stands there: "), words)


def _hidden(words: str) -> Markup:
    return element("span", words, class_="heard")
