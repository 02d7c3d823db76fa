"""The pool of jurors: entered by the clerk, proposed by a provider's organizer (R1.2, R1.4, R1.5). Names, employers and
trades lie in the people's profiles."""
from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from evaluation.body import access
from evaluation.body.state import BodyState, Link, Pooled, Standing
from evaluation.body.terms import Juror
from evaluation.deadlines import day_of, due
from evaluation.kinds import Asked, Happened, Topic
from evaluation.offices import ProviderId, check_period
from evaluation.people import SYSTEM, JurorCategory, PersonId, Words
from evaluation.rules import N_, Refusal, rule

POOL = Topic()


@POOL.command
@dataclass(frozen=True)
class ProposeJuror:
    """A provider's organizer proposes somebody. The clerk enters them."""

    juror: Juror
    provider: ProviderId


@POOL.command
@dataclass(frozen=True)
class EnterJuror:
    """Somebody new, proposed, or come back."""

    juror: Juror


@POOL.command
@dataclass(frozen=True)
class ChangeJuror:
    """All that is known of a juror, as it is now."""

    juror: Juror


@POOL.command
@dataclass(frozen=True)
class RetireJuror:
    """Out of the pool, or a proposal that is not followed."""

    juror: PersonId


@POOL.command
@dataclass(frozen=True)
class DeclareLink:
    """The juror knows a candidate, and how (R1.4)."""

    link: str
    juror: PersonId
    candidate: PersonId
    words: Words


@POOL.command
@dataclass(frozen=True)
class EndLink:
    """It was a mistake, or is no more."""

    link: str


@POOL.event("body.juror_proposed")
@dataclass(frozen=True)
class JurorProposed:
    juror: Juror
    provider: ProviderId


@POOL.event("body.juror_entered")
@dataclass(frozen=True)
class JurorEntered:
    juror: Juror


@POOL.event("body.juror_changed")
@dataclass(frozen=True)
class JurorChanged:
    juror: Juror


@POOL.event("body.juror_retired")
@dataclass(frozen=True)
class JurorRetired:
    juror: PersonId


@POOL.event("body.link_declared")
@dataclass(frozen=True)
class LinkDeclared:
    link: str
    juror: PersonId
    candidate: PersonId
    words: Words


@POOL.event("body.link_ended")
@dataclass(frozen=True)
class LinkEnded:
    link: str


@POOL.decides(ProposeJuror)
def propose(state: BodyState, command: ProposeJuror, asked: Asked) -> tuple[Any, ...]:
    access.as_planning(state, asked, command.provider)
    check_juror(state, command.juror, day_of(asked.now))
    known = state.pool.get(command.juror.person)
    if known is not None and known.standing is not Standing.RETIRED:
        raise Refusal("R1.2", N_("Cette personne est déjà dans le vivier, ou déjà proposée."))
    return (JurorProposed(command.juror, command.provider),)


@POOL.decides(EnterJuror)
def enter(state: BodyState, command: EnterJuror, asked: Asked) -> tuple[Any, ...]:
    access.as_clerk(state, asked)
    check_juror(state, command.juror, day_of(asked.now))
    if in_pool(state, command.juror.person):
        raise Refusal("R1.2", N_("Cette personne est déjà dans le vivier : modifiez sa fiche."))
    return (JurorEntered(command.juror),)


@POOL.decides(ChangeJuror)
def change(state: BodyState, command: ChangeJuror, asked: Asked) -> tuple[Any, ...]:
    access.as_clerk(state, asked)
    check_juror(state, command.juror, day_of(asked.now))
    check_in_pool(state, command.juror.person)
    return (JurorChanged(command.juror),)


@POOL.decides(RetireJuror)
def retire(state: BodyState, command: RetireJuror, asked: Asked) -> tuple[Any, ...]:
    access.as_clerk(state, asked)
    known = state.pool.get(command.juror)
    if known is None or known.standing is Standing.RETIRED:
        raise Refusal("R1.2", N_("Cette personne n’est pas dans le vivier."))
    return (JurorRetired(command.juror),)


