"""`…/sittings/{sitting}/minutes`: what is presented, shown whole, and signed with a second factor by each who decided
(R3.9, X7). A passkey, or a password with a one-time code, where the person has one; else a code mailed to them."""
from __future__ import annotations

import secrets
from typing import Any, Final, Literal

from aiohttp import web

from evaluation.people import Paper
from evaluation.rules import N_, Refusal
from evaluation.sitting.kind import SITTING
from evaluation.sitting.seeing import reads_minutes
from evaluation.sitting.state import Minutes
from server.documents.seal_check import page_count
from server.http import forms, parts
from server.http.bodies import FORM, JSON, read_form, read_object
from server.http.entry import check_wait, entry
from server.http.forms import Sent
from server.http.home import HOME
from server.http.invitation import WRONG_CODE
from server.http.language import locale_of
from server.http.login import see_other
from server.http.mailed_codes import (
    browser_of as code_browser,
)
from server.http.mailed_codes import (
    keep_browser as keep_code_browser,
)
from server.http.mailed_codes import (
    known_again,
    mail_code,
    minutes_good,
    slow_codes_down,
    typed_code,
)
from server.http.office.acting import act
from server.http.office.office_papers import given_out
from server.http.office.sitting_act_forms import NOT_SIGNING, NOT_SIGNING_TOLD, may_be_noted
from server.http.own_sitting import around, reader_of
from server.http.own_sittings import AT, as_member, here
from server.http.page_pictures import WEBP, pictures
from server.http.pages import form_page
from server.http.problem import Problem
from server.http.security_log import note
from server.http.sign_in import credential_of, not_proven, passkeys_here, site_here, words_of_tried
from server.http.signing import browser_of, keep_browser, known_browser, tell_refused
from server.i18n import say
from server.journals.write_path import NotDone
from server.people.passkeys import NotProven
from server.people.passwords import Came
from server.security_events import SecurityEvent
from server.storage.sign_ins import Means, Result
from server.storage.vault import Erased
from server.views.form import FormView
from server.views.sitting.minutes_shown import minutes_shown
from server.views.sitting.sitting_reader import SittingReader

Level = Literal["passkey", "one_time_code", "mailed_code"]
PLACE: Final = "minutes:{}:{}"
"""What a mailed code signs, as its place: one document of a sitting, for one person."""


@entry(as_member)
async def show(request: web.Request) -> web.StreamResponse:
    """`GET …/minutes`."""
    return await _page(request)


async def _page(request: web.Request, *, status: int = 200, step: str = "", refusal: str = "", typed: str = "",
                failed: Sent | None = None) -> web.Response:
    """`step` is code once one was mailed. `refusal` is about what was just tried; `failed` what was noted in vain of a
    member who does not sign."""
    at = request[AT]
    if not any(reads_minutes(one, at.person) for one in at.state.minutes):
        raise _not_theirs(request)
    reader, presented = await reader_of(request, at.state), at.state.presented
    theirs = presented is not None and reads_minutes(presented, at.person)
    pages = await _pages(request, presented.paper) if presented is not None and theirs else 0
    return form_page(
        request, "sitting/minutes.html", status=status, of=minutes_shown(at.state, at.person, reader), step=step,
        pages=pages, not_signing=_not_signing(request, reader, failed), told=reader.say(NOT_SIGNING_TOLD),
        refusal=refusal, typed=typed, ways=await _ways(request), minutes=minutes_good(request),
        **passkeys_here(request), **await around(request, "minutes"))


def _not_signing(request: web.Request, reader: SittingReader, failed: Sent | None) -> FormView | None:
    """Who presides notes here that a member does not sign; None where that cannot be noted of anybody now."""
    at = request[AT]
    found = may_be_noted(at.state, None, at.person, parts.now(request))
    if not found and failed is None:
        return None
    number = at.state.presented.number if at.state.presented is not None else request.match_info["number"]
    form = NOT_SIGNING.choosing(signer=tuple((one, reader.name(one)) for one in found))
    return forms.view(request, form, f"{here(request)}minutes/{number}/not-signing", failed, prefix="not-signing-",
                      seen=at.state.position)


