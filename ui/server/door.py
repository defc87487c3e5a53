"""Who may come in."""

from ui.server.asked import Route

ROUTES: tuple[Route, ...] = ()
