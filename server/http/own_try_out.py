"""A person's try-out in their space, at a seat of theirs: days before, as often as wanted, no day open (X4).

Their own camera and microphone go to this server and come back, in a room of one (`TryOutRooms`). What their page and
the server measured is recorded as it is; whether that is enough, the rules say.
"""
from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal

from aiohttp import web

from evaluation.codec import decode, encode
from evaluation.people import Role, SeatId
from evaluation.rules import N_
from evaluation.session.tried import Floors, Measures, Path, TriedCamera, TriedLine
from evaluation.session.trying_out import may_try
from server.config import Config, TryOutSettings, ice_servers
from server.cutting.try_out_rooms import Crowded, room_of
from server.http import parts
from server.http.bodies import JSON, SDP, SDP_FRAGMENT, read_object, read_text
from server.http.entry import VISIT, Visit, entry
from server.http.media_signalling import created, restarted, takes_offers
from server.http.own_papers import reading_of, seat_path, shown_page
from server.http.own_seat import at_seat
from server.http.problem import Problem
from server.http.seat_commands import idempotency_key
from server.media.engine import StreamQuality
from server.views.session.try_out_words import try_out_path, try_out_view
from server.views.when import day_words


@dataclass(frozen=True)
class ReturnedLine:
    """What a page measured of the way to the server and back; the server adds what it saw."""

    path: Path
    carries_bps: int
    returned_bps: int
    lost_back: int
    round_trip_ms: int


@dataclass(frozen=True)
class Found:
    """The body of what a page has found."""

    live_video: bool
    camera: TriedCamera | None
    heard: bool | None
    sound: bool
    line: ReturnedLine | None


def _tries(visit: Visit, _request: web.Request) -> bool:
    return may_try(visit.state, visit.seat)


def _tries_alone(visit: Visit, request: web.Request) -> bool:
    """Of all that is published in the room of one, the person's own."""
    return may_try(visit.state, visit.seat) and request.match_info["peer"] == visit.seat.id


own_try_out: Final = at_seat(_tries)
only_oneself: Final = at_seat(_tries_alone)
MAIN: Final[Literal["main"]] = "main"


@entry(own_try_out)
async def show_try_out(request: web.Request) -> web.StreamResponse:
    """`GET seats/{seat}/try-out`: what the last one gave, and the next one."""
    reading, config, here = await reading_of(request), parts.config(request), _here(request)
    seat = reading.seat
    return await shown_page(
        request, "space/try_out.html", last=try_out_view(reading), seat_path=f"{here}/",
        shows_card=seat.role is Role.CANDIDATE, title=reading.state.framework.title,
        day=day_words(reading.state.date, reading.locale),
        ice_servers=ice_servers(config.ice, seat.id, parts.calendar(request)),
        settings={"light": light(config.try_out), "try_out": _pace(config.try_out, seat.id)})


def light(settings: TryOutSettings) -> dict[str, int]:
    """When a page says that there is too little light (`Light` of lib/page.js)."""
    return {"face": settings.face_levels, "behind": settings.behind_levels}


def _pace(settings: TryOutSettings, seat: SeatId) -> dict[str, Any]:
    """As `TryOut` of lib/page.js."""
    return {"seat": seat, "sharpness": settings.card_sharpness, "connect_ms": 1000 * settings.connect_seconds,
            "settle_ms": 1000 * settings.settle_seconds, "measure_ms": 1000 * settings.measure_seconds}


def _here(request: web.Request) -> str:
    return try_out_path(seat_path(request))


# The room of one --------------------------------------------------------------------------------------------------


@entry(own_try_out, takes=(JSON,), most="limits.command_bytes")
async def open_room(request: web.Request) -> web.StreamResponse:
    """`POST seats/{seat}/try-out/room {}`: open for `try_out.room_seconds`."""
    await read_object(request)
    try:
        parts.try_outs(request).open(request[VISIT].seat.id)
    except Crowded:
        raise Problem(503, N_("Beaucoup de personnes essaient en ce moment. Rien n’est enregistré."),
                      N_("Recommencez dans une minute."), headers={"Retry-After": "60"}) from None
    return web.json_response({})


