"""An answer in the page: its sentences by verdict, its quotations against their sources, its citations by level."""

from collections.abc import Iterator, Sequence
from typing import Any

from eval.judgement import LEVELS, CitationFinding, Judgement, QuoteFinding, SentenceFinding
from eval.report.markup import Markup, Part, element, folded, joined, listed, prose, shortened
from eval.report.verdicts import QUOTES, SUPPORT, UNJUDGED, UNWORTHY, Told, badge, yes_or_no
from eval.report.worddiff import word_diff
from eval.runs import Outcome
from eval.support import Flag, Support
from index.document import Span

_ELSEWHERE = {
    "uncited": "It is borne out by something that the answer was given, but does not cite.",
    "archive": "It is borne out by something in the archive that the answer was not given.",
}
_KEPT = 160  # characters of a quotation that stands as it is; its sentence has the rest


def answer(outcome: Outcome) -> Iterator[Markup]:
    """The answer to a question and what was found out about it; or the error, or the refusal."""
    if outcome.error is not None:
        yield element("p", element("b", "The question ended in an error: "), outcome.error, class_="error")
        return
    record = outcome.answer or {}
    if outcome.judgement is not None:
        yield from _judged(outcome.judgement)
    else:
        yield from _unjudged(record)
    if reason := record.get("reason"):
        yield element("p", "In its own words: ", prose("q", str(reason)), class_="quiet")
    withheld = [joined([prose("q", str(one["text"])), f" {one['reason']}"]) for one in record.get("withheld", ())]
    if withheld:
        yield folded(f"Withheld by Delo itself: {len(withheld)}", listed(withheld))


def _judged(judgement: Judgement) -> Iterator[Markup]:
    if judgement.refused:
        yield element("p", "It was said that the archive has no answer.", class_="refusal")
    yield element("ol", *map(_sentence, judgement.sentences), class_="sentences") if judgement.sentences else joined(())
    if judgement.unchecked:
        notes = element("ul", *(element("li", one) for one in judgement.unchecked))
        yield element("div", element("h4", "Could not be checked"), notes, class_="quiet")


def _unjudged(record: Any) -> Iterator[Markup]:  # noqa: ANN401 - a record as it was read from JSON
    yield element("p", badge(UNJUDGED))
    for statement in record.get("statements", ()):
        yield prose("p", str(statement["text"]), class_="said")
        yield from (prose("blockquote", str(citation["words"])) for citation in statement["citations"])


def _sentence(finding: SentenceFinding) -> Markup:
    support = finding.support
    told = UNWORTHY if not finding.worthy else UNJUDGED if support is None else SUPPORT[support.verdict]
    parts: list[Part] = [element("p", *_marked(finding.text, support.flags if support else ()), dir="auto")]
    parts.append(element("p", badge(told), *(_reason(support) if support else ()), class_="why"))
    if support and support.flags:
        parts.append(listed(map(_flag, support.flags), class_="flags"))
    if finding.elsewhere:
        parts.append(element("p", _ELSEWHERE[finding.elsewhere], class_="why"))
    parts += (_quotation(one, finding.text) for one in finding.quotations)
    parts += map(_citation, finding.citations)
    return element("li", *parts, class_=f"sentence {told.tone}")


def _marked(text: str, flags: Sequence[Flag]) -> Iterator[Part]:
    """The sentence, the words that are flagged marked in it."""
    at = 0
    for span in sorted({flag.span for flag in flags}):
        start, end = max(at, span.start), min(len(text), span.end)
        if start < end:
            yield text[at:start]
            yield element("mark", text[start:end])
            at = end
    yield text[at:]


def _reason(support: Support) -> Iterator[Part]:
    yield f": {support.reason} "
    measured = "" if support.p is None else f"; {support.p:.0%} of sentences so judged were found to be borne out"
    yield element("small", f"(covered {support.score:.0%}{measured}; by {support.by})")


