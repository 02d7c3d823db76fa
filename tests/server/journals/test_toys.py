"""A kind of stream that nothing in the platform names: commands, replay, due times, event stream, export and verify."""
from __future__ import annotations

import asyncio
import json
import re
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
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
from server.app.kept_data import Kept, open_kept, prepare
from server.config import Config, StreamSettings
from server.journals.clockwork import Clockwork
from server.journals.edges import Edges
from server.journals.following import Following
from server.journals.quoting import reference
from server.journals.reindexing import reindex
from server.journals.streams import Message, Streams
from server.journals.write_path import Journals
from server.storage import journal, tables
from server.storage.journal import StaleVersion
from server.storage.tables import followups, rows
from tests.pace import within
from tests.server.journals.toys import THE_BASKET, THE_GARDEN, TOY_EDGES, TOYS
from tests.server.kept import HandClock, config_in

HOUR = 3_600_000
pytestmark = pytest.mark.rule("X5")


class Toys:
    """The platform's storage with kinds of our own."""

    def __init__(self, kept: Kept, clock: HandClock, config: Config) -> None:
        self.kept, self.clock, self.config = kept, clock, config
        self.journals: Journals = kept.journals
        self.following = Following(kept.journals, kept.followups, clock, config.storage)

    async def do(self, kind: Kind[Any], stream: str, command: str, actor: str = "gardener", **fields: Any) -> Any:
        return await self.journals.execute(kind, stream, actor, command, fields)

    async def planted(self, garden: str = "g1") -> Toys:
        await self.do(THE_GARDEN, garden, "Plant", garden=garden, basket="b1", ripe_at=self.clock.now + HOUR)
        return self

    async def woven(self, basket: str = "b1", garden: str = "g1") -> Toys:
        await self.do(THE_BASKET, basket, "Weave", basket=basket, garden=await self.quote(garden, 1))
        return self

    async def quote(self, stream: str, position: int) -> dict[str, object]:
        return reference((await self.journals.records(stream))[position - 1])

    async def bundle(self, *streams: str) -> list[bytes]:
        found: list[bytes] = []
        for stream in streams:
            found += [line async for line in self.journals.export(stream)]
        return found

    async def basket(self) -> Any:
        return await self.journals.state(THE_BASKET, "b1")


async def opened(config: Config, clock: HandClock, kinds: Kinds = TOYS, edges: Edges = TOY_EDGES) -> Toys:
    kept = open_kept(config, clock, kinds, edges)
    await prepare(kept, config)
    return Toys(kept, clock, config)


@pytest.fixture
async def toys(tmp_path: Path, database_url: str) -> AsyncIterator[Toys]:
    found = await opened(config_in(tmp_path, database_url), HandClock())
    yield found
    await found.journals.close()
    await found.kept.database.close()


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


@pytest.mark.parametrize("change", [{"position": 9}, {"position": 0}, {"position": "1"}, {"hash": "0" * 64},
                                    {"kind": "basket"}, {"stream": "g2"}, {"stream": 7}])
async def test_a_quote_of_what_does_not_stand_there(toys: Toys, change: dict[str, object]):
    await toys.planted()
    with pytest.raises(FieldError) as refused:
        await toys.do(THE_BASKET, "b1", "Weave", basket="b1", garden={**await toys.quote("g1", 1), **change})
    assert refused.value.field == "garden"
    assert await toys.journals.records("b1") == ()


@pytest.mark.parametrize("given", [None, "g1", [], {}, {"kind": "garden"}, 5])
async def test_a_quote_that_is_none(toys: Toys, given: object):
    await toys.planted()
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


# Follow-ups


