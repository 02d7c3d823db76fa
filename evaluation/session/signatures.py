"""Three signatures, the president's last; with the last of them the hearing closes (R3.8, X7)."""
from __future__ import annotations

from dataclasses import dataclass, replace

from evaluation.grading import Mark, Result
from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import HearingId, SeatId, Words
from evaluation.rules import N_, Refusal, rule
from evaluation.session.consensus import open_questions, reached
from evaluation.session.deliberation import deliberating
from evaluation.session.hearing_parts import Signature
from evaluation.session.jury import check_sits, check_three_present
from evaluation.session.phases import Phase
from evaluation.session.recommendation import result_of, unadvised
from evaluation.session.state import Hearing, SessionState

TOPIC = Topic()


@TOPIC.command
@dataclass(frozen=True)
class SignDeliberation:
    """X7: each of the three on their own screen, the president last."""

    hearing: HearingId


@TOPIC.command
@dataclass(frozen=True)
class RefuseSignature:
    hearing: HearingId
    words: Words


@TOPIC.event("session.deliberation_signed")
@dataclass(frozen=True)
class DeliberationSigned:
    hearing: HearingId


@TOPIC.event("session.signature_refused")
@dataclass(frozen=True)
class SignatureRefused:
    hearing: HearingId
    words: Words


@TOPIC.event("session.hearing_closed")
@dataclass(frozen=True)
class HearingClosed:
    """All three have signed or refused: the record goes to the certification jury (R3.8).

    `marks` are the agreed ones, `result` what they computed then, reasons included: it is what pages and papers show
    from now on. `verify` alone computes it again.
    """

    hearing: HearingId
    marks: dict[str, Mark]
    result: Result
    disputed: bool


@rule("X7")
def check_may_sign(state: SessionState, hearing: Hearing, juror: str) -> None:
    """Each of the three once, when nothing is missing, the president last."""
    deliberation = deliberating(hearing)
    if juror in deliberation.signatures:
        raise Refusal("X7", N_("Vous avez déjà signé ou refusé de signer."))
    if open_questions(state, hearing):
        raise Refusal("R3.6", N_("Il manque un consensus : la délibération n’est pas terminée."))
    if unadvised(hearing):
        raise Refusal("R3.8", N_("Il manque une préconisation."))
    others = [s.id for s in state.jurors_sitting(hearing.id) if s.id != juror]
    if juror == state.president_of(hearing.id) and any(s not in deliberation.signatures for s in others):
        raise Refusal("X7", N_("La personne qui préside signe en dernier."))


@TOPIC.decides(SignDeliberation, RefuseSignature)
def sign(state: SessionState, command: SignDeliberation | RefuseSignature, asked: Asked) -> tuple[object, ...]:
    hearing = state.hearing(command.hearing)
    deliberation = deliberating(hearing)
    check_sits(state, hearing.id, asked.actor)
    check_three_present(state, hearing.id)
    check_may_sign(state, hearing, asked.actor)
    refuses = isinstance(command, RefuseSignature)
    act = SignatureRefused(hearing.id, command.words) if refuses else DeliberationSigned(hearing.id)
    acted = {*deliberation.signatures, asked.actor}
    if any(s.id not in acted for s in state.jurors_sitting(hearing.id)):
        return (act,)
    refused = refuses or any(s.refused for s in deliberation.signatures.values())
    marks = reached(state, hearing)
    result = result_of(state.framework, hearing, marks)
    return (act, HearingClosed(hearing.id, marks, result, refused or bool(deliberation.disputed)))


@TOPIC.evolves(DeliberationSigned, SignatureRefused)
def signed(state: SessionState, event: DeliberationSigned | SignatureRefused, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    deliberation = deliberating(hearing)
    refused = isinstance(event, SignatureRefused)
    signature = Signature(happened.at, refused, event.words if refused else None)
    signatures = {**deliberation.signatures, happened.actor: signature}
    return state.with_hearing(replace(hearing, deliberation=replace(deliberation, signatures=signatures)))


def has_signed(state: SessionState, juror: SeatId) -> bool:
    """Any deliberation of the day; a refusal to sign is no signature."""
    given = (one.deliberation.signatures.get(juror) for one in state.hearings.values() if one.deliberation)
    return any(one is not None and not one.refused for one in given)


@TOPIC.evolves(HearingClosed)
def hearing_closed(state: SessionState, event: HearingClosed, happened: Happened) -> SessionState:
    hearing = replace(state.hearing(event.hearing), phase=Phase.CLOSED, disputed=event.disputed)
    return state.with_ended(replace(hearing, agreed=event.marks, result=event.result))
