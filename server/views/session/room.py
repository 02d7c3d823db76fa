"""The room as one seat sees it: `View` of view.d.ts, but for `happened` and `closed`.

A page is rendered for whoever holds a seat, also where the room is closed to it: it then says nothing of the room.
"""
from __future__ import annotations

from typing import Any

from evaluation.codec import encode
from evaluation.people import Role, Seat
from evaluation.session import guidance
from evaluation.session.access import calls_for, messages_for
from evaluation.session.guidance import Step
from evaluation.session.hearing_parts import Note, Problem
from evaluation.session.kind import SESSION
from evaluation.session.state import Hearing
from server.views.session import labels
from server.views.session.contract import room_types as told
from server.views.session.contract.basic_types import Act
from server.views.session.contract.room_types import DayHearing, OwnActs, RoomMessage, RoomView
from server.views.session.hearing import absent_words, hearing_view, phase_view, shown_phase
from server.views.session.reading import Reading


def room_view(reading: Reading) -> RoomView:
    """Every section of the view, each complete in itself."""
    state, subject = reading.state, reading.subject()
    return {
        "position": 0 if _outside(reading) else state.position,  # how fast it grows tells how much is being said
        "now": reading.now,
        "seat": reading.person(reading.seat),
        "session": {
            "id": state.id, "date": state.date, "certification": state.framework.title,
            "short_certification": state.framework.short_title,
            "provisional_wording": state.framework.wording_provisional, "closed": state.closed,
            "observers_in_deliberation": state.observers_in_deliberation,
        },
        "people": [reading.person(seat) for seat in _people(reading, subject)],
        "hearing": hearing_view(reading, subject) if subject else None,
        "day": [] if reading.seat.role in (Role.CANDIDATE, Role.AID) else [_of_day(reading, h) for h in _day(reading)],
        **_acts(reading),
        "media": {"publish": sorted(reading.rights.publish), "view": sorted(reading.rights.view)},
        "messages": [] if _outside(reading)
        else [_message(reading, one) for one in messages_for(state, reading.seat, subject)],
        "problems": [problem_view(reading, one) for one in calls_for(state, reading.seat)],
    }


def _people(reading: Reading, subject: Hearing | None) -> list[Seat]:
    """Those this seat meets: the sitting jury, who attends the hearing, the observers, the organizer."""
    state = reading.state
    if _outside(reading):
        return [reading.seat]
    jurors = state.jurors_appointed(subject.id if subject else None)
    attending = [subject.candidate, *subject.aids] if subject else []
    return [*jurors, *attending, *state.observers, state.organizer]


def _outside(reading: Reading) -> bool:
    return not reading.rights.events


def _day(reading: Reading) -> list[Hearing]:
    shown = (hearing for hearing in reading.state.hearings.values() if reading.belongs(hearing))
    return sorted(shown, key=lambda h: (h.starts_at, h.id))


def _of_day(reading: Reading, hearing: Hearing) -> DayHearing:
    person, phase = reading.person(hearing.candidate), shown_phase(reading, hearing)
    return {
        "id": hearing.id, "name": person["name"], "initials": person["initials"], "starts_at": hearing.starts_at,
        **phase_view(phase), "phase_words": reading.label(labels.PHASES, phase.value),
        "current": reading.state.current == hearing.id,
    }


def _acts(reading: Reading) -> OwnActs:
    state, seat, now = reading.state, reading.seat.id, reading.now
    first = guidance.next_step(state, seat, now)
    others = guidance.other_steps(state, seat, now)
    following = [act_view(reading, one) for one in others if first is None or one.command != first.command]
    return {"next": act_view(reading, first) if first else None, "acts": following}


def act_view(reading: Reading, step: Step) -> Act:
    """`fields` is what the page sends back as it is, without words."""
    name = SESSION.commands.name_of(step.command)
    fields: dict[str, Any] = {key: value for key, value in encode(step.command).items() if key != "words"}
    if name == "GiveBackTime":
        del fields["seconds"]
    why = reading.say(step.refusal.text, **step.refusal.values) if step.refusal else None
    label = reading.label(labels.ACTS, name)
    if name == "RequireVisible" and not fields["required"]:
        label = reading.say(labels.RELEASE_VISIBLE)
    return {
        "command": name, "label": label, "allowed": step.allowed, "why": why, "needs_words": step.needs_words,
        "warning": absent_words(reading, step.absent_aids), "fields": fields,
    }


def problem_view(reading: Reading, problem: Problem) -> told.Problem:
    """`kind_words` is what the caller chose, "" where they only wrote."""
    return {
        "position": problem.position, "at": problem.at, "from": reading.name(problem.by),
        "kind_words": reading.label(labels.PROBLEMS, problem.kind) if problem.kind else "",
        "words": reading.words(problem.words) or "", "settled": problem.settled,
    }


def _message(reading: Reading, note: Note) -> RoomMessage:
    return {"position": note.position, "at": note.at, "words": reading.words(note.words) or ""}
