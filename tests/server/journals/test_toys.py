"""A kind of stream that nothing in the platform names: commands, replay, due times, event stream, export and verify."""
from __future__ import annotations

import asyncio
import json
import re
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from sqlalchemy import delete, select, update

from evaluation.codec import FieldError
from evaluation.journal import BrokenJournal
from evaluation.kinds import Kind, Kinds
from evaluation.rules import Forbidden, Refusal
from evaluation.verify import verify
from server.config import StreamSettings
from server.journals.clockwork import Clockwork
from server.journals.edges import Edges
from server.journals.quoting import reference
from server.journals.reindexing import reindex
from server.journals.streams import Message, Streams
from server.storage import journal
from server.storage.journal import StaleVersion
from server.storage.tables import followups, rows
from tests.pace import within
from tests.server.journals.toy_house import HOUR, Toys, opened
from tests.server.journals.toys import THE_BASKET, THE_GARDEN, TOYS
from tests.server.kept import HandClock, config_in

pytestmark = pytest.mark.rule("X5")


async def test_from_the_first_command_to_the_proof(toys: Toys):
    await (await toys.planted()).woven()
    await toys.do(THE_GARDEN, "g1", "Harvest", count=3, words="Belles tomates")
    await toys.do(THE_GARDEN, "g1", "Harvest", count=2)
    assert await toys.following.carry_out() is None
    basket = await toys.basket()
    assert (basket.garden, basket.counts, basket.grams) == ("g1", (3, 2), (300, 200))
    names = [one.event for one in await toys.journals.records("b1")]
    assert names == ["basket.woven", "basket.added", "basket.weighed", "basket.added", "basket.weighed"]
    again = await opened(toys.config, toys.clock)
    assert await again.basket() == basket
    assert await again.journals.state(THE_GARDEN, "g1") == await toys.journals.state(THE_GARDEN, "g1")
    proved = verify(await toys.bundle("g1", "b1"), TOYS)
    assert [(one.kind, one.stream, one.records) for one in proved] == [("garden", "g1", 3), ("basket", "b1", 5)]
    await again.kept.database.close()


async def test_who_may_not_and_what_is_wrong(toys: Toys):
    await toys.planted()
    with pytest.raises(Forbidden):
        await toys.do(THE_GARDEN, "g1", "Harvest", "stranger", count=1)
    with pytest.raises(Refusal):
        await toys.do(THE_GARDEN, "g1", "Harvest", count=0)
    with pytest.raises(FieldError) as wrong:
        await toys.do(THE_GARDEN, "g1", "Ring")  # only the clockwork does
    assert wrong.value.field == "command"
    with pytest.raises(FieldError) as other:
        await toys.do(THE_BASKET, "g1", "Weigh", of=await toys.quote("g1", 1))
    assert other.value.field == "command"
    with pytest.raises(StaleVersion):
        await toys.journals.execute(THE_GARDEN, "g1", "gardener", "Uproot", {}, expected=0)
    assert len(await toys.journals.records("g1")) == 1


async def test_a_stream_of_another_kind_is_not_there(toys: Toys):
    await toys.planted()
    assert await toys.journals.state(THE_BASKET, "g1") is None
    again = await opened(toys.config, toys.clock)
    assert await again.journals.state(THE_BASKET, "g1") is None
    with pytest.raises(FieldError):
        await again.do(THE_BASKET, "g1", "Weave", basket="g1", garden=await toys.quote("g1", 1))
    await again.kept.database.close()


# Quotes


CHANGED: tuple[dict[str, object], ...] = (
    {"position": 9}, {"position": 0}, {"position": "1"}, {"hash": "0" * 64}, {"kind": "basket"}, {"stream": "g2"},
    {"stream": 7})


async def test_a_quote_of_what_does_not_stand_there(toys: Toys):
    await toys.planted()
    for change in CHANGED:
        with pytest.raises(FieldError) as refused:
            await toys.do(THE_BASKET, "b1", "Weave", basket="b1", garden={**await toys.quote("g1", 1), **change})
        assert (change, refused.value.field) == (change, "garden")
    assert await toys.journals.records("b1") == ()


