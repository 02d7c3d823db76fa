"""Cases of the two candidates of the planned day, past the pages of the offices: opened from incidents, joined,
notified, decided; and what the people without an office see of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import Any

from aiohttp import FormData
from yarl import URL

from evaluation.case.kind import CASE
from evaluation.case.state import CaseState, Part
from evaluation.case.terms import case_id
from evaluation.people import SYSTEM
from server.http import cookies, parts
from server.storage.spaces import How
from tests.server import bodies
from tests.server.http.house import Browser, House

JPEG = b"\xff\xd8\xff picture"


@dataclass
class Casework:
    home: House
    case: str = ""

    def person(self, name: str) -> str:
        return self.home.person(name)

    def candidacy(self, name: str = "cand") -> str:
        return f"c-{self.person(name)}"

    async def second_called_in(self) -> None:
        """The first candidate's hearing is stopped, whatever is still to be told, and the second is in the room."""
        act, hearing = self.home.act, self.home.hearing(2)
        await act("emp", "StopHearing", hearing=self.home.hearing(), words="malaise", untold=True)
        await act(SYSTEM, "Join", seat=self.home.seat("cand2"))
        await act("cand2", "AcknowledgePrevention", hearing=hearing, wording="w")
        await act("cand2", "EnterWaitingRoom", hearing=hearing)
        await act("emp", "CallIn", hearing=hearing)

    async def picture(self, number: int = 1) -> str:
        """One taken in a candidate's hearing."""
        vault, person = self.home.app[parts.VAULT], self.person("cand" if number == 1 else "cand2")
        stored = await vault.put_file(person, self.home.session, "capture", "image/jpeg", JPEG)
        await self.home.act("tra", "TakeCapture", hearing=self.home.hearing(number), capture=stored.id,
                            digest=stored.digest, seat=self.home.seat("cand" if number == 1 else "cand2"),
                            source="main")
        return stored.id

    async def noted(self, by: str = "org", number: int = 1, fraud: bool = True, words: str = "Un téléphone sonne",
                    *evidence: str, **answers: str) -> str:
        """An incident, and the case that it opens."""
        kind = "outside_help" if fraud else "technical"
        done = await self.home.app[parts.SESSIONS].execute(self.home.session, self.home.seat(by), "RecordIncident", {
            "hearing": self.home.hearing(number), "kind": kind, "suspected_fraud": fraud, "words": words,
            "evidence": list(evidence), "answers": {place.strip("_"): said for place, said in answers.items()}},
            by_server=True)
        await self.home.settled()
        self.case = case_id("session", self.home.session, done.position)
        return self.case

    async def do(self, actor: str, command: str, case: str = "", **fields: Any) -> None:
        await self.home.app[parts.JOURNALS].execute(CASE, case or self.case, actor, command, fields, by_server=True)
        await self.home.settled()

    async def clerk(self, command: str, **fields: Any) -> None:
        await self.do(bodies.CLERK, command, office=await self.office("o-clerk"), **fields)

    async def organizer(self) -> dict[str, object]:
        return await self.office(f"o-{self.person('org')}")

    async def commission(self, command: str, **fields: Any) -> None:
        await self.do(bodies.MEMBER, command, office=await self.office("o-member"), meeting=None, **fields)

    async def proposed(self, words: str = "Rien ne change", name: str = "cand") -> None:
        """By the organizer, whose report is handed before."""
        if not (await self.state()).reports:
            paper = await self.file(name)
            await self.do(self.person("org"), "HandReport", paper=paper, office=await self.organizer())
        await self.do(self.person("org"), "ProposeConsequence", candidacy=self.candidacy(name), consequence="none",
                      words=words, office=await self.organizer())

    async def submitted(self, *said: str) -> None:
        """Once everybody who is asked, but those who have `said` it themselves, agrees."""
        part = await self.part()
        number = len(part.proposals)
        fields: dict[str, Any] = {"candidacy": part.candidacy, "number": number, "agrees": True}
        await self.do(self.person("org"), "AnswerProposal", office=await self.organizer(), **fields)
        for juror in part.jurors:
            if juror not in said:
                await self.do(juror, "AnswerProposal", **fields)
        await self.clerk("SubmitCase", candidacy=part.candidacy)

    async def opening(self, case: str) -> dict[str, object]:
        """The quote of how a case was opened."""
        return await bodies.quote(self.home.app[parts.JOURNALS], case, 1)

    async def office(self, office: str) -> dict[str, object]:
        journals = self.home.app[parts.JOURNALS]
        return await bodies.quote(journals, bodies.STREAM, (await bodies.offices_at(journals))[office].position)

    async def state(self, case: str = "") -> CaseState:
        found = await self.home.app[parts.JOURNALS].state(CASE, case or self.case)
        assert found is not None
        return found

    async def part(self, name: str = "cand") -> Part:
        return (await self.state()).parts[self.candidacy(name)]

    async def file(self, name: str = "cand", content: bytes = b"%PDF-1.7 kept") -> dict[str, str]:
        """A paper as a command refers to it."""
        vault = self.home.app[parts.VAULT]
        stored = await vault.put_file(self.person(name), self.case, "paper", "application/pdf", content)
        return {"file": stored.id, "digest": stored.digest}

    async def notified(self, name: str = "cand", words: str = "Voici les faits", arrives: bool = True) -> str:
        """The file of the notice's paper."""
        state, candidacy = await self.state(), self.candidacy(name)
        paper = await self.file(name)
        await self.clerk("GiveCaseNotice", candidacy=candidacy, sanctions=["disqualify"], words=words, paper=paper,
                         evidence=[one.id for one in state.evidence_of(candidacy)])
        if arrives:
            number = len((await self.part(name)).notices)
            await self.do(SYSTEM, "CaseLetterArrived", candidacy=candidacy, what="notice", number=number,
                          at=self.home.clock())
        return paper["file"]

    # The pages

    async def browser(self, person: str) -> Browser:
        """One that has proven to be somebody's."""
        held = self.home.sitting
        if person not in held:
            held[person] = browser = self.home.browser()
            token = await self.home.app[parts.ACCOUNTS].spaces.open(person, How.LINK)
            browser.client.cookie_jar.update_cookies({cookies.SPACE + person: token}, URL(self.home.url))
        return held[person]

    def path(self, person: str, name: str = "cand", case: str = "") -> str:
        return f"/space/{person}/cases/{case or self.case}/{self.candidacy(name)}"

    async def page(self, person: str, more: str = "", name: str = "cand") -> tuple[int, str]:
        return await self.get(person, self.path(person, name) + more)

    async def get(self, person: str, path: str) -> tuple[int, str]:
        answer = await (await self.browser(person)).get(path, Accept="text/html")
        return answer.status, unescape(await answer.text())

    async def status(self, person: str, path: str) -> int:
        return (await (await self.browser(person)).get(path)).status

    async def space(self, person: str) -> str:
        return (await self.get(person, f"/space/{person}/"))[1]

    async def send(self, person: str, act: str, shown: str = "", whose: str = "cand", **fields: Any) -> tuple[int, str]:
        """The form of an act, as the page `shown` has it (else the page now); bytes are a file. Status, and where it
        leads or the page."""
        shown = shown or (await self.page(person, name=whose))[1]
        form = re.search(rf'<form method="post" action="[^"]*/{act}".*?</form>', shown, re.DOTALL)
        assert form is not None, (act, shown)
        data = FormData(default_to_multipart="enctype" in form[0])
        for hidden, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form[0]):
            data.add_field(hidden, value)
        for field, value in fields.items():
            if isinstance(value, tuple):
                data.add_field(field, value[1], filename=value[0], content_type="application/octet-stream")
            else:
                data.add_field(field, value)
        answer = await (await self.browser(person)).send("POST", f"{self.path(person, whose)}/{act}", data,
                                                         Accept="text/html")
        return answer.status, answer.headers.get("Location") or unescape(await answer.text())
