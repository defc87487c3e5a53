"""The room that looks up: a box, and what a reference or a quotation leads to; pure."""

from collections.abc import Mapping

from index.document import LANGUAGES, Document, Language
from rag.difference import Difference
from rag.located import Claim, Located, Stand
from rag.lookup import Held, Lookup
from rag.question import script
from ui import messages
from ui.messages import lookup as words
from ui.page.cards import place_html, references_html, titled
from ui.page.copying import choice_html, collecting_html, copying_html
from ui.page.frame import capital, escaped, page_html, said
from ui.page.links import document_link, named, tree_address

MOST_SHOWN = 50  # documents or places on the page; how many more there are is told
_TITLE_CHARS = 60  # of what was looked up, in the title of the page


def lookup_page(sought: str, found: str) -> str:
    """The room with its box, in which `sought` stands; `found` is markup: what that leads to."""
    shown = " ".join(sought.split())
    short = shown if len(shown) <= _TITLE_CHARS else f"{shown[: _TITLE_CHARS - 1]}…"
    title = {side: f"{short} · {name}" if short else name for side, name in words.LOOK_UP.items()}
    body = f'<main id="main" class="looking-up"><h1>{said(words.LOOK_UP)}</h1>{_box(sought)}{found}</main>'
    return page_html(title, body, room="look-up")


def _box(sought: str) -> str:
    """The form; white space at the beginning of `sought` would be lost without a line end before it."""
    return (
        '<form class="looks-up" method="post" action="/look-up" role="search">'
        f'<label for="sought">{said(words.SOUGHT)}</label>'
        '<textarea id="sought" name="q" rows="3" required spellcheck="false" autocomplete="off" '
        f'aria-describedby="sought-help" data-sends{"" if sought else " autofocus"}>\n{escaped(sought)}</textarea>'
        f'<button type="submit">{said(words.LOOK_UP)}</button>'
        f'<div id="sought-help"><p>{said(words.HELP)}</p><p class="keys">{said(words.KEYS)}</p></div></form>'
    )


def browse_html() -> str:
    """Where to go without anything to look up."""
    ways = (("/documents", words.BY_DATE), ("/archive", words.BY_PLACE))
    links = "".join(f'<li><a href="{address}">{said(name)}</a></li>' for address, name in ways)
    return f'<div class="browse"><p>{said(words.BROWSE)}</p><ul>{links}</ul></div>'


def not_looked_up_html(reason: str) -> str:
    """Why nothing can be looked up, and what can."""
    told = f'<p class="told" lang="en">{escaped(capital(reason))}.</p><p class="aside">{said(words.WHAT_CAN_BE)}</p>'
    return _result(f"<h2>{said(words.NOT_LOOKED_UP)}</h2>{told}")


def _result(body: str) -> str:
    return f'<section class="found" id="found">{body}</section>'


def located_html(located: Located) -> str:
    """Where a quotation stands, and how exactly; or what comes nearest to it."""
    parts = [f"<h2>{said(words.LOCATED[located.verdict])}</h2>"]
    if located.note:
        parts.append(f'<p class="told" lang="en">{escaped(capital(located.note))}.</p>')
    if located.claim:
        parts.append(f'<p class="told">{_claim(located, located.claim)}</p>')
    shown = (located.stands or located.closest)[:MOST_SHOWN]
    parts += [choice_html()] if shown else []
    if located.closest:
        parts.append(f"<h3>{said(words.CLOSEST)}</h3>")
    parts += [_stand(n, stand, located) for n, stand in enumerate(shown, 1)]
    if more := located.more + len(located.stands) - len(shown) * bool(located.stands):
        parts.append(f'<p class="aside">{said(words.MORE, more)}</p>')
    return _result("".join(parts))


def _claim(located: Located, claim: Claim) -> str:
    given = "; ".join(reference.text for reference in claim.asked)
    for stand in located.stands:
        if match := claim.match(stand):
            return said(words.REFERENCE_FITS, words.MATCHES[match], given)
    return said(words.REFERENCE_WRONG, given, len(claim.held))


