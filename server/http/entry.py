"""The one door of every route. A handler declares who it is open to; a route without a declaration does not start.

`PUBLIC` is anybody, `LINK` whoever holds a secret address, an invitation link or a phone's code (its handler looks at
it), and everything else is a seat: what the browser holds (`login.Holding`) must be this seat, and what `opens` asks of
the rights that come with it must be granted. There is no other place in `server/http` that decides who may.
"""
from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final

from aiohttp import web
from aiohttp.typedefs import Handler

from evaluation.people import Seat
from evaluation.rules import N_
from evaluation.session import access
from evaluation.session.state import SessionState
from server.addresses import who_at
from server.http import parts
from server.http.bodies import MOST, refuse_larger
from server.http.limits import Rate
from server.http.login import HOLDING, Holding, holder, holding_of, login_cookie, of_phone
from server.http.problem import Problem
from server.http.requestlog import WHOSE, pattern
from server.http.security import refuse_cross_site, refuse_other_types, refuse_repetition
from server.http.security_log import note
from server.security_events import SecurityEvent
from server.storage.logins import Ended, Standing
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


@dataclass(frozen=True)
class Entry:
    """`takes` are the media types of the body, `most` the setting (config.toml) that says how large it may be."""

    opens: Anybody | Opens
    takes: tuple[str, ...] = ()
    most: str = ""


STREAMS: Final = "streams"
"""The rate of what stays open: a further one ends the oldest (`streams.Streams`) and never waits for its end."""
VISIT: Final = web.RequestKey("visit", Visit)
ENDED_SEAT: Final = web.RequestKey("ended_seat", str)
"""The path of a seat that this browser held and holds no more: what it still keeps of it is to be forgotten."""
LET_IN: Final = web.RequestKey("let_in", bool)
"""Every question at the door was answered well: the handler has the request."""
ENTRIES: dict[Handler, Entry] = {}
RATES: Final = web.AppKey("rates", dict[web.AbstractRoute, str])
"""Of each route (`routes.ROUTES`) the rate that says how often it may be asked: by a seat, or by an address before
there is one."""


def entry(opens: Anybody | Opens, *, takes: tuple[str, ...] = (), most: str = "") -> Callable[[Handler], Handler]:
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


def through(door: access.Door) -> Opens:
    """Open where the seat has this door for the hearing that the path or the query names."""

    def opens(visit: Visit, request: web.Request) -> bool:
        hearing = request.match_info.get("hearing") or request.query.get("hearing", "")
        return door in visit.rights.doors(hearing)

    return opens


def require(visit: Visit, door: access.Door, hearing: str) -> None:
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
        if (holding_of(path) is None) != isinstance(declared.opens, Anybody):
            raise RuntimeError(f"{route.method} {path}: a seat's path and a seat's door go together")


REFUSED_DOORS: Final = frozenset({401, 403, 404})


@web.middleware
async def let_in(request: web.Request, handler: Handler) -> web.StreamResponse:
    match = request.match_info
    if match.http_exception is not None:
        _slow_strangers_down(request)
        return await handler(request)  # no such route: its own 404 or 405
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
    """With the seat where this browser holds it, or held it: what stands in the address may be anything."""
    visit = request.get(VISIT)
    known = visit.seat.id if visit is not None else request.match_info["seat"] if ENDED_SEAT in request else None
    note(request, SecurityEvent.DOOR_REFUSED, seat=known, session=visit.session if visit is not None else None,
         status=status, method=request.method, route=pattern(request))


async def _through(request: web.Request, handler: Handler, declared: Entry) -> web.StreamResponse:
    try:
        refuse_cross_site(request, parts.public_host(request))
    except Problem:
        _slow_strangers_down(request)
        note(request, SecurityEvent.CROSS_SITE, method=request.method, route=pattern(request))
        raise
    who, rate = who_at(parts.client_address(request)), request.app[RATES][request.match_info.route]
    if not isinstance(declared.opens, Anybody):
        request[HOLDING] = _holding(request)
        # Looking up who asks is the one thing done before any rate of the seat: a hundred at once do it in turn.
        at_door = f"{who} {request.match_info['seat']}"
        async with request.app[parts.PLACES].place("door", at_door, parts.limits(request).requests_at_once):
            request[VISIT] = visit = await _visit(request)
        request[WHOSE] = who = visit.seat.id
    slow_down(request, rate, who, parts.rate(request, rate))
    refuse_repetition(request)
    if not isinstance(declared.opens, Anybody) and not declared.opens(request[VISIT], request):
        raise not_open()
    refuse_other_types(request, declared.takes)
    if declared.most:
        request[MOST] = parts.setting(request, declared.most)
        refuse_larger(request)
    request[LET_IN] = True
    with asking(who):
        if rate == STREAMS:
            return await handler(request)
        async with request.app[parts.PLACES].place(rate, who, parts.at_once(request, rate, seat=VISIT in request)):
            return await handler(request)


