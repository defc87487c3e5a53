"""A sentence and a source in the other language: its meaning by an embedder, its figures by their keys, its names.

A sentence that is no translation of any in the source may still follow from several of them, so what lies between the
two thresholds of `eval.rules` stays undecided.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from eval.sourcetext import SourceText
from eval.support import Flag
from index.disagreement import disagreements, said
from index.document import Language, Span, covering
from index.embed import Embedder, Vectors, measure_scale
from index.model import Scale
from index.names import built_in_names
from index.particulars import figures
from index.spelling import name_keys
from index.unmatched import Trust, compare

MOST = 300  # sentences of a source that are embedded; of more, those that share most figures and names with the claim
_REMEMBERED = 20_000  # sentences whose vectors are kept; 40 MB
_NEIGHBOURS = 1  # sentences on either side of the nearest in which figures are looked for
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
        *rows, asked = self._vectors([*(source.sentences[n].of(source.text) for n in chosen), claim])
        cosines = np.stack(rows) @ asked
        best = int(np.argmax(cosines))
        likeness = float(np.clip(self._scale.read(float(cosines[best])), 0, 1))
        return Likeness(
            likeness=likeness, place=source.sentences[chosen[best]], whole=len(chosen) == len(source.sentences)
        )

    def _vectors(self, texts: Sequence[str]) -> list[Vectors]:
        """The vector of each text; those seen lately are remembered."""
        if len(self._known) > _REMEMBERED:
            self._known.clear()
        if new := [text for text in dict.fromkeys(texts) if text not in self._known]:
            self._known.update(zip(new, self._embedder.passages(new), strict=True))
        return [self._known[text] for text in texts]


def _chosen(claim: str, source: SourceText) -> Sequence[int]:
    """Which sentences of a source are looked at."""
    count = len(source.sentences)
    if count <= MOST:
        return range(count)
    keys = {key for word in _NAME.findall(claim) for key in name_keys(word)} | set(re.findall(r"\d+", claim))
    held = _clues(source)
    shared: dict[int, int] = {}
    for key in keys:
        for n in held.get(key, ()):
            shared[n] = shared.get(n, 0) + 1
    likely = sorted(shared, key=lambda n: (-shared[n], n))[:MOST]
    return sorted(likely) or range(MOST)


@lru_cache(maxsize=2)
def _clues(source: SourceText) -> dict[str, list[int]]:
    """The numbers in digits and the keys of words with a capital, each with the sentences that have it."""
    found: dict[str, list[int]] = {}
    for n, span in enumerate(source.sentences):
        words = span.of(source.text)
        keys = {key for word in _NAME.findall(words) for key in name_keys(word)} | set(re.findall(r"\d+", words))
        for key in keys:
            found.setdefault(key, []).append(n)
    return found


def missing_across(language: Language, claim: str, source: SourceText, place: Span) -> list[Flag]:
    """The figures and names of `claim` that the source in the other language has not about `place`."""
    if source.language is None:
        return []
    at = next((n for n, span in enumerate(source.sentences) if span == place), 0)
    near = source.sentences[max(0, at - _NEIGHBOURS) : at + _NEIGHBOURS + 1] or [place]
    window = covering(near).of(source.text)
    texts = {language: claim, source.language: place.of(source.text)}
    around = {language: claim, source.language: window}
    flags = []
    for miss in disagreements(texts, around):
        span = miss.span if miss.language == language else miss.instead
        if span is not None:
            other = miss.instead if miss.language == language else miss.span
            instead = other.of(texts[source.language]) if other else None
            flags.append(_flag("date" if miss.kind == "date" else "number", span, claim, instead))
    names = compare(texts, around, built_in_names())
    for side, name, other_name in Trust([names], around).misses(names, texts):
        if side == language:
            instead = other_name.span.of(texts[source.language]) if other_name else None
            flags.append(_flag("name", name.span, claim, instead))
        elif other_name:
            flags.append(_flag("name", other_name.span, claim, name.span.of(texts[source.language])))
    return flags


def unread_figures(claim: str, text: str) -> list[Flag]:
    """The numbers in digits of a claim that a text in a third language has not."""
    held = said(figures("en", text), text)
    lacking = [m for m in re.finditer(r"\d[\d.,\s]*\d|\d", claim) if re.sub(r"\D", "", m[0]) not in held]
    return [_flag("number", Span(*m.span()), claim, None) for m in lacking]


def _flag(kind: str, span: Span, claim: str, instead: str | None) -> Flag:
    words = span.of(claim)
    reason = f"the source has not the {kind} {words!r}" + (f"; it has {instead!r}" if instead else "")
    return Flag(kind=kind, words=words, span=span, reason=reason, instead=instead)  # type: ignore[arg-type]
