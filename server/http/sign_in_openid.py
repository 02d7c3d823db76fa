"""`/sign-in/openid`: by the identity provider of config.toml, and back."""
from __future__ import annotations

import secrets

from aiohttp import web

from evaluation.rules import N_
from server.http import parts
from server.http.entry import PUBLIC, entry
from server.http.language import locale_of
from server.http.login import see_other
from server.http.pages import page
from server.http.problem import Problem
from server.http.sign_in import sign_in_page
from server.http.signing import SECURITY, after, browser_of, keep_browser, known_browser, open_space, tell_refused
from server.i18n import say
from server.people.openid import Journey, NotBelieved, OutOfReach, Provider, Subject
from server.storage.ceremonies import Purpose
from server.storage.sign_ins import Means, Result

ANSWER = "/sign-in/openid/answer"
OWN = frozenset({"none", "same-origin"})
"""`Sec-Fetch-Site` of what a person typed, or pressed on a page of ours."""


@entry(PUBLIC)
async def leave(request: web.Request) -> web.StreamResponse:
    """`GET /sign-in/openid`: to the provider. A link, as browsers let no form lead to another site's page."""
    provider, browser = _provider(request), known_browser(request)
    if request.headers.get("Sec-Fetch-Site", "none") not in OWN:
        return see_other("/sign-in")  # another site's page: the person has pressed nothing here
    then = SECURITY if request.query.get("then") == SECURITY else ""
    state = f"{secrets.token_urlsafe(32)}.{then}"
    try:
        address = await provider.address(_journey(request, browser, state), again=then == SECURITY)
    except OutOfReach:
        return _unreachable(request)
    await parts.ways(request).ceremonies.begin(Purpose.OPENID, f"{browser}.{state}")
    response = see_other(address)
    keep_browser(request, response, browser)
    return response


@entry(PUBLIC)
async def come_back(request: web.Request) -> web.StreamResponse:
    """`GET /sign-in/openid/answer?code&state`: from the provider."""
    provider, browser, state = _provider(request), browser_of(request), request.query.get("state", "")
    code, ceremonies = request.query.get("code", ""), parts.ways(request).ceremonies
    if not browser or await ceremonies.end(Purpose.OPENID, f"{browser}.{state}") is None:
        return await _refused(request, "state", N_("Cette connexion a expiré, ou elle a déjà servi. Recommencez."))
    if not code:  # the person, or the provider, said no
        return await _refused(request, "denied", N_("La connexion n’a pas été accordée par {name}. Recommencez, ou "
                                                    "connectez-vous autrement."))
    try:
        subject = await provider.subject(_journey(request, browser, state), code, request.query.get("iss"))
    except NotBelieved as wrong:
        return await _refused(request, wrong.kind, N_("La réponse de {name} n’a pas pu être vérifiée : rien n’a été "
                                                      "ouvert. Recommencez ; si cela se reproduit, prévenez la "
                                                      "personne qui administre le site."))
    except OutOfReach:
        return _unreachable(request)
    return await _known(request, provider, subject, state.rpartition(".")[2])


async def _known(request: web.Request, provider: Provider, subject: Subject, then: str) -> web.Response:
    person = await _person(request, provider, subject)
    if person is None:
        return await _refused(request, "unknown", N_(
            "{name} vous connaît, mais personne ici n’a votre adresse. Demandez à l’organisme certificateur de vous "
            "donner un accès."), Result.UNKNOWN)
    # The provider's site sent the browser here, so that it keeps back the cookies that are for our own pages alone
    # (RFC 6265bis, 5.2) until a page of ours asks for the next.
    response = page(request, "office/signed_in.html", to=after(request, person, then))
    await open_space(request, response, person, Means.OPENID)
    return response


async def _person(request: web.Request, provider: Provider, subject: Subject) -> str | None:
    """By subject; the first time, by the address that the provider has verified, where it is one person's here."""
    credentials = parts.ways(request).credentials
    known = await credentials.person_of_subject(provider.issuer, subject.id)
    if known is not None or subject.email is None:
        return known
    found = await parts.accounts(request).people_at(subject.email)
    if len(found) != 1 or not await credentials.link_subject(provider.issuer, subject.id, found[0]):
        return None
    return found[0]


def _journey(request: web.Request, browser: str, state: str) -> Journey:
    """What nobody else can know is derived, and not kept."""
    vault, secret = parts.vault(request), f"{browser}.{state}".encode()
    return Journey(state, vault.digest("openid-nonce", secret), vault.digest("openid-verifier", secret),
                   parts.public_url(request) + ANSWER)


def _provider(request: web.Request) -> Provider:
    provider = parts.ways(request).provider
    if provider is None:
        raise Problem(404, N_("Cette page n’existe pas, ou plus."), N_("Revenez à la page de connexion."))
    return provider


async def _refused(request: web.Request, why: str, text: str, result: Result = Result.WRONG) -> web.Response:
    await tell_refused(request, None, Means.OPENID, why, result)
    return sign_in_page(request, status=422, refusal=say(locale_of(request), text, {"name": _provider(request).name}))


def _unreachable(request: web.Request) -> web.Response:
    text = N_("{name} ne répond pas en ce moment. Recommencez dans quelques minutes, ou connectez-vous autrement.")
    return sign_in_page(request, status=502, refusal=say(locale_of(request), text, {"name": _provider(request).name}))
