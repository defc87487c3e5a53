"""Answers as HTML, whole or while they are made; pure."""

from collections.abc import Collection, Iterator, Sequence
from urllib.parse import quote

from index.document import LANGUAGES, Language
from rag.answer import Answer, Citation, Parallel, Statement, Withheld
from rag.phrases import confidence_words
from rag.question import script
from rag.sought import sought
from rag.talk.limits import Limit
from ui import messages
from ui.messages import Words
from ui.messages.answers import FOLDED
from ui.page.abstaining import abstention
from ui.page.cards import (
    Setting,
    card_html,
    number_html,
)
from ui.page.copying import choice_html
from ui.page.frame import capital, escaped, said
from ui.page.links import opening
from ui.page.marking import marking_html
from ui.page.numbering import Numbering, pointed
from ui.page.texts import plainly

ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#86301f"/>'
    '<text x="16" y="22" font-family="serif" font-size="21" text-anchor="middle" fill="#fffdf8">Д</text></svg>'
)

_SHOWN_OF_QUESTION = 400  # characters; the rest of a longer one, which is refused anyway, would fill the page


def question_html(text: str, language: Language) -> str:
    """A question as it was asked; a very long one is cut, and its length told."""
    shown = text.strip()
    if len(shown) > _SHOWN_OF_QUESTION:
        more = f"<em>({said(messages.LONG, len(shown))})</em>"
        return f'<p class="delo asked" lang="{language}">{escaped(shown[:_SHOWN_OF_QUESTION])} … {more}</p>'
    return f'<p class="delo asked" lang="{language}">{escaped(shown)}</p>'


def waiting_html() -> str:
    """What stands in the place of an answer until there is one."""
    return f'<p class="delo waiting">{said(messages.SEARCHING)}</p>'


def refusal_html(reason: str, language: Language, head: Words = messages.REFUSED, russian: str = "") -> str:
    """Why there is no answer, where a question cannot be asked or something is wrong with the archive.

    The reason is in English, and in Russian if that is given.
    """
    reasons: Words = {"en": capital(reason), "ru": capital(russian)}
    why = f"<p>{plainly(reasons)}</p>" if russian else f'<p lang="en">{escaped(reasons["en"])}</p>'
    return f'<div class="delo refusal" lang="{language}"><h2>{said(head)}</h2>{why}</div>'


def understood_html(text: str, language: Language) -> str:
    """How a question was understood from the conversation before it."""
    return f'<p class="delo understood">{said(messages.UNDERSTOOD)}: <q lang="{language}">{escaped(text)}</q></p>'


def broken_off_html() -> str:
    """That nothing more comes of an answer."""
    return f'<p class="delo broken">{said(messages.BROKEN_OFF)}</p>'


def folded_html() -> str:
    """What stands in the place of an answer that is no longer shown, for many have come after it."""
    return f'<p class="delo folded">{said(FOLDED)}</p>'


def answer_html(answer: Answer, key: str = "1", searched: str = "") -> str:
    """An answer: numbered quotations, both texts of each side by side; or why there is none.

    `key` tells its ids from those of other answers on the same page; `searched` is markup that tells what was.
    """
    setting = Setting(answer.question.language, key, sought(answer.question))
    language = setting.language
    parts = [*map(remark_html, answer.remarks)]
    if answer.abstained:
        parts += abstention(answer, setting, searched)
    else:
        parts += [choice_html()]
        parts += [byline_html(answer.model)] if answer.model else []
        parts += _statements(answer.statements, setting)
    sure = confidence_words(answer.confidence, language, abstained=answer.abstained)
    parts.append(f'<p class="aside">{escaped(sure)}</p>')
    if answer.withheld:
        parts.append(_withheld(answer.withheld, language))
    return f'<div class="delo answer" lang="{language}">{"".join(parts)}{marking_html(answer)}</div>'


def kept_html(address: str) -> str:
    """Under which address a record of an answer was kept."""
    link = opening(f"/record/{quote(address, safe='')}", escaped(address))
    return f'<p class="delo kept">{said(messages.KEPT)} {link}</p>'


def unkept_html(reason: str) -> str:
    """Why no record of an answer was kept."""
    return f'<p class="delo kept" lang="en">{escaped(capital(reason))}</p>'


def remark_html(text: str) -> str:
    """A line about how an answer came about."""
    return f'<p class="remark">{escaped(capital(text))}</p>'


