"""By which sources a sentence is borne out: by what it cites, by what else came with the answer, by the archive."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from eval.answers import Source
from eval.claims import Claim
from eval.judgement import QuoteFinding
from eval.sources import Sources
from eval.support import Flag, Support, SupportScorer, SupportVerdict
from rag.question import LEAST_WORDS, foreign, script

Elsewhere = Literal["uncited", "archive"] | None
_ARCHIVE = 3  # sources of the archive looked at, of those most like the sentence
_LONGEST = 400_000  # characters of a source of the archive that is looked at unasked
_TOO_LONG = f"what may bear it out is longer than {_LONGEST} characters, and is looked at only if it is cited"
_NOTHING = "no source has words like these"
_QUOTED = "quotations"  # names what judges a sentence by its quotations alone


@dataclass(frozen=True, slots=True)
class Scope:
    """Sources that a sentence is held against, and what it means if only they bear it out; none if all are too long."""

    sources: tuple[Source, ...]
    elsewhere: Elsewhere


@dataclass(frozen=True, slots=True, kw_only=True)
class Borne:
    """What the sources say of a sentence, in which scope, the texts that this counts, and the words of the evidence."""

    support: Support
    elsewhere: Elsewhere = None
    texts: tuple[tuple[str, str], ...] = ()
    stands: str = ""

    @property
    def source(self) -> str | None:
        """The id of the source with the evidence, or of the only one there is."""
        if self.support.evidence is not None:
            return self.texts[self.support.evidence[0]][0]
        ids = {id_ for id_, _ in self.texts}
        return next(iter(ids)) if len(ids) == 1 else None


class Weigher:
    """Asks a checker of a sentence's own words, scope by scope."""

    def __init__(self, scorer: SupportScorer, sources: Sources) -> None:
        self._scorer = scorer
        self._sources = sources

    def scopes(self, claim: str, cited: Sequence[Source], given: Sequence[Source], *, cites: bool) -> Iterator[Scope]:
        """The scopes, the narrowest first; `cites` tells whether the answer cites anything at all."""
        seen = {source.id for source in (*cited, *given)}
        narrow = tuple(cited) if cites else tuple(given)
        if narrow:
            yield Scope(narrow, None)
        taken = {source.id for source in narrow}
        wide = tuple(source for source in given if source.id not in taken)
        if cites and wide:
            yield Scope(wide, "uncited")
        near = [self._sources.get(id_) for id_ in self._sources.alike(claim, _ARCHIVE + len(seen)) if id_ not in seen]
        found = tuple(source for source in near[:_ARCHIVE] if source)
        held = tuple(source for source in found if sum(map(len, source.texts.values())) <= _LONGEST)
        if held or (found and not seen):
            yield Scope(held, "archive" if cites or narrow else None)

    def weigh(self, claim: Claim, scopes: Iterator[Scope]) -> Borne:
        """What the narrowest scope says that bears a claim out; if none does, the narrowest of all."""
        first: Borne | None = None
        for scope in scopes:
            if not scope.sources:
                return Borne(support=self._nothing("undecided", _TOO_LONG))
            borne = self._borne(claim, scope)
            if borne.support.verdict == "supported":
                return borne
            first = first or replace(borne, elsewhere=None)
        return first or Borne(support=self.support(claim, ()))

    def _borne(self, claim: Claim, scope: Scope) -> Borne:
        support = self.support(claim, scope.sources)
        stands = ""
        if support.evidence is not None:
            at, span = support.evidence
            stands = span.of([text for source in scope.sources for text in source.texts.values()][at])
        return Borne(support=support, elsewhere=scope.elsewhere, texts=named(scope.sources), stands=stands)

    def support(self, claim: Claim, sources: Sequence[Source]) -> Support:
        """What sources say of a claim; its flags are at their places in the sentence."""
        texts = [_with_record(source, text) for source in sources for text in source.texts.values()]
        found = self._scorer.score(claim.text, texts) if texts else self._nothing("unsupported", _NOTHING)
        flags = tuple(replace(flag, span=claim.within(flag.span)) for flag in found.flags)
        if found.verdict in ("contradicted", "unsupported") and (tongue := third_language(claim.text)):
            reason = f"it seems to be in {tongue}; only English and Russian are judged"
            return replace(found, verdict="undecided", p=None, reason=reason, flags=())
        return replace(found, flags=flags)

    def _nothing(self, verdict: SupportVerdict, reason: str) -> Support:
        return Support(verdict=verdict, score=0.0, reason=reason, by=self._scorer.name)


def third_language(text: str) -> str | None:
    """The language of a text, in words, if it is neither English nor Russian."""
    ours = script(text)
    if ours is None:
        return "other letters than Latin and Cyrillic"
    return foreign(text, ours) if len(text.split()) > LEAST_WORDS else None


def named(sources: Sequence[Source]) -> tuple[tuple[str, str], ...]:
    """The id and the language of each text of the sources, in the order in which a checker is given them."""
    return tuple((source.id, language) for source in sources for language in source.texts)


def _with_record(source: Source, text: str) -> str:
    """A text, and behind it, so that its places stay, the title and the date of its record."""
    return "\n\n".join((text, *(told for told in (source.title, source.date) if told)))


def by_quotations(found: Sequence[QuoteFinding], flags: tuple[Flag, ...]) -> Support:
    """What the quotations of a sentence alone say, of one that says next to nothing besides."""
    right = sum(one.status in ("exact", "typographic") for one in found)
    score = right / len(found) if found else 0.0
    verdict, reason = _verdict(found)
    return Support(verdict=verdict, score=score, reason=reason, by=_QUOTED, flags=flags)


def _verdict(
    found: Sequence[QuoteFinding],
) -> tuple[Literal["supported", "contradicted", "unsupported", "undecided"], str]:
    if not found:
        return "undecided", "it says too little to be judged"
    if any(one.status == "absent" for one in found):
        return "unsupported", "it quotes words that stand in no source"
    if any(one.critical for one in found):
        return (
            "contradicted",
            "it quotes words that its source has otherwise, in a number, a date, a name or a negation",
        )
    if any(one.status == "altered" for one in found):
        return "undecided", "it quotes words that its source has otherwise"
    return "supported", "it says no more than what it quotes, and that stands in its source"


def with_quotations(own: Support, found: Sequence[QuoteFinding], flags: tuple[Flag, ...]) -> Support:
    """What is said of a sentence's own words, together with what became of its quotations: the worse of the two."""
    verdict, reason = _verdict(found)
    if found and not flags and own.verdict == "unsupported" and not any(f.kind != "negation" for f in own.flags):
        told = f"its quotations stand; of the words around them: {own.reason}"  # without those they mean little
        return replace(own, verdict="undecided", p=None, reason=told)
    if not flags:
        return own
    worse = ("supported", "undecided", "unsupported", "contradicted")
    if worse.index(verdict) > worse.index(own.verdict):
        return replace(own, verdict=verdict, p=None, reason=reason, flags=own.flags + flags)
    return replace(own, flags=own.flags + flags)
