"""The calendar file of a notice (RFC 5545, 5546): an update or a cancellation carries the same UID and a higher
SEQUENCE, so that a calendar changes its entry instead of adding one."""
from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, TypedDict

from icalendar import Calendar, Event, vCalAddress, vText

from server.mail.letter_parts import Enclosure

NAME = "convocation.ics"


class Entry(TypedDict):
    """`starts_at`, `ends_at`, `written_at` in ms since 1970 UTC. `method`: REQUEST or CANCEL."""

    uid: str
    sequence: int
    method: str
    starts_at: int
    ends_at: int
    written_at: int
    summary: str
    place: str
    site: str


def calendar_file(entry: Entry, attendee: Mapping[str, Any], organizer: str) -> Enclosure:
    """`attendee` has a name and an e-mail address; `organizer` is the address that letters come from."""
    event: Any = Event()
    event.add("uid", entry["uid"])
    event.add("sequence", entry["sequence"])
    event.add("dtstamp", _moment(entry["written_at"]))
    event.add("dtstart", _moment(entry["starts_at"]))
    event.add("dtend", _moment(entry["ends_at"]))
    event.add("summary", entry["summary"])
    event.add("status", "CANCELLED" if entry["method"] == "CANCEL" else "CONFIRMED")
    if entry["place"]:
        event.add("location", entry["place"])
    if entry["site"]:
        event.add("url", entry["site"])
    event.add("organizer", vCalAddress(f"MAILTO:{organizer}"))
    event.add("attendee", _person(attendee), encode=False)
    calendar: Any = Calendar()
    calendar.add("prodid", "-//Visiojury//FR")
    calendar.add("version", "2.0")
    calendar.add("method", entry["method"])
    calendar.add_component(event)
    return Enclosure(NAME, "text/calendar", calendar.to_ical(), {"method": entry["method"], "charset": "utf-8"})


def _person(attendee: Mapping[str, Any]) -> vCalAddress:
    person = vCalAddress(f"MAILTO:{attendee['email']}")
    person.params["CN"] = vText(str(attendee["name"]))
    person.params["RSVP"] = vText("FALSE")
    return person


def _moment(at: int) -> datetime:
    return datetime.fromtimestamp(at // 1000, UTC)
