"""A checker by rules: how much of a sentence its sources cover, and what it says that they do not.

One share that can be checked by hand, and flags. A sentence is supported if nearly all of it stands close together in a
source and nothing is flagged; unsupported if little of it does, or a number is missing; else undecided. Negations are
never counted: on real answers they tell nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from eval.across import Across, Likeness, has_across, missing_across, unread_figures
from eval.coverage import Covered, cover
from eval.flags import Near, missing, negation_hint
from eval.markers import without_markers
from eval.sourcetext import LONG, SourceText, source_text
from eval.sourcetext import bare as plain
from eval.support import Flag, Support, SupportVerdict
from eval.tongue import tongue
from index.document import Language, Span
from index.embed import Embedder, open_embedder
from index.lexical import telling_stems
from index.model import EmbedderSettings
from index.particulars import figures
from index.sentence import sentences

GREEN = 0.85  # share of words from which on a sentence is supported, if nothing is missing; see DECISIONS.md
GREEN_PAIRS = 0.4  # and of neighbouring words
RED = 0.28  # below which it is unsupported
LEAST = 3  # telling words that a sentence must have to be called supported; fewer assert nothing
LIKE = 0.8  # likeness across languages from which on a sentence is supported, if nothing is missing
UNLIKE = 0.3  # below which it is unsupported
HINT = 0.6  # share of words from which on a negation is worth a hint
MEASURED: dict[SupportVerdict, float] = {  # share supported, AttributionBench dev without ExpertQA, n 727
    "supported": 0.93,
    "undecided": 0.49,
    "unsupported": 0.12,
    "contradicted": 0.09,
}
MEASURED_ACROSS: dict[SupportVerdict, float] = {}  # there are no labelled answers across languages
_HE = "he she him his her hers we our ours them you your yours"
_PRONOUNS = frozenset(_HE.split())  # for which the source may have a name
_WORST: tuple[SupportVerdict, ...] = ("contradicted", "unsupported", "undecided", "supported")


@dataclass(frozen=True, slots=True)
class _Claim:
    """A sentence with its markers blotted out."""

    words: str
    language: Language
    stems: tuple[str, ...]


class _Part(NamedTuple):
    """A source, or a stretch of one that begins at `start`; `number` is the source's, from 0."""

    number: int
    start: int
    source: SourceText

    def evidence(self, place: Span) -> tuple[int, Span]:
        """A place in it as one in its source."""
        return self.number, place.shifted(self.start)


class _Beyond(NamedTuple):
    """What a source in the other language says, and where; no place if it could not be read."""

    told: Support
    part: _Part
    place: Span | None


