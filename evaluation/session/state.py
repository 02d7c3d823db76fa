"""What a jury session has become: the fold of its events. Immutable; `dataclasses.replace` makes the next state."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from evaluation.framework import Framework
from evaluation.offices import ProviderId
from evaluation.people import HearingId, JurorCategory, Role, Seat, SeatId, Words
from evaluation.rules import N_, Refusal
from evaluation.session.hearing import Hearing
from evaluation.session.hearing_parts import BriefVersion, Note, Notice, Problem, SeatAnswer, ToRead
from evaluation.session.phases import IN_ROOM, PRIVATE, TO_CALL, Phase
from evaluation.session.terms import PromptKind
from evaluation.session.tried import TryOut

__all__ = ["BODY_TOLD", "Hearing", "SessionState"]

BODY_TOLD: SeatId = "awarding-body"
"""In place of a seat: the awarding body, to which the day is told (R4.4)."""


@dataclass(frozen=True)
class SessionState:
    """A jury session: one jury's day. `body` is the stream of the awarding body whose agreement with `provider` it was
    planned under."""

    id: str
    framework: Framework
    date: str
    organizer: Seat
    observers: tuple[Seat, ...]
    observers_in_deliberation: bool
    provider: ProviderId
    body: str
    in_force_since: str
    """From which day (YYYY-MM-DD) the framework is in force."""
    place: Words | None = None
    position: int = 0
    last_at: int = 0
    deputies: tuple[Seat, ...] = ()
    """Who organizes beside the organizer (R4.4)."""
    former: tuple[Seat, ...] = ()
    """Seats that were taken back: their people are named in what is written."""
    jurors: tuple[Seat, ...] = ()
    replaced: frozenset[tuple[SeatId, HearingId | None]] = frozenset()
    president: SeatId | None = None
    presidents: Mapping[HearingId, SeatId] = field(default_factory=dict[HearingId, SeatId])
    """Where a hearing has a president of its own, because the day's president is recused."""
    votes: Mapping[SeatId, SeatId] = field(default_factory=dict[SeatId, SeatId])
    votes_for: HearingId | None = None
    """What the choices of `votes` are for: one hearing, or (None) the day."""
    hearings: Mapping[HearingId, Hearing] = field(default_factory=dict[HearingId, Hearing])
    current: HearingId | None = None
    present: frozenset[SeatId] = frozenset()
    away: Mapping[SeatId, int] = field(default_factory=dict[SeatId, int])
    """Since when whoever left was last seen gone (ms): older than the event, which is written after a grace."""
    problems: tuple[Problem, ...] = ()
    messages: tuple[Note, ...] = ()
    convened: Mapping[SeatId, Notice] = field(default_factory=dict[SeatId, Notice])
    """What was written to those who attend without being examined, by seat; the awarding body under `BODY_TOLD`."""
    reminded: frozenset[tuple[SeatId, PromptKind, int]] = frozenset()
    """Who was reminded of what, with the number of their notice."""
    without_agreement: str | None = None
    """From which day (YYYY-MM-DD) the provider has no agreement, where that is on the day or before it (R1.7)."""
    briefs: tuple[BriefVersion, ...] = ()
    """Every version, the newest last."""
    deadline: date | None = None
    """The last day for portfolios, as it was published with the brief (R4.1). None: no day was set."""
    answers: Mapping[SeatId, SeatAnswer] = field(default_factory=dict[SeatId, SeatAnswer])
    """What each juror said of their appointment."""
    read: Mapping[SeatId, frozenset[ToRead]] = field(default_factory=dict[SeatId, frozenset[ToRead]])
    """What each juror has taken note of (R1.5)."""
    try_outs: Mapping[SeatId, TryOut] = field(default_factory=dict[SeatId, TryOut])
    """The last one of each seat (X4)."""
    on_site: Mapping[SeatId, SeatId | None] = field(default_factory=dict[SeatId, SeatId | None])
    """Who said that they are in the room, and whose camera shows them, if any does (X13)."""
    closed: bool = False

    def hearing(self, hearing: HearingId) -> Hearing:
        try:
            return self.hearings[hearing]
        except KeyError:
            raise Refusal("R3.2", N_("Cette épreuve n’existe pas dans cette session.")) from None

    def with_hearing(self, hearing: Hearing) -> SessionState:
        return replace(self, hearings={**self.hearings, hearing.id: hearing})

    def with_ended(self, hearing: Hearing) -> SessionState:
        """This hearing is over: its jury no longer changes, and the room is free."""
        appointed = frozenset(s.id for s in self.jurors_appointed(hearing.id))
        current = None if self.current == hearing.id else self.current
        return replace(self.with_hearing(replace(hearing, appointed=appointed)), current=current)

    @property
    def brief(self) -> BriefVersion | None:
        """What the candidates were given: the version published last."""
        return next((one for one in reversed(self.briefs) if one.published_at is not None), None)

    @property
    def focus(self) -> Hearing | None:
        """The hearing the room is about: the current one, or the next to be called in; those that wait for another
        day come last, and after them those that cannot be called in (R6.6)."""
        if self.current is not None:
            return self.hearings[self.current]
        to_call = [h for h in self.hearings.values() if h.phase in TO_CALL]
        return min(to_call, default=None, key=lambda h: (
            h.admission != "admitted", h.phase is not Phase.SCHEDULED, h.starts_at, h.id))

    @property
    def in_room(self) -> Hearing | None:
        hearing = self.hearings.get(self.current or "")
        return hearing if hearing and hearing.phase in IN_ROOM else None

    @property
    def in_private(self) -> Hearing | None:
        """The hearing about which the jury is alone now."""
        hearing = self.hearings.get(self.current or "")
        return hearing if hearing and hearing.phase in PRIVATE else None

    def seat(self, seat: SeatId) -> Seat | None:
        return next((one for one in self.seats() if one.id == seat), None)

    def seats(self) -> tuple[Seat, ...]:
        attending = (seat for h in self.hearings.values() for seat in (h.candidate, *h.aids))
        return (*self.organizers, *self.observers, *self.jurors, *attending)

    @property
    def organizers(self) -> tuple[Seat, ...]:
        """The organizer, and the deputies."""
        return (self.organizer, *self.deputies)

    def hearing_of(self, seat: Seat) -> Hearing | None:
        """The candidate's own hearing, or the one an aid attends."""
        if seat.role in (Role.CANDIDATE, Role.AID) and seat.hearing is not None:
            return self.hearings.get(seat.hearing)
        return None

    def jurors_appointed(self, hearing: HearingId | None) -> tuple[Seat, ...]:
        """A hearing's jury (None: the day's) as appointed now, recused or not: neither who was replaced nor another
        hearing's substitute."""
        over = self.hearings.get(hearing or "")
        if over is not None and over.appointed is not None:
            return tuple(s for s in self.jurors if s.id in over.appointed)
        return tuple(
            s for s in self.jurors
            if s.hearing in (None, hearing)
            and (s.id, None) not in self.replaced and (s.id, hearing) not in self.replaced
        )

    def jurors_sitting(self, hearing: HearingId | None) -> tuple[Seat, ...]:
        """Of the jurors appointed, those who are not recused: they mark and deliberate (R1.4)."""
        about = self.hearings.get(hearing or "")
        recused = set(about.recused if about else ())
        order = list(JurorCategory)
        sitting = (s for s in self.jurors_appointed(hearing) if s.id not in recused)
        return tuple(sorted(sitting, key=lambda s: order.index(s.category) if s.category else 0))

    def sits(self, seat: SeatId, hearing: HearingId | None) -> bool:
        """Whether this juror marks and deliberates for the hearing."""
        return any(s.id == seat for s in self.jurors_sitting(hearing))

    def president_of(self, hearing: HearingId | None) -> SeatId | None:
        """Who presides, or None where nobody designated sits."""
        president = self.presidents.get(hearing or "", self.president)
        return president if president and self.sits(president, hearing) else None