async def test_a_quote_that_is_none(toys: Toys):
    await toys.planted()
    for given in (None, "g1", [], {}, {"kind": "garden"}, 5):
        with pytest.raises(FieldError) as refused:
            await toys.do(THE_BASKET, "b1", "Weave", basket="b1", garden=given)
        assert refused.value.field.startswith("garden")


async def test_what_a_page_says_that_is_quoted_is_not_believed(toys: Toys):
    await toys.planted()
    told = {**await toys.quote("g1", 1), "event": "garden.harvested", "data": {"count": 99}}
    await toys.do(THE_BASKET, "b1", "Weave", basket="b1", garden=told)
    (record,) = await toys.journals.records("b1")
    source = (await toys.journals.records("g1"))[0]
    assert record.data["garden"] == {**reference(source), "event": "garden.planted", "data": source.data}


async def test_what_no_longer_holds_is_not_quoted(toys: Toys):
    await toys.planted()
    await toys.do(THE_GARDEN, "g1", "Uproot")
    with pytest.raises(FieldError) as refused:
        await toys.do(THE_BASKET, "b1", "Weave", basket="b1", garden=await toys.quote("g1", 1))
    assert (refused.value.field, "ne vaut plus" in refused.value.problem) == ("garden", True)


# Indexes


async def test_rows_are_written_with_their_event_and_made_anew(toys: Toys):
    await (await toys.planted()).planted("g2")
    await toys.do(THE_GARDEN, "g1", "Harvest", count=3)
    listed = await toys.kept.rows.page("gardens", person="gardener", order="at")
    assert [(one.key, one.status, one.data, one.kind, one.stream) for one in listed] == [
        ("g1", "planted", {"harvested": 3}, "garden", "g1"), ("g2", "planted", {"harvested": 0}, "garden", "g2")]
    assert not (await reindex(toys.kept.database, TOYS)).differed
    async with toys.kept.database.writing() as connection:
        await connection.execute(delete(rows).where(rows.c.key == "g1"))
        await connection.execute(update(rows).where(rows.c.key == "g2").values(status="lost"))
    found = await reindex(toys.kept.database, TOYS)
    assert (found.streams, found.missing, found.wrong, found.spare) == (2, 1, 1, 0)
    assert await toys.kept.rows.page("gardens", order="at") == listed
    assert not (await reindex(toys.kept.database, TOYS)).differed


async def test_a_row_deleted_by_hand_comes_back_with_its_next_change(toys: Toys):
    await toys.planted()
    async with toys.kept.database.writing() as connection:
        await connection.execute(delete(rows))
    await toys.do(THE_GARDEN, "g1", "Harvest", count=3)
    assert [one.data for one in await toys.kept.rows.page("gardens")] == [{"harvested": 3}]


# Due times


async def test_what_is_due_is_found_after_a_restart_without_reading_the_rest(toys: Toys):
    await (await toys.planted()).woven()
    again = await opened(toys.config, toys.clock)
    clockwork = Clockwork(again.journals, toys.clock)
    again.journals.on_commit.append(clockwork.watch)
    await clockwork.load()
    assert again.journals.known(THE_GARDEN, "g1") is None
    toys.clock.now += HOUR
    running = asyncio.create_task(clockwork.run())
    async with within(10):
        while (await toys.journals.records("g1"))[-1].event != "garden.rung":
            await asyncio.sleep(0.02)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert again.journals.known(THE_GARDEN, "g1") == await toys.journals.state(THE_GARDEN, "g1")
    assert again.journals.known(THE_BASKET, "b1") is None
    await again.kept.database.close()


async def test_news_of_one_stream_costs_the_look_at_that_stream_alone(toys: Toys, monkeypatch: pytest.MonkeyPatch):
    await (await toys.planted()).woven()
    again = await opened(toys.config, toys.clock)

    async def all_that_is_due(_connection: object) -> None:
        raise AssertionError("the streams of every other day were read")

    monkeypatch.setattr(journal, "due", all_that_is_due)
    assert await again.journals.look("g1") == await toys.journals.state(THE_GARDEN, "g1")
    assert (await again.journals.look("b1"), await again.journals.look("nowhere")) == (None, None)
    await again.kept.database.close()