@entry(as_member, takes=NOT_SIGNING.types, most=NOT_SIGNING.most)
async def note_not_signing(request: web.Request) -> web.StreamResponse:
    """`POST …/minutes/{number}/not-signing`: by who presides, of another. The rules say of whom it cannot be noted."""
    at, number = request[AT], int(request.match_info["number"])

    async def do(sent: Sent) -> str:
        fields = {"number": number, "person": sent.values["signer"], "words": sent.values["words"]}
        await act(request, SITTING, at.state.id, "NoteNotSigning", fields, sent, final=False, expected=sent.seen)
        return f"{here(request)}minutes?done=not-signing"

    async def again(sent: Sent, status: int) -> web.Response:
        await as_member.allows(request[HOME], request)  # as it is by then
        return await _page(request, status=status, failed=sent)

    form = NOT_SIGNING.choosing(signer=tuple((one, one) for one in at.state.last_signers))
    return await forms.answer(request, form, do, again)


async def _ways(request: web.Request) -> dict[str, bool]:
    """With what this person proves who they are: the strongest that they have."""
    person, credentials = request[HOME].person, parts.ways(request).credentials
    passkey = bool(await credentials.passkeys(person)) and bool(passkeys_here(request)["passkeys"])
    password = await credentials.password(person) is not None
    return {"passkey": passkey, "one_time_code": password, "mailed_code": not passkey and not password}


@entry(as_member)
async def paper(request: web.Request) -> web.StreamResponse:
    """`GET …/minutes/{number}.pdf`: as it is presented; the sealed one once it is."""
    return await given_out(request, _named(request))


@entry(as_member)
async def picture(request: web.Request) -> web.StreamResponse:
    """`GET …/minutes/{number}/pages/{page}.webp`: the same, page by page. Who looked is written down before (X1)."""
    paper, number = _named(request), int(request.match_info["page"])
    if not 1 <= number <= await _pages(request, paper):
        raise Problem(404, N_("Ce document n’a pas cette page."))
    drawn = await pictures(request).page(paper.file, number)
    info = await parts.vault(request).file_info(paper.file)
    if info is not None:
        await parts.openings(request).note(info, request[HOME].person, "page")
    return web.Response(body=drawn.picture, content_type=WEBP)


def _named(request: web.Request) -> Paper:
    """What the path names. Problem 404."""
    number = int(request.match_info["number"])
    found = next((one for one in request[AT].state.minutes if one.number == number), None)
    if found is None or not reads_minutes(found, request[AT].person):
        raise _not_theirs(request)
    return found.sealed or found.paper


def _not_theirs(request: web.Request) -> Problem:
    """The same whether the document is there or not."""
    return Problem(404, N_("Il n’y a pas ici de procès-verbal à lire pour vous : le lisent ceux qui le signent."),
                   N_("Revenez à la séance : elle montre ce qui est attendu de vous."),
                   ways=((here(request), N_("Revenir à la séance")),))


async def _pages(request: web.Request, paper: Paper) -> int:
    """0 where it is not kept any more."""
    try:
        return await page_count(await parts.vault(request).read_file(paper.file))
    except (FileNotFoundError, Erased):
        return 0


# Signing --------------------------------------------------------------------------------------------------------------


def _to_sign(request: web.Request) -> Minutes:
    """What the path names, if it is what is presented. Problem 409."""
    found = request[AT].state.presented
    if found is None or str(found.number) != request.match_info["number"]:
        raise Problem(409, N_("Ce document n’est plus celui qui est présenté à la signature. Rien n’est signé."),
                      N_("Rouvrez la page du procès-verbal, et relisez-le."))
    return found


async def _sign(request: web.Request, level: Level, together: Any = None) -> str:
    """Signed as the person has proven; the address to go to."""
    at, minutes = request[AT], _to_sign(request)
    await parts.journals(request).execute(
        SITTING, at.state.id, at.person, "SignMinutes",
        {"number": minutes.number, "digest": minutes.paper.digest, "level": level},
        key=f"sign-{secrets.token_urlsafe(16)}", by_server=True, together=together)
    return f"{here(request)}minutes?done=signed"


async def _may_sign(request: web.Request, level: Level) -> None:
    """Problem 403 for who does not sign, and for who proves less than they can: nobody signs for somebody whose letters
    they read."""
    if request[HOME].person not in _to_sign(request).may_sign:
        raise Problem(403, N_("Vous n’avez pas à signer ce document, ou vous l’avez déjà signé."),
                      N_("Revenez au procès-verbal : il montre qui signe."))
    if not (await _ways(request))[level]:
        raise Problem(403, N_("Vous ne signez pas de cette façon. Rien n’est signé."),
                      N_("Revenez au procès-verbal : il montre comment vous signez."))


