"""`/sign-in`: how people of the offices come in (X15). A password with a code and an identity provider work without a
script; a passkey needs one, and a name for the site."""
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, cast
from urllib.parse import urlsplit

from aiohttp import web

from evaluation.codec import FieldError
from evaluation.rules import N_
from server.http import parts
from server.http.bodies import FORM, JSON, read_form, read_object
from server.http.entry import PUBLIC, check_wait, entry
from server.http.language import locale_of
from server.http.login import see_other
from server.http.pages import form_page
from server.http.problem import Problem
from server.http.signing import (
    SECURITY,
    after,
    browser_of,
    keep_browser,
    known_browser,
    open_space,
    tell_refused,
)
from server.i18n import say
from server.people.one_time_codes import window
from server.people.passkeys import NotProven, Site, site_of
from server.people.passwords import Came, Tried
from server.storage.accounts import plain_address
from server.storage.sign_ins import Means, Result
from server.views.when import second_words

LOCALHOST: Final = "localhost"


@entry(PUBLIC)
async def show(request: web.Request) -> web.StreamResponse:
    """`GET /sign-in`."""
    return sign_in_page(request, request.query.get("then", ""))


def sign_in_page(request: web.Request, then: str = "", *, status: int = 200, email: str = "",
                 refusal: str = "") -> web.Response:
    provider = parts.ways(request).provider
    return form_page(
        request, "office/sign_in.html", status=status, then=SECURITY if then == SECURITY else "", email=email,
        refusal=refusal, provider=provider.name if provider else "", **passkeys_here(request))


# A password and a code


@entry(PUBLIC, takes=(FORM,), most="sign_in.form_bytes")
async def enter(request: web.Request) -> web.StreamResponse:
    """`POST /sign-in`: address, password and code."""
    form = await read_form(request)
    email, then = form.get("email", "").strip(), form.get("then", "")
    await _slow_down(request, email)
    person = await _person_at(request, email)
    code = "".join(form.get("code", "").split())
    tried = await parts.ways(request).passwords.try_both(person, form.get("password", ""), code)
    if tried.came is not Came.IN or person is None:
        await tell_refused(request, person, Means.PASSWORD, tried.came.value)
        return sign_in_page(request, then, status=422, email=email, refusal=words_of_tried(request, tried))
    response = see_other(after(request, person, then))
    await open_space(request, response, person, Means.PASSWORD)
    return response


async def _slow_down(request: web.Request, email: str) -> None:
    """Problem 429 when one person's password is tried too often, from wherever, whether they are here or not."""
    most = parts.config(request).sign_in.tries_per_hour
    whose = parts.vault(request).digest("tries", plain_address(email).encode())
    check_wait(request, "tries", await parts.ways(request).tries.wait(whose, most))


async def _person_at(request: web.Request, email: str) -> str | None:
    """Whoever signs in with this address: of several who read its letters, the one with a password."""
    credentials = parts.ways(request).credentials
    found = [one for one in await parts.accounts(request).people_at(email)
             if await credentials.password(one) is not None]
    return found[0] if len(found) == 1 else None


def words_of_tried(request: web.Request, tried: Tried) -> str:
    locale = locale_of(request)
    if tried.came is Came.CODE_USED:
        return say(locale, N_("Ce code a déjà servi. Attendez que le suivant s’affiche sur votre téléphone, puis "
                              "recommencez."), {})
    if tried.came is Came.CODE_APART:
        return apart_words(request, tried.step, tried.apart)
    return say(locale, N_("L’adresse, le mot de passe ou le code ne convient pas. Vérifiez les trois : le code change "
                          "toutes les 30 secondes."), {})


def apart_words(request: web.Request, step: int, apart: int) -> str:
    """A right code at a wrong time: which one it is, and how far the telephone's clock is from ours."""
    locale = locale_of(request)
    begin, end = window(step)
    values = {"begin": second_words(begin), "end": second_words(end), "now": second_words(parts.calendar(request)),
              "seconds": abs(apart)}
    ahead = N_("Ce code est celui de {begin} à {end}, et il est {now} : l’horloge de votre téléphone avance d’environ "
               "{seconds} s. Mettez-la à l’heure automatique, puis donnez le code qui s’affiche alors.")
    behind = N_("Ce code est celui de {begin} à {end}, et il est {now} : l’horloge de votre téléphone retarde "
                "d’environ {seconds} s. Mettez-la à l’heure automatique, puis donnez le code qui s’affiche alors.")
    return say(locale, ahead if apart > 0 else behind, values)


