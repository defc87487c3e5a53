"""Whether what was found holds the answer: recall, rank and evidence, judged by documents, leaves and characters.

A document stands in the ranking where its first passage does, and counts once: passages are never judged themselves,
so that cutting documents in another way keeps all judgements good. Where a translation is kept apart from its original,
both count as one document; figures with each for itself are told beside. A question whose answer is not in the archive,
or of which no document is known, has none of these scores.
"""

import math
from collections.abc import Callable, Collection, Mapping, Sequence

from eval.metrics.card import card
from eval.metrics.gold import Aids, Gold
from eval.metrics.units import Unit, evidence_leaves, leaf_units
from eval.runs import Found, Outcome
from eval.score import Score, none, of
from index.document import Language, Span

COVERED = 0.9  # of a gold span's characters; less and a reader of the passage lacks words of the evidence
NO_GOLD = "no document is known to answer it"


def documents(found: Sequence[Found], twins: Mapping[str, str]) -> tuple[str, ...]:
    """The documents found, each once, by its first passage; twins under one id."""
    return tuple(dict.fromkeys(twins.get(passage.document_id, passage.document_id) for passage in found))


def doc_recall(ranking: Sequence[str], gold: Collection[str], k: int) -> Score:
    """Share of the documents that answer it that are among the first k.

    Formula: |first k documents ∩ G| / |G|.
    Range: 0 to 1, higher is better.
    Source: trec_eval, recall.
    """
    wanted = frozenset(gold)
    if not wanted:
        return none(NO_GOLD)
    hits = len(wanted.intersection(ranking[:k]))
    return Score(hits=hits, total=len(wanted), reason=f"{hits} of {len(wanted)} documents in the first {k}")


def leaf_recall(
    found: Sequence[Found], leaves: Mapping[str, tuple[str, ...]] | None, gold: Collection[Unit], k: int
) -> Score:
    """Share of the leaves that answer it that are among the first k leaves.

    Formula: |first k leaves ∩ G| / |G|, the leaves of a passage in order, each once.
    Range: 0 to 1, higher is better.
    Source: trec_eval, recall, with leaves as units.
    """
    wanted = frozenset(gold)
    if leaves is None or not wanted:
        return none("no leaves are known" if not wanted else "the passages do not tell their leaves")
    units = dict.fromkeys(unit for one in found for unit in leaf_units(one.document_id, leaves.get(one.passage_id, ())))
    hits = len(wanted.intersection(list(units)[:k]))
    return Score(hits=hits, total=len(wanted), reason=f"{hits} of {len(wanted)} leaves in the first {k}")


def ndcg(ranking: Sequence[str], grades: Mapping[str, int], k: int = 10) -> Score:
    """How near to the top of the list the documents stand that help, most helpful first.

    Formula: Σ grade / log2(rank + 1) over the first k, by the same of the grades in falling order; gain is linear.
    Range: 0 to 1, higher is better.
    Source: Järvelin and Kekäläinen 2002; linear gain as in trec_eval and by default in ir_measures.
    """
    best = _dcg(sorted((grade for grade in grades.values() if grade > 0), reverse=True)[:k])
    if not best:
        return none(NO_GOLD)
    value = _dcg([max(0, grades.get(id_, 0)) for id_ in ranking[:k]]) / best
    return of(value, f"gain of the first {k} documents by the most there can be, {len(grades)} graded")


def _dcg(grades: Sequence[int]) -> float:
    return sum(grade / math.log2(rank + 1) for rank, grade in enumerate(grades, 1))


def mrr(ranking: Sequence[str], gold: Collection[str], k: int = 10) -> Score:
    """How high the first document that answers it stands.

    Formula: 1 / rank of the first document of G, 0 if none is among the first k.
    Range: 0 to 1, higher is better.
    Source: trec_eval, recip_rank, cut at k.
    """
    if not gold:
        return none(NO_GOLD)
    rank = _first(ranking[:k], gold)
    return of(1 / rank if rank else 0, f"first at rank {rank}" if rank else f"none in the first {k}")


def success(ranking: Sequence[str], gold: Collection[str], k: int = 5) -> Score:
    """Whether a document that answers it is among the first k.

    Formula: 1 if the first k hold a document of G, else 0.
    Range: 0 to 1, higher is better.
    Source: trec_eval, success.
    """
    if not gold:
        return none(NO_GOLD)
    rank = _first(ranking[:k], gold)
    return of(float(rank > 0), f"first at rank {rank}" if rank else f"none in the first {k}")


def _first(ranking: Sequence[str], gold: Collection[str]) -> int:
    return next((rank for rank, id_ in enumerate(ranking, 1) if id_ in gold), 0)


def judged(ranking: Sequence[str], known: Collection[str], k: int = 10) -> Score:
    """Share of the first k documents of which anybody has said whether they help.

    Formula: judged documents among the first k / documents there.
    Range: 0 to 1, neither way; where it is low, the other figures are too low for whoever was not judged.
    Source: ir_measures, Judged@k.
    """
    first = ranking[:k]
    if not first or not known:
        return none("nothing was found" if not first else NO_GOLD)
    hits = sum(id_ in known for id_ in first)
    return Score(hits=hits, total=len(first), reason=f"{hits} of the first {len(first)} documents are judged")


