"""A jury's day for tests: one session, three jurors, two candidates, and the way to each phase.

Every act goes through `decide`, the codec, the chain and `evolve`, as the server's do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from io import BytesIO
from typing import Any

import pytest

from evaluation.framework import Framework
from evaluation.framework_file import framework_to_data
from evaluation.grading import Mark, Result
from evaluation.journal import GENESIS, Record, chain, export
from evaluation.known import KINDS
from evaluation.people import SYSTEM, JurorCategory, Role, Seat, Words
from evaluation.rules import Refusal
from evaluation.session import commands as c
from evaluation.session.commands import Command
from evaluation.session.events import Event
from evaluation.session.hearing_parts import Deliberation
from evaluation.session.kind import SESSION
from evaluation.session.phases import Phase
from evaluation.session.state import Hearing, SessionState
from evaluation.verify import Verified, verify
from tests.evaluation.frameworks import POLISHING
from tests.evaluation.session.quotes import adjusted, agreement, appoint, in_force, office, registered

NINE = 1_773_648_000_000
"""16 March 2026, 9:00 in Paris, in ms."""
SECOND = 1000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE

ORGANIZER = Seat("org", "p-org", Role.ORGANIZER)
OBSERVER = Seat("obs", "p-obs", Role.OBSERVER)
EMPLOYEES = Seat("emp", "p-emp", Role.JUROR, JurorCategory.EMPLOYEES)
EMPLOYERS = Seat("own", "p-own", Role.JUROR, JurorCategory.EMPLOYERS)
TRAINER = Seat("tra", "p-tra", Role.JUROR, JurorCategory.TRAINER)
JURY = (EMPLOYEES, EMPLOYERS, TRAINER)
CANDIDATES = {h: Seat(f"cand{h[1]}", f"p-cand{h[1]}", Role.CANDIDATE, hearing=h) for h in ("h1", "h2")}
AIDS = {h: Seat(f"aid{h[1]}", f"p-aid{h[1]}", Role.AID, hearing=h) for h in ("h1", "h2")}
CODES = tuple(f"C{block}.{number}" for block in (1, 2) for number in range(1, 7))
ALL_A = dict.fromkeys(CODES, Mark.ACQUIRED)


def words(ref: str = "w") -> Words:
    return Words(ref, "d" * 8)


def framework(**changes: object) -> Framework:
    return replace(POLISHING, **changes)


def substitute(
    category: JurorCategory, name: str = "sub", hearing: str | None = None, person: str | None = None
) -> Seat:
    return Seat(name, person or f"p-{name}", Role.JUROR, category, hearing)


def marks(*not_acquired: str) -> dict[str, Mark]:
    """Every mark A, but those of these competencies."""
    return ALL_A | dict.fromkeys(not_acquired, Mark.NOT_ACQUIRED)


def named(event: type) -> str:
    """As the journal names an event."""
    return next(name for name, one in SESSION.events.classes.items() if one is event)


def verified(lines: Iterable[bytes]) -> Verified:
    """One journal alone, proved."""
    found, = verify(lines, KINDS)
    return found


class Day:
    """`now` is the clock in ms; `do` acts and returns what happened; `refused` wants a refusal and returns its rule."""

    def __init__(self) -> None:
        self.now = NINE
        self.current: SessionState | None = None
        self.records: list[Record] = []

    @property
    def state(self) -> SessionState:
        assert self.current is not None
        return self.current

    def hearing(self, hearing: str = "h1") -> Hearing:
        return self.state.hearing(hearing)

    def do(self, actor: str, *commands: Command) -> list[Event]:
        happened: list[Event] = []
        for command in commands:
            events = SESSION.decide(self.current, command, actor, self.now)
            self._keep(events, actor)
            happened += events
        return happened

    def _keep(self, events: Iterable[Event], actor: str) -> None:
        for event in events:
            position = len(self.records) + 1
            at = max(self.now, self.current.last_at if self.current else 0)
            prev = self.records[-1].hash if self.records else GENESIS
            name, data = SESSION.encoded(event, first=position == 1)
            record = chain(prev, position, "s1", "session", at, actor, name, data)
            self.records.append(record)
            same = SESSION.decoded(record.event, record.data, first=position == 1)
            assert same == event
            self.current = SESSION.evolve(self.current, same, position=position, at=at, actor=actor)

    def refused(self, actor: str, command: Command) -> str:
        before = self.current
        with pytest.raises(Refusal) as refusal:
            SESSION.decide(self.current, command, actor, self.now)
        assert self.current is before
        return refusal.value.rule

    def why(self, actor: str, command: Command) -> str:
        """The refusal's words, as the person reads them."""
        with pytest.raises(Refusal) as refusal:
            SESSION.decide(self.current, command, actor, self.now)
        return refusal.value.text.format(**refusal.value.values)

    def wait(self, minutes: Fraction | float = 1) -> Day:
        self.now += int(minutes * MINUTE)
        return self

    def join(self, *seats: str) -> Day:
        for seat in seats:
            self.do(SYSTEM, c.Join(seat))
        return self

    def leave(self, *seats: str) -> Day:
        for seat in seats:
            self.do(SYSTEM, c.Leave(seat))
        return self

    def lines(self) -> list[bytes]:
        return BytesIO(b"".join(export(self.records))).readlines()

    # The way to each phase, one step each

    def ready(self, hearing: str = "h1") -> Day:
        """The candidate has acknowledged the message, tried the devices, and waits."""
        candidate = self.hearing(hearing).candidate.id
        self.join(candidate)
        self.do(candidate, c.AcknowledgePrevention(hearing, "digest"), c.EnterWaitingRoom(hearing))
        return self

    def called(self, hearing: str = "h1") -> Day:
        self.ready(hearing).do(self.president(hearing), c.CallIn(hearing))
        return self

    def identified(self, hearing: str = "h1") -> Day:
        self.called(hearing)
        return self.identify(hearing)

    def identify(self, hearing: str = "h1") -> Day:
        president = self.president(hearing)
        for seat in self.state.jurors_sitting(hearing):
            if seat.id != president:
                self.do(seat.id, c.GiveIdentityOpinion(hearing, True))
        self.do(president, c.DecideIdentity(hearing, "conform", "proceed"))
        return self

    def welcomed(self, hearing: str = "h1") -> Day:
        self.identified(hearing)
        return self.welcome(hearing)

    def welcome(self, hearing: str = "h1") -> Day:
        """The reminder said, the sheet signed."""
        for point in range(len(self.state.framework.reminder)):
            self.do(self.president(hearing), c.CheckReminder(hearing, point, True))
        self.do(self.hearing(hearing).candidate.id, c.SignSheet(hearing, words()))
        return self

    def presenting(self, hearing: str = "h1") -> Day:
        self.welcomed(hearing).do(self.president(hearing), c.StartPresentation(hearing))
        return self

    def questioning(self, hearing: str = "h1") -> Day:
        self.presenting(hearing).wait(15).do(self.president(hearing), c.StartQuestions(hearing))
        return self

    def grading(self, hearing: str = "h1") -> Day:
        self.questioning(hearing).wait(30).do(self.president(hearing), c.DismissCandidate(hearing))
        return self

    def graded(self, hearing: str = "h1", given: Mapping[str, Mark] | None = None) -> Day:
        """Three grids, complete and closed."""
        self.grading(hearing)
        for seat in self.state.jurors_sitting(hearing):
            self.grade(seat.id, hearing, given)
        return self

    def grade(self, juror: str, hearing: str = "h1", given: Mapping[str, Mark] | None = None) -> Day:
        for code, mark in self.sought(hearing, given).items():
            self.do(juror, c.SetMark(hearing, code, mark, not_shown=mark is Mark.NOT_ACQUIRED))
        self.do(juror, c.CloseGrid(hearing))
        return self

    def deliberating(self, hearing: str = "h1", given: Mapping[str, Mark] | None = None) -> Day:
        self.graded(hearing, given).do(self.president(hearing), c.OpenDeliberation(hearing))
        return self

    def agreed(self, hearing: str = "h1", given: Mapping[str, Mark] | None = None) -> Day:
        self.deliberating(hearing, given)
        return self.agree(hearing, given)

    def agree(self, hearing: str = "h1", given: Mapping[str, Mark] | None = None) -> Day:
        """The president proposes and the others confirm; every competency sought, or those given."""
        president, proposed = self.president(hearing), self.sought(hearing, given)
        self.do(president, c.ProposeConsensus(hearing, proposed))
        for seat in self.state.jurors_sitting(hearing):
            self.do(seat.id, c.ConfirmConsensus(hearing, proposed))
        return self

    def advised(self, hearing: str = "h1", given: Mapping[str, Mark] | None = None) -> Day:
        self.agreed(hearing, given)
        return self.advise(hearing)

    def advise(self, hearing: str = "h1") -> Day:
        """A recommendation for each block and the whole, whatever the marks compute."""
        for block in (*self.hearing(hearing).blocks, None):
            self.do(self.president(hearing), c.Recommend(hearing, block, "award", words()))
        return self

    def signed(self, hearing: str = "h1", given: Mapping[str, Mark] | None = None) -> Day:
        """To the end: the three have signed."""
        self.advised(hearing, given)
        return self.sign(hearing)

    def sign(self, hearing: str = "h1") -> Day:
        president = self.president(hearing)
        others = [s.id for s in self.state.jurors_sitting(hearing) if s.id != president]
        for seat in (*others, president):
            self.do(seat, c.SignDeliberation(hearing))
        return self

    # Little helps

    def president(self, hearing: str | None) -> str:
        president = self.state.president_of(hearing)
        assert president is not None
        return president

    def sought(self, hearing: str, given: Mapping[str, Mark] | None = None) -> dict[str, Mark]:
        if given is not None:
            return dict(given)
        sought = self.state.framework.competencies(self.hearing(hearing).blocks)
        return {competency.code: Mark.ACQUIRED for competency in sought}

    def deliberation(self, hearing: str = "h1") -> Deliberation:
        deliberation = self.hearing(hearing).deliberation
        assert deliberation is not None
        return deliberation

    def phase(self, hearing: str = "h1") -> Phase:
        return self.hearing(hearing).phase

    def elapsed(self, phase: Phase, hearing: str = "h1") -> int:
        return self.hearing(hearing).clocks[phase].elapsed(self.now)


