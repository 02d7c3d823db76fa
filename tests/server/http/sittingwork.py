"""A sitting of the certification jury over the two candidates of the planned day, past the pages of the offices; and
its pages in the spaces of its members and of the jurors whom it questions."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any

from yarl import URL

from evaluation.body.granting import GrantOffice
from evaluation.body.sittings import DecideSitting
from evaluation.candidacy.recommended import RECOMMENDED
from evaluation.deadlines import day_of, end_of
from evaluation.framework_file import framework_to_data
from evaluation.offices import Office, OfficeRole
from evaluation.people import JurorCategory
from evaluation.sitting.kind import SITTING
from evaluation.sitting.state import SittingState
from evaluation.sitting.terms import SittingMember
from server.http import cookies, parts
from server.storage.spaces import How
from tests.evaluation.frameworks import POLISHING
from tests.server import bodies
from tests.server.http.house import Browser, House, house

MEMBERS = {"presides": "Béatrice Lemaire-Delacroix", "employees": "Karim Haddad", "employers": "Élise Nguyen",
           "substitute": "Paul Sabatier"}


def plain(page: str) -> str:
    """With spaces that break as any other."""
    return unescape(page).replace("\u00a0", " ").replace("\u202f", " ")


@dataclass
class Sittingwork:
    home: House
    browsers: dict[str, Browser] = field(default_factory=dict[str, Browser])

    @property
    def sitting(self) -> str:
        return f"sitting-{self.home.session}"

    def member(self, name: str) -> str:
        return f"p-{self.home.session}-{name}"

    def candidacy(self, name: str = "cand") -> str:
        return f"c-{self.home.person(name)}"

    # The way there

    async def heard(self, **marks: str) -> None:
        """The first candidate's jury has signed; what it handed on waits."""
        await self.home.to_questions()
        await self.home.from_questions_to_closed(**marks)
        await self.home.settled()

    async def convened(self, mode: str = "remote") -> None:
        """With its members and its president."""
        now = self.home.clock()
        for name, words in MEMBERS.items():
            await self.home.app[parts.ACCOUNTS].save_person(self.member(name), {
                "name": words, "first_name": words.split()[0], "email": f"{self.member(name)}@example.org"})
        await self.do(bodies.CLERK, "ConveneSitting", sitting=self.sitting, body=bodies.STREAM, mode=mode,
                      at=min(now + 60_000, end_of(day_of(now)) - 1000), hold_by=day_of(now).isoformat(),
                      office=await self.clerk(), place=None if mode == "remote" else "58, rue du Louvre, Paris")
        await self.do(bodies.CLERK, "PutOnAgenda", candidacy=self.candidacy(), said=await self.handed_on(),
                      framework=framework_to_data(POLISHING), office=await self.clerk())
        await self.seated()

    async def handed_on(self) -> dict[str, object]:
        journals = self.home.app[parts.JOURNALS]
        records = await journals.records(self.candidacy())
        return await bodies.quote(journals, self.candidacy(), next(
            one.position for one in records if one.event == RECOMMENDED))

    async def seated(self) -> None:
        journals = self.home.app[parts.JOURNALS]
        members = tuple(SittingMember(self.member(name), category, substitute) for name, category, substitute in (
            ("employees", JurorCategory.EMPLOYEES, False), ("employers", JurorCategory.EMPLOYERS, False),
            ("substitute", JurorCategory.EMPLOYEES, True)))
        await bodies.do(journals, bodies.MEMBER, DecideSitting(f"d-{self.sitting}", self.sitting, members))
        await self.home.settled()
        presides = f"o-{self.member('presides')}"
        await bodies.do(journals, bodies.CLERK, GrantOffice(Office(
            presides, self.member("presides"), OfficeRole.PRESIDENT, bodies.SINCE, None, None, bodies.PAPER)))
        await self.do(bodies.CLERK, "SeatPresident", person=self.member("presides"), office=await self.clerk(),
                      office_of=await self.office(presides))

    async def open(self, mode: str = "remote") -> None:
        """Everybody has said that they can judge, and the president has opened it."""
        await self.convened(mode)
        for name in ("presides", "employees", "employers"):
            await self.do(self.member(name), "DeclareImpartial", candidacies=[self.candidacy()])
        await self.do(self.member("presides"), "OpenSitting")

    async def substitute_called(self) -> None:
        await self.do(bodies.CLERK, "CallSubstitute", member=self.member("employees"), candidacies=[self.candidacy()],
                      substitute=self.member("substitute"), office=await self.clerk())

    async def questioned(self) -> None:
        await self.do(self.member("presides"), "SummonJury", candidacy=self.candidacy(), at=self.home.clock() + 60_000,
                      words="Le grain de la reprise")
        await self.do(self.member("presides"), "OpenQuestions", candidacy=self.candidacy())

    async def decided(self, by: tuple[str, str] = ("employees", "employers"), **fields: Any) -> None:
        await self.do(self.member("presides"), "ProposeDecision", candidacy=self.candidacy(), **fields)
        for name in by:
            await self.do(self.member(name), "AnswerDecision", candidacy=self.candidacy(), agrees=True,
                          number=len((await self.state()).agenda[self.candidacy()].proposals))

    async def presented(self, content: bytes = b"%PDF-1.7 minutes") -> None:
        stored = await self.home.app[parts.VAULT].put_file(
            f"stream:{self.sitting}", self.sitting, "paper", "application/pdf", content)
        await self.do(self.member("presides"), "PresentMinutes", paper={"file": stored.id, "digest": stored.digest})

    # Little helps

    async def do(self, actor: str, command: str, **fields: Any) -> None:
        await self.home.app[parts.JOURNALS].execute(SITTING, self.sitting, actor, command, fields, by_server=True)
        await self.home.settled()

    async def clerk(self) -> dict[str, object]:
        return await self.office("o-clerk")

    async def office(self, office: str) -> dict[str, object]:
        journals = self.home.app[parts.JOURNALS]
        return await bodies.quote(journals, bodies.STREAM, (await bodies.offices_at(journals))[office].position)

    async def state(self) -> SittingState:
        found = await self.home.app[parts.JOURNALS].state(SITTING, self.sitting)
        assert found is not None
        return found

    async def happened(self) -> list[str]:
        return [one.event for one in await self.home.app[parts.JOURNALS].records(self.sitting)]

    # The pages

    async def browser(self, person: str, how: How = How.LINK) -> Browser:
        """One that has proven to be somebody's."""
        if person not in self.browsers:
            self.browsers[person] = self.home.browser()
            await self.held_by(self.browsers[person], person, how)
        return self.browsers[person]

    async def held_by(self, browser: Browser, person: str, how: How = How.LINK) -> None:
        """This browser is one of the person's, whoever's else it is."""
        token = await self.home.app[parts.ACCOUNTS].spaces.open(person, how)
        browser.client.cookie_jar.update_cookies({cookies.SPACE + person: token}, URL(self.home.url))

    def path(self, name: str, more: str = "") -> str:
        person = self.home.person(name) if name in ("emp", "own", "tra", "cand") else self.member(name)
        return f"/space/{person}/sittings/{self.sitting}/{more}"

    def person(self, name: str) -> str:
        return self.path(name).split("/")[2]

    async def get(self, name: str, more: str = "") -> tuple[int, str]:
        answer = await (await self.browser(self.person(name))).get(self.path(name, more), Accept="text/html")
        return answer.status, plain(await answer.text())

    async def send(self, name: str, act: str, /, page: str = "", shown: str = "", **fields: str) -> tuple[int, str]:
        """The form of an act, as the page `shown` has it (else the page `page` now). Status, and where it leads or the
        page."""
        shown = shown or (await self.get(name, page))[1]
        form = re.search(rf'<form method="post" action="([^"]*/{act}(?:\?[^"]*)?)".*?</form>', shown, re.DOTALL)
        assert form is not None, (act, shown)
        hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form[0]))
        sent = {**hidden, **{key.replace("__", "-").replace("_", "."): value for key, value in fields.items()}}
        kind = {} if sent else {"Content-Type": "application/x-www-form-urlencoded"}
        browser = await self.browser(self.person(name))
        answer = await browser.send("POST", form[1], sent or b"", Accept="text/html", **kind)
        return answer.status, answer.headers.get("Location") or plain(await answer.text())

    async def status(self, name: str, more: str) -> int:
        return (await (await self.browser(self.person(name))).get(self.path(name, more))).status




# Houses that begin with a sitting ----------------------------------------------------------------------------------


async def to_be_opened(home: House) -> None:
    """One candidate was heard: everything is acquired but C1.2, which is mandatory."""
    work = Sittingwork(home)
    await work.heard(C1_2="NA")
    await work.convened()


async def opened(home: House) -> None:
    work = Sittingwork(home)
    await work.heard(C1_2="NA")
    await work.open()


@asynccontextmanager
async def with_sitting(folder: Path, maker: Any = opened, **settings: object) -> AsyncIterator[Sittingwork]:
    async with house(folder, True, POLISHING, maker, **settings) as home:
        yield Sittingwork(home)
