"""From what a user names to a checker: by rules alone, or with a model for what the rules leave undecided."""

from pathlib import Path

from eval.support import Cascade, SupportScorer


def open_checker(
    nli: str | None = None, llm: str | None = None, url: str | None = None, cache: Path | None = None
) -> SupportScorer:
    """The checker by rules, then the model of entailment `nli` and the language model `llm`, as far as they are named.

    `nli` is a sentence-transformers cross-encoder by its folder or name; one that is not on this machine is fetched
    from the hub. `llm` is "openai:MODEL" at the address `url`; what it says is recorded in `cache` and read from there.

    Raises: ModelError if a model cannot be loaded or used; RunError if `cache` cannot be read.
    """
    from eval.rules import RuleChecker

    return with_models(RuleChecker(), nli, llm, url, cache)


def with_models(
    first: SupportScorer,
    nli: str | None = None,
    llm: str | None = None,
    url: str | None = None,
    cache: Path | None = None,
) -> SupportScorer:
    """`first`, and for what it leaves undecided the models that are named; see open_checker."""
    checker = first
    if nli:
        checker = Cascade(checker, _entailment(nli))
    if llm:
        checker = Cascade(checker, _judge(llm, url, cache))
    return checker


def _entailment(name: str) -> SupportScorer:
    from eval.nli import EntailmentChecker
    from index.crossencoder import EntailmentModel

    return EntailmentChecker(EntailmentModel(name, download=True), name)


def _judge(name: str, url: str | None, cache: Path | None) -> SupportScorer:
    from eval.llmjudge import ModelJudge
    from eval.recordings import Recordings
    from rag.llm import open_model

    return ModelJudge(open_model(name, url), recordings=Recordings(cache, name) if cache else None)