# A passkey


@entry(PUBLIC, takes=(JSON,), most="sign_in.form_bytes")
async def ask_passkey(request: web.Request) -> web.StreamResponse:
    """`POST /sign-in/passkey/options`: what `navigator.credentials.get` is given."""
    await read_object(request)
    browser = known_browser(request)
    response = web.json_response(await parts.ways(request).passkeys.asked_to_sign_in(site_here(request), browser))
    keep_browser(request, response, browser)
    return response


@entry(PUBLIC, takes=(JSON,), most="sign_in.form_bytes")
async def use_passkey(request: web.Request) -> web.StreamResponse:
    """`POST /sign-in/passkey {"credential", "then"}`: what it answered. `{"to": address}`."""
    sent = await read_object(request)
    try:
        passkey = await parts.ways(request).passkeys.proven(
            site_here(request), credential_of(sent), browser_of(request))
    except NotProven as refused:
        result = Result.COUNT_BACK if refused.kind == "count_back" else Result.WRONG
        await tell_refused(request, refused.person, Means.PASSKEY, refused.kind, result)
        raise not_proven(refused) from refused
    response = web.json_response({"to": after(request, passkey.person, str(sent.get("then", "")))})
    await open_space(request, response, passkey.person, Means.PASSKEY)
    return response


NOT_PROVEN: Final[Mapping[str, tuple[str, str]]] = {
    "late": (N_("Cette demande a expiré, ou elle a déjà servi."), N_("Recommencez depuis cette page.")),
    "unknown": (N_("Cette clé d’accès n’est pas connue ici : elle a peut-être été retirée."),
                N_("Prenez une autre clé, ou votre mot de passe avec un code.")),
    "another": (N_("Cette clé d’accès est celle d’une autre personne."), N_("Prenez la vôtre.")),
    "count_back": (
        N_("Cette clé d’accès a compté moins d’utilisations que la dernière fois : elle a peut-être été copiée. "
           "Elle n’a rien ouvert."),
        N_("Connectez-vous autrement, retirez-la de votre page de sécurité, et prévenez l’organisme certificateur.")),
    "taken": (N_("Cette clé d’accès est déjà enregistrée."), N_("Prenez-en une autre.")),
    "wrong": (N_("La réponse de la clé d’accès n’a pas pu être vérifiée."), N_("Recommencez depuis cette page.")),
}


def not_proven(refused: NotProven) -> Problem:
    return Problem(422, *NOT_PROVEN[refused.kind])


def credential_of(sent: Mapping[str, object]) -> Mapping[str, Any]:
    credential = sent.get("credential")
    if not isinstance(credential, dict):
        raise FieldError("credential", N_("un objet est attendu"))
    return cast("Mapping[str, Any]", credential)


def site_here(request: web.Request) -> Site:
    """Whose passkeys this server's are. Problem 409 where there can be none."""
    site = _site(request)
    if site is None:
        raise Problem(409, N_("Il n’y a pas de clé d’accès à cette adresse : il y faut un nom de site, en HTTPS."),
                      N_("Prenez un mot de passe avec un code."))
    return site


def passkeys_here(request: web.Request) -> dict[str, Any]:
    """For a page that offers passkeys: whether there can be any, and where else."""
    url = urlsplit(parts.public_url(request))
    here = _site(request) is not None
    local = url.hostname in ("127.0.0.1", "::1")
    return {"passkeys": here, "named_url": f"http://{LOCALHOST}:{url.port}" if local and not here else "",
            "host": url.hostname or ""}


def _site(request: web.Request) -> Site | None:
    """Without `server.public_url` a name is whatever a request says: this machine's own is the one believed."""
    site = site_of(parts.public_url(request))
    configured = bool(parts.config(request).server.public_url)
    return site if site is not None and (configured or site.domain == LOCALHOST) else None
