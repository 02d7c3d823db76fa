"""The candidate's separate yes or no to comparing faces (X1)."""
from __future__ import annotations

from dataclasses import dataclass, replace

from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import HearingId, Words
from evaluation.rules import N_, Refusal, rule
from evaluation.session.gates import identity_settled
from evaluation.session.measured import Measured, Picture
from evaluation.session.phases import IN_ROOM, TO_CALL
from evaluation.session.state import Hearing, SessionState

TOPIC = Topic()


@TOPIC.command
@dataclass(frozen=True)
class AnswerFaceConsent:
    """X1: the candidate's separate yes or no to comparing faces. `wording`: digest of the text shown."""

    hearing: HearingId
    agreed: bool
    wording: str


@TOPIC.command
@dataclass(frozen=True)
class WithdrawFaceConsent:
    """X1: at any time, at no cost."""

    hearing: HearingId


@TOPIC.event("session.face_consent_answered")
@dataclass(frozen=True)
class FaceConsentAnswered:
    hearing: HearingId
    agreed: bool
    wording: str


@TOPIC.event("session.face_consent_withdrawn")
@dataclass(frozen=True)
class FaceConsentWithdrawn:
    hearing: HearingId


@rule("X1")
def check_consent_moment(hearing: Hearing, agreed: bool) -> None:
    """A yes is asked for while something may still be compared; a no is always heard."""
    if agreed and (hearing.phase not in TO_CALL | IN_ROOM or identity_settled(hearing)):
        raise Refusal("X1", N_("L’identité est déjà décidée : plus rien ne sera comparé."))


@rule("X1")
def check_faces_agreed(hearing: Hearing, apart: Words | None, pictures: tuple[Picture, ...]) -> None:
    """No comparison of faces is kept without the candidate's consent, as it stands when it would be kept."""
    if hearing.face_consent != "yes" and (apart is not None or pictures):
        raise Refusal("X1", N_("Sans l’accord de la personne, rien n’est gardé d’une comparaison de visages."))


@TOPIC.decides(AnswerFaceConsent)
def answer_consent(state: SessionState, command: AnswerFaceConsent, asked: Asked) -> tuple[object, ...]:
    hearing = state.hearing(command.hearing)
    check_consent_moment(hearing, command.agreed)
    if hearing.face_consent == ("yes" if command.agreed else "no"):
        return ()
    return (FaceConsentAnswered(command.hearing, command.agreed, command.wording),)


@TOPIC.decides(WithdrawFaceConsent)
def withdraw_consent(state: SessionState, command: WithdrawFaceConsent, asked: Asked) -> tuple[object, ...]:
    if state.hearing(command.hearing).face_consent != "yes":
        return ()
    return (FaceConsentWithdrawn(command.hearing),)


@TOPIC.evolves(FaceConsentAnswered, FaceConsentWithdrawn)
def consent_changed(
    state: SessionState, event: FaceConsentAnswered | FaceConsentWithdrawn, happened: Happened
) -> SessionState:
    hearing = state.hearing(event.hearing)
    if isinstance(event, FaceConsentAnswered) and event.agreed:
        return state.with_hearing(replace(hearing, face_consent="yes"))
    return state.with_hearing(replace(without_faces(hearing), face_consent="no"))


def without_faces(hearing: Hearing) -> Hearing:
    """What was compared with the consent of then is shown no more, and is to be deleted with its pictures."""
    measured = (*hearing.past_signals, *hearing.signals)
    gone = {one.id for each in measured for one in each.apart_pictures}
    gone |= {each.apart.ref for each in measured if each.apart is not None}

    def left(all_of: tuple[Measured, ...]) -> tuple[Measured, ...]:
        return tuple(replace(one, apart=None, apart_pictures=()) for one in all_of)

    return replace(
        hearing, signals=left(hearing.signals), past_signals=left(hearing.past_signals),
        withdrawn=hearing.withdrawn | gone,
    )
