"""Measures speed and memory, in one run, and prints them beside what is aimed at: `python -m eval.speed`.

What depends on the machine is given as a ratio of two times of the same run where that is possible. Nothing here
fails: the figures are to be read.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from eval.babble import write_babble
from eval.cases import read_cases
from eval.checkers import open_checker
from eval.connect import open_scorer
from eval.results import results_of
from eval.run import Plan, run
from eval.scoring import score
from eval.synthetic import write_archive, write_catalogue, write_questions
from eval.table import Scored
from index.build import update
from index.document import Document
from index.embed import open_embedder
from index.model import EmbedderSettings
from index.store import Index
from index.units import units_of
from rag.pipeline import Pipeline
from rag.question import Question

SAMPLE = Path(__file__).parent.parent / "index" / "sample" / "archive"
QUESTIONS = (
    "Why did Moscow reject an attack on the South?",
    "Почему Москва считала наступление на юг недопустимым?",
)
_OUTSIDE = "Who won the 1966 World Cup?"
_BUILD = """
import resource, sys
from pathlib import Path
from index.build import update
update(Path(sys.argv[1]), [Path(sys.argv[2])])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured thing: its value and unit, and the most that is aimed at, if anything is."""

    name: str
    value: float
    unit: str
    most: float | None = None

    def __str__(self) -> str:
        aim = "" if self.most is None else f"  (at most {self.most:g}{'' if self.value <= self.most else ': MISSED'})"
        return f"{self.name:<58} {self.value:>9.3f} {self.unit:<3}{aim}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print a line for each figure as it is known, and write them to --out if asked."""
    parser = argparse.ArgumentParser(prog="python -m eval.speed", description=__doc__)
    parser.add_argument("--documents", type=int, default=1000, help="how many made-up records to index (1000)")
    parser.add_argument(
        "--cite-documents", type=int, default=16_000, help="among how many records to look references up (16000)"
    )
    parser.add_argument(
        "--quote-sentences", type=int, default=500_000, help="among how many sentences to look quotations up (500000)"
    )
    parser.add_argument("--eval-documents", type=int, default=2000, help="how many records to evaluate on (2000)")
    parser.add_argument("--eval-questions", type=int, default=1200, help="and how many questions to ask (1200)")
    parser.add_argument("--only", choices=STAGES, help="measure one stage alone")
    parser.add_argument("--out", type=Path, help="write the figures to this file as JSON")
    options = parser.parse_args(arguments)
    figures = []
    with tempfile.TemporaryDirectory() as folder:
        for figure in measure(Path(folder), options):
            figures.append(figure)
            sys.stdout.write(f"{figure}\n")
            sys.stdout.flush()
    if options.out:
        options.out.write_text(json.dumps([asdict(figure) for figure in figures], indent=1) + "\n", "utf-8")


def measure(work: Path, options: argparse.Namespace) -> Iterator[Figure]:
    """All figures, in the order in which they are found."""
    for name, stage in STAGES.items():
        if options.only in (None, name):
            yield from stage(work, options)


def _sample(work: Path) -> Path:
    home = work / "sample"
    update(home, [SAMPLE])
    return home


def _commands(home: Path) -> Iterator[Figure]:
    """Whole processes, the fastest of five: what else runs on the machine only ever adds."""
    refusals = {
        "delo ask, no question in it": ["ask", "  ", "--index", str(home)],
        "delo ask, too long": ["ask", "why " * 5000, "--index", str(home)],
        "delo ask, in French": ["ask", "Pourquoi Moscou a-t-elle refusé ?", "--index", str(home)],
        "delo ask, no index": ["ask", QUESTIONS[0], "--index", str(home / "nowhere")],
        "delo index, no such path": ["index", str(home / "nowhere"), "--index", str(home)],
    }
    quick = {"delo --help": ["--help"], "delo status": ["status", "--index", str(home)], **refusals}
    for name, words in quick.items():
        yield Figure(name, _fastest(partial(_delo, words)), "s", 0.5)
    yield Figure("delo ask, cold", _fastest(partial(_delo, ["ask", QUESTIONS[0], "--index", str(home)])), "s", 3)


