"""The copy of an identity document: looked at by a machine, accepted by a person (R6.2)."""
from __future__ import annotations

from dataclasses import dataclass, replace

from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import HearingId
from evaluation.rules import N_, Refusal, rule
from evaluation.session.hearing_parts import Document
from evaluation.session.measured import CopyFlaw
from evaluation.session.state import Hearing, SessionState
from evaluation.session.supplied_documents import check_copies_open
from evaluation.session.terms import IDENTITY_KINDS

TOPIC = Topic()


@TOPIC.command
@dataclass(frozen=True)
class ExamineCopy:
    """R6.2: what a machine saw on a supplied copy. Written by the server."""

    hearing: HearingId
    document: str
    flaws: tuple[CopyFlaw, ...]


@TOPIC.command
@dataclass(frozen=True)
class AcceptCopy:
    """R6.2: a person looked at the copy and takes it as it is, whatever a machine made of it."""

    hearing: HearingId
    document: str


@TOPIC.event("session.copy_examined")
@dataclass(frozen=True)
class CopyExamined:
    hearing: HearingId
    document: str
    flaws: tuple[CopyFlaw, ...]


@TOPIC.event("session.copy_accepted")
@dataclass(frozen=True)
class CopyAccepted:
    hearing: HearingId
    document: str


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


@TOPIC.decides(ExamineCopy)
def examine_copy(state: SessionState, command: ExamineCopy, asked: Asked) -> tuple[object, ...]:
    check_copy(state.hearing(command.hearing), command.document)
    return (CopyExamined(command.hearing, command.document, command.flaws),)


@TOPIC.evolves(CopyExamined)
def copy_examined(state: SessionState, event: CopyExamined, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    return _with_document(state, hearing, replace(_document(hearing, event.document), flaws=event.flaws))


@TOPIC.decides(AcceptCopy)
def accept_copy(state: SessionState, command: AcceptCopy, asked: Asked) -> tuple[object, ...]:
    check_copies_open(state.hearing(command.hearing))
    check_copy(state.hearing(command.hearing), command.document)
    if _document(state.hearing(command.hearing), command.document).accepted_by is not None:
        return ()
    return (CopyAccepted(command.hearing, command.document),)


@TOPIC.evolves(CopyAccepted)
def copy_accepted(state: SessionState, event: CopyAccepted, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    return _with_document(state, hearing, replace(_document(hearing, event.document), accepted_by=happened.actor))
