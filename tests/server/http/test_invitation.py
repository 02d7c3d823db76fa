"""Links (X11, X15): a click opens their person's space, once; a further browser shows nothing without a mailed code."""

from __future__ import annotations

import asyncio
import re
from http.cookies import SimpleCookie

import pytest

from evaluation.kinds import Row
from server.http import parts
from server.storage import rows
from server.storage.logins import WayIn
from server.storage.spaces import How
from server.views.when import day_words
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


def seen_of(page: str, date: str) -> list[str]:
    """What of the person's a page shows; `date` is that of their session."""
    day = day_words(date, "fr")
    return [one for one in ("Lina", "Morel", day, "Polissage", "passez", "Claire", "/seat/") if one in page]


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
        assert day_words(await home.date(), "fr") in page
    assert await home.events() == before
    accounts = home.app[parts.ACCOUNTS]
    assert await accounts.logins.ways_in([home.seat("cand")]) == {home.seat("cand"): WayIn()}
    assert await accounts.spaces.browsers(home.person("cand")) == ()
    await home.sit("cand")  # and the person still gets in


@pytest.mark.rule("X11", "X15")
async def test_the_button_opens_the_space_in_this_browser_alone_and_the_seat_from_there(home: House):
    browser, other = home.browser(), home.browser()
    answer = await browser.click(f"/i/{home.tokens['cand']}")
    assert (answer.status, answer.headers["Location"]) == (303, home.space("cand"))
    assert cookies(answer) == [(f"visiojury-space-{home.person('cand')}", "/", True)]
    seat = f"/seat/{home.seat('cand')}/"
    assert [(await one.get(home.space("cand"))).status for one in (browser, other)] == [200, 401]
    assert (await browser.get(seat)).status == 401  # not before its button
    answer = await home.enter(browser, "cand")
    assert (answer.status, answer.headers["Location"]) == (303, seat)
    assert cookies(answer) == [(f"visiojury-seat-{home.seat('cand')}", "/", True)]
    assert [(await one.get(seat)).status for one in (browser, other)] == [200, 401]


@pytest.mark.rule("X11", "X15")
async def test_the_same_browser_goes_in_again(home: House):
    browser = await home.sit("emp")
    answer = await browser.click(f"/i/{home.tokens['emp']}")
    assert (answer.status, answer.headers["Location"]) == (303, home.space("emp"))
    answer = await home.enter(browser, "emp")
    assert (answer.status, answer.headers["Location"]) == (303, f"/seat/{home.seat('emp')}/")


@pytest.mark.rule("X15")
async def test_a_forwarded_link_shows_nothing_until_the_mailed_code_is_typed_and_the_person_is_told(home: House):
    first, second, link = await home.at_home("cand"), home.browser(), f"/i/{home.tokens['cand']}"
    looked = await (await second.get(link)).text()
    held = await second.click(link)
    assert (held.status, "Set-Cookie" in held.headers) == (409, False)
    asked = await second.click(link + "/ask-code")
    assert cookies(asked) == [("visiojury-browser", "/", True)]
    code = await home.code()
    wrong = await second.click(link + "/code", code="000000" if code != "000000" else "111111")
    assert (wrong.status, "Set-Cookie" in wrong.headers) == (422, False)
    assert re.search(r'value="(000000|111111)"[^>]*aria-invalid="true"', await wrong.text())  # kept beside the words
    pages = [looked, await held.text(), await asked.text(), await wrong.text(),
             await (await second.get(home.space("cand"), Accept="text/html")).text()]
    assert [seen_of(page, await home.date()) for page in pages] == [[]] * 5
    assert (await home.enter(second, "cand")).status == 401
    before = await home.letters()
    opened = await second.click(link + "/code", code=f" {code[:3]} {code[3:]} ")
    assert (opened.status, opened.headers["Location"]) == (303, home.space("cand"))
    (told,) = [one for one in await home.letters() if one not in before]
    assert "ouvert dans un autre navigateur" in told
    assert f"{home.url}/link" in told
    # Both are the person's: the first one stays.
    assert [(await one.get(home.space("cand"))).status for one in (first, second)] == [200, 200]
    assert "code reçu par courriel" in await (await first.get(home.space("cand") + "security")).text()
    assert (await second.click(link + "/code", code=code)).status == 422  # a code serves once


@pytest.mark.rule("X15")
async def test_a_link_that_was_used_opens_nothing_by_itself_where_nobody_is_any_more(home: House):
    browser, link = await home.at_home("cand"), f"/i/{home.tokens['cand']}"
    await browser.click(home.space("cand") + "leave")
    for stranger in (browser, home.browser()):
        assert seen_of(await (await stranger.get(link)).text(), await home.date()) == []
        assert (await stranger.click(link)).status == 409
    await home.at_home("cand")  # with the code
    (one,) = await home.app[parts.ACCOUNTS].spaces.browsers(home.person("cand"))
    assert one.how is How.CODE


