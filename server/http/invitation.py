"""Links to people's spaces (X11, X15). Opening one changes nothing: mail scanners open links too. The button goes in.

A link opens by itself once. In a further browser nothing of the space is shown until a code, mailed to the person, is
typed; and the person is told.

The link's secret stands in its path, not behind a `#`: mail gateways drop what follows one, and only a script could
read it. So it is kept from our logs, from `Referer` and from every other address; the space's own address holds none.
"""
from __future__ import annotations

from typing import Any

from aiohttp import web

from evaluation.rules import N_
from server.http import cookies, parts
from server.http.bodies import FORM
from server.http.entry import LINK, entry
from server.http.home import set_space_cookie, space_cookie, space_path
from server.http.language import locale_of
from server.http.login import see_other
from server.http.mailed_codes import (
    browser_of,
    keep_browser,
    known_again,
    letter_to,
    mail_code,
    minutes_good,
    slow_codes_down,
    typed_code,
)
from server.http.pages import form_page
from server.http.problem import ASK_FOR_A_LINK, Problem
from server.http.security_log import note
from server.i18n import say
from server.people.space_letters import open_with_code
from server.security_events import SecurityEvent
from server.storage.invitations import Invitation
from server.storage.mailed_codes import SPACE


async def _link(request: web.Request) -> Invitation:
    """Problem 404 for a link we never gave, 410 once it was replaced or nothing of its person's is open."""
    found = await parts.accounts(request).invitations.found(request.match_info["token"])
    if found is None:
        note(request, SecurityEvent.LINK_REFUSED, kind="unknown")
        raise Problem(404, N_("Ce lien n’est pas reconnu."),
                      N_("Recopiez-le en entier depuis le courriel, ou demandez un nouveau lien."), ways=ASK_FOR_A_LINK)
    if not await request.app[parts.SPACE].any_open(found.person):
        note(request, SecurityEvent.LINK_REFUSED, person=found.person, kind="closed")
        raise Problem(410, N_("Plus rien n’est ouvert à votre nom : ce lien ne s’ouvre plus. Tout ce qui a été "
                              "enregistré est conservé."),
                      N_("Si une épreuve ou un jury vous attend, son organisation vous enverra un nouveau lien. Pour "
                         "une question sur la suite, écrivez-lui : son adresse est dans votre convocation."))
    if found.replaced:
        note(request, SecurityEvent.LINK_REFUSED, person=found.person, seat=found.seat, kind="replaced")
        raise Problem(410, N_("Ce lien a été remplacé par un nouveau : il ne s’ouvre plus."),
                      N_("Ouvrez le lien du dernier courriel reçu. S’il n’est pas arrivé, demandez-en un nouveau."),
                      ways=ASK_FOR_A_LINK)
    return found


async def _show(request: web.Request, step: str, *, status: int = 200, refusal: str | None = None,
                **more: Any) -> web.Response:
    """`step` is enter, held (another browser has the space) or code (a code was mailed)."""
    context: dict[str, Any] = {
        "token": request.match_info["token"], "step": step, "minutes": minutes_good(request),
        "refusal": say(locale_of(request), refusal, {}) if refusal else None, "typed": "", "first_name": "",
        "next": None, "needs": "",
        **more,
    }
    return form_page(request, "public/invitation.html", status=status, **context)


@entry(LINK)
async def show(request: web.Request) -> web.StreamResponse:
    """`GET /i/{token}`: one button. For whom, and for what, is told until somebody has opened the space: whoever comes
    later may be somebody else."""
    found, accounts, space = await _link(request), parts.accounts(request), request.app[parts.SPACE]
    if found.opened or await accounts.spaces.browsers(found.person):
        return await _show(request, "enter")
    view = await space.view(found.person, locale_of(request), parts.now(request))
    profile = await accounts.profile(found.person) or {}
    first = view.open[0] if view.open else None
    return await _show(request, "enter", first_name=profile.get("first_name", ""), next=first, needs=view.needs)


@entry(LINK, takes=(FORM,), most="limits.form_bytes")
async def enter(request: web.Request) -> web.StreamResponse:
    """`POST /i/{token}`: the button."""
    found, accounts = await _link(request), parts.accounts(request)
    cookie = space_cookie(request, found.person)
    again = await accounts.spaces.of(cookie, found.person) is not None
    try:
        token = await accounts.invitations.open(request.match_info["token"], cookie)
    except LookupError:  # replaced between the two looks
        await _link(request)
        raise
    if token is None:
        note(request, SecurityEvent.SPACE_HELD, person=found.person)
        return await _show(request, "held", status=409)
    note(request, SecurityEvent.SPACE_OPENED, person=found.person, kind="link", again=again)
    return _in(request, found.person, token)


@entry(LINK, takes=(FORM,), most="limits.form_bytes")
async def ask_code(request: web.Request) -> web.StreamResponse:
    """`POST /i/{token}/ask-code`: mail a code to the link's person, for this browser to type."""
    found = await _link(request)
    slow_codes_down(request, SPACE.format(found.person))
    browser = known_again(request)
    code = await parts.accounts(request).invitations.ask_code(found.person, browser)
    await mail_code(request, found.person, "space_code", code)
    note(request, SecurityEvent.CODE_ASKED, person=found.person)
    response = await _show(request, "code")
    keep_browser(request, response, browser)
    return response


@entry(LINK, takes=(FORM,), most="limits.form_bytes")
async def type_code(request: web.Request) -> web.StreamResponse:
    """`POST /i/{token}/code`: the code, and the space opens in this browser, too. The person is told."""
    found = await _link(request)
    slow_codes_down(request, SPACE.format(found.person))
    (typed, code), token = await typed_code(request), None
    if code is not None and (browser := browser_of(request)):
        letter = await letter_to(request, found.person, "space_elsewhere", url=parts.public_url(request) + "/link")
        token = await open_with_code(parts.accounts(request), request.app[parts.OUTBOX], found.person, browser, code,
                                     letter)
    if token is None:
        note(request, SecurityEvent.CODE_WRONG, person=found.person)
        return await _show(request, "code", status=422, refusal=WRONG_CODE, typed=typed)
    request.app[parts.DELIVERY].wake()
    note(request, SecurityEvent.SPACE_OPENED, person=found.person, kind="code", again=False)
    return _in(request, found.person, token)


WRONG_CODE = N_("Ce code n’est pas le bon, ou il a expiré. Vérifiez le dernier courriel reçu, ou demandez un nouveau "
                "code depuis cette page : un code ne marche que dans le navigateur qui l’a demandé.")


def _in(request: web.Request, person: str, token: str) -> web.Response:
    response = see_other(space_path(person))
    set_space_cookie(request, response, person, token)
    cookies.take_back(request, response, cookies.BROWSER)
    return response
