"""An accusation that its case dropped: no later jury of the candidate sees it; it stays in the journal (R6.5)."""
from __future__ import annotations

from dataclasses import dataclass, replace

from evaluation.case.terms import KIND, Dropped
from evaluation.codec import encode
from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import HearingId
from evaluation.quotes import Quote
from evaluation.rules import N_, Refusal, rule
from evaluation.session.state import SessionState

TOPIC = Topic()


@TOPIC.command
@dataclass(frozen=True)
class DropAccusation:
    """`said` quotes what the case says of it: nobody is accused of it any more. Written by the server."""

    hearing: HearingId
    incident: int
    said: Quote


@TOPIC.event("session.accusation_dropped")
@dataclass(frozen=True)
class AccusationDropped:
    hearing: HearingId
    incident: int
    said: Quote


@TOPIC.decides(DropAccusation)
def drop(state: SessionState, command: DropAccusation, asked: Asked) -> tuple[object, ...]:
    """Nothing where it is dropped already."""
    check_drops(command.said, Dropped(state.id, command.hearing, command.incident))
    hearing = state.hearings.get(command.hearing)
    known = hearing is not None and any(
        one.position == command.incident and not one.dropped for one in hearing.incidents)
    return (AccusationDropped(command.hearing, command.incident, command.said),) if known else ()


@rule("R6.5")
def check_drops(said: Quote, which: Dropped) -> None:
    """The case names this incident."""
    named = said.data.get("dropped")
    if said.kind != KIND or not isinstance(named, list) or encode(which) not in named:
        raise Refusal("R6.5", N_("Ce qui est cité ne retire aucune accusation."))


@TOPIC.evolves(AccusationDropped)
def dropped(state: SessionState, event: AccusationDropped, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    return state.with_hearing(hearing.with_incident(event.incident, lambda one: replace(one, dropped=True)))