@pytest.mark.rule("X11")
async def test_another_browser_takes_over_with_the_mailed_code(home: House):
    first, second = await home.sit("cand"), await home.at_home("cand")
    at = f"{home.space('cand')}seats/{home.seat('cand')}"
    held = await home.enter(second, "cand")
    assert (held.status, "Set-Cookie" in held.headers) == (409, False)
    assert "déjà ouverte ailleurs" in await held.text()
    assert (await second.click(at + "/ask-code")).status == 200
    code = await home.code()
    wrong = "000000" if code != "000000" else "111111"
    refused = await second.click(at + "/code", code=wrong)
    assert (refused.status, "Set-Cookie" in refused.headers) == (422, False)
    assert (await first.get(f"/seat/{home.seat('cand')}/")).status == 200
    taken = await second.click(at + "/code", code=f" {code[:3]} {code[3:]} ")
    assert taken.status == 303
    assert (await second.get(f"/seat/{home.seat('cand')}/")).status == 200
    assert (await home.events())[-1] == "SeatTakenOver"
    gone = await first.get(f"/seat/{home.seat('cand')}/", Accept="text/html")
    assert gone.status == 401
    assert "dans un autre navigateur" in await gone.text()
    again = await second.click(at + "/code", code=code)
    assert again.status == 422  # a code serves once


@pytest.mark.rule("X11")
async def test_taking_over_ends_the_event_stream_of_the_other_browser(home: House):
    first, second = await home.sit("emp"), home.browser()
    stream = await first.get(f"/seat/{home.seat('emp')}/events")
    reading = asyncio.create_task(stream.text())
    assert (await home.take_over(second, "emp")).status == 303
    assert (await asyncio.wait_for(reading, patient(5))).endswith("event: closed\ndata: {}\n\n")


@pytest.mark.parametrize("place", ["seat", "space"])
async def test_a_code_is_guessed_a_few_times_only(home: House, place: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(home.app[parts.LIMITER], "_clock", lambda: 0.0)  # a slow machine would be let try again
    await home.sit("emp")
    second, at = home.browser(), f"/i/{home.tokens['emp']}"
    if place == "seat":
        await home.at_home("emp", second)
        at = f"{home.space('emp')}seats/{home.seat('emp')}"
    await second.click(at + "/ask-code")
    code = await home.code()
    wrong = "000000" if code != "000000" else "111111"
    assert [(await second.click(at + "/code", code=wrong)).status for _ in range(5)] == [422] * 5
    slow = await second.click(at + "/code", code=code)
    assert (slow.status, slow.headers["Retry-After"].isdigit()) == (429, True)
    browser, accounts = {one.key: one.value for one in second.client.cookie_jar}["visiojury-browser"], home.app[
        parts.ACCOUNTS]

    async def nothing(_connection: object) -> None:
        """Nothing goes with it."""

    tried = await (accounts.codes.check(home.seat("emp"), browser, code) if place == "seat" else
                   accounts.invitations.open_with_code(home.person("emp"), browser, code, together=nothing))
    assert tried is None  # tried too often in any case


async def test_an_unknown_link_says_what_to_do(home: House):
    for method in ("GET", "POST"):
        answer = await home.browser().send(method, "/i/" + "x" * 43, Accept="text/html", **FORM)
        page = await answer.text()
        assert (answer.status, 'href="/link"' in page) == (404, True)
        assert "Ce lien n’est pas reconnu" in page


@pytest.mark.rule("X11", "X15")
async def test_links_are_good_as_long_as_something_of_the_person_s_is_open(home: House):
    await home.end_session()
    for method in ("GET", "POST"):
        answer = await home.browser().send(method, f"/i/{home.tokens['cand']}", Accept="text/html", **FORM)
        assert (answer.status, "Set-Cookie" in answer.headers) == (410, False)
        assert "Plus rien n’est ouvert à votre nom" in await answer.text()


@pytest.mark.rule("X11", "R8.1")
@pytest.mark.parametrize("index", ["to_award", "results"])
async def test_who_waits_for_a_result_or_has_it_comes_in_after_the_day_is_closed(home: House, index: str):
    await home.end_session()
    theirs = Row(index, "k1/7", person=home.person("cand"), status="sent", about="RNCP26850", at=home.clock(),
                 data={"candidacy": "k1", "position": 7, "letter": "ruled"})
    async with home.app[parts.DATABASE].writing() as connection:
        await rows.write(connection, "candidacy", "k1", rows.Changes(added=[theirs]))
    answer = await home.browser().send("POST", f"/i/{home.tokens['cand']}", Accept="text/html", **FORM)
    assert (answer.status, "Set-Cookie" in answer.headers) == (303, True)
