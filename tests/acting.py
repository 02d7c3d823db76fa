"""A hearing brought forward by commands, as the pages would: for tests that begin in the middle of one."""
from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

import aiohttp

from tests.serving import Person, Refused, Served, eventually, seated

HEARINGS = ("hearing-1", "hearing-2")


@dataclass
class Room:
    """Everybody of the demo's day, each with an open event stream (which is what being present means)."""

    served: Served
    candidates: list[Person]
    marc: Person
    helene: Person
    sofia: Person
    organizer: Person
    observer: Person
    aid: Person
    streams: dict[str, aiohttp.ClientResponse] = field(default_factory=dict[str, aiohttp.ClientResponse])

    @property
    def jury(self) -> tuple[Person, Person, Person]:
        """Employees, employers (who presides), trainer."""
        return self.marc, self.helene, self.sofia

    def everybody(self) -> tuple[Person, ...]:
        return (*self.candidates, *self.jury, self.organizer, self.observer, self.aid)

    async def arrive(self, *people: Person) -> None:
        """Open the event streams and wait until the journal says so."""
        for one in people or self.everybody():
            self.streams[one.seat] = await one.get("events")
            assert self.streams[one.seat].status == 200

        async def all_here() -> bool:
            here = {p["seat"] for p in (await self.helene.view())["people"] if p["present"]}
            return {one.seat for one in people or self.jury} - {"seat-karim"} <= here

        await eventually(all_here)

    async def competencies(self) -> list[str]:
        view = await self.helene.view()
        return [one["code"] for block in view["hearing"]["blocks"] for one in block["competencies"]]

    # Acts, in order

    async def designate(self) -> None:
        for juror in (self.marc, self.sofia):
            await juror.send("DesignatePresident", choice=self.helene.seat)

    async def call_in(self, index: int = 0) -> str:
        """The hearing's id, its candidate in the room."""
        hearing, candidate = HEARINGS[index], self.candidates[index]
        await candidate.send("AcknowledgePrevention", hearing=hearing, wording="0" * 64)
        await candidate.send("EnterWaitingRoom", hearing=hearing)
        await self.helene.send("CallIn", hearing=hearing)
        return hearing

    async def welcome(self, hearing: str) -> None:
        for juror in (self.marc, self.sofia):
            await juror.send("GiveIdentityOpinion", hearing=hearing, conform=True)
        await self._decide_identity(hearing)
        for point, _ in enumerate((await self.helene.view())["hearing"]["reminder"]):
            await self.helene.send("CheckReminder", hearing=hearing, point=point, said=True)
        await self.candidates[HEARINGS.index(hearing)].send("SignSheet", hearing=hearing, words="signé")

    async def _decide_identity(self, hearing: str) -> None:
        """What a machine saw of the copy may come in between: then on what is shown with it."""
        for left in (2, 1, 0):
            try:
                await self.helene.send("DecideIdentity", hearing=hearing, finding="conform", course="proceed")
            except Refused as refused:
                if refused.status != 409 or not left:
                    raise
            else:
                return

    async def present(self, index: int = 0) -> str:
        hearing = await self.call_in(index)
        await self.welcome(hearing)
        await self.helene.send("StartPresentation", hearing=hearing)
        return hearing

    async def mark_all(self, hearing: str, mark: str = "A") -> None:
        codes = await self.competencies()
        for juror in self.jury:
            await asyncio.gather(
                *(juror.send("SetMark", hearing=hearing, competency=c, mark=mark, words="vu") for c in codes)
            )

    async def deliberate(self, hearing: str) -> None:
        """From the presentation to an open deliberation with complete grids."""
        await self.mark_all(hearing)
        await self.helene.send("StartQuestions", hearing=hearing)
        await self.helene.send("DismissCandidate", hearing=hearing, words="Le jury a tout examiné.")
        for juror in self.jury:
            await juror.send("CloseGrid", hearing=hearing)
        await self.helene.send("OpenDeliberation", hearing=hearing)

    async def agree(self, hearing: str) -> None:
        marks = dict.fromkeys(await self.competencies(), "A")
        await self.helene.send("ProposeConsensus", hearing=hearing, marks=marks)
        for juror in (self.marc, self.sofia):
            await juror.send("ConfirmConsensus", hearing=hearing, marks=marks)

    async def recommend(self, hearing: str) -> None:
        for block in ("BC1", "BC2", None):
            await self.helene.send("Recommend", hearing=hearing, block=block, advice="award")

    async def sign(self, hearing: str) -> None:
        for juror in (self.marc, self.sofia, self.helene):
            await juror.send("SignDeliberation", hearing=hearing)


@asynccontextmanager
async def room(served: Served) -> AsyncIterator[Room]:
    """Everybody opens their link."""
    async with AsyncExitStack() as stack:

        async def sit(link: str) -> Person:
            return await stack.enter_async_context(seated(served.url, link))

        links = served.links
        candidates = [await sit(one["link"]) for one in links["candidates"]]
        jurors = [await sit(one["link"]) for one in links["jurors"]]
        others = [await sit(links[name]) for name in ("organizer", "observer", "aid")]
        marc, helene, sofia = jurors
        organizer, observer, aid = others
        yield Room(served, candidates, marc, helene, sofia, organizer, observer, aid)
