"""The awarding body that a day is planned under, in real storage: founded, with a provider and a commission member."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from evaluation.body.accrediting import AccreditProvider
from evaluation.body.decisions import DecideJury, DecideSubstitute
from evaluation.body.founding import FoundBody
from evaluation.body.granting import GrantOffice
from evaluation.body.kind import BODY
from evaluation.body.terms import Agreement
from evaluation.codec import encode
from evaluation.offices import Office, OfficeRole
from evaluation.people import SYSTEM, Paper, Seat
from server.config import StorageSettings
from server.journals.following import Following
from server.journals.quoting import reference
from server.journals.write_path import Journals
from server.storage.database import Database
from server.storage.follow_ups import FollowUps

STREAM = "b1"
CLERK, MEMBER = "p-clerk", "p-member"
AGREEMENT = 3
"""Where the provider's accreditation stands."""
SINCE = date(2020, 1, 1)
PAPER = Paper("paper", "d" * 64)


async def do(journals: Journals, actor: str, command: Any) -> None:
    await journals.execute(BODY, STREAM, actor, type(command).__name__, encode(command), by_server=True)


async def found(journals: Journals) -> dict[str, object]:
    """The quote of the provider's agreement. A body that is there already is left as it is."""
    if await journals.state(BODY, STREAM) is None:
        member = Office("o-member", MEMBER, OfficeRole.COMMISSION_MEMBER, SINCE, None, None, PAPER)
        await do(journals, SYSTEM, FoundBody(STREAM, "CNHBJO", "o-clerk", CLERK))
        await do(journals, CLERK, AccreditProvider("Haute École", Agreement("of1", SINCE, None, PAPER)))
        await do(journals, CLERK, GrantOffice(member))
    (record,) = await journals.records(STREAM, AGREEMENT - 1, AGREEMENT)
    return reference(record)


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
