"""What every answer carries, and which requests are not ours."""

from __future__ import annotations

import json

import pytest

from server.http.language import own_path
from server.http.limits import Limiter, Rate
from tests.server.http.house import FORM, House, house

CSP = ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
       "media-src 'self' blob: mediastream:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; "
       "form-action 'self'")


@pytest.mark.parametrize("path", ["/", "/nowhere", "/clock", "/static/css/base.css", "/seat/x/events"])
async def test_every_answer_carries_the_headers(home: House, path: str):
    headers = (await home.browser().get(path)).headers
    assert headers["Content-Security-Policy"] == CSP
    assert headers["Permissions-Policy"] == "camera=(self), microphone=(self), display-capture=(self), geolocation=()"
    assert (headers["X-Content-Type-Options"], headers["Referrer-Policy"]) == ("nosniff", "no-referrer")
    assert "Strict-Transport-Security" not in headers
    assert "Server" not in headers


async def test_over_https_cookies_are_secure_and_browsers_stay_there(tmp_path):
    async with house(tmp_path, server__public_url="https://jury.example.org") as home:
        answer = await home.browser().click(f"/i/{home.tokens['cand']}")
        assert all(one.endswith("; Secure") for one in answer.headers.getall("Set-Cookie"))
        assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


async def test_subdomains_may_be_left_out(tmp_path):
    settings = {"server__public_url": "https://example.org", "server__hsts_subdomains": False}
    async with house(tmp_path, **settings) as home:
        assert (await home.browser().get("/")).headers["Strict-Transport-Security"] == "max-age=31536000"


@pytest.mark.parametrize(("headers", "status"), [
    ({"Sec-Fetch-Site": "cross-site"}, 403),
    ({"Sec-Fetch-Site": "same-site"}, 403),
    ({"Sec-Fetch-Site": "none"}, 403),
    ({"Origin": "https://evil.example"}, 403),
    ({"Origin": "null"}, 403),
    ({}, 403),
    ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, 303),
])
async def test_only_our_own_pages_act(home: House, headers: dict[str, str], status: int):
    browser = home.browser()
    answer = await browser.client.post(f"{home.url}/i/{home.tokens['cand']}", headers={**headers, **FORM},
                                       allow_redirects=False)
    assert answer.status == status


async def test_an_old_browser_shows_its_origin(home: House):
    answer = await home.browser().client.post(f"{home.url}/i/{home.tokens['cand']}", allow_redirects=False,
                                              headers={"Origin": home.url, **FORM})
    assert answer.status == 303


async def test_a_cross_site_post_does_nothing_even_with_the_cookie(home: House):
    browser = await home.sit("org")
    before = await home.events()
    answer = await browser.client.post(
        f"{home.url}/seat/{home.seat('org')}/commands", data='{"command": "WriteToRoom", "words": "x"}',
        headers={"Origin": "https://evil.example", "Content-Type": "application/json", "Idempotency-Key": "k" * 8})
    assert answer.status == 403
    assert await home.events() == before


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=b"])
async def test_commands_are_json_alone(home: House, kind: str):
    """What a plain HTML form can send (Fetch: the safelisted types) is not read at all."""
    browser = await home.sit("org")
    answer = await browser.send("POST", f"/seat/{home.seat('org')}/commands", '{"command": "CloseSession"}', **{
        "Content-Type": kind, "Idempotency-Key": "k" * 8})
    assert answer.status == 415


async def test_logins_are_slowed_down_by_address(tmp_path):
    async with house(tmp_path, limits__logins_per_minute=3) as home:
        browser = home.browser()
        answers = [(await browser.click("/i/" + "x" * 43)).status for _ in range(4)]
        assert answers == [404, 404, 404, 429]


async def test_a_proxys_word_is_taken_only_from_our_proxy(tmp_path):
    async with house(tmp_path, limits__logins_per_minute=1) as home:
        browser = home.browser()
        forged = [(await browser.click("/i/x")).status] + [
            (await browser.send("POST", "/i/x", **{"X-Forwarded-For": f"10.0.0.{n}"}, **FORM)).status for n in range(2)]
        assert forged == [404, 429, 429]


