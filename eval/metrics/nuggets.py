"""How much of what a good answer has is in an answer: nuggets by patterns, and short answers by their words.

Patterns in either language are looked for in all that the reader sees, case and ё/е apart. Paraphrases escape them, so
the figures are low rather than high; use means over many questions.
"""

import re
import string
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from eval.cases import Nugget
from eval.metrics.card import card
from eval.score import Score, none, of

VITAL, OKAY = 1.0, 0.5  # weights of nuggets; TREC RAG 2024 weighs half of what counts whole
_LITERAL = re.compile(r"(?:[^\\.^$*+?{}\[\]|()]|\\\W)+")  # a pattern that is just words
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_SPACE = re.compile(r"\s+")
_ARTICLES = re.compile(r"\b(?:a|an|the)\b")  # Russian has none
_PUNCTUATION = frozenset(string.punctuation) | frozenset("«»„“”‘’–—…№")


def matched(nuggets: Sequence[Nugget], text: str) -> list[bool]:
    """Of each nugget, whether one of its patterns, in either language, matches somewhere in `text`."""
    plain = " ".join(_folded(text).split())
    small = plain.lower()
    return [
        any(_found(one, plain, small) for patterns in nugget.patterns.values() for one in patterns)
        for nugget in nuggets
    ]


def nugget_vital_strict(nuggets: Sequence[Nugget], found: Sequence[bool]) -> Score:
    """Share of the facts that a good answer must have, and that stand in it.

    Formula: vital nuggets matched / vital nuggets.
    Range: 0 to 1, higher is better.
    Source: TREC RAG 2024, strict vital score; matched by patterns, not by a judge.
    """
    vital = [(nugget, has) for nugget, has in zip(nuggets, found, strict=True) if nugget.vital]
    if not vital:
        return none("no vital nugget")
    lacking = [nugget.text for nugget, has in vital if not has]
    told = f"; lacks {', '.join(lacking[:3])}" if lacking else ""
    hits = len(vital) - len(lacking)
    return Score(hits=hits, total=len(vital), reason=f"{hits} of {len(vital)} vital nuggets{told}")


def nugget_all(nuggets: Sequence[Nugget], found: Sequence[bool]) -> Score:
    """Share of the facts of a good answer that stand in it, those counting half that it may lack.

    Formula: Σ weight of nuggets matched / Σ weight of all; vital 1, others 0.5.
    Range: 0 to 1, higher is better.
    Source: Delo, after TREC RAG 2024.
    """
    weights = [VITAL if nugget.vital else OKAY for nugget in nuggets]
    hits = sum(weight for weight, has in zip(weights, found, strict=True) if has)
    return Score(hits=hits, total=sum(weights), reason=f"{sum(found)} of {len(weights)} nuggets")


def exact_match(answer: str, aliases: Sequence[str]) -> Score:
    """Whether a short answer is one of the right ones, word for word.

    Formula: 1 if it is the same as an alias, case, punctuation and English articles apart; else 0.
    Range: 0 to 1, higher is better.
    Source: Rajpurkar et al. 2016, SQuAD.
    """
    if not aliases:
        return none("no short answer is known")
    given = normalised(answer)
    hit = next((alias for alias in aliases if normalised(alias) == given), None)
    return of(0 if hit is None else 1, "none of the short answers" if hit is None else f"the same as {hit!r}")


def token_f1(answer: str, aliases: Sequence[str]) -> Score:
    """How far the words of a short answer are those of the nearest right one.

    Formula: 2PR / (P + R) of the words shared, each counted as often as both have it; the most over the aliases.
    Range: 0 to 1, higher is better.
    Source: Rajpurkar et al. 2016, SQuAD.
    """
    if not aliases:
        return none("no short answer is known")
    value, nearest = max(((_f1(answer, alias), alias) for alias in aliases), key=lambda pair: pair[0])
    return of(value, f"nearest to {nearest!r}")


def _f1(one: str, two: str) -> float:
    first, second = normalised(one).split(), normalised(two).split()
    if not first or not second:
        return float(first == second)
    shared = sum((Counter(first) & Counter(second)).values())
    return 2 * shared / (len(first) + len(second))


def normalised(text: str) -> str:
    """A short answer without case, punctuation, English articles and spare white space; ё is е."""
    small = _folded(text.lower())
    bare = "".join(c for c in small if c not in _PUNCTUATION)
    return " ".join(_ARTICLES.sub(" ", bare).split())


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).replace("ё", "е").replace("Ё", "Е")


def _found(pattern: str, plain: str, small: str) -> bool:
    """Whether a pattern matches; `small` is the text in small letters, in which mere words are found sooner."""
    sought = _sought(pattern)
    return sought in small if isinstance(sought, str) else sought.search(plain) is not None


@lru_cache(maxsize=8192)
def _sought(pattern: str) -> str | re.Pattern[str]:
    """What to look for: small letters if the pattern is just words, else the pattern itself."""
    folded = _folded(pattern)
    if _LITERAL.fullmatch(folded):
        return _SPACE.sub(" ", _ESCAPED.sub(r"\1", folded)).lower()
    return re.compile(folded, re.IGNORECASE)


def scores(nuggets: Sequence[Nugget], text: str, aliases: Sequence[str] = ()) -> dict[str, Score]:
    """All scores of what an answer holds; `text` is all that its reader sees, "" if it is a refusal or a crash."""
    found = matched(nuggets, text)
    return {
        "nugget_vital_strict": nugget_vital_strict(nuggets, found),
        "nugget_all": nugget_all(nuggets, found),
        "exact_match": exact_match(text, aliases),
        "token_F1": token_f1(text, aliases),
    }


CARDS = (
    card("nugget_vital_strict", nugget_vital_strict),
    card("nugget_all", nugget_all),
    card("exact_match", exact_match),
    card("token_F1", token_f1),
)
