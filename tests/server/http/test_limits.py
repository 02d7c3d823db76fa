"""Every route that reads a body says how much it takes and how often, and reads nothing for somebody without a seat."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession, web

from server.http import parts, routes
from server.http.bodies import FORM, JSON, MULTIPART, PART_HEADERS_BYTES, SDP, SDP_FRAGMENT
from server.http.entry import ENTRIES, RATES, check_entries, entry, seated
from server.http.limits import Places
from server.http.office.routes import OFFICE as OFFICE_ROUTES
from tests.pace import within
from tests.server.http.house import Browser, House, house
from tests.server.http.test_phone import asked, paired
from tests.serving import eventually

LARGEST = 2000
Route = tuple[str, str]
SEAT = "/space/{person}/seats/{seat}/"
PAPERS = SEAT + "papers"
ADJUSTMENT = "/space/{person}/candidacies/{candidacy}/adjustment"
OWN_CASE = "/space/{person}/cases/{case}/{candidacy}"
TAKES: dict[Route, tuple[str, str, str, str]] = {
    # type of the body, the setting that limits its size, the one that limits how often, who may send it
    ("POST", "/i/{token}"): (FORM, "limits.form_bytes", "logins", "link"),
    ("POST", "/i/{token}/ask-code"): (FORM, "limits.form_bytes", "codes", "link"),
    ("POST", "/i/{token}/code"): (FORM, "limits.form_bytes", "codes", "link"),
    ("POST", "/link"): (FORM, "limits.form_bytes", "codes", "link"),
    ("POST", "/certificate"): (FORM, "limits.form_bytes", "links", "link"),
    ("POST", "/space/{person}/seats/{seat}"): (FORM, "limits.form_bytes", "logins", "home"),
    ("POST", "/space/{person}/seats/{seat}/ask-code"): (FORM, "limits.form_bytes", "codes", "home"),
    ("POST", "/space/{person}/seats/{seat}/code"): (FORM, "limits.form_bytes", "codes", "home"),
    ("POST", PAPERS + "/{kind}"): (MULTIPART, "limits.upload_bytes", "uploads", "cand home"),
    ("POST", PAPERS + "/{kind}/remove"): (FORM, "limits.command_bytes", "commands", "cand home"),
    ("POST", "/space/{person}/seats/{seat}/notice"): (FORM, "limits.command_bytes", "commands", "home"),
    ("POST", "/space/{person}/seats/{seat}/brief"): (FORM, "limits.command_bytes", "commands", "home"),
    **{("POST", SEAT + path): (FORM, "limits.command_bytes", "commands", "home") for path in (
        "answer/accept", "answer/decline", "impartial/{hearing}", "recuse/{hearing}", "preparation/{what}",
        "preparation/{what}/{document}", "transcripts/{hearing}/confirm", "transcripts/{hearing}/refuse", "findings")},
    ("POST", SEAT + "try-out"): (JSON, "limits.command_bytes", "commands", "home"),
    ("POST", SEAT + "try-out/room"): (JSON, "limits.command_bytes", "media", "home"),
    ("POST", SEAT + "try-out/whip/main"): (SDP, "media.offer_limit_bytes", "media", "home"),
    ("POST", SEAT + "try-out/whep/{peer}/main"): (SDP, "media.offer_limit_bytes", "media", "home"),
    ("PATCH", SEAT + "try-out/media/{resource}"): (SDP_FRAGMENT, "media.offer_limit_bytes", "media", "home"),
    ("POST", ADJUSTMENT): (FORM, "limits.command_bytes", "commands", "home"),
    ("POST", ADJUSTMENT + "/opinion"): (MULTIPART, "limits.upload_bytes", "uploads", "home"),
    ("POST", OWN_CASE + "/answer"): (MULTIPART, "limits.upload_bytes", "uploads", "home"),
    ("POST", OWN_CASE + "/assistant"): (FORM, "limits.command_bytes", "logins", "home"),
    **{("POST", f"{OWN_CASE}/{act}"): (FORM, "limits.command_bytes", "commands", "home") for act in (
        "heard", "received", "assistant/end", "accept", "decline", "opinion", "withdraw")},
    ("POST", "/space/{person}/leave"): (FORM, "limits.form_bytes", "logins", "home"),
    ("POST", "/sign-in"): (FORM, "sign_in.form_bytes", "logins", "link"),
    ("POST", "/sign-in/passkey/options"): (JSON, "sign_in.form_bytes", "logins", "link"),
    ("POST", "/sign-in/passkey"): (JSON, "sign_in.form_bytes", "logins", "link"),
    ("POST", "/first/{token}"): (FORM, "sign_in.form_bytes", "logins", "link"),
    ("POST", "/first/{token}/passkey/options"): (JSON, "sign_in.form_bytes", "logins", "link"),
    ("POST", "/recover/{token}/passkey/options"): (JSON, "sign_in.form_bytes", "logins", "link"),
    ("POST", "/first/{token}/passkey"): (JSON, "sign_in.form_bytes", "logins", "link"),
    ("POST", "/recover/{token}/passkey"): (JSON, "sign_in.form_bytes", "logins", "link"),
    ("POST", "/first/{token}/password"): (FORM, "sign_in.form_bytes", "logins", "link"),
    ("POST", "/recover/{token}/password"): (FORM, "sign_in.form_bytes", "logins", "link"),
    ("POST", "/first/{token}/code"): (FORM, "sign_in.form_bytes", "codes", "link"),
    ("POST", "/recover/{token}/code"): (FORM, "sign_in.form_bytes", "codes", "link"),
    ("POST", "/space/{person}/security/passkey/options"): (JSON, "sign_in.form_bytes", "logins", "home"),
    ("POST", "/space/{person}/security/passkey"): (JSON, "sign_in.form_bytes", "logins", "home"),
    ("POST", "/space/{person}/security/passkey/remove"): (FORM, "sign_in.form_bytes", "logins", "home"),
    ("POST", "/space/{person}/security/password"): (FORM, "sign_in.form_bytes", "logins", "home"),
    ("POST", "/space/{person}/security/code"): (FORM, "sign_in.form_bytes", "codes", "home"),
    ("POST", "/space/{person}/security/browsers"): (FORM, "sign_in.form_bytes", "logins", "home"),
    ("POST", "/space/{person}/let-in"): (FORM, "sign_in.form_bytes", "logins", "home"),
    ("POST", "/phone-link/{token}"): (FORM, "limits.form_bytes", "logins", "link"),
    ("POST", "/seat/{seat}/commands"): (JSON, "limits.command_bytes", "commands", "cand"),
    ("POST", "/seat/{seat}/links"): (JSON, "limits.command_bytes", "logins", "org"),
    ("POST", "/seat/{seat}/links/renewed"): (JSON, "limits.command_bytes", "logins", "org"),
    ("POST", "/seat/{seat}/leave"): (FORM, "limits.form_bytes", "logins", "org"),
    ("POST", "/seat/{seat}/whip/{source}"): (SDP, "media.offer_limit_bytes", "media", "cand"),
    ("POST", "/seat/{seat}/whep/{peer}/{source}"): (SDP, "media.offer_limit_bytes", "media", "emp"),
    ("PATCH", "/seat/{seat}/media/{resource}"): (SDP_FRAGMENT, "media.offer_limit_bytes", "media", "cand"),
    ("POST", "/seat/{seat}/captures"): (JSON, "limits.command_bytes", "captures", "emp"),
    ("POST", "/seat/{seat}/documents"): (MULTIPART, "limits.upload_bytes", "uploads", "cand"),
    ("POST", "/seat/{seat}/identity/try"): (MULTIPART, "limits.upload_bytes", "captures", "org"),
    ("POST", "/seat/{seat}/phone"): (JSON, "limits.command_bytes", "logins", "cand"),
    ("POST", "/seat/{seat}/closed"): (JSON, "limits.command_bytes", "commands", "emp"),
    ("POST", "/phone/{seat}/whip/{source}"): (SDP, "media.offer_limit_bytes", "media", "phone"),
    ("PATCH", "/phone/{seat}/media/{resource}"): (SDP_FRAGMENT, "media.offer_limit_bytes", "media", "phone"),
}
LEAVE = {("POST", "/seat/{seat}/leave"), ("POST", "/space/{person}/leave")}
"""There is no second time: who has left is a stranger."""
OFFICE = {("POST", path): handler for method, path, handler, _ in OFFICE_ROUTES if method == "POST"}
TAKES.update({route: (ENTRIES[handler].takes[0], ENTRIES[handler].most, "commands", "home")
              for route, handler in OFFICE.items()})
SITTINGS = {(method, path): (handler, rate) for method, path, handler, rate in routes.SITTINGS
            if ENTRIES[handler].takes}
TAKES.update({route: (ENTRIES[handler].takes[0], ENTRIES[handler].most, rate, "home")
              for route, (handler, rate) in SITTINGS.items()})
BEHIND_AN_OFFICE = {("POST", "/space/{person}/let-in"), ("POST", "/space/{person}/seats/{seat}/brief"),
                    ("POST", "/space/{person}/seats/{seat}/notice"), ("POST", SEAT + "try-out/whep/{peer}/main"),
                    ("POST", SEAT + "transcripts/{hearing}/confirm"), ("POST", SEAT + "transcripts/{hearing}/refuse"),
                    ("POST", SEAT + "findings"), *OFFICE, *SITTINGS}
"""Their doors ask for an office, or a place in a sitting, before the body is looked at, which nobody here holds
(`office/test_closed.py`), for a brief or a transcript, which nobody has written, for one's own picture, where another's
is asked for, or for the seat of an observer."""


def of_rates(listed: Iterable[tuple[Route, str]]) -> list[Any]:
    """By the rate that holds for them: one server answers for all of a rate. Whoever leaves comes last of it."""
    by_rate: dict[str, list[Route]] = {}
    for route, rate in listed:
        by_rate.setdefault(rate, []).append(route)
    return [pytest.param(rate, in_order(several), id=rate) for rate, several in by_rate.items()]


SEATED = [route for route, (*_, who) in TAKES.items() if who != "link"]


@pytest.fixture
async def small(tmp_path: Path) -> AsyncIterator[House]:
    """A house that takes `LARGEST` bytes anywhere, with the first candidate in the room."""
    sizes = {most.replace(".", "__"): LARGEST for _, most, _, _ in TAKES.values()}
    often = {f"limits__{rate}_per_minute": 100_000 for _, _, rate, _ in TAKES.values()}
    async with house(tmp_path, **sizes, **often, limits__strangers_per_minute=100_000) as home:
        await home.call_in()
        yield home


@dataclass
class At:
    """Whoever sends, each in the browser that they have entered with."""

    home: House
    browsers: dict[str, Browser] = field(default_factory=dict[str, Browser])

    async def sender(self, who: str) -> Browser:
        if who == "link":
            return self.home.browser()
        if who not in self.browsers:
            self.forget_what_was_asked()
            self.browsers[who] = await self._entered(who)
        return self.browsers[who]

    async def _entered(self, who: str) -> Browser:
        if who.endswith("home"):
            return await self.sender(at_home(who))
        if who != "phone":
            return await self.home.sit(who)
        return await paired(self.home, (await asked(self.home, await self.sender("cand")))["path"])

    def forget_what_was_asked(self) -> None:
        """As after a while in which nobody asked for anything."""
        self.home.app[parts.LIMITER]._buckets.clear()


def in_order(listed: Iterable[Route]) -> list[Route]:
    """Whoever leaves comes last."""
    return sorted(listed, key=lambda route: (route in LEAVE, route[1].startswith("/space/")))


def at_home(who: str) -> str:
    """In whose space it is asked."""
    return {"cand home": "cand", "org home": "org"}.get(who, "own")


def address(home: House, route: Route, who: str) -> str:
    seat = {"phone": "cand", "home": "own", "cand home": "cand"}.get(who, who)
    path = route[1].replace("{person}", home.person(at_home(who))).replace("{seat}", home.seat(seat))
    path = path.replace("{token}", home.tokens["own"])
    path = path.replace("{peer}", home.seat("cand")).replace("{source}", "second" if who == "phone" else "main")
    return filled(path) + (f"?hearing={home.hearing()}" if "documents" in path else "")


def filled(path: str) -> str:
    """Something in each place that is left of a route's pattern: a number where it takes numbers alone."""
    return re.sub(r"\{[^}]*\}", "x1", re.sub(r"\{\w+:\\d\{1,\d\}\}", "1", path))


