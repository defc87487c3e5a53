"""What an answer decided: to answer, to refuse, or to do both by halves."""

from typing import Literal

from eval.runs import Outcome

Decision = Literal["answered", "partial", "refused", "error"]


def decision(outcome: Outcome) -> Decision:
    """What came of a question.

    "partial": it says that there is no answer, and goes on to state something with a citation; it is neither the one
    nor the other. A record that states nothing is a refusal.
    """
    if outcome.error is not None or outcome.answer is None:
        return "error"
    judgement = outcome.judgement
    refused = judgement.refused if judgement else bool(outcome.answer["abstained"])
    if not refused:
        return "answered"
    stated = judgement.sentences if judgement else ()
    return "partial" if any(sentence.worthy and sentence.citations for sentence in stated) else "refused"


def cites(outcome: Outcome) -> bool:
    """Whether an answer has at least one citation, whatever that is worth."""
    if outcome.answer is None:
        return False
    if outcome.judgement:
        return any(sentence.citations for sentence in outcome.judgement.sentences)
    return any(statement["citations"] for statement in outcome.answer["statements"])
