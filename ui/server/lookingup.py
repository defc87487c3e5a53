"""Where a reference or a quotation leads."""

from ui.server.asked import Route

ROUTES: tuple[Route, ...] = ()
