"""The waiting room, and the candidate called in (R3.2)."""
from __future__ import annotations

from dataclasses import dataclass, replace

from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import HearingId
from evaluation.rules import N_, Refusal
from evaluation.session import jury
from evaluation.session.admitting import check_admitted
from evaluation.session.gates import check_phase, check_prevention, check_refusals_decided, checked_anew
from evaluation.session.measures import with_measures_over
from evaluation.session.on_site import is_on_site
from evaluation.session.phases import TO_CALL, Phase
from evaluation.session.state import SessionState

TOPIC = Topic()


@TOPIC.command
@dataclass(frozen=True)
class EnterWaitingRoom:
    """The candidate has tried camera and microphone and is ready to be called."""

    hearing: HearingId


@TOPIC.command
@dataclass(frozen=True)
class CallIn:
    """R3.2: the president calls the candidate in. Also resumes an adjourned or postponed hearing. Whoever is on site
    needs no page of their own (X13)."""

    hearing: HearingId


@TOPIC.event("session.waiting_room_entered")
@dataclass(frozen=True)
class WaitingRoomEntered:
    hearing: HearingId


@TOPIC.event("session.called_in")
@dataclass(frozen=True)
class CalledIn:
    hearing: HearingId


@TOPIC.decides(EnterWaitingRoom)
def enter_waiting_room(state: SessionState, command: EnterWaitingRoom, asked: Asked) -> tuple[object, ...]:
    hearing = state.hearing(command.hearing)
    check_phase(hearing, *TO_CALL)
    check_prevention(hearing)
    return (WaitingRoomEntered(command.hearing),)


@TOPIC.evolves(WaitingRoomEntered)
def waiting(state: SessionState, event: WaitingRoomEntered, happened: Happened) -> SessionState:
    return state.with_hearing(replace(state.hearing(event.hearing), waiting=True))


@TOPIC.decides(CallIn)
def call_in(state: SessionState, command: CallIn, asked: Asked) -> tuple[object, ...]:
    hearing = state.hearing(command.hearing)
    check_phase(hearing, *TO_CALL)
    check_admitted(hearing)
    if state.current is not None:
        raise Refusal("R3.2", N_("Une autre épreuve est en cours : terminez-la ou suspendez-la d’abord."))
    jury.check_three_present(state, hearing.id)
    check_refusals_decided(hearing)
    check_prevention(hearing)
    there = hearing.waiting and hearing.candidate.id in state.present
    if not there and not is_on_site(state, hearing, hearing.candidate.id):
        raise Refusal("R3.2", N_("Personne n’est encore dans la salle d’attente pour cette épreuve."))
    return (CalledIn(command.hearing),)


@TOPIC.evolves(CalledIn)
def called_in(state: SessionState, event: CalledIn, happened: Happened) -> SessionState:
    before = state.hearing(event.hearing)
    for measure in ("separation", "proposal"):
        before = with_measures_over(before, measure, happened.at)
    hearing = replace(
        before, phase=Phase.WELCOME, waiting=False, opinions={}, identity=None,
        reminder=frozenset(), sheet="not_signed", sheet_at=None, sheet_words=None,
        on_paper=before.on_paper - {"sheet"},
    )
    return replace(state.with_hearing(checked_anew(hearing)), current=hearing.id)
