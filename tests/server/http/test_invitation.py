"""Invitation links (X11): a click opens them, one live seat, takeover by mailed code."""

from __future__ import annotations

import asyncio
from http.cookies import SimpleCookie

import pytest

from server.http import parts
from server.storage.logins import WayIn
from tests.pace import patient
from tests.server.http.house import FORM, House


def cookies(answer) -> list[tuple[str, str, bool]]:
    """(name, path, whether nothing but our own pages can send it) of each cookie given."""
    found = []
    for header in answer.headers.getall("Set-Cookie"):
        ((name, cookie),) = SimpleCookie(header).items()
        if cookie.value:  # the others are taken back
            found.append((name, cookie["path"], bool(cookie["httponly"]) and cookie["samesite"] == "Strict"))
    return sorted(found)


@pytest.mark.rule("X11")
async def test_a_mail_scanner_changes_nothing(home: House):
    scanner = home.browser()
    before = await home.events()
    for _ in range(2):
        answer = await scanner.get(f"/i/{home.tokens['cand']}", Accept="text/html")
        page = await answer.text()
        assert (answer.status, "Set-Cookie" in answer.headers) == (200, False)
        assert "Bonjour Lina." in page
        assert "Morel" not in page
        assert "lundi 16 mars 2026" in page
    assert await home.events() == before
    assert await home.app[parts.ACCOUNTS].logins.ways_in([home.seat("cand")]) == {home.seat("cand"): WayIn()}
    await home.sit("cand")  # and the person still gets in


@pytest.mark.rule("X11")
async def test_the_button_opens_the_seat_in_this_browser_alone(home: House):
    browser, other = home.browser(), home.browser()
    answer = await browser.click(f"/i/{home.tokens['cand']}")
    assert answer.status == 303
    assert cookies(answer) == [(f"visiojury-seat-{home.seat('cand')}", "/", True)]
    assert (await browser.get(f"/seat/{home.seat('cand')}/")).status == 200
    assert (await other.get(f"/seat/{home.seat('cand')}/")).status == 401


@pytest.mark.rule("X11")
async def test_the_same_browser_goes_in_again(home: House):
    browser = await home.sit("emp")
    answer = await browser.click(f"/i/{home.tokens['emp']}")
    assert (answer.status, answer.headers["Location"]) == (303, f"/seat/{home.seat('emp')}/")


@pytest.mark.rule("X11")
async def test_another_browser_takes_over_with_the_mailed_code(home: House):
    first, second, link = await home.sit("cand"), home.browser(), f"/i/{home.tokens['cand']}"
    held = await second.click(link)
    assert (held.status, "Set-Cookie" in held.headers) == (409, False)
    assert "autre navigateur" in await held.text()
    assert (await second.click(link + "/ask-code")).status == 200
    code = await home.code()
    wrong = "000000" if code != "000000" else "111111"
    refused = await second.click(link + "/code", code=wrong)
    assert (refused.status, "Set-Cookie" in refused.headers) == (422, False)
    assert (await first.get(f"/seat/{home.seat('cand')}/")).status == 200
    taken = await second.click(link + "/code", code=f" {code[:3]} {code[3:]} ")
    assert taken.status == 303
    assert (await second.get(f"/seat/{home.seat('cand')}/")).status == 200
    assert (await home.events())[-1] == "SeatTakenOver"
    gone = await first.get(f"/seat/{home.seat('cand')}/", Accept="text/html")
    assert gone.status == 401
    assert "dans un autre navigateur" in await gone.text()
    again = await second.click(link + "/code", code=code)
    assert again.status == 422  # a code serves once


@pytest.mark.rule("X11")
async def test_taking_over_ends_the_event_stream_of_the_other_browser(home: House):
    first, second, link = await home.sit("emp"), home.browser(), f"/i/{home.tokens['emp']}"
    stream = await first.get(f"/seat/{home.seat('emp')}/events")
    reading = asyncio.create_task(stream.text())
    await second.click(link + "/ask-code")
    assert (await second.click(link + "/code", code=await home.code())).status == 303
    assert (await asyncio.wait_for(reading, patient(5))).endswith("event: closed\ndata: {}\n\n")


async def test_a_code_is_guessed_a_few_times_only(home: House):
    await home.sit("emp")
    second, link = home.browser(), f"/i/{home.tokens['emp']}"
    await second.click(link + "/ask-code")
    code = await home.code()
    wrong = "000000" if code != "000000" else "111111"
    assert [(await second.click(link + "/code", code=wrong)).status for _ in range(5)] == [422] * 5
    slow = await second.click(link + "/code", code=code, )
    assert (slow.status, slow.headers["Retry-After"].isdigit()) == (429, True)
    browser = {one.key: one.value for one in second.client.cookie_jar}["visiojury-browser"]
    codes = home.app[parts.ACCOUNTS].codes
    assert not await codes.check(home.seat("emp"), browser, code)  # tried too often in any case


async def test_an_unknown_link_says_what_to_do(home: House):
    for method in ("GET", "POST"):
        answer = await home.browser().send(method, "/i/" + "x" * 43, Accept="text/html", **FORM)
        assert answer.status == 404
        assert "Ce lien n’est pas reconnu" in await answer.text()


@pytest.mark.rule("X11")
async def test_links_end_with_the_session(home: House):
    await home.end_session()
    for method in ("GET", "POST"):
        answer = await home.browser().send(method, f"/i/{home.tokens['cand']}", Accept="text/html", **FORM)
        assert (answer.status, "Set-Cookie" in answer.headers) == (410, False)
        assert "La session est terminée" in await answer.text()
