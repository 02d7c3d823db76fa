"""The demo's past: what led to its day, asked for when it would have been, and in between what the platform does by
itself. The rules' delays are kept: nothing is waived."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from evaluation.body.kind import BODY
from evaluation.candidacy.kind import CANDIDACY
from evaluation.codec import encode
from evaluation.deadlines import day_of, start_of
from evaluation.people import SYSTEM, PersonId, SeatId
from evaluation.sitting.kind import SITTING
from evaluation.sitting.state import SittingState
from server.app.case_filling import letter_filling
from server.app.kept_data import Kept
from server.app.mail_delivery import build_delivery
from server.app.mass_acts import build_mass_acts
from server.clock import wall_clock
from server.config import Config
from server.documents.seals import Seals
from server.http.result_reading import ResultPapers
from server.journals.following import Following
from server.journals.quoting import reference
from server.mail.delivery import Delivery
from server.people.case_letters import case_letters
from server.people.convening import CONVENE, Convening
from server.people.day_letters import day_letters
from server.people.issuing_certificates import ISSUE_CERTIFICATES
from server.people.letter_outcomes import LetterOutcomes
from server.people.mass import Runner
from server.people.result_letters import result_letters
from server.people.sitting_notices import sitting_letters

HOUR = 3_600_000
MORNING = 10
Quoted = Mapping[str, object]


class Past:
    """A `Now`: the hour that is told, else the machine's."""

    def __init__(self) -> None:
        self.at: int | None = None

    def __call__(self) -> int:
        return wall_clock() if self.at is None else self.at


@dataclass
class Teller:
    """`day` is the demo's day."""

    kept: Kept
    past: Past
    day: date
    following: Following
    delivery: Delivery
    mass: Runner

    def before(self, days: int) -> date:
        return self.day - timedelta(days=days)

    @property
    def today(self) -> date:
        return day_of(self.past())

    # Time

    async def come_to(self, days: int, hour: int = MORNING) -> None:
        """So many days before the demo's. All that was due until then is done first."""
        await self._until(start_of(self.before(days)) + hour * HOUR)

    async def go_on(self, seconds: int) -> None:
        await self._until(self.past() + seconds * 1000)

    async def come_to_now(self) -> None:
        await self._until(wall_clock())
        self.past.at = None

    async def _until(self, at: int) -> None:
        await self._settle()
        while (coming := await self._next_due(at)) is not None:
            name, stream, due = coming
            self.past.at = max(due, self.past())
            kind = self.kept.journals.kinds.named(name)
            state = await self.kept.journals.state(kind, stream)
            for command in kind.due_commands(state, self.past()) if state is not None else ():
                await self.kept.journals.execute(
                    kind, stream, SYSTEM, kind.commands.name_of(command), encode(command), by_server=True)
            await self._settle()
        self.past.at = at

    async def _next_due(self, at: int) -> tuple[str, str, int] | None:
        found = [(due, stream, name) for stream, (name, due) in (await self.kept.journals.due()).items() if due <= at]
        if not found:
            return None
        due, stream, name = min(found)
        return name, stream, due

    async def _settle(self) -> None:
        """What follows from what was done, in other streams and by mail."""
        await self.following.carry_out()
        await self.mass.carry_out()
        while await self.delivery.send_due():
            pass

    # Acts

    async def in_day(self, session: str, actor: SeatId, command: str, /, **fields: object) -> None:
        await self.kept.sessions.execute(session, actor, command, fields, by_server=True)

    async def in_body(self, body: str, actor: PersonId, command: Any, **quotes: object) -> None:
        await self.kept.journals.execute(BODY, body, actor, type(command).__name__, {**encode(command), **quotes},
                                         by_server=True)

    async def in_candidacy(self, candidacy: str, actor: PersonId, command: str, /, **fields: object) -> Quoted:
        """The quote of what it led to."""
        await self.kept.journals.execute(CANDIDACY, candidacy, actor, command, fields, by_server=True)
        return reference((await self.kept.journals.records(candidacy))[-1])

    async def in_sitting(self, sitting: str, actor: PersonId, command: str, /, **fields: object) -> None:
        await self.kept.journals.execute(SITTING, sitting, actor, command, fields, by_server=True)
        await self._settle()

    async def sitting(self, sitting: str) -> SittingState:
        state = await self.kept.journals.state(SITTING, sitting)
        if state is None:
            raise LookupError(sitting)
        return state

    async def issue_certificates(self, body: str, clerk: PersonId, candidacies: tuple[str, ...]) -> None:
        """As an act for many; their papers are made once the platform runs."""
        await self.kept.mass_acts.begin("certificates", ISSUE_CERTIFICATES, body, clerk, candidacies)
        await self._settle()

    async def convene(self, session: str, organizer: SeatId, seats: tuple[str, ...]) -> None:
        """As an act for many."""
        await self.kept.mass_acts.begin(f"notices of {session}", CONVENE, session, organizer, seats)
        await self._settle()

    # What is quoted

    async def quote(self, stream: str, position: int) -> Quoted:
        (found,) = await self.kept.journals.records(stream, position - 1, position)
        return reference(found)

    async def quote_first(self, stream: str, event: str) -> Quoted:
        return next(reference(one) for one in await self.kept.journals.records(stream) if one.event == event)

    async def quote_row(self, body: str, index: str, key: str) -> Quoted:
        """The event of the body that a row of its indexes stands on."""
        row = await self.kept.rows.one(index, key)
        if row is None:
            raise LookupError(key)
        return await self.quote(body, int(str(row.data["position"])))


def teller_of(kept: Kept, config: Config, past: Past, day: date, url: str) -> Teller:
    """On what is kept, before it is served. `url` is what the letters' links begin with."""
    papers = ResultPapers(kept.journals, kept.accounts, kept.vault, Seals(config.seal, config.storage.folder))
    outcomes = LetterOutcomes(kept.journals, kept.letter_reports, papers.kept)
    delivery = build_delivery(config.mail, kept, past, complete=letter_filling(config, kept, url, papers),
                              tell=outcomes.tell)
    convening = Convening(kept.journals, kept.outbox, past, delivery.wake)
    kept.sessions.writes(day_letters)
    kept.journals.letters += [case_letters, result_letters, sitting_letters]
    return Teller(kept, past, day, Following(kept.journals, kept.followups, past, config.storage), delivery,
                  build_mass_acts(kept, convening, past, config))