def drive(day: Day, *commands: Command) -> list[Event]:
    """What the president of `begun` does."""
    return day.do("emp", *commands)


def planned(of: Framework = POLISHING, **changes: Any) -> Day:
    """The session alone."""
    day = Day()
    day.do("org", plan(of, **changes))
    return day


def plan(of: Framework = POLISHING, session: str = "s1", on: str = "2026-03-16", **changes: object) -> c.PlanSession:
    """What the provider's organizer asks, under the version that is in force."""
    command = c.PlanSession(
        session, framework_to_data(of), in_force(of), on, ORGANIZER, office(), agreement(), (OBSERVER,), True)
    return replace(command, **changes)


def appointed(of: Framework = POLISHING, **changes: object) -> Day:
    """With its jury."""
    day = planned(of, **changes)
    day.do(SYSTEM, appoint(JURY))
    return day


def hearing(
    name: str = "h1", /, extra_seconds: dict[str, int] | None = None, enrolled: Mapping[str, Any] | None = None,
    **changes: object,
) -> c.AddHearing:
    """`enrolled` are changes of the registration that it rests on; the others are those of the command."""
    minutes, candidate = 15 if name == "h1" else 135, CANDIDATES[name]
    given: dict[str, Any] = {"person": candidate.person, **(enrolled or {})}
    adjustment = adjusted(candidate.person, extra_seconds) if extra_seconds is not None else None
    command = c.AddHearing(
        name, registered(**given), candidate, NINE + minutes * MINUTE,
        adjustment=adjustment, aids=(AIDS[name],),
    )
    return replace(command, **changes)


def listed(
    of: Framework = POLISHING, hearings: Mapping[str, Mapping[str, Any]] | None = None, **changes: object
) -> Day:
    """With two hearings on its list; `hearings` changes some of their fields, by name."""
    day = appointed(of, **changes)
    for name in ("h1", "h2"):
        day.do("org", hearing(name, **(hearings or {}).get(name, {})))
    return day


def begun(
    of: Framework = POLISHING, hearings: Mapping[str, Mapping[str, Any]] | None = None, **changes: object
) -> Day:
    """With everybody but the candidates there, and the employees' representative presiding."""
    day = listed(of, hearings, **changes).join("org", "obs", "aid1", *(s.id for s in JURY))
    day.do("emp", c.DesignatePresident("emp"))
    day.do("own", c.DesignatePresident("emp"))
    return day.wait(20)


def result(day: Day, hearing: str = "h1") -> Result:
    found = day.hearing(hearing).result
    assert found is not None
    return found
