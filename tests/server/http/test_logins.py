"""A login ends: the person logs out, its time is over, the organizer renews the link; and it is told to who looks after
the server."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from server.http import parts
from server.media.engine import SourceChange
from server.storage.logins import DAY_MS
from tests.server.http.house import FORM, Browser, House, house
from tests.server.http.test_event_streams import Reading
from tests.server.http.test_media_signalling import publish, until

JSON = {"Content-Type": "application/json"}
SOON_S = 5
"""More than the second after which a login's end is found, on a machine that is busy."""


async def leave(home: House, browser: Browser, name: str) -> tuple[int, str]:
    answer = await browser.send("POST", f"/seat/{home.seat(name)}/leave", Accept="text/html", **FORM)
    return answer.status, await answer.text()


async def renew(home: House, organizer: Browser, name: str) -> int:
    body = json.dumps({"seat": home.seat(name)})
    return (await organizer.send("POST", f"/seat/{home.seat('org')}/links/renewed", body, **JSON)).status


async def turned_away(home: House, browser: Browser, name: str) -> str:
    answer = await browser.get(f"/seat/{home.seat(name)}/", Accept="text/html")
    assert answer.status == 401
    return await answer.text()


async def mailed(home: House) -> str:
    """The token of the link in the last letter."""
    return (await home.letters())[-1].split(f"{home.url}/i/")[1].split()[0]


# Logging out


async def test_who_logs_out_is_out_here_and_nowhere_else(home: House):
    browser, elsewhere = await home.sit("cand"), await home.at_home("cand")
    await home.sit("emp", browser)
    stream = asyncio.create_task((await browser.get(f"/seat/{home.seat('cand')}/events")).text())
    secrets = {one.key: one.value for one in browser.client.cookie_jar}
    status, page = await leave(home, browser, "cand")
    assert (status, "La déconnexion est faite" in page) == (200, True)
    assert f'data-ended-seat="/seat/{home.seat("cand")}/"' in page
    assert (await asyncio.wait_for(stream, SOON_S)).endswith("event: closed\ndata: {}\n\n")
    assert sorted(one.key for one in browser.client.cookie_jar) == [
        f"visiojury-seat-{home.seat('emp')}", f"visiojury-space-{home.person('emp')}"]
    assert [(await browser.get(path)).status for path in (f"/seat/{home.seat('emp')}/", home.space("emp"))] == [200] * 2
    # Whoever sits down at this computer next finds neither the seat nor the space open.
    for name, path in ((f"visiojury-seat-{home.seat('cand')}", f"/seat/{home.seat('cand')}/"),
                       (f"visiojury-space-{home.person('cand')}", home.space("cand"))):
        carried = {"Cookie": f"{name}={secrets[name]}"}
        assert (await home.browser(cookies=False).get(path, **carried)).status == 401
    assert (await elsewhere.get(home.space("cand"))).status == 200
    await home.sit("cand")  # the link goes in again, with a code


@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {}])
async def test_no_other_site_logs_anybody_out(home: House, headers: dict[str, str]):
    browser = await home.sit("cand")
    answer = await browser.client.post(f"{home.url}/seat/{home.seat('cand')}/leave", headers={**headers, **FORM})
    assert answer.status == 403
    assert (await browser.get(f"/seat/{home.seat('cand')}/")).status == 200


async def test_every_seat_has_a_way_out_that_needs_no_script_and_asks_before(home: House):
    for name in ("cand", "aid", "emp", "obs", "org"):
        browser, seat = await home.sit(name), f"/seat/{home.seat(name)}/"
        assert f'<form method="get" action="{seat}leave"' in await (await browser.get(seat)).text()
        asked = await browser.get(f"{seat}leave")
        page = await asked.text()
        assert asked.headers["Referrer-Policy"] == "strict-origin"  # an old browser's form shows where it comes from
        assert (await browser.get(seat)).status == 200  # asked, nothing has ended
        assert [f'<form method="post" action="{seat}leave"' in page, f'href="{seat}"' in page,
                f'href="{home.space(name)}"' in page, "Si une note attendait" in page] == [True] * 3 + [name == "emp"]
        assert (await leave(home, browser, name))[0] == 200
        assert (await browser.get(f"{seat}leave")).status == 401


