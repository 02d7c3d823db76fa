"""Earlier days of the demo, whose candidates were heard, and the certification jury that is convened to rule on what
their juries recommended."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from evaluation.body.sittings import DecideSitting
from evaluation.candidacy.recommended import RECOMMENDED
from evaluation.codec import encode
from evaluation.deadlines import day_of, start_of
from evaluation.framework import Framework
from evaluation.framework_file import framework_to_data
from evaluation.people import SYSTEM, JurorCategory, Role
from evaluation.sitting.terms import SittingMember
from server.cli import demo_body
from server.cli.demo_body import CLERK_OFFICE, PRESIDES, STREAM, under
from server.cli.demo_cast import Placed, id_of, placed
from server.cli.demo_registering import candidacy_of, register
from server.cli.demo_teller import HOUR, Quoted, Teller
from server.documents.demo import DemoPeople, DemoPerson

REGISTERED: Final = 120
"""In days before the demo's."""
FIRST, APART, AFTERWARDS = 10, 2, 17
"""The first candidate's hour in Paris, hours between two, the hour at which the sitting is convened."""
SPARED: Final = 90
"""What is left of a phase that may end at once, in seconds."""
DISPUTED: Final = "C1.2"
SAID: Final = "Des traits d’émeri restaient visibles."
SHOWN: Final[Mapping[bool, str]] = {
    False: "Travail maîtrisé, bien expliqué.", True: "Un geste obligatoire n’est pas encore acquis."}
"""Words of a recommendation, by whether something lacks."""


@dataclass(frozen=True)
class HeardDay:
    """Held so many days before the demo's. `lacking`: of each of those who were `heard`, what all three jurors found
    not to be there; they do not agree on one competency of the first where something is `disputed`."""

    teller: Teller
    people: DemoPeople
    framework: Framework
    session: str
    held: int
    heard: tuple[DemoPerson, ...]
    lacking: Sequence[Sequence[str]]
    disputed: bool = False

    @property
    def sitting(self) -> str:
        return f"sitting-{self.session}"

    @property
    def candidates(self) -> tuple[Placed, ...]:
        return tuple(placed(one, Role.CANDIDATE, f"{self.session}-{number}", f"{self.session}-")
                     for number, one in enumerate(self.heard, 1))

    @property
    def jurors(self) -> tuple[Placed, ...]:
        return tuple(placed(self.people.pool[one], Role.JUROR, prefix=f"{self.session}-") for one in (0, 3, 4))

    @property
    def organizer(self) -> Placed:
        return placed(self.people.organizer, Role.ORGANIZER, prefix=f"{self.session}-")

    async def register(self) -> list[Quoted]:
        return [await register(self.teller, self.people, one.person, self.framework, REGISTERED)
                for one in self.candidates]

    async def hear(self, registered: Sequence[Quoted]) -> None:
        """Planned, its jury appointed, and its candidates heard to the third signature."""
        await self.teller.come_to(self.held + 1)
        day = self.teller.before(self.held)
        await self._ask(
            self.organizer, "PlanSession", session=self.session, framework=framework_to_data(self.framework),
            date=day.isoformat(), organizer=encode(self.organizer.seat),
            **(await under(self.teller, self.framework)).fields())
        for index, (one, candidacy) in enumerate(zip(self.candidates, registered, strict=True)):
            await self._ask(self.organizer, "AddHearing", hearing=one.hearing, candidate=encode(one.seat),
                            candidacy=candidacy, starts_at=start_of(day) + (FIRST + index * APART) * HOUR)
        await demo_body.ask_for_jury(self.teller, self.people, self.session, self.framework)
        await demo_body.decide_jury(self.teller, self.people, self.session, tuple(one.seat for one in self.jurors))
        await self.teller.come_to(self.held, FIRST)
        presides = self.jurors[0]
        for juror in self.jurors[:2]:
            await self._ask(juror, "DesignatePresident", choice=presides.seat.id)
        for index, one in enumerate(self.candidates):
            await self.teller.come_to(self.held, FIRST + index * APART)
            disputed = DISPUTED if self.disputed and index == 0 else None
            await _Hearing(self, one, self.lacking[index], disputed).heard()
        await self._ask(self.organizer, "CloseSession")

    async def convene_sitting(self, at: int) -> None:
        """By the clerk, the same evening, over them all. The commission names the members, the board's
        president presides."""
        await self.teller.come_to(self.held, AFTERWARDS)
        clerk = id_of(self.people.clerk)
        office = await self.teller.quote_row(STREAM, "offices", CLERK_OFFICE)
        await self.teller.in_sitting(
            self.sitting, clerk, "ConveneSitting", sitting=self.sitting, body=STREAM, mode="remote", at=at,
            office=office, hold_by=day_of(at).isoformat())
        for one in self.candidates:
            await self.teller.in_sitting(
                self.sitting, clerk, "PutOnAgenda", candidacy=candidacy_of(id_of(one.person)), office=office,
                said=await self.teller.quote_first(candidacy_of(id_of(one.person)), RECOMMENDED),
                framework=framework_to_data(self.framework))
        employees, employers = self.people.sits
        members = (SittingMember(id_of(employees), JurorCategory.EMPLOYEES),
                   SittingMember(id_of(employers), JurorCategory.EMPLOYERS))
        decided = DecideSitting(f"jury-{self.sitting}", self.sitting, members)
        await self.teller.in_body(STREAM, id_of(self.people.member), decided)
        await self.teller.in_sitting(
            self.sitting, clerk, "SeatPresident", person=id_of(self.people.presides), office=office,
            office_of=await self.teller.quote_row(STREAM, "offices", PRESIDES))

    async def _ask(self, by: Placed, command: str, **fields: object) -> None:
        await self.teller.in_day(self.session, by.seat.id, command, **fields)


