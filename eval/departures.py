"""How often a planted departure is found, and how often a sentence nobody touched is flagged.

    python -m eval.departures ARCHIVE [--seed N] [--out FILE]

ARCHIVE is a folder of bilingual records whose translations are taken to be right. For each kind a copy of every
document is made in which some English sentences are changed: a number, a date or a name for another, a "not" put in or
taken out, a sentence left out. The copy is aligned anew; the change is found if a departure of its kind lies in the
changed sentence or in what it faced. Sentences that were flagged before are not changed. Intervals are Wilson's, 95 %.
"""

import argparse
import json
import random
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np

from eval.edits import changed
from eval.intervals import wilson
from index.align import align
from index.departures import departures
from index.document import LANGUAGES, Departure, Document, Language, SentenceBead, Span, covering
from index.embed import Embedder, Vectors, describe, open_embedder
from index.facing import Units
from index.intake import Intake
from index.model import EmbedderSettings, Scale
from index.plan import plan_update
from index.sentence import sentences
from index.sources import find_sources

KINDS = ("number", "date", "name", "negation", "missing")
SHARE = 0.2  # of the sentences of a document that are changed in a copy, at the most
SURE = 0.5  # confidence of the beads that are changed
_TOLD_BY = {"missing": ("missing", "length"), "number": ("number", "date"), "date": ("date", "number")}


@dataclass(slots=True)
class Tally:
    """How many of how many."""

    hits: int = 0
    total: int = 0

    def count(self, *, hit: bool) -> None:
        """Enter one more."""
        self.hits += hit
        self.total += 1

    def __str__(self) -> str:
        low, high = wilson(self.hits, self.total)
        return f"{self.hits:>4} of {self.total:<5} {self.hits / max(1, self.total):.3f}  [{low:.3f}, {high:.3f}]"


@dataclass(slots=True)
class Findings:
    """Planted departures found, and untouched sentences flagged, each by kind; "any" is all kinds together."""

    found: dict[str, Tally] = field(default_factory=lambda: {kind: Tally() for kind in KINDS})
    false: dict[str, Tally] = field(default_factory=lambda: {kind: Tally() for kind in (*KINDS, "length", "any")})


