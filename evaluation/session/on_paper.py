"""What a candidate on site signs on paper, and the scans of what was written there (X13)."""
from __future__ import annotations

from dataclasses import dataclass, replace
from typing import get_args

from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import HearingId
from evaluation.rules import N_, Refusal, rule
from evaluation.session.gates import check_phase, check_refusals_decided
from evaluation.session.hearing_parts import Document, Scan
from evaluation.session.on_site import is_on_site
from evaluation.session.phases import OVER, TO_CALL
from evaluation.session.sheet import check_sheet_due
from evaluation.session.state import Hearing, SessionState
from evaluation.session.terms import PaperKind, SignedPaper

TOPIC = Topic()


@TOPIC.command
@dataclass(frozen=True)
class RecordOnPaper:
    """The president has the candidate's signature on paper: under the fraud message, or on the attendance sheet."""

    hearing: HearingId
    paper: SignedPaper


@TOPIC.command
@dataclass(frozen=True)
class AttachScan:
    """A paper of the hearing was scanned; the file itself lies encrypted outside the journal under `document`."""

    hearing: HearingId
    document: str
    paper: PaperKind
    digest: str
    pages: int


@TOPIC.event("session.signed_on_paper")
@dataclass(frozen=True)
class SignedOnPaper:
    hearing: HearingId
    paper: SignedPaper


@TOPIC.event("session.scan_attached")
@dataclass(frozen=True)
class ScanAttached:
    hearing: HearingId
    document: str
    paper: PaperKind
    digest: str
    pages: int


def scanned(scan: Scan) -> Document:
    """A scan as a document whose pages are read like those of others."""
    return Document(scan.id, "scan", scan.digest, scan.pages, scan.at, scan.by)


@rule("X13")
def check_signs_on_paper(state: SessionState, hearing: Hearing) -> None:
    """Paper is for whoever is in the room: elsewhere nobody has seen them sign."""
    if not is_on_site(state, hearing, hearing.candidate.id):
        raise Refusal("X13", N_("La personne n’est pas sur place : elle signe sur son propre écran."))


@rule("X13", permits=())
def scans_missing(hearing: Hearing) -> tuple[SignedPaper, ...]:
    """What was signed on paper and has no scan yet, of itself or of the whole pack."""
    there = {one.paper for one in hearing.scans}
    return () if "pack" in there else tuple(one for one in get_args(SignedPaper) if one in hearing.on_paper - there)


@rule("X13")
def check_scanned(hearing: Hearing) -> None:
    """A signature on paper is in the record once its scan is."""
    if scans_missing(hearing):
        raise Refusal("X13", N_("Une feuille a été signée sur papier : joignez sa copie numérisée avant de clore."))


@rule("X13")
def check_none_awaited(hearing: Hearing) -> None:
    """What was entered of the papers is not left half confirmed, unless the hearing came to another end meanwhile."""
    found = hearing.transcribed
    if found is not None and found.stands_at is None and hearing.phase not in OVER:
        raise Refusal("X13", N_("Une épreuve transcrite du papier attend encore la confirmation d’un juré."))


@TOPIC.decides(RecordOnPaper)
def record_on_paper(state: SessionState, command: RecordOnPaper, asked: Asked) -> tuple[object, ...]:
    hearing = state.hearing(command.hearing)
    check_signs_on_paper(state, hearing)
    if command.paper == "sheet":
        check_sheet_due(state, hearing)
        return (SignedOnPaper(command.hearing, command.paper),)
    check_phase(hearing, *TO_CALL)
    check_refusals_decided(hearing)
    if hearing.prevention in ("acknowledged", "waived"):
        raise Refusal("X13", N_("Le message de prévention est déjà confirmé."))
    return (SignedOnPaper(command.hearing, command.paper),)


@TOPIC.evolves(SignedOnPaper)
def signed_on_paper(state: SessionState, event: SignedOnPaper, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    hearing = replace(hearing, on_paper=hearing.on_paper | {event.paper})
    if event.paper == "sheet":
        return state.with_hearing(replace(hearing, sheet="signed", sheet_at=happened.at, sheet_words=None))
    return state.with_hearing(replace(hearing, prevention="acknowledged"))


@TOPIC.decides(AttachScan)
def attach_scan(state: SessionState, command: AttachScan, asked: Asked) -> tuple[object, ...]:
    state.hearing(command.hearing)
    return (ScanAttached(command.hearing, command.document, command.paper, command.digest, command.pages),)


@TOPIC.evolves(ScanAttached)
def scan_attached(state: SessionState, event: ScanAttached, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    scan = Scan(event.document, event.paper, event.digest, event.pages, happened.at, happened.actor)
    return state.with_hearing(replace(hearing, scans=(*hearing.scans, scan)))
