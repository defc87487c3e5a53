"""The room that judges, as HTML: runs and what they came to, question sets, and what readers said; pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from ui.messages import Words, judge
from ui.page.frame import capital, escaped, page_html, said

if TYPE_CHECKING:
    from ui.server.judges import Figure, QuestionSet, Run, Said

SHOWN_RUNS = 20  # with their figures; older ones only with their name
SHOWN_CASES = 50  # of what readers said, on one page
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_BODY = "<body><main>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """What the room shows: runs, sets, what readers said from number `since` on, of `cases` in all.

    `troubles` are parts that cannot be read, and why.
    """

    runs: Sequence["Run"]
    sets: Sequence["QuestionSet"]
    said: Sequence["Said"]
    cases: int
    since: int = 0
    troubles: Sequence[str] = ()


def room_page(room: Room) -> str:
    """The room."""
    parts = [f"<h1>{said(judge.TITLE)}</h1><p>{said(judge.ABOUT)}</p>", *map(_trouble, room.troubles)]
    parts += [*_runs(room.runs), *_compare(room.runs), *_sets(room.sets), *_cases(room)]
    return page_html(judge.TITLE, f'<main id="main" class="judge">{"".join(parts)}</main>', room="judge")


def notice_page(head: Words, told: str) -> str:
    """A page that says one thing, `told`, as markup, and leads back to the room."""
    body = f'<main id="main" class="judge"><h1>{said(head)}</h1>{told}{_back()}</main>'
    return page_html(head, body, room="judge")


def not_offered_page() -> str:
    """That nothing here judges."""
    body = f'<h1>{said(judge.TITLE)}</h1><p class="notice">{said(judge.NOT_OFFERED)}</p>'
    return page_html(judge.TITLE, f'<main id="main" class="judge">{body}</main>', room="judge")


def trouble_html(words: str) -> str:
    """What was wrong, as it was told in English."""
    return f'<p class="trouble" lang="en">{escaped(capital(words))}</p>'


def running_page(progress: str, address: str) -> str:
    """A set that is being run; `progress` is markup."""
    again = f'<p><a href="{address}">{said(judge.LOOK_AGAIN)}</a></p>'
    return notice_page(judge.RUNNING, f"<p>{said(judge.RUNNING_ABOUT)}</p>{progress}<noscript>{again}</noscript>")


def not_compared_page(reason: str, old: str, new: str, *, anyway: bool) -> str:
    """Why two runs are not compared; and a way to compare what they share, unless that was asked for."""
    address = f"/judge/compare?{urlencode({'a': old, 'b': new, 'anyway': 'yes'})}"
    link = "" if anyway else f'<p><a href="{escaped(address)}">{said(judge.COMPARE_ANYWAY)}</a></p>'
    return notice_page(judge.NOT_COMPARED, f"<p>{said(judge.COMPARED_IF)}</p>{trouble_html(reason)}{link}")


def with_way_back(report: str) -> str:
    """A report, which has no script and is in English, with a line above it that leads back, in both languages."""
    both = " · ".join(f'<span lang="{x}">{escaped(judge.BACK[x])}</span>' for x in ("en", "ru"))
    line = f'<p class="quiet"><a href="/judge">{both}</a> <span lang="ru">{escaped(judge.ENGLISH_ONLY)}</span></p>'
    return report.replace(_BODY, _BODY + line, 1)


def style_of(report: str) -> str:
    """The style sheet inside a report, of which its policy has the check sum; empty if it has none."""
    found = _STYLE.search(report)
    return found[1] if found else ""


def report_address(id_: str) -> str:
    """Where the report of a run is."""
    return f"/judge/report/{quote(id_, safe='')}"


def _trouble(words: str) -> str:
    return f"<p>{said(judge.UNTOLD)}:</p>{trouble_html(words)}"


def _back() -> str:
    return f'<p><a href="/judge">{said(judge.BACK)}</a></p>'


def _runs(runs: Sequence["Run"]) -> Iterator[str]:
    yield f'<section aria-labelledby="runs"><h2 id="runs">{said(judge.RUNS)}</h2>'
    judged = [run for run in runs if run.finished]
    if judged:
        link = f'<a href="{report_address(judged[0].id)}">{said(judge.LAST_REPORT)}</a>'
        yield f'<p class="last">{link}</p><p class="aside">{said(judge.IN_ENGLISH)} {said(judge.HOW_SURE)}</p>'
    yield f'<ul class="runs">{"".join(map(_run, runs[:SHOWN_RUNS]))}</ul>' if runs else f"<p>{said(judge.NO_RUNS)}</p>"
    if older := runs[SHOWN_RUNS:]:
        names = "".join(f"<li>{_heading(run)}</li>" for run in older)
        yield f"<details><summary>{said(judge.OLDER, len(older))}</summary><ul>{names}</ul></details>"
    yield "</section>"


def _run(run: "Run") -> str:
    by = said(judge.BY_DOCUMENTS) if run.composer == "extractive" else said(judge.BY, run.composer)
    when = said(judge.BEGUN, to_the_minute(run.started), run.questions, run.documents)
    standing = judge.CUT_SHORT if not run.finished else None if run.figures else judge.NOT_JUDGED
    told = f"<p>{said(standing)}</p>" if standing else _figures(run.figures)
    return f'<li><h3>{_heading(run)}</h3><p class="aside">{when} · {by}</p>{told}</li>'


def _heading(run: "Run") -> str:
    """The name of a run, which leads to its report."""
    name = f"{_name(run.name)} <code>{escaped(run.id)}</code>"
    return f'<a href="{report_address(run.id)}">{name}</a>' if run.finished else name


def _name(name: str) -> str:
    return said(judge.SET_NAMES[name]) if name in judge.SET_NAMES else f'<span dir="auto">{escaped(name)}</span>'


def _figures(figures: Mapping[str, "Figure"]) -> str:
    rows = (
        f"<div><dt>{said(words)}</dt><dd>{_figure(figures.get(x))}</dd></div>" for x, words in judge.FIGURES.items()
    )
    return f"<dl>{''.join(rows)}</dl>"


def _figure(figure: "Figure | None") -> str:
    if figure is None:
        return f'<span class="aside">{said(judge.DOES_NOT_APPLY)}</span>'
    value, low, high, count = figure
    told = said(judge.BETWEEN, _percent(low), _percent(high), f"{count:,}".replace(",", "\u00a0"))
    return f'<b>{said(judge.SHARE, _percent(value))}</b> <span class="aside">{told}</span>'


def _percent(share: float) -> str:
    return f"{100 * share:.0f}"


def _compare(runs: Sequence["Run"]) -> Iterator[str]:
    judged = [run for run in runs if run.finished and run.figures]
    if len(judged) < 2:
        return
    before = next((place for place, run in enumerate(judged) if place and run.name == judged[0].name), 1)
    fields = "".join(
        f'<p><label for="{name}">{said(words)}</label><select id="{name}" name="{name}">'
        f"{''.join(_option(run, chosen=place == at) for place, run in enumerate(judged))}</select></p>"
        for name, words, at in (("a", judge.OLD, before), ("b", judge.NEW, 0))
    )
    yield (
        f'<section aria-labelledby="compare"><h2 id="compare">{said(judge.COMPARE)}</h2>'
        f'<form class="compare" action="/judge/compare">{fields}<p><button>{said(judge.COMPARE_NOW)}</button></p>'
        "</form></section>"
    )


def _option(run: "Run", *, chosen: bool) -> str:
    words = f"{run.id} · {to_the_minute(run.started)}"
    return f'<option value="{escaped(run.id)}"{" selected" if chosen else ""}>{escaped(words)}</option>'


def _sets(sets: Sequence["QuestionSet"]) -> Iterator[str]:
    yield (
        f'<section aria-labelledby="sets"><h2 id="sets">{said(judge.SETS)}</h2>'
        f'<p class="aside">{said(judge.SETS_ABOUT)}</p><ul class="sets">{"".join(map(_set, sets))}</ul></section>'
    )


def _set(one: "QuestionSet") -> str:
    name = f"<h3>{_name(one.id if one.id in judge.SET_NAMES else one.name)}</h3>"
    if one.trouble:
        return f"<li>{name}<p>{said(judge.MALFORMED)}:</p>{trouble_html(one.trouble)}</li>"
    if one.foreign:
        return f"<li>{name}<p>{said(judge.FOREIGN, one.left_out)}</p></li>"
    lacking = f"<p>{said(judge.LEFT_OUT, one.left_out)}</p>" if one.left_out else ""
    unseen = f'<span class="unseen">: {_name(one.id if one.id in judge.SET_NAMES else one.name)}</span>'
    return (
        f'<li>{name}<p class="aside">{said(judge.QUESTIONS, one.questions)}</p>{lacking}'
        f'<form method="post" action="/judge/run"><button name="set" value="{escaped(one.id)}">'
        f"{said(judge.RUN)}{unseen}</button></form></li>"
    )


def _cases(room: Room) -> Iterator[str]:
    yield f'<section aria-labelledby="cases"><h2 id="cases">{said(judge.CASES)}</h2>'
    yield f'<p class="aside">{said(judge.CASES_ABOUT)}</p>'
    yield f'<ul class="cases">{"".join(map(_case, room.said))}</ul>' if room.said else f"<p>{said(judge.NO_CASES)}</p>"
    after = room.since + len(room.said)
    if after < room.cases:
        yield f'<p><a href="/judge?since={after}#cases">{said(judge.MORE_CASES)}</a></p>'
    yield "</section>"


def _case(one: "Said") -> str:
    verdict = said(judge.VERDICTS[one.verdict]) if one.verdict in judge.VERDICTS else escaped(one.note or one.verdict)
    who = escaped(one.reader) if one.reader else said(judge.SOMEBODY)
    language = one.language if one.language in ("en", "ru") else "en"
    question = f'<q lang="{language}" dir="auto">{escaped(one.question)}</q>'
    # The button's name says which: said aloud, all of them would be alike.
    unseen = f'<span class="unseen" lang="{language}">: {escaped(one.question)}</span>'
    return (
        f'<li><p class="asked">{question}</p><p>{verdict}</p>'
        f'<p class="aside">{who} · {escaped(to_the_minute(one.time))} UTC</p>'
        f'<form method="post" action="/judge/remove"><button name="case" value="{escaped(one.id)}">'
        f"{said(judge.REMOVE)}{unseen}</button></form></li>"
    )


def to_the_minute(time: str) -> str:
    """A time as it is told: 2026-11-25 16:00."""
    return time[:16].replace("T", " ")
