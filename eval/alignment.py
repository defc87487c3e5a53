"""Measures how well paragraphs and sentences are aligned: `python -m eval.alignment ARCHIVE...`.

Each archive is a folder with documents and their right alignment, as eval/gold.py has it. Every share is given with
the number it is of, and a 95 % interval from a bootstrap over documents: sentences of one document are no
independent witnesses. Nothing here fails: the figures are to be read.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise, product
from pathlib import Path

import numpy as np

from eval.gold import GoldDocument, Paragraphs, gold_documents
from eval.intervals import Estimate, ratio
from index.document import LANGUAGES, Document, Language, Span
from index.embed import Embedder, Vectors, measure_scale, open_embedder
from index.errors import ArchiveError
from index.model import EmbedderSettings
from index.passage import CutDocument, passages_of

BINS = (0.0, 0.5, 0.8, 0.9, 0.95, 0.99, 1.0)  # of confidence; the table's rows

Counts = tuple[float, float]  # part and whole


@dataclass(frozen=True, slots=True)
class Judged:
    """What was found in one document: paragraph beads, evidence pairs, and beads as (confidence, right)."""

    document_id: str
    paragraphs: Counts  # twice those found that are right; all found and all that should be
    evidence: Counts
    beads: tuple[tuple[float, bool], ...]


class _Timed:
    """A model that counts the seconds it takes."""

    def __init__(self, model: Embedder) -> None:
        self._model = model
        self.dimension = model.dimension
        self.seconds = 0.0

    def passages(self, texts: Sequence[str]) -> Vectors:
        started = time.perf_counter()
        vectors = self._model.passages(texts)
        self.seconds += time.perf_counter() - started
        return vectors

    def questions(self, texts: Sequence[str]) -> Vectors:
        return self._model.questions(texts)


def main(arguments: Sequence[str] | None = None) -> None:
    """Align the archives named, and print what was measured."""
    parser = argparse.ArgumentParser(prog="python -m eval.alignment", description=__doc__)
    parser.add_argument("archives", nargs="+", type=Path, metavar="ARCHIVE", help="a folder made for testing")
    parser.add_argument("--embedder", default=EmbedderSettings().name, help="the model; see delo index --help")
    options = parser.parse_args(arguments)
    try:
        for line in measure(options.archives, EmbedderSettings(name=options.embedder)):
            sys.stdout.write(line + "\n")
    except ArchiveError as error:
        parser.exit(2, f"{error}\n")


def measure(archives: Sequence[Path], settings: EmbedderSettings) -> Iterator[str]:
    """The lines of the report. Raises: ArchiveError if an archive cannot be read; ModelError."""
    model = open_embedder(settings)
    timed, scale = _Timed(model), measure_scale(model)
    judged, started = [], time.perf_counter()
    for archive in archives:
        gold = list(gold_documents(archive))
        cut = list(passages_of([one.document for one in gold], timed, scale))
        judged += [judge(one, found) for one, found in zip(gold, cut, strict=True)]
    aligning = time.perf_counter() - started - timed.seconds
    if not judged:
        told = ", ".join(f"'{archive}'" for archive in archives)
        raise ArchiveError(f"no document in {told} has both a Russian and an English text; give a bilingual archive")
    yield f"{'documents':<40}{len(judged)}"
    yield f"{'paragraphs paired right, F1':<40}{share(judged, lambda one: [one.paragraphs])}"
    yield f"{'evidence sentence pairs aligned right':<40}{share(judged, lambda one: [one.evidence])}"
    yield from _table(judged)
    yield f"{'seconds, embedding':<40}{timed.seconds:.2f}"
    yield f"{'seconds, all else (with reading)':<40}{aligning:.2f}, {aligning / timed.seconds:.3f} of that"


def _table(judged: Sequence[Judged]) -> Iterator[str]:
    """How sure beads said they were, and how many of those were right."""
    yield "beads by confidence: said on average, right"
    for low, high in pairwise(BINS):
        said = [confidence for one in judged for confidence, _ in _between(one, low, high)]
        if said:
            right = share(judged, partial(_right_between, low=low, high=high))
            yield f"  {low:.2f} to {high:.2f}   {float(np.mean(said)):.3f}{'':<18}{right}"


def _between(one: Judged, low: float, high: float) -> list[tuple[float, bool]]:
    """The beads of a confidence from `low` up to, not including, `high`; but 1 belongs to the last row."""
    return [bead for bead in one.beads if low <= bead[0] < high or bead[0] == high == BINS[-1]]


def _right_between(one: Judged, low: float, high: float) -> list[Counts]:
    return [(right, 1) for _, right in _between(one, low, high)]


def share(judged: Sequence[Judged], counts: Callable[[Judged], Sequence[Counts]]) -> Estimate | None:
    """A share over all documents, of the parts and wholes that `counts` finds in each; its interval is by document."""
    by_document: dict[str, list[Counts]] = {}
    for one in judged:
        by_document.setdefault(one.document_id, []).extend(counts(one))
    sums = np.array([np.sum(found, axis=0) if found else (0.0, 0.0) for found in by_document.values()])
    return ratio(sums[:, 0], sums[:, 1], seed=0)


def judge(gold: GoldDocument, cut: CutDocument) -> Judged:
    """What of a document's alignment is right.

    A bead is judged if it holds a sentence of an evidence pair, or joins paragraphs that do not face each other. It is
    right if it joins none such, and each pair that it holds a sentence of is paired right. A pair of which both sides
    are many sentences, as where the gold gives a whole paragraph, says nothing of single beads.
    """
    found = paragraph_groups(cut)
    places = [[_beads_of(cut, language, pair[language]) for language in LANGUAGES] for pair in gold.evidence]
    verdicts: dict[int, bool] = {}
    for one, two in places:
        for at in one | two if 1 in (len(one), len(two)) else ():
            verdicts[at] = verdicts.get(at, True) and one == two
    facing = {(ru, en) for group in gold.paragraphs for ru in group[0] for en in group[1]}
    for at, bead in enumerate(cut.beads):
        if not set(product(*(_paragraphs(cut.document, language, bead.spans) for language in LANGUAGES))) <= facing:
            verdicts[at] = False
    both = [(cut.beads[at].confidence, right) for at, right in verdicts.items() if len(cut.beads[at].spans) == 2]
    return Judged(
        document_id=gold.document.id,
        paragraphs=(2 * len(found & gold.paragraphs), len(found) + len(gold.paragraphs)),
        evidence=(sum(one == two for one, two in places), len(places)),
        beads=tuple(both),
    )


def _beads_of(cut: CutDocument, language: Language, span: Span) -> set[int]:
    return {at for at, bead in enumerate(cut.beads) if language in bead.spans and bead.spans[language].meets(span)}


def paragraph_groups(cut: CutDocument) -> set[Paragraphs]:
    """The paragraphs that passages put together, Russian and English; passages that share one count as one."""
    groups: list[tuple[set[int], set[int]]] = []
    for embedded in cut.passages:
        ru, en = (_paragraphs(cut.document, language, embedded.passage.spans) for language in LANGUAGES)
        if groups and (groups[-1][0] & ru or groups[-1][1] & en):
            groups[-1][0].update(ru)
            groups[-1][1].update(en)
        else:
            groups.append((ru, en))
    return {(tuple(sorted(ru)), tuple(sorted(en))) for ru, en in groups}


def _paragraphs(document: Document, language: Language, spans: Mapping[Language, Span]) -> set[int]:
    if language not in spans:
        return set()
    return {n for n, paragraph in enumerate(document.paragraphs(language)) if paragraph.meets(spans[language])}


if __name__ == "__main__":
    main()
