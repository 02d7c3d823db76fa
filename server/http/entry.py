"""The one door of every route. A handler declares who it is open to; a route without a declaration does not start.

`PUBLIC` is anybody, `LINK` whoever holds a secret address, an invitation link or a phone's code (its handler looks at
it), `at_home` (`home`) the person whose space the path names, and everything else is a seat: what the browser holds
(`login.Holding`) must be this seat, and what `opens` asks of the rights that come with it must be granted. There is no
other place in `server/http` that decides who may.
"""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Final

from aiohttp import web
from aiohttp.typedefs import Handler

from evaluation.people import Seat
from evaluation.rules import N_
from evaluation.session import access, doors
from evaluation.session.state import SessionState
from server.addresses import who_at
from server.http import parts
from server.http.bodies import MOST, refuse_larger
from server.http.endings import ENDED_SEAT, not_held
from server.http.home import HOME, AtHome, Home, home_of, is_space, not_at_home
from server.http.limits import Rate
from server.http.login import HOLDING, Holding, holder, holding_of
from server.http.problem import Problem
from server.http.requestlog import WHOSE, pattern
from server.http.security import refuse_cross_site, refuse_other_types, refuse_repetition
from server.http.security_log import note
from server.security_events import SecurityEvent
from server.turns import asking


@dataclass(frozen=True)
class Visit:
    """Who is asking: a seat, its session as it stands now, and its rights in it."""

    seat: Seat
    state: SessionState
    rights: access.SeatRights

    @property
    def session(self) -> str:
        return self.state.id


class Anybody(Enum):
    PUBLIC = "public"
    LINK = "link"


PUBLIC: Final = Anybody.PUBLIC
LINK: Final = Anybody.LINK
Opens = Callable[[Visit, web.Request], bool]
Door = Anybody | AtHome | Opens


@dataclass(frozen=True)
class Entry:
    """`takes` are the media types of the body, `most` the setting (config.toml) that says how large it may be."""

    opens: Door
    takes: tuple[str, ...] = ()
    most: str = ""


STREAMS: Final = "streams"
"""The rate of what stays open: a further one ends the oldest (`streams.Streams`) and never waits for its end."""
VISIT: Final = web.RequestKey("visit", Visit)
LET_IN: Final = web.RequestKey("let_in", bool)
"""Every question at the door was answered well: the handler has the request."""
ENTRIES: dict[Handler, Entry] = {}
RATES: Final = web.AppKey("rates", dict[web.AbstractRoute, str])
"""Of each route (`routes.ROUTES`) the rate that says how often it may be asked: by a seat, or by an address before
there is one."""


def entry(opens: Door, *, takes: tuple[str, ...] = (), most: str = "") -> Callable[[Handler], Handler]:
    """Declare who a handler is open to."""

    def declare(handler: Handler) -> Handler:
        ENTRIES[handler] = Entry(opens, takes, most)
        return handler

    return declare


def seated(_visit: Visit, _request: web.Request) -> bool:
    """Open to the seat itself, whatever its rights in the room: its own page, its commands (the rules judge each)."""
    return True


def in_room(visit: Visit, _request: web.Request) -> bool:
    return visit.rights.events


def through(door: doors.Door) -> Opens:
    """Open where the seat has this door for the hearing that the path or the query names."""

    def opens(visit: Visit, request: web.Request) -> bool:
        hearing = request.match_info.get("hearing") or request.query.get("hearing", "")
        return door in visit.rights.doors(hearing)

    return opens


def require(visit: Visit, door: doors.Door, hearing: str) -> None:
    """The same question asked inside a handler, where the hearing stands in the body. Problem 403."""
    if door not in visit.rights.doors(hearing):
        raise not_open()


class NotOpen(Problem):
    """A door that was asked for and is not open, at the way in or inside a handler (`require`)."""


def not_open() -> NotOpen:
    return NotOpen(403, N_("Cette page ne vous est pas ouverte en ce moment."),
                   N_("Revenez à votre page : elle montre ce qui vous est ouvert."))


def check_entries(app: web.Application) -> None:
    """RuntimeError when a route has no declaration, or one that does not fit its path or its body."""
    for route in app.router.routes():
        path = route.resource.canonical if route.resource is not None else "?"
        declared = ENTRIES.get(route.handler)  # type: ignore[arg-type]
        if declared is None:
            raise RuntimeError(f"{route.method} {path}: nothing says who may enter")
        if declared.takes and not declared.most:
            raise RuntimeError(f"{route.method} {path}: nothing says how much it takes")
        if not parts.is_rate(app[RATES].get(route, "")):
            raise RuntimeError(f"{route.method} {path}: nothing says how often")
        if (holding_of(path) is not None) != callable(declared.opens):
            raise RuntimeError(f"{route.method} {path}: a seat's path and a seat's door go together")
        if is_space(path) != isinstance(declared.opens, AtHome):
            raise RuntimeError(f"{route.method} {path}: a space's path and a space's door go together")


OTHER_SITE: Final = "other site "
NOWHERE: Final = "\0"
"""In no name of ours, and what PostgreSQL has no place for: looked up there, it would fail."""
REFUSED_DOORS: Final = frozenset({401, 403, 404})


