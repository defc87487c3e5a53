"""Evaluations, and what readers say of answers."""

from ui.server.asked import Route

ROUTES: tuple[Route, ...] = ()