def _delo(words: list[str]) -> None:
    subprocess.run([sys.executable, "-m", "ui", *words], capture_output=True, check=False, env=os.environ)  # noqa: S603


def _fastest(work: Callable[[], object], times: int = 5) -> float:
    return min(_seconds(work) for _ in range(times))


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _warm(home: Path, times: int = 30) -> Iterator[Figure]:
    with Pipeline.open(home) as pipeline:
        for text in (*QUESTIONS, _OUTSIDE):
            question = Question.of(text)
            pipeline.ask(question)
            took = [_seconds(partial(pipeline.ask, question)) * 1000 for _ in range(times)]
            yield Figure(f"ask, warm: {text[:44]}", statistics.median(took), "ms", 60)


def _citing(work: Path, documents: int, times: int = 5) -> Iterator[Figure]:
    """Look-ups by reference, whole processes, among as many records as a large archive has; nothing is embedded."""
    home = work / "catalogue"
    write_catalogue(home, documents)
    with Index.open(home) as opened:
        held = next(opened.catalogue.documents(["500000"]))
    reference, index = held.references[0].text, ["--index", str(home)]
    commands = {"REFERENCE": ["cite", reference], "ID --style ris": ["cite", held.id, "--style", "ris"]}
    for name, words in commands.items():
        seconds = _fastest(partial(_delo, [*words, *index]), times)
        yield Figure(f"delo cite {name}, cold, {documents} records", seconds, "s", 0.5)


def _quoting(work: Path, sentences: int) -> Iterator[Figure]:
    """Quotations of 30 words, as they stand and not, among as many sentences as a large archive has."""
    home = work / "babble"
    write_babble(home, sentences)
    with Pipeline.open(home) as pipeline:
        with pipeline.opened() as index:
            words = [" ".join(d.texts.values()).split() for d in index.catalogue.documents(["600001", "600002"])]
            passages = index.manifest.counts["passages"]
        yield Figure(f"search, warm, {passages} passages", _searching(pipeline, words[0]), "ms", 40)
        for name, quotation in _quotations(words).items():
            pipeline.quote(quotation)
            times = [_seconds(partial(pipeline.quote, quotation)) for _ in range(5)]
            yield Figure(f"quote, warm: {name}, {sentences} sentences", statistics.median(times), "s", 0.3)
    for name, quotation in _quotations(words).items():
        seconds = _fastest(partial(_delo, ["quote", quotation, "--index", str(home)]), 3)
        yield Figure(f"delo quote, cold: {name}", seconds, "s", 2)


def _searching(pipeline: Pipeline, words: Sequence[str]) -> float:
    """The median milliseconds of searches for eight words each, no two the same, after some that do not count."""
    questions = [Question.of(" ".join(words[n : n + 8]), keywords=True) for n in range(0, 240, 8)]
    times = [_seconds(partial(pipeline.search, question)) * 1000 for question in questions]
    return statistics.median(times[5:])


def _quotations(words: Sequence[Sequence[str]]) -> dict[str, str]:
    """A quotation of 30 words of the first text; one with five of them changed; one of two halves; one of nowhere."""
    one, two = (list(text[40:70]) for text in words)
    changed = [word if n % 6 else "otherwise" for n, word in enumerate(one)]
    return {
        "exact": " ".join(one),
        "altered": " ".join(changed),
        "stitched": " ".join((*one[:15], *two[:15])),
        "absent": " ".join(sorted((*one[:15], *two[15:]), key=str.casefold)),
    }


