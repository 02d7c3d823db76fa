"""What stood at the portfolio's deadline is frozen for the jury; a late paper needs the organizer's reason (R4.1)."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import HearingId, Words
from evaluation.rules import N_, Refusal, rule
from evaluation.session.gates import check_phase
from evaluation.session.hearing_parts import Document, LatePaper
from evaluation.session.phases import IN_ROOM, TO_CALL
from evaluation.session.shown_papers import deadline_at, deadline_passed, is_late, stood_at_deadline
from evaluation.session.state import Hearing, SessionState
from evaluation.session.supplied_documents import check_still_to_supply, check_supplier
from evaluation.session.terms import AT_DEADLINE

TOPIC = Topic()


@TOPIC.command
@dataclass(frozen=True)
class FreezePapers:
    """The deadline is over. Written by the clockwork, once for each candidate."""

    hearing: HearingId


@TOPIC.command
@dataclass(frozen=True)
class AcceptLatePaper:
    """The jury is given a paper that came after the deadline: why, in words."""

    hearing: HearingId
    document: str
    words: Words


@TOPIC.command
@dataclass(frozen=True)
class SetAsideDocument:
    """A paper supplied by mistake no longer counts. It stays kept, as every version."""

    hearing: HearingId
    document: str


@TOPIC.event("session.papers_frozen")
@dataclass(frozen=True)
class PapersFrozen:
    hearing: HearingId
    documents: tuple[str, ...]


@TOPIC.event("session.late_paper_accepted")
@dataclass(frozen=True)
class LatePaperAccepted:
    hearing: HearingId
    document: str
    words: Words


@TOPIC.event("session.document_set_aside")
@dataclass(frozen=True)
class DocumentSetAside:
    hearing: HearingId
    document: str


@TOPIC.decides(FreezePapers)
def freeze(state: SessionState, command: FreezePapers, asked: Asked) -> tuple[object, ...]:
    hearing = state.hearing(command.hearing)
    check_to_freeze(state, hearing, asked.now)
    return (PapersFrozen(command.hearing, stood_at_deadline(state, hearing)),)


@rule("R4.1")
def check_to_freeze(state: SessionState, hearing: Hearing, now: int) -> None:
    """Once, and not before the deadline has passed."""
    if state.deadline is None or not deadline_passed(state, now) or hearing.frozen is not None:
        raise Refusal("R4.1", N_("La date limite des livrets n’est pas passée, ou ils sont déjà arrêtés."))


@TOPIC.evolves(PapersFrozen)
def frozen(state: SessionState, event: PapersFrozen, happened: Happened) -> SessionState:
    return state.with_hearing(replace(state.hearing(event.hearing), frozen=event.documents))


@TOPIC.decides(AcceptLatePaper)
def accept_late(state: SessionState, command: AcceptLatePaper, asked: Asked) -> tuple[object, ...]:
    hearing = state.hearing(command.hearing)
    check_phase(hearing, *TO_CALL, *IN_ROOM)
    check_there(hearing, command.document)
    document = _document(hearing, command.document)
    check_still_to_supply(hearing, document.kind)
    check_late(state, document)
    return (LatePaperAccepted(command.hearing, command.document, command.words),)


@rule("R4.1")
def check_late(state: SessionState, document: Document) -> None:
    """Accepted is what came after the deadline, once."""
    if not is_late(state, document) or document.late is not None:
        raise Refusal("R4.1", N_("Ce document est arrivé à temps, ou il est déjà accepté : le jury le voit."))


@rule("R4.6")
def check_there(hearing: Hearing, document: str) -> None:
    """A paper of this candidate's that still counts."""
    if not any(one.id == document and not one.set_aside for one in hearing.documents):
        raise Refusal("R4.6", N_("Ce document n’est plus dans ce dossier : il a été retiré, ou n’y a jamais été."))


def _document(hearing: Hearing, document: str) -> Document:
    return next(one for one in hearing.documents if one.id == document)


@TOPIC.evolves(LatePaperAccepted)
def late_accepted(state: SessionState, event: LatePaperAccepted, happened: Happened) -> SessionState:
    late = LatePaper(event.words, happened.actor, happened.at)
    return _with(state, event.hearing, event.document, lambda one: replace(one, late=late))


@TOPIC.decides(SetAsideDocument)
def set_aside(state: SessionState, command: SetAsideDocument, asked: Asked) -> tuple[object, ...]:
    hearing = state.hearing(command.hearing)
    check_phase(hearing, *TO_CALL, *IN_ROOM)
    check_there(hearing, command.document)
    document = _document(hearing, command.document)
    check_supplier(hearing, asked.actor, document.kind)
    check_still_to_supply(hearing, document.kind)
    check_may_set_aside(state, document, asked.now)
    return (DocumentSetAside(command.hearing, command.document),)


@rule("R4.1", "R6.2")
def check_may_set_aside(state: SessionState, document: Document, now: int) -> None:
    """What stood at the deadline stays, and so does what was accepted after it. Of the rest that is due then, what came
    by mistake is taken out; every other kind of paper is replaced by its next version."""
    stood = deadline_passed(state, now) and not is_late(state, document)
    if document.kind not in AT_DEADLINE or stood or document.late is not None:
        raise Refusal("R4.1", N_("Ce document ne peut plus être retiré : il est dans ce que le jury examine."))


@TOPIC.evolves(DocumentSetAside)
def was_set_aside(state: SessionState, event: DocumentSetAside, happened: Happened) -> SessionState:
    return _with(state, event.hearing, event.document, lambda one: replace(one, set_aside=True))


def _with(state: SessionState, hearing: HearingId, document: str, change: Callable[[Document], Document]
          ) -> SessionState:
    found = state.hearing(hearing)
    documents = tuple(change(one) if one.id == document else one for one in found.documents)
    return state.with_hearing(replace(found, documents=documents))


# What the clockwork asks for ---------------------------------------------------------------------------------------


def _open(state: SessionState) -> list[HearingId]:
    return [] if state.deadline is None else [one.id for one in state.hearings.values() if one.frozen is None]


def next_due(state: SessionState, now: int) -> int | None:
    """The deadline, while a candidate's papers are not frozen."""
    ends = deadline_at(state)
    return max(ends, now) if ends is not None and _open(state) else None


def due_commands(state: SessionState, now: int) -> tuple[FreezePapers, ...]:
    """Of each candidate whose papers were due and are not frozen."""
    return tuple(FreezePapers(one) for one in _open(state)) if deadline_passed(state, now) else ()
