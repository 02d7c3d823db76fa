"""The demo's awarding body: its clerk, the commission, the provider whose day it is, and what an earlier jury ruled."""
from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from evaluation.body.accrediting import AccreditProvider
from evaluation.body.certifications import PUT_IN_FORCE, PutFrameworkInForce
from evaluation.body.decisions import DecideJury
from evaluation.body.founding import FoundBody
from evaluation.body.granting import GrantOffice
from evaluation.body.kind import BODY
from evaluation.body.terms import Agreement, certification_of
from evaluation.candidacy.kind import CANDIDACY
from evaluation.candidacy.terms import Adjustment, Registration, Wish
from evaluation.codec import encode
from evaluation.framework import Framework
from evaluation.offices import Office, OfficeRole
from evaluation.people import SYSTEM, Paper, PersonId, Seat
from server.app.kept_data import Kept
from server.documents import demo as papers
from server.documents.demo import DemoPeople
from server.journals.quoting import reference

STREAM = "body-1"
NAME = "Organisme certificateur de démonstration"
PROVIDER = "provider-1"
RUNS = "office-organizer"
HELPS = "office-disability-officer"
CLERK, MEMBER, FORMER, OFFICER = "person-clerk", "person-member", "person-former", "person-disability-officer"
PAST = "candidacy-1"
IN_FORCE, RULED = timedelta(days=1200), timedelta(days=400)
"""How long before the demo's day its framework came into force, and an earlier jury ruled."""
BEFORE, AFTER = timedelta(days=90), timedelta(days=275)
"""How long before and after the demo's day its agreement runs."""
PDF = "application/pdf"


async def found(kept: Kept, people: DemoPeople, framework: Framework, organizer: PersonId, day: date
                ) -> Mapping[str, Mapping[str, object]]:
    """The quotes under which the day is planned: agreement, version in force, the organizer's office. A body that is
    there is left as it is."""
    if await kept.journals.state(BODY, STREAM) is None:
        await _make(kept, people, framework, organizer, day)
    version = f"{STREAM}/{framework.code}/{framework.version}"
    stands = {"agreement": ("agreements", f"{PROVIDER}/1"), "in_force": ("frameworks", version),
              "office": ("offices", RUNS)}
    return {name: await _quote(kept, *where) for name, where in stands.items()}


async def _quote(kept: Kept, index: str, key: str) -> Mapping[str, object]:
    row = await kept.rows.one(index, key)
    position = int(str(row.data["position"])) if row else 0
    (found,) = await kept.journals.records(STREAM, position - 1, position)
    return reference(found)


async def register(kept: Kept, person: PersonId, civil: str, given: Registration,
                   under: Mapping[str, Mapping[str, object]], organizer: PersonId) -> Mapping[str, object]:
    """A candidate, by the provider's organizer. The quote of the registration."""
    candidacy = f"candidacy-{person}"
    await kept.journals.execute(CANDIDACY, candidacy, organizer, "OpenCandidacy", {
        "candidacy": candidacy, "person": person, "framework": under["in_force"], "office": under["office"],
        "provider": PROVIDER, "agreement": under["agreement"], "registration": encode(given), "civil": civil},
        by_server=True)
    return reference((await kept.journals.records(candidacy))[-1])


async def adjust(kept: Kept, adjustment: Adjustment, organizer: PersonId, runs: Mapping[str, object], seen_on: date
                 ) -> Mapping[str, object]:
    """Asked for by the organizer in the candidate's place, decided by the disability officer, who was shown the medical
    opinion. The quote of the decision."""
    candidacy, helps = f"candidacy-{adjustment.person}", await _quote(kept, "offices", HELPS)
    for actor, command, fields in (
        (organizer, "AskAdjustment", {"wishes": [Wish.TIME.value, Wish.AID.value], "office": runs}),
        (OFFICER, "SeeOpinion", {"on": seen_on.isoformat(), "office": helps}),
        (OFFICER, "DecideAdjustment", {"adjustment": encode(adjustment), "office": helps}),
    ):
        await kept.journals.execute(CANDIDACY, candidacy, actor, command, fields, by_server=True)
    return reference((await kept.journals.records(candidacy))[-1])


async def _make(kept: Kept, people: DemoPeople, framework: Framework, organizer: PersonId, day: date) -> None:
    since, until = day - BEFORE, day + AFTER
    signed = await _paper(kept, "agreement", lambda: papers.agreement(people, since, until))
    named = await _paper(kept, "mandate", lambda: papers.mandate(people.member, since))
    await _do(kept, SYSTEM, FoundBody(STREAM, NAME, "office-clerk", CLERK))
    await _do(kept, CLERK, AccreditProvider(people.organizer.company, Agreement(PROVIDER, since, until, signed)))
    await _do(kept, CLERK, PutFrameworkInForce(certification_of(framework), day - IN_FORCE))
    member = Office("office-member", MEMBER, OfficeRole.COMMISSION_MEMBER, since, paper=named)
    runs_it = Office(RUNS, organizer, OfficeRole.ORGANIZER, since, provider=PROVIDER)
    helps = Office(HELPS, OFFICER, OfficeRole.DISABILITY_OFFICER, since)
    for office in (member, runs_it, helps):
        await _do(kept, CLERK, GrantOffice(office))
    await _past(kept, people, framework.blocks[0].code, day - RULED)


async def _past(kept: Kept, people: DemoPeople, block: str, day: date) -> None:
    """Somebody to whom an earlier jury awarded one block, as the clerk records it (X8)."""
    data = await asyncio.to_thread(papers.ruling, people.former, block, day)
    stored = await kept.vault.put_file(FORMER, PAST, "paper", PDF, data)
    records = await kept.journals.records(STREAM)
    framework = next(reference(one) for one in records if one.event == PUT_IN_FORCE)
    clerk = reference(records[1])  # the first office, granted as the body was founded
    await kept.journals.execute(CANDIDACY, PAST, CLERK, "OpenCandidacy", {
        "candidacy": PAST, "person": FORMER, "framework": framework, "office": clerk, "provider": PROVIDER,
        "first_jury": day.isoformat()}, by_server=True)
    await kept.journals.execute(CANDIDACY, PAST, CLERK, "RecordOutcome", {
        "ruled_on": day.isoformat(), "award": "partial", "blocks": [block], "office": clerk,
        "paper": encode(Paper(stored.id, stored.digest))}, by_server=True)


async def decide_jury(kept: Kept, session: str, jurors: Sequence[Seat]) -> None:
    """By the commission's member. The day's jury follows from it."""
    await _do(kept, MEMBER, DecideJury(f"jury-{session}", session, tuple(jurors)))


async def _do(kept: Kept, actor: PersonId, command: Any) -> None:
    await kept.journals.execute(BODY, STREAM, actor, type(command).__name__, encode(command), by_server=True)


async def _paper(kept: Kept, kind: str, make: Callable[[], bytes]) -> Paper:
    data = await asyncio.to_thread(make)
    stored = await kept.vault.put_file(f"stream:{STREAM}", STREAM, kind, PDF, data)
    return Paper(stored.id, stored.digest)
