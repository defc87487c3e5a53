"""From an answer and sources to a judgement: is each sentence borne out, quoted rightly, cited rightly?"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from eval.answers import AnswerSentence, GivenAnswer, Source
from eval.citations import Needed, Resolved, finding, resolve
from eval.claims import Claim, claim_of
from eval.judgement import CitationFinding, Judgement, QuoteFinding, SentenceFinding
from eval.plainform import PlainTexts
from eval.quotations import QuoteFinder
from eval.scopes import Borne, Elsewhere, Weigher, by_quotations, with_quotations
from eval.sources import JoinedSources, Sources
from eval.support import Flag, Support, SupportScorer
from eval.worth import content_words, needs_source, refuses
from index.document import Span


def judge(answer: GivenAnswer, sources: Sources, scorer: SupportScorer) -> Judgement:
    """What is found out about an answer; `sources` are an archive's, besides those that came with it."""
    return Judge(sources, scorer).judge(answer)


class Judge:
    """Judges answers, one after the other, by the sources of an archive; keeps what it made of their texts."""

    def __init__(self, sources: Sources, scorer: SupportScorer) -> None:
        self._sources = sources
        self._scorer = scorer
        self._texts = PlainTexts()

    def judge(self, answer: GivenAnswer) -> Judgement:
        """What is found out about an answer. One without sentences has no findings."""
        return _Case(answer, self._sources, self._scorer, self._texts).judgement()