def slow_down(request: web.Request, name: str, who: str, rate: Rate) -> None:
    """Problem 429 (RFC 6585) with the seconds to wait."""
    wait = parts.limiter(request).take(name, who, rate)
    if wait:
        visit = request.get(VISIT)
        note(request, SecurityEvent.SLOWED_DOWN, seat=visit.seat.id if visit is not None else None, kind=name)
        raise Problem(429, N_("Trop de demandes à la suite. Celle-ci n’a pas été faite."),
                      N_("Attendez {seconds} s, puis recommencez."), values={"seconds": wait},
                      headers={"Retry-After": str(wait)})


def _slow_strangers_down(request: web.Request) -> None:
    """Whoever asks for what is not there, or not theirs."""
    slow_down(request, "strangers", who_at(parts.client_address(request)), parts.rate(request, "strangers"))


async def _visit(request: web.Request) -> Visit:
    """The seat of the path, if this browser holds it. Problem 401 says the same whether the seat exists or not."""
    held = await holder(request)
    state = await parts.sessions(request).state(held.session) if held is not None else None
    seat = state.seat(held.seat) if state is not None and held is not None else None
    if state is None or seat is None:
        _slow_strangers_down(request)
        raise await _not_here(request)
    return Visit(seat, state, request[HOLDING].rights(state, seat.id))


def _holding(request: web.Request) -> Holding:
    resource = request.match_info.route.resource
    holding = holding_of(resource.canonical) if resource is not None else None
    if holding is None:
        raise RuntimeError("a seat's door on no seat's path")
    return holding


ENDINGS: Final[Mapping[Ended, tuple[str, str]]] = {
    Ended.TAKEN_OVER: (
        N_("Votre place a été ouverte dans un autre navigateur, avec le code envoyé par courriel."),
        N_("Si ce n’est pas vous, prévenez la personne qui organise la session. Pour revenir ici, rouvrez le lien reçu "
           "par courriel.")),
    Ended.RENEWED: (
        N_("Votre lien a été remplacé : l’ancien lien et ce navigateur n’ouvrent plus votre place."),
        N_("Ouvrez le nouveau lien, envoyé à votre adresse électronique. Tout ce qui était enregistré l’est encore.")),
    Ended.LEFT: (
        N_("La déconnexion est faite : ce navigateur n’ouvre plus votre place."),
        N_("Pour y revenir, rouvrez le lien reçu par courriel. Tout ce qui était enregistré l’est encore.")),
    Ended.IDLE: (
        N_("Ce navigateur n’est pas venu depuis longtemps : par sécurité, il n’ouvre plus votre place."),
        N_("Rouvrez le lien reçu par courriel, et entrez depuis la page qu’il montre.")),
    Ended.OLD: (
        N_("Ce navigateur est connecté depuis longtemps : par sécurité, il n’ouvre plus votre place."),
        N_("Rouvrez le lien reçu par courriel, et entrez depuis la page qu’il montre.")),
    Ended.CLOSED: (
        N_("La session est terminée : votre place est fermée. Tout ce qui a été enregistré est conservé."),
        N_("Pour une question sur la suite, écrivez à la personne qui organise la session.")),
}
"""What happened to a login that is over, and what to do now."""


async def _not_here(request: web.Request) -> Problem:
    if of_phone(request):
        return Problem(401, N_("Ce téléphone ne filme plus pour l’épreuve."),
                       N_("Pour filmer de nouveau, choisissez « Filmer la pièce » sur l’ordinateur, et lisez le "
                          "nouveau code."))
    found = await _standing(request)
    if found is None or found.ended is None or found.entry.seat != request.match_info["seat"]:
        return not_here()
    request[ENDED_SEAT] = request[HOLDING].path(found.entry.seat)
    return Problem(401, *ENDINGS[found.ended])


async def _standing(request: web.Request) -> Standing | None:
    cookie = login_cookie(request)
    return await parts.accounts(request).logins.standing(cookie) if cookie else None


def not_here() -> Problem:
    return Problem(401, N_("Ce navigateur n’est pas connecté à cette place."),
                   N_("Ouvrez le lien reçu par courriel, et entrez depuis la page qu’il montre."))
