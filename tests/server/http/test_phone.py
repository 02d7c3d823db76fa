"""A phone that films at a seat as its second camera: real peers, through the phone's own addresses."""

from __future__ import annotations

from typing import Any

import pytest

from server.http import parts
from server.media.engine import MediaRefusal
from tests.server.http.house import Browser, House
from tests.server.http.test_media_signalling import FRAGMENT, SDP, negotiated, publish
from tests.server.media.peers import Camera, Client, until

JSON = {"Content-Type": "application/json"}


async def asked(home: House, browser: Browser, name: str = "cand") -> dict[str, Any]:
    """The code, as the seat's page is given it; its address as a path."""
    answer = await browser.send("POST", f"/seat/{home.seat(name)}/phone", "{}", **JSON)
    assert answer.status == 200
    told = await answer.json()
    assert told["url"].startswith(f"{home.url}/phone-link/")
    return {**told, "path": told["url"].removeprefix(home.url)}


async def paired(home: House, path: str) -> Browser:
    phone = home.browser()
    answer = await phone.click(path)
    assert (answer.status, answer.headers["Location"]) == (303, f"/phone/{home.seat('cand')}/")
    return phone


async def film(home: House, phone: Browser) -> Client:
    client = Client()
    client.pc.addTransceiver(Camera(), "sendonly")
    path = f"/phone/{home.seat('cand')}/whip/second"
    await client.accept(await negotiated(await phone.send("POST", path, await client.offer(), **SDP)))
    await client.connected()
    return client


def filming(home: House) -> list[tuple[str, str]]:
    return [(one.seat, one.source) for one in home.app[parts.ENGINE].sources(home.session)]


async def take_over(home: House) -> None:
    """Another browser takes the candidate's seat, with the mailed code."""
    assert (await home.take_over(home.browser(), "cand")).status == 303


async def test_a_phone_that_read_the_code_films_and_a_juror_sees_it(home: House):
    await home.to_questions()
    candidate, juror = await home.sit("cand"), await home.sit("emp")
    told = await asked(home, candidate)
    assert (told["picture"][:4], told["seconds"]) == ("<svg", 300)
    phone = await paired(home, told["path"])
    assert (await phone.get(f"/phone/{home.seat('cand')}/")).status == 200
    sender = await film(home, phone)
    assert sender.resource.startswith(f"/phone/{home.seat('cand')}/media/")
    viewer = Client()
    viewer.pc.addTransceiver("video", "recvonly")
    path = f"/seat/{home.seat('emp')}/whep/{home.seat('cand')}/second"
    await viewer.accept(await negotiated(await juror.send("POST", path, await viewer.offer(), **SDP)))
    await until(lambda: viewer.frames["video"] > 2)
    assert (await phone.send("DELETE", sender.resource)).status == 200
    await viewer.close()
    await sender.close()


@pytest.mark.rule("X11")
async def test_looking_at_the_code_changes_nothing_and_it_is_good_once(home: House):
    await home.to_questions()
    candidate = await home.sit("cand")
    told = await asked(home, candidate)
    scanner = home.browser()
    assert [(await scanner.get(told["path"])).status for _ in range(2)] == [200, 200]
    await paired(home, told["path"])
    late = home.browser()
    assert [(await late.get(told["path"])).status, (await late.click(told["path"])).status] == [410, 410]


async def test_a_code_is_good_for_minutes(home: House):
    await home.to_questions()
    told = await asked(home, await home.sit("cand"))
    home.clock.ahead += told["seconds"] * 1000 + 1
    late = home.browser()
    assert [(await late.get(told["path"])).status, (await late.click(told["path"])).status] == [410, 410]
    assert (await late.get("/phone-link/" + "x" * 200)).status == 410