async def send(browser: Browser, home: House, route: Route, who: str, size: int) -> int:
    kind = TAKES[route][0] + ("; boundary=b" if TAKES[route][0] == MULTIPART else "")
    answer = await browser.send(route[0], address(home, route, who), b"x" * size,
                                **{"Content-Type": kind, "Idempotency-Key": "k" * 8})
    return answer.status


def test_every_route_that_reads_a_body_is_tried_here():
    declared = {(method, path): (ENTRIES[handler], rate) for method, path, handler, rate in routes.ROUTES}
    reads = {route: (one.takes[0], one.most, rate) for route, (one, rate) in declared.items() if one.takes}
    assert reads == {route: listed[:-1] for route, listed in TAKES.items()}
    assert {route for route in declared if route[0] not in ("GET", "OPTIONS", "DELETE")} == set(TAKES)


async def test_a_body_that_is_too_large_is_refused_unread(small: House):
    before, got, here = await small.events(), dict[str, tuple[bool, bool]](), At(small)
    for route in in_order(route for route in TAKES if route not in BEHIND_AN_OFFICE):
        around = PART_HEADERS_BYTES if TAKES[route][0] == MULTIPART else 0
        browser = await here.sender(TAKES[route][3])
        # The refused one first: one that is taken may be a log-out.
        over, under = [await send(browser, small, route, TAKES[route][3], size)
                       for size in (LARGEST + around + 1, LARGEST)]
        got[" ".join(route)] = (over == 413, under == 413)
    assert {route: said for route, said in got.items() if said != (True, False)} == {}
    assert [kind for kind in await small.events() if kind not in before] == []


