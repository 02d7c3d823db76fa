"""What protects every answer and every act: response headers, and the refusal of cross-site requests.

Sources: CSP Level 3, Fetch (`Origin`, `Sec-Fetch-Site`), Permissions Policy, RFC 6797 (HSTS).
"""
from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

from evaluation.rules import N_
from server.config import ServerSettings
from server.http.problem import Problem

CONTENT_SECURITY_POLICY = "; ".join((
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data: blob:",
    "media-src 'self' blob: mediastream:", "connect-src 'self'", "frame-ancestors 'none'", "base-uri 'none'",
    "form-action 'self'",
))
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Permissions-Policy": "camera=(self), microphone=(self), display-capture=(self), geolocation=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # Everything here belongs to one person; only what a handler names public may be kept by a cache.
    "Cache-Control": "no-store",
}
HSTS = "max-age=31536000"
HSTS_SUBDOMAINS = "; includeSubDomains"
TYPE_CHARACTERS = 200
"""Of a Content-Type. Reading one takes the square of its length, and no browser's is longer."""
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
OTHER_SITES = frozenset({"cross-site", "same-site"})
OPENED = "document"
"""`Sec-Fetch-Dest` of a page that a browser opens in a window of its own: a link that was followed."""


def headers_of(settings: ServerSettings) -> dict[str, str]:
    """What every answer carries."""
    if not settings.https:
        return HEADERS
    return {**HEADERS, "Strict-Transport-Security": HSTS + (HSTS_SUBDOMAINS if settings.hsts_subdomains else "")}


class Bare(web.Response):
    """An answer outside every route, where no signal puts the headers on."""

    def __init__(self, settings: ServerSettings, **given: Any) -> None:
        super().__init__(**given)
        self._always = headers_of(settings)

    async def _prepare_headers(self) -> None:
        self.headers.update(self._always)
        await super()._prepare_headers()
        self.headers.popall("Server", None)


def add_headers(settings: ServerSettings) -> Callable[[web.Request, web.StreamResponse], Awaitable[None]]:
    """The signal handler that puts the headers on every response, streams and errors included."""
    always = headers_of(settings)

    async def prepare(request: web.Request, response: web.StreamResponse) -> None:
        for name, value in always.items():
            response.headers.setdefault(name, value)
        response.headers.popall("Server", None)

    return prepare


def refuse_cross_site(request: web.Request, public_host: str) -> None:
    """Raise Problem 403 unless an unsafe request comes from a page of this very origin, and for what another site's
    page reads of ours without opening it (a picture, a frame, a `fetch`): a hundred such would use up the rates of the
    address that its visitor signs in from.

    `Sec-Fetch-Site` cannot be written by a page's script, so it decides where present; a form sent under
    `Referrer-Policy: no-referrer` has `Origin: null`. A request with neither header did not come from our pages.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if request.method in SAFE_METHODS:
        allowed = site not in OTHER_SITES or request.headers.get("Sec-Fetch-Dest", OPENED) == OPENED
    elif site is not None:
        allowed = site == "same-origin"
    else:
        origin = _host(request.headers.get("Origin", ""))
        allowed = bool(origin) and origin in (request.host.lower(), public_host)  # a proxy may have changed Host
    if not allowed:
        raise Problem(403, N_("Cette demande vient d’un autre site. Rien n’a été changé."),
                      N_("Revenez à la page de l’épreuve et recommencez depuis cette page."))


def _host(origin: str) -> str:
    """Empty for what is no origin."""
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:  # "http://[", and hosts that Unicode would turn into others
        return ""


def refuse_other_types(request: web.Request, accepted: tuple[str, ...]) -> None:
    """Raise Problem 415 unless the body has one of the types the route takes, and is sent as it is (a packed one could
    be a thousand times larger than what was sent). No type accepted: no body."""
    if request.method in SAFE_METHODS or (not accepted and not request.body_exists):
        return
    if ("Content-Encoding" in request.headers or len(request.headers.get("Content-Type", "")) > TYPE_CHARACTERS
            or request.content_type not in accepted):
        raise Problem(415, N_("Le serveur ne lit pas ce type de contenu. Rien n’a été changé."),
                      N_("Rechargez la page et recommencez."))


def refuse_repetition(request: web.Request) -> None:
    """Raise Problem 400 when a name stands twice in the query: whoever looks first would see another value than whoever
    looks last."""
    if len(set(request.query)) != len(request.query):
        raise Problem(400, N_("Le serveur n’a pas compris cette demande. Rien n’a été changé."),
                      N_("Rechargez la page et recommencez."))
