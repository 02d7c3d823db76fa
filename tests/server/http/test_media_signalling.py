"""WHIP and WHEP as browsers speak them: real peers, real SRTP, through the server's own addresses."""

from __future__ import annotations

import asyncio
from io import BytesIO

import pytest
from aiohttp import ClientResponse
from aiortc.mediastreams import AudioStreamTrack
from PIL import Image
from structlog.testing import capture_logs

from server.http import parts
from server.logs import WORD
from server.media.engine import Negotiated
from tests.server.http.house import Browser, House, on_its_loop
from tests.server.media.peers import Camera, Client, until

SDP = {"Content-Type": "application/sdp"}
FRAGMENT = {"Content-Type": "application/trickle-ice-sdpfrag"}


async def negotiated(answer: ClientResponse) -> Negotiated:
    assert (answer.status, answer.content_type) == (201, "application/sdp")
    assert answer.headers["Accept-Patch"] == "application/trickle-ice-sdpfrag"
    return Negotiated(answer.headers["Location"], answer.headers["ETag"], await answer.text())


async def publish(home: House, browser: Browser, name: str) -> Client:
    client = Client()
    client.pc.addTransceiver(AudioStreamTrack(), "sendonly")
    client.pc.addTransceiver(Camera(), "sendonly")
    answer = await browser.send("POST", f"/seat/{home.seat(name)}/whip/main", await client.offer(), **SDP)
    await client.accept(await negotiated(answer))
    await client.connected()
    return client


async def view(home: House, browser: Browser, name: str, peer: str) -> Client:
    client = Client()
    client.pc.addTransceiver("audio", "recvonly")
    client.pc.addTransceiver("video", "recvonly")
    path = f"/seat/{home.seat(name)}/whep/{home.seat(peer)}/main"
    await client.accept(await negotiated(await browser.send("POST", path, await client.offer(), **SDP)))
    await client.connected()
    return client


async def test_one_publishes_another_sees_and_the_server_takes_a_frame(home: House):
    await home.to_questions()
    candidate, juror = await home.sit("cand"), await home.sit("emp")
    sender = await publish(home, candidate, "cand")
    viewer = await view(home, juror, "emp", "cand")
    await until(lambda: viewer.frames["video"] > 2)
    assert sender.resource.startswith(f"/seat/{home.seat('cand')}/media/")

    asked = f'{{"hearing": "{home.hearing()}", "seat": "{home.seat("cand")}", "source": "main"}}'
    path = f"/seat/{home.seat('emp')}/captures"
    taken = await juror.send("POST", path, asked, **{"Content-Type": "application/json"})
    told = await taken.json()
    events = await home.events()
    assert (taken.status, told["position"], events[-1]) == (201, len(events), "CaptureTaken")
    shown = await juror.get(f"{path}/{told['capture']}.jpg")
    assert (shown.status, shown.content_type) == (200, "image/jpeg")
    assert Image.open(BytesIO(await shown.read())).size == (160, 120)
    mine = await candidate.get(f"/seat/{home.seat('cand')}/captures/{told['capture']}.jpg")
    assert mine.status == 403

    assert (await juror.send("DELETE", viewer.resource)).status == 200
    assert (await juror.send("DELETE", viewer.resource)).status == 404
    assert (await juror.send("DELETE", sender.resource.replace("cand", "emp"))).status == 404
    await viewer.close()
    await sender.close()


async def test_a_restart_needs_the_present_entity_tag(home: House):
    await home.to_questions()
    candidate = await home.sit("cand")
    sender = await publish(home, candidate, "cand")
    fragment = "a=ice-ufrag:abcd\r\na=ice-pwd:" + "p" * 22 + "\r\n"
    missing = await candidate.send("PATCH", sender.resource, fragment, **FRAGMENT)
    other = await candidate.send("PATCH", sender.resource, fragment, **FRAGMENT, **{"If-Match": '"other"'})
    restarted = await candidate.send("PATCH", sender.resource, fragment, **FRAGMENT, **{"If-Match": sender.etag})
    assert [missing.status, other.status, restarted.status] == [428, 412, 200]
    assert restarted.content_type == "application/trickle-ice-sdpfrag"
    assert restarted.headers["ETag"] != sender.etag
    assert "a=ice-ufrag:" in await restarted.text()
    await sender.close()


