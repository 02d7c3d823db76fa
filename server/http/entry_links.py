"""`/first/{token}` and `/recover/{token}`: links that let somebody in once (X15), to the first account of a platform,
and back in for who has lost what they signed in with. Opening one changes nothing."""
from __future__ import annotations

import secrets
from email.utils import parseaddr
from typing import Any, Final

from aiohttp import web

from evaluation.rules import N_
from server.http import parts
from server.http import setting_up as steps
from server.http.bodies import FORM, JSON, read_form
from server.http.entry import LINK, entry
from server.http.home import set_space_cookie, space_path
from server.http.language import locale_of
from server.http.login import see_other
from server.http.pages import form_page
from server.http.problem import Problem
from server.http.security_log import note
from server.http.setting_up import SettingUp
from server.http.sign_in import passkeys_here
from server.http.signing import HOW, tell_changed, write
from server.i18n import say
from server.people.browser_family import family
from server.people.joining import AlreadyUsed, Keep, join
from server.security_events import SecurityEvent
from server.storage.entry_links import EntryLink, LinkKind
from server.storage.sign_ins import Means, Result

PATHS: Final = {LinkKind.FIRST: "/first", LinkKind.RECOVERY: "/recover"}
MEANS: Final = {LinkKind.FIRST: Means.FIRST, LinkKind.RECOVERY: Means.RECOVERY}
NAMED: Final = ("company", "first_name", "name", "email")
NAME_CHARACTERS, EMAIL_CHARACTERS = 120, 254
"""Of an address: RFC 5321, 4.5.3.1.3."""


def link_path(kind: LinkKind, token: str) -> str:
    return f"{PATHS[kind]}/{token}"


async def _link(request: web.Request) -> EntryLink:
    """Problem 404 for one we never gave or that is over, 410 once it was used."""
    found = await parts.ways(request).links.find(request.match_info["token"])
    if found is None or not request.path.startswith(PATHS[found.kind] + "/"):
        note(request, SecurityEvent.ENTRY_LINK_REFUSED, kind="unknown")
        raise Problem(404, N_("Ce lien n’est pas reconnu, ou il a expiré."),
                      N_("Demandez-en un autre à la personne qui vous l’a donné."))
    if found.used:
        raise _used(request, found)
    if found.kind is LinkKind.FIRST and not await parts.ways(request).holders.nobody():
        note(request, SecurityEvent.ENTRY_LINK_REFUSED, kind="late")
        raise Problem(410, N_("Le premier accès de cette plateforme existe déjà : ce lien n’ouvre plus rien."),
                      N_("Demandez un accès à une personne de l’organisme certificateur."))
    return found


def _used(request: web.Request, link: EntryLink) -> Problem:
    note(request, SecurityEvent.ENTRY_LINK_REFUSED, kind="used", person=link.person)
    return Problem(410, N_("Ce lien a déjà servi : il n’ouvre plus rien."),
                   N_("Si c’est vous qui l’avez ouvert, connectez-vous. Sinon, prévenez tout de suite la personne qui "
                      "vous l’a donné."))


@entry(LINK)
async def show(request: web.Request) -> web.StreamResponse:
    return await _show(request, await _link(request))


async def _show(request: web.Request, link: EntryLink, *, status: int = 200, wrong: tuple[str, str] = ("", ""),
                typed: dict[str, str] | None = None) -> web.Response:
    """The name first, where it is the platform's first account; then what to sign in with."""
    profile = await parts.accounts(request).profile(link.person) if link.person else None
    naming = link.kind is LinkKind.FIRST and (profile is None or wrong[0] in NAMED)
    return form_page(
        request, "office/entry_link.html", status=status, kind=link.kind.value, naming=naming,
        base=link_path(link.kind, request.match_info["token"]), wrong={wrong[0]: wrong[1]},
        founding=not await parts.ways(request).holders.founded(),
        person={**dict.fromkeys(NAMED, ""), **(profile or {}), **(typed or {})},
        suggested=family(request.headers.get("User-Agent", "")),
        characters=parts.config(request).sign_in.password_characters, **passkeys_here(request))


