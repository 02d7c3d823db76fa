"""`/space/{person}/security`: what I sign in with, and which browsers hold my space (X15).

Who came in by a mailed link sees the browsers and ends them; what somebody signs in with is changed by who has just
signed in with it.
"""
from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from evaluation.rules import N_
from server.http import parts
from server.http import setting_up as steps
from server.http.bodies import FORM, JSON, read_form
from server.http.entry import entry
from server.http.home import HOME, at_home, space_cookie, space_path
from server.http.language import locale_of
from server.http.login import see_other
from server.http.pages import form_page
from server.http.problem import Problem
from server.http.security_log import note
from server.http.setting_up import SettingUp
from server.http.sign_in import passkeys_here
from server.http.signing import SECURITY, tell_changed, tell_refused
from server.http.space_frame import frame
from server.i18n import say
from server.people.browser_family import family
from server.people.joining import Keep
from server.people.ways_in import is_fresh, is_strong
from server.security_events import SecurityEvent
from server.storage.sign_ins import Means, Result
from server.views.sign_in_lines import line_words
from server.views.when import moment_words


def path(person: str) -> str:
    return space_path(person) + SECURITY


@entry(at_home)
async def show(request: web.Request) -> web.StreamResponse:
    return await _show(request)


async def _show(request: web.Request, *, status: int = 200, wrong: tuple[str, str] = ("", "")) -> web.Response:
    home, ways, locale = request[HOME], parts.ways(request), locale_of(request)
    now, settings = parts.calendar(request), parts.config(request).sign_in

    def when(at: int | None) -> str:
        return moment_words(at, now, locale) if at is not None else ""

    password = await ways.credentials.password(home.person)
    return form_page(
        request, "office/security.html", status=status, base=path(home.person), **await frame(request),
        strong=is_strong(home.login), fresh=is_fresh(home.login, now, settings), wrong={wrong[0]: wrong[1]},
        keys=[{"key": one.key, "name": one.name, "added": when(one.added_at), "used": when(one.used_at)}
              for one in await ways.credentials.passkeys(home.person)],
        password={"set": when(password.set_at), "used": when(password.used_at)} if password else None,
        suggested=family(request.headers.get("User-Agent", "")), characters=settings.password_characters,
        browsers=await _browsers(request, when), lines=await _lines(request), all_lines=space_path(home.person)
        + "sign-ins" if is_strong(home.login) and await ways.holders.may_see_all(home.person) else "",
        **passkeys_here(request))


async def _browsers(request: web.Request, when: Callable[[int | None], str]) -> list[dict[str, Any]]:
    home = request[HOME]
    return [{"key": one.key, "how": one.how.value, "since": when(one.since), "seen": when(one.seen_at),
             "this": one.key == home.login.key} for one in await parts.spaces(request).browsers(home.person)]


async def _lines(request: web.Request) -> list[dict[str, str]]:
    found = await parts.ways(request).log.of(request[HOME].person, parts.config(request).sign_in.shown_lines)
    return [line_words(one, parts.calendar(request), locale_of(request)) for one in found]


# What I sign in with


def _fresh(request: web.Request) -> None:
    """Problem 403 unless the person has just signed in."""
    if not is_fresh(request[HOME].login, parts.calendar(request), parts.config(request).sign_in):
        raise Problem(403, N_("Pour changer vos moyens de connexion, connectez-vous de nouveau. Rien n’a été changé."),
                      N_("Revenez à votre page de sécurité et choisissez « Se connecter de nouveau »."))


async def _setting(request: web.Request) -> SettingUp:
    _fresh(request)
    person = request[HOME].person
    profile = await parts.accounts(request).profile(person) or {}

    async def settle(request: web.Request, means: Means, keep: Keep, _response: web.Response) -> str:
        async with request.app[parts.DATABASE].writing() as connection:
            await keep(connection)
        await tell_changed(request, person, means, Result.ADDED)
        return path(person)

    account = str(profile.get("email") or profile.get("name") or person)
    return SettingUp(person, account, steps.about(profile), path(person), settle)


@entry(at_home, takes=(JSON,), most="sign_in.form_bytes")
async def ask_passkey(request: web.Request) -> web.StreamResponse:
    return await steps.ask_passkey(request, await _setting(request))


@entry(at_home, takes=(JSON,), most="sign_in.form_bytes")
async def add_passkey(request: web.Request) -> web.StreamResponse:
    return await steps.add_passkey(request, await _setting(request))


@entry(at_home, takes=(FORM,), most="sign_in.form_bytes")
async def remove_passkey(request: web.Request) -> web.StreamResponse:
    """`POST security/passkey/remove {"key"}`."""
    _fresh(request)
    person, key = request[HOME].person, (await read_form(request)).get("key", "")
    if not await parts.ways(request).credentials.remove_passkey(person, key):
        return await _show(request, status=422, wrong=("key", say(locale_of(request), N_(
            "Cette clé n’a pas été retirée : c’est votre seul moyen de connexion. Ajoutez-en un autre d’abord."), {})))
    await tell_changed(request, person, Means.PASSKEY, Result.REMOVED)
    return see_other(path(person))


@entry(at_home, takes=(FORM,), most="sign_in.form_bytes")
async def choose_password(request: web.Request) -> web.StreamResponse:
    """`POST security/password {"present", "password", "again"}`: the present one where there is one."""
    setting = await _setting(request)
    return await steps.choose_password(request, setting, _again(request), _present(request, setting))


def _again(request: web.Request) -> Callable[[str, str], Awaitable[web.Response]]:
    async def again(field: str, words: str) -> web.Response:
        return await _show(request, status=422, wrong=(field, words))

    return again


def _present(request: web.Request, setting: SettingUp) -> Callable[[str], Awaitable[str]]:
    """What is wrong with the present password that somebody gave, "" for nothing."""
    async def present(given: str) -> str:
        ways = parts.ways(request)
        kept = await ways.credentials.password(setting.person)
        if kept is None or await ways.passwords.right(kept, given):
            return ""
        await tell_refused(request, setting.person, Means.PASSWORD, "present")
        return say(locale_of(request), N_("Ce n’est pas votre mot de passe actuel."), {})

    return present


@entry(at_home)
async def show_code(request: web.Request) -> web.StreamResponse:
    return await steps.show_code(request, await _setting(request))


@entry(at_home, takes=(FORM,), most="sign_in.form_bytes")
async def prove_code(request: web.Request) -> web.StreamResponse:
    return await steps.prove_code(request, await _setting(request))


# My browsers


@entry(at_home, takes=(FORM,), most="sign_in.form_bytes")
async def end_browsers(request: web.Request) -> web.StreamResponse:
    """`POST security/browsers {"key"}`: one; without a key every other one. Seats that one has entered end with it."""
    person, key = request[HOME].person, (await read_form(request)).get("key", "")
    spaces = parts.spaces(request)
    ended = (await spaces.end_one(person, key) if key
             else await spaces.end_all(person, but=space_cookie(request, person)))
    note(request, SecurityEvent.PUT_OUT, person=person, count=ended)
    return see_other(path(person))
