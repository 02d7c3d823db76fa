"""What every answer carries, and which requests are not ours."""

from __future__ import annotations

import json
import re

import pytest
from aiohttp import ClientResponse

from server.http.limits import Limiter, Rate
from tests.server.http.house import FORM, House, house, on_its_loop

CSP = ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
       "media-src 'self' blob: mediastream:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; "
       "form-action 'self'")


@pytest.mark.parametrize("path", ["/", "/nowhere", "/clock", "/static/css/base.css", "/seat/x/events"])
@on_its_loop
async def test_every_answer_carries_the_headers(shared: House, path: str):
    headers = (await shared.browser().get(path)).headers
    assert headers["Content-Security-Policy"] == CSP
    assert headers["Permissions-Policy"] == "camera=(self), microphone=(self), display-capture=(self), geolocation=()"
    assert (headers["X-Content-Type-Options"], headers["Referrer-Policy"]) == ("nosniff", "no-referrer")
    assert "Strict-Transport-Security" not in headers
    assert "Server" not in headers


def cookies(answer: ClientResponse) -> dict[str, str]:
    """The attributes of each cookie given, by name; not of those taken back."""
    given = [header.partition(";") for header in answer.headers.getall("Set-Cookie", [])]
    return {pair.partition("=")[0]: attributes.strip() for pair, _, attributes in given
            if pair.partition("=")[2] not in ("", '""')}


async def test_over_https_cookies_are_of_this_host_alone_and_browsers_stay_there(tmp_path):
    async with house(tmp_path, server__public_url="https://jury.example.org") as home:
        browser = home.browser()
        answer = await browser.click(f"/i/{home.tokens['cand']}")
        assert cookies(answer) == {
            "__Host-visiojury-space-p-s1-cand": "HttpOnly; Max-Age=7776000; Path=/; SameSite=Strict; Secure"}
        answer = await home.enter(browser, "cand")
        assert cookies(answer) == {
            "__Host-visiojury-seat-s1-cand": "HttpOnly; Max-Age=7776000; Path=/; SameSite=Strict; Secure"}
        assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
        assert (await browser.get(f"/seat/{home.seat('cand')}/")).status == 200
        other = home.browser()
        assert cookies(await other.click(f"/i/{home.tokens['cand']}/ask-code")) == {
            "__Host-visiojury-browser": "HttpOnly; Max-Age=600; Path=/; SameSite=Strict; Secure"}
        assert cookies(await other.get("/?to=en")) == {
            "__Host-locale": "HttpOnly; Max-Age=31536000; Path=/; SameSite=Lax; Secure"}


async def test_over_https_a_cookie_of_the_plain_name_is_nothing(tmp_path):
    """One that another host of the domain, or plain HTTP, could have set."""
    async with house(tmp_path, server__public_url="https://jury.example.org") as home:
        browser = await home.sit("cand")
        secrets = {one.key: one.value for one in browser.client.cookie_jar}
        statuses = list[int]()
        for kind, whose in (("seat", home.seat("cand")), ("space", home.person("cand"))):
            secret = secrets[f"__Host-visiojury-{kind}-{whose}"]
            for name in (f"visiojury-{kind}-", f"__Host-visiojury-{kind}-"):
                stranger = home.browser(cookies=False)
                statuses.append((await stranger.get(f"/{kind}/{whose}/", Cookie=f"{name}{whose}={secret}")).status)
        assert statuses == [401, 200, 401, 200]