@pytest.mark.parametrize(("body", "kind", "status"), [
    ("v=0\r\n" + "a=x\r\n" * 20_000, "application/sdp", 413),
    ("v=0\r\nnonsense", "application/sdp", 400),
    ("hello", "application/sdp", 400),
    (b"\xff\xfe", "application/sdp", 400),
    ("v=0\r\n", "text/plain", 415),
    ("v=0\r\n", "application/json", 415),
])
@on_its_loop
async def test_a_malformed_or_oversized_offer_is_refused(shared: House, body: str, kind: str, status: int):
    if (await shared.state()).in_room is None:
        await shared.to_questions()
    browser = await shared.seated("cand")
    answer = await browser.send("POST", f"/seat/{shared.seat('cand')}/whip/main", body, **{"Content-Type": kind})
    assert (answer.status, next(iter(await answer.json()))) == (status, "refusal")


async def test_a_browsers_offer_is_answered_whatever_its_publisher_is_doing_and_a_refusal_says_why_in_the_log(
    home: House,
):
    """400 is for what is no offer: a publisher that is not there, not connected yet, or just replaced, is none."""
    await home.to_questions()
    candidate, juror = await home.sit("cand"), await home.sit("emp")
    path = f"/seat/{home.seat('emp')}/whep/{home.seat('cand')}/main"
    client = Client()
    client.pc.addTransceiver("audio", "recvonly")
    client.pc.addTransceiver("video", "recvonly")
    offer = await client.offer()

    async def asked(body: str) -> list[int]:
        """Three at once, as when a page opens on three screens."""
        return [a.status for a in await asyncio.gather(*(juror.send("POST", path, body, **SDP) for _ in range(3)))]

    assert await asked(offer) == [404] * 3
    waiting = Client()
    waiting.pc.addTransceiver(Camera(), "sendonly")
    published = f"/seat/{home.seat('cand')}/whip/main"
    assert (await candidate.send("POST", published, await waiting.offer(), **SDP)).status == 201
    assert await asked(offer) == [201] * 3
    sender = await publish(home, candidate, "cand")
    assert await asked(offer) == [201] * 3
    with capture_logs() as logs:
        assert await asked("v=0\r\n") == [400] * 3
    told = [(entry["status"], entry["error"]) for entry in logs if entry["event"] == "media.refused"]
    assert told == [(400, "no_audio_opus_or_video_vp8_that_can_be_used_for_view")] * 3
    assert all(WORD.fullmatch(why) for _, why in told)
    assert (await candidate.send("DELETE", sender.resource)).status == 200
    assert await asked(offer) == [404] * 3
    for one in (client, waiting, sender):
        await one.close()


async def test_who_may_not_publish_or_see_does_not(home: House):
    await home.to_questions()
    offer = await Client().offer()
    got = {}
    for name, path in (("org", "whip/main"), ("obs", "whip/main"), ("aid", "whip/second"), ("cand", "whip/third"),
                       ("cand2", "whip/main"), ("cand2", f"whep/{home.seat('emp')}/main"),
                       ("cand", f"whep/{home.seat('obs')}/main"), ("emp", f"whep/{home.seat('cand')}/main")):
        browser = await home.sit(name) if not got.get(name) else got[name][0]
        answer = await browser.send("POST", f"/seat/{home.seat(name)}/{path}", offer, **SDP)
        got.setdefault(name, (browser, []))[1].append(answer.status)
    # The last one may, but nothing is published there.
    assert {name: statuses for name, (_, statuses) in got.items()} == {
        "org": [403], "obs": [403], "aid": [403], "cand": [403, 403], "cand2": [403, 403], "emp": [404]}


@pytest.mark.rule("X11")
async def test_a_takeover_cuts_what_the_other_browser_sends_and_sees(home: House):
    await home.to_questions()
    first, juror = await home.sit("cand"), await home.sit("emp")
    juror_sends = await publish(home, juror, "emp")
    sender, seen = await publish(home, first, "cand"), await view(home, first, "cand", "emp")
    await until(lambda: seen.frames["video"] > 2)
    engine = home.app[parts.ENGINE]
    assert {one.seat for one in engine.sources("s1")} == {home.seat("cand"), home.seat("emp")}
    second = home.browser()
    assert (await home.take_over(second, "cand")).status == 303
    assert {one.seat for one in engine.sources("s1")} == {home.seat("emp")}
    assert [one for one in engine.quality("s1") if one.role == "view"] == []
    refused = await first.send("POST", f"/seat/{home.seat('cand')}/whip/main", await Client().offer(), **SDP)
    assert refused.status == 401
    again = await publish(home, second, "cand")
    for one in (again, sender, seen, juror_sends):
        await one.close()


async def test_options_say_what_a_post_takes(home: House):
    await home.to_questions()
    browser = await home.sit("cand")
    answer = await browser.send("OPTIONS", f"/seat/{home.seat('cand')}/whip/main")
    assert (answer.status, answer.headers["Accept-Post"]) == (204, "application/sdp")
