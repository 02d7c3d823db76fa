"""Invitation links (X11). Opening one changes nothing: mail scanners open links too. The button goes in.

A seat is held by one browser. Another one that holds the link asks for a code, mailed to the seat's person, and with it
takes the seat: the first browser's login ends, its streams close, and the journal says so.
"""
from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs

from aiohttp import web

from evaluation.rules import N_
from server.handing_over import hand_over
from server.http import parts
from server.http.bodies import FORM, read_bytes
from server.http.entry import LINK, entry
from server.http.language import locale_of
from server.http.login import SEAT, cookie_header, link_path, login_cookie, see_other
from server.http.pages import form_page
from server.http.problem import Problem
from server.http.takeover import mail_code
from server.i18n import say
from server.storage.accounts import LiveLogin, SeatEntry
from server.views.when import day_words, hour_words

CODE = re.compile(r"\d{6}", re.ASCII)


async def _entry_of(request: web.Request) -> SeatEntry:
    """Where the link leads. Problem 404 for a link we never gave, 410 once its session is closed."""
    found = await parts.accounts(request).invited(request.match_info["token"])
    if found is None:
        raise Problem(404, N_("Ce lien n’est pas reconnu."),
                      N_("Recopiez-le en entier depuis le courriel, ou demandez à la personne qui organise la session "
                         "de vous l’envoyer de nouveau."))
    if found.closed:
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
    held = await parts.accounts(request).logged_in(login_cookie(request))
    if held is not None and held.seat == found.seat:
        return see_other(SEAT.path(found.seat))
    try:
        login = await parts.accounts(request).enter(request.match_info["token"])
    except LookupError:  # closed between the two looks
        return await _show(request, await _entry_of(request), "enter", status=410)
    if login is None:
        return await _show(request, found, "held", status=409)
    return _go_in(request, login)


@entry(LINK, takes=(FORM,), most="limits.form_bytes")
async def ask_code(request: web.Request) -> web.StreamResponse:
    """`POST /i/{token}/ask-code`: mail a code to the seat's person."""
    found = await _entry_of(request)
    await mail_code(request, found)
    return await _show(request, found, "code")


@entry(LINK, takes=(FORM,), most="limits.form_bytes")
async def take_over(request: web.Request) -> web.StreamResponse:
    """`POST /i/{token}/code`: the code, and the seat changes browsers."""
    found = await _entry_of(request)
    code = await _code(request)
    login = await _handed_over(request, found, code) if CODE.fullmatch(code) else None
    if login is None:
        text = N_("Ce code n’est pas le bon, ou il a expiré. Vérifiez le dernier courriel reçu, ou demandez un "
                  "nouveau code.")
        return await _show(request, found, "code", status=422, refusal=text)
    return _go_in(request, login)


async def _handed_over(request: web.Request, found: SeatEntry, code: str) -> LiveLogin | None:
    return await hand_over(parts.sessions(request), parts.accounts(request), found, code)


async def _code(request: web.Request) -> str:
    form = parse_qs((await read_bytes(request)).decode("ascii", errors="replace"))
    return "".join(form.get("code", [""])[0].split())  # people copy the code with spaces around it


def _go_in(request: web.Request, login: LiveLogin) -> web.Response:
    response = see_other(SEAT.path(login.seat))
    days = parts.limits(request).login_days
    for path in (SEAT.path(login.seat), link_path(request.match_info["token"])):
        response.headers.add("Set-Cookie", cookie_header(login.cookie, path, https=parts.https(request),
                                                         seconds=days * 86_400))
    return response
