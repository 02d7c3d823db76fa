"""The processes that look at pictures: one that was interrupted is gone, and another is made ready meanwhile."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import uvloop

from server.identity.identity_refusals import IdentityUnavailable
from server.identity.identity_settings import IdentitySettings, WatchSettings
from server.identity.watched import Looked, Memory
from server.identity.worker import IdentityWorkers, _Child
from tests.leftovers import below
from tests.server.identity.held import as_jpeg
from tests.server.identity.specimens import document, holder
from tests.server.media.peers import until


def pids(workers: IdentityWorkers) -> set[int]:
    return {one.process.pid for one in workers._all if one.process is not None}


async def looked_at(workers: IdentityWorkers, frame: bytes) -> Looked:
    return await workers.presence(0, frame, (), 0, WatchSettings(), Memory())


@pytest.mark.rule("X1")
async def test_a_cancelled_question_ends_its_process_and_the_next_need_not_wait_for_the_models() -> None:
    workers = IdentityWorkers(replace(IdentitySettings(), workers=1))
    card = as_jpeg(document("new_card", holder(1)))
    try:
        await workers.start()
        before = pids(workers)
        asked = asyncio.create_task(workers.check(card, None, [card], None, True, date(2026, 1, 15)))
        await asyncio.sleep(0.1)
        asked.cancel()
        await asyncio.gather(asked, return_exceptions=True)
        assert pids(workers) & before == set()
        waiting = asyncio.create_task(looked_at(workers, card))
        await until(lambda: workers._idle or waiting.done(), 60)
        assert (await waiting).shown == ()
        assert (len(pids(workers)), len(workers._idle)) == (1, 1)
    finally:
        await workers.stop()
    assert pids(workers) == set()


async def test_a_process_that_starts_while_all_are_being_stopped_is_ended_too() -> None:
    workers, before = IdentityWorkers(replace(IdentitySettings(), workers=1)), below(os.getpid())
    asked = asyncio.create_task(looked_at(workers, b""))
    while not workers._all:
        await asyncio.sleep(0)
    assert [one.process for one in workers._all] == [None]
    await workers.stop()
    with pytest.raises(IdentityUnavailable):
        await asked
    assert below(os.getpid()).keys() == before.keys()


async def test_there_are_never_more_processes_than_set_and_one_that_fails_takes_no_other_with_it(
        monkeypatch: pytest.MonkeyPatch) -> None:
    workers, start, started = IdentityWorkers(replace(IdentitySettings(), workers=2)), _Child.start, list[_Child]()

    async def second_fails(child: _Child) -> None:
        started.append(child)
        if len(started) == 2:
            raise OSError
        await start(child)

    monkeypatch.setattr(_Child, "start", second_fails)
    try:
        with pytest.raises(IdentityUnavailable):
            await workers.start()
        assert (len(pids(workers)), len(workers._idle)) == (1, 1)
        loading = asyncio.create_task(workers.start())
        await asyncio.sleep(0)
        await asyncio.gather(*(looked_at(workers, as_jpeg(document("new_card", holder(1)))) for _ in range(2)), loading)
        await workers.start()
        assert (len(pids(workers)), len(workers._idle), len(started)) == (2, 2, 3)
    finally:
        await workers.stop()


@pytest.mark.parametrize("run", [asyncio.run, uvloop.run], ids=["asyncio", "uvloop"])
def test_a_process_killed_while_idle_costs_no_check_and_one_not_seen_to_be_dead_one(
        run: Callable[[Coroutine[Any, Any, None]], None], monkeypatch: pytest.MonkeyPatch) -> None:
    async def killed(workers: IdentityWorkers) -> None:
        for pid in pids(workers):
            os.kill(pid, signal.SIGKILL)
        await until(lambda: not any(one.alive for one in workers._all), 10)

    async def work() -> None:
        workers = IdentityWorkers(replace(IdentitySettings(), workers=1))
        card = as_jpeg(document("new_card", holder(1)))
        try:
            await workers.start()
            await killed(workers)
            await looked_at(workers, card)
            await killed(workers)
            with monkeypatch.context() as unseen:
                unseen.setattr(_Child, "alive", True)
                with pytest.raises(IdentityUnavailable):
                    await looked_at(workers, card)
            await looked_at(workers, card)
            assert (len(pids(workers)), len(workers._idle)) == (1, 1)
        finally:
            await workers.stop()

    run(work())
