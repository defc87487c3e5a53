"""Files that readers add."""

from ui.server.asked import Route

ROUTES: tuple[Route, ...] = ()
