"""An awarding body with its people, two providers and theirs, in a real server; each with a browser that signed in."""
from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from html import unescape
from typing import Any

from aiohttp import ClientResponse, FormData
from yarl import URL

from evaluation.body.kind import BODY
from evaluation.body.terms import certification_of
from evaluation.candidacy.kind import CANDIDACY
from evaluation.candidacy.terms import CameBy, Initiative, Interview, Registration, RulesHanded
from evaluation.codec import encode
from evaluation.deadlines import day_of
from evaluation.people import SYSTEM, Role, Seat
from server.http import cookies, parts
from server.journals.quoting import reference
from server.people.birth_place import BirthPlace
from server.people.civil_identity import CivilIdentity
from server.storage.spaces import How
from tests.evaluation.frameworks import POLISHING
from tests.server.documents.samples import pdf
from tests.server.http.house import Browser, House

PEOPLE = {"clerk": "Laurence Chevillon", "member": "Karim Haddad", "dir1": "Paul Delmas", "org1": "Claire Fabre",
          "dep1": "Inès Caron", "org2": "Hugo Lambert", "obs": "Odile Vasseur", "none": "Thomas Leroy"}
"""By id; the digit is the provider's."""
ROLES = {"member": "commission_member", "dir1": "director", "org1": "organizer", "dep1": "deputy", "org2": "organizer",
         "obs": "observer"}
PROVIDERS = {"b1": "BJO Formation", "b2": "Atelier du Marais"}
SINCE = date(2026, 1, 1)
CIVIL = CivilIdentity("Morel", None, ("Lina",), "F", date(1998, 7, 14), BirthPlace("99100", "69123", "Lyon"),
                      "lina@example.org", None, "Lyon", None, None).as_text()
PAPER = {"file": "0" * 32, "digest": "d"}
"""One that nobody opens."""


