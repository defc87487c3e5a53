"""What a language model wrote: whether it says more than it cites, and how often nothing of it is left.

Of runs without a language model nothing of this is told.
"""

from collections.abc import Mapping
from typing import Any

from eval.flags import Near, missing
from eval.metrics.card import card, counted
from eval.metrics.text import Record
from eval.score import Score, none, of
from eval.sourcetext import source_text
from eval.support import Flag
from eval.tongue import tongue
from index.document import Span

TO_WRITE = "to_write"  # member of an answer's record in a run: the language model that was to write it
_COUNTED = ("number", "date", "name")


def model_unborne(record: Record, catalogued: Mapping[str, str]) -> Score:
    """Share of a language model's sentences with a number, date or name that nothing they cite has.

    `catalogued` is what the catalogue says of each document: its title and date.

    Formula: stated sentences of the model with a particular that is neither in the words cited, nor in what faces them,
        nor in the title or date of their documents / all stated sentences of the model.
    Range: 0 to 1, lower is better.
    Source: Delo.
    """
    unborne = [_unborne(statement, catalogued) for statement in _stated(record)]
    return counted(
        unborne, bool, of="sentences of the model", what="say more than they cite", words=lambda flags: flags[0].reason
    )


def _unborne(statement: Mapping[str, Any], catalogued: Mapping[str, str]) -> list[Flag]:
    """What a sentence says that nothing it cites has."""
    texts = [catalogued.get(citation["document_id"], "") for citation in statement["citations"]]
    for citation in statement["citations"]:
        texts += [citation["words"], *([citation["parallel"]["words"]] if citation["parallel"] else [])]
    near = [Near(source_text(text), Span(0, len(text))) for text in dict.fromkeys(texts) if text.strip()]
    language = tongue(statement["text"]).language
    if language is None:
        return []
    return [flag for flag in missing(language, statement["text"], near) if flag.kind in _COUNTED]


def model_withheld(record: Record) -> Score:
    """Share of a language model's sentences that were withheld.

    Formula: withheld sentences of the model / all its sentences.
    Range: 0 to 1, lower is better.
    Source: Delo.
    """
    said = [False] * len(_stated(record)) + [True for one in record["withheld"] if one["voice"] == "model"]
    return counted(said, bool, of="sentences of the model", what="withheld")


def documents_alone(record: Record) -> Score:
    """Share of answers that a language model was to write and that the documents gave alone.

    Formula: 1 if nothing that it wrote is stated, else 0; of questions that it was asked.
    Range: 0 to 1, lower is better.
    Source: Delo.
    """
    if record["model"] is None and not record["remarks"]:
        return none("the model was not asked")
    alone = not _stated(record)
    return of(float(alone), "; ".join(record["remarks"]) or ("the documents alone" if alone else "the model wrote"))


def _stated(record: Record) -> list[Mapping[str, Any]]:
    return [statement for statement in record["statements"] if statement["voice"] == "model"]


def scores(record: Record | None, catalogued: Mapping[str, str]) -> dict[str, Score]:
    """All scores of an answer that a language model was to write; none of another."""
    if record is None or TO_WRITE not in record:
        return {}
    return {
        "model_unborne": model_unborne(record, catalogued),
        "model_withheld": model_withheld(record),
        "documents_alone": documents_alone(record),
    }


CARDS = (
    card("model_unborne", model_unborne),
    card("model_withheld", model_withheld),
    card("documents_alone", documents_alone),
)
