"""Long work under way, as HTML; pure."""

from dataclasses import dataclass

from ui.messages import Words, working
from ui.page.frame import capital, escaped, said

CANCELLED = "cancelled"  # the trouble of work that its reader cancelled


@dataclass(frozen=True, slots=True, kw_only=True)
class Far:
    """How far work is: `done` of `total`, in so many `seconds`; `stopping` once it was cancelled."""

    done: int = 0
    total: int = 0
    seconds: float = 0
    stopping: bool = False


def progress_html(job_id: str, what: Words, then: str, far: Far = Far()) -> str:
    """How far the job is, and a button to cancel it; when it has ended, the page's script goes to the address `then`.

    `then` shows the same as long as the work is under way: without a script, that is where its reader looks again.
    """
    measure = f' max="{far.total}" value="{far.done}"' if far.total else ""
    address = escaped(then)
    return (
        f'<section class="job" data-job="{escaped(job_id)}" data-then="{address}">'
        f'<h2 id="job-name">{said(what)}</h2><progress aria-labelledby="job-name"{measure}></progress>'
        f"<dl><dt>{said(working.DONE)}</dt>"
        f"<dd><span data-done>{far.done}</span> / <span data-total>{far.total or '…'}</span></dd>"
        f"<dt>{said(working.TIME)}</dt><dd data-time>{_clock(far.seconds)}</dd></dl>"
        f'<p class="unseen" role="status"></p>'
        f'<p class="warning" role="alert" hidden>{said(working.LOST)}</p>'
        f'<noscript><p><a href="{address}">{said(working.AGAIN)}</a></p></noscript>'
        f'<form method="post" action="/job/{escaped(job_id)}/cancel">'
        f'<input type="hidden" name="then" value="{address}">{_button(stopping=far.stopping)}</form></section>'
    )


def trouble_html(trouble: str) -> str:
    """Why work that has ended gave nothing; `trouble` is words."""
    if trouble == CANCELLED:
        return f'<p class="warning" role="status">{said(working.CANCELLED)}</p>'
    told = escaped(capital(trouble))
    return f'<p class="warning" role="alert">{said(working.FAILED)}: <span lang="en">{told}</span></p>'


def _button(*, stopping: bool) -> str:
    if stopping:
        return f'<button type="submit" disabled>{said(working.STOPPING)}</button>'
    return f'<button type="submit">{said(working.CANCEL)}</button>'


def _clock(seconds: float) -> str:
    """Minutes and seconds: 3:07."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"
