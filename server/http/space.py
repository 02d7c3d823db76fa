"""A person's space (X15): what awaits them, every seat of theirs, and the way out. `own_security` is a page of it.

A seat is entered from here. It is held by one browser; another one of the person's asks for a code, mailed to them, and
with it takes the seat: the first browser's login ends, its streams close, and the journal says so (X11).
"""
from __future__ import annotations

from aiohttp import web

from evaluation.rules import N_
from server.http import cookies, parts
from server.http.bodies import FORM
from server.http.endings import ENDED_SEAT
from server.http.entry import entry
from server.http.home import ENDINGS, HOME, at_home, space_cookie, space_path
from server.http.invitation import WRONG_CODE
from server.http.language import locale_of
from server.http.login import SEAT, go_in, login_cookie
from server.http.mailed_codes import (
    browser_of,
    keep_browser,
    known_again,
    mail_code,
    minutes_good,
    slow_codes_down,
    typed_code,
)
from server.http.office.awaiting import awaiting_at
from server.http.office.door import desks_of, places_of
from server.http.own_cases import awaited_in, own_lines
from server.http.own_results import awaited_results, own_results
from server.http.own_seat import closed, own_seat
from server.http.own_sittings import awaited_in as awaited_at_sittings
from server.http.own_sittings import own_sittings
from server.http.pages import form_page, page
from server.http.problem import WAYS_IN
from server.http.security_log import note
from server.http.space_frame import frame
from server.i18n import say
from server.people.handing_over import hand_over
from server.people.ways_in import is_strong
from server.security_events import SecurityEvent
from server.storage.logins import LiveLogin
from server.storage.mailed_codes import SEAT as SEAT_CODE
from server.storage.seats import SeatEntry
from server.storage.spaces import SpaceEnded
from server.views.desk import grouped

AWAITING = ("registered", "examined", "planned", "held", "absent", "excused", "stopped", "never_begun",
            "unfinished")
"""Of a candidacy: a hearing may be to come."""


@entry(at_home)
async def show(request: web.Request) -> web.StreamResponse:
    """`GET /space/{person}/`."""
    person = request[HOME].person
    view = await request.app[parts.SPACE].view(person, locale_of(request), parts.now(request))
    held = [seat for seat, value in cookies.seats_in(request).items()
            if await parts.accounts(request).logins.logged_in(value) is not None]
    others = len(await parts.spaces(request).browsers(person)) - 1
    desks, locale = await desks_of(request[HOME], request), locale_of(request)
    signed_in = is_strong(request[HOME].login)
    offices = [(desk.body.name if desk.several else "", grouped(places_of(desk, locale))) for desk in desks]
    cases, sittings = await own_lines(request, past=False), await own_sittings(request)
    waiting = [*awaited_at_sittings(sittings), *awaited_in(cases),
               *[one for desk in desks if signed_in for one in await awaiting_at(request, desk)]]
    return form_page(request, "space/home.html", space=view, held=held, others=others, offices=offices, waiting=waiting,
                     signed_in=signed_in, cases=cases, sittings=sittings,
                     candidacies=await own_candidacies(request), results=await own_results(request),
                     awaited_results=await awaited_results(request),
                     **await frame(request))


async def own_candidacies(request: web.Request) -> list[dict[str, str]]:
    """Those that a jury is to come of: which certification, and where an adjustment is asked for."""
    person = request[HOME].person
    rows = await parts.rows(request).page("candidacies", person=person, status=AWAITING, order="at")
    return [{"code": row.about or "", "adjustment": f"{space_path(person)}candidacies/{row.key}/adjustment"}
            for row in rows]


# Into a seat ------------------------------------------------------------------------------------------------------


@entry(at_home, takes=(FORM,), most="limits.form_bytes")
async def enter(request: web.Request) -> web.StreamResponse:
    """`POST seats/{seat}`: the button of one seat."""
    found, logins = await own_seat(request), parts.accounts(request).logins
    cookie = login_cookie(request, found.seat)
    again = await logins.logged_in(cookie) is not None
    try:
        login = await logins.enter(found, cookie, request[HOME].login.key)
    except LookupError:  # closed between the two looks
        raise closed() from None
    if login is None:
        note(request, SecurityEvent.HELD, seat=found.seat, session=found.session)
        return await _seat_page(request, found, "held", status=409)
    note(request, SecurityEvent.ENTERED, seat=found.seat, session=found.session, again=again)
    return await _in(request, login)


