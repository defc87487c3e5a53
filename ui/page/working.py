"""Long work under way, as HTML; pure."""

from ui.messages import Words


def progress_html(job_id: str, what: Words, then: str) -> str:
    """How far the job is, and a button to cancel it; when it is done, the page's script goes to the address `then`."""
    return ""
