"""The follow-ups of cases: what opens one, what it withholds and releases, what its decision leads to (a part of the
table in `follow_up_edges`)."""
from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from evaluation.body.bars import EndBar, SetBar
from evaluation.body.kind import BODY
from evaluation.candidacy.appealing import AppealRecorded
from evaluation.candidacy.kind import CANDIDACY
from evaluation.candidacy.state import CandidacyState
from evaluation.candidacy.withholding import NoteCase
from evaluation.case.admissibility import AdmissibilityRuled
from evaluation.case.case_opening import CaseOpened, OpenCase
from evaluation.case.dropping import AccusationWithdrawn
from evaluation.case.facts import DayNoted, NoteDay
from evaluation.case.kind import CASE
from evaluation.case.merging import CaseJoined, CaseNotTaken, CaseTookIn, NoteJoined, TakeIn
from evaluation.case.requalifying import Requalified
from evaluation.case.ruling import CaseClosed, CaseDecided
from evaluation.case.state import CaseState
from evaluation.case.terms import Given, appeal_kind, bar_id, case_id
from evaluation.case_rules import Consequence, incident_door
from evaluation.codec import encode
from evaluation.journal import Record
from evaluation.people import HearingId, SeatId
from evaluation.session import commands as c
from evaluation.session.events import (
    AnswerDeclined,
    AnswerMissed,
    AttemptVoided,
    CandidateSeparated,
    CandidateWarned,
    EndingDeclined,
    EndingProposed,
    HearingStopped,
    IncidentRecorded,
    SanctionsTold,
    SeparationEnded,
    StatementAdded,
    SuspicionAnswered,
    SuspicionDecided,
    TimeGivenBack,
)
from evaluation.session.kind import SESSION
from evaluation.session.state import Hearing, SessionState
from server.journals.edges import Edge, Target
from server.storage.rows import Entry

Rows = Sequence[Entry]

# What opens a case


def _incident(event: IncidentRecorded, record: Record, state: SessionState, _rows: Rows) -> Iterable[Target]:
    """Of a day from before candidacies were kept nothing follows."""
    hearing, of = state.hearing(event.hearing), state.framework
    if not hearing.candidacy:
        return
    door = incident_door(suspected_fraud=event.suspected_fraud)
    given = Given(
        state.body, state.provider, of.code, of.version, of.title, of.case, hearing.candidacy, hearing.candidate.person,
        _person(state, record.actor), record.at, state.id, hearing.id,
        tuple(one.person for one in state.jurors_appointed(hearing.id)),
        tuple(one.person for one in state.organizers), of.delays.move_off_holidays, of.delays.appeal_months)
    yield _case(record), OpenCase, {
        "case": _case(record), "person": given.person, "door": door, "kind": event.kind, "given": encode(given)}


def _case(record: Record) -> str:
    return case_id(record.kind, record.stream, record.position)


def _person(state: SessionState, seat: SeatId) -> str:
    return next((one.person for one in (*state.seats(), *state.former) if one.id == seat), seat)


def _appeal(event: AppealRecorded, record: Record, state: CandidacyState, _rows: Rows) -> Iterable[Target]:
    of = state.certification
    given = Given(state.body, state.provider, of.code, of.version, of.title, of.cases, state.id, state.person,
                  record.actor, record.at, move_off_holidays=of.move_off_holidays, appeal_months=of.appeal_months)
    yield _case(record), OpenCase, {
        "case": _case(record), "person": state.person, "door": "appeal", "kind": appeal_kind(event.against.event),
        "given": encode(given)}


ScriptEvent = SanctionsTold | SuspicionAnswered | AnswerDeclined | AnswerMissed | SuspicionDecided


def _script(event: ScriptEvent, record: Record, state: SessionState, _rows: Rows) -> Iterable[Target]:
    yield _noted(record.stream, event.incident, state.hearing(event.hearing))


def _statement(event: StatementAdded, record: Record, state: SessionState, _rows: Rows) -> Iterable[Target]:
    hearing = state.hearing(event.hearing)
    return [_noted(record.stream, one.position, hearing) for one in hearing.incidents]


class OfHearing(Protocol):
    @property
    def hearing(self) -> HearingId: ...


def _happened_later(event: OfHearing, record: Record, state: SessionState, _rows: Rows) -> Iterable[Target]:
    """Told to every case of the hearing that there was before."""
    hearing = state.hearing(event.hearing)
    return [_noted(record.stream, one.position, hearing) for one in hearing.incidents if one.position < record.position]


def _noted(session: str, incident: int, hearing: Hearing) -> Target:
    return case_id(SESSION.name, session, incident), NoteDay, {"candidacy": hearing.candidacy}


# What a case withholds, releases and leads to


def _opened(event: CaseOpened, _record: Record, state: CaseState, _rows: Rows) -> Iterable[Target]:
    return [(one, NoteCase, {"door": event.door}) for one, part in state.parts.items() if not part.came_from]


def _took_in(event: CaseTookIn, _record: Record, state: CaseState, _rows: Rows) -> Iterable[Target]:
    return [(one.candidacy, NoteCase, {"door": state.kind.door}) for one in event.brought.parts]


