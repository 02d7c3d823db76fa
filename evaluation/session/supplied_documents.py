"""What is supplied before the examination: the portfolio, the copies of the identity document, what others write."""
from __future__ import annotations

from dataclasses import dataclass, replace

from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import HearingId, SeatId
from evaluation.rules import N_, Refusal, rule
from evaluation.session.gates import check_phase, checked_anew, identity_settled
from evaluation.session.hearing_parts import Document
from evaluation.session.measured import IdentityDocument
from evaluation.session.phases import IN_ROOM, TO_CALL, Phase
from evaluation.session.state import Hearing, SessionState
from evaluation.session.terms import IDENTITY_KINDS, OWN_KINDS, DocumentKind

TOPIC = Topic()
PARTS = {"portfolio_a": "A", "portfolio_b": "B", "photograph": "B"}
"""Which part of the portfolio a kind belongs to: the piece goes with part B."""


@TOPIC.command
@dataclass(frozen=True)
class SupplyDocument:
    """A file was taken in; the file itself lies encrypted outside the journal under `document`. `identity` says which
    kind of identity document a copy is of (R6.2)."""

    hearing: HearingId
    document: str
    kind: DocumentKind
    digest: str
    pages: int
    identity: IdentityDocument | None = None


@TOPIC.event("session.document_supplied")
@dataclass(frozen=True)
class DocumentSupplied:
    hearing: HearingId
    document: str
    kind: DocumentKind
    digest: str
    pages: int
    identity: IdentityDocument | None = None


@rule("R4.6")
def check_pages(kind: str, pages: int, limit: int) -> None:
    """Ten pages at most in each part of the portfolio (the framework says how many)."""
    if kind in ("portfolio_a", "portfolio_b") and pages > limit:
        raise Refusal(
            "R4.6", N_("Le livret compte {pages} pages : {limit} au plus par partie."), pages=pages, limit=limit
        )


@rule("R4.6", permits=frozenset({"A", "B"}))
def parts_sought(state: SessionState, hearing: Hearing) -> frozenset[str]:
    """The parts of the portfolio asked for: those of the blocks sought."""
    return frozenset(state.framework.block(code).part for code in hearing.blocks)


@rule("R4.6")
def check_part(state: SessionState, hearing: Hearing, kind: str) -> None:
    """Nothing is taken that the blocks sought do not ask for: nobody would examine it."""
    part = PARTS.get(kind)
    if part is not None and part not in parts_sought(state, hearing):
        raise Refusal(
            "R4.6", N_("La partie {part} du livret n’est pas demandée : elle ne fait pas partie des blocs présentés."),
            part=part)


@rule("R4.6")
def check_photographs(state: SessionState, hearing: Hearing, kind: str) -> None:
    """As many photographs of the piece as the framework takes; one that is set aside makes room."""
    most = state.framework.most_photographs
    there = sum(1 for one in hearing.documents if one.kind == kind and not one.set_aside)
    if kind == "photograph" and there >= most:
        raise Refusal(
            "R4.6", N_("Il y a déjà {most} photographies de la pièce : retirez-en une pour la remplacer."), most=most)


@rule("R4.1")
def check_one_brief(state: SessionState, kind: str) -> None:
    """A day has one brief, adopted by its jury; none is supplied beside it."""
    if kind == "brief" and state.briefs:
        raise Refusal("R4.1", N_("Le cahier des charges est celui de la session : écrivez-en une nouvelle version."))


@rule("R3.5")
def check_supplier(hearing: Hearing, actor: SeatId, kind: str) -> None:
    """What others write about the candidate's course, or ask of the candidate, does not come from the candidate."""
    if actor == hearing.candidate.id and kind not in OWN_KINDS:
        raise Refusal("R3.5", N_("Ce document est fourni par le centre de formation, non par la personne évaluée."))


@rule("R6.2")
def check_identity_kind(state: SessionState, kind: str, identity: str | None) -> None:
    """Which kinds of identity document are accepted is the framework's; other papers have no such kind."""
    if identity is not None and (kind not in IDENTITY_KINDS or identity not in state.framework.identity.documents):
        raise Refusal("R6.2", N_("Cette sorte de pièce d’identité n’est pas acceptée pour cette certification."))


@rule("R3.2")
def check_still_to_supply(hearing: Hearing, kind: str) -> None:
    """What is examined no longer changes once the examination has begun, nor while it is interrupted."""
    begun = hearing.phase in IN_ROOM or (hearing.phase is Phase.ADJOURNED and bool(hearing.clocks))
    if begun and kind not in IDENTITY_KINDS:
        raise Refusal("R3.2", N_("L’épreuve a commencé : les documents ne changent plus."))


@rule("R6.3")
def check_copies_open(hearing: Hearing) -> None:
    """The copy the identity was decided on is no longer replaced, nor accepted afterwards."""
    if identity_settled(hearing):
        raise Refusal("R6.3", N_("L’identité est déjà décidée : la copie ne change plus."))


def begins_check_anew(hearing: Hearing, kind: str) -> bool:
    """What was measured, or is being, was on the copies before: nothing of it may stand beside a new one (R6.3)."""
    return kind in IDENTITY_KINDS and hearing.phase in IN_ROOM


@TOPIC.decides(SupplyDocument)
def supply(state: SessionState, command: SupplyDocument, asked: Asked) -> tuple[object, ...]:
    hearing = state.hearing(command.hearing)
    check_phase(hearing, *TO_CALL, *IN_ROOM)
    check_pages(command.kind, command.pages, state.framework.portfolio_max_pages)
    check_part(state, hearing, command.kind)
    check_photographs(state, hearing, command.kind)
    check_one_brief(state, command.kind)
    check_supplier(hearing, asked.actor, command.kind)
    if command.kind in IDENTITY_KINDS:
        check_copies_open(hearing)
    check_still_to_supply(hearing, command.kind)
    check_identity_kind(state, command.kind, command.identity)
    return (
        DocumentSupplied(
            command.hearing, command.document, command.kind, command.digest, command.pages, command.identity
        ),
    )


@TOPIC.evolves(DocumentSupplied)
def supplied(state: SessionState, event: DocumentSupplied, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    document = Document(
        event.document, event.kind, event.digest, event.pages, happened.at, happened.actor, event.identity
    )
    hearing = replace(hearing, documents=(*hearing.documents, document))
    return state.with_hearing(checked_anew(hearing) if begins_check_anew(hearing, event.kind) else hearing)
