"""Cases, outcomes and judgements made by hand for the tests of metrics."""

from eval.cases import Case, Evidence, Nugget
from eval.judgement import CitationFinding, Judgement, QuoteFinding, SentenceFinding
from eval.runs import Found, Outcome
from eval.support import Flag, Support
from index.document import Span


def case(id_="1-en", *, answerable=True, **more):
    pair, _, language = id_.rpartition("-")
    plain = {"language": language, "pair": pair, "question": "Who asked for coal?", "answerable": answerable}
    return Case(id=id_, **(plain | ({} if answerable else {"absence": "absent"}) | more))


def evidence(document="d1", leaves=(), **words):
    return Evidence(document_id=document, words=words or {"en": "coal"}, leaves=tuple(leaves))


def found(*documents, spans=None):
    return tuple(
        Found(passage_id=f"{id_}:{n}", document_id=id_, score=1 / (n + 1), spans=spans or {"en": Span(0, 100)})
        for n, id_ in enumerate(documents)
    )


def citation_record(words="coal and flour", document="d1", leaves=(("30", "32"),), parallel=None):
    reference = {"text": "APRF, f. 3", "archive": "APRF", "fond": "3", "opis": None, "delo": None, "papka": None}
    return {
        "document_id": document,
        "words": words,
        "references": [reference | {"leaves": [list(ends) for ends in leaves]}],
        "parallel": {"words": parallel} if parallel else None,
    }


def record(*statements, confidence=0.9, reason=None):
    """An answer's record; a statement is its text and its citations."""
    told = [{"text": text, "citations": list(citations)} for text, citations in statements]
    return {"abstained": not told, "confidence": confidence, "reason": reason, "statements": told}


def quote(words="five words that are quoted", status="exact", **more):
    return QuoteFinding(words=words, status=status, **more)


def cite(text="APRF, f. 3", sources=("d1",), resolvable=True, **more):
    return CitationFinding(text=text, resolvable=resolvable, well_formed=True, sources=sources, **more)


def support(verdict, *flags):
    return Support(verdict=verdict, score=0.5, reason="by hand", by="hand", flags=flags)


def flag(kind, words="50", instead=None):
    return Flag(kind=kind, words=words, span=Span(0, 2), reason="by hand", instead=instead)


def sentence(verdict="supported", *citations, worthy=True, flags=(), **more):
    held = support(verdict, *flags) if worthy else None
    return SentenceFinding(text="Coal was sent.", worthy=worthy, support=held, citations=citations, **more)


def judgement(*sentences, refused=False):
    return Judgement(id="1-en", refused=refused, sentences=sentences)


def answered(id_="1-en", *, confidence=0.9, **more):
    """An outcome with one judged sentence that cites a document."""
    plain = {
        "answer": record(("It says:", [citation_record()]), confidence=confidence),
        "judgement": judgement(sentence("supported", cite())),
    }
    return Outcome(case=more.pop("case", None) or case(id_), **(plain | more))


def refused(id_="1-en", *, of=None, confidence=0.1, **more):
    given = record(confidence=confidence, reason="The archive holds no answer.")
    return Outcome(case=of or case(id_), answer=given, judgement=judgement(refused=True), **more)


def crashed(id_="1-en", *, of=None, **more):
    return Outcome(case=of or case(id_), error="MemoryError", **more)


def nugget(text="three", *, vital=True, **patterns):
    return Nugget(text=text, vital=vital, patterns=patterns)