# Telling


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_reader_is_told(toys: Toys):
    await toys.planted()
    streams = Streams(StreamSettings())
    toys.journals.on_commit.append(lambda commit: streams.publish(commit.stream, commit.state.position))

    async def render(_reader: str, since: int) -> list[Message]:
        state: Any = await toys.journals.state(THE_GARDEN, "g1")
        return [Message("garden", state.position, json.dumps(state.harvested))] if state.position > since else []

    async def serve(request: web.Request) -> web.StreamResponse:
        return await streams.serve(request, "g1", "reader", 0, render)

    app = web.Application()
    app.router.add_get("/", serve)
    app.on_shutdown.append(streams.shutdown)
    async with TestServer(app) as server, aiohttp.ClientSession() as client, client.get(server.make_url("/")) as answer:
        told: list[str] = []
        async with within(10):
            async for line in answer.content:
                if line.startswith(b"data: "):
                    told.append(line.decode().strip())
                    if len(told) == 1:
                        await toys.do(THE_GARDEN, "g1", "Harvest", count=4)
                    else:
                        break
        assert told == ["data: 0", "data: 4"]


# Proof


async def test_a_bundle_with_a_source_altered_fails_where_it_is_quoted(toys: Toys):
    await (await toys.planted()).woven()
    await toys.do(THE_GARDEN, "g1", "Harvest", count=3)
    await toys.following.carry_out()
    alone, whole = await toys.bundle("b1"), await toys.bundle("g1", "b1")
    assert len(verify(whole, TOYS)) == 2
    other = await opened(config_in(toys.config.storage.folder / "other", "sqlite"), HandClock(toys.clock.now))
    await other.planted()
    await other.do(THE_GARDEN, "g1", "Harvest", count=30)  # a journal that is right in itself
    forged = [*await other.bundle("g1"), *alone]
    with pytest.raises(BrokenJournal) as broken:
        verify(forged, TOYS)
    assert (broken.value.stream, broken.value.position) == ("b1", 2)
    assert [one.stream for one in verify(alone, TOYS)] == ["b1"]
    await other.kept.database.close()


async def test_an_edition_that_is_not_known_is_refused_and_an_old_one_is_proved(toys: Toys):
    await toys.planted()
    newer = Kinds((later(THE_GARDEN), THE_BASKET))
    after = await opened(toys.config, toys.clock, newer, Edges())
    await after.do(newer.all[0], "g1", "Harvest", count=3)
    await after.do(newer.all[0], "g1", "Harvest", count=4)
    records = await after.journals.records("g1")
    assert [(one.event, one.actor) for one in records] == [
        ("garden.planted", "gardener"), ("garden.rules_changed", "system"), ("garden.harvested", "gardener"),
        ("garden.harvested", "gardener")]
    lines = await after.bundle("g1")
    assert verify(lines, newer)[0].records == 4
    with pytest.raises(BrokenJournal) as broken:
        verify(lines, TOYS)
    assert (broken.value.position, "edition 2" in broken.value.why) == (2, True)
    before = await opened(toys.config, toys.clock)
    with pytest.raises(BrokenJournal, match="edition 2"):
        await before.journals.state(THE_GARDEN, "g1")
    for one in (before, after):
        await one.kept.database.close()


def later(kind: Kind[Any]) -> Kind[Any]:
    """The same rules as their second edition."""
    return Kind(kind.name, begins=kind.begins, begun=kind.begun, topics=kind.topics, check=kind.check,
                replay=kind.replay, from_pages=kind.from_pages, closed=kind.closed, rows=kind.rows, edition=2,
                earlier={1: kind})


def test_nothing_of_the_platform_names_a_toy():
    root = Path(__file__).parents[3]
    named = [path for package in ("server", "evaluation", "web") for path in (root / package).rglob("*.py")
             if re.search(r"garden\W|basket\.|harvest(?!able)|uproot", path.read_text("utf-8"), re.IGNORECASE)]
    assert named == []


async def test_who_commands_twice_with_one_key_is_answered_once(toys: Toys):
    await toys.planted()
    first = await toys.journals.execute(THE_GARDEN, "g1", "gardener", "Harvest", {"count": 1}, key="k" * 8)
    again = await toys.journals.execute(THE_GARDEN, "g1", "gardener", "Harvest", {"count": 1}, key="k" * 8)
    assert again == first
    async with toys.kept.database.reading() as connection:
        assert len((await connection.execute(select(followups))).all()) == 2
