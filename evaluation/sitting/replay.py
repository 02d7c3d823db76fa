"""What was asked of a sitting, read back from what happened."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from evaluation.sitting.agenda import HeldNoted, ItemPut, ItemTakenOff, NoteHeld, PutOnAgenda, TakeOffAgenda
from evaluation.sitting.convening_sitting import (
    CancelSitting,
    ConveneSitting,
    MoveSitting,
    OpenSitting,
    SittingCancelled,
    SittingConvened,
    SittingMoved,
    SittingOpened,
)
from evaluation.sitting.deciding_items import AnswerDecision, DecisionAnswered, DecisionProposed, ProposeDecision
from evaluation.sitting.declined import ItemDeclined, NoteDeclined
from evaluation.sitting.impartiality import DeclareImpartial, ImpartialDeclared, MemberRecused, RecuseMember
from evaluation.sitting.in_person import SatApart, SatOnSite, SitApart, SitOnSite
from evaluation.sitting.kept_again import KeptNoted, NoteKept
from evaluation.sitting.members import MembersSeated, PresidentSeated, SeatMembers, SeatPresident
from evaluation.sitting.minutes import (
    AttachSignedScan,
    CompleteMinutes,
    MinutesCompleted,
    MinutesPresented,
    MinutesSigned,
    MinutesTakenBack,
    PresentMinutes,
    ScanAttached,
    SignMinutes,
    TakeBackMinutes,
)
from evaluation.sitting.not_signing import NoteNotSigning, NotSigningNoted
from evaluation.sitting.preparing import ConfirmPreparation, PreparationConfirmed
from evaluation.sitting.questioning import (
    CloseQuestions,
    JurySummoned,
    OpenQuestions,
    QuestionsClosed,
    QuestionsOpened,
    SummonJury,
)
from evaluation.sitting.reminding import MemberReminded, RemindMember
from evaluation.sitting.rulings_sealed import MinutesSealed, SealMinutes
from evaluation.sitting.substituting import CallSubstitute, SubstituteCalled
from evaluation.sitting.turning import TurnedTo, TurnTo

BY_FIELDS: Mapping[type, type] = {
    TurnedTo: TurnTo,
    SittingConvened: ConveneSitting, SittingMoved: MoveSitting, SittingCancelled: CancelSitting,
    SittingOpened: OpenSitting,
    ItemPut: PutOnAgenda, ItemTakenOff: TakeOffAgenda, HeldNoted: NoteHeld,
    KeptNoted: NoteKept, ItemDeclined: NoteDeclined,
    MembersSeated: SeatMembers, PresidentSeated: SeatPresident, SubstituteCalled: CallSubstitute,
    ImpartialDeclared: DeclareImpartial, MemberRecused: RecuseMember, PreparationConfirmed: ConfirmPreparation,
    JurySummoned: SummonJury, QuestionsOpened: OpenQuestions, QuestionsClosed: CloseQuestions,
    DecisionProposed: ProposeDecision, DecisionAnswered: AnswerDecision,
    MinutesCompleted: CompleteMinutes, MinutesPresented: PresentMinutes, MinutesTakenBack: TakeBackMinutes,
    MinutesSigned: SignMinutes, NotSigningNoted: NoteNotSigning, ScanAttached: AttachSignedScan,
    MinutesSealed: SealMinutes,
    MemberReminded: RemindMember,
}
"""Each of these events holds its command's fields under the same names."""


def asked_for(event: Any, _following: Any | None) -> Any | None:
    """The command that an event answers; None for one that begins nothing."""
    if isinstance(event, SatOnSite | SatApart):
        return SitOnSite() if isinstance(event, SatOnSite) else SitApart()
    command = BY_FIELDS.get(event.__class__)
    return command(**{one.name: getattr(event, one.name) for one in fields(command)}) if command else None
