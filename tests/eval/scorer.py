"""A scorer that is plain enough to be seen right: words stand where they are said to, or they do not."""

import re

from eval.judgement import CitationFinding, Judgement, QuoteFinding, SentenceFinding
from eval.score import Score, none, of
from eval.scoring import Scorer


def plain_scorer(documents):
    """`documents` by id."""
    return Scorer(checker="plain", judge=lambda one: _judged(one, documents), measure=_measured, compare=_compared)


def _judged(outcome, documents):
    answer = outcome.answer
    sentences = tuple(
        SentenceFinding(
            text=statement["text"],
            worthy=True,
            quotations=tuple(_quotation(c, documents) for c in statement["citations"]),
            citations=tuple(
                CitationFinding(text=c["document_id"], resolvable=c["document_id"] in documents, well_formed=True)
                for c in statement["citations"]
            ),
        )
        for statement in answer["statements"]
    )
    return Judgement(id=outcome.case.id, refused=answer["abstained"], sentences=sentences)


def _quotation(citation, documents):
    document = documents.get(citation["document_id"])
    stands = document.texts[citation["language"]][citation["start"] : citation["end"]] if document else ""
    status = "exact" if stands == citation["words"] else "altered"
    return QuoteFinding(words=citation["words"], status=status, stands=stands)


def _measured(outcome):
    case = outcome.case
    refused = outcome.judgement is not None and outcome.judgement.refused
    told = [q for s in outcome.judgement.sentences for q in s.quotations] if outcome.judgement else []
    exact = sum(q.status == "exact" for q in told)
    words = " ".join(q.words for q in told)
    found = any(re.search(p, words) for n in case.nuggets for patterns in n.patterns.values() for p in patterns)
    return {
        "quote_fidelity": Score(hits=exact, total=len(told), reason=f"{exact} of {len(told)}"),
        "nugget_vital_strict": of(float(found), "said or not") if case.nuggets else none("no nugget"),
        "refusal_F1": Score(
            hits=2 * (refused and not case.answerable), total=refused + (not case.answerable), reason="refused or due"
        ),
    }


def _compared(english, russian):
    assert (english.case.language, russian.case.language) == ("en", "ru")
    agree = [one.judgement and one.judgement.refused for one in (english, russian)]
    return {"decision_agreement": of(float(agree[0] == agree[1]), "both or neither")}