async def test_without_the_seat_a_body_of_any_size_is_refused_at_the_door(small: House):
    stranger = small.browser()
    got = {" ".join(route): [await send(stranger, small, route, TAKES[route][3], size) for size in (10, LARGEST * 10)]
           for route in SEATED}
    assert got == {" ".join(route): [401, 401] for route in SEATED}


@pytest.mark.parametrize(("rate", "several"), of_rates(
    (route, TAKES[route][2]) for route in TAKES if route not in LEAVE))
async def test_it_is_taken_so_often_and_no_more(tmp_path: Path, rate: str, several: list[Route]):
    async with house(tmp_path, **{f"limits__{rate}_per_minute": 3}) as home:
        await home.call_in()
        got, here = dict[str, tuple[int, bool]](), At(home)
        for route in several:
            browser = await here.sender(TAKES[route][3])
            here.forget_what_was_asked()
            answers = [await send(browser, home, route, TAKES[route][3], 10) for _ in range(4)]
            got[" ".join(route)] = (answers[-1], 429 in answers[:1])
        assert got == {" ".join(route): (429, False) for route in several}


def address_of(home: House, path: str) -> str:
    """The route's pattern with something in each place."""
    known = path.replace("{seat}", home.seat("org")).replace("{hearing}", home.hearing())
    return filled(known.replace("{token}", home.tokens["org"]).replace("{person}", home.person("org")))


