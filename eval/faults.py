"""What is wrong in an answer, by its judgement, in words for a person to read; and what was counted over many."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from eval.judgement import CitationFinding, Judgement, QuoteFinding, SentenceFinding
from eval.support import Flag

FaultKind = Literal[
    "invented quotation",
    "altered quotation",
    "quotation elsewhere",
    "shifted reference",
    "unknown reference",
    "changed number",
    "changed date",
    "changed name",
    "contradicted sentence",
    "unsupported sentence",
]
_CHANGED: dict[str, FaultKind] = {"number": "changed number", "date": "changed date", "name": "changed name"}
_SHOWN = 200  # characters of a quotation or sentence that are printed


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something wrong in the sentence of this number, from 1: the words, and what is known about them."""

    kind: FaultKind
    sentence: int
    words: str
    told: str


def faults(judgement: Judgement) -> tuple[Fault, ...]:
    """Everything that is wrong, in the order of the sentences; each thing once."""
    return tuple(
        fault for number, sentence in enumerate(judgement.sentences, 1) for fault in _of_sentence(number, sentence)
    )


def _of_sentence(number: int, sentence: SentenceFinding) -> Iterator[Fault]:
    yield from _quotations(number, sentence)
    yield from _citations(number, sentence)
    if sentence.support is None or sentence.elsewhere or sentence.support.verdict in ("supported", "undecided"):
        return
    changed = list(_changed(number, sentence, sentence.support.flags))
    yield from changed
    by_quotation = any(flag.kind == "quotation" for flag in sentence.support.flags)
    if not changed and not by_quotation:
        contradicted = sentence.support.verdict == "contradicted"
        kind: FaultKind = "contradicted sentence" if contradicted else "unsupported sentence"
        near = f"; nearest: “{_short(sentence.stands)}”" if sentence.stands else ""
        yield Fault(kind=kind, sentence=number, words=_short(sentence.text), told=sentence.support.reason + near)


def _quotations(number: int, sentence: SentenceFinding) -> Iterator[Fault]:
    shifted = any(_is_shifted(citation) for citation in sentence.citations)
    for found in sentence.quotations:
        if found.status == "absent":
            yield Fault(kind="invented quotation", sentence=number, words=_short(found.words), told=_absent(found))
        elif found.status == "altered":
            yield Fault(kind="altered quotation", sentence=number, words=_short(found.words), told=_altered(found))
        elif found.located is False and not shifted:
            told = f"the words stand in {found.source!r}, not in what is cited"
            yield Fault(kind="quotation elsewhere", sentence=number, words=_short(found.words), told=told)


def _absent(found: QuoteFinding) -> str:
    told = (
        f"{found.reason}; it is given in a language that the source has no text in"
        if found.translation
        else found.reason
    )
    return f"{told}; nearest, in {found.source!r}: “{_short(found.stands)}”" if found.stands else told


def _altered(found: QuoteFinding) -> str:
    if not found.changes:
        return f"{found.reason}, in {found.source!r}: “{_short(found.stands)}”"
    told = "; ".join(_change(c.quoted, c.stands, c.marks) for c in found.changes)
    return f"in {found.source!r}: {told}"


def _change(quoted: str, stands: str, marks: Sequence[str]) -> str:
    kinds = f" ({', '.join(marks)})" if marks else ""
    if not stands:
        return f"“{_short(quoted)}” is added{kinds}"
    if not quoted:
        return f"“{_short(stands)}” is left out{kinds}"
    return f"“{_short(stands)}” stands there, not “{_short(quoted)}”{kinds}"


def _citations(number: int, sentence: SentenceFinding) -> Iterator[Fault]:
    for found in sentence.citations:
        if _is_shifted(found):
            yield Fault(kind="shifted reference", sentence=number, words=_short(found.text), told=found.reason)
        elif not found.resolvable:
            yield Fault(kind="unknown reference", sentence=number, words=_short(found.text), told=found.reason)
        elif _is_in_vain(sentence, found):
            told = f"{_named(found.sources)} does not bear the sentence out; {_bearing(sentence)}"
            yield Fault(kind="shifted reference", sentence=number, words=_short(found.text), told=told)


def _is_in_vain(sentence: SentenceFinding, found: CitationFinding) -> bool:
    """Whether a citation names what does not bear its sentence out, and something else does."""
    said = found.supports.verdict if found.supports else "undecided"
    return sentence.elsewhere is not None and said in ("unsupported", "contradicted")


def _bearing(sentence: SentenceFinding) -> str:
    evidence = sentence.support.evidence if sentence.support else None
    ids = [sentence.texts[evidence[0]][0]] if evidence else [id_ for id_, _ in sentence.texts]
    return f"{_named(ids)} does" + (f": “{_short(sentence.stands)}”" if sentence.stands else "")


def _named(ids: Sequence[str]) -> str:
    return " and ".join(repr(id_) for id_ in dict.fromkeys(ids))


def _is_shifted(found: CitationFinding) -> bool:
    return not all(found.levels.values())


def _changed(number: int, sentence: SentenceFinding, flags: Sequence[Flag]) -> Iterator[Fault]:
    """Numbers, dates and names that no source has; those within a quotation that is not right are its own fault."""
    quoted = [flag.span for flag in flags if flag.kind == "quotation"]
    seen: list[Flag] = []
    for flag in flags:
        if flag.kind not in _CHANGED or any(flag.span.meets(other) for other in [*quoted, *(s.span for s in seen)]):
            continue
        seen.append(flag)
        yield Fault(kind=_CHANGED[flag.kind], sentence=number, words=flag.words, told=_instead(flag, sentence.stands))


def _instead(flag: Flag, stands: str) -> str:
    """Why a flag was set, and what its source has, or else the nearest that stands there."""
    if flag.instead:
        return flag.reason if flag.instead in flag.reason else f"{flag.reason}; its source has “{flag.instead}”"
    told = "; " in flag.reason  # what stands there instead, or near
    return flag.reason if told or not stands else f"{flag.reason}; nearest: “{_short(stands)}”"


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _SHOWN else plain[:_SHOWN].rsplit(" ", 1)[0] + " …"


def counts(judgements: Sequence[Judgement]) -> dict[str, dict[str, int]]:
    """How many sentences came out how, how many quotations, and how many citations are right, wrong and unknown."""
    worthy = [s for judgement in judgements for s in judgement.sentences if s.worthy and s.support]
    every = [s for judgement in judgements for s in judgement.sentences]
    verdicts = Counter(s.support.verdict for s in worthy if s.support)
    statuses = Counter(q.status for s in every for q in s.quotations)
    cited = Counter(_citation_outcome(s, c) for s in every for c in s.citations)
    return {
        "sentences": {name: verdicts[name] for name in ("supported", "contradicted", "unsupported", "undecided")},
        "quotations": {name: statuses[name] for name in ("exact", "typographic", "altered", "absent")},
        "citations": {name: cited[name] for name in ("right", "wrong", "not judged")},
    }


def _citation_outcome(sentence: SentenceFinding, found: CitationFinding) -> str:
    if not found.resolvable or _is_shifted(found) or _is_in_vain(sentence, found):
        return "wrong"
    judged = bool(found.levels) or (found.supports is not None and found.supports.verdict == "supported")
    return "right" if judged else "not judged"
