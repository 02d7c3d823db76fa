"""Proof of an exported journal (X5): the chain holds, and what it says was decided follows from the marks.

The whole day is folded again. What the rules compute is computed again and compared: the agreed marks, the result,
what departs from it. What would have been refused then is refused now: a mark in a closed grid, a confirmation of
something else than was proposed, anything after the first signature, an act of somebody who does not sit.
"""
from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from evaluation import deliberation, gates, grids, identity, jury
from evaluation import events as e
from evaluation.codec import FieldError
from evaluation.events import EVENTS, Event
from evaluation.journal import BrokenJournal, Record, read_export
from evaluation.people import SYSTEM, HearingId, SeatId
from evaluation.rules import Refusal, rule
from evaluation.session import evolve
from evaluation.state import SessionState


class Untrue(Exception):
    """What a record says does not follow from those before it."""


@dataclass(frozen=True)
class Verified:
    """What an export holds: how many records, of which session, the last hash (to compare with one kept apart), and
    the result of each hearing that was signed (`grading.Result.to_data`)."""

    records: int
    session: str
    head: str
    results: Mapping[HearingId, Mapping[str, Any]]


def verify(lines: Iterable[bytes]) -> Verified:
    """Read an export (a binary file's lines). BrokenJournal at the first record that cannot be trusted."""
    records = read_export(lines)
    if not records:
        raise BrokenJournal(1, "the journal is empty")
    state: SessionState | None = None
    for record in records:
        state = _followed(state, record)
    results = {h.id: h.result for h in state.hearings.values() if h.result is not None} if state else {}
    return Verified(len(records), records[0].session, records[-1].hash, results)


def _followed(state: SessionState | None, record: Record) -> SessionState:
    try:
        event = EVENTS.decode(record.kind, record.data)
        check_event(state, event, record)
        return evolve(state, event, position=record.position, at=record.at, actor=record.actor)
    except FieldError as error:
        raise BrokenJournal(record.position, f"{record.kind} is not an event: {error}") from None
    except Refusal as refusal:
        raise BrokenJournal(record.position, f"{record.kind} was not allowed: {refusal}") from None
    except Untrue as untrue:
        raise BrokenJournal(record.position, f"{record.kind}: {untrue}") from None
    except (LookupError, ValueError) as error:
        raise BrokenJournal(record.position, f"{record.kind} cannot follow: {error!r}") from None


@rule("X5")
def check_event(state: SessionState | None, event: Event, record: Record) -> None:
    """Untrue or Refusal when an event that decides something does not follow from the state before it."""
    if (state is None) is not isinstance(event, e.SessionPlanned):
        raise Untrue("a journal begins with the session's plan, and has one")
    if isinstance(event, e.SessionPlanned) and event.session != record.session:
        raise Untrue("the plan is another session's")
    check = CHECKS.get(type(event))
    if check is not None and state is not None:
        check(state, event, record.actor)


# What is computed again ------------------------------------------------------------------------------------------


def _closed(state: SessionState, event: e.HearingClosed, actor: SeatId) -> None:
    hearing = state.hearing(event.hearing)
    signatures = deliberation.deliberating(hearing).signatures
    if {s.id for s in state.jury_of(hearing.id)} != set(signatures):
        raise Untrue("the three have not signed")
    marks = deliberation.reached(state, hearing)
    if event.marks != marks:
        raise Untrue("the marks are not those that the three agreed on")
    if event.result != deliberation.result_of(state.framework, hearing, marks).to_data():
        raise Untrue("the result is not what the marks give")
    refused = any(signature.refused for signature in signatures.values())
    if event.disputed is not (refused or bool(deliberation.deliberating(hearing).disputed)):
        raise Untrue("whether it is disputed does not follow")


def _recommended(state: SessionState, event: e.Recommended, actor: SeatId) -> None:
    hearing = state.hearing(_changing(state, event, actor))
    result = deliberation.compiled(state, hearing)
    if event.departs is not deliberation.departs(result, event.block, event.advice):
        raise Untrue("whether the recommendation departs from the result does not follow")
    if event.departs and event.words is None:
        raise Untrue("a recommendation that departs from the result has no reason")
    deliberation.check_advice(state.framework, event.block, event.advice)
    if deliberation.open_questions(state, hearing):
        raise Untrue("it came before the consensus")


# What is refused again -------------------------------------------------------------------------------------------

Consensus = e.ConsensusProposed | e.ConsensusConfirmed | e.ConfirmationWithdrawn | e.DisputeDeclared


def _changing(state: SessionState, event: Consensus | e.Recommended, actor: SeatId) -> HearingId:
    deliberation.check_unsigned(deliberation.deliberating(state.hearing(event.hearing)))
    jury.check_sits(state, event.hearing, actor)
    jury.check_three_present(state, event.hearing)
    return event.hearing


