"""The day before it begins: session, jury, candidates; and its end."""
from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from evaluation.body import accrediting, decisions
from evaluation.candidacy import kept
from evaluation.candidacy.kept import KeptBlock
from evaluation.deadlines import day_of
from evaluation.framework import Framework, FrameworkError, framework_from_data
from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import SYSTEM, HearingId, PersonId, Role, Seat
from evaluation.quotes import Quote
from evaluation.rules import N_, Refusal, rule
from evaluation.session import jury
from evaluation.session.phases import OVER, TIMED, Phase
from evaluation.session.state import Hearing, SessionState

TOPIC = Topic()


@TOPIC.command
@dataclass(frozen=True)
class PlanSession:
    """R1.1: the session keeps the framework it began with, whole. `date` is YYYY-MM-DD in Paris. `agreement` quotes
    that of the provider which plans (R1.7)."""

    session: str
    framework: dict[str, object]
    date: str
    organizer: Seat
    agreement: Quote
    observers: tuple[Seat, ...] = ()
    observers_in_deliberation: bool = True


@TOPIC.command
@dataclass(frozen=True)
class AppointJury:
    """R1.2: what the commission, or its delegate, decided on this day's jury. Written by the server."""

    decision: Quote


@TOPIC.command
@dataclass(frozen=True)
class AddHearing:
    """One candidate on the day's list. `blocks` are the blocks sought, `outcomes` quote what earlier juries ruled: the
    blocks kept follow from them (X8).

    `starts_at` is in ms since the epoch, `extra_seconds` lengthens phases by name (R10.1), `trained_by` names the
    trainers who trained this candidate (R1.2).
    """

    hearing: HearingId
    candidate: Seat
    starts_at: int
    blocks: tuple[str, ...]
    outcomes: tuple[Quote, ...] = ()
    trained_by: tuple[PersonId, ...] = ()
    extra_seconds: dict[str, int] | None = None
    aids: tuple[Seat, ...] = ()


@TOPIC.command
@dataclass(frozen=True)
class CloseSession:
    """The day is over: links end (X11)."""


@TOPIC.event("session.session_planned")
@dataclass(frozen=True)
class SessionPlanned:
    session: str
    framework: dict[str, object]
    date: str
    organizer: Seat
    agreement: Quote
    observers: tuple[Seat, ...]
    observers_in_deliberation: bool


@TOPIC.event("session.jury_appointed")
@dataclass(frozen=True)
class JuryAppointed:
    jurors: tuple[Seat, ...]
    decision: Quote


@TOPIC.event("session.hearing_added")
@dataclass(frozen=True)
class HearingAdded:
    hearing: HearingId
    candidate: Seat
    starts_at: int
    blocks: tuple[str, ...]
    outcomes: tuple[Quote, ...]
    kept: tuple[KeptBlock, ...]
    trained_by: tuple[PersonId, ...]
    extra_seconds: dict[str, int]
    aids: tuple[Seat, ...]


@TOPIC.event("session.session_closed")
@dataclass(frozen=True)
class SessionClosed:
    pass


@TOPIC.decides(PlanSession)
def plan(state: None, command: PlanSession, asked: Asked) -> tuple[object, ...]:
    """The first event of a session: there is no state before it."""
    read_framework(command.framework)
    accrediting.check_quoted(command.agreement, day_of(asked.now), _date(command.date))
    if command.organizer.role is not Role.ORGANIZER or any(o.role is not Role.OBSERVER for o in command.observers):
        raise Refusal("R4.4", N_("Une session a un responsable de l’organisation ; ses observateurs ont ce rôle."))
    check_new_seats((), (command.organizer, *command.observers))
    return (
        SessionPlanned(
            command.session, command.framework, command.date, command.organizer, command.agreement, command.observers,
            command.observers_in_deliberation,
        ),
    )


@rule("R1.1")
def read_framework(data: dict[str, object]) -> Framework:
    """The framework a session keeps, whole, from its first event on."""
    try:
        return framework_from_data(data)
    except FrameworkError as error:
        raise Refusal("R1.1", N_("Référentiel refusé : {why}"), why=str(error)) from None


@TOPIC.evolves(SessionPlanned)
def planned(state: None, event: SessionPlanned, happened: Happened) -> SessionState:
    return SessionState(
        event.session, read_framework(event.framework), event.date, event.organizer, event.observers,
        event.observers_in_deliberation, accrediting.quoted(event.agreement).provider, event.agreement.stream,
        position=happened.position, last_at=happened.at,
    )