def _stand(number: int, stand: Stand, located: Located) -> str:
    language: Language = script(located.quotation) or "en"
    return place_html(
        number,
        stand,
        titled(stand.document, language),
        (stand.verdict, words.STANDS[stand.verdict]),
        language,
        above=_unlike(stand, located),
        below=f'<p class="copies">{copying_html(stand.document, stand)} {collecting_html(stand)}</p>',
    )


def _unlike(stand: Stand, located: Located) -> str:
    """What is told above a place: the part of the quotation that it has, and in what they differ."""
    lines = [_difference(difference) for difference in stand.differences]
    lines += [said(words.OMITTED)] if stand.omitted else []
    lines += [said(words.IN_BRACKETS, ", ".join(stand.added))] if stand.added else []
    told = f'<ul class="differences">{"".join(f"<li>{line}</li>" for line in lines)}</ul>' if lines else ""
    if located.verdict != "stitched":
        return told
    quoted = f'<q lang="{stand.language}">{escaped(stand.quoted)}</q>'
    return f'<p class="part">{said(words.PART)}: {quoted}</p>{told}'


def _difference(difference: Difference) -> str:
    """One difference: what is quoted struck out, what stands there beside it, and what weighs in it."""
    if difference.marks == ("punctuation",):
        return said(messages.PUNCTUATION)
    quoted = f"<del>{escaped(difference.quoted)}</del>" if difference.quoted else ""
    stands = f"<ins>{escaped(difference.stands)}</ins>" if difference.stands else ""
    kind = words.CHANGED if quoted and stands else words.ADDED if quoted else words.LEFT_OUT
    marks = ", ".join(said(messages.MARKS[mark]) for mark in difference.marks)
    weighs = f" <strong>({marks})</strong>" if marks else ""
    return f"{said(kind)}: {' → '.join(filter(None, (quoted, stands)))}{weighs}"


def lookup_html(
    lookup: Lookup, documents: Mapping[str, Document], near: tuple[Mapping[str, str], int] | None = None
) -> str:
    """The documents under a reference, each with how it fits, or the one of a number; or that there is none.

    `near` are the parts of the narrowest place round the reference that holds documents, and how many (`rag.tree`).
    """
    if not lookup.found:
        return _result(_not_held(lookup, near))
    best: dict[str, Held] = {}
    for held in lookup.found:
        best.setdefault(held.document_id, held)
    shown = [_held(document, best[id_]) for id_, document in documents.items()]
    more = len(best) - len(shown)
    rest = f'<p class="aside">{said(words.MORE_DOCUMENTS, more)}</p>' if more > 0 else ""
    told = said(words.NUMBERED, lookup.query) if lookup.query.isdecimal() else said(words.UNDER_REFERENCE, len(best))
    return _result(f'<h2>{told}</h2>{choice_html()}<ul class="nearest">{"".join(shown)}</ul>{rest}')


def _not_held(lookup: Lookup, near: tuple[Mapping[str, str], int] | None) -> str:
    told = f'<h2>{said(words.NOT_HELD)}</h2><p class="told">{said(words.NOT_HELD_WHY, lookup.query)}</p>'
    if near is None:
        return told
    parts, count = near
    place = {
        side: " · ".join(f"{words.PARTS[part][side]}{value}" for part, value in parts.items()) for side in LANGUAGES
    }
    link = f'<a href="{escaped(tree_address(parts))}">{said(words.HELD_NEAR, place, count)}</a>'
    return f'{told}<p class="aside">{said(words.IN_TREE)} {link}</p>'


def _held(document: Document, held: Held) -> str:
    """A document, and by which of its references it is held."""
    date = escaped(document.date.text) if document.date else said(messages.UNDATED)
    match = f'<span class="verdict {held.match}">{said(words.MATCHES[held.match])}</span>'
    return (
        f"<li>{named(document_link(document, {}), document.title)}"
        f'<p class="date">{date}</p>{references_html(document, "en")}'
        f'<p class="where">{match} <span>{escaped(held.reference.text)}</span></p>'
        f'<p class="copies">{copying_html(document)}</p></li>'
    )
