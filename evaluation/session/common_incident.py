"""One failure that hits several hearings of a day, noted once: the same facts for each, and those that have not begun
postponed with it (R7.1, X9)."""
from __future__ import annotations

from dataclasses import dataclass

from evaluation.kinds import Asked, Topic
from evaluation.people import HearingId, Words
from evaluation.rules import N_, Refusal, rule
from evaluation.session.incidents import IncidentRecorded, check_incident, check_kind, phase_and_clock
from evaluation.session.interruptions import AttemptVoided
from evaluation.session.phases import TO_CALL, Phase
from evaluation.session.state import SessionState

TOPIC = Topic()


@TOPIC.command
@dataclass(frozen=True)
class RecordCommonIncident:
    """`words` say what happened, and name nobody: each of these candidates reads them. `postpone`: those that have not
    begun wait for another day."""

    hearings: tuple[HearingId, ...]
    kind: str
    words: Words
    postpone: bool = False


@TOPIC.decides(RecordCommonIncident)
def record(state: SessionState, command: RecordCommonIncident, asked: Asked) -> tuple[object, ...]:
    """Kept as the acts that it stands for: an incident of each hearing, then each that is postponed."""
    check_several(command.hearings)
    check_kind(state, command.kind, suspected_fraud=False)
    found = [state.hearing(one) for one in command.hearings]
    noted = list[object]()
    for hearing in found:
        check_incident(hearing, ())
        phase, clock = phase_and_clock(hearing, asked.now)
        noted.append(IncidentRecorded(hearing.id, command.kind, False, phase, clock, command.words, ()))
    later = [one.id for one in found if one.phase in TO_CALL and one.phase is not Phase.POSTPONED]
    return (*noted, *(AttemptVoided(one, True, command.words) for one in later if command.postpone))


@rule("R7.1")
def check_several(hearings: tuple[HearingId, ...]) -> None:
    """Of one hearing an incident is noted alone."""
    if len(set(hearings)) < 2 or len(set(hearings)) != len(hearings):
        raise Refusal("R7.1", N_("Choisissez au moins deux épreuves, chacune une fois. Pour une seule, notez "
                                 "l’incident dans sa salle."))
