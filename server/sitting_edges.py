"""The follow-ups from the evaluation jury to the certificate: what is handed on to a sitting, what a sitting and the
commission tell the candidacy (a part of the table in `follow_up_edges`)."""
from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from evaluation.body.batches import OutcomePresented, OutcomeReturned, OutcomeValidated
from evaluation.body.kind import BODY
from evaluation.body.sittings import SittingDecided
from evaluation.candidacy.appealing import case_of_appeal
from evaluation.candidacy.awarded_by_sitting import NoteAward
from evaluation.candidacy.awarding import OutcomeRecorded
from evaluation.candidacy.hearing_endings import AbsenceExcused
from evaluation.candidacy.issued import NoteIssued
from evaluation.candidacy.kind import CANDIDACY
from evaluation.candidacy.planned import CandidacyPlanned, CandidacyUnplanned
from evaluation.candidacy.recommended import (
    AgendaDeclined,
    AgendaJoined,
    NoteAgenda,
    NoteRecommendation,
    RecommendationNoted,
)
from evaluation.candidacy.registering import CandidacyWithdrawn
from evaluation.candidacy.reserving import ReservationNoted, ReservationSettled
from evaluation.candidacy.state import CandidacyState
from evaluation.candidacy.to_award import agenda_stale, to_award
from evaluation.candidacy.validated import AwardReturned, NoteValidation
from evaluation.candidacy.withholding import AwardReleased, AwardWithheld, award_withheld, gives_no_block
from evaluation.case.kind import CASE
from evaluation.case.reexamined import NoteReexamined
from evaluation.case_rules import Consequence
from evaluation.codec import encode
from evaluation.framework import Framework
from evaluation.journal import Record
from evaluation.register.correcting import CertificateRevoked
from evaluation.register.issuing import CertificateIssued
from evaluation.register.kind import REGISTER
from evaluation.session.events import HearingClosed, HearingStopped, NoShowRecorded
from evaluation.session.kind import SESSION
from evaluation.session.state import SessionState
from evaluation.sitting.agenda import ItemPut, ItemTakenOff, NoteHeld
from evaluation.sitting.declined import NoteDeclined
from evaluation.sitting.kept_again import NoteKept
from evaluation.sitting.kind import SITTING
from evaluation.sitting.members import SeatMembers
from evaluation.sitting.rulings_sealed import RulingSealed
from evaluation.sitting.state import SittingState
from evaluation.sitting.terms import Due
from server.journals.edges import Edge, Listed, Target
from server.storage.rows import Entry

Rows = Sequence[Entry]


def _handed_on(event: HearingClosed | NoShowRecorded | HearingStopped, _record: Record, state: SessionState,
               _rows: Rows) -> Iterable[Target]:
    """Of a day from before candidacies were kept nothing follows."""
    hearing = state.hearing(event.hearing)
    marks = event.marks if isinstance(event, HearingClosed) else None
    if not hearing.candidacy:
        return
    yield hearing.candidacy, NoteRecommendation, {
        "hearing": hearing.id, "held_on": state.date, "sought": list(hearing.blocks),
        "kept": list(hearing.kept_blocks),
        "kept_until": {one.block: one.until.isoformat() for one in hearing.kept if one.until is not None},
        "jurors": sorted({one.person for one in state.jurors_appointed(hearing.id)}),
        "disputed": _unmarked(state.framework, hearing.blocks, marks) if marks is not None else []}


def _unmarked(framework: Framework, sought: Sequence[str], marks: Any) -> list[str]:
    """The competencies that the three could not agree on."""
    return [one.code for block in framework.blocks if block.code in sought for one in block.competencies
            if one.code not in marks]


# To and from a sitting


def _put(event: ItemPut, _record: Record, state: SittingState, _rows: Rows) -> Iterable[Target]:
    yield event.candidacy, NoteAgenda, {"on": True, "held_at": state.at}


def _taken_off(event: ItemTakenOff, _record: Record, _state: Any, _rows: Rows) -> Iterable[Target]:
    yield event.candidacy, NoteAgenda, {"on": False}


def _ruled(event: RulingSealed, _record: Record, _state: Any, _rows: Rows) -> Iterable[Target]:
    yield event.candidacy, NoteAward, {}


def _ruled_anew(event: OutcomeRecorded, _record: Record, state: CandidacyState, _rows: Rows) -> Iterable[Target]:
    """Each case in which a re-examination of that outcome was ordered."""
    if event.reexamines is None:
        return
    for appeal in state.appeals:
        case = case_of_appeal(state, appeal)
        if appeal.against.position == event.reexamines and appeal.against.stream == state.id and case is not None and (
                case.consequence is Consequence.REEXAMINE):
            yield case.case, NoteReexamined, {"candidacy": state.id}


