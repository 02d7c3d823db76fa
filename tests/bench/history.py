"""Years of history beside none: 10,000 candidacies and 2,000 days, measured side by side in one run.

What is asked: that a start, the memory, a list, a search and an act cost what is in hand, not what is long over.
"""
from __future__ import annotations

import asyncio
import json
import re
import time
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import aiohttp
import uvloop
from sqlalchemy import insert

from evaluation.body.kind import BODY
from evaluation.candidacy.kind import CANDIDACY
from evaluation.journal import GENESIS, Record, canonical, chain
from evaluation.kinds import Kind
from evaluation.people import SYSTEM
from evaluation.session import commands as c
from evaluation.session.kind import SESSION
from server.app.kept_data import Kept, open_kept, prepare
from server.clock import wall_clock
from server.config import Config, read_config
from server.storage import journal
from server.storage import rows as index
from server.storage.rows import Changes
from server.storage.spaces import How
from server.storage.tables import streams
from tests.bench.figures import Reach, Teller, percentile
from tests.bench.processes import child, memory_kib, python
from tests.evaluation.candidacy.house import CLERK, opened, outcome
from tests.evaluation.session.day import begun, words

BENCH = "history"
START, MEMORY, PAGE = Reach("at most", 3.0), Reach("at most", 150.0), Reach("at most", 100.0)
ACT = Reach("at most", 1.5)
"""An act's median beside years of history, over the same beside none: within the noise of a shared machine."""
AT_ONCE = 100
CLERK_PERSON = "p-history-clerk"


@dataclass(frozen=True)
class Plan:
    candidacies: int = 10_000
    days: int = 2_000
    starts: int = 5
    pages: int = 40
    marks: int = 400


QUICK = Plan(candidacies=40, days=4, starts=1, pages=3, marks=10)


def run(out: Path, quick: bool = False) -> Iterator[dict[str, Any]]:
    plan, tell = QUICK if quick else Plan(), Teller(BENCH, quick)
    folder = out / f"history-{uuid.uuid4().hex}"
    yield from uvloop.run(_measured(plan, tell, folder))


async def _measured(plan: Plan, tell: Teller, folder: Path) -> list[dict[str, Any]]:
    empty, full = folder / "empty", folder / "full"
    cookie = {}
    for one in (empty, full):
        cookie[one] = await _prepared(one, plan if one is full else None)
    starts: dict[Path, list[float]] = {empty: [], full: []}
    memory: dict[Path, list[float]] = {empty: [], full: []}
    pages: dict[str, list[float]] = {}
    for turn in range(plan.starts):
        for one in (empty, full):
            seconds, mib, found = await _served(one, cookie[one], plan if one is full and not turn else None)
            starts[one].append(seconds)
            memory[one].append(mib)
            pages.update(found)
    acts = {one: await _acts(one, plan.marks) for one in (empty, full)}
    size = {"candidacies": plan.candidacies, "days": plan.days}
    return [
        tell.line("start to the first page, beyond an empty server's", median(starts[full]) - median(starts[empty]),
                  "s", START, empty=median(starts[empty]), runs=plan.starts, **size),
        tell.line("memory beyond an empty server's", median(memory[full]) - median(memory[empty]), "MiB", MEMORY,
                  empty=median(memory[empty]), runs=plan.starts, **size),
        *(tell.line(f"{name}, median", median(taken), "ms", PAGE, p99=percentile(taken, 0.99), **size)
          for name, taken in pages.items()),
        tell.line("a mark's acknowledgement, over the same beside no history", acts[full] / acts[empty], "times", ACT,
                  with_history_ms=acts[full], without_ms=acts[empty], marks=plan.marks, **size),
    ]


# A server, from its start


async def _served(folder: Path, cookie: str, plan: Plan | None) -> tuple[float, float, dict[str, list[float]]]:
    """Seconds to the first page, MiB of its own after it, and each page's ms where `plan` asks for pages."""
    (folder / "config.toml").write_text(f'[server]\nport = 0\n[storage]\nfolder = "{folder}"\n'
                                        "[limits]\npages_per_minute = 1000000\n")
    begin = time.perf_counter()
    with child(python("server", "serve", "--config", str(folder / "config.toml")), folder / "log") as server:
        assert server.process.stdout is not None
        line = await asyncio.to_thread(server.process.stdout.readline)
        url = line.decode().strip()
        async with aiohttp.ClientSession(headers={"Cookie": cookie}) as client:
            await _page(client, f"{url}/space/{CLERK_PERSON}/")
            seconds = time.perf_counter() - begin
            mib = memory_kib(server.pid) / 1024
            found = await _pages(client, url, plan.pages) if plan is not None else {}
    return seconds, mib, found


async def _page(client: aiohttp.ClientSession, url: str) -> float:
    begin = time.perf_counter()
    async with client.get(url) as answer:
        await answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{url}: {answer.status}")
    return (time.perf_counter() - begin) * 1000


async def _pages(client: aiohttp.ClientSession, url: str, times: int) -> dict[str, list[float]]:
    """Each time another page of the list, and another name: none has been opened before."""
    space = f"{url}/space/{CLERK_PERSON}"
    asked = {"what awaits somebody": "/", "a list of an office": "/office/people",
             "a page of all candidacies": "/office/candidacies?page={number}",
             "a search of a candidacy by name": "/office/candidacies?q=Candidat{number}"}
    return {name: [await _page(client, space + address.format(number=3 * number + 1)) for number in range(times)]
            for name, address in asked.items()}


