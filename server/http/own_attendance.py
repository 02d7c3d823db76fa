"""A juror's certificate of attendance in their space, also once the session is closed (R1.5)."""
from __future__ import annotations

from typing import Final

from aiohttp import web

from evaluation.body.kind import BODY
from evaluation.people import Role
from evaluation.rules import N_
from server.documents.juror_attendance_pdf import attendance_pdf
from server.http import parts
from server.http.entry import VISIT, Visit, entry
from server.http.own_seat import at_any_seat
from server.http.problem import Problem
from server.views.session.juror_attendance import attendance_paper, attended_hours


def _juror(visit: Visit, _request: web.Request) -> bool:
    return visit.seat.role is Role.JUROR


own_attendance: Final = at_any_seat(_juror)


@entry(own_attendance)
async def attendance(request: web.Request) -> web.StreamResponse:
    """`GET seats/{seat}/attendance.pdf`; the paper is in French whoever reads it."""
    visit = request[VISIT]
    state, seat = visit.state, visit.seat
    sat = await attended_hours(parts.sessions(request), visit.session, seat.id)
    if not sat:
        raise Problem(404, N_("Il n’y a pas d’attestation pour cette place : elle est établie pour qui a siégé et "
                              "signé une délibération."))
    profile = await parts.accounts(request).profile(seat.person) or {}
    body = await parts.journals(request).state(BODY, state.body)
    provider = body.providers.get(state.provider) if body is not None else None
    paper = attendance_paper(state, seat, sat, str(profile.get("name", "")), provider.name if provider else "",
                          body.name if body is not None else "")
    async with request.app[parts.PAPERS].turn():
        drawn = await attendance_pdf(paper)
    return web.Response(body=drawn, content_type="application/pdf",
                        headers={"Content-Disposition": 'attachment; filename="attestation.pdf"'})
