"""The notebook: quotations collected, and their export."""

from ui.server.asked import Route

ROUTES: tuple[Route, ...] = ()
