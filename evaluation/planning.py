"""The day before it begins: session, jury, candidates; and its end."""
from __future__ import annotations

from dataclasses import replace
from datetime import date

from evaluation import commands as c
from evaluation import events as e
from evaluation import jury
from evaluation.dispatch import Asked, Happened, decides, evolves
from evaluation.events import Event
from evaluation.framework import Framework, FrameworkError, framework_from_data
from evaluation.people import Role, Seat
from evaluation.phases import OVER, TIMED, Phase
from evaluation.rules import N_, Refusal, rule
from evaluation.state import Hearing, SessionState


def plan(command: c.PlanSession) -> tuple[Event, ...]:
    """The first event of a session: there is no state before it."""
    read_framework(command.framework)
    try:
        date.fromisoformat(command.date)
    except ValueError:
        raise Refusal("R1.1", N_("La date « {date} » n’est pas une date (AAAA-MM-JJ)."), date=command.date) from None
    if command.organizer.role is not Role.ORGANIZER or any(o.role is not Role.OBSERVER for o in command.observers):
        raise Refusal("R4.4", N_("Une session a un responsable de l’organisation ; ses observateurs ont ce rôle."))
    return (
        e.SessionPlanned(
            command.session, command.framework, command.date, command.organizer, command.observers,
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


def planned(event: e.SessionPlanned, happened: Happened) -> SessionState:
    return SessionState(
        event.session, read_framework(event.framework), event.date, event.organizer, event.observers,
        event.observers_in_deliberation, position=happened.position, last_at=happened.at,
    )


@decides(c.AppointJury)
def appoint(state: SessionState, command: c.AppointJury, asked: Asked) -> tuple[Event, ...]:
    if state.jurors:
        raise Refusal("R1.2", N_("Le jury est déjà désigné : remplacez un juré."))
    jury.check_composition(command.jurors)
    _check_new_seats(state, command.jurors)
    for hearing in state.hearings.values():
        jury.check_impartial(command.jurors, hearing.trained_by)
    return (e.JuryAppointed(command.jurors, command.appointed_by),)


@evolves(e.JuryAppointed)
def appointed(state: SessionState, event: e.JuryAppointed, happened: Happened) -> SessionState:
    return replace(state, jurors=event.jurors)


@decides(c.ReplaceJuror)
def replace_juror(state: SessionState, command: c.ReplaceJuror, asked: Asked) -> tuple[Event, ...]:
    leaving = next((s for s in state.jurors_of(command.seat.hearing) if s.id == command.replaced), None)
    if leaving is None:
        raise Refusal("R1.2", N_("Le juré à remplacer ne siège pas."))
    _check_new_seats(state, (command.seat,))
    staying = [s for s in state.jurors_of(command.seat.hearing) if s.id != leaving.id]
    jury.check_composition((*staying, command.seat))
    for hearing in state.hearings.values():
        if command.seat.hearing in (None, hearing.id) and hearing.phase not in OVER:
            jury.check_impartial((command.seat,), hearing.trained_by)
            if hearing.deliberation is not None:
                raise Refusal("R3.6", N_("La délibération est ouverte : le jury ne change plus pour ce candidat."))
    return (e.JurorReplaced(command.replaced, command.seat, command.appointed_by),)


@evolves(e.JurorReplaced)
def replaced(state: SessionState, event: e.JurorReplaced, happened: Happened) -> SessionState:
    gone = state.replaced | {(event.replaced, event.seat.hearing)}
    return replace(state, jurors=(*state.jurors, event.seat), replaced=gone)


@decides(c.AddHearing)
def add_hearing(state: SessionState, command: c.AddHearing, asked: Asked) -> tuple[Event, ...]:
    if command.hearing in state.hearings:
        raise Refusal("R3.2", N_("Cette épreuve est déjà inscrite."))
    attending = (command.candidate, *command.aids)
    if command.candidate.role is not Role.CANDIDATE or any(a.role is not Role.AID for a in command.aids):
        raise Refusal("R3.2", N_("Une épreuve a un candidat ; ceux qui l’aident ont le rôle d’aide."))
    if any(seat.hearing != command.hearing for seat in attending):
        raise Refusal("R3.2", N_("Le candidat et ses aides siègent dans leur épreuve."))
    _check_new_seats(state, attending)
    _check_blocks(state.framework, command.blocks, command.kept_blocks)
    extra = command.extra_seconds or {}
    if any(name not in {phase.value for phase in TIMED} or seconds < 0 for name, seconds in extra.items()):
        raise Refusal("R10.1", N_("Le temps supplémentaire allonge la présentation ou les questions."))
    jury.check_impartial(state.jurors_of(None), command.trained_by)
    return (
        e.HearingAdded(
            command.hearing, command.candidate, command.starts_at, command.blocks, command.kept_blocks,
            command.trained_by, dict(extra), command.aids,
        ),
    )


@evolves(e.HearingAdded)
def hearing_added(state: SessionState, event: e.HearingAdded, happened: Happened) -> SessionState:
    return state.with_hearing(
        Hearing(
            event.hearing, event.candidate, event.starts_at, event.blocks, event.kept_blocks, event.trained_by,
            event.extra_seconds, event.aids,
        )
    )


@decides(c.CloseSession)
def close_session(state: SessionState, command: c.CloseSession, asked: Asked) -> tuple[Event, ...]:
    if any(h.phase not in OVER and h.phase is not Phase.POSTPONED for h in state.hearings.values()):
        raise Refusal("X11", N_("Une épreuve n’est pas terminée : la session reste ouverte, les liens aussi."))
    return (e.SessionClosed(),)


@evolves(e.SessionClosed)
def session_closed(state: SessionState, event: e.SessionClosed, happened: Happened) -> SessionState:
    return replace(state, closed=True, present=frozenset())


@decides(c.Recuse)
def recuse(state: SessionState, command: c.Recuse, asked: Asked) -> tuple[Event, ...]:
    jury.check_may_recuse(state.hearing(command.hearing), asked.actor)
    return (e.JurorRecused(command.hearing, asked.actor, command.words),)


@evolves(e.JurorRecused)
def juror_recused(state: SessionState, event: e.JurorRecused, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    return state.with_hearing(replace(hearing, recused={**hearing.recused, event.juror: event.words}))


@decides(c.DesignatePresident)
def designate(state: SessionState, command: c.DesignatePresident, asked: Asked) -> tuple[Event, ...]:
    scope = jury.designation_scope(state)
    focus = state.focus.id if state.focus else None
    jury.check_president(state, focus, command.choice)
    votes = {**state.votes, asked.actor: command.choice}
    chosen = e.PresidentChosen(command.choice, scope)
    if jury.designated(votes, state.jury_of(focus)) == command.choice:
        return (chosen, e.PresidentDesignated(command.choice, scope))
    return (chosen,)


@evolves(e.PresidentChosen)
def president_chosen(state: SessionState, event: e.PresidentChosen, happened: Happened) -> SessionState:
    return replace(state, votes={**state.votes, happened.actor: event.choice})


@evolves(e.PresidentDesignated)
def president_designated(state: SessionState, event: e.PresidentDesignated, happened: Happened) -> SessionState:
    if event.hearing is None:
        return replace(state, president=event.president, votes={})
    return replace(state, presidents={**state.presidents, event.hearing: event.president}, votes={})


def _check_new_seats(state: SessionState, seats: tuple[Seat, ...]) -> None:
    known = {s.id for s in state.seats()}
    ids = [s.id for s in seats]
    if known & set(ids) or len(set(ids)) != len(ids):
        raise Refusal("X11", N_("Une place ne peut être donnée deux fois."))


def _check_blocks(framework: Framework, sought: tuple[str, ...], kept: tuple[str, ...]) -> None:
    known = {block.code for block in framework.blocks}
    if not sought or not set(sought) <= known or not set(kept) <= known or set(sought) & set(kept):
        raise Refusal("X8", N_("Les blocs présentés et conservés sont ceux du référentiel, sans double."))
