"""The demo's day, told from its first candidate's registration to the eve: what the offices, the jury and the
candidates did, each in time. A few things are left undone, for pages to show."""
from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from evaluation.candidacy.terms import Wish
from evaluation.codec import encode
from evaluation.deadlines import end_of
from evaluation.framework import Framework
from evaluation.framework_file import framework_to_data
from evaluation.session.impartiality import undeclared
from evaluation.session.notice_rules import to_convene
from evaluation.session.preparing import left_to_read
from evaluation.session.state import SessionState
from evaluation.session.terms import IDENTITY_KINDS, DocumentKind
from evaluation.session.tried import Floors, Measures, TriedCamera, TriedLine
from server.cli import demo_body
from server.cli.demo_body import decide_jury, under
from server.cli.demo_cast import Cast, Placed, id_of
from server.cli.demo_registering import ask_adjustment, decide_adjustment, register
from server.cli.demo_teller import Quoted, Teller
from server.documents import demo as papers
from server.documents.demo import BRIEF, DUE, FORMATIVE, HANDED_IN, DemoPeople

SESSION: Final = "day-1"
REGISTERED, ASKED, ARRANGED, PLANNED, APPOINTED, ACCEPTED, WRITTEN, ADOPTED = 120, 119, 117, 116, 113, 111, 110, 107
CONVENED, ACKNOWLEDGED, TRIED, PREPARED, PIECE = 25, 23, 22, 9, 8
"""In days before it; the others are those of the made papers."""
APART: Final = 95 * 60_000
"""Between two candidates, in ms."""
LAST: Final = 60_000
"""Before midnight, the last candidate of a demo that begins late, in ms."""
CARD_ISSUED: Final = 900
"""In days before."""
PDF, PNG = "application/pdf", "image/png"
TRIED_WELL: Final = Measures(
    live_video=True, camera=TriedCamera(width=1280, brightness=120, behind=5, sharpness=900), heard=True, sound=True,
    line=TriedLine("udp", carries_bps=3_000_000, seen_bps=1_500_000, returned_bps=1_500_000, lost_there=1, lost_back=1,
                   round_trip_ms=40))


@dataclass(frozen=True)
class Supplied:
    """A made paper of a candidate's, and who supplies it. `pages` 0: they are counted."""

    by: Placed
    kind: DocumentKind
    make: Callable[[], bytes]
    pages: int = 0

    @property
    def media_type(self) -> str:
        return PNG if self.kind in IDENTITY_KINDS or self.kind == "photograph" else PDF


