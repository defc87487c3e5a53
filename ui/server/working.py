"""How far long work is, and how it is cancelled; each piece is told of to its owner alone."""

import json

from ui.server.asked import Asked, Reply, Route, elsewhere, is_own
from ui.server.jobs import Job
from ui.server.site import Site


def job(site: Site, asked: Asked) -> Reply:
    """What there is to say of a job, as JSON: its kind, how far it is, and when it has ended, its trouble or result."""
    found = site.jobs.job(asked.path["id"], asked.reader)
    return _told(found) if found else _unknown()


def cancel(site: Site, asked: Asked) -> Reply:
    """Have a job stop at its next report; the reader goes on to the address `then`, if one of this server is given."""
    found = site.jobs.job(asked.path["id"], asked.reader)
    if found is None:
        return _unknown()
    found.cancelled.set()
    then = asked.one("then")
    return elsewhere(then) if is_own(then) else _told(found)


def _told(job: Job) -> Reply:
    far = job.far
    address = job.result if isinstance(job.result, str) and is_own(job.result) else None
    return _json(
        {
            "kind": job.kind,
            "done": far.done,
            "total": far.total,
            "seconds": round(far.seconds, 1),
            "cancelled": far.stopping,
            "ended": job.ended.is_set(),
            "trouble": job.trouble,
            "result": address,
        }
    )


def _unknown() -> Reply:
    told = "no such job; it has been forgotten, or the server was started anew since"
    return _json({"trouble": told}, status=404)


def _json(plain: dict[str, object], status: int = 200) -> Reply:
    return Reply(
        body=json.dumps(plain, ensure_ascii=False),
        status=status,
        kind="application/json",
        headers={"Cache-Control": "no-store"},
    )


ROUTES = (
    Route(path="/job/{id}", reply=job),
    Route(path="/job/{id}/cancel", reply=cancel, method="POST", most=10_000),
)