async def test_the_phone_may_send_its_picture_and_nothing_else(home: House):
    await home.to_questions()
    phone = await paired(home, (await asked(home, await home.sit("cand")))["path"])
    cookies = {one.key: one.value for one in phone.client.cookie_jar}
    stranger = home.browser(cookies=False)
    offer, seat = await Client().offer(), home.seat("cand")
    secret = cookies[f"visiojury-phone-{seat}"]
    carried = {"Cookie": f"visiojury-phone-{seat}={secret}; visiojury-seat-{seat}={secret}; "
                         f"visiojury-phone-{home.seat('emp')}={secret}"}

    async def tried(method: str, path: str, kind: dict[str, str]) -> int:
        return (await stranger.send(method, path, offer if kind is SDP else "{}", **kind, **carried)).status

    assert await tried("POST", f"/phone/{seat}/whip/main", SDP) == 403
    for method, path, kind in (
        ("POST", f"/seat/{seat}/whip/second", SDP), ("POST", f"/seat/{seat}/whep/{home.seat('emp')}/main", SDP),
        ("POST", f"/seat/{seat}/commands", JSON), ("POST", f"/seat/{seat}/phone", JSON),
        ("POST", f"/phone/{home.seat('emp')}/whip/second", SDP),
    ):
        assert await tried(method, path, kind) == 401, path
    assert (await stranger.get(f"/seat/{seat}/events", **carried)).status == 401


async def test_the_phone_reaches_no_other_connection_of_the_seat(home: House):
    await home.to_questions()
    candidate = await home.sit("cand")
    phone = await paired(home, (await asked(home, candidate))["path"])
    sender = await film(home, phone)
    camera = await publish(home, candidate, "cand")
    theirs = camera.resource.replace("/seat/", "/phone/")
    fragment = {**FRAGMENT, "If-Match": "*"}
    assert (await phone.send("PATCH", theirs, "a=ice-ufrag:abcd\r\na=ice-pwd:" + "x" * 22, **fragment)).status == 404
    assert (await phone.send("DELETE", theirs)).status == 404
    assert sorted(source for _, source in filming(home)) == ["main", "second"]
    assert (await phone.send("DELETE", sender.resource)).status == 200
    await camera.close()
    await sender.close()


async def test_only_a_seat_that_may_show_something_is_given_a_code(home: House):
    await home.to_questions()
    statuses = [(await (await home.sit(name)).send("POST", f"/seat/{home.seat(name)}/phone", "{}", **JSON)).status
                for name in ("cand", "emp", "aid", "obs", "org", "cand2")]
    assert statuses == [200, 200, 403, 403, 403, 403]


async def test_the_seats_page_stops_the_phone_and_shares_itself_again(home: House):
    await home.to_questions()
    candidate = await home.sit("cand")
    phone = await paired(home, (await asked(home, candidate))["path"])
    sender = await film(home, phone)
    own = f"/seat/{home.seat('cand')}/whip/second"
    await until(lambda: home.app[parts.ENGINE].sources(home.session)[0].state == "live")
    assert (await candidate.send("POST", own, await Client().offer(), **SDP)).status == 409
    assert filming(home) == [(home.seat("cand"), "second")]
    assert (await candidate.send("DELETE", f"/seat/{home.seat('cand')}/phone")).status == 204
    assert filming(home) == []
    refused = await phone.send("POST", f"/phone/{home.seat('cand')}/whip/second", await Client().offer(), **SDP)
    assert refused.status == 401
    mine = Client()
    mine.pc.addTransceiver(Camera(), "sendonly")
    await negotiated(await candidate.send("POST", own, await mine.offer(), **SDP))
    await mine.close()
    await sender.close()