@dataclass(frozen=True)
class DemoDay:
    """`now` is when its first candidate comes; `floors` is what a try-out is held against."""

    teller: Teller
    people: DemoPeople
    cast: Cast
    framework: Framework
    now: int
    floors: Floors

    async def register(self) -> None:
        """Both candidates, and what is arranged for the first."""
        await self.teller.come_to(REGISTERED)
        registered = {one.hearing: await register(self.teller, self.people, one.person, self.framework, REGISTERED)
                      for one in self.cast.candidates}
        await self.teller.come_to(ASKED)
        first = self.cast.candidates[0].seat.person
        await ask_adjustment(self.teller, first, (Wish.TIME, Wish.AID))
        await self.teller.come_to(ARRANGED)
        arranged = await decide_adjustment(self.teller, id_of(self.people.officer), first, self.framework)
        await self._plan(registered, arranged)

    async def _plan(self, registered: dict[str, Quoted], arranged: Quoted) -> None:
        await self.teller.come_to(PLANNED)
        organizer = self.cast.organizer.seat
        await self._ask(
            self.cast.organizer, "PlanSession", session=SESSION, framework=framework_to_data(self.framework),
            date=self.teller.day.isoformat(), organizer=encode(organizer),
            observers=[encode(self.cast.observer.seat)], **(await under(self.teller, self.framework)).fields())
        for index, one in enumerate(self.cast.candidates):
            helped = self.cast.aid.hearing == one.hearing
            await self._ask(
                self.cast.organizer, "AddHearing", hearing=one.hearing, candidate=encode(one.seat),
                aids=[encode(self.cast.aid.seat)] if helped else [], candidacy=registered[one.hearing],
                starts_at=min(self.now + index * APART, end_of(self.teller.day) - LAST),
                adjustment=arranged if helped else None)
        await demo_body.ask_for_jury(self.teller, self.people, SESSION, self.framework)

    async def appoint(self) -> None:
        """The commission appoints, the jurors accept and declare."""
        await self.teller.come_to(APPOINTED)
        await decide_jury(self.teller, self.people, SESSION, tuple(one.seat for one in self.cast.jurors))
        await self.teller.come_to(ACCEPTED)
        for juror in self.cast.jurors:
            await self._ask(juror, "AnswerAppointment", hearing=None, accepted=True)
            for hearing in undeclared(await self._state(), juror.seat.id):
                await self._ask(juror, "DeclareImpartial", hearing=hearing)

    async def publish_brief(self) -> None:
        """Written by the provider, adopted by two of the three jurors, published with the portfolios' last day."""
        await self.teller.come_to(WRITTEN)
        stored = await self.teller.kept.vault.put_file(
            f"session:{SESSION}", SESSION, "brief", PDF, papers.brief(self.people, self.teller.day))
        await self._ask(self.cast.organizer, "WriteBrief", document=stored.id, digest=stored.digest, pages=2)
        await self.teller.come_to(ADOPTED)
        for juror in (self.cast.jurors[0], self.cast.jurors[2]):
            await self._ask(juror, "AnswerBrief", document=stored.id, adopted=True)
        await self.teller.come_to(BRIEF)
        await self._ask(self.cast.organizer, "PublishBrief", document=stored.id,
                        deadline=self.teller.before(DUE).isoformat())

    async def convene(self) -> None:
        """Everybody; the first candidate alone says that they have it."""
        await self.teller.come_to(CONVENED)
        await self.teller.convene(SESSION, self.cast.organizer.seat.id, to_convene(await self._state()))
        await self.teller.come_to(ACKNOWLEDGED)
        first = self.cast.candidates[0]
        await self._ask(first, "AcknowledgeNotice", hearing=first.hearing)

    async def try_out(self) -> None:
        """All went well; the second candidate has not tried."""
        await self.teller.come_to(TRIED)
        for one in (self.cast.candidates[0], *self.cast.jurors, self.cast.aid):
            await self._ask(one, "RecordTryOut", measures=encode(TRIED_WELL), floors=encode(self.floors))

    async def supply_papers(self) -> None:
        await self.teller.come_to(FORMATIVE)
        for one in self.cast.candidates:
            await self._supply(one, Supplied(self.cast.organizer, "formative", lambda one=one: (
                papers.formative_evaluations(one.person, self.people.trainer.name, self.teller.day)), 2))
        await self.teller.come_to(HANDED_IN)
        for one in self.cast.candidates:
            for made in self._own_papers(one):
                await self._supply(one, made)

    def _own_papers(self, one: Placed) -> Iterator[Supplied]:
        """The second candidate's photographs of the piece are missing."""
        person, day = one.person, self.teller.day
        card = papers.identity_card(person, self.teller.before(CARD_ISSUED))
        yield Supplied(one, "portfolio_a", lambda: papers.portfolio_a(person, day))
        yield Supplied(one, "portfolio_b", lambda: papers.portfolio_b(person, day))
        if one is self.cast.candidates[0]:
            yield Supplied(one, "photograph", lambda: papers.photograph(person), 1)
        yield Supplied(one, "identity_front", lambda: card.front, 1)
        yield Supplied(one, "identity_back", lambda: card.back, 1)

    async def _supply(self, candidate: Placed, made: Supplied) -> None:
        data = made.make()
        stored = await self.teller.kept.vault.put_file(candidate.seat.person, SESSION, made.kind, made.media_type, data)
        await self._ask(
            made.by, "SupplyDocument", hearing=candidate.hearing, document=stored.id, kind=made.kind,
            digest=stored.digest, pages=made.pages or _count_pages(data),
            identity="new_card" if made.kind in IDENTITY_KINDS else None)

    async def prepare(self) -> None:
        """One juror has still to read the second candidate's papers."""
        await self.teller.come_to(PREPARED)
        leaves, last = self.cast.jurors[0], self.cast.candidates[-1]
        for juror in self.cast.jurors:
            for one in left_to_read(await self._state(), juror.seat):
                if juror is not leaves or one.hearing != last.hearing:
                    await self._ask(juror, "ConfirmRead", hearing=one.hearing, what=one.what, document=one.document)
        await self.teller.come_to(PIECE)
        await self._ask(
            self.cast.organizer, "HandlePiece", hearing=self.cast.candidates[0].hearing, step="received",
            on=self.teller.today.isoformat(), words=f"{self.people.organizer.name}, coffre de l’école")

    async def _state(self) -> SessionState:
        state = await self.teller.kept.sessions.state(SESSION)
        if state is None:
            raise LookupError(SESSION)
        return state

    async def _ask(self, by: Placed, command: str, **fields: object) -> None:
        await self.teller.in_day(SESSION, by.seat.id, command, **fields)


def _count_pages(data: bytes) -> int:
    import contextlib

    import pypdfium2

    with contextlib.closing(pypdfium2.PdfDocument(data)) as document:
        return len(document)
