"""The generated support set: true sentences of an archive, and the same made false by one change of a known kind.

    python -m eval.supportset INDEX [--seed N] [--most N] [--out PAIRS.jsonl]

It is made of the documents of an index; each sentence is given as an answer with the reference of its document. The
same documents, seed and number give the same set, byte for byte. The lines of PAIRS are what checkers of support are
measured on: `id, dataset, split, lang, granularity, claim, source, label, edit`, and `crossed` if the source has the
other language only. Changes of a citation alone are not among them, for there the sentence itself is true.
"""

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, get_args

from eval.answers import GivenAnswer
from eval.controls import framed, reordered, respelt
from eval.edits import PEOPLE, PLACES, counted, negated, redated, renamed, requantified, reworded
from eval.forged import forged
from eval.phrased import Claim, answer, other_delo, other_leaves, quoting
from eval.truths import Archive, Truth, read_archive
from index.document import LANGUAGES, Language, other
from index.store import Index

Edit = Literal[
    "number", "date", "name", "negation", "quantifier", "quoted word", "leaf", "delo", "forged", "other document"
]
Control = Literal["copied", "quotation", "translation", "framed", "reordered", "respelt"]
EDITS: tuple[Edit, ...] = get_args(Edit)
CONTROLS: tuple[Control, ...] = get_args(Control)
GATED: tuple[Edit, ...] = ("number", "date", "name", "quoted word", "leaf", "delo", "forged")
OF_CITATIONS: tuple[Edit, ...] = ("leaf", "delo")
MOST = 60  # examples of a kind and language
_CROSSED = 3  # every third example of a kind that can be is held against the other language's text alone
_MAY_CROSS = ("number", "date", "name", "negation", "quantifier")
_MARKS = frozenset('“”«»"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A claim, how it was made of a true sentence, and whether it is still true.

    `crossed`: whether it is to be held against the other language's text alone.
    """

    kind: Edit | Control
    true: bool
    crossed: bool
    claim: Claim
    answer: GivenAnswer

    @property
    def id(self) -> str:
        """Its name, as good as it is for the same documents, seed and number."""
        return self.answer.id


_Maker = Callable[[Archive, Language, random.Random], Iterator[tuple[Truth, Claim]]]


def support_set(archive: Archive, *, seed: int = 0, most: int = MOST) -> tuple[Example, ...]:
    """At most `most` examples of every kind and language, drawn by `seed`."""
    found: list[Example] = []
    for kind in (*CONTROLS, *EDITS):
        for language in LANGUAGES:
            rng = random.Random(f"{seed}/{kind}/{language}")  # noqa: S311 - the same set at every run
            made = _MAKERS[kind](archive, language, rng)
            drawn = list(
                {(claim.text, claim.document.id, claim.reference): (truth, claim) for truth, claim in made}.values()
            )
            for number, (truth, claim) in enumerate(rng.sample(drawn, min(most, len(drawn))), 1):
                crossed = kind in _MAY_CROSS and truth.facing is not None and number % _CROSSED == 0
                found.append(
                    _example(f"{kind.replace(' ', '-')}-{language}-{number:03d}", kind, claim, crossed=crossed)
                )
    return tuple(found)


def _example(id_: str, kind: Edit | Control, claim: Claim, *, crossed: bool) -> Example:
    if crossed:
        claim = replace(claim, against=(other(claim.language),))
    return Example(
        kind=kind,
        true=kind in CONTROLS,
        crossed=claim.language not in claim.against,
        claim=claim,
        answer=answer(id_, claim),
    )


def pairs(examples: Sequence[Example]) -> Iterator[dict[str, Any]]:
    """The examples as labelled pairs of a sentence and its sources, without those that change the citation alone."""
    for example in examples:
        if example.kind not in OF_CITATIONS:
            yield {
                "id": example.id,
                "dataset": "delo",
                "split": "generated",
                "lang": example.claim.language,
                "granularity": "sentence",
                "claim": example.claim.text,
                "source": list(example.answer.sources[0].texts.values()),
                "label": "supported" if example.true else "unsupported",
                "edit": example.kind,
                "crossed": example.crossed,
            }


def _claim(truth: Truth, text: str) -> Claim:
    return Claim(text=text, language=truth.language, document=truth.document, against=truth.document.languages)


def _each(change: Callable[[Truth, Archive, random.Random], Iterator[str]]) -> _Maker:
    """Claims that are the sentences of the archive with a change."""

    def made(archive: Archive, language: Language, rng: random.Random) -> Iterator[tuple[Truth, Claim]]:
        for truth in archive.of(language):
            yield from ((truth, _claim(truth, text)) for text in change(truth, archive, rng))

    return made


def _each_quoted(change: Callable[[Truth, Archive, random.Random], Iterator[str]]) -> _Maker:
    """Claims that quote the sentences of the archive, with a change."""

    def made(archive: Archive, language: Language, rng: random.Random) -> Iterator[tuple[Truth, Claim]]:
        for truth in archive.of(language):
            for words in change(truth, archive, rng) if not _MARKS & set(truth.text) else ():
                yield truth, replace(_claim(truth, quoting(language, words)), quoted=words.removesuffix("."))

    return made


def _name(truth: Truth, archive: Archive, rng: random.Random) -> Iterator[str]:
    if truth.facing is not None:
        texts: Mapping[Language, str] = {truth.language: truth.text, other(truth.language): truth.facing}
        yield from renamed(truth.language, texts, rng, PEOPLE, PLACES)


def _other_word(truth: Truth, archive: Archive, rng: random.Random) -> Iterator[str]:
    vocabulary = sorted({w for w in truth.document.texts[truth.language].split() if w.isalpha() and w.islower()})
    options = list(reworded(truth.text, [w for w in vocabulary if len(w) >= 5], rng))
    yield from rng.sample(options, min(1, len(options)))


def _translated(archive: Archive, language: Language, rng: random.Random) -> Iterator[tuple[Truth, Claim]]:
    """Claims that are sentences, to be held against the text that they are a translation, or the original, of."""
    for truth in archive.of(language):
        if truth.facing is not None:
            yield truth, replace(_claim(truth, truth.text), against=(other(language),))


def _misplaced(change: Callable[[Claim, Archive, random.Random], str | None]) -> _Maker:
    """True claims with another reference."""

    def made(archive: Archive, language: Language, rng: random.Random) -> Iterator[tuple[Truth, Claim]]:
        for quoted, truth in enumerate(archive.of(language)):
            claim = _claim(truth, truth.text)
            if quoted % 2 and not _MARKS & set(truth.text):
                claim = replace(claim, text=quoting(language, truth.text), quoted=truth.text.removesuffix("."))
            if (reference := change(claim, archive, rng)) is not None:
                yield truth, replace(claim, reference=reference)

    return made


def _delo(claim: Claim, archive: Archive, rng: random.Random) -> str | None:
    held = [reference for document in archive.documents for reference in document.references]
    return other_delo(claim.document.references[0], held, rng)


def _forged(archive: Archive, language: Language, rng: random.Random) -> Iterator[tuple[Truth, Claim]]:
    truths = archive.of(language)
    for words in forged(language):
        truth = rng.choice(truths)
        yield truth, replace(_claim(truth, quoting(language, words)), quoted=words.removesuffix("."))


def _elsewhere(archive: Archive, language: Language, rng: random.Random) -> Iterator[tuple[Truth, Claim]]:
    """Sentences given as what another document says."""
    for truth in archive.of(language):
        there = [d for d in archive.documents if language in d.texts and truth.text not in d.texts[language]]
        if there:
            document = rng.choice(there)
            yield truth, replace(_claim(truth, truth.text), document=document, against=document.languages)


_MAKERS: Mapping[Edit | Control, _Maker] = {
    "copied": _each(lambda truth, _, rng: iter([truth.text])),
    "quotation": _each_quoted(lambda truth, _, rng: iter([truth.text])),
    "translation": _translated,
    "framed": _each(lambda truth, archive, rng: framed(truth.language, truth.text, archive.small[truth.language])),
    "reordered": _each(lambda t, archive, rng: reordered(t.language, t.text, archive.small[t.language])),
    "respelt": _each(lambda truth, _, rng: respelt(truth.language, truth.text)),
    "number": _each(lambda truth, _, rng: counted("number", truth.text, rng, truth.language)),
    "date": _each(lambda truth, _, rng: redated(truth.language, truth.text, rng)),
    "name": _each(_name),
    "negation": _each(lambda truth, _, rng: negated(truth.language, truth.text)),
    "quantifier": _each(lambda truth, _, rng: requantified(truth.language, truth.text)),
    "quoted word": _each_quoted(_other_word),
    "leaf": _misplaced(lambda claim, _, rng: other_leaves(claim.document.references[0], rng)),
    "delo": _misplaced(_delo),
    "forged": _forged,
    "other document": _elsewhere,
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Tell how many examples of each kind and language there are, and write the pairs to --out if asked."""
    parser = argparse.ArgumentParser(prog="python -m eval.supportset", description=__doc__)
    parser.add_argument("index", type=Path, help="the folder of an index")
    parser.add_argument("--seed", type=int, default=0, help="of what is drawn (0)")
    parser.add_argument("--most", type=int, default=MOST, help=f"examples of a kind and language ({MOST})")
    parser.add_argument("--out", type=Path, help="write the pairs to this file, a line of JSON each")
    options = parser.parse_args(arguments)
    with Index.open(options.index) as index:
        examples = support_set(read_archive(index), seed=options.seed, most=options.most)
    counts = Counter((example.kind, example.claim.language) for example in examples)
    lines = (f"{kind:<15}" + "".join(f"{x} {counts[kind, x]:>4}   " for x in LANGUAGES) for kind in _MAKERS)
    sys.stdout.write("\n".join(line.rstrip() for line in lines) + "\n")
    if options.out:
        written = (json.dumps(pair, ensure_ascii=False) + "\n" for pair in pairs(examples))
        options.out.write_text("".join(written), encoding="utf-8")


if __name__ == "__main__":
    main()
