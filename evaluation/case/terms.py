"""What commands, events and the state of a case share."""
from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Literal

from evaluation.case_rules import CaseRules
from evaluation.journal import canonical
from evaluation.offices import ProviderId
from evaluation.people import HearingId, PersonId

KIND = "case"
OPENED = "case.opened"
JOINED = "case.joined"
TOOK_IN = "case.took_in"
NOT_TAKEN = "case.not_taken_in"
REQUALIFIED = "case.requalified"
DECIDED = "case.decided"
CLOSED = "case.closed"
WITHDRAWN = "case.accusation_withdrawn"
INADMISSIBLE = "case.admissibility_ruled"
CandidacyId = str
"""A part of a case is named by the stream of its candidacy."""
Party = str
PROVIDER: Party = "provider"
"""Whoever answers for the training provider; every other party is a juror, by their person."""


def case_id(kind: str, stream: str, position: int) -> str:
    """The case that follows from one event: the same however often it is asked for."""
    return sha256(canonical([KIND, kind, stream, position])).hexdigest()[:32]


def bar_id(case: str, candidacy: CandidacyId) -> str:
    """The bar that follows from a decision, likewise."""
    return sha256(canonical(["bar", case, candidacy])).hexdigest()[:32]


def appeal_kind(against: object) -> str:
    """Of which kind an appeal is, by the event that it is against: what a case decided, or what a jury awarded."""
    return "sanction" if against == DECIDED else "award"


@dataclass(frozen=True)
class Dropped:
    """An incident of a day that accuses nobody any more: whoever judges the candidate is not shown it."""

    session: str
    hearing: HearingId
    incident: int


@dataclass(frozen=True)
class Attempt:
    """A hearing that a case is about."""

    session: str
    hearing: HearingId


Awaited = Literal["organizer", "director", "clerk", "candidate", "parties", "commission"]
"""Who acts next in a part of a case."""


class Stage(StrEnum):
    """How far the part of one candidacy is."""

    FACTS = "facts"
    REPORTED = "reported"
    ADMITTED = "admitted"
    TOLD = "told"
    HEARD = "heard"
    PROPOSED = "proposed"
    ANSWERED = "answered"
    SUBMITTED = "submitted"
    DECIDED = "decided"
    HANDED = "handed"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    INADMISSIBLE = "inadmissible"
    JOINED = "joined"


STAGES_OVER = frozenset({
    Stage.DECIDED, Stage.HANDED, Stage.CLOSED, Stage.WITHDRAWN, Stage.INADMISSIBLE, Stage.JOINED})
"""Nothing is left to decide; of a case that was joined, nothing here."""


@dataclass(frozen=True)
class Given:
    """What the platform knows, as it opens a case, of the day or the candidacy that it comes from. `by` recorded it, at
    `at`; `jurors` are those of the hearing, `organizers` whoever organized the day."""

    body: str
    provider: ProviderId | None
    certification: str
    version: str
    title: str
    rules: CaseRules
    candidacy: CandidacyId
    person: PersonId
    by: PersonId
    at: int
    session: str | None = None
    hearing: HearingId | None = None
    jurors: tuple[PersonId, ...] = ()
    organizers: tuple[PersonId, ...] = ()
    move_off_holidays: bool = False
    appeal_months: int = 2
