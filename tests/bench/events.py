"""From a durable commit to the slowest of a session's readers, with many sessions being graded at once."""

from __future__ import annotations

import asyncio
import random
import time
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvloop

from tests.bench.figures import Reach, Teller, percentile
from tests.bench.processes import Child, child, cpu_seconds, python
from tests.serving import Person, seated

BENCH = "events"
DELAY = Reach("under", 50.0)
READERS = ("candidate", "employees", "employers", "trainer", "organizer")

Commits = Sequence[tuple[str, int, float]]
"""Session, position, when (seconds of the clock that all processes share)."""
Arrivals = Mapping[str, Sequence[Sequence[tuple[int, float]]]]
"""By session: of each reader the positions it was told, and when."""


@dataclass(frozen=True)
class Plan:
    sessions: int = 20
    warm_seconds: float = 3.0
    seconds: float = 15.0
    mark_every_seconds: float = 3.0
    """Each juror: busier than anybody grades."""
    append_seconds: float = 4.0


QUICK = Plan(sessions=2, warm_seconds=0.5, seconds=2.0, mark_every_seconds=0.5, append_seconds=0.5)


def run(out: Path, quick: bool = False) -> Iterator[dict[str, Any]]:
    plan, tell = QUICK if quick else Plan(), Teller(BENCH, quick)
    data = out / "sessions"
    command = python(
        "tests.bench.sessions_server", "--data", str(data / uuid.uuid4().hex), "--sessions", str(plan.sessions)
    )
    with child(command, out / f"{BENCH}.log") as server:
        yield from uvloop.run(_measure(server, plan, tell))


async def _measure(server: Child, plan: Plan, tell: Teller) -> list[dict[str, Any]]:
    said = await asyncio.to_thread(server.read)
    grading = Grading(said["url"], said["sessions"], plan)
    async with AsyncExitStack() as stack:
        stack.callback(grading.stop)
        await grading.start(stack)
        await asyncio.sleep(plan.warm_seconds)
        start, cpu = time.monotonic(), cpu_seconds(server.pid)
        await asyncio.sleep(plan.seconds)
        end, cpu = time.monotonic(), cpu_seconds(server.pid) - cpu
        grading.pause()
        await asyncio.sleep(1.0)  # what is on its way arrives
        commits = (await asyncio.to_thread(server.ask, "commits"))["commits"]
    wrote = await asyncio.to_thread(server.ask, f"appends {plan.append_seconds}")
    within = [(session, position, at) for session, position, at in commits if start <= at < end]
    slowest, missed = slowest_of_all(within, grading.arrivals)
    lines = [
        tell.line(
            "commit_to_slowest_reader", _share(slowest, share, missed), "ms", DELAY if share == 0.99 else None,
            percentile=share * 100, sessions=plan.sessions, readers=len(READERS), commits=len(within), missed=missed,
            commits_per_s=len(within) / (end - start), server_cpu=cpu / (end - start),
        )
        for share in (0.5, 0.99)
    ]
    return [*lines, tell.line(
        "appends_per_second", wrote["appends"] / wrote["seconds"], "1/s", database="sqlite", sessions=plan.sessions
    )]


def slowest_of_all(commits: Commits, arrivals: Arrivals) -> tuple[list[float], int]:
    """Of each commit the seconds until every reader of its session was told that position or a later one, and how many
    commits some reader was never told."""
    took: list[float] = []
    missed = 0
    for session, position, at in commits:
        seen = [
            next((when for told, when in reader if told >= position), None) for reader in arrivals.get(session, ())
        ]
        told = [when for when in seen if when is not None]
        if not seen or len(told) < len(seen):
            missed += 1
        else:
            took.append(max(told) - at)
    return took, missed


def _share(seconds: list[float], share: float, missed: int) -> float | None:
    """Milliseconds; a commit that somebody was never told took for ever."""
    value = percentile([*seconds, *[float("inf")] * missed], share)
    return None if value is None else value * 1e3


class Grading:
    """Everybody of all sessions, in this process: five readers each, and three jurors who mark."""

    def __init__(self, url: str, sessions: list[dict[str, Any]], plan: Plan) -> None:
        self._url, self._sessions, self._plan = url, sessions, plan
        self._tasks: list[asyncio.Task[None]] = []
        self._marking: list[asyncio.Task[None]] = []
        self.arrivals: dict[str, list[list[tuple[int, float]]]] = {one["session"]: [] for one in sessions}

    async def start(self, stack: AsyncExitStack) -> None:
        """Returns once every reader has its first view."""
        for one in self._sessions:
            people = {
                name: await stack.enter_async_context(seated(self._url, self._url + link))
                for name, link in one["links"].items()
            }
            for name in READERS:
                told: list[tuple[int, float]] = []
                self.arrivals[one["session"]].append(told)
                self._tasks.append(asyncio.create_task(self._read(people[name], told)))
            for name in one["jurors"]:
                self._marking.append(asyncio.create_task(self._mark(people[name], one)))
        async with asyncio.timeout(30):
            while not all(reader for readers in self.arrivals.values() for reader in readers):
                self._raise_failed()
                await asyncio.sleep(0.05)

    def pause(self) -> None:
        """No further marks."""
        self._raise_failed()
        for task in self._marking:
            task.cancel()

    def stop(self) -> None:
        for task in (*self._marking, *self._tasks):
            task.cancel()

    def _raise_failed(self) -> None:
        for task in (*self._marking, *self._tasks):
            if task.done() and not task.cancelled():
                task.result()
                raise RuntimeError("an event stream ended")

    async def _read(self, person: Person, told: list[tuple[int, float]]) -> None:
        """Whole messages, at the time their last byte came."""
        async with await person.get("events") as stream:
            if stream.status != 200:
                raise RuntimeError(f"event stream: {stream.status}")
            waiting = b""
            async for chunk in stream.content.iter_any():
                *messages, waiting = (waiting + chunk).split(b"\n\n")
                now = time.monotonic()
                told += [(position, now) for one in messages if (position := _position(one)) is not None]

    async def _mark(self, juror: Person, one: dict[str, Any]) -> None:
        await asyncio.sleep(random.random() * self._plan.mark_every_seconds)
        codes, turn = one["competencies"], 0
        while True:
            code, mark = codes[turn % len(codes)], ("A", "NA")[turn // len(codes) % 2]
            due = time.monotonic() + self._plan.mark_every_seconds
            await juror.send("SetMark", hearing=one["hearing"], competency=code, mark=mark)
            turn += 1
            await asyncio.sleep(max(0.0, due - time.monotonic()))


def _position(message: bytes) -> int | None:
    """An event stream's `id` (HTML Living Standard §9.2.6)."""
    for line in message.split(b"\n"):
        if line.startswith(b"id:"):
            return int(line[3:])
    return None
