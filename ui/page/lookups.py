"""What a reference or a quotation leads to, as HTML; pure. Each document can be cited with one click."""

from collections.abc import Iterator, Mapping
from html import escape

from index.document import Document, Language
from rag.answer import Place
from rag.cite import cite
from rag.difference import Difference
from rag.located import Claim, Located, Stand
from rag.lookup import Held, Lookup
from ui import messages
from ui.page.answers import place_html, references_html, titled
from ui.page.frame import escaped
from ui.page.links import document_link, named

MOST_SHOWN = 50  # documents or places on the page; how many more there are is told
_STYLE_NAMES = {
    "chicago-note": "Chicago, note",
    "chicago-bibliography": "Chicago, bibliography",
    "gost": "ГОСТ",
    "wilson": "Wilson Center",
    "bibtex": "BibTeX",
    "ris": "RIS",
    "csl": "CSL-JSON",
}


def help_html() -> str:
    """What stands below the box before anything was looked up."""
    told = "".join(f'<p lang="{language}">{words}</p>' for language, words in messages.LOOK_UP_HELP.items())
    return f'<div class="delo found help">{told}</div>'


def located_html(located: Located, language: Language) -> str:
    """Where a quotation stands, and how exactly; or what comes nearest to it."""
    parts = [f"<h2>{messages.LOCATED[located.verdict][language]}</h2>"]
    if located.note:
        parts.append(f'<p class="told" lang="en">{escaped(located.note)}.</p>')
    if located.claim:
        parts.append(f'<p class="told">{_claim(located, located.claim, language)}</p>')
    if located.closest:
        parts.append(f"<h3>{messages.CLOSEST[language]}</h3>")
    shown = (located.stands or located.closest)[:MOST_SHOWN]
    parts += [_stand(n, stand, located, language) for n, stand in enumerate(shown, 1)]
    if more := located.more + len(located.stands) - len(shown) * bool(located.stands):
        parts.append(f'<p class="aside">{messages.MORE[language].format(more)}</p>')
    return _result("".join(parts), language)


def _result(body: str, language: Language) -> str:
    return f'<div class="delo found" lang="{language}">{body}</div>'


def _claim(located: Located, claim: Claim, language: Language) -> str:
    given = escaped("; ".join(reference.text for reference in claim.asked))
    for stand in located.stands:
        if match := claim.match(stand):
            return messages.REFERENCE_FITS[language].format(messages.MATCHES[match][language], given)
    return messages.REFERENCE_WRONG[language].format(given, len(claim.held))


def _stand(number: int, stand: Stand, located: Located, language: Language) -> str:
    part = ""
    if located.verdict == "stitched":
        part = f'<p class="part">{messages.PART[language]}: <q>{escaped(stand.quoted)}</q></p>'
    told = "".join(f"<li>{_difference(difference, language)}</li>" for difference in stand.differences)
    verdict = messages.STANDS[stand.verdict]
    if stand.omitted:
        verdict = {side: f"{words}; {messages.OMITTED[side]}" for side, words in verdict.items()}
    if stand.added:
        told_added = escaped(", ".join(stand.added))
        verdict = {side: f"{words}; {messages.IN_BRACKETS[side].format(told_added)}" for side, words in verdict.items()}
    return place_html(
        number,
        stand,
        titled(stand.document, language),
        (stand.verdict, verdict),
        language,
        above=part + (f'<ul class="differences">{told}</ul>' if told else ""),
        below=_copies(stand.document, language, stand),
    )


def _difference(difference: Difference, language: Language) -> str:
    """One difference: what is quoted struck out, what stands there beside it, and what weighs in it."""
    if difference.marks == ("punctuation",):
        return messages.PUNCTUATION[language]
    quoted = f"<del>{escaped(difference.quoted)}</del>" if difference.quoted else ""
    stands = f"<ins>{escaped(difference.stands)}</ins>" if difference.stands else ""
    kind = messages.CHANGED if quoted and stands else messages.ADDED if quoted else messages.LEFT_OUT
    marks = ", ".join(messages.MARKS[mark][language] for mark in difference.marks)
    weighs = f" <strong>({marks})</strong>" if marks else ""
    return f"{kind[language]}: {' → '.join(filter(None, (quoted, stands)))}{weighs}"


def lookup_html(lookup: Lookup, documents: Mapping[str, Document], language: Language) -> str:
    """The documents under a reference, each with how it fits; or that there is none."""
    if not lookup.found:
        told = messages.NOT_HELD_WHY[language].format(escaped(lookup.query))
        return _result(f'<h2>{messages.NOT_HELD[language]}</h2><p class="told">{told}</p>', language)
    best: dict[str, Held] = {}
    for held in lookup.found:
        best.setdefault(held.document_id, held)
    head = f"<h2>{messages.UNDER_REFERENCE[language].format(len(best))}</h2>"
    shown = [_held(documents[id_], held, language) for id_, held in best.items() if id_ in documents]
    more = len(best) - len(shown)
    rest = f'<p class="aside">+ {more}</p>' if more else ""
    return _result(f'{head}<ul class="nearest">{"".join(shown)}</ul>{rest}', language)


def _held(document: Document, held: Held, language: Language) -> str:
    date = document.date.text if document.date else messages.UNDATED[language]
    return (
        f"<li>{named(document_link(document, {}), document.title)}"
        f'<p class="date">{escaped(date)}</p>{references_html(document, language)}'
        f'<p class="where"><span class="verdict {held.match}">{messages.MATCHES[held.match][language]}</span> '
        f"<span>{escaped(held.reference.text)}</span></p>{_copies(document, language)}</li>"
    )


def _copies(document: Document, language: Language, place: Place | None = None) -> str:
    """Buttons that copy the citation of a document, or of a place in it, in each style."""
    buttons = "".join(_button(name, text, language) for name, text in _citations(document, language, place))
    return f'<p class="copies"><span>{messages.COPY[language]}:</span> {buttons}</p>'


def _citations(document: Document, language: Language, place: Place | None) -> Iterator[tuple[str, str]]:
    if place is not None:
        note = cite(document, "chicago-note", language=language, quotation=place)
        marks = "«»" if place.language == "ru" else "“”"
        yield messages.COPY_QUOTATION[language], f"{marks[0]}{place.words}{marks[1]} {note}"
    for style, name in _STYLE_NAMES.items():
        yield name, cite(document, style, language=language, quotation=place)


def _button(name: str, text: str, language: Language) -> str:
    done = messages.COPIED[language]
    whole = escape(text.encode("utf-8", "replace").decode())
    return f'<button type="button" data-copy="{whole}" data-done="{done}">{escaped(name)}</button>'
