"""The platform with many sessions planned and begun: `python -m tests.bench.sessions_server --data DIR --sessions N`.

The first line says where it serves and who may come in. Then, for a line on standard input: `commits` says when each
commit was durable (on the clock that all processes share), `appends SECONDS` writes as fast as it can meanwhile.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time
import uuid
from importlib.resources import files
from pathlib import Path
from typing import Any, cast

from aiohttp import web

from evaluation.codec import encode
from evaluation.deadlines import day_of
from evaluation.framework import Framework
from evaluation.framework_file import parse_framework
from evaluation.people import SYSTEM, Role, Seat
from evaluation.session.state import SessionState
from server import logs
from server.app.kept_data import Kept, open_kept, prepare
from server.app.running import running
from server.cli.demo import FRAMEWORK
from server.cli.main import run_loop
from server.clock import wall_clock
from server.config import Config, StorageSettings, read_config
from server.http import parts
from server.journals.ledger import Commit
from server.journals.of_kind import Sessions
from server.media.sfu.built_in_engine import Sfu
from tests.server import bodies
from tests.server.documents.samples import pdf

CATEGORIES = ("employees", "employers", "trainer")
PRESIDENT = 1
"""Which of the jurors presides: a representative of the employers."""
PAGES = 10
MANY = 1_000_000
"""A minute; the load comes from one address."""


class Planner:
    """One session after the other, each to the presentation, when marks may be given."""

    def __init__(self, kept: Kept, framework: Framework, storage: StorageSettings) -> None:
        self._kept, self._framework = kept, framework
        self._commission = bodies.Commission(kept.journals, kept.database, wall_clock, storage)
        self._codes = [c.code for block in framework.blocks for c in block.competencies]

    async def plan(self, number: int) -> dict[str, Any]:
        """The session's id, its competencies, and the links."""
        session, hearing = f"bench-{number}", f"hearing-{number}"
        organizer = await self._seat(f"organizer-{number}", Role.ORGANIZER)
        candidate = await self._seat(f"candidate-{number}", Role.CANDIDATE, hearing=hearing)
        jurors = [await self._seat(f"{one}-{number}", Role.JUROR, category=one) for one in CATEGORIES]

        async def ask(actor: str, command: str, **fields: object) -> None:
            await self._kept.sessions.execute(session, actor, command, fields, by_server=True)

        now = wall_clock()
        await ask(
            organizer.id, "PlanSession", session=session, date=day_of(now).isoformat(), organizer=encode(organizer),
            **await bodies.planned_under(self._kept.journals, organizer.person, self._framework),
        )
        await self._commission.appoints(session, jurors)
        await ask(
            organizer.id, "AddHearing", hearing=hearing, candidate=encode(candidate), starts_at=now,
            candidacy=await bodies.registered(
                self._kept.journals, candidate.person, organizer.person, self._framework),
        )
        for one in (organizer, candidate, *jurors):
            await ask(SYSTEM, "Join", seat=one.id)
        document = await self._portfolio(ask, session, hearing, candidate)
        await self._begin(ask, hearing, candidate, jurors)
        seats = {"organizer": organizer, "candidate": candidate, **dict(zip(CATEGORIES, jurors, strict=True))}
        links = {name: f"/i/{await self._kept.accounts.invite(one.id)}" for name, one in seats.items()}
        return {
            "session": session, "hearing": hearing, "competencies": self._codes, "links": links, "jurors": CATEGORIES,
            "document": document, "pages": PAGES,
        }

    async def _portfolio(self, ask: Any, session: str, hearing: str, candidate: Seat) -> str:
        data = pdf(PAGES)
        stored = await self._kept.vault.put_file(candidate.person, session, "portfolio_a", "application/pdf", data)
        await ask(candidate.id, "SupplyDocument", hearing=hearing, document=stored.id, kind="portfolio_a",
                  digest=stored.digest, pages=PAGES)
        return stored.id

    async def _begin(self, ask: Any, hearing: str, candidate: Seat, jurors: list[Seat]) -> None:
        president, others = jurors[PRESIDENT], [one for one in jurors if one is not jurors[PRESIDENT]]
        for one in others:
            await ask(one.id, "DesignatePresident", choice=president.id)
        await ask(candidate.id, "AcknowledgePrevention", hearing=hearing, wording="0" * 64)
        await ask(candidate.id, "EnterWaitingRoom", hearing=hearing)
        await ask(president.id, "CallIn", hearing=hearing)
        for one in others:
            await ask(one.id, "GiveIdentityOpinion", hearing=hearing, conform=True)
        await ask(president.id, "DecideIdentity", hearing=hearing, finding="conform", course="proceed")
        for point, _ in enumerate(self._framework.reminder):
            await ask(president.id, "CheckReminder", hearing=hearing, point=point, said=True)
        await ask(candidate.id, "SignSheet", hearing=hearing, words="signé")
        await ask(president.id, "StartPresentation", hearing=hearing)

    async def _seat(self, slug: str, role: Role, category: str | None = None, hearing: str | None = None) -> Seat:
        seat = Seat(f"seat-{slug}", f"person-{slug}", role, category, hearing)  # type: ignore[arg-type]
        profile = {"name": slug, "first_name": "Camille", "email": f"{slug}@example.org", "company": "", "sex": ""}
        await self._kept.accounts.save_person(seat.person, profile)
        return seat


