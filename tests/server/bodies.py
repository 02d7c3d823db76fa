"""The awarding body that a day is planned under, in real storage: founded, with a provider and a commission member."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from evaluation.body.accrediting import AccreditProvider
from evaluation.body.certifications import PutFrameworkInForce
from evaluation.body.decisions import DecideJury, DecideSubstitute
from evaluation.body.founding import FoundBody
from evaluation.body.granting import GrantOffice
from evaluation.body.kind import BODY
from evaluation.body.state import Held
from evaluation.body.terms import Agreement, certification_of
from evaluation.candidacy.kind import CANDIDACY
from evaluation.candidacy.terms import CameBy, Initiative, Interview, Registration, RulesHanded
from evaluation.codec import encode
from evaluation.framework import Framework
from evaluation.framework_file import framework_to_data
from evaluation.offices import Office, OfficeRole
from evaluation.people import SYSTEM, Paper, PersonId, Seat
from server.config import StorageSettings
from server.journals.following import Following
from server.journals.quoting import reference
from server.journals.write_path import Journals
from server.people.birth_place import BirthPlace
from server.people.civil_identity import CivilIdentity
from server.storage.database import Database
from server.storage.follow_ups import FollowUps
from tests.evaluation.frameworks import POLISHING

STREAM = "b1"
CLERK, MEMBER = "p-clerk", "p-member"
AGREEMENT, FRAMEWORK, REGISTRATION = 3, 5, 2
"""Where the provider's accreditation and the version in force stand, and in each candidacy the registration."""
SINCE = date(2020, 1, 1)
PAPER = Paper("paper", "d" * 64)


def civil(name: str) -> CivilIdentity:
    """Somebody's of this name: the first word, and the rest."""
    first, _, last = name.partition(" ")
    mailbox = first.lower().encode("ascii", "ignore").decode()
    return CivilIdentity(last, None, (first,), "F", date(1998, 7, 14), BirthPlace("99100", "69123", "Lyon"),
                         f"{mailbox}@example.org", None, "1, rue des Lilas\n69001 Lyon", None, None)


async def do(journals: Journals, actor: str, command: Any) -> None:
    await journals.execute(BODY, STREAM, actor, type(command).__name__, encode(command), by_server=True)


async def found(journals: Journals, of: Framework = POLISHING) -> dict[str, object]:
    """The quote of the provider's agreement. A body that is there already is left as it is."""
    if await journals.state(BODY, STREAM) is None:
        member = Office("o-member", MEMBER, OfficeRole.COMMISSION_MEMBER, SINCE, None, None, PAPER)
        await do(journals, SYSTEM, FoundBody(STREAM, "CNHBJO", "o-clerk", CLERK))
        await do(journals, CLERK, AccreditProvider("Haute École", Agreement("of1", SINCE, None, PAPER)))
        await do(journals, CLERK, GrantOffice(member))
        await do(journals, CLERK, PutFrameworkInForce(certification_of(of), SINCE))
    return await quote(journals, STREAM, AGREEMENT)


async def quote(journals: Journals, stream: str, position: int) -> dict[str, object]:
    (record,) = await journals.records(stream, position - 1, position)
    return reference(record)


async def office(journals: Journals, person: PersonId) -> dict[str, object]:
    """The quote of the grant of the provider's organizer's office; it is given where the person has none."""
    office = f"o-{person}"
    if office not in await offices_at(journals):
        await do(journals, CLERK, GrantOffice(Office(office, person, OfficeRole.ORGANIZER, SINCE, None, "of1")))
    return await quote(journals, STREAM, (await offices_at(journals))[office].position)


async def offices_at(journals: Journals) -> Mapping[str, Held]:
    body = await journals.state(BODY, STREAM)
    assert body is not None
    return body.offices


async def planned_under(journals: Journals, organizer: PersonId, of: Framework = POLISHING) -> dict[str, Any]:
    """What an organizer's day is planned under, as `PlanSession` has it."""
    agreement = await found(journals, of)
    return {"framework": framework_to_data(of), "in_force": await quote(journals, STREAM, FRAMEWORK),
            "office": await office(journals, organizer), "agreement": agreement}


async def registered(journals: Journals, person: PersonId, organizer: PersonId, of: Framework = POLISHING,
                     trained_by: tuple[PersonId, ...] = (), name: str = "Lina Morel") -> dict[str, object]:
    """The quote of a candidate's registration, which is made where it is not there."""
    candidacy = f"c-{person}"
    if await journals.state(CANDIDACY, candidacy) is None:
        given = Registration(
            tuple(block.code for block in of.blocks), CameBy.CONTINUING_TRAINING, Initiative.CANDIDATE,
            Interview(SINCE, organizer), RulesHanded("2020", SINCE), trained_by)
        await journals.execute(CANDIDACY, candidacy, organizer, "OpenCandidacy", {
            "candidacy": candidacy, "person": person, "framework": await quote(journals, STREAM, FRAMEWORK),
            "office": await office(journals, organizer), "provider": "of1",
            "agreement": await quote(journals, STREAM, AGREEMENT), "registration": encode(given),
            "civil": civil(name).as_text()},
            by_server=True)
    return await quote(journals, candidacy, REGISTRATION)


async def ruled(journals: Journals, candidacy: str, on: date, corrects: int | None = None) -> None:
    """The clerk records that a certification jury awarded nothing."""
    state = await journals.state(CANDIDACY, candidacy)
    clerks = (await offices_at(journals))["o-clerk"].position
    await journals.execute(CANDIDACY, candidacy, CLERK, "RecordOutcome", {
        "ruled_on": on.isoformat(), "award": "none", "blocks": [], "paper": encode(PAPER), "corrects": corrects,
        "office": await quote(journals, STREAM, clerks)}, by_server=True, expected=state.position if state else None)


class Commission:
    """Decides, and what it decided is carried out."""

    def __init__(self, journals: Journals, database: Database, now: Any, settings: StorageSettings) -> None:
        self._journals = journals
        self._following = Following(journals, FollowUps(database), now, settings)

    async def appoints(self, session: str, jurors: Sequence[Seat]) -> None:
        await do(self._journals, MEMBER, DecideJury(f"jury-{session}", session, tuple(jurors)))
        await self._following.carry_out()

    async def replaces(self, session: str, replaced: str, seat: Seat) -> None:
        await do(self._journals, MEMBER, DecideSubstitute(f"{session}-{seat.id}", session, replaced, seat))
        await self._following.carry_out()
