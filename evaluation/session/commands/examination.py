"""While the candidate is in the room: phases and clocks, notes, captures, incidents (R3.2 to R3.4, R6.5)."""
from __future__ import annotations

from dataclasses import dataclass

from evaluation.people import HearingId, SeatId, Words
from evaluation.session.terms import IncidentKind, PauseCause


@dataclass(frozen=True)
class StartPresentation:
    hearing: HearingId


@dataclass(frozen=True)
class StartQuestions:
    hearing: HearingId


@dataclass(frozen=True)
class DismissCandidate:
    """R6.7. Under the questions' floor a reason is needed (R3.4, X7)."""

    hearing: HearingId
    words: Words | None = None


@dataclass(frozen=True)
class PauseClock:
    hearing: HearingId
    cause: PauseCause
    words: Words | None = None


@dataclass(frozen=True)
class ResumeClock:
    hearing: HearingId


@dataclass(frozen=True)
class GiveBackTime:
    """X9: time lost before the pause, given back."""

    hearing: HearingId
    seconds: int
    words: Words | None = None


@dataclass(frozen=True)
class AnnounceTime:
    """A phase's end approaches; written by the clockwork once per phase and mark."""

    hearing: HearingId
    phase: str
    remaining: int


@dataclass(frozen=True)
class AdjournHearing:
    """Interrupted, to go on another day: marks and elapsed time kept, identity and sheet anew."""

    hearing: HearingId
    words: Words


@dataclass(frozen=True)
class RestartAttempt:
    """X9: start again; the attempt so far does not count."""

    hearing: HearingId
    words: Words


@dataclass(frozen=True)
class PostponeHearing:
    """X9: another day; the attempt so far does not count."""

    hearing: HearingId
    words: Words


@dataclass(frozen=True)
class StopHearing:
    hearing: HearingId
    words: Words


@dataclass(frozen=True)
class RequireVisible:
    """R6.4: the jury's demand that the candidate stays visible."""

    hearing: HearingId
    required: bool


@dataclass(frozen=True)
class CoverPoint:
    """R3.3: a juror ticks one of the presentation's points on their own list."""

    hearing: HearingId
    point: int
    covered: bool


@dataclass(frozen=True)
class NoteExamined:
    """R3.4: a juror notes that the jury has examined this competency."""

    hearing: HearingId
    competency: str
    examined: bool


@dataclass(frozen=True)
class WriteNote:
    """A juror's private notes, replaced whole."""

    hearing: HearingId
    words: Words | None


@dataclass(frozen=True)
class TakeCapture:
    """One frame the server decoded from the live stream; the picture lies encrypted outside the journal."""

    hearing: HearingId
    capture: str
    seat: SeatId
    source: str
    digest: str


@dataclass(frozen=True)
class RecordIncident:
    """R6.5, R7.1: phase, clock and author are filled in. `suspected_fraud` until a person has decided."""

    hearing: HearingId
    kind: IncidentKind
    suspected_fraud: bool
    words: Words
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class TellSanctions:
    """R6.5: the sanctions incurred are shown to the candidate."""

    hearing: HearingId
    incident: int


@dataclass(frozen=True)
class AddStatement:
    """X9: how the candidate saw it, in their own words."""

    hearing: HearingId
    words: Words


ExaminationCommand = (
    StartPresentation | StartQuestions | DismissCandidate | PauseClock | ResumeClock | GiveBackTime | AnnounceTime
    | AdjournHearing | RestartAttempt | PostponeHearing | StopHearing | RequireVisible | CoverPoint | NoteExamined
    | WriteNote | TakeCapture | RecordIncident | TellSanctions | AddStatement
)
