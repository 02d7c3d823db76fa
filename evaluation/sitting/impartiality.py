"""Each member says of each candidate whether they can decide impartially, or leaves the deliberation (R1.4)."""
from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import PersonId, Words
from evaluation.rules import N_, Refusal, rule
from evaluation.sitting.members import check_not_over, undecided_again
from evaluation.sitting.state import Item, SittingState
from evaluation.sitting.terms import CandidacyId
from evaluation.sitting.who_sits import everybody, kept_from_deciding

IMPARTIALITY = Topic()


@IMPARTIALITY.command
@dataclass(frozen=True)
class DeclareImpartial:
    """The member knows none of these candidates personally. `words`: where they work in the company of one, why they
    can decide all the same."""

    candidacies: tuple[CandidacyId, ...]
    words: Words | None = None


@IMPARTIALITY.command
@dataclass(frozen=True)
class RecuseMember:
    """The member leaves the deliberation on a candidate, and says why."""

    candidacy: CandidacyId
    words: Words


@IMPARTIALITY.event("sitting.impartial_declared")
@dataclass(frozen=True)
class ImpartialDeclared:
    candidacies: tuple[CandidacyId, ...]
    words: Words | None = None


@IMPARTIALITY.event("sitting.member_recused")
@dataclass(frozen=True)
class MemberRecused:
    candidacy: CandidacyId
    words: Words


@IMPARTIALITY.decides(DeclareImpartial)
def declare(state: SittingState, command: DeclareImpartial, asked: Asked) -> tuple[Any, ...]:
    """Nothing where it was all said before."""
    check_member(state, asked.actor)
    check_not_over(state)
    items = tuple(state.item(one) for one in command.candidacies)
    check_none_kept(state, items, asked.actor)
    said = state.impartial.get(asked.actor, frozenset())
    new = [one for one in items if one.candidacy not in said]
    check_company(state, new, asked.actor, command.words)
    return (ImpartialDeclared(command.candidacies, command.words),) if new else ()


@rule("R1.3")
def check_member(state: SittingState, actor: PersonId) -> None:
    """Also a substitute who is not called yet. Raises Refusal."""
    if actor not in everybody(state):
        raise Refusal("R1.3", N_("Vous n’êtes pas membre de cette séance."))


@rule("R1.4")
def check_none_kept(state: SittingState, items: Collection[Item], actor: PersonId) -> None:
    """Nobody is impartial on whom they judged, or recused themselves from."""
    if any(kept_from_deciding(state, one, actor) for one in items):
        raise Refusal("R1.4", N_("Vous ne délibérez pas sur l’un de ces candidats : ne le comptez pas."))


@rule("R1.4", permits=())
def colleagues(state: SittingState, person: PersonId) -> tuple[CandidacyId, ...]:
    """The candidates who come from somebody's company, as far as both are known: they may well know each other."""
    company = state.companies.get(person)
    return tuple(id for id, item in state.agenda.items() if company is not None and item.recommended.company == company)


def check_company(state: SittingState, items: Collection[Item], actor: PersonId, words: Words | None) -> None:
    """Whether the member can decide on a candidate of their company is theirs to say, with a reason."""
    shared = colleagues(state, actor)
    if words is None and any(one.candidacy in shared for one in items):
        raise Refusal("R1.4", N_("L’un de ces candidats vient de votre entreprise : récusez-vous pour lui, ou écrivez "
                                 "pourquoi vous pouvez délibérer."))


@IMPARTIALITY.evolves(ImpartialDeclared)
def declared(state: SittingState, event: ImpartialDeclared, happened: Happened) -> SittingState:
    said = state.impartial.get(happened.actor, frozenset()) | {*event.candidacies}
    return replace(state, impartial={**state.impartial, happened.actor: said})


@IMPARTIALITY.decides(RecuseMember)
def recuse(state: SittingState, command: RecuseMember, asked: Asked) -> tuple[Any, ...]:
    check_member(state, asked.actor)
    check_not_over(state)
    check_can_leave(state, state.item(command.candidacy), asked.actor)
    return (MemberRecused(command.candidacy, command.words),)


@rule("R1.4")
def check_can_leave(state: SittingState, item: Item, actor: PersonId) -> None:
    """Once, and before it is decided."""
    if item.candidacy in state.recused.get(actor, frozenset()):
        raise Refusal("R1.4", N_("Vous vous êtes déjà récusé pour ce candidat."))
    if item.decided is not None:
        raise Refusal("R1.4", N_("Il est déjà décidé à son sujet : signalez-le au secrétariat."))


@IMPARTIALITY.evolves(MemberRecused)
def recused(state: SittingState, event: MemberRecused, happened: Happened) -> SittingState:
    actor = happened.actor
    away = state.recused.get(actor, frozenset()) | {event.candidacy}
    said = state.impartial.get(actor, frozenset()) - {event.candidacy}
    after = replace(state, recused={**state.recused, actor: away}, impartial={**state.impartial, actor: said})
    item = after.agenda[event.candidacy]
    if item.proposal is not None and actor in item.proposal.by:
        return undecided_again(after, frozenset({event.candidacy}), happened.position)
    return after.with_item(item, happened.position)