def rate_of(path: str, declared: str) -> str:
    """Without a phone's cookie it is a stranger who asks."""
    return "strangers" if path.startswith("/phone/") else declared


@pytest.mark.parametrize(("rate", "several"), of_rates(
    ((method, path), rate_of(path, rate)) for method, path, _, rate in routes.ROUTES))
async def test_every_route_is_asked_so_often_and_no_more(tmp_path: Path, rate: str, several: list[Route]):
    async with house(tmp_path, **{f"limits__{rate}_per_minute": 4}) as home:
        got, here = dict[str, tuple[int, bool]](), At(home)
        for method, path in several:
            browser = home.browser()
            if path.startswith(("/seat/", "/space/")):
                browser = await here.sender("org" if path.startswith("/seat/") else "org home")
            here.forget_what_was_asked()
            answers = [await ask(browser, method, address_of(home, path)) for _ in range(5)]
            got[f"{method} {path}"] = (answers[-1], 429 in answers[:4])
        assert got == {" ".join(route): (429, False) for route in several}


async def ask(browser: Browser, method: str, path: str) -> int:
    """The status alone: a stream goes on for ever."""
    answer = await browser.send(method, path)
    answer.close()
    return answer.status


async def test_who_has_no_seat_is_slowed_down_by_address(tmp_path: Path):
    async with house(tmp_path, limits__strangers_per_minute=3) as home:
        stranger = home.browser()
        seat = home.seat("org")
        paths = (f"/seat/{seat}/", "/nowhere", f"/phone/{seat}/", "/seat/none/events", "/wp-login")
        assert [(await stranger.get(path)).status for path in paths] == [401, 404, 401, 429, 429]
        assert (await stranger.get("/")).status == 200


