"""A phone as the seat's second camera: the seat's page shows a code, the phone reads it and films.

The code is an address with a secret that is good once and for minutes; opening it changes nothing (X11), its button
does. The phone then holds a cookie of its own for its own paths, and with it nothing but the second source. It ends
with the login that asked for it, when the seat's page or the phone stops it, or when another code is asked for.
"""
from __future__ import annotations

from io import BytesIO

import segno
from aiohttp import web

from evaluation.rules import N_
from server.config import ice_servers
from server.http import parts
from server.http.bodies import FORM, JSON
from server.http.endings import not_here
from server.http.entry import LINK, VISIT, Visit, entry, seated
from server.http.login import PHONE, go_in, login_cookie
from server.http.pages import form_page, page
from server.http.problem import Problem
from server.http.security_log import note
from server.security_events import SecurityEvent
from server.storage.seats import SeatEntry


def _films(visit: Visit, _request: web.Request) -> bool:
    return "second" in visit.rights.publish


@entry(_films, takes=(JSON,), most="limits.command_bytes")
async def offer(request: web.Request) -> web.StreamResponse:
    """`POST phone`: the code for one phone, as an address and as an SVG picture. Whichever phone filmed is out."""
    await end_phone(request)
    try:
        token = await parts.accounts(request).phones.offer(login_cookie(request))
    except LookupError:  # taken over since the door let this in
        raise not_here() from None
    url = f"{parts.public_url(request)}/phone-link/{token}"
    return web.json_response({"url": url, "picture": _picture(url), "seconds": parts.limits(request).phone_seconds})


def _picture(url: str) -> str:
    """A QR code (ISO/IEC 18004) as SVG."""
    drawn = BytesIO()
    segno.make(url, micro=False, error="m").save(drawn, kind="svg", xmldecl=False, omitsize=True, nl=False,
                                                 svgclass=None, lineclass=None)
    return drawn.getvalue().decode()


@entry(seated)
async def end(request: web.Request) -> web.StreamResponse:
    """`DELETE phone`, from the seat's page or from the phone itself: it films no longer."""
    await end_phone(request)
    return web.Response(status=204)


async def end_phone(request: web.Request) -> None:
    """The seat's phone films no longer, where there is one."""
    visit = request[VISIT]
    phones = parts.accounts(request).phones
    if await phones.films_at(visit.seat.id):
        await phones.end(visit.seat.id)
        parts.engine(request).cut(visit.session, visit.seat.id, "second")


@entry(LINK)
async def show_link(request: web.Request) -> web.StreamResponse:
    """`GET /phone-link/{token}`: what will happen, and one button."""
    found = await _offered(request)
    profile = await parts.sessions(request).profile(found.person) or {}
    return form_page(request, "phone/link.html", token=request.match_info["token"],
                     first_name=profile.get("first_name", ""))


@entry(LINK, takes=(FORM,), most="limits.form_bytes")
async def pair(request: web.Request) -> web.StreamResponse:
    """`POST /phone-link/{token}`: the button."""
    login = await parts.accounts(request).phones.pair(request.match_info["token"])
    if login is None:
        raise _late()
    note(request, SecurityEvent.PHONE_PAIRED, seat=login.seat)
    return go_in(request, PHONE, login)


async def _offered(request: web.Request) -> SeatEntry:
    found = await parts.accounts(request).phones.offered(request.match_info["token"])
    if found is None:
        raise _late()
    return found


def _late() -> Problem:
    return Problem(410, N_("Ce code a déjà servi, ou il n’est plus valable."),
                   N_("Sur l’ordinateur, choisissez « Filmer la pièce » : un nouveau code s’affiche. Lisez-le avec ce "
                      "téléphone."))


@entry(seated)
async def show(request: web.Request) -> web.StreamResponse:
    """`GET /phone/{seat}/`: the phone's page. It films, and shows nothing of the room."""
    visit = request[VISIT]
    return page(request, "phone/page.html", seat_path=PHONE.path(visit.seat.id),
                ice_servers=ice_servers(parts.config(request).ice, visit.seat.id, parts.calendar(request)))
