"""What has just happened, in one sentence each, for those who may know it: what a live region reads out."""
from __future__ import annotations

from collections.abc import Iterable

from evaluation.journal import Record
from evaluation.people import Role
from evaluation.session.events import Event
from server.views.session.contract.room_types import Happened
from server.views.session.reading import Reading
from server.views.session.telling.description import Entry, Now
from server.views.session.telling.every_event import DESCRIBED


def happened_view(reading: Reading, past: Iterable[tuple[Record, Event]]) -> list[Happened]:
    """The events this seat may know of, oldest first."""
    told: list[Happened] = []
    for record, event in past:
        now = DESCRIBED[type(event)].now
        if now is None or not _may_know(reading, event, now):
            continue
        told.append({
            "position": record.position, "at": record.at, "event": record.event,
            "words": now.say(reading, [Entry(record, event)]), "polite": now.polite,
        })
    return told


def _may_know(reading: Reading, event: Event, now: Now) -> bool:
    if reading.seat.role not in now.to or not now.when(reading.state, event):
        return False
    if reading.seat.role in (Role.CANDIDATE, Role.AID):
        return _concerns_attending(reading, event, now)
    return now.among != "jury" or reading.state.sits(reading.seat.id, getattr(event, "hearing", None))


def _concerns_attending(reading: Reading, event: Event, now: Now) -> bool:
    """The candidate and the aid hear of their own hearing alone, and of comings and goings while they are there."""
    own = reading.subject()
    if own is None or now.among != "room":
        return own is not None and getattr(event, "hearing", None) == own.id
    there = {s.id for s in (*reading.state.jurors_appointed(own.id), own.candidate, *own.aids)}
    about = getattr(event, "seat", None) or getattr(event, "president", None)
    return reading.state.current == own.id and (about is None or about in there)
