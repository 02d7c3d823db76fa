"""The room as one seat sees it: `View` of view.d.ts, but for `happened` and `closed`.

A page is rendered for whoever holds a seat, also where the room is closed to it: it then says nothing of the room.
"""
from __future__ import annotations

from evaluation.people import Role, Seat
from evaluation.session import allowed, guidance
from evaluation.session import commands as c
from evaluation.session.access import calls_for, messages_for
from evaluation.session.hearing_parts import Note, Problem
from evaluation.session.president import designation_scope, votes_for
from evaluation.session.state import Hearing
from server.views.session import labels
from server.views.session.contract import room_types as told
from server.views.session.contract.basic_types import Act
from server.views.session.contract.room_types import DayHearing, Designation, OwnActs, RoomMessage, RoomView
from server.views.session.hearing import hearing_view, phase_view, shown_phase, stay_words
from server.views.session.offered_act import act_view
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
            "staying": stay_words(reading),
        },
        "people": [reading.person(seat) for seat in _people(reading, subject)],
        "jury": [] if _outside(reading) else [s.id for s in state.jurors_sitting(subject.id if subject else None)],
        "designation": None if _outside(reading) else _designation(reading),
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
    return [*jurors, *attending, *state.observers, *state.organizers]


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
        "current": reading.state.current == hearing.id, "recuse": _recuse(reading, hearing),
    }


def _recuse(reading: Reading, hearing: Hearing) -> Act | None:
    step = guidance.step(reading.state, reading.seat.id, c.Recuse(hearing.id), reading.now)
    return act_view(reading, step) if step.allowed else None


def _designation(reading: Reading) -> Designation | None:
    """R3.1: to a juror, while nobody who was chosen is there to preside."""
    state = reading.state
    choices = allowed.presidents(state, reading.seat.id, reading.now)
    return {"choices": list(choices), "votes": dict(votes_for(state, designation_scope(state)))} if choices else None


def _acts(reading: Reading) -> OwnActs:
    state, seat, now = reading.state, reading.seat.id, reading.now
    first = guidance.next_step(state, seat, now)
    others = guidance.other_steps(state, seat, now)
    following = [act_view(reading, one) for one in others if first is None or one.command != first.command]
    return {"next": act_view(reading, first) if first else None, "acts": following}


def problem_view(reading: Reading, problem: Problem) -> told.Problem:
    """`kind_words` is what the caller chose, "" where they only wrote."""
    return {
        "position": problem.position, "at": problem.at, "from": reading.name(problem.by),
        "kind_words": reading.label(labels.PROBLEMS, problem.kind) if problem.kind else "",
        "words": reading.words(problem.words) or "", "settled": problem.settled,
    }


def _message(reading: Reading, note: Note) -> RoomMessage:
    return {"position": note.position, "at": note.at, "words": reading.words(note.words) or ""}