@rule("R1.2")
def check_juror(state: BodyState, juror: Juror, today: date) -> None:
    """A person, at least one category each once, what is said of a trainer said of a trainer alone."""
    if juror.person in ("", SYSTEM):
        raise Refusal("R1.2", N_("Un juré est une personne."))
    if not juror.categories or len(set(juror.categories)) != len(juror.categories):
        raise Refusal("R1.2", N_("Dites qui cette personne représente : une catégorie au moins, chacune une fois."))
    if JurorCategory.TRAINER not in juror.categories and juror.courses:
        raise Refusal("R1.2", N_("Les parcours sont ceux d’un formateur ou accompagnateur CQP."))
    if not {one.provider for one in juror.courses} | ({juror.provider} - {None}) <= state.providers.keys():
        raise Refusal("R1.2", N_("Cet organisme de formation n’est pas connu."))
    check_training(juror.trained_on, today)
    for one in (*juror.offered, *juror.away):
        check_period(one.since, one.until)


@rule("R1.5")
def check_training(trained_on: date | None, today: date) -> None:
    if trained_on is not None and trained_on > today:
        raise Refusal("R1.5", N_("Cette formation n’a pas encore eu lieu."))


@rule("R1.5", permits=False)
def wants_refresher(trained_on: date | None, months: int, on: date) -> bool:
    """Whether a juror is to be trained, or trained again, before sitting on a day: the last training is older than the
    framework says."""
    return trained_on is None or due(trained_on, months=months) < on


def about_of(categories: Collection[JurorCategory]) -> str:
    """What a juror's row is about, in the order of the categories."""
    return ",".join(one.value for one in JurorCategory if one in categories)


def in_pool(state: BodyState, person: PersonId) -> bool:
    known = state.pool.get(person)
    return known is not None and known.standing is Standing.ENTERED


@rule("R1.2")
def check_in_pool(state: BodyState, person: PersonId) -> None:
    if not in_pool(state, person):
        raise Refusal("R1.2", N_("Cette personne n’est pas dans le vivier."))


@POOL.evolves(JurorProposed, JurorEntered, JurorChanged)
def known(state: BodyState, event: JurorProposed | JurorEntered | JurorChanged, _happened: Happened) -> BodyState:
    before = state.pool.get(event.juror.person)
    by = before.proposed_by if before is not None else ()
    if isinstance(event, JurorProposed):
        by = (*(one for one in by if one != event.provider), event.provider)
        return state.with_pooled(Pooled(event.juror, Standing.PROPOSED, by))
    return state.with_pooled(Pooled(event.juror, Standing.ENTERED, by))


@POOL.evolves(JurorRetired)
def retired(state: BodyState, event: JurorRetired, _happened: Happened) -> BodyState:
    return state.with_pooled(replace(state.pool[event.juror], standing=Standing.RETIRED))


# Links


@POOL.decides(DeclareLink)
def declare_link(state: BodyState, command: DeclareLink, asked: Asked) -> tuple[Any, ...]:
    access.as_clerk(state, asked)
    check_in_pool(state, command.juror)
    check_link(state, command)
    return (LinkDeclared(command.link, command.juror, command.candidate, command.words),)


@rule("R1.4")
def check_link(state: BodyState, command: DeclareLink) -> None:
    if not command.link or command.link in state.links:
        raise Refusal("R1.4", N_("Ce lien est déjà enregistré."))
    if command.candidate in ("", SYSTEM, command.juror):
        raise Refusal("R1.4", N_("Un lien est avec une autre personne : dites laquelle."))
    if command.candidate in linked(state, command.juror):
        raise Refusal("R1.4", N_("Un lien entre ces deux personnes est déjà enregistré."))


def linked(state: BodyState, juror: PersonId) -> frozenset[PersonId]:
    """Whom a juror knows."""
    return frozenset(one.candidate for one in state.links.values() if one.juror == juror and not one.ended)


@POOL.evolves(LinkDeclared)
def link_declared(state: BodyState, event: LinkDeclared, _happened: Happened) -> BodyState:
    return state.with_link(Link(event.link, event.juror, event.candidate, event.words))


@POOL.decides(EndLink)
def end_link(state: BodyState, command: EndLink, asked: Asked) -> tuple[Any, ...]:
    access.as_clerk(state, asked)
    link = state.links.get(command.link)
    if link is None or link.ended:
        raise Refusal("R1.4", N_("Ce lien n’est pas connu, ou n’est plus."))
    return (LinkEnded(command.link),)


@POOL.evolves(LinkEnded)
def link_ended(state: BodyState, event: LinkEnded, _happened: Happened) -> BodyState:
    return state.with_link(replace(state.links[event.link], ended=True))