class RuleChecker:
    """See SupportScorer. It needs a bilingual embedder only where sentence and source differ in language."""

    name = "rules"

    def __init__(self, embedder: Embedder | None = None) -> None:
        self._embedder = embedder
        self._across: Across | None = None

    def score(self, claim: str, sources: Sequence[str]) -> Support:
        """See SupportScorer. Cost: about a millisecond for sources that were seen before."""
        bare = without_markers(claim)
        parts = [span for span in sentences(bare) if any(c.isalpha() for c in span.of(bare))]
        if not parts or not any(c.isalpha() for text in sources for c in text):
            return _undecided("the sentence has no words" if not parts else "there is no source to hold it against")
        ready = [source_text(text) for text in sources]
        told = tongue(bare)
        language = told.language or _holder(bare, ready)
        if language is None:
            flags = _unread(bare, sources)
            return _undecided(f"the sentence {told.reason}; only Russian and English can be checked", flags)
        found = [self._sentence(language, bare, part, ready) for part in parts]
        return _worst([one for one in found if one is not None]) or _undecided("the sentence says nothing to check")

    def _sentence(self, language: Language, text: str, part: Span, ready: list[SourceText]) -> Support | None:
        """What the sources say of one of the claim's sentences; None if it has no telling words."""
        words = part.of(text)
        claim = _Claim(words, language, _stems(language, words))
        if not claim.stems:
            return None
        judged = self._judged(claim, ready)
        if not judged:
            reasons = sorted({one.reason for one in ready if one.language is None})
            unread = f"the source {reasons[0]}; only Russian and English can be read" if reasons else "no words"
            best = _undecided(unread, _unread(words, [one.text for one in ready]))
        else:
            best = max(judged, key=lambda one: (_WORST.index(one.verdict), one.score))
            if best.verdict in ("unsupported", "contradicted") and any(one.language is None for one in ready):
                best = replace(best, verdict="undecided", p=None, reason=best.reason + "; another source was not read")
        flags = tuple(replace(flag, span=flag.span.shifted(part.start)) for flag in best.flags)
        return replace(best, flags=flags)

    def _judged(self, claim: _Claim, ready: list[SourceText]) -> list[Support]:
        """What the sources in either language say; those in the other only where their own leaves it open.

        A sentence that its own language's source has, but for a particular, is not borne out by a likeness in meaning:
        the other language's source must have that particular.
        """
        within = self._within(claim, _own(claim, ready))
        if within and within.verdict == "supported":
            return [within]
        beyond = self._beyond(claim, _others(claim, ready))
        if within and beyond and beyond.place and within.score >= HINT:
            particulars = [flag for flag in within.flags if flag.kind != "negation"]
            if not all(has_across(flag, beyond.part.source, beyond.place) for flag in particulars):
                return [within]
        return [one for one in (within, beyond.told if beyond else None) if one]

    def _within(self, claim: _Claim, own: list[_Part]) -> Support | None:
        """By the sources in the claim's own language; None if there are none."""
        if not own:
            return None
        covered = [(part, cover(claim.stems, claim.words, part.source)) for part in own]
        covered.sort(key=lambda one: (one[1].copied, one[1].words, one[1].pairs), reverse=True)
        part, best = covered[0]
        near = [Near(one.source, found.place) for one, found in covered]
        flags = () if best.copied else tuple(missing(claim.language, claim.words, near))
        pairs = max(found.pairs for _, found in covered)
        verdict, reason = _same_language(best, pairs, len(set(claim.stems)), flags)
        if best.copied:
            verdict, reason = "supported", "the source has it word for word"
        if best.words >= HINT and not best.copied:
            flags += tuple(negation_hint(claim.language, claim.words, best.place.of(part.source.text)))
        return Support(
            verdict=verdict,
            score=min(1.0, best.words),
            reason=reason,
            by=self.name,
            p=MEASURED.get(verdict),
            flags=flags,
            evidence=part.evidence(best.place) if best.place.end else None,
        )

    def _beyond(self, claim: _Claim, others: list[_Part]) -> _Beyond | None:
        """By the sources in the other language; None if there are none."""
        if not others:
            return None
        if self._across is None:
            self._across = Across(self._embedder or open_embedder(EmbedderSettings()))
        found = [self._other(claim, part) for part in others]
        return max(found, key=lambda one: (_WORST.index(one.told.verdict), one.told.score))

    def _other(self, claim: _Claim, part: _Part) -> _Beyond:
        nearest = self._across.nearest(claim.words, part.source) if self._across else None
        if nearest is None:
            return _Beyond(_undecided("the embedding model does not know both languages"), part, None)
        flags = tuple(missing_across(claim.language, claim.words, part.source, nearest))
        verdict, reason = _other_language(nearest, flags, len(set(claim.stems)))
        told = Support(
            verdict=verdict,
            score=nearest.likeness,
            reason=reason,
            by=self.name,
            p=MEASURED_ACROSS.get(verdict),
            flags=flags,
            evidence=part.evidence(nearest.place),
        )
        return _Beyond(told, part, nearest.place)


