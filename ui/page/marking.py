"""What a reader may say of an answer: that it is right, or what is wrong with it; pure.

`ui/static/judging.js` sends it; `ui/server/judging.py` keeps it. The buttons say nothing of the answer but where its
quotations stand: the server reads the words in its own documents.
"""

from collections.abc import Sequence
from html import escape

from rag.answer import Answer
from ui.messages import judge
from ui.page.frame import said
from ui.page.links import place_address

_OF_ANSWER = ("otherwise", "unanswerable", "beside")
_OF_REFUSAL = ("answerable",)


def marking_html(answer: Answer) -> str:
    """Buttons that say so, and a line that tells that it was kept."""
    right, wrong = ("rightly refused", _OF_REFUSAL) if answer.abstained else ("right", _OF_ANSWER)
    cited = [place_address(citation) for statement in answer.statements for citation in statement.citations]
    question = answer.question.text.encode("utf-8", "replace").decode()
    about = (
        f'data-question="{escape(question)}" data-language="{answer.question.language}" '
        f'data-places="{escape(" ".join(dict.fromkeys(cited)))}"'
    )
    link = f'<a href="/judge#cases" data-room="judge">{said(judge.TITLE)}</a>'
    return (
        f'<div class="delo marking" {about}><p class="asks">{said(judge.MARK)}</p>'
        f'<button type="button" data-mark="{right}" aria-pressed="false">{said(judge.RIGHT)}</button>{_wrong(wrong)}'
        f'<p class="marked" role="status"></p><p class="kept" hidden>{said(judge.KEPT)} {link}</p>'
        f'<p class="unkept" hidden>{said(judge.NOT_KEPT)}</p></div>'
    )


def _wrong(verdicts: Sequence[str]) -> str:
    buttons = "".join(
        f'<li><button type="button" data-mark="{verdict}" aria-pressed="false">{said(judge.WHAT_IS_WRONG[verdict])}'
        "</button></li>"
        for verdict in verdicts
    )
    return f"<details><summary>{said(judge.WRONG)}</summary><ul>{buttons}</ul></details>"
