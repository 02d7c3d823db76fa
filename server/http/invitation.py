"""Invitation links (X11). Opening one changes nothing: mail scanners open links too. The button goes in.

A seat is held by one browser. Another one that holds the link asks for a code, mailed to the seat's person, and
with it takes the seat: the first browser's login ends, its streams close, and the journal says so.

The link's secret stands in its path, not behind a `#`: mail gateways drop what follows one, and only a script could
read it. So it is kept from our logs, from `Referer` and from every other address; the seat's own address holds none.
"""
from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs

from aiohttp import web

from evaluation.rules import N_
from server.http import cookies, parts
from server.http.bodies import FORM, read_bytes
from server.http.entry import LINK, entry
from server.http.language import locale_of
from server.http.login import SEAT, go_in, login_cookie
from server.http.pages import form_page
from server.http.problem import Problem
from server.http.security_log import note
from server.http.takeover import browser_of, keep_browser, known_again, mail_code, slow_codes_down
from server.i18n import say
from server.people.handing_over import hand_over
from server.security_events import SecurityEvent
from server.storage.logins import LiveLogin
from server.storage.seats import SeatEntry
from server.views.when import day_words, hour_words

CODE = re.compile(r"\d{6}", re.ASCII)


async def _entry_of(request: web.Request) -> SeatEntry:
    """Where the link leads. Problem 404 for a link we never gave, 410 once it was replaced or its session is closed."""
    token, accounts = request.match_info["token"], parts.accounts(request)
    found = await accounts.invited(token)
    if found is None:
        replaced = await accounts.was_replaced(token)
        if replaced is not None and not replaced.closed:
            note(request, SecurityEvent.LINK_REFUSED, seat=replaced.seat, session=replaced.session, kind="replaced")
            raise Problem(410, N_("Ce lien a été remplacé par un nouveau : il ne s’ouvre plus."),
                          N_("Ouvrez le lien du dernier courriel reçu. S’il n’est pas arrivé, appelez la personne qui "
                             "organise la session."))
        found = replaced
    if found is None:
        note(request, SecurityEvent.LINK_REFUSED, kind="unknown")
        raise Problem(404, N_("Ce lien n’est pas reconnu."),
                      N_("Recopiez-le en entier depuis le courriel, ou demandez à la personne qui organise la session "
                         "de vous l’envoyer de nouveau."))
    if found.closed:
        note(request, SecurityEvent.LINK_REFUSED, seat=found.seat, session=found.session, kind="closed")
        raise Problem(410, N_("La session est terminée : ce lien ne s’ouvre plus. Tout ce qui a été enregistré est "
                              "conservé."),
                      N_("Pour une question sur la suite, écrivez à la personne qui organise la session."))
    return found


async def _show(request: web.Request, entry_: SeatEntry, step: str, *, status: int = 200,
                refusal: str | None = None) -> web.Response:
    """`step` is enter, held (another browser is there) or code (a code was mailed)."""
    locale = locale_of(request)
    state = await parts.sessions(request).state(entry_.session)
    profile = await parts.sessions(request).profile(entry_.person) or {}
    hearing = state.hearings.get(entry_.hearing or "") if state else None
    context: dict[str, Any] = {
        "token": request.match_info["token"], "step": step, "role": entry_.role,
        "refusal": say(locale, refusal, {}) if refusal else None,
        "first_name": profile.get("first_name", ""),
        "certification": state.framework.title if state else "", "day": day_words(state.date, locale) if state else "",
        "hour": hour_words(hearing.starts_at, locale) if hearing else None,
        "minutes": parts.limits(request).takeover_seconds // 60,
    }
    return form_page(request, "public/invitation.html", status=status, **context)


@entry(LINK)
async def show(request: web.Request) -> web.StreamResponse:
    """`GET /i/{token}`: for whom, for what, when, and one button."""
    return await _show(request, await _entry_of(request), "enter")


@entry(LINK, takes=(FORM,), most="limits.form_bytes")
async def enter(request: web.Request) -> web.StreamResponse:
    """`POST /i/{token}`: the button."""
    found = await _entry_of(request)
    cookie = login_cookie(request, found.seat)
    again = await parts.accounts(request).logins.logged_in(cookie) is not None
    try:
        login = await parts.accounts(request).enter(request.match_info["token"], cookie)
    except LookupError:  # closed between the two looks
        return await _show(request, await _entry_of(request), "enter", status=410)
    if login is None:
        note(request, SecurityEvent.HELD, seat=found.seat, session=found.session)
        return await _show(request, found, "held", status=409)
    note(request, SecurityEvent.ENTERED, seat=found.seat, session=found.session, again=again)
    return await _in(request, login)


@entry(LINK, takes=(FORM,), most="limits.form_bytes")
async def ask_code(request: web.Request) -> web.StreamResponse:
    """`POST /i/{token}/ask-code`: mail a code to the seat's person, for this browser to type."""
    found = await _entry_of(request)
    slow_codes_down(request, found.seat)
    browser = known_again(request)
    await mail_code(request, found, browser)
    note(request, SecurityEvent.CODE_ASKED, seat=found.seat, session=found.session)
    response = await _show(request, found, "code")
    keep_browser(request, response, browser)
    return response


@entry(LINK, takes=(FORM,), most="limits.form_bytes")
async def take_over(request: web.Request) -> web.StreamResponse:
    """`POST /i/{token}/code`: the code, and the seat changes browsers."""
    found = await _entry_of(request)
    slow_codes_down(request, found.seat)
    code = await _code(request)
    login = await _handed_over(request, found, code) if CODE.fullmatch(code) else None
    if login is None:
        note(request, SecurityEvent.CODE_WRONG, seat=found.seat, session=found.session)
        text = N_("Ce code n’est pas le bon, ou il a expiré. Vérifiez le dernier courriel reçu, ou demandez un "
                  "nouveau code depuis cette page : un code ne marche que dans le navigateur qui l’a demandé.")
        return await _show(request, found, "code", status=422, refusal=text)
    note(request, SecurityEvent.TAKEN_OVER, seat=found.seat, session=found.session)
    return await _in(request, login)


async def _handed_over(request: web.Request, found: SeatEntry, code: str) -> LiveLogin | None:
    browser = browser_of(request)
    return await hand_over(parts.sessions(request), parts.accounts(request), found, browser, code) if browser else None


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


async def _code(request: web.Request) -> str:
    form = parse_qs((await read_bytes(request)).decode("ascii", errors="replace"))
    return "".join(form.get("code", [""])[0].split())  # people copy the code with spaces around it