def _holder(claim: str, ready: Sequence[SourceText]) -> Language | None:
    """The language of a source that has the claim word for word: a list of names looks like any language."""
    words = plain(claim)
    short = (source for source in ready if source.language and len(source.text) <= LONG)
    return next((source.language for source in short if words and words in source.folded), None)


def _own(claim: _Claim, ready: Sequence[SourceText]) -> list[_Part]:
    """The sources in the claim's own language; of long ones the stretches where it may stand."""
    own = [(n, source) for n, source in enumerate(ready) if source.language == claim.language]
    return [_Part(n, start, part) for n, source in own for start, part in source.by_stems(claim.stems)]


def _others(claim: _Claim, ready: Sequence[SourceText]) -> list[_Part]:
    """The same of those in the other language."""
    others = [(n, source) for n, source in enumerate(ready) if source.language not in (claim.language, None)]
    return [_Part(n, start, part) for n, source in others for start, part in source.by_clues(claim.words)]


def _stems(language: Language, words: str) -> tuple[str, ...]:
    """The stems of the telling words; not of figures, which are compared by their keys, unless it has nothing else."""
    rest = words
    for one in figures(language, words):
        rest = rest[: one.span.start] + " " * (one.span.end - one.span.start) + rest[one.span.end :]
    told = telling_stems(language, rest) or telling_stems(language, words)
    return tuple(stem for stem in told if stem not in _PRONOUNS) or tuple(told)


def _same_language(best: Covered, pairs: float, telling: int, flags: tuple[Flag, ...]) -> tuple[SupportVerdict, str]:
    share = f"{best.words:.0%} of its words stand together in the nearest source"
    if told := _by_flags(flags):
        return told
    if best.words < RED:
        return "unsupported", f"only {share}"
    if flags or telling < LEAST:
        return "undecided", flags[0].reason if flags else "it has too few words to tell"
    if best.words >= GREEN and pairs >= GREEN_PAIRS:
        return "supported", share
    return "undecided", f"{share}: too few to be sure, too many to deny it"


def _by_flags(flags: tuple[Flag, ...]) -> tuple[SupportVerdict, str] | None:
    """The verdict that a missing particular alone carries."""
    if flag := _first(flags, lambda one: one.instead is not None and one.kind != "name"):
        return "contradicted", flag.reason
    if flag := _first(flags, lambda one: one.kind in ("number", "date")):
        return "unsupported", flag.reason
    return None


def _other_language(nearest: Likeness, flags: tuple[Flag, ...], telling: int) -> tuple[SupportVerdict, str]:
    said = f"the nearest sentence in the other language has a likeness of {nearest.likeness:.2f}"
    if nearest.likeness < UNLIKE:
        return ("unsupported", said) if nearest.whole else ("undecided", f"{said}; not all of the source was read")
    if told := _by_flags(flags):
        return told if nearest.whole else ("undecided", told[1])
    if flags:
        return "undecided", flags[0].reason
    if telling >= LEAST and nearest.likeness >= LIKE:
        return "supported", said
    return "undecided", f"{said}: too little to be sure, too much to deny it"


def _first(flags: tuple[Flag, ...], fits: Callable[[Flag], bool]) -> Flag | None:
    return next((flag for flag in flags if fits(flag)), None)


def _worst(found: Sequence[Support]) -> Support | None:
    """Of several sentences the one that fares worst, with the flags of all."""
    if not found:
        return None
    worst = min(found, key=lambda one: (_WORST.index(one.verdict), one.score))
    return replace(worst, flags=tuple(flag for one in found for flag in one.flags))


def _unread(claim: str, sources: Sequence[str]) -> tuple[Flag, ...]:
    """Missing numbers can be told in any language."""
    return tuple(unread_figures(claim, "\n".join(sources)))


def _undecided(reason: str, flags: tuple[Flag, ...] = ()) -> Support:
    return Support(verdict="undecided", score=0.0, reason=reason, by="rules", flags=flags)