@web.middleware
async def let_in(request: web.Request, handler: Handler) -> web.StreamResponse:
    match = request.match_info
    if match.http_exception is not None:
        _slow_strangers_down(request)
        return await handler(request)  # no such route: its own 404 or 405
    if NOWHERE in request.path or NOWHERE in request.rel_url.query_string:
        _slow_strangers_down(request)
        raise web.HTTPBadRequest
    declared = ENTRIES.get(match.handler)
    if declared is None:
        raise RuntimeError("a route without a declaration")
    if isinstance(declared.opens, Anybody):
        return await _through(request, handler, declared)
    try:
        return await _through(request, handler, declared)
    except Problem as refused:
        # What a handler refuses by itself was let in at the door: `errors` tells of it where there is anything to tell.
        if refused.status in REFUSED_DOORS and (LET_IN not in request or isinstance(refused, NotOpen)):
            _note_refused(request, refused.status)
        raise


def _note_refused(request: web.Request, status: int) -> None:
    """With the seat or the person where this browser holds it, or held it: what stands in the address may be anything.
    """
    visit, home = request.get(VISIT), request.get(HOME)
    known = visit.seat.id if visit is not None else request.match_info["seat"] if ENDED_SEAT in request else None
    note(request, SecurityEvent.DOOR_REFUSED, seat=known, session=visit.session if visit is not None else None,
         person=home.person if home is not None else None, status=status, method=request.method, route=pattern(request))


async def _through(request: web.Request, handler: Handler, declared: Entry) -> web.StreamResponse:
    try:
        refuse_cross_site(request, parts.public_host(request))
    except Problem:
        _slow_strangers_down(request, OTHER_SITE)
        note(request, SecurityEvent.CROSS_SITE, method=request.method, route=pattern(request))
        raise
    who, rate = who_at(parts.client_address(request)), request.app[RATES][request.match_info.route]
    if not isinstance(declared.opens, Anybody):
        who = await _known(request, who, declared.opens)
    slow_down(request, rate, who, parts.rate(request, rate))
    refuse_repetition(request)
    if not await _opened(request, declared.opens):
        raise not_open()
    refuse_other_types(request, declared.takes)
    if declared.most:
        request[MOST] = parts.setting(request, declared.most)
        refuse_larger(request)
    request[LET_IN] = True
    with asking(who):
        if rate == STREAMS:
            return await handler(request)
        known = VISIT in request or HOME in request
        async with request.app[parts.PLACES].place(rate, who, parts.at_once(request, rate, known=known)):
            return await handler(request)


async def _known(request: web.Request, address: str, opens: AtHome | Opens) -> str:
    """Who asks, by what their browser holds. Looking it up is the one thing done before any rate of theirs: a hundred
    at once do it in turn."""
    at_home = isinstance(opens, AtHome)
    named = request.match_info["person" if at_home else "seat"]
    async with request.app[parts.PLACES].place("door", f"{address} {named}", parts.limits(request).requests_at_once):
        if at_home:
            request[HOME] = home = await _home(request)
            return f"space {home.person}"
        request[HOLDING] = _holding(request)
        request[VISIT] = visit = await _visit(request)
    request[WHOSE] = visit.seat.id
    return visit.seat.id


async def _opened(request: web.Request, opens: Door) -> bool:
    if isinstance(opens, Anybody):
        return True
    if isinstance(opens, AtHome):
        return await opens.allows(request[HOME], request)
    return opens(request[VISIT], request)


def slow_down(request: web.Request, name: str, who: str, rate: Rate) -> None:
    """Problem 429 (RFC 6585) with the seconds to wait."""
    check_wait(request, name, parts.limiter(request).take(name, who, rate))


def check_wait(request: web.Request, name: str, wait: int) -> None:
    """As `slow_down`, where the seconds are counted elsewhere; 0: none."""
    if wait:
        visit, home = request.get(VISIT), request.get(HOME)
        note(request, SecurityEvent.SLOWED_DOWN, seat=visit.seat.id if visit is not None else None,
             person=home.person if home is not None else None, kind=name)
        raise Problem(429, N_("Trop de demandes à la suite. Celle-ci n’a pas été faite."),
                      N_("Attendez {seconds} s, puis recommencez."), values={"seconds": wait},
                      headers={"Retry-After": str(wait)})


def _slow_strangers_down(request: web.Request, through: str = "") -> None:
    """Whoever asks for what is not there, or not theirs. What comes `through` another site's page is counted apart: it
    leaves the visitor's own alone."""
    slow_down(request, "strangers", through + who_at(parts.client_address(request)), parts.rate(request, "strangers"))


async def _home(request: web.Request) -> Home:
    """The person of the path, if this browser holds their space. Problem 401 says the same whether they exist or not.
    """
    home = await home_of(request)
    if home is None:
        _slow_strangers_down(request)
        raise await not_at_home(request)
    return home


async def _visit(request: web.Request) -> Visit:
    """The seat of the path, if this browser holds it. Problem 401 says the same whether the seat exists or not."""
    held = await holder(request)
    state = await parts.sessions(request).state(held.session) if held is not None else None
    seat = state.seat(held.seat) if state is not None and held is not None else None
    if state is None or seat is None:
        _slow_strangers_down(request)
        raise await not_held(request)
    return Visit(seat, state, request[HOLDING].rights(state, seat.id))


def _holding(request: web.Request) -> Holding:
    resource = request.match_info.route.resource
    holding = holding_of(resource.canonical) if resource is not None else None
    if holding is None:
        raise RuntimeError("a seat's door on no seat's path")
    return holding