def byline_html(model: str) -> str:
    """Who wrote the words between the quotations."""
    name = f"<b>{escaped(model)}</b>"
    told = "".join(
        f'<span class="said" lang="{x}">{escaped(words).format(name)}</span>'
        for x, words in messages.WRITTEN_BY.items()
    )
    return f'<p class="byline">{told}</p>'


def _statements(statements: Sequence[Statement], setting: Setting) -> Iterator[str]:
    numbering, told = Numbering(), ""
    for statement in statements:
        yield statement_html(statement, numbering, setting, told=told)
        told = statement.text


def statement_html(statement: Statement, numbering: Numbering, setting: Setting, *, told: str = "") -> str:
    """A sentence, and beside it the cards it rests on; its own words are left out if they have just been `told`.

    What a model points at a second time is not shown a second time: its number leads back to it.
    """
    numbers, new = numbering.of(statement.citations)
    if statement.voice == "model":
        words = prose_html(statement.text, statement.at, numbers, setting, new=[number for number, _ in new])
        return beside_html(words, "".join(card_html(number, citation, setting) for number, citation in new))
    head = "" if statement.text == told else f'<p class="told">{escaped(statement.text)}</p>'
    fresh = {number for number, _ in new}
    shown = ""
    for number, citation in zip(numbers, statement.citations, strict=True):
        gist = _gist(number, citation, setting, first=number in fresh)
        shown += beside_html(head + gist, card_html(number, citation, setting))
        head = ""
    return shown


def beside_html(words: str, evidence: str) -> str:
    """What is said, and the evidence for it: beside it where there is room, else below."""
    return f'<div class="beside"><div class="what-is-said">{words}</div><div class="evidence">{evidence}</div></div>'


def _gist(number: int, citation: Citation, setting: Setting, *, first: bool) -> str:
    """The words of a quotation in the language of the question, if they are known; shown where its card is beside."""
    facing = citation.parallel
    side: Citation | Parallel = facing if facing and facing.language == setting.language else citation
    link = number_html(number, setting, first=first)
    return f'<p class="gist"><q lang="{side.language}">{escaped(side.words)}</q>{link}</p>'


def prose_html(  # noqa: PLR0913 - words, and what is to be seen of them
    text: str,
    at: Sequence[int],
    numbers: Sequence[int],
    setting: Setting,
    *,
    new: Collection[int] = (),
    growing: bool = False,
    withheld: str | None = None,
) -> str:
    """A model's words with the numbers of the quotations that they point at; if `withheld`, struck out with the reason.

    Of words that are `growing` more are to come; numbers that are `new` were not pointed at before.
    """
    fresh, words = set(new), ""
    for piece, here in pointed(text, at, numbers):
        words += escaped(piece) + "".join(number_html(n, setting, first=n in fresh) for n in here)
        fresh -= set(here)
    if withheld is not None:
        reason = f'<span class="reason">{escaped(withheld)}</span>'
        voice = f'<p class="voice">{said(messages.WITHHELD_HERE)}: {reason}</p>'
        return f'<div class="written gone">{voice}<p><s>{words}</s></p></div>'
    kind = "written under-way" if growing else "written"
    return f'<div class="{kind}"><p class="voice">{said(messages.MODELS_WORDS)}</p><p>{words}</p></div>'


def _withheld(withheld: Sequence[Withheld], language: Language) -> str:
    told = "".join(
        f"<li><s>{escaped(one.text)}</s>"
        f'<p class="aside" lang="{script(one.reason) or language}">{escaped(one.reason)}</p></li>'
        for one in withheld
    )
    head = f"<summary>{said(messages.WITHHELD, len(withheld))}</summary>"
    return f'<details class="withheld">{head}<ul>{told}</ul></details>'


def limits_html(limits: Sequence[Limit]) -> str:
    """The limits that hold for the next question, each with a button to remove it, and one to begin anew."""
    chips = "".join(map(_chip, limits))
    held = f'<span id="limits">{said(messages.LIMITS)}:</span><ul aria-labelledby="limits">{chips}</ul>'
    anew = f'<button type="button" class="anew" data-anew="yes">{said(messages.ANEW)}</button>'
    return f'<div class="delo limits">{held if limits else ""}{anew}</div>'


def _chip(limit: Limit) -> str:
    labels: Words = {language: limit.label(language) for language in LANGUAGES}
    removes = plainly({language: messages.REMOVE[language].format(label) for language, label in labels.items()})
    named = f'<span class="unseen">{removes}</span><span aria-hidden="true">✕</span>'
    button = f'<button type="button" data-kind="{limit.kind}" data-value="{escaped(limit.value)}">{named}</button>'
    return f"<li>{plainly(labels)} {button}</li>"
