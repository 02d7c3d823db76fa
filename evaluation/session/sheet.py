"""The attendance sheet: signed or refused on the candidate's screen (R3.2)."""
from __future__ import annotations

from dataclasses import dataclass, replace

from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import HearingId, Words
from evaluation.rules import N_, Refusal
from evaluation.session.gates import check_identity_decided, check_phase, check_reminded, refused
from evaluation.session.phases import Phase
from evaluation.session.state import Hearing, SessionState

TOPIC = Topic()


@TOPIC.command
@dataclass(frozen=True)
class SignSheet:
    """R3.2: the attendance sheet, signed on the candidate's screen (typed name or drawn path, as words)."""

    hearing: HearingId
    words: Words


@TOPIC.command
@dataclass(frozen=True)
class RefuseSheet:
    hearing: HearingId


@TOPIC.event("session.sheet_signed")
@dataclass(frozen=True)
class SheetSigned:
    hearing: HearingId
    words: Words


@TOPIC.event("session.sheet_refused")
@dataclass(frozen=True)
class SheetRefused:
    hearing: HearingId


def check_sheet_due(state: SessionState, hearing: Hearing) -> None:
    check_phase(hearing, Phase.WELCOME)
    check_identity_decided(hearing)
    check_reminded(state, hearing)
    if hearing.sheet in ("signed", "waived"):
        raise Refusal("R3.2", N_("La feuille de présence est déjà réglée."))


@TOPIC.decides(SignSheet)
def sign_sheet(state: SessionState, command: SignSheet, asked: Asked) -> tuple[object, ...]:
    check_sheet_due(state, state.hearing(command.hearing))
    return (SheetSigned(command.hearing, command.words),)


@TOPIC.decides(RefuseSheet)
def refuse_sheet(state: SessionState, command: RefuseSheet, asked: Asked) -> tuple[object, ...]:
    check_sheet_due(state, state.hearing(command.hearing))
    return (SheetRefused(command.hearing),)


@TOPIC.evolves(SheetSigned)
def sheet_signed(state: SessionState, event: SheetSigned, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    return state.with_hearing(replace(hearing, sheet="signed", sheet_at=happened.at, sheet_words=event.words))


@TOPIC.evolves(SheetRefused)
def sheet_refused(state: SessionState, event: SheetRefused, happened: Happened) -> SessionState:
    return state.with_hearing(refused(replace(state.hearing(event.hearing), sheet="refused"), "sheet"))
