"""The organizer's board."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from evaluation.people import HearingId, SeatId
from server.views.session.contract.basic_types import Act, Clock, Person, PhaseView
from server.views.session.contract.identity_types import DocumentView
from server.views.session.contract.incident_types import IncidentDoors, IncidentView
from server.views.session.contract.room_types import Problem

Level = Literal["good", "fair", "poor", "lost"]
Part = Literal["needed", "free", "gone"]


class BoardPerson(Person):
    """Somebody of a session, with how they are connected."""

    quality: str | None
    level: Level | None
    link_opened: bool
    login: str
    part: Part
    sends: bool


class BoardHearing(PhaseView):
    """One examination on the board."""

    id: HearingId
    name: str
    initials: str
    starts_at: int
    phase_words: str
    current: bool
    clock: Clock | None
    awaited_who: str
    awaited: str
    awaited_you: bool
    missing: list[str]
    waiting: bool
    aid_absent: str | None
    incidents: list[IncidentView] | None
    case_open: bool
    may_note: bool
    people: list[BoardPerson]
    empty_seats: int
    acts: list[Act]
    has_record: bool
    copies: NotRequired[list[DocumentView]]
    ended_at: int | None


class BoardSession(TypedDict):
    """One session on the board."""

    id: str
    seat: SeatId
    body: str
    date: str
    certification: str
    short_certification: str
    closed: bool
    president: str | None
    in_private: bool
    journal: bool
    without_agreement: str | None
    observers: list[BoardPerson]
    hearings: list[BoardHearing]
    incident_doors: IncidentDoors


class BoardCall(Problem):
    """A call for help, and whose it is."""

    session: str
    seat: SeatId


class Board(TypedDict):
    """Every open session of one organizer."""

    now: int
    sessions: list[BoardSession]
    calls: list[BoardCall]
