"""WHIP (RFC 9725) and WHEP (draft-ietf-wish-whep): a seat publishes its sources and views those of others."""
from __future__ import annotations

from aiohttp import web

from evaluation.rules import N_
from server.http import parts
from server.http.bodies import SDP, SDP_FRAGMENT, read_text
from server.http.endings import not_here
from server.http.entry import VISIT, Visit, entry, seated
from server.http.login import HOLDING, Held, of_phone
from server.http.phone import end_phone
from server.http.problem import Problem
from server.media.engine import Negotiated, SourceChange, SourceName


def _publishes(visit: Visit, request: web.Request) -> bool:
    return request.match_info["source"] in visit.rights.publish


def _views(visit: Visit, request: web.Request) -> bool:
    return request.match_info["peer"] in visit.rights.view


def _has_media(visit: Visit, _request: web.Request) -> bool:
    return bool(visit.rights.publish or visit.rights.view)


def _source(request: web.Request) -> SourceName:
    name = request.match_info["source"]
    if name == "main" or name == "second":
        return name
    raise Problem(404, N_("Cette source n’existe pas : il y a « main » et « second »."))


def _only(request: web.Request) -> SourceName | None:
    """Of all that the seat sends and receives, the one source that this browser reaches."""
    return "second" if of_phone(request) else None


async def _created(request: web.Request, visit: Visit, negotiated: Negotiated) -> web.Response:
    if not await Held(request)():
        await parts.engine(request).close(visit.session, visit.seat.id, negotiated.resource)
        raise not_here()
    return created(negotiated, f"{request[HOLDING].path(visit.seat.id)}media/")


def created(negotiated: Negotiated, resources: str) -> web.Response:
    """RFC 9725 §4.2: 201, the resource's address beneath `resources`, its entity tag, and what PATCH takes."""
    return web.Response(status=201, text=negotiated.sdp, content_type=SDP, headers={
        "Location": resources + negotiated.resource, "ETag": negotiated.etag, "Accept-Patch": SDP_FRAGMENT,
    })


def restarted(negotiated: Negotiated) -> web.Response:
    """RFC 9725 §4.3: 200 with new credentials after an ICE restart, 204 where the fragment asked for nothing."""
    if not negotiated.sdp:
        return web.Response(status=204, headers={"ETag": negotiated.etag})
    return web.Response(text=negotiated.sdp, content_type=SDP_FRAGMENT, headers={"ETag": negotiated.etag})


def takes_offers() -> web.Response:
    """RFC 9725 §4.2: what a POST takes."""
    return web.Response(status=204, headers={"Accept-Post": SDP, "Allow": "OPTIONS, POST"})


@entry(_publishes, takes=(SDP,), most="media.offer_limit_bytes")
async def publish(request: web.Request) -> web.StreamResponse:
    visit, source = request[VISIT], _source(request)
    offer = await read_text(request)
    if source == "second" and not of_phone(request) and await parts.accounts(request).phones.films_at(visit.seat.id):
        await _instead_of_the_phone(request)
    negotiated = await parts.engine(request).publish(visit.session, visit.seat.id, source, offer)
    return await _created(request, visit, negotiated)


async def _instead_of_the_phone(request: web.Request) -> None:
    """Problem 409 while the seat's phone films; one that went away without a word films no longer."""
    visit = request[VISIT]
    films = SourceChange(visit.session, visit.seat.id, "second", "live")
    if films in parts.engine(request).sources(visit.session):
        raise Problem(409, N_("Un téléphone filme déjà à cette place."),
                      N_("Arrêtez-le d’abord, puis recommencez."))
    await end_phone(request)


@entry(_views, takes=(SDP,), most="media.offer_limit_bytes")
async def view(request: web.Request) -> web.StreamResponse:
    visit = request[VISIT]
    offer = await read_text(request)
    peer = request.match_info["peer"]
    negotiated = await parts.engine(request).view(visit.session, visit.seat.id, peer, _source(request), offer)
    return await _created(request, visit, negotiated)


@entry(_has_media, takes=(SDP_FRAGMENT,), most="media.offer_limit_bytes")
async def restart(request: web.Request) -> web.StreamResponse:
    visit = request[VISIT]
    fragment = await read_text(request)
    negotiated = await parts.engine(request).restart(
        visit.session, visit.seat.id, request.match_info["resource"], request.headers.get("If-Match"), fragment,
        _only(request))
    return restarted(negotiated)


@entry(seated)
async def close(request: web.Request) -> web.StreamResponse:
    """Whoever holds the seat may end what it sends and receives; a phone, what it films."""
    visit = request[VISIT]
    await parts.engine(request).close(visit.session, visit.seat.id, request.match_info["resource"], _only(request))
    return web.Response(status=200)


@entry(_has_media)
async def options(_request: web.Request) -> web.StreamResponse:
    return takes_offers()