@dataclass(frozen=True)
class _Hearing:
    """`lacks` are marked NA by all; on `disputed` the third says NA, the others A."""

    day: HeardDay
    candidate: Placed
    lacks: Sequence[str]
    disputed: str | None

    async def heard(self) -> None:
        presides, timing = self.day.jurors[0], self.day.framework.phases
        for one in (*self.day.jurors, self.candidate):
            await self.day.teller.in_day(self.day.session, SYSTEM, "Join", seat=one.seat.id)
        await self._ask(self.candidate, "AcknowledgePrevention", wording="w")
        await self._ask(self.candidate, "EnterWaitingRoom")
        await self._ask(presides, "CallIn")
        for juror in self.day.jurors[1:]:
            await self._ask(juror, "GiveIdentityOpinion", conform=True)
        await self._ask(presides, "DecideIdentity", finding="conform", course="proceed")
        for point in range(len(self.day.framework.reminder)):
            await self._ask(presides, "CheckReminder", point=point, said=True)
        await self._ask(self.candidate, "SignSheet", words=self.candidate.person.name)
        for phase, command in (("presentation", "StartPresentation"), ("questions", "StartQuestions")):
            await self._ask(presides, command)
            await self.day.teller.go_on(timing[phase].floor or timing[phase].ceiling - SPARED)
        await self._marked()
        await self._deliberated()
        for one in (*self.day.jurors, self.candidate):
            await self.day.teller.in_day(self.day.session, SYSTEM, "Leave", seat=one.seat.id)

    @property
    def _marks(self) -> dict[str, str]:
        codes = [one.code for block in self.day.framework.blocks for one in block.competencies]
        return {code: "NA" if code in self.lacks else "A" for code in codes}

    async def _marked(self) -> None:
        third = self.day.jurors[2]
        for juror in self.day.jurors:
            for code, agreed in self._marks.items():
                mark = "NA" if code == self.disputed and juror == third else agreed
                await self._ask(juror, "SetMark", competency=code, mark=mark, words=SAID if mark == "NA" else None)
        await self._ask(self.day.jurors[0], "DismissCandidate", words=None)
        for juror in self.day.jurors:
            await self._ask(juror, "CloseGrid")

    async def _deliberated(self) -> None:
        presides, *others = self.day.jurors
        await self._ask(presides, "OpenDeliberation")
        agreed = {code: mark for code, mark in self._marks.items() if code != self.disputed}
        await self._ask(presides, "ProposeConsensus", marks=agreed)
        for juror in others:
            await self._ask(juror, "ConfirmConsensus", marks=agreed)
        if self.disputed:
            await self._ask(presides, "DeclareDispute", competencies=[self.disputed],
                            words="Deux voient une reprise acquise, le troisième non.")
        for block in self.day.framework.blocks:
            await self._recommend(block.code, [one.code for one in block.competencies])
        await self._recommend(None, list(self._marks))
        for juror in (*others, presides):
            await self._ask(juror, "SignDeliberation")

    async def _recommend(self, block: str | None, codes: Sequence[str]) -> None:
        """As the marks compute; what is disputed is left to the certification jury."""
        lost = [one for one in self.day.framework.blocks
                if any(each.code in self.lacks for each in one.competencies)]
        partly = block is None and 0 < len(lost) < len(self.day.framework.blocks)
        lacks = any(code in self.lacks for code in codes)
        words = f"{self.disputed} est à trancher." if self.disputed in codes else SHOWN[lacks]
        await self._ask(self.day.jurors[0], "Recommend", block=block,
                        advice="partial" if partly else "refuse" if lacks else "award", words=words)

    async def _ask(self, by: Placed, command: str, **fields: object) -> None:
        await self.day.teller.in_day(self.day.session, by.seat.id, command, hearing=self.candidate.hearing, **fields)