class _Case:
    """One answer, and what it is held against."""

    def __init__(self, answer: GivenAnswer, archive: Sources, scorer: SupportScorer, texts: PlainTexts) -> None:
        self._answer = answer
        self._sources = JoinedSources(answer.sources, archive)
        self._finder = QuoteFinder(self._sources, texts)
        self._weigher = Weigher(scorer, self._sources)
        named = [(source.id, self._sources.get(source.id)) for source in answer.sources]
        self._given = tuple(source for _, source in named if source)
        self._lacking = tuple(id_ for id_, source in named if source is None)
        self._cites = any(s.citations or any(q.source for q in s.quotations) for s in answer.sentences)

    def judgement(self) -> Judgement:
        sentences = self._answer.sentences
        said, found = self._answer.refused, tuple(map(self._sentence, sentences))
        return Judgement(
            id=self._answer.id,
            refused=said if said is not None else refuses(sentences),
            sentences=found,
            unchecked=tuple(self._unchecked(found)),
        )

    def _unchecked(self, found: Sequence[SentenceFinding]) -> Iterator[str]:
        if not self._answer.sentences and not self._answer.refused:
            yield "the answer has no sentences"
        for id_ in self._lacking:
            yield f"the source {id_!r}, which came with the answer by name only, is not held"
        if any(sentence.worthy for sentence in found) and not self._cites and not self._given:
            yield "the answer cites nothing and came without sources; each sentence is held against what is like it"
        undecided: dict[str, list[int]] = {}
        for number, sentence in enumerate(found, 1):
            if sentence.support and not sentence.support.decided:
                undecided.setdefault(sentence.support.reason, []).append(number)
        for reason, numbers in undecided.items():
            many = f"sentence {numbers[0]} is" if len(numbers) == 1 else f"sentences {', '.join(map(str, numbers))} are"
            yield f"{many} undecided: {reason}"

    def _sentence(self, given: AnswerSentence) -> SentenceFinding:
        sentence = replace(
            given, quotations=tuple(q for q in given.quotations if q.source or not self._sources.is_title(q.words))
        )
        resolved = [resolve(cited, self._sources) for cited in sentence.citations]
        cited = self._cited(sentence, resolved)
        quoted = tuple(self._finder.find(q, cited, self._given) for q in sentence.quotations)
        claim = claim_of(sentence, quoted, self._sources.is_title)
        if not needs_source(sentence) or (not quoted and not content_words(claim.text)):
            citations = tuple(self._citations(resolved, quoted, claim, None))
            return SentenceFinding(text=given.text, worthy=False, citations=citations)
        borne = self._borne(sentence, claim, quoted, cited)
        return SentenceFinding(
            text=given.text,
            worthy=True,
            support=borne.support,
            elsewhere=borne.elsewhere,
            texts=borne.texts,
            stands=borne.stands,
            quotations=quoted,
            citations=tuple(self._citations(resolved, quoted, claim, borne)),
        )

    def _cited(self, sentence: AnswerSentence, resolved: Sequence[Resolved]) -> tuple[Source, ...]:
        ids = [id_ for one in resolved for id_ in one.sources]
        ids += [quoted.source for quoted in sentence.quotations if quoted.source]
        found = (self._sources.get(id_) for id_ in dict.fromkeys(ids))
        return tuple(source for source in found if source)

    def _borne(
        self, sentence: AnswerSentence, claim: Claim, quoted: Sequence[QuoteFinding], cited: Sequence[Source]
    ) -> Borne:
        flags = tuple(_flags(sentence, quoted))
        if quoted and claim.bare:
            return Borne(support=by_quotations(quoted, flags), elsewhere=self._where(quoted, cited))
        scopes = self._weigher.scopes(claim.text, cited, self._given, cites=self._cites)
        borne = self._weigher.weigh(claim, scopes)
        support = with_quotations(borne.support, quoted, flags)
        return replace(borne, support=support, elsewhere=borne.elsewhere if support.verdict == "supported" else None)

    def _where(self, quoted: Sequence[QuoteFinding], cited: Sequence[Source]) -> Elsewhere:
        """In which scope all the quotations of a sentence stand, of one that only quotes."""
        held = {one.source for one in quoted}
        near = {source.id for source in (cited if self._cites else self._given)}
        if held <= near or any(one.status in ("absent", "altered") for one in quoted):
            return None
        if held <= near | {source.id for source in self._given}:
            return "uncited"
        return "archive" if self._cites or self._given else None

    def _citations(
        self, resolved: Sequence[Resolved], quoted: Sequence[QuoteFinding], claim: Claim, borne: Borne | None
    ) -> Iterator[CitationFinding]:
        needed = _needed(quoted, borne)
        alone = [self._alone(one.sources, quoted, claim, borne) for one in resolved]
        for n, (one, supports) in enumerate(zip(resolved, alone, strict=True)):
            others = [other for m, other in enumerate(resolved) if m != n]
            found = finding(one, others, needed, self._sources, supports)
            yield replace(found, irrelevant=self._irrelevant(supports, others, quoted, claim, borne))

    def _alone(
        self, ids: Sequence[str], quoted: Sequence[QuoteFinding], claim: Claim, borne: Borne | None
    ) -> Support | None:
        """Whether some sources alone bear a sentence out, all of its words and quotations."""
        if borne is None or not ids:
            return None
        there = tuple(one if one.source in ids else replace(one, status="absent", critical=False) for one in quoted)
        away = tuple(_flag_of(one, None) for one in there if one.status == "absent")
        if quoted and claim.bare:
            return by_quotations(there, away)
        if set(ids) == {id_ for id_, _ in borne.texts}:
            own = borne.support
        else:
            own = self._weigher.support(claim, [source for id_ in ids if (source := self._sources.get(id_))])
        return with_quotations(own, there, away) if away else own

    def _irrelevant(
        self,
        supports: Support | None,
        others: Sequence[Resolved],
        quoted: Sequence[QuoteFinding],
        claim: Claim,
        borne: Borne | None,
    ) -> bool | None:
        """ALCE: a citation that does not bear the sentence out, where the others do without it."""
        if borne is None or (supports is not None and not supports.decided):
            return None
        if supports is not None and supports.verdict == "supported":
            return False
        rest = self._alone(tuple({id_: None for other in others for id_ in other.sources}), quoted, claim, borne)
        if rest is None:
            return False
        return rest.verdict == "supported" if rest.decided else None


def _needed(quoted: Sequence[QuoteFinding], borne: Borne | None) -> Needed:
    """What a sentence should cite: where its quotations stand; if it has none, what bears it out."""
    ids = [one.source for one in quoted if one.source and one.status != "absent"]
    if not ids and borne and borne.support.verdict in ("supported", "contradicted") and borne.source:
        ids = [borne.source]
    return Needed(sources=tuple(dict.fromkeys(ids)), quotations=tuple(quoted))


def _flags(sentence: AnswerSentence, quoted: Sequence[QuoteFinding]) -> Iterator[Flag]:
    for given, found in zip(sentence.quotations, quoted, strict=True):
        if found.status in ("altered", "absent"):
            yield replace(_flag_of(found, found.stands or None), span=given.span)


def _flag_of(found: QuoteFinding, instead: str | None) -> Flag:
    return Flag(kind="quotation", words=found.words, span=Span(0, 0), reason=found.reason, instead=instead)
