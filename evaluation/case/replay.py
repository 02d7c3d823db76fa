"""What was asked of a case, read back from what happened."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from evaluation.case.admissibility import AdmissibilityRuled, RuleAdmissibility
from evaluation.case.assisting import (
    AcceptAssisting,
    AssistantDismissed,
    AssistantNamed,
    AssistingAccepted,
    AssistingDeclined,
    DeclineAssisting,
    DismissAssistant,
    NameAssistant,
)
from evaluation.case.case_opening import CaseOpened, OpenCase
from evaluation.case.consequences import (
    AnswerProposal,
    ConsequenceProposed,
    ProposalAnswered,
    ProposeConsequence,
)
from evaluation.case.decision_papers import DecisionHanded, DecisionTaken, HandDecision, TakeDecision
from evaluation.case.dropping import AccusationWithdrawn, WithdrawAccusation
from evaluation.case.facts import (
    AddEvidence,
    CompleteFacts,
    DayNoted,
    EvidenceAdded,
    FactsCompleted,
    HandReport,
    NameSubject,
    NoteDay,
    ReportHanded,
    ReportTaken,
    SubjectNamed,
    TakeReport,
)
from evaluation.case.hearing_out import (
    AnswerCaseNotice,
    AskedToBeHeard,
    AskToBeHeard,
    CaseNoticeAnswered,
    DelayOver,
    NoAnswerRecorded,
    RecordDelayOver,
)
from evaluation.case.letter_fates import (
    CaseLetterArrived,
    CaseLetterBounced,
    CaseLetterFailed,
    CaseLetterTaken,
)
from evaluation.case.merging import (
    CaseGone,
    CaseJoined,
    CaseNotTaken,
    CaseStayed,
    CaseTookIn,
    JoinCase,
    NoteJoined,
    TakeIn,
)
from evaluation.case.notifying import (
    CaseNoticeDelivered,
    CaseNoticeGiven,
    GiveCaseNotice,
    RecordDelivery,
)
from evaluation.case.reexamined import CaseReexamined, NoteReexamined
from evaluation.case.requalifying import Requalified, Requalify
from evaluation.case.ruling import (
    CaseClosed,
    CaseDecided,
    CaseReturned,
    CaseSubmitted,
    CloseCase,
    ReturnCase,
    SubmitCase,
    ValidateCase,
)
from evaluation.case.silent_parties import PartyReminded, RecordSilent, RemindParty, SilenceRecorded
from evaluation.case.summoning import (
    CandidateSummoned,
    CandidateWasHeard,
    RecordCandidateHeard,
    RecordSummonsDelivered,
    SummonsDelivered,
    SummonToBeHeard,
)

BY_FIELDS: Mapping[type, type] = {
    CaseOpened: OpenCase,
    FactsCompleted: CompleteFacts, EvidenceAdded: AddEvidence, SubjectNamed: NameSubject, Requalified: Requalify,
    ReportHanded: HandReport, ReportTaken: TakeReport, DayNoted: NoteDay,
    CaseJoined: JoinCase, CaseTookIn: TakeIn, CaseNotTaken: TakeIn, CaseGone: NoteJoined, CaseStayed: NoteJoined,
    CaseNoticeGiven: GiveCaseNotice,
    CaseLetterTaken: CaseLetterArrived, CaseLetterBounced: CaseLetterFailed,
    CaseNoticeDelivered: RecordDelivery,
    AssistantNamed: NameAssistant, AssistantDismissed: DismissAssistant,
    AssistingAccepted: AcceptAssisting, AssistingDeclined: DeclineAssisting, CaseNoticeAnswered: AnswerCaseNotice,
    AskedToBeHeard: AskToBeHeard, CandidateWasHeard: RecordCandidateHeard,
    SummonsDelivered: RecordSummonsDelivered,
    NoAnswerRecorded: RecordDelayOver, DelayOver: RecordDelayOver,
    ConsequenceProposed: ProposeConsequence, ProposalAnswered: AnswerProposal, PartyReminded: RemindParty,
    SilenceRecorded: RecordSilent,
    CaseSubmitted: SubmitCase, CaseDecided: ValidateCase, CaseReturned: ReturnCase, CaseClosed: CloseCase,
    AdmissibilityRuled: RuleAdmissibility,
    DecisionHanded: HandDecision, DecisionTaken: TakeDecision, CaseReexamined: NoteReexamined,
    AccusationWithdrawn: WithdrawAccusation,
}
"""Each of these events holds its command's fields under the same names."""


def asked_for(event: Any, _following: Any | None) -> Any | None:
    """The command that an event answers; None for one that begins nothing."""
    if isinstance(event, CandidateSummoned):
        return SummonToBeHeard(event.candidacy, event.notice, event.at, event.place, event.office, event.paper)
    command = BY_FIELDS.get(event.__class__)
    return command(**{one.name: getattr(event, one.name) for one in fields(command)}) if command else None
