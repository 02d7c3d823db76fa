"""The jury's demand that the candidate stays visible, and how often presence is looked at (R6.4)."""
from __future__ import annotations

from dataclasses import dataclass, replace

from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import HearingId
from evaluation.rules import N_, Refusal, rule
from evaluation.session.on_site import check_on_camera, is_on_site
from evaluation.session.phases import IN_ROOM, TIMED
from evaluation.session.state import Hearing, SessionState

TOPIC = Topic()


@TOPIC.command
@dataclass(frozen=True)
class RequireVisible:
    """R6.4: the jury's demand that the candidate stays visible."""

    hearing: HearingId
    required: bool


@TOPIC.event("session.visibility_required")
@dataclass(frozen=True)
class VisibilityRequired:
    hearing: HearingId
    required: bool


@TOPIC.decides(RequireVisible)
def require_visible(state: SessionState, command: RequireVisible, asked: Asked) -> tuple[object, ...]:
    hearing = state.hearing(command.hearing)
    check_visible_demand(hearing, command.required)
    if command.required:
        check_on_camera(state, hearing)
    return (VisibilityRequired(command.hearing, command.required),)


@rule("R6.4")
def check_visible_demand(hearing: Hearing, required: bool) -> None:
    """The jury may require that the candidate stays visible, while the candidate is there."""
    if hearing.phase not in IN_ROOM or hearing.visible_required == required:
        raise Refusal("R6.4", N_("La demande de rester visible se fait une fois, pendant l’épreuve."))


@TOPIC.evolves(VisibilityRequired)
def visibility_required(state: SessionState, event: VisibilityRequired, happened: Happened) -> SessionState:
    return state.with_hearing(replace(state.hearing(event.hearing), visible_required=event.required))


@rule("R6.4", permits=0)
def presence_seconds(state: SessionState, hearing: Hearing) -> int:
    """Every how many seconds the candidate's presence is looked at: while the jury requires visibility, in the timed
    phases, where the framework says so; 0: not at all, as for whoever is on site."""
    seen_there = is_on_site(state, hearing, hearing.candidate.id)
    if state.closed or not hearing.visible_required or hearing.phase not in TIMED or seen_there:
        return 0
    return state.framework.identity.presence_seconds
