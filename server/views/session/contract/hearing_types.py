"""One candidate's examination: what everybody at it is told, the candidate, the jury."""

from __future__ import annotations

from typing import Literal, TypedDict

from evaluation.people import HearingId, SeatId
from evaluation.session.cuts import Missing
from evaluation.session.gates import Step
from evaluation.session.terms import Gate, Mode, PreventionState, ProposedEnding
from server.views.session.contract.basic_types import Clock, Person, PhaseView
from server.views.session.contract.deliberation_types import Deliberation, OwnMark
from server.views.session.contract.identity_types import CandidateIdentity, DocumentView, IdentityView
from server.views.session.contract.incident_types import IncidentDoors, IncidentView, SuspicionView


class StepView(TypedDict):
    """A step of the examination."""

    words: str
    state: Literal["done", "now", "later"]


class SheetView(TypedDict):
    """The attendance sheet."""

    state: Literal["not_yet", "due", "signed", "refused", "waived"]
    signed_at: int | None


class ReminderPoint(TypedDict):
    """One of the rules that the president recalls."""

    words: str
    said: bool


class Competency(TypedDict):
    """A competency of the grid, with the questions that help to examine it."""

    code: str
    title: str
    mandatory: bool
    questions: list[str]


class Block(TypedDict):
    """A block of the grid."""

    code: str
    title: str
    part: str
    kept: bool
    competencies: list[Competency]


class OwnGrid(TypedDict):
    """A juror's own grid, notes and checklist."""

    closed: bool
    marks: dict[str, OwnMark]
    points: list[int]
    note: str | None
    note_at: int | None
    due: bool
    why_not_closed: list[str]


class SignalledTrouble(TypedDict):
    """Trouble with the line that the candidate or their aid reported."""

    position: int
    at: int
    name: str
    kind_words: str


class CutView(TypedDict):
    """A cut of the line that the president decides on; `seconds` is what it took, proposed to be given back (X9)."""

    position: int
    at: int
    who: Missing
    seconds: int
    words: str


class ProposedView(TypedDict):
    """What the organizer proposes to the president (R4.4)."""

    position: int
    ending: ProposedEnding
    by: str
    words: str | None


class WarningView(TypedDict):
    """The organizer's written warning to the candidate (R4.4)."""

    position: int
    at: int
    by: str
    words: str | None


class ApartView(TypedDict):
    """Since when, and why, the candidate is out of the room (R4.4). `words`: to whom it concerns."""

    at: int
    words: str | None


class SanctionsTold(TypedDict):
    """The sanctions, once the president has said them. `answered`: the candidate has said what they had to say to each
    suspicion."""

    words: list[str]
    answered: bool


class AfterView(TypedDict):
    """What follows the dismissal, for the candidate."""

    results_by: str
    paragraphs: list[str]
    kept: str


class HeldView(TypedDict):
    """Why the jury cannot receive the candidate, as it is told to them (R6.6)."""

    title: str
    words: str


class ForCandidate(TypedDict, total=False):
    """What the candidate alone is told of their examination."""

    message: list[str]
    points: list[str]
    sanctions_told: SanctionsTold | None
    suspicion: SuspicionView | None
    durations: dict[str, int]
    extra_time: dict[str, int]
    warnings: list[WarningView]
    lost_time: list[str]
    held: HeldView
    after: AfterView


class ForJury(TypedDict, total=False):
    """What the jurors who sit are told, each as their doors go."""

    blocks: list[Block]
    definitions: dict[str, str]
    points: list[str]
    examined: list[str]
    not_examined: list[str]
    grid: OwnGrid
    grids_closed: list[SeatId]
    signalled: list[SignalledTrouble]
    cuts: list[CutView]
    proposed: ProposedView | None
    sanctions: list[str]
    incidents: list[IncidentView]
    incident_doors: IncidentDoors
    documents: list[DocumentView]
    deliberation: Deliberation


class MomentWords(TypedDict):
    """What a phase is called, and what comes after it where the reader is told."""

    phase_words: str
    next_words: str | None


class HearingHead(PhaseView, MomentWords):
    """What everybody at an examination is told of it."""

    id: HearingId
    candidate: Person
    starts_at: int
    expected: str
    clock: Clock | None
    steps: list[StepView]
    required_visible: bool
    prevention: PreventionState
    refusals: list[Gate]
    waiting: bool
    sheet: SheetView
    gate: Step | None
    may: list[str]
    reminder: list[ReminderPoint]
    mode: Mode
    on_site: bool
    at_camera: str | None
    place: str
    identity: IdentityView | CandidateIdentity
    extra_words: str | None
    aid_absent: str | None
    lost_over_half: bool
    missing: Missing | None
    apart: ApartView | None


class Hearing(HearingHead, ForCandidate, ForJury):
    """One examination as one seat is told of it."""
