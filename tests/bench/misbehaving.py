"""How long a mark waits for its acknowledgement while one seat misbehaves, beside the same without."""

from __future__ import annotations

import asyncio
import json
import os
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack, ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import uvloop

from tests.bench.figures import Reach, Teller, median, percentile
from tests.bench.nuisances import WAYS
from tests.bench.processes import Child, child, cpu_seconds, python
from tests.serving import Person, seated

BENCH = "misbehaving"
AT_MOST_MS, AT_MOST_TIMES = 60.0, 2.0
"""Whichever is more: so long, or so many times as long as without."""


@dataclass(frozen=True)
class Plan:
    sessions: int = 2
    runs: int = 5
    seconds: float = 6.0
    settle_seconds: float = 1.0
    mark_every_seconds: float = 0.3
    """Each juror: faster than anybody grades, within the rate of marks."""
    ways: Sequence[str] = tuple(WAYS)


@dataclass(frozen=True)
class Spell:
    """A time of marking: milliseconds until the acknowledgement; the share of one processor the server took."""

    p99: float
    marks: int
    cpu: float


QUICK = Plan(runs=1, seconds=1.0, settle_seconds=0.2, ways=("empty_parts", "streams"))


def run(out: Path, quick: bool = False) -> Iterator[dict[str, Any]]:
    """`VISIOJURY_WAYS`, with commas: of all ways only these."""
    plan, asked = QUICK if quick else Plan(), os.environ.get("VISIOJURY_WAYS")
    yield from measured(replace(plan, ways=asked.split(",")) if asked else plan, Teller(BENCH, quick), out)


def measured(plan: Plan, tell: Teller, out: Path) -> Iterator[dict[str, Any]]:
    for name in plan.ways:
        without, beside, marks = list[Spell](), list[Spell](), 0
        for _ in range(plan.runs):
            # One server for both, so that they differ in nothing else.
            with _served(out, plan) as (server, said):
                calm, troubled = uvloop.run(_measure(server.pid, said, plan, name, out))
                assert server.process.poll() is None
            without.append(calm)
            beside.append(troubled)
            marks += troubled.marks
        alone, troubled_ms = median([one.p99 for one in without]), [one.p99 for one in beside]
        yield tell.line(
            f"mark_beside_{name}", median(troubled_ms), "ms", Reach("at most", limit(alone)), percentile=99,
            without=alone, runs=troubled_ms, runs_without=[one.p99 for one in without], marks=marks,
            server_cpu=median([one.cpu for one in beside]), server_cpu_without=median([one.cpu for one in without]))


def limit(without: float | None) -> float:
    return max(AT_MOST_MS, AT_MOST_TIMES * (without or 0.0))


@contextmanager
def _served(out: Path, plan: Plan) -> Iterator[tuple[Child, dict[str, Any]]]:
    data = out / BENCH / uuid.uuid4().hex
    command = python("tests.bench.sessions_server", "--data", str(data), "--sessions", str(plan.sessions),
                     "--as-shipped")
    with child(command, out / f"{BENCH}.log") as server:
        yield server, server.read()


async def _measure(server: int, said: dict[str, Any], plan: Plan, name: str, out: Path) -> tuple[Spell, Spell]:
    """Without, and beside."""
    async with AsyncExitStack() as stack:
        jurors = [
            (await stack.enter_async_context(seated(said["url"], said["url"] + one["links"][juror])), one)
            for one in said["sessions"] for juror in one["jurors"]
            # Who misbehaves marks nothing.
            if (one, juror) != (said["sessions"][0], WAYS[name][0])
        ]
        await _marks(jurors, plan, plan.settle_seconds)
        calm = await _spell(server, jurors, plan)
        with ExitStack() as ends:
            nuisance = ends.enter_context(child(python("tests.bench.nuisances", name), out / f"{BENCH}-{name}.log"))
            await asyncio.to_thread(nuisance.ask, json.dumps(said))
            await _marks(jurors, plan, plan.settle_seconds)
            troubled = await _spell(server, jurors, plan)
            if nuisance.process.poll() is not None:
                raise RuntimeError(f"{name} has stopped: {nuisance.log.read_text(errors='replace')[-2000:]}")
    return calm, troubled


async def _spell(server: int, jurors: list[tuple[Person, dict[str, Any]]], plan: Plan) -> Spell:
    began, cpu = time.monotonic(), cpu_seconds(server)
    took = await _marks(jurors, plan, plan.seconds)
    return Spell(percentile(took, 0.99) or float("inf"), len(took),
                 (cpu_seconds(server) - cpu) / (time.monotonic() - began))


async def _marks(jurors: list[tuple[Person, dict[str, Any]]], plan: Plan, seconds: float) -> list[float]:
    took: list[float] = []
    until = time.monotonic() + seconds

    async def mark(juror: Person, one: dict[str, Any], after: float) -> None:
        await asyncio.sleep(after)
        turn = 0
        while (began := time.monotonic()) < until:
            code = one["competencies"][turn % len(one["competencies"])]
            await juror.send("SetMark", hearing=one["hearing"], competency=code, mark=("A", "NA")[turn % 2])
            took.append((time.monotonic() - began) * 1e3)
            turn += 1
            await asyncio.sleep(max(0.0, began + plan.mark_every_seconds - time.monotonic()))

    step = plan.mark_every_seconds / len(jurors)
    await asyncio.gather(*(mark(juror, one, number * step) for number, (juror, one) in enumerate(jurors)))
    return took
