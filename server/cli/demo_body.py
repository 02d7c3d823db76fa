"""The demo's awarding body: its clerk, the commission, the provider whose days they are, the pool of jurors, and what
an earlier jury ruled."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from evaluation.body.accrediting import AccreditProvider
from evaluation.body.asking import AskForJury
from evaluation.body.certifications import PUT_IN_FORCE, PutFrameworkInForce
from evaluation.body.decisions import DecideJury
from evaluation.body.founding import FoundBody
from evaluation.body.granting import GrantOffice
from evaluation.body.pool import EnterJuror, ProposeJuror
from evaluation.body.terms import Agreement, Course, Hours, Juror, Proposed, certification_of
from evaluation.codec import encode
from evaluation.deadlines import due
from evaluation.framework import Framework
from evaluation.offices import Office, OfficeRole
from evaluation.people import SYSTEM, JurorCategory, Paper, Seat
from evaluation.quoted_events import HEARING_ADDED
from server.cli.demo_cast import id_of
from server.cli.demo_teller import Quoted, Teller
from server.documents import demo as papers
from server.documents.demo import DemoPeople, DemoPerson
from server.journals.quoting import reference
from server.people.companies import company_digest

STREAM = "body-1"
NAME = "Organisme certificateur de démonstration"
PROVIDER = "provider-1"
RUNS = "office-organizer"
CLERK_OFFICE, PRESIDES = "office-clerk", "office-president"
HELPS = "office-disability-officer"
PAST = "candidacy-1"
IN_FORCE, FOUNDED, RULED, POOLED = 1200, 420, 400, 200
"""In days before the demo's: its framework came into force, the awarding body was founded here, an earlier jury ruled,
the pool of jurors was entered."""
YEARS = 3
"""How long the agreement runs."""
TRAINED, LONG_AGO = 230, 1300
"""In days before the demo's: jurors were trained to the scale, and one who is asked to a refresher."""
PDF = "application/pdf"


@dataclass(frozen=True)
class Under:
    """Under which everything is done at the provider: the agreement, the framework's version in force, the organizer's
    office."""

    agreement: Quoted
    in_force: Quoted
    office: Quoted

    def fields(self) -> Mapping[str, Quoted]:
        return {"agreement": self.agreement, "in_force": self.in_force, "office": self.office}


async def under(teller: Teller, framework: Framework) -> Under:
    """As the body has them now."""
    async def quote(index: str, key: str) -> Quoted:
        return await teller.quote_row(STREAM, index, key)

    return Under(await quote("agreements", f"{PROVIDER}/1"),
                 await quote("frameworks", f"{STREAM}/{framework.code}/{framework.version}"),
                 await quote("offices", RUNS))


async def found(teller: Teller, people: DemoPeople, framework: Framework) -> None:
    """Clerk, provider, framework, offices."""
    await teller.come_to(FOUNDED)
    since, clerk = teller.before(FOUNDED), id_of(people.clerk)
    until = due(since, years=YEARS)
    signed = await _paper(teller, "agreement", papers.agreement(people, since, until))
    named = await _paper(teller, "mandate", papers.mandate(people.member, since))
    await teller.in_body(STREAM, SYSTEM, FoundBody(STREAM, NAME, CLERK_OFFICE, clerk))
    for command in (
        AccreditProvider(people.organizer.company, Agreement(PROVIDER, since, until, signed)),
        PutFrameworkInForce(certification_of(framework), teller.before(IN_FORCE)),
        GrantOffice(Office("office-member", id_of(people.member), OfficeRole.COMMISSION_MEMBER, since, paper=named)),
        GrantOffice(Office(RUNS, id_of(people.organizer), OfficeRole.ORGANIZER, since, provider=PROVIDER)),
        GrantOffice(Office(HELPS, id_of(people.officer), OfficeRole.DISABILITY_OFFICER, since)),
        GrantOffice(Office(PRESIDES, id_of(people.presides), OfficeRole.PRESIDENT, since, paper=named)),
        GrantOffice(Office("office-observer", id_of(people.observer), OfficeRole.OBSERVER, since)),
    ):
        await teller.in_body(STREAM, clerk, command)