@dataclass
class Desks:
    home: House
    browsers: dict[str, Browser] = field(default_factory=dict[str, Browser])

    @property
    def today(self) -> str:
        return day_of(self.home.clock()).isoformat()

    @property
    def before(self) -> str:
        """A day on which the commission met before the awarding body was here."""
        return (day_of(self.home.clock()) - timedelta(days=30)).isoformat()

    def met_before(self) -> dict[str, Any]:
        """What a form says of such a meeting."""
        return {"meeting_day": self.before, "extract": paper("Extrait")}

    async def found(self) -> None:
        accounts = self.home.app[parts.ACCOUNTS]
        for person, name in PEOPLE.items():
            await accounts.save_person(person, {"name": name, "first_name": name.split()[0],
                                                "email": f"{person}@example.org"})
        await self.do(SYSTEM, "FoundBody", body="cnhbjo", name="CNHBJO", office="of-clerk", clerk="clerk")
        for provider, name in PROVIDERS.items():
            await self.do("clerk", "AccreditProvider", name=name, agreement={
                "provider": provider, "since": "2026-01-01", "until": None, "paper": PAPER})
        for person, role in ROLES.items():
            provider = f"b{person[-1]}" if person[-1].isdigit() else None
            await self.do("clerk", "GrantOffice", office={
                "id": f"of-{person}", "person": person, "role": role, "since": "2026-01-01", "provider": provider,
                "paper": PAPER})

    async def do(self, actor: str, command: str, **fields: Any) -> None:
        await self.home.app[parts.JOURNALS].execute(BODY, "cnhbjo", actor, command, fields, by_server=True)

    async def body(self) -> Any:
        return await self.home.app[parts.JOURNALS].state(BODY, "cnhbjo")

    async def in_force(self, since: str = "2020-01-01", **changes: Any) -> None:
        """A version of the polishing certification."""
        one = replace(certification_of(POLISHING), **changes)
        await self.do("clerk", "PutFrameworkInForce", certification=encode(one), since=since)

    async def candidacy(self, name: str, person: str, first_jury: str, provider: str | None = "b1",
                        award: str = "none", *blocks: str) -> None:
        """A past one, with the outcome of its jury, past the pages."""
        version = (await self.body()).in_force[-1].position
        clerk = await self.quote("cnhbjo", 2)
        await self.in_candidacy(name, "OpenCandidacy", candidacy=name, person=person, provider=provider, office=clerk,
                                framework=await self.quote("cnhbjo", version), first_jury=first_jury)
        await self.in_candidacy(name, "RecordOutcome", ruled_on=first_jury, award=award, blocks=list(blocks),
                                paper=PAPER, office=clerk)

    async def in_candidacy(self, name: str, command: str, **fields: Any) -> None:
        await self.home.app[parts.JOURNALS].execute(CANDIDACY, name, "clerk", command, fields, by_server=True)

    async def registered(self, name: str, full_name: str = "", provider: str = "b1", trained_by: tuple[str, ...] = (),
                         civil: str = "{}") -> str:
        """A candidate of the version put in force last, past the pages; the candidacy's id, which is the person's."""
        full_name, body = full_name or f"{name.title()} Candidat", await self.body()
        await self.home.app[parts.ACCOUNTS].save_person(name, {
            "name": full_name, "first_name": full_name.split()[0], "email": f"{name}@example.org"})
        organizer = f"org{provider[-1]}"
        given = Registration(("BC1", "BC2"), CameBy.CONTINUING_TRAINING, Initiative.CANDIDATE,
                             Interview(SINCE, organizer), RulesHanded("2025", SINCE), trained_by)
        await self.home.app[parts.JOURNALS].execute(CANDIDACY, name, organizer, "OpenCandidacy", {
            "candidacy": name, "person": name, "provider": provider, "registration": encode(given), "civil": civil,
            "framework": await self.quote("cnhbjo", body.in_force[-1].position),
            "office": await self.quote("cnhbjo", body.offices[f"of-{organizer}"].position),
            "agreement": await self.quote("cnhbjo", body.providers[provider].agreements[0].position)}, by_server=True)
        return name

    async def of_day(self, day: str) -> Any:
        return await self.home.app[parts.SESSIONS].state(day)

    async def day(self, on: str, person: str = "org1", **fields: Any) -> str:
        """Planned by somebody's form, under the version put in force last; the day's id."""
        version = str((await self.body()).in_force[-1].position)
        status, where = await self.send(person, "days/new", provider=f"b{person[-1]}", framework=version, date=on,
                                        **fields)
        assert status == 303, where
        return where.rpartition("/")[2].partition("?")[0]

    async def listed(self, day: str, person: str, name: str, starts_at: int) -> str:
        """A candidate, registered and listed for a day of b1 past the pages; the hearing's id."""
        body, hearing = await self.body(), f"h-{person}"
        await self.home.app[parts.ACCOUNTS].save_person(
            person, {"name": name, "first_name": name.split()[0], "email": f"{person}@example.org"})
        office = await self.quote("cnhbjo", body.offices["of-org1"].position)
        given = Registration(tuple(block.code for block in POLISHING.blocks), CameBy.CONTINUING_TRAINING,
                             Initiative.CANDIDATE, Interview(SINCE, "org1"), RulesHanded("2020", SINCE))
        await self.home.app[parts.JOURNALS].execute(CANDIDACY, f"c-{person}", "org1", "OpenCandidacy", {
            "candidacy": f"c-{person}", "person": person, "office": office, "provider": "b1", "civil": CIVIL,
            "framework": await self.quote("cnhbjo", body.in_force[-1].position), "registration": encode(given),
            "agreement": await self.quote("cnhbjo", body.providers["b1"].agreements[0].position)}, by_server=True)
        state = await self.home.app[parts.SESSIONS].state(day)
        assert state is not None
        await self.home.app[parts.SESSIONS].execute(day, state.organizer.id, "AddHearing", {
            "hearing": hearing, "candidate": encode(Seat(f"s-{person}", person, Role.CANDIDATE, hearing=hearing)),
            "starts_at": starts_at, "candidacy": await self.quote(f"c-{person}", 2)}, by_server=True)
        return hearing

    async def quote(self, stream: str, position: int) -> dict[str, object]:
        (found,) = await self.home.app[parts.JOURNALS].records(stream, position - 1, position)
        return reference(found)

    async def of_candidacy(self, name: str) -> Any:
        return await self.home.app[parts.JOURNALS].state(CANDIDACY, name)

    async def browser(self, person: str, how: How = How.PASSKEY) -> Browser:
        """One that has proven to be theirs."""
        if person not in self.browsers:
            self.browsers[person] = browser = self.home.browser()
            token = await self.home.app[parts.ACCOUNTS].spaces.open(person, how)
            browser.client.cookie_jar.update_cookies({cookies.SPACE + person: token}, URL(self.home.url))
        return self.browsers[person]

    async def sent_back(self, person: str, page: str, shown: str, **fields: str) -> tuple[int, bytes]:
        """What comes back when the form of the page `shown` is sent to another address."""
        data = FormData({"key": await self.key(person, shown), **fields}, default_to_multipart=True)
        answer = await (await self.browser(person)).send(
            "POST", f"/space/{person}/office/{page}", data, Accept="text/html")
        return answer.status, await answer.read()

    async def renewed(self, person: str) -> None:
        """Another browser of theirs: the one before was away too long."""
        del self.browsers[person]
        await self.browser(person)

    async def get(self, person: str, page: str) -> ClientResponse:
        return await (await self.browser(person)).get(f"/space/{person}/office/{page}", Accept="text/html")

    async def page(self, person: str, page: str) -> str:
        answer = await self.get(person, page)
        assert answer.status == 200, answer.status
        return unescape(await answer.text())

    async def key(self, person: str, page: str) -> str:
        found = re.findall(r'name="key" value="([\w-]+)"', await self.page(person, page))
        return found[0]

    async def send(self, person: str, page: str, /, shown: str | None = None, key: str = "", **fields: Any
                   ) -> tuple[int, str]:
        """A form, with its key as the page `shown` has it, and what that page has seen; bytes are a file. Status, and
        where it leads or the page. With a `key` no page is read first: a form has files if a field does."""
        page_shown = "" if key else await self.page(person, shown or page)
        declared = re.search(rf'action="[^"]*/office/{page}"[^>]*enctype', page_shown) is not None
        multipart = declared if page_shown else any(isinstance(one, bytes) for one in fields.values())
        data = FormData(default_to_multipart=multipart)
        data.add_field("key", key or re.findall(r'name="key" value="([\w-]+)"', page_shown)[0])
        for seen in re.findall(r'name="seen" value="(\d+)"', page_shown)[:1]:
            data.add_field("seen", seen)
        for name, value in fields.items():
            for one in value if isinstance(value, list) else [value]:
                if isinstance(one, bytes):
                    data.add_field(name, one, filename=f"{name}.pdf", content_type="application/pdf")
                else:
                    data.add_field(name, one)
        browser = await self.browser(person)
        answer = await browser.send("POST", f"/space/{person}/office/{page}", data, Accept="text/html")
        return answer.status, answer.headers.get("Location") or unescape(await answer.text())


async def founded(home: House) -> None:
    """The body, its providers and their people, beside the day that is planned."""
    await Desks(home).found()


def paper(text: str = "Convention") -> bytes:
    return pdf(1, text)