@entry(own_try_out, takes=(SDP,), most="media.offer_limit_bytes")
async def publish(request: web.Request) -> web.StreamResponse:
    """`POST seats/{seat}/try-out/whip/main` (WHIP)."""
    seat, offer = request[VISIT].seat.id, await read_text(request)
    return created(await parts.engine(request).publish(room_of(seat), seat, MAIN, offer), f"{_here(request)}/media/")


@entry(only_oneself, takes=(SDP,), most="media.offer_limit_bytes")
async def view(request: web.Request) -> web.StreamResponse:
    """`POST seats/{seat}/try-out/whep/{peer}/main` (WHEP)."""
    seat, offer = request[VISIT].seat.id, await read_text(request)
    negotiated = await parts.engine(request).view(room_of(seat), seat, seat, MAIN, offer)
    return created(negotiated, f"{_here(request)}/media/")


@entry(own_try_out)
async def options(_request: web.Request) -> web.StreamResponse:
    return takes_offers()


@entry(own_try_out, takes=(SDP_FRAGMENT,), most="media.offer_limit_bytes")
async def restart(request: web.Request) -> web.StreamResponse:
    """`PATCH seats/{seat}/try-out/media/{resource}`."""
    seat, fragment = request[VISIT].seat.id, await read_text(request)
    return restarted(await parts.engine(request).restart(
        room_of(seat), seat, request.match_info["resource"], request.headers.get("If-Match"), fragment))


@entry(own_try_out)
async def close(request: web.Request) -> web.StreamResponse:
    """`DELETE seats/{seat}/try-out/media/{resource}`."""
    seat = request[VISIT].seat.id
    await parts.engine(request).close(room_of(seat), seat, request.match_info["resource"])
    return web.Response(status=200)


# What it gave -----------------------------------------------------------------------------------------------------


@entry(own_try_out, takes=(JSON,), most="limits.command_bytes")
async def record(request: web.Request) -> web.StreamResponse:
    """`POST seats/{seat}/try-out`: while the way to the server is still open, so that the server says what it saw; then
    the room is closed."""
    visit, key = request[VISIT], idempotency_key(request)
    found = decode(Found, await read_object(request))
    measures = Measures(found.live_video, found.camera, found.heard, found.sound, _line(request, found.line))
    outcome = await parts.sessions(request).execute(
        visit.session, visit.seat.id, "RecordTryOut",
        {"measures": encode(measures), "floors": encode(floors(parts.config(request)))}, key=key, by_server=True)
    parts.try_outs(request).close(visit.seat.id)
    return web.json_response({"position": outcome.position})


def _line(request: web.Request, line: ReturnedLine | None) -> TriedLine | None:
    """With what the server took of it. Problem 409 where the room has ended meanwhile."""
    if line is None:
        return None
    seat = request[VISIT].seat.id
    seen = _published(parts.engine(request).quality(room_of(seat)))
    if seen is None or not parts.try_outs(request).is_open(seat):
        raise Problem(409, N_("L’essai a duré trop longtemps : le serveur l’a arrêté. Rien n’est enregistré."),
                      N_("Recommencez l’essai."))
    return TriedLine(line.path, line.carries_bps, seen.bitrate, line.returned_bps, round(1000 * seen.loss),
                     line.lost_back, line.round_trip_ms)


def _published(found: tuple[StreamQuality, ...]) -> StreamQuality | None:
    return next((one for one in found if one.role == "publish"), None)


def floors(config: Config) -> Floors:
    """What is asked: of the network no more than what a connection must give not to be called poor, and a picture not
    to be paused."""
    asked, quality = config.try_out, config.quality
    return Floors(asked.picture_pixels, asked.face_levels, asked.behind_levels, asked.card_sharpness,
                  config.media.viewer_floor_bps, round(1000 * quality.poor_loss),
                  quality.poor_round_trip_milliseconds)