def _proposed(state: SessionState, event: e.ConsensusProposed, actor: SeatId) -> None:
    grids.check_competency(state.framework, state.hearing(_changing(state, event, actor)), event.competency)
    if actor != state.president_of(event.hearing):
        raise Untrue("it is not the president's proposal")


def _confirmed(state: SessionState, event: e.ConsensusConfirmed, actor: SeatId) -> None:
    deliberating = deliberation.deliberating(state.hearing(_changing(state, event, actor)))
    deliberation.check_confirmed_as_shown(deliberating, {event.competency: event.mark})


def _disputed(state: SessionState, event: e.DisputeDeclared, actor: SeatId) -> None:
    hearing = state.hearing(_changing(state, event, actor))
    if set(event.competencies) & set(deliberation.reached(state, hearing)):
        raise Untrue("the three agreed on what it disputes")


def _marked(state: SessionState, event: e.MarkSet | e.MarkCleared, actor: SeatId) -> None:
    hearing = state.hearing(event.hearing)
    jury.check_sits(state, hearing.id, actor)
    grids.check_marking(hearing)
    grids.check_open(hearing.grid(actor))
    grids.check_competency(state.framework, hearing, event.competency)


def _grid_closed(state: SessionState, event: e.GridClosed, actor: SeatId) -> None:
    hearing = state.hearing(event.hearing)
    jury.check_sits(state, hearing.id, actor)
    if grids.against_closing(state.framework, hearing, hearing.grid(actor)):
        raise Untrue("the grid is not complete")


def _opened(state: SessionState, event: e.DeliberationOpened, actor: SeatId) -> None:
    hearing = state.hearing(event.hearing)
    jury.check_three_present(state, hearing.id)
    deliberation.check_grids_closed(state, hearing)
    if event.jurors != tuple(s.id for s in state.jury_of(hearing.id)):
        raise Untrue("these are not the jurors who sit")


def _signed(state: SessionState, event: e.DeliberationSigned | e.SignatureRefused, actor: SeatId) -> None:
    hearing = state.hearing(event.hearing)
    jury.check_sits(state, hearing.id, actor)
    jury.check_three_present(state, hearing.id)
    deliberation.check_may_sign(state, hearing, actor)


def _decided_by_a_person(state: SessionState, event: Event, actor: SeatId) -> None:
    """X1, R6.4: a machine writes no incident and decides nothing."""
    if actor == SYSTEM:
        raise Untrue("no person did this")


def _identity_decided(state: SessionState, event: e.IdentityDecided, actor: SeatId) -> None:
    """R6.3: the president's, who thought otherwise written down, resting on the pictures there were."""
    _decided_by_a_person(state, event, actor)
    hearing = state.hearing(event.hearing)
    if (event.digests, event.copies) != gates.digests(hearing, event.evidence):
        raise Untrue("it does not quote the pictures it rests on")
    if event.evidence != gates.quoted(hearing, event.evidence):
        raise Untrue("it leaves out what the jury was shown")
    if event.dissent != gates.dissenting(hearing, event.finding == "conform"):
        raise Untrue("who thought otherwise does not follow")


def _measured(state: SessionState, event: e.SignalsMeasured, actor: SeatId) -> None:
    """X1: no face without consent."""
    identity.check_rows(event.rows)
    identity.check_faces_agreed(state.hearing(event.hearing), event.apart, event.apart_pictures)
    identity.check_still_open(state.hearing(event.hearing), event.check)


def _jury(state: SessionState, event: e.JuryAppointed, actor: SeatId) -> None:
    jury.check_composition(event.jurors)


def _replaced(state: SessionState, event: e.JurorReplaced, actor: SeatId) -> None:
    staying = [s for s in state.jurors_of(event.seat.hearing) if s.id != event.replaced]
    jury.check_composition((*staying, event.seat))


CHECKS: dict[type, Callable[[SessionState, Any, SeatId], object]] = {
    e.HearingClosed: _closed,
    e.Recommended: _recommended,
    e.ConsensusProposed: _proposed,
    e.ConsensusConfirmed: _confirmed,
    e.ConfirmationWithdrawn: _changing,
    e.DisputeDeclared: _disputed,
    e.MarkSet: _marked,
    e.MarkCleared: _marked,
    e.GridClosed: _grid_closed,
    e.DeliberationOpened: _opened,
    e.DeliberationSigned: _signed,
    e.SignatureRefused: _signed,
    e.JuryAppointed: _jury,
    e.JurorReplaced: _replaced,
    e.IncidentRecorded: _decided_by_a_person,
    e.IdentityDecided: _identity_decided,
    e.SignalsMeasured: _measured,
    e.CopyAccepted: _decided_by_a_person,
    e.FaceConsentAnswered: _decided_by_a_person,
    e.RefusalDecided: _decided_by_a_person,
}