async def test_several_seats_in_one_browser_each_by_its_own_cookie(home: House):
    browser = home.browser()
    for name in ("cand", "emp"):
        await home.sit(name, browser)
    assert [(await browser.get(home.space(name))).status for name in ("cand", "emp")] == [200, 200]
    secrets = {one.key.removeprefix("visiojury-seat-"): one.value for one in browser.client.cookie_jar
               if one.key.startswith("visiojury-seat-")}
    assert [(await browser.get(f"/seat/{seat}/")).status for seat in secrets] == [200, 200]
    crossed = "; ".join(f"visiojury-seat-{seat}={secrets[other]}"
                        for seat, other in zip(secrets, reversed(secrets), strict=True))
    stranger = home.browser(cookies=False)
    assert [(await stranger.get(f"/seat/{seat}/", Cookie=crossed)).status for seat in secrets] == [401, 401]


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
@on_its_loop
async def test_only_our_own_pages_act(shared: House, headers: dict[str, str], status: int):
    browser = shared.browser()
    answer = await browser.client.post(f"{shared.url}/i/{shared.tokens['cand']}", headers={**headers, **FORM},
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
@on_its_loop
async def test_commands_are_json_alone(shared: House, kind: str):
    """What a plain HTML form can send (Fetch: the safelisted types) is not read at all."""
    browser = await shared.seated("org")
    answer = await browser.send("POST", f"/seat/{shared.seat('org')}/commands", '{"command": "CloseSession"}', **{
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


async def test_a_proxy_that_adds_a_line_of_its_own_is_believed_rather_than_who_sent_one_before(tmp_path):
    async with house(tmp_path, limits__logins_per_minute=1, server__trusted_proxies=("127.0.0.1",)) as home:
        browser, got = home.browser(), []
        for forged in ("6.6.6.6", "7.7.7.7"):
            lines = [("X-Forwarded-For", forged), ("X-Forwarded-For", "10.0.0.1"), *FORM.items(),
                     ("Sec-Fetch-Site", "same-origin")]
            got.append((await browser.client.post(f"{home.url}/i/x", headers=lines)).status)
        assert got == [404, 429]


async def test_an_ipv6_network_counts_as_one_address(tmp_path):
    trusted = ("127.0.0.1",)
    async with house(tmp_path, limits__logins_per_minute=1, server__trusted_proxies=trusted) as home:
        browser = home.browser()
        got = [(await browser.send("POST", "/i/x", **{"X-Forwarded-For": one}, **FORM)).status
               for one in ("2001:db8:0:1::1", "2001:db8:0:1:ffff::2", "2001:db8:0:2::1", "::ffff:10.0.0.1", "10.0.0.1")]
        assert got == [404, 429, 404, 404, 429]


def test_a_bucket_fills_again():
    now = 0.0
    limiter = Limiter(lambda: now)
    rate = Rate(burst=2, per_minute=6)
    assert [limiter.take("x", "a", rate) for _ in range(3)] == [0, 0, 10]
    assert limiter.take("x", "b", rate) == 0
    now = 10.0
    assert [limiter.take("x", "a", rate) for _ in range(2)] == [0, 10]


async def test_a_failure_is_told_in_the_readers_language_and_form(home: House):
    browser = home.browser()
    french = await browser.get("/nowhere", Accept="text/html")
    assert french.content_type == "text/html"
    page = await french.text()
    assert "Cette page n’existe pas, ou plus." in page
    assert '<a class="btn" href="/">Première page</a>' in page
    json_answer = await browser.get("/nowhere")
    assert json_answer.content_type == "application/json"
    assert list(await json_answer.json()) == ["refusal"]
    chosen = await browser.get("/?to=en")
    assert (chosen.status, chosen.headers["Location"]) == (303, "/")
    english = await browser.get("/nowhere", Accept="text/html")
    assert english.headers["Content-Language"] == "en"
    assert (await browser.get("/?to=de")).status == 200


@pytest.mark.parametrize(("method", "path", "own"), [
    ("GET", "/i/{token}", "/i/{token}"), ("POST", "/i/{token}/ask-code", "/i/{token}"),
    ("GET", "/i/{unknown}", "/i/{unknown}"), ("GET", "//evil.example", "/"), ("GET", "/nowhere", "/"),
    ("POST", "/seat/x/leave", "/"), ("POST", "/space/p/seats/x/code", "/space/p/"), ("POST", "/link", "/link"),
])
async def test_a_language_is_chosen_at_the_pages_own_address(home: House, method: str, path: str, own: str):
    """No address is copied into a query, where a link's secret would be logged; and none leads to another site."""
    fill = {"token": home.tokens["cand"], "unknown": "x" * 43}
    browser = home.browser()
    page = await (await browser.send(method, path.format(**fill), Accept="text/html", **FORM)).text()
    switch = own.format(**fill)
    assert re.findall(r'href="([^"]*)" hreflang', page) == [f"{switch}?to=fr", f"{switch}?to=en"]
    chosen = await browser.get(f"{switch}?to=en")
    assert (chosen.status, chosen.headers["Location"]) == (303, switch)
    assert (await browser.get(switch, Accept="text/html")).headers["Content-Language"] == "en"


async def test_an_address_with_a_secret_is_no_referrer(home: House):
    """Of a page with a form the origin alone is sent, as browsers without Sec-Fetch-Site need it."""
    browser = home.browser()
    assert (await browser.get(f"/i/{home.tokens['cand']}")).headers["Referrer-Policy"] == "strict-origin"
    assert (await browser.get("/i/" + "x" * 43)).headers["Referrer-Policy"] == "no-referrer"


async def test_logs_hold_no_path_token_or_query(home: House, capfd):
    from server import logs

    logs.configure()
    browser = await home.sit("cand")
    await browser.get(f"/seat/{home.seat('cand')}/events?secret=1", **{"Last-Event-ID": "bad"})
    lines = [json.loads(line) for line in capfd.readouterr().err.splitlines()]
    told = [{key: one[key] for key in ("method", "route", "seat", "status") if one.get(key)}
            for one in lines if one["event"] == "http.request"]
    assert told == [
        {"method": "POST", "route": "/i/{token}", "status": 303},
        {"method": "POST", "route": "/space/{person}/seats/{seat}", "status": 303},
        {"method": "GET", "route": "/seat/{seat}/events", "seat": "s1-cand", "status": 400},
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
    part = await browser.get("/static/css/base.css", Range="bytes=2-5")
    assert (part.status, await part.read()) == (206, (await plain.read())[2:6])
    for path in ("/static/css/../../templates/base.html", "/static/%2e%2e/templates/base.html", "/static/js/view.d.ts",
                 "/static/css", "/static//etc/passwd"):
        assert (await browser.get(path)).status == 404


async def test_the_clock_and_the_sign_of_life(home: House):
    browser = home.browser()
    assert abs((await (await browser.get("/clock")).json())["now"] - home.clock()) < 2000
    assert await (await browser.get("/healthz")).text() == "ok\n"
