"""What every way of signing in does once it holds, or does not: the space's cookie, the log, the security events."""
from __future__ import annotations

import secrets
from typing import Final

from aiohttp import web

from server.http import cookies, parts
from server.http.home import set_space_cookie, space_cookie, space_path
from server.http.security_log import address_kept, note
from server.people.browser_family import family
from server.security_events import SecurityEvent
from server.storage.sign_ins import Means, Result
from server.storage.spaces import How

HOW: Final = {Means.PASSKEY: How.PASSKEY, Means.PASSWORD: How.PASSWORD, Means.OPENID: How.OIDC}
SECURITY: Final = "security"
"""Where somebody comes from who is asked to sign in again."""


def after(request: web.Request, person: str, then: str) -> str:
    """The address that somebody goes to: their space, or their security page where they were sent from it."""
    return space_path(person) + (SECURITY if then == SECURITY else "")


async def open_space(request: web.Request, response: web.StreamResponse, person: str, means: Means) -> None:
    """The person has proven to be themselves in this browser."""
    before = space_cookie(request, person)
    set_space_cookie(request, response, person, await parts.spaces(request).open(person, HOW[means], before=before))
    await tell_in(request, person, means)


async def tell_in(request: web.Request, person: str, means: Means) -> None:
    note(request, SecurityEvent.SIGNED_IN, person=person, kind=means.value)
    await write(request, person, means, Result.DONE)


async def tell_refused(request: web.Request, person: str | None, means: Means, why: str, result: Result = Result.WRONG
                       ) -> None:
    note(request, SecurityEvent.SIGN_IN_REFUSED, person=person, kind=means.value, error=why)
    await write(request, person, means, result)


async def tell_changed(request: web.Request, person: str, means: Means, result: Result) -> None:
    """What somebody signs in with was added or removed."""
    event = SecurityEvent.CREDENTIAL_ADDED if result is Result.ADDED else SecurityEvent.CREDENTIAL_REMOVED
    note(request, event, person=person, kind=means.value)
    await write(request, person, means, result)


async def write(request: web.Request, person: str | None, means: Means, result: Result) -> None:
    """A line of the log of sign-ins."""
    address = address_kept(parts.config(request).server, parts.client_address(request))
    await parts.ways(request).log.write(
        person, means, result, address=address, browser=family(request.headers.get("User-Agent", "")))


# Which browser is in the midst of it


def browser_of(request: web.Request) -> str:
    """Empty for a browser that has begun nothing."""
    return cookies.read(request, cookies.SIGN_IN)


def known_browser(request: web.Request) -> str:
    return browser_of(request) or secrets.token_urlsafe(32)


def keep_browser(request: web.Request, response: web.StreamResponse, browser: str) -> None:
    """As long as what it has begun is good. Lax: an identity provider sends the browser back."""
    seconds = parts.config(request).sign_in.ceremony_seconds
    cookies.give(request, response, cookies.SIGN_IN, browser, seconds=seconds, same_site="Lax")
