"""Setting up what somebody signs in with: the same steps on their security page and behind a link that lets in once.

A password counts once a first code has proven the telephone: until then it is kept sealed, for this browser alone, and
what stood before goes on.
"""
from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final

import segno
from aiohttp import web

from evaluation.rules import N_
from server.http import parts
from server.http.bodies import read_form, read_object
from server.http.language import locale_of
from server.http.login import see_other
from server.http.pages import form_page
from server.http.sign_in import apart_words, credential_of, not_proven, site_here
from server.http.signing import browser_of, keep_browser, known_browser, tell_refused
from server.i18n import say
from server.people import one_time_codes
from server.people.browser_family import family
from server.people.joining import Keep
from server.people.passkeys import NotProven
from server.people.password_words import wrong_with
from server.storage.ceremonies import Ceremony, Purpose
from server.storage.credentials import Password, Taken
from server.storage.sign_ins import Means

NAME_CHARACTERS: Final = 60
"""Of what somebody calls a key."""
CODE: Final = "code"


class Over(Exception):
    """The password that was being set up was so a moment before, or never."""


@dataclass(frozen=True)
class SettingUp:
    """Who sets up, at which address (`base`, without a slash at the end), and how it is settled: what `keep` writes is
    written, and the person goes to the address that comes back, with what the response takes along."""

    person: str
    account: str
    about: tuple[str, ...]
    base: str
    settle: Callable[[web.Request, Means, Keep, web.Response], Awaitable[str]]


def about(profile: dict[str, Any]) -> tuple[str, ...]:
    """What everybody around a person knows of them."""
    return tuple(str(profile.get(one, "")) for one in ("name", "first_name", "email", "company"))


# A passkey


async def ask_passkey(request: web.Request, setting: SettingUp) -> web.Response:
    """`{}` → what `navigator.credentials.create` is given."""
    await read_object(request)
    browser = known_browser(request)
    response = web.json_response(await parts.ways(request).passkeys.asked_to_add(
        site_here(request), setting.person, setting.account, browser))
    keep_browser(request, response, browser)
    return response


async def add_passkey(request: web.Request, setting: SettingUp) -> web.Response:
    """`{"credential", "name"}` → `{"to": address}`."""
    sent = await read_object(request)
    name = str(sent.get("name", "")).strip()[:NAME_CHARACTERS] or family(request.headers.get("User-Agent", "")) or "1"
    response = web.json_response({})
    try:
        made = await parts.ways(request).passkeys.made(
            site_here(request), setting.person, credential_of(sent), name, browser_of(request))
        to = await setting.settle(
            request, Means.PASSKEY,
            lambda connection: parts.ways(request).credentials.add_passkey(connection, setting.person, made), response)
    except Taken as taken:
        raise await _refused(request, NotProven("taken", setting.person)) from taken
    except NotProven as refused:
        raise await _refused(request, refused) from refused
    response.text = json.dumps({"to": to})
    return response


async def _refused(request: web.Request, refused: NotProven) -> Exception:
    await tell_refused(request, refused.person, Means.PASSKEY, refused.kind)
    return not_proven(refused)


# A password and its one-time codes


async def choose_password(request: web.Request, setting: SettingUp,
                          again: Callable[[str, str], Awaitable[web.Response]],
                          present: Callable[[str], Awaitable[str]] | None = None) -> web.Response:
    """The form with the password, twice. `again` shows it once more, with what is wrong: field and words. `present`
    says what is wrong with the present password, where one stands."""
    form, settings = await read_form(request), parts.config(request).sign_in
    password = form.get("password", "")
    # Words of many characters take a tenth of a second, and nobody else waits for it.
    if wrong := await asyncio.to_thread(wrong_with, password, setting.about, settings):
        return await again("password", say(locale_of(request), wrong.text, wrong.values))
    if form.get("again", "") != password:
        return await again("again", say(locale_of(request), N_("Les deux mots de passe diffèrent. Écrivez deux fois "
                                                               "le même."), {}))
    if present is not None and (words := await present(form.get("present", ""))):
        return await again("present", words)
    ways, browser = parts.ways(request), known_browser(request)
    held = {"hash": await ways.passwords.hash(password), "secret": one_time_codes.new_secret()}
    await ways.ceremonies.begin(Purpose.PASSWORD, _pending(setting, browser), person=setting.person,
                                held=json.dumps(held).encode())
    response = see_other(f"{setting.base}/{CODE}")
    keep_browser(request, response, browser)
    return response


async def show_code(request: web.Request, setting: SettingUp, *, status: int = 200, wrong: str = "") -> web.Response:
    """The secret for the telephone, as a picture and in letters, and a place for the first code."""
    ceremony = await parts.ways(request).ceremonies.look(Purpose.PASSWORD, _pending(setting, browser_of(request)))
    if ceremony is None:
        return see_other(setting.base)
    secret = _read(ceremony)["secret"]
    return form_page(request, "office/code.html", status=status, base=setting.base, wrong=wrong,
                     secret=" ".join(secret[i:i + 4] for i in range(0, len(secret), 4)),
                     address=one_time_codes.address(secret, setting.account),
                     picture=_picture(one_time_codes.address(secret, setting.account)))


async def prove_code(request: web.Request, setting: SettingUp) -> web.Response:
    """The first code: password and telephone count from now on."""
    ways, pending = parts.ways(request), _pending(setting, browser_of(request))
    ceremony = await ways.ceremonies.look(Purpose.PASSWORD, pending)
    if ceremony is None:
        return see_other(setting.base)
    held = _read(ceremony)
    code = "".join((await read_form(request)).get("code", "").split())
    reading = ways.passwords.read(held["secret"], code)
    if reading is None or not reading.taken:
        words = apart_words(request, reading.step, reading.apart) if reading else say(locale_of(request), N_(
            "Ce code n’est pas celui qui est attendu. Donnez celui qui s’affiche maintenant pour Visiojury."), {})
        await tell_refused(request, setting.person, Means.PASSWORD, "first_code")
        return await show_code(request, setting, status=422, wrong=words)
    new, response = Password(held["hash"], held["secret"], reading.step), see_other("/")

    async def keep(connection: Any) -> None:
        if await ways.ceremonies.take(connection, Purpose.PASSWORD, pending) is None:
            raise Over
        await ways.credentials.set_password(connection, setting.person, new)

    try:
        response.headers["Location"] = await setting.settle(request, Means.PASSWORD, keep, response)
    except Over:
        return see_other(setting.base)
    return response


def _pending(setting: SettingUp, browser: str) -> str:
    return f"{browser}.{setting.base}"


def _read(ceremony: Ceremony) -> dict[str, str]:
    return json.loads(ceremony.held or b"{}")


def _picture(text: str) -> str:
    """A QR code (ISO/IEC 18004), as an address that holds the picture itself."""
    return segno.make(text, micro=False, error="m").svg_data_uri(scale=4, border=4, dark="#000", light="#fff")
