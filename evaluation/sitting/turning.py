"""Which candidate the sitting is about now: who does not decide on them is out of the room meanwhile (R1.4)."""
from __future__ import annotations

from dataclasses import dataclass, replace

from evaluation.kinds import Asked, Happened, Topic
from evaluation.rules import N_, Refusal
from evaluation.sitting.access import check_president, check_presides_on
from evaluation.sitting.seeing import is_over
from evaluation.sitting.state import SittingState
from evaluation.sitting.terms import CandidacyId

TOPIC = Topic()


@TOPIC.command
@dataclass(frozen=True)
class TurnTo:
    """The president calls a candidate on the agenda; None: the sitting is about none of them now."""

    candidacy: CandidacyId | None


@TOPIC.event("sitting.turned_to")
@dataclass(frozen=True)
class TurnedTo:
    candidacy: CandidacyId | None


@TOPIC.decides(TurnTo)
def turn_to(state: SittingState, command: TurnTo, asked: Asked) -> tuple[object, ...]:
    if command.candidacy is None:
        check_president(state, asked.actor)
    else:
        check_presides_on(state, state.item(command.candidacy), asked.actor)
    if state.opened_at is None or is_over(state):
        raise Refusal("R3.9", N_("La séance n’est pas ouverte."))
    if any(item.questioning is not None for item in state.agenda.values()):
        raise Refusal("R3.9", N_("Le jury d’évaluation répond aux questions : terminez d’abord ces questions."))
    if command.candidacy == state.current:
        return ()
    return (TurnedTo(command.candidacy),)


@TOPIC.evolves(TurnedTo)
def turned_to(state: SittingState, event: TurnedTo, happened: Happened) -> SittingState:
    return replace(state, current=event.candidacy)
