"""What follows from one stream in another, of kinds that nothing in the platform names: once, and in order."""
from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from evaluation.codec import FieldError
from evaluation.verify import verify
from server.storage import tables
from tests.server.journals.toy_house import HOUR, Toys, opened
from tests.server.journals.toys import THE_BASKET, THE_GARDEN, TOYS

pytestmark = pytest.mark.rule("X5")


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
from tests.server.journals.toy_house import opened
from tests.server.journals.toys import THE_GARDEN
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
    killed = subprocess.Popen([sys.executable, "-c", KILLED, str(tmp_path / "kept"), url], stdout=subprocess.PIPE,
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