async def _refused(request: web.Request, refused: Refusal) -> web.Response:
    return await _page(request, status=422, refusal=say(locale_of(request), refused.text, refused.values))


@entry(as_member, takes=(JSON,), most="sign_in.form_bytes")
async def ask_passkey(request: web.Request) -> web.StreamResponse:
    """`POST …/minutes/{number}/passkey/options`: what `navigator.credentials.get` is given."""
    await read_object(request)
    await _may_sign(request, "passkey")
    browser = known_browser(request)
    response = web.json_response(await parts.ways(request).passkeys.asked_to_sign_in(site_here(request), browser))
    keep_browser(request, response, browser)
    return response


@entry(as_member, takes=(JSON,), most="sign_in.form_bytes")
async def use_passkey(request: web.Request) -> web.StreamResponse:
    """`POST …/minutes/{number}/passkey {"credential"}`: `{"to": address}`. The key is this person's own: another
    member's, on the same device, signs nothing here."""
    sent, person = await read_object(request), request[HOME].person
    await _may_sign(request, "passkey")
    try:
        passkey = await parts.ways(request).passkeys.proven(
            site_here(request), credential_of(sent), browser_of(request))
        if passkey.person != person:
            raise NotProven("another", person)
    except NotProven as refused:
        result = Result.COUNT_BACK if refused.kind == "count_back" else Result.WRONG
        await tell_refused(request, person, Means.PASSKEY, refused.kind, result)
        raise not_proven(refused) from refused
    return web.json_response({"to": await _sign(request, "passkey")})


@entry(as_member, takes=(FORM,), most="sign_in.form_bytes")
async def use_one_time_code(request: web.Request) -> web.StreamResponse:
    """`POST …/minutes/{number}/one-time-code {"password", "code"}`."""
    form, person = await read_form(request), request[HOME].person
    await _may_sign(request, "one_time_code")
    whose = parts.vault(request).digest("tries", person.encode())
    check_wait(request, "tries", await parts.ways(request).tries.wait(
        whose, parts.config(request).sign_in.tries_per_hour))
    tried = await parts.ways(request).passwords.try_both(
        person, form.get("password", ""), "".join(form.get("code", "").split()))
    if tried.came is not Came.IN:
        await tell_refused(request, person, Means.PASSWORD, tried.came.value)
        return await _page(request, status=422, step="one_time_code", refusal=words_of_tried(request, tried))
    try:
        return see_other(await _sign(request, "one_time_code"))
    except Refusal as refused:
        return await _refused(request, refused)


@entry(as_member, takes=(FORM,), most="limits.form_bytes")
async def ask_code(request: web.Request) -> web.StreamResponse:
    """`POST …/minutes/{number}/ask-code`: mail a code to the member, for this browser to type."""
    place = _place(request)
    await _may_sign(request, "mailed_code")
    slow_codes_down(request, place)
    browser = known_again(request)
    code = await parts.accounts(request).mailed.open(place, browser)
    await mail_code(request, request[HOME].person, "signing_code", code)
    note(request, SecurityEvent.CODE_ASKED, person=request[HOME].person)
    response = await _page(request, step="code")
    keep_code_browser(request, response, browser)
    return response


@entry(as_member, takes=(FORM,), most="limits.form_bytes")
async def use_code(request: web.Request) -> web.StreamResponse:
    """`POST …/minutes/{number}/code`: the code is spent with the signature, or neither."""
    place, browser, mailed = _place(request), code_browser(request), parts.accounts(request).mailed
    await _may_sign(request, "mailed_code")
    slow_codes_down(request, place)
    typed, code = await typed_code(request)
    kept = await mailed.check(place, browser, code) if code is not None and browser else None
    if kept is None:
        note(request, SecurityEvent.CODE_WRONG, person=request[HOME].person)
        return await _page(request, status=422, step="code", refusal=say(locale_of(request), WRONG_CODE, {}),
                           typed=typed)

    async def spend(connection: Any) -> None:
        try:
            await mailed.spend(connection, place, browser, kept)
        except LookupError as used:
            raise NotDone(place) from used

    try:
        return see_other(await _sign(request, "mailed_code", spend))
    except NotDone:
        return await _page(request, status=422, step="code", refusal=say(locale_of(request), WRONG_CODE, {}))
    except Refusal as refused:
        return await _refused(request, refused)


def _place(request: web.Request) -> str:
    at = request[AT]
    return PLACE.format(f"{at.state.id}/{_to_sign(request).number}", at.person)