async def test_a_target_that_refuses_is_told_again_and_in_order(toys: Toys):
    await toys.planted()  # its basket is not there yet
    await toys.do(THE_GARDEN, "g1", "Harvest", count=3)
    await toys.do(THE_GARDEN, "g1", "Harvest", count=2)
    assert await toys.following.carry_out() == toys.config.storage.follow_seconds * 1000
    waiting = await toys.kept.followups.waiting()
    assert [(one.position, one.edge, one.attempts) for one in waiting] == [
        (2, "harvest-added", 1), (2, "harvest-weighed", 0), (3, "harvest-added", 0), (3, "harvest-weighed", 0)]
    assert waiting[0].problem == {"rule": "X5", "text": "Ce panier n’existe pas, ou existe déjà.", "values": {}}
    await toys.woven()
    await toys.following.carry_out()  # not yet due
    assert (await toys.basket()).counts == ()
    toys.clock.now += toys.config.storage.follow_seconds * 1000
    assert await toys.following.carry_out() is None
    assert ((await toys.basket()).counts, (await toys.basket()).grams) == ((3, 2), (300, 200))
    assert await toys.kept.followups.waiting() == ()


async def test_what_is_refused_after_its_source_was_taken_back_is_tried_no_more(toys: Toys):
    """A harvest that a basket could never take held up everything that the garden had for this basket."""
    await toys.planted()  # its basket is not there
    await toys.do(THE_GARDEN, "g1", "Harvest", count=3)
    assert await toys.following.carry_out() == toys.config.storage.follow_seconds * 1000
    await toys.do(THE_GARDEN, "g1", "Uproot")
    toys.clock.now += toys.config.storage.follow_seconds * 1000
    assert await toys.following.carry_out() is None
    assert await toys.kept.followups.waiting() == ()


async def test_what_was_refused_and_is_taken_back_does_not_happen_later(toys: Toys):
    await toys.planted()
    await toys.do(THE_GARDEN, "g1", "Harvest", count=3)
    await toys.following.carry_out()
    await toys.woven()  # now it could
    await toys.do(THE_GARDEN, "g1", "Uproot")
    toys.clock.now += toys.config.storage.follow_seconds * 1000
    assert await toys.following.carry_out() is None
    assert ((await toys.basket()).counts, await toys.kept.followups.waiting()) == ((), ())


async def test_two_processes_carry_out_once(toys: Toys):
    await (await toys.planted()).woven()
    other = await opened(toys.config, toys.clock)
    for count in range(1, 6):
        await toys.do(THE_GARDEN, "g1", "Harvest", count=count)
    await asyncio.gather(*(one.following.carry_out() for one in (toys, other, toys, other)))
    for one in (toys, other):
        toys.clock.now += HOUR
        await one.following.carry_out()
    assert (await toys.basket()).counts == (1, 2, 3, 4, 5)
    assert await toys.kept.followups.waiting() == ()
    await other.journals.close()
    await other.kept.database.close()


async def test_a_follow_up_done_and_not_yet_said_so_is_done_once(toys: Toys, monkeypatch: pytest.MonkeyPatch):
    await (await toys.planted()).woven()
    await toys.do(THE_GARDEN, "g1", "Harvest", count=3)

    async def killed(*_given: object) -> None:
        raise OSError("killed")

    with monkeypatch.context() as patched:
        patched.setattr(toys.kept.followups, "done", killed)
        with pytest.raises(OSError, match="killed"):
            await toys.following.carry_out()
    assert (await toys.basket()).counts == (3,)
    await toys.following.carry_out()
    assert ((await toys.basket()).counts, (await toys.basket()).grams) == ((3,), (300,))


async def test_a_target_that_is_broken_holds_up_no_other(toys: Toys):
    await (await toys.planted("g1")).planted("g2")
    await toys.woven("b1", "g1")
    await toys.woven("b2", "g2")
    async with toys.kept.database.writing() as connection:
        await connection.execute(update(tables.journal).where(tables.journal.c.stream == "b1").values(hash="0" * 64))
    other = await opened(toys.config, toys.clock)  # the basket is in the memory of neither
    await other.do(THE_GARDEN, "g1", "Uproot")
    await other.do(THE_GARDEN, "g2", "Uproot")
    assert await other.following.carry_out() == other.config.storage.follow_seconds * 1000
    waiting = await other.kept.followups.waiting()
    assert [(one.target, one.attempts, one.problem) for one in waiting] == [("b1", 1, {"text": "BrokenJournal"})]
    whole: Any = await other.journals.state(THE_BASKET, "b2")
    assert whole.emptied == 1
    await other.journals.close()
    await other.kept.database.close()


