"""The identity check (R6.2 to R6.4, X1): copies looked at, the candidate's consent, what is asked and measured.

The president's decision is in `gates`: it needs none of this, and nothing here concludes anything.
"""
from __future__ import annotations

import re
from dataclasses import replace

from evaluation.people import Words
from evaluation.rules import N_, Refusal, rule
from evaluation.session import commands as c
from evaluation.session import events as e
from evaluation.session.dispatch import Asked, Happened, decides, evolves
from evaluation.session.documents import check_copies_open
from evaluation.session.events import Event
from evaluation.session.gates import check_undecided, identity_settled
from evaluation.session.measured import FACE, Check, Failure, Measured, Picture, SignalRow
from evaluation.session.phases import IN_ROOM, TIMED, TO_CALL
from evaluation.session.state import Document, Hearing, SessionState
from evaluation.session.terms import IDENTITY_KINDS

CODE = re.compile(r"[a-z_]{1,32}", re.ASCII)


# The copy --------------------------------------------------------------------------------------------------------


@rule("R6.2")
def check_copy(hearing: Hearing, document: str) -> None:
    """Looked at and accepted are copies of an identity document, and the newest of its side."""
    found = next((one for one in hearing.documents if one.id == document and one.kind in IDENTITY_KINDS), None)
    if found is None or hearing.document(found.kind) != found:
        raise Refusal("R6.2", N_("Cette copie a été remplacée depuis, ou n’en est pas une."))


def _with_document(state: SessionState, hearing: Hearing, document: Document) -> SessionState:
    documents = tuple(document if one.id == document.id else one for one in hearing.documents)
    return state.with_hearing(replace(hearing, documents=documents))


def _document(hearing: Hearing, document: str) -> Document:
    return next(one for one in hearing.documents if one.id == document)


@decides(c.ExamineCopy)
def examine_copy(state: SessionState, command: c.ExamineCopy, asked: Asked) -> tuple[Event, ...]:
    check_copy(state.hearing(command.hearing), command.document)
    return (e.CopyExamined(command.hearing, command.document, command.flaws),)