async def test_a_phone_that_vanished_keeps_the_computer_from_nothing(home: House):
    """Its battery is empty: nobody sends DELETE, and what it sent falls silent."""
    await home.to_questions()
    candidate = await home.sit("cand")
    phone = await paired(home, (await asked(home, candidate))["path"])
    sender = await film(home, phone)
    own = f"/seat/{home.seat('cand')}/whip/second"
    mine = Client()
    mine.pc.addTransceiver(Camera(), "sendonly")
    await until(lambda: home.app[parts.ENGINE].sources(home.session)[0].state == "live")
    assert (await candidate.send("POST", own, await mine.offer(), **SDP)).status == 409
    sender.vanish()
    await until(lambda: home.app[parts.ENGINE].sources(home.session)[0].state == "silent")
    await mine.accept(await negotiated(await candidate.send("POST", own, mine.pc.localDescription.sdp, **SDP)))
    await mine.connected()
    assert (await phone.get(f"/phone/{home.seat('cand')}/")).status == 401
    assert filming(home) == [(home.seat("cand"), "second")]
    await mine.close()
    await sender.close()


async def test_another_code_ends_the_phone_before(home: House):
    await home.to_questions()
    candidate = await home.sit("cand")
    first = await paired(home, (await asked(home, candidate))["path"])
    second = await paired(home, (await asked(home, candidate))["path"])
    page = f"/phone/{home.seat('cand')}/"
    assert [(await one.get(page)).status for one in (first, second)] == [401, 200]
    assert (await second.send("DELETE", page)).status == 204
    assert (await second.get(page)).status == 401


@pytest.mark.rule("X11")
async def test_no_code_for_a_browser_that_lost_the_seat_meanwhile(home: House, monkeypatch: pytest.MonkeyPatch):
    await home.to_questions()
    candidate, accounts = await home.sit("cand"), home.app[parts.ACCOUNTS]
    offer_phone = accounts.phones.offer

    async def late(held: str) -> str:
        await take_over(home)
        return await offer_phone(held)

    monkeypatch.setattr(accounts.phones, "offer", late)
    answer = await candidate.send("POST", f"/seat/{home.seat('cand')}/phone", "{}", **JSON)
    assert answer.status == 401


@pytest.mark.rule("X11")
async def test_a_takeover_ends_the_phone_of_the_browser_before(home: House):
    await home.to_questions()
    phone = await paired(home, (await asked(home, await home.sit("cand")))["path"])
    sender = await film(home, phone)
    await take_over(home)
    assert filming(home) == []
    assert (await phone.get(f"/phone/{home.seat('cand')}/")).status == 401
    await sender.close()


@pytest.mark.rule("R3.6")
async def test_the_phone_is_out_with_the_candidate(home: House):
    await home.to_questions()
    phone = await paired(home, (await asked(home, await home.sit("cand")))["path"])
    sender = await film(home, phone)
    await home.act("emp", "DismissCandidate", hearing=home.hearing(), words="fini plus tôt")
    assert filming(home) == []
    again = await phone.send("POST", f"/phone/{home.seat('cand')}/whip/second", await Client().offer(), **SDP)
    assert again.status == 403
    await sender.close()


@pytest.mark.rule("R3.6")
async def test_a_phone_that_is_ended_while_the_candidate_is_dismissed_opens_nothing(
        home: House, monkeypatch: pytest.MonkeyPatch):
    await home.to_questions()
    candidate = await home.sit("cand")
    await paired(home, (await asked(home, candidate))["path"])
    accounts, engine = home.app[parts.ACCOUNTS], home.app[parts.ENGINE]
    end_phone = accounts.phones.end

    async def late(seat: str) -> None:
        """What was let in during the questions waits for the database until they are over."""
        await home.act("emp", "DismissCandidate", hearing=home.hearing(), words="fini plus tôt")
        await end_phone(seat)

    monkeypatch.setattr(accounts.phones, "end", late)
    assert (await candidate.send("DELETE", f"/seat/{home.seat('cand')}/phone")).status == 204
    client = Client()
    client.pc.addTransceiver("video", "sendonly")
    with pytest.raises(MediaRefusal) as refused:
        await engine.publish(home.session, home.seat("cand"), "second", await client.offer())
    assert refused.value.status == 403
    await client.close()
