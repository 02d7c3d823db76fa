"""Bars: people kept from presenting a certification, for the years its framework says (R6.6)."""
from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from evaluation.body import access
from evaluation.body.certifications import code_on, version_on
from evaluation.body.state import Bar, BodyState, InForce
from evaluation.body.terms import Meeting
from evaluation.case.terms import DECIDED, bar_id
from evaluation.case.terms import KIND as CASE
from evaluation.case_rules import Consequence
from evaluation.deadlines import bar_end, day_of
from evaluation.field_values import day
from evaluation.kinds import Asked, Happened, Topic
from evaluation.offices import Act, OfficeId, check_by_the_platform, over
from evaluation.people import PersonId, Words
from evaluation.quotes import Quote
from evaluation.rules import N_, Refusal, rule

BARS = Topic()
SET, ENDED = "body.bar_set", "body.bar_ended"


@BARS.command
@dataclass(frozen=True)
class SetBar:
    """The bar counts from the commission's decision. `decision` quotes that of a case, which the platform carries out:
    its words stand there. By hand only a bar from before the platform is recorded, with the `meeting` that decided it.
    """

    bar: str
    person: PersonId
    certification: str
    words: Words | None
    meeting: Meeting | None = None
    decision: Quote | None = None


@BARS.command
@dataclass(frozen=True)
class EndBar:
    """The bar is lifted, from today on. `decision` quotes that of an appeal, as of `SetBar`. By hand the commission
    lifts only a bar that was recorded by hand."""

    bar: str
    words: Words | None
    meeting: Meeting | None = None
    decision: Quote | None = None


@BARS.event(SET)
@dataclass(frozen=True)
class BarSet:
    """`until` is the last day, as the rules computed it. `under` is the office under which it was recorded."""

    bar: str
    person: PersonId
    certification: str
    decided_on: date
    until: date
    words: Words | None
    meeting: Meeting | None
    under: OfficeId
    decision: Quote | None = None


@BARS.event(ENDED)
@dataclass(frozen=True)
class BarEnded:
    """`on` is the first day without it."""

    bar: str
    person: PersonId
    on: date
    words: Words | None
    meeting: Meeting | None
    under: OfficeId
    decision: Quote | None = None


@BARS.decides(SetBar)
def set_bar(state: BodyState, command: SetBar, asked: Asked) -> tuple[Any, ...]:
    if command.decision is not None:
        return _decided(state, command, command.decision, asked)
    under = access.as_commission(state, asked, Act.BAR, command.meeting)
    check_worded(command.words)
    meeting = check_from_before(state, command.meeting)
    check_new(state, command)
    decided_on = meeting.day
    until = bar_end(_framework(state, command.certification, decided_on).certification.bar_years, decided_on)
    check_not_barred(state, command.person, command.certification, decided_on, until)
    return (
        BarSet(command.bar, command.person, command.certification, decided_on, until, command.words, meeting, under),
    )


@rule("R6.6")
def check_new(state: BodyState, command: SetBar) -> None:
    """One bar is recorded once, and says of whom."""
    if not command.bar or command.bar in state.bars:
        raise Refusal("R6.6", N_("Cette interdiction est déjà enregistrée."))
    if not command.person:
        raise Refusal("R6.6", N_("Dites qui ne peut se présenter."))


def _decided(state: BodyState, command: SetBar, decision: Quote, asked: Asked) -> tuple[BarSet, ...]:
    """What the commission decided in a case. Whether the person is under another bar already changes nothing. One that
    an appeal lifted before it could be set is never set."""
    check_by_the_platform(asked.actor)
    check_decides(command, decision)
    if command.bar in state.bars or command.bar in state.lifted_before:
        return ()
    decided_on = day(decision.data.get("decided_on"))
    until = bar_end(_framework(state, command.certification, decided_on).certification.bar_years, decided_on)
    return (BarSet(command.bar, command.person, command.certification, decided_on, until, None, None, "", decision),)


@rule("R6.6")
def check_decides(command: SetBar, decision: Quote) -> None:
    """The decision is a bar, of this person, for this certification, and makes this one bar."""
    data = decision.data
    said = (decision.kind, decision.event, data.get("consequence"), data.get("person"), data.get("certification"))
    if said != (CASE, DECIDED, Consequence.BAR, command.person, command.certification):
        raise Refusal("R6.6", N_("Ce qui est cité ne décide pas de cette interdiction."))
    if command.bar != bar_id(decision.stream, str(data.get("candidacy"))):
        raise Refusal("R6.6", N_("Cette interdiction n’est pas celle de ce dossier."))


@rule("R6.6")
def check_worded(words: Words | None) -> None:
    if words is None:
        raise Refusal("R6.6", N_("Dites pourquoi."))


