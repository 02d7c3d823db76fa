"""What follows when the candidate refuses the prevention message or the attendance sheet (R6.3)."""
from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal

from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import HearingId, Words
from evaluation.rules import N_, Refusal
from evaluation.session.gates import check_decision, reserved
from evaluation.session.incidents import IncidentRecorded
from evaluation.session.phases import OVER
from evaluation.session.state import SessionState
from evaluation.session.stopping import stopped
from evaluation.session.terms import Course, PreventionState, SheetState

TOPIC = Topic()
MESSAGE_AFTER: Final[dict[Course, PreventionState]] = {"retry": "pending", "reserve": "waived"}
SHEET_AFTER: Final[dict[Course, SheetState]] = {"retry": "not_signed", "reserve": "waived"}
"""What stands again after the president's decision on a refusal; after any other, it stays refused."""


@TOPIC.command
@dataclass(frozen=True)
class DecideRefusal:
    """R6.3: what follows when the candidate refuses to sign the sheet or to acknowledge the message."""

    hearing: HearingId
    gate: Literal["prevention", "sheet"]
    course: Course
    words: Words


@TOPIC.event("session.refusal_decided")
@dataclass(frozen=True)
class RefusalDecided:
    hearing: HearingId
    gate: Literal["prevention", "sheet"]
    course: Course
    words: Words


@TOPIC.decides(DecideRefusal)
def decide_refusal(state: SessionState, command: DecideRefusal, asked: Asked) -> tuple[object, ...]:
    hearing = state.hearing(command.hearing)
    if command.gate not in hearing.refusals or hearing.phase in OVER:
        raise Refusal("R6.3", N_("Aucun refus n’attend de décision."))
    check_decision("refused", command.course, True)
    kind = state.framework.case.opens("refusal")
    incident = IncidentRecorded(command.hearing, kind, False, hearing.phase.value, None, command.words, ())
    decided = RefusalDecided(command.hearing, command.gate, command.course, command.words)
    return (decided, incident, *stopped(command.course, hearing, command.words))


@TOPIC.evolves(RefusalDecided)
def refusal_decided(state: SessionState, event: RefusalDecided, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    hearing = replace(hearing, refusals=hearing.refusals - {event.gate})
    if event.gate == "prevention" and hearing.prevention == "refused":
        hearing = replace(hearing, prevention=MESSAGE_AFTER.get(event.course, "refused"))
    elif event.gate == "sheet" and hearing.sheet == "refused":
        hearing = replace(hearing, sheet=SHEET_AFTER.get(event.course, "refused"))
    return state.with_hearing(reserved(hearing, event.gate) if event.course == "reserve" else hearing)
