"""What one candidate's hearing has become: a part of its day's state. Immutable."""
from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from evaluation.candidacy.kept import KeptBlock
from evaluation.candidacy.terms import Admission, AidKind
from evaluation.grading import Mark, Result
from evaluation.people import HearingId, Seat, SeatId, Words
from evaluation.session.cuts import Cut
from evaluation.session.hearing_parts import (
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
    Scan,
    ShorterDelay,
)
from evaluation.session.measured import Check, Consent, Failure, Gesture, Measured
from evaluation.session.phases import IN_ROOM, TIMED, Phase, PhaseClock
from evaluation.session.script_steps import FraudScript
from evaluation.session.terms import Gate, MeasureKind, Mode, PreventionState, SheetState, SignedPaper
from evaluation.session.transcript import Transcribed
from evaluation.slots import HOME


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
