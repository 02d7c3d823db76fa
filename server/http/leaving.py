"""`POST leave`: the person logs out of a seat. What the login had opened, streams and media, ends at once."""
from __future__ import annotations

from aiohttp import web

from server.http import cookies, parts
from server.http.bodies import FORM
from server.http.endings import ENDED_SEAT, ENDINGS
from server.http.entry import VISIT, entry, seated
from server.http.language import locale_of
from server.http.login import SEAT, login_cookie
from server.http.pages import page
from server.http.security_log import note
from server.i18n import say
from server.security_events import SecurityEvent
from server.storage.logins import Ended


@entry(seated, takes=(FORM,), most="limits.form_bytes")
async def leave(request: web.Request) -> web.StreamResponse:
    visit, locale = request[VISIT], locale_of(request)
    await parts.accounts(request).logins.leave(login_cookie(request))
    note(request, SecurityEvent.LEFT, seat=visit.seat.id, session=visit.session)
    request[ENDED_SEAT] = SEAT.path(visit.seat.id)
    text, todo = (say(locale, words, {}) for words in ENDINGS[Ended.LEFT])
    response = page(request, "public/problem.html", text=text, todo=todo)
    cookies.take_back(request, response, cookies.SEAT, visit.seat.id)
    return response