# What one act costs


async def _acts(folder: Path, marks: int) -> float:
    """Median ms of a mark, by the platform's own write path, in a day that is being graded."""
    config = _config(folder)
    kept = open_kept(config, wall_clock)
    await prepare(kept, config)
    try:
        taken: list[float] = []
        for number in range(marks):
            fields = {"hearing": "h1", "competency": f"C1.{number % 6 + 1}", "mark": ("A", "NA")[number // 6 % 2]}
            begin = time.perf_counter()
            await kept.sessions.execute("today", "emp-today", "SetMark", fields, key=uuid.uuid4().hex)
            taken.append((time.perf_counter() - begin) * 1000)
        return median(taken)
    finally:
        await kept.journals.close()
        await kept.database.close()


# The history


def _config(folder: Path) -> Config:
    return read_config(None, {"storage.folder": str(folder), "server.port": 0})


async def _prepared(folder: Path, plan: Plan | None) -> str:
    """The platform with its first clerk and a day that is being graded; with `plan`, also with its history. Gives the
    cookie of the clerk's space."""
    folder.mkdir(parents=True)
    config = _config(folder)
    kept = open_kept(config, wall_clock)
    try:
        await prepare(kept, config)
        await kept.accounts.save_person(CLERK_PERSON, {"name": "Historique", "first_name": "Camille", "email": ""})
        await kept.journals.execute(BODY, "b1", SYSTEM, "FoundBody", {
            "body": "b1", "name": "CNHBJO", "office": "o-clerk", "clerk": CLERK_PERSON}, by_server=True)
        await _written(kept, [("today", SESSION, _day("today", graded=False))])
        if plan is not None:
            await _past(kept, plan)
        token = await kept.accounts.spaces.open(CLERK_PERSON, How.PASSKEY)
    finally:
        await kept.database.close()
    return f"visiojury-space-{CLERK_PERSON}={token}"


async def _past(kept: Kept, plan: Plan) -> None:
    for name in range(plan.candidacies):
        await kept.accounts.save_person(f"p-cand-{name}", {
            "name": f"Candidat{name}", "first_name": f"Camille {name % 97}", "email": f"c{name}@example.org"})
    candidacies = ((f"k{one}", CANDIDACY, _candidacy(f"k{one}", f"p-cand-{one}")) for one in range(plan.candidacies))
    days = ((f"d{name}", SESSION, _day(f"d{name}", graded=True)) for name in range(plan.days))
    for past in (candidacies, days):
        waiting: list[tuple[str, Kind[Any], list[Record]]] = []
        for one in past:
            waiting.append(one)
            if len(waiting) == AT_ONCE:
                await _written(kept, waiting)
                waiting = []
        await _written(kept, waiting)


async def _written(kept: Kept, made: Sequence[tuple[str, Kind[Any], list[Record]]]) -> None:
    """Journals that were made elsewhere, with their index rows, in one transaction."""
    async with kept.database.writing() as connection:
        for stream, kind, records in made:
            state = kind.fold(records)
            await journal.append(connection, records)
            await connection.execute(insert(streams), [{
                "id": stream, "kind": kind.name, "created_at": records[0].at, "due_at": None,
                "closed_at": records[-1].at if kind.closed(state) else None}])
            await index.write(connection, kind.name, stream, Changes(added=tuple(kind.rows(state))))


def _rechained(stream: str, kind: Kind[Any], told: Iterable[tuple[str, str, int, str]]) -> list[Record]:
    records: list[Record] = []
    head = GENESIS
    for position, (event, actor, at, data) in enumerate(told, 1):
        records.append(chain(head, position, stream, kind.name, at, actor, event, json.loads(data)))
        head = records[-1].hash
    return records


def _of_day(graded: bool) -> tuple[tuple[str, str, int, str], ...]:
    day = begun().signed() if graded else begun().questioning()
    if graded:
        day.do("org", c.PostponeHearing("h2", words()), c.CloseSession())
    return tuple((one.event, one.actor, one.at, canonical(one.data).decode()) for one in day.records)


DAYS = {graded: _of_day(graded) for graded in (False, True)}
SEATS = re.compile(r"\b(org|obs|emp|own|tra|cand1|cand2|aid1|aid2|p-\w+)\b")


def _day(stream: str, *, graded: bool) -> list[Record]:
    """A whole day, or one that is being graded, with seats and people of its own."""
    def own(text: str) -> str:
        return SEATS.sub(lambda found: f"{found[1]}-{stream}", text)

    return _rechained(stream, SESSION, (
        (event, own(actor), at, own(data).replace('"s1"', f'"{stream}"')) for event, actor, at, data in DAYS[graded]))


def _of_candidacy() -> tuple[tuple[str, str, int, str], ...]:
    candidacy = opened()
    candidacy.do(CLERK, outcome("full", "BC1", "BC2"))
    return tuple((event, actor, at, canonical(data).decode()) for event, actor, at, data in candidacy.journal)


CANDIDACIES = _of_candidacy()


def _candidacy(stream: str, person: str) -> list[Record]:
    return _rechained(stream, CANDIDACY, (
        (event, actor, at, data.replace('"k1"', f'"{stream}"').replace('"p-cand"', f'"{person}"'))
        for event, actor, at, data in CANDIDACIES))
