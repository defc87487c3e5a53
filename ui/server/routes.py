"""Every address of the server but those of gradio, room by room."""

from ui.server import adding, collecting, copying, documents, door, judging, lookingup, records, working
from ui.server.asked import Route

ROUTES: tuple[Route, ...] = (
    *documents.ROUTES,
    *lookingup.ROUTES,
    *copying.ROUTES,
    *collecting.ROUTES,
    *records.ROUTES,
    *judging.ROUTES,
    *adding.ROUTES,
    *working.ROUTES,
    *door.ROUTES,
)