Holding = (AwardWithheld | AwardReleased | ReservationNoted | ReservationSettled | AgendaJoined | RecommendationNoted |
           CandidacyWithdrawn | CandidacyPlanned | CandidacyUnplanned | AbsenceExcused | OutcomeRecorded)


def _holding(event: Holding, _record: Record, state: CandidacyState, _rows: Rows) -> Iterable[Target]:
    """The sitting on whose agenda it stands: whether it can award. One that joins an agenda is withheld already, or it
    is not told."""
    held = award_withheld(state) or agenda_stale(state)
    if state.agenda is not None and (held or not isinstance(event, AgendaJoined)):
        waiting = to_award(state)
        yield state.agenda.sitting, NoteHeld, {
            "candidacy": state.id, "held": held, "due": encode(Due(waiting.due)) if waiting is not None else None}


def _of_this_person(_event: OutcomeRecorded | AwardReleased | AwardReturned, _record: Record, state: CandidacyState
                    ) -> Listed:
    return Listed("sitting_items", {"person": state.person})


def _kept_still(_event: OutcomeRecorded | AwardReleased | AwardReturned, _record: Record, state: CandidacyState,
                items: Rows) -> Iterable[Target]:
    """Each sitting that is to rule on this person: which of the outcomes here keep no block any more."""
    return [(str(one.data["sitting"]), NoteKept, {"candidacy": one.about, "gone": list(gives_no_block(state))})
            for one in items if state.outcomes and not one.data["sealed"]]


# The commission, the register


def _before_commission(event: OutcomePresented | OutcomeValidated | OutcomeReturned, _record: Record, _state: Any,
                       _rows: Rows) -> Iterable[Target]:
    yield event.candidacy, NoteValidation, {}


def _registered(event: CertificateIssued | CertificateRevoked, _record: Record, _state: Any, _rows: Rows
                ) -> Iterable[Target]:
    yield event.candidacy, NoteIssued, {}


TOLD_TO_SITTINGS = {
    "award-withheld": AwardWithheld, "award-released": AwardReleased, "award-reserved": ReservationNoted,
    "reservation-settled": ReservationSettled, "agenda-joined": AgendaJoined,
    "heard-meanwhile": RecommendationNoted, "withdrawn-meanwhile": CandidacyWithdrawn,
    "planned-meanwhile": CandidacyPlanned, "unplanned-meanwhile": CandidacyUnplanned,
    "excused-meanwhile": AbsenceExcused, "recorded-meanwhile": OutcomeRecorded,
}
"""What a sitting is told of a candidacy on its agenda, by the edge's name."""
ENDS_KEEPING = {"kept-recorded": OutcomeRecorded, "kept-decided": AwardReleased, "kept-returned": AwardReturned}
"""After which an outcome that a sitting took for kept may hold no more, or again; by the edge's name."""
EDGES_OF_SITTINGS = (
    Edge("recommended", SESSION, HearingClosed, CANDIDACY, "said", _handed_on),
    Edge("recommended-absent", SESSION, NoShowRecorded, CANDIDACY, "said", _handed_on),
    Edge("recommended-stopped", SESSION, HearingStopped, CANDIDACY, "said", _handed_on),
    Edge("sitting-members", BODY, SittingDecided, SITTING, "said",
         lambda event, _record, _state, _rows: [(event.sitting, SeatMembers, {})]),
    Edge("item-put", SITTING, ItemPut, CANDIDACY, "said", _put),
    Edge("item-taken-off", SITTING, ItemTakenOff, CANDIDACY, "said", _taken_off),
    Edge("agenda-declined", CANDIDACY, AgendaDeclined, SITTING, "said",
         lambda event, _record, state, _rows: [(event.said.stream, NoteDeclined, {"candidacy": state.id})]),
    Edge("ruling-sealed", SITTING, RulingSealed, CANDIDACY, "said", _ruled),
    Edge("reexamined", CANDIDACY, OutcomeRecorded, CASE, "said", _ruled_anew),
    *(Edge(name, CANDIDACY, event, SITTING, "said", _holding) for name, event in TOLD_TO_SITTINGS.items()),
    *(Edge(name, CANDIDACY, event, SITTING, "said", _kept_still, _of_this_person)
      for name, event in ENDS_KEEPING.items()),
    Edge("outcome-presented", BODY, OutcomePresented, CANDIDACY, "said", _before_commission),
    Edge("outcome-validated", BODY, OutcomeValidated, CANDIDACY, "said", _before_commission),
    Edge("outcome-returned", BODY, OutcomeReturned, CANDIDACY, "said", _before_commission),
    Edge("certificate-issued", REGISTER, CertificateIssued, CANDIDACY, "said", _registered),
    Edge("certificate-revoked", REGISTER, CertificateRevoked, CANDIDACY, "said", _registered),
)
