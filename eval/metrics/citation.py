"""Whether citations are well formed, name what is held, and are right down to the leaf.

What an archive's reference has not, such as leaves, is not counted, and never as right.
"""

from collections.abc import Callable, Sequence

from eval.judgement import LEVELS, CitationFinding, Judgement, Level
from eval.metrics.card import card, counted
from eval.score import Score, none, of

_ONE = "citations"


def citations(judgement: Judgement) -> tuple[CitationFinding, ...]:
    """All citations of an answer, in order."""
    return tuple(citation for sentence in judgement.sentences for citation in sentence.citations)


def resolvable(found: Sequence[CitationFinding]) -> Score:
    """Share of citations that name something held.

    Formula: citations that name an existing unit / citations.
    Range: 0 to 1, higher is better.
    Source: Delo.
    """
    return counted(found, lambda c: c.resolvable, of=_ONE, what="name something held")


def format_valid(found: Sequence[CitationFinding]) -> Score:
    """Share of citations in a form that can be read.

    Formula: well-formed citations / citations.
    Range: 0 to 1, higher is better.
    Source: Delo.
    """
    return counted(found, lambda c: c.well_formed, of=_ONE, what="are well formed")


def level_accuracy(found: Sequence[CitationFinding], level: Level) -> Score:
    """Share of citations that are right at this level of the reference.

    Formula: citations right at the level / citations whose document has that level.
    Range: 0 to 1, higher is better.
    Source: Delo.
    """
    having = [c for c in found if level in c.levels]
    return counted(having, lambda c: c.levels[level], of=f"citations whose {level} is known", what="are right in it")


def exact_leaf(found: Sequence[CitationFinding]) -> Score:
    """Share of citations right at every level and down to the leaf.

    Formula: all levels right and the leaves meet one that holds the words / citations of documents with leaves.
    Range: 0 to 1, higher is better.
    Source: Delo.
    """
    known = [c for c in found if c.exact_leaf is not None]
    return counted(known, lambda c: bool(c.exact_leaf), of="citations with leaves", what="are right to the leaf")


def leaf_iou(found: Sequence[CitationFinding]) -> Score:
    """How far the leaves cited are those needed, as a mean over citations.

    Formula: |cited ∩ needed| / |cited ∪ needed|.
    Range: 0 to 1, higher is better.
    Source: Jaccard.
    """
    known = [c.overlap for c in found if c.overlap is not None]
    return Score(hits=sum(known), total=len(known), reason=f"overlap of leaves, {len(known)} citations")


def overbroad(found: Sequence[CitationFinding]) -> Score:
    """How many leaves are cited for each one needed.

    Formula: leaves cited / leaves needed, over the answer's citations; of many answers the median.
    Range: 0 or more, 1 is best, lower is better down to it.
    Source: Delo.
    """
    known = [(c.cited, c.needed) for c in found if c.cited is not None and c.needed]
    if not known:
        return none("no citation whose leaves are known")
    cited, needed = (sum(counts) for counts in zip(*known, strict=True))
    return of(cited / needed, f"{cited} leaves cited, {needed} needed")


def twin_ok(found: Sequence[CitationFinding]) -> Score:
    """Share of citations that name the text that is quoted: original or translation.

    Formula: citations of the text quoted / citations of documents with both.
    Range: 0 to 1, higher is better.
    Source: Delo.
    """
    known = [c for c in found if c.twin is not None]
    return counted(known, lambda c: bool(c.twin), of="citations of one of two texts", what="name the one quoted")


_OF_CITATIONS: dict[str, Callable[[Sequence[CitationFinding]], Score]] = {
    "resolvable": resolvable,
    "format_valid": format_valid,
    "exact_leaf": exact_leaf,
    "leaf_iou": leaf_iou,
    "overbroad": overbroad,
    "twin_ok": twin_ok,
}


def scores(judgement: Judgement) -> dict[str, Score]:
    """All scores of how exact an answer's citations are."""
    found = citations(judgement)
    told = {name: measure(found) for name, measure in _OF_CITATIONS.items()}
    return told | {f"level_{level}": level_accuracy(found, level) for level in LEVELS}


CARDS = (
    *(card(name, measure) for name, measure in _OF_CITATIONS.items()),
    *(card(f"level_{level}", level_accuracy, of=level) for level in LEVELS),
)
