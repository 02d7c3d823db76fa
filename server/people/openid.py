"""An identity provider: OpenID Connect Core 1.0, code flow (3.1), with PKCE (RFC 7636). What it says is believed when
it is signed with its keys, for us, for the very journey this browser began, and not over (3.1.3.7)."""
from __future__ import annotations

import asyncio
import base64
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, cast
from urllib.parse import quote, urlencode, urlsplit

from aiohttp import BasicAuth, ClientError, ClientSession, ClientTimeout
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from server import logs
from server.config import OpenIdSettings

log = logs.logger(__name__)

ALGORITHMS: Final = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "Ed25519",
                     "EdDSA")
"""Signatures with a provider's key (RFC 7518, 3.1; RFC 8037). Never "none", nor a secret that is shared."""
SCOPES: Final = "openid email profile"
WELL_KNOWN: Final = "/.well-known/openid-configuration"


class NotBelieved(Exception):
    """What the provider answered proves nothing. `kind` is for the log."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


class OutOfReach(Exception):
    """The provider does not answer, or not as one does."""


@dataclass(frozen=True)
class Journey:
    """One browser's way to the provider and back. Only that browser has what they are derived from."""

    state: str
    nonce: str
    verifier: str
    back: str
    """Where the provider sends the browser (`redirect_uri`)."""


@dataclass(frozen=True)
class Subject:
    """Who somebody is at the provider. `email` only where the provider has verified it."""

    id: str
    email: str | None


@dataclass(frozen=True)
class _Described:
    """What the provider says of itself (OpenID Connect Discovery 1.0, 3)."""

    authorization: str
    token: str
    keys: KeySet
    until: int
    tells_issuer: bool


class Provider:
    """`calendar` is the machine's clock."""

    def __init__(self, settings: OpenIdSettings, calendar: Callable[[], int]) -> None:
        self._settings, self._calendar = settings, calendar
        self._described: _Described | None = None
        self._turn = asyncio.Lock()

    @property
    def name(self) -> str:
        return self._settings.name

    @property
    def issuer(self) -> str:
        return self._settings.issuer

    async def address(self, journey: Journey, *, again: bool = False) -> str:
        """Where the browser goes to sign in (3.1.2.1); `again`: whoever the provider knows already, too. OutOfReach."""
        asked = {
            "response_type": "code", "client_id": self._settings.client_id, "redirect_uri": journey.back,
            "scope": SCOPES, "state": journey.state, "nonce": journey.nonce,
            "code_challenge": _challenge(journey.verifier), "code_challenge_method": "S256",
        }
        if self._settings.acr_values:
            asked["acr_values"] = " ".join(self._settings.acr_values)
        if again:
            asked["prompt"] = "login"
        where = (await self._description()).authorization
        return f"{where}{'&' if '?' in where else '?'}{urlencode(asked)}"

    async def subject(self, journey: Journey, code: str, issuer: str | None) -> Subject:
        """Who came back with this code. `issuer` is what the answer names (RFC 9207). NotBelieved, OutOfReach."""
        described = await self._description()
        if (issuer is not None or described.tells_issuer) and issuer != self._settings.issuer:
            raise NotBelieved("answer_issuer")
        answer = await self._token(described, journey, code)
        return self._believed(answer.get("id_token"), described.keys, journey.nonce)

    async def _token(self, described: _Described, journey: Journey, code: str) -> Mapping[str, Any]:
        """What the code is worth (3.1.3.1)."""
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": journey.back,
                "code_verifier": journey.verifier, "client_id": self._settings.client_id}
        secret = self._settings.client_secret_file
        known = None
        if secret is not None:
            password = (await asyncio.to_thread(secret.read_text, "utf-8")).strip()
            known = BasicAuth(quote(self._settings.client_id, safe=""), quote(password, safe=""))  # RFC 6749, 2.3.1
        try:
            return await self._asked("POST", described.token, data=form, auth=known)
        except _Refused as refused:
            raise NotBelieved("code") from refused

    def _believed(self, token: object, keys: KeySet, nonce: str) -> Subject:
        claims = jwt.JWTClaimsRegistry(
            now=self._calendar() // 1000, leeway=self._settings.clock_seconds,
            iss={"essential": True, "value": self._settings.issuer},
            aud={"essential": True, "value": self._settings.client_id},
            exp={"essential": True}, iat={"essential": True}, sub={"essential": True},
            nonce={"essential": True, "value": nonce})
        try:
            read = jwt.decode(str(token), keys, algorithms=list(ALGORITHMS)).claims
            claims.validate(read)
        except (JoseError, ValueError) as wrong:
            raise NotBelieved(type(wrong).__name__.removesuffix("Error")) from wrong
        audience = read["aud"]
        if isinstance(audience, list) and len(cast("list[str]", audience)) > 1 \
                and read.get("azp") != self._settings.client_id:
            raise NotBelieved("azp")
        if self._settings.acr_values and read.get("acr") not in self._settings.acr_values:
            raise NotBelieved("acr")
        email = read.get("email") if read.get("email_verified") is True else None
        return Subject(str(read["sub"]), str(email) if email else None)

    # What the provider says of itself

    async def _description(self) -> _Described:
        async with self._turn:
            if self._described is None or self._described.until <= self._calendar():
                self._described = await self._read_description()
            return self._described

    async def _read_description(self) -> _Described:
        try:
            said = await self._asked("GET", self._settings.issuer.rstrip("/") + WELL_KNOWN)
            if said["issuer"] != self._settings.issuer:
                raise OutOfReach("issuer")
            keys = KeySet.import_key_set(cast("Any", await self._asked("GET", self._place(said, "jwks_uri"))))
            return _Described(
                self._place(said, "authorization_endpoint"), self._place(said, "token_endpoint"), keys,
                self._calendar() + self._settings.keys_seconds * 1000,
                said.get("authorization_response_iss_parameter_supported") is True)
        except (_Refused, JoseError, KeyError, ValueError, TypeError) as wrong:
            raise OutOfReach(type(wrong).__name__) from wrong

    def _place(self, said: Mapping[str, Any], name: str) -> str:
        """An address that the provider names: by HTTPS, or on the provider's own machine where that has none (the
        settings let an issuer be without it on this machine alone)."""
        place, own = urlsplit(str(said[name])), urlsplit(self._settings.issuer)
        if place.scheme != "https" and (place.scheme, place.netloc) != (own.scheme, own.netloc):
            raise OutOfReach(name)
        return place.geturl()

    async def _asked(self, method: str, url: str, **given: Any) -> Mapping[str, Any]:
        """A JSON object. A redirection is not followed: the provider names its own addresses."""
        timeout = ClientTimeout(total=self._settings.timeout_seconds)
        try:
            async with ClientSession(timeout=timeout) as http, http.request(
                    method, url, allow_redirects=False, headers={"Accept": "application/json"}, **given) as answer:
                body = await answer.content.read(self._settings.answer_bytes)
                if not answer.content.at_eof():
                    raise OutOfReach("length")
                if answer.status != 200:
                    raise _Refused(str(answer.status))
                said = json.loads(body)
        except (ClientError, TimeoutError, ValueError) as wrong:
            log.warning("openid.out_of_reach", error=type(wrong).__name__)
            raise OutOfReach(type(wrong).__name__) from wrong
        if not isinstance(said, dict):
            raise OutOfReach("form")
        return cast("dict[str, Any]", said)


class _Refused(Exception):
    """The provider answered, and not with 200."""


def _challenge(verifier: str) -> str:
    """S256 (RFC 7636, 4.2)."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