@TOPIC.decides(AppointJury)
def appoint(state: SessionState, command: AppointJury, asked: Asked) -> tuple[object, ...]:
    if state.jurors:
        raise Refusal("R1.2", N_("Le jury est déjà désigné : remplacez un juré."))
    decision = decisions.quoted(command.decision, decisions.JuryDecided)
    check_decision(state, command.decision, decision.session)
    jury.check_composition(decision.jurors)
    if any(seat.hearing is not None for seat in decision.jurors):
        raise Refusal("R1.2", N_("Le jury siège toute la session ; seul un suppléant peut siéger pour une épreuve."))
    check_new_seats(state.seats(), decision.jurors)
    jury.check_no_course(decision.courses, state.provider, state.framework.code)
    for hearing in state.hearings.values():
        jury.check_impartial(decision.jurors, hearing.trained_by)
    return (JuryAppointed(decision.jurors, command.decision),)


@rule("R1.2")
def check_decision(state: SessionState, decision: Quote, session: str) -> None:
    """What the commission decided is for this day, and the commission is that of its awarding body."""
    if session != state.id or decision.stream != state.body:
        raise Refusal("R1.2", N_("La décision citée est celle d’une autre session."))


@TOPIC.evolves(JuryAppointed)
def appointed(state: SessionState, event: JuryAppointed, happened: Happened) -> SessionState:
    return replace(state, jurors=event.jurors)


@TOPIC.decides(AddHearing)
def add_hearing(state: SessionState, command: AddHearing, asked: Asked) -> tuple[object, ...]:
    if not command.hearing or command.hearing in state.hearings:
        raise Refusal("R3.2", N_("Cette épreuve est déjà inscrite."))
    attending = (command.candidate, *command.aids)
    if command.candidate.role is not Role.CANDIDATE or any(a.role is not Role.AID for a in command.aids):
        raise Refusal("R3.2", N_("Une épreuve a un candidat ; ceux qui l’aident ont le rôle d’aide."))
    if any(seat.hearing != command.hearing for seat in attending):
        raise Refusal("R3.2", N_("Le candidat et ses aides siègent dans leur épreuve."))
    check_new_seats(state.seats(), attending)
    _check_blocks(state.framework, command.blocks)
    gained = _kept(state, command)
    kept.check_sought(command.blocks, gained)
    extra = command.extra_seconds or {}
    if any(name not in {phase.value for phase in TIMED} or seconds < 0 for name, seconds in extra.items()):
        raise Refusal("R10.1", N_("Le temps supplémentaire allonge la présentation ou les questions."))
    jury.check_impartial(state.jurors_appointed(None), command.trained_by)
    return (
        HearingAdded(
            command.hearing, command.candidate, command.starts_at, command.blocks, command.outcomes, gained,
            command.trained_by, dict(extra), command.aids,
        ),
    )


@TOPIC.evolves(HearingAdded)
def hearing_added(state: SessionState, event: HearingAdded, happened: Happened) -> SessionState:
    return state.with_hearing(
        Hearing(
            event.hearing, event.candidate, event.starts_at, event.blocks, event.kept, event.trained_by,
            event.extra_seconds, event.aids,
        )
    )


@TOPIC.decides(CloseSession)
def close_session(state: SessionState, command: CloseSession, asked: Asked) -> tuple[object, ...]:
    check_may_close(state)
    return (SessionClosed(),)


@rule("X11")
def check_may_close(state: SessionState) -> None:
    """Links work until the session closes: it closes when every hearing is over or left to another session."""
    if any(h.phase not in OVER and h.phase is not Phase.POSTPONED for h in state.hearings.values()):
        raise Refusal("X11", N_("Une épreuve n’est pas terminée : la session reste ouverte, les liens aussi."))


@TOPIC.evolves(SessionClosed)
def session_closed(state: SessionState, event: SessionClosed, happened: Happened) -> SessionState:
    return replace(state, closed=True, present=frozenset())


@rule("X11")
def check_new_seats(taken: tuple[Seat, ...], seats: tuple[Seat, ...]) -> None:
    """A place is one person's, and none has the name of the platform."""
    ids = [s.id for s in (*taken, *seats)]
    if len(set(ids)) != len(ids) or {"", SYSTEM} & set(ids):
        raise Refusal("X11", N_("Une place ne peut être donnée deux fois."))
    jury.check_one_role((*taken, *seats))


def _date(text: str) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.isoformat() != text:
        raise Refusal("R1.1", N_("La date « {date} » n’est pas une date (AAAA-MM-JJ)."), date=text)
    return found


def _check_blocks(framework: Framework, sought: tuple[str, ...]) -> None:
    known = {block.code for block in framework.blocks}
    if not sought or not set(sought) <= known or len(set(sought)) != len(sought):
        raise Refusal("X8", N_("Les blocs présentés sont ceux du référentiel, sans double."))


def _kept(state: SessionState, command: AddHearing) -> tuple[kept.KeptBlock, ...]:
    """The blocks that the candidate keeps on the day."""
    of = state.framework
    keeping = kept.Keeping(of.code, tuple(block.code for block in of.blocks), of.kept_block_validity_months)
    return kept.kept_blocks(keeping, command.candidate.person, command.outcomes, _date(state.date))
