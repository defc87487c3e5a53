"""Files that readers add: sent, checked, shown as they were read, and indexed when their reader says so."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from urllib.parse import urlencode

from index.build import BuildReport
from index.document import LANGUAGES, SentenceBead
from index.errors import ArchiveError
from index.generations import storage
from index.receive import foretell, paired, receive
from ui.messages import adding as words
from ui.page import adding as page
from ui.page.working import trouble_html
from ui.server.asked import Asked, Reply, Route, elsewhere
from ui.server.jobs import Advance, Busy
from ui.server.site import Site
from ui.server.sorting import MOST_FILE, MOST_FILES, MOST_SENT
from ui.server.staging import Staged, stage, staged, sweep
from ui.server.unpacking import sort

_KIND = "add"
_AROUND = 1_000_000  # bytes of a form around its files: a name and a boundary for each


def offer(site: Site, asked: Asked) -> Reply:
    """A form to send files with; who can allow it, if it is not allowed."""
    if not site.allow_upload:
        return Reply(body=page.closed_page())
    sweep(site.home)
    return _offer()


def closed(site: Site) -> Reply | None:
    """The refusal of whatever is sent, if nothing is taken."""
    return None if site.allow_upload else Reply(status=403, body=page.closed_page())


def check(site: Site, asked: Asked) -> Reply:
    """Take what was sent, sort it, and go on to what was read from it. Nothing is indexed yet."""
    if not asked.files:
        return _offer(400, page.warning_html(words.NOTHING_SENT))
    try:
        id_ = stage(site.home, asked.reader, sort(asked.files))
    except ArchiveError as error:
        return _offer(507, trouble_html(str(error)))
    return elsewhere(f"/add/checked/{id_}")


def checked(site: Site, asked: Asked) -> Reply:
    """What was read from the files that wait, by the code that will index them."""
    waiting = staged(site.home, asked.path["id"], asked.reader)
    return _checked(site, waiting) if waiting else _gone()


def discard(site: Site, asked: Asked) -> Reply:
    """Take the files that wait away."""
    waiting = staged(site.home, asked.one("checked"), asked.reader)
    if waiting:
        waiting.discard()
    return elsewhere("/add")


def index(site: Site, asked: Asked) -> Reply:
    """Begin to add the files that wait."""
    waiting = staged(site.home, asked.one("checked"), asked.reader)
    if waiting is None:
        return _gone()
    try:
        job = site.jobs.start(_KIND, partial(_add, site, waiting), asked.reader)
    except Busy:
        return _checked(site, waiting, 409, page.warning_html(words.BUSY))
    return elsewhere(_added(job.id, waiting.id))


def added(site: Site, asked: Asked) -> Reply:
    """How far it is; and when it has ended, what was added, or why nothing was."""
    job = site.jobs.job(asked.path["id"], asked.reader)
    if job is None or job.kind != _KIND:
        return Reply(status=404, body=page.unknown_page())
    if not job.ended.is_set():
        return Reply(body=page.adding_page(job.id, _added(job.id, asked.one("checked")), job.far))
    if job.trouble is not None:
        waiting = staged(site.home, asked.one("checked"), asked.reader)
        return Reply(body=page.failed_page(job.trouble, waiting.id if waiting else ""))
    report = job.result if isinstance(job.result, BuildReport) else BuildReport()
    try:
        with site.pipeline.opened() as opened:
            held = opened.catalogue.documents([*report.added, *report.changed])
            return Reply(body=page.added_page(report, [(one, _pairs(opened.catalogue.beads(one))) for one in held]))
    except ArchiveError as error:
        return Reply(status=500, body=page.failed_page(str(error), ""))


def _pairs(beads: Sequence[SentenceBead]) -> int:
    return sum(len(bead.spans) == len(LANGUAGES) for bead in beads)


def _add(site: Site, waiting: Staged, advance: Advance) -> BuildReport:
    """Receive the files that would be taken; they wait no longer once they are published."""
    with site.pipeline.opened() as opened:
        told = foretell(opened, _contents(waiting))
    taken = {told[text.name].kept_as: text.path for text in waiting.texts if told[text.name].taken}
    report = receive(site.home, taken, advance) if taken else BuildReport()
    waiting.discard()
    return report


def _contents(waiting: Staged) -> dict[str, bytes]:
    """The bytes of the files that wait, by their names.

    Raises: StorageError if they cannot be read.
    """
    with storage(waiting.folder):
        return {text.name: text.path.read_bytes() for text in waiting.texts}


def _checked(site: Site, waiting: Staged, status: int = 200, trouble: str = "") -> Reply:
    try:
        with site.pipeline.opened() as opened:
            told = paired(opened, foretell(opened, _contents(waiting)))
    except ArchiveError as error:
        return Reply(status=500, body=page.failed_page(str(error), waiting.id))
    shown = {text.name: text.shown for text in waiting.texts}
    files = [(shown[name], replace(one, other=shown.get(one.other, ""))) for name, one in told.items()]
    return Reply(status=status, body=page.checked_page(waiting.id, files, waiting.refused, trouble))


def _offer(status: int = 200, trouble: str = "") -> Reply:
    return Reply(status=status, body=page.offer_page(MOST_FILES, MOST_SENT, MOST_FILE, trouble))


def _gone() -> Reply:
    return Reply(status=404, body=page.gone_page())


def _added(job_id: str, checked: str) -> str:
    """Where it is told what was added."""
    return f"/add/added/{job_id}?{urlencode({'checked': checked})}"


ROUTES = (
    Route(path="/add", reply=offer),
    Route(path="/add/check", reply=check, method="POST", most=MOST_SENT + _AROUND, closed=closed),
    Route(path="/add/checked/{id}", reply=checked, closed=closed),
    Route(path="/add/discard", reply=discard, method="POST", most=10_000, closed=closed),
    Route(path="/add/index", reply=index, method="POST", most=10_000, closed=closed),
    Route(path="/add/added/{id}", reply=added, closed=closed),
)
