"""What became of a quotation: whether, how exactly and where its words stand.

Exact: the same after composing (NFC) and with single white space. Typographic: the same when quotation marks, dashes,
ellipses, soft hyphens and hyphens at line ends, е/ё, the case of the first letter and footnote marks do not count
either; a marked omission may leave out 600 characters, and words in brackets stand for a few words. Altered: less, but
0.85 alike. Absent: not even that. Marks before the first word and after the last are the quoter's own.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from eval.answers import Quoted, Source
from eval.judgement import Change, QuoteFinding, QuoteStatus
from eval.nearest import Near, nearest_in
from eval.plainform import PlainText, PlainTexts, collapsed, plain, same_but_for_typography, to_the_letter
from eval.sources import Sources
from index.document import Span, covering
from index.wording import Wording
from rag.difference import differences
from rag.question import script
from rag.quoted import Quoted as Abridged
from rag.stands import GAP, REPLACED

LEAST_LIKENESS = 0.85  # of an altered quotation to what stands there, by letters
_LEAST_NEAR = 0.55  # of words shown beside an absent one; of 118 sentences on other things none was so like a text
_ARCHIVE = 5  # sources of the archive looked at, of those likeliest to hold the words
_SHORT = 6  # words; how often a shorter quotation stands in the archive is counted among those
_CRITICAL = frozenset({"number", "date", "name", "negation"})
_GRADES: tuple[QuoteStatus, ...] = ("exact", "typographic", "altered", "absent")


@dataclass(frozen=True)
class _Sought:
    """A quotation as it is looked for: its words without outer marks, and its parts between omissions and brackets."""

    words: str

    @cached_property
    def core(self) -> str:
        return core(self.words)

    @cached_property
    def composed(self) -> str:
        return unicodedata.normalize("NFC", self.core)

    @cached_property
    def plain(self) -> str:
        return plain(self.core)

    @cached_property
    def pieces(self) -> tuple[tuple[str, bool], ...]:
        """The parts, each with whether something is marked as left out before it; () if it is in one piece."""
        whole = Abridged(self.words)
        return tuple((core(p.words.text), p.after_omission) for p in whole.pieces) if whole.abridged else ()

    @property
    def added(self) -> tuple[str, ...]:
        return Abridged(self.words).added


@dataclass(frozen=True, slots=True)
class _Stand:
    """Where a quotation stands in one text of a source."""

    status: QuoteStatus
    source: Source
    language: str
    spans: tuple[Span, ...]  # all places, the best first
    case: bool = False  # the letter case differs, and nothing else


class QuoteFinder:
    """Finds quotations among sources; `texts` keeps the plain forms of those it looked at."""

    def __init__(self, sources: Sources, texts: PlainTexts | None = None) -> None:
        self._sources = sources
        self._texts = texts or PlainTexts()

    def find(self, quoted: Quoted, cited: Sequence[Source], others: Sequence[Source]) -> QuoteFinding:
        """What became of a quotation in a sentence that cites `cited`, of an answer that came with `others` besides.

        It is looked for in what is cited, then in what came with the answer, then in the archive. Where it stands
        nowhere, what comes nearest is told.
        """
        sought = _Sought(quoted.words)
        scopes = self._scopes(quoted, cited, others)
        stands: list[_Stand] = []
        looked: list[Source] = []
        for scope in scopes:
            looked += scope
            stands += self._stands(sought, scope, quoted)
            if any(stand.status in ("exact", "typographic") for stand in stands):
                break
        if stands:
            return self._found(sought, quoted, cited, stands)
        return self._nearest(sought, quoted, cited, looked)

    def _scopes(self, quoted: Quoted, cited: Sequence[Source], others: Sequence[Source]) -> Iterator[list[Source]]:
        seen = {source.id for source in cited}
        yield list(cited)
        yield [source for source in others if source.id not in seen]
        seen |= {source.id for source in others}
        found = (self._sources.get(id_) for id_ in self._sources.alike(quoted.words, _ARCHIVE) if id_ not in seen)
        yield [source for source in found if source]

    def _stands(self, sought: _Sought, scope: Sequence[Source], quoted: Quoted) -> list[_Stand]:
        """Where a quotation stands in some sources; texts are folded only if it stands in none to the letter."""
        texts = [(source, language, text) for source in scope for language, text in source.texts.items()]
        found = [_letter(sought, source, language, text, quoted) for source, language, text in texts]
        if not any(found):
            found = [
                _stand(sought, s, language, self._texts.of(s.id, language, text), quoted) for s, language, text in texts
            ]
        return [stand for stand in found if stand]

    def _found(
        self, sought: _Sought, quoted: Quoted, cited: Sequence[Source], stands: Sequence[_Stand]
    ) -> QuoteFinding:
        ids = {source.id for source in cited}
        best = min(
            stands, key=lambda s: (_GRADES.index(s.status), s.source.id not in ids, s.language != quoted.language)
        )
        span = best.spans[0]
        count = sum(len(stand.spans) for stand in stands if stand.status == best.status)
        return QuoteFinding(
            words=quoted.words,
            status=best.status,
            source=best.source.id,
            language=best.language or None,
            span=span,
            stands=span.of(best.source.texts[best.language]),
            located=best.source.id in ids if ids else None,
            occurrences=max(count, self._elsewhere(sought)),
            reason=_why(best, sought),
        )

    def _elsewhere(self, sought: _Sought) -> int:
        """In how many places of the archive a short quotation stands: it may stand anywhere."""
        return self._sources.spread(sought.words) if len(sought.plain.split()) <= _SHORT else 0

    def _nearest(
        self, sought: _Sought, quoted: Quoted, cited: Sequence[Source], looked: Sequence[Source]
    ) -> QuoteFinding:
        near = max(self._near(sought, looked), key=lambda n: n.likeness, default=None)
        ids = {source.id for source in cited}
        finding = QuoteFinding(
            words=quoted.words,
            status="absent",
            translation=_is_translation(quoted, cited),
            reason="these words stand in no source" if looked else "there is no source to look in",
        )
        if near is None or near.likeness < _LEAST_NEAR:
            return finding
        held = near.source.texts[near.language]
        finding = replace(
            finding, source=near.source.id, language=near.language or None, span=near.span, stands=near.span.of(held)
        )
        if near.likeness < LEAST_LIKENESS:
            return finding
        changes, over = _changes(sought, finding.stands)
        span = Span(near.span.start + over[0], near.span.end - over[1])
        return replace(
            finding,
            span=span,
            stands=span.of(held),
            status="altered",
            translation=False,
            changes=changes,
            critical=any(not _CRITICAL.isdisjoint(change.marks) for change in changes),
            located=near.source.id in ids if ids else None,
            reason=f"not the words that stand there ({near.likeness:.0%} alike)",
        )

    def _near(self, sought: _Sought, looked: Sequence[Source]) -> Iterator[Near]:
        words = plain(" ".join(piece for piece, _ in sought.pieces)) if sought.pieces else sought.plain
        for source in looked:
            for language, text in source.texts.items():
                yield from nearest_in(words, source, language, self._texts.of(source.id, language, text))


def core(words: str) -> str:
    """`words` from the first letter or digit to the last."""
    places = [n for n, c in enumerate(words) if c.isalnum()]
    return words[places[0] : places[-1] + 1] if places else ""


def _stand(sought: _Sought, source: Source, language: str, text: PlainText, quoted: Quoted) -> _Stand | None:
    graded = [(_grade(span.of(text.text), sought.core), span) for span in text.places(sought.plain)]
    if not graded and sought.pieces:
        graded = [("typographic", chain) for chain in _chains(text, sought.pieces)]
    if not graded:
        return None
    best = min((grade for grade, _ in graded), key=_GRADES.index)
    spans = _nearest_to(_hint(quoted, source), [span for grade, span in graded if grade == best])
    return _Stand(best, source, language, tuple(spans), case=best == "altered")


def _letter(sought: _Sought, source: Source, language: str, text: str, quoted: Quoted) -> _Stand | None:
    places = list(to_the_letter(sought.composed, text))
    return _Stand("exact", source, language, tuple(_nearest_to(_hint(quoted, source), places))) if places else None


def _hint(quoted: Quoted, source: Source) -> int:
    """Where in a source the answer says that its words stand; 0 if it does not."""
    return quoted.place.start if quoted.place and quoted.source in (None, source.id) else 0


def _nearest_to(hint: int, spans: Sequence[Span]) -> list[Span]:
    return sorted(spans, key=lambda span: (abs(span.start - hint), span))


def _grade(stands: str, words: str) -> QuoteStatus:
    """How words agree that are the same when letter case, too, does not count."""
    if collapsed(stands) == collapsed(words):
        return "exact"
    return "typographic" if same_but_for_typography(stands, words) else "altered"


def _chains(text: PlainText, pieces: Sequence[tuple[str, bool]]) -> Iterator[Span]:
    """Where all pieces stand in their order, each no further from the one before than the quotation allows."""
    placed = [[span for span in text.places(plain(piece)) if _grade(span.of(text.text), piece) != "altered"]
              for piece, _ in pieces]  # fmt: skip
    for first in placed[0] if placed else ():
        chain = [first]
        for (_, omitted), spans in zip(pieces[1:], placed[1:], strict=True):
            after = next(
                (s for s in spans if s.start >= chain[-1].end and _near_enough(text, chain[-1], s, omitted)), None
            )
            if after is None:
                break
            chain.append(after)
        if len(chain) == len(pieces):
            yield covering(chain)


def _near_enough(text: PlainText, before: Span, after: Span, omitted: bool) -> bool:
    if omitted:
        return after.start - before.end <= GAP
    return len(text.text[before.end : min(after.start, before.end + GAP)].split()) <= REPLACED


def _changes(sought: _Sought, stands: str) -> tuple[tuple[Change, ...], tuple[int, int]]:
    """What differs, and how much of what stands there lies before the quotation begins and after it ends."""
    words = " ".join(piece for piece, _ in sought.pieces) if sought.pieces else sought.core
    found = list(differences(script(words) or "en", Wording.of(words), Wording.of(stands)))
    before = after = 0
    if len(found) > 1 and not found[0].quoted and stands.startswith(found[0].stands):
        before = _to_word(stands, len(found.pop(0).stands))
    if len(found) > 1 and not found[-1].quoted and stands.endswith(found[-1].stands):
        after = _to_word(stands[::-1], len(found.pop().stands))
    return tuple(Change(quoted=d.quoted, stands=d.stands, marks=d.marks) for d in found), (before, after)


def _to_word(text: str, start: int) -> int:
    return next((n for n in range(start, len(text)) if text[n].isalnum()), start)


def _is_translation(quoted: Quoted, cited: Sequence[Source]) -> bool:
    """Whether words are given as quoted in a language in which nothing that is cited has a text."""
    language = quoted.language or script(quoted.words)
    told = [source for source in cited if source.texts and "" not in source.texts]
    return bool(told) and all(language not in source.texts for source in told)


def _why(stand: _Stand, sought: _Sought) -> str:
    if stand.case:
        return "its letter case differs from what stands there"
    told = {"exact": "to the letter", "typographic": "but for typography"}[stand.status]
    added = f"; in brackets: {', '.join(sought.added)}" if stand.status != "exact" and sought.added else ""
    return told + added
