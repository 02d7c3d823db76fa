"""`GET board/events`: the organizer's board, as Server-Sent Events (view.d.ts)."""
from __future__ import annotations

from collections.abc import Hashable
from typing import NamedTuple

from aiohttp import web

from evaluation.people import SeatId
from evaluation.session import access
from server.http import parts
from server.http.entry import VISIT, Visit, entry
from server.http.event_streams import written
from server.http.language import locale_of
from server.http.live import LIVE
from server.http.login import Held
from server.journals.of_kind import Sessions
from server.journals.streams import Message
from server.keeping.open_cases import OpenCases
from server.views.session.board import board_view, organized


def organizes(visit: Visit, _request: web.Request) -> bool:
    return visit.rights.board


@entry(organizes)
async def events(request: web.Request) -> web.StreamResponse:
    """Looked at anew at each nudge, for it shows every session of this person; sent when something changed."""
    visit, locale, held = request[VISIT], locale_of(request), Held(request)
    sessions, live, accounts = parts.sessions(request), request.app[LIVE], parts.accounts(request)
    told: Hashable = None

    async def render(seat: str, _since: int) -> list[Message] | None:
        nonlocal told
        while await held() and _open(sessions, visit.session, seat):
            news = await _news(request, visit)
            if news == told:
                return []
            board = await board_view(sessions, sessions.known(visit.session) or visit.state, visit.seat.person, locale,
                                     parts.now(request), level=live.level, ways_in=accounts.logins.ways_in,
                                     cases=news.cases)
            # Where something moved meanwhile, what was read may no longer be for this reader.
            if await _news(request, visit) == news and _open(sessions, visit.session, seat):
                told = news
                return [Message("board", None, written(board))]
        return None

    return await request.app[parts.STREAMS].serve(request, visit.session, visit.seat.id, 0, render, beyond=True)


def _open(sessions: Sessions, session: str, seat: SeatId) -> bool:
    state = sessions.known(session)
    return state is not None and access.rights(state, seat).board


class _News(NamedTuple):
    """What a board is made of, at little cost: how far each session has come, how good each line is, whose name is
    no longer known, who has come in or gone out, on which candidacies a case is open."""

    forgotten: Hashable
    logins: Hashable
    lines: Hashable
    cases: frozenset[str]


async def _news(request: web.Request, visit: Visit) -> _News:
    sessions, live, accounts = parts.sessions(request), request.app[LIVE], parts.accounts(request)
    states = await organized(sessions, sessions.known(visit.session) or visit.state, visit.seat.person)
    lines = tuple((state.id, state.position, tuple(live.level(state.id, seat.id) for seat in state.seats()))
                  for state in states)
    candidacies = (one.candidacy for state in states for one in state.hearings.values())
    cases = await OpenCases(parts.rows(request)).known_to(visit.seat.person, candidacies)
    return _News(accounts.forgotten, accounts.logins.changes, lines, cases)