# By time


async def test_a_login_that_is_over_ends_requests_streams_and_media(home: House):
    await home.to_questions()
    juror, browser = await home.sit("emp"), await home.sit("cand")
    juror_sends, sender = await publish(home, juror, "emp"), await publish(home, browser, "cand")
    await until(lambda: len(home.app[parts.ENGINE].sources("s1")) == 2)
    stream = asyncio.create_task((await browser.get(f"/seat/{home.seat('cand')}/events")).text())
    home.clock.ahead += parts_of(home).login_most_days * DAY_MS + DAY_MS
    assert (await browser.get(f"/seat/{home.seat('cand')}/")).status == 401
    assert (await asyncio.wait_for(stream, SOON_S)).endswith("event: closed\ndata: {}\n\n")
    await until(lambda: home.app[parts.ENGINE].sources("s1") == ())
    assert "connecté depuis longtemps" in await turned_away(home, browser, "cand")
    for one in (sender, juror_sends):
        await one.close()


def parts_of(home: House) -> Any:
    return home.app[parts.CONFIG].limits


async def test_a_cookie_whose_seat_is_over_is_taken_back(home: House):
    """Each cookie goes with every request: those of past days must not pile up."""
    browser = await home.sit("cand")
    await home.sit("emp", browser)
    await home.app[parts.ACCOUNTS].logins.leave(
        {one.key: one.value for one in browser.client.cookie_jar}[f"visiojury-seat-{home.seat('cand')}"])
    await home.sit("own", browser)
    assert sorted(one.key for one in browser.client.cookie_jar if "-seat-" in one.key) == [
        f"visiojury-seat-{home.seat(name)}" for name in ("emp", "own")]


@pytest.mark.parametrize("odd", ["visiojury-seat-(x)", "visiojury-seat-a/b", "visiojury-seat-%", "visiojury-seat-<>[]"])
async def test_a_cookie_of_a_name_that_we_never_gave_lets_its_browser_in(home: House, odd: str):
    browser = home.browser(cookies=False)
    answer = await browser.send("POST", f"/i/{home.tokens['cand']}", **FORM, Cookie=f"{odd}=1")
    space = f"visiojury-space-{home.person('cand')}"
    assert (answer.status, [one.key for one in answer.cookies.values()]) == (303, [space, "visiojury-browser"])
    held = f"{odd}=1; {space}={answer.cookies[space].value}"
    answer = await browser.send("POST", f"{home.space('cand')}seats/{home.seat('cand')}", **FORM, Cookie=held)
    assert (answer.status, [one.key for one in answer.cookies.values()]) == (
        303, [f"visiojury-seat-{home.seat('cand')}", "visiojury-browser"])


@pytest.mark.rule("X11")
async def test_after_the_session_a_juror_is_told_that_it_is_over_and_the_organizer_reads_on(home: House):
    browsers = {name: await home.sit(name) for name in ("emp", "org", "cand")}
    await home.end_session()
    assert "La session est terminée" in await turned_away(home, browsers["emp"], "emp")
    assert [(await browsers[name].get(f"/seat/{home.seat(name)}/")).status for name in ("org", "cand")] == [200, 200]


# Renewed by the organizer


