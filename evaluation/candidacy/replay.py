"""What was asked of a candidacy, read back from what happened."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from evaluation.candidacy.adjusting import (
    AdjustmentAsked,
    AdjustmentDecided,
    AskAdjustment,
    DecideAdjustment,
    HandOpinion,
    OpinionHanded,
    OpinionSeen,
    SeeOpinion,
)
from evaluation.candidacy.appealing import AppealRecorded, RecordAppeal
from evaluation.candidacy.awarded_by_sitting import AwardPutOff, NoteAward
from evaluation.candidacy.awarding import OutcomeRecorded, RecordOutcome
from evaluation.candidacy.certifying import CertificateNoted, NoteCertificate
from evaluation.candidacy.examining import (
    CloseExaminations,
    DecideMatch,
    EndExamination,
    ExaminationEnded,
    ExaminationOpened,
    ExaminationsClosed,
    MatchDecided,
    OpenExamination,
)
from evaluation.candidacy.hearing_endings import AbsenceExcused, ExcuseAbsence, HearingEnded, NoteEnding
from evaluation.candidacy.issued import CertificateRevoked, NoteIssued
from evaluation.candidacy.opening import CandidacyOpened, OpenCandidacy
from evaluation.candidacy.planned import CandidacyPlanned, CandidacyUnplanned, NotePlanned
from evaluation.candidacy.recommended import (
    AgendaDeclined,
    AgendaJoined,
    AgendaLeft,
    NoteAgenda,
    NoteRecommendation,
    RecommendationNoted,
)
from evaluation.candidacy.registering import (
    CandidacyRegistered,
    CandidacyWithdrawn,
    CorrectRegistration,
    RegistrationCorrected,
    WithdrawCandidacy,
)
from evaluation.candidacy.reserving import NoteReservation, ReservationNoted, ReservationSettled, SettleReservation
from evaluation.candidacy.results_told import (
    HandResult,
    NoteResultArrived,
    NoteResultFailed,
    ResultArrived,
    ResultBounced,
    ResultHanded,
)
from evaluation.candidacy.terms import Enrolment, Registration
from evaluation.candidacy.validated import AwardPresented, AwardReturned, AwardValidated, NoteValidation
from evaluation.candidacy.withholding import AwardReleased, AwardWithheld, NoteCase
from evaluation.quotes import Quote

BY_FIELDS: Mapping[type, type] = {
    CandidacyWithdrawn: WithdrawCandidacy, MatchDecided: DecideMatch,
    ExaminationEnded: EndExamination, ExaminationsClosed: CloseExaminations,
    AdjustmentAsked: AskAdjustment, OpinionHanded: HandOpinion,
    OpinionSeen: SeeOpinion, AdjustmentDecided: DecideAdjustment,
    CandidacyPlanned: NotePlanned, CandidacyUnplanned: NotePlanned,
    AwardWithheld: NoteCase, AwardReleased: NoteCase, ReservationNoted: NoteReservation,
    ReservationSettled: SettleReservation, HearingEnded: NoteEnding, AbsenceExcused: ExcuseAbsence,
    AppealRecorded: RecordAppeal,
    AwardPutOff: NoteAward, AwardPresented: NoteValidation, AwardValidated: NoteValidation,
    AwardReturned: NoteValidation, ResultArrived: NoteResultArrived, ResultBounced: NoteResultFailed,
    ResultHanded: HandResult, CertificateRevoked: NoteIssued}
"""Each event holds its command's fields under the same names."""


def asked_for(event: Any, following: Any | None) -> Any | None:
    """The command that an event answers, read back from it and, where a candidate is registered, from the next."""
    if isinstance(event, CandidacyOpened):
        return _opening(event, following if isinstance(following, CandidacyRegistered) else None)
    if isinstance(event, RegistrationCorrected):
        return CorrectRegistration(_given(event), event.civil, event.reason, event.office, event.outcomes,
                                   _found_with_it(following))
    if isinstance(event, ExaminationOpened):
        return OpenExamination(event.bars) if event.cause == "barred" else None
    if isinstance(event, OutcomeRecorded):
        return _recorded(event)
    if isinstance(event, CertificateNoted):
        return _certificate(event)
    if isinstance(event, RecommendationNoted):
        return _recommended(event)
    if isinstance(event, AgendaJoined | AgendaDeclined | AgendaLeft):
        return _agenda(event)
    command = BY_FIELDS.get(event.__class__)
    return command(**{one.name: getattr(event, one.name) for one in fields(command)}) if command else None


def _opening(event: CandidacyOpened, registered: CandidacyRegistered | None) -> OpenCandidacy:
    opening = OpenCandidacy(event.candidacy, event.person, event.framework, event.office, event.provider,
                            event.agreement, event.first_jury, possible_bars=event.possible_bars)
    if registered is None:
        return opening
    return replace(opening, registration=_given(registered), civil=registered.civil,
                   outcomes=registered.enrolment.outcomes)


def _found_with_it(following: Any | None) -> tuple[Quote, ...]:
    """The bars that a correction found possible."""
    if isinstance(following, ExaminationOpened) and following.cause == "corrected":
        return following.bars
    return ()


def _given(event: CandidacyRegistered | RegistrationCorrected) -> Registration:
    said: Enrolment = event.enrolment
    return Registration(said.sought, event.came_by, event.initiative, event.interview, event.rules_handed,
                        said.trained_by, said.company)


def _recorded(event: OutcomeRecorded) -> RecordOutcome | NoteAward | None:
    ruled = event.outcome
    if event.said is not None:
        return NoteAward(event.said)
    return RecordOutcome(ruled.ruled_on, ruled.award, ruled.blocks, event.paper, event.office, event.kept,
                         event.corrects) if event.office is not None else None


def _certificate(event: CertificateNoted) -> NoteCertificate | NoteIssued | None:
    if event.said is not None:
        return NoteIssued(event.said)
    if event.office is None or event.paper is None:
        return None
    return NoteCertificate(event.number, event.dated, event.paper, event.office, event.corrects)


def _recommended(event: RecommendationNoted) -> NoteRecommendation:
    given = event.recommendation
    return NoteRecommendation(event.hearing, event.said, given.held_on, given.sought, given.kept, given.kept_until,
                              given.jurors, given.disputed)


def _agenda(event: AgendaJoined | AgendaDeclined | AgendaLeft) -> NoteAgenda:
    if isinstance(event, AgendaLeft):
        return NoteAgenda(event.said, on=False)
    return NoteAgenda(event.said, on=True, held_at=event.held_at)
