"""What an answer shows of the server, and what it lets others do with it (ASVS 5.0)."""

from __future__ import annotations

from pathlib import Path

import pytest
from aiohttp import web

from server.http import public
from tests.server.http.house import House, house, on_its_loop


@pytest.mark.parametrize("path", ["/", "/clock", "/nowhere", "/static/css/base.css", "/static/js/texts.js"])
@on_its_loop
async def test_no_other_origin_may_read_an_answer(shared: House, path: str):
    headers = (await shared.browser().get(path, Origin="https://evil.example")).headers
    assert [name for name in headers if name.lower().startswith("access-control-")] == []
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize(("path", "kind"), [
    ("/", "text/html; charset=utf-8"), ("/clock", "application/json; charset=utf-8"),
    ("/healthz", "text/plain; charset=utf-8"), ("/static/css/base.css", "text/css; charset=utf-8"),
    ("/static/js/texts.js", "text/javascript; charset=utf-8"),
])
@on_its_loop
async def test_every_text_says_what_it_is_and_in_which_letters(shared: House, path: str, kind: str):
    assert (await shared.browser().get(path)).headers["Content-Type"] == kind


async def test_what_is_somebodys_is_kept_by_no_cache(home: House):
    browser = await home.sit("cand")
    for path in (f"/seat/{home.seat('cand')}/", f"/seat/{home.seat('cand')}/events", "/nowhere"):
        assert "no-store" in (await browser.get(path)).headers["Cache-Control"]


async def test_nothing_redirects_from_http_to_https(tmp_path: Path):
    """A script that asks by HTTP is to fail, not to send its cookies twice; the proxy redirects pages."""
    async with house(tmp_path, server__public_url="https://jury.example.org") as home:
        browser = await home.sit("cand")
        paths = ("/clock", "/healthz", "/", f"/seat/{home.seat('cand')}/events")
        assert [(await browser.get(path)).status for path in paths] == [200] * 4


@pytest.mark.parametrize("path", ["/.git/config", "/static/.git/config", "/static/../config.toml", "/config.toml",
                                  "/static/", "/static/js/", "/docs", "/openapi.json", "/metrics", "/debug"])
@on_its_loop
async def test_nothing_else_of_the_machine_is_served(shared: House, path: str):
    assert (await shared.browser().get(path)).status == 404


async def test_trace_is_not_answered(home: House):
    for path, status in (("/", 405), ("/clock", 405), ("/nowhere", 404)):
        answer = await home.browser().send("TRACE", path, Secret="not echoed")
        assert (answer.status, "not echoed" in await answer.text()) == (status, False)


@pytest.mark.parametrize("wanted", ["text/html", "application/json"])
async def test_a_failure_of_ours_says_nothing_of_its_cause(
        home: House, monkeypatch: pytest.MonkeyPatch, wanted: str):
    def fails(_request: web.Request) -> int:
        raise ValueError("SELECT secret FROM people")

    monkeypatch.setattr(public.parts, "now", fails)
    answer = await home.browser().get("/clock", Accept=wanted)
    told = await answer.text()
    assert (answer.status, "Le serveur a rencontr" in told) == (500, True)
    assert [word for word in ("SELECT", "ValueError", "Traceback", ".py") if word in told] == []


async def test_a_name_that_stands_twice_in_a_query_is_refused(home: House):
    """Whoever looks first would see another value than whoever looks last."""
    browser = await home.sit("cand")
    documents = f"/seat/{home.seat('cand')}/documents"
    for path in ("/healthz?a=&a=", "/clock?a=1&a=1"):
        assert (await browser.get(path)).status == 400
    answer = await browser.send("POST", f"{documents}?hearing={home.hearing()}&hearing=other&kind=portfolio_a")
    assert answer.status == 400


async def test_no_address_with_a_nul_is_looked_up(home: House):
    """PostgreSQL has no place for it, and would fail: the public page of a certificate is anybody's to ask for."""
    browser = await home.sit("cand")
    for path in ("/certificate/CQP-2026-00001%00/x", "/certificate/x/%00", f"/seat/{home.seat('cand')}/?back=%00",
                 "/space/%00/", "/i/%00"):
        assert (path, (await browser.get(path)).status) == (path, 400)
