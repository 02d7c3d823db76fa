"""The table of follow-ups: which event of one kind of stream leads to which command in another.

Each edge is written in its event's transaction and carried out after it (`journals.following`).
"""
from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from evaluation.body.accrediting import AgreementEnded, AgreementRenewed
from evaluation.body.bars import BarEnded
from evaluation.body.decisions import JuryDecided, SubstituteDecided
from evaluation.body.kind import BODY
from evaluation.candidacy.adjusting import AdjustmentDecided
from evaluation.candidacy.examining import AdmissionChanged, EndExamination
from evaluation.candidacy.kind import CANDIDACY
from evaluation.candidacy.planned import NotePlanned
from evaluation.candidacy.state import CandidacyState
from evaluation.journal import Record
from evaluation.people import HearingId, Role
from evaluation.session import commands as c
from evaluation.session.agreement import covers, lapses
from evaluation.session.events import DayMoved, HearingAdded, HearingCancelled, HearingMoved, NoShowRecorded
from evaluation.session.kind import SESSION
from evaluation.session.state import SessionState
from server.case_edges import EDGES_OF_CASES
from server.ending_edges import EDGES_OF_ENDINGS
from server.journals.edges import Edge, Edges, Listed, Target
from server.sitting_edges import EDGES_OF_SITTINGS
from server.storage.rows import Entry


def _open_days(record: Record, provider: str) -> Listed:
    return Listed("days", {"body": record.stream, "scope": provider, "status": "open"})


def _reviewed(days: Sequence[Entry], concerned: Callable[[date], bool]) -> Iterable[Target]:
    return [(day.stream, c.ReviewAgreement, {}) for day in days if concerned(date.fromisoformat(str(day.data["date"])))]


def _without_agreement(event: AgreementEnded, _record: Record, _state: Any, days: Sequence[Entry]) -> Iterable[Target]:
    return _reviewed(days, lambda day: lapses(event.on, day))


def _covered(event: AgreementRenewed, _record: Record, _state: Any, days: Sequence[Entry]) -> Iterable[Target]:
    return _reviewed(days, lambda day: covers(event.agreement, day))


def _examined(_event: BarEnded, _record: Record, _state: Any, examinations: Sequence[Entry]) -> Iterable[Target]:
    return [(one.stream, EndExamination, {}) for one in examinations]


def _their_seats(_event: AdjustmentDecided | AdmissionChanged, _record: Record, state: CandidacyState) -> Listed:
    return Listed("seats", {"person": state.person, "status": Role.CANDIDATE})


def _adjusted(_event: AdjustmentDecided, _record: Record, _state: CandidacyState, seats: Sequence[Entry]
              ) -> Iterable[Target]:
    """Each hearing of the person: one of another candidacy is left as it is."""
    return [(seat.stream, c.TakeAdjustment, {"hearing": seat.about}) for seat in seats]


def _admission(_event: AdmissionChanged, _record: Record, _state: CandidacyState, seats: Sequence[Entry]
               ) -> Iterable[Target]:
    """Likewise."""
    return [(seat.stream, c.NoteAdmission, {"hearing": seat.about}) for seat in seats]


def _planned(event: Any, _record: Record, state: SessionState, _rows: Sequence[Entry]) -> Iterable[Target]:
    return _noted(state, (event.hearing,))


def _day_moved(event: DayMoved, _record: Record, state: SessionState, _rows: Sequence[Entry]) -> Iterable[Target]:
    return _noted(state, event.starts)


def _noted(state: SessionState, hearings: Iterable[HearingId]) -> Iterable[Target]:
    return [(state.hearing(one).candidacy, NotePlanned, {"hearing": one}) for one in hearings]


EDGES = Edges((
    Edge("jury", BODY, JuryDecided, SESSION, "decision",
         lambda event, _record, _state, _rows: [(event.session, c.AppointJury, {})]),
    Edge("substitute", BODY, SubstituteDecided, SESSION, "decision",
         lambda event, _record, _state, _rows: [(event.session, c.ReplaceJuror, {})]),
    Edge("agreement-ended", BODY, AgreementEnded, SESSION, "agreement", _without_agreement,
         lambda event, record, _state: _open_days(record, event.provider)),
    Edge("agreement-renewed", BODY, AgreementRenewed, SESSION, "agreement", _covered,
         lambda event, record, _state: _open_days(record, event.agreement.provider)),
    Edge("bar-ended", BODY, BarEnded, CANDIDACY, "ended", _examined,
         lambda event, record, _state: Listed("examinations", {"body": record.stream, "about": event.bar})),
    Edge("adjustment", CANDIDACY, AdjustmentDecided, SESSION, "adjustment", _adjusted, _their_seats),
    Edge("admission", CANDIDACY, AdmissionChanged, SESSION, "said", _admission, _their_seats),
    Edge("hearing-added", SESSION, HearingAdded, CANDIDACY, "said", _planned),
    Edge("hearing-moved", SESSION, HearingMoved, CANDIDACY, "said", _planned),
    Edge("day-moved", SESSION, DayMoved, CANDIDACY, "said", _day_moved),
    Edge("hearing-cancelled", SESSION, HearingCancelled, CANDIDACY, "said", _planned),
    Edge("no-show", SESSION, NoShowRecorded, CANDIDACY, "said", _planned),
    *EDGES_OF_CASES,
    *EDGES_OF_ENDINGS,
    *EDGES_OF_SITTINGS,
))
