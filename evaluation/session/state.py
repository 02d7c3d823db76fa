"""What a jury session has become: the fold of its events. Immutable; `dataclasses.replace` makes the next state."""
from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from evaluation.candidacy.kept import KeptBlock
from evaluation.candidacy.terms import Admission, AidKind
from evaluation.framework import Framework
from evaluation.grading import Mark, Result
from evaluation.offices import ProviderId
from evaluation.people import HearingId, JurorCategory, Role, Seat, SeatId, Words
from evaluation.rules import N_, Refusal
from evaluation.session.cuts import Cut
from evaluation.session.hearing_parts import (
    BriefVersion,
    CaptureRef,
    Deliberation,
    Document,
    Grid,
    IdentityDecision,
    Incident,
    Measure,
    MoveAgreed,
    Note,
    Notice,
    Opinion,
    PieceHandled,
    Problem,
    Scan,
    SeatAnswer,
    ShorterDelay,
    ToRead,
)
from evaluation.session.measured import Check, Consent, Failure, Gesture, Measured
from evaluation.session.phases import IN_ROOM, PRIVATE, TIMED, TO_CALL, Phase, PhaseClock
from evaluation.session.script_steps import FraudScript
from evaluation.session.terms import (
    Gate,
    MeasureKind,
    Mode,
    PreventionState,
    PromptKind,
    SheetState,
    SignedPaper,
)
from evaluation.session.transcript import Transcribed
from evaluation.session.tried import TryOut
from evaluation.slots import HOME

BODY_TOLD: SeatId = "awarding-body"
"""In place of a seat: the awarding body, to which the day is told (R4.4)."""