async def test_behind_our_proxy_each_address_has_its_own_limit(tmp_path):
    trusted = ("127.0.0.1",)
    async with house(tmp_path, limits__logins_per_minute=1, server__trusted_proxies=trusted) as home:
        browser = home.browser()
        got = [(await browser.send("POST", "/i/x", **{"X-Forwarded-For": f"6.6.6.6, {one}"}, **FORM)).status
               for one in ("10.0.0.1", "10.0.0.2", "10.0.0.1")]
        assert got == [404, 404, 429]


def test_a_bucket_fills_again():
    now = 0.0
    limiter = Limiter(lambda: now)
    rate = Rate(burst=2, per_minute=6)
    assert [limiter.take("x", "a", rate) for _ in range(3)] == [0, 0, 10]
    assert limiter.take("x", "b", rate) == 0
    now = 10.0
    assert [limiter.take("x", "a", rate) for _ in range(2)] == [0, 10]


@pytest.mark.parametrize(("path", "kept"), [
    ("/seat/x/", "/seat/x/"), ("//evil.example", "/"), ("/\\evil.example", "/"), ("https://evil.example", "/"),
    ("/a\\b", "/"), ("/a\nb", "/"), ("", "/"),
])
def test_a_way_back_stays_on_this_site(path: str, kept: str):
    assert own_path(path) == kept


async def test_a_failure_is_told_in_the_readers_language_and_form(home: House):
    browser = home.browser()
    french = await browser.get("/nowhere", Accept="text/html")
    assert french.content_type == "text/html"
    assert "Cette page n’existe pas, ou plus." in await french.text()
    json_answer = await browser.get("/nowhere")
    assert json_answer.content_type == "application/json"
    assert list(await json_answer.json()) == ["refusal"]
    chosen = await browser.get("/locale?to=en&back=/i/x")
    assert (chosen.status, chosen.headers["Location"]) == (303, "/i/x")
    english = await browser.get("/nowhere", Accept="text/html")
    assert english.headers["Content-Language"] == "en"
    assert (await browser.get("/locale?to=de")).status == 400


async def test_logs_hold_no_path_token_or_query(home: House, capfd):
    from server import logs

    logs.configure()
    browser = await home.sit("cand")
    await browser.get(f"/seat/{home.seat('cand')}/events?secret=1", **{"Last-Event-ID": "bad"})
    lines = [json.loads(line) for line in capfd.readouterr().err.splitlines()]
    told = [{key: one[key] for key in ("method", "route", "status")} for one in lines if one["event"] == "http.request"]
    assert told == [
        {"method": "POST", "route": "/i/{token}", "status": 303},
        {"method": "GET", "route": "/seat/{seat}/events", "status": 400},
    ]
    assert all("withheld" not in one for one in lines if one["event"] == "http.request")


async def test_scripts_are_served_by_version_and_with_a_tag(home: House):
    from server.http.static import assets

    browser = home.browser()
    versioned = await browser.get(assets().url("css/base.css"))
    assert versioned.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    plain = await browser.get("/static/css/base.css")
    assert plain.headers["Cache-Control"] == "public, no-cache"
    assert (await browser.get("/static/css/base.css", **{"If-None-Match": plain.headers["ETag"]})).status == 304
    for path in ("/static/css/../../templates/base.html", "/static/%2e%2e/templates/base.html", "/static/js/view.d.ts",
                 "/static/css", "/static//etc/passwd"):
        assert (await browser.get(path)).status == 404


async def test_the_clock_and_the_sign_of_life(home: House):
    browser = home.browser()
    assert abs((await (await browser.get("/clock")).json())["now"] - home.clock()) < 2000
    assert await (await browser.get("/healthz")).text() == "ok\n"
