"""A sentence and a source in the other language: its meaning by an embedder, its figures by their keys, its names.

A sentence that is no translation of any in the source may still follow from several of them, so what lies between the
two thresholds of `eval.rules` stays undecided.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

import numpy as np

from eval.exchanged import exchanged
from eval.longtext import clues
from eval.sourcetext import SourceText
from eval.support import Flag
from index.disagreement import disagreements, said, stands
from index.document import Language, Span, covering, other
from index.embed import Embedder, Vectors, measure_scale
from index.model import Scale
from index.names import Mention, built_in_names
from index.particulars import figures
from index.spelling import name_key, name_keys
from index.unmatched import Trust, compare

MOST = 300  # sentences of a source that are embedded; of more, those that share most figures and names with the claim
_BATCH = 32  # sentences that are embedded at a time
_SURE = 0.9  # likeness at which no better sentence is looked for
_REMEMBERED = 20_000  # sentences whose vectors are kept; 40 MB
_NEIGHBOURS = 1  # sentences on either side of the nearest in which figures are looked for
TAKEN = 0.7  # likeness from which on the nearest sentence is taken to be its translation
_ALIKE = 0.65  # of the letters of two names, in order, for them to be one name spelt by another rule
_NAME = re.compile(r"\b[^\W\d_a-zа-яё][^\W\d_]{2,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """The sentence of a source nearest in meaning: its likeness, 0 unrelated to 1 a translation, and its place.

    `whole`: whether every sentence of the source was looked at.
    """

    likeness: float
    place: Span
    whole: bool


class Across:
    """Sentences against sources in the other language, by one embedder; its vectors are remembered."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._scale: Scale | None = None
        self._known: dict[str, Vectors] = {}

    def nearest(self, claim: str, source: SourceText) -> Likeness | None:
        """The sentence of `source` nearest to `claim`; None if the source has no sentences or the model one tongue."""
        chosen = _chosen(claim, source)
        if self._scale is None:
            self._scale = measure_scale(self._embedder)
        if not chosen or not self._scale.bilingual:
            return None
        best, likeness = chosen[0], 0.0
        asked = self._vectors([claim])[0]
        for start in range(0, len(chosen), _BATCH):
            some = chosen[start : start + _BATCH]
            cosines = np.stack(self._vectors([source.sentences[n].of(source.text) for n in some])) @ asked
            at = int(np.argmax(cosines))
            read = float(np.clip(self._scale.read(float(cosines[at])), 0, 1))
            if start == 0 or read > likeness:
                best, likeness = some[at], read
            if likeness >= _SURE:
                break
        whole = source.whole and len(chosen) == len(source.sentences)
        return Likeness(likeness=likeness, place=source.sentences[best], whole=whole)

    def _vectors(self, texts: Sequence[str]) -> list[Vectors]:
        """The vector of each text; those seen lately are remembered."""
        if len(self._known) > _REMEMBERED:
            self._known.clear()
        if new := [text for text in dict.fromkeys(texts) if text not in self._known]:
            self._known.update(zip(new, self._embedder.passages(new), strict=True))
        return [self._known[text] for text in texts]


def _chosen(claim: str, source: SourceText) -> Sequence[int]:
    """Which sentences of a source are looked at, those first that share most figures and names with the claim."""
    held = _clues(source)
    shared: Counter[int] = Counter()
    for key in clues(claim):
        shared.update(held.get(key, ()))
    count = len(source.sentences)
    order = sorted(range(count), key=lambda n: (-shared[n], n))
    if count <= MOST:
        return order
    return [n for n in order if shared[n]][:MOST] or order[:MOST]


@lru_cache(maxsize=16)
def _clues(source: SourceText) -> dict[str, list[int]]:
    """The numbers in digits and the keys of words with a capital, each with the sentences that have it."""
    found: dict[str, list[int]] = {}
    for n, span in enumerate(source.sentences):
        for key in clues(span.of(source.text)):
            found.setdefault(key, []).append(n)
    return found