def condensed_ndcg(ranking: Sequence[str], grades: Mapping[str, int], known: Collection[str], k: int = 10) -> Score:
    """How near to the top the documents stand that help, without those of which nobody has said whether they do.

    Formula: nDCG@k of the ranking without documents that are not judged.
    Range: 0 to 1, higher is better.
    Source: Sakai 2007, condensed lists.
    """
    if not any(id_ not in grades for id_ in known):
        return none("no document is known not to help")
    return ndcg([id_ for id_ in ranking if id_ in known or id_ in grades], grades, k)


def evidence_hit(found: Sequence[Found], places: Sequence[tuple[str, Mapping[Language, Span]]], k: int) -> Score:
    """Whether one of the first k passages holds the evidence.

    Formula: 1 if one passage covers at least 90 % of the characters of a gold span, in either language; else 0.
    Range: 0 to 1, higher is better.
    Source: Delo.
    """
    wanted = [(document, x, span) for document, spans in places for x, span in spans.items() if span.start < span.end]
    if not wanted:
        return none("no place is known that answers it")
    for rank, passage in enumerate(found[:k], 1):
        for document, language, span in wanted:
            if document == passage.document_id and _covered(passage.spans.get(language), span) >= COVERED:
                return of(1, f"passage {rank} holds the {language} evidence")
    return of(0, f"none of the first {k} passages holds the evidence")


def _covered(held: Span | None, gold: Span) -> float:
    if held is None:
        return 0.0
    return max(0, min(held.end, gold.end) - max(held.start, gold.start)) / (gold.end - gold.start)


def ablation_leak(found: Sequence[Found], places: Sequence[tuple[str, Mapping[Language, Span]]], k: int) -> Score:
    """Share of questions whose evidence was taken out of the archive, and is found all the same, in a twin for one.

    Formula: 1 if one of the first k passages holds a place that used to answer it, else 0.
    Range: 0 to 1, lower is better; where it is not 0, refusals are no measure.
    Source: Delo.
    """
    return evidence_hit(found, places, k)


def scores(outcome: Outcome, gold: Gold, aids: Aids) -> dict[str, Score]:
    """All scores of what was found for a question; a crash found nothing."""
    case, found = outcome.case, outcome.found
    grades = dict(case.grades) if case.answerable else {}
    grades = {id_: grades.get(id_, 1) for id_ in case.documents} if case.answerable else {}
    collapsed: dict[str, int] = {}
    for id_, grade in grades.items():
        one = aids.twins.get(id_, id_)
        collapsed[one] = max(grade, collapsed.get(one, 0))
    known = frozenset(aids.twins.get(id_, id_) for id_ in aids.judged) | collapsed.keys()
    told = _by_document(documents(found, aids.twins), collapsed, known)
    places = (*gold.items(), *aids.places) if case.answerable else ()
    told |= {f"evidence_hit@{k}": evidence_hit(found, places, k) for k in (1, 5, 10)}
    removed = (*gold.items(), *aids.places) if not case.answerable else ()
    told["ablation_leak@10"] = ablation_leak(found, removed, 10)
    wanted = evidence_leaves(case)
    told |= {f"leaf_recall@{k}": leaf_recall(found, aids.leaves, wanted, k) for k in (5, 10)}
    apart = _by_document(documents(found, {}), grades, aids.judged | grades.keys()) if aids.twins else {}
    return told | {f"{name}, uncollapsed": apart.get(name, none("no twins are kept apart")) for name in _APART}


_APART = ("doc_recall@5", "doc_recall@10", "nDCG@10", "MRR@10", "success@5")


def _by_document(ranking: Sequence[str], grades: Mapping[str, int], known: Collection[str]) -> dict[str, Score]:
    gold = [id_ for id_, grade in grades.items() if grade > 0]
    return {
        "doc_recall@5": doc_recall(ranking, gold, 5),
        "doc_recall@10": doc_recall(ranking, gold, 10),
        "nDCG@10": ndcg(ranking, grades),
        "MRR@10": mrr(ranking, gold),
        "success@5": success(ranking, gold),
        "Judged@10": judged(ranking, known) if gold else none(NO_GOLD),
        "condensed_nDCG@10": condensed_ndcg(ranking, grades, known),
    }


def _cut(name: str) -> str:
    return f"first {name.partition('@')[2]}"


_OF_DOCUMENTS: dict[str, Callable[..., Score]] = {
    "doc_recall@5": doc_recall,
    "doc_recall@10": doc_recall,
    "nDCG@10": ndcg,
    "MRR@10": mrr,
    "success@5": success,
    "Judged@10": judged,
    "condensed_nDCG@10": condensed_ndcg,
}
CARDS = (
    *(card(name, measure, of=_cut(name)) for name, measure in _OF_DOCUMENTS.items()),
    *(card(f"evidence_hit@{k}", evidence_hit, of=f"first {k}") for k in (1, 5, 10)),
    card("ablation_leak@10", ablation_leak, of="first 10"),
    *(card(f"leaf_recall@{k}", leaf_recall, of=f"first {k}") for k in (5, 10)),
    *(card(f"{name}, uncollapsed", _OF_DOCUMENTS[name], of=f"{_cut(name)}, twins apart") for name in _APART),
)
