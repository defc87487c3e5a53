"""An answer while it is made, as HTML; pure. What was shown stays, or is marked as withheld."""

from collections.abc import Sequence

from rag.answer import Citation, Remark, Statement, Withheld, Words
from rag.pipeline import Event
from rag.retrieve import Search
from ui import messages
from ui.page.answers import beside_html, byline_html, prose_html, remark_html, statement_html, waiting_html
from ui.page.cards import Setting, card_html
from ui.page.copying import choice_html
from ui.page.frame import escaped, said
from ui.page.numbering import Numbering


class Growing:
    """What is shown of an answer so far; `model` is the language model that writes it, if one does.

    `waiting` stands in its place until there is something.
    """

    def __init__(self, setting: Setting, model: str | None) -> None:
        self._setting = setting
        self._model = model
        self.waiting = waiting_html()
        self._before: list[str] = []  # HTML: remarks before the first sentence
        self._done: list[str] = []  # HTML: sentences, and remarks between them
        self._told = ""
        self._numbering = Numbering()
        self._words = ""
        self._cited: list[tuple[int, Citation]] = []  # of the sentence under way, each after so many characters of it

    def add(self, event: Event) -> None:
        """Show one thing more."""
        match event:
            case Search():
                self.waiting = searched_html(event, self._model)
            case Words():
                self._words += event.text
            case Citation():
                self._cited.append((len(self._words), event))
            case Remark():
                (self._done or self._before).append(remark_html(event.text))
            case Statement():
                self._finish(statement_html(event, self._numbering, self._setting, told=self._told))
                self._told = event.text
            case Withheld():
                self._finish(self._withheld(event))

    def html(self) -> str:
        """All of it, the sentence under way visibly unfinished; nothing, while there is nothing but to wait."""
        under_way = self._under_way()
        if not (self._before or self._done or under_way):
            return ""
        begun = self._done or under_way
        more = f'<p class="aside more">{said(messages.UNDER_WAY)} …</p>' if begun else self.waiting
        byline = byline_html(self._model) if self._model and begun else ""
        before = "".join(self._before) + (choice_html() if begun else "")
        shown = f"{before}{byline}{''.join(self._done)}{under_way}{more}"
        return f'<div class="delo growing" lang="{self._setting.language}" aria-busy="true">{shown}</div>'

    def _finish(self, markup: str) -> None:
        self._done.append(markup)
        self._words, self._cited = "", []

    def _under_way(self) -> str:
        if not self._words.strip() and not self._cited:
            return ""
        numbers, new = self._numbering.copy().of(citation for _, citation in self._cited)
        at = [place for place, _ in self._cited]
        fresh = [number for number, _ in new]
        words = prose_html(self._words, at, numbers, self._setting, new=fresh, growing=True)
        return beside_html(words, "".join(card_html(number, citation, self._setting) for number, citation in new))

    def _withheld(self, withheld: Withheld) -> str:
        words = prose_html(withheld.text, (), (), self._setting, withheld=withheld.reason)
        return beside_html(words, self._folded([citation for _, citation in self._cited]))

    def _folded(self, citations: Sequence[Citation]) -> str:
        """The quotations of a sentence that is withheld: they stand, but bear nothing out."""
        if not citations:
            return ""
        told = "".join(card_html(None, citation, self._setting) for citation in citations)
        head = said(messages.NOT_BORNE_OUT, len(citations))
        return f'<details class="withheld"><summary>{head}</summary>{told}</details>'


def searched_html(search: Search, model: str | None) -> str:
    """What stands in the place of an answer when it was searched for, and before anything of it is there."""
    form = messages.WRITING if model else messages.SEARCHED
    told = "".join(
        f'<span class="said" lang="{language}">{escaped(_filled(words, search, model))}</span>'
        for language, words in form.items()
    )
    return f'<p class="delo waiting" role="status">{told}</p>'


def _filled(words: str, search: Search, model: str | None) -> str:
    return words.format(documents=search.documents, passages=search.passages, hits=len(search.hits), model=model or "")
