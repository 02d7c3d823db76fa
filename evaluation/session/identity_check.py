"""The identity check: what is asked for and what is measured (R6.3). Nothing here concludes anything."""
from __future__ import annotations

import re
from dataclasses import dataclass, replace

from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import HearingId, Words
from evaluation.rules import N_, Refusal, rule
from evaluation.session.face_consent import check_faces_agreed
from evaluation.session.gates import check_undecided
from evaluation.session.measured import (
    FACE,
    Check,
    CheckFailure,
    Failure,
    Gesture,
    Measured,
    Picture,
    Side,
    SignalRow,
    Source,
)
from evaluation.session.on_site import check_on_camera
from evaluation.session.state import Hearing, SessionState

TOPIC = Topic()
CODE = re.compile(r"[a-z_]{1,32}", re.ASCII)


@TOPIC.command
@dataclass(frozen=True)
class AskIdentityCheck:
    """R6.3: a juror asks to see one side of the document; a second asking ends the first."""

    hearing: HearingId
    side: Side
    source: Source = "main"


@TOPIC.command
@dataclass(frozen=True)
class EndIdentityCheck:
    hearing: HearingId


@TOPIC.command
@dataclass(frozen=True)
class AskGesture:
    """R6.3: a movement the candidate is asked for; None: no longer."""

    hearing: HearingId
    gesture: Gesture | None


@TOPIC.command
@dataclass(frozen=True)
class RecordSignals:
    """R6.3: what the check at position `check` gave. Written by the server; `expiry` is the date as printed;
    `apart` the row of faces compared, as JSON (`measured.SignalRow`), with its pictures."""

    hearing: HearingId
    check: int
    taken_at: int
    rows: tuple[SignalRow, ...]
    expiry: Words | None = None
    apart: Words | None = None
    apart_pictures: tuple[Picture, ...] = ()


@TOPIC.command
@dataclass(frozen=True)
class FailIdentityCheck:
    """The check at position `check` gave nothing, through nobody's fault. Written by the server."""

    hearing: HearingId
    check: int
    why: CheckFailure


@TOPIC.event("session.identity_check_asked")
@dataclass(frozen=True)
class IdentityCheckAsked:
    hearing: HearingId
    side: Side
    source: Source


@TOPIC.event("session.identity_check_ended")
@dataclass(frozen=True)
class IdentityCheckEnded:
    hearing: HearingId


@TOPIC.event("session.gesture_asked")
@dataclass(frozen=True)
class GestureAsked:
    hearing: HearingId
    gesture: Gesture | None


@TOPIC.event("session.signals_measured")
@dataclass(frozen=True)
class SignalsMeasured:
    """What the check at position `check` gave (R6.3): bands and whole numbers, pictures by their digests. `apart` is
    the row that was measured with the candidate's consent: outside the chain, with its pictures, so that it can be
    deleted."""

    hearing: HearingId
    check: int
    side: Side
    taken_at: int
    rows: tuple[SignalRow, ...]
    expiry: Words | None
    apart: Words | None = None
    apart_pictures: tuple[Picture, ...] = ()


@TOPIC.event("session.identity_check_failed")
@dataclass(frozen=True)
class IdentityCheckFailed:
    hearing: HearingId
    check: int
    why: CheckFailure


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


@TOPIC.decides(AskIdentityCheck)
def ask_check(state: SessionState, command: AskIdentityCheck, asked: Asked) -> tuple[object, ...]:
    hearing = state.hearing(command.hearing)
    check_undecided(hearing)
    check_on_camera(state, hearing)
    check_something_to_compare(hearing)
    return (IdentityCheckAsked(command.hearing, command.side, command.source),)


@TOPIC.evolves(IdentityCheckAsked)
def check_asked(state: SessionState, event: IdentityCheckAsked, happened: Happened) -> SessionState:
    check = Check(event.side, event.source, happened.actor, happened.at, happened.position)
    return state.with_hearing(replace(state.hearing(event.hearing), check=check, check_failure=None))


@TOPIC.decides(EndIdentityCheck)
def end_check(state: SessionState, command: EndIdentityCheck, asked: Asked) -> tuple[object, ...]:
    return (IdentityCheckEnded(command.hearing),) if state.hearing(command.hearing).check else ()


@TOPIC.evolves(IdentityCheckEnded)
def check_ended(state: SessionState, event: IdentityCheckEnded, happened: Happened) -> SessionState:
    return state.with_hearing(replace(state.hearing(event.hearing), check=None))


@TOPIC.decides(AskGesture)
def ask_gesture(state: SessionState, command: AskGesture, asked: Asked) -> tuple[object, ...]:
    hearing = state.hearing(command.hearing)
    check_undecided(hearing)
    check_on_camera(state, hearing)
    return () if hearing.gesture == command.gesture else (GestureAsked(command.hearing, command.gesture),)


@TOPIC.evolves(GestureAsked)
def gesture_asked(state: SessionState, event: GestureAsked, happened: Happened) -> SessionState:
    return state.with_hearing(replace(state.hearing(event.hearing), gesture=event.gesture))


@TOPIC.decides(RecordSignals)
def record_signals(state: SessionState, command: RecordSignals, asked: Asked) -> tuple[object, ...]:
    hearing = state.hearing(command.hearing)
    check_still_open(hearing, command.check)
    check_rows(command.rows)
    check_faces_agreed(hearing, command.apart, command.apart_pictures)
    side = hearing.check.side if hearing.check else "front"
    return (
        SignalsMeasured(
            command.hearing, command.check, side, command.taken_at, command.rows, command.expiry, command.apart,
            command.apart_pictures,
        ),
    )


@TOPIC.evolves(SignalsMeasured)
def signals_measured(state: SessionState, event: SignalsMeasured, happened: Happened) -> SessionState:
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


@TOPIC.decides(FailIdentityCheck)
def fail_check(state: SessionState, command: FailIdentityCheck, asked: Asked) -> tuple[object, ...]:
    check_still_open(state.hearing(command.hearing), command.check)
    return (IdentityCheckFailed(command.hearing, command.check, command.why),)


@TOPIC.evolves(IdentityCheckFailed)
def check_failed(state: SessionState, event: IdentityCheckFailed, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    return state.with_hearing(replace(hearing, check=None, check_failure=Failure(happened.at, event.why)))
