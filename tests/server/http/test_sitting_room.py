"""The room of a sitting: real peers through the server's own addresses, let in and cut as the rules say (R3.9)."""
from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientResponse
from aiortc.mediastreams import AudioStreamTrack
from sqlalchemy import text

from server.http import parts
from server.media.engine import Negotiated
from tests.server.http.house import House
from tests.server.http.sittingwork import Sittingwork, with_sitting
from tests.server.media.peers import Camera, Client, until

pytestmark = pytest.mark.rule("R3.9")
SDP = {"Content-Type": "application/sdp"}


@pytest.fixture
async def work(tmp_path: Path) -> AsyncIterator[Sittingwork]:
    async with with_sitting(tmp_path) as found:
        yield found


async def offered(work: Sittingwork, name: str, where: str, client: Client) -> int:
    """The status; a connection where it is 201."""
    browser = await work.browser(work.person(name))
    answer = await browser.send("POST", work.path(name, where), await client.offer(), **SDP)
    if answer.status == 201:
        await client.accept(Negotiated(answer.headers["Location"], answer.headers["ETag"], await answer.text()))
        await client.connected()
    return answer.status


async def publish(work: Sittingwork, name: str) -> int:
    client = Client()
    client.pc.addTransceiver(AudioStreamTrack(), "sendonly")
    client.pc.addTransceiver(Camera(), "sendonly")
    return await offered(work, name, "whip/main", client)


async def view(work: Sittingwork, name: str, peer: str) -> tuple[int, Client]:
    client = Client()
    client.pc.addTransceiver("audio", "recvonly")
    client.pc.addTransceiver("video", "recvonly")
    return await offered(work, name, f"whep/{work.person(peer)}/main", client), client


async def told(stream: ClientResponse) -> int:
    """The next position that the stream tells."""
    while not (line := await stream.content.readline()).startswith(b"id: "):
        assert line
    return int(line.removeprefix(b"id: "))


def publishing(work: Sittingwork) -> set[str]:
    return {one.seat for one in work.home.app[parts.ENGINE].sources(work.sitting)}


async def test_members_see_each_other_jurors_come_for_their_questions_and_the_recused_are_cut(work: Sittingwork):
    assert await publish(work, "presides") == 201
    status, viewer = await view(work, "employees", "presides")
    assert status == 201
    await until(lambda: viewer.frames["video"] > 2)
    assert (await publish(work, "tra"), await publish(work, "substitute")) == (404, 403)  # not asked; not called

    await work.questioned()
    assert await publish(work, "tra") == 201
    assert (await view(work, "presides", "tra"))[0] == 201
    assert publishing(work) == {work.person("presides"), work.person("tra")}
    await work.do(work.member("presides"), "CloseQuestions", candidacy=work.candidacy())
    assert publishing(work) == {work.person("presides")}
    assert (await publish(work, "tra"), (await view(work, "tra", "presides"))[0]) == (403, 403)

    assert await publish(work, "employees") == 201
    await work.do(work.member("presides"), "TurnTo", candidacy=work.candidacy())
    await work.do(work.member("employees"), "RecuseMember", candidacy=work.candidacy(), words="un salarié de chez nous")
    assert publishing(work) == {work.person("presides")}
    assert (await publish(work, "employees"), (await view(work, "employees", "presides"))[0]) == (403, 403)


@pytest.mark.rule("X13")
async def test_of_a_sitting_held_both_ways_who_says_that_they_are_in_the_room_is_cut(tmp_path: Path):
    """By the form on their page; and comes back by another."""
    async with with_sitting(tmp_path, both_ways) as work:
        assert (await publish(work, "employees"), await publish(work, "presides")) == (201, 201)
        status, where = await work.send("employees", "on-site")
        assert (status, where) == (303, work.path("employees", "?done=on-site"))
        assert publishing(work) == {work.person("presides")}
        assert (await publish(work, "employees"), (await view(work, "employees", "presides"))[0]) == (403, 201)
        assert "ni caméra ni micro ne s’ouvrent ici" in (await work.get("employees"))[1]
        assert "ni caméra ni micro" not in (await work.get("presides"))[1]
        assert (await work.send("employees", "apart"))[0] == 303
        assert await publish(work, "employees") == 201
        await work.questioned()
        assert (await work.send("tra", "on-site"))[0] == 303
        assert (await publish(work, "tra"), "ni caméra ni micro" in (await work.get("tra"))[1]) == (403, True)


async def both_ways(home: House) -> None:
    work = Sittingwork(home)
    await work.heard()
    await work.open("mixed")


async def test_the_stream_says_that_the_sitting_has_moved_on_and_ends_for_who_has_nothing_there(work: Sittingwork):
    browser = await work.browser(work.member("employers"))
    stream = await browser.get(work.path("employers", "events"), Accept="text/event-stream")
    assert stream.status == 200
    before = (await work.state()).position
    assert await told(stream) == before
    await work.do(work.member("presides"), "TurnTo", candidacy=work.candidacy())
    assert await told(stream) == before + 1
    assert work.member("employers") in work.home.app[parts.STREAMS].seats_in(work.sitting)
    await work.home.app[parts.ACCOUNTS].spaces.end_all(work.member("employers"))
    while line := await stream.content.readline():
        if line == b"event: closed\n":
            break
    assert line == b"event: closed\n"
    stranger = await work.browser(work.person("cand"))
    assert (await stranger.get(work.path("cand", "events"))).status == 404


async def test_what_runs_ends_with_the_hold_of_the_space_that_opened_it_by_time_alone_too(work: Sittingwork):
    assert await publish(work, "presides") == 201
    browser = await work.browser(work.member("presides"))
    stream = await browser.get(work.path("presides", "events"), Accept="text/event-stream")
    assert publishing(work) == {work.person("presides")}
    async with work.home.app[parts.DATABASE].writing() as connection:  # as if it had been opened long ago
        await connection.execute(text("UPDATE space_logins SET since = 0 WHERE person = :person"),
                                 {"person": work.member("presides")})
    await until(lambda: publishing(work) == set())
    while line := await stream.content.readline():
        if line == b"event: closed\n":
            break
    assert line == b"event: closed\n"
    assert await publish(work, "presides") == 401


async def test_who_is_put_out_while_they_ask_for_a_connection_has_none(
        work: Sittingwork, monkeypatch: pytest.MonkeyPatch):
    engine = work.home.app[parts.ENGINE]
    publishes = engine.publish

    async def put_out_first(*asked: Any) -> Negotiated:
        await work.home.app[parts.ACCOUNTS].spaces.end_all(work.member("presides"))
        return await publishes(*asked)

    monkeypatch.setattr(engine, "publish", put_out_first)
    assert (await publish(work, "presides"), publishing(work)) == (401, set())
