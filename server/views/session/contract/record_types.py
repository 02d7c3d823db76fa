"""One candidate's record: what `record/page.html` is rendered from, and the signed grid as a paper. No script reads it.
"""

from __future__ import annotations

from typing import Literal, TypedDict

from evaluation.people import HearingId, SeatId
from server.views.session.contract.basic_types import Person
from server.views.session.contract.deliberation_types import ConsensusRow, RecommendationView, ResultView, SignatureView
from server.views.session.contract.identity_types import DocumentView, OpinionView, Signals
from server.views.session.contract.incident_types import IncidentView

Tone = Literal["plain", "key", "alert"]


class CutLine(TypedDict):
    """One cut of the line in words; `given`: what was decided of it; `said`: why, where it is another figure."""

    words: str
    given: str
    said: str | None


class ClockLine(TypedDict):
    """One timed phase in words. `overrun`, `paused`, `lost` and `given_back` are None where there is nothing to say.
    `cuts` are what the line was cut for, and what was given back."""

    phase: str
    started: str
    elapsed: str
    planned: str
    running: bool
    early: bool
    overrun: str | None
    paused: str | None
    lost: str | None
    given_back: str | None
    cuts: list[CutLine]


class Attempt(TypedDict):
    """X9. `voided` are the words of why it does not count, None for the one that does."""

    number: int
    voided: str | None
    said: str | None
    clocks: list[ClockLine]


class TimelineLine(TypedDict):
    """What happened at one moment. `said`: what somebody wrote with it; `place`: the page's anchor where it opens."""

    position: int
    at: int
    hour: str
    attempt: int
    tone: Tone
    words: str
    said: str | None
    place: str | None


class Day(TypedDict):
    """One day of the timeline."""

    day: str
    lines: list[TimelineLine]


class RecordJuror(Person):
    """A juror of this examination, and why they took no part."""

    recused_words: str | None


class RecordBlock(TypedDict):
    """A block that the candidate presents, or keeps."""

    code: str
    title: str
    kept: bool


class RecordIncident(IncidentView):
    """An incident with its hour, and the phase's clock at that moment."""

    hour: str
    clock_words: str | None


class Statement(TypedDict):
    """What the candidate had written down."""

    hour: str
    by: str
    words: str | None


class SuppliedDocument(DocumentView):
    """A document with when it was supplied."""

    day: str
    hour: str


class RecordCapture(TypedDict):
    """A picture taken of the live stream: of whom, by whom."""

    id: str
    hour: str
    of: str
    by: str


class RecordIdentity(TypedDict):
    """R6.3. `decision` is None before there is one; `reserved`: the award is withheld until the identity is settled."""

    decision: str | None
    words: str | None
    by: str | None
    hour: str
    opinions: list[OpinionView]
    dissent: list[str]
    evidence: list[str]
    copies: list[SuppliedDocument]
    reserved: bool
    signals: Signals | None


class NamedSeat(TypedDict):
    """A juror's column."""

    seat: SeatId
    name: str


class GridRow(ConsensusRow):
    """A competency of the jury's table, with its title."""

    title: str
    mandatory: bool


class GridOfBlock(TypedDict):
    """The rows of one block."""

    code: str
    title: str
    rows: list[GridRow]


class DatedSignature(SignatureView):
    """A signature or a refusal with its hour, "" before."""

    hour: str


class RecordDeliberation(ResultView):
    """The jury's table with titles and names, for a page without a script."""

    jurors: list[NamedSeat]
    grids: list[GridOfBlock]
    recommendations: list[RecommendationView]
    signatures: list[DatedSignature]


class Access(TypedDict):
    """What one seat opened of one file, several times in a row or once (X1)."""

    what: str
    who: str
    why: str
    day: str
    hour: str
    times: int


class ScanLine(TypedDict):
    """A scan of a paper of the hearing (X13)."""

    id: str
    title: str
    pages: int
    day: str
    by: str


class RecordView(TypedDict):
    """`blocks` are those sought and kept. `identity`, `documents`, `captures`: None where their door is closed."""

    hearing: HearingId
    candidate: Person
    certification: str
    short_certification: str
    provisional_wording: bool
    day: str
    hour: str
    phase: str
    phase_words: str
    mode_words: str
    transcribed: str | None
    scans: list[ScanLine]
    president: str | None
    jury: list[RecordJuror]
    aids: list[str]
    blocks: list[RecordBlock]
    extra: list[str]
    prevention: str
    sheet: str
    days: list[Day]
    attempts: list[Attempt]
    incidents: list[RecordIncident]
    statements: list[Statement]
    documents: list[SuppliedDocument] | None
    identity: RecordIdentity | None
    captures: list[RecordCapture] | None
    deliberation: RecordDeliberation | None
    grid_pdf: bool
    journal: bool
    accesses: list[Access]
    position: int
