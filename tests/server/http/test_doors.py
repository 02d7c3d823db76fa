"""Every door is closed by default: without a cookie, with another seat's, with a seat of another session."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from yarl import URL

from server.http import routes
from server.http.entry import ENTRIES, LINK, PUBLIC, RATES, check_entries, entry, seated
from server.http.home import at_home
from server.http.office.door import ROUTE
from tests.server.http.house import Browser, House, house, plan

BODIES = {
    "application/json": "{}", "application/sdp": "v=0\r\n", "application/trickle-ice-sdpfrag": "a=x\r\n",
    "multipart/form-data; boundary=b":
        '--b\r\nContent-Disposition: form-data; name="f"; filename="f.pdf"\r\n\r\nx\r\n--b--\r\n',
}


def seat_routes() -> list[tuple[str, str]]:
    return [(method, path) for method, path, *_ in routes.ROUTES if path.startswith("/seat/")]


def address(pattern: str, seat: str, home: House) -> str:
    filled = pattern.replace("{seat}", seat).replace("{hearing}", home.hearing()).replace("{source}", "main")
    filled = filled.replace("{person}", "p-s2-org")
    return re.sub(r"\{(document|capture|resource|peer)[^}]*\}", "x1", filled.replace(r"{page:\d{1,4}}", "1"))


async def statuses(browser: Browser, method: str, path: str, **headers: str) -> set[int]:
    """Of the request with every type of body a route may take, and with none."""
    answers = [await browser.send(method, path, **headers)]
    if method in ("POST", "PATCH"):
        headers["Idempotency-Key"] = "k" * 8
        answers += [await browser.send(method, path, body, **headers, **{"Content-Type": kind})
                    for kind, body in BODIES.items()]
    return {answer.status for answer in answers}


@pytest.fixture
async def patient(tmp_path: Path) -> AsyncIterator[House]:
    """A house where a stranger may knock as often as these tests do."""
    async with house(tmp_path, limits__strangers_per_minute=6000) as home:
        yield home


@pytest.mark.parametrize(("method", "pattern"), seat_routes())
async def test_nobody_enters_without_the_seats_own_cookie(patient: House, method: str, pattern: str):
    home, before = patient, await patient.events()
    other = await home.sit("own")
    cookie = other.client.cookie_jar.filter_cookies(URL(home.url))[f"visiojury-seat-{home.seat('own')}"].value
    name = f"visiojury-seat-{home.seat('emp')}"
    path = address(pattern, home.seat("emp"), home)
    for browser, headers in ((home.browser(), {}), (home.browser(cookies=False), {"Cookie": f"{name}={cookie}"}),
                             (home.browser(cookies=False), {"Cookie": f"{name}=x"})):
        answers = await statuses(browser, method, path, **headers)
        assert answers <= {401, 415}
        assert 401 in answers
    assert await home.events() == before


async def test_a_seat_of_another_session_opens_nothing_here(home: House):
    """The juror of one day, let in there, at each address of another day's things under their own seat."""
    tokens = await plan(home.app, "s2", home.clock())
    await home.to_questions()
    stranger = home.browser()
    assert (await stranger.click(f"/i/{tokens['org']}")).status == 303
    assert (await stranger.click("/space/p-s2-org/seats/s2-org")).status == 303
    for method, path, *_ in routes.ROUTES:
        if "{hearing}" in path and not path.startswith(ROUTE):  # the offices' are tried in office/test_closed.py
            assert await statuses(stranger, method, address(path, "s2-org", home)) == {403}
    body = f'{{"command": "PauseClock", "hearing": "{home.hearing()}", "cause": "technical"}}'
    answer = await stranger.send("POST", "/seat/s2-org/commands", body, **{
        "Content-Type": "application/json", "Idempotency-Key": "k" * 8})
    assert answer.status in (403, 422)
    assert (await home.events())[-1] == "PhaseStarted"


async def test_a_route_that_does_not_say_who_may_enter_does_not_start():
    async def open_to_whom(_request: web.Request) -> web.StreamResponse:
        return web.Response()

    app = web.Application()
    app.router.add_get("/", open_to_whom)
    with pytest.raises(RuntimeError, match="nothing says who may enter"):
        check_entries(app)


@pytest.mark.parametrize(("path", "door"), [
    ("/seat/{seat}/", PUBLIC), ("/phone/{seat}/", LINK), ("/", seated), ("/space/{person}/", PUBLIC),
    ("/space/{person}/x", seated), ("/", at_home), ("/seat/{seat}/", at_home)])
async def test_a_seats_path_has_a_seats_door_and_a_space_s_path_a_space_s(path: str, door: Any):
    @entry(door)
    async def handler(_request: web.Request) -> web.StreamResponse:
        return web.Response()

    app = web.Application()
    app[RATES] = {app.router.add_route("GET", path, handler): "pages"}
    try:
        with pytest.raises(RuntimeError, match="go together"):
            check_entries(app)
    finally:
        del ENTRIES[handler]


@pytest.mark.rule("R3.6")
async def test_the_candidate_is_out_when_the_jury_is_alone(home: House):
    seats = ("cand", "aid", "org")
    inside = {name: await home.sit(name) for name in seats}
    await home.to_questions()
    path = {name: f"/seat/{home.seat(name)}/events" for name in seats}
    streams = {name: await inside[name].get(path[name]) for name in seats}
    assert {name: one.status for name, one in streams.items()} == dict.fromkeys(seats, 200)
    await home.act("emp", "DismissCandidate", hearing=home.hearing(), words="fini plus tôt")
    for name in seats:
        assert (await streams[name].text()).endswith("event: closed\ndata: {}\n\n")
        again = await inside[name].get(path[name], **{"Last-Event-ID": "1"})
        assert again.status == 403
        whep = await inside[name].send("POST", f"/seat/{home.seat(name)}/whep/{home.seat('emp')}/main", "v=0\r\n", **{
            "Content-Type": "application/sdp"})
        assert whep.status == 403
