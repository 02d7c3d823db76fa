"""`GET /seat/{seat}/`: the page of a seat, by role."""
from __future__ import annotations

from typing import Final

from aiohttp import web

from evaluation.people import Role, SeatId
from server.config import LimitSettings, ice_servers
from server.http import parts
from server.http.entry import VISIT, entry, seated
from server.http.event_streams import feed
from server.http.home import space_path
from server.http.login import SEAT
from server.http.own_try_out import light
from server.http.pages import form_page
from server.storage.vault import Erased, session_subject

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
                seat_space=space_path(visit.seat.person),
                ice_servers=ice_servers(parts.config(request).ice, visit.seat.id, parts.calendar(request)),
                settings={"sending": sending(parts.limits(request)), "light": light(parts.config(request).try_out),
                          "seal": await seal(request, visit.session, visit.seat.id)})


def sending(limits: LimitSettings) -> dict[str, int]:
    """When a page gives up an upload (`Sending` of lib/page.js)."""
    return {"stalled_ms": 1000 * limits.upload_stalled_seconds, "answer_ms": 1000 * limits.upload_answer_seconds,
            "tries": limits.upload_tries}


async def seal(request: web.Request, session: str, seat: SeatId) -> str:
    """The key (64 hexadecimal digits) under which this seat's browser keeps what has not been sent.

    It is always the same for a seat and given to nobody else: what a browser keeps is unreadable once the seat is no
    longer its own. "" where the session's own key is gone: the browser then keeps nothing.
    """
    try:
        key = await parts.vault(request).key(session_subject(session))
    except Erased:
        return ""
    return key.digest(f"browser:{seat}", b"")
