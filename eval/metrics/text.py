"""What the reader of an answer sees, taken from its record `delo.answer/1`."""

from collections.abc import Iterator, Mapping
from typing import Any

Record = Mapping[str, Any]


def answer_text(record: Record) -> str:
    """Statements, the words quoted and what faces them in the other language, a line each, none twice.

    An answer is held to be as good in the one language as in the other, since both are shown.
    """
    return "\n".join(dict.fromkeys(_lines(record, facing=True)))


def told_text(record: Record) -> str:
    """Statements and the words quoted, without what faces them: what the answer itself chose to say."""
    return "\n".join(dict.fromkeys(_lines(record, facing=False)))


def own_words(record: Record) -> list[str]:
    """The statements without the words that they quote: what the answer says in words of its own."""
    own = []
    for statement in record["statements"]:
        text = statement["text"]
        for citation in statement["citations"]:
            text = text.replace(citation["words"], " ")
        own += [text.strip()] if text.strip() else []
    return own


def _lines(record: Record, *, facing: bool) -> Iterator[str]:
    for statement in record["statements"]:
        yield statement["text"]
        for citation in statement["citations"]:
            yield citation["words"]
            if facing and citation["parallel"]:
                yield citation["parallel"]["words"]