def _indexing(work: Path, documents: int) -> Iterator[Figure]:
    archive, home = work / "archive", work / "index"
    chars = write_archive(archive, documents)
    yield Figure(f"characters in {documents} records", chars / 1e6, "M")
    first = _seconds(lambda: update(home, [archive]))
    yield Figure("indexing them", first, "s")
    texts = _embedded_texts(home)
    model = open_embedder(EmbedderSettings())
    model.passages(["The weights are loaded before the clock starts."])
    alone = _seconds(lambda: [model.passages(batch) for batch in texts])
    yield Figure("the embedder alone, the same sentences", alone, "s")
    yield Figure("indexing / the embedder alone", first / alone, "", 1.5)
    again = _fastest(lambda: update(home, [archive]))
    yield Figure("indexing again, nothing changed", again, "s")
    yield Figure("again / first", again / first, "", 1 / 50)
    (archive / "500000.txt").unlink()
    yield Figure("one record removed", _seconds(lambda: update(home, [archive])), "s")
    with Pipeline.open(home) as pipeline:
        question = Question.of("What did Zakharov believe about Harbin?")
        pipeline.ask(question)
        yield Figure("ask, warm, in that archive", _fastest(partial(pipeline.ask, question)) * 1000, "ms", 60)


def _evaluating(work: Path, documents: int, questions: int) -> Iterator[Figure]:
    """A whole evaluation, asking, judging and reckoning, by the pipeline alone, each with nothing read before."""
    archive, home, asked = work / "evaluated", work / "evaluated-index", work / "questions.jsonl"
    write_archive(archive, documents)
    update(home, [archive])
    with Index.open(home) as opened:
        write_questions(asked, opened.catalogue.documents(), questions)
    cases = read_cases(asked)
    with Pipeline.open(home) as pipeline:
        pipeline.ask(Question.of(cases[0].question))
        alone = _seconds(lambda: [pipeline.ask(Question.of(case.question)) for case in cases])
    yield Figure(f"{len(cases)} questions to {documents} records, pipeline alone", alone, "s")
    took = {}
    with Pipeline.open(home) as pipeline:
        took["asking"] = _seconds(lambda: run(cases, pipeline, work / "run", Plan(question_set="speed")))
    with open_scorer(home, open_checker()) as scorer:
        took["judging"] = _seconds(lambda: score(work / "run", scorer))
    took["reckoning"] = _seconds(lambda: results_of(Scored.read(work / "run")))
    yield from (Figure(f"evaluating them: {name}", seconds, "s") for name, seconds in took.items())
    yield Figure("evaluation / the pipeline alone", sum(took.values()) / alone, "", 1.2)


def _embedded_texts(home: Path) -> list[list[str]]:
    """The sentences of an index, which are what is embedded, in batches as large as those it was built in."""
    batches: list[list[str]] = [[]]
    with Index.open(home) as opened:
        for document in opened.catalogue.documents():
            if sum(map(len, batches[-1])) > 200_000:
                batches.append([])
            batches[-1] += _sentences(document)
    return batches


def _sentences(document: Document) -> list[str]:
    return [unit.of(text) for language, text in document.texts.items() for unit in units_of(document, language)]


def _memory(work: Path, documents: int) -> Iterator[Figure]:
    """The most memory that indexing takes, in processes of their own, for a quarter of the records and for all."""
    peaks = []
    for count in (documents // 4, documents):
        archive = work / f"memory{count}"
        write_archive(archive, count)
        words = [sys.executable, "-c", _BUILD, str(work / f"index{count}"), str(archive)]
        done = subprocess.run(words, capture_output=True, check=True, text=True)  # noqa: S603
        peaks.append(int(done.stdout) / 1024)
        yield Figure(f"memory, indexing {count} records", peaks[-1], "MB")
    yield Figure("memory for four times as many records", peaks[1] / peaks[0], "", 1.5)


STAGES: dict[str, Callable[[Path, argparse.Namespace], Iterator[Figure]]] = {
    "commands": lambda work, options: _commands(_sample(work)),
    "asking": lambda work, options: _warm(_sample(work)),
    "citing": lambda work, options: _citing(work, options.cite_documents),
    "quoting": lambda work, options: _quoting(work, options.quote_sentences),
    "indexing": lambda work, options: _indexing(work, options.documents),
    "memory": lambda work, options: _memory(work, options.documents),
    "evaluating": lambda work, options: _evaluating(work, options.eval_documents, options.eval_questions),
}


if __name__ == "__main__":
    main()
