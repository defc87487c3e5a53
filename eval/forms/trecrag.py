"""TREC RAG: answers as sentences with the segments that they cite, as of 2024 and 2025; and Delo's in this form.

A citation is the place of a reference in the list, from 0, or the reference itself.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from eval.answers import AnswerSentence, Cited, GivenAnswer
from eval.forms import members
from eval.forms.plain import language_of
from eval.forms.prose import sentence
from index.archives import ArchiveTable


def knows(record: Mapping[str, Any]) -> bool:
    """Whether a record is of this form."""
    return isinstance(record.get("answer"), list) and "references" in record


def answer(record: Mapping[str, Any], id_: str, archives: ArchiveTable | None = None) -> GivenAnswer:
    """The answer in it. Raises: KeyError, TypeError, ValueError."""
    about = record.get("metadata") or {}
    if not isinstance(about, Mapping):
        raise TypeError(f"metadata is {about!r}, no object")
    told = {**record, **about}
    sources = members.sources(members.items(record, "references"))
    ids = [source.id for source in sources]
    sentences = tuple(_sentence(plain, ids, archives) for plain in record["answer"])
    return GivenAnswer(
        id=members.identity(told, id_, "narrative_id", "topic_id", "qid", "id"),
        question=members.text({"question": "", **told}, "narrative", "topic", "title", "question"),
        language=language_of(told, " ".join(s.text for s in sentences)),
        sentences=sentences,
        sources=sources,
    )


def _sentence(plain: object, ids: Sequence[str], archives: ArchiveTable | None) -> AnswerSentence:
    if not isinstance(plain, Mapping):
        raise TypeError(f"a sentence is {plain!r}, no object with a text")
    found = sentence(members.text(plain, "text"), (), archives)
    inline = tuple(cited for cited in found.citations if cited.references)
    named = tuple(_cited(value, ids) for value in members.items(plain, "citations"))
    return AnswerSentence(text=found.text, quotations=found.quotations, citations=named + inline)


def _cited(value: object, ids: Sequence[str]) -> Cited:
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise TypeError(f"a citation is {value!r}, neither the place of a reference nor its id")
    if isinstance(value, int):
        return Cited(text=f"[{value}]", source=ids[value] if 0 <= value < len(ids) else None)
    return Cited(text=value, source=value)


def line(record: Mapping[str, Any], run: str, number: str | None = None) -> dict[str, Any]:
    """A record of Delo, `delo.answer/1`, in the form of 2025; `run` names the run, `number` the topic."""
    from eval.forms.delo import statement_text

    cited = [[c["document_id"] for c in statement["citations"]] for statement in record["statements"]]
    references = list(dict.fromkeys(id_ for ids in cited for id_ in ids))
    return {
        "metadata": {"run_id": run, "narrative_id": number or record.get("id"), "narrative": record["question"]},
        "references": references,
        "answer": [
            {"text": statement_text(statement)[0], "citations": [references.index(id_) for id_ in dict.fromkeys(ids)]}
            for statement, ids in zip(record["statements"], cited, strict=True)
        ],
    }
