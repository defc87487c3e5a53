"""The room that judges: evaluations of the archive that is served, and what readers say of its answers."""

import json
import re
from base64 import b64encode
from collections.abc import Callable, Sequence
from functools import partial, wraps
from hashlib import sha256
from threading import BoundedSemaphore, Lock
from typing import TypeVar
from urllib.parse import parse_qs, unquote

from index.document import LANGUAGES, Language
from index.errors import ArchiveError
from index.store import Index
from ui.messages import judge
from ui.page import judging as pages
from ui.page.frame import said
from ui.page.working import progress_html
from ui.server.asked import Asked, Reply, Route, busy, elsewhere
from ui.server.documents import place
from ui.server.jobs import Job
from ui.server.judges import Judging, QuestionSet, judging
from ui.server.site import Site

KIND = "judge"  # of a job: one set is run at a time
MOST_PLACES = 50  # that are looked up for one answer
MOST_SENT = 100_000  # bytes of what is said of an answer
JSON = "application/json"
_MAKING = Lock()  # a report or a comparison is made: seconds of a core, so that no two are at the same time
_WANTING = BoundedSemaphore(4)  # that is made, and those that wait for it: each keeps a thread from the other rooms
_POLICY = (
    "default-src 'none'; style-src {}; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"  # and no script
)
T = TypeVar("T")


class UnknownPlaceError(ArchiveError):
    """A place in a document that is not there, or no longer."""


def _offered(reply: Callable[[Judging, Site, Asked], Reply]) -> Callable[[Site, Asked], Reply]:
    """`reply` with what judges; where nothing does, the room says so."""

    @wraps(reply)
    def replied(site: Site, asked: Asked) -> Reply:
        found = judging()
        return Reply(status=501, body=pages.not_offered_page()) if found is None else reply(found, site, asked)

    return replied


@_offered
def room(judges: Judging, site: Site, asked: Asked) -> Reply:
    """The room; a part of it that cannot be read is told, and the rest shown."""
    troubles: list[str] = []

    def told(parts: Callable[[], Sequence[T]]) -> Sequence[T]:
        try:
            return parts()
        except (ArchiveError, OSError) as error:
            troubles.append(str(error))
            return ()

    cases = told(partial(judges.kept, site.runs))
    since = min(int(asked.one("since")), len(cases)) if re.fullmatch(r"[0-9]{1,6}", asked.one("since")) else 0
    return Reply(
        body=pages.room_page(
            pages.Room(
                runs=told(partial(judges.runs, site.runs)),
                sets=told(partial(_sets, judges, site)),
                said=cases[since : since + pages.SHOWN_CASES],
                cases=len(cases),
                since=since,
                troubles=troubles,
            )
        )
    )


def _sets(judges: Judging, site: Site) -> Sequence[QuestionSet]:
    with site.pipeline.opened() as index:
        return judges.sets(site.runs, index)


@_offered
def run(judges: Judging, site: Site, asked: Asked) -> Reply:
    """Begin to run a set, and go to where it is seen how far that is."""
    try:
        work = partial(judges.run, site.runs, asked.one("set"), site.pipeline, site.home)
        job = site.jobs.start(KIND, work, asked.reader)
    except ArchiveError as error:
        return Reply(status=409, body=pages.notice_page(judge.NOT_RUN, pages.trouble_html(str(error))))
    return elsewhere(f"/judge/running/{job.id}")


def running(site: Site, asked: Asked) -> Reply:
    """How far a run is; when it has ended, its report, or why there is none."""
    job = site.jobs.job(asked.path["job"])
    if job is None or job.kind != KIND:
        return Reply(status=404, body=pages.notice_page(judge.NO_JOB, ""))
    address = f"/judge/running/{job.id}"
    if not job.ended.is_set():
        return Reply(body=pages.running_page(progress_html(job.id, judge.RUNNING, address), address))
    if isinstance(job.result, str):
        return elsewhere(pages.report_address(job.result))
    return Reply(body=pages.notice_page(judge.NOT_RUN, _why_not(job)))