@evolves(e.CopyExamined)
def copy_examined(state: SessionState, event: e.CopyExamined, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    return _with_document(state, hearing, replace(_document(hearing, event.document), flaws=event.flaws))


@decides(c.AcceptCopy)
def accept_copy(state: SessionState, command: c.AcceptCopy, asked: Asked) -> tuple[Event, ...]:
    check_copies_open(state.hearing(command.hearing))
    check_copy(state.hearing(command.hearing), command.document)
    if _document(state.hearing(command.hearing), command.document).accepted_by is not None:
        return ()
    return (e.CopyAccepted(command.hearing, command.document),)


@evolves(e.CopyAccepted)
def copy_accepted(state: SessionState, event: e.CopyAccepted, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    return _with_document(state, hearing, replace(_document(hearing, event.document), accepted_by=happened.actor))


# Consent ---------------------------------------------------------------------------------------------------------


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


@decides(c.AnswerFaceConsent)
def answer_consent(state: SessionState, command: c.AnswerFaceConsent, asked: Asked) -> tuple[Event, ...]:
    hearing = state.hearing(command.hearing)
    check_consent_moment(hearing, command.agreed)
    if hearing.face_consent == ("yes" if command.agreed else "no"):
        return ()
    return (e.FaceConsentAnswered(command.hearing, command.agreed, command.wording),)


@decides(c.WithdrawFaceConsent)
def withdraw_consent(state: SessionState, command: c.WithdrawFaceConsent, asked: Asked) -> tuple[Event, ...]:
    if state.hearing(command.hearing).face_consent != "yes":
        return ()
    return (e.FaceConsentWithdrawn(command.hearing),)


@evolves(e.FaceConsentAnswered, e.FaceConsentWithdrawn)
def consent_changed(
    state: SessionState, event: e.FaceConsentAnswered | e.FaceConsentWithdrawn, happened: Happened
) -> SessionState:
    hearing = state.hearing(event.hearing)
    if isinstance(event, e.FaceConsentAnswered) and event.agreed:
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


# Asking and measuring --------------------------------------------------------------------------------------------


@rule("R6.2")
def check_something_to_compare(hearing: Hearing) -> None:
    """A check compares with the supplied copy; without one the jury looks for itself."""
    if hearing.document("identity_front") is None:
        raise Refusal(
            "R6.2",
            N_("Aucune copie n’a été fournie : il n’y a rien à comparer. Prenez une image, et décidez à l’œil."),
        )


@rule("R6.3")
def check_still_open(hearing: Hearing, check: int) -> None:
    """A result belongs to the check that was asked for, and comes while it is still wanted."""
    if hearing.check is None or hearing.check.position != check:
        raise Refusal("R6.3", N_("Cette vérification est terminée : son résultat n’est plus attendu."))


@rule("X1")
def check_rows(rows: tuple[SignalRow, ...]) -> None:
    """Each signal once, by codes and whole numbers: no personal data in the journal. What a chain holds cannot be
    deleted: faces compared are no row of it."""
    names = [row.name for row in rows]
    worded = [row for row in rows if not CODE.fullmatch(row.code) or (row.name == "expiry" and row.value is not None)]
    if len(set(names)) != len(names) or worded or FACE in names:
        raise Refusal("X1", N_("Ces mesures ne peuvent pas entrer au journal."))


@decides(c.AskIdentityCheck)
def ask_check(state: SessionState, command: c.AskIdentityCheck, asked: Asked) -> tuple[Event, ...]:
    hearing = state.hearing(command.hearing)
    check_undecided(hearing)
    check_something_to_compare(hearing)
    return (e.IdentityCheckAsked(command.hearing, command.side, command.source),)


@evolves(e.IdentityCheckAsked)
def check_asked(state: SessionState, event: e.IdentityCheckAsked, happened: Happened) -> SessionState:
    check = Check(event.side, event.source, happened.actor, happened.at, happened.position)
    return state.with_hearing(replace(state.hearing(event.hearing), check=check, check_failure=None))


@decides(c.EndIdentityCheck)
def end_check(state: SessionState, command: c.EndIdentityCheck, asked: Asked) -> tuple[Event, ...]:
    return (e.IdentityCheckEnded(command.hearing),) if state.hearing(command.hearing).check else ()


@evolves(e.IdentityCheckEnded)
def check_ended(state: SessionState, event: e.IdentityCheckEnded, happened: Happened) -> SessionState:
    return state.with_hearing(replace(state.hearing(event.hearing), check=None))


@decides(c.AskGesture)
def ask_gesture(state: SessionState, command: c.AskGesture, asked: Asked) -> tuple[Event, ...]:
    hearing = state.hearing(command.hearing)
    check_undecided(hearing)
    return () if hearing.gesture == command.gesture else (e.GestureAsked(command.hearing, command.gesture),)


@evolves(e.GestureAsked)
def gesture_asked(state: SessionState, event: e.GestureAsked, happened: Happened) -> SessionState:
    return state.with_hearing(replace(state.hearing(event.hearing), gesture=event.gesture))


@decides(c.RecordSignals)
def record_signals(state: SessionState, command: c.RecordSignals, asked: Asked) -> tuple[Event, ...]:
    hearing = state.hearing(command.hearing)
    check_still_open(hearing, command.check)
    check_rows(command.rows)
    check_faces_agreed(hearing, command.apart, command.apart_pictures)
    side = hearing.check.side if hearing.check else "front"
    return (
        e.SignalsMeasured(
            command.hearing, command.check, side, command.taken_at, command.rows, command.expiry, command.apart,
            command.apart_pictures,
        ),
    )


@evolves(e.SignalsMeasured)
def signals_measured(state: SessionState, event: e.SignalsMeasured, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    measured = Measured(
        happened.position, happened.at, event.taken_at, event.side, event.rows, event.expiry, event.apart,
        event.apart_pictures,
    )
    # The card is put down: it is no longer to be tilted.
    gesture = None if hearing.gesture == "tilt_card" else hearing.gesture
    return state.with_hearing(
        replace(hearing, check=None, check_failure=None, gesture=gesture, signals=(*hearing.signals, measured))
    )


@decides(c.FailIdentityCheck)
def fail_check(state: SessionState, command: c.FailIdentityCheck, asked: Asked) -> tuple[Event, ...]:
    check_still_open(state.hearing(command.hearing), command.check)
    return (e.IdentityCheckFailed(command.hearing, command.check, command.why),)


@evolves(e.IdentityCheckFailed)
def check_failed(state: SessionState, event: e.IdentityCheckFailed, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    return state.with_hearing(replace(hearing, check=None, check_failure=Failure(happened.at, event.why)))


# Presence, and what is kept --------------------------------------------------------------------------------------


@rule("R6.4", permits=0)
def presence_seconds(state: SessionState, hearing: Hearing) -> int:
    """Every how many seconds the candidate's presence is looked at: while the jury requires visibility, in the timed
    phases, where the framework says so; 0: not at all."""
    if state.closed or not hearing.visible_required or hearing.phase not in TIMED:
        return 0
    return state.framework.identity.presence_seconds
