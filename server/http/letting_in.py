"""Letting somebody in, and who came in (X15): an office holder gives a person a link that lets in once, to hand over
themselves, and sees the log of sign-ins."""
from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from aiohttp import web

from evaluation.body.access import may_see_sign_ins
from evaluation.body.reading_rights import Register
from evaluation.kinds import Row
from evaluation.rules import N_
from server.http import parts
from server.http.bodies import FORM, read_form
from server.http.entry import entry
from server.http.entry_links import link_path
from server.http.home import HOME, AtHome, Home, space_path
from server.http.language import locale_of
from server.http.listing import Listing, listed
from server.http.office.door import DESK, LET_IN, SIGN_INS, at_desk, desk_of, desks_of
from server.http.pages import form_page
from server.http.problem import Problem
from server.http.security_log import note
from server.http.signing import write
from server.i18n import say
from server.people.access_letter import access_letter
from server.people.ways_in import is_fresh, is_strong
from server.security_events import SecurityEvent
from server.storage.entry_links import LinkKind
from server.storage.sign_ins import Means, Result, sign_in
from server.views.sign_in_lines import TABLE, Line


async def _sees_all(home: Home, request: web.Request) -> bool:
    for desk in await desks_of(home, request) if is_strong(home.login) else ():
        if may_see_sign_ins(desk.offices):
            request[DESK] = desk
            return True
    return False


async def _lets_in(home: Home, request: web.Request) -> bool:
    found = await at_desk(home, request)
    if found is not None:
        request[DESK] = found
    return found is not None


clerk: Final = AtHome(_sees_all)
holder: Final = AtHome(_lets_in)
"""Open to who holds an office, and signed in with more than a mailed link."""


@entry(holder)
async def show(request: web.Request) -> web.StreamResponse:
    """`GET let-in`: for whom. `?office=` is one of theirs, from whose page one came."""
    return await _page(request, email=await _address_of(request, request.query.get("office", "")))


async def _address_of(request: web.Request, office: str) -> str:
    """Of the holder of an office that they may see; "" of any other."""
    for desk in await desks_of(request[HOME], request):
        found = desk.body.offices.get(office)
        if found is not None and desk.sees_of(Register.OFFICES, found.office.provider):
            return str((await parts.accounts(request).profile(found.office.person) or {}).get("email", ""))
    return ""


@entry(holder, takes=(FORM,), most="sign_in.form_bytes")
async def give(request: web.Request) -> web.StreamResponse:
    """`POST let-in {"email"}`: the link, shown once. What the person has goes on until it is used."""
    home, email = request[HOME], (await read_form(request)).get("email", "").strip()
    if not is_fresh(home.login, parts.calendar(request), parts.config(request).sign_in):
        raise Problem(403, N_("Pour donner un accès, connectez-vous de nouveau. Rien n’a été changé."),
                      N_("Ouvrez votre page de sécurité et choisissez « Se connecter de nouveau »."))
    found = await parts.accounts(request).people_at(email)
    if len(found) != 1:
        words = N_("Plusieurs personnes reçoivent leurs courriels à cette adresse : donnez d’abord une adresse à "
                   "chacune.") if found else N_("Personne n’a cette adresse ici. Vérifiez-la, ou ajoutez d’abord la "
                                                "personne.")
        return await _page(request, status=422, email=email, wrong=say(locale_of(request), words, {}))
    if not await parts.ways(request).holders.may_let_in(home.person, found[0]):
        return await _page(request, status=422, email=email, wrong=say(locale_of(request), N_(
            "Votre fonction ne permet pas de donner un accès à cette personne ; pour vous-même, demandez-le à "
            "quelqu’un d’autre."), {}))
    return await _given(request, found[0])


async def _given(request: web.Request, person: str) -> web.Response:
    issuer, ways, locale = request[HOME].person, parts.ways(request), locale_of(request)
    profiles = [await parts.accounts(request).profile(one) or {} for one in (person, issuer)]
    letter = access_letter(person, profiles[0], str(profiles[1].get("name", "")), locale)
    sealed = await request.app[parts.OUTBOX].seal([letter])
    async with request.app[parts.DATABASE].writing() as connection:
        token = await ways.links.recovery(connection, person, issuer)
        await request.app[parts.OUTBOX].keep(connection, sealed)
    request.app[parts.DELIVERY].wake()
    note(request, SecurityEvent.ENTRY_LINK_ISSUED, person=person, kind=LinkKind.RECOVERY.value)
    await write(request, person, Means.RECOVERY, Result.ISSUED)
    return await _page(request, given={
        "name": profiles[0].get("name", ""), "url": parts.public_url(request) + link_path(LinkKind.RECOVERY, token),
        "hours": parts.config(request).sign_in.link_seconds // 3600})


async def _page(request: web.Request, *, status: int = 200, email: str = "", wrong: str = "",
          given: dict[str, Any] | None = None) -> web.Response:
    return form_page(request, "office/let_in.html", status=status, space=space_path(request[HOME].person), email=email,
                     wrong=wrong, given=given, done="", desk=await desk_of(request, LET_IN))


# Who came in


@entry(clerk)
async def log(request: web.Request) -> web.StreamResponse:
    """`GET sign-ins`: everybody's."""
    names, now = parts.accounts(request).names, parts.calendar(request)

    async def opened(rows: Sequence[Row]) -> list[Line]:
        found = await parts.accounts(request).profiles(one.person for one in rows)
        return [Line(sign_in(one), str(found.get(one.person or "", {}).get("name", "")), now) for one in rows]

    found = await listed(request, Listing(TABLE, parts.ways(request).log, opened, {}, names.find))
    if isinstance(found, web.StreamResponse):
        return found
    return form_page(request, "office/sign_ins.html", list=found, done="", desk=await desk_of(request, SIGN_INS))