def _why_not(job: Job) -> str:
    if job.cancelled.is_set():
        return f"<p>{said(judge.CANCELLED)}</p>"
    return pages.trouble_html(job.trouble or "")


@_offered
def report(judges: Judging, site: Site, asked: Asked) -> Reply:
    """The report of a run."""
    try:
        return _made(lambda: judges.report(site.runs, asked.path["run"]))
    except (ArchiveError, OSError) as error:
        return Reply(status=404, body=pages.notice_page(judge.UNTOLD, pages.trouble_html(str(error))))


@_offered
def compare(judges: Judging, site: Site, asked: Asked) -> Reply:
    """Two runs compared, `b` with the older `a`."""
    old, new, anyway = asked.one("a"), asked.one("b"), asked.one("anyway") == "yes"
    try:
        return _made(lambda: judges.comparison(site.runs, old, new, anyway=anyway))
    except (ArchiveError, OSError) as error:
        return Reply(status=409, body=pages.not_compared_page(str(error), old, new, anyway=anyway))


def _made(make: Callable[[], str]) -> Reply:
    """A page that takes its time, or, if several are wanted already, that the reader shall come again."""
    if not _WANTING.acquire(blocking=False):
        return busy()
    try:
        with _MAKING:
            return _page(make())
    finally:
        _WANTING.release()


def _page(report: str) -> Reply:
    """A page without script, whose policy allows its own style sheet by its check sum, and nothing else."""
    checked = b64encode(sha256(pages.style_of(report).encode()).digest()).decode()
    policy = _POLICY.format(f"'sha256-{checked}'")
    return Reply(body=pages.with_way_back(report), headers={"Content-Security-Policy": policy})


@_offered
def mark(judges: Judging, site: Site, asked: Asked) -> Reply:
    """Keep what a reader says of an answer; the quotations are read in the documents, at the places that were sent."""
    language: Language = "ru" if asked.one("language") == "ru" else "en"
    try:
        with site.pipeline.opened() as index:
            quoted = [_quoted(index, address) for address in asked.all("place")[: MOST_PLACES + 1]]
        id_ = judges.keep(
            site.runs, asked.one("question"), language, asked.one("verdict"), quoted=quoted, reader=asked.reader
        )
    except (ArchiveError, OSError) as error:
        return Reply(status=409, kind=JSON, body=json.dumps({"trouble": str(error)}))
    return Reply(kind=JSON, body=json.dumps({"id": id_}))


def _quoted(index: Index, address: str) -> tuple[str, dict[Language, str]]:
    """The document of a place, see `ui.page.links.place_address`, and the words that stand there, by language."""
    id_, _, places = address.partition("?")
    document = index.catalogue.document(unquote(id_))
    try:
        asked = parse_qs(places, max_num_fields=len(LANGUAGES) + 1)
    except ValueError:
        asked = {}
    words: dict[Language, str] = {}
    for language in LANGUAGES:
        for told in asked.get(language, ()):
            span = place(document, language, told) if document else None
            if document is None or span is None:
                raise UnknownPlaceError(
                    "a document has changed since it was quoted; ask again, and judge the new answer"
                )
            words[language] = span.of(document.texts[language])
    if document is None or not words:
        raise UnknownPlaceError("a quotation without a place was sent; ask again, and judge the new answer")
    return document.id, words


@_offered
def remove(judges: Judging, site: Site, asked: Asked) -> Reply:
    """Take away what was said of an answer."""
    try:
        judges.remove(site.runs, asked.one("case"))
    except (ArchiveError, OSError) as error:
        return Reply(status=409, body=pages.notice_page(judge.UNTOLD, pages.trouble_html(str(error))))
    return elsewhere("/judge#cases")


ROUTES = (
    Route(path="/judge", reply=room),
    Route(path="/judge/run", reply=run, method="POST", most=MOST_SENT),
    Route(path="/judge/running/{job}", reply=running),
    Route(path="/judge/report/{run:path}", reply=report),
    Route(path="/judge/compare", reply=compare),
    Route(path="/judge/mark", reply=mark, method="POST", most=MOST_SENT),
    Route(path="/judge/remove", reply=remove, method="POST", most=MOST_SENT),
)
