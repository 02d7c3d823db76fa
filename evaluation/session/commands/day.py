"""The day and its people: planning, who is connected, calls for help, the jury's composition."""
from __future__ import annotations

from dataclasses import dataclass

from evaluation.people import HearingId, PersonId, Seat, SeatId, Words
from evaluation.quotes import Quote
from evaluation.session.terms import ProblemKind


@dataclass(frozen=True)
class PlanSession:
    """R1.1: the session keeps the framework it began with, whole. `date` is YYYY-MM-DD in Paris. `agreement` quotes
    that of the provider which plans (R1.7)."""

    session: str
    framework: dict[str, object]
    date: str
    organizer: Seat
    agreement: Quote
    observers: tuple[Seat, ...] = ()
    observers_in_deliberation: bool = True


@dataclass(frozen=True)
class AppointJury:
    """R1.2: what the commission, or its delegate, decided on this day's jury. Written by the server."""

    decision: Quote


@dataclass(frozen=True)
class ReplaceJuror:
    """R1.2: a substitute of the same category, for the whole day or for one hearing, as the commission or its delegate
    decided. Written by the server."""

    decision: Quote


@dataclass(frozen=True)
class AddHearing:
    """One candidate on the day's list. `blocks` are the blocks sought, `outcomes` quote what earlier juries ruled: the
    blocks kept follow from them (X8).

    `starts_at` is in ms since the epoch, `extra_seconds` lengthens phases by name (R10.1), `trained_by` names the
    trainers who trained this candidate (R1.2).
    """

    hearing: HearingId
    candidate: Seat
    starts_at: int
    blocks: tuple[str, ...]
    outcomes: tuple[Quote, ...] = ()
    trained_by: tuple[PersonId, ...] = ()
    extra_seconds: dict[str, int] | None = None
    aids: tuple[Seat, ...] = ()


@dataclass(frozen=True)
class CloseSession:
    """The day is over: links end (X11)."""


@dataclass(frozen=True)
class Join:
    """The seat's page is open. Written by the server, as is Leave."""

    seat: SeatId


@dataclass(frozen=True)
class Leave:
    seat: SeatId


@dataclass(frozen=True)
class TakeOverSeat:
    """X11: a second browser took the seat with the mailed code. Written by the server."""

    seat: SeatId


@dataclass(frozen=True)
class RenewLink:
    """X11: a link may be in wrong hands. Its links and its browser hold the seat no more; a new link is mailed."""

    seat: SeatId


@dataclass(frozen=True)
class ReportProblem:
    """Any seat calls the organizer: with words, or with what it chose among the common problems, or both."""

    words: Words | None = None
    kind: ProblemKind | None = None


@dataclass(frozen=True)
class SettleProblem:
    problem: int
    """Position of the report in the journal."""


@dataclass(frozen=True)
class WriteToRoom:
    """The organizer writes to everybody in the room."""

    words: Words


@dataclass(frozen=True)
class DesignatePresident:
    """R3.1: one juror's choice; two of the three make it so."""

    choice: SeatId


@dataclass(frozen=True)
class Recuse:
    """R1.4, X7: a juror declares that they take no part for this candidate."""

    hearing: HearingId
    words: Words | None = None


DayCommand = (
    PlanSession | AppointJury | ReplaceJuror | AddHearing | CloseSession | Join | Leave | TakeOverSeat
    | RenewLink
    | ReportProblem | SettleProblem | WriteToRoom | DesignatePresident | Recuse
)