async def test_what_comes_from_another_site_is_slowed_down_by_address(tmp_path: Path):
    """Each is a line in the log."""
    async with house(tmp_path, limits__strangers_per_minute=3) as home:
        forged = {"Sec-Fetch-Site": "cross-site"}
        paths = (f"/seat/{home.seat('org')}/commands", "/i/x", "/i/x", "/i/x")
        assert [(await home.browser().send("POST", path, **forged)).status for path in paths] == [403, 403, 403, 429]


async def test_another_sites_page_uses_up_nothing_of_its_visitors(tmp_path: Path):
    """Forms that it sends, pictures and frames of ours that it asks for: the visitor still signs in, and is still told
    where their space has ended."""
    rates = {f"limits__{name}_per_minute": 3 for name in ("strangers", "visits", "logins", "links", "signs")}
    async with house(tmp_path, **rates) as home:
        browser = home.browser()
        for dest in ("image", "iframe", "empty", "script"):
            forged = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": dest}
            for path in ("/", "/sign-in", "/sign-in/openid", "/sign-in/openid/answer", "/link", "/i/x"):
                assert (await browser.get(path, **forged)).status in (403, 429), (path, dest)
        assert (await browser.send("POST", "/sign-in", {"email": "a"}, **{"Sec-Fetch-Site": "cross-site"})
                ).status == 429
        assert (await browser.get("/sign-in", **{"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "document"})
                ).status == 200
        assert (await browser.get("/space/nobody/")).status == 401
        assert (await browser.click("/sign-in", email="a@b.example", password="x", code="1")).status not in (403, 429)


async def test_what_grows_the_journal_has_rates_of_its_own(tmp_path: Path):
    rates = {"calls": "ReportProblem", "messages": "WriteToRoom"}
    async with house(tmp_path, **{f"limits__{rate}_per_minute": 2 for rate in rates}) as home:
        await home.call_in()
        for name, (rate, command) in zip(("cand", "org"), rates.items(), strict=True):
            browser = await home.sit(name)
            got = [await browser.command(home.seat(name), command, words="x") for _ in range(3)]
            assert [one.status for one in got] == [200, 200, 429], rate
            assert int(got[2].headers["Retry-After"]) > 0
            refusal = (await got[2].json())["refusal"]
            assert refusal.startswith("Trop de demandes à la suite. Celle-ci n’a pas été faite. Attendez ")


async def test_another_seat_is_not_slowed_down(tmp_path: Path):
    async with house(tmp_path, limits__pages_per_minute=1) as home:
        one, other = await home.sit("org"), await home.sit("emp")
        assert [(await one.get(f"/seat/{home.seat('org')}/")).status for _ in range(2)] == [200, 429]
        assert (await other.get(f"/seat/{home.seat('emp')}/")).status == 200


async def test_what_one_seat_sends_at_once_waits_behind_itself_alone():
    places, order = Places(), list[str]()
    ends = {name: asyncio.Event() for name in ("a1", "a2", "a3", "b1")}

    async def answered(name: str) -> None:
        async with places.place("uploads", name[0], 2):
            order.append(name)
            await ends[name].wait()

    tasks = [asyncio.create_task(answered(name)) for name in ends]
    await asyncio.sleep(0)
    assert order == ["a1", "a2", "b1"]
    ends["a2"].set()
    await tasks[1]
    await asyncio.sleep(0)
    assert order == ["a1", "a2", "b1", "a3"]
    for one in ends.values():
        one.set()
    await asyncio.gather(*tasks)
    assert places._held == {}


async def test_a_hundred_connections_in_a_loop_are_answered_few_at_a_time(tmp_path: Path):
    """Of a hundred requests at once, as many as the rate allows are answered; of the others, first four."""
    held = 30.0
    settings = {"limits__streams_per_minute": 12, "limits__refused_seconds": held, "server__shutdown_seconds": 1}
    async with house(tmp_path, **settings) as home:
        browser = await home.sit("org")
        path, places = f"/seat/{home.seat('org')}/board/events", home.app[parts.PLACES]
        asked = [asyncio.create_task(browser.get(path)) for _ in range(40)]

        async def waiting() -> bool:
            place = places._held.get(("refused", home.seat("org")))
            return sum(one.done() for one in asked) == 12 and place is not None and place.wanted == 40 - 12

        await eventually(waiting)
        assert places._held["refused", home.seat("org")].free.locked()
        for one in asked:
            one.cancel()


async def test_a_server_that_stops_lets_go_of_those_it_holds_back(tmp_path: Path):
    """Four at a time for an hour each, they would be waited for until `server.shutdown_seconds` are over."""
    settings = {"limits__strangers_per_minute": 1, "limits__refused_seconds": 3600, "server__shutdown_seconds": 3600}
    async with within(30), ClientSession() as stranger, AsyncExitStack() as stopping:
        home = await stopping.enter_async_context(house(tmp_path, **settings))
        asked = [asyncio.create_task(stranger.get(f"{home.url}/nowhere/{number}")) for number in range(20)]

        async def held_back() -> bool:
            held = [one.wanted for (kind, _), one in home.app[parts.PLACES]._held.items() if kind == "refused"]
            return held == [20 - sum(one.done() for one in asked)] and held[0] > 4

        await eventually(held_back)
        await stopping.aclose()
        await asyncio.gather(*asked, return_exceptions=True)


@pytest.mark.parametrize(("takes", "rate", "words"), [
    ((JSON,), "commands", "nothing says how much it takes"), ((), "", "nothing says how often"),
    ((), "never", "nothing says how often"),
])
async def test_a_route_without_limits_does_not_start(takes: tuple[str, ...], rate: str, words: str):
    @entry(seated, takes=takes)
    async def handler(_request: web.Request) -> web.StreamResponse:
        return web.Response()

    app = web.Application()
    app[RATES] = {app.router.add_post("/seat/{seat}/x", handler): rate}
    try:
        with pytest.raises(RuntimeError, match=words):
            check_entries(app)
    finally:
        del ENTRIES[handler]
