"""A gate that the president passed with a reservation withholds the award until the awarding body has settled it
(R6.3)."""
from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from evaluation.candidacy import access
from evaluation.candidacy.state import CandidacyState, Reserved
from evaluation.kinds import Asked, Happened, Topic
from evaluation.offices import check_by_the_platform
from evaluation.people import HearingId, Words
from evaluation.quotes import Quote
from evaluation.rules import N_, Refusal, rule

RESERVING = Topic()
GATES = {"session.identity_decided": "identity", "session.refusal_decided": None}
"""The events that say how a gate was passed; None: they name it."""


@RESERVING.command
@dataclass(frozen=True)
class NoteReservation:
    """`said` quotes the president's decision. Written by the server."""

    hearing: HearingId
    said: Quote


@RESERVING.command
@dataclass(frozen=True)
class SettleReservation:
    """What it is settled by, in words. `session` and `hearing` are where it was made."""

    session: str
    hearing: HearingId
    gate: str
    words: Words
    office: Quote


@RESERVING.event("candidacy.reserved")
@dataclass(frozen=True)
class ReservationNoted:
    hearing: HearingId
    said: Quote
    gate: str


@RESERVING.event("candidacy.reservation_settled")
@dataclass(frozen=True)
class ReservationSettled:
    session: str
    hearing: HearingId
    gate: str
    words: Words
    office: Quote


@RESERVING.decides(NoteReservation)
def note(state: CandidacyState, command: NoteReservation, asked: Asked) -> tuple[Any, ...]:
    check_by_the_platform(asked.actor)
    said = command.said
    check_reserves(said, command.hearing)
    gate = GATES[said.event] or str(said.data.get("gate"))
    known = any(one.key == (said.stream, command.hearing, gate) for one in state.reservations)
    return () if known else (ReservationNoted(command.hearing, said, gate),)


@rule("R6.3")
def check_reserves(said: Quote, hearing: HearingId) -> None:
    if said.event not in GATES or said.data.get("course") != "reserve" or said.data.get("hearing") != hearing:
        raise Refusal("R6.3", N_("Ce qui est cité ne fait pas de réserve."))


@RESERVING.evolves(ReservationNoted)
def noted(state: CandidacyState, event: ReservationNoted, happened: Happened) -> CandidacyState:
    one = Reserved(event.said.stream, event.hearing, event.gate, happened.at)
    return replace(state, reservations=(*state.reservations, one))


@RESERVING.decides(SettleReservation)
def settle(state: CandidacyState, command: SettleReservation, asked: Asked) -> tuple[Any, ...]:
    access.check_records(state, command.office, asked)
    check_unsettled(state, command)
    return (ReservationSettled(command.session, command.hearing, command.gate, command.words, command.office),)


@rule("R6.3")
def check_unsettled(state: CandidacyState, command: SettleReservation) -> None:
    found = [one for one in state.reservations if one.key == (command.session, command.hearing, command.gate)]
    if not found or found[0].settled is not None:
        raise Refusal("R6.3", N_("Cette réserve n’est pas à lever : elle n’existe pas, ou elle est déjà levée."))


@RESERVING.evolves(ReservationSettled)
def settled(state: CandidacyState, event: ReservationSettled, _happened: Happened) -> CandidacyState:
    done = event.session, event.hearing, event.gate
    return replace(state, reservations=tuple(
        replace(one, settled=event.words) if one.key == done else one for one in state.reservations))
