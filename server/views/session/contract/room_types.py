"""The whole that a seat's page is told: `View`."""

from __future__ import annotations

from typing import TypedDict

from evaluation.people import HearingId, SeatId
from evaluation.session.measured import Source
from server.views.session.contract.basic_types import Act, Person, PhaseView
from server.views.session.contract.hearing_types import Hearing


class SessionHead(TypedDict):
    """The jury's day."""

    id: str
    date: str
    certification: str
    short_certification: str
    provisional_wording: bool
    closed: bool
    staying: list[str]


class DayHearing(PhaseView):
    """One examination of the day, in the list of them; `recuse` is the act of a juror who may withdraw from it."""

    id: HearingId
    name: str
    initials: str
    starts_at: int
    phase_words: str
    current: bool
    recuse: Act | None


class Designation(TypedDict):
    """The choice of who presides, where it is to be made: among whom, and what each juror has chosen."""

    choices: list[SeatId]
    votes: dict[SeatId, SeatId]


class MediaRights(TypedDict):
    """What this seat may send, and whom it may see and hear."""

    publish: list[Source]
    view: list[SeatId]


class Closed(TypedDict):
    """What this person has closed by hand of their own camera and microphone."""

    camera: bool
    microphone: bool
    version: int


class RoomMessage(TypedDict):
    """What the organizer wrote to the room."""

    position: int
    at: int
    words: str


Problem = TypedDict("Problem", {
    "position": int, "at": int, "from": str, "kind_words": str, "words": str, "settled": bool})
"""A call for help."""


class Happened(TypedDict):
    """What a live region reads out."""

    position: int
    at: int
    event: str
    words: str
    polite: bool


class OwnActs(TypedDict):
    """What this seat may do now: the one primary act, and the others."""

    next: Act | None
    acts: list[Act]


class RoomView(OwnActs):
    """What follows from the session's state alone."""

    position: int
    now: int
    seat: Person
    session: SessionHead
    people: list[Person]
    jury: list[SeatId]
    designation: Designation | None
    hearing: Hearing | None
    day: list[DayHearing]
    media: MediaRights
    messages: list[RoomMessage]
    problems: list[Problem]


class View(RoomView):
    """All that one seat's page is told."""

    closed: Closed
    happened: list[Happened]