async def _paper(teller: Teller, kind: str, data: bytes) -> Paper:
    stored = await teller.kept.vault.put_file(f"stream:{STREAM}", STREAM, kind, PDF, data)
    return Paper(stored.id, stored.digest)


async def record_past(teller: Teller, people: DemoPeople, framework: Framework) -> None:
    """Somebody to whom an earlier jury awarded one block, as the clerk records it (X8)."""
    await teller.come_to(RULED - 1)
    block, ruled, clerk, former = framework.blocks[0].code, teller.before(RULED), id_of(people.clerk), id_of(
        people.former)
    stored = await teller.kept.vault.put_file(former, PAST, "paper", PDF, papers.ruling(people.former, block, ruled))
    records = await teller.kept.journals.records(STREAM)
    in_force = next(position for position, one in enumerate(records, 1) if one.event == PUT_IN_FORCE)
    office = await teller.quote(STREAM, 2)  # the first office, granted as the body was founded
    await teller.in_candidacy(
        PAST, clerk, "OpenCandidacy", candidacy=PAST, person=former, provider=PROVIDER, first_jury=ruled.isoformat(),
        framework=await teller.quote(STREAM, in_force), office=office)
    await teller.in_candidacy(
        PAST, clerk, "RecordOutcome", ruled_on=ruled.isoformat(), award="partial", blocks=[block], office=office,
        paper=encode(Paper(stored.id, stored.digest)))


# The pool of jurors


async def enter_pool(teller: Teller, people: DemoPeople, framework: Framework) -> None:
    """All trained, but one who is asked to a refresher; who trained the candidates is there too, and cannot sit for
    them."""
    await teller.come_to(POOLED)
    old, courses = people.pool[2], (Course(PROVIDER, framework.code),)
    for person in (*people.jurors, *people.pool, *people.sits):
        juror = await _juror(teller, person, LONG_AGO if person is old else TRAINED)
        await teller.in_body(STREAM, id_of(people.clerk), EnterJuror(juror))
    trains = await _juror(teller, people.trainer, TRAINED, courses)
    await teller.in_body(STREAM, id_of(people.clerk), EnterJuror(trains))


async def propose_juror(teller: Teller, people: DemoPeople) -> None:
    """By the organizer: the clerk has not entered them yet."""
    juror = await _juror(teller, people.proposed, None)
    await teller.in_body(STREAM, id_of(people.organizer), ProposeJuror(juror, PROVIDER))


async def _juror(teller: Teller, person: DemoPerson, trained: int | None, courses: tuple[Course, ...] = ()) -> Juror:
    return Juror(
        id_of(person), (person.category,) if person.category else (),
        await company_digest(teller.kept.vault, STREAM, person.company), PROVIDER if courses else None, courses,
        teller.before(trained) if trained is not None else None)


# A day's jury


async def ask_for_jury(teller: Teller, people: DemoPeople, session: str, framework: Framework,
                       proposed: DemoPerson | None = None) -> None:
    wanted = (Proposed(id_of(proposed), JurorCategory.EMPLOYERS),) if proposed else ()
    await teller.in_body(STREAM, id_of(people.organizer), AskForJury(session, PROVIDER, framework.code, wanted))


async def decide_jury(teller: Teller, people: DemoPeople, session: str, jurors: tuple[Seat, ...]) -> None:
    """By the commission's member, on the day's candidates and hours. The day's jury follows from it."""
    row = await teller.kept.rows.one("days", session)
    hours = Hours(row.at, row.due_at) if row and row.at is not None and row.due_at is not None else None
    added = [reference(one) for one in await teller.kept.journals.records(session) if one.event == HEARING_ADDED]
    await teller.in_body(STREAM, id_of(people.member), DecideJury(f"jury-{session}", session, jurors, hours=hours),
                         candidates=added)
