"""`GET /seat/{seat}/`: the page of a seat, by role."""
from __future__ import annotations

from typing import Final

from aiohttp import web

from evaluation.people import Role
from server.config import ice_servers
from server.http import parts
from server.http.entry import VISIT, entry, seated
from server.http.events import feed
from server.http.login import SEAT
from server.http.pages import form_page

PAGES: Final = {
    Role.CANDIDATE: "candidate/page.html", Role.AID: "aid/room.html", Role.JUROR: "juror/room.html",
    Role.ORGANIZER: "organizer/board.html", Role.OBSERVER: "observer/room.html",
}


@entry(seated)
async def show(request: web.Request) -> web.StreamResponse:
    """A seat may always see its own page; what stands in it follows its rights."""
    visit = request[VISIT]
    view = await feed(request).whole(visit.state)
    return form_page(request, PAGES[visit.seat.role], view=view, seat_path=SEAT.path(visit.seat.id),
                ice_servers=ice_servers(parts.config(request).ice, visit.seat.id, parts.calendar(request)))
