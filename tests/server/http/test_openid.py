"""Signing in by an identity provider: a real one on this machine, with real keys, that can lie in every way."""
from __future__ import annotations

import time
from base64 import urlsafe_b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from aiohttp import BasicAuth, web
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from server.http import parts
from server.storage.sign_ins import INDEX
from tests.server.http.house import Browser, House
from tests.server.http.staff import Staff, office, staff, ways

CLIENT, SECRET = "visiojury", "shared with the provider"


@cache
def key_of(_whose: str) -> RSAKey:
    return RSAKey.generate_key(2048, {"kid": "k1"})


@dataclass
class Provider:
    """`lies` replace claims (None takes one out), `signed` says how the token is signed."""

    url: str = ""
    email: str = "claire@example.org"
    subject: str = "248289761001"
    lies: dict[str, Any] = field(default_factory=dict[str, Any])
    signed: str = "RS256"
    key: RSAKey = field(default_factory=lambda: key_of("the provider"))
    described: dict[str, Any] = field(default_factory=dict[str, Any])
    codes: dict[str, dict[str, str]] = field(default_factory=dict[str, dict[str, str]])

    async def describe(self, _request: web.Request) -> web.Response:
        return web.json_response({
            "issuer": self.url, "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token", "jwks_uri": f"{self.url}/keys", **self.described})

    async def keys(self, _request: web.Request) -> web.Response:
        return web.json_response({"keys": [self.key.as_dict(private=False)]})

    def authorize(self, address: str) -> dict[str, str]:
        """The person says yes: what the provider's redirection would bring back."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert (asked["response_type"], asked["client_id"], asked["code_challenge_method"]) == ("code", CLIENT, "S256")
        code = f"code-{len(self.codes)}"
        self.codes[code] = asked
        return {"code": code, "state": asked["state"]}

    async def token(self, request: web.Request) -> web.Response:
        form = await request.post()
        asked = self.codes.pop(str(form["code"]), None)
        known = BasicAuth.decode(request.headers["Authorization"])
        proof = urlsafe_b64encode(sha256(str(form["code_verifier"]).encode()).digest()).rstrip(b"=").decode()
        if asked is None or proof != asked["code_challenge"] or known.password != SECRET.replace(" ", "%20") \
                or form["redirect_uri"] != asked["redirect_uri"]:
            return web.json_response({"error": "invalid_grant"}, status=400)
        return web.json_response({"id_token": self.word(asked["nonce"]), "token_type": "Bearer", "access_token": "x"})

    def word(self, nonce: str) -> str:
        now = int(time.time())
        claims = {"iss": self.url, "aud": CLIENT, "sub": self.subject, "nonce": nonce, "iat": now, "exp": now + 300,
                  "email": self.email, "email_verified": True, **self.lies}
        claims = {name: value for name, value in claims.items() if value is not None}
        if self.signed == "none":
            return jwt.encode({"alg": "none"}, claims, OctKey.import_key("x"), algorithms=["none"])
        if self.signed == "HS256":  # with the public key as the secret (RFC 8725, 2.1)
            public = OctKey.import_key(self.key.as_pem(private=False))
            return jwt.encode({"alg": "HS256"}, claims, public, algorithms=["HS256"])
        key = key_of("somebody else") if self.signed == "other" else self.key
        return jwt.encode({"alg": "RS256", "kid": "k1"}, claims, key)


@asynccontextmanager
async def serving(provider: Provider) -> AsyncIterator[Provider]:
    app = web.Application()
    app.router.add_get("/.well-known/openid-configuration", provider.describe)
    app.router.add_get("/keys", provider.keys)
    app.router.add_post("/token", provider.token)
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        provider.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield provider
    finally:
        await runner.cleanup()


@pytest.fixture
async def provider() -> AsyncIterator[Provider]:
    async with serving(Provider()) as one:
        yield one


@asynccontextmanager
async def house_of(provider: Provider, folder: Path, **more: object) -> AsyncIterator[House]:
    secret = folder / "openid.secret"
    secret.write_text(SECRET + "\n")
    async with office(folder / "kept", openid__issuer=provider.url, openid__client_id=CLIENT,
                      openid__client_secret_file=str(secret), openid__name="Exemple", **more) as home:
        yield home


@pytest.fixture
async def home(provider: Provider, tmp_path: Path) -> AsyncIterator[House]:
    async with house_of(provider, tmp_path) as here:
        yield here


async def leave(browser: Browser) -> str:
    answer = await browser.get("/sign-in/openid")
    assert answer.status == 303, await answer.text()
    return answer.headers["Location"]


async def back(browser: Browser, answer: dict[str, str]) -> tuple[int, str]:
    """As the provider's redirection brings the browser: another site's page sent it."""
    query = "&".join(f"{name}={value}" for name, value in answer.items())
    came = await browser.get(f"/sign-in/openid/answer?{query}", **{"Sec-Fetch-Site": "cross-site"})
    return came.status, unescape(await came.text())


async def sign_in(provider: Provider, browser: Browser) -> tuple[int, str]:
    return await back(browser, provider.authorize(await leave(browser)))


async def inside(claire: Staff, browser: Browser) -> bool:
    return (await browser.get(claire.at("security"))).status == 200


async def test_who_the_provider_knows_by_a_verified_address_comes_in(provider: Provider, home: House):
    claire, browser = await staff(home, password=False), home.browser()
    assert ">Avec Exemple<" in (await (await browser.get("/sign-in")).text()).replace("</svg>", ">").replace("\n", "")
    status, page = await sign_in(provider, browser)
    assert (status, f'url={claire.at("")}"' in page, await inside(claire, browser)) == (200, True, True)
    assert await claire.results() == [("openid", "done")]


async def test_afterwards_the_subject_counts_and_no_address(provider: Provider, home: House):
    claire, paul = await staff(home, password=False), await staff(home, "Paul Autre", "p-paul", password=False)
    await sign_in(provider, home.browser())
    provider.email = paul.email  # the provider gave the address of somebody else, later
    browser = home.browser()
    await sign_in(provider, browser)
    assert (await inside(claire, browser), await inside(paul, browser)) == (True, False)
    provider.subject, provider.email, other = "another", claire.email, home.browser()  # a new account of her address
    assert (await sign_in(provider, other))[0] == 422
    assert not await inside(claire, other)


@pytest.mark.parametrize("lies", [
    {"nonce": "another"}, {"nonce": None}, {"aud": "somebody else"}, {"aud": None}, {"aud": ["x", "y"]},
    {"aud": [CLIENT, "y"]}, {"aud": [CLIENT, "y"], "azp": "y"}, {"iss": "https://evil.example"}, {"iss": None},
    {"exp": int(time.time()) - 3600}, {"exp": None}, {"iat": int(time.time()) + 3600}, {"sub": None},
    {"nbf": int(time.time()) + 3600}])
async def test_a_word_for_another_journey_client_issuer_or_time_opens_nothing(
    provider: Provider, home: House, lies: dict[str, Any]
):
    claire, browser = await staff(home, password=False), home.browser()
    provider.lies = lies
    status, page = await sign_in(provider, browser)
    assert (status, "La réponse de Exemple n’a pas pu être vérifiée" in page.replace("d’Exemple", "de Exemple")) == (
        422, True)
    assert not await inside(claire, browser)
    assert [(one.about, one.status) for one in await ways(home).log.page(INDEX)] == [("openid", "wrong")]


@pytest.mark.parametrize("signed", ["none", "HS256", "other"])
async def test_a_word_that_is_not_signed_with_the_provider_s_key_opens_nothing(
    provider: Provider, home: House, signed: str
):
    claire, browser = await staff(home, password=False), home.browser()
    provider.signed = signed
    assert (await sign_in(provider, browser))[0] == 422
    assert not await inside(claire, browser)


@pytest.mark.parametrize("lies", [{"email_verified": False}, {"email_verified": None}, {"email_verified": "true"},
                                  {"email": "nobody@example.org"}, {"email": None}])
async def test_an_address_that_is_not_verified_or_nobody_s_opens_nothing(
    provider: Provider, home: House, lies: dict[str, Any]
):
    claire, browser = await staff(home, password=False), home.browser()
    provider.lies = lies
    status, page = await sign_in(provider, browser)
    assert (status, "personne ici n’a votre adresse" in page, await inside(claire, browser)) == (422, True, False)


async def test_an_address_of_two_people_opens_neither(provider: Provider, home: House):
    claire = await staff(home, password=False)
    await home.app[parts.ACCOUNTS].save_person("p-other", {"name": "Paul", "email": claire.email})
    assert (await sign_in(provider, home.browser()))[0] == 422


async def test_an_answer_is_good_once_for_the_browser_that_left_and_for_a_time(provider: Provider, home: House):
    await staff(home, password=False)
    browser, other = home.browser(), home.browser()
    answer = provider.authorize(await leave(browser))
    await leave(other)
    assert [(await back(one, answer))[0] for one in (other, home.browser(), browser, browser)] == [422, 422, 200, 422]
    late = provider.authorize(await leave(browser))
    home.clock.ahead += home.app[parts.CONFIG].sign_in.ceremony_seconds * 1000
    assert (await back(browser, late))[0] == 422


async def test_a_code_of_another_journey_opens_nothing(provider: Provider, home: House):
    """Somebody's code put into another browser's answer: the proof (PKCE) is of the browser that left."""
    claire, browser, other = await staff(home, password=False), home.browser(), home.browser()
    stolen = provider.authorize(await leave(browser))["code"]
    answer = provider.authorize(await leave(other))
    assert (await back(other, {**answer, "code": stolen}))[0] == 422
    assert not await inside(claire, other)


async def test_another_site_s_page_begins_no_journey_and_signing_in_again_is_asked_for(home: House):
    browser = home.browser()
    sent = await browser.get("/sign-in/openid", **{"Sec-Fetch-Site": "cross-site"})
    assert (sent.status, sent.headers["Location"]) == (303, "/sign-in")
    again = await browser.get("/sign-in/openid?then=security")
    assert ("prompt=login" in again.headers["Location"], "prompt" in await leave(browser)) == (True, False)


async def test_who_says_no_or_answers_as_another_issuer_is_told(provider: Provider, home: House):
    await staff(home, password=False)
    browser = home.browser()
    state = provider.authorize(await leave(browser))["state"]
    status, page = await back(browser, {"state": state, "error": "access_denied"})
    assert (status, "n’a pas été accordée" in page) == (422, True)
    answer = provider.authorize(await leave(browser))
    assert (await back(browser, {**answer, "iss": "https://evil.example"}))[0] == 422  # RFC 9207


async def test_a_strength_that_is_asked_for_must_be_told(provider: Provider, tmp_path: Path):
    async with house_of(provider, tmp_path, openid__acr_values=["strong"]) as home:
        await staff(home, password=False)
        browser = home.browser()
        address = await leave(browser)
        assert "acr_values=strong" in address
        assert (await back(browser, provider.authorize(address)))[0] == 422
        provider.lies = {"acr": "strong"}
        assert (await sign_in(provider, browser))[0] == 200


@pytest.mark.parametrize("described", [
    {"issuer": "https://evil.example"}, {"token_endpoint": "http://evil.example/token"}, {"jwks_uri": None},
    {"jwks_uri": "http://169.254.169.254/keys"}, {"authorization_endpoint": "javascript:alert(1)"}])
async def test_a_provider_that_describes_itself_wrongly_is_out_of_reach(
    provider: Provider, tmp_path: Path, described: dict[str, Any]
):
    provider.described = described
    async with house_of(provider, tmp_path) as home:
        answer = await home.browser().get("/sign-in/openid")
        assert (answer.status, "ne répond pas en ce moment" in await answer.text()) == (502, True)


async def test_where_no_provider_is_set_there_is_none(tmp_path: Path):
    async with office(tmp_path) as home:
        assert (await home.browser().get("/sign-in/openid")).status == 404
        assert "openid" not in await (await home.browser().get("/sign-in")).text()
