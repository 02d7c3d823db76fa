"""What sign-in asks about offices (X15), in one place: whether anybody is left who can act for the awarding body, who
lets others in, who sees everybody's sign-ins; and how the first clerk comes to be."""
from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import date
from typing import Final

from evaluation.body.access import may_let_in, may_see_sign_ins
from evaluation.body.founding import FoundBody
from evaluation.body.granting import GrantOffice
from evaluation.body.kind import BODY
from evaluation.codec import encode
from evaluation.deadlines import day_of
from evaluation.offices import Office, OfficeRole, held
from evaluation.people import SYSTEM
from server.journals.deciding import Together
from server.journals.write_path import Journals
from server.storage.rows import Entry, Rows

OFFICES: Final = "offices"
"""The index of every office (`evaluation.body.kind`)."""


class Holders:
    """`calendar` is the machine's clock: an office runs by days."""

    def __init__(self, journals: Journals, rows: Rows, calendar: Callable[[], int]) -> None:
        self._journals, self._rows, self._calendar = journals, rows, calendar

    async def clerks(self) -> tuple[str, ...]:
        """Who holds the office of clerk today."""
        today = day_of(self._calendar())
        found = [_office(one) for one in await self._rows.page(OFFICES, status=OfficeRole.CLERK.value)]
        return tuple(sorted({one.person for one in found if held((one,), one.person, today)}))

    async def nobody(self) -> bool:
        """Whether the platform waits for its first account, or for a new one."""
        return not await self.clerks()

    async def founded(self) -> bool:
        """Whether there is an awarding body."""
        return bool(await self._journals.stream_ids(BODY))

    async def may_let_in(self, issuer: str, person: str) -> bool:
        """Whether somebody may give another person a link by which they set up what they sign in with. Nobody lets
        themselves in."""
        return issuer != person and may_let_in(await self._of(issuer), await self._of(person))

    async def may_see_all(self, person: str) -> bool:
        """Whether somebody sees everybody's sign-ins."""
        return may_see_sign_ins(await self._of(person))

    async def begin(self, person: str, body: str, together: Together) -> None:
        """This person is the clerk from now on: of the awarding body of this name, or, where there is one whose clerks
        are all gone, of that one. Refusal when a clerk is there."""
        bodies, office = await self._journals.stream_ids(BODY), f"office-{secrets.token_hex(8)}"
        if not bodies:
            name = f"body-{secrets.token_hex(8)}"
            await self._journals.execute(BODY, name, SYSTEM, FoundBody.__name__, encode(
                FoundBody(name, body, office, person)), by_server=True, together=together)
            return
        granted = Office(office, person, OfficeRole.CLERK, day_of(self._calendar()))
        await self._journals.execute(BODY, bodies[0], SYSTEM, GrantOffice.__name__, encode(GrantOffice(granted)),
                                     by_server=True, together=together)

    async def _of(self, person: str) -> tuple[Office, ...]:
        """The offices of a person that run today."""
        rows = await self._rows.page(OFFICES, person=person)
        return held([_office(one) for one in rows], person, day_of(self._calendar()))


def _office(row: Entry) -> Office:
    until = row.data["until"]
    return Office(row.key, str(row.person), OfficeRole(row.status), date.fromisoformat(str(row.data["since"])),
                  date.fromisoformat(str(until)) if until is not None else None, row.scope)
