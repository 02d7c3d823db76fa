"""What followed an earlier day of the demo: its certification jury ruled, the minutes are sealed, the candidates had
their letters, the commission validated what was presented first, and one certificate is issued."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from aiohttp import web

from evaluation.body.batches import PresentBatch, ValidateBatch
from evaluation.candidacy.state import RECORDED
from evaluation.deadlines import start_of
from evaluation.people import PersonId
from server.cli.demo_body import STREAM
from server.cli.demo_cast import id_of
from server.cli.demo_heard_day import HeardDay
from server.cli.demo_registering import candidacy_of
from server.cli.demo_teller import HOUR, Teller
from server.documents.seals import Seals
from server.http import parts
from server.http.limits import Places
from server.http.office import sitting_papers

SAT, PRESENTED, VALIDATED, ISSUED, PRESENTED_LAST = 52, 48, 44, 42, 40
"""In days before the demo's."""
SITS: Final = 14
"""The sitting's hour in Paris."""


@dataclass(frozen=True)
class Papers:
    """What draws and seals papers beside requests."""

    app: web.Application


def papers_of(teller: Teller, seals: Seals) -> Papers:
    app = web.Application()
    app[parts.JOURNALS], app[parts.ROWS] = teller.kept.journals, teller.kept.rows
    app[parts.VAULT], app[parts.ACCOUNTS], app[parts.SEALS] = teller.kept.vault, teller.kept.accounts, seals
    app[parts.SESSIONS], app[parts.NOW] = teller.kept.sessions, teller.past
    app[parts.PLACES] = Places()
    return Papers(app)


@dataclass(frozen=True)
class RuledDay:
    """`of` is the day whose candidates are ruled on: the first two are presented, then the others."""

    of: HeardDay
    papers: Papers

    @property
    def members(self) -> tuple[PersonId, ...]:
        """Who presides comes first."""
        people = self.of.people
        return tuple(id_of(one) for one in (people.presides, *people.sits))

    @property
    def candidacies(self) -> tuple[str, ...]:
        return tuple(candidacy_of(id_of(one)) for one in self.of.heard)

    async def convene(self) -> None:
        await self.of.convene_sitting(start_of(self.of.teller.before(SAT)) + SITS * HOUR)

    async def rule(self) -> None:
        """What the examination's jury recommended is followed."""
        teller, (presides, *others) = self.of.teller, self.members
        await teller.come_to(SAT, SITS)
        for member in self.members:
            await self._do(member, "DeclareImpartial", candidacies=list(self.candidacies))
        await self._do(presides, "OpenSitting")
        for candidacy in self.candidacies:
            await self._do(presides, "ProposeDecision", candidacy=candidacy)
            for member in others:
                await self._do(member, "AnswerDecision", candidacy=candidacy, agrees=True, number=1)
        await self._do(presides, "PresentMinutes", paper=await sitting_papers.presented(
            self.papers, await teller.sitting(self.of.sitting), "1"))
        presented = (await teller.sitting(self.of.sitting)).presented
        if presented is None:
            raise LookupError(self.of.sitting)
        for member in self.members:
            await self._do(member, "SignMinutes", number=presented.number, digest=presented.paper.digest,
                           level="mailed_code")
        await sitting_papers.seal(self.papers, await teller.sitting(self.of.sitting), presented)

    async def certify(self) -> None:
        """The commission has still to decide on the last, and one attestation is to be issued."""
        teller, people = self.of.teller, self.of.people
        clerk, (first, *_) = id_of(people.clerk), self.candidacies
        await self._present(PRESENTED, "batch1", self.candidacies[:2])
        await teller.come_to(VALIDATED)
        await teller.in_body(STREAM, id_of(people.member), ValidateBatch("batch1", {}))
        await teller.come_to(ISSUED)
        await teller.issue_certificates(STREAM, clerk, (first,))
        await self._present(PRESENTED_LAST, "batch2", self.candidacies[2:])

    async def _present(self, days: int, batch: str, candidacies: tuple[str, ...]) -> None:
        await self.of.teller.come_to(days)
        outcomes = [await self.of.teller.quote_first(one, RECORDED) for one in candidacies]
        await self.of.teller.in_body(STREAM, id_of(self.of.people.clerk), PresentBatch(batch, ()),
                                     outcomes=outcomes)

    async def _do(self, member: PersonId, command: str, **fields: object) -> None:
        await self.of.teller.in_sitting(self.of.sitting, member, command, **fields)
