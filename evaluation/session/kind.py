"""A jury's day as a kind of stream: its topics put together.

`SESSION.decide` takes a state, a command, who asks and when, and answers with events or a `Refusal` that names the
rule; `SESSION.evolve` folds one event into the state. Neither has a clock, a file or a network.
"""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from evaluation.kinds import Happened, Kind, Row
from evaluation.people import HearingId, SeatId
from evaluation.rules import N_, Refusal
from evaluation.session import (
    acts,
    adding,
    adjusted,
    agreement,
    announcements,
    answering,
    attendance,
    brief,
    calling,
    captures,
    consensus,
    deliberation,
    examination,
    face_consent,
    freezing,
    grids,
    helping,
    identity_check,
    identity_copy,
    identity_decision,
    impartiality,
    incidents,
    interruptions,
    notes,
    notice_outcomes,
    notice_rules,
    notices,
    pauses,
    pieces,
    planning,
    preparing,
    president,
    prevention,
    recommendation,
    recusal,
    refusal,
    reminder,
    replacement,
    sheet,
    signatures,
    stopping,
    supplied_documents,
    visibility,
)
from evaluation.session.commands import Command
from evaluation.session.planning import PlanSession, SessionPlanned
from evaluation.session.replay import asked_for
from evaluation.session.state import Hearing, SessionState
from evaluation.session.terms import IDENTITY_KINDS

TOPICS = (
    planning.TOPIC, replacement.TOPIC, recusal.TOPIC, president.TOPIC, attendance.TOPIC, supplied_documents.TOPIC,
    identity_copy.TOPIC, face_consent.TOPIC, identity_check.TOPIC, identity_decision.TOPIC, prevention.TOPIC,
    calling.TOPIC, reminder.TOPIC, sheet.TOPIC, refusal.TOPIC, examination.TOPIC, pauses.TOPIC, announcements.TOPIC,
    interruptions.TOPIC, stopping.TOPIC, visibility.TOPIC, captures.TOPIC, grids.TOPIC, notes.TOPIC, incidents.TOPIC,
    helping.TOPIC, deliberation.TOPIC, consensus.TOPIC, recommendation.TOPIC, signatures.TOPIC, agreement.TOPIC,
    notices.TOPIC, notice_outcomes.TOPIC,
    brief.TOPIC, freezing.TOPIC, pieces.TOPIC, adding.TOPIC, adjusted.TOPIC, answering.TOPIC, impartiality.TOPIC,
    preparing.TOPIC,
)
UNFINISHED = "unfinished"
"""The index of open days in which the server itself may have something to finish: it looks at them when it starts."""
DECIDED_ON = tuple(sorted({part for parts in acts.RESTS_ON.values() for part in parts}))


def check(state: SessionState | None, actor: SeatId, command: Command) -> None:
    """Raises Refusal for a session that is not there, or that is there already, and for what this seat may not do."""
    begins = isinstance(command, PlanSession)
    if state is None:
        if not begins:
            raise Refusal("R1.1", N_("Cette session n’existe pas."))
        return
    if begins:
        raise Refusal("R1.1", N_("Cette session existe déjà."))
    acts.check(state, actor, command)


def must_have_seen(state: SessionState, command: type, fields: Mapping[str, object]) -> int:
    hearing = fields.get("hearing")
    return acts.must_have_seen(state, command, hearing if isinstance(hearing, str) else None)


def subject(state: SessionState | None, stream: str, fields: Mapping[str, object]) -> str:
    """The candidate whom the words are about, else the session itself."""
    about = state.hearings.get(str(fields.get("hearing"))) if state else None
    return about.candidate.person if about else f"session:{stream}"


def rows(state: SessionState) -> Iterable[Row]:
    """Every seat; and the day for the lists of days."""
    for seat in state.seats():
        yield Row("seats", seat.id, person=seat.person, status=seat.role.value, about=seat.hearing)
    yield from _notices(state)
    starts = [one.starts_at for one in state.hearings.values()]
    yield Row("days", state.id, body=state.body, scope=state.provider, status="closed" if state.closed else "open",
              at=min(starts, default=None), about=state.framework.code,
              data={"date": state.date, "version": state.framework.version, "title": state.framework.title,
                    "hearings": len(starts)})
    if not state.closed and any(map(_unfinished, state.hearings.values())):
        yield Row(UNFINISHED, state.id)


def _notices(state: SessionState) -> Iterable[Row]:
    """Each candidate's notice. `due_at`: from when on the candidate is called or written to by registered letter."""
    for one in state.hearings.values():
        status = notice_rules.status(state, one.candidate.id)
        if one.notice is not None and status is not None:
            yield Row("notices", one.candidate.id, person=one.candidate.person, body=state.body, scope=state.provider,
                      status=status, about=one.id, at=one.starts_at,
                      due_at=notice_rules.follow_up_from(state.framework, one.notice), data={"date": state.date})


def _unfinished(hearing: Hearing) -> bool:
    """A copy nobody has looked at yet, a check that runs, pictures that a withdrawn consent takes away."""
    unseen = any(one.kind in IDENTITY_KINDS and one.flaws is None for one in hearing.documents)
    return unseen or hearing.check is not None or hearing.face_consent == "no"


def next_due(state: SessionState, now: int) -> int | None:
    """When the clockwork must look again: an announcement, or the portfolios' deadline."""
    found = (announcements.next_due(state, now), freezing.next_due(state, now))
    return min((one for one in found if one is not None), default=None)


def due_commands(state: SessionState, now: int) -> tuple[object, ...]:
    return (*announcements.due_commands(state, now), *freezing.due_commands(state, now))


def results(state: SessionState) -> Mapping[str, object]:
    """What each signed hearing computed."""
    return {one.id: one.result for one in state.hearings.values() if one.result is not None}


def settle(before: SessionState | None, after: SessionState, happened: Happened) -> SessionState:
    """Each hearing with the position at which its parts changed: what somebody must have seen to decide on them."""
    if before is None or after.hearings is before.hearings:
        return after
    dated: dict[HearingId, Hearing] = {
        id: _changed(before.hearings.get(id), one, happened.position) for id, one in after.hearings.items()}
    return replace(after, hearings=dated)


def _changed(before: Hearing | None, after: Hearing, position: int) -> Hearing:
    if after is before:
        return after
    parts = (part for part in DECIDED_ON if before is None or getattr(before, part) != getattr(after, part))
    return replace(after, changed={**after.changed, **dict.fromkeys(parts, position)})


SESSION: Kind[SessionState] = Kind(
    "session", begins=PlanSession, begun=SessionPlanned, topics=TOPICS, check=check, replay=asked_for,
    from_pages=acts.FROM_BROWSERS, closed=lambda state: state.closed, must_have_seen=must_have_seen,
    next_due=next_due, due_commands=due_commands, rows=rows, subject=subject,
    results=results, settle=settle,
)
