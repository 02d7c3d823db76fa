"""A seat changes browsers (X11): the mailed code, and how what a browser sends and receives is cut."""
from __future__ import annotations

from typing import cast

from aiohttp import web

from evaluation import access
from evaluation.people import SeatId
from evaluation.state import SessionState
from server.http import parts
from server.http.language import locale_of
from server.media.engine import MediaEngine, RoomRights, SourceName
from server.storage.accounts import SeatEntry
from server.storage.outbox import Letter


async def mail_code(request: web.Request, entry: SeatEntry) -> None:
    """A new code for the seat; the one mailed before is good for nothing."""
    profile = await parts.sessions(request).profile(entry.person) or {}
    code = await parts.accounts(request).open_takeover(entry.seat)
    await put_letter(request, Letter(entry.person, "takeover_code", {
        "locale": locale_of(request), "first_name": profile.get("first_name", ""), "code": code,
        "minutes": parts.limits(request).takeover_seconds // 60,
    }))


async def put_letter(request: web.Request, letter: Letter) -> None:
    await request.app[parts.OUTBOX].put(letter)
    request.app[parts.DELIVERY].wake()


def cut_media(engine: MediaEngine, state: SessionState, seat: SeatId) -> None:
    """Take the seat's rights and give them back in one breath: what the old browser sends and receives is closed."""
    rights = _room_rights(state)
    engine.set_rights(state.id, RoomRights({**rights.publish, seat: frozenset()}, {**rights.view, seat: frozenset()}))
    engine.set_rights(state.id, rights)


def cut_second(engine: MediaEngine, state: SessionState, seat: SeatId) -> None:
    """The same for the second source alone: a phone films no longer."""
    rights = _room_rights(state)
    kept = rights.publish.get(seat, frozenset()) - {"second"}
    engine.set_rights(state.id, RoomRights({**rights.publish, seat: kept}, rights.view))
    engine.set_rights(state.id, rights)


def _room_rights(state: SessionState) -> RoomRights:
    sources, view = access.room_rights(state)
    return RoomRights(cast("dict[SeatId, frozenset[SourceName]]", sources), view)
