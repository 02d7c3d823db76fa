"""What was asked of an awarding body, read back from what happened."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from evaluation.body.accrediting import (
    AccreditProvider,
    AgreementEnded,
    AgreementRenewed,
    EndAgreement,
    ProviderAccredited,
    RenewAgreement,
)
from evaluation.body.asking import AskForJury, JuryAsked
from evaluation.body.bars import BarEnded, BarSet, EndBar, SetBar
from evaluation.body.batches import BatchPresented, BatchValidated, PresentBatch, ValidateBatch
from evaluation.body.certifications import (
    CertificationSuperseded,
    FrameworkPutInForce,
    PutFrameworkInForce,
    SupersedeCertification,
)
from evaluation.body.decisions import (
    DecideJury,
    DecideSubstitute,
    DecisionRecorded,
    JuryDecided,
    RecordDecision,
    SubstituteDecided,
)
from evaluation.body.founding import BodyFounded, FoundBody
from evaluation.body.granting import EndOffice, GrantOffice, OfficeEnded, OfficeGranted
from evaluation.body.observer_findings import (
    AssignFinding,
    CloseFinding,
    FindingAssigned,
    FindingClosed,
    FindingRecorded,
    RecordFinding,
)
from evaluation.body.pool import (
    ChangeJuror,
    DeclareLink,
    EndLink,
    EnterJuror,
    JurorChanged,
    JurorEntered,
    JurorProposed,
    JurorRetired,
    LinkDeclared,
    LinkEnded,
    ProposeJuror,
    RetireJuror,
)
from evaluation.body.sittings import DecideSitting, SittingDecided
from evaluation.body.taking_back import DecisionTakenBack, TakeBackDecision

BY_FIELDS: Mapping[type, type] = {
    OfficeGranted: GrantOffice, OfficeEnded: EndOffice,
    ProviderAccredited: AccreditProvider, AgreementRenewed: RenewAgreement, AgreementEnded: EndAgreement,
    FrameworkPutInForce: PutFrameworkInForce, CertificationSuperseded: SupersedeCertification,
    JuryDecided: DecideJury, SubstituteDecided: DecideSubstitute, DecisionRecorded: RecordDecision,
    DecisionTakenBack: TakeBackDecision, SittingDecided: DecideSitting,
    JurorProposed: ProposeJuror, JurorEntered: EnterJuror, JurorChanged: ChangeJuror, JurorRetired: RetireJuror,
    LinkDeclared: DeclareLink, LinkEnded: EndLink, JuryAsked: AskForJury,
    BarSet: SetBar, BarEnded: EndBar,
    FindingRecorded: RecordFinding, FindingAssigned: AssignFinding, FindingClosed: CloseFinding,
    BatchPresented: PresentBatch, BatchValidated: ValidateBatch,
}
"""Each event holds its command's fields under the same names."""


def asked_for(event: Any, following: Any | None) -> Any | None:
    """The command that began with this event. `following` is the event after it."""
    if isinstance(event, BodyFounded):
        first = following.office if isinstance(following, OfficeGranted) else None
        return FoundBody(event.body, event.name, first.id, first.person) if first else None
    command = BY_FIELDS.get(event.__class__)
    return command(**{one.name: getattr(event, one.name) for one in fields(command)}) if command else None
