"""RAGAS: samples of a single turn, with the names of members of all its versions; and Delo's answers in this form."""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from eval.answers import GivenAnswer, Source
from eval.forms import members
from eval.forms.plain import language_of
from eval.forms.prose import prose
from index.archives import ArchiveTable


def knows(record: Mapping[str, Any]) -> bool:
    """Whether a record is of this form."""
    return "user_input" in record or "response" in record or ("question" in record and "contexts" in record)


def answer(record: Mapping[str, Any], id_: str, archives: ArchiveTable | None = None) -> GivenAnswer:
    """The answer in it. Raises: KeyError, TypeError, ValueError."""
    words, sources = members.text(record, "response", "answer"), _sources(record)
    return GivenAnswer(
        id=members.identity(record, id_, "id", "sample_id"),
        question=members.text(record, "user_input", "question"),
        language=language_of(record, words),
        sentences=prose(words, [source.id for source in sources], archives),
        sources=sources,
    )


def _sources(record: Mapping[str, Any]) -> tuple[Source, ...]:
    """The contexts, by their ids if they have some; ids alone name sources that did not come along."""
    contexts = members.items(record, "retrieved_contexts", "contexts")
    ids = [str(id_) for id_ in members.items(record, "retrieved_context_ids")]
    if ids and contexts and len(ids) != len(contexts):
        raise ValueError(f"it has {len(contexts)} contexts and {len(ids)} ids of contexts")
    if not contexts:
        return members.sources(list(dict.fromkeys(ids)))
    if wrong := [context for context in contexts if not isinstance(context, str)]:
        raise TypeError(f"a context is {wrong[0]!r}, no text")
    named = ids or [f"context {number}" for number in range(1, len(contexts) + 1)]
    joined: dict[str, str] = {}
    for name, context in zip(named, contexts, strict=True):  # several passages of one document have its id
        joined[name] = f"{joined[name]}\n\n{context}" if name in joined else context
    return tuple(Source(id=name, texts={"": unicodedata.normalize("NFC", text)}) for name, text in joined.items())


def sample(record: Mapping[str, Any], contexts: Sequence[tuple[str, str]] = (), reference: str = "") -> dict[str, Any]:
    """A record of Delo, `delo.answer/1`, as a `SingleTurnSample`.

    `contexts` are the ids and texts of the passages that were found; without them, the words quoted stand there, with
    what faces them in the other language. `reference` is the answer that is known to be right.
    """
    quoted = [c for statement in record["statements"] for c in statement["citations"]]
    told = list(contexts) or [(c["document_id"], words) for c in quoted for words in _words(c)]
    plain: dict[str, Any] = {
        "user_input": record["question"],
        "response": response(record),
        "retrieved_contexts": [text for _, text in told],
        "retrieved_context_ids": [id_ for id_, _ in told],
    }
    return plain | ({"reference": reference} if reference else {})


def _words(citation: Mapping[str, Any]) -> list[str]:
    parallel = citation.get("parallel")
    return [citation["words"], *([parallel["words"]] if parallel else [])]


def response(record: Mapping[str, Any]) -> str:
    """A record's answer as one text: each statement, what it quotes, and where that stands; or why there is none."""
    from eval.forms.delo import cited, statement_text

    told = []
    for statement in record["statements"]:
        places = "; ".join(dict.fromkeys(cited(citation).text for citation in statement["citations"]))
        told.append(f"{statement_text(statement)[0]} ({places}).")
    return " ".join(told) or str(record.get("reason") or "")
