"""How far long work is."""

from ui.server.asked import Route

ROUTES: tuple[Route, ...] = ()
