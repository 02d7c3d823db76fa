"""The day and its people: planning, who is connected, calls for help, the jury's composition."""
from __future__ import annotations

from dataclasses import dataclass

from evaluation.candidacy.kept import KeptBlock
from evaluation.people import HearingId, PersonId, Seat, SeatId, Words
from evaluation.quotes import Quote
from evaluation.session.terms import ProblemKind


@dataclass(frozen=True)
class SessionPlanned:
    session: str
    framework: dict[str, object]
    date: str
    organizer: Seat
    agreement: Quote
    observers: tuple[Seat, ...]
    observers_in_deliberation: bool


@dataclass(frozen=True)
class JuryAppointed:
    jurors: tuple[Seat, ...]
    decision: Quote


@dataclass(frozen=True)
class JurorReplaced:
    replaced: SeatId
    seat: Seat
    decision: Quote


@dataclass(frozen=True)
class HearingAdded:
    hearing: HearingId
    candidate: Seat
    starts_at: int
    blocks: tuple[str, ...]
    outcomes: tuple[Quote, ...]
    kept: tuple[KeptBlock, ...]
    trained_by: tuple[PersonId, ...]
    extra_seconds: dict[str, int]
    aids: tuple[Seat, ...]


@dataclass(frozen=True)
class SessionClosed:
    pass


@dataclass(frozen=True)
class SeatJoined:
    seat: SeatId


@dataclass(frozen=True)
class SeatLeft:
    seat: SeatId


@dataclass(frozen=True)
class SeatTakenOver:
    seat: SeatId


@dataclass(frozen=True)
class LinkRenewed:
    """X11: the organizer gave the seat's person a new link. Links and browsers from before hold nothing any more."""

    seat: SeatId


@dataclass(frozen=True)
class ProblemReported:
    words: Words | None
    kind: ProblemKind | None = None


@dataclass(frozen=True)
class ProblemSettled:
    problem: int


@dataclass(frozen=True)
class RoomMessageWritten:
    words: Words


@dataclass(frozen=True)
class PresidentChosen:
    """One juror's choice. `hearing` where the choice is for one hearing only (the day's president is recused)."""

    choice: SeatId
    hearing: HearingId | None


@dataclass(frozen=True)
class PresidentDesignated:
    president: SeatId
    hearing: HearingId | None


@dataclass(frozen=True)
class JurorRecused:
    hearing: HearingId
    juror: SeatId
    words: Words | None


DayEvent = (
    SessionPlanned | JuryAppointed | JurorReplaced | HearingAdded | SessionClosed | SeatJoined | SeatLeft
    | SeatTakenOver | LinkRenewed
    | ProblemReported | ProblemSettled | RoomMessageWritten | PresidentChosen | PresidentDesignated
    | JurorRecused
)
