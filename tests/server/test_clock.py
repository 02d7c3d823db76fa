"""A machine's clock that is set changes no phase, rate or chore; delays in days follow it, and the operator is told."""
from __future__ import annotations

import asyncio
import json
from datetime import date

import pytest

from evaluation.deadlines import end_of, start_of
from evaluation.session.retention_periods import evidence_due
from server import logs
from server.clock import Clock, Step
from server.journals.clockwork import Clockwork
from tests.evaluation.frameworks import POLISHING
from tests.evaluation.session.day import NINE
from tests.pace import within
from tests.server import bodies
from tests.server.kept import SESSION, House

HOUR = 3_600_000


class Machine:
    """Its two clocks, by hand."""

    def __init__(self) -> None:
        self.wall, self.boot = NINE, 5_000

    def clock(self) -> Clock:
        return Clock(lambda: self.wall, lambda: self.boot)

    def passes(self, milliseconds: int) -> None:
        self.wall, self.boot = self.wall + milliseconds, self.boot + milliseconds


@pytest.mark.parametrize("step", [-HOUR, HOUR])
async def test_a_step_changes_nothing_but_the_calendar(step: int):
    machine = Machine()
    clock = machine.clock()
    machine.passes(1_000)
    machine.wall += step
    machine.passes(1_000)
    assert (clock(), clock.calendar(), clock.apart) == (NINE + 2_000, NINE + 2_000 + step, step)


async def test_a_step_is_told_once_and_drift_is_none():
    machine = Machine()
    clock = machine.clock()
    machine.passes(HOUR)
    machine.wall += 900
    told = [await clock.look()]
    machine.wall -= HOUR
    told += [await clock.look(), await clock.look()]
    machine.wall += HOUR
    told.append(await clock.look())
    assert told == [None, Step(900 - HOUR), None, Step(HOUR)]


def test_a_start_behind_the_journal_goes_on_from_it():
    machine = Machine()
    clock = machine.clock()
    clock.not_before({"a": NINE + HOUR, "b": NINE})
    clock.not_before({"b": NINE})
    machine.passes(1_000)
    assert (clock(), clock.apart) == (NINE + HOUR + 1_000, -HOUR)


def test_a_session_dated_far_ahead_moves_nobody_s_time(capfd):
    logs.configure()
    machine = Machine()
    clock = machine.clock()
    clock.not_before({"wrong": NINE + 25 * HOUR, "right": NINE + HOUR})
    assert (clock(), clock.far_ahead) == (NINE + HOUR, 1)
    told = [json.loads(line) for line in capfd.readouterr().err.splitlines()]
    assert [(one["level"], one["event"], one.get("session"), one["milliseconds"]) for one in told] == [
        ("error", "clock.session_far_ahead", "wrong", 25 * HOUR), ("warning", "clock.behind_the_journal", None, HOUR)]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_of_each_open_session_the_newest_event_counts(house: House):
    await (await house.plan()).present()
    records = await house.kept.sessions.records(SESSION)
    assert await house.kept.journals.last_at() == {SESSION: max(record.at for record in records)}


@pytest.mark.rule("X9")
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_phases_and_chores_go_on_while_the_machine_s_clock_is_set_back(house: House):
    machine = Machine()
    clock = machine.clock()
    machine.boot += house.clock.now - clock()  # as late as the house
    kept = await House.open(house.config, clock)  # pyright: ignore[reportArgumentType]
    await (await kept.plan()).present()
    done = list[int]()

    async def chore() -> None:
        done.append(clock())

    clockwork = Clockwork(kept.kept.journals, clock)
    kept.kept.journals.on_commit.append(clockwork.watch)
    clockwork.every(60, chore)
    running = asyncio.create_task(clockwork.run())
    machine.wall -= HOUR
    for _ in range(2):
        machine.boot += 60_000
        clockwork.look_again()
        async with within(5):
            while done[-1:] != [clock()]:
                await asyncio.sleep(0.01)
    state = await kept.kept.sessions.state(SESSION)
    assert state is not None
    hearing = state.in_room
    assert hearing is not None
    assert hearing.clocks[hearing.phase].elapsed(clock()) == 120_000
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    await kept.close()


@pytest.mark.rule("X1")
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_delays_in_days_follow_the_corrected_clock(house: House):
    ruled_on = date(2026, 4, 30)
    machine = Machine()
    machine.wall = start_of(ruled_on)
    late = await House.open(house.config, machine.clock())  # pyright: ignore[reportArgumentType]
    await late.plan(on=ruled_on)
    machine.passes(end_of(evidence_due(POLISHING, ruled_on)) - machine.wall)
    await bodies.ruled(late.kept.journals, "c-p-cand1", ruled_on)
    await late.kept.vault.put_file("p-cand1", SESSION, "capture", "image/jpeg", b"x")
    machine.wall -= HOUR
    assert (await late.kept.purge()).files == 0
    machine.wall += HOUR
    assert (await late.kept.purge()).files == 1
    await late.close()
