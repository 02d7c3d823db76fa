"""The day before it begins: session, jury, candidates; and its end."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from evaluation.body import accrediting, decisions
from evaluation.candidacy import kept
from evaluation.deadlines import day_of
from evaluation.framework import Framework, FrameworkError, framework_from_data
from evaluation.people import SYSTEM, HearingId, Role, Seat, SeatId
from evaluation.quotes import Quote
from evaluation.rules import N_, Refusal, rule
from evaluation.session import commands as c
from evaluation.session import events as e
from evaluation.session import jury
from evaluation.session.dispatch import Asked, Happened, decides, evolves
from evaluation.session.events import Event
from evaluation.session.phases import OVER, TIMED, Phase
from evaluation.session.state import Hearing, SessionState


def plan(command: c.PlanSession, asked: Asked) -> tuple[Event, ...]:
    """The first event of a session: there is no state before it."""
    read_framework(command.framework)
    accrediting.check_quoted(command.agreement, day_of(asked.now), _date(command.date))
    if command.organizer.role is not Role.ORGANIZER or any(o.role is not Role.OBSERVER for o in command.observers):
        raise Refusal("R4.4", N_("Une session a un responsable de l’organisation ; ses observateurs ont ce rôle."))
    check_new_seats((), (command.organizer, *command.observers))
    return (
        e.SessionPlanned(
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


def planned(event: e.SessionPlanned, happened: Happened) -> SessionState:
    return SessionState(
        event.session, read_framework(event.framework), event.date, event.organizer, event.observers,
        event.observers_in_deliberation, accrediting.quoted(event.agreement).provider, event.agreement.stream,
        position=happened.position, last_at=happened.at,
    )


@decides(c.AppointJury)
def appoint(state: SessionState, command: c.AppointJury, asked: Asked) -> tuple[Event, ...]:
    if state.jurors:
        raise Refusal("R1.2", N_("Le jury est déjà désigné : remplacez un juré."))
    decision = decisions.quoted(command.decision, decisions.JuryDecided)
    check_decision(state, command.decision, decision.session)
    jury.check_composition(decision.jurors)
    if any(seat.hearing is not None for seat in decision.jurors):
        raise Refusal("R1.2", N_("Le jury siège toute la session ; seul un suppléant peut siéger pour une épreuve."))
    check_new_seats(state.seats(), decision.jurors)
    for hearing in state.hearings.values():
        jury.check_impartial(decision.jurors, hearing.trained_by)
    return (e.JuryAppointed(decision.jurors, command.decision),)


@rule("R1.2")
def check_decision(state: SessionState, decision: Quote, session: str) -> None:
    """What the commission decided is for this day, and the commission is that of its awarding body."""
    if session != state.id or decision.stream != state.body:
        raise Refusal("R1.2", N_("La décision citée est celle d’une autre session."))


@evolves(e.JuryAppointed)
def appointed(state: SessionState, event: e.JuryAppointed, happened: Happened) -> SessionState:
    return replace(state, jurors=event.jurors)


@rule("R3.6")
def check_not_deliberating(hearing: Hearing, whole_day: bool) -> None:
    """Who deliberates on a candidate stays the same, also while the deliberation is suspended; elsewhere a juror can
    be replaced hearing by hearing."""
    if hearing.deliberation is None:
        return
    if whole_day:
        raise Refusal(
            "R3.6",
            N_("Une délibération est ouverte : ce juré ne peut plus être remplacé pour toute la journée. "
               "Nommez un remplaçant pour l’épreuve concernée, ou pour chacune de celles qui restent."),
        )
    raise Refusal("R3.6", N_("La délibération est ouverte : le jury ne change plus pour cette épreuve."))


@decides(c.ReplaceJuror)
def replace_juror(state: SessionState, command: c.ReplaceJuror, asked: Asked) -> tuple[Event, ...]:
    decision = decisions.quoted(command.decision, decisions.SubstituteDecided)
    check_decision(state, command.decision, decision.session)
    seat, only = decision.seat, decision.seat.hearing
    if only is not None and state.hearing(only).phase in OVER:
        raise Refusal("R1.2", N_("L’épreuve est terminée : son jury ne change plus."))
    if not any(s.id == decision.replaced for s in state.jurors_appointed(only)):
        raise Refusal("R1.2", N_("Le juré à remplacer ne siège pas."))
    check_new_seats(state.seats(), (seat,))
    concerned = [h for h in state.hearings.values() if h.phase not in OVER and only in (None, h.id)]
    concerned = [h for h in concerned if any(s.id == decision.replaced for s in state.jurors_appointed(h.id))]
    for where in (only, *(h.id for h in concerned)):
        staying = [s for s in state.jurors_appointed(where) if s.id != decision.replaced]
        jury.check_composition((*staying, seat))
    for hearing in concerned:
        jury.check_impartial((seat,), hearing.trained_by)
        jury.check_not_recused(state, hearing, seat)
        check_not_deliberating(hearing, only is None)
    return (e.JurorReplaced(decision.replaced, seat, command.decision),)


@evolves(e.JurorReplaced)
def replaced(state: SessionState, event: e.JurorReplaced, happened: Happened) -> SessionState:
    gone = {(event.replaced, event.seat.hearing)}
    if event.seat.hearing is None:  # where the one who leaves already had a substitute, that one goes on sitting
        gone |= {(event.seat.id, where) for who, where in state.replaced if who == event.replaced}
    return replace(state, jurors=(*state.jurors, event.seat), replaced=state.replaced | gone)


@decides(c.AddHearing)
def add_hearing(state: SessionState, command: c.AddHearing, asked: Asked) -> tuple[Event, ...]:
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
        e.HearingAdded(
            command.hearing, command.candidate, command.starts_at, command.blocks, command.outcomes, gained,
            command.trained_by, dict(extra), command.aids,
        ),
    )


@evolves(e.HearingAdded)
def hearing_added(state: SessionState, event: e.HearingAdded, happened: Happened) -> SessionState:
    return state.with_hearing(
        Hearing(
            event.hearing, event.candidate, event.starts_at, event.blocks, event.kept, event.trained_by,
            event.extra_seconds, event.aids,
        )
    )


@decides(c.CloseSession)
def close_session(state: SessionState, command: c.CloseSession, asked: Asked) -> tuple[Event, ...]:
    check_may_close(state)
    return (e.SessionClosed(),)


@rule("X11")
def check_may_close(state: SessionState) -> None:
    """Links work until the session closes: it closes when every hearing is over or left to another session."""
    if any(h.phase not in OVER and h.phase is not Phase.POSTPONED for h in state.hearings.values()):
        raise Refusal("X11", N_("Une épreuve n’est pas terminée : la session reste ouverte, les liens aussi."))


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
    votes = {**votes_for(state, scope), asked.actor: command.choice}
    chosen = e.PresidentChosen(command.choice, scope)
    if jury.designated(votes, state.jurors_sitting(focus)) == command.choice:
        return (chosen, e.PresidentDesignated(command.choice, scope))
    return (chosen,)


@evolves(e.PresidentChosen)
def president_chosen(state: SessionState, event: e.PresidentChosen, happened: Happened) -> SessionState:
    votes = {**votes_for(state, event.hearing), happened.actor: event.choice}
    return replace(state, votes=votes, votes_for=event.hearing)


def votes_for(state: SessionState, scope: HearingId | None) -> Mapping[SeatId, SeatId]:
    """The choices already made for the same thing: one for a hearing is not one for the day."""
    return state.votes if state.votes_for == scope else {}


@evolves(e.PresidentDesignated)
def president_designated(state: SessionState, event: e.PresidentDesignated, happened: Happened) -> SessionState:
    if event.hearing is None:
        return replace(state, president=event.president, votes={})
    return replace(state, presidents={**state.presidents, event.hearing: event.president}, votes={})


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


def _kept(state: SessionState, command: c.AddHearing) -> tuple[kept.KeptBlock, ...]:
    """The blocks that the candidate keeps on the day."""
    of = state.framework
    keeping = kept.Keeping(of.code, tuple(block.code for block in of.blocks), of.kept_block_validity_months)
    return kept.kept_blocks(keeping, command.candidate.person, command.outcomes, _date(state.date))
