"""That an archive has no answer: what was searched, and what comes nearest; pure."""

from collections.abc import Iterator

from index.document import LANGUAGES, Document
from rag.answer import Answer
from rag.phrases import source_line
from rag.pipeline import Trace
from rag.talk.limits import limits
from ui import messages
from ui.messages import Words
from ui.messages import answers as words
from ui.page.cards import Setting, card_html, dated, references_html
from ui.page.copying import choice_html
from ui.page.frame import escaped, said
from ui.page.links import document_link, named
from ui.page.texts import plainly


def abstention(answer: Answer, setting: Setting, searched: str) -> Iterator[str]:
    """Why nothing is stated, what was `searched`, and the nearest passages and documents."""
    if answer.reason:
        yield f"<h2>{said(messages.ABSTAINED)}</h2>"
    yield f'<p class="told">{escaped(answer.reason or messages.UNVERIFIED[setting.language])}</p>{searched}'
    if answer.nearest:
        yield f"<h3>{said(messages.NEAREST_PASSAGES)}</h3>{choice_html()}"
        for citation in answer.nearest:
            line = source_line(citation.document, setting.language)
            yield f'<p class="told">{escaped(line)}</p>{card_html(None, citation, setting)}'
    quoted = {citation.document.id for citation in answer.nearest}
    if others := [document for document in answer.documents if document.id not in quoted]:
        nearest = "".join(_near(document, setting) for document in others)
        yield f'<h3>{said(messages.NEAREST)}</h3><ul class="nearest">{nearest}</ul>'


def _near(document: Document, setting: Setting) -> str:
    date = f'<p class="date">{escaped(dated(document, setting.language))}</p>'
    return f"<li>{named(document_link(document, {}), document.title)}{date}{references_html(document)}</li>"


def searched_html(trace: Trace) -> str:
    """What a question was put to: how many documents and passages, in which texts, how, and within what limits."""
    search, filters = trace.search, trace.answer.question.filters
    held = [limit for limit in limits(filters) if limit.kind != "languages"]
    told = (
        (words.DOCUMENTS, said(words.OF_ALL, search.documents, trace.manifest.counts["documents"])),
        (words.PASSAGES, str(search.passages)),
        (words.TEXTS, said(_listed(words.SIDES[side] for side in filters.languages))),
        (words.WAYS, said(_listed(told for way, told in words.WAYS_OF_SEARCHING.items() if way in trace.ways))),
        (
            words.LIMITS,
            plainly(_listed({x: limit.label(x) for x in LANGUAGES} for limit in held) if held else words.NO_LIMITS),
        ),
    )
    rows = "".join(f"<dt>{said(name)}</dt><dd>{value}</dd>" for name, value in told)
    return f'<h3>{said(words.SEARCHED)}</h3><dl class="searched">{rows}</dl>'


def _listed(named: Iterator[Words]) -> Words:
    each = list(named)
    return {language: ", ".join(one[language] for one in each) for language in LANGUAGES}
