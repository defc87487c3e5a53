"""Where readers add files, as HTML: what is taken, what was read from each, what came of it; pure."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING
from urllib.parse import quote

from index.document import Document, Language
from ui import messages
from ui.messages import Words, adding, working
from ui.page.frame import escaped, in_its_language, page_html, said
from ui.page.working import Far, progress_html, trouble_html

if TYPE_CHECKING:
    from index.build import BuildReport
    from index.receive import Foretold
    from ui.server.sorting import Refusal

_OPENING = 140  # characters shown of a text's beginning
_MEGABYTE = 1_000_000

Told = Sequence[tuple[str, "Foretold"]]  # of each file, its name as it was sent, and what is foretold of it


def closed_page() -> str:
    """That nothing is taken here, and who can change that."""
    return _page(f"<p>{said(adding.NOT_ALLOWED)}</p><p><code>{adding.ALLOWING}</code></p>")


def offer_page(files: int, together: int, each: int, trouble: str = "") -> str:
    """A form to send files with: so many, so many bytes in all and each; `trouble` is markup, told above it."""
    limits = said(adding.LIMITS, files, together // _MEGABYTE, each // _MEGABYTE)
    return _page(
        f"{trouble}<p>{said(adding.INTRODUCED)}</p>"
        f'<form method="post" action="/add/check" enctype="multipart/form-data" data-most="{together}">'
        f'<label class="drop"><span>{said(adding.CHOOSE)}</span>'
        '<input type="file" name="files" multiple required accept=".txt,.md,.zip,text/plain" aria-describedby="limits">'
        f'</label><p id="limits" class="aside">{limits}</p>'
        f'<p class="warning" role="alert" hidden>{said(adding.TOO_LARGE)}</p>'
        f'<button type="submit" class="chief">{said(adding.CHECK)}</button></form>'
        f"<details><summary>{said(adding.FORM)}</summary><p>{said(adding.FORM_TOLD)}</p>"
        f'<pre tabindex="0">{escaped(adding.EXAMPLE)}</pre></details>'
    )


def warning_html(words: Words) -> str:
    """Something that went otherwise than its reader wished."""
    return f'<p class="warning" role="alert">{said(words)}</p>'


def checked_page(id_: str, told: Told, refused: Sequence["Refusal"], trouble: str = "") -> str:
    """What was read from each file, and why others are not taken; `trouble` is markup, told above it."""
    taken = [(shown, one) for shown, one in told if one.taken]
    others = [_other(shown, one) for shown, one in told if not one.taken]
    others += [_refused(refusal) for refusal in refused]
    parts = [trouble or f'<p role="status">{said(adding.NOTHING_YET if taken else adding.NONE_TO_ADD)}</p>']
    parts.append(_decision(id_, len(taken)))
    if taken:
        items = "".join(_taken(shown, one) for shown, one in taken)
        parts.append(f'<h2>{said(adding.TO_ADD, len(taken))}</h2><ol class="sent">{items}</ol>')
    if others:
        parts.append(f'<h2>{said(adding.NOT_TAKEN, len(others))}</h2><ul class="sent">{"".join(others)}</ul>')
    return _page("".join(parts), adding.READ)


def _decision(id_: str, count: int) -> str:
    """What can be done now; the first button is what its reader came for."""
    others = f'<p><a href="/add">{said(adding.OTHERS)}</a></p>'
    if not count:
        return f'<div class="decision">{others}</div>'
    hidden = f'<input type="hidden" name="checked" value="{escaped(id_)}">'
    add = f'<button type="submit" class="chief">{said(adding.ADD, count)}</button>'
    drop = f'<button type="submit">{said(adding.DISCARD)}</button>'
    return (
        f'<div class="decision"><form method="post" action="/add/index">{hidden}{add}</form>'
        f'<form method="post" action="/add/discard">{hidden}{drop}</form>{others}</div>'
    )


def _taken(shown: str, one: "Foretold") -> str:
    document = one.document
    if document is None:
        return ""
    rows = [
        (adding.DATE, escaped(document.date.text) if document.date else said(messages.UNDATED)),
        (adding.REFERENCES, "; ".join(escaped(reference.text) for reference in document.references)),
        (adding.TEXTS, _texts(document, one.pairs)),
    ]
    rows += [(adding.REMARK, f'<span lang="en">{escaped(remark)}</span>') for remark in one.remarks]
    listed = "".join(f"<dt>{said(label)}</dt><dd>{value}</dd>" for label, value in rows)
    openings = "".join(_opening(document, language) for language in document.languages)
    return (
        f'<li><h3>{in_its_language(document.title)}</h3><p class="fate">{said(adding.DOCUMENT, document.id)} · '
        f"{said(adding.FATES[one.fate], document.id)} · {_file(shown)}</p><dl>{listed}</dl>{openings}</li>"
    )


def _file(shown: str) -> str:
    return f"{said(adding.FILE)} <bdi>{escaped(shown)}</bdi>"


def _texts(document: Document, pairs: int | None) -> str:
    counts = [
        f"{said(messages.SHORT_NAMES[language])}, {said(adding.PARAGRAPHS, len(document.paragraphs(language)))}"
        for language in document.languages
    ]
    if len(counts) > 1:
        counts.append(said(adding.UNPAIRED) if pairs is None else said(adding.PAIRS, pairs))
    return "; ".join(counts)


def _opening(document: Document, language: Language) -> str:
    first = next(iter(document.paragraphs(language)), None)
    words = first.of(document.texts[language]) if first else document.texts[language].strip()
    cut = f"{words[:_OPENING].rsplit(maxsplit=1)[0]} …" if len(words) > _OPENING else words
    return f'<blockquote lang="{language}">{escaped(cut)}</blockquote>'


def _other(shown: str, one: "Foretold") -> str:
    """A file that would not be taken."""
    if one.fate == "unreadable":
        why = f'{said(adding.FATES[one.fate])}: <span lang="en">{escaped(one.reason)}</span>'
    else:
        id_ = one.document.id if one.document else ""
        why = said(adding.FATES[one.fate], id_, one.other)
    held = one.document if one.fate in ("held", "elsewhere") else None
    link = f"<p>{_link(held.id, in_its_language(held.title))}</p>" if held else ""
    return f"<li><h3><bdi>{escaped(shown)}</bdi></h3><p>{why}</p>{link}</li>"


def _refused(refusal: "Refusal") -> str:
    limit = refusal.limit if refusal.limit is None or refusal.limit < _MEGABYTE else refusal.limit // _MEGABYTE
    why = said(adding.REASONS[refusal.reason], limit)
    return f"<li><h3><bdi>{escaped(refusal.shown)}</bdi></h3><p>{why}</p></li>"


def adding_page(job_id: str, then: str, far: Far) -> str:
    """How far the work of adding is."""
    return _page(f"{progress_html(job_id, adding.ADDING, then, far)}<p>{said(adding.MEANWHILE)}</p>")


def failed_page(trouble: str, checked: str) -> str:
    """Why nothing was added; `checked` is the id of the files that were to be, if they are still there."""
    back = f'<p><a href="/add/checked/{quote(checked)}">{said(adding.BACK_TO_CHECKED)}</a></p>' if checked else ""
    return _page(f"{trouble_html(trouble)}{back}{_more()}")


def added_page(report: "BuildReport", held: Iterable[tuple[Document, int]]) -> str:
    """What was added, with links to the documents; `held` are those, with the pairs of their facing sentences."""
    items = [_added(one, pairs, new=one.id in report.added) for one, pairs in held]
    parts = [f'<p role="status">{said(adding.READY if items else adding.NONE_ADDED)}</p>']
    if items:
        parts.append(f'<ul class="sent">{"".join(items)}</ul>')
        parts.append(f'<p><a href="/#" target="_top">{said(adding.ASK_NOW)}</a></p>')
    parts += [f"<p>{said(adding.REMOVED, ', '.join(report.removed))}</p>"] if report.removed else []
    refused = "".join(
        f'<li><h3><bdi>{escaped(path.rsplit("/", 1)[-1])}</bdi></h3><p lang="en">{escaped(reason)}</p></li>'
        for path, reason in report.rejected
    )
    parts += [f'<h2>{said(adding.REFUSED)}</h2><ul class="sent">{refused}</ul>'] if refused else []
    return _page("".join(parts) + _more(), adding.ADDED)


def _added(document: Document, pairs: int, *, new: bool) -> str:
    told = said(adding.ADDED_NEW if new else adding.ADDED_CHANGED)
    return (
        f'<li><h3>{_link(document.id, in_its_language(document.title))}</h3><p class="fate">'
        f"{said(adding.DOCUMENT, document.id)} · {told} · {_texts(document, pairs)}</p></li>"
    )


def _link(id_: str, label: str) -> str:
    return f'<a href="/document/{quote(id_, safe="")}">{label}</a>'


def gone_page() -> str:
    """That the files are no longer there."""
    return _page(f"{warning_html(adding.GONE)}{_more()}")


def unknown_page() -> str:
    """That the work is not known."""
    return _page(f"{warning_html(working.UNKNOWN)}{_more()}")


def _more() -> str:
    return f'<p><a href="/add">{said(adding.MORE_FILES)}</a></p>'


def _page(body: str, heading: Words = adding.HEADING) -> str:
    return page_html(heading, f'<main id="main" class="adding"><h1>{said(heading)}</h1>{body}</main>', room="add")