@entry(at_home, takes=(FORM,), most="limits.form_bytes")
async def ask_code(request: web.Request) -> web.StreamResponse:
    """`POST seats/{seat}/ask-code`: mail a code to the seat's person, for this browser to type."""
    found = await own_seat(request)
    slow_codes_down(request, SEAT_CODE.format(found.seat))
    browser = known_again(request)
    code = await parts.accounts(request).codes.open(found.seat, browser)
    await mail_code(request, found.person, "takeover_code", code)
    note(request, SecurityEvent.CODE_ASKED, seat=found.seat, session=found.session)
    response = await _seat_page(request, found, "code")
    keep_browser(request, response, browser)
    return response


@entry(at_home, takes=(FORM,), most="limits.form_bytes")
async def take_over(request: web.Request) -> web.StreamResponse:
    """`POST seats/{seat}/code`: the code, and the seat changes browsers."""
    found = await own_seat(request)
    slow_codes_down(request, SEAT_CODE.format(found.seat))
    (typed, code), login = await typed_code(request), None
    if code is not None and (browser := browser_of(request)):
        login = await hand_over(parts.sessions(request), parts.accounts(request), found, browser, code,
                                request[HOME].login.key)
    if login is None:
        note(request, SecurityEvent.CODE_WRONG, seat=found.seat, session=found.session)
        return await _seat_page(request, found, "code", status=422, refusal=WRONG_CODE, typed=typed)
    note(request, SecurityEvent.TAKEN_OVER, seat=found.seat, session=found.session)
    return await _in(request, login)


async def _seat_page(request: web.Request, found: SeatEntry, step: str, *, status: int = 200,
                     refusal: str | None = None, typed: str = "") -> web.Response:
    """`step` is held (another browser is there) or code (a code was mailed)."""
    locale = locale_of(request)
    return form_page(request, "space/seat.html", status=status, seat=found.seat, step=step,
                     minutes=minutes_good(request), refusal=say(locale, refusal, {}) if refusal else None, typed=typed,
                     **await frame(request))


async def _in(request: web.Request, login: LiveLogin) -> web.Response:
    """To the seat's page. Cookies of seats that this browser holds no more are taken back: each goes with every
    request."""
    response = go_in(request, SEAT, login)
    logins = parts.accounts(request).logins
    for seat, value in cookies.seats_in(request).items():
        if seat != login.seat and await logins.logged_in(value) is None:
            cookies.take_back(request, response, cookies.SEAT, seat)
    cookies.take_back(request, response, cookies.BROWSER)
    return response


# Out --------------------------------------------------------------------------------------------------------------


@entry(at_home, takes=(FORM,), most="limits.form_bytes")
async def leave(request: web.Request) -> web.StreamResponse:
    """`POST leave`: the person logs out of their space in this browser, and of every seat of theirs that it holds."""
    person, locale = request[HOME].person, locale_of(request)
    back, ways = (SIGN_IN_AGAIN, WAYS_IN[-1:]) if is_strong(request[HOME].login) else (COME_BACK, ())
    seats = await out_of_here(request, person)
    request[ENDED_SEAT] = " ".join((*(SEAT.path(seat) for seat in seats), space_path(person)))
    text, todo = (say(locale, words, {}) for words in (ENDINGS[SpaceEnded.LEFT], back))
    response = page(request, "public/problem.html", text=text, todo=todo,
                    ways=[(address, say(locale, words, {})) for address, words in ways])
    take_back_all(request, response, person, seats)
    return response


COME_BACK = N_("Pour y revenir, rouvrez le lien reçu par courriel : un code vous sera envoyé. Tout ce qui était "
               "enregistré l’est encore.")
SIGN_IN_AGAIN = N_("Pour y revenir, connectez-vous de nouveau. Tout ce qui était enregistré l’est encore.")
"""For who had signed in, not come by a mailed link."""


async def out_of_here(request: web.Request, person: str) -> list[str]:
    """The person is logged out in this browser; of which seats."""
    logins, seats = parts.accounts(request).logins, list[str]()
    for seat, value in cookies.seats_in(request).items():
        entry_ = await logins.logged_in(value)
        if entry_ is not None and entry_.person == person and await logins.leave(value) is not None:
            seats.append(seat)
            note(request, SecurityEvent.LEFT, seat=seat, session=entry_.session)
    if await parts.spaces(request).end(space_cookie(request, person), person):
        note(request, SecurityEvent.SPACE_LEFT, person=person)
    return seats


def take_back_all(request: web.Request, response: web.StreamResponse, person: str, seats: list[str]) -> None:
    for seat in seats:
        cookies.take_back(request, response, cookies.SEAT, seat)
    cookies.take_back(request, response, cookies.SPACE, person)