@entry(LINK, takes=(FORM,), most="sign_in.form_bytes")
async def name(request: web.Request) -> web.StreamResponse:
    """`POST /first/{token}`: who the first account is of."""
    link, form = await _link(request), await read_form(request)
    typed = {one: form.get(one, "").strip() for one in NAMED}
    if link.kind is not LinkKind.FIRST:
        return see_other(link_path(link.kind, request.match_info["token"]))
    founding = not await parts.ways(request).holders.founded()
    if wrong := _wrong_name(request, typed, ("first_name", "name", *(["company"] if founding else []))):
        return await _show(request, link, status=422, wrong=wrong, typed=typed)
    person = link.person or f"person-{secrets.token_hex(8)}"
    await parts.accounts(request).save_person(person, {**typed, "name": f"{typed['first_name']} {typed['name']}"})
    if not await parts.ways(request).links.name(link, person):
        raise _used(request, link)
    return see_other(link_path(link.kind, request.match_info["token"]))


def _wrong_name(request: web.Request, typed: dict[str, str], named: tuple[str, ...]) -> tuple[str, str] | None:
    locale, email = locale_of(request), typed["email"]
    for one in named:
        if not 0 < len(typed[one]) <= NAME_CHARACTERS:
            return one, say(locale, N_("Écrivez-le comme il doit paraître sur les papiers."), {})
    read = parseaddr(email)[1]
    if read != email or len(email) > EMAIL_CHARACTERS or not all(read.rpartition("@")[::2]) or " " in email:
        return "email", say(locale, N_("Cette adresse n’est pas complète : écrivez-la comme prenom.nom@exemple.fr."),
                            {})
    return None


# What to sign in with


async def _setting(request: web.Request) -> SettingUp:
    link = await _link(request)
    if link.person is None:
        raise Problem(409, N_("Dites d’abord qui vous êtes."), N_("Rouvrez le lien."))
    profile = await parts.accounts(request).profile(link.person) or {}

    async def settle(request: web.Request, means: Means, keep: Keep, response: web.Response) -> str:
        person, accounts = str(link.person), parts.accounts(request)
        try:
            cookie = await join(request.app[parts.DATABASE], parts.ways(request), accounts, link, keep, HOW[means],
                                str(profile.get("company", "")))
        except AlreadyUsed as used:
            raise _used(request, link) from used
        set_space_cookie(request, response, person, cookie)
        await tell_changed(request, person, means, Result.ADDED)
        note(request, SecurityEvent.SIGNED_IN, person=person, kind=link.kind.value)
        await write(request, person, MEANS[link.kind], Result.DONE)
        return space_path(person)

    return SettingUp(link.person, _account(profile), steps.about(profile),
                     link_path(link.kind, request.match_info["token"]), settle)


def _account(profile: dict[str, Any]) -> str:
    """What an authenticator calls it."""
    return str(profile.get("email") or profile.get("name") or "Visiojury")


@entry(LINK, takes=(JSON,), most="sign_in.form_bytes")
async def ask_passkey(request: web.Request) -> web.StreamResponse:
    return await steps.ask_passkey(request, await _setting(request))


@entry(LINK, takes=(JSON,), most="sign_in.form_bytes")
async def add_passkey(request: web.Request) -> web.StreamResponse:
    return await steps.add_passkey(request, await _setting(request))


@entry(LINK, takes=(FORM,), most="sign_in.form_bytes")
async def choose_password(request: web.Request) -> web.StreamResponse:
    setting, link = await _setting(request), await _link(request)

    async def again(field: str, words: str) -> web.Response:
        return await _show(request, link, status=422, wrong=(field, words))

    return await steps.choose_password(request, setting, again)


@entry(LINK)
async def show_code(request: web.Request) -> web.StreamResponse:
    return await steps.show_code(request, await _setting(request))


@entry(LINK, takes=(FORM,), most="sign_in.form_bytes")
async def prove_code(request: web.Request) -> web.StreamResponse:
    return await steps.prove_code(request, await _setting(request))