@rule("R6.6")
def check_from_before(state: BodyState, meeting: Meeting | None) -> Meeting:
    """Nobody is barred here but by the decision of a case, in which they were told and could answer."""
    if meeting is None or meeting.day >= state.founded_on:
        raise Refusal("R6.6", N_("Une interdiction suit de la décision d’un dossier. Ici s’enregistre seulement celle "
                                 "que la commission a prononcée avant le {day}, premier jour de l’organisme sur la "
                                 "plateforme, avec l’extrait du compte rendu."), day=state.founded_on.isoformat())
    return meeting


def _framework(state: BodyState, certification: str, on: date) -> InForce:
    """The version in force on a day; the first one for a decision from before it. Refusal for another code."""
    versions = (one for one in state.in_force if one.certification.code == certification)
    known = version_on(state, certification, on) or min(versions, key=lambda one: one.since, default=None)
    if known is None:
        raise Refusal("R6.6", N_("{code} n’est pas une certification de cet organisme."), code=certification)
    return known


@rule("R6.6")
def check_not_barred(state: BodyState, person: PersonId, certification: str, since: date, until: date) -> None:
    if any(one.until >= until for one in bars_against(state, person, certification, since)):
        raise Refusal("R6.6", N_("Cette personne est déjà sous le coup d’une interdiction pour cette certification."))


@rule("R6.6", permits=())
def bars_against(state: BodyState, person: PersonId, certification: str, on: date) -> tuple[Bar, ...]:
    """The bars that keep a person from presenting a certification on a day."""
    return tuple(one for one in bars_for(state, certification, on) if one.person == person)


@rule("R6.6", permits=())
def bars_for(state: BodyState, certification: str, on: date) -> tuple[Bar, ...]:
    """The bars that run on a day for a certification, under whichever of its codes they were set."""
    code = code_on(state, certification, on)
    return tuple(
        one for one in state.bars.values()
        if code_on(state, one.certification, on) == code and one.decided_on <= on <= one.until
        and (one.lifted is None or on < one.lifted))


@BARS.evolves(BarSet)
def bar_set(state: BodyState, event: BarSet, happened: Happened) -> BodyState:
    return state.with_bar(Bar(
        event.bar, event.person, event.certification, event.decided_on, event.until, happened.position,
        decision=event.decision))


@BARS.decides(EndBar)
def end_bar(state: BodyState, command: EndBar, asked: Asked) -> tuple[Any, ...]:
    if command.decision is not None:
        return _lifted(state, command, command.decision, asked)
    check_worded(command.words)
    under = access.as_commission(state, asked, Act.BAR, command.meeting)
    bar, today = state.bars.get(command.bar), day_of(asked.now)
    if bar is None:
        raise Refusal("R6.6", N_("Cette interdiction n’est pas connue."))
    check_still_holds(bar, today)
    check_set_by_hand(bar)
    return (BarEnded(bar.id, bar.person, today, command.words, command.meeting, under),)


def _lifted(state: BodyState, command: EndBar, decision: Quote, asked: Asked) -> tuple[BarEnded, ...]:
    """What the commission decided on an appeal; nothing where the bar is over already. A bar that is not set yet is
    lifted all the same."""
    check_by_the_platform(asked.actor)
    check_lifts(command, decision)
    bar, today = state.bars.get(command.bar), day_of(asked.now)
    if bar is None:
        known = command.bar in state.lifted_before
        person = str(decision.data.get("person"))
        return () if known else (BarEnded(command.bar, person, today, None, None, "", decision),)
    return (BarEnded(bar.id, bar.person, today, None, None, "", decision),) if holds(bar, today) else ()


@rule("R6.6")
def check_lifts(command: EndBar, decision: Quote) -> None:
    """The decision lifts the sanction of the case that this bar came from."""
    data = decision.data
    said = (decision.kind, decision.event, data.get("consequence"))
    if said != (CASE, DECIDED, Consequence.LIFT) or command.bar != bar_id(
            str(data.get("against")), str(data.get("candidacy"))):
        raise Refusal("R6.6", N_("Ce qui est cité ne lève pas cette interdiction."))


def holds(bar: Bar, today: date) -> bool:
    """Whether there is something left to lift."""
    return bar.lifted is None and not over(bar.until, today)


@rule("R6.6")
def check_still_holds(bar: Bar, today: date) -> None:
    if not holds(bar, today):
        raise Refusal("R6.6", N_("Cette interdiction est déjà finie."))


@rule("R6.6")
def check_set_by_hand(bar: Bar) -> None:
    if bar.decision is not None:
        raise Refusal("R6.6", N_("Cette interdiction a été décidée dans un dossier : seule la décision prise sur un "
                                 "recours la lève."))


@BARS.evolves(BarEnded)
def bar_ended(state: BodyState, event: BarEnded, _happened: Happened) -> BodyState:
    bar = state.bars.get(event.bar)
    if bar is None:
        return replace(state, lifted_before=state.lifted_before | {event.bar})
    return state.with_bar(replace(bar, lifted=event.on, lifted_by=event.decision)).without(bar.position)