class Appender:
    """Marks turned over and over: one writer for each session, by the platform's own write path."""

    def __init__(self, sessions: Sessions, planned: list[dict[str, Any]]) -> None:
        self._sessions, self._planned, self._written = sessions, planned, 0

    async def run(self, seconds: float) -> dict[str, float]:
        start = time.monotonic()
        await asyncio.gather(*(self._write(one, start + seconds) for one in self._planned))
        return {"appends": self._written, "seconds": time.monotonic() - start}

    async def _write(self, one: dict[str, Any], until: float) -> None:
        juror = f"seat-{CATEGORIES[0]}-{one['session'].removeprefix('bench-')}"
        turn = 0
        while time.monotonic() < until:
            code = one["competencies"][turn % len(one["competencies"])]
            mark = ("A", "NA")[turn // len(one["competencies"]) % 2]
            fields = {"hearing": one["hearing"], "competency": code, "mark": mark}
            await self._sessions.execute(one["session"], juror, "SetMark", fields, key=str(uuid.uuid4()))
            self._written += 1
            turn += 1


async def serve(data: Path, count: int, as_shipped: bool) -> int:
    config = _config(data, as_shipped)
    kept = open_kept(config, wall_clock)
    try:
        await prepare(kept, config)
        framework = parse_framework((files("evaluation") / "frameworks" / FRAMEWORK).read_text("utf-8"))
        planner = Planner(kept, framework, config.storage)
        planned = [await planner.plan(number) for number in range(count)]
    finally:
        await kept.database.close()
    async with running(config) as server:
        await _obey(server.app, server.url, planned)
    return 0


async def _obey(app: web.Application, url: str, planned: list[dict[str, Any]]) -> None:
    commits: list[tuple[str, int, float]] = []

    def note(commit: Commit[SessionState]) -> None:
        commits.append((commit.stream, commit.state.position, time.monotonic()))

    # Before anybody else is told.
    app[parts.SESSIONS].on_commit.insert(0, note)
    appender = Appender(app[parts.SESSIONS], planned)
    _say({"url": url, "sessions": planned, "media_tcp": cast("Sfu", app[parts.ENGINE]).tcp_port})
    while line := await asyncio.to_thread(sys.stdin.readline):
        what, *rest = line.split()
        _say({"commits": commits} if what == "commits" else await appender.run(float(rest[0])))


def _say(words: dict[str, Any]) -> None:
    print(json.dumps(words), flush=True)


def _config(data: Path, as_shipped: bool) -> Config:
    free = ("logins", "commands", "marks", "links", "streams", "files", "visits")
    limits = {"limits.logins_per_minute": MANY} if as_shipped else {f"limits.{one}_per_minute": MANY for one in free}
    return read_config(None, {"server.port": 0, "storage.folder": str(data), **limits})


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--sessions", type=int, required=True)
    parser.add_argument("--as-shipped", action="store_true", help="with the rates of config.toml, but for logins")
    given = parser.parse_args()
    logs.configure()
    raise SystemExit(run_loop(serve(given.data, given.sessions, given.as_shipped)))
