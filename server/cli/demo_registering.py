"""The demo's candidates, registered by the provider's organizer, and what is arranged for one of them."""
from __future__ import annotations

from collections.abc import Sequence

from evaluation.candidacy.terms import (
    Adjustment,
    AidKind,
    CameBy,
    Initiative,
    Interview,
    Registration,
    RulesHanded,
    Wish,
)
from evaluation.codec import encode
from evaluation.framework import Framework
from evaluation.people import PersonId
from server.cli.demo_body import HELPS, PROVIDER, STREAM, under
from server.cli.demo_cast import civil_of, id_of
from server.cli.demo_teller import Quoted, Teller
from server.documents.demo import DemoPeople, DemoPerson
from server.people.companies import company_digest


def candidacy_of(person: PersonId) -> str:
    return f"candidacy-{person}"


async def register(teller: Teller, people: DemoPeople, one: DemoPerson, framework: Framework, days: int) -> Quoted:
    """So many days before the demo's: the candidate was met and had the règlement then. The quote of the registration.
    """
    handed, civil = teller.before(days), civil_of(one)
    given = Registration(
        tuple(block.code for block in framework.blocks), CameBy.CONTINUING_TRAINING, Initiative.CANDIDATE,
        Interview(handed, id_of(people.organizer)), RulesHanded(str(handed.year), handed), (id_of(people.trainer),),
        await company_digest(teller.kept.vault, STREAM, civil.company))
    stands = await under(teller, framework)
    candidacy = candidacy_of(id_of(one))
    return await teller.in_candidacy(
        candidacy, id_of(people.organizer), "OpenCandidacy", candidacy=candidacy, person=id_of(one), provider=PROVIDER,
        framework=stands.in_force, office=stands.office, agreement=stands.agreement, registration=encode(given),
        civil=civil.as_text())


async def ask_adjustment(teller: Teller, person: PersonId, wishes: Sequence[Wish]) -> None:
    """By the candidate."""
    await teller.in_candidacy(candidacy_of(person), person, "AskAdjustment", wishes=[one.value for one in wishes])


async def decide_adjustment(teller: Teller, officer: PersonId, person: PersonId, framework: Framework) -> Quoted:
    """A third more time, and an interpreter (R10.1), by the disability officer, who was shown the medical opinion. The
    quote of the decision."""
    longer = {name: timing.ceiling // 3 for name, timing in framework.phases.items()}
    helps, candidacy = await teller.quote_row(STREAM, "offices", HELPS), candidacy_of(person)
    await teller.in_candidacy(candidacy, officer, "SeeOpinion", on=teller.today.isoformat(), office=helps)
    return await teller.in_candidacy(
        candidacy, officer, "DecideAdjustment", office=helps,
        adjustment=encode(Adjustment(person, longer, aid=AidKind.INTERPRETER)))
