"""A sitting from the pages of the offices: convened, its members and its president seated by forms, signed and
sealed."""
from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2

from evaluation.body.granting import GrantOffice
from evaluation.body.pool import EnterJuror
from evaluation.body.terms import Juror
from evaluation.deadlines import day_of
from evaluation.offices import Office, OfficeRole
from evaluation.people import JurorCategory
from evaluation.sitting.state import Minutes
from server.http import parts
from tests.evaluation.frameworks import POLISHING
from tests.pace import patient
from tests.server import bodies
from tests.server.http.house import House, house
from tests.server.http.office.desks import Desks
from tests.server.http.sittingwork import MEMBERS, Sittingwork
from tests.serving import eventually


class Desk(Sittingwork):
    """The same sitting, from the pages of the offices."""

    def __init__(self, home: House) -> None:
        super().__init__(home)
        self.desks, self.found = Desks(home), ""

    @property
    def sitting(self) -> str:
        return self.found

    @property
    def day(self) -> date:
        return day_of(self.home.clock()) + timedelta(days=1)

    async def page(self, page: str, person: str = bodies.CLERK) -> str:
        return (await self.desks.page(person, page)).replace("\u00a0", " ").replace("\u202f", " ")

    async def office_send(self, page: str, person: str = bodies.CLERK, **fields: Any) -> tuple[int, str]:
        return await self.desks.send(person, page, **fields)

    async def done(self, page: str, person: str = bodies.CLERK, done: str = "sitting-noted", **fields: Any) -> None:
        status, where = await self.office_send(f"sittings/{self.found}/{page}", person, **fields)
        assert (status, where) == (303, f"/space/{person}/office/sittings/{self.found}?done={done}"), where
        await self.home.settled()

    async def convene(self, **fields: Any) -> None:
        given: dict[str, Any] = {"day": self.day.isoformat(), "hour": "14:00", "mode": "remote", "place": "",
                 "candidacies": [self.candidacy()]} | fields
        status, where = await self.office_send("sittings/convene", **given)
        assert status == 303, where
        assert where.endswith("?done=sitting-convened"), where
        self.found = where.rpartition("/")[2].partition("?")[0]
        await self.home.settled()

    async def people(self) -> None:
        """The pool has the representatives; one presides."""
        journals = self.home.app[parts.JOURNALS]
        known = {bodies.CLERK: "Laurence Chevillon", **{self.member(name): words for name, words in MEMBERS.items()}}
        for person, words in known.items():
            await self.home.app[parts.ACCOUNTS].save_person(person, {
                "name": words, "first_name": words.split()[0], "email": f"{person}@example.org"})
        for name, category in (("employees", JurorCategory.EMPLOYEES), ("employers", JurorCategory.EMPLOYERS),
                               ("substitute", JurorCategory.EMPLOYEES)):
            await bodies.do(journals, bodies.CLERK, EnterJuror(Juror(self.member(name), (category,))))
        await bodies.do(journals, bodies.CLERK, GrantOffice(Office(
            "o-presides", self.member("presides"), OfficeRole.PRESIDENT, bodies.SINCE, None, None, bodies.PAPER)))

    async def seated_by_pages(self) -> None:
        await self.done("members", bodies.MEMBER, "sitting-members", employers=self.member("employers"),
                        employees=self.member("employees"), employees_substitutes=[self.member("substitute")])
        await self.done("act/president", presides="o-presides")

    async def deliberated(self) -> None:
        """On the day the three decide."""
        self.home.clock.ahead += 86_400_000
        for name in ("presides", "employees", "employers"):
            await self.do(self.member(name), "DeclareImpartial", candidacies=[self.candidacy()])
        await self.do(self.member("presides"), "OpenSitting")
        await self.decided()

    async def signed(self, *names: str) -> None:
        minutes = (await self.state()).presented
        assert minutes is not None
        for name in names:
            await self.do(self.member(name), "SignMinutes", number=minutes.number, digest=minutes.paper.digest,
                          level="passkey")

    async def sealed(self) -> Minutes:
        """What was presented last, once the server has sealed it."""
        async def done() -> bool:
            return (await self.state()).minutes[-1].sealed is not None

        await eventually(done, patient(10))
        await self.home.settled()
        return (await self.state()).minutes[-1]


async def heard(home: House) -> None:
    """Everything is acquired but C1.2, which is mandatory."""
    await Sittingwork(home).heard(C1_2="NA")


@asynccontextmanager
async def at_the_desk(folder: Path) -> AsyncIterator[Desk]:
    async with house(folder, True, POLISHING, heard) as home:
        yield Desk(home)


def words(data: bytes) -> str:
    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(BytesIO(data))]
    return " ".join(" ".join(pages).split())