@dataclass(frozen=True, slots=True)
class Edit:
    """A changed English sentence: which of the document's, what it says now, and the Russian that it faced."""

    sentence: int
    now: str
    faced: Span


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print a line for each kind, and write the figures to --out if asked."""
    parser = argparse.ArgumentParser(prog="python -m eval.departures", description=__doc__)
    parser.add_argument("archive", type=Path, help="a folder of records with both texts")
    parser.add_argument("--seed", type=int, default=0, help="of the choice of sentences and changes (0)")
    parser.add_argument("--out", type=Path, help="write the figures to this file as JSON")
    options = parser.parse_args(arguments)
    findings = measure(options.archive, options.seed)
    lines = [f"planted {kind:<9} found    {tally}" for kind, tally in findings.found.items()]
    lines += [f"untouched, {kind:<9} told {tally}" for kind, tally in findings.false.items()]
    sys.stdout.write("\n".join(lines) + "\n")
    if options.out:
        options.out.write_text(json.dumps(asdict(findings), indent=1) + "\n", "utf-8")


def measure(archive: Path, seed: int = 0) -> Findings:
    """The figures for all records in a folder.

    Raises: ArchiveError if it holds no record that can be read.
    """
    settings = EmbedderSettings()
    model = open_embedder(settings, download=True)
    aligner = Aligner(model, describe(model, settings).scale)
    findings = Findings()
    plan = plan_update(find_sources([archive]), [])
    for document in Intake(plan.staying).documents(plan.fresh, lambda done, total: None):
        if len(document.languages) == len(LANGUAGES):
            _measure(document, aligner, random.Random(f"{seed}/{document.id}"), findings)  # noqa: S311 - no secret
    return findings


class Aligner:
    """Aligns texts sentence by sentence; a sentence is embedded once."""

    def __init__(self, model: Embedder, scale: Scale) -> None:
        self._model = model
        self._scale = scale
        self._known: dict[str, Vectors] = {}

    def beads(self, sides: Mapping[Language, Sequence[str]]) -> tuple[dict[Language, str], tuple[SentenceBead, ...]]:
        """The two texts, their sentences a line each, and their beads."""
        new = [s for side in sides.values() for s in side if s not in self._known]
        self._known |= dict(zip(new, self._model.passages(new), strict=True)) if new else {}
        spans = {x: places(sides[x]) for x in LANGUAGES}
        left, right = (
            Units([len(s) for s in sides[x]], np.stack([self._known[s] for s in sides[x]]), [0]) for x in LANGUAGES
        )
        found = []
        for bead in align(left, right, self._scale):
            held = {x: spans[x][slice(*part)] for x, part in zip(LANGUAGES, (bead.left, bead.right), strict=True)}
            found.append(SentenceBead({x: covering(part) for x, part in held.items() if part}, bead.confidence))
        return {x: "\n".join(sides[x]) for x in LANGUAGES}, tuple(found)


def places(side: Sequence[str]) -> list[Span]:
    """Where sentences stand in a text that has a line for each."""
    found, at = [], 0
    for sentence in side:
        found.append(Span(at, at + len(sentence)))
        at += len(sentence) + 1
    return found


def _measure(document: Document, aligner: Aligner, rng: random.Random, findings: Findings) -> None:
    sides: dict[Language, Sequence[str]] = {
        x: [" ".join(s.of(t).split()) for s in sentences(t)] for x, t in document.texts.items()
    }
    texts, beads = aligner.beads(sides)
    before = departures(texts, beads)
    for bead in beads:
        told = {d.kind for d in before if _lies_in(d, bead.spans)}
        for kind, tally in findings.false.items():
            tally.count(hit=kind in told or (kind == "any" and bool(told)))
    for kind in KINDS:
        edits = _edits(kind, sides["en"], texts, [b for b in beads if _clean(b, before)], rng)
        changed = {edit.sentence: edit.now for edit in edits}
        english = [changed.get(n, sentence) for n, sentence in enumerate(sides["en"])]
        kept = [n for n, sentence in enumerate(english) if sentence]
        copy: dict[Language, Sequence[str]] = {"ru": sides["ru"], "en": [english[n] for n in kept]}
        after = departures(*aligner.beads(copy))
        stands = dict(zip(kept, places(copy["en"]), strict=True))
        for edit in edits:
            where: dict[Language, Span] = {"ru": edit.faced}
            where |= {"en": stands[edit.sentence]} if edit.sentence in stands else {}
            hit = any(_lies_in(d, where) for d in after if d.kind in _TOLD_BY.get(kind, (kind,)))
            findings.found[kind].count(hit=hit)


def _clean(bead: SentenceBead, before: Sequence[Departure]) -> bool:
    return len(bead.spans) == 2 and bead.confidence >= SURE and not any(_lies_in(d, bead.spans) for d in before)


def _lies_in(departure: Departure, spans: Mapping[Language, Span]) -> bool:
    return any(x in spans and spans[x].meets(span) for x, span in departure.spans.items())


def _edits(
    kind: str, english: Sequence[str], texts: Mapping[Language, str], beads: Sequence[SentenceBead], rng: random.Random
) -> list[Edit]:
    """Changes of one kind to some of the sentences, no two of them neighbours."""
    at = {span: n for n, span in enumerate(places(english))}
    possible = []
    for bead in beads:
        number = at.get(bead.spans["en"])  # None if the bead holds several sentences
        now = None if number is None else changed(kind, english[number], bead.spans["ru"].of(texts["ru"]), rng)
        if number is not None and now is not None:
            possible.append(Edit(number, now, bead.spans["ru"]))
    chosen: list[Edit] = []
    for edit in rng.sample(possible, len(possible)):
        apart = all(abs(edit.sentence - other.sentence) > 1 for other in chosen)
        if apart and len(chosen) < max(1, round(SHARE * len(english))):
            chosen.append(edit)
    return chosen


if __name__ == "__main__":
    main()
