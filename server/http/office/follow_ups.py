"""`follow-ups`: what decisions lead to elsewhere and cannot, with why; tried again by itself, or now (architecture:
follow-ups)."""
from __future__ import annotations

from typing import Final

from aiohttp import web

from evaluation.body.reading_rights import Register
from server.http import parts
from server.http.bodies import FORM
from server.http.entry import entry
from server.http.language import locale_of
from server.http.login import see_other
from server.http.office.door import DESK, AtDesk, base, desk_for, not_there, show
from server.storage.follow_ups import FollowUp
from server.views.body.follow_ups import StuckView, stuck, stuck_view

HERE: Final = "follow-ups"
REFUSED: Final = "refused"
door: Final = desk_for(Register.FOLLOW_UPS)


async def stuck_at(request: web.Request, at: AtDesk) -> int:
    """How many the person of this desk is told of."""
    if at.sees(Register.FOLLOW_UPS) == frozenset():
        return 0
    return len(stuck(await request.app[parts.FOLLOW_UPS].of(at.body.id)))


@entry(door)
async def show_list(request: web.Request) -> web.StreamResponse:
    """`GET follow-ups`."""
    waiting = await request.app[parts.FOLLOW_UPS].of(request[DESK].body.id)
    shown = [await _view(request, one, waiting) for one in stuck(waiting)]
    return await show(request, "office/follow_ups.html", here=HERE, stuck=shown, refused=REFUSED in request.query)


async def _view(request: web.Request, one: FollowUp, waiting: tuple[FollowUp, ...]) -> StuckView:
    (record,) = await parts.journals(request).records(one.source, one.position - 1, one.position)
    row = await parts.rows(request).one("days", one.target)
    again = f"{base(request)}follow-ups/{one.source}/{one.position}/{one.edge}/again"
    return stuck_view(one, waiting, row.data if row is not None else None, record.at, again, parts.now(request),
                      locale_of(request))


@entry(door, takes=(FORM,), most="limits.form_bytes")
async def again(request: web.Request) -> web.StreamResponse:
    """`POST follow-ups/{source}/{position}/{edge}/again`. Problem 404 for one that is not stuck, or another body's."""
    asked = request.match_info
    which = asked["source"], int(asked["position"]), asked["edge"]
    waiting = await request.app[parts.FOLLOW_UPS].of(request[DESK].body.id)
    one = next((one for one in stuck(waiting) if (one.source, one.position, one.edge) == which), None)
    if one is None:
        raise not_there()
    stands = await request.app[parts.FOLLOWING].again(one)
    return see_other(f"{base(request)}follow-ups?{'done=carried-out' if stands else REFUSED}")
