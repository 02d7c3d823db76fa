"""Event streams: nothing lost, nothing twice, closed with the right to the room."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from aiohttp import ClientResponse

from server.config import QualitySettings
from server.http.live import levels
from server.media.engine import SourceChange, StreamQuality
from tests.pace import patient, within
from tests.server.http.house import House, house


class Reading:
    """An open stream, read message by message."""

    def __init__(self, response: ClientResponse) -> None:
        self.response = response

    async def next(self, event: str = "view") -> tuple[int | None, Any]:
        """Id and data of the next message of this kind."""
        while True:
            block = (await asyncio.wait_for(self.response.content.readuntil(b"\n\n"), patient(5))).decode()
            fields = dict(line.split(": ", 1) for line in block.strip().splitlines() if ": " in line)
            if fields.get("event") == event:
                return int(fields["id"]) if "id" in fields else None, json.loads(fields["data"])


async def reading(home: House, browser, name: str, last: int | None = None) -> Reading:
    headers = {} if last is None else {"Last-Event-ID": str(last)}
    response = await browser.get(f"/seat/{home.seat(name)}/events", **headers)
    assert (response.status, response.content_type) == (200, "text/event-stream")
    return Reading(response)


async def write(home: House, count: int) -> None:
    for number in range(count):
        await home.act("org", "WriteToRoom", words=f"message {number}")


async def test_a_stream_begins_with_the_whole_view_then_tells_what_changed(home: House):
    browser = await home.sit("emp")
    stream = await reading(home, browser, "emp")
    position, view = await stream.next()
    assert position == view["position"]
    assert {"seat", "session", "people", "hearing", "media"} <= view.keys()
    while home.seat("emp") not in (await home.state()).present:
        await asyncio.sleep(0.01)
    await write(home, 1)
    while "messages" not in (changed := (await stream.next())[1]):
        pass
    assert [one["words"] for one in changed["messages"]] == ["message 0"]
    assert "session" not in changed
    stream.response.close()


async def test_a_broken_stream_resumes_where_it_broke(home: House):
    """Every message written while the line was down is told once, in order, and none that was told before."""
    browser = await home.sit("emp")
    stream = await reading(home, browser, "emp")
    await stream.next()
    await write(home, 2)
    heard: list[int] = []
    last = 0
    while len(heard) < 2:
        last, view = await stream.next()
        heard += [one["position"] for one in view["happened"] if one["event"] == "session.room_message_written"]
    stream.response.close()
    await write(home, 3)
    stream = await reading(home, browser, "emp", last)
    while len(heard) < 5:
        _, view = await stream.next()
        heard += [one["position"] for one in view["happened"] if one["event"] == "session.room_message_written"]
    kinds = await home.events()
    assert heard == [index + 1 for index, kind in enumerate(kinds) if kind == "RoomMessageWritten"]
    stream.response.close()


@pytest.mark.parametrize("last", ["-1", "x", "1e3", "٣"])
async def test_a_position_that_is_none_is_refused(home: House, last: str):
    browser = await home.sit("emp")
    answer = await browser.get(f"/seat/{home.seat('emp')}/events", **{"Last-Event-ID": last})
    assert (answer.status, (await answer.json())["field"]) == (400, "Last-Event-ID")


async def test_presence_follows_the_stream(tmp_path):
    async with house(tmp_path, presence__grace_seconds=1) as home:
        browser = await home.sit("emp")
        stream = await reading(home, browser, "emp")
        await until(home, "SeatJoined")
        stream.response.close()
        await until(home, "SeatLeft")
        assert [kind for kind in await home.events() if kind.startswith("Seat")] == ["SeatJoined", "SeatLeft"]


async def until(home: House, kind: str) -> None:
    async with within(8):
        while kind not in await home.events():
            await asyncio.sleep(0.02)


async def test_live_says_who_is_seen_only_to_who_may_see(home: House, monkeypatch):
    """A recorded reading of the engine stands in for media here: what is asked is who is told of it."""
    from server.http import parts

    await home.to_questions()
    names = ("cand", "emp")
    sources = tuple(SourceChange("s1", home.seat(name), "main", "live") for name in names)
    quality = tuple(StreamQuality(home.seat(name), "publish", "main", home.seat(name), 1_234_567, 0.03, 40.4, False)
                    for name in names)
    monkeypatch.setattr(home.app[parts.ENGINE], "sources", lambda room: sources)
    monkeypatch.setattr(home.app[parts.ENGINE], "quality", lambda room: quality)
    told = {}
    for name in ("cand", "org"):
        stream = await reading(home, await home.sit(name), name)
        told[name] = (await stream.next("live"))[1]
        stream.response.close()
    assert told["cand"] == {
        "sources": [{"seat": home.seat(name), "source": "main", "state": "live"} for name in names],
        "quality": {home.seat(name): {"words": "moyenne", "level": "fair"} for name in names},
    }
    assert told["org"]["technical"] == [
        {"seat": home.seat(name), "role": "publish", "source": "main", "bitrate": 1_230_000, "loss": 0.03, "rtt": 40}
        for name in names
    ]
    waiting = await reading(home, await home.sit("cand2"), "cand2")
    assert (await waiting.next("live"))[1] == {"sources": [], "quality": {}}
    waiting.response.close()


@pytest.mark.parametrize(("loss", "delay", "silent", "level"), [
    (0.0, None, False, "good"), (0.019, 249, False, "good"), (0.02, 0, False, "fair"), (0.0, 250, False, "fair"),
    (0.06, 0, False, "poor"), (0.0, 500, False, "poor"), (0.0, 0, True, "lost"),
])
def test_quality_in_words(loss: float, delay: float | None, silent: bool, level: str):
    one = StreamQuality("a", "publish", "main", "a", 0, loss, delay, silent)
    good = StreamQuality("a", "view", "main", "b", 0, 0.0, 1, False)
    assert levels([good, one, good], QualitySettings()) == {"a": level}


async def test_an_idle_stream_shows_that_it_lives(tmp_path):
    """Though it is looked at every second: a nudge that brings nothing is no sign of life."""
    async with house(tmp_path, streams__heartbeat_seconds=2) as home:
        stream = await reading(home, await home.sit("cand2"), "cand2")
        await stream.next("live")
        async with within(6):
            while (await stream.response.content.readuntil(b"\n\n")) != b":\n\n":
                pass
        stream.response.close()
