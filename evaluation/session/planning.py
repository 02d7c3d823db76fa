"""The day before it begins: session, jury, candidates; and its end."""
from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from evaluation import offices
from evaluation.body import accrediting, certifications, decisions
from evaluation.body.access import PLANS
from evaluation.body.terms import framework_digest
from evaluation.deadlines import day_of
from evaluation.framework import Framework
from evaluation.framework_file import FrameworkError, framework_from_data
from evaluation.kinds import Asked, Happened, Topic
from evaluation.offices import ProviderId
from evaluation.people import SYSTEM, Role, Seat, Words
from evaluation.quotes import Quote
from evaluation.rules import N_, Forbidden, Refusal, rule
from evaluation.session import jury
from evaluation.session.on_paper import check_none_awaited, check_scanned
from evaluation.session.phases import OVER, Phase
from evaluation.session.state import SessionState

TOPIC = Topic()


@TOPIC.command
@dataclass(frozen=True)
class PlanSession:
    """R1.1: the session keeps the framework it began with, whole; `in_force` quotes where the awarding body put it in
    force. `date` is YYYY-MM-DD in Paris. `office` quotes the grant of the organizer's office, or of the deputy's who
    plans; `agreement` the provider's (R1.7). `place` is where whoever comes in person is expected (X13)."""

    session: str
    framework: dict[str, object]
    in_force: Quote
    date: str
    organizer: Seat
    office: Quote
    agreement: Quote
    observers: tuple[Seat, ...] = ()
    observers_in_deliberation: bool = True
    place: Words | None = None


@TOPIC.command
@dataclass(frozen=True)
class AppointJury:
    """R1.2: what the commission, or its delegate, decided on this day's jury. Written by the server."""

    decision: Quote


@TOPIC.command
@dataclass(frozen=True)
class CloseSession:
    """The day is over: links end (X11)."""


@TOPIC.event("session.session_planned")
@dataclass(frozen=True)
class SessionPlanned:
    session: str
    framework: dict[str, object]
    in_force: Quote
    date: str
    organizer: Seat
    office: Quote
    agreement: Quote
    observers: tuple[Seat, ...]
    observers_in_deliberation: bool
    place: Words | None


@TOPIC.event("session.jury_appointed")
@dataclass(frozen=True)
class JuryAppointed:
    jurors: tuple[Seat, ...]
    decision: Quote


@TOPIC.event("session.session_closed")
@dataclass(frozen=True)
class SessionClosed:
    pass


@TOPIC.decides(PlanSession)
def plan(state: None, command: PlanSession, asked: Asked) -> tuple[object, ...]:
    """The first event of a session: there is no state before it."""
    framework, today, day = read_framework(command.framework), day_of(asked.now), date_of(command.date)
    accrediting.check_quoted(command.agreement, today, day)
    check_in_force(framework, command, day)
    check_not_past(day, today)
    if asked.actor != command.organizer.id:
        raise Forbidden("X15", N_("C’est à la personne responsable de l’organisation de planifier sa session."))
    provider = accrediting.quoted(command.agreement).provider
    check_office(command.office, command.organizer, command.agreement.stream, provider, today)
    if command.organizer.role is not Role.ORGANIZER or any(o.role is not Role.OBSERVER for o in command.observers):
        raise Refusal("R4.4", N_("Une session a un responsable de l’organisation ; ses observateurs ont ce rôle."))
    check_new_seats((), (command.organizer, *command.observers))
    return (
        SessionPlanned(
            command.session, command.framework, command.in_force, command.date, command.organizer, command.office,
            command.agreement, command.observers, command.observers_in_deliberation, command.place,
        ),
    )


@rule("R1.1")
def read_framework(data: dict[str, object]) -> Framework:
    """The framework a session keeps, whole, from its first event on."""
    try:
        return framework_from_data(data)
    except FrameworkError as error:
        raise Refusal("R1.1", N_("Référentiel refusé : {why}"), why=str(error)) from None


@rule("R1.1")
def check_in_force(framework: Framework, command: PlanSession, day: date) -> None:
    """The framework is the one that this awarding body put in force, by the day, whatever other version came after: a
    candidacy keeps the version it began with."""
    certifications.check_quoted(command.in_force, day)
    put = certifications.quoted(command.in_force).certification
    if command.in_force.stream != command.agreement.stream or put.digest != framework_digest(framework):
        raise Refusal("R1.1", N_("Ce référentiel n’est pas celui que l’organisme certificateur a mis en vigueur : "
                                 "{code} version {version}."), code=put.code, version=put.version)


@rule("R4.4")
def check_not_past(day: date, today: date) -> None:
    if day < today:
        raise Refusal("R4.4", N_("Ce jour est passé : une session se planifie pour aujourd’hui ou pour plus tard."))


@rule("X15")
def check_office(office: Quote, organizer: Seat, body: str, provider: ProviderId, on: date) -> None:
    """Whoever runs a day of a provider's is its organizer, or a deputy. Raises Forbidden."""
    offices.check_same_body(office, body)
    offices.check_quoted(office, organizer.person, PLANS, on, provider)


@TOPIC.evolves(SessionPlanned)
def planned(state: None, event: SessionPlanned, happened: Happened) -> SessionState:
    return SessionState(
        event.session, read_framework(event.framework), event.date, event.organizer, event.observers,
        event.observers_in_deliberation, accrediting.quoted(event.agreement).provider, event.agreement.stream,
        certifications.quoted(event.in_force).since.isoformat(), event.place, position=happened.position,
        last_at=happened.at,
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


@TOPIC.decides(CloseSession)
def close_session(state: SessionState, command: CloseSession, asked: Asked) -> tuple[object, ...]:
    check_may_close(state)
    return (SessionClosed(),)


@rule("X11")
def check_may_close(state: SessionState) -> None:
    """Links work until the session closes: it closes when every hearing is over or left to another session."""
    if any(h.phase not in OVER and h.phase is not Phase.POSTPONED for h in state.hearings.values()):
        raise Refusal("X11", N_("Une épreuve n’est pas terminée : la session reste ouverte, les liens aussi."))
    for hearing in state.hearings.values():
        check_scanned(hearing)
        check_none_awaited(hearing)


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


def date_of(text: str) -> date:
    """Refusal for a text that is no date."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.isoformat() != text:
        raise Refusal("R1.1", N_("La date « {date} » n’est pas une date (AAAA-MM-JJ)."), date=text)
    return found
