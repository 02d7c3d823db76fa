"""What the state of a hearing is made of: grids, decisions, documents, what was written, the deliberation."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from evaluation.grading import Mark
from evaluation.people import HearingId, SeatId, Words
from evaluation.session.measured import IdentityDocument
from evaluation.session.script_steps import FraudScript
from evaluation.session.terms import (
    Advice,
    Bounce,
    Course,
    FollowUpMeans,
    IdentityFinding,
    MeasureKind,
    PaperKind,
    PieceStep,
    ProblemKind,
    ProposedEnding,
)


@dataclass(frozen=True)
class OwnMark:
    mark: Mark
    words: Words | None
    not_shown: bool
    at: int


@dataclass(frozen=True)
class Grid:
    """One juror's own grid, checklist and notes."""

    marks: Mapping[str, OwnMark] = field(default_factory=dict[str, OwnMark])
    points: frozenset[int] = frozenset()
    note: Words | None = None
    note_at: int | None = None
    closed: bool = False


@dataclass(frozen=True)
class FollowUp:
    """Somebody was called, or written to by registered letter, about their notice."""

    means: FollowUpMeans
    words: Words
    by: SeatId
    at: int


@dataclass(frozen=True)
class Notice:
    """A notice to attend, and what became of its letter (R4.2). It is for one day (`date`, YYYY-MM-DD in Paris) and one
    hour (`starts_at`): where these are moved it no longer counts.

    `number` counts the notices given to one person. `agreed` and `words` are the candidate's agreement to less time
    than is owed, and why. `twice`: the letter may have left twice. `why` is the mail server's code. `changed_at`: when
    it was last written anew because its place, or how one attends, had changed.
    """

    number: int
    given_at: int
    date: str
    starts_at: int
    taken_at: int | None = None
    twice: bool = False
    bounce: Bounce | None = None
    bounced_at: int | None = None
    why: str = ""
    acknowledged_at: int | None = None
    follow_ups: tuple[FollowUp, ...] = ()
    agreed: Words | None = None
    words: Words | None = None
    changed_at: int | None = None


@dataclass(frozen=True)
class Opinion:
    conform: bool
    words: Words | None
    at: int


@dataclass(frozen=True)
class IdentityDecision:
    finding: IdentityFinding
    course: Course
    words: Words | None
    evidence: tuple[str, ...]
    dissent: tuple[SeatId, ...]
    by: SeatId
    at: int
    seen: IdentityDocument | None = None
    """Which kind of document was seen on site, where no camera showed it (X13)."""


@dataclass(frozen=True)
class MoveAgreed:
    """The candidate agrees to be examined on this day (YYYY-MM-DD), whatever notice is left; `words`: how they said
    so."""

    date: str
    words: Words
    at: int


@dataclass(frozen=True)
class Incident:
    position: int
    at: int
    by: SeatId
    kind: str
    suspected_fraud: bool
    phase: str
    clock: int | None
    words: Words | None
    evidence: tuple[str, ...]
    sanctions_told: bool = False
    dropped: bool = False
    """Its case withdrew the accusation, or found nothing in it."""
    answers: Mapping[str, Words] = field(default_factory=dict[str, Words])
    """To the questions that its kind asks, by their place among them."""
    to_tell: bool = False
    """The candidate is still to be told of it in the room (R6.5)."""
    script: FraudScript | None = None
    """How far what follows has come, once the candidate was told."""


@dataclass(frozen=True)
class Measure:
    """What the organizer did about a hearing (R4.4). `over_at`: when a separation ended, or a proposal was answered;
    `declined` says why it was not followed."""

    position: int
    at: int
    by: SeatId
    kind: MeasureKind
    words: Words
    ending: ProposedEnding | None = None
    over_at: int | None = None
    declined: Words | None = None


@dataclass(frozen=True)
class LatePaper:
    """Why a paper that came after the deadline is shown to the jury all the same, and by whose act."""

    words: Words
    by: SeatId
    at: int


@dataclass(frozen=True)
class Document:
    """`identity`, `flaws`, `accepted_by` are of copies of identity documents: which kind, what a machine saw on it
    (None: it has not looked), who has taken it as it is. `late`: it came after the deadline and was accepted."""

    id: str
    kind: str
    digest: str
    pages: int
    at: int
    by: SeatId
    identity: IdentityDocument | None = None
    flaws: tuple[str, ...] | None = None
    accepted_by: SeatId | None = None
    set_aside: bool = False
    late: LatePaper | None = None


@dataclass(frozen=True)
class Scan:
    """A scan of a paper of the hearing; the file lies encrypted outside the journal under `id`."""

    id: str
    paper: PaperKind
    digest: str
    pages: int
    at: int
    by: SeatId


@dataclass(frozen=True)
class BriefAnswer:
    """What a juror answered to a version of the brief."""

    adopted: bool
    words: Words | None
    at: int


@dataclass(frozen=True)
class BriefVersion:
    """`answers` are the jurors' own; `adopted_at` is when enough of them had adopted it. `position` is the journal's,
    where it was written."""

    document: Document
    position: int
    answers: Mapping[SeatId, BriefAnswer] = field(default_factory=dict[SeatId, BriefAnswer])
    adopted_at: int | None = None
    published_at: int | None = None


@dataclass(frozen=True)
class SeatAnswer:
    """Whether a juror will sit (R1.2)."""

    accepted: bool
    words: Words | None
    at: int


@dataclass(frozen=True)
class ToRead:
    """Something that a juror takes note of before the day (R1.5). `document` is empty for what the framework holds."""

    hearing: HearingId | None
    what: str
    document: str = ""


@dataclass(frozen=True)
class ShorterDelay:
    """A candidate's recorded agreement to hand in by a day that is sooner than the framework's months."""

    deadline: date
    words: Words
    at: int


@dataclass(frozen=True)
class PieceHandled:
    """A step of the polished piece: on which day, and `words` on who holds it from then on."""

    step: PieceStep
    on: date
    words: Words
    by: SeatId
    at: int


@dataclass(frozen=True)
class CaptureRef:
    id: str
    seat: SeatId
    source: str
    digest: str
    by: SeatId
    at: int


@dataclass(frozen=True)
class Note:
    """Words of one seat at one time: a statement, a message to the room."""

    position: int
    at: int
    by: SeatId
    words: Words
    hearing: HearingId | None = None
    """Of a message: whose examination it fell into; None before, between and after."""


@dataclass(frozen=True)
class Problem:
    """A call for help: what the caller chose, what they wrote, or both."""

    position: int
    at: int
    by: SeatId
    words: Words | None
    kind: ProblemKind | None
    settled: bool = False


@dataclass(frozen=True)
class Signature:
    at: int
    refused: bool
    words: Words | None
    on_paper: bool = False
    """It was put on paper and transcribed; `at` is when the juror confirmed that."""


@dataclass(frozen=True)
class Recommendation:
    advice: Advice
    departs: bool
    words: Words | None


@dataclass(frozen=True)
class Proposal:
    mark: Mark
    confirmed: frozenset[SeatId]


@dataclass(frozen=True)
class Deliberation:
    opened_at: int
    jurors: tuple[SeatId, ...]
    proposals: Mapping[str, Proposal] = field(default_factory=dict[str, Proposal])
    disputed: Mapping[str, Words] = field(default_factory=dict[str, Words])
    recommendations: Mapping[str, Recommendation] = field(default_factory=dict[str, Recommendation])
    """By block code; the whole certification under ``""``."""
    advised_at: int = 0
    """The journal's position of the last recommendation."""
    signatures: Mapping[SeatId, Signature] = field(default_factory=dict[SeatId, Signature])