def has_across(flag: Flag, source: SourceText, place: Span) -> bool:
    """Whether the source in the other language has, about `place`, what a flag says is missing."""
    if source.language is None:
        return False
    window = _about(source, place)
    if flag.kind in ("number", "date"):
        ours = figures(other(source.language), flag.words)
        held = said(figures(source.language, window), window)
        return all(stands(one, held) for one in ours)
    keys = frozenset[str]().union(*map(name_keys, _NAME.findall(window)))
    table = built_in_names()
    classes = {name.key for name in table.mentions(source.language, window)}
    return all(name_keys(word) & keys for word in _NAME.findall(flag.words)) or any(
        name.key in classes for name in table.mentions(other(source.language), flag.words)
    )


def _about(source: SourceText, place: Span) -> str:
    """The sentence at `place` and those beside it."""
    at = next((n for n, span in enumerate(source.sentences) if span == place), 0)
    near = source.sentences[max(0, at - _NEIGHBOURS) : at + _NEIGHBOURS + 1] or [place]
    return covering(near).of(source.text)


def missing_across(language: Language, claim: str, source: SourceText, nearest: Likeness) -> list[Flag]:
    """The figures and names of `claim` that the source in the other language has not about the sentence nearest to it.

    If that is its translation, by its likeness, figures that stand beside it do not count.
    """
    if source.language is None:
        return []
    window, words = _about(source, nearest.place), nearest.place.of(source.text)
    texts = {language: claim, source.language: words}
    around = {language: claim, source.language: window}
    flags = []
    for one, facing in exchanged(language, claim, source.language, words) if nearest.likeness >= TAKEN else ():
        flags.append(_flag("date" if one.kind == "date" else "number", one.span, claim, facing.span.of(words)))
    for miss in disagreements(texts, around):
        span = miss.span if miss.language == language else miss.instead
        if span is not None and not any(flag.span == span for flag in flags):
            there = miss.instead if miss.language == language else miss.span
            instead = there.of(texts[source.language]) if there else None
            flags.append(_flag("date" if miss.kind == "date" else "number", span, claim, instead))
    for name, theirs in _lone_names(language, texts, around, source).items():
        flags.append(_flag("name", name.span, claim, theirs.span.of(words) if theirs else None))
    return flags


def _lone_names(
    language: Language, texts: Mapping[Language, str], around: Mapping[Language, str], source: SourceText
) -> dict[Mention, Mention | None]:
    """The names of a claim without counterpart in the source, each with the one that stands for it, if one does.

    Those of people and places that stand nowhere in it, and those that facing sentences may be expected to share.
    """
    names = compare(texts, around, built_in_names())
    trust = Trust([names], around)
    theirs = [*trust.proper(other(language), names.lone, texts), None]
    held = _Held(source, around[other(language)])
    found = {
        name: theirs[0]
        for name in trust.proper(language, {language: (*names.lone[language], *names.matched[language])}, texts)
        if not held.has(language, name, texts[language])
    }
    for side, name, instead in trust.misses(names, texts):
        ours, facing = (name, instead) if side == language else (instead, name)
        if ours is not None:
            found.setdefault(ours, facing)
    return found


class _Held:
    """The names that a source has, however spelt: all its words by their keys, those of a stretch by likeness."""

    def __init__(self, source: SourceText, window: str) -> None:
        self._keys = source.names
        self._large = {name_key(word) for word in _NAME.findall(window)}
        self._classes = {name.key for name in built_in_names().mentions(source.language or "ru", window)}

    def has(self, language: Language, name: Mention, text: str) -> bool:
        """Whether it has a name of a text in the other language."""
        words = _NAME.findall(name.span.of(text))
        return name.key in self._classes or all(name_keys(word) & self._keys or self._like(word) for word in words)

    def _like(self, word: str) -> bool:
        own = name_key(word)
        return any(SequenceMatcher(None, own, one).ratio() >= _ALIKE for one in self._large)


def unread_figures(claim: str, text: str) -> list[Flag]:
    """The numbers in digits of a claim that a text in a third language has not."""
    held = said(figures("en", text), text)
    lacking = [m for m in re.finditer(r"\d[\d.,\s]*\d|\d", claim) if re.sub(r"\D", "", m[0]) not in held]
    return [_flag("number", Span(*m.span()), claim, None) for m in lacking]


def _flag(kind: str, span: Span, claim: str, instead: str | None) -> Flag:
    words = span.of(claim)
    reason = f"the source has not the {kind} {words!r}" + (f"; it has {instead!r}" if instead else "")
    return Flag(kind=kind, words=words, span=span, reason=reason, instead=instead)  # type: ignore[arg-type]
