"""A seat changes browsers (X11): the mailed code, and what ends for the browser that had it."""
from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from aiohttp import web

from evaluation import access
from evaluation.people import SYSTEM
from server.http import parts
from server.http.language import locale_of
from server.media.engine import RoomRights
from server.storage.accounts import SeatEntry
from server.storage.outbox import Letter

V = TypeVar("V")


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


async def hand_over(request: web.Request, entry: SeatEntry) -> None:
    """The old login has ended: so do its event streams and its media, at once; then the journal says so."""
    request.app[parts.STREAMS].close_seat(entry.session, entry.seat)
    state = await parts.sessions(request).state(entry.session)
    if state is not None:
        _cut_media(request, entry, *access.room_rights(state))
    await parts.sessions(request).execute(
        entry.session, SYSTEM, "TakeOverSeat", {"seat": entry.seat}, by_server=True)


def _cut_media(request: web.Request, entry: SeatEntry, publish: Mapping[str, frozenset[str]],
               view: Mapping[str, frozenset[str]]) -> None:
    """Take the seat's rights and give them back in one breath: what the old browser sends and receives is closed."""
    engine = parts.engine(request)
    engine.set_rights(entry.session, RoomRights(_without(publish, entry.seat), _without(view, entry.seat)))
    engine.set_rights(entry.session, RoomRights(publish, view))


def _without(rights: Mapping[str, V], seat: str) -> dict[str, V]:
    return {one: granted for one, granted in rights.items() if one != seat}
