"""`leave` of a seat: asked (GET), then done (POST): the person logs out of the seat and of their space in this browser.
What the login had opened, streams and media, ends at once."""
from __future__ import annotations

from aiohttp import web

from evaluation.people import Role
from server.http.bodies import FORM
from server.http.endings import ENDED_SEAT, ENDINGS
from server.http.entry import VISIT, entry, seated
from server.http.home import space_path
from server.http.language import locale_of
from server.http.login import SEAT
from server.http.pages import form_page, page
from server.http.space import out_of_here, take_back_all
from server.i18n import say
from server.storage.logins import Ended


@entry(seated)
async def ask(request: web.Request) -> web.StreamResponse:
    """"Quitter" pressed where no script asks: nothing has ended yet."""
    seat = request[VISIT].seat
    return form_page(request, "public/leave.html", seat_path=SEAT.path(seat.id), seat_space=space_path(seat.person),
                     marks=seat.role is Role.JUROR)


@entry(seated, takes=(FORM,), most="limits.form_bytes")
async def leave(request: web.Request) -> web.StreamResponse:
    """On a computer that others use, too, whoever leaves a room leaves nothing open."""
    person, locale = request[VISIT].seat.person, locale_of(request)
    seats = await out_of_here(request, person)
    request[ENDED_SEAT] = " ".join(SEAT.path(seat) for seat in seats)
    text, todo = (say(locale, words, {}) for words in ENDINGS[Ended.LEFT])
    response = page(request, "public/problem.html", text=text, todo=todo, ways=())
    take_back_all(request, response, person, seats)
    return response
