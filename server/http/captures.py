"""Single frames taken by the server from the live stream (R6.3): evidence, never a recording."""
from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from evaluation.codec import decode, encode
from evaluation.rules import N_
from evaluation.session.doors import Door
from server.http import parts
from server.http.bodies import JSON, read_object
from server.http.entry import VISIT, Visit, entry, require, seated
from server.http.filing import file_away, read_away
from server.http.problem import Problem
from server.media.engine import SourceName

KIND = "capture"
JPEG = "image/jpeg"


@dataclass(frozen=True)
class Asked:
    """The body of a POST."""

    hearing: str
    seat: str
    source: SourceName


@entry(seated, takes=(JSON,), most="limits.command_bytes")
async def take(request: web.Request) -> web.StreamResponse:
    """`POST captures {"hearing", "seat", "source"}` → `{"capture", "position"}`."""
    visit = request[VISIT]
    asked = decode(Asked, await read_object(request))
    require(visit, Door.CAPTURES, asked.hearing)
    if asked.seat not in visit.rights.view:
        raise Problem(403, N_("Vous ne voyez pas cette personne en ce moment. Aucune image n’a été prise."))
    taken = await parts.engine(request).capture(visit.session, asked.seat, asked.source)
    stored, outcome = await file_away(
        request, visit, asked.hearing, KIND, JPEG, taken.jpeg, "TakeCapture",
        lambda file: {**encode(asked), "capture": file.id, "digest": file.digest})
    return web.json_response({"capture": stored.id, "position": outcome.position}, status=201)


def _sees(visit: Visit, request: web.Request) -> bool:
    """Images taken, and the crops that a check has left."""
    wanted = request.match_info["capture"]
    found = next((hearing.id for hearing in visit.state.hearings.values() if wanted in hearing.pictures), None)
    return found is not None and Door.CAPTURES in visit.rights.doors(found)


@entry(_sees)
async def show(request: web.Request) -> web.StreamResponse:
    """`GET captures/{capture}.jpg`. Who looked is written down first."""
    picture = await read_away(request, request.match_info["capture"], "picture")
    return web.Response(body=picture, content_type=JPEG)