def _flag(flag: Flag) -> Markup:
    instead = f"; the nearest source has “{flag.instead}”" if flag.instead else ""
    hint = " A hint only, not counted." if flag.kind == "negation" else ""
    return joined([element("b", f"{flag.kind} “{flag.words}”"), f": {flag.reason}{instead}.{hint}"])


def _quotation(finding: QuoteFinding, sentence: str) -> Markup:
    """A quotation; one that stands as it is, and is in the sentence anyway, is shortened."""
    brief = finding.status in ("exact", "typographic") and finding.words in sentence
    if finding.status == "altered" and finding.stands:
        words = word_diff(finding.words, finding.stands)
    else:
        words = prose("blockquote", shortened(finding.words, _KEPT) if brief else finding.words)
    parts: list[Part] = [
        element("p", "Quotation ", badge(QUOTES[finding.status]), *_located(finding), *_because(finding), class_="why"),
        words,
        element("p", _place(finding.source, finding.language, finding.span, finding.occurrences), class_="where"),
    ]
    if finding.status == "absent" and finding.stands:
        parts += [
            element("p", "The nearest words that stand there:", class_="why"),
            prose("blockquote", finding.stands),
        ]
    parts.append(listed(_changes(finding), class_="flags"))
    return element("div", *parts, class_="quotation")


def _changes(finding: QuoteFinding) -> Iterator[Part]:
    for change in finding.changes:
        marks = ", ".join(change.marks) or "wording"
        yield joined([element("b", f"{marks}: "), f"“{change.quoted}” for “{change.stands}”"])
    if finding.critical:
        yield element("b", "The alteration touches a number, a date, a name or a negation.")
    if finding.translation:
        yield "It is given as quoted in a language in which its source has no text."


def _located(finding: QuoteFinding) -> Iterator[Part]:
    if finding.located is not None and finding.status != "absent":
        words = "in what the sentence cites" if finding.located else "not in what the sentence cites"
        yield " "
        yield yes_or_no(finding.located, words)


def _because(finding: QuoteFinding) -> Iterator[Part]:
    if finding.reason:
        yield f": {finding.reason}"


def _place(source: str | None, language: str | None, span: Span | None, occurrences: int) -> str:
    if source is None:
        return ""
    side = {"ru": ", Russian text", "en": ", English text"}.get(language or "", "")
    at = f", characters {span.start:,} to {span.end:,}" if span else ""
    places = f"; these words stand in {occurrences} places" if occurrences > 1 else ""
    return f"document {source}{side}{at}{places}"


def _citation(finding: CitationFinding) -> Markup:
    heads = [
        yes_or_no(finding.resolvable, "found in the archive" if finding.resolvable else "leads nowhere"),
        None if finding.well_formed else badge(Told("✗", "malformed", "bad")),
        *(yes_or_no(finding.levels[level], level) for level in LEVELS if level in finding.levels),
    ]
    chips = (joined([head, " "]) for head in heads if head is not None)
    parts = [
        element("p", "Reference ", prose("cite", finding.text)),
        element("p", *chips, class_="levels"),
        element("p", " ".join(_told(finding)), class_="why"),
    ]
    return element("div", *parts, class_="citation")


def _told(finding: CitationFinding) -> Iterator[str]:
    if finding.cited and finding.needed and finding.cited > finding.needed:
        yield f"It names {finding.cited} leaves where {finding.needed} would do."
    if finding.twin is False:
        yield "It names the other text of the pair: the translation for the original, or the other way about."
    if finding.supports is not None:
        told = SUPPORT[finding.supports.verdict]
        yield f"By this source alone: {told.sign} {told.words}."
    if finding.irrelevant:
        yield "The sentence is borne out without it."
    signs = finding.resolvable and bool(finding.levels) and all(finding.levels.values())
    if finding.reason and not signs:  # where all is right, the signs have said so
        yield finding.reason
