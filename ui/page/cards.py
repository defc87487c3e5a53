"""The card of a quotation: both texts, and all that tells where they are from; pure.

A number in an answer leads to its card, the card's number back to the answer: `data-to` names the id, and
`ui/static/evidence.js` goes there, for the address of the page tells what lies on the desk.
"""

from dataclasses import dataclass

from index.document import LANGUAGES, Document, Language
from rag.answer import Citation, Place
from rag.sought import Sought
from ui import messages
from ui.messages import Words
from ui.messages import answers as words
from ui.page.copying import collecting_html, copying_html
from ui.page.frame import escaped, in_its_language, said
from ui.page.links import document_link, opening
from ui.page.texts import plainly, texts_html


@dataclass(frozen=True, slots=True)
class Setting:
    """What the cards of one answer have in common.

    `language` is that of the question; `key` tells the ids of this answer from those of others on the same page;
    `sought` marks what the question seeks.
    """

    language: Language
    key: str = "1"
    sought: Sought | None = None

    def card(self, number: int) -> str:
        """The id of a card."""
        return f"card-{self.key}-{number}"

    def said(self, number: int) -> str:
        """The id of the place in the answer that a card belongs to."""
        return f"said-{self.key}-{number}"


def number_html(number: int, setting: Setting, *, first: bool) -> str:
    """A number in an answer, which leads to its card; the `first` one is where the card leads back to."""
    card, own = setting.card(number), f' id="{setting.said(number)}"' if first else ""
    return f'<sup class="number"><a data-to="{card}" href="#{card}"{own}>[{number}]</a></sup>'


def card_html(number: int | None, citation: Citation, setting: Setting) -> str:
    """The card of a quotation."""
    source = titled(citation.document, setting.language)
    verdict = words.TYPOGRAPHY_ONLY if citation.verdict == "typographic" else messages.VERDICTS[citation.verdict]
    actions = f'<p class="copies">{copying_html(citation.document, citation)} {collecting_html(citation)}</p>'
    return place_html(
        number,
        citation,
        source,
        (citation.verdict, verdict),
        setting.language,
        below=actions,
        setting=setting,
    )


def place_html(  # noqa: PLR0913 - a place, and what is said of it
    number: int | None,
    place: Place,
    source: str,
    verdict: tuple[str, Words],
    language: Language,
    *,
    above: str = "",
    below: str = "",
    setting: Setting | None = None,
) -> str:
    """A place in a document, numbered: both texts side by side, its references, and how the words agree with it.

    `source` is markup that tells the document, if it has not been told yet, in `language`; `verdict` is a class of the
    style sheet and its words, no markup; `above` and `below` are markup that goes before and after all that. In the
    `setting` of an answer its number leads back to it.
    """
    head = f'<p class="source">{source}</p>' if source else ""
    own = f' id="{setting.card(number)}"' if setting and number else ""
    return (
        f'<figure class="quotation" data-card lang="{language}" tabindex="-1"{own}>{_number(number, setting)}'
        f'<div class="texts">{above}{texts_html(place, setting.sought if setting else None)}</div>'
        f"<figcaption>{head}{references_html(place.document)}{_where(place, verdict)}{below}</figcaption></figure>"
    )


def _number(number: int | None, setting: Setting | None) -> str:
    if not (number and setting):
        return f'<span class="number">{number or ""}</span>'
    back = setting.said(number)
    told = f'<span class="unseen">{said(words.BACK)}</span>'
    return f'<span class="number"><a data-to="{back}" href="#{back}">{number} {told}</a></span>'


def _where(place: Place, verdict: tuple[str, Words]) -> str:
    """How the words agree with the place, where it is, and a link to the document there."""
    marks = {place.language: place.span}
    if place.parallel:
        marks[place.parallel.language] = place.parallel.span
    names = messages.SHORT_NAMES[place.language]
    where: Words = {x: messages.PLACE[x].format(names[x], place.paragraph) for x in LANGUAGES}
    told = f'<span class="verdict {verdict[0]}">{plainly(verdict[1])}</span>'
    link = opening(document_link(place.document, marks), said(messages.OPEN))
    return f'<p class="where">{told} <span>{said(where)}</span> {link}</p>'


def references_html(document: Document, language: Language | None = None) -> str:
    """The references of a document, as printed; that there is none is said in `language` alone, if it is given."""
    if not document.references:
        none = escaped(messages.NO_REFERENCE[language]) if language else said(messages.NO_REFERENCE)
        return f'<p class="aside">{none}</p>'
    told = "".join(f"<li>{escaped(reference.text)}</li>" for reference in document.references)
    return f'<ul class="references">{told}</ul>'


def titled(document: Document, language: Language) -> str:
    """The title and the date of a document."""
    return f"<cite>{in_its_language(document.title)}</cite>, {escaped(dated(document, language))}"


def dated(document: Document, language: Language) -> str:
    """The date of a document, as printed."""
    return document.date.text if document.date else messages.UNDATED[language]