# Follow-ups whose targets an index gives


async def test_an_index_says_whom_it_concerns(toys: Toys):
    """As it stands in the event's transaction: what is woven for another garden, or after, is not among them."""
    await (await toys.planted()).planted("g2")
    for basket, garden in (("b1", "g1"), ("b2", "g1"), ("b3", "g2")):
        await toys.woven(basket, garden)
    await toys.do(THE_GARDEN, "g1", "Uproot")
    assert [(one.edge, one.target, one.command) for one in await toys.kept.followups.waiting()] == [
        ("uprooted", "b1", "Empty"), ("uprooted-1", "b2", "Empty")]
    assert await toys.following.carry_out() is None
    baskets: list[Any] = [await toys.journals.state(THE_BASKET, one) for one in ("b1", "b2", "b3")]
    assert [one.emptied for one in baskets] == [1, 1, 0]
    assert len(verify(await toys.bundle("g1", "b1", "b2"), TOYS)) == 3


async def test_what_is_begun_at_the_same_moment_is_told_or_refused(toys: Toys):
    """Two processes: each basket either stands and is emptied once, or was refused because its garden was gone."""
    other = await opened(toys.config, toys.clock)
    for number in range(12):
        garden, basket = f"g{number}", f"b{number}"
        await toys.planted(garden)
        quote = await toys.quote(garden, 1)
        weaving = other.do(THE_BASKET, basket, "Weave", basket=basket, garden=quote)
        uprooting = toys.do(THE_GARDEN, garden, "Uproot")
        both = (weaving, uprooting) if number % 2 else (uprooting, weaving)
        found = await asyncio.gather(*both, return_exceptions=True)
        woven = found[0 if number % 2 else 1]
        state = await toys.journals.state(THE_BASKET, basket)
        assert isinstance(woven, FieldError) == (state is None)
        assert [one.target for one in await toys.kept.followups.waiting()] == ([basket] if state is not None else [])
        await toys.following.carry_out()
        state = await toys.journals.state(THE_BASKET, basket)
        assert state is None or state.emptied == 1
    await other.journals.close()
    await other.kept.database.close()


KILLED = """
import asyncio, sys
from pathlib import Path
from tests.server.journals.test_toys import THE_GARDEN, opened
from tests.server.kept import HandClock, config_in

async def main():
    toys = await opened(config_in(Path(sys.argv[1]), sys.argv[2]), HandClock())
    running = asyncio.create_task(toys.following.run())
    toys.journals.on_commit.append(toys.following.wake)
    for count in range(1, 10_000):
        await toys.do(THE_GARDEN, "g1", "Harvest", count=count)
        print(count, flush=True)

asyncio.run(main())
"""


async def test_a_kill_between_the_event_and_what_follows_loses_nothing(toys: Toys, tmp_path: Path, database_url: str):
    """Once, exactly once, and in order."""
    await (await toys.planted()).woven()
    url = toys.config.storage.url
    killed = subprocess.Popen([sys.executable, "-c", KILLED, str(tmp_path), url], stdout=subprocess.PIPE,
                              cwd=Path(__file__).parents[3])
    assert killed.stdout is not None
    said = 0
    while said < 12:
        said = int(killed.stdout.readline())
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    harvests = [one.data["count"] for one in await toys.journals.records("g1") if one.event == "garden.harvested"]
    assert harvests == list(range(1, len(harvests) + 1))
    assert len(harvests) >= said
    while await toys.following.carry_out() is not None:
        toys.clock.now += HOUR
    assert list((await toys.basket()).counts) == harvests
    assert list((await toys.basket()).grams) == [100 * one for one in harvests]


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
