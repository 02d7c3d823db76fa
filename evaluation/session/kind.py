"""A jury's day as a kind of stream: its topics put together.

`SESSION.decide` takes a state, a command, who asks and when, and answers with events or a `Refusal` that names the
rule; `SESSION.evolve` folds one event into the state. Neither has a clock, a file or a network.
"""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from evaluation.kinds import Happened, Kind
from evaluation.people import HearingId, SeatId
from evaluation.rules import N_, Refusal
from evaluation.session import (
    accusations,
    acts,
    adding,
    adjusted,
    admitting,
    agreement,
    announcements,
    answering,
    attendance,
    attendees,
    brief,
    calling,
    captures,
    common_incident,
    consensus,
    deliberation,
    examination,
    face_consent,
    fraud_script,
    freezing,
    giving_back,
    grids,
    helping,
    identity_check,
    identity_copy,
    identity_decision,
    impartiality,
    incidents,
    interruptions,
    measures,
    moving_day,
    notes,
    notice_outcomes,
    notices,
    on_paper,
    on_site,
    pauses,
    pieces,
    planning,
    preparing,
    president,
    prevention,
    prompting,
    recommendation,
    recusal,
    refusal,
    reminder,
    replacement,
    scheduling,
    sheet,
    signatures,
    stopping,
    supplied_documents,
    suspicion_answers,
    transcribing,
    trying_out,
    visibility,
)
from evaluation.session.commands import Command
from evaluation.session.indexed import rows
from evaluation.session.lost_time import with_cuts
from evaluation.session.planning import PlanSession, SessionPlanned
from evaluation.session.replay import asked_for
from evaluation.session.state import Hearing, SessionState
from evaluation.session.terms import SESSION_KIND

TOPICS = (
    planning.TOPIC, replacement.TOPIC, recusal.TOPIC, president.TOPIC, attendance.TOPIC, supplied_documents.TOPIC,
    identity_copy.TOPIC, face_consent.TOPIC, identity_check.TOPIC, identity_decision.TOPIC, prevention.TOPIC,
    calling.TOPIC, reminder.TOPIC, sheet.TOPIC, refusal.TOPIC, examination.TOPIC, pauses.TOPIC, giving_back.TOPIC,
    announcements.TOPIC, interruptions.TOPIC, stopping.TOPIC, visibility.TOPIC, captures.TOPIC, grids.TOPIC,
    notes.TOPIC, incidents.TOPIC, helping.TOPIC, deliberation.TOPIC, consensus.TOPIC, recommendation.TOPIC,
    signatures.TOPIC, agreement.TOPIC, notices.TOPIC, notice_outcomes.TOPIC, prompting.TOPIC,
    brief.TOPIC, freezing.TOPIC, pieces.TOPIC, adding.TOPIC, adjusted.TOPIC, admitting.TOPIC, answering.TOPIC,
    impartiality.TOPIC, preparing.TOPIC, scheduling.TOPIC, moving_day.TOPIC, attendees.TOPIC, trying_out.TOPIC,
    common_incident.TOPIC, measures.TOPIC, on_site.TOPIC, on_paper.TOPIC, transcribing.TOPIC,
    accusations.TOPIC, fraud_script.TOPIC, suspicion_answers.TOPIC,
)
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


def next_due(state: SessionState, now: int) -> int | None:
    """When the clockwork must look again: an announcement, or the portfolios' deadline."""
    found = (announcements.next_due(state, now), freezing.next_due(state, now), prompting.next_due(state, now))
    return min((one for one in found if one is not None), default=None)


def due_commands(state: SessionState, now: int) -> tuple[object, ...]:
    return (*announcements.due_commands(state, now), *freezing.due_commands(state, now),
            *prompting.due_commands(state, now))


def results(state: SessionState) -> Mapping[str, object]:
    """What each signed hearing computed."""
    return {one.id: one.result for one in state.hearings.values() if one.result is not None}


def settle(before: SessionState | None, after: SessionState, happened: Happened) -> SessionState:
    """Each hearing with the cuts of its line, and with the position at which its parts changed: what somebody must have
    seen to decide on them."""
    if before is None:
        return after
    after = with_cuts(before, after, happened)
    if after.hearings is before.hearings:
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
    SESSION_KIND, begins=PlanSession, begun=SessionPlanned, topics=TOPICS, check=check, replay=asked_for,
    from_pages=acts.FROM_BROWSERS, closed=lambda state: state.closed, must_have_seen=must_have_seen,
    next_due=next_due, due_commands=due_commands, rows=rows, subject=subject,
    results=results, settle=settle,
)
