"""One candidate on the day's list: whose registration it rests on, when, where, with which adjustments."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from evaluation.candidacy import adjusting, kept, registering
from evaluation.candidacy.kept import KeptBlock
from evaluation.candidacy.terms import Adjustment, Enrolment
from evaluation.deadlines import day_of
from evaluation.framework import Framework
from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import HearingId, Role, Seat
from evaluation.quoted_events import HEARING_ADDED
from evaluation.quotes import Quote
from evaluation.rules import N_, Forbidden, Refusal, rule
from evaluation.session import jury
from evaluation.session.notice_rules import told_where
from evaluation.session.phases import OVER, TIMED
from evaluation.session.planning import check_new_seats, date_of
from evaluation.session.state import Hearing, SessionState
from evaluation.session.terms import Mode
from evaluation.slots import HOME, is_zone

TOPIC = Topic()


@TOPIC.command
@dataclass(frozen=True)
class AddHearing:
    """`candidacy` quotes the candidate's registration: the blocks sought, the outcomes by which blocks are kept (X8),
    the trainers (R1.2) and the employer are its own. `adjustment` quotes what was decided for the candidate (R10.1).

    `starts_at` is in ms since the epoch, on the session's day. `zone` names the time zone of where the candidate will
    be.
    """

    hearing: HearingId
    candidacy: Quote
    candidate: Seat
    starts_at: int
    mode: Mode = "remote"
    zone: str = HOME
    adjustment: Quote | None = None
    aids: tuple[Seat, ...] = ()


@TOPIC.event(HEARING_ADDED)
@dataclass(frozen=True)
class HearingAdded:
    hearing: HearingId
    candidacy: Quote
    candidate: Seat
    starts_at: int
    mode: Mode
    zone: str
    adjustment: Quote | None
    aids: tuple[Seat, ...]
    kept: tuple[KeptBlock, ...]


@TOPIC.decides(AddHearing)
def add_hearing(state: SessionState, command: AddHearing, asked: Asked) -> tuple[object, ...]:
    if not command.hearing or command.hearing in state.hearings:
        raise Refusal("R3.2", N_("Cette épreuve est déjà inscrite."))
    check_attending(state, command.hearing, command.candidate, command.aids)
    enrolment = registering.quoted(command.candidacy)
    check_enrolment(state, enrolment)
    if enrolment.person != command.candidate.person:
        raise Refusal("R1.1", N_("L’inscription citée est celle d’une autre personne."))
    check_once(state, command.candidacy.stream)
    gained = _kept(state, enrolment)
    check_blocks(state.framework, enrolment, gained)
    if command.adjustment is not None:
        check_adjustment(command.adjustment, command.candidacy.stream, command.candidate)
    check_hour(state, command.starts_at)
    check_zone(command.zone)
    jury.check_impartial(state.jurors_appointed(None), enrolment.trained_by)
    return (
        HearingAdded(
            command.hearing, command.candidacy, command.candidate, command.starts_at, command.mode, command.zone,
            command.adjustment, command.aids, gained,
        ),
    )


def check_attending(state: SessionState, hearing: HearingId, candidate: Seat, aids: tuple[Seat, ...]) -> None:
    attending = (candidate, *aids)
    if candidate.role is not Role.CANDIDATE or any(a.role is not Role.AID for a in aids):
        raise Refusal("R3.2", N_("Une épreuve a un candidat ; ceux qui l’aident ont le rôle d’aide."))
    if any(seat.hearing != hearing for seat in attending):
        raise Refusal("R3.2", N_("Le candidat et ses aides siègent dans leur épreuve."))
    check_new_seats(state.seats(), attending)


@rule("R1.1", "X15")
def check_enrolment(state: SessionState, enrolment: Enrolment) -> None:
    """A candidacy keeps the version it began with: it is planned on a day of its certification and version, and by the
    provider that registered it."""
    if enrolment.provider != state.provider:
        raise Forbidden("X15", N_("Cette personne est inscrite par un autre organisme de formation."))
    of = state.framework
    if (enrolment.certification, enrolment.version) != (of.code, of.version):
        raise Refusal(
            "R1.1",
            N_("Cette personne est inscrite pour {code} version {version} ; cette session est une session de {own} "
               "version {own_version}. Choisissez une session de {code} version {version}, ou planifiez-en une."),
            code=enrolment.certification, version=enrolment.version, own=of.code, own_version=of.version)


@rule("R4.4")
def check_once(state: SessionState, candidacy: str) -> None:
    """A candidate is examined once."""
    if any(one.candidacy == candidacy and one.phase not in OVER for one in state.hearings.values()):
        raise Refusal("R4.4", N_("Cette personne est déjà sur la liste de ce jour : déplacez son épreuve."))


@rule("X8")
def check_blocks(framework: Framework, enrolment: Enrolment, gained: tuple[KeptBlock, ...]) -> None:
    """On the day each block is sought or kept. A block that was kept at the registration may be so no longer."""
    kept.check_sought(enrolment.sought, gained)
    held = {*enrolment.sought, *(one.block for one in gained)}
    missing = [one.code for one in framework.blocks if one.code not in held]
    if missing:
        raise Refusal("X8", N_("Ce jour-là {blocks} ne sera plus acquis : corrigez l’inscription pour que la personne "
                               "le présente."), blocks=", ".join(missing))


@rule("R10.1")
def check_adjustment(quote: Quote, candidacy: str, candidate: Seat) -> None:
    """What was decided for this candidate, in this candidacy."""
    found = adjusting.quoted(quote)
    if found.person != candidate.person or quote.stream != candidacy:
        raise Refusal("R10.1", N_("L’aménagement cité est celui d’une autre personne."))
    names = {phase.value for phase in TIMED}
    if any(name not in names or seconds < 0 for name, seconds in found.extra_seconds.items()):
        raise Refusal("R10.1", N_("Le temps supplémentaire allonge la présentation ou les questions."))


@rule("R4.4")
def check_hour(state: SessionState, starts_at: int) -> None:
    """A hearing is held on the day for which its jury was appointed."""
    if day_of(starts_at) != day(state):
        raise Refusal("R4.4", N_("Le jury siège le {date} : donnez une heure de ce jour."), date=state.date)


def check_zone(name: str) -> None:
    if not is_zone(name):
        raise Refusal("R4.4", N_("Ce fuseau horaire n’existe pas : {zone}."), zone=name)


def day(state: SessionState) -> date:
    """The session's day."""
    return date_of(state.date)


def _kept(state: SessionState, enrolment: Enrolment) -> tuple[KeptBlock, ...]:
    """The blocks that the candidate keeps on the day."""
    of = state.framework
    keeping = kept.Keeping(of.code, tuple(block.code for block in of.blocks), of.kept_block_validity_months)
    return kept.kept_blocks(keeping, enrolment.person, enrolment.outcomes, day(state))


@TOPIC.evolves(HearingAdded)
def hearing_added(state: SessionState, event: HearingAdded, happened: Happened) -> SessionState:
    enrolment = registering.quoted(event.candidacy)
    decided = adjusting.quoted(event.adjustment) if event.adjustment else Adjustment(enrolment.person)
    added = state.with_hearing(
        Hearing(
            event.hearing, event.candidate, event.starts_at, enrolment.sought, event.kept, enrolment.trained_by,
            decided.extra_seconds, event.aids, candidacy=event.candidacy.stream, company=enrolment.company,
            mode=event.mode, zone=event.zone, break_minutes=decided.break_minutes,
            aid_kind=decided.aid, equipment=decided.equipment, added_at=happened.at,
        )
    )
    return told_where(state, added, happened.at)