@dataclass(frozen=True)
class Hearing:
    """One candidate's examination within the day."""

    id: HearingId
    candidate: Seat
    starts_at: int
    blocks: tuple[str, ...]
    kept: tuple[KeptBlock, ...]
    trained_by: tuple[str, ...]
    extra_seconds: Mapping[str, int]
    aids: tuple[Seat, ...]
    phase: Phase = Phase.SCHEDULED
    notice: Notice | None = None
    """The candidate's last notice to attend; `notices.standing` says whether it is for the hour as it is now."""
    resume: Phase | None = None
    """The timed phase to go on with after an adjournment."""
    attempt: int = 1
    waiting: bool = False
    prevention: PreventionState = "pending"
    sheet: SheetState = "not_signed"
    sheet_at: int | None = None
    sheet_words: Words | None = None
    opinions: Mapping[SeatId, Opinion] = field(default_factory=dict[SeatId, Opinion])
    face_consent: Consent = "unanswered"
    check: Check | None = None
    gesture: Gesture | None = None
    check_failure: Failure | None = None
    signals: tuple[Measured, ...] = ()
    """What the checks since the candidate was called in, or since the last "try again", gave; the newest last."""
    past_signals: tuple[Measured, ...] = ()
    withdrawn: frozenset[str] = frozenset()
    """Pictures and words that a withdrawn consent takes out of the evidence: they are deleted."""
    identity: IdentityDecision | None = None
    refusals: frozenset[Gate] = frozenset()
    """Gates that the candidate refused and the president has yet to decide on, whatever was done since (R6.3)."""
    reservations: frozenset[Gate] = frozenset()
    """Gates passed with a reservation: the award is withheld until each is settled (R6.3)."""
    reminder: frozenset[int] = frozenset()
    clocks: Mapping[Phase, PhaseClock] = field(default_factory=dict[Phase, PhaseClock])
    cuts: tuple[Cut, ...] = ()
    """Of each attempt, in order: the line cut while the candidate's time was given (X9)."""
    visible_required: bool = False
    dismissed_at: int | None = None
    results_by: str | None = None
    examined: frozenset[str] = frozenset()
    grids: Mapping[SeatId, Grid] = field(default_factory=dict[SeatId, Grid])
    recused: Mapping[SeatId, Words | None] = field(default_factory=dict[SeatId, Words | None])
    impartial: frozenset[SeatId] = frozenset()
    """The jurors who declared that nothing keeps them from judging impartially (R1.4)."""
    suspended: bool = False
    deliberation: Deliberation | None = None
    documents: tuple[Document, ...] = ()
    """Every version, also what was set aside. What the jury sees of them: `shown_papers.shown`."""
    frozen: tuple[str, ...] | None = None
    """The documents that stood at the portfolio's deadline, once it has passed."""
    shorter_delay: ShorterDelay | None = None
    piece: tuple[PieceHandled, ...] = ()
    captures: tuple[CaptureRef, ...] = ()
    incidents: tuple[Incident, ...] = ()
    statements: tuple[Note, ...] = ()
    measures: tuple[Measure, ...] = ()
    """The organizer's, in order (R4.4)."""
    disputed: bool = False
    agreed: Mapping[str, Mark] | None = None
    result: Result | None = None
    """What all three signed, or refused to: the agreed marks, and what they computed then."""
    changed: Mapping[str, int] = field(default_factory=dict[str, int])
    """The journal's position at which each part that decisions rest on (a field's name) last changed."""
    appointed: frozenset[SeatId] | None = None
    """The jurors it had, recused or not, once the hearing is over: later replacements no longer concern it."""
    candidacy: str = ""
    """The stream of the candidacy whose registration it rests on."""
    admission: Admission = "admitted"
    """Whether that registration can be relied on still: who is planned was admitted (R6.6)."""
    company: str | None = None
    """The keyed digest of the employer's name."""
    mode: Mode = "remote"
    zone: str = HOME
    """The time zone of where the candidate will be."""
    added_at: int = 0
    """When the candidate was put on the list."""
    break_minutes: int = 0
    """The candidate's own breaks (R10.1)."""
    aid_kind: AidKind | None = None
    """Who is to help the candidate, as it was decided (R10.1); their seat is among `aids` once it is given."""
    equipment: bool = False
    """The candidate uses a device or a program of their own."""
    on_paper: frozenset[SignedPaper] = frozenset()
    """What the candidate signed on paper (X13)."""
    scans: tuple[Scan, ...] = ()
    transcribed: Transcribed | None = None
    """What was entered of its papers: the record, once each juror has confirmed it."""
    move_agreed: MoveAgreed | None = None
    """The last day that the candidate agreed to be moved to."""

    @property
    def kept_blocks(self) -> tuple[str, ...]:
        return tuple(one.block for one in self.kept)

    @property
    def clock(self) -> PhaseClock | None:
        """The clock of the phase that runs, or of the one an adjournment interrupted."""
        return self.clocks.get(self.resume or self.phase)

    @property
    def ran(self) -> tuple[PhaseClock, ...]:
        """The clocks of the timed phases that have begun, in order."""
        return tuple(self.clocks[phase] for phase in TIMED if phase in self.clocks)

    def grid(self, juror: SeatId) -> Grid:
        return self.grids.get(juror, Grid())

    def with_grid(self, juror: SeatId, grid: Grid) -> Hearing:
        return replace(self, grids={**self.grids, juror: grid})

    def with_clock(self, clock: PhaseClock) -> Hearing:
        return replace(self, clocks={**self.clocks, clock.phase: clock})

    def with_incident(self, position: int, change: Callable[[Incident], Incident]) -> Hearing:
        """The incident at this position of the journal as it is now."""
        return replace(self, incidents=tuple(
            change(one) if one.position == position else one for one in self.incidents))

    def with_script(self, incident: int, next_step: Callable[[FraudScript], FraudScript]) -> Hearing:
        """Nothing changes where the script has not begun."""
        return self.with_incident(incident, lambda one: replace(one, script=next_step(one.script))
                                  if one.script is not None else one)

    @property
    def noted(self) -> tuple[Incident, ...]:
        """The incidents that whoever judges the candidate sees: not what an accusation was that came to nothing."""
        return tuple(one for one in self.incidents if not one.dropped)

    @property
    def apart(self) -> Measure | None:
        """Why the candidate is out of the room, while it is their examination (R4.4)."""
        return self._standing("separation")

    @property
    def proposed(self) -> Measure | None:
        """What the organizer proposes, until the president has answered, or the candidate has left."""
        return self._standing("proposal")

    def _standing(self, kind: MeasureKind) -> Measure | None:
        standing = (one for one in reversed(self.measures) if one.kind == kind and one.over_at is None)
        return next(standing, None) if self.phase in IN_ROOM else None

    @property
    def in_script(self) -> Incident | None:
        """The suspected fraud that was told to the candidate, and on which the president has yet to decide (R6.5)."""
        return next((one for one in self.noted if one.script is not None and one.script.step != "done"), None)

    @property
    def untold(self) -> tuple[Incident, ...]:
        """The suspicions that the candidate is still to be told of in the room (R6.5)."""
        return tuple(one for one in self.noted if one.to_tell and not one.sanctions_told)

    @property
    def pictures(self) -> Mapping[str, str]:
        """Every picture taken in this hearing, with its digest: what may be cited as evidence."""
        measured = (one for each in (*self.past_signals, *self.signals) for one in each.pictures())
        return {one.id: one.digest for one in (*self.captures, *measured)}

    def document(self, kind: str) -> Document | None:
        """The newest document of one kind."""
        return next((d for d in reversed(self.documents) if d.kind == kind), None)


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