def _part_ended(event: CaseDecided | CaseClosed | AdmissibilityRuled, _record: Record, state: CaseState, _rows: Rows
                ) -> Iterable[Target]:
    yield event.candidacy, NoteCase, {"door": state.kind.door}


def _withdrawn(event: AccusationWithdrawn, _record: Record, state: CaseState, _rows: Rows) -> Iterable[Target]:
    return [(event.candidacy, NoteCase, {"door": state.kind.door})] if event.ends else []


def _requalified(event: Requalified, _record: Record, state: CaseState, _rows: Rows) -> Iterable[Target]:
    return [(one, NoteCase, {"door": event.door}) for one in state.parts]


def _answered_joining(event: CaseTookIn | CaseNotTaken, _record: Record, _state: CaseState, _rows: Rows
                      ) -> Iterable[Target]:
    yield event.origin, NoteJoined, {}


def _barred(event: CaseDecided, record: Record, state: CaseState, _rows: Rows) -> Iterable[Target]:
    if event.consequence is Consequence.BAR:
        yield state.body, SetBar, {
            "bar": bar_id(record.stream, event.candidacy), "person": event.person,
            "certification": event.certification, "words": None}


def _lifted(event: CaseDecided, _record: Record, state: CaseState, _rows: Rows) -> Iterable[Target]:
    if event.consequence is Consequence.LIFT and event.against is not None:
        yield state.body, EndBar, {"bar": bar_id(event.against, event.candidacy), "words": None}


def _dropped(event: AccusationWithdrawn | CaseDecided | CaseClosed | Requalified, _record: Record, _state: CaseState,
             _rows: Rows) -> Iterable[Target]:
    """What accuses nobody any more is told to nobody who judges the candidate later."""
    return [(one.session, c.DropAccusation, {"hearing": one.hearing, "incident": one.incident})
            for one in event.dropped]


TOLD_TO_CASES = {
    "candidate-warned": CandidateWarned, "candidate-separated": CandidateSeparated,
    "separation-ended": SeparationEnded, "ending-proposed": EndingProposed, "ending-declined": EndingDeclined,
    "time-given-back": TimeGivenBack, "hearing-stopped": HearingStopped, "attempt-voided": AttemptVoided,
}
"""What a hearing's cases are told that happened in it after their incident, by the edge's name."""
EDGES_OF_CASES = (
    Edge("incident", SESSION, IncidentRecorded, CASE, "source", _incident),
    Edge("sanctions-told", SESSION, SanctionsTold, CASE, "said", _script),
    Edge("suspicion-answered", SESSION, SuspicionAnswered, CASE, "said", _script),
    Edge("suspicion-declined", SESSION, AnswerDeclined, CASE, "said", _script),
    Edge("suspicion-unanswered", SESSION, AnswerMissed, CASE, "said", _script),
    Edge("suspicion-decided", SESSION, SuspicionDecided, CASE, "said", _script),
    Edge("statement", SESSION, StatementAdded, CASE, "said", _statement),
    *(Edge(name, SESSION, event, CASE, "said", _happened_later) for name, event in TOLD_TO_CASES.items()),
    Edge("appeal", CANDIDACY, AppealRecorded, CASE, "source", _appeal),
    Edge("case-opened", CASE, CaseOpened, CANDIDACY, "said", _opened),
    Edge("case-took-in", CASE, CaseTookIn, CANDIDACY, "said", _took_in),
    Edge("case-decided", CASE, CaseDecided, CANDIDACY, "said", _part_ended),
    Edge("case-closed", CASE, CaseClosed, CANDIDACY, "said", _part_ended),
    Edge("case-dropped", CASE, AccusationWithdrawn, CANDIDACY, "said", _withdrawn),
    Edge("case-requalified", CASE, Requalified, CANDIDACY, "said", _requalified),
    Edge("case-inadmissible", CASE, AdmissibilityRuled, CANDIDACY, "said", _part_ended),
    Edge("case-joined", CASE, CaseJoined, CASE, "joined",
         lambda event, _record, _state, _rows: [(event.into.stream, TakeIn, {})]),
    Edge("case-noted", CASE, DayNoted, CASE, "said",
         lambda event, _record, state, _rows: [(state.joined_into, NoteDay, {"candidacy": event.candidacy})]
         if state.joined_into is not None else []),
    Edge("case-taken-in", CASE, CaseTookIn, CASE, "said", _answered_joining),
    Edge("case-not-taken", CASE, CaseNotTaken, CASE, "said", _answered_joining),
    Edge("bar", CASE, CaseDecided, BODY, "decision", _barred),
    Edge("bar-lifted", CASE, CaseDecided, BODY, "decision", _lifted),
    Edge("accusation-withdrawn", CASE, AccusationWithdrawn, SESSION, "said", _dropped),
    Edge("accusation-unfounded", CASE, CaseDecided, SESSION, "said", _dropped),
    Edge("accusation-closed", CASE, CaseClosed, SESSION, "said", _dropped),
    Edge("accusation-requalified", CASE, Requalified, SESSION, "said", _dropped),
)
