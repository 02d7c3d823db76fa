"""A try-out before the day: one's own picture to the server and back, in a room that is nobody else's."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest
from aiohttp import ClientResponse
from aiortc.mediastreams import AudioStreamTrack

from evaluation.session.tried import TriedLine
from server.config import Config
from server.cutting.try_out_rooms import room_of
from server.http import parts
from server.http.own_try_out import floors
from server.media.engine import MediaRefusal
from tests.server.http.house import Browser, House, house
from tests.server.http.test_media_signalling import SDP, negotiated
from tests.server.http.test_own_papers import lines, place, shown
from tests.server.media.peers import Camera, Client, until

LINE = {"path": "udp", "carries_bps": 2_000_000, "returned_bps": 1_000_000_000, "lost_back": 0, "round_trip_ms": 30}
WELL: dict[str, Any] = {
    "live_video": True, "camera": {"width": 1280, "brightness": 120, "behind": 0, "sharpness": 90}, "heard": True,
    "sound": True, "line": LINE}
NO_LINE = {**WELL, "line": None}


def here(home: House, name: str) -> str:
    return place(home, name) + "try-out"


async def record(home: House, browser: Browser, seat: str, **found: Any) -> ClientResponse:
    return await browser.send("POST", here(home, seat), json.dumps(found), **{
        "Content-Type": "application/json", "Idempotency-Key": uuid4().hex})


async def room(home: House, browser: Browser, name: str) -> ClientResponse:
    return await browser.send("POST", here(home, name) + "/room", "{}", **{"Content-Type": "application/json"})


async def publish(home: House, browser: Browser, name: str) -> Client:
    client = Client()
    client.pc.addTransceiver(AudioStreamTrack(), "sendonly")
    client.pc.addTransceiver(Camera(), "sendonly")
    answer = await browser.send("POST", here(home, name) + "/whip/main", await client.offer(), **SDP)
    await client.accept(await negotiated(answer))
    await client.connected()
    return client


async def offer_to_view() -> tuple[Client, str]:
    client = Client()
    client.pc.addTransceiver("audio", "recvonly")
    client.pc.addTransceiver("video", "recvonly")
    return client, await client.offer()


@pytest.mark.rule("X4")
async def test_ones_own_picture_goes_to_the_server_and_comes_back_to_nobody_else(home: House):
    """Days before, nothing open: real peers, real SRTP. Neither the day nor its room knows of it."""
    browser, mine = await home.at_home("cand"), here(home, "cand")
    viewer, offer = await offer_to_view()
    refused = await browser.send("POST", mine + "/whip/main", offer, **SDP)
    assert refused.status == 403  # the room is not open yet
    assert (await room(home, browser, "cand")).status == 200
    sender = await publish(home, browser, "cand")
    assert sender.resource.startswith(mine + "/media/")
    await viewer.accept(await negotiated(await browser.send("POST", f"{mine}/whep/{home.seat('cand')}/main", offer,
                                                            **SDP)))
    await viewer.connected()
    await until(lambda: viewer.frames["video"] > 2)
    engine, own = home.app[parts.ENGINE], room_of(home.seat("cand"))
    assert (engine.sources(home.session), [one.seat for one in engine.sources(own)]) == ((), [home.seat("cand")])

    other, hers = await home.at_home("emp"), here(home, "emp")
    second, offered = await offer_to_view()
    asked = [await other.send("POST", f"{where}/whep/{home.seat('cand')}/main", offered, **SDP)
             for where in (hers, home.space("emp") + f"seats/{home.seat('cand')}/try-out", mine)]
    assert [one.status for one in asked] == [403, 404, 401]
    with pytest.raises(MediaRefusal) as shut:
        await engine.view(own, home.seat("emp"), home.seat("cand"), "main", offered)
    assert shut.value.status == 403
    assert (await other.send("DELETE", sender.resource)).status == 401

    await until(lambda: any(one.bitrate for one in engine.quality(own) if one.role == "publish"))
    assert (await record(home, browser, "cand", **WELL)).status == 200
    await until(lambda: sender.pc.connectionState == viewer.pc.connectionState == "closed")
    assert (engine.quality(own), engine.sources(own)) == ((), ())
    found = (await home.state()).try_outs[home.seat("cand")]
    assert isinstance(found.line, TriedLine)
    assert (found.lacks, found.line.carries_bps, found.line.seen_bps > 0) == ((), 2_000_000, True)
    for client in (sender, viewer, second):
        await client.close()


@pytest.mark.rule("X4")
async def test_the_room_ends_by_itself_one_for_a_seat_and_no_more_than_the_server_takes(tmp_path: Any):
    async with house(tmp_path, try_out__room_seconds=1, try_out__at_once=1) as home:
        browser, other = await home.at_home("cand"), await home.at_home("emp")
        engine = home.app[parts.ENGINE]
        for _ in range(2):  # one's own gives way to one's next
            assert (await room(home, browser, "cand")).status == 200
        crowded = await room(home, other, "emp")
        assert (crowded.status, crowded.headers["Retry-After"]) == (503, "60")
        sender = await publish(home, browser, "cand")
        assert len(engine.quality(room_of(home.seat("cand")))) == 1
        await until(lambda: sender.pc.connectionState == "closed")
        late = await record(home, browser, "cand", **WELL)
        assert (late.status, (await home.state()).try_outs) == (409, {})
        assert (await room(home, other, "emp")).status == 200
        await sender.close()


@pytest.mark.rule("X1")
async def test_whoever_is_erased_sends_nothing_any_more(home: House):
    browser = await home.at_home("cand")
    assert (await room(home, browser, "cand")).status == 200
    sender = await publish(home, browser, "cand")
    await home.app[parts.VAULT].erase(home.person("cand"))
    await until(lambda: sender.pc.connectionState == "closed")
    await sender.close()


@pytest.mark.rule("X4")
async def test_what_is_lacking_is_said_in_words_with_what_to_change_in_the_list_and_to_who_prepares(home: House):
    browser, mine = await home.at_home("cand"), here(home, "cand")
    page = await shown(browser, mine)
    assert ("Montrez une carte" in page, "Votre dernier essai" in page, "JavaScript est coupé" in page) == (
        True, False, True)
    title = "Essai de votre caméra, de votre micro et de votre connexion"
    papers = place(home, "cand") + "papers"
    assert (title, "À faire") in lines(await shown(browser, papers))
    assert (await record(home, browser, "cand", **{**NO_LINE, "heard": False})).status == 200
    page = await shown(browser, mine + "?done=tried")
    for said in ("Votre essai est enregistré.", "On ne vous entend pas.", "Choisissez un autre micro",
                 "Ni image ni son ne passent par ce réseau.", "On lirait bien une pièce d’identité."):
        assert said in page
    page = await shown(browser, papers)
    assert (title, "À refaire") in lines(page)
    assert "À revoir : Micro, Réseau." in page
    juror = await home.at_home("emp")
    preparation = place(home, "emp") + "preparation"
    assert f'href="{here(home, "emp")}"' in await shown(juror, preparation)
    assert "Montrez une carte" not in await shown(juror, here(home, "emp"))


@pytest.mark.rule("X4")
async def test_only_who_is_seen_and_heard_and_only_what_can_be_measured(home: House):
    for name, status in (("org", 403), ("obs", 403), ("aid", 200)):
        await shown(await home.at_home(name), here(home, name), status)
    browser = await home.at_home("cand")
    refused = [await record(home, browser, "cand", **{**NO_LINE, **wrong}) for wrong in (
        {"sound": "yes"}, {"camera": {"width": 1.5}}, {"line": {**LINE, "path": "pigeon"}}, {"name": "Lina"},
        {"camera": {**WELL["camera"], "seen": 3}})]
    assert [one.status for one in refused] == [400] * len(refused)
    assert (await record(home, browser, "cand", **WELL)).status == 409  # nothing of it was sent here
    assert (await home.state()).try_outs == {}


def test_what_is_asked_of_the_network_is_what_the_room_asks():
    config = Config()
    asked = floors(config)
    assert (asked.bps, asked.lost, asked.round_trip_ms) == (
        config.media.viewer_floor_bps, round(1000 * config.quality.poor_loss),
        config.quality.poor_round_trip_milliseconds)
