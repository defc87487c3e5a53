"""What a reader may say of an answer: that it is right, or wrong; pure."""

from rag.answer import Answer


def marking_html(answer: Answer) -> str:
    """Buttons that say so; the page's script sends it, and tells that it was kept."""
    return ""
