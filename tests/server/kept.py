"""What lies on disk, for tests: real storage, a clock set by hand, and a day written through the one write path."""
from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from evaluation.case.kind import CASE
from evaluation.case.terms import case_id
from evaluation.codec import encode
from evaluation.deadlines import day_of, start_of
from evaluation.people import SYSTEM
from server.app.kept_data import Kept, open_kept, prepare
from server.config import Config, read_config
from server.journals.following import Following
from server.journals.write_path import Outcome
from server.storage.logins import LiveLogin
from tests.evaluation.frameworks import POLISHING
from tests.evaluation.session import day
from tests.server import bodies

SESSION = "s1"
DATE = day_of(day.NINE)


class HandClock:
    """Milliseconds since 1970 UTC, moved by the test."""

    def __init__(self, now: int = day.NINE) -> None:
        self.now = now

    def __call__(self) -> int:
        return self.now


def config_in(folder: Path, url: str) -> Config:
    config = read_config(None, {"storage.folder": str(folder), "server.port": 0})
    database = "sqlite" if url.startswith("sqlite") else url.replace("+asyncpg", "")
    return replace(config, storage=replace(config.storage, database=database))


@dataclass
class House:
    """One server's storage, and how to open it once more as another process would."""

    config: Config
    clock: HandClock
    kept: Kept
    others: list[House] = field(default_factory=list["House"])

    @classmethod
    async def open(cls, config: Config, clock: HandClock | None = None) -> House:
        clock = clock or HandClock()
        kept = open_kept(config, clock)
        await prepare(kept, config)
        return cls(config, clock, kept)

    async def again(self) -> House:
        """The same storage, nothing remembered."""
        self.others.append(await House.open(self.config, self.clock))
        return self.others[-1]

    async def close(self) -> None:
        for other in self.others:
            await other.close()
        await self.kept.sessions.close()
        await self.kept.database.close()

    async def do(self, actor: str, command: str, *, key: str | None = None, expected: int | None = None,
                 **fields: Any) -> Outcome:
        return await self.kept.sessions.execute(SESSION, actor, command, fields, key=key, expected=expected,
                                                by_server=True)

    @property
    def commission(self) -> bodies.Commission:
        return bodies.Commission(self.kept.journals, self.kept.database, self.clock, self.config.storage)

    async def positions(self) -> list[int]:
        return [one.position for one in await self.kept.sessions.records(SESSION)]

    async def plan(self, on: date = DATE, **hearings: dict[str, Any]) -> House:
        """The session with its jury, two hearings, the jurors there and a president; `hearings` changes some of their
        fields, by name."""
        later = start_of(on) - start_of(DATE)
        under = await bodies.planned_under(self.kept.journals, day.ORGANIZER.person)
        fields: dict[str, Any] = {**encode(day.plan(session=SESSION, on=on.isoformat())), **under}
        await self.do("org", "PlanSession", **fields)
        await self.commission.appoints(SESSION, day.JURY)
        for name in ("h1", "h2"):
            candidate = day.CANDIDATES[name].person
            enrolled = await bodies.registered(self.kept.journals, candidate, day.ORGANIZER.person)
            command = day.hearing(name)
            fields = {**encode(command), "candidacy": enrolled, "starts_at": command.starts_at + later,
                      **hearings.get(name, {})}
            await self.do("org", "AddHearing", **fields)
        for seat in ("emp", "own", "tra", "cand1"):
            await self.do(SYSTEM, "Join", seat=seat)
        for juror in ("emp", "own"):
            await self.do(juror, "DesignatePresident", choice="emp")
        return self

    async def enter(self, seat: str, cookie: str = "") -> LiveLogin | None:
        """As from its person's space."""
        entry = await self.kept.accounts.seat(seat)
        assert entry is not None
        return await self.kept.accounts.logins.enter(entry, cookie)

    async def call_in(self) -> House:
        await self.do("cand1", "AcknowledgePrevention", hearing="h1", wording="digest")
        await self.do("cand1", "EnterWaitingRoom", hearing="h1")
        await self.do("emp", "CallIn", hearing="h1")
        return self

    async def present(self) -> House:
        """To the presentation."""
        await self.call_in()
        for juror in ("own", "tra"):
            await self.do(juror, "GiveIdentityOpinion", hearing="h1", conform=True)
        await self.do("emp", "DecideIdentity", hearing="h1", finding="conform", course="proceed")
        for point in range(len(POLISHING.reminder)):
            await self.do("emp", "CheckReminder", hearing="h1", point=point, said=True)
        await self.do("cand1", "SignSheet", hearing="h1", words="Camille Martin")
        await self.do("emp", "StartPresentation", hearing="h1")
        return self

    async def carried_out(self) -> None:
        """All that follows, and what follows from that."""
        following = Following(self.kept.journals, self.kept.followups, self.clock, self.config.storage)
        while await self.kept.followups.waiting():
            assert await following.carry_out() is None

    async def stop(self, hearing: str = "h1") -> None:
        """The president ends it before its time; the commission closes the case that follows from that (R7.1)."""
        before = len(await self.kept.journals.records(SESSION))
        await self.do("emp", "StopHearing", hearing=hearing, words="malaise")
        noted = [one for one in (await self.kept.journals.records(SESSION))[before:]
                 if one.event == "session.incident_recorded"]
        if not noted:
            return
        await self.carried_out()
        office = (await bodies.offices_at(self.kept.journals))["o-member"].position
        for one in noted:
            case = case_id(one.kind, one.stream, one.position)
            (row,) = [each for each in await self.kept.rows.page("cases") if each.stream == case]
            await self.kept.journals.execute(CASE, case, bodies.MEMBER, "CloseCase", {
                "candidacy": row.about, "office": await bodies.quote(self.kept.journals, bodies.STREAM, office)})
        await self.carried_out()