@pytest.mark.rule("X11")
async def test_a_renewed_link_ends_what_the_old_one_opened(home: House):
    await home.to_questions()
    organizer, browser = await home.sit("org"), await home.sit("cand")
    sender = await publish(home, browser, "cand")
    stream = asyncio.create_task((await browser.get(f"/seat/{home.seat('cand')}/events")).text())
    live = SourceChange("s1", home.seat("cand"), "main", "live")
    await until(lambda: live in home.app[parts.ENGINE].sources("s1"))
    assert await renew(home, organizer, "cand") == 200
    assert home.app[parts.ENGINE].sources("s1") == ()  # before the answer
    assert (await asyncio.wait_for(stream, SOON_S)).endswith("event: closed\ndata: {}\n\n")
    assert "Votre lien a été remplacé" in await turned_away(home, browser, "cand")
    for method in ("GET", "POST"):
        old = await home.browser().send(method, f"/i/{home.tokens['cand']}", Accept="text/html", **FORM)
        assert (old.status, "Ce lien a été remplacé" in await old.text()) == (410, True)
    # The space is not the organizer's to close: it stays open, and does not lead into this seat.
    assert (await browser.get(home.space("cand"))).status == 200
    assert (await home.enter(browser, "cand")).status == 409
    assert (await browser.click(f"/i/{await mailed(home)}")).status == 303
    assert (await home.enter(browser, "cand")).status == 303
    assert "LinkRenewed" in await home.events()
    await sender.close()


async def test_only_the_organizer_renews_a_link_of_their_session(home: House):
    organizer, juror = await home.sit("org"), await home.sit("emp")
    body = json.dumps({"seat": home.seat("cand")})
    refused = await juror.send("POST", f"/seat/{home.seat('emp')}/links/renewed", body, **JSON)
    nobody = await organizer.send("POST", f"/seat/{home.seat('org')}/links/renewed", '{"seat": "s2-cand"}', **JSON)
    assert (refused.status, nobody.status, (await nobody.json())["field"]) == (403, 400, "seat")
    assert await home.letters() == []
    await home.sit("cand")


async def test_the_board_says_which_browser_holds_a_seat_and_since_when(home: House):
    organizer, browser = await home.sit("org"), await home.sit("cand")
    response = await organizer.get(f"/seat/{home.seat('org')}/board/events")
    stream = Reading(response)

    async def shown(starts: str) -> None:
        async with asyncio.timeout(SOON_S):
            while True:
                _, board = await stream.next("board")
                people = board["sessions"][0]["hearings"][0]["people"]
                (said,) = [one["login"] for one in people if one["seat"] == home.seat("cand")]
                if said.startswith(starts):
                    return

    await shown("navigateur connecté depuis ")
    await leave(home, browser, "cand")
    await shown("déconnexion faite par la personne, ")
    await home.sit("cand")
    await shown("navigateur connecté depuis ")
    await renew(home, organizer, "cand")
    await shown("lien remplacé, ")
    response.close()


# Codes


async def test_a_code_read_by_somebody_else_is_good_for_nothing(home: House):
    """The mailbox alone takes no seat: the code is for the browser that asked."""
    await home.sit("cand")
    asked, reader, link = home.browser(), home.browser(), f"/i/{home.tokens['cand']}"
    for at in (link, f"{home.space('cand')}seats/{home.seat('cand')}"):
        await asked.click(at + "/ask-code")
        code = await home.code()
        if at != link:
            await home.at_home("cand", reader)
        assert (await reader.click(at + "/code", code=code)).status == 422
        assert (await asked.click(at + "/code", code=code)).status == 303


async def test_codes_of_one_seat_are_rare_from_wherever(tmp_path: Any):
    async with house(tmp_path, limits__seat_codes_per_hour=3, server__trusted_proxies=("127.0.0.1",)) as home:
        at_home = await home.at_home("cand")
        for place, other in (("/i/" + home.tokens["cand"], "/i/" + home.tokens["emp"]),
                             (f"{home.space('cand')}seats/{home.seat('cand')}", "")):
            got = []
            for number in range(4):
                answer = await at_home.send("POST", f"{place}/ask-code", **FORM, **{
                    "X-Forwarded-For": f"10.0.0.{number}"})
                got.append(answer.status)
            assert got == [200, 200, 200, 429]
            if other:
                assert (await home.browser().send("POST", f"{other}/ask-code", **FORM)).status == 200
