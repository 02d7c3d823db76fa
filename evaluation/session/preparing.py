"""What a juror takes note of before the day: the process and its tools, the framework, the grid, and of each candidate
the portfolio, the piece and the formative evaluations (R1.5)."""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import HearingId, Role, Seat, SeatId
from evaluation.rules import N_, Refusal, rule
from evaluation.session.answering import may_answer
from evaluation.session.hearing_parts import ToRead
from evaluation.session.phases import OVER
from evaluation.session.shown_papers import shown
from evaluation.session.state import SessionState
from evaluation.session.terms import IDENTITY_KINDS

TOPIC = Topic()
FRAMEWORK, GRID, BRIEF = "framework", "grid", "brief"
"""What each juror reads besides the pages of the framework's guide."""


@TOPIC.command
@dataclass(frozen=True)
class ConfirmRead:
    """The juror has opened it and taken note of it. `what` is a page of the guide, `framework`, `grid`, or a kind of
    document; `document` is the version that was read, empty for what the framework holds itself."""

    hearing: HearingId | None
    what: str
    document: str = ""


@TOPIC.event("session.reading_confirmed")
@dataclass(frozen=True)
class ReadingConfirmed:
    hearing: HearingId | None
    what: str
    document: str


def is_appointed(state: SessionState, seat: Seat) -> bool:
    """Whether it is the seat of a juror whom nobody has replaced."""
    return seat.role is Role.JUROR and seat in state.jurors_appointed(seat.hearing)


@rule("R1.5", permits=False)
def prepares(state: SessionState, seat: Seat) -> bool:
    """Whether a juror is appointed to what has not begun: they say whether they will sit, and prepare."""
    return is_appointed(state, seat) and may_answer(state, seat.id)


@rule("R1.5", permits=())
def to_read(state: SessionState, juror: Seat) -> tuple[ToRead, ...]:
    """All that this juror takes note of, whether they have or not: of a document the version that the jury is given, so
    that a newer one is to be read anew. Copies of identity documents are for the check alone (R6.2)."""
    return (*_of_the_day(state, juror), *_of_candidates(state, juror))


def _of_the_day(state: SessionState, juror: Seat) -> Iterator[ToRead]:
    for page in state.framework.jury_guide:
        yield ToRead(juror.hearing, page.code)
    yield ToRead(juror.hearing, FRAMEWORK)
    yield ToRead(juror.hearing, GRID)
    if state.brief is not None:
        yield ToRead(juror.hearing, BRIEF, state.brief.document.id)


def _of_candidates(state: SessionState, juror: Seat) -> Iterator[ToRead]:
    for hearing in sorted(state.hearings.values(), key=lambda one: (one.starts_at, one.id)):
        if hearing.phase in OVER or not state.sits(juror.id, hearing.id):
            continue
        for document in shown(state, hearing):
            if document.kind not in IDENTITY_KINDS and document.kind != BRIEF:
                yield ToRead(hearing.id, document.kind, document.id)


@rule("R1.5", permits=())
def left_to_read(state: SessionState, juror: Seat) -> tuple[ToRead, ...]:
    done = state.read.get(juror.id, frozenset())
    return tuple(one for one in to_read(state, juror) if one not in done)


@rule("R1.5")
def check_to_read(state: SessionState, juror: SeatId, what: ToRead) -> None:
    """Confirmed is what this juror has to take note of, in the version that the jury is given now."""
    seat = state.seat(juror)
    if seat is None or what not in to_read(state, seat):
        raise Refusal("R1.5", N_("Ce document a été remplacé depuis, ou n’est pas à lire : rouvrez la page de "
                                 "préparation."))


@TOPIC.decides(ConfirmRead)
def confirm(state: SessionState, command: ConfirmRead, asked: Asked) -> tuple[object, ...]:
    what = ToRead(command.hearing, command.what, command.document)
    check_to_read(state, asked.actor, what)
    if what in state.read.get(asked.actor, frozenset()):
        return ()
    return (ReadingConfirmed(command.hearing, command.what, command.document),)


@TOPIC.evolves(ReadingConfirmed)
def confirmed(state: SessionState, event: ReadingConfirmed, happened: Happened) -> SessionState:
    before = state.read.get(happened.actor, frozenset())
    what = ToRead(event.hearing, event.what, event.document)
    return replace(state, read={**state.read, happened.actor: before | {what}})
